"""What labs have promised to buy in compute, as bars beside a year of sales at their latest pace."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Basis, Drawing, LinearScale, Sheet, Table, text_width
from fieldguide.drawing.values import checked, field, number
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

SLUG = "promised-compute"
MARKS: dict[str, Basis] = {"filing": "disclosed", "press": "estimate"}
SAID = {"filing": "in a filing", "press": "press account"}


class Promise(Strict):
    seller: str
    term: str
    fact: str
    said: Literal["filing", "press"]
    total: bool = False
    """A report's total, which does not say what is in it: its outline is dashed."""


class Lab(Strict):
    name: str
    pace: str
    """The fact of its run-rate."""
    promises: list[Promise] = Key(min_length=1, max_length=6)
    sum: str
    """The fact of what it promised in all, or of the promises shown."""
    times: int
    """How many times its pace that is, as the title says."""


class Data(Strict):
    most: float
    ticks: list[float] = Key(min_length=2)
    labs: list[Lab] = Key(min_length=2)


def billions(value: float) -> str:
    """$1.25B, $300B."""
    return f"${value / 1e9:,.4g}B"


def prefix(book: Book, reference: str) -> str:
    """ "over " or "up to " where the record says that the value is a bound."""
    return {"more than": "over ", "at most": "up to "}.get(field(book, reference).qualifier or "", "")


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when a lab has not promised as many times its pace as the title says."""
    for lab in data.labs:
        times = number(book, lab.sum) / number(book, lab.pace)
        if round(times) != lab.times:
            raise ValueError(f"{SLUG}: the title claims {lab.times} times for {lab.name}, the records give {times:.3g}")
    rows = []
    for lab in data.labs:
        rows.append([lab.name, "sales, a year at the latest pace", prefix(book, lab.pace) + checked(lab.pace, _words(book, lab.pace)), _date(book, lab.pace), SAID["press"]])
        rows += [[lab.name, f"{one.seller}, {one.term}", prefix(book, one.fact) + checked(one.fact, _words(book, one.fact)), _date(book, one.fact), SAID[one.said]] for one in lab.promises]
    table = Table("Compute promised by two labs, and a year of sales, USD", ["Lab", "What", "Amount", "Said", "Basis"], rows)
    return finish(book, SLUG, _sheet(data, book, Sheet()), _sheet(data, book, Sheet(width=NARROW, kind="narrow")), table)


def _words(book: Book, reference: str) -> str:
    return f"${number(book, reference) / 1e9:g} billion"


def _date(book: Book, reference: str) -> str:
    return show_date(str(field(book, reference).as_of))


def _sheet(data: Data, book: Book, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size, left, right = (13.5, 240.0, 604.0) if wide else (12.5, 0.0, NARROW - 86.0)
    x = LinearScale(0, data.most, left, right)
    pitch, bar = (34.0, 14.0) if wide else (48.0, 12.0)
    top = 26.0 if wide else 20.0
    rows = sum(len(lab.promises) + 1 for lab in data.labs)
    floor = top + rows * pitch + len(data.labs) * (30 if wide else 32)
    for value in data.ticks:
        sheet.line(x(value), top - 6, x(value), floor, stroke="rule")
        sheet.text(x(value), floor + 8 + size, billions(value) if value else "0", size=size, fill="muted", anchor="middle" if value else "start")
    y = top
    for lab in data.labs:
        sheet.text(0 if wide else 6, y + 6, lab.name, size=size + 1.5, weight=600, halo=True)
        y += 30 if wide else 32
        entries = [("sales, a year at the latest pace", lab.pace, None, False)] + [(f"{one.seller}, {one.term}", one.fact, one.said, one.total) for one in lab.promises]
        for name, fact, said, total in entries:
            end, middle = x(number(book, fact)), y + (0 if wide else 15)
            sheet.text(0 if wide else 6, y + (size * .34 if wide else 1), name, size=size, fill="ink" if said is None else "ink-2", weight=600 if said is None else 400, halo=True)
            if said is None:
                sheet.rect(left, middle - bar / 2, end - left, bar, fill="ink")
            else:
                sheet.rect(left, middle - bar / 2, end - left, bar, fill="none" if total else "sunk", stroke="ink-2", stroke_width=1.2, stroke_dasharray="4 3" if total else None)
            sheet.mark(end, middle, MARKS[said or "press"], radius=4.4, stroke="ink")
            label = prefix(book, fact) + billions(number(book, fact))
            sheet.text(end + 11, middle + size * .34, label, size=size, weight=600, halo=True)
            if wide or end + 19 + text_width(label + _date(book, fact), size, 600) < sheet.width:
                sheet.text(end + 19 + text_width(label, size, 600), middle + size * .34, _date(book, fact), size=size, fill="muted", halo=True)
            y += pitch
    sheet.line(left, top - 6, left, floor)
    foot = floor + 8 + size + 28
    at = 6.0
    for said, words in SAID.items():
        sheet.mark(at, foot - size * .34, MARKS[said], radius=4.4, stroke="ink-2")
        at += 12 + sheet.text(at + 12, foot, words, size=size, fill="ink-2") + 22
    sheet.height = foot + 8
    return sheet
