"""Habits of English that a pattern finds: where they are looked for, and what is said of them."""

from __future__ import annotations

from pathlib import Path

from fieldguide.checks.habits import check_habits
from fieldguide.records.base import load_optional
from fieldguide.records.habits import PATH as HABITS
from fieldguide.records.habits import Habits
from tests.conftest import Project
from tests.guide import ROOT


def habits(project: Project) -> list[str]:
    """What `check` says of two habits."""
    project.write(
        "data/habits.yml",
        "habits:\n  - {find: '\\bwhoever\\b', write: anyone who}\n  - {find: ', and ', write: one clause,"
        " headings: true}\n",
    )
    return [str(problem) for problem in check_habits(project.root)]


def test_every_hit_is_named_with_its_line_and_the_better_words(project: Project) -> None:
    project.page(
        "Whoever pays decides.\n\n## What it costs, and why\n\nOne, and two.\nSo does whoever waits."
    )
    page, cure = "docs/foundations/tokens.md", "is a habit of ours that readers stumble over — write"
    assert habits(project) == [
        f"{page}:14: “Whoever” {cure} anyone who",
        f"{page}:19: “whoever” {cure} anyone who",
        f"{page}:16: “, and” {cure} one clause",
    ]
    project.page("The buyer decides.")
    assert habits(project) == []


def test_quotations_code_and_names_of_sources_are_left_out(project: Project) -> None:
    project.page('She wrote “whoever pays”, `whoever` and "whoever waits".\n\n```\nwhoever\n```')
    project.write(
        "data/facts/one.yml",
        "title: One\nsource: hoffmann2022\nwhere: whoever\nas_of: 2026-01\nseen: 2026-11-24\nfields:\n  a:"
        " {value: 1, note: “whoever”}\n",
    )
    project.write("fieldguide/words.py", '"""Whoever reads."""\n\nNAME = 1  # whoever\n')
    project.write("overrides/words.mjs", "// whoever\nexport const word = 1;\n")
    assert habits(project) == []


def test_records_labels_and_messages_are_searched(project: Project) -> None:
    project.write("data/facts/one.yml", "title: Whoever\n")
    project.write("fieldguide/words.py", 'SAID = "whoever"\n')
    project.write("overrides/words.mjs", 'export const word = "whoever";\n')
    assert [problem.split(": ")[0] for problem in habits(project)] == [
        "data/facts/one.yml:1",
        "overrides/words.mjs:1",
        "fieldguide/words.py:1",
    ]


def test_a_pattern_that_does_not_compile_is_named_with_its_line(project: Project) -> None:
    project.write("data/habits.yml", "habits:\n  - {find: '(', write: x}\n")
    (problem,) = check_habits(project.root)
    assert problem.path == "data/habits.yml" and "is no regular expression" in problem.message


def test_a_project_without_the_list_has_no_habits(tmp_path: Path) -> None:
    assert load_optional(Habits, HABITS, tmp_path) == (None, []) and check_habits(tmp_path) == []


def test_the_guide_s_list_has_a_better_word_for_each_and_style_md_names_it() -> None:
    found, problems = load_optional(Habits, HABITS, ROOT)
    assert (
        problems == []
        and found is not None
        and all(habit.write and habit.find for habit in found.habits)
        and len(found.habits) > 10
    )
    assert "data/habits.yml" in (ROOT / "STYLE.md").read_text(encoding="utf-8")
