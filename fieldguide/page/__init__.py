"""A page: what the author's syntax becomes, one module a part, as a tree; `render.py` has the order of work.

The marks of pages, the emblem and the glyphs, are drawn here too. A page knows the book and itself. For what
only the whole guide knows it leaves empty places, which `lists/` fills.
"""
