"""Generated tables and indexes, one module a list; and what fills the places that pages leave empty.

A list may draw from the book while its page is rendered; what needs all pages takes the index and comes
after.
"""
