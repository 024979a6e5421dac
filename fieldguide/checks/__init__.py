"""The rules for pages, records and addresses beyond their schemas: hedged headings, values that agree, enough
sources, habits of English, published addresses. `problems.py` runs every check.

Checks return problems or lists and write nothing. `records/` has the schemas, `commands/` prints the results.
"""
