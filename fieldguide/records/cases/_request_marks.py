"""What each number of one request is: a record's, an estimate or an assumption, or the reader's own; and what
is to be said where a number was measured or asked for something else.

docs/labs/one-request/marks.mjs says the same in the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fieldguide.records.cases import Lab, Row, Values
from fieldguide.text.dates import show_date
from fieldguide.text.spoken import digits

PRICES = ("input_price", "output_price")
REACHED = ("reading", "writing")
MEASURED = (
    "model",
    "bits",
    "cache_bits",
    "chips",
    "memory",
    "bandwidth",
    "rate8",
    "users",
    "context",
    "answer",
)
"""What the share of the bound was measured with, which the example has."""
SOFT, OWN = "ring", "yours"


def _inputs(lab: Lab) -> dict[str, Row]:
    return {item["id"]: item for group in lab["groups"] for item in group["inputs"]}


def _picked(values: Values, lab: Lab) -> dict[str, Row]:
    """The rows that are picked, by their input."""
    return {
        name: row
        for name, item in _inputs(lab).items()
        for row in item.get("rows", ())
        if row["id"] == values[name]
    }


def standing(values: Values, lab: Lab) -> dict[str, str]:
    """Of each number that is put in: `ring` for an estimate or an assumption, `yours` for the reader's,
    nothing for a record's.
    """
    rows, found = list(_picked(values, lab).values()), {}
    for name, item in _inputs(lab).items():
        if item["kind"] == "number":
            found[name] = _one(name, item, values[name], rows, lab)
    found |= dict.fromkeys(PRICES, SOFT) if of_another(values, lab) else {}
    found |= {name: SOFT for name in REACHED if elsewhere(values, lab) and not found[name]}
    return found | {"each": found["rate8" if values["bits"] == "eight" else "rate16"]}


def _one(name: str, item: Row, value: Any, rows: Sequence[Row], lab: Lab) -> str:
    if any(name in row.get("lacks", ()) for row in rows):  # a number that came with another accelerator stays
        return (
            ""
            if not value
            else (
                SOFT
                if any(row["values"].get(name) == value for row in _inputs(lab)["offer"]["rows"])
                else OWN
            )
        )
    filled = [row for row in rows if name in row["values"]]
    row = next((row for row in filled if name in row["origins"]), filled[0] if filled else None)
    origin = row["origins"].get(name) if row is not None else item.get("origin")
    if value != (row["values"][name] if row is not None else item["default"]):
        return OWN
    return SOFT if (origin and lab["origins"][origin].get("soft")) or (not origin and row is None) else ""


def marks(lines: Iterable[Row], values: Values, lab: Lab) -> list[tuple[str, bool, bool]]:
    """Of each line the result that it gives, whether an estimate or an assumption is in it, and whether it
    writes out a number of the reader's.
    """
    found = standing(values, lab)
    return [
        (
            line["gives"],
            any(found.get(one) == SOFT for one in line["on"]),
            any(found.get(one) == OWN for one in line["own"]),
        )
        for line in lines
    ]


def of_another(values: Values, lab: Lab) -> bool:
    """Whether the list price that stands is that of another model than the one that is picked."""
    rows = _picked(values, lab)
    return "api" in rows and not _sells(rows["api"], rows["model"]) and _stands(values, rows["api"])


def elsewhere(values: Values, lab: Lab) -> bool:
    """Whether anything is otherwise than where the share of the bound was measured."""
    inputs = _inputs(lab)
    return any(values[name] != inputs[name]["default"] for name in MEASURED)


def _sells(price: Row, model: Row) -> bool:
    return str(price["name"]).startswith(model["name"])


def _stands(values: Values, price: Row) -> bool:
    return all(price["values"].get(name) == values[name] for name in PRICES)


def notes(values: Values, lab: Lab) -> dict[str, str]:
    """By step what is to be said of its numbers: where the share of the bound was measured, and whose list
    price it is.
    """
    price = _price(values, lab)
    found = {"price": price}
    if of_another(values, lab):
        found |= dict.fromkeys(("seat", "dollar"), price)
    inputs = _inputs(lab)
    shares = {values[name] for name in REACHED if values[name] == inputs[name]["default"]}
    if shares and elsewhere(values, lab):
        said = (
            f"We calculated this efficiency, {digits(shares.pop(), 3)}% of the theoretical maximum, from"
            " NVIDIA’s test of Llama 3.3 70B on two H100s, with 50 requests, prompts of 5,000 tokens and"
            " answers of 500. Here it is an assumption."
        )
        found |= dict.fromkeys(("batch", "rent"), said)
    return found


def _price(values: Values, lab: Lab) -> str:
    rows, sold = _picked(values, lab), _inputs(lab)["api"]["rows"]
    price, model = rows["api"], rows["model"]
    if not _stands(values, price):
        return "You entered this price yourself."
    day = lab["origins"][price["origins"][PRICES[0]]]["as_of"]
    whose = f"{price['name']}, sold by {price['note']}, on {show_date(day)}"
    if _sells(price, model):
        return f"This was the list price of {whose}."
    if any(_sells(row, model) for row in sold):
        return f"This was the price of a different model, {whose}. Here it is an assumption."
    return (
        f"We have no list price for {model['name']}. This was the price of {whose}, and here it is an"
        " assumption."
    )
