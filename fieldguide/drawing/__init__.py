"""Drawings: what turns a figure's record into SVG for a wide and a narrow screen, or into a table of text;
kinds from the record alone, pictures in code.

No page, no file and no color is decided here: colors are tokens of the style sheet.
"""
