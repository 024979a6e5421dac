"""One meaning in three languages, cut by one tokenizer: every token in a box of its own.

The site's typeface has no Devanagari, and a reader's device may not either. The Hindi pieces are therefore kept as outlines in
outlines.json, drawn from Noto Sans Devanagari (SIL Open Font License) by
`python -m fieldguide.drawing.pictures.token_cuts`, which needs the packages uharfbuzz and fontpkg-noto-sans-devanagari; the build does not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import Field as Key

from fieldguide.book import Book, load_book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, text_width
from fieldguide.drawing.values import checked, field, number
from fieldguide.records.base import Strict

SLUG = "token-cuts"
PAD = 4.5
LEAD = 4.0
"""Units that stand for the space a token begins with."""
_OUTLINES = Path(__file__).with_name("outlines.json")


class Row(Strict):
    name: str
    note: str = Key(max_length=70)
    text: str = Key(examples=["token-cuts-o200k.english-text"])
    pieces: str
    count: str


class Data(Strict):
    rows: list[Row] = Key(min_length=2, max_length=4)
    before: str
    ratio: str
    point: str
    """The annotation; {before} and {ratio} are filled in from the records."""


@dataclass(frozen=True)
class Cut:
    row: Row
    text: str
    pieces: list[str]


def cut(row: Row, book: Book) -> Cut:
    """The pieces of a row. Raises ValueError when they do not spell the text or are not as many as the record counts."""
    text, joined = str(field(book, row.text).value), str(field(book, row.pieces).value)
    pieces = joined.split(" | ")
    if "".join(pieces) != text:
        raise ValueError(f"{SLUG}: the pieces in {row.pieces} do not spell {row.text}")
    if len(pieces) != number(book, row.count):
        raise ValueError(f"{SLUG}: {len(pieces)} pieces are drawn, the record {row.count} says {number(book, row.count):g}")
    return Cut(row, text, pieces)


def render(data: Data, book: Book) -> Drawing:
    """Wide: each text on its lines at right of its name. Narrow: under its name."""
    cuts = [cut(row, book) for row in data.rows]
    table = Table("One instruction cut into tokens", ["Language", "Text", "Pieces", "Tokens"], [
        [item.row.name, item.text, " | ".join(item.pieces), checked(item.row.count, f"{len(item.pieces)}")] for item in cuts
    ])
    point = data.point.replace("{before}", f"{number(book, data.before):g}").replace("{ratio}", f"{number(book, data.ratio):.1f}")
    return finish(book, SLUG, _wide(cuts, point), _narrow(cuts, point), table)


# Pieces


@cache
def _outlines() -> dict[str, dict[str, float | str]]:
    return json.loads(_OUTLINES.read_text(encoding="utf-8"))


def _latin(piece: str) -> bool:
    return all(ord(character) < 0x250 for character in piece)


def _width(piece: str, size: float) -> float:
    """Width of a piece without its leading space. Raises KeyError for a piece of another script without an outline."""
    shown = piece.strip()
    return text_width(shown, size) if _latin(shown) else float(_outlines()[shown]["width"]) * size / 1000


def _draw(sheet: Sheet, x: float, y: float, piece: str, size: float) -> None:
    """The piece with its baseline at `y`."""
    shown = piece.strip()
    if _latin(shown):
        sheet.text(x, y, shown, size=size)
        return
    scale = size / 1000
    sheet.path(str(_outlines()[shown]["d"]), fill="ink", stroke="none", transform=f"translate({x:.2f} {y:.2f}) scale({scale:.5f} {-scale:.5f})")


def _boxes(sheet: Sheet, x: float, y: float, width: float, pieces: list[str], size: float) -> float:
    """Pieces in boxes, wrapped to the width; a space at the start of a piece shows as a gap inside its box. Returns the foot."""
    left, line, tall, gap = x, y, size * 1.95, 3.0
    for piece in pieces:
        lead = LEAD if piece.startswith(" ") else 0
        wide = _width(piece, size) + 2 * PAD + lead
        if left + wide > x + width + .5:
            left, line = x, line + tall + 6
        sheet.rect(left, line, wide, tall, fill="paper", stroke="ink-2", stroke_width=1.1)
        if lead:
            sheet.path(f"M{left + 3:.1f} {line + tall - 5:.1f}v2.4h{lead + 1.5:.1f}v-2.4", stroke="rule-strong", stroke_width=1)
        _draw(sheet, left + PAD + lead, line + size * 1.32, piece, size)
        left += wide + gap
    return line + tall


def _wide(cuts: list[Cut], point: str) -> Sheet:
    sheet, size, left = Sheet(), 13.5, 186
    y = 4.0
    for at, item in enumerate(cuts):
        if at:
            sheet.line(0, y - 16, 760, y - 16, stroke="rule")
        sheet.text(0, y + 22, item.row.name, size=19, weight=520, face="display")
        sheet.text(150, y + 24, f"{len(item.pieces)}", size=26, weight=490, face="display", anchor="end")
        sheet.text(0, y + 46, item.row.note, size=size, fill="muted")
        sheet.text(150, y + 46, "tokens", size=size, fill="muted", anchor="end")
        y = max(_boxes(sheet, left, y, 760 - left - .6, item.pieces, 16), y + 50) + 32
    sheet.line(0, y - 16, 760, y - 16, stroke="rule-strong")
    first, _, rest = point.partition(". ")
    sheet.text(0, y + 6, first + ".", size=size + 1, weight=600)
    y += 26 + sheet.paragraph(0, y + 26, rest, 760, size=size, fill="ink-2", leading=1.3)
    sheet.height = y - 6
    return sheet


def _narrow(cuts: list[Cut], point: str) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    y = 0.0
    for at, item in enumerate(cuts):
        if at:
            sheet.line(0, y - 16, NARROW, y - 16, stroke="rule")
        width = sheet.text(0, y + 18, item.row.name, size=17, weight=520, face="display")
        sheet.text(width + 10, y + 18, item.row.note, size=size, fill="muted")
        sheet.text(NARROW, y + 18, f"{len(item.pieces)} tokens", size=16, weight=490, face="display", anchor="end")
        y = _boxes(sheet, .6, y + 30, NARROW - 1.2, item.pieces, 15) + 34
    sheet.line(0, y - 16, NARROW, y - 16, stroke="rule-strong")
    first, _, rest = point.partition(". ")
    y += 6 + sheet.paragraph(0, y + 6, first + ".", NARROW, size=size + 1, weight=600, leading=1.3)
    y += sheet.paragraph(0, y, rest, NARROW, size=size, fill="ink-2", leading=1.3)
    sheet.height = y - 6
    return sheet


# Outlines


def build_outlines(font: Path, pieces: list[str]) -> dict[str, dict[str, float | str]]:
    """Shape each piece with HarfBuzz and keep its outline in thousandths of the size. It needs uharfbuzz, which the build does not."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(font)))
    shaper, scale, found = hb.Font(face), 1000 / face.upem, {}
    for piece in pieces:
        buffer = hb.Buffer()
        buffer.add_str(piece)
        buffer.guess_segment_properties()
        hb.shape(shaper, buffer)
        pen, path = 0.0, []
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            path.append(_traced(shaper, info.codepoint, pen + place.x_offset, place.y_offset, scale))
            pen += place.x_advance
        found[piece] = {"width": round(pen * scale), "d": "".join(path)}
    return found


def _traced(font: object, glyph: int, dx: float, dy: float, scale: float) -> str:
    """A glyph's outline as SVG, moved and scaled."""
    import uharfbuzz as hb

    parts: list[str] = []

    def at(*values: float) -> str:
        return " ".join(f"{round((value + (dx, dy)[index % 2]) * scale)}" for index, value in enumerate(values))

    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, _: parts.append(f"M{at(x, y)}"))
    functions.set_line_to_func(lambda x, y, _: parts.append(f"L{at(x, y)}"))
    functions.set_quadratic_to_func(lambda a, b, x, y, _: parts.append(f"Q{at(a, b, x, y)}"))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, _: parts.append(f"C{at(a, b, c, d, x, y)}"))
    functions.set_close_path_func(lambda _: parts.append("Z"))
    font.draw_glyph(glyph, functions, None)  # type: ignore[attr-defined]
    return "".join(parts)


def _main() -> None:
    """Write outlines.json anew from the published record."""
    book = load_book(Path(__file__).parents[3])
    rows = Data.model_validate(book.figures[SLUG].data).rows
    pieces = sorted({piece.strip() for row in rows for piece in cut(row, book).pieces if not _latin(piece.strip())})
    font = next(Path(str(files("fontpkg_noto_sans_devanagari") / "files")).glob("*.ttf"))
    _OUTLINES.write_text(json.dumps(build_outlines(font, pieces), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _main()
