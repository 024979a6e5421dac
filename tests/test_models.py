"""Models: fixed units, the three ways to have no value, and the downloads."""

import csv
import io
import json

from fieldguide.book import load_book
from fieldguide.outputs.downloads.models import rows
from fieldguide.outputs.downloads.write import write_csv, write_json
from fieldguide.records.field import why_absent, why_unchecked
from tests.conftest import MODEL, Project


def test_units_are_fixed_and_dates_follow_the_release(project: Project) -> None:
    project.write("data/models/chinchilla.yml", MODEL)
    book = load_book(project.root)
    assert book.problems == []
    model = book.models["chinchilla"]
    assert (model.parameters.unit, model.parameters.as_of) == ("parameters", "2022-03-29")
    assert model.compute.value == 6 * 70e9 * 1.4e12
    assert model.year == "2022"


def test_downloads_tell_not_disclosed_from_not_checked(project: Project) -> None:
    project.write("data/models/chinchilla.yml", MODEL)
    models = load_book(project.root).models.values()
    row = next(csv.DictReader(io.StringIO(write_csv(rows(models)))))
    assert row["parameters"] == "70000000000"
    assert row["context"] == "not-disclosed"
    assert row["active"] == "not-applicable"
    assert row["license"] == ""
    assert json.loads(write_json("models", rows(models)))["models"][0]["sources"] == ["hoffmann2022"]


def test_not_disclosed_needs_the_source_that_was_searched(project: Project) -> None:
    project.write(
        "data/models/chinchilla.yml",
        MODEL.replace("source: hoffmann2022\n", "").replace(
            "{value: 2022-03-29}", "{value: 2022-03-29, source: hoffmann2022}"
        ),
    )
    assert any("`context` has no source" in problem for problem in project.problems())


def test_a_number_of_a_model_is_a_checked_number(project: Project) -> None:
    project.write("data/models/chinchilla.yml", MODEL)
    assert 'class="fg-number"' in project.html("It has [70B](fact:chinchilla.parameters) parameters.")


def test_not_checked_says_why_and_when(project: Project) -> None:
    project.write(
        "data/models/chinchilla.yml",
        MODEL.replace(
            "context: {status: not-disclosed}",
            "context: {status: not-checked, seen: 2026-11-28, note: no copy of its card could be read}",
        ),
    )
    book = load_book(project.root)
    assert book.problems == []
    context = book.models["chinchilla"].context
    assert (why_absent(context), why_unchecked(context)) == (
        "not checked",
        "no copy of its card could be read (looked for on 28 Nov 2026)",
    )
    html = project.html("/// figure | models\nEach row is a model.\n///")
    assert (
        "Not checked: why" in html
        and "Context: no copy of its card could be read (looked for on 28 Nov 2026)" in html
    )
    assert (
        next(csv.DictReader(io.StringIO(write_csv(rows(book.models.values())))))["context"] == "not-checked"
    )


def test_not_checked_needs_its_reason(project: Project) -> None:
    project.write(
        "data/models/chinchilla.yml",
        MODEL.replace("context: {status: not-disclosed}", "context: {status: not-checked, seen: 2026-11-28}"),
    )
    assert any(
        "`context` has no reason (`note`)" in problem and "data/models/chinchilla.yml:17" in problem
        for problem in project.problems()
    )


def test_a_bound_shows_as_one(project: Project) -> None:
    project.write(
        "data/models/chinchilla.yml",
        MODEL.replace("tokens: {value: 1.4e12}", "tokens: {value: 10e12, qualifier: more than, low: 10e12}"),
    )
    book = load_book(project.root)
    assert (
        next(csv.DictReader(io.StringIO(write_csv(rows(book.models.values())))))["tokens_qualifier"]
        == "more than"
    )
    html = project.html("/// figure | models\nEach row is a model.\n///")
    assert '<span class="fg-models__value">more than 10T</span>' in html
