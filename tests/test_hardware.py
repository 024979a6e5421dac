"""Accelerators: fixed units, dense rates, and three ways to have no value."""

import csv
import io

from fieldguide.book import load_book
from fieldguide.outputs.downloads.rows import hardware_rows
from fieldguide.outputs.downloads.write import write_csv
from tests.conftest import CHIP, COMPANY, Project


def test_units_are_fixed_and_a_rate_is_a_checked_number(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/hardware/x1.yml", CHIP)
    book = load_book(project.root)
    assert book.problems == []
    assert book.hardware["x1"].bf16.unit == "TFLOP/s"
    assert 'class="fg-number"' in project.html(
        "It does [989 TFLOP/s](fact:x1.bf16) with [80 GB](fact:x1.memory)."
    )


def test_the_table_tells_not_disclosed_from_not_checked(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/hardware/x1.yml", CHIP)
    html = project.html("/// figure | hardware\nDense.\n///")
    assert 'id="x1"' in html and "not disclosed" in html and "not checked" in html
    (line,) = csv.DictReader(io.StringIO(write_csv(hardware_rows(project.index()))))
    assert (
        line["bf16_dense_tflop_per_s"],
        line["memory_gb"],
        line["power_w"],
        line["fp8_dense_tflop_per_s"],
    ) == ("989", "80", "not-disclosed", "")
