"""Self-contained SVG: text as outlines of the static fonts, colors of one scheme as literals, no links.

Pictures that leave the site are opened without our fonts and style sheet. Each glyph is defined once in a
file and referenced wherever it is used, which takes a quarter of the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import sub
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.svgLib.path import parse_path

from fieldguide.drawing.measure import Face, balanced_room, break_lines
from fieldguide.drawing.shapes import Shapes
from fieldguide.outputs.fonts import STATIC, StaticFace, static_face

FAMILIES: dict[Face, str] = {"text": "source-sans-3", "display": "newsreader"}
OTHER: dict[Face, Face] = {"text": "display", "display": "text"}
"""{face: the face that supplies the characters it lacks}. Titles take superscripts from the text face, as on
the page.
"""
PLAIN = {
    "font-size": "16",
    "font-weight": "400",
    "font-family": "",
    "text-anchor": "start",
    "fill": "black",
    "stroke": "none",
    "stroke-width": "1",
    "letter-spacing": "0",
}
"""The properties of a text for which no element around it sets a value."""
DROPPED = {
    "class",
    "role",
    "aria-label",
    "aria-labelledby",
    "href",
    "pointer-events",
    "style",
    "font-family",
    "textLength",
    "lengthAdjust",
}
"""Attributes that only have a meaning on a page, or that are not needed after text is drawn."""
_VARIABLE = re.compile(r"var\(--fg-([\w-]+)\)")
GRID = 500
"""Steps of an outline per em: fine enough that a slide's title is off by at most a tenth of a pixel, and
coarse enough for short paths.
"""


class _Pen(BasePen):
    """Draws outlines as a relative path in whole steps of GRID, without needless spaces; y points up.

    A curve that goes on smoothly takes its control point from the one before, which moves that point by a
    step at most and takes half the bytes.
    """

    def __init__(self, glyphs: Any, em: int) -> None:
        super().__init__(glyphs)
        self.scale = GRID / em
        self.parts: list[str] = []
        self.last = ""
        self.at = self.start = self.control = (0, 0)

    def _steps(self, point: tuple[float, float]) -> tuple[int, int]:
        return round(point[0] * self.scale), round(point[1] * self.scale)

    def _add(self, letter: str, *points: tuple[float, float]) -> None:
        numbers = [
            value - origin
            for point in points
            for value, origin in zip(self._steps(point), self.at, strict=True)
        ]
        if letter == "l" and 0 in numbers:
            letter, numbers = ("h", numbers[:1]) if numbers[1] == 0 else ("v", numbers[1:])
        written = "".join(f" {n}" if n >= 0 else str(n) for n in numbers)
        self.parts.append(written if letter == self.last else letter + written.lstrip())
        self.last = letter
        self.at = self._steps(points[-1])

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.start = self._steps(pt)
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._add("l", pt)

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._add("c", pt1, pt2, pt3)

    def _qCurveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float]) -> None:
        mirrored = 2 * self.at[0] - self.control[0], 2 * self.at[1] - self.control[1]
        wanted = self._steps(pt1)
        smooth = self.last in ("q", "t") and max(map(abs, map(sub, mirrored, wanted))) <= 1
        self.control = mirrored if smooth else wanted
        self._add("t", pt2) if smooth else self._add("q", pt1, pt2)

    def _closePath(self) -> None:
        self.parts.append("z")
        self.last = "z"
        self.at = self.start


@dataclass(frozen=True)
class Glyph:
    """One character of a face: its advance in steps of GRID, its outline, and the id that defines it in a
    file.
    """

    name: str
    advance: float
    path: str
    id: str


class Outlines:
    """One static face: glyphs by character, kerning by pair, in steps of GRID."""

    def __init__(self, face: StaticFace, prefix: str) -> None:
        self.prefix = prefix
        self._face = face
        self._set = face.font.getGlyphSet()
        self._known: dict[str, Glyph] = {}

    def has(self, character: str) -> bool:
        return ord(character) in self._face.names

    def glyph(self, character: str) -> Glyph:
        if character not in self._known:
            name = self._face.names[ord(character)]
            pen = _Pen(self._set, self._face.em)
            self._set[name].draw(pen)
            self._known[character] = Glyph(
                name,
                self._set[name].width * pen.scale,
                "".join(pen.parts),
                f"{self.prefix}-{ord(character):x}",
            )
        return self._known[character]

    def kern(self, left: str, right: str) -> float:
        """The amount that kerning adds to the advance of glyph `left` before glyph `right`."""
        return self._face.kern(left, right) * GRID / self._face.em


@cache
def _weights(face: Face) -> tuple[int, ...]:
    return tuple(sorted(int(path.stem.rsplit("-", 1)[1]) for path in STATIC.glob(f"{FAMILIES[face]}-*.ttf")))


@cache
def outlines(face: Face, weight: int) -> Outlines:
    """The static face with the nearest weight; the heavier of two that are equally near."""
    nearest = min(_weights(face), key=lambda have: (abs(have - weight), -have))
    return Outlines(static_face(FAMILIES[face], nearest), f"{face[0]}{nearest}")


@dataclass(frozen=True)
class TextRun:
    """A line of text set at size 1: its advance, and its glyphs as (x in steps of GRID, glyph)."""

    width: float
    glyphs: tuple[tuple[int, Glyph], ...]


@cache
def set_text(text: str, face: Face = "text", weight: int = 400, tracking: float = 0) -> TextRun:
    """`text` at size 1 with kerning. `tracking` is added after every character, in em. Raises ValueError for
    a character that no static face has.
    """
    fonts = (outlines(face, weight), outlines(OTHER[face], weight))
    x, glyphs, before = 0.0, [], None
    for character in text:
        font = next((font for font in fonts if font.has(character)), None)
        if font is None:
            raise ValueError(
                f"{text!r}: no static face has {character!r} (U+{ord(character):04X}); add it to the"
                " characters in fieldguide/commands/fonts.py and run `python -m fieldguide fonts`"
            )
        glyph = font.glyph(character)
        if before and before[0] is font:
            x += font.kern(before[1].name, glyph.name)
        if glyph.path:
            glyphs.append((round(x), glyph))
        x += glyph.advance + tracking * GRID
        before = font, glyph
    return TextRun(x / GRID, tuple(glyphs))


def drawable(text: str) -> str:
    """The text with a question mark for each character that no static face has, where that is better than an
    error.
    """
    faces = [outlines(face, 400) for face in FAMILIES]
    return "".join(letter if any(face.has(letter) for face in faces) else "?" for letter in text)


def wrapped(
    text: str, width: float, size: float, face: Face = "text", weight: int = 400, tracking: float = 0
) -> list[str]:
    """The lines of `text`, no wider than `width` when drawn, except that a single word may be wider."""
    words = text.split()
    return break_lines(words, *_measured(words, size, face, weight, tracking), width)


def balanced(
    text: str, width: float, size: float, face: Face = "text", weight: int = 400, tracking: float = 0
) -> float:
    """The narrowest width for which `wrapped` gives as few lines as for `width`."""
    return balanced_room(*_measured(text.split(), size, face, weight, tracking), width)


def _measured(
    words: Sequence[str], size: float, face: Face, weight: int, tracking: float
) -> tuple[list[float], list[float]]:
    """(width of each word, width of the space before it), the space kerned with the letters on both sides."""

    def width(text: str) -> float:
        return width_of(text, size, face, weight, tracking)

    gaps = [
        width(f"{before[-1]} {word[0]}") - width(before[-1]) - width(word[0])
        for before, word in pairwise(words)
    ]
    return [width(word) for word in words], [0.0, *gaps][: len(words)]


def width_of(text: str, size: float, face: Face = "text", weight: int = 400, tracking: float = 0) -> float:
    """Width of a line when drawn, with kerning, in the units of `size`."""
    return set_text(text, face, weight, tracking).width * size


def text_path(
    x: float,
    y: float,
    text: str,
    size: float,
    fill: str,
    *,
    face: Face = "text",
    weight: int = 400,
    anchor: str = "start",
    tracking: float = 0,
    halo: str = "",
    halo_width: float = 4,
    most: float = 0,
) -> str:
    """One line of text with its baseline at `y`, as references to the glyphs that `document` defines. `fill`
    and `halo` are literal colors.

    `most` is the greatest width, in the units of `size`: a longer line is narrowed to it.
    """
    run = set_text(text, face, weight, tracking)
    squeeze = min(1.0, most / (run.width * size)) if most and run.width else 1.0
    left = x - {"start": 0, "middle": 0.5, "end": 1}[anchor] * run.width * size * squeeze
    scale = size / GRID
    place = f"translate({_short(left)} {_short(y)})scale({_short(scale * squeeze, 5)} {_short(-scale, 5)})"
    glyphs = "".join(f'<use x="{offset}" xlink:href="#{glyph.id}"/>' for offset, glyph in run.glyphs)
    # The halo is a copy below the text, since office programs do not support paint-order.
    below = (
        f'<g transform="{place}" fill="{halo}" stroke="{halo}" stroke-width="{_short(halo_width / scale)}"'
        f' stroke-linejoin="round">{glyphs}</g>'
        if halo
        else ""
    )
    return f'{below}<g transform="{place}" fill="{fill}">{glyphs}</g>'


def text_lines(
    lines: Iterable[str],
    x: float,
    y: float,
    size: float,
    leading: float,
    color: str,
    face: Face = "text",
    weight: int = 400,
    tracking: float = 0,
) -> list[str]:
    """Lines of text; the first has its baseline at `y`, the others follow `leading` apart."""
    return [
        text_path(x, y + index * leading, line, size, color, face=face, weight=weight, tracking=tracking)
        for index, line in enumerate(lines)
    ]


def _short(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"


# ---- drawings


def resolve(value: str, tokens: Mapping[str, str]) -> str:
    """`var(--fg-ink)` as the literal color of the scheme. Raises KeyError for a token that the
    scheme lacks.
    """
    return _VARIABLE.sub(lambda match: tokens[match[1]], value)


def flatten(shapes: Shapes, tokens: Mapping[str, str]) -> str:
    """A drawing as SVG content that starts at the origin, with literal colors and outlined text and without
    links or names. Raises ValueError for an element that it cannot reproduce, KeyError for an unknown token.
    """
    return "".join(_flat(child, tokens, PLAIN) for child in shapes.root)


@dataclass(frozen=True)
class DrawingPart:
    """A part of a drawing that is not connected with the next part: from `top` to `bottom`, in units of the
    drawing.
    """

    top: float
    bottom: float
    content: str


def flatten_parts(shapes: Shapes, tokens: Mapping[str, str], gap: float) -> list[DrawingPart]:
    """The parts of a drawing from the top down, cut at every empty band at least `gap` high."""
    defs = "".join(_flat(child, tokens, PLAIN) for child in shapes.root if child.tag == "defs")
    pieces = [
        (*_extent(child), _flat(child, tokens, PLAIN))
        for child in shapes.root
        if child.tag not in ("title", "desc", "defs")
    ]
    parts: list[DrawingPart] = []
    reach: list[tuple[float, float]] = []
    for top, bottom, _ in sorted(pieces, key=lambda piece: piece[:2]):
        if reach and top < reach[-1][1] + gap:
            reach[-1] = (reach[-1][0], max(reach[-1][1], bottom))
        else:
            reach.append((top, bottom))
    for number, (top, bottom) in enumerate(reach):
        inside = "".join(
            content for start, end, content in pieces if top <= start and end <= bottom
        )  # in drawing order
        parts.append(DrawingPart(top, bottom, (defs if number == 0 else "") + inside))
    return parts


def _extent(element: ET.Element) -> tuple[float, float]:
    """(top, bottom) of an element. Text extends by its ascent and descent."""

    def number(name: str, default: float = 0) -> float:
        return float(element.get(name, default))

    half = number("stroke-width", 1) / 2 if element.get("stroke", "none") != "none" else 0
    if element.tag == "text":
        return number("y") - 0.75 * number("font-size", 16), number("y") + 0.24 * number("font-size", 16)
    if element.tag == "rect":
        return number("y") - half, number("y") + number("height") + half
    if element.tag == "circle":
        return number("cy") - number("r") - half, number("cy") + number("r") + half
    if element.tag == "line":
        return min(number("y1"), number("y2")) - half, max(number("y1"), number("y2")) + half
    if element.tag == "path":
        pen = ControlBoundsPen(None)
        parse_path(element.get("d", ""), pen)
        return (pen.bounds[1] - half, pen.bounds[3] + half) if pen.bounds else (0, 0)
    shift = re.fullmatch(r"translate\([-\d.]+[ ,]+([-\d.]+)\)", element.get("transform", "translate(0 0)"))
    inside = [_extent(child) for child in element]
    if shift is None or not inside:
        return float("-inf"), float("inf")  # turned or scaled: it may reach anywhere, so nothing is cut
    return min(top for top, _ in inside) + float(shift[1]), max(bottom for _, bottom in inside) + float(
        shift[1]
    )


def _flat(element: ET.Element, tokens: Mapping[str, str], outer: Mapping[str, str]) -> str:
    if element.tag in ("title", "desc"):
        return ""
    if element.tag in ("tspan", "textPath", "image", "foreignObject", "style", "script", "use"):
        raise ValueError(f"<{element.tag}> has no self-contained form; draw it with text and shapes")
    style = {**outer, **{name: element.attrib[name] for name in PLAIN if name in element.attrib}}
    if element.tag == "text":
        return _flat_text(element, tokens, style)
    tag = "g" if element.tag == "a" else element.tag
    attributes = "".join(
        f" {name}={quoteattr(resolve(value, tokens))}"
        for name, value in element.attrib.items()
        if name not in DROPPED
    )
    inside = "".join(_flat(child, tokens, style) for child in element)
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


def _flat_text(element: ET.Element, tokens: Mapping[str, str], style: Mapping[str, str]) -> str:
    if len(element) or "transform" in element.attrib:
        raise ValueError(
            f"the text {''.join(element.itertext())!r} holds elements or is turned; draw one plain line"
        )
    size = float(style["font-size"])
    stroke = resolve(style["stroke"], tokens)
    halo = stroke if stroke != "none" and "fg-halo" in element.get("class", "") else ""
    return text_path(
        float(element.get("x", 0)),
        float(element.get("y", 0)),
        element.text or "",
        size,
        resolve(style["fill"], tokens),
        face="display" if "display" in style["font-family"] else "text",
        weight=int(style["font-weight"]),
        anchor=style["text-anchor"],
        tracking=float(style["letter-spacing"]) / size,
        halo=halo,
        halo_width=float(style["stroke-width"]),
        most=float(element.get("textLength", 0)),
    )


def document(width: int, height: int, title: str, description: str, content: str) -> str:
    """A complete SVG file with the glyphs that `content` references, and with a title and description for
    screen readers.
    """
    faces = {face[0]: face for face in FAMILIES}
    used = sorted(set(re.findall(r'xlink:href="#([td])(\d+)-([0-9a-f]+)"', content)))
    glyphs = (outlines(faces[face], int(weight)).glyph(chr(int(code, 16))) for face, weight, code in used)
    defs = "".join(f'<path id="{glyph.id}" d="{glyph.path}"/>' for glyph in glyphs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}"'
        f' height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title'
        f' description"><title id="title">{escape(title)}</title><desc'
        f' id="description">{escape(description)}</desc><defs>{defs}</defs>{content}</svg>\n'
    )
