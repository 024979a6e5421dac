"""Lines and points on two scales, in one plot or several: linear or logarithmic, by date or by any number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.axes import Scale, draw_across, draw_upward
from fieldguide.drawing.canvas import Anchor
from fieldguide.drawing.figure_values import Names, amount, fill
from fieldguide.drawing.foot import key, note, point
from fieldguide.drawing.kinds.base import STYLES, ChartKind, entry
from fieldguide.drawing.kinds.xy_data import (
    Annotation,
    ResolvedPoint,
    ResolvedSeries,
    RuleLine,
    XyData,
    XyPanel,
    XyPlace,
    XyPlot,
    resolve,
)
from fieldguide.drawing.labels import LabelBox, box_of, free, overlap
from fieldguide.drawing.measure import text_width, wrap
from fieldguide.drawing.metrics import HALF_LINE, Metrics
from fieldguide.drawing.sheet import Sheet
from fieldguide.drawing.thumbnail import FOOT, LEFT, RIGHT, TOP, thumbnail_sheet
from fieldguide.records.figure import Figure


class XyKind(ChartKind[XyData, XyPlot]):
    data = XyData

    def read(self, data: XyData, figure: Figure, book: Book) -> XyPlot:
        return resolve(data, figure, book)

    def lay_out(self, plot: XyPlot, m: Metrics) -> Sheet:
        """The plots, then the foot below the last."""
        sheet, last = m.sheet(), 0.0
        for panel, runs in plot.panels:
            own = m.of(panel.metrics)
            x, y = (
                panel.x.scale(own.left + own.inset, own.end - own.inset_end),
                panel.y.scale(own.floor, own.top),
            )
            below = (0, own.floor - 1, own.width, own.floor + own.foot)
            last = max(last, _draw(Area(sheet, plot, panel, runs, x, y, own, [below], [])))
        _foot(sheet, plot, max(m.of(panel.metrics).floor for panel, _ in plot.panels), last, m)
        return sheet

    def thumbnail(self, plot: XyPlot, tone: str) -> Sheet:
        """The lines and marks of up to three plots, side by side."""
        sheet, gap = thumbnail_sheet(), 14
        panels = plot.panels[:3]
        width = (RIGHT - LEFT - gap * (len(panels) - 1)) / len(panels)
        for index, (panel, runs) in enumerate(panels):
            left = LEFT + index * (width + gap)
            sheet.path(f"M{left} {TOP}V{FOOT}H{left + width}", stroke="rule-strong", stroke_width=1.5)
            x, y = panel.x.scale(left + 5, left + width - 5), panel.y.scale(FOOT - 4, TOP + 4)
            for run in sorted(runs, key=lambda run: run.series.strong):
                _small(sheet, run, x, y, tone)
        return sheet

    def rows(self, plot: XyPlot) -> Iterable[Names]:
        runs = [run for run in plot.runs if run.series.tabled]
        if plot.data.table.each == "series":
            return (run.names for run in runs)
        dots = [dot for run in runs for dot in run.dots]
        if plot.data.table.by_date:
            dots.sort(key=lambda dot: (dot.date, dot.point.name[0]))
        elif plot.data.table.latest_first:
            dots.sort(key=lambda dot: (-(dot.until or dot.x), dot.amount.value))
        return (dot.names for dot in dots)

    def entries(self, plot: XyPlot) -> Sequence[DrawnPart]:
        """Each point, by its id alone and with its mark's, as in `gpt-4-estimate`: `value`, `x` and its own
        values; each series without points: what it names.
        """
        dots = [entry(dot.ids, dot.names) for run in plot.runs for dot in run.dots]
        return [
            *dots,
            *(entry([run.series.id], run.names) for run in plot.runs if run.series.id and not run.dots),
        ]


def _small(sheet: Sheet, run: ResolvedSeries, x: Scale, y: Scale, tone: str) -> None:
    """Draws a series of a thumbnail."""
    series = run.series
    stroke = series.color("line", tone) if series.strong else "rule-strong"
    places = [(x(across), y(up)) for across, up in series.curve] or [
        (x(dot.x), y(dot.amount.value)) for dot in run.dots
    ]
    if series.steps:
        places = [place for (a, b), (c, _) in pairwise(places) for place in ((a, b), (c, b))] + places[-1:]
    if series.join and len(places) > 1:
        sheet.polyline(places, stroke=stroke, stroke_width=3.5 if series.strong else 2, dash=series.dash)
    if series.marks is True and run.dots and not series.steps:
        radius = 4.5 if len(run.dots) < 12 else 3
        for dot in run.dots:
            sheet.circle(x(dot.x), y(dot.amount.value), radius, fill=stroke)


FAR = 30.0
"""Units from which a label takes a line to its mark."""


@dataclass
class Area:
    """One plot being drawn."""

    sheet: Sheet
    plot: XyPlot
    panel: XyPanel
    runs: Sequence[ResolvedSeries]
    x: Scale
    y: Scale
    m: Metrics
    taken: list[LabelBox]
    shaded: list[LabelBox]

    def bare(self, box: LabelBox) -> bool:
        """Whether a label's box lies outside the shaded regions, so that its words may have a paper halo."""
        return not any(overlap(box, shade) for shade in self.shaded)

    def spot(self, place: XyPlace, across: bool) -> float:
        """The x coordinate (`across`) or y coordinate of a value, a date, or "start", "middle" or "end".
        Across, start and end are those of the plot and not of its scale.
        """
        start, end = (self.m.left, self.m.end) if across else (self.y.start, self.y.end)
        named = {"start": start, "middle": (start + end) / 2, "end": end}
        if isinstance(place, str) and place in named:
            return named[place]
        value = amount(self.plot.book, place).value  # type: ignore[arg-type]  # the names are gone
        return (self.x if across else self.y)(value)

    def place(self, dot: ResolvedPoint) -> tuple[float, float]:
        return self.x(dot.x), self.y(dot.amount.value)


def _draw(area: Area) -> float:
    """Draws one plot. Returns the y coordinate of the last baseline below it."""
    sheet, m = area.sheet, area.m
    for region in area.panel.regions:
        (x1, x2), (y1, y2) = (
            (area.spot(place, True) for place in region.x),
            (area.spot(place, False) for place in region.value),
        )
        sheet.rect(x1, y2, x2 - x1, y1 - y2, fill="sunk")
        area.shaded.append((x1, y2, x2, y1))
    draw_upward(sheet, area.panel.y, area.y, m.left, m.end, m)
    draw_across(sheet, area.panel.x, area.x, m.floor, m, ends=(m.left, m.end))
    last = _titles(area)
    for rule in area.panel.rules:
        _rule(area, rule)
    upward = sorted(area.runs, key=lambda run: run.series.strong)
    for run in upward:
        _band(area, run.series.band)
    for run in upward:
        _line(area, run)
    for annotation in [*area.panel.said, *area.panel.rules]:
        _say(area, annotation)
    for run in upward:
        _marks(area, run)
    for run in area.runs:
        for dot in run.dots:
            _label(area, run, dot)
    names = m.pick(area.panel.names)
    if names == "end":
        _ends(area)
    elif names == "key":
        _key(area)
    return last


def _titles(area: Area) -> float:
    """Draws the names of the axes and the plot's title. Returns the y coordinate of the last baseline below
    the plot.
    """
    sheet, panel, m = area.sheet, area.panel, area.m
    if title := m.pick(panel.title):
        sheet.text(m.title_x, m.title, title, size=m.size + 1.5, weight=600)
    if note := m.pick(panel.note):
        sheet.text(m.title_x, m.title + 19, note, size=m.size, fill="muted")
    if name := m.pick(panel.y.name):
        sheet.text(m.title_x, m.title, name, size=m.size, fill="muted")
    last = m.floor + m.tick + m.size
    if name := m.pick(panel.x.name):
        last = m.floor + m.name
        sheet.text(m.end, last, name, size=m.size, fill="muted", anchor="end")
    return last


def _rule(area: Area, rule: RuleLine) -> None:
    """Draws a line at one value, through the plot or up to another value."""
    position = area.spot(rule.at, not rule.across)
    end = area.spot(rule.upto, False) if rule.upto is not None else area.y.end
    ends = (
        (area.m.left, position, area.m.end, position)
        if rule.across
        else (position, end, position, area.y.start)
    )
    area.sheet.line(*ends, stroke=rule.stroke, stroke_width=1.3, dash=rule.dash)
    area.taken.append(
        (
            min(ends[0], ends[2]) - 2,
            min(ends[1], ends[3]) - 2,
            max(ends[0], ends[2]) + 2,
            max(ends[1], ends[3]) + 2,
        )
    )


def _band(area: Area, band: Sequence[tuple[float, float, float]]) -> None:
    """Shades what is around a curve, from its low ends to its high ones."""
    if band:
        lows, highs = [(x, low) for x, low, _ in band], [(x, high) for x, _, high in reversed(band)]
        places = [(area.x(x), area.y(value)) for x, value in (*lows, *highs)]
        area.sheet.polyline(places, fill="sunk", stroke="none")
        area.shaded += [
            (area.x(start), area.y(max(tops)), area.x(end), area.y(min(feet)))
            for (start, *feet_and_tops), (end, *others) in pairwise(band)
            for feet, tops in [zip(feet_and_tops, others, strict=True)]
        ]


def _line(area: Area, run: ResolvedSeries) -> None:
    """Draws the curve of a series, or the line that joins its marks, which shows the series' values."""
    series = run.series
    places = [(area.x(x), area.y(y)) for x, y in series.curve] or [area.place(dot) for dot in run.dots]
    if series.steps:
        _steps(area, run)
    elif series.join and len(places) > 1:
        with area.sheet.valued(run.names):
            area.sheet.polyline(places, stroke=series.stroke, stroke_width=series.width, dash=series.dash)


def _steps(area: Area, run: ResolvedSeries) -> None:
    """Draws each value as a level line to the next point, dashed from the last day for which it is known, and
    the rise or fall to the next.
    """
    sheet, series, half = area.sheet, run.series, run.series.width / 2 + 1
    ink: dict[str, Any] = {"stroke": series.stroke, "stroke_width": series.width}
    ends = [area.place(dot) for dot in run.dots]
    for dot, (x, y), after in zip(run.dots, ends, [*ends[1:], None], strict=True):
        known = area.x(dot.until) if dot.until is not None else after[0] if after else x
        with sheet.valued(area.plot.shown(run, dot)):
            sheet.line(x, y, known, y, **ink)
            if after and after[0] > known + 1:
                sheet.line(known, y, after[0], y, dash="3 4", **ink)
        area.taken.append((x, y - half, after[0] if after else known, y + half))
        if after and after[1] != y:
            sheet.line(after[0], y, after[0], after[1], stroke_linecap="square", **ink)
            low, high = sorted((y, after[1]))
            area.taken.append((after[0] - half, low, after[0] + half, high))


def _marks(area: Area, run: ResolvedSeries) -> None:
    """Draws the marks of a series with their intervals; marks with a label come last and are larger."""
    sheet, m, series = area.sheet, area.m, run.series
    token = series.tone if series.layer is None else series.stroke
    for dot in sorted(run.dots, key=lambda dot: bool(m.pick(dot.label))) if series.marks else []:
        if m.pick(dot.side) == "hidden":
            continue
        x, y = area.place(dot)
        with sheet.valued(area.plot.shown(run, dot)):
            if series.marks == "pointed":
                sheet.circle(x, y, m.small)
                continue
            if dot.x_high is not None:
                sheet.whisker(x, y, area.x(dot.x_high), y, stroke=series.stroke)
                continue
            field = dot.amount.field
            if field is not None and field.low and field.high:
                sheet.whisker(x, area.y(field.low), x, area.y(field.high), stroke=token)
                area.taken.append((x - 4, area.y(field.high), x + 4, area.y(field.low)))
            radius = m.pick(dot.point.radius) or (m.radius if m.pick(dot.label) else m.small)
            if m.halo:
                sheet.circle(x, y, radius + m.halo, fill="paper")
            sheet.mark(x, y, dot.basis, radius=radius, stroke=token)
        area.taken.append((x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1))


def _sides(m: Metrics) -> dict[str, tuple[float, float, Anchor]]:
    """{side: (dx, dy, anchor)} from a mark to its label's baseline."""
    half = (m.size + m.label_size) * HALF_LINE
    return {
        "left": (-m.label, half, "end"),
        "right": (m.label, half, "start"),
        "above": (0, -m.up, "middle"),
        "below": (0, m.down, "middle"),
        "upper left": (-m.corner, -m.up, "end"),
        "upper right": (m.corner, -m.up, "start"),
        "lower left": (-m.corner, m.down, "end"),
        "lower right": (m.corner, m.down, "start"),
    }


def _label(area: Area, run: ResolvedSeries, dot: ResolvedPoint) -> None:
    """Draws the label of a mark with its second line, and a leader line where it is far from the mark."""
    sheet, m, point = area.sheet, area.m, dot.point
    words, side = m.pick(dot.label), m.pick(dot.side)
    if not words:
        return
    bold = run.series.bold if point.bold is None else point.bold
    weight, size = 600 if bold else 400, m.size + m.label_size
    width, (x, y) = text_width(words, size, weight), area.place(dot)
    if side == "free":
        place = free(words, x, y, size, weight, area.taken, m.left + 3, sheet.width)
        if place is None:
            return
        tx, ty, anchor, leader = place
    else:
        dx, dy, anchor = _sides(m)[side]
        dx, dy = dx + m.pick(point.dx), dy + m.pick(point.dy)
        if dot.x_high is not None:
            x = area.x(dot.x_high)
        tx, ty, leader = x + dx, y + dy, point.leads or abs(m.pick(point.dy)) >= FAR
        if anchor == "middle":
            tx = min(max(tx, width / 2), sheet.width - width / 2)
    box = box_of(words, tx, ty, size, weight, anchor)
    if point.leads and side in ("left", "right"):
        sheet.line(
            x + 6 * (1 if side == "right" else -1),
            y,
            box[0] - 1 if side == "right" else box[2] + 1,
            ty - size * 0.34,
            stroke="rule-strong",
        )
    elif leader:
        sheet.line(
            x,
            y + (7 if ty > y else -7),
            min(max(x, box[0] + 4), box[2] - 4),
            ty - size if ty > y else box[3] + 1.5,
            stroke="rule-strong",
        )
    tone = run.series.tone if bold or not run.series.strong else "ink"
    sheet.text(tx, ty, words, size=size, weight=weight, fill=tone, anchor=anchor, halo=area.bare(box))
    area.taken.append(box)
    if note := fill(m.pick(point.note), dot.names) if point.note else "":
        sheet.text(tx, ty + (18 if m.wide else 16), note, size=m.size, fill="ink-2", anchor=anchor, halo=True)


def _say(area: Area, annotation: Annotation) -> None:
    """Draws an annotation's text, which for a rule is at the rule's end, and a leader line from its point."""
    sheet, m = area.sheet, area.m
    text, (extra_size, weight, token), anchor, width = (
        fill(m.pick(annotation.text), area.plot.names),
        STYLES[annotation.style],
        m.pick(annotation.anchor),
        m.pick(annotation.width),
    )
    to = m.pick(annotation.to)
    dots = (
        sorted(
            (
                dot
                for run in area.runs
                if run.series.tabled
                for dot in run.dots
                if to in (dot.point.id, "highest")
            ),
            key=lambda dot: (dot.amount.value, dot.x),
        )
        if to
        else []
    )
    if not text or (to and not dots):
        return
    if dots and not {"x", "value"} & annotation.model_fields_set:
        x, y = area.place(dots[-1])
    elif isinstance(annotation, RuleLine):
        x, y = (
            (area.spot(annotation.x, True), area.spot(annotation.at, False))
            if annotation.across
            else (area.spot(annotation.at, True), area.spot(annotation.value, False))
        )
    else:
        x, y = area.spot(annotation.x, True), area.spot(annotation.value, False)
    x, y = x + m.pick(annotation.dx), y + m.pick(annotation.dy)
    head, _, rest = text.partition("\n")
    lines = (
        [(head, m.size + 1.5, 600, "ink")]
        if rest
        else [
            (words, m.size + extra_size, weight, annotation.tone or token)
            for words in (wrap(text, width, m.size + extra_size, weight) if width else [text])
        ]
    )
    lines += [(words, m.size, 400, "ink-2") for words in wrap(rest, width, m.size)] if rest else []
    across, down = 0.0, y
    for words, size, weight, fill_ in lines:
        across = across or text_width(words, size, weight)
        box = box_of(words, x, down, size, weight, anchor)
        sheet.text(x, down, words, size=size, weight=weight, fill=fill_, anchor=anchor, halo=area.bare(box))
        area.taken.append(box)
        down += 20 if size > m.size + 1 else m.size * 1.33
    if dots:
        _leader(area, dots[-1], x, y, across)


def _leader(area: Area, dot: ResolvedPoint, x: float, y: float, across: float) -> None:
    """Draws a leader line from a point to words that start at (x, y) and are `across` units wide."""
    px, py = area.place(dot)
    field = dot.amount.field
    edge = py + 8 if y > py else area.y(field.high) - 3 if field and field.high else py - 8
    area.sheet.polyline(
        [(px, edge), (px, y - 5), (x - 8 if px < x else x + across + 8, y - 5)], stroke="ink-2"
    )


def _ends(area: Area) -> None:
    """Draws the names of the series beyond the right end of the plot, moved apart vertically."""
    sheet, m, last = area.sheet, area.m, -1e9
    start = m.end + m.elbow + m.beyond
    for run in sorted((run for run in area.runs if run.series.name[0]), key=lambda run: _last(area, run)[1]):
        y = _last(area, run)[1]
        note, series = fill(m.pick(run.series.note), run.names), run.series
        last = max(y + (m.beyond_y if note else m.half), last + m.beyond_gap)
        if m.elbow:
            sheet.polyline([(m.end + 2, y), (m.end + m.elbow, last - 3)], stroke="ink-2")
        sheet.text(
            start,
            last,
            m.pick(series.name),
            size=m.size,
            weight=600 if series.bold else 400,
            fill=series.tone,
        )
        if note:
            sheet.text(
                m.end + m.elbow + m.beyond_note,
                last + m.line,
                note,
                size=m.size,
                fill=series.tone if series.layer else "muted",
            )


def _last(area: Area, run: ResolvedSeries) -> tuple[float, float]:
    """(x, y) of the last point of a series."""
    return (
        (area.x(run.series.curve[-1][0]), area.y(run.series.curve[-1][1]))
        if run.series.curve
        else area.place(run.dots[-1])
    )


def _key(area: Area) -> None:
    """Draws the key: a line sample and the name of each series."""
    sheet, m, y = area.sheet, area.m, area.m.key_y
    for run in area.runs:
        series, size = run.series, m.size + m.key_size
        if not (name := m.pick(series.name)):
            continue
        sheet.line(
            m.key_x,
            y - 4.6,
            m.key_x + m.key_line,
            y - 4.6,
            stroke=series.stroke,
            stroke_width=series.width,
            dash=series.dash,
        )
        if m.key_mark:
            sheet.mark(m.key_x + m.key_line / 2, y - 4.6, "disclosed", radius=m.key_mark, stroke=series.tone)
        x = m.key_x + m.key_line + 7
        across = sheet.text(
            x, y, name, size=size, weight=600 if series.bold else 400, fill=series.tone, halo=True
        )
        if note := fill(m.pick(series.note), run.names):
            note_place = (x, y + m.key_note) if m.key_note else (x + across + 5, y)
            sheet.text(*note_place, note, size=m.size, fill="muted" if m.key_note else "ink-2", halo=True)
        y += m.key_step


# The foot ------------------------------------------------------------


def _foot(sheet: Sheet, plot: XyPlot, floor: float, last: float, m: Metrics) -> None:
    """Draws the list, the point, the key of the marks and the note, one under the other."""
    data, y = plot.data, floor + m.foot
    if data.listing is not None and (data.listing.wide or not m.wide):
        last = _list(sheet, plot, y, m)
        y = last + m.foot_step
    if words := fill(m.pick(data.point), plot.names):
        last = point(sheet, words, y, m)
        y = last + m.foot_step
    shown = [run.series for run in plot.runs if run.series.tabled and run.dots]
    stroke = (
        shown[0].stroke
        if shown and shown[0].layer and len({series.layer for series in shown}) == 1
        else "ink-2"
    )  # the layer's, where all have one
    if items := data.marks.items(sheet, (dot.basis for run in plot.runs for dot in run.dots), stroke):
        last = key(sheet, items, m.foot_x, y, m)
        y = last + m.foot_step
    if words := fill(m.pick(data.note), plot.names):
        last = note(sheet, words, y, m)
    sheet.height = last + m.bottom


def _list(sheet: Sheet, plot: XyPlot, y: float, m: Metrics) -> float:
    """Names with their values at the right edge, or with a note below. Returns the last baseline."""
    listing = plot.data.listing
    assert listing is not None
    last = y
    if head := m.pick(listing.head):
        sheet.text(0, y, head, size=m.size + 0.5, weight=600)
        y += 20
    x = 16 if listing.numbered else 0
    for number, item in enumerate(listing.items, 1):
        name, note, value = (
            fill(m.pick(item.name), plot.names),
            fill(m.pick(item.note), plot.names),
            fill(item.value, plot.names),
        )
        if value:
            sheet.text(m.width, y, value, size=m.size, weight=600, anchor="end")
        lines = [(words, not value) for words in wrap(name, m.width - x - (112 if value else 0), m.size)] + [
            (words, False) for words in wrap(note, m.width - x, m.size)
        ]
        if listing.numbered:
            sheet.text(0, y, f"{number}", size=m.size, weight=600)
        for words, bold in lines:
            sheet.text(x, y, words, size=m.size, weight=600 if bold else 400, fill="ink" if bold else "ink-2")
            last, y = y, y + m.line
        if value:
            sheet.line(0, last + 7, m.width, last + 7, stroke="rule")
        y += 3 if value else m.item
    return last
