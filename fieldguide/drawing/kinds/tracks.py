"""Tracks: dated events, track by track or in one list by date.

Wide, each stands in a row, from its date over its text to its mark on a thin strip of time; narrow, in a list
with the marks down its side.
What lies after the figure's day is an open mark; a sign, which could be read before something happened, is a
triangle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.axes import Axis
from fieldguide.drawing.figure_values import FieldReference, Names, fill
from fieldguide.drawing.foot import key
from fieldguide.drawing.kinds import base
from fieldguide.drawing.kinds.base import ChartKind, TableColumns, WithLayer
from fieldguide.drawing.measure import text_width, wrap
from fieldguide.drawing.metrics import Metrics, Pair, Sizes
from fieldguide.drawing.record_values import checked, date
from fieldguide.drawing.scales import LinearScale
from fieldguide.drawing.sheet import Sheet
from fieldguide.drawing.thumbnail import LEFT, RIGHT, fitted, lanes, thumbnail_sheet
from fieldguide.records.base import Date, Strict
from fieldguide.records.figure import Figure
from fieldguide.text.dates import fractional_year, show_date

TODAY = "1.5 3.5"
"""The dash of the line of the figure's day."""
SPINE, LIST = 10.0, 28.0
"""Where the line of the narrow list's marks and where its texts stand."""


class TrackSizes(Sizes):
    """Measures of tracks; what only one arrangement has is 0 in the other."""

    names: Pair = (128, 0)
    """How wide the names of tracks may be."""
    name_size: Pair = (15, 15.5)
    strip: Pair = (536, 0)
    """Where the strip of time starts at the latest."""
    right: Pair = (14, 0)
    top: Pair = (26, 4)
    pitch: Pair = (20, 16.3)
    """From one line of text to the next."""
    pad: Pair = (7, 7)
    """Above and below a track's rows; below an event of the narrow list."""
    key_text: Pair = (14, 14)


class TrackEvent(Strict):
    """Something that happened, or will, on a recorded day, or on one of the figure's own."""

    id: str = ""
    date: FieldReference | Date
    name: str = Key("", max_length=40)
    text: str = Key(min_length=1, max_length=70)
    sign: bool = False
    """Something that could be read, against something that happened."""
    says: str = Key("", max_length=24)
    """What it stands for, in a word or two beside its mark."""
    texts: dict[str, str] = {}


class Track(WithLayer):
    """Events of one sort."""

    id: str = ""
    name: str = Key(max_length=40)
    mark: Literal["diamond", "bar", "frame", "split"] = "diamond"
    events: list[TrackEvent] = []


class TracksData(Strict):
    """The data of a figure of kind tracks. The strip's scale counts years."""

    x: Axis
    order: Literal["track", "date"] = "track"
    """Track by track, or all events in one list by date, in which marks tell the tracks."""
    label: str = "{text}"
    """What is said of an event after its name; it may name `text`, `sign` and the event's own texts."""
    tracks: list[Track] = Key(min_length=1)
    events: dict[str, list[TrackEvent]] = {}
    """Events that a hook finds, by the id of their track."""
    table: TableColumns
    metrics: TrackSizes = TrackSizes()


@dataclass(frozen=True)
class ResolvedEvent:
    """One event, resolved; `day` is ISO, to the day, the month or the year."""

    event: TrackEvent
    track: Track
    day: str
    text: str
    to_come: bool
    names: Names

    @property
    def place(self) -> float:
        return fractional_year(self.day)

    @property
    def shape(self) -> str:
        return "sign" if self.event.sign else self.track.mark


@dataclass(frozen=True)
class TracksPlot(base.Plot[TracksData]):
    """The events with every date and text resolved, by what stands at their heads: tracks, or years."""

    today: str
    groups: dict[str, list[ResolvedEvent]]

    @property
    def items(self) -> list[ResolvedEvent]:
        return [item for items in self.groups.values() for item in items]

    @property
    def by_date(self) -> bool:
        return self.data.order == "date"


class TracksKind(ChartKind[TracksData, TracksPlot]):
    data = TracksData
    fold_gap = 20

    def read(self, data: TracksData, figure: Figure, book: Book) -> TracksPlot:
        names: Names = {"context": figure.context}
        today = str(figure.as_of)
        if unknown := data.events.keys() - {track.id for track in data.tracks}:
            raise ValueError(f"there are events for a track `{min(unknown)}`, and no such track")
        groups = {
            track.name: _sorted(
                _item(event, track, data, names, today, book)
                for event in [*track.events, *data.events.get(track.id, [])]
            )
            for track in data.tracks
        }
        if wrong := [
            track.name
            for track in data.tracks
            if not groups[track.name] or groups[track.name][0].track is not track
        ]:
            raise ValueError(f"the track “{wrong[0]}” has no event, or another has its name")
        if data.order == "date":
            groups = {
                year: list(items)
                for year, items in groupby(
                    _sorted(item for items in groups.values() for item in items),
                    key=lambda item: item.day[:4],
                )
            }
        return TracksPlot(data, names, book, today, groups)

    def lay_out(self, plot: TracksPlot, m: Metrics) -> Sheet:
        sheet = m.sheet()
        foot = (_rows if m.wide else _list)(sheet, plot, m)
        if plot.by_date:
            items = [
                (partial(draw_mark, sheet, shape=track.mark, token=track.color("line")), track.name)
                for track in plot.data.tracks
            ]
            foot = key(sheet, items, 8, foot + 26, m) + 4
        sheet.height = foot + 4
        return sheet

    def thumbnail(self, plot: TracksPlot, tone: str) -> Sheet:
        """A line of time for each track, with its marks."""
        sheet = thumbnail_sheet()
        x = fitted(plot.data.x, [item.place for item in plot.items], LEFT + 8, RIGHT - 8)
        for track, y in zip(plot.data.tracks, lanes([len(plot.data.tracks)])[0], strict=True):
            sheet.line(LEFT, y, RIGHT, y, stroke="rule-strong", stroke_width=1.5)
            for item in plot.items:
                if item.track is track:
                    draw_mark(sheet, x(item.place), y, item.shape, track.color("line", tone), item.to_come)
        return sheet

    def rows(self, plot: TracksPlot) -> Iterable[Names]:
        return (item.names for item in plot.items)

    def entries(self, plot: TracksPlot) -> Sequence[DrawnPart]:
        """Each event with its date; each of `tracks` with how many events are past, its first date, and by
        how many years a sign came before all that happened.
        """
        rows = [
            DrawnPart(frozenset(filter(None, ("rows", item.track.id, item.event.id))), {"date": [item.place]})
            for item in plot.items
        ]
        return rows + [
            DrawnPart(frozenset({"tracks"}), _counts([item for item in plot.items if item.track is track]))
            for track in plot.data.tracks
        ]


def _item(
    event: TrackEvent, track: Track, data: TracksData, known: Names, today: str, book: Book
) -> ResolvedEvent:
    """An event resolved. Raises KeyError for a reference to a field that does not exist, ValueError for a day
    outside the scale.
    """
    recorded = isinstance(event.date, FieldReference)
    day = date(book, event.date) if recorded else event.date
    shown, place = show_date(day), fractional_year(day)
    data.x.reaches(place, f"`{event.date}`, {shown},")
    names: Names = {
        **known,
        **event.texts,
        "date": checked(event.date, shown) if recorded else shown,
        "track": track.name,
        "name": event.name,
        "sign": "sign" if event.sign else "what happened",
        "text": event.text,
    }
    return ResolvedEvent(event, track, day, fill(data.label, names), place > fractional_year(today), names)


def _sorted(items: Iterable[ResolvedEvent]) -> list[ResolvedEvent]:
    return sorted(items, key=lambda item: (item.place, item.event.name, item.text))


def _counts(items: Sequence[ResolvedEvent]) -> dict[str, list[float]]:
    signs, happened = ([item.place for item in items if item.event.sign is sign] for sign in (True, False))
    lead = {"lead": [min(happened) - min(signs)]} if signs and happened else {}
    return {"past": [float(sum(not item.to_come for item in items))], "first": [items[0].place], **lead}


def draw_mark(
    sheet: Sheet, x: float, y: float, shape: str, token: str, hollow: bool = False, ring: bool = False
) -> None:
    """Draws an event's mark on paper: `hollow` leaves its inside empty, `ring` puts a ring around it."""
    inside = "paper" if hollow or shape in ("sign", "frame") else token
    sheet.circle(x, y, 9 if ring else 7.5, fill="paper", stroke="ink" if ring else "none", stroke_width=1.2)
    if shape in ("diamond", "sign"):
        sheet.path(
            (
                f"M{x - 4:.2f} {y - 5:.2f}l9 5l-9 5Z"
                if shape == "sign"
                else f"M{x:.2f} {y - 5:.2f}l5 5l-5 5l-5 -5Z"
            ),
            fill=inside,
            stroke=token,
            stroke_width=1.3,
        )
        return
    for left, wide in [(-6.5, 5.0), (1.5, 5.0)] if shape == "split" else [(-6.0, 12.0)]:
        sheet.rect(x + left, y - 3, wide, 6, fill=inside, stroke=token, stroke_width=1.2)


def _put(sheet: Sheet, x: float, y: float, item: ResolvedEvent) -> None:
    with sheet.valued(item.names):
        draw_mark(sheet, x, y, item.shape, item.track.color("line"), item.to_come, bool(item.event.says))


def _date(head: str, item: ResolvedEvent) -> str:
    """The date of an event, without the year if its head gives the year."""
    return show_date(item.day).removesuffix(head).strip()


def _rows(sheet: Sheet, plot: TracksPlot, m: Metrics) -> float:
    """Draws names, dates and texts in columns, with the timeline to their right. Returns the y coordinate of
    the foot.
    """
    heads = [wrap(head, m.names, m.name_size, 520, "display") for head in plot.groups]
    left = 26 + max(text_width(line, m.name_size, 520, "display") for head in heads for line in head)
    left += max(
        text_width(_date(head, item), m.size, 400 if item.event.name else 600)
        for head, items in plot.groups.items()
        for item in items
    )
    wrapped = [
        [
            wrap(
                f"{item.event.name} {item.text}".strip(),
                m.strip - 22 - left,
                m.size,
                600 if item.event.name else 400,
            )
            for item in items
        ]
        for items in plot.groups.values()
    ]
    tall = [
        max(sum(map(len, texts)), len(head)) * m.pitch + 2 * m.pad
        for texts, head in zip(wrapped, heads, strict=True)
    ]
    start = min(
        m.strip,
        left
        + 44
        + max(text_width(line, m.size, 600) for texts in wrapped for lines in texts for line in lines),
    )
    x, y = (
        LinearScale(plot.data.x.low, plot.data.x.high, start, m.end),
        m.top + 20 * any(item.to_come for item in plot.items),
    )
    _strip(sheet, plot, x, y, y + sum(tall), m)
    for index, (head, items) in enumerate(plot.groups.items()):
        sheet.line(
            0, y, m.width, y, stroke="rule" if plot.by_date and index else "rule-strong" if index else "ink"
        )
        base = y + m.pad + m.pitch * 0.72
        for line, words in enumerate(heads[index]):
            sheet.text(0, base + line * m.pitch, words, size=m.name_size, weight=520, face="display")
        for item, lines in zip(items, wrapped[index], strict=True):
            named = bool(item.event.name)
            if day := _date(head, item):
                sheet.text(
                    left - 10,
                    base,
                    day,
                    size=m.size,
                    weight=400 if named else 600,
                    fill="muted" if named else "ink",
                    anchor="end",
                )
            _row(sheet, item, lines, left, base, x(item.place), m)
            base += m.pitch * len(lines)
        y += tall[index]
    sheet.line(0, y, m.width, y)
    return y


def _row(
    sheet: Sheet, item: ResolvedEvent, lines: Sequence[str], left: float, y: float, place: float, m: Metrics
) -> None:
    """Name and text, a leader to the mark on the strip, and beside it what it stands for."""
    name, says, middle = (
        item.event.name if lines[0].startswith(item.event.name) else "",
        item.event.says,
        y - m.half,
    )
    end = left + (
        sheet.text(left, y, name, size=m.size, weight=600, fill=item.track.color("text"))
        + text_width(" ", m.size)
        if name
        else 0
    )
    for index, line in enumerate([lines[0].removeprefix(name).strip(), *lines[1:]]):
        wide = (
            sheet.text(left if index else end, y + index * m.pitch, line, size=m.size, fill="ink-2")
            if line
            else 0
        )
        end += 0 if index else wide
    room = text_width(says, m.name_size, 520, "display") + 15 if says else 0
    after = place + room <= m.width
    if (stop := place - (10 if after else room + 8)) > end + 10:
        sheet.line(stop, middle, end + 8, middle, stroke="rule-strong", dash="1 4")
    if says:
        sheet.text(
            place + (14 if after else -14),
            middle + m.name_size * 0.3,
            says,
            size=m.name_size,
            weight=520,
            face="display",
            anchor="start" if after else "end",
            halo=True,
        )
    _put(sheet, place, middle, item)


def _strip(sheet: Sheet, plot: TracksPlot, x: LinearScale, top: float, foot: float, m: Metrics) -> None:
    """Years across the top with hairlines down, and the figure's day where something lies after it."""
    for year in plot.data.x.ticks:
        sheet.line(x(year), top, x(year), foot, stroke="rule")
    if any(item.to_come for item in plot.items):
        shown, now = show_date(plot.today), x(fractional_year(plot.today))
        sheet.line(now, top - 26, now, foot, stroke_width=1.2, dash=TODAY)
        sheet.text(
            min(now, m.width - text_width(shown, m.size, 600) / 2),
            top - 31,
            shown,
            size=m.size,
            weight=600,
            anchor="middle",
        )
    for year in plot.data.x.ticks:
        sheet.line(x(year), top - 5, x(year), top)
        sheet.text(
            x(year), top - 9, plot.data.x.label(year), size=m.size, fill="muted", anchor="middle", halo=True
        )


def _list(sheet: Sheet, plot: TracksPlot, m: Metrics) -> float:
    """Draws every group as a list, with its marks on a vertical line at the left. Returns the y coordinate of
    the foot.
    """
    y, spines = m.top, list[list[tuple[float, ResolvedEvent]]]()
    for head, items in plot.groups.items():
        _head(sheet, head, items, y, plot.by_date, m)
        y, divided = y + 40, False
        spines += [[]] if not (plot.by_date and spines) else []
        for item in items:
            if item.to_come and not divided:
                shown, divided = show_date(plot.today), True
                sheet.line(
                    LIST, y - 1, m.width - text_width(shown, m.size) - 6, y - 1, stroke_width=1.2, dash=TODAY
                )
                sheet.text(m.width, y + 3, shown, size=m.size, fill="muted", anchor="end")
                y += 22
            spines[-1].append((y, item))
            y = _entry(sheet, _date(head, item), item, y, m)
        y += 0 if plot.by_date else m.pad - 1
    for spine in spines:
        sheet.line(SPINE, spine[0][0], SPINE, spine[-1][0], stroke="rule-strong" if plot.by_date else "rule")
        for item_y, item in spine:
            _put(sheet, SPINE, item_y, item)
    return y - m.pad


def _head(sheet: Sheet, head: str, items: Sequence[ResolvedEvent], y: float, year: bool, m: Metrics) -> None:
    """A track's name under a rule; or a year before one, at whose end stands what its events stand for."""
    if not year:
        sheet.line(0, y, m.width, y, stroke="rule-strong")
        sheet.text(0, y + 20, head, size=m.name_size, weight=520, face="display")
        return
    start = LIST + 10 + sheet.text(LIST, y + 22, head, size=m.name_size + 2.5, weight=490, face="display")
    says = ", ".join(item.event.says for item in items if item.event.says)
    end = m.width - (
        sheet.text(m.width, y + 21, says, size=m.name_size, weight=520, face="display", anchor="end") + 8
        if says
        else 0
    )
    sheet.line(start, y + 16, end, y + 16, stroke="rule")


def _entry(sheet: Sheet, day: str, item: ResolvedEvent, y: float, m: Metrics) -> float:
    """Draws an event's name and date, or the date alone, above its text. Returns the y coordinate of the
    middle of the next event's first line.
    """
    if name := item.event.name:
        sheet.text(LIST, y + m.half, name, size=m.size + 1, weight=600, fill=item.track.color("text"))
    if day:
        sheet.text(
            m.width if name else LIST,
            y + m.half,
            day,
            size=m.size,
            weight=400 if name else 600,
            fill="muted" if name else "ink",
            anchor="end" if name else "start",
        )
    return (
        y
        + 20
        + sheet.paragraph(
            LIST, y + 20, item.text, m.width - LIST, size=m.size, fill="ink-2", leading=m.pitch / m.size
        )
        + m.pad
    )
