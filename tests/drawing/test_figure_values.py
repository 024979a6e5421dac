"""Values and the templates in which figures write them."""

from pathlib import Path

import pytest

from fieldguide.book.numbers import number
from fieldguide.drawing.figure_values import Amount, Computed, amount, fill, numbers
from fieldguide.drawing.record_values import date
from tests.drawing.fixtures import book
from tests.figures.published import published


def test_a_number_is_found_in_facts_and_models() -> None:
    found = published("llama-run")
    assert number(found, "h100-sxm.memory") == 80 and number(found, "llama-31-405b.parameters") == 405e9
    assert date(found, "llama-31-405b.released") == "2024-07-23"


@pytest.mark.parametrize("reference", ["nobody.field", "h100.nothing", "public-text-stock.used-up"])
def test_what_is_no_number_is_refused_by_name(reference: str) -> None:
    with pytest.raises(KeyError, match=reference):
        number(published("llama-run"), reference)


def test_a_label_and_a_cell_from_one_template(tmp_path: Path) -> None:
    sales = amount(book(tmp_path, total={"value": 2e9, "qualifier": "more than"}), "sales.total")
    names = {"value": sales, "name": "Sales", "ends": (Amount(1), Amount(4))}
    assert fill("{name}: {value.about}{value:$gB}, {value.date}", names) == "Sales: over $2B, 31 Mar 2026"
    assert fill("{value.qualifier}{value:$gB}", names, cell=True) == "more than {{fact:sales.total|$2B}}"
    assert fill("{ends:g} times", names) == "1–4 times" and fill("{ends:g}", names, cell=True) == "1 to 4"
    assert fill("{profit:$gB|not recorded}, {{fact:a.b|7%}}", names) == "not recorded, {{fact:a.b|7%}}"


def test_a_name_that_there_is_not_is_said_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"names \{profit\}; there are name"):
        fill("{profit:g}", {"name": "Sales"})


def test_a_percentage_may_be_drawn_as_a_part_and_written_as_its_record_has_it(tmp_path: Path) -> None:
    made = book(tmp_path, share={"value": 7, "unit": "%"})
    part = amount(made, Computed.model_validate({"product": [0.01, "sales.share"]}))
    assert part.value == pytest.approx(0.07) and fill("{value:short times}", {"value": part}) == "0.07 times"
    names = {"value": part, "said": "{percent:g%}", "percent": amount(made, "sales.share")}
    assert fill("{said|}", names, cell=True) == "{{fact:sales.share|7%}}"


def test_a_date_has_its_own_month_and_another_value_that_of_its_day(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        opened={"value": "2031-03-04", "unit": "date"},
        sold={"value": 5, "as_of": "2030-12-31"},
        year={"value": "2029", "unit": "date"},
    )
    names = {name: amount(made, f"sales.{name}") for name in ("opened", "sold", "year")}
    assert fill("{opened.month}, {sold.month}, {year.month}", names, cell=True) == "Mar 2031, Dec 2030, 2029"
    assert fill("{opened.year}, {sold.year}, {year.year}", names) == "2031, 2030, 2029"


def test_assertions_see_the_values_among_the_names(tmp_path: Path) -> None:
    made = book(tmp_path, total=2e9)
    assert numbers(
        {"value": amount(made, "sales.total"), "name": "Sales", "ends": (Amount(1), Amount(4))}
    ) == {"value": [2e9], "ends": [1, 4]}


@pytest.mark.parametrize(
    ("computed", "value"),
    [
        ({"ratio": ["sales.one", 4]}, 2.5),
        ({"difference": [12, "sales.one"]}, 2),
        ({"sum": ["sales.one", 1, 2]}, 13),
        ({"product": ["sales.one", 2, 3]}, 60),
    ],
)
def test_a_number_is_computed_from_others(
    tmp_path: Path, computed: dict[str, list[object]], value: float
) -> None:
    assert amount(book(tmp_path, one=10), Computed.model_validate(computed)).value == value


def test_a_number_is_computed_from_computed_ones(tmp_path: Path) -> None:
    nested = {"ratio": [{"sum": [{"product": ["sales.one", 3]}, 6]}, {"difference": ["sales.one", 4]}]}
    assert amount(book(tmp_path, one=10), Computed.model_validate(nested)).value == 6


def test_a_text_that_names_itself_is_refused() -> None:
    with pytest.raises(ValueError, match=r"names \{chips\}"):
        fill("{chips}", {"chips": "{chips} of them"})
