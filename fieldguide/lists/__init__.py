"""Generated tables and indexes, one module for each; and what fills the places that pages leave empty.

A list that needs only records is made while its page is rendered. One that needs all pages takes the index,
and is filled in afterwards.
"""
