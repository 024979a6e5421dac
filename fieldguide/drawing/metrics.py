"""Measures of a drawing in units, for both widths: what a kind lays out with instead of asking which width it
draws.

A record writes whatever differs between the widths as a pair, `[wide, narrow]`; one value serves both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic import Field as Key
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypeAliasType

from fieldguide.drawing.canvas import NARROW, WIDE
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.base import Strict

T = TypeVar("T")
HALF_LINE = 0.34
"""From the middle of a line of text down to its baseline, in sizes."""


class OneOrBoth:
    """What makes a pair of the one value that may stand for both, also in the JSON Schema."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_pair, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        pair = handler(schema)
        words = {"description": pair.pop("description")} if "description" in pair else {}
        return {"anyOf": [pair["prefixItems"][0], pair], **words}


def _pair(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value, value)


Both = tuple[float, float]
Twice = Annotated[tuple[T, T], OneOrBoth()]
"""Something on the wide and on the narrow sheet."""
Pair = TypeAliasType(
    "Pair",
    Annotated[Twice[float], Key(description="A measure on the wide and on the narrow sheet, or on both.")],
)
Words = TypeAliasType(
    "Words", Annotated[Twice[str], Key(description="A text on the wide and on the narrow sheet, or on both.")]
)


class Sizes(Strict):
    """The measures that kinds share; a kind adds its own, a record changes any under `metrics:`."""

    size: Pair = (13.5, 12.5)
    """Of ordinary text."""
    left: Pair = (0, 0)
    """Where the plot starts."""
    right: Pair = (0, 0)
    """Room between the plot's end and the edge of the sheet."""
    top: Pair = (30, 30)
    """From the sheet's edge to the plot."""
    title: Pair = (14, 14)
    """Baseline of what stands over the plot."""
    bottom: Pair = (10, 10)
    """From the last baseline to the sheet's edge."""
    line: Pair = (17, 16)
    """From one line of a note or a list to the next."""
    foot: Pair = (54, 54)
    """Baseline of what stands first below the plot."""
    foot_x: Pair = (0, 0)
    foot_step: Pair = (24, 22)
    key_text: Pair = (16, 16)
    key_gap: Pair = (18, 18)
    key_x: Pair = (0, 0)
    """Where a key over the plot starts."""
    rule: Pair = (0, 0)
    """A rule across the sheet over a group, and one below the foot of the plot; 0 leaves them out."""
    close: Pair = (0, 0)
    label_size: Pair = (0, 0)
    """Added to the size for a label."""
    point_line: Pair = (17, 17)
    aside: Pair = (760, 328)
    """How wide the second part of what the figure says may be."""


class Metrics:
    """The measures of one width: every key of the sizes as a number, and what follows from them; `own` are
    those of a part that differ.
    """

    def __init__(self, sizes: BaseModel, wide: bool, own: Mapping[str, Both] | None = None) -> None:
        self._sizes, self._own = sizes, own or {}
        self.wide = wide
        self.width: float = WIDE if wide else NARROW

    def __getattr__(self, name: str) -> float:
        """The size called `name`, for this width. Raises AttributeError for a size that the kind does not
        have.
        """
        pair: Both = self._own[name] if name in self._own else getattr(self._sizes, name)
        return pair[0 if self.wide else 1]

    def of(self, own: Mapping[str, Both]) -> Metrics:
        """These metrics with the sizes `own` in place of those of the same name."""
        return Metrics(self._sizes, self.wide, own)

    @property
    def half(self) -> float:
        """Units from the middle of a line of ordinary text down to its baseline."""
        return self.size * HALF_LINE

    @property
    def end(self) -> float:
        """The x coordinate of the plot's right edge."""
        return self.width - self.right

    def pick(self, pair: tuple[T, T]) -> T:
        """The item of a pair (wide, narrow) for this width."""
        return pair[0 if self.wide else 1]

    def sheet(self) -> Sheet:
        """An empty sheet of this width."""
        return Sheet() if self.wide else Sheet(width=NARROW, kind="narrow")
