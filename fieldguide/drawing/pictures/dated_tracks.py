"""Dated tracks: events from fact records on one scale of years, in tracks by kind. What lies after the figure's day is an open mark; a sign, which could be read before something happened, is a triangle."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table, text_width, wrap
from fieldguide.drawing.values import checked, date
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year, show_date

ROW = 20.5


class Event(Strict):
    fact: str = Key(examples=["export-controls.first-rule"])
    text: str = Key(max_length=62)
    hit: str | None = Key(default=None, max_length=80)
    """Who felt it; a column of the data table."""
    sign: bool = False
    """Something that could be read, against something that happened."""


class Track(Strict):
    name: str = Key(max_length=40)
    events: list[Event] = Key(min_length=1)


class Claims(Strict):
    """What the title says and the records must bear out."""

    tracks: int | None = None
    """So many tracks, each with an event that has happened."""
    most_since: int | None = None
    """More than half of the events fall in this year or later."""
    last_in: int | None = None
    """The last event falls in this year."""
    signed: int | None = None
    """In so many tracks a sign lies before all that happened."""


class Data(Strict):
    slug: str
    start: int
    end: int
    hit: str | None = None
    """Heading of the column `hit`."""
    claims: Claims
    tracks: list[Track] = Key(min_length=2)


@dataclass(frozen=True)
class Item:
    day: str
    event: Event
    to_come: bool

    @property
    def shown(self) -> str:
        return show_date(self.day)

    @property
    def place(self) -> float:
        return fractional_year(self.day)


Drawn = tuple[Item, float, str, list[str]]
"""An event, the top of its row, the side of its label and the label's lines."""


def items(track: Track, book: Book, today: str) -> list[Item]:
    """A track's events by date. Raises KeyError for a fact that does not exist."""
    found = [Item(day, event, fractional_year(day) > fractional_year(today)) for event in track.events for day in [date(book, event.fact)]]
    return sorted(found, key=lambda item: (item.place, item.event.text))


def check_claims(claims: Claims, tracks: list[list[Item]]) -> None:
    """Raises ValueError where the title claims what the records do not say."""
    every = [item for track in tracks for item in track]
    if claims.tracks is not None and (len(tracks) != claims.tracks or any(all(item.to_come for item in track) for track in tracks)):
        raise ValueError(f"The title claims {claims.tracks} kinds that have all happened; the records do not bear it out.")
    if claims.most_since is not None and 2 * sum(item.place >= claims.most_since for item in every) <= len(every):
        raise ValueError(f"The title claims that most events fall in {claims.most_since} or later; they do not.")
    if claims.last_in is not None and int(max(item.place for item in every)) != claims.last_in:
        raise ValueError(f"The title claims that the dates run to {claims.last_in}; they do not.")
    if claims.signed is not None and sum(track[0].event.sign and not all(item.event.sign for item in track) for track in tracks) != claims.signed:
        raise ValueError(f"The title claims {claims.signed} tracks with a sign before all that happened; the records do not bear it out.")


def render(data: Data, book: Book) -> Drawing:
    """Wide: a scale of years, one row an event, labels beside their marks with the date next to the mark. Narrow: one list, track by track."""
    today = str(book.figures[data.slug].as_of)
    tracks = [items(track, book, today) for track in data.tracks]
    check_claims(data.claims, tracks)
    names = [track.name for track in data.tracks]
    signs = any(item.event.sign for track in tracks for item in track)
    head = ["Date", "Kind", "What"] + (["Read as"] if signs else []) + ([data.hit] if data.hit else [])
    rows = [
        [checked(item.event.fact, item.shown), name, item.event.text]
        + (["sign" if item.event.sign else "what happened"] if signs else []) + ([item.event.hit or ""] if data.hit else [])
        for name, track in zip(names, tracks, strict=True) for item in track
    ]
    table = Table(f"Dated events, {data.start} to {data.end}", head, rows)
    return finish(book, data.slug, _wide(data, names, tracks, today), _narrow(names, tracks, today), table, slide=_wide(data, names, tracks, today, 16.4))


def _mark(sheet: Sheet, x: float, y: float, item: Item) -> None:
    shape = f"M{x - 4:.2f} {y - 5:.2f}l9 5l-9 5Z" if item.event.sign else f"M{x:.2f} {y - 5:.2f}l5 5l-5 5l-5 -5Z"
    sheet.path(shape, fill="paper", stroke="paper", stroke_width=4)
    sheet.path(shape, fill="paper" if item.to_come or item.event.sign else "ink", stroke="ink", stroke_width=1.3)


def _label(item: Item, x: float, size: float) -> tuple[str, list[str]]:
    """Left of the mark where date and text fit on one line, else right of it, else two lines on the roomier side."""
    lead = text_width(f"{item.shown} ", size, 600)
    width = lead + text_width(item.event.text, size)
    rooms = {"left": x - 15, "right": 758 - x - 13}
    for side, room in rooms.items():
        if width <= room:
            return side, [item.event.text]
    side = max(rooms, key=lambda name: rooms[name])
    first = wrap(item.event.text, rooms[side] - lead - 4, size)
    return side, [first[0], " ".join(first[1:])]


def _left(item: Item, x: float, side: str, lines: list[str], index: int, size: float) -> tuple[float, float]:
    """Where a line of a label begins, and how far its date moves the words."""
    offset = text_width(f"{item.shown} ", size, 600) if index == 0 else 0
    return (x + 13 if side == "right" else x - 13 - text_width(lines[index], size) - offset), offset


def _clear(drawn: list[Drawn], heads: list[tuple[str, float]], scale: LinearScale, now: float, foot: float, size: float) -> list[tuple[float, float]]:
    """The stretches of today's line that no label and no track's name lies across."""
    taken = []
    for item, at, side, lines in drawn:
        for index, line in enumerate(lines):
            left, offset = _left(item, scale(item.place), side, lines, index, size)
            if left - 4 < now < left + offset + text_width(line, size) + 4:
                taken.append((at + index * ROW, at + (index + 1) * ROW))
    free, y = [], heads[0][1]
    for start, end in [*sorted(taken), (foot, foot)]:
        if start > y + 4:
            free.append((y, start))
        y = max(y, end)
    return free


def _wide(data: Data, names: list[str], tracks: list[list[Item]], today: str, size: float = 13.5) -> Sheet:
    sheet, top = Sheet(), 40.0
    scale = LinearScale(data.start, data.end + 1, 2, 758)
    heads, drawn, y = [], [], top
    for name, track in zip(names, tracks, strict=True):
        heads.append((name, y))
        y += 32
        for item in track:
            side, lines = _label(item, scale(item.place), size)
            drawn.append((item, y, side, lines))
            y += ROW * len(lines)
        y += 11
    foot = y
    for year in range(data.start, data.end + 2):
        sheet.line(scale(year), top, scale(year), foot, stroke="rule", stroke_width=.8)
    for year in range(data.start, data.end + 1):
        sheet.text(scale(year) + 4, top - 7, str(year), size=size, fill="muted")
    now = scale(fractional_year(today))
    for start, end in _clear(drawn, heads, scale, now, foot, size):
        sheet.line(now, start, now, end, stroke="ink", stroke_width=1.2, dash="1.5 3.5")
    shown = show_date(today)
    sheet.text(min(now, 758 - text_width(shown, size, 600) / 2), 14, shown, size=size, weight=600, anchor="middle", halo=True)
    for name, at in heads:
        sheet.line(0, at, 760, at, stroke="ink" if at == top else "rule-strong")
        sheet.text(0, at + 20, name, size=size + 2, weight=520, face="display", halo=True)
    for item, at, side, lines in drawn:
        x, baseline = scale(item.place), at + 14
        for index, line in enumerate(lines):
            left, offset = _left(item, x, side, lines, index, size)
            if side == "left" and len(lines) == 1:
                sheet.text(left, baseline, line, size=size, fill="ink-2", halo=True)
                sheet.text(left + text_width(f"{line} ", size), baseline, item.shown, size=size, weight=600, halo=True)
                continue
            if index == 0:
                sheet.text(left, baseline, item.shown, size=size, weight=600, halo=True)
            sheet.text(left + offset, baseline + index * ROW, line, size=size, fill="ink-2", halo=True)
        _mark(sheet, x, at + 9.4, item)
    sheet.line(0, foot, 760, foot, stroke="ink")
    sheet.height = foot + 4
    return sheet


def _narrow(names: list[str], tracks: list[list[Item]], today: str) -> Sheet:
    sheet, size, left = Sheet(width=NARROW, kind="narrow"), 12.5, 24.0
    y = 4.0
    for name, track in zip(names, tracks, strict=True):
        sheet.line(0, y, NARROW, y, stroke="rule-strong")
        sheet.text(0, y + 20, name, size=15.5, weight=520, face="display")
        y += 40
        start, places, divided = y, [], False
        for item in track:
            if item.to_come and not divided:
                shown = show_date(today)
                sheet.line(left, y - 1, NARROW - text_width(shown, size) - 6, y - 1, stroke="ink", stroke_width=1.2, dash="1.5 3.5")
                sheet.text(NARROW, y + 3, shown, size=size, fill="muted", anchor="end")
                y, divided = y + 22, True
            places.append((y, item))
            sheet.text(left, y + 4, item.shown, size=size, weight=600)
            y += 20 + sheet.paragraph(left, y + 20, item.event.text, NARROW - left, size=size, fill="ink-2", leading=1.3) + 7
        sheet.line(8, start, 8, places[-1][0], stroke="rule")
        for place, item in places:
            _mark(sheet, 8, place, item)
        y += 6
    sheet.height = y
    return sheet
