"""A prominent value needs a primary source or two independent ones; one that has less is counted and listed,
and is no problem.
"""

import pytest

from fieldguide.__main__ import main
from fieldguide.book.evidence import independent, is_well_sourced
from fieldguide.checks.sourcing import prominent_values
from tests.conftest import FACT, SOURCE, Project

PRESS = SOURCE.replace("kind: paper", "kind: press")


def source(project: Project, key: str, text: str = PRESS, more: str = "") -> None:
    project.write(
        f"data/sources/{key}.yml",
        text.replace("2203.15556", key).replace("publisher: arXiv", f"publisher: {key}") + more,
    )


def well_sourced(project: Project, fields: str) -> bool:
    """Whether the number of a heading is well sourced, with these keys beside its value."""
    project.write("data/facts/reading.yml", FACT.replace("unit: tokens}", f"unit: tokens, {fields}}}"))
    project.page("It read much [@hoffmann2022].\n\n## A reported [1.4T](fact:reading.tokens) tokens\n\nText.")
    index = project.index()
    (value,) = prominent_values(index)
    assert value.reference == "reading.tokens"
    return is_well_sourced(index.book.sources, value.location.field)


@pytest.mark.parametrize(
    ("kind", "standing"),
    [
        ("paper", True),
        ("filing", True),
        ("vendor", True),
        ("data", True),
        ("survey", False),
        ("press", False),
    ],
)
def test_a_primary_source_is_enough(project: Project, kind: str, standing: bool) -> None:
    source(project, "one2026", SOURCE.replace("kind: paper", f"kind: {kind}"))
    assert well_sourced(project, "source: one2026, where: p. 1") is standing


def test_a_list_of_others_prices_is_secondary(project: Project) -> None:
    source(project, "one2026", SOURCE.replace("kind: paper", "kind: data"), "lags: true\n")
    assert well_sourced(project, "source: one2026, where: p. 1") is False


def test_two_reports_are_enough_unless_they_are_one(project: Project) -> None:
    two = "source: one2026, where: p. 1, also: [{source: two2026, where: p. 2, seen: 2026-11-24}]"
    source(project, "one2026")
    source(project, "two2026")
    assert well_sourced(project, two) is True
    source(project, "two2026", more="copy_of: one2026\n")
    assert well_sourced(project, two) is False
    source(project, "two2026")
    project.write(
        "data/sources/two2026.yml",
        (project.root / "data/sources/two2026.yml")
        .read_text(encoding="utf-8")
        .replace("publisher: two2026", "publisher: one2026"),
    )
    assert well_sourced(project, two) is False


def test_copies_of_one_unread_chain_are_one(project: Project) -> None:
    for key, more in (
        ("one2026", ""),
        ("two2026", "copy_of: one2026\n"),
        ("three2026", "copy_of: two2026\n"),
    ):
        source(project, key, more=more)
    assert independent(project.index().book.sources, ["two2026", "three2026"]) == 1


def test_behind_a_computed_value_stand_the_values_it_is_computed_from(project: Project) -> None:
    project.page("It took much [@hoffmann2022].\n\n## About [5.9×10²³ FLOP](fact:reading.budget)\n\nText.")
    assert [value.reference for value in prominent_values(project.index())] == [
        "reading.size",
        "reading.tokens",
    ]


def test_a_number_in_running_text_is_not_prominent(project: Project) -> None:
    assert prominent_values(project.index()) == []


def test_every_number_of_home_is_prominent(project: Project) -> None:
    project.write(
        "docs/index.md",
        (project.root / "docs/index.md").read_text(encoding="utf-8")
        + "\nIt read [1.4T](fact:reading.tokens).\n",
    )
    assert [(value.reference, value.places) for value in prominent_values(project.index())] == [
        ("reading.tokens", ("home",))
    ]


def test_check_counts_them_always_lists_them_when_asked_and_never_fails_for_them(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    source(project, "one2026")
    well_sourced(project, "source: one2026, where: p. 1")
    assert main(["--root", str(project.root), "check"]) == 0
    said = capsys.readouterr().out
    assert (
        "1 of 1 prominent values have neither a primary source nor two independent ones; `check"
        " --weak` lists them" in said
    )
    assert main(["--root", str(project.root), "check", "--weak"]) == 0
    assert (
        "data/facts/reading.yml:8: `reading.tokens` stands on one2026 (press); the heading “A reported 1.4T"
        " tokens” (foundations/tokens.md)" in capsys.readouterr().out
    )
