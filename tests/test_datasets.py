"""Data sets: every row of every download has the shape that its schema promises, and the page describes every
key.
"""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from fieldguide.lists.fill import fill_page
from fieldguide.outputs.downloads.write import write_csv
from fieldguide.outputs.files import output_files
from fieldguide.records.dataset import DATASETS
from tests.guide import guide


@cache
def files() -> dict[str, str]:
    return {
        path: make().decode()
        for path, make in output_files(guide()).items()
        if path.startswith("data/") and path.endswith((".json", ".csv"))
    }


@pytest.mark.whole
@pytest.mark.parametrize("name", DATASETS)
def test_every_row_fits_the_schema(name: str) -> None:
    schema, data = json.loads(files()[f"data/{name}.schema.json"]), json.loads(files()[f"data/{name}.json"])
    Draft202012Validator.check_schema(schema)
    problems = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in Draft202012Validator(schema).iter_errors(data)
    ]
    assert problems == []
    assert data["$schema"] == schema["$id"]
    assert data["version"] == schema["version"]
    assert data[name]


@pytest.mark.whole
@pytest.mark.parametrize("name", DATASETS)
def test_the_schema_refuses_a_row_that_is_wrong(name: str) -> None:
    validator = Draft202012Validator(json.loads(files()[f"data/{name}.schema.json"]))
    data = json.loads(files()[f"data/{name}.json"])
    row = data[name][0]
    for wrong in (
        row | {"stray": 1},
        {key: value for key, value in row.items() if key != "id"},
        row | {"sources": "one"},
        row | {"id": 7},
    ):
        assert not validator.is_valid(data | {name: [wrong]})


@pytest.mark.whole
def test_a_number_may_be_a_reason_and_nothing_else() -> None:
    validator = Draft202012Validator(json.loads(files()["data/models.schema.json"]))
    data = json.loads(files()["data/models.json"])
    row = data["models"][0]
    for value, fits in (
        (70e9, True),
        ("not-disclosed", True),
        (None, True),
        ("not-checked", True),
        ("70B", False),
        ("unknown", False),
    ):
        assert validator.is_valid(data | {"models": [row | {"parameters": value}]}) == fits, value


@pytest.mark.whole
def test_every_download_is_described_and_every_key_in_its_order() -> None:
    assert {path.split("/")[1].split(".")[0] for path in files()} == set(DATASETS)
    for name, item in DATASETS.items():
        rows = json.loads(files()[f"data/{name}.json"])[name]
        assert [list(row) for row in rows if list(row) != [column.name for column in item.columns]] == [], (
            name
        )
        assert files()[f"data/{name}.csv"].splitlines()[0].split(",") == [
            column.name for column in item.columns
        ]


@pytest.mark.whole
def test_the_page_for_machines_lists_every_key_with_its_unit() -> None:
    html = fill_page(guide(), "about/for-machines.md")
    words = re.sub(r"<[^>]+>", "", html)
    for name, item in DATASETS.items():
        assert f"Keys of data/{name}\n" in words
        assert f"/data/{name}.schema.json" in html
        for column in item.columns:
            assert re.search(rf"^{column.name}{column.kind}", words, flags=re.M), column.name
            assert f"unit: {column.unit}" in words or not column.unit


@pytest.mark.whole
def test_the_head_says_when_a_record_was_last_read() -> None:
    book = guide().book
    data = json.loads(files()["data/companies.json"])
    assert data["updated"] == max(company.checked for company in book.companies.values())
    assert data["page"] == book.address("data/companies.md")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("-SUM(A1)", "'-SUM(A1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1+1", "' =1+1"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-1+1|cmd", "'-1+1|cmd"),
        ("+1", "+1"),
        ("-24.7", "-24.7"),
        ("-1,000.5", "-1,000.5"),
        ("-3e5", "-3e5"),
        ("-8%", "-8%"),
        (-24.7, "-24.7"),
        ("a=b", "a=b"),
        (["=1", "b"], "'=1 b"),
        (None, ""),
    ],
)
def test_no_cell_of_a_csv_becomes_a_formula(value: object, cell: str) -> None:
    [head, row] = csv.reader(io.StringIO(write_csv([{"=name": value, "other": 1}]), newline=""))
    assert (head, row) == (["'=name", "other"], [cell, "1"])
