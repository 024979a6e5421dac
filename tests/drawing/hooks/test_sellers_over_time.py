"""What the sellers of one model asked, on records of the tests' own."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.figure import draw
from fieldguide.drawing.hooks.prices import SellersOverTime
from fieldguide.lists.price_history import history_figure
from fieldguide.records.price import Price
from fieldguide.records.price_history import MANY, price_histories
from tests.drawing.fixtures import book
from tests.figures.reading import check_drawing


def price(slug: str, role: str, *periods: tuple[str, str, float, float]) -> Price:
    """A record of `Model` with periods of (first day, last day, input, output)."""
    made = Price.model_validate(
        {
            "model": "Model 1.5",
            "provider": slug.title(),
            "role": role,
            "sells": "tokens",
            "periods": [
                {"from": first, "as_of": last, "input": read, "output": written}
                | {"source": "a-filing", "where": "a table", "seen": "2026-11-24"}
                for first, last, read, written in periods
            ],
        }
    )
    made._slug = slug
    return made


MAKER = price("maker", "maker", ("2026-01-01", "2026-06-30", 2, 6))
HOSTS = [
    price("one", "host", ("2026-02-01", "2026-04-30", 1, 1), ("2026-05-01", "2026-06-30", 4, 4)),
    price("two", "host", ("2026-02-01", "2026-06-30", 2, 2)),
    price("three", "cloud", ("2026-03-01", "2026-06-30", 3, 3)),
]


def having(tmp_path: Path, *prices: Price) -> Book:
    made = book(tmp_path, one=1)
    filing = made.sources["a-filing"].model_copy(update={"publisher": "A publisher"})
    made.sources = {"a-filing": filing}
    made.prices = {item.slug: item for item in prices}
    made.quantities = {**made.quantities, **made.prices}
    return made


def panel(made: Book) -> dict[str, Any]:
    [found] = SellersOverTime.model_validate({"prices": list(made.prices)}).compute(made)["panels"]
    return dict(found)


def test_the_range_is_that_of_three_sellers_besides_the_maker(tmp_path: Path) -> None:
    band, *lines = panel(having(tmp_path, MAKER, *HOSTS))["series"]
    assert [(low, high) for _, low, high in band["band"]] == [(1, 3), (1, 3), (2, 4), (2, 4)]
    assert band["band"][0][0] == pytest.approx(2026 + 2 / 12, abs=0.01)
    assert [line["id"] for line in lines] == ["maker", "one", "two", "three"]
    assert "strong" not in lines[0], "the maker's line stands out"
    assert lines[1]["strong"] is False
    assert panel(having(tmp_path, MAKER, *HOSTS[:2]))["series"][0]["id"] == "maker"


def test_of_many_sellers_a_few_have_lines_and_all_stand_in_the_table(tmp_path: Path) -> None:
    days = ("2026-01-01", "2026-06-30")
    hosts = [price(f"host-{cost}", "host", (*days, cost, cost)) for cost in range(2, MANY + 2)]
    fell = price("fell", "host", ("2026-01-01", "2026-02-28", 9, 9), ("2026-03-01", "2026-06-30", 3, 3))
    made = having(tmp_path, *hosts, fell)
    series = {line["id"]: line for line in panel(made)["series"]}
    assert {name for name, line in series.items() if line.get("steps")} == {
        "median-2026-01-01",
        "host-2",
        "fell",
        f"host-{MANY + 1}",
    }
    medians = series["median-2026-01-01"]["points"]
    assert [(step["x"], step["value"]) for step in medians] == [("2026-01-01", 6), ("2026-03-01", 5)]
    assert [step["label"] for step in medians] == ["", "median"], "the longer step has the name"
    [history] = price_histories(made.prices.values(), {}).values()
    figure = history_figure(history, made)
    assert "every seller is in the table" in figure.context
    drawing = draw(figure, made)
    check_drawing(drawing)
    assert drawing.table is not None and len(drawing.table.rows) == MANY + 2


def test_of_two_equal_prices_the_newer_is_named(tmp_path: Path) -> None:
    hosts = [
        price("old", "host", ("2026-01-01", "2026-06-30", 4, 4)),
        price("new", "host", ("2026-03-01", "2026-06-30", 4, 4)),
        price("low", "host", ("2026-01-01", "2026-06-30", 1, 1)),
    ]
    lines = panel(having(tmp_path, *hosts))["series"]
    assert {line["id"] for line in lines if any(point["label"] for point in line.get("points", []))} == {
        "new",
        "low",
    }


def test_a_point_has_its_prices_days_and_sources(tmp_path: Path) -> None:
    first, last = panel(having(tmp_path, *HOSTS[:1]))["series"][0]["points"]
    assert (first["x"], first["until"], last["x"]) == ("2026-02-01", "2026-04-30", "2026-05-01")
    assert first["value"] == {"mean": ["one.input-2026-02-01"] * 3 + ["one.output-2026-02-01"]}
    assert last["texts"] == {
        "input": "$4.00",
        "output": "$4.00",
        "role": "host",
        "first": "1\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2026",
        "last": "30\N{NO-BREAK SPACE}Jun\N{NO-BREAK SPACE}2026",
        "sources": "A publisher",
    }


def test_a_price_that_goes_on_has_no_second_label(tmp_path: Path) -> None:
    again = price("again", "maker", ("2026-01-01", "2026-02-01", 1, 1), ("2026-03-01", "2026-04-01", 1, 1))
    points = panel(having(tmp_path, again))["series"][0]["points"]
    assert [point["label"] for point in points] == ["{value:dollars}", ""]


@pytest.mark.parametrize(
    ("prices", "title"),
    [
        ([MAKER, *HOSTS], "Model 1.5 cost $2 to $4 on 30 Jun 2026"),
        (HOSTS[:1], "Model 1.5 went from $1 to $4"),
    ],
)
def test_the_chart_says_what_it_shows_and_its_marks_have_values(
    tmp_path: Path, prices: list[Price], title: str
) -> None:
    made = having(tmp_path, *prices)
    [history] = price_histories(made.prices.values(), {}).values()
    figure = history_figure(history, made)
    assert (history.key, figure.title) == ("model-1-5", title)
    drawing = draw(figure, made)
    check_drawing(drawing)
    assert drawing.table is not None
    assert len(drawing.table.rows) == sum(len(item.periods) for item in prices)
    for shapes in (drawing.wide, drawing.narrow):
        assert shapes is not None
        rows = {int(mark.attrib["data-row"]) for mark in shapes.root.iterfind(".//g[@data-row]")}
        assert rows == set(range(len(drawing.table.rows)))


def test_a_history_needs_a_change_or_three_sellers() -> None:
    assert price_histories([MAKER, HOSTS[1]], {}) == {}
    assert list(price_histories([MAKER, HOSTS[0]], {})) == ["model-1-5"]
    same = price("same", "maker", ("2026-01-01", "2026-02-01", 1, 1), ("2026-03-01", "2026-04-01", 1, 1))
    assert price_histories([same], {}) == {}
