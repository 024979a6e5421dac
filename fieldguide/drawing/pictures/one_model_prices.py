"""One open model's list prices: a dot for every seller on two logarithmic strips, in rows by the seller's role; and the roles as a table."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.canvas import NARROW
from fieldguide.drawing.drawn import Drawing, Table
from fieldguide.drawing.hooks.companies import STRIPS, Listed, check_repeats, listings, price_of
from fieldguide.drawing.measure import text_width, wrap
from fieldguide.drawing.pieces import drawing_of
from fieldguide.drawing.scales import LogScale
from fieldguide.drawing.sheet import Sheet
from fieldguide.drawing.values import checked
from fieldguide.records.price import Price, Role
from fieldguide.text.money import show_price
from fieldguide.text.numbers import WORDS

SLUG = "one-model-prices"
class Data(Listed):
    runs: list[Role]
    """The roles that run the model themselves."""
    labels: dict[str, str]
    """Listings that are named on the strip of input; {rest} is how many stand on the same spot, less two."""
    output_labels: dict[str, str] = {}
    """Listings that are named on the strip of output."""
    sellers: int
    """How many sellers run it, as the title says: another number is an error."""
    low: float
    high: float
    ticks: list[float] = Key(min_length=3)
    point: str
    """The annotation; {same} is the number of sellers at the commonest pair of prices, {input} and {output} the pair."""


def commonest(prices: Iterable[Price]) -> tuple[tuple[float, float], int]:
    """The pair of prices that most sellers list, and how many do."""
    pairs = [(price_of(price, "input"), price_of(price, "output")) for price in prices]
    best = max(sorted(set(pairs)), key=pairs.count)
    return best, pairs.count(best)


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the title's count or range is not that of the records, or a repeat is none."""
    check_repeats(data.repeats, book)
    prices = listings(book, data.record, data.as_of)
    runs = [price for price in prices if price.role in data.runs]
    title = book.figures[SLUG].title
    ends = [f"${price_of(runs[0], 'input'):g}", f"${price_of(runs[-1], 'input'):g}"]
    others = f"; {len(prices) - len(runs)} pass it on"
    if len(runs) != data.sellers or not all(end in title for end in (*ends, others)):
        raise ValueError(f"{SLUG}: the title claims {data.sellers} sellers, the records give {len(runs)}, from {ends[0]} to {ends[1]}{others}")
    pair, same = commonest(runs)
    point = data.point.replace("{same}", WORDS[same].capitalize()).replace("{input}", f"${pair[0]:.2f}").replace("{output}", f"${pair[1]:.2f}")
    rows = [
        [price.provider, next(item.name for item in data.classes if item.role == price.role), *(checked(f"{price.slug}.{strip}", f"${show_price(price_of(price, strip))}") for strip in STRIPS),
         f"repeats {book.prices[data.repeats[price.slug]].provider}" if price.slug in data.repeats else ""]
        for price in prices
    ]
    table = Table("List prices, USD per million tokens", ["Seller", "Role", "Input", "Output", "Note"], rows)
    middle = {strip: median(price_of(price, strip) for price in runs) for strip in STRIPS}
    return drawing_of(book, SLUG, _sheet(Sheet(), data, prices, middle, point), _sheet(Sheet(width=NARROW, kind="narrow"), data, prices, middle, point), table)


def _stacks(prices: list[Price], strip: str, x: LogScale, step: float) -> list[tuple[Price, float, int]]:
    """Each listing with its place and its level: a dot that would cover another stands above it."""
    placed: list[tuple[Price, float, int]] = []
    for price in sorted(prices, key=lambda item: (price_of(item, strip), item.slug)):
        px = x(price_of(price, strip))
        taken = {level for _, other, level in placed if abs(other - px) < step}
        placed.append((price, px, next(level for level in range(len(prices)) if level not in taken)))
    return placed


def _sheet(sheet: Sheet, data: Data, prices: list[Price], middle: dict[str, float], point: str) -> Sheet:
    wide = sheet.kind == "wide"
    size, step, left = (13.5, 11.0, 168.0) if wide else (12.5, 9.0, 8.0)
    x = LogScale(data.low, data.high, left, sheet.width - 12)
    y = 4.0
    for strip in STRIPS:
        y += 15
        sheet.text(0, y, f"{strip.capitalize()}", size=size + 1.5, weight=600)
        if wide:
            sheet.text(text_width(strip.capitalize(), size + 1.5, 600) + 8, y, "USD a million", size=size, fill="muted")
        top = y + 8
        rows = []
        for item in data.classes:
            dots = _stacks([price for price in prices if price.role == item.role], strip, x, step)
            tall = (max(level for _, _, level in dots) + 1) * step + (14 if wide else 30)
            base = y + tall + (18 if any(_label(data, price, strip) for price, _, _ in dots) else 8)
            rows.append((item, dots, base))
            y = base + 3
        bottom = y + 6
        for tick in data.ticks:
            sheet.line(x(tick), top + 12, x(tick), bottom, stroke="rule")
            sheet.line(x(tick), bottom, x(tick), bottom + 6)
            sheet.text(x(tick), bottom + 10 + size, f"${tick:g}", size=size, fill="muted", anchor="middle")
        sheet.line(x.start, bottom, x.end, bottom)
        center = x(middle[strip])
        sheet.line(center, top - 18, center, bottom, stroke="ink", stroke_width=1.3, dash="1.5 4")
        words = f"median of the {data.sellers}: ${show_price(middle[strip])}"
        sheet.text(center + 6, top - 8, words, size=size, fill="ink-2", halo=True)
        for item, dots, base in rows:
            if wide:
                sheet.text(0, base - 4, item.name, size=size + .5, weight=600)
                sheet.text(text_width(item.name, size + .5, 600) + 7, base - 4, str(len(dots)), size=size, fill="muted")
            else:
                sheet.text(0, base - 10 - step * (max(level for _, _, level in dots) + 1) - (10 if any(_label(data, price, strip) for price, _, _ in dots) else 0), f"{item.name} {len(dots)}", size=size, weight=600, halo=True)
            sheet.line(x.start, base + 3, x.end, base + 3, stroke="rule")
            _dots(sheet, data, dots, strip, base - step / 2 + 1, step, size, center)
        y = bottom + 34
    y += 12
    sheet.mark(6, y - 4, "disclosed", radius=3.6, stroke="ink-2")
    px = 16 + sheet.text(16, y, "a list price", size=size, fill="ink-2") + 18
    sheet.circle(px, y - 4, 3.9, fill="paper", stroke="ink-2", stroke_width=1.4)
    sheet.text(px + 10, y, "repeats another’s list" if not wide else "repeats another seller’s list", size=size, fill="ink-2")
    head, _, rest = point.partition(". ")
    y += 24
    for at, line in enumerate(wrap(head + ".", sheet.width, size + .5, 600)):
        sheet.text(0, y + at * 17, line, size=size + .5, weight=600)
    y += 17 * len(wrap(head + ".", sheet.width, size + .5, 600))
    for at, line in enumerate(wrap(rest, sheet.width, size)):
        sheet.text(0, y + at * 17, line, size=size, fill="ink-2")
    sheet.height = y + 17 * len(wrap(rest, sheet.width, size)) - 8
    return sheet


def _label(data: Data, price: Price, strip: str) -> str | None:
    return (data.labels if strip == "input" else data.output_labels).get(price.slug)


def _dots(sheet: Sheet, data: Data, dots: list[tuple[Price, float, int]], strip: str, base: float, step: float, size: float, center: float) -> None:
    """The stacks of one row, and the names of those that have one: beside the line of the median where they would stand on it."""
    radius = step * .36
    for price, px, level in dots:
        py = base - level * step
        if price.slug in data.repeats:
            sheet.circle(px, py, radius, fill="paper", stroke="ink-2", stroke_width=1.4)
        else:
            sheet.circle(px, py, radius + .4, fill="ink-2")
    for price, px, level in dots:
        label = _label(data, price, strip)
        if label is None:
            continue
        same = sum(price_of(other, strip) == price_of(price, strip) for other, _, _ in dots)
        label = label.replace("{rest}", WORDS[same - 2])
        half = text_width(label, size) / 2
        place = min(max(px, half), sheet.width - half)
        if abs(px - center) < step / 2:  # on the line of the median: beside the top of its stack
            top = max(other for _, near, other in dots if abs(near - px) < step / 2)
            sheet.text(px + radius + 6, base - top * step + size * .34, label, size=size, fill="ink-2", halo=True)
            continue
        top = max(other for _, near, other in dots if abs(near - place) < half + step / 2)
        if top > level and sheet.kind == "wide":  # under others' dots: beside its own
            sheet.text(px - radius - 5, base - level * step + size * .34, label, size=size, fill="ink-2", anchor="end", halo=True)
            continue
        sheet.text(place, base - top * step - radius - 5, label, size=size, fill="ink-2", anchor="middle", halo=True)
