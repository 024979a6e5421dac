"""Shelf life: from which day a value may have changed, by what it is and when it was true; its age."""

from __future__ import annotations

import re

import pytest

from fieldguide.book import Book, load_book
from fieldguide.records.field import Ages, FieldMatch
from fieldguide.records.shelf import BY_SOURCE, DAYS, WORDS, ShelfLife, shelf_life
from fieldguide.text.dates import add_months, last_day, newest_day
from tests.conftest import CHIP, COMPANY, MODEL, PRICE, Project
from tests.guide import ROOT

FACT = "title: Said\nsource: {kind}2026\nwhere: p. 1\nas_of: 2026-10-01\nseen: 2026-11-24\n{record}fields:\n"
NEVER = ("", "", "")


def life(book: Book, reference: str) -> tuple[str, str, str]:
    """The day on which the value behind `record.field` was true, the day from which it may have changed, and
    what it is; NEVER for one that does not age.
    """
    found = book.find(reference)
    assert isinstance(found, FieldMatch)
    known = shelf_life(book.quantities, book.sources, found.record, found.name)
    return (known.since, known.until, known.ages) if known else NEVER


def source(project: Project, kind: str) -> None:
    text = (project.root / "data/sources/hoffmann2022.yml").read_text(encoding="utf-8")
    project.write(
        f"data/sources/{kind}2026.yml",
        text.replace("kind: paper", f"kind: {kind}").replace("2203.15556", kind),
    )


def said(project: Project, fields: str, kind: str = "vendor", record: str = "") -> Book:
    """The book with a record `said` of a source of this kind."""
    source(project, kind)
    project.write("data/facts/said.yml", FACT.format(kind=kind, record=record) + fields)
    return load_book(project.root)


@pytest.mark.parametrize(
    ("kind", "until"),
    [
        ("vendor", "2027-03-30"),
        ("press", "2027-03-30"),
        ("filing", "2027-02-18"),
        ("survey", "2027-10-01"),
        ("data", "2027-10-01"),
        ("paper", ""),
    ],
)
def test_a_value_is_counted_from_the_day_on_which_it_was_true_by_the_kind_of_its_source(
    project: Project, kind: str, until: str
) -> None:
    book = said(project, "  now: {value: 3, unit: tokens}\n", kind)
    assert life(book, "said.now") == (("2026-10-01", until, BY_SOURCE[kind]) if until else NEVER)


@pytest.mark.parametrize("ages", [*DAYS, "never"])
def test_a_record_says_for_all_its_fields_what_they_are_and_a_field_for_itself(
    project: Project, ages: Ages
) -> None:
    book = said(
        project,
        "  now: {value: 3, unit: tokens}\n  own: {value: 3, unit: tokens, ages: year}\n",
        record=f"ages: {ages}\n",
    )
    assert life(book, "said.now")[2] == ("" if ages == "never" else ages)
    assert life(book, "said.own") == ("2026-10-01", "2027-12-30", "year")


def test_what_states_its_own_period_does_not_age(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/hardware/x1.yml", CHIP)
    project.write("data/models/chinchilla.yml", MODEL)
    project.write("data/prices/acme-one.yml", PRICE)
    book = said(
        project,
        "  once: {value: 2, unit: tokens, as_of: 2025-11-24}\n"
        "  almost: {value: 2, unit: tokens, as_of: 2025-11-25}\n"
        "  counted: {value: 2, unit: tokens, kind: ours, note: by us}\n"
        "  began: {value: 2026-03-01, unit: date}\n",
    )
    for reference in (
        "said.once",
        "said.counted",
        "said.began",
        "reading.tokens",
        "reading.budget",
        "x1.memory",
        "chinchilla.parameters",
        "acme-one.since",
        "acme-one.date",
        "acme-one.input-2026-01-01",
    ):
        assert life(book, reference) == NEVER, reference
    assert life(book, "said.almost")[0] == "2025-11-25"


def test_a_price_counts_from_the_last_day_on_which_a_list_showed_it_until_it_ends(project: Project) -> None:
    project.write("data/prices/acme-one.yml", PRICE)
    rental = PRICE.replace("sells: tokens\nmodel: One", "sells: gpu-hours\naccelerator: x1\nterms: spot")
    project.write("data/hardware/x1.yml", CHIP)
    project.write(
        "data/prices/acme-hour.yml",
        re.sub(r"input: (\d), output: \d(, cached: [\d.]+)?", r"hour: \1", rental),
    )
    project.write(
        "data/prices/acme-two.yml",
        PRICE.replace("model: One", "model: Two\nholds_until: 2026-10-15"),
    )
    project.write(
        "data/prices/acme-three.yml",
        PRICE.replace("model: One", "model: Three").replace(
            "as_of: 2026-09-01", "as_of: 2026-09-01, until: 2026-11-01"
        ),
    )
    project.write(
        "data/prices/acme-four.yml",
        PRICE.replace("model: One", "model: Four").replace("as_of: 2026-09-01", "as_of: 2026-11-30"),
    )
    book = load_book(project.root)
    assert life(book, "acme-one.input") == ("2026-09-01", "2026-10-31", "price")
    assert life(book, "acme-hour.hour") == ("2026-09-01", "2026-10-31", "rent")
    assert life(book, "acme-two.output") == ("2026-09-01", "2026-10-15", "price")
    assert life(book, "acme-three.input") == NEVER
    assert life(book, "acme-four.input")[0] == "2026-11-30"  # a list read later than the first source


def test_a_law_counts_from_the_day_on_which_somebody_last_looked_for_a_change(project: Project) -> None:
    book = said(
        project,
        "  threshold: {value: 3, unit: USD, as_of: 2024-07-12}\n  begins: {value: 2027-08-02, unit: date}\n",
        record="ages: law\n",
    )
    assert life(book, "said.threshold") == ("2026-11-24", "2027-03-24", "law")
    assert life(book, "said.begins") == ("2026-11-24", "2027-03-24", "law")


def test_a_day_that_was_only_announced_may_have_changed_when_it_comes(project: Project) -> None:
    book = said(
        project,
        "  ends: {value: 2026-12-11, unit: date}\n  far: {value: 2031-01-01, unit: date}\n"
        "  month: {value: 2026-12, unit: date, ages: never}\n  over: {value: 2026-11-20, unit: date}\n",
    )
    assert [life(book, f"said.{name}")[1] for name in ("ends", "far", "month", "over")] == [
        "2026-12-11",
        "2027-03-30",
        "2026-12-31",
        "",
    ]


@pytest.mark.parametrize(
    ("as_of", "since"),
    [
        ("2026-09-14", "2026-09-14"),
        ("2026-09", "2026-09-30"),
        ("2026-11", "2026-11-24"),
        ("2026", "2026-11-24"),
    ],
)
def test_a_month_or_a_year_counts_from_its_last_day_but_none_after_the_value_was_read(
    project: Project, as_of: str, since: str
) -> None:
    book = said(project, f"  now: {{value: 3, unit: tokens, as_of: {as_of}}}\n")
    assert life(book, "said.now")[0] == since


def test_a_computed_value_is_as_old_as_the_input_that_may_change_first(project: Project) -> None:
    computed = "computed: ratio, inputs: {{numerator: said.{0}, denominator: said.{1}}}, unit: times"
    book = said(
        project,
        "  slow: {value: 2, unit: tokens, ages: survey}\n  fast: {value: 2, unit: tokens, ages: price}\n"
        "  past: {value: 2, unit: tokens, ages: never}\n"
        f"  both: {{{computed.format('slow', 'fast')}}}\n  none: {{{computed.format('past', 'past')}}}\n"
        f"  dated: {{{computed.format('slow', 'fast')}, ages: never}}\n",
    )
    assert life(book, "said.both") == life(book, "said.fast") == ("2026-10-01", "2026-11-30", "price")
    assert life(book, "said.none") == life(book, "said.dated") == NEVER


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-09-30", ""),
        ("2026-10-30", ""),
        ("2026-10-31", "30 days old"),
        ("2026-11-29", "59 days old"),
        ("2026-11-30", "60 days old, may have changed"),
        ("2029-10-01", "1,096 days old, may have changed"),
    ],
)
def test_the_age_is_said_from_half_of_the_shelf_life_on(day: str, words: str) -> None:
    assert ShelfLife("2026-10-01", "2026-11-30", "price").age(day) == words


def test_one_day_is_one_day() -> None:
    announced = ShelfLife("2026-11-30", "2026-12-01", "price")
    assert (announced.age("2026-11-30"), announced.age("2026-12-01")) == ("", "1 day old, may have changed")


def test_the_shelf_lives_are_the_ones_that_the_guide_states() -> None:
    text = (ROOT / "docs/about/how-we-check.md").read_text(encoding="utf-8")
    stated = re.findall(r"^\| .+ \| (\d+)\sdays \|$", text, flags=re.M)
    assert [int(days) for days in stated] == sorted(set(DAYS.values()))
    assert set(WORDS) == set(DAYS)


def test_dates_are_counted_to_the_same_day_or_the_last_of_the_month() -> None:
    assert [
        add_months("2026-11-25", 3),
        add_months("2026-11-30", 3),
        add_months("2023-11-29", 3),
        add_months("2026-12", 1),
        add_months("2026", 24),
    ] == ["2027-02-25", "2027-02-28", "2024-02-29", "2027-01-01", "2028-01-01"]
    assert [last_day(day) for day in ("2026", "2024-02", "2026-08-04")] == [
        "2026-12-31",
        "2024-02-29",
        "2026-08-04",
    ]
    assert newest_day("# Changelog\n\n## 5 Nov 2026\n") == "2026-11-05"
