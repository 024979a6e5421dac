"""Exports of figures: a slide of 1920×1080 px as SVG and PNG, light and dark, thumbnails, and
the data as CSV. A slide is complete by itself: claim, context, drawing, date, sources, terms, address.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from fieldguide.book import Book
from fieldguide.drawing.figure import has_data
from fieldguide.drawing.grid import Grid, data_of, grid_of_html
from fieldguide.drawing.shapes import Drawing
from fieldguide.index import Index
from fieldguide.outputs.color_tokens import SCHEMES, tokens_of
from fieldguide.outputs.downloads.write import write_csv
from fieldguide.outputs.exports import Export, Make, stamp_of
from fieldguide.outputs.fonts import STATIC
from fieldguide.outputs.slides.arrangement import SlideWords
from fieldguide.outputs.slides.png import TOOLS, slide_png, thumbnail
from fieldguide.outputs.slides.svg import in_colors, uncolored, uncolored_thumbnail
from fieldguide.records.figure import INDEX, SMALL, THUMBNAIL, Figure, figure_file, figure_src
from fieldguide.text.dates import show_date


def words_of(figure: Figure, book: Book) -> SlideWords:
    """The words of a figure's slide. Sources and terms without a record are skipped; the check
    reports them.
    """
    terms = (book.terms[slug] for slug in figure.terms if slug in book.terms)
    return SlideWords(
        title=figure.title,
        context=figure.context.rstrip(".") + ".",
        alt=figure.alt,
        as_of=f"As of {show_date(figure.as_of)}.",
        sources=tuple(book.sources[key].name for key in figure.sources if key in book.sources),
        remarks=tuple(f"{term.title}: {term.short_definition}" for term in terms),
        address=printed_address(book.address(figure_src(figure.slug))),
    )


def printed_address(address: str) -> str:
    """Host and path of an address: a reader types no scheme, and a port belongs to a local server."""
    parts = urlsplit(address)
    return f"{parts.hostname}{parts.path}"


def slide_of(slug: str, book: Book, drawing: Drawing, scheme: str) -> str:
    """The slide of a figure as SVG; `scheme` is "light" or "dark". Raises KeyError for an unknown figure,
    ValueError if its words do not fit.
    """
    return in_colors(_uncolored(slug, book, drawing), tokens_of(book)[scheme])


def _uncolored(slug: str, book: Book, drawing: Drawing) -> str:
    figure = book.figures[slug]
    try:
        return uncolored(words_of(figure, book), content_of(drawing, book))
    except ValueError as error:
        raise ValueError(f"the slide of `{slug}` ({figure.path}): {error}") from error


def content_of(drawing: Drawing, book: Book) -> Drawing | Grid:
    """The drawing itself, or its table if the figure is a table."""
    return grid_of_html(drawing.html, book) if drawing.html is not None else drawing


def slide_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes it) of the exports of every figure that has a page and can be
    drawn.
    """
    book = index.book
    for slug, drawing in index.drawings.items():
        if figure_src(slug) not in book.pages:
            continue
        site, laid = _site(book), functools.cache(functools.partial(_uncolored, slug, book, drawing))
        small = functools.cache(functools.partial(_thumbnail, slug, book, drawing))
        for name in SCHEMES:
            inputs = functools.cache(functools.partial(_inputs, book, slug, drawing, name))
            svg = Export(
                book.root,
                f"{slug}-{name}-{site}.svg",
                inputs,
                functools.partial(_svg, book, laid, name),
                slug,
            )
            yield figure_file(slug, f"-{name}.svg"), svg
            yield (
                figure_file(slug, f"-{name}.png"),
                Export(
                    book.root,
                    f"{slug}-{name}-{site}.png",
                    inputs,
                    functools.partial(_drawn, slide_png, svg),
                    slug,
                ),
            )
            make = functools.partial(_drawn, thumbnail, functools.partial(_svg, book, small, name))
            yield (
                figure_file(slug, f"-{name}{SMALL}"),
                Export(book.root, f"{slug}-{name}-{site}{SMALL}", inputs, make, slug),
            )
        if has_data(drawing):
            yield figure_file(slug, ".csv"), functools.partial(_csv, book, drawing)


def _thumbnail(slug: str, book: Book, drawing: Drawing) -> str:
    """A figure's thumbnail, with placeholders for colors. Raises ValueError for a drawing without one."""
    if drawing.thumbnail is None:
        raise ValueError(f"the drawing of `{slug}` has no thumbnail; `kinds.draw` makes one")
    return uncolored_thumbnail(words_of(book.figures[slug], book), drawing.thumbnail)


def _csv(book: Book, drawing: Drawing) -> bytes:
    data = data_of(drawing, book)
    return write_csv(data.csv_rows() if data is not None else []).encode()


def _svg(book: Book, laid: Callable[[], str], name: str) -> bytes:
    return in_colors(laid(), tokens_of(book)[name]).encode()


def _drawn(make: Callable[[str], bytes], svg: Make) -> bytes:
    return make(svg().decode())


def _site(book: Book) -> str:
    """A text that differs for each address of the site, so that builds for two addresses do not replace each
    other's files in the cache.
    """
    return hashlib.sha256(printed_address(book.address(INDEX)).encode()).hexdigest()[:6]


def _inputs(book: Book, slug: str, drawing: Drawing, name: str) -> str:
    """A text that changes with everything a slide depends on."""
    everything = repr((words_of(book.figures[slug], book), drawing, tokens_of(book)[name], slide_stamp()))
    return hashlib.sha256(everything.encode()).hexdigest()


@functools.cache
def slide_stamp() -> str:
    """A text that changes with the tools, fonts and code that draw slides. The code of the figures is left
    out: its changes appear in their drawings.
    """
    slides, outputs, fieldguide = Path(__file__).parents[:3]
    files = [
        *(outputs / f"{name}.py" for name in ("fonts", "ornaments", "outlines", "color_tokens")),
        *sorted(slides.glob("*.py")),
        *sorted((fieldguide / "drawing").glob("*.py")),
        *sorted(STATIC.glob("*.ttf")),
    ]
    return stamp_of(files, ("fonttools", *TOOLS)) + str(THUMBNAIL)
