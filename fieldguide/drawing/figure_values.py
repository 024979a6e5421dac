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

SHORT = {
    "about": "about ",
    "more than": "over ",
    "at least": "at least ",
    "at most": "up to ",
    "less than": "under ",
}
"""{qualifier of a record: the words with which a label begins}."""
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
        values = [
            number(operand)
            for operand in self.ratio or self.difference or self.sum or self.product or self.mean or ()
        ]
        if self.ratio or self.difference:
            return values[0] / values[1] if self.ratio else values[0] - values[1]
        return (
            math.prod(values) if self.product is not None else sum(values) / (len(values) if self.mean else 1)
        )

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
        """The month and year of a value that is a date; of any other value, of the day for which it holds."""
        known = self.field
        return show_date(str(known.value if known.unit == "date" else known.as_of)[:7]) if known else ""


Names = Mapping[str, "str | Amount | tuple[Amount, ...]"]
"""What a template may name: texts, values, and intervals from low to high."""


def amount(book: Book, quantity: FigureValue) -> Amount:
    """The amount behind a quantity; the value of a date is a year with a fraction. Raises KeyError for a
    reference to a field that has neither a number nor a date.
    """
    if isinstance(quantity, Computed):
        return Amount(quantity.value(lambda operand: amount(book, operand).value))
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
    """The amount behind each quantity: {name: amount}."""
    return {name: amount(book, quantity) for name, quantity in quantities.items()}


def numbers(names: Names) -> dict[str, list[float]]:
    """{name: values} of the names that stand for amounts, as assertions read them."""
    groups = {name: amounts if isinstance(amounts, tuple) else (amounts,) for name, amounts in names.items()}
    return {
        name: [amount.value for amount in amounts if isinstance(amount, Amount)]
        for name, amounts in groups.items()
        if isinstance(amounts[0], Amount)
    }


def references(
    model: BaseModel | list[Any] | dict[str, Any] | Any, location: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], FieldReference]]:
    """(key path, reference) of every reference in a figure's data."""
    if isinstance(model, FieldReference):
        yield location, model
    elif isinstance(model, BaseModel):
        for name in type(model).model_fields:
            yield from references(getattr(model, name), (*location, name))
    elif isinstance(model, dict):
        for key, item in model.items():
            yield from references(item, (*location, key))
    elif isinstance(model, list | tuple):
        for index, item in enumerate(model):
            yield from references(item, (*location, index))


# Writing ------------------------------------------------------------


def fill(template: str, names: Names, *, cell: bool = False, joiner: str = "–") -> str:
    """A template with its names filled in; with `cell`, recorded values become the checked numbers of a table
    cell. Raises ValueError for an unknown name.
    """

    def put(match: re.Match[str]) -> str:
        named = names.get(match["name"], "" if match["otherwise"] is not None else None)
        if named is None:
            raise ValueError(f"`{template}` names {{{match['name']}}}; there are {', '.join(sorted(names))}")
        if isinstance(named, str):
            others = {
                name: value for name, value in names.items() if name != match["name"]
            }  # so that a text that names itself is an error with an end
            return fill(named, others, cell=cell, joiner=joiner) if named else match["otherwise"] or ""
        amounts = named if isinstance(named, tuple) else (named,)
        if match["part"]:
            return _part(amounts, match["part"])
        written = [_value(value, match["format"] or "g", cell) for value in amounts]
        return (" to " if cell and joiner == "–" else joiner).join(written)

    return _FIELD.sub(put, template)


def _value(amount: Amount, format_: str, cell: bool) -> str:
    written = (
        write(amount.value, format_)
        if amount.upto is None
        else f"{amount.value:g} to {write(amount.upto, format_)}"
    )
    return checked(amount.reference, written) if cell and amount.reference else written


def _part(amounts: tuple[Amount, ...], part: str) -> str:
    """What a template writes for `{name.part}`: the date of the values; the month or year of a value that is
    a date, else of the day for which it holds; the qualifier with a space after it, as recorded
    (`qualifier`), as a label begins (`about`), or only where it is a bound (`bound`); "+" for "more than"
    (`plus`). Raises ValueError for any other part.
    """
    if part == "date":
        return ", ".join(dict.fromkeys(amount.date for amount in amounts if amount.date))
    qualifier = amounts[0].qualifier
    parts = {
        "month": amounts[0].month,
        "year": amounts[0].month[-4:],
        "about": SHORT.get(qualifier, ""),
        "bound": SHORT.get(qualifier, "") if qualifier != "about" else "",
        "plus": "+" if qualifier == "more than" else "",
        "qualifier": f"{qualifier} " if qualifier else "",
    }
    if part not in parts:
        raise ValueError(f"a value has no `{part}`; it has date, {', '.join(parts)}")
    return parts[part]
