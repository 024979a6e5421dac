"""Two fits of the same runs: predicted loss against compute, where they were measured, where they part, and real models."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, short_name
from fieldguide.drawing.sheet import NARROW, Anchor, Drawing, LogScale, Sheet, Table, text_width, wrap
from fieldguide.drawing.values import checked, number, power
from fieldguide.records.base import Strict
from fieldguide.records.formulas.scaling import fitted_loss, optimal_loss

SLUG = "scaling-fits"


class FitNames(Strict):
    """Where the five numbers of a fit stand, and what the reader calls it."""

    name: str
    short: str
    floor: str
    a: str
    b: str
    alpha: str
    beta: str


class Label(Strict):
    """A model on the chart and where its name goes, in units from the mark."""

    model: str
    dx: float
    dy: float
    anchor: Anchor = "start"
    short: str | None = None
    """The name on the phone, where the full one has no room."""


class Data(Strict):
    low: float
    high: float
    measured_to: str
    used: FitNames
    other: FitNames
    used_note: str
    worse: str
    better: str
    point: str
    """The annotation: what the two models of the same budget show. {data} and {size} are ratios of their records."""
    labels: list[Label] = Key(min_length=3)
    grid: list[float] = Key(min_length=4)


@dataclass(frozen=True)
class Fit:
    floor: float
    a: float
    b: float
    alpha: float
    beta: float

    def best(self, compute: float) -> float:
        return optimal_loss(compute, self.floor, self.a, self.b, self.alpha, self.beta)

    def at(self, parameters: float, tokens: float) -> float:
        return fitted_loss(parameters, tokens, self.floor, self.a, self.b, self.alpha, self.beta)


@dataclass(frozen=True)
class Point:
    slug: str
    name: str
    parameters: float
    tokens: float
    compute: float
    loss: float
    other: float


def read_fit(book: Book, names: FitNames) -> Fit:
    return Fit(*(number(book, getattr(names, key)) for key in ("floor", "a", "b", "alpha", "beta")))


def read_points(book: Book, data: Data, used: Fit, other: Fit) -> dict[str, Point]:
    """The named models that disclose size, data and compute, placed by both fits."""
    found = {}
    for label in data.labels:
        record = book.models.get(label.model)
        if record is None or not all(getattr(record, name) is not None and getattr(record, name).status is None for name in ("parameters", "tokens", "compute")):
            continue
        size, tokens, compute = (number(book, f"{label.model}.{name}") for name in ("parameters", "tokens", "compute"))
        found[label.model] = Point(label.model, short_name(record.name), size, tokens, compute, used.at(size, tokens), other.at(size, tokens))
    return found


def render(data: Data, book: Book) -> Drawing:
    used, other = read_fit(book, data.used), read_fit(book, data.other)
    points = read_points(book, data, used, other)
    point = ""
    if data.worse in points and data.better in points:
        worse, better = points[data.worse], points[data.better]
        if better.loss >= worse.loss:
            raise ValueError(f"{SLUG}: the fit does not give {better.name} the lower loss")
        point = data.point.replace("{data}", f"{better.tokens / worse.tokens:.1f}").replace("{size}", f"{worse.parameters / better.parameters:.0f}")
    limit = number(book, data.measured_to)
    rows = [
        [f"Best split of {power(10.0**exponent, 1).removeprefix('1×')} FLOP", f"{used.best(10.0**exponent):.3f}", f"{other.best(10.0**exponent):.3f}", "measured range" if 10.0**exponent <= limit else "extrapolated"]
        for exponent in range(round(math.log10(data.low)), round(math.log10(data.high)) + 1)
    ]
    rows += [
        [f"{item.name}: {checked(f'{item.slug}.parameters', _short(item.parameters))} parameters, {checked(f'{item.slug}.tokens', _short(item.tokens))} tokens", f"{item.loss:.3f}", f"{item.other:.3f}", f"{checked(f'{item.slug}.compute', power(item.compute))} FLOP"]
        for item in sorted(points.values(), key=lambda item: item.compute)
    ]
    rows.append(["Floor: no compute removes it", checked(data.used.floor, f"{used.floor:.2f}"), checked(data.other.floor, f"{other.floor:.2f}"), "part of the fit"])
    table = Table("Predicted loss in nats a token", ["Training run", data.used.name, data.other.name, "Basis"], rows)
    sheets = [_chart(data, sheet, used, other, points, limit, point) for sheet in (Sheet(height=470), Sheet(width=NARROW, height=420, kind="narrow"))]
    return finish(book, SLUG, *sheets, table)


def _short(value: float) -> str:
    return f"{value / 1e12:g}T" if value >= 1e12 else f"{value / 1e9:g}B"


def _steps(low: float, high: float, count: int = 60) -> Iterable[float]:
    return (low * (high / low) ** (at / count) for at in range(count + 1))


def _curve(sheet: Sheet, fit: Fit, x: LogScale, y: LogScale, limit: float, stroke: str, width: float) -> None:
    """Solid where runs were measured, dashed beyond."""
    for low, high, dash in ((x.low, limit, None), (limit, x.high, "7 5" if width > 2 else "4 4")):
        sheet.polyline([(x(c), y(fit.best(c))) for c in _steps(low, high)], stroke=stroke, stroke_width=width, dash=dash)


def _chart(data: Data, sheet: Sheet, used: Fit, other: Fit, points: dict[str, Point], limit: float, point: str) -> Sheet:
    wide = sheet.kind == "wide"
    size = 13.5 if wide else 12.5
    left, right = (40, 636) if wide else (34, NARROW - 2)
    top, bottom = (10, sheet.height - 66) if wide else (58, sheet.height - 56)
    x = LogScale(data.low, data.high, left, right)
    y = LogScale(data.grid[0] - 0.055, used.best(data.low) * 1.02, bottom, top)
    sheet.rect(left, top, x(limit) - left, bottom - top, fill="sunk")
    for value in data.grid:
        sheet.line(left, y(value), right, y(value), stroke="rule")
        sheet.text(left - 8, y(value) + size * 0.34, f"{value:.1f}", size=size, fill="muted", anchor="end")
    for fit, words, token in ((used, data.used.short, "model"), (other, data.other.short, "ink-2")):
        sheet.line(left, y(fit.floor), right, y(fit.floor), stroke=token if token == "model" else "rule-strong", stroke_width=1.5, dash="1.5 4")
        start = x(limit) + (8 if wide else 6)
        sheet.text(start, y(fit.floor) - 6, f"floor of the {words}, {fit.floor:.2f}" if wide else f"{words}’s floor, {fit.floor:.2f}", size=size, fill="model-text" if token == "model" else "muted", halo=True)
    sheet.log_axis(x, bottom, side="bottom", size=size, every=1 if wide else 2)
    _curve(sheet, other, x, y, limit, "rule-strong", 1.6)
    _curve(sheet, used, x, y, limit, "model", 2.6)
    _range_words(sheet, x, limit, left, bottom, size)
    sheet.text(right, bottom + (46 if wide else 44), "Training compute, FLOP", size=size, fill="muted", anchor="end")
    if wide:
        end, far = y(used.best(data.high)), y(other.best(data.high))
        sheet.text(right + 10, end - 2, data.used.name, size=size, weight=600, fill="model-text")
        sheet.text(right + 10, end + 15, data.used_note, size=size, fill="model-text")
        sheet.text(right + 10, far + 5, data.other.name, size=size, fill="ink-2")
    else:
        for line, (name, token, text, width, dash) in enumerate(((f"{data.used.name}, {data.used_note}", "model", "model-text", 2.6, "7 5"), (data.other.name, "rule-strong", "ink-2", 1.6, "4 4"))):
            sheet.line(0, 10 + line * 21, 30, 10 + line * 21, stroke=token, stroke_width=width, dash=dash)
            sheet.text(38, 14.5 + line * 21, name, size=size, weight=600 if line == 0 else 400, fill=text)
    _models(sheet, data, points, x, y, size)
    if point and wide:
        _annotate(sheet, point, points[data.worse], x, y, size)
    return sheet


def _range_words(sheet: Sheet, x: LogScale, limit: float, left: float, bottom: float, size: float) -> None:
    if sheet.kind == "wide":
        sheet.text(left + 8, bottom - 9, "fitted runs", size=size, fill="muted")
        sheet.text(x(limit) + 8, bottom - 9, "extrapolated →", size=size, fill="muted", halo=True)
    else:
        sheet.text(left + 6, bottom - 8, "fitted", size=size, fill="muted")
        sheet.text(x(limit) + 6, bottom - 8, "extrapolated →", size=size, fill="muted", halo=True)


def _models(sheet: Sheet, data: Data, points: dict[str, Point], x: LogScale, y: LogScale, size: float) -> None:
    wide = sheet.kind == "wide"
    scale = 1 if wide else 0.8
    for label in data.labels:
        item = points.get(label.model)
        if item is None:
            continue
        px, py = x(item.compute), y(item.loss)
        if label.model == data.worse:
            sheet.circle(px, py, 5, fill="paper", stroke="ink", stroke_width=1.6)
        else:
            sheet.circle(px, py, 5 if label.model == data.better else 3.8, fill="ink")
        weight = 600 if label.model in (data.worse, data.better) else 400
        name = item.name if wide else label.short or item.name
        tx = px + label.dx * scale
        if label.anchor == "start":
            tx = min(tx, sheet.width - text_width(name, size, weight))
        sheet.text(tx, py + label.dy * scale, name, size=size, weight=weight, anchor=label.anchor, halo=True)


def _annotate(sheet: Sheet, text: str, item: Point, x: LogScale, y: LogScale, size: float) -> None:
    """The point of the chart, up where the curves leave room, joined to the counter-example by a leader."""
    head, _, rest = text.partition(". ")
    px, py = x(item.compute), y(item.loss)
    tx, ty = px + 46, y.end + 62
    sheet.polyline([(px, py - 8), (px, ty - 5), (tx - 8, ty - 5)], stroke="ink-2", stroke_width=1)
    sheet.text(tx, ty, head + ".", size=size + 1.5, weight=600, halo=True)
    room = sheet.width - tx
    for at, line in enumerate(wrap(rest, min(room, 270), size)):
        sheet.text(tx, ty + 20 + at * 18, line, size=size, fill="ink-2", halo=True)
