"""The sellers of one open model as a table: how many of each role, how many repeat another's list, and their middle prices."""

from __future__ import annotations

from statistics import median

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, matrix, text
from fieldguide.drawing.pictures.one_model_prices import Class, check_repeats, listings, value
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict
from fieldguide.records.price import Role
from fieldguide.text.money import show_price

SLUG = "one-model-classes"
HEADER = ["Role", "Listings", "Repeats", "Input", "Output"]


class Data(Strict):
    record: str
    as_of: str
    classes: list[Class] = Key(min_length=2)
    repeats: dict[str, str]
    lowest: Role
    """The role that the title says has the lowest middle price of input, and half of whose listings repeat another's: otherwise an error."""


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the listings no longer support the classification."""
    check_repeats(data.repeats, book)
    every = listings(book, data.record, data.as_of)
    by_role = {item.role: [price for price in every if price.role == item.role] for item in data.classes}
    middle = {role: median(value(price, "input") for price in found) for role, found in by_role.items()}
    least = by_role[data.lowest]
    if min(middle, key=lambda role: middle[role]) != data.lowest or 2 * sum(price.slug in data.repeats for price in least) != len(least):
        raise ValueError(f"{SLUG}: the records no longer say what the title says of the role `{data.lowest}`")
    groups = [(item.name, by_role[item.role]) for item in data.classes]
    groups.append(("All listings", every))
    rows = []
    for name, found in groups:
        inputs, outputs = [value(price, "input") for price in found], [value(price, "output") for price in found]
        texts = [
            f"{len(found)}", str(sum(price.slug in data.repeats for price in found)), f"${show_price(round(median(inputs), 4))}", f"${show_price(round(median(outputs), 4))}",
        ]
        rows.append(f"<tr><th scope=\"row\">{text(name)}</th>{''.join(cell(label, text(words)) for label, words in zip(HEADER[1:], texts, strict=True))}</tr>")
    return Drawing(html=matrix("Sellers of gpt-oss-120b by role", HEADER, rows, entries=False))
