"""The files of the site besides pages: the style sheet, cards, slides, frames, downloads, the feed, redirects
and files for programs that read the guide. Each comes with the function that makes it.

Nothing here changes a page or a record.
"""
