"""How rows and bars are laid out: groups of named rows down the sheet, one scale across, and what stands at its foot.

On the wide sheet a name stands left of the plot, on the narrow one above its row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldguide.book import Book
from fieldguide.drawing.amounts import Names, amount, fill
from fieldguide.drawing.axes import Scale, draw_across
from fieldguide.drawing.foot import Item, key, point
from fieldguide.drawing.kinds.rowdata import ENDS, NAME_STYLES, Bundle, Cell, Chart, GroupMetrics, Line, Placed, R
from fieldguide.drawing.metrics import HALF_LINE, Metrics
from fieldguide.drawing.sheet import Basis, Sheet, text_width, wrap

Stand = tuple[Bundle[R], Placed[R] | None, float, Metrics]
"""A head, where it starts, or a row, where its middle is; with the measures of its group."""


def scale_of(chart: Chart, m: Metrics) -> Scale:
    """The scale across the plot."""
    return chart.x.scale(m.left, m.end)


def lay_out(sheet: Sheet, chart: Chart, bundles: Sequence[Bundle[R]], m: Metrics, base: Names, book: Book,
            draw_row: Callable[[Sheet, Bundle[R], Placed[R], Scale, float, Metrics], None], swatches: Sequence[Item] = ()) -> None:
    """The whole drawing; `draw_row` draws the marks and label of a row at the given middle, `swatches` come first in the key."""
    x = scale_of(chart, m)
    places, floor = _places(chart, bundles, m)
    _titles(sheet, chart, m)
    _grid(sheet, chart, x, floor, m)
    if chart.line is not None:
        _line(sheet, chart, chart.line, x, places, floor, m, base, book)
    for bundle, placed, y, at in places:
        if placed is None:
            _head(sheet, chart, bundle, y, at)
        else:
            _name(sheet, chart, bundle, placed, y - _mark(chart, placed, at), at)
            draw_row(sheet, bundle, placed, x, y, at)
    _foot(sheet, chart, [*swatches, *mark_items(sheet, chart, bundles)], floor, m, base)


def _lines(chart: Chart, placed: Placed[R], m: Metrics) -> list[str]:
    """A note below its name, wrapped."""
    text = fill(m.pick(placed.row.note), placed.names) if chart.notes == "below" else ""
    return wrap(text, m.column, m.size) if text else []


def _mark(chart: Chart, placed: Placed[R], m: Metrics) -> float:
    """The middle of the row's marks: on the narrow sheet under its note."""
    return m.mark + (0 if m.wide else m.line * len(_lines(chart, placed, m)))


def _places(chart: Chart, bundles: Sequence[Bundle[R]], m: Metrics) -> tuple[list[Stand[R]], float]:
    """Where each head starts and the middle of each row, with the measures of its group; and the foot of the plot."""
    y = m.top
    places: list[Stand[R]] = []
    for bundle in bundles:
        at = GroupMetrics(m, bundle.group.metrics)
        if m.pick(bundle.group.name):
            places.append((bundle, None, y, at))
            y += at.head
        for placed in bundle.rows:
            places.append((bundle, placed, y + _mark(chart, placed, at), at))
            y += at.pitch + at.line * len(_lines(chart, placed, at))
        y += at.gap
    return places, y + m.floor


def _grid(sheet: Sheet, chart: Chart, x: Scale, floor: float, m: Metrics) -> None:
    draw_across(sheet, chart.x, x, floor, m, m.grid)
    if m.close:
        sheet.line(0, floor + m.close, sheet.width, floor + m.close, stroke="rule-strong")


def _line(sheet: Sheet, chart: Chart, line: Line, x: Scale, places: Sequence[Stand[R]], floor: float, m: Metrics, base: Names, book: Book) -> None:
    """The line stops above words that stand across it, and goes on below them."""
    value = amount(book, line.at)
    at, rows = x(value.value), [(placed, y, own) for _, placed, y, own in places if placed is not None]
    start = m.grid - 4
    label = fill(m.pick(line.label), {**base, "value": value})
    place = m.pick(line.place)
    if place == "aside":
        start = next((y + m.bar / 2 for placed, y, _ in rows if placed.last.amount.value == value.value), start)
        head = next((y for _, placed, y, _ in places if placed is None and y > start), start)
        sheet.text(at + 7, head + m.head_name, label, size=m.size, fill="ink-2", halo=True)
    if m.line_reach:
        pieces = [(y - m.line_reach, y + m.line_reach) for _, y, _ in rows]
    else:
        cuts = sorted(cut for placed, y, own in rows for cut in _across(chart, placed, x, at, y, own, place == "aside"))
        below = [cut for cut in cuts if cut[1] > start]
        pieces = list(zip([start, *(foot for _, foot in below)], [*(top for top, _ in below), floor], strict=True))
    for top, foot in pieces:
        if foot > top:
            sheet.line(at, top, at, foot, stroke=line.stroke, stroke_width=1.3, dash=line.dash)
    if label and place in ("top", "foot"):
        top, weight = place == "top", 600 if place == "top" else 400
        half = text_width(label, m.size, weight) / 2
        y = m.grid - 12 if top else floor + m.line_label
        anchor = m.pick(line.anchor)
        x_label = min(max(at, half), m.width - half) if anchor == "middle" else at
        sheet.text(x_label, y, label, size=m.size, weight=weight, fill="ink" if top else "muted", anchor=anchor)


def _across(chart: Chart, placed: Placed[R], x: Scale, at: float, y: float, m: Metrics, names: bool) -> list[tuple[float, float]]:
    """The heights at which a row's words stand across a line at `at`; with `names` also its name on the narrow sheet."""
    end = x(placed.last.amount.value)
    cuts = [(y - 11, y + 11)] if (0 if m.mark_gap else 4) <= at - end <= m.label + 4 + text_width(m.pick(placed.label), m.size, 600) else []
    if names and not m.wide:
        words = f"{fill(placed.row.name[1], placed.names)}  {fill(placed.row.note[1], placed.names)}"
        if at < m.name_x + text_width(words, m.size) + 12 or m.pick(placed.row.aside):
            base = y - m.mark + m.name
            cuts.append((base - m.size, base + 4))
    return cuts


def _head(sheet: Sheet, chart: Chart, bundle: Bundle[R], y: float, m: Metrics) -> None:
    name, note, size = m.pick(bundle.group.name), m.pick(bundle.group.note), m.size + m.head_size
    if m.rule:
        sheet.line(0, y + m.rule, sheet.width, y + m.rule, stroke="rule-strong")
    token = "muted" if chart.heads == "muted" else bundle.color("text")
    width = sheet.text(m.name_x, y + m.head_name, name, size=size, weight=600, fill=token, halo=True)
    if note and m.head_note:
        sheet.text(m.name_x, y + m.head_note, note, size=m.size, fill="muted", halo=True)
    elif note:
        sheet.text(m.name_x + width + 10, y + m.head_name, note, size=m.size, fill="muted", halo=True)


def _name(sheet: Sheet, chart: Chart, bundle: Bundle[R], placed: Placed[R], y: float, m: Metrics) -> None:
    more, weight, token = NAME_STYLES[placed.row.style or chart.names]
    name, note = (fill(m.pick(pair), placed.names) for pair in (placed.row.name, placed.row.note))
    right = m.pick(chart.align) == "end"
    width = 0.0 if not name else sheet.text(m.left - 16 if right else m.name_x, y + m.name, name, size=m.size + more, weight=weight, fill=token, anchor="end" if right else "start", halo=True)
    if chart.notes == "below":
        for at, words in enumerate(_lines(chart, placed, m)):
            sheet.text(m.name_x, y + m.note + at * m.line, words, size=m.size, fill="muted", halo=True)
    elif note:
        sheet.text(m.name_x + width + m.beside, y + m.name, note, size=m.size, fill="muted", halo=True)
    if aside := fill(m.pick(placed.row.aside), placed.names):
        sheet.text(m.width, y + m.name, aside, size=m.size, fill=bundle.color("text"), anchor="end", halo=True)
    put_cells(sheet, chart.cells, placed.names, y + m.name, m)


def put_cells(sheet: Sheet, cells: Sequence[Cell], names: Names, y: float, m: Metrics, strong: bool = False) -> None:
    """The columns of text of one row, their baseline at `y`."""
    for cell in cells:
        more, weight, token = NAME_STYLES[cell.style]
        if words := fill(m.pick(cell.text), names):
            sheet.text(m.pick(cell.at), y + m.pick(cell.down), words, size=m.size + more + m.pick(cell.more) + strong, weight=600 if strong else weight, fill=token, anchor=m.pick(cell.anchor), face="display" if cell.style == "display" else "text")


def put_heads(sheet: Sheet, cells: Sequence[Cell], m: Metrics) -> None:
    """The heads of the columns."""
    for cell in cells:
        if head := m.pick(cell.head):
            sheet.text(m.pick(cell.at), m.title, head, size=m.size, fill="muted", anchor=m.pick(cell.anchor))


def _titles(sheet: Sheet, chart: Chart, m: Metrics) -> None:
    """The heads of the columns, and what stands over the plot."""
    put_heads(sheet, chart.cells, m)
    if title := m.pick(chart.title):
        sheet.text(m.left, m.title, title, size=m.size, weight=600)


def put_label(sheet: Sheet, placed: Placed[R], start: float | None, end: float, y: float, m: Metrics, token: str) -> None:
    """The label right of a value, or left of `start` where the sheet is too narrow; without a start it stays, and what is said after it goes."""
    label, after = m.pick(placed.label), m.pick(placed.after)
    size = m.size + m.label_size
    width, beside = text_width(label, size, 600), text_width(after, m.size) + 8 if after else 0
    flip = start is not None and end + width + beside > m.width - 2
    x, anchor = (start or 0) if flip else end, ENDS[flip]
    sheet.text(x, y + size * HALF_LINE, label, size=size, weight=600, fill=token, anchor=anchor, halo=True)
    if after and (flip or end + width + beside < m.width):
        sheet.text(x + (width + 8) * (-1 if flip else 1), y + m.half, after, size=m.size, fill="muted", anchor=anchor, halo=True)


def mark_items(sheet: Sheet, chart: Chart, bundles: Sequence[Bundle[R]]) -> list[Item]:
    """The key of the marks, in the record's order."""
    used = {one.basis for bundle in bundles for placed in bundle.rows for one in placed.spots}

    def drawer(basis: Basis) -> Callable[[float, float], None]:
        return lambda x, y: sheet.mark(x + 6, y, basis, radius=4.4, stroke="ink-2")

    return [(drawer(basis), name) for basis, name in chart.marks.names.items() if basis in used or not chart.marks.only_used]


def _foot(sheet: Sheet, chart: Chart, items: Sequence[Item], floor: float, m: Metrics, base: Names) -> None:
    """The scale's name, the key and the point, one under the other; the point may stand in the names' column instead."""
    y, x = floor + m.foot, m.foot_x
    last = floor + m.line_label if chart.line is not None and m.pick(chart.line.place) == "foot" else floor + (m.tick + m.size if chart.x.ticks or chart.x.log else 0)
    if name := m.pick(chart.x.name):
        for words in wrap(name, m.width - x, m.size):
            sheet.text(x, y, words, size=m.size, fill="ink-2")
            last, y = y, y + m.line
        y = last + m.foot_step
    if items:
        last = key(sheet, items, x, y, m)
        y = last + m.foot_step
    notes = [("muted", f"Dotted: {fill(m.pick(chart.line.label), base)}.")] if chart.line is not None and m.pick(chart.line.place) == "note" else []
    if note := m.pick(chart.note):
        notes.append(("ink-2", fill(note, base)))
    for token, words in notes:
        height = sheet.paragraph(0, y, words, m.width, size=m.size, fill=token, leading=1.3)
        last, y = y + height - 1.3 * m.size, y + height + 4
    if chart.point:
        last = point(sheet, fill(chart.point, base), floor + m.point if m.point else y, m)
    sheet.height = last + m.bottom
