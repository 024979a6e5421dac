"""Stacked: wholes divided into the same parts, as bars across the sheet one below the other, or as one down
it with its parts named beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from fieldguide.book import Book
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.canvas import Anchor
from fieldguide.drawing.colors import layer_color
from fieldguide.drawing.figure_values import Names, fill
from fieldguide.drawing.foot import key, point
from fieldguide.drawing.kinds.base import ChartKind, entry, put_cells, put_heads
from fieldguide.drawing.kinds.stacked_data import (
    PartLook,
    ResolvedShare,
    ResolvedWhole,
    StackedData,
    StackedPlot,
    StackPart,
    resolve,
)
from fieldguide.drawing.metrics import Metrics
from fieldguide.drawing.pieces import application_block, infrastructure_field
from fieldguide.drawing.sheet import Sheet
from fieldguide.drawing.thumbnail import FOOT, LEFT, RIGHT, TOP, lanes, thumbnail_sheet
from fieldguide.records.figure import Figure

LOOKS: dict[PartLook, tuple[str, str, float]] = {
    "solid": ("ink", "none", 0),
    "dark": ("ink-2", "none", 0),
    "gray": ("muted", "none", 0),
    "muted": ("rule-strong", "none", 0),
    "light": ("off", "rule-strong", 1.2),
    "pale": ("paper", "rule-strong", 1.2),
    "chip": ("chip", "rule-strong", 1.2),
    "empty": ("paper", "ink", 1.5),
}
"""Fill, stroke and its width of a part that belongs to no layer."""
LABELS: tuple[tuple[float, int, str, Anchor], ...] = ((0.5, 400, "ink-2", "middle"), (1, 600, "ink", "end"))
"""Of an ordinary part and of a strong one: where its label stands, weight, color and anchor."""


class StackedKind(ChartKind[StackedData, StackedPlot]):
    data = StackedData

    def read(self, data: StackedData, figure: Figure, book: Book) -> StackedPlot:
        return resolve(data, figure, book)

    def lay_out(self, plot: StackedPlot, m: Metrics) -> Sheet:
        sheet = m.sheet()
        sheet.height = (_down if plot.data.direction == "down" else _sheet)(sheet, plot, m)
        return sheet

    def thumbnail(self, plot: StackedPlot, tone: str) -> Sheet:
        """The bars alone, as thick as there is room."""
        sheet, gap = thumbnail_sheet(), 2.0
        if plot.data.direction == "down":
            for share, (y, length) in zip(
                plot.shares, _parts(plot, plot.wholes[0], TOP, FOOT, gap), strict=True
            ):
                _piece(sheet, share.part, LEFT + 45, y, RIGHT - LEFT - 90, length, 0.7)
            return sheet
        places, pitch = lanes([len(plot.wholes)])
        thick = min(0.7 * pitch, 60)
        for whole, y in zip(plot.wholes, places, strict=True):
            for share, (x, length) in zip(plot.shares, _parts(plot, whole, LEFT, RIGHT, gap), strict=True):
                _piece(sheet, share.part, x, y - thick / 2, length, thick, 0.7)
        return sheet

    def rows(self, plot: StackedPlot) -> Iterable[Names]:
        return (
            [whole.names for whole in plot.wholes]
            if plot.data.table.each == "stack"
            else [share.names for share in sorted(plot.shares, key=lambda share: share.part.rest)]
        )

    def entries(self, plot: StackedPlot) -> Sequence[DrawnPart]:
        """A part by its id or layer, with its number in each stack by that stack's id; a stack by its id,
        with its total and each part by that part's id.
        """
        shares = [
            entry(("parts", share.part.id, share.part.layer or ""), share.names) for share in plot.shares
        ]
        return [*shares, *(entry(("stacks", whole.stack.id), whole.names) for whole in plot.wholes)]


def _sheet(sheet: Sheet, plot: StackedPlot, m: Metrics) -> float:
    """Draws the bars, then the lines or the key. Returns the height of the sheet."""
    foot = _across(sheet, plot, m.top, m)
    if m.close:
        sheet.line(0, foot + m.close, m.width, foot + m.close, stroke="rule-strong")
    if plot.data.cells:
        y = _lines(sheet, plot, foot + m.foot, m)
    else:
        y = key(
            sheet,
            [
                (partial(_swatch, sheet, share.part), fill(m.pick(share.part.name), share.names))
                for share in plot.shares
            ],
            m.left,
            foot + m.foot,
            m,
        )
    if words := fill(m.pick(plot.data.point), plot.names):
        y = point(sheet, words, y + 28, m)
    return y + m.bottom


def spread(centers: Sequence[float], apart: float, top: float, bottom: float) -> list[float]:
    """Label positions near their centers, in order, at least `apart` units apart and between
    top and bottom.
    """
    places: list[float] = []
    for center in centers:
        places.append(max(center, places[-1] + apart if places else top))
    limit = bottom
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], limit)
        limit = places[index] - apart
    return places


def _piece(
    sheet: Sheet, part: StackPart, x: float, y: float, width: float, height: float, inset: float = 0
) -> None:
    """A part as its layer's piece, or in its look; a stroke stays inside the part where there is paper beside
    it.
    """
    if part.layer == "application":
        application_block(sheet, x + inset, y + inset, width - 2 * inset, height - 2 * inset)
    elif part.layer == "infrastructure":
        infrastructure_field(sheet, x + inset, y + inset, width - 2 * inset, height - 2 * inset)
    elif part.layer is not None:
        sheet.rect(x, y, width, height, fill=layer_color(part.layer))
    else:
        paint, stroke, thick = LOOKS[part.look]
        edge = inset if thick else 0
        sheet.rect(
            x + edge,
            y + edge,
            width - 2 * edge,
            height - 2 * edge,
            fill=paint,
            stroke=stroke,
            stroke_width=thick,
        )


def _swatch(sheet: Sheet, part: StackPart, x: float, y: float) -> None:
    _piece(sheet, part, x, y - 5.5, 20, 11)


def _parts(
    plot: StackedPlot, whole: ResolvedWhole, start: float, end: float, gap: float
) -> list[tuple[float, float]]:
    """The start and the length of each part along the bar, in units."""
    room = end - start - gap * (len(plot.shares) - 1)
    placed = []
    for amount in whole.amounts:
        length = room * amount.value / whole.total.value
        placed.append((start, length))
        start += length + gap
    return placed


def _across(sheet: Sheet, plot: StackedPlot, y: float, m: Metrics) -> float:
    """Draws the bars across the sheet. Returns the y coordinate of the last bar's foot."""
    ends: list[float] = []
    for row, whole in enumerate(plot.wholes):
        placed = _parts(plot, whole, m.left, m.end, m.gap)
        if m.rule:
            sheet.line(0, y + m.rule, m.width, y + m.rule, stroke="rule-strong")
        put_cells(sheet, plot.data.words, whole.names, y, m)
        for index, (share, (x, length)) in enumerate(zip(plot.shares, placed, strict=True)):
            with sheet.valued(whole.names), sheet.valued(share.names):
                _piece(sheet, share.part, x, y, length, m.bar, 0.6 if m.gap else 0)
            if label := fill(
                m.pick(share.part.label),
                {**share.names, "value": whole.amounts[index], "share": whole.shares[index]},
            ):
                place, weight, token, anchor = LABELS[share.part.strong]
                sheet.text(
                    x + length * place, y - 7, label, size=m.size, weight=weight, fill=token, anchor=anchor
                )
        if plot.data.join and row:
            for above, below in zip(ends[:-1], placed[:-1], strict=True):
                sheet.line(above, y - m.pitch + m.bar + 3, sum(below), y - 3, stroke="rule-strong")
        ends = [x + length for x, length in placed]
        y += m.pitch
    return y - m.pitch + m.bar


def _line(sheet: Sheet, plot: StackedPlot, share: ResolvedShare, y: float, m: Metrics) -> None:
    """Draws a part's name, its note and its cells."""
    part, strong = share.part, share.part.strong
    token = part.color("text")
    width = sheet.text(
        m.text,
        y,
        fill(m.pick(part.name), share.names),
        size=m.size + m.text_more + strong,
        weight=600,
        fill=token,
    )
    if note := fill(m.pick(part.note), share.names):
        sheet.text(
            m.text if m.line_note else m.text + width + 10, y + m.line_note, note, size=m.size, fill="muted"
        )
    put_cells(sheet, plot.data.cells, share.names, y, m, strong)


def _down(sheet: Sheet, plot: StackedPlot, m: Metrics) -> float:
    """Draws the first stack down the sheet, its groups to the left and its parts to the right. Returns the
    height of the sheet.
    """
    whole, end = plot.wholes[0], m.left + m.bar
    tall, apart, spill, lead = (m.pick(pair) for pair in ((430, 440), (50, 54), (26, 40), (16, 0)))
    placed = _parts(plot, whole, m.top, m.top + tall, m.gap)
    for share, (y, length) in zip(plot.shares, placed, strict=True):
        with sheet.valued(share.names):
            _piece(sheet, share.part, m.left, y, m.bar, length, 0.7)
    put_cells(sheet, plot.data.words, whole.names, m.top, m)
    put_heads(sheet, plot.data.cells, m)
    centers = [y + length / 2 for y, length in placed]
    groups = [
        (words, [*members])
        for words, members in groupby(
            zip(plot.shares, centers, strict=True), lambda member: m.pick(member[0].part.group)
        )
        if words
    ]
    middles = [sum(center for _, center in members) / len(members) for _, members in groups]
    for (words, members), y in zip(groups, spread(middles, 22, m.top, m.top + tall - 4), strict=True):
        sheet.text(
            m.left - 12,
            y + m.half,
            words,
            size=m.size,
            weight=600,
            fill=members[0][0].part.color("text", "ink-2"),
            anchor="end",
        )
    places = spread(centers, apart, m.top + 14, m.top + tall + spill)
    for share, center, y in zip(plot.shares, centers, places, strict=True):
        sheet.polyline(
            [(end + 3, center), (end + 3 + lead, center), (m.text - 5 - lead, y - 2), (m.text - 5, y - 2)],
            stroke="rule-strong",
        )
        _line(sheet, plot, share, y + 2, m)
    return max(m.top + tall, places[-1] + 30) + 4


def _lines(sheet: Sheet, plot: StackedPlot, y: float, m: Metrics) -> float:
    """Draws a line of text for each part between rules, the first with its baseline at `y`, and the sums
    below them. Returns the y coordinate of the last baseline.
    """
    drop = 9 + max([m.line_note, *(m.pick(cell.down) for cell in plot.data.cells)])
    sheet.line(0, y - m.line + drop - 9, m.width, y - m.line + drop - 9)
    for share in plot.shares:
        _piece(sheet, share.part, 1, y - 11, 12, 12)
        _line(sheet, plot, share, y, m)
        sheet.line(0, y + drop, m.width, y + drop, stroke="ink" if share is plot.shares[-1] else "rule")
        y += m.line
    y += drop - m.line
    for index, line in enumerate(plot.data.sums):
        written = fill(line.value, plot.names)
        if not index:
            y += 24
            sheet.text(0, y, line.name, size=m.size + 0.5, weight=600)
            sheet.text(m.width, y, written, size=m.size + 4, weight=490, face="display", anchor="end")
            for below in (8, 11):
                sheet.line(m.width - 88, y + below, m.width, y + below)
            y += 18
            continue
        sheet.text(m.width, y + 18, written, size=m.size, fill="ink-2", anchor="end")
        y += sheet.paragraph(
            0, y + 18, line.name, m.width - 84, size=m.size, fill="ink-2", leading=18 / m.size
        )
    return y
