"""A chip's roofline: how much arithmetic its memory can feed, and where reading and writing text stand on it."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LogScale, Sheet, Table
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict

SLUG = "roofline"


class Work(Strict):
    """One kind of work on a model kept at 16 bits."""

    name: str
    short: str
    tokens: float | str
    """Tokens in one pass over the weights, which at 16 bits is the FLOP for each byte; a string is a fact reference."""
    note: str
    """{rate} and {share} are filled in."""


class Data(Strict):
    chip: str
    other: str
    other_note: str
    low: float
    high: float
    floor: float
    top: float
    ticks: list[float] = Key(min_length=3)
    rates: list[float] = Key(min_length=3)
    works: list[Work] = Key(min_length=2, max_length=4)
    at_most: float
    """The percentage of the peak that the title gives the first kind of work; more is an error."""


@dataclass(frozen=True)
class Roof:
    name: str
    peak: float
    bandwidth: float

    @property
    def ridge(self) -> float:
        return self.peak / self.bandwidth

    def __call__(self, intensity: float) -> float:
        """TFLOP/s that memory and arithmetic allow together (Williams et al. 2009)."""
        return min(self.peak, intensity * self.bandwidth)


@dataclass(frozen=True)
class Spot:
    work: Work
    tokens: float
    rate: float
    note: str


def roof(book: Book, chip: str) -> Roof:
    return Roof(book.hardware[chip].name, number(book, f"{chip}.bf16"), number(book, f"{chip}.bandwidth"))


def rate_text(value: float) -> str:
    return f"{value:.3g} TFLOP/s"


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the first kind of work uses more of the chip than the title says."""
    main, other = roof(book, data.chip), roof(book, data.other)
    spots = []
    for work in data.works:
        tokens = number(book, work.tokens) if isinstance(work.tokens, str) else work.tokens
        rate = main(tokens)
        share = 100 * rate / main.peak
        note = work.note.replace("{rate}", rate_text(rate)).replace("{share}", f"{share:.1f}%" if share < 1 else f"{share:.0f}%")
        spots.append(Spot(work, tokens, rate, note))
    first = 100 * spots[0].rate / main.peak
    if first > data.at_most:
        raise ValueError(f"{SLUG}: the title claims at most {data.at_most:g}% of the peak, the records give {first:.3g}%")
    table = Table("What memory and arithmetic allow at 16 bits", ["Chip or work", "FLOP for each byte", "TFLOP/s at most"], [
        *([f"{item.name}, both limits meet", f"{item.ridge:.0f}", checked(f"{chip}.bf16", f"{item.peak:g}")] for chip, item in ((data.chip, main), (data.other, other))),
        *([f"{main.name}: {spot.work.name.lower()}", f"{spot.tokens:,.0f}", f"{spot.rate:.3g}"] for spot in spots),
    ])
    return finish(book, SLUG, _chart(data, main, other, spots, Sheet(height=452)), _chart(data, main, other, spots, Sheet(width=NARROW, height=430, kind="narrow")), table)


def _chart(data: Data, main: Roof, other: Roof, spots: list[Spot], sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size = 13.5 if wide else 12.5
    left, right, top, bottom = (56, 740, 40, 372) if wide else (42, 308, 46, 280)
    x, y = LogScale(data.low, data.high, left, right), LogScale(data.floor, data.top, bottom, top)
    ridge = x(main.ridge)
    sheet.rect(left, top, ridge - left, bottom - top, fill="sunk")
    for value in data.rates:
        sheet.line(left, y(value), right, y(value), stroke="rule")
        sheet.text(left - 9, y(value) + size * .34, f"{value:,g}", size=size, fill="muted", anchor="end")
    for value in x.minor():
        sheet.line(x(value), bottom, x(value), bottom + 3)
    for value in data.ticks:
        sheet.line(x(value), bottom, x(value), bottom + 6)
        sheet.text(x(value), bottom + 10 + size, f"{value:,g}", size=size, fill="muted", anchor="middle")
    sheet.line(left, bottom, right, bottom)
    sheet.line(left, top, left, bottom)
    sheet.text(0, 14, "TFLOP/s, 16 bits, log scale" if wide else "TFLOP/s, log scale", size=size, fill="muted")
    sheet.text(right, bottom + 30 + size, "arithmetic for each byte read, FLOP per byte, log scale" if wide else "FLOP for each byte read, log scale", size=size, fill="muted", anchor="end")
    sheet.text(left + 12, top + 20, "waits for memory", size=size, fill="ink-2")
    if wide:
        sheet.text(ridge + 12, top + 20, "waits for arithmetic", size=size, fill="ink-2")
    else:
        sheet.text(right - 4, top - 8, "waits for arithmetic", size=size, fill="ink-2", anchor="end")
    for item, width, stroke in ((other, 1.6, "rule-strong"), (main, 2.6, "ink")):
        start = max(data.low, data.floor / item.bandwidth)
        sheet.polyline([(x(start), y(item(start))), (x(item.ridge), y(item.peak)), (right, y(item.peak))], stroke=stroke, stroke_width=width)
    sheet.text(right - 4, y(main.peak) - 9, f"{main.name}: {main.peak:g} TFLOP/s", size=size, weight=600, anchor="end", halo=True)
    sheet.text(right - 4, y(other.peak) - 7, f"{other.name}: {other.peak:g} TFLOP/s" if wide else other.name, size=size, fill="muted", anchor="end", halo=True)
    sheet.line(ridge, y(main.peak), ridge, bottom, stroke="ink", dash="1.5 4", stroke_width=1.3)
    if wide:
        sheet.text(ridge + 8, bottom - 12, f"{main.ridge:.0f} FLOP per byte: both are busy", size=size, fill="ink-2", halo=True)
    foot = bottom + 46 + size * 1.5
    for at, spot in enumerate(spots):
        px, py = x(spot.tokens), y(spot.rate)
        sheet.mark(px, py, "derived", radius=5)
        if wide:
            if 1 < at + 1 < len(spots):
                sheet.text(px - 20, py - 34, spot.work.name, size=size + .5, weight=600, anchor="end", halo=True)
                sheet.text(px - 20, py - 16, spot.note, size=size, fill="ink-2", anchor="end", halo=True)
            elif spot.tokens < main.ridge:
                sheet.text(px + 14, py + 8, spot.work.name, size=size + .5, weight=600, halo=True)
                sheet.text(px + 14, py + 26, spot.note, size=size, fill="ink-2", halo=True)
            else:
                sheet.text(right - 4, py + 28, spot.work.name, size=size + .5, weight=600, anchor="end", halo=True)
                sheet.text(right - 4, py + 46, spot.note, size=size, fill="ink-2", anchor="end", halo=True)
        else:
            sheet.text(px - (10 if spot.tokens > main.ridge else -10), py + (20 if spot.tokens > main.ridge else 4), str(at + 1), size=size, weight=600, anchor="end" if spot.tokens > main.ridge else "start", halo=True)
            sheet.text(0, foot, f"{at + 1}", size=size, weight=600)
            sheet.text(16, foot, spot.work.short, size=size, weight=600)
            sheet.text(16, foot + 16, spot.note, size=size, fill="ink-2")
            foot += 37
    if wide:
        sheet.text(0, 446, data.other_note, size=size, fill="muted")
    else:
        foot += sheet.paragraph(0, foot, data.other_note, NARROW, size=size, fill="muted", leading=1.3)
        sheet.height = foot - 6
    return sheet
