"""Values and the templates in which figures write them."""

from pathlib import Path

import pytest

from fieldguide.drawing.amounts import Amount, Computed, amount, fill, numbers, write
from tests.drawing.fixtures import book


@pytest.mark.parametrize(
    ("value", "how", "text"),
    [
        (1.25e9, "$.3gB", "$1.25B"),
        (3e11, "$,.4gB", "$300B"),
        (81.6e9, "$.3g billion", "$81.6 billion"),
        (43, "g%", "43%"),
        (-11.2, ".0f%", "−11%"),
        (4, ",.0f times", "4 times"),
        (37e6, "money", "$37M"),
        (1.2e9, "money", "$1.2B"),
        (400, "dollars", "$400"),
        (0.99, "dollars", "$0.99"),
        (1000, "dollars", "$1,000"),
        (4.752e23, "power.3", "4.75×10²³"),
        (6e22, "power FLOP", "6×10²² FLOP"),
        (1e25, "decade", "10²⁵"),
        (0.01, "short", "0.01"),
        (713.3, "short", "713"),
        (0.2667, "digits", "0.27"),
        (266.7, "digits", "270"),
        (46.5, "round%", "47%"),
        (39.5, "round%", "40%"),
        (516e3, "size", "516 kB"),
        (4.7e6, "size", "4.7 MB"),
        (14, "words", "14"),
        (9, "spelled", "nine"),
        (0.0159, "percent", "1.6%"),
        (0.0005, "percent.2", "0.05%"),
    ],
)
def test_formats(value: float, how: str, text: str) -> None:
    assert write(value, how) == text


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ValueError, match="no format `dollar`"):
        write(1, "dollar")


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
