"""What a test reads off a drawing: its texts as boxes, and the rules every chapter figure keeps."""

import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.drawing.canvas import MINIMUM_SIZE
from fieldguide.drawing.kinds import Picture
from fieldguide.drawing.measure import text_width
from fieldguide.drawing.shapes import Drawing
from fieldguide.records.model import Model
from tests.guide import guide_book

SLACK = 1.5  # widths are summed without kerning, so they run a little high
Box = tuple[float, float, float, float]


def model(slug: str, **values: object) -> Model:
    """A small model record."""
    plain = {
        "name": slug,
        "lab": "A lab",
        "country": "France",
        "family": slug.split("-")[0],
        "modality": "text",
        "access": "API",
        "domain": "language",
        "source": "brown2020",
        "where": "abstract",
        "seen": "2026-11-25",
        "released": {"value": "2020-05-28"},
    }
    record = Model.model_validate(plain | values)
    record._slug = slug
    return record


def book_with(slug: str, *models: Model) -> Book:
    """The published figure record and facts, with the models a test needs instead of the published ones."""
    guide, own = guide_book(), {item.slug: item.inherit() for item in models}
    return replace(guide, figures={slug: guide.figures[slug]}, models=own, quantities={**guide.facts, **own})


def drawn(slug: str, book: Book):
    """The figure as its renderer draws it from the published record."""
    picture = Picture(book.figures[slug].renderer)
    return picture.module.render(picture.data.model_validate(book.figures[slug].data), book)


def texts(svg: str) -> list[tuple[str, float, tuple[float, float, float, float]]]:
    """Every line of text with its size and box."""
    found = []
    for element in ET.fromstring(svg).iter("text"):
        content, size = element.text or "", float(element.get("font-size", "0"))
        face = "display" if element.get("font-family") else "text"
        width = text_width(
            content,
            size,
            int(element.get("font-weight", "400")),
            face,
            float(element.get("letter-spacing", "0")) / size,
        )
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        left = x - {"middle": width / 2, "end": width}.get(element.get("text-anchor", ""), 0)
        found.append((content, size, (left, y - size * 0.72, left + width, y + size * 0.2)))
    return found


def collide(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] + SLACK < b[2] and b[0] + SLACK < a[2] and a[1] < b[3] and b[1] < a[3]


def check_drawing(drawing: Drawing) -> None:
    """Every drawing of a figure is well formed, with unique ids and colors of the theme; no text is too
    small, cut off or over another.
    """
    ids: list[str] = []
    drawings = (drawing.wide, drawing.medium, drawing.narrow, drawing.slide)
    for svg in (shapes.svg for shapes in drawings if shapes is not None):
        root = ET.fromstring(svg)
        kind = root.get("class", "").rpartition("--")[2]
        ids += [value for element in root.iter() if (value := element.get("id"))]
        assert root.get("role") == ("group" if next(root.iter("a"), None) is not None else "img")
        assert root.find("title") is not None and root.find("desc") is not None
        assert not re.findall(r'(?:fill|stroke)="(?!none|var\(--fg-|url\(#)[^"]*"', svg)
        _, _, width, height = map(float, root.get("viewBox", "").split())
        lines = texts(svg)
        assert lines
        for content, size, box in lines:
            assert size >= MINIMUM_SIZE[kind], content  # type: ignore[index]  # kinds are the keys
            assert box[0] >= -1.5 and box[2] <= width + 1.5 and box[1] >= -1 and box[3] <= height + 1, (
                kind,
                content,
                box,
            )
        clashes = [(a[0], b[0]) for a, b in combinations(lines, 2) if collide(a[2], b[2])]
        assert not clashes, (kind, clashes)
    assert len(ids) == len(set(ids))


def cells(html: str) -> list[list[str]]:
    """The rows of a table of text, head first."""
    rows = ET.fromstring(html).iter("tr")
    return [["".join(cell.itertext()).strip() for cell in row] for row in rows]
