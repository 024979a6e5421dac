"""`make new-term`, `new-source`, `new-fact`, `new-figure` write a valid start in the right place and never
overwrite.
"""

import re
from pathlib import Path

import pytest

from fieldguide.__main__ import main
from fieldguide.checks.skeletons import PHRASES
from fieldguide.commands.new import FIGURE, SKELETONS, write_figure, write_skeleton
from fieldguide.drawing.figure import draw
from fieldguide.drawing.kinds import KINDS
from fieldguide.text.names import curly
from tests.conftest import Project
from tests.guide import ROOT

UNCHANGED = "this is still the skeleton's text"


def test_a_new_term_only_asks_for_its_own_words(project: Project) -> None:
    path = write_skeleton("term", "context-window", project.root)
    assert path == project.root / "docs" / "glossary" / "context-window.md"
    assert project.problems() == [
        "docs/glossary/context-window.md:10: this is still the skeleton's text — write the definition",
        "docs/glossary/context-window.md:14: this is still the skeleton's text — write the example, or delete"
        " the section",
    ]


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_that_is_looked_for_is_in_a_skeleton(phrase: str) -> None:
    assert any(phrase in text for *_, text in (*SKELETONS.values(), ("", "", FIGURE)))


def test_a_new_source_only_wants_a_use(project: Project) -> None:
    path = write_skeleton("source", "kaplan2020", project.root)
    assert path.parent.name == "sources"
    assert [problem for problem in project.problems() if "kaplan2020" not in problem] == []
    assert all("used nowhere" in problem or UNCHANGED in problem for problem in project.problems())


def test_a_new_fact_asks_only_for_its_source(project: Project) -> None:
    write_skeleton("fact", "Gopher budget", project.root)
    problems = project.problems()
    assert problems
    assert all(
        "data/facts/gopher-budget.yml" in problem and ("unknown source" in problem or UNCHANGED in problem)
        for problem in problems
    )


@pytest.mark.parametrize(
    ("name", "file", "title"),
    [
        ("Pass@k: what it says", "pass-k-what-it-says", "Pass@k: what it says"),
        ("Café", "cafe", "Café"),
        ("context-window", "context-window", "Context window"),
        ("Chain-of-thought prompting", "chain-of-thought-prompting", "Chain-of-thought prompting"),
        ('"Open" weights # not source', "open-weights-not-source", '"Open" weights # not source'),
        ("1984", "1984", "1984"),
        ("[a] - (b)", "a-b", "[a] - (b)"),
    ],
)
def test_any_title_makes_a_record(project: Project, name: str, file: str, title: str) -> None:
    term, fact, figure = (
        write_skeleton("term", name, project.root),
        write_skeleton("fact", f"{name} x", project.root),
        write_figure(f"{name} y", project.root, "bars"),
    )
    assert [path.stem for path in (term, fact, figure)] == [file, f"{file}-x", f"{file}-y"]
    assert [
        problem
        for problem in project.problems()
        if "unknown source `replace-with-a-source-key`" not in problem and UNCHANGED not in problem
    ] == []
    book = project.index().book
    assert book.pages[f"glossary/{file}.md"].meta.title == title
    assert book.facts[f"{file}-x"].title == f"{curly(title)} x" or file == "context-window"
    assert book.figures[f"{file}-y"].title == f"{curly(title)} y" or file == "context-window"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("new-term", "token"), "is there already"),
        (("new-figure", "two-margins", "--kind", "bar"), "unknown kind `bar`; did you mean `bars`?"),
        (("new-figure", "two-margins", "--kind", ""), ", ".join(sorted(KINDS))),
    ],
    ids=["a page that is there", "an unknown kind of figure", "no kind"],
)
def test_what_cannot_be_written_is_refused_with_its_reason(
    project: Project, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], words: str
) -> None:
    assert main(["--root", str(project.root), *command]) == 1
    assert words in capsys.readouterr().err
    assert not (project.root / "data" / "figures").exists()


def test_an_empty_name_says_what_to_write(project: Project) -> None:
    with pytest.raises(ValueError, match="make new-term NAME=context-window"):
        write_skeleton("term", "", project.root)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_figure_draws_and_only_asks_for_its_own_words(project: Project, kind: str) -> None:
    path = write_figure("Two margins", project.root, kind)
    assert path == project.root / "data" / "figures" / "two-margins.yml"
    project.page("/// figure | two-margins\nIt draws.\n///")
    problems = project.problems()
    assert [problem for problem in problems if UNCHANGED not in problem] == [] and len(problems) == 3
    book = project.index().book
    drawing = draw(book.figures["two-margins"], book)
    assert (drawing.wide and drawing.narrow) or "<table" in drawing.html


def test_the_guide_for_contributors_shows_what_a_new_figure_holds(tmp_path: Path) -> None:
    written = write_figure("two-margins", tmp_path, "bars").read_text(encoding="utf-8")
    shown = re.search(
        r"^```yaml data/figures/two-margins\.yml\n(.*?)^```$",
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
        flags=re.M | re.S,
    )
    assert shown is not None
    own = re.compile(r"^(?:context|alt|as_of|sources): .*\n", flags=re.M)
    assert own.sub("", shown[1]) == own.sub("", written)


def test_a_figure_is_not_overwritten(project: Project) -> None:
    write_figure("two-margins", project.root, "bars")
    with pytest.raises(FileExistsError, match="is there already"):
        write_figure("Two margins", project.root, "rows")
