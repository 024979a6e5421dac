"""Tables of text, on records of the tests' own."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from fieldguide.book import Book
from fieldguide.drawing.figure import check_figure, draw
from fieldguide.drawing.kinds import KINDS
from fieldguide.records.figure import Figure
from tests.drawing.fixtures import book, figure
from tests.figures.reading import cells

ROWS = [
    {
        "id": "one",
        "name": "One",
        "note": "a case",
        "cells": {
            "why": "It sells [$5](fact:sales.one) & more. [@a-filing]",
            "verdict": "**Yes.** As **said**",
        },
    },
    {
        "name": "Two",
        "cells": {
            "why": ["2026-04-26"],
            "verdict": {
                "text": ["**In part:** see", "[Prices](data/prices.md#two)"],
                "note": "in 2025, [@press]",
            },
        },
    },
]


def table(**more: Any) -> dict[str, Any]:
    """The data of a small table: two cases, a reason and a verdict each."""
    return {
        "name": "Cases of the tests",
        "head": "Case",
        "columns": {"why": "Why", "verdict": {"head": "Count?", "among": ["yes", "in part"]}},
        "rows": ROWS,
        **more,
    }


def made(tmp_path: Path, **more: Any) -> tuple[Figure, Book]:
    records = book(tmp_path, one=5, two={"value": 11, "qualifier": "about"}, three=7)
    return (
        figure(
            records,
            "table",
            table(**{key: value for key, value in more.items() if key != "asserts"}),
            asserts=more.get("asserts", []),
        ),
        records,
    )


def rows(tmp_path: Path, **more: Any) -> list[list[str]]:
    return cells(draw(*made(tmp_path, **more)).html or "")


def test_rows_columns_notes_and_inline_markup(tmp_path: Path) -> None:
    html = draw(*made(tmp_path)).html or ""
    assert cells(html) == [
        ["Case", "Why", "Count?"],
        ["Onea case", "It sells {{fact:sales.one|$5}} & more. {{cite:a-filing}}", "Yes. As said"],
        ["Two", "26 Apr 2026", "In part: seePricesin 2025, {{cite:press}}"],
    ]
    assert (
        "<strong>Yes.</strong> As <strong>said</strong>" in html
        and '<br/><a href="/data/prices.md#two">Prices</a><span class="fg-sub">' in html
    )
    assert (
        '<th scope="row">One<span class="fg-sub">a case</span></th>' in html
        and 'aria-label="Cases of the tests"' in html
    )


def test_on_a_phone_it_is_entries_with_their_labels_or_stays_a_table(tmp_path: Path) -> None:
    html = draw(*made(tmp_path)).html or ""
    assert 'class="fg-table fg-table--stacks"' in html, "its cells are words"
    assert html.count("<td data-label=") == html.count("<td") == 4
    scrolls = draw(*made(tmp_path, phone="scrolls")).html or ""
    assert 'class="fg-table fg-table--scrolls" data-columns="3"' in scrolls
    fits = draw(*made(tmp_path, phone="fits")).html or ""
    assert 'class="fg-table"' in fits and '<table class="fg-compact">' in fits


def test_a_column_of_numbers_stands_at_the_right(tmp_path: Path) -> None:
    columns = {
        "sales": {"head": "Sales", "numbers": True, "cell": "{value:$g}"},
        "why": {"head": "Why", "cell": "so"},
    }
    html = (
        draw(*made(tmp_path, columns=columns, rows=[{"name": "One", "values": {"value": "sales.one"}}])).html
        or ""
    )
    assert 'class="fg-table fg-table--scrolls"' in html, "its cells are short"
    assert (
        '<th scope="col" class="fg-num">Sales</th>' in html
        and '<td class="fg-num" data-label="Sales">' in html
    )
    assert html.count("fg-num") == 2


def test_a_column_says_what_stands_in_rows_without_a_cell_and_values_are_checked_numbers(
    tmp_path: Path,
) -> None:
    columns = {
        "sales": {"head": "Sales", "cell": {"text": "{value.about|}{value:$.3g|not read}", "note": "{much}"}}
    }
    data = {
        "columns": columns,
        "texts": {"much": "{times:.1f} times"},
        "values": {"times": {"ratio": ["sales.two", "sales.one"]}},
    }
    filled = rows(
        tmp_path,
        **data,
        rows=[
            {"name": "One", "values": {"value": "sales.two"}},
            {"name": "Two"},
            {"name": "Three", "texts": {"much": "{name}"}, "cells": {"sales": "{much}"}},
        ],
    )
    assert filled[1:] == [
        ["One", "about {{fact:sales.two|$11}}2.2 times"],
        ["Two", "not read2.2 times"],
        ["Three", "Three"],
    ]


@pytest.mark.parametrize(
    ("first", "order"),
    [("highest", ["Two", "Three", "One", "None"]), ("lowest", ["One", "Three", "Two", "None"])],
)
def test_rows_stand_in_the_order_of_a_value_and_those_without_it_last(
    tmp_path: Path, first: str, order: list[str]
) -> None:
    data = {
        "columns": {"sales": {"head": "Sales", "cell": "{value|none}"}},
        "sort": {"by": "value", "first": first},
    }
    filled = rows(
        tmp_path,
        **data,
        rows=[
            {"name": "None"},
            *(
                {"name": name.capitalize(), "values": {"value": f"sales.{name}"}}
                for name in ("one", "two", "three")
            ),
        ],
    )
    assert [row[0] for row in filled[1:]] == order


def test_rows_stand_in_the_order_of_a_date_and_are_counted(tmp_path: Path) -> None:
    data = {"columns": {"day": "Day"}, "sort": {"by": "day", "first": "lowest"}, "numbered": True}
    filled = rows(
        tmp_path,
        **data,
        rows=[
            {"name": "Later", "cells": {"day": "2027-03-31"}},
            {"name": "Sooner", "cells": {"day": "2026-12-12"}},
        ],
    )
    assert filled[1:] == [["1. Sooner", "12 Dec 2026"], ["2. Later", "31 Mar 2027"]]


@pytest.mark.parametrize(
    "claim",
    [
        {"count": "rows", "equals": 2},
        {"count": "yes", "equals": 1},
        {"count": "one-yes", "equals": 1},
        {"count": "in-part", "equals": 1},
        {"count": "name", "equals": 2},
        {
            "count": "why",
            "where": {"facts": [0, None], "sources": [0, None], "opinions": [None, 1]},
            "equals": 1,
        },
        {"range": ["@verdict.unrecorded"], "equals": 0},
        {"count": "verdict", "where": {"years": [0, None]}, "equals": 1},
        {"range": ["@two.why"], "between": [2026.3, 2026.33]},
        {"range": ["@two.verdict"], "equals": 2},
        {"ratio": ["@two.size", "sales.one"], "equals": 2.2},
    ],
)
def test_a_title_is_checked_against_rows_answers_and_what_cells_hold(
    tmp_path: Path, claim: dict[str, Any]
) -> None:
    second = ROWS[1] | {"id": "two", "values": {"size": "sales.two"}}
    record, records = made(tmp_path, rows=[ROWS[0], second], asserts=[claim])
    assert check_figure(record, records) == []


@pytest.mark.parametrize(
    "claim",
    [
        {"count": "rows", "equals": 3},
        {"count": "yes", "equals": 2},
        {"range": ["@why.sources"], "at_least": 1},
        {"range": ["@why.unrecorded", "@verdict.years"], "equals": 0},
    ],
)
def test_a_title_that_the_table_does_not_bear_is_refused_with_its_line(
    tmp_path: Path, claim: dict[str, Any]
) -> None:
    record, records = made(tmp_path, asserts=[claim])
    (problem,) = check_figure(record, records)
    assert "the title claims “The title of a figure”; the records give" in str(
        problem
    ) and f":{record.line('asserts', 0)}:" in str(problem)
    with pytest.raises(ValueError, match="the title claims"):
        draw(record, records)


def test_views_and_articles_of_starx_are_counted_apart(tmp_path: Path) -> None:
    cited = [{**ROWS[0], "note": "[@starx] [@a-filing]"}, ROWS[1]]
    record, records = made(
        tmp_path,
        rows=cited,
        asserts=[{"count": "name", "where": {"opinions": [0, None], "sources": [1, None]}, "equals": 1}],
    )
    assert check_figure(record, records) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"name": "One", "cells": {"wy": "So", "verdict": "**Yes.**"}},
            [
                "“One” has a cell `wy`, and there is no such column; did you mean `why`?",
                "“One” says nothing in the column `why` (Why)",
            ],
        ),
        (
            {"name": "One", "cells": {"why": "", "verdict": "**Yes.**"}},
            ["“One” says nothing in the column `why` (Why)"],
        ),
        (
            {"name": "One", "cells": {"why": "So", "verdict": "**Perhaps.**"}},
            [
                "“One” begins its cell `verdict` with none of the answers; write **X.** with one of yes, in"
                " part"
            ],
        ),
        (
            {"name": "One", "cells": {"why": "So", "verdict": "Yes"}},
            ["“One” begins its cell `verdict` with none of the answers"],
        ),
        (
            {"name": "One", "cells": {"why": "So [@a-filling]", "verdict": "**Yes.**"}},
            ["“One” cites `a-filling`, which is no source; did you mean `a-filing`?"],
        ),
        ({"name": "One", "cells": {"why": "{sales}", "verdict": "**Yes.**"}}, ["`{sales}` names {sales}"]),
        (
            {"name": "One", "values": {"sales": "sales.on"}, "cells": {"why": "So", "verdict": "**Yes.**"}},
            ["there is no field `sales.on`"],
        ),
        ({"name": "One", "cels": {}}, ["unknown key `cels`"]),
    ],
)
def test_a_row_that_does_not_fit_is_a_problem_with_its_line(
    tmp_path: Path, change: dict[str, Any], said: list[str]
) -> None:
    record, records = made(tmp_path, rows=[ROWS[1], change])
    found = [str(problem) for problem in check_figure(record, records)]
    assert len(found) == len(said) and all(any(words in problem for problem in found) for words in said), (
        found
    )
    inside = "cites" not in said[0] and "names" not in said[0]
    least = record.line("data", "rows", 1) if inside else record.line("data")
    assert all(int(problem.split(":")[1]) >= least for problem in found)


def test_no_column_takes_the_place_of_the_names(tmp_path: Path) -> None:
    record, records = made(
        tmp_path, columns={"name": "Name"}, rows=[{"name": "One", "cells": {"name": "Uno"}}]
    )
    assert "no column is called `name`" in str(check_figure(record, records)[0])


def test_its_example_is_a_table(tmp_path: Path) -> None:
    records = book(tmp_path, one=5)
    record = figure(records, "table", yaml.safe_load(KINDS["table"].example)["data"])
    assert check_figure(record, records) == [] and len(cells(draw(record, records).html or "")) == 3
