"""Plain helpers that know nothing of the guide: numbers, dates, names, HTML trees, problems. Each constant
stands once.

No record, no page and no file of the project is read here.
"""
