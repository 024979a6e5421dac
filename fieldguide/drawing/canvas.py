"""The canvas under every drawing: SVG elements in its own units, and what it refuses.

It refuses what a reader could not read: text under the minimum size of its kind, text that leaves it, and
colors that are not tokens of the theme.
Units are the canvas's own: a wide one is 760 of them across, a narrow one 328, and the page scales both.
Sizes of text are in the same units. `y` of a text is its baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from xml.etree import ElementTree as ET

from fieldguide.drawing.colors import color, paint
from fieldguide.drawing.measure import Face, text_width, wrap
from fieldguide.drawing.shapes import Shapes
from fieldguide.text.tree import E

Kind = Literal["wide", "medium", "narrow"]
Anchor = Literal["start", "middle", "end"]

WIDE = 760
"""Units across a wide sheet, shown from 676 px up."""
NARROW = 328
"""Units across a narrow sheet, shown down to a 360 px screen."""
MINIMUM_SIZE: dict[Kind, float] = {"wide": 13.5, "medium": 13.5, "narrow": 12.5}
"""Smallest text of each kind, in units: so that nothing is under 12 px on a screen."""

_UID = "\ue000"  # a private-use character stands for the sheet's uid until `drawn` knows it
Span = tuple[float, float]
_GAP = 3.0
"""Units between words and a line that stops for them."""
_NEAR = 2.2
"""Units from words at which a line that runs along them stops."""
_STUB = 6.0
"""Units of a line that would be left between two gaps, at most; such a piece goes too."""
# Units a text may seem to leave its sheet: widths are summed without kerning, so they run a little high.
_SPILL = 1.0


def decimals(value: float) -> str:
    """At most two decimals: enough for a screen, short in the page."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def shape(name: str, text: str = "", /, **values: object) -> ET.Element:
    """An element with these attributes; None is left out, numbers are rounded, underscores become hyphens."""
    attributes = {
        key.rstrip("_").replace("_", "-"): decimals(value) if isinstance(value, int | float) else str(value)
        for key, value in values.items()
        if value is not None
    }
    return E(name, attributes, text or None)


@dataclass
class Canvas:
    """One drawing being made. Set `height` at any time before `drawn`, so that content can decide it."""

    width: float = WIDE
    height: float = 0
    kind: Kind = "wide"
    minimum: float | None = None
    """Smallest text in units; the kind's own minimum when absent. It can only be raised."""
    _body: ET.Element = field(default_factory=lambda: ET.Element("svg"))
    _defs: dict[str, ET.Element] = field(default_factory=dict)
    _valued: list[tuple[ET.Element, Mapping[str, object]]] = field(default_factory=list)
    _words: list[tuple[Span, Span, bool]] = field(default_factory=list)
    """Where each text is across and down, and whether it has a halo."""

    def __post_init__(self) -> None:
        self._parent = self._body
        self.minimum = max(self.minimum or 0, MINIMUM_SIZE[self.kind])

    # Elements

    def add(self, name: str, text: str = "", /, **values: object) -> None:
        """Any element with these attributes, as `shape` writes them."""
        self._parent.append(shape(name, text, **values))

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
        **attributes: object,
    ) -> None:
        """A rectangle. `fill` may also be what `pattern` returns."""
        self.add(
            "rect", x=x, y=y, width=width, height=height, **paint(fill, stroke, stroke_width), **attributes
        )

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
        **attributes: object,
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
            **attributes,
        )

    def path(
        self,
        d: str,
        *,
        fill: str = "none",
        stroke: str = "ink",
        stroke_width: float = 1,
        dash: str | None = None,
        **attributes: object,
    ) -> None:
        """A path as SVG writes it."""
        self.add("path", d=d, **paint(fill, stroke, stroke_width), stroke_dasharray=dash, **attributes)

    def polyline(
        self,
        points: Iterable[tuple[float, float]],
        *,
        fill: str = "none",
        stroke: str = "ink",
        stroke_width: float = 1,
        dash: str | None = None,
    ) -> None:
        """A line through points; style as for `path`."""
        d = "M" + "L".join(f"{decimals(x)} {decimals(y)}" for x, y in points)
        self.path(d, fill=fill, stroke=stroke, stroke_width=stroke_width, dash=dash)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "none",
        stroke: str = "none",
        stroke_width: float = 1,
        **attributes: object,
    ) -> None:
        self.add("circle", cx=x, cy=y, r=radius, **paint(fill, stroke, stroke_width), **attributes)

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
    ) -> float:
        """One line of text with its baseline at `y`; returns its width.

        `tracking` is in em. A halo is 4 units of paper behind the letters, for labels that cross lines. The
        text is held to its measured width also where a
        reader's device draws another typeface, so that nothing ever runs into its neighbor.
        """
        self._legible(text, size)
        width = text_width(text, size, weight, face, tracking)
        self._inside(x, width, anchor, text)
        left = x - _before(anchor, width)
        self._words.append(((left, left + width), (y - size * 0.7, y + size * 0.2), halo))
        fitted = not tracking and len(text) > 3
        self.add(
            "text",
            text,
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
            class_="fg-halo" if halo else None,
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
    def link(self, href: str, label: str | None = None, class_: str = "fg-drawing__link") -> Iterator[None]:
        """Elements drawn inside lead to a page: "/stack/index.md#chips", counted from the documents' root.

        `label` names the link where its own text does not say where it leads.
        """
        outer = self._parent
        self._parent = shape("a", href=href, class_=class_, aria_label=label)
        outer.append(self._parent)
        yield
        self._parent = outer

    @contextmanager
    def valued(self, names: Mapping[str, object]) -> Iterator[None]:
        """Elements drawn inside show the values of one row of the data table, the one filled with `names`."""
        outer = self._parent
        self._parent = shape("g")
        outer.append(self._parent)
        self._valued.append((self._parent, names))
        yield
        self._parent = outer

    def number_rows(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Give what is `valued` the number of its row in the data table, where it is one of these rows.
        values.mjs finds the values by it.
        """
        numbers = {id(names): number for number, names in enumerate(rows)}
        for group, names in self._valued:
            if id(names) in numbers:
                group.set("data-row", str(numbers[id(names)]))

    def define(self, name: str, *shapes: ET.Element, **values: object) -> str:
        """A fill that repeats these shapes: a pattern with these attributes, defined once."""
        uid = f"{_UID}-{name}"
        if name not in self._defs:
            self._defs[name] = shape("pattern", id=uid, **values)
            self._defs[name].extend(shapes)
        return f"url(#{uid})"

    # Output

    def drawn(self, uid: str, title: str, description: str) -> Shapes:
        """The finished drawing for a page. `uid` starts with a letter and is unique in the page, such as
        "timeline-wide".
        """
        if self.height <= 0:
            raise ValueError(f"{uid}: the sheet has no height; set it before drawn().")
        self._give_way()
        linked = self._body.find(".//a") is not None
        root = shape(
            "svg",
            class_=f"fg-drawing fg-drawing--{self.kind}",
            viewBox=f"0 0 {decimals(self.width)} {decimals(self.height)}",
            role="group" if linked else "img",  # an image would hide its links from readers
            aria_labelledby=f"{uid}-title {uid}-description",
            font_family="var(--fg-font-text)",
        )
        root.append(shape("title", title, id=f"{uid}-title"))
        root.append(shape("desc", description, id=f"{uid}-description"))
        if self._defs:
            root.append(E("defs", None, *self._defs.values()))
        root.extend(self._body)
        for element in root.iter():
            for name, value in element.items():
                if _UID in value:
                    element.set(name, value.replace(_UID, uid))
        return Shapes(round(self.width, 2), round(self.height, 2), root)

    def _give_way(self) -> None:
        """Stop hairlines and dashed lines, level or upright, where words lie on them; on a hairline, words
        without a halo.
        """
        for line in self._body.findall("line"):
            hairline = line.get("stroke") == color("rule")
            x1, y1, x2, y2 = (float(line.get(name, 0)) for name in _ENDS)
            level = y1 == y2
            if (level or x1 == x2) and (hairline or "stroke-dasharray" in line.attrib):
                start, end = sorted((x1, x2) if level else (y1, y2))
                words = (
                    (across, down) if level else (down, across)
                    for across, down, halo in self._words
                    if not (halo and hairline)
                )
                at = y1 if level else x1
                on = [along for along, over in words if over[0] - _NEAR < at < over[1] + _NEAR]
                pieces = _between(start, end, on)
                if pieces != [(start, end)]:
                    _cut(line, [((a, at), (b, at)) if level else ((at, a), (at, b)) for a, b in pieces])

    # Guards

    def _legible(self, text: str, size: float) -> None:
        if self.minimum is not None and size < self.minimum:
            raise ValueError(
                f"“{text}” is set at {size} units; a {self.kind} sheet takes {self.minimum} or more. Shorten"
                " the words or give them more room."
            )

    def _inside(self, x: float, width: float, anchor: Anchor, text: str) -> None:
        left = x - _before(anchor, width)
        if left < -_SPILL or left + width > self.width + _SPILL:
            raise ValueError(
                f"“{text}” leaves the sheet: it takes {left:.0f} to {left + width:.0f} of {self.width:g}."
                " Shorten the words or give them more room."
            )


_ENDS = ("x1", "y1", "x2", "y2")


def _before(anchor: Anchor, width: float) -> float:
    """How much of a text lies left of its x coordinate."""
    return {"start": 0, "middle": width / 2, "end": width}[anchor]


def _between(start: float, end: float, words: Iterable[Span]) -> list[Span]:
    """The pieces from `start` to `end` that are left between words, longer than a stub."""
    pieces, at = [], start
    for first, last in sorted(words):
        if first - _GAP < end and last + _GAP > start:
            pieces.append((at, first - _GAP))
            at = max(at, last + _GAP)
    pieces.append((at, end))
    return [(a, b) for a, b in pieces if b - a > _STUB] if len(pieces) > 1 else pieces


def _cut(line: ET.Element, pieces: Iterable[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    """Make a path of these pieces of a line."""
    line.tag = "path"
    for name in _ENDS:
        del line.attrib[name]
    line.set(
        "d",
        "".join(
            f"M{decimals(x1)} {decimals(y1)}L{decimals(x2)} {decimals(y2)}" for (x1, y1), (x2, y2) in pieces
        ),
    )
