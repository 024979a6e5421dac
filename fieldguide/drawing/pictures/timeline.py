"""The timeline: every model record that has a milestone, and dated events from fact records, each on a row of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, model_bar, short_name
from fieldguide.drawing.sheet import NARROW, WIDE, Drawing, LinearScale, Sheet, Table, text_width, wrap
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year, show_date

SLUG = "timeline"
OPEN = ("open weights", "open source")


class Event(Strict):
    fact: str = Key(examples=["transformer-paper.published"])
    name: str
    text: str = Key(max_length=70)
    stands_for: str | None = None
    """Two words above the sheet, for an event that starts an age."""


class Preview(Strict):
    """A model that some could use before the day its record counts as the release."""

    model: str
    fact: str


class Lanes(Strict):
    events: str
    hosted: str
    released: str
    beyond: str


class Data(Strict):
    start: int
    end: int
    lanes: Lanes
    events: list[Event] = Key(min_length=1)
    previews: list[Preview] = []


@dataclass(frozen=True)
class Item:
    date: str
    name: str
    text: str
    lane: str
    reference: str
    is_model: bool
    stands_for: str | None = None
    preview: tuple[str, str] | None = None
    """Reference and date of an earlier preview."""

    @property
    def label(self) -> str:
        """What follows the name."""
        if self.preview is None:
            return self.text
        day = show_date(self.preview[1])
        return f"(preview {day.removesuffix(self.date[:4]).strip()}) {self.text}"

    @property
    def cell(self) -> str:
        """The text in the data table, with the preview's date as a checked value."""
        if self.preview is None:
            return self.text
        reference, date = self.preview
        return f"{self.text} (preview {{{{fact:{reference}|{show_date(date)}}}}})"

    @property
    def place(self) -> float:
        return fractional_year(self.date)


def items(data: Data, book: Book) -> list[Item]:
    """All entries by date. Raises KeyError for an event whose fact does not exist."""
    previews = {item.model: (item.fact, _date(book, item.fact)) for item in data.previews}
    names = {name for model in book.models.values() for name in (model.lab, model.family, short_name(model.name))}
    found = []
    for event in data.events:
        found.append(Item(_date(book, event.fact), event.name, event.text, data.lanes.events, event.fact, False, event.stands_for))
    for slug, model in book.models.items():
        if not model.milestone:
            continue
        text = model.domain in ("language", "multimodal")
        lane = data.lanes.beyond if not text else data.lanes.released if model.access in OPEN else data.lanes.hosted
        found.append(Item(str(model.released.value), short_name(model.name), continued(model.milestone, names), lane, f"{slug}.released", True, preview=previews.get(slug)))
    return sorted(found, key=lambda item: (item.place, item.name))


def _date(book: Book, reference: str) -> str:
    slug, _, name = reference.partition(".")
    return str(book.facts[slug].fields[name].value)


def continued(text: str, names: set[str]) -> str:
    """A milestone as it follows the model's name: with a small letter, unless a name starts it."""
    if any(re.match(rf"{re.escape(name)}\b", text) for name in names):
        return text
    return text[:1].lower() + text[1:]


def render(data: Data, book: Book) -> Drawing:
    """Wide: rows by date inside lanes, labels beside their marks. Narrow: one list from the first year to the last."""
    entries = items(data, book)
    lanes = [data.lanes.events, data.lanes.hosted, data.lanes.released, data.lanes.beyond]
    table = Table(f"Milestones, {data.start} to {data.end}", ["Date", "What", "Why it is here", "Lane"], [
        [f"{{{{fact:{item.reference}|{show_date(item.date)}}}}}", item.name, item.cell, item.lane] for item in entries
    ])
    return finish(book, SLUG, _wide(data, entries, lanes), _narrow(entries), table, slide=_wide(data, entries, lanes, 16.2, 940))


def _event_mark(sheet: Sheet, x: float, y: float, radius: float = 5) -> None:
    sheet.path(f"M{x:.2f} {y - radius:.2f}l{radius} {radius}l{-radius} {radius}l{-radius} {-radius}Z", fill="ink", stroke="paper", stroke_width=2)


def _model_mark(sheet: Sheet, x: float, y: float) -> None:
    sheet.rect(x - 8, y - 5, 16, 10, fill="paper")
    model_bar(sheet, x - 6.5, y - 3.5, 13, 7)


def _wide(data: Data, entries: list[Item], lanes: list[str], size: float = 13.5, width: float = WIDE) -> Sheet:
    sheet, row = Sheet(width), 20.5
    scale = LinearScale(data.start, data.end + 1, 2, width - 2)
    top = 58.0
    y, drawn = top, []
    heads = []
    for lane in lanes:
        inside = [item for item in entries if item.lane == lane]
        if not inside:
            continue
        heads.append((lane, y + 22, inside[0].is_model))
        y += 34
        for item in inside:
            lines = _label(item, scale(item.place), size, width)
            drawn.append((item, y, lines))
            y += row * len(lines[1])
        y += 12
    foot = y - 4
    # Ages and years
    for year in range(data.start, data.end + 2):
        sheet.line(scale(year), top, scale(year), foot, stroke="rule", stroke_width=.8)
    for year in range(data.start, data.end + 1):
        if (year - data.start) % 2 == 0:
            sheet.text(scale(year) + 3, top - 6, str(year), size=size, fill="muted")
    sheet.line(0, top, width, top, stroke="ink")
    ages = [item for item in entries if item.stands_for]
    for item in ages:
        x = scale(item.place)
        sheet.line(x, 26, x, foot, stroke="ink", stroke_width=1.2, dash="1.5 3.5")
        sheet.text(x, 18, item.stands_for or "", size=17, weight=520, face="display", anchor="middle", halo=True)
    for lane, at, is_model in heads:
        sheet.line(0, at - 22, width, at - 22, stroke="rule-strong" if at > top + 30 else "ink")
        sheet.text(0, at, lane, size=16, weight=520, face="display", fill="model-text" if is_model else "ink", halo=True)
    for item, at, (side, lines) in drawn:
        x, baseline = scale(item.place), at + 14
        for index, line in enumerate(lines):
            bold = item.name if index == 0 else ""
            name_width = text_width(bold, size, 600)
            rest = line[len(bold):]
            wide = name_width + text_width(rest, size)
            left = x + 13 if side == "right" else x - 13 - wide
            if bold:
                sheet.text(left, baseline, bold, size=size, weight=600, halo=True)
            if rest.strip():
                indent = text_width(" ", size) if rest.startswith(" ") else 0
                sheet.text(left + name_width + indent, baseline + index * row, rest.strip(), size=size, fill="ink-2", halo=True)
        (_model_mark if item.is_model else _event_mark)(sheet, x, at + 9.4)
    sheet.line(0, foot, width, foot, stroke="ink")
    sheet.height = foot + 4
    return sheet


def _label(item: Item, x: float, size: float, across: float) -> tuple[str, list[str]]:
    """Left of the mark wherever name and text fit on one line, else right of it, else two lines on the roomier side. The lines start with the name."""
    width = text_width(item.name, size, 600) + text_width(f" {item.label}", size)
    right, left = across - 2 - x - 13, x - 15
    for side, room in (("left", left), ("right", right)):
        if width <= room:
            return side, [f"{item.name} {item.label}"]
    side, room = ("right", right) if right >= left else ("left", left)
    first = wrap(item.label, room - text_width(f"{item.name} ", size, 600) - 4, size)
    rest = " ".join(first[1:])
    return side, [f"{item.name} {first[0]}", rest]


def _narrow(entries: list[Item]) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    line, left = 12.0, 30.0
    y, year, spine = 8.0, "", []
    for item in entries:
        if item.date[:4] != year:
            year = item.date[:4]
            y += 16
            sheet.text(left, y + 8, year, size=18, weight=490, face="display")
            sheet.line(left + 46, y + 2, NARROW, y + 2, stroke="rule")
            y += 26
        spine.append((item, y))
        sheet.text(left, y + 4, item.name, size=13.5, weight=600, fill="model-text" if item.is_model else "ink")
        day = show_date(item.date).removesuffix(year).strip()
        if day:
            sheet.text(NARROW, y + 4, day, size=size, fill="muted", anchor="end")
        tall = sheet.paragraph(left, y + 21, item.label, NARROW - left, size=size, fill="ink-2", leading=1.3)
        y += 21 + tall + 8
    sheet.line(line, 12, line, y - 8, stroke="rule-strong")
    for item, at in spine:
        if item.stands_for:
            sheet.circle(line, at - .5, 9, fill="paper", stroke="ink", stroke_width=1.2)
        (_model_mark if item.is_model else _event_mark)(sheet, line, at - .5)
    sheet.height = y
    return sheet
