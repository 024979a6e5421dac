"""`make new-term`, `new-source`, `new-fact` write a valid start in the right place and never overwrite."""

import pytest

from fieldguide.__main__ import main
from fieldguide.commands.new import write_skeleton
from tests.conftest import Project


def test_a_new_term_has_no_problem(project: Project) -> None:
    path = write_skeleton("term", "context-window", project.root)
    assert path == project.root / "docs" / "glossary" / "context-window.md"
    assert project.problems() == []


def test_a_new_source_only_wants_a_use(project: Project) -> None:
    path = write_skeleton("source", "kaplan2020", project.root)
    assert path.parent.name == "sources"
    assert [problem for problem in project.problems() if "kaplan2020" not in problem] == []
    assert all("used nowhere" in problem for problem in project.problems())


def test_a_new_fact_asks_only_for_its_source(project: Project) -> None:
    write_skeleton("fact", "Gopher budget", project.root)
    problems = project.problems()
    assert problems
    assert all("data/facts/gopher-budget.yml" in problem and "unknown source" in problem for problem in problems)


def test_nothing_is_overwritten(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project.root), "new-term", "token"]) == 1
    assert "is there already" in capsys.readouterr().err


def test_an_empty_name_says_what_to_write(project: Project) -> None:
    with pytest.raises(ValueError, match="make new-term NAME=context-window"):
        write_skeleton("term", "", project.root)
