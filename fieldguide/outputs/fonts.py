"""The fonts for pictures that the build makes, and their kerning. They are static, since SVG renderers and
Pillow take each weight as a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

STATIC = Path(__file__).parent / "static_fonts"
"""The folder of static fonts with their license files. `python -m fieldguide fonts` makes them."""
KerningTable = Callable[[str, str], int | None]
"""A function that returns the kerning of two glyphs in units of the em, or None if its table does not cover
the first.
"""


def static_font(family: str, weight: int) -> Path:
    """The file of a static face; family is "newsreader" or "source-sans-3". Raises FileNotFoundError, which
    lists the files that exist.
    """
    path = STATIC / f"{family}-{weight}.ttf"
    if not path.exists():
        raise FileNotFoundError(
            f"no static face {path.name}: there are"
            f" {', '.join(sorted(item.name for item in STATIC.glob('*.ttf')))}"
        )
    return path


class StaticFace:
    """One static face: its glyphs by code point, and the kerning of pairs. Single tables are read on demand,
    since reading all of GPOS takes half a second.
    """

    def __init__(self, path: Path) -> None:
        # From memory: forked processes would share one open file.
        self.font = TTFont(BytesIO(path.read_bytes()), lazy=True)
        self.em: int = self.font["head"].unitsPerEm
        self.names: dict[int, str] = self.font.getBestCmap()
        self._pairs = _pairs(self.font)
        self._known: dict[tuple[str, str], int] = {}

    def kern(self, left: str, right: str) -> int:
        """The amount that kerning adds to the advance of glyph `left` before glyph `right`, in units of the
        em.
        """
        if (left, right) not in self._known:
            self._known[left, right] = next(
                (value for pair in self._pairs if (value := pair(left, right)) is not None), 0
            )
        return self._known[left, right]


@cache
def static_face(family: str, weight: int) -> StaticFace:
    """The face; each file is read once. Raises FileNotFoundError as `static_font` does."""
    return StaticFace(static_font(family, weight))


def _pairs(font: TTFont) -> list[KerningTable]:
    """The subtables of the face's kern feature, in order."""
    if "GPOS" not in font:
        return []
    gpos = font["GPOS"].table
    wanted = {
        index
        for record in gpos.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    tables = [table for index in sorted(wanted) for table in gpos.LookupList.Lookup[index].SubTable]
    return [_pair(getattr(table, "ExtSubTable", table)) for table in tables]


def _pair(table: Any) -> KerningTable:
    """A subtable from fontTools as a function, by glyph (format 1) or by class (format 2)."""
    first = {name: index for index, name in enumerate(table.Coverage.glyphs)}

    def by_glyph(left: str, right: str) -> int | None:
        if left not in first:
            return None
        return next(
            (
                _advance(record.Value1)
                for record in table.PairSet[first[left]].PairValueRecord
                if record.SecondGlyph == right
            ),
            None,
        )

    def by_class(left: str, right: str) -> int | None:
        if left not in first:
            return None
        row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
        return _advance(row[table.ClassDef2.classDefs.get(right, 0)].Value1)

    return by_glyph if table.Format == 1 else by_class


def _advance(value: Any) -> int:
    return getattr(value, "XAdvance", 0) or 0
