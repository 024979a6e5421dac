"""Facts: data/facts/<id>.yml, a subject and its values, cited as `fact:<id>.<field>`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import Field as Key

from fieldguide.records.base import Prose, Slug
from fieldguide.records.field import Field, Sourced


class Fact(Sourced):
    """A subject and its values: data/facts/<id>.yml, cited as `fact:<id>.<field>`."""

    title: Prose = Key(max_length=80, examples=["What labelers preferred"])
    fields: dict[Slug, Field] = Key(min_length=1)

    def own_fields(self) -> dict[str, Field]:
        return self.fields

    def with_fields(self, fields: Mapping[str, Field]) -> Self:
        return self.model_copy(update={"fields": {**self.fields, **fields}})

    def field_location(self, name: str) -> tuple[str, ...]:
        return ("fields", name)

    def about(self) -> str:
        return self.title
