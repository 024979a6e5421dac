"""A page: turns the author's syntax into the guide's HTML, one module for each kind of element; `render.py`
has the order of steps. The emblem and the small map are here too.

A page knows the book and itself. For content that depends on the whole guide it leaves an empty place, which
`lists/` fills.
"""
