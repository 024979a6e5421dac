"""The drawing of a card: a map sheet with neatline, words, emblem and mark, as a PNG. All lengths are pixels
of the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from io import BytesIO

from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import SVGPath
from PIL import Image, ImageDraw

from fieldguide.drawing.colors import LAYER_TOKENS
from fieldguide.outputs.cards.layout import EMBLEM, FOOT, HEIGHT, LEFT, RIGHT, RULE, WIDTH, Card, set_card
from fieldguide.outputs.cards.letters import FINE, Setting, ink_of, letter_mask, letters_of
from fieldguide.page.emblem import Grid, emblem

NEATLINE, BAND, SEGMENT = 20, 9, 57
SHADES, APART = 15, 7
"""Steps from paper to each color in the palette, which is what smooth edges need, and the least distance of
two colors there.
"""
LEVEL = 4
"""How hard a card is compressed: four steps more save an eighth of its bytes and take three times as long."""


def draw_card(card: Card, tokens: dict[str, str]) -> bytes:
    """The card as a PNG with a palette; the same bytes for the same card and tools."""
    picture = _sheet(card.layer, bool(card.kicker), tuple(sorted(tokens.items()))).copy()
    for text in set_card(card):
        for line, baseline in text.placed():
            draw_line(picture, line, text.x, baseline, text.style, tokens)
        if text.role == "publisher":
            _draw_star(picture, text.x - 26, FOOT - 9, tokens["ink"])
    data = BytesIO()
    picture.quantize(palette=_palette(tuple(sorted(tokens.items()))), dither=Image.Dither.NONE).save(
        data, "PNG", compress_level=LEVEL
    )
    return data.getvalue()


def draw_line(
    picture: Image.Image, line: str, x: float, y: float, style: Setting, tokens: dict[str, str]
) -> None:
    """A line of letters from `x` on the baseline `y`, in the color of its style."""
    mask, corner = _line(line, x, y, style)
    picture.paste(tokens[style.color], corner, mask)


@lru_cache(maxsize=64)
def _line(line: str, x: float, y: float, style: Setting) -> tuple[Image.Image, tuple[int, int]]:
    """A line as a mask, and where its left upper corner stands. Kept, since all cards end in the same lines
    and many begin alike.
    """
    ink = ink_of(line, style)
    left, top = int(x + ink.left) - 2, int(y + ink.top) - 2
    fine = Image.new("L", ((int(ink.right - ink.left) + 6) * FINE, (int(ink.bottom - ink.top) + 6) * FINE))
    for at, letter in letters_of(line, style)[0]:
        if letter[-1] != " ":
            mask, box = letter_mask(*letter)
            fine.paste(255, (round((x - left) * FINE + at) + box[0], round((y - top) * FINE) + box[1]), mask)
    return fine.reduce(FINE), (left, top)


def _draw_star(picture: Image.Image, x: float, y: float, color: str) -> None:
    """The publisher's mark around (x, y), 24 px across."""
    fine = Image.new("L", (26 * FINE, 26 * FINE))
    pen = ImageDraw.Draw(fine)
    for dx, dy in ((0, 11), (11, 0), (6, 6), (6, -6)):
        pen.line(
            [(13 - dx) * FINE, (13 - dy) * FINE, (13 + dx) * FINE, (13 + dy) * FINE],
            fill=255,
            width=round(1.7 * FINE),
        )
    picture.paste(color, (round(x) - 13, round(y) - 13), fine.reduce(FINE))


@cache
def _sheet(layer: str | None, small_emblem: bool, tokens: tuple[tuple[str, str], ...]) -> Image.Image:
    """Paper, neatline, rule and emblem: what the cards of one layer share."""
    values = dict(tokens)
    picture = Image.new("RGB", (WIDTH, HEIGHT), values["paper"])
    fine = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    pen = ImageDraw.Draw(fine)
    for left, top, right, bottom, fill in _neatline():
        pen.rectangle([left * FINE, top * FINE, right * FINE - 1, bottom * FINE - 1], fill=fill)
    picture.paste(values["frame"], (0, 0), fine.reduce(FINE))
    ImageDraw.Draw(picture).rectangle([LEFT, RULE, RIGHT - 1, RULE], fill=values["rule-strong"])
    _draw_emblem(picture, EMBLEM, 320, layer, values)
    if small_emblem:
        _draw_emblem(picture, (LEFT, 92), 24, None, values)
    return picture


def _neatline() -> Iterator[tuple[float, float, float, float, int]]:
    """The frame as boxes to fill (255) or to empty (0), in order; every side begins and ends with a dark
    segment.
    """
    edge, end = NEATLINE, NEATLINE + BAND
    for inset, fill in ((edge, 255), (edge + 1.5, 0), (end - 0.75, 255), (end, 0)):
        yield inset, inset, WIDTH - inset, HEIGHT - inset, fill
    for along, size in ((WIDTH, HEIGHT), (HEIGHT, WIDTH)):
        length = along - 2 * end
        count = round(length / SEGMENT / 2) * 2 + 1
        for at in range(0, count, 2):
            near, far = end + length * at / count, end + length * (at + 1) / count
            for side in (edge, size - end):
                box = (near, side, far, side + BAND)
                yield (*box, 255) if along == WIDTH else (box[1], box[0], box[3], box[2], 255)


def _draw_emblem(
    picture: Image.Image, at: tuple[int, int], grid: Grid, layer: str | None, tokens: dict[str, str]
) -> None:
    """The emblem's own outlines, all parts in their colors or one of them and the rest off."""
    for name, mask in _emblem_masks(grid):
        color = LAYER_TOKENS[name] if layer in (None, name) else "off"
        picture.paste(tokens[color], at, mask)


@cache
def _emblem_masks(grid: Grid) -> list[tuple[str, Image.Image]]:
    """Each part of the emblem as a mask, drawn once for the sheets of all layers."""
    scale, masks = 2 * FINE, []
    for name, content in re.findall(r'<g class="fg-emblem__(\w+)">(.*?)</g>', emblem(grid)):
        pen = _Contours()
        SVGPath.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{content}</svg>'.encode()).draw(pen)
        fine = Image.new("L", (grid * scale, grid * scale))
        draw = ImageDraw.Draw(fine)
        for contour in pen.contours:
            draw.polygon([(x * scale, y * scale) for x, y in contour], fill=255 if _area(contour) > 0 else 0)
        masks.append((name, fine.reduce(scale)))
    return masks


class _Contours(BasePen):
    """Outlines as polygons: curves become short lines. A hole runs the other way round, so that its area is
    negative.
    """

    def __init__(self) -> None:
        super().__init__(None)
        self.contours: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.contours.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.contours[-1].append(point)

    def _curveToOne(
        self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]
    ) -> None:
        start = self.contours[-1][-1]
        for step in range(1, 9):
            t = step / 8
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (
                sum(w * p[axis] for w, p in zip(weights, (start, first, second, end), strict=True))
                for axis in (0, 1)
            )
            self.contours[-1].append((x, y))


def _area(contour: list[tuple[float, float]]) -> float:
    return (
        sum(
            x * next_y - next_x * y
            for (x, y), (next_x, next_y) in zip(contour, contour[1:] + contour[:1], strict=True)
        )
        / 2
    )


@cache
def _palette(tokens: tuple[tuple[str, str], ...]) -> Image.Image:
    """Paper and every color of a card, then shades between them, so that fields keep their exact color and
    edges stay smooth.

    Pillow looks colors up in steps of some units, so two that are closer than APART could be taken for each
    other.
    """
    values = dict(tokens)
    names = (
        "ink",
        "ink-2",
        "muted",
        "rule-strong",
        "off",
        *LAYER_TOKENS.values(),
        *(f"{name}-text" for name in LAYER_TOKENS.values()),
    )
    paper, *inks = found = [_rgb(values[name]) for name in ("paper", *names)]
    for step in range(1, SHADES):
        for ink in inks:
            red, green, blue = (round(a + (b - a) * step / SHADES) for a, b in zip(paper, ink, strict=True))
            if all(max(abs(red - r), abs(green - g), abs(blue - b)) >= APART for r, g, b in found):
                found.append((red, green, blue))
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for color in dict.fromkeys(found) for value in color])
    return palette


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
