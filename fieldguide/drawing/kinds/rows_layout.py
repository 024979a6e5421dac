"""How rows and bars are laid out: groups of named rows down the sheet, one scale across, and what stands at
its foot.

On the wide sheet a name stands left of the plot, on the narrow one above its row. Every distance is a key of
`RowSizes` in rows_data.py, which a figure can set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic

from fieldguide.drawing.axes import Scale, draw_across
from fieldguide.drawing.figure_values import Names, amount, fill
from fieldguide.drawing.foot import KeyItem, key, note, point
from fieldguide.drawing.kinds.base import ENDS, STYLES, put_cells, put_heads
from fieldguide.drawing.kinds.rows_data import (
    C,
    ComparisonLine,
    R,
    ResolvedRow,
    RowChartData,
    RowGroup,
    RowPlot,
)
from fieldguide.drawing.measure import text_width, wrap
from fieldguide.drawing.metrics import HALF_LINE, Metrics
from fieldguide.drawing.sheet import Sheet

Stand = tuple[RowGroup[R], ResolvedRow[R] | None, float, Metrics]
"""A head, where it starts, or a row, where its middle is; with the measures of its group."""


class RowLayout(Generic[C, R]):
    """One drawing of a chart of rows: what stands around the marks, which each kind draws itself."""

    def __init__(self, plot: RowPlot[C, R], m: Metrics) -> None:
        """Draws the scale, the heads of columns and the line that rows are compared with."""
        chart, sheet = plot.data, m.sheet()
        self.plot, self.m, self.sheet = plot, m, sheet
        self.x = chart.x.scale(m.left, m.end)
        self._places, self._floor = _places(plot, m)
        put_heads(sheet, chart.cells, m)
        draw_across(sheet, chart.x, self.x, self._floor, m, m.grid)
        if m.close:
            sheet.line(0, self._floor + m.close, sheet.width, self._floor + m.close, stroke="rule-strong")
        if chart.line is not None:
            _line(sheet, plot, chart.line, self.x, self._floor, m)

    def rows(self) -> Iterator[tuple[ResolvedRow[R], float, Metrics]]:
        """Each row with its middle and its measures, once its name and the head of its group are drawn."""
        for group, row, y, m in self._places:
            if row is None:
                _head(self.sheet, self.plot.data, group, y, m)
            else:
                _name(self.sheet, self.plot.data, row, y - _mark(self.plot.data, row, m), m)
                yield row, y, m

    def close(self, swatches: Sequence[KeyItem] = ()) -> Sheet:
        """The sheet with its foot, where `swatches` come first in the key."""
        bases = (mark.basis for row in self.plot.rows for mark in row.spots)
        items = [*swatches, *self.plot.data.marks.items(self.sheet, bases)]
        _foot(self.sheet, self.plot.data, items, self._floor, self.m, self.plot.names)
        return self.sheet

    def put_label(
        self, row: ResolvedRow[R], start: float | None, end: float, y: float, m: Metrics, token: str
    ) -> None:
        """The label right of a value, or left of `start` where the sheet is too narrow; without a start it
        stays, and what is said after it goes.
        """
        label, after = m.pick(row.label), m.pick(row.after)
        size = m.size + m.label_size
        width, beside = text_width(label, size, 600), text_width(after, m.size) + 8 if after else 0
        flip = start is not None and end + width + beside > m.width - 2
        x, anchor = (start or 0) if flip else end, ENDS[flip]
        self.sheet.text(
            x, y + size * HALF_LINE, label, size=size, weight=600, fill=token, anchor=anchor, halo=True
        )
        if after and (flip or end + width + beside < m.width):
            x += (width + 8) * (-1 if flip else 1)
            self.sheet.text(x, y + m.half, after, size=m.size, fill="muted", anchor=anchor, halo=True)


def _lines(chart: RowChartData, placed: ResolvedRow[R], m: Metrics) -> list[str]:
    """The lines of the note below a row's name, wrapped."""
    text = fill(m.pick(placed.row.note), placed.names) if chart.notes == "below" else ""
    return wrap(text, m.column, m.size) if text else []


def _mark(chart: RowChartData, placed: ResolvedRow[R], m: Metrics) -> float:
    """Units from the top of a row to the middle of its marks, which on the narrow sheet are
    under the note.
    """
    return m.mark + (0 if m.wide else m.line * len(_lines(chart, placed, m)))


def _places(plot: RowPlot[C, R], m: Metrics) -> tuple[list[Stand[R]], float]:
    """The y coordinate of each group's head (top) and of each row (middle), with the metrics of its group;
    and the y coordinate of the plot's foot.
    """
    y = m.top
    places: list[Stand[R]] = []
    for rows in plot.groups:
        group = rows[0].group
        metrics = m.of(group.metrics)
        if m.pick(group.name):
            places.append((group, None, y, metrics))
            y += metrics.head
        for placed in rows:
            places.append((group, placed, y + _mark(plot.data, placed, metrics), metrics))
            y += metrics.pitch + metrics.line * len(_lines(plot.data, placed, metrics))
        y += metrics.gap
    return places, y + m.floor


def _line(
    sheet: Sheet, plot: RowPlot[C, R], line: ComparisonLine, x: Scale, floor: float, m: Metrics
) -> None:
    """Draws a comparison line down the plot, its label above the plot if it is not among the notes."""
    value = amount(plot.book, line.at)
    line_x, label = x(value.value), fill(m.pick(line.label), {**plot.names, "value": value})
    if label:
        sheet.line(line_x, m.grid - 4, line_x, floor, stroke="ink", stroke_width=1.3, dash="1.5 4")
    if label and m.pick(line.place) == "top":
        half = text_width(label, m.size, 600) / 2
        sheet.text(
            min(max(line_x, half), m.width - half),
            m.grid - 12,
            label,
            size=m.size,
            weight=600,
            anchor="middle",
        )


def _head(sheet: Sheet, chart: RowChartData, group: RowGroup[R], y: float, m: Metrics) -> None:
    name, note, size = m.pick(group.name), m.pick(group.note), m.size + m.head_size
    if m.rule:
        sheet.line(0, y + m.rule, sheet.width, y + m.rule, stroke="rule-strong")
    token = "muted" if chart.heads == "muted" else group.color("text")
    width = sheet.text(m.name_x, y + m.head_name, name, size=size, weight=600, fill=token, halo=True)
    if note:
        x, base = (m.name_x, m.head_note) if m.head_note else (m.name_x + width + 10, m.head_name)
        sheet.text(x, y + base, note, size=m.size, fill="muted", halo=True)


def _name(sheet: Sheet, chart: RowChartData, placed: ResolvedRow[R], y: float, m: Metrics) -> None:
    extra_size, weight, token = STYLES[placed.row.style or chart.names]
    name, note = (fill(m.pick(pair), placed.names) for pair in (placed.row.name, placed.row.note))
    right = m.pick(chart.align) == "end"
    width = (
        0.0
        if not name
        else sheet.text(
            m.left - 16 if right else m.name_x,
            y + m.name,
            name,
            size=m.size + extra_size,
            weight=weight,
            fill=token,
            anchor="end" if right else "start",
            halo=True,
        )
    )
    if chart.notes == "below":
        for index, words in enumerate(_lines(chart, placed, m)):
            sheet.text(m.name_x, y + m.note + index * m.line, words, size=m.size, fill="muted", halo=True)
    elif note:
        sheet.text(m.name_x + width + m.beside, y + m.name, note, size=m.size, fill="muted", halo=True)
    put_cells(sheet, chart.cells, placed.names, y + m.name, m)


def _foot(
    sheet: Sheet, chart: RowChartData, items: Sequence[KeyItem], floor: float, m: Metrics, base: Names
) -> None:
    """Draws the name of the scale, the key and the point, one under the other; the point may be in the column
    of names instead.
    """
    y, x = floor + m.foot, m.foot_x
    last = floor + (m.tick + m.size if chart.x.ticks or chart.x.log else 0)
    if name := m.pick(chart.x.name):
        last = (
            y
            + sheet.paragraph(x, y, name, m.width - x, size=m.size, fill="ink-2", leading=m.line / m.size)
            - m.line
        )
        y = last + m.foot_step
    if items:
        last = key(sheet, items, x, y, m)
        y = last + m.foot_step
    line = chart.line if chart.line is not None and m.pick(chart.line.place) == "note" else None
    for token, words in (
        ("muted", f"Dotted: {fill(m.pick(line.label), base)}." if line else ""),
        ("ink-2", fill(m.pick(chart.note), base)),
    ):
        if words:
            last = note(sheet, words, y, m, token)
            y = last + 1.3 * m.size + 4
    if words := fill(m.pick(chart.point), base):
        last = point(sheet, words, floor + m.point if m.point else y, m)
    sheet.height = last + m.bottom
