"""Hosts side by side."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.draw import check_figure, draw
from fieldguide.drawing.hooks.hosts_compared import Inputs, fill
from fieldguide.records.base import load_yaml
from fieldguide.records.company import Company
from tests.conftest import COMPANY
from tests.drawing.fixtures import book, figure
from tests.figures.reading import cells


def host(company: str, **more: str) -> dict[str, str]:
    return {"company": company, "price": "sales", "measured": "by a test", "machines": "Chips {{cite:press}}", "pays": "Developers", "earns": "No figure found", **more}


def hosts(tmp_path: Path, unit: str = "answers") -> Book:
    made = book(tmp_path, input=0.5, output={"value": 2}, date={"value": "2026-07-02", "unit": "date"}, speed={"value": 1705.8, "unit": "tokens per second", "qualifier": "about"})
    base = load_yaml(COMPANY.replace("hoffmann2022", "a-filing"))[0]
    event = base["events"][0]
    base |= {"moat": {"claim": "It is fast.", "counter": "Others catch up.", "sources": ["press"]},
             "events": [event | {"date": f"2026-0{month}-14", "what": f"month {month} brought [$5](fact:sales.input) & more"} for month in (3, 4, 5)]}
    for slug, sold in (("acme", "tokens"), ("other", unit)):
        made.companies[slug] = Company.model_validate({**base, "name": slug.capitalize(), "what": "sand and copper", "unit": sold})
    return made


INPUTS: dict[str, Any] = {"hosts": [host("acme", speed="sales.speed"), host("other")], "price_note": "per million tokens"}
CLAIM = {"range": ["@sells.units"], "equals": 2}


def test_one_column_a_company_and_one_row_an_aspect_from_records(tmp_path: Path) -> None:
    made = hosts(tmp_path)
    record = figure(made, "table", {"name": "Hosts", "head": "What"}, hook="hosts-compared", inputs=INPUTS, asserts=[CLAIM])
    assert check_figure(record, made) == []
    found = cells(draw(record, made).html or "")
    rows = {row[0]: row[1:] for row in found}
    assert found[0] == ["What", "Acme", "Other"] and rows["Sells today"] == ["Sand and copper {{cite:a-filing}}unit: tokens", "Sand and copper {{cite:a-filing}}unit: answers"]
    assert rows["List price"][0] == "{{fact:sales.input|$0.50}} in, {{fact:sales.output|$2.00}} outper million tokens, 2 Jul 2026"
    assert rows["Speed of one stream"] == ["About {{fact:sales.speed|1,706}} tokens a secondby a test", "Not foundby a test"]
    assert rows["Latest events"][0].startswith("14 May 2026 Month 5 brought {{fact:sales.input|$5}} & more {{cite:a-filing}}14 Apr 2026 Month 4") and "Month 3" not in rows["Latest events"][0]
    assert rows["The case against"] == ["Others catch up. {{cite:press}}"] * 2


def test_companies_with_one_unit_of_sale_are_counted_once(tmp_path: Path) -> None:
    made = hosts(tmp_path, unit="tokens")
    record = figure(made, "table", {"name": "Hosts", "head": "What"}, hook="hosts-compared", inputs=INPUTS, asserts=[CLAIM])
    assert "the records give 1, not 2" in str(check_figure(record, made)[0])


def test_a_company_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        fill(Inputs.model_validate(INPUTS | {"hosts": [host("acme"), host("nobody")]}), hosts(tmp_path))
