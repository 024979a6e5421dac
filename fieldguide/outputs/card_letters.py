"""The letters of a card: the static faces as Pillow draws them, kerned, and the room that they take."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from fieldguide.outputs.fonts import static_font

FINE = 4
"""Everything is drawn this many times larger and averaged: the edges are smooth, and the renderer's hinting does not show."""
FALLBACK = ("source-sans-3", 400)
"""The face for letters that the display face does not have: exponents, arrows, Greek."""


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        return self.left <= other.left and self.top <= other.top and self.right >= other.right and self.bottom >= other.bottom

    def meets(self, other: Box) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def joined(self, other: Box) -> Box:
        return Box(min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom))


@dataclass(frozen=True)
class Setting:
    """How a text is set: a static face, size in px, letter spacing and distance of lines in shares of the size, and a token."""

    family: str
    weight: int
    size: float
    color: str
    tracking: float = 0
    leading: float = 1.2


@cache
def _font(family: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    # Pillow's own layout, without kerning, is the same everywhere; the better one depends on a library of the system.
    return ImageFont.truetype(static_font(family, weight), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(family: str, weight: int, size: int, letter: str) -> float:
    return _font(family, weight, size).getlength(letter)


@cache
def letter_mask(family: str, weight: int, size: int, letter: str) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """A letter as a mask, and its box around the origin on the baseline, in fine px. Kept, since cards share sizes and letters."""
    font = _font(family, weight, size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(letter, anchor="ls"))
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), letter, font=font, fill=255, anchor="ls")
    return mask, (left, top, right, bottom)


@cache
def _letters(family: str, weight: int) -> frozenset[int]:
    return frozenset(TTFont(static_font(family, weight)).getBestCmap())


@cache
def _kerning(family: str, weight: int) -> dict[tuple[str, str], float]:
    """Pairs of letters that stand closer or farther, in shares of the size: the face's GPOS table, read once."""
    font = TTFont(static_font(family, weight))
    names = {name: chr(point) for point, name in font.getBestCmap().items()}
    table = font["GPOS"].table
    wanted = {at for feature in table.FeatureList.FeatureRecord if feature.FeatureTag == "kern" for at in feature.Feature.LookupListIndex}
    pairs: dict[tuple[str, str], float] = {}
    for at in sorted(wanted):
        for subtable in table.LookupList.Lookup[at].SubTable:
            part = subtable.ExtSubTable if hasattr(subtable, "ExtSubTable") else subtable
            for left in part.Coverage.glyphs:
                for right, value in _partners(part, left, names):
                    if left in names and right in names:
                        pairs.setdefault((names[left], names[right]), value / font["head"].unitsPerEm)
    return pairs


def _partners(part: Any, left: str, names: dict[str, str]) -> Iterator[tuple[str, int]]:
    """What a pair table of fontTools says about the glyphs that may follow `left`: by glyph (format 1) or by class (format 2)."""
    if part.Format == 1:
        for record in part.PairSet[part.Coverage.glyphs.index(left)].PairValueRecord:
            yield record.SecondGlyph, getattr(record.Value1, "XAdvance", 0) or 0
        return
    row = part.Class1Record[part.ClassDef1.classDefs.get(left, 0)].Class2Record
    for right in names:
        value = row[part.ClassDef2.classDefs.get(right, 0)].Value1
        yield right, getattr(value, "XAdvance", 0) or 0


@lru_cache(maxsize=4096)
def letters_of(line: str, style: Setting) -> tuple[list[tuple[float, tuple[str, int, int, str]]], float]:
    """Each letter of a line as its place and the arguments of `letter_mask`, and the line's width: all in fine px from the left edge."""
    size, x, letters = round(style.size * FINE), 0.0, []
    own, before = (style.family, style.weight), ("", FALLBACK)
    for letter in line:
        face = own if ord(letter) in _letters(*own) else FALLBACK
        if ord(letter) not in _letters(*face):
            raise ValueError(f"the card cannot show “{letter}” of “{line}”: no static face has it; write it otherwise, or add it to STATIC_FACES in fieldguide/commands/fonts.py")
        if before[1] == face:
            x += _kerning(*face).get((before[0], letter), 0) * size
        letters.append((x, (*face, size, letter)))
        x += _advance(*face, size, letter) + style.tracking * size
        before = (letter, face)
    return letters, x - style.tracking * size


def line_width(line: str, style: Setting) -> float:
    """px from the first letter's origin to the last one's end."""
    return letters_of(line, style)[1] / FINE if line else 0


def ink_of(line: str, style: Setting) -> Box:
    """The box around a line's letters, px from its origin on the baseline."""
    found = [(x, letter_mask(*letter)[1]) for x, letter in letters_of(line, style)[0] if letter[-1] != " "]
    boxes = [Box((x + left) / FINE, top / FINE, (x + right) / FINE, bottom / FINE) for x, (left, top, right, bottom) in found]
    return functools.reduce(Box.joined, boxes)
