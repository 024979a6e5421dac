"""The letters of a card: the static faces as Pillow draws them, kerned, and the room that they take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from fieldguide.outputs.fonts import static_face, static_font

FINE = 4
"""Everything is drawn this many times larger and averaged: the edges are smooth, and the renderer's hinting
does not show.
"""
FALLBACK = ("source-sans-3", 400)
"""The face for letters that the display face does not have: exponents, arrows, Greek."""


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def joined(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True)
class Setting:
    """How a text is set: a static face, size in px, letter spacing and distance of lines in shares of the
    size, and a token.
    """

    family: str
    weight: int
    size: float
    color: str
    tracking: float = 0
    leading: float = 1.2


@cache
def _font(family: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    # Pillow's own layout, without kerning, is the same everywhere; the better one depends on a library of the
    # system.
    return ImageFont.truetype(static_font(family, weight), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(family: str, weight: int, size: int, letter: str) -> float:
    return _font(family, weight, size).getlength(letter)


@cache
def letter_mask(
    family: str, weight: int, size: int, letter: str
) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """A letter as a mask, and its box around the origin on the baseline, in fine px. Kept, since cards share
    sizes and letters.
    """
    font = _font(family, weight, size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(letter, anchor="ls"))
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), letter, font=font, fill=255, anchor="ls")
    return mask, (left, top, right, bottom)


@lru_cache(maxsize=20_000)
def letters_of(line: str, style: Setting) -> tuple[list[tuple[float, tuple[str, int, int, str]]], float]:
    """Each letter of a line as its place and the arguments of `letter_mask`, and the line's width: all in
    fine px from the left edge.
    """
    size, x, letters = round(style.size * FINE), 0.0, []
    own, before = (style.family, style.weight), None
    faces = {own: static_face(*own), FALLBACK: static_face(*FALLBACK)}
    for letter in line:
        name = own if ord(letter) in faces[own].names else FALLBACK
        face = faces[name]
        if ord(letter) not in face.names:
            raise ValueError(
                f"the card cannot show “{letter}” of “{line}”: no static face has it; write it otherwise, or"
                " add it to STATIC_FACES in fieldguide/commands/fonts.py"
            )
        glyph_name = face.names[ord(letter)]
        if before is not None and before[1] is face:
            x += face.kern(before[0], glyph_name) / face.em * size
        letters.append((x, (*name, size, letter)))
        x += _advance(*name, size, letter) + style.tracking * size
        before = (glyph_name, face)
    return letters, x - style.tracking * size


def line_width(line: str, style: Setting) -> float:
    """px from the first letter's origin to the last one's end."""
    return letters_of(line, style)[1] / FINE if line else 0


@lru_cache(maxsize=20_000)
def ink_of(line: str, style: Setting) -> Box:
    """The box around a line's letters, px from its origin on the baseline."""
    found = [(x, letter_mask(*letter)[1]) for x, letter in letters_of(line, style)[0] if letter[-1] != " "]
    left, right = min(x + box[0] for x, box in found), max(x + box[2] for x, box in found)
    return Box(
        left / FINE,
        min(box[1] for _, box in found) / FINE,
        right / FINE,
        max(box[3] for _, box in found) / FINE,
    )
