"""What a page, a record or an address must satisfy beyond its schema: hedged headings, values that agree,
enough sources, habits of English, published addresses. `problems.py` runs every check.

A check returns problems or lists and writes nothing. What a schema refuses is said in `records/`, and what is
printed in `commands/`.
"""
