"""Fields inherit their record's origin; computed ones inherit sources and the oldest date."""

import pytest

from fieldguide.book import Book, load_book
from fieldguide.book.evidence import field_kind
from fieldguide.records.field import show_value
from tests.conftest import FACT, SOURCE, Project


def write_mixed(project: Project, size: str) -> Book:
    """The fact of the tests, its size from another source."""
    project.write("data/sources/other2020.yml", SOURCE)
    text = FACT.replace("reading.size", "mixed.size").replace("{value: 70e9, unit: parameters}", size)
    project.write("data/facts/mixed.yml", text)
    return load_book(project.root)


def test_a_computed_field_has_value_sources_and_the_oldest_date(project: Project) -> None:
    size = "{value: 10, unit: parameters, source: other2020, where: p. 1, as_of: 2020-01-01}"
    field = write_mixed(project, size).facts["mixed"].fields["budget"]
    assert (field.value, field.sources) == (6 * 10 * 1.4e12, ["other2020", "hoffmann2022"])
    assert (field.as_of, field.kind) == ("2020-01-01", "derived")


def test_a_field_of_another_source_does_not_inherit_place_and_copy(project: Project) -> None:
    book = write_mixed(project, "{value: 10, unit: parameters, source: other2020}")
    assert any("`size` has no where" in str(problem) for problem in book.problems)


LIFE = """title: How long a model was offered
source: hoffmann2022
where: p. 1
as_of: 2026-11-30
seen: 2026-11-30
fields:
  start: {value: 2025-08-07, unit: date}
  end: {value: 2026-12-11, unit: date}
  month: {value: 2026-12, unit: date}
  notice: {value: 120, unit: days}
  days: {computed: days_between, inputs: {start: life.start, end: life.end}, unit: days}
  latest: {computed: date_back_from, inputs: {end: life.end, days: life.notice}, unit: date}
"""


def test_a_formula_takes_full_dates_and_gives_one(project: Project) -> None:
    project.write("data/facts/life.yml", LIFE)
    book = load_book(project.root)
    fields = book.facts["life"].fields
    assert not book.problems
    assert (fields["days"].value, fields["latest"].value, show_value(fields["latest"])) == (
        491,
        "2026-08-13",
        "13 Aug 2026",
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "end: life.end}, unit: days",
            "end: life.month}, unit: days",
            "input `life.month` is not a full date — name a field with a full date",
        ),
        (
            "end: life.end}, unit: days",
            "end: life.notice}, unit: days",
            "input `life.notice` is not a full date",
        ),
        (
            "days: life.notice}, unit: date",
            "days: life.start}, unit: date",
            "input `life.start` is not a number — name a field with a number",
        ),
        (
            "days: life.notice}, unit: date",
            "days: life.notice}, unit: days",
            "the unit of `latest` does not fit what `date_back_from` gives — write `unit: date`",
        ),
        (
            "end: life.end}, unit: days",
            "end: life.end}, unit: date",
            "the unit of `days` does not fit what `days_between` gives",
        ),
        (
            "value: 120, unit: days",
            "value: 120, unit: days, kind: derived",
            (
                "`notice` is called derived and has no formula — give it `computed:` and `inputs:`; else take"
                " `kind` out where the source states the value"
            ),
        ),
        (
            "value: 120, unit: days",
            "value: 120, unit: days, kind: ours",
            "`notice` is our own count or choice, and nothing says which — add `note:",
        ),
    ],
)
def test_what_cannot_be_worked_out_again_is_refused(project: Project, old: str, new: str, says: str) -> None:
    assert old in LIFE
    project.write("data/facts/life.yml", LIFE.replace(old, new))
    assert any(says in str(problem) for problem in load_book(project.root).problems)


def test_what_we_counted_is_ours(project: Project) -> None:
    project.write(
        "data/facts/life.yml",
        LIFE.replace(
            "value: 120, unit: days", "value: 120, unit: days, kind: ours, note: counted in the list"
        ),
    )
    book = load_book(project.root)
    assert not book.problems and field_kind(book.facts["life"].fields["notice"]) == "ours"
