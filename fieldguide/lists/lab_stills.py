"""The small pictures of the labs on their overview: a chart of a lab's default case without its words, the
tokens of a sentence, the odds of the next token. Sizes are in px of a sheet of `WIDTH` by `HEIGHT`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.labs.calculator import SteppedCalculator, calculator
from fieldguide.labs.live import DATA
from fieldguide.records import definer, merges
from fieldguide.records.lab import Lab
from fieldguide.text.tree import E

WIDTH, HEIGHT = 240, 120
COLORS = {"application": "app", "model": "model", "infrastructure": "infra", "capital": "capital"}
FILLS = {
    "empty": "none",
    "outline": "none",
    "gray": "rule-strong",
    "muted": "rule-strong",
    "light": "chip",
    "chip": "chip",
    "pale": "chip",
    "hatched": "chip",
}
"""{look of a part or bar: color of its fill, with an edge}; other looks are filled with the layer's color."""
POINTS = 24
"""Points of a curve, at most."""
ROWS = 8


def lab_still(book: Book, lab: Lab) -> ET.Element:
    """The picture of a calculator: the chart that its record names, or the shares of its last step."""
    worked = calculator(book, lab)
    if isinstance(worked, SteppedCalculator):
        heading = [*worked.steps().values()][-1]["heading"]
        shares: list[float] = worked.work()["shares"]
        most = max(abs(share) for share in shares)
        bars = [([(0.0, abs(share) / most, "solid" if share >= 0 else "outline")], None) for share in shares]
        return _sheet(f"Bars: {heading}", _rows(bars))
    chart = worked.run("model.charts(r, v, lab)")[lab.overview]
    return _sheet(f"Chart: {chart['title']}", scene_shapes(chart["scene"]))


def words_still(book: Book, slug: str) -> ET.Element | None:
    """The picture of a lab that works with words; None for a lab that has none."""
    if slug == merges.LAB and book.tokenizer is not None:
        pieces = DATA["tokens"](book)["pieces"]
        return _sheet(f"A sentence cut into {len(pieces)} tokens: {'|'.join(pieces)}", _tokens(pieces))
    if slug == definer.LAB and book.tokenizer is not None:
        odds = DATA["odds"](book)
        most = odds["tokens"][0][1]
        rows = [(text, math.exp(score - most)) for text, score in odds["tokens"]]
        said = ", ".join(text.strip() for text, _ in rows[:3])
        return _sheet(
            f"The likeliest tokens after “{odds['prompt'].strip()}”: {said} and others", _odds(rows)
        )
    return None


def scene_shapes(scene: Mapping[str, Any]) -> list[ET.Element]:
    """The shapes of a scene (what a lab's `charts` gives for a chart) without its words."""
    if scene["kind"] == "stacked":
        return _stack(scene["parts"], scene["stacks"][0])
    if scene["kind"] == "xy":
        return _plot(scene["panels"][0])
    axis, base = scene["x"], scene.get("base")
    at = _scale(axis, 0, 1)
    start = at(axis["low"] if base is None else base)
    looks: Sequence[Sequence[Sequence[str]]] = scene.get("looks") or []
    rows = [
        (
            [
                (start, at(mark["value"]), (looks[group][row] if looks else ["solid"])[place])
                for place, mark in enumerate(one["marks"])
            ],
            part["layer"],
        )
        for group, part in enumerate(scene["groups"])
        for row, one in enumerate(part["rows"])
    ]
    return _rows(rows)


def _sheet(words: str, shapes: Sequence[ET.Element]) -> ET.Element:
    size = {"width": str(WIDTH), "height": str(HEIGHT), "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    return E("svg", {"class": "fg-still", "role": "img", "aria-label": words, **size}, *shapes)


def _paint(layer: str | None, look: str = "solid") -> dict[str, str]:
    if look not in FILLS:
        return {"fill": f"var(--fg-{COLORS.get(layer or '', 'ink')})"}
    fill = FILLS[look]
    return {
        "fill": fill if fill == "none" else f"var(--fg-{fill})",
        "stroke": f"var(--fg-{COLORS.get(layer or '', 'ink-2')})",
    }


def _box(x: float, y: float, width: float, height: float, paint: Mapping[str, str]) -> ET.Element:
    edge = 0.5 if "stroke" in paint else 0
    size = (x + edge, y + edge, max(width - 2 * edge, 0.5), height - 2 * edge)
    return E("rect", dict(zip(("x", "y", "width", "height"), map(_short, size), strict=True)) | dict(paint))


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _scale(axis: Mapping[str, Any], start: float, end: float) -> Any:
    """{low, high, type} as a function from a value to a place; values beyond the ends are at the ends."""
    on = (lambda value: math.log(max(value, 1e-300))) if axis["type"] == "log" else float
    low, high = on(axis["low"]), on(axis["high"])
    return lambda value: start + min(1.0, max(0.0, (on(value) - low) / ((high - low) or 1))) * (end - start)


def _stack(parts: Sequence[Mapping[str, Any]], stack: Mapping[str, Any]) -> list[ET.Element]:
    """A whole and its parts, from left to right."""
    shapes, x = [], 0.0
    for part, value in zip(parts, stack["values"], strict=True):
        width = WIDTH * value / stack["total"]
        if width > 0:
            shapes.append(_box(x, 20, max(width - 2, 0.5), 80, _paint(part["layer"], part["look"])))
        x += width
    return shapes


def _rows(rows: Sequence[tuple[Sequence[tuple[float, float, str]], str | None]]) -> list[ET.Element]:
    """Bars, each ([(start, end, look), …], layer) with shares of the width."""
    step = HEIGHT / min(len(rows), ROWS)
    shapes = []
    for row, (bars, layer) in enumerate(rows[:ROWS]):
        for start, end, look in bars:
            left, width = min(start, end) * WIDTH, abs(end - start) * WIDTH
            shapes.append(_box(left, row * step + step * 0.2, max(width, 1), step * 0.6, _paint(layer, look)))
    return shapes


def _plot(panel: Mapping[str, Any]) -> list[ET.Element]:
    """Curves and marks over two axes."""
    across, down = _scale(panel["x"], 4, WIDTH - 6), _scale(panel["y"], HEIGHT - 6, 6)
    shapes = [
        E("path", {"d": f"M4 4V{HEIGHT - 6}H{WIDTH}", "fill": "none", "stroke": "var(--fg-rule-strong)"})
    ]
    for series in panel["series"]:
        color = _paint(series.get("layer"))["fill"]
        curve = series["curve"]
        if series["join"] and curve:
            kept = [curve[round(nth * (len(curve) - 1) / POINTS)] for nth in range(POINTS + 1)]
            places = dict.fromkeys(
                f"{_short(across(x))} {_short(down(y))}" for x, y in (kept if len(curve) > POINTS else curve)
            )
            strong = series.get("strong", True) and not series.get("dash")
            width = {"stroke-width": "2.2"} if strong else {"stroke-dasharray": "4 3"}
            shapes.append(E("path", {"d": f"M{'L'.join(places)}", "fill": "none", "stroke": color, **width}))
        for mark in series["marks"]:
            place = {"cx": _short(across(mark["x"])), "cy": _short(down(mark["y"]))}
            shapes.append(E("circle", {**place, "r": "3.5", "fill": color}))
    return shapes


def _tokens(pieces: Sequence[str]) -> list[ET.Element]:
    """Tokens as boxes with their text, in lines."""
    shapes, x, y = [], 0.0, 4.0
    for piece in pieces:
        width = 12 + 8.2 * len(piece.strip())
        if x + width > WIDTH:
            x, y = 0.0, y + 30
        shapes += [_box(x, y, width - 3, 25, _paint("model", "light")), _word(x + 4, y + 17, piece)]
        x += width
    return shapes


def _odds(rows: Sequence[tuple[str, float]]) -> list[ET.Element]:
    """Tokens with the odds of each as a bar; 1 is the longest."""
    return [
        shape
        for row, (text, share) in enumerate(rows[:5])
        for shape in (
            _word(0, 24 * row + 17, text),
            _box(70, 24 * row + 5, max(share * (WIDTH - 70), 1), 15, _paint("model")),
        )
    ]


def _word(x: float, y: float, text: str) -> ET.Element:
    place = {"x": _short(x), "y": _short(y), "font-size": "13"}
    return E("text", place, text.strip().replace(" ", "␣"))
