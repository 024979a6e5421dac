"""Drawings: what every figure is drawn with.

A `Sheet` collects SVG elements in its own units and refuses what a reader could not read: text under the
minimum size of its kind, text that leaves the sheet, and colors that are not tokens of the theme. Two sheets
make a `Drawing`.

Units are the sheet's own: a wide sheet is 760 of them across, a narrow one 328, and the page scales both.
Sizes of text are in the same units. `y` of a text is its baseline.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from fieldguide.text.numbers import SUPERSCRIPT

Face = Literal["text", "display"]
Kind = Literal["wide", "medium", "narrow"]
Anchor = Literal["start", "middle", "end"]
Basis = Literal["disclosed", "derived", "estimate"]
Layer = Literal["application", "model", "infrastructure", "capital", "crypto"]

WIDE = 760
"""Units across a wide sheet, shown from 676 px up."""
NARROW = 328
"""Units across a narrow sheet, shown down to a 360 px screen."""
MINIMUM_SIZE: dict[Kind, float] = {"wide": 13.5, "medium": 13.5, "narrow": 12.5}
"""Smallest text of each kind, in units: so that nothing is under 12 px on a screen."""

LAYERS: tuple[Layer, ...] = ("application", "model", "infrastructure", "capital", "crypto")
LAYER_TOKENS: dict[str, str] = {
    "application": "app",
    "model": "model",
    "infrastructure": "infra",
    "capital": "capital",
    "crypto": "crypto",
}
STRATA_GAPS: tuple[float, ...] = (7, 5, 3.6, 2.6)
"""Units between the lines of infrastructure's pattern, from the top row down: the deeper, the denser."""

_UID = "\ue000"  # a private-use character stands for the sheet's uid until `svg` knows it
_TOKEN = re.compile(r"[a-z]+(-[a-z0-9]+)*")
_WIDTHS = Path(__file__).with_name("widths.json")
# Units a text may seem to leave its sheet: widths are summed without kerning, so they run a little high.
_SPILL = 1.0


@dataclass(frozen=True)
class Table:
    """The same content as rows of text, for readers who do not see the drawing."""

    caption: str
    header: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Drawing:
    """One figure: SVG text in two or three drawings and its data table, or `html`, which is a table of text."""

    wide: str = ""
    narrow: str = ""
    medium: str | None = None
    table: Table | None = None
    slide: str | None = None
    """For a slide, where neither the wide nor the narrow drawing has the right shape."""
    html: str | None = None
    """A table of text in place of drawings; it may hold {{cite:key}} and {{fact:id.field|text}}."""


# Measuring ------------------------------------------------------------


@cache
def _advances() -> dict[str, dict[int, dict[str, int]]]:
    """Advance widths in thousandths of the size, by face, weight and character."""
    stored = json.loads(_WIDTHS.read_text(encoding="utf-8"))
    return {face: {int(weight): row for weight, row in rows.items()} for face, rows in stored.items()}


@cache
def _advance(character: str, weight: int, face: Face) -> float:
    rows = _advances()[face]
    low, high = min(rows), max(rows)
    share = min(max((weight - low) / (high - low), 0), 1)

    def at(row: dict[str, int]) -> float:
        known = row.get(character)
        return known if known is not None else sum(row.values()) / len(row)

    return (at(rows[low]) * (1 - share) + at(rows[high]) * share) / 1000


def text_width(text: str, size: float, weight: int = 400, face: Face = "text", tracking: float = 0) -> float:
    """Width of one line of text in the units of `size`; `tracking` is in em, after every character."""
    return sum(_advance(character, weight, face) + tracking for character in text) * size


def wrap(text: str, width: float, size: float, weight: int = 400, face: Face = "text") -> list[str]:
    """Lines of `text` no wider than `width`; a single word that is wider stands alone."""
    return fill(text, width, lambda line: text_width(line, size, weight, face))


def fill(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The same for any way to measure a line, which gives its width in the units of `width`."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def build_widths(files: dict[Face, Path], characters: str) -> dict[str, dict[str, dict[str, int]]]:
    """Measure variable fonts into the table kept as widths.json.

    Run by hand, when a typeface changes: `python -m fieldguide.drawing.sheet`. It needs the
    two font packages, which the build does not. The display face is measured at optical size 18, where it is
    widest: a text then never comes out longer than it was measured.
    """
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    weights: dict[Face, tuple[int, int]] = {"text": (400, 600), "display": (400, 560)}
    table: dict[str, dict[str, dict[str, int]]] = {}
    for face, path in files.items():
        table[face] = {}
        for weight in weights[face]:
            font = TTFont(path)
            axes = {axis.axisTag for axis in font["fvar"].axes}
            place = {"wght": weight} | ({"opsz": 18} if "opsz" in axes else {})
            font = instantiateVariableFont(font, place)
            names, metrics = font.getBestCmap(), font["hmtx"]
            scale = 1000 / font["head"].unitsPerEm
            table[face][str(weight)] = {
                character: round(metrics[names[ord(character)]][0] * scale)
                for character in characters
                if ord(character) in names
            }
    return table


# Color ------------------------------------------------------------


def color(token: str) -> str:
    """A token's name as CSS: `ink` gives `var(--fg-ink)`. Literal colors are refused."""
    if token in ("none", "currentColor"):
        return token
    if not _TOKEN.fullmatch(token):
        raise ValueError(
            f"{token!r} is not a color token: name one of tokens.css without its --fg-, such as 'ink-2'."
        )
    return f"var(--fg-{token})"


def layer_color(layer: Layer, part: Literal["line", "text", "wash"] = "line") -> str:
    """The token of a layer's color: for lines, marks and solid fills; for words; or for small flat areas."""
    return LAYER_TOKENS[layer] + ("" if part == "line" else f"-{part}")


# Scales ------------------------------------------------------------


def power_of_ten(value: float) -> str:
    """10²⁵ for 1e25: the label of a decade."""
    exponent = round(math.log10(value))
    return {0: "1", 1: "10", 2: "100"}.get(exponent, "10" + str(exponent).translate(SUPERSCRIPT))


@dataclass(frozen=True)
class LinearScale:
    """Places values from `low` to `high` on units from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True)
class LogScale:
    """Places positive values on units by their logarithm."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def decades(self) -> list[float]:
        """Powers of ten inside the scale, both ends included."""
        first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
        return [10.0**exponent for exponent in range(first, last + 1)]

    def minor(self) -> list[float]:
        """2 to 9 times each power of ten inside the scale."""
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        values = (step * 10.0**exponent for exponent in range(first, last) for step in range(2, 10))
        return [value for value in values if self.low <= value <= self.high]


# The sheet ------------------------------------------------------------


def _number(value: float) -> str:
    """At most two decimals: enough for a screen, short in the page."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def _attributes(values: dict[str, object]) -> str:
    """Attributes as XML; None is left out, numbers are rounded, underscores become hyphens."""
    parts = []
    for name, value in values.items():
        if value is None:
            continue
        written = _number(value) if isinstance(value, (int, float)) else str(value)
        parts.append(f" {name.rstrip('_').replace('_', '-')}={quoteattr(written)}")
    return "".join(parts)


@dataclass
class Sheet:
    """One drawing being made. Set `height` at any time before `svg`, so that content can decide it."""

    width: float = WIDE
    height: float = 0
    kind: Kind = "wide"
    minimum: float | None = None
    """Smallest text in units; the kind's own minimum when absent. It can only be raised."""
    _body: list[str] = field(default_factory=list)
    _defs: dict[str, str] = field(default_factory=dict)
    _shifts: int = 0
    _links: int = 0

    def __post_init__(self) -> None:
        self.minimum = max(self.minimum or 0, MINIMUM_SIZE[self.kind])

    # Elements

    def add(self, name: str, content: str = "", **attributes: object) -> None:
        """Any element; `content` is XML already escaped."""
        written = f"<{name}{_attributes(attributes)}"
        self._body.append(f"{written}>{content}</{name}>" if content else f"{written}/>")

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str = "none",
        stroke_width: float = 1,
        **more: object,
    ) -> None:
        """A rectangle. `fill` may also be what `pattern` returns."""
        self.add("rect", x=x, y=y, width=width, height=height, **_paint(fill, stroke, stroke_width), **more)

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = "ink",
        stroke_width: float = 1,
        dash: str | None = None,
        **more: object,
    ) -> None:
        """A straight line; `dash` as SVG writes it: "6 4" for extrapolated, "1.5 4" for a floor or limit."""
        self.add(
            "line",
            x1=x1,
            y1=y1,
            x2=x2,
            y2=y2,
            stroke=color(stroke),
            stroke_width=stroke_width,
            stroke_dasharray=dash,
            **more,
        )

    def path(
        self,
        d: str,
        *,
        fill: str = "none",
        stroke: str = "ink",
        stroke_width: float = 1,
        dash: str | None = None,
        **more: object,
    ) -> None:
        """A path as SVG writes it."""
        self.add("path", d=d, **_paint(fill, stroke, stroke_width), stroke_dasharray=dash, **more)

    def polyline(self, points: Iterable[tuple[float, float]], **style: object) -> None:
        """A line through points; style as for `path`."""
        d = "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)
        self.path(d, **style)  # type: ignore[arg-type]

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "none",
        stroke: str = "none",
        stroke_width: float = 1,
        **more: object,
    ) -> None:
        self.add("circle", cx=x, cy=y, r=radius, **_paint(fill, stroke, stroke_width), **more)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        weight: int = 400,
        fill: str = "ink",
        anchor: Anchor = "start",
        face: Face = "text",
        tracking: float = 0,
        halo: bool = False,
        fit: bool = True,
    ) -> float:
        """One line of text with its baseline at `y`; returns its width.

        `tracking` is in em. A halo is 4 units of paper behind the letters, for labels that cross lines. `fit`
        holds the text to its measured width also where a reader's device draws another typeface, so that
        nothing ever runs into its neighbor.
        """
        self._legible(text, size)
        width = text_width(text, size, weight, face, tracking)
        self._inside(x, width, anchor, text)
        fitted = fit and not tracking and len(text) > 3
        self.add(
            "text",
            escape(text),
            x=x,
            y=y,
            font_size=size,
            font_weight=None if weight == 400 else weight,
            fill=color(fill),
            text_anchor=None if anchor == "start" else anchor,
            font_family="var(--fg-font-display)" if face == "display" else None,
            letter_spacing=tracking * size if tracking else None,
            textLength=width if fitted else None,
            lengthAdjust="spacingAndGlyphs" if fitted else None,
            stroke=color("paper") if halo else None,
            stroke_width=4 if halo else None,
            stroke_linejoin="round" if halo else None,
            style="paint-order:stroke" if halo else None,
        )
        return width

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        width: float,
        *,
        size: float,
        weight: int = 400,
        fill: str = "ink",
        anchor: Anchor = "start",
        face: Face = "text",
        leading: float = 1.36,
        halo: bool = False,
    ) -> float:
        """Text wrapped to `width`, its first baseline at `y`; returns the height of its lines, `leading` ×
        `size` each.
        """
        lines = wrap(text, width, size, weight, face)
        for index, line in enumerate(lines):
            self.text(
                x,
                y + index * leading * size,
                line,
                size=size,
                weight=weight,
                fill=fill,
                anchor=anchor,
                face=face,
                halo=halo,
            )
        return len(lines) * leading * size

    # Structure

    @contextmanager
    def group(self, **attributes: object) -> Iterator[None]:
        """Elements drawn inside stand in one <g>. Inside a `transform` nothing checks what leaves the sheet."""
        moved = "transform" in attributes
        self._shifts += moved
        self._body.append(f"<g{_attributes(attributes)}>")
        yield
        self._body.append("</g>")
        self._shifts -= moved

    @contextmanager
    def link(self, href: str, label: str | None = None, class_: str = "fg-drawing__link") -> Iterator[None]:
        """Elements drawn inside lead to a page: "/stack/index.md#chips", counted from the documents' root.

        `label` names the link where its own text does not say where it leads.
        """
        self._links += 1
        self._body.append(f"<a{_attributes({'href': href, 'class': class_, 'aria-label': label})}>")
        yield
        self._body.append("</a>")

    def define(self, name: str, content: str) -> str:
        """Put a definition into <defs> once; return its reference. `content` has the id `self.id(name)`."""
        self._defs.setdefault(name, content)
        return f"url(#{self.id(name)})"

    @staticmethod
    def id(name: str) -> str:
        """An id that is unique in the page once the sheet has its uid."""
        return f"{_UID}-{name}"

    # Pieces the figures share

    def pattern(self, layer: Layer, gap: float = 7, scale: float = 1, y: float = 0) -> str:
        """A layer's pattern as a fill: dots are many, solid is few, lines are deep.

        `gap` is the distance of infrastructure's lines, `scale` enlarges the dots, `y` is where the lines
        start counting. Layers without a pattern, and the model, are solid.
        """
        ink = color(layer_color(layer))
        if layer == "application":
            side, radius = 6 * scale, 1.2 * scale
            dots = "".join(
                f"<circle{_attributes({'cx': side * at, 'cy': side * at, 'r': radius, 'fill': ink})}/>"
                for at in (0.25, 0.75)
            )
            return self._pattern(f"dots-{_name(scale)}", side, side, 0, dots)
        if layer == "infrastructure":
            line = f'<rect width="8" height="{_number(1.25 * scale)}" fill="{ink}"/>'
            return self._pattern(f"lines-{_name(gap)}-{_name(y)}", 8, gap, y, line)
        return ink

    def _pattern(self, name: str, width: float, height: float, y: float, content: str) -> str:
        size = _attributes({"width": width, "height": height, "y": y or None})
        return self.define(
            name, f'<pattern id="{self.id(name)}"{size} patternUnits="userSpaceOnUse">{content}</pattern>'
        )

    def arrow(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = "ink-2",
        stroke_width: float = 1.2,
        head: float = 4,
        dash: str | None = None,
    ) -> None:
        """A straight arrow with an open head, pointing at (x2, y2). 16 units is the length of one that
        stands alone.
        """
        self.arrow_path([(x1, y1), (x2, y2)], stroke=stroke, stroke_width=stroke_width, head=head, dash=dash)

    def arrow_path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        stroke: str = "ink-2",
        stroke_width: float = 1.2,
        head: float = 4,
        dash: str | None = None,
    ) -> None:
        """An arrow through points; its head lies along the last stretch."""
        (x1, y1), (x2, y2) = points[-2], points[-1]
        angle = math.atan2(y2 - y1, x2 - x1)
        ends = [
            (x2 - head * 1.4 * math.cos(angle + turn), y2 - head * 1.4 * math.sin(angle + turn))
            for turn in (math.pi / 4, -math.pi / 4)
        ]
        self.polyline(points, stroke=stroke, stroke_width=stroke_width, dash=dash)
        self.polyline([ends[0], (x2, y2), ends[1]], stroke=stroke, stroke_width=stroke_width)

    def mark(self, x: float, y: float, kind: Basis, *, radius: float = 4.5, stroke: str = "ink") -> None:
        """Where a value comes from: filled = disclosed, half = derived, ring = third-party estimate."""
        if kind == "disclosed":
            self.circle(x, y, radius + 0.6, fill=stroke)
            return
        self.circle(x, y, radius, fill="paper", stroke=stroke, stroke_width=1.4)
        if kind == "derived":
            top, bottom = y - radius, y + radius
            left = f"A{_number(radius)} {_number(radius)} 0 0 0 {_number(x)} {_number(bottom)}"
            half = f"M{_number(x)} {_number(top)}{left}Z"
            self.path(half, fill=stroke, stroke="none")

    def whisker(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "ink", cap: float = 3.5
    ) -> None:
        """An interval between two points on one horizontal or vertical line, with a cap at each end."""
        self.line(x1, y1, x2, y2, stroke=stroke, stroke_width=1.2)
        across, down = (0, cap) if abs(x2 - x1) > abs(y2 - y1) else (cap, 0)
        for x, y in ((x1, y1), (x2, y2)):
            self.line(x - across, y - down, x + across, y + down, stroke=stroke, stroke_width=1.2)

    def log_axis(
        self,
        scale: LogScale,
        at: float,
        *,
        side: Literal["left", "bottom"] = "left",
        size: float = 13.5,
        grid_to: float | None = None,
        label: Callable[[float], str] = power_of_ten,
        every: int = 1,
    ) -> None:
        """A logarithmic axis in ink with minor ticks like a map scale, at x (left) or y (bottom) `at`.

        `grid_to` draws a hairline from each decade to that x or y; `every` labels only each n-th decade.
        """
        vertical = side == "left"

        def stroke(value: float, start: float, end: float, token: str) -> None:
            place = scale(value)
            ends = (start, place, end, place) if vertical else (place, start, place, end)
            self.line(*ends, stroke=token)

        outward = -1 if vertical else 1
        if grid_to is not None:
            for value in scale.decades():
                stroke(value, at, grid_to, "rule")
        for value in scale.minor():
            stroke(value, at, at + outward * 3, "ink")
        for index, value in enumerate(scale.decades()):
            stroke(value, at, at + outward * 6, "ink")
            if index % every:
                continue
            if vertical:
                self.text(
                    at - 10, scale(value) + size * 0.34, label(value), size=size, fill="muted", anchor="end"
                )
            else:
                self.text(
                    scale(value), at + 10 + size, label(value), size=size, fill="muted", anchor="middle"
                )
        ends = (at, scale.start, at, scale.end) if vertical else (scale.start, at, scale.end, at)
        self.line(*ends, stroke="ink")

    def linear_axis(
        self,
        scale: LinearScale,
        at: float,
        values: Sequence[float],
        *,
        side: Literal["left", "bottom"] = "bottom",
        size: float = 13.5,
        grid_to: float | None = None,
        label: Callable[[float], str] = lambda value: f"{value:g}",
    ) -> None:
        """A plain axis in ink with a tick and a label at each of `values`."""
        for value in values:
            place = scale(value)
            if side == "left":
                if grid_to is not None:
                    self.line(at, place, grid_to, place, stroke="rule")
                self.line(at - 6, place, at, place)
                self.text(at - 10, place + size * 0.34, label(value), size=size, fill="muted", anchor="end")
            else:
                if grid_to is not None:
                    self.line(place, at, place, grid_to, stroke="rule")
                self.line(place, at, place, at + 6)
                self.text(place, at + 10 + size, label(value), size=size, fill="muted", anchor="middle")
        ends = (at, scale.start, at, scale.end) if side == "left" else (scale.start, at, scale.end, at)
        self.line(*ends)

    def band(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        layer: Layer,
        *,
        column: float = 22,
        border: float = 8,
        rows: Sequence[float] = (),
    ) -> None:
        """A layer as the atlas draws it: paper, a pattern column at left, a tint inside the border, a thin
        outline.

        `rows` are the heights of infrastructure's rows from the top; each has denser lines than the one
        above. What the rows do not fill takes the density of the last.
        """
        line = layer_color(layer)
        self.rect(x, y, width, height, fill="paper")
        if layer == "infrastructure" and column:
            top, left = y, height
            for index, row in enumerate(rows or (height,)):
                tall = left if index == len(rows or (0,)) - 1 else row
                gap = STRATA_GAPS[min(index, len(STRATA_GAPS) - 1)]
                self.rect(x, top, column, tall, fill=self.pattern(layer, gap, y=top))
                top, left = top + tall, left - tall
        elif column:
            self.rect(x, y, column, height, fill=self.pattern(layer))
        inner = x + column
        self.rect(
            inner + border / 2,
            y + border / 2,
            width - column - border,
            height - border,
            stroke=line,
            stroke_width=border,
            stroke_opacity="var(--fg-edge)",
        )
        if column:
            self.line(inner, y, inner, y + height, stroke=line)
        self.rect(x, y, width, height, stroke=line, stroke_width=1.25)

    def neatline(self, *, inset: float = 0, band: float = 6, segment: float = 52) -> None:
        """The frame of a map sheet: two lines and alternating segments between them, each about `segment`
        long.
        """
        x, y = inset + 0.75, inset + 0.75
        width, height = self.width - 2 * x, self.height - 2 * y
        self.rect(x, y, width, height, stroke="frame", stroke_width=1.5)
        self.rect(x + band, y + band, width - 2 * band, height - 2 * band, stroke="frame", stroke_width=0.75)
        across, down = (
            max(3, round((length - 2 * band) / segment) // 2 * 2 + 1) for length in (width, height)
        )  # an odd number, so that every side begins and ends alike
        step, fall = (width - 2 * band) / across, (height - 2 * band) / down
        blocks = [
            _box(x + band + index * step, edge, step, band)
            for edge in (y, y + height - band)
            for index in range(1, across, 2)
        ] + [
            _box(edge, y + band + index * fall, band, fall)
            for edge in (x, x + width - band)
            for index in range(0, down, 2)
        ]
        self.path("".join(blocks), fill="frame", stroke="none")

    # Output

    def svg(self, uid: str, title: str, description: str, links: bool = False) -> str:
        """The drawing as SVG for a page. `uid` starts with a letter and is unique in the page, such as
        "timeline-wide".

        It has no namespace, because it stands in HTML; a file of its own needs
        xmlns="http://www.w3.org/2000/svg".
        """
        if links != bool(self._links):
            raise ValueError(
                f"{uid}: say links={bool(self._links)}; role=img would hide the links inside from readers."
            )
        if self.height <= 0:
            raise ValueError(f"{uid}: the sheet has no height; set it before svg().")
        head = _attributes(
            {
                "class": f"fg-drawing fg-drawing--{self.kind}",
                "viewBox": f"0 0 {_number(self.width)} {_number(self.height)}",
                "role": "group" if links else "img",
                "aria-labelledby": f"{uid}-title {uid}-description",
                "font-family": "var(--fg-font-text)",
            }
        )
        names = (
            f"<title id={quoteattr(uid + '-title')}>{escape(title)}</title>"
            f"<desc id={quoteattr(uid + '-description')}>{escape(description)}</desc>"
        )
        defs = f"<defs>{''.join(self._defs.values())}</defs>" if self._defs else ""
        return f"<svg{head}>{names}{defs}{''.join(self._body)}</svg>".replace(_UID, uid)

    # Guards

    def _legible(self, text: str, size: float) -> None:
        if self.minimum is not None and size < self.minimum:
            raise ValueError(
                f"{text!r} is set at {size} units; a {self.kind} sheet takes {self.minimum} or more. "
                "Shorten the words or give them more room."
            )

    def _inside(self, x: float, width: float, anchor: Anchor, text: str) -> None:
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        if not self._shifts and (left < -_SPILL or left + width > self.width + _SPILL):
            raise ValueError(
                f"{text!r} leaves the sheet: it takes {left:.0f} to {left + width:.0f} of {self.width:g}. "
                "Wrap it with paragraph() or shorten it."
            )


def _box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a piece of a path."""
    across = _number(width)
    return f"M{_number(x)} {_number(y)}h{across}v{_number(height)}h-{across}z"


def _name(value: float) -> str:
    return _number(value).replace(".", "-")


def _paint(fill: str, stroke: str, stroke_width: float) -> dict[str, object]:
    """Fill and stroke as attributes; a pattern or a var() is taken as it is."""

    def paint(value: str) -> str:
        return value if value.startswith(("url(", "var(")) else color(value)

    painted: dict[str, object] = {"fill": paint(fill)}
    if stroke != "none":
        painted |= {"stroke": paint(stroke), "stroke_width": stroke_width}
    return painted


def _main() -> None:
    """Write widths.json anew."""
    fonts: dict[Face, Path] = {
        "text": Path(str(files("fontpkg_source_sans_3") / "files" / "SourceSans3[wght].ttf")),
        "display": Path(str(files("fontpkg_newsreader") / "files" / "Newsreader[opsz,wght].ttf")),
    }
    latin = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x17F)]))
    symbols = "–—‘’“”…•†‰€₿→←↑↓↔⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉αβγδεηθκλμπρσφχψωΔΣΩ−∕≈≠≤≥∞√∂✓"
    _WIDTHS.write_text(
        json.dumps(build_widths(fonts, latin + symbols), ensure_ascii=False, sort_keys=True) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    _main()
