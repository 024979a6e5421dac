"""Decks of ten slides as PowerPoint files. The PDF of a deck uses the same `layout`."""
