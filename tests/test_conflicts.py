"""Two readings of one thing for one time that differ stand in a box “Sources disagree”, or are a problem."""

import pytest

from fieldguide.checks.conflicts import by_quantity, differ, same_time
from fieldguide.records.field import Field
from tests.conftest import FACT, Project
from tests.guide import guide

OTHER = FACT.replace("What Chinchilla read", "What a reader counted").replace("reading.", "count.")
BOX = (
    '\n\n!!! disagree "How much did it read?"\n    | A paper | A reader |\n    | --- | --- |\n    |'
    " [1.4T](fact:reading.tokens) | [{value}](fact:count.tokens) |\n    | Counted. | Estimated. |\n\n    **We"
    " use** the first.\n"
)


def two(
    project: Project,
    value: str,
    first: str = "chinchilla/tokens",
    second: str = "chinchilla/tokens",
    date: str = "2022-03-29",
    box: bool = False,
    shown: str = "1.5T",
) -> list[str]:
    project.write(
        "data/facts/reading.yml", FACT.replace("unit: tokens}", f"unit: tokens, measures: {first}}}")
    )
    project.write(
        "data/facts/count.yml",
        OTHER.replace(
            "value: 1.4e12, unit: tokens}",
            f"value: {value}, unit: tokens, measures: {second}, as_of: {date}}}",
        ),
    )
    project.page(
        f"It read [1.4T](fact:reading.tokens), or [{shown}](fact:count.tokens), tokens [@hoffmann2022]."
        + (BOX.format(value=shown) if box else "")
    )
    return project.problems()


def test_two_readings_that_differ_name_both_records_and_the_cure(project: Project) -> None:
    assert two(project, "1.5e12") == [
        "data/facts/reading.yml:8: `reading.tokens` and `count.tokens` (data/facts/count.yml:8) both measure"
        " chinchilla/tokens, and say 1.4T tokens and 1.5T tokens — link both in one box `!!! disagree` that"
        " says why they differ, correct one, or give them other `measures`"
    ]


def test_a_box_that_links_both_settles_it(project: Project) -> None:
    assert two(project, "1.5e12", box=True) == []


def test_what_agrees_to_its_digits_needs_no_box(project: Project) -> None:
    assert two(project, "1.41e12", shown="1.41T") == []


def test_another_quantity_or_another_day_needs_no_box(project: Project) -> None:
    assert two(project, "1.5e12", second="chinchilla/epochs") == []
    assert two(project, "1.5e12", date="2023-01-01") == []


def test_a_quantity_with_its_period_asks_for_no_date(project: Project) -> None:
    assert (
        len(
            two(
                project,
                "1.5e12",
                first="chinchilla/tokens/ever",
                second="chinchilla/tokens/ever",
                date="2023-01-01",
            )
        )
        == 1
    )


def test_a_reading_that_no_page_states_disagrees_with_nobody(project: Project) -> None:
    two(project, "1.5e12")
    project.page("It read [1.4T](fact:reading.tokens) tokens [@hoffmann2022].")
    assert project.problems() == []


def test_a_key_that_is_no_key_is_refused(project: Project) -> None:
    assert any(
        "data/facts/count.yml" in problem and "measures" in problem
        for problem in two(project, "1.5e12", second="Tokens read")
    )


def test_a_record_says_it_for_its_given_fields_and_not_for_its_computed_ones(project: Project) -> None:
    project.write(
        "data/facts/reading.yml",
        FACT.replace("source: hoffmann2022\n", "source: hoffmann2022\nmeasures: chinchilla/tokens\n"),
    )
    fields = project.index().book.facts["reading"].fields
    assert (fields["tokens"].measures, fields["budget"].measures) == ("chinchilla/tokens", None)


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ({"value": 43}, {"value": 42.6}, False),
        ({"value": 43}, {"value": 42.4}, True),
        ({"value": [9, 900]}, {"value": 10}, False),
        ({"value": [38, 43]}, {"value": 35}, True),
        ({"value": 4.5e9, "qualifier": "about"}, {"value": 4.59e9}, False),
        ({"value": 518e9, "qualifier": "at least"}, {"value": 530e9}, False),
        ({"value": 518e9, "qualifier": "at least"}, {"value": 517e9}, True),
        ({"value": 20, "qualifier": "at most"}, {"value": 25}, True),
        ({"value": 20, "qualifier": "less than"}, {"value": 25}, True),
        ({"value": 20, "qualifier": "less than"}, {"value": 15}, False),
    ],
)
def test_values_differ_beyond_their_digits(
    first: dict[str, object], second: dict[str, object], apart: bool
) -> None:
    one, other = Field.model_validate({"unit": "%", **first}), Field.model_validate({"unit": "%", **second})
    assert differ(one, other) is apart
    assert differ(other, one) is apart


def test_a_month_holds_its_days() -> None:
    assert same_time("a/b", Field(value=1, as_of="2025-12"), Field(value=1, as_of="2025-12-31"))
    assert not same_time("a/b", Field(value=1, as_of="2025-12"), Field(value=1, as_of="2025-11-30"))


@pytest.mark.whole
def test_the_guide_compares_what_it_holds_twice() -> None:
    shared = {
        quantity: readings for quantity, readings in by_quantity(guide().claims).items() if len(readings) > 1
    }
    assert len(shared) >= 15
    assert {"openai/gross-margin/2025", "openai/run-rate", "gpt-4/cost-owned"} <= set(shared)
