"""Records that are rows of a data table: each field is a key of the record itself, not an entry of
`fields:`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from fieldguide.records.field import Field, Sourced


class Tabular(Sourced):
    """A record whose fields are keys of its own, each with a fixed unit: a row of a data table.

    An absent field is "not checked"; `not-disclosed` names the source that was searched, `not-checked` why
    looking did not find it.
    """

    units: ClassVar[Mapping[str, str]] = {}

    name: str

    def own_fields(self) -> dict[str, Field]:
        return {name: field for name in self.units if (field := getattr(self, name)) is not None}

    def with_fields(self, fields: Mapping[str, Field]) -> Self:
        return self.model_copy(update=fields)

    def field_location(self, name: str) -> tuple[str, ...]:
        return (name,)

    def about(self) -> str:
        return self.name

    def inherited(self, name: str, field: Field) -> dict[str, object]:
        return super().inherited(name, field) | {"unit": self.units[name]}

    def source_keys(self) -> list[str]:
        """Every source behind the row, in order of first use."""
        keys = [key for field in self.own_fields().values() for key in field.sources]
        return list(dict.fromkeys([*([self.source] if self.source else []), *keys]))
