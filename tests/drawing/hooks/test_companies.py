"""What the records of companies say."""

from pathlib import Path
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.figure import check_figure, draw
from fieldguide.drawing.hooks.companies import Companies
from fieldguide.records.company import Company
from fieldguide.records.yaml_source import load_yaml
from tests.conftest import COMPANY
from tests.drawing.fixtures import book, figure
from tests.figures.reading import cells

INPUTS: dict[str, Any] = {"companies": {"a": "acme", "b": "other"}, "events": 2}
DATA: dict[str, Any] = {
    "name": "Two companies",
    "head": "What",
    "columns": {"a": "Acme", "b": "Other"},
    "rows": [
        {
            "id": "sells",
            "name": "Sells",
            "cells": {name: {"text": f"{{{name}_sells}}", "note": f"unit: {{{name}_unit}}"} for name in "ab"},
        },
        {"name": "Events", "cells": {name: f"{{{name}_events}}" for name in "ab"}},
        {"name": "Against", "cells": {name: f"{{{name}_against}}" for name in "ab"}},
    ],
}
CLAIM = {"range": ["@sells.units"], "equals": 2}


def companies(tmp_path: Path, unit: str = "answers") -> Book:
    made = book(tmp_path, one=5)
    base = load_yaml(COMPANY.replace("hoffmann2022", "a-filing"))[0]
    told = [
        base["events"][0]
        | {
            "date": f"2026-0{month}-14",
            "what": f"month {month} brought [$5](fact:sales.one) & more",
        }
        for month in (3, 4, 5)
    ]
    for slug, sold, events in (("acme", "tokens", told), ("other", unit, told[:1])):
        more = {
            "name": slug,
            "what": "sand and copper",
            "unit": sold,
            "events": events,
            "moat": {"claim": "It is fast.", "counter": "Others catch up.", "sources": ["press"]},
        }
        made.companies[slug] = Company.model_validate(base | more)
    return made


def test_what_is_sold_the_newest_events_and_both_cases_come_from_the_records(tmp_path: Path) -> None:
    made = companies(tmp_path)
    record = figure(made, "table", DATA, hook="companies", inputs=INPUTS, asserts=[CLAIM])
    assert check_figure(record, made) == []
    html = draw(record, made).html or ""
    rows = {row[0]: row[1:] for row in cells(html)}
    assert rows["Sells"] == [
        "Sand and copper {{cite:a-filing}}unit: tokens",
        "Sand and copper {{cite:a-filing}}unit: answers",
    ]
    assert (
        rows["Events"][0].startswith(
            "14 May 2026 Month 5 brought {{fact:sales.one|$5}} & more {{cite:a-filing}}14 Apr 2026 Month 4"
        )
        and "Month 3" not in rows["Events"][0]
    )
    assert rows["Events"][1].startswith("14 Mar 2026") and html.count("<br/>") == 1
    assert (
        rows["Against"] == ["Others catch up. {{cite:press}}"] * 2
        and Companies.model_validate(INPUTS).compute(made)["texts"]["a_for"] == "It is fast."
    )


def test_companies_with_one_unit_of_sale_are_counted_once(tmp_path: Path) -> None:
    made = companies(tmp_path, unit="tokens")
    record = figure(made, "table", DATA, hook="companies", inputs=INPUTS, asserts=[CLAIM])
    assert "the records give 1, not 2" in str(check_figure(record, made)[0])


def test_a_company_without_a_record_is_named_with_its_line(tmp_path: Path) -> None:
    made = companies(tmp_path)
    record = figure(made, "table", DATA, hook="companies", inputs={"companies": {"a": "acme", "b": "nobody"}})
    assert (
        f"shape.yml:{record.line('inputs')}: the hook `companies` cannot work out the data: there is no"
        " company `nobody`" in str(check_figure(record, made)[0])
    )
