"""The lowest price of an ability, on records of the tests' own."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.hooks.prices import PriceByAbility
from fieldguide.records.price import Price
from tests.drawing.fixtures import book


def price(slug: str, *periods: tuple[str, float, float] | tuple[str, float, float, str]) -> Price:
    """A maker's record with periods of (first day, input, output, day on which it ended)."""
    made = Price.model_validate(
        {
            "model": slug,
            "provider": "Maker",
            "role": "maker",
            "sells": "tokens",
            "periods": [
                {"from": day, "as_of": day, "input": read, "output": written, "until": (*until, None)[0]}
                | {"source": "a-filing", "where": "a table", "seen": "2026-11-24"}
                for day, read, written, *until in periods
            ],
        }
    )
    made._slug = slug
    return made


@pytest.fixture
def made(tmp_path: Path) -> Book:
    """A first model, a cheaper one that is as able and ends, one that is too weak, and a later one."""
    prices = [
        price("first", ("2025-01-01", 3, 11)),
        price("rival", ("2025-06-01", 1, 1, "2025-09-01"), ("2025-09-01", 2, 2, "2026-01-01")),
        price("weak", ("2025-02-01", 0.1, 0.1)),
        price("late", ("2026-03-01", 0.5, 0.5)),
    ]
    records = book(
        tmp_path,
        first=100,
        rival=100.5,
        weak=99,
        late=120,
    )
    records.prices = {item.slug: item for item in prices}
    records.quantities = {**records.quantities, **records.prices}
    return records


def steps(made: Book, as_of: str = "2026-02-01", **first: str) -> list[tuple[str, str, list[str]]]:
    """(day, model, fields of the price) of each point."""
    offers = [
        {"id": slug, "name": slug.title(), "score": f"sales.{slug}", "price": slug} for slug in made.prices
    ]
    offers[0] |= first
    inputs: dict[str, Any] = {
        "as_of": as_of,
        "offers": offers,
        "levels": [{"id": "able", "name": "as able as the first", "offer": "first"}],
    }
    [panel] = PriceByAbility.model_validate(inputs).compute(made)["panels"]
    points = panel["series"][0]["points"]
    assert points[-1]["until"] == as_of
    return [(point["x"], point["name"], point["value"]["mean"]) for point in points]


def test_a_point_stands_wherever_the_lowest_price_of_the_able_changes(made: Book) -> None:
    assert [(day, name) for day, name, _ in steps(made)] == [
        ("2025-01-01", "First"),
        ("2025-06-01", "Rival"),
        ("2025-09-01", "Rival"),
        ("2026-01-01", "First"),
    ]


def test_three_tokens_are_read_for_each_one_written_and_every_part_is_a_field(made: Book) -> None:
    found = steps(made)
    assert found[0][2] == ["first.input"] * 3 + ["first.output"]
    assert found[1][2] == ["rival.input-2025-06-01"] * 3 + ["rival.output-2025-06-01"]
    assert found[2][2] == ["rival.input"] * 3 + ["rival.output"]


def test_what_began_after_the_day_of_the_figure_is_left_out(made: Book) -> None:
    assert steps(made, "2026-03-01")[-1][1] == "Late"
    assert steps(made, "2025-08-01")[-1][:2] == ("2025-06-01", "Rival")


def test_one_period_may_be_that_of_the_model_and_must_exist(made: Book) -> None:
    made.prices["first"] = price("first", ("2024-01-01", 0.1, 0.1), ("2025-01-01", 3, 11))
    made.quantities = {**made.quantities, "first": made.prices["first"]}
    assert steps(made, period="2025-01-01")[0][:2] == ("2025-01-01", "First")
    with pytest.raises(ValueError, match="first has no period from 2023-01-01"):
        steps(made, period="2023-01-01")


def test_a_day_without_any_price_is_an_error(made: Book) -> None:
    made.prices["first"] = price("first", ("2025-01-01", 3, 11, "2025-02-01"))
    with pytest.raises(ValueError, match="no offer of this ability has a price on 2025-02-01"):
        steps(made)
