"""A page: what the author's syntax becomes, one module a part, as a tree; `render.py` has the order of work.

The emblem and the small map of pages are here too. A page knows the book and itself. Where it
needs something that only the whole guide knows, it leaves an empty place, which `lists/` fills.
"""
