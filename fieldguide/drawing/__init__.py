"""Drawings: what turns a figure's record into SVG for a wide and a narrow screen, or into a table of text.
`kinds/` draws charts from the record alone; `pictures/` holds drawings that are code for one figure.

No page, no file and no color is decided here: colors are tokens of the style sheet.
"""
