"""Training compute by release date on a log scale: every model record that has a value, marked by where the value comes from."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, short_name
from fieldguide.drawing.sheet import NARROW, Anchor, Basis, Drawing, LinearScale, LogScale, Sheet, Table, text_width, wrap
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year, show_date
from fieldguide.text.numbers import SUPERSCRIPT

SLUG = "training-compute"
BASIS: dict[Basis, str] = {"disclosed": "disclosed by the maker", "derived": "derived, 6 × parameters × tokens", "estimate": "third-party estimate"}
Box = tuple[float, float, float, float]


class Threshold(Strict):
    fact: str
    name: str
    short: str


class Data(Strict):
    low: float
    high: float
    start: int
    end: int
    first: str
    last: str
    point: str
    """The annotation; {ratio} and {basis} are filled in from the two models' records."""
    claim_at_least: float
    """The growth that the figure's title claims; less is an error."""
    labels: list[str] = Key(min_length=3)
    narrow_labels: list[str] = Key(min_length=2)
    thresholds: list[Threshold] = Key([], max_length=2)


@dataclass(frozen=True)
class Point:
    slug: str
    name: str
    lab: str
    date: str
    value: float
    basis: Basis
    low: float | None
    high: float | None


def points(book: Book) -> list[Point]:
    """Every model with a training compute, by date."""
    found = []
    for slug, model in book.models.items():
        field = model.compute
        if field is None or field.status or not isinstance(field.value, int | float):
            continue
        found.append(Point(slug, short_name(model.name), model.lab, str(model.released.value), float(field.value), field.kind or "disclosed", field.low, field.high))
    return sorted(found, key=lambda point: (point.date, point.name))


def scientific(value: float) -> str:
    """2.5×10²⁵ for 2.5e25; 10²⁷ for 1e27."""
    digits, exponent = f"{value:.2e}".split("e")
    digits = digits.rstrip("0").rstrip(".")
    power = "10" + str(int(exponent)).translate(SUPERSCRIPT)
    return power if digits == "1" else f"{digits}×{power}"


def rounded(ratio: float) -> str:
    """A ratio in words that the records carry: 135,135,135 is "140 million"."""
    for unit, name in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if ratio >= unit:
            return f"{float(f'{ratio / unit:.2g}'):g} {name}"
    return f"{float(f'{ratio:.2g}'):g}"


def render(data: Data, book: Book) -> Drawing:
    found = points(book)
    by_slug = {point.slug: point for point in found}
    table = Table("Training compute by release", ["Released", "Model", "Maker", "FLOP", "Basis"], [
        [show_date(point.date), point.name, point.lab, f"{{{{fact:{point.slug}.compute|{scientific(point.value)}}}}}", BASIS[point.basis]]
        for point in found
    ])
    point_text = ""
    if data.first in by_slug and data.last in by_slug:
        first, last = by_slug[data.first], by_slug[data.last]
        ratio = last.value / first.value
        if ratio < data.claim_at_least:
            raise ValueError(f"{SLUG}: the title claims growth of {data.claim_at_least:g} times, the records give {ratio:.3g}")
        kinds = {first.basis, last.basis}
        basis = {"estimate": "both are third-party estimates", "disclosed": "both are disclosed"}.get(first.basis if len(kinds) == 1 else "", "marked by their basis")
        point_text = data.point.replace("{ratio}", rounded(ratio)).replace("{basis}", basis)
    thresholds = [(item, _fact(book, item.fact)) for item in data.thresholds]
    wide = _chart(data, found, by_slug.get(data.last), thresholds, point_text, Sheet(height=496))
    narrow = _chart(data, found, by_slug.get(data.last), thresholds, point_text, Sheet(width=NARROW, height=452, kind="narrow"))
    return finish(book, SLUG, wide, narrow, table)


def _fact(book: Book, reference: str) -> float:
    slug, _, name = reference.partition(".")
    return float(book.facts[slug].fields[name].value)  # type: ignore[arg-type]


def _chart(data: Data, found: list[Point], last: Point | None, thresholds: list[tuple[Threshold, float]], point_text: str, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size = 13.5 if wide else 12.5
    left, right, top = (48, 752, 14) if wide else (40, 322, 62)
    bottom = sheet.height - (62 if wide else 98)
    x = LinearScale(data.start, data.end, left, right)
    y = LogScale(data.low, data.high, bottom, top)
    sheet.log_axis(y, left, size=size, grid_to=right, every=2)
    years = range(data.start, data.end) if wide else range(data.start, data.end, 3)
    sheet.linear_axis(LinearScale(data.start, data.end, left, right), bottom, [float(year) for year in years], size=size, label=lambda value: f"{value:.0f}")
    taken: list[Box] = []

    def place(px: float, py: float, text: str, weight: int) -> tuple[float, float, Anchor, Box, bool] | None:
        """The first free spot for a label; the last ones are farther off and take a leader."""
        width, tall = text_width(text, size, weight), size
        near: tuple[tuple[float, float, Anchor], ...] = ((10, .34, "start"), (-10, .34, "end"), (8, -.55, "start"), (-8, -.55, "end"), (8, 1.2, "start"), (-8, 1.2, "end"), (0, -.75, "middle"), (0, 1.5, "middle"))
        far: tuple[tuple[float, float, Anchor], ...] = tuple(
            (side * 10, up, "end" if side < 0 else "start") for up in (-1.6, 2.2, -2.6, 3.2, -3.6, 4.2) for side in (-1, 1)
        )
        for at, (dx, dy, anchor) in enumerate((*near, *far)):
            bx = px + dx - (width if anchor == "end" else width / 2 if anchor == "middle" else 0)
            by = py + dy * size
            box = (bx - 2, by - tall * .8, bx + width + 2, by + tall * .26)
            if box[0] < left + 3 or box[2] > sheet.width or any(_overlap(box, other) for other in taken):
                continue
            return px + dx, by, anchor, box, at >= len(near)
        return None

    for item, value in thresholds:
        line = y(value)
        sheet.line(left, line, right, line, stroke="ink-2", stroke_width=1.3, dash="1.5 4")
        text = item.name if wide else item.short
        indent = 8 if wide else 4
        sheet.text(left + indent, line - 6, text, size=size, fill="ink-2", halo=True)
        taken.append((left, line - size - 8, left + indent + 2 + text_width(text, size), line + 3))
    for point in found:
        px, py = x(fractional_year(point.date)), y(point.value)
        if point.low and point.high:
            sheet.whisker(px, y(point.low), px, y(point.high), stroke="model")
            taken.append((px - 4, y(point.high), px + 4, y(point.low)))
        taken.append((px - 6, py - 6, px + 6, py + 6))
    if point_text:
        _annotate(sheet, point_text, last, x, y, left, size, taken)
    radius = 4.5 if wide else 3.8
    for point in found:
        sheet.mark(x(fractional_year(point.date)), y(point.value), point.basis, radius=radius, stroke="model")
    names = {point.slug: point for point in found}
    for slug in data.labels if wide else data.narrow_labels:
        if slug not in names:
            continue
        point = names[slug]
        weight = 600 if slug in (data.first, data.last) else 400
        spot = place(x(fractional_year(point.date)), y(point.value), point.name, weight)
        if spot is None:
            continue
        tx, ty, anchor, box, leader = spot
        if leader:
            px, py = x(fractional_year(point.date)), y(point.value)
            above = ty < py
            sheet.line(px, py - 6 if above else py + 6, px + (tx - px) * .6, ty + 3 if above else ty - size * .8, stroke="rule-strong")
        sheet.text(tx, ty, point.name, size=size, weight=weight, anchor=anchor, halo=True)
        taken.append(box)
    _legend(sheet, size, left if wide else 0)
    return sheet


def _annotate(sheet: Sheet, text: str, last: Point | None, x: LinearScale, y: LogScale, left: float, size: float, taken: list[Box]) -> None:
    """The point of the chart at top left, joined to the newest mark by a leader."""
    head, _, rest = text.partition(". ")
    wide = sheet.kind == "wide"
    tx, ty = (left + 14, 34) if wide else (0, 14)
    width = 250 if wide else NARROW
    lines = wrap(rest, width, size)
    head_width = sheet.text(tx, ty, head, size=size + 2.5, weight=600, halo=True)
    for index, line in enumerate(lines):
        sheet.text(tx, ty + 19 + index * size * 1.3, line, size=size, fill="ink-2", halo=True)
    taken.append((tx, ty - 16, tx + max([head_width, *(text_width(line, size) for line in lines)]), ty + 19 + len(lines) * size * 1.3))
    if last is not None and wide:
        px, py = x(fractional_year(last.date)), y(last.value)
        sheet.polyline([(tx + head_width + 8, ty - 5), (px, ty - 5), (px, (y(last.high) if last.high else py - 6) - 3)], stroke="ink", stroke_width=1)


def _legend(sheet: Sheet, size: float, left: float) -> None:
    wide = sheet.kind == "wide"
    at, line = left, sheet.height - (8 if wide else 46)
    for basis, text in BASIS.items():
        note = text + (", interval where given" if basis == "estimate" else "")
        sheet.mark(at + 6, line - size * .34, basis, radius=4.5 if wide else 4, stroke="model")
        width = sheet.text(at + 17, line, note, size=size, fill="ink-2")
        if wide:
            at += width + 40
        else:
            line += size * 1.5


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
