"""Files besides pages: the style sheet, cards, slides, frames, downloads, the feed, what machines read,
redirects; each with the function that makes it.

Nothing here changes a page or a record.
"""
