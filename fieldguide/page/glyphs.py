"""Glyphs: small pictures without text. One for each section on the home page, one for each layer in lists."""

from __future__ import annotations

from collections.abc import Callable

from fieldguide.drawing.colors import LAYER_TOKENS, Layer, color

_HEIGHT = 72
_WIDTH = 200


def _rect(x: float, y: float, width: float, height: float, token: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{color(token)}"/>'


def _stroke(d: str, token: str, width: float = 1.2) -> str:
    return f'<path d="{d}" fill="none" stroke="{color(token)}" stroke-width="{width:g}"/>'


def _ring(x: float, y: float, token: str, radius: float = 4) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{color("paper")}" stroke="{color(token)}" stroke-width="1.4"/>'


def _foundations() -> str:
    """Many uses stand on one model."""
    places = [4 + at * 23 for at in range(9)]
    stems = "".join(_stroke(f"M{x + 4} 24V54", "rule-strong") for x in places)
    return stems + "".join(_rect(x, 12, 8, 8, "app") for x in places) + _rect(0, 56, 200, 12, "model")


def _training() -> str:
    """Error falls along a curve, step by step."""
    points = [(10, 14), (40, 34), (70, 46), (104, 53), (142, 58), (180, 61)]
    curve = "M10 14C20 24 28 29 40 34S58 42.5 70 46S92 51 104 53S130 57 142 58S168 60.4 180 61"
    return _stroke("M2 4V70H198", "rule-strong") + _stroke(curve, "model", 2) + "".join(_ring(x, y, "model", 3.4) for x, y in points)


def _stack() -> str:
    """Three layers: many, few, deep."""
    blocks = "".join(_rect(at * 34, 4, 30, 18, "app") for at in range(6))
    strata = "".join(_rect(0, y, 200, height, "infra") for y, height in ((49, 5), (57, 5), (65, 5)))
    return blocks + _rect(0, 28, 200, 15, "model") + strata


def _business() -> str:
    """A price, and who is paid out of it; what is left is the empty part."""
    parts = _rect(2, 25, 82, 26, "model") + _rect(87, 25, 20, 26, "infra") + _rect(110, 25, 27, 26, "app")
    frame = _stroke("M140 25H198V51H140Z", "rule-strong")
    return parts + frame + _stroke("M1 10V66M199 10V66M1 15H199", "ink")


def _investing() -> str:
    """Two rails, capital and crypto, stop at every layer."""
    rows = ((12, "app"), (36, "model"), (60, "infra"))
    lines = "".join(_stroke(f"M2 {y}H198", token, 2.4) for y, token in rows)
    road = _stroke("M60 0V72M66 0V72", "capital", 1.3)
    ticks = "".join(f"M135 {y}H145" for y in range(3, 72, 6))
    rail = _stroke("M140 0V72", "crypto", 2) + _stroke(ticks, "crypto", 1.2)
    paper = "".join(_rect(x - 8, y - 4, 16, 8, "paper") for y, _ in rows for x in (63, 140))
    rings = "".join(_ring(63, y, "capital", 4.6) + _ring(140, y, "crypto", 4.6) for y, _ in rows)
    return lines + paper + road + rail + rings


GLYPHS: dict[str, Callable[[], str]] = {
    "foundations": _foundations,
    "training": _training,
    "stack": _stack,
    "business": _business,
    "investing": _investing,
}
"""Section → what its glyph draws."""

_MARKS: dict[Layer, str] = {
    "application": "M0 4h4v4H0zM6 4h4v4H6zM12 4h4v4h-4z",
    "model": "M0 4h16v4H0z",
    "infrastructure": "M0 2.5h16v2.6H0zM0 7h16v2.6H0z",
    "capital": "M0 3.2h16v1.6H0zM0 7.2h16v1.6H0z",
    "crypto": "M0 5.2h16v1.6H0zM2 2.5h1.3v7H2zM5.6 2.5h1.3v7H5.6zM9.2 2.5h1.3v7H9.2zM12.8 2.5h1.3v7h-1.3z",
}


def glyph(section: str) -> str:
    """The picture of a section of the guide. Raises KeyError for a section that has none."""
    return f'<svg class="fg-glyph" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">{GLYPHS[section]()}</svg>'


def layer_mark(layer: Layer) -> str:
    """The mark of a layer at 16 by 12: three squares, a bar, two lines, a road, a railway."""
    return (
        f'<svg class="fg-layermark" viewBox="0 0 16 12" width="16" height="12" aria-hidden="true">'
        f'<path d="{_MARKS[layer]}" fill="{color(LAYER_TOKENS[layer])}"/></svg>'
    )
