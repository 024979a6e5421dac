"""Decks of ten slides as PowerPoint files; `layout` is also what the PDF of a deck is set by."""
