"""Tokens that recorded models read, by release, against the estimated stock of public human-written text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, short_name
from fieldguide.drawing.sheet import NARROW, Basis, Drawing, LinearScale, LogScale, Sheet, Table
from fieldguide.drawing.values import checked, field, number, plain, words
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year, show_date

SLUG = "text-stock"
BASIS: dict[Basis, str] = {"disclosed": "disclosed by the maker", "derived": "derived", "estimate": "third-party estimate"}
Side = Literal["left", "right", "above", "below"]


class Data(Strict):
    low: float
    high: float
    start: int
    end: int
    stock: str = Key(examples=["public-text-stock.stock"])
    """A fact with an interval."""
    used_up: str
    """A fact that holds a range of years."""
    stock_name: str = Key(max_length=60)
    used_up_name: str = Key(max_length=60)
    point: str
    """The annotation; {tokens} and {name} are those of the largest training set on record, {share} is its part of the stock, {share-low} and {share-high} its part of the interval's ends."""
    claim_within: float
    """The title says that the stock is at most so many times the largest training set; more is an error."""
    labels: dict[str, Side] = Key(min_length=3)
    narrow_labels: dict[str, Side] = Key(min_length=2)


@dataclass(frozen=True)
class Point:
    slug: str
    name: str
    lab: str
    date: str
    tokens: float
    basis: Basis


def points(book: Book) -> list[Point]:
    """Every language or multimodal model whose training tokens are on record, by date."""
    found = []
    for slug, model in book.models.items():
        item = model.tokens
        if item is None or item.status or not isinstance(item.value, int | float) or model.domain not in ("language", "multimodal"):
            continue
        found.append(Point(slug, short_name(model.name), model.lab, str(model.released.value), float(item.value), item.kind or "disclosed"))
    return sorted(found, key=lambda point: (point.date, point.name))


def render(data: Data, book: Book) -> Drawing:
    found = points(book)
    stock = field(book, data.stock)
    size = number(book, data.stock)
    if stock.low is None or stock.high is None:
        raise ValueError(f"{SLUG}: {data.stock} has no interval")
    years = field(book, data.used_up).value
    if not isinstance(years, list):
        raise ValueError(f"{SLUG}: {data.used_up} is not a range of years")
    most = max(found, key=lambda point: (point.tokens, point.date))
    if size > data.claim_within * most.tokens:
        raise ValueError(f"{SLUG}: the title says at most {data.claim_within:g} times the largest training set, the records give {size / most.tokens:.3g}")
    text = data.point.replace("{tokens}", words(most.tokens)).replace("{share}", f"{100 * most.tokens / size:.0f}%").replace("{name}", most.name)
    text = text.replace("{share-low}", f"{100 * most.tokens / stock.low:.2g}%").replace("{share-high}", f"{100 * most.tokens / stock.high:.2g}%")
    table = Table("Training tokens of recorded models, and the stock of text", ["Date", "What", "Maker", "Tokens", "Basis"], [
        [show_date(point.date), point.name, point.lab, checked(f"{point.slug}.tokens", plain(point.tokens)), BASIS[point.basis]] for point in found
    ] + [[show_date(str(stock.as_of)), data.stock_name, "", checked(data.stock, plain(size)), f"third-party estimate, {plain(stock.low)} to {words(stock.high)}"]])
    wide = _chart(data, found, most, size, (stock.low, stock.high), (years[0], years[1]), text, Sheet(height=470))
    narrow = _chart(data, found, most, size, (stock.low, stock.high), (years[0], years[1]), text, Sheet(width=NARROW, height=486, kind="narrow"))
    return finish(book, SLUG, wide, narrow, table)


def _chart(data: Data, found: list[Point], most: Point, stock: float, interval: tuple[float, float], years: tuple[float, float], text: str, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size = 13.5 if wide else 12.5
    left, right, top = (56, 756, 12) if wide else (50, 324, 12)
    bottom = sheet.height - (62 if wide else 148)
    x, y = LinearScale(data.start, data.end, left, right), LogScale(data.low, data.high, bottom, top)
    high, low = y(min(interval[1], data.high)), y(interval[0])
    sheet.rect(left, high, right - left, low - high, fill="sunk")
    sheet.log_axis(y, left, size=size, grid_to=right, label=lambda value: plain(value) if value < 1e15 else f"{value / 1e12:,.0f}T")
    ticks = range(data.start, data.end, 2) if wide else range(data.start, data.end, 4)
    sheet.linear_axis(x, bottom, [float(year) for year in ticks], size=size, label=lambda value: f"{value:.0f}")
    # The stock
    line = y(stock)
    sheet.line(left, line, right, line, stroke="ink", stroke_width=1.3, dash="1.5 4")
    extent = f"about {words(stock)} tokens, interval {interval[0] / 1e12:,.0f} to {interval[1] / 1e12:,.0f}"
    if wide:
        sheet.text(left + 10, line - 8, data.stock_name, size=size + .5, weight=600)
        sheet.text(left + 10, line + 6 + size, extent, size=size, fill="ink-2")
    else:
        sheet.text(left + 8, line + 5 + size, data.stock_name, size=size + .5, weight=600)
        sheet.text(left + 8, line + 5 + size * 2.35, extent, size=size, fill="ink-2")
    first, last = x(years[0]), x(years[1])
    level = y(interval[1]) + (30 if wide else 12)
    sheet.whisker(first, level, last, level, stroke="ink")
    label = f"{data.used_up_name}, {years[0]:.0f} to {years[1]:.0f}"
    if wide:
        sheet.text(last, level - 10, label, size=size, fill="ink-2", anchor="end")
    else:
        sheet.text(last, level + 6 + size, label, size=size, fill="ink-2", anchor="end")
    # The models
    for point in found:
        sheet.mark(x(fractional_year(point.date)), y(point.tokens), point.basis, radius=4.5 if wide else 3.8, stroke="model")
    by_slug = {point.slug: point for point in found}
    for slug, side in (data.labels if wide else data.narrow_labels).items():
        if slug not in by_slug:
            continue
        point = by_slug[slug]
        px, py = x(fractional_year(point.date)), y(point.tokens)
        dx, dy = {"left": (-9, .34), "right": (9, .34), "above": (0, -.75), "below": (0, 1.5)}[side]
        anchor = {"left": "end", "right": "start", "above": "middle", "below": "middle"}[side]
        sheet.text(px + dx, py + dy * size, point.name, size=size, anchor=anchor, halo=True)  # type: ignore[arg-type]
    # The point
    px, py = x(fractional_year(most.date)), y(most.tokens)
    head, _, rest = text.partition(". ")
    if wide:
        tx, ty = px + 36, py + 74
        sheet.polyline([(px + 7, py), (tx + 4, py), (tx + 4, ty - 18)], stroke="ink")
        sheet.text(tx, ty, head, size=size + 2, weight=600, halo=True)
        sheet.paragraph(tx, ty + 20, rest, right - tx, size=size, fill="ink-2", leading=1.3, halo=True)
    else:
        sheet.text(0, bottom + 52, head, size=size + 1.5, weight=600)
        sheet.paragraph(0, bottom + 71, rest, NARROW, size=size, fill="ink-2", leading=1.3)
    at, foot = (left, sheet.height - 8) if wide else (0, sheet.height - 8)
    for basis in BASIS:
        if not any(point.basis == basis for point in found):
            continue
        sheet.mark(at + 6, foot - size * .34, basis, radius=4.5 if wide else 4, stroke="model")
        name = f"a model’s training tokens, {BASIS[basis]}" if basis == "disclosed" else BASIS[basis]
        at += 17 + sheet.text(at + 17, foot, name, size=size, fill="ink-2") + 28
    if wide:
        sheet.text(right, foot, "tokens, log scale", size=size, fill="muted", anchor="end")
    return sheet


