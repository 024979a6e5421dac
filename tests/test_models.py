"""Models: fixed units, the three ways to have no value, and the downloads."""

import csv
import io
import json

import pytest

from fieldguide.outputs.downloads.rows import model_rows
from fieldguide.outputs.downloads.write import write_csv, write_json
from fieldguide.records.field import why_absent, why_unchecked
from fieldguide.records.model import Model
from tests.conftest import MODEL, Project

NOT_CHECKED = "context: {status: not-checked, seen: 2026-11-28"


def write_model(project: Project, old: str = "", new: str = "") -> Model:
    """The record of the tests with one part replaced."""
    project.write("data/models/chinchilla.yml", MODEL.replace(old, new))
    return project.index().book.models["chinchilla"]


def downloaded(project: Project) -> dict[str, str]:
    """The model's row of the CSV."""
    (row,) = csv.DictReader(io.StringIO(write_csv(model_rows(project.index()))))
    return row


def test_units_are_fixed_and_dates_follow_the_release(project: Project) -> None:
    model = write_model(project)
    assert project.problems() == []
    assert (model.parameters.unit, model.parameters.as_of) == ("parameters", "2022-03-29")
    assert (model.compute.value, model.year) == (6 * 70e9 * 1.4e12, "2022")
    assert 'class="fg-number"' in project.html("It has [70B](fact:chinchilla.parameters) parameters.")


def test_downloads_tell_not_disclosed_from_not_checked(project: Project) -> None:
    write_model(project)
    row = downloaded(project)
    assert [row[name] for name in ("parameters", "context", "active", "license")] == [
        "70000000000",
        "not-disclosed",
        "not-applicable",
        "",
    ]
    (row,) = json.loads(write_json("models", model_rows(project.index())))["models"]
    assert row["sources"] == ["hoffmann2022"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "source: hoffmann2022\nwhere: abstract\nseen: 2026-11-24\nreleased: {value: 2022-03-29}",
            "where: abstract\nseen: 2026-11-24\nreleased: {value: 2022-03-29, source: hoffmann2022}",
            "`context` has no source",
        ),
        (
            "context: {status: not-disclosed}",
            NOT_CHECKED + "}",
            "data/models/chinchilla.yml:17: `context` has no reason (`note`)",
        ),
    ],
)
def test_a_status_needs_its_source_or_its_reason(project: Project, old: str, new: str, message: str) -> None:
    write_model(project, old, new)
    assert any(message in problem for problem in project.problems())


def test_not_checked_says_why_and_when(project: Project) -> None:
    model = write_model(
        project,
        "context: {status: not-disclosed}",
        NOT_CHECKED + ", note: no copy of its card could be read}",
    )
    assert project.problems() == []
    reason = "no copy of its card could be read (looked for on 28 Nov 2026)"
    assert (why_absent(model.context), why_unchecked(model.context)) == ("not checked", reason)
    html = project.html("/// figure | models\nEach row is a model.\n///")
    assert "Not checked: why" in html and f"Context: {reason}" in html
    assert downloaded(project)["context"] == "not-checked"


def test_a_bound_shows_as_one(project: Project) -> None:
    write_model(
        project, "tokens: {value: 1.4e12}", "tokens: {value: 10e12, qualifier: more than, low: 10e12}"
    )
    assert downloaded(project)["tokens_qualifier"] == "more than"
    html = project.html("/// figure | models\nEach row is a model.\n///")
    assert '<span class="fg-models__value">more than 10T</span>' in html


def test_a_year_opens_on_the_model_of_which_most_is_known_and_names_its_sources_once(
    project: Project,
) -> None:
    write_model(project)
    later = MODEL.replace("2022-03-29", "2022-12-31").replace(
        "tokens: {value: 1.4e12}", "tokens: {status: not-disclosed}"
    )
    project.write("data/models/later.yml", later.replace("name: Chinchilla", "name: Later"))
    html = project.html("/// figure | models\nEach row is a model.\n///")
    assert html.index("Chinchilla</span>") < html.index("Later</span>")
    table = html[html.index("<table") : html.index("</table>")]
    assert "fg-cite" in table and 'class="fg-sources"' not in table, "the column of sources names them"
