"""The HTML that shows a figure on another site: an `<iframe>` as high as the figure."""

from __future__ import annotations

import html
import math

from fieldguide.book import Book
from fieldguide.book.generated_pages import caption_of
from fieldguide.drawing.grid import grid_of_html
from fieldguide.drawing.shapes import Drawing
from fieldguide.records.figure import Figure, embed_file

WIDTH = 760
"""Width in px of the frame in that HTML; it shrinks if there is less room."""
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
"""What the frame may do: fetch its own fonts, and open its links, beside the page. It has no script."""
MOST_COLUMNS = 5
"""The most columns of a table that fits the frame; wider tables scroll."""


def snippet(book: Book, figure: Figure, drawing: Drawing) -> str:
    """The frame as HTML to paste, as high as the figure at WIDTH px."""
    address = book.address(embed_file(figure.slug).removesuffix("index.html"))
    title = html.escape(figure.title)
    return (
        f'<iframe src="{address}" title="{title}" width="{WIDTH}"'
        f' height="{_frame_height(book, figure, drawing)}" loading="lazy" sandbox="{SANDBOX}" style="border:'
        ' 0; max-width: 100%"></iframe>'
    )


def _frame_height(book: Book, figure: Figure, drawing: Drawing) -> int:
    """The height in px, with a margin so that source and credit are never cut off: the plot at WIDTH px and
    the lines of words.
    """
    shapes = drawing.medium or drawing.wide
    plot = (
        320 + (WIDTH - 24) * shapes.height / shapes.width
        if shapes
        else 340 + _table_height(book, drawing.html or "")
    )
    reading = math.ceil(len(caption_of(book.homes[figure.slug], figure.slug)) / 95)
    small = math.ceil(25 * len(figure.sources) / 105)
    return math.ceil((plot + 24 * reading + 21 * small) / 20) * 20


def _table_height(book: Book, table: str) -> float:
    """The height of a table at WIDTH px: a line for each row and each note. In a table that is not compact, a
    line or more for each cell; in one that is wider than the frame or stacks on a phone, the heights of its
    tallest cells.
    """
    rows = grid_of_html(table, book).rows
    if len(rows[0]) > MOST_COLUMNS:
        return sum(
            50 + 23 * max(math.ceil(len(cell.plain) / 16) + len(cell.sources) for cell in row) for row in rows
        )
    if "fg-table--stacks" in table:
        return sum(28 + 22 * max(math.ceil(len(cell.plain) * len(row) / 100) for cell in row) for row in rows)
    if 'class="fg-compact"' in table:
        return sum(28 + 22 * max(len(cell.paragraphs) for cell in row) for row in rows)
    return sum(
        28 * max(1, math.ceil((len(cell.plain) + 18 * len(cell.sources)) / 95))
        for row in rows
        for cell in row
    )
