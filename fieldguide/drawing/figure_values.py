"""Values in figures: a number of the figure's own or a reference to a record, and the texts in which they are
written.

A template is text with names in braces: `{value:$.3g billion}`, `{value.date}`, `{profit:$.3gB|not
recorded}`. After the colon stands a format (`text/formats.py`), after the stroke what is said where there
is no value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, GetCoreSchemaHandler, model_validator
from pydantic import Field as Key
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypeAliasType

from fieldguide.book import Book
from fieldguide.book.numbers import field, number
from fieldguide.drawing.record_values import checked
from fieldguide.records.base import Strict
from fieldguide.records.field import Field
from fieldguide.text.dates import fractional_year, show_date
from fieldguide.text.formats import write

SHORT = {"about": "about ", "more than": "over ", "at least": "at least ", "at most": "up to "}
"""A record's qualifier as a label begins."""
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_FIELD = re.compile(
    r"(?<!\{)\{(?P<name>[a-z][a-z0-9_]*)(?:\.(?P<part>[a-z]+))?(?::(?P<format>[^{}|]+))?(?:\|(?P<otherwise>[^{}]*))?\}(?!\})"
)


class FieldReference(str):
    """`record.field` in a figure's data."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+(\.(low|high))?$")
        return core_schema.no_info_after_validator_function(cls, text)


class Computed(Strict):
    """One number from others, which may be computed themselves, where no record holds it."""

    ratio: tuple[FigureValue, FigureValue] | None = None
    difference: tuple[FigureValue, FigureValue] | None = None
    sum: list[FigureValue] | None = None
    product: list[FigureValue] | None = None
    mean: list[FigureValue] | None = None

    def value(self, number: Callable[[FigureValue], float]) -> float:
        many = [
            number(one)
            for one in self.ratio or self.difference or self.sum or self.product or self.mean or ()
        ]
        if self.ratio or self.difference:
            return many[0] / many[1] if self.ratio else many[0] - many[1]
        return math.prod(many) if self.product is not None else sum(many) / (len(many) if self.mean else 1)

    @model_validator(mode="after")
    def _one(self) -> Computed:
        if len(self.model_fields_set) != 1:
            raise ValueError("write one of ratio, difference, sum, product and mean")
        return self


FigureValue = TypeAliasType(
    "FigureValue",
    Annotated[
        float | FieldReference | Computed,
        Key(description="A number, `record.field`, or a number computed from others."),
    ],
)


@dataclass(frozen=True)
class Amount:
    """One value, and what its record says of it."""

    value: float
    reference: str | None = None
    field: Field | None = None
    upto: float | None = None
    """The upper end, where a record gives a range."""

    @property
    def qualifier(self) -> str:
        return (self.field.qualifier or "") if self.field else ""

    @property
    def date(self) -> str:
        return show_date(str(self.field.as_of)) if self.field and self.field.as_of else ""

    @property
    def month(self) -> str:
        """Of a date itself; of another value that of the day for which it holds."""
        known = self.field
        return show_date(str(known.value if known.unit == "date" else known.as_of)[:7]) if known else ""


Names = Mapping[str, "str | Amount | tuple[Amount, ...]"]
"""What a template may name: texts, values, and intervals from low to high."""


def amount(book: Book, quantity: FigureValue) -> Amount:
    """The value behind a quantity; a date is a part of its year. Raises KeyError for a reference without
    either.
    """
    if isinstance(quantity, Computed):
        return Amount(quantity.value(lambda one: amount(book, one).value))
    if not isinstance(quantity, str):
        return Amount(quantity)
    record = field(book, quantity)
    if isinstance(record.value, list) and len(record.value) == 2:
        low, high = record.value
        return Amount(float(low), str(quantity), record, float(high))
    dated = isinstance(record.value, str) and _DATE.fullmatch(record.value)
    return Amount(
        fractional_year(str(record.value)) if dated else number(book, quantity), str(quantity), record
    )


def amounts(book: Book, quantities: Mapping[str, FigureValue]) -> dict[str, Amount]:
    """The value behind each name."""
    return {name: amount(book, quantity) for name, quantity in quantities.items()}


def numbers(names: Names) -> dict[str, list[float]]:
    """The values among what a text may name, as assertions see them."""
    many = {name: amounts if isinstance(amounts, tuple) else (amounts,) for name, amounts in names.items()}
    return {
        name: [one.value for one in amounts if isinstance(one, Amount)]
        for name, amounts in many.items()
        if isinstance(amounts[0], Amount)
    }


def references(
    model: BaseModel | list[Any] | dict[str, Any] | Any, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], FieldReference]]:
    """Every reference in a figure's data with its place."""
    if isinstance(model, FieldReference):
        yield at, model
    elif isinstance(model, BaseModel):
        for name in type(model).model_fields:
            yield from references(getattr(model, name), (*at, name))
    elif isinstance(model, dict):
        for key, item in model.items():
            yield from references(item, (*at, key))
    elif isinstance(model, list | tuple):
        for index, item in enumerate(model):
            yield from references(item, (*at, index))


# Writing ------------------------------------------------------------


def fill(template: str, names: Names, *, cell: bool = False, joiner: str = "–") -> str:
    """A template with its names filled in; in a cell of a table recorded values are checked numbers. Raises
    ValueError for a name that there is not.
    """

    def put(match: re.Match[str]) -> str:
        named = names.get(match["name"], "" if match["otherwise"] is not None else None)
        if named is None:
            raise ValueError(f"`{template}` names {{{match['name']}}}; there are {', '.join(sorted(names))}")
        if isinstance(named, str):
            others = {
                name: one for name, one in names.items() if name != match["name"]
            }  # so that a text that names itself is an error with an end
            return fill(named, others, cell=cell, joiner=joiner) if named else match["otherwise"] or ""
        many = named if isinstance(named, tuple) else (named,)
        if match["part"]:
            return _part(many, match["part"])
        written = [_value(one, match["format"] or "g", cell) for one in many]
        return (" to " if cell and joiner == "–" else joiner).join(written)

    return _FIELD.sub(put, template)


def _value(one: Amount, how: str, cell: bool) -> str:
    written = write(one.value, how) if one.upto is None else f"{one.value:g} to {write(one.upto, how)}"
    return checked(one.reference, written) if cell and one.reference else written


def _part(many: tuple[Amount, ...], part: str) -> str:
    """What a record says of its value: the date; the month or year of its own date, or else of that; the
    qualifier as it stands, as a label begins, or only where it is a bound, each with its space; a plus after
    "more than".
    """
    if part == "date":
        return ", ".join(dict.fromkeys(one.date for one in many if one.date))
    said = many[0].qualifier
    parts = {
        "month": many[0].month,
        "year": many[0].month[-4:],
        "about": SHORT.get(said, ""),
        "bound": SHORT.get(said, "") if said != "about" else "",
        "plus": "+" if said == "more than" else "",
        "qualifier": f"{said} " if said else "",
    }
    if part not in parts:
        raise ValueError(f"a value has no `{part}`; it has date, {', '.join(parts)}")
    return parts[part]
