"""Pages that are kept from one run to the next: nothing is rendered twice, and nothing that changed is taken
for what it was.
"""

from __future__ import annotations

import dataclasses
import json
import pickle
from collections.abc import Callable

import pytest

from fieldguide.book import Book, load_book
from fieldguide.commands.load import index_of
from fieldguide.commands.page_cache import CACHE, COMMON, RECORDED, PageCache, complete_index
from fieldguide.index import Extensions, Index, Pages
from fieldguide.records.runs import FIT, RUNS
from tests.conftest import TERM, Project, extensions, page
from tests.guide import ROOT, guide

MORE = (
    "The answer.\n\nA [token](../glossary/token.md) and [tokens](tokens.md) [@hoffmann2022],"
    " [1.4T](fact:reading.tokens)."
)


DECK = """
title: What to say
audience: For who has ten minutes and nothing to read
argument: One argument that ten titles make together, in more than sixty characters.
reviewed: 2026-11-24
slides:
""" + "".join(f"  - {{figure: figure-{letter}, say: {'Words to say. ' * 8}}}\n" for letter in "abcdefghij")
"""Its figures are not there: that is a problem, and the page shows the deck's own words all the same."""


@pytest.fixture
def two(project: Project) -> Project:
    """A chapter that names the term, the source, the number and the other chapter; a page of decks, and one
    of the guide's own runs.
    """
    project.write("docs/foundations/more.md", page("More", MORE))
    project.write("data/decks/newcomer.yml", DECK)
    project.write("docs/foundations/decks.md", page("Decks", "All.\n\n/// figure | decks\nEach.\n///"))
    for path in (RUNS, FIT):
        project.write(path, (ROOT / path).read_text(encoding="utf-8"))
    project.write("docs/foundations/runs.md", page("Runs", "All.\n\n/// figure | runs-state\nEach.\n///"))
    project.bend(
        "mkdocs.yml",
        "[foundations/tokens.md]",
        "[foundations/tokens.md, foundations/more.md, foundations/decks.md, foundations/runs.md]",
    )
    project.bend(
        "mkdocs.yml",
        "site_name: Test",
        "site_name: Test\nextra: {report_url: 'https://issues.example/{page}'}",
    )
    return project


def one_more_to_come(project: Project) -> None:
    fit = json.loads((project.root / FIT).read_text(encoding="utf-8"))
    project.write(FIT, json.dumps({**fit, "to_come": [*fit["to_come"], "c1e19-w64"]}))


def settings(project: Project) -> Extensions:
    return extensions(project.root, (project.root / "mkdocs.yml").read_bytes())


def cached(project: Project) -> Index:
    return complete_index(load_book(project.root), settings(project))


def fresh(project: Project) -> Index:
    return index_of(load_book(project.root), settings(project))


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are rendered from now on."""
    sources: list[str] = []
    render = Pages.render
    monkeypatch.setattr(
        Pages,
        "render",
        lambda self, context: (sources.append(context.page.src), render(self, context))[1],
    )
    return sources


def test_a_second_run_renders_nothing_and_has_the_same_pages(two: Project, rendered: list[str]) -> None:
    first = cached(two)
    assert sorted(rendered) == sorted(first.pages)
    rendered.clear()
    assert cached(two).pages == first.pages and rendered == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/foundations/tokens.md", "The answer.", "Another line."),
        ("data/sources/hoffmann2022.yml", "Compute-Optimal", "Optimal"),
        ("data/facts/reading.yml", "What Chinchilla read", "What it read"),
    ],
)
def test_after_an_edit_the_pages_that_read_the_file_are_rendered_alone(
    two: Project, rendered: list[str], path: str, old: str, new: str
) -> None:
    cached(two)
    rendered.clear()
    two.bend(path, old, new)
    after = cached(two)
    assert 0 < len(rendered) < len(after.pages)
    assert after.pages == fresh(two).pages


CHANGES: dict[str, Callable[[Project], object]] = {
    "a page's title": lambda two: two.write(
        "docs/foundations/tokens.md", page("Small pieces", "The answer.\n\nOther words.")
    ),
    "a page that is gone": lambda two: (two.root / "docs/foundations/more.md").unlink(),
    "a page that is new": lambda two: two.write(
        "docs/glossary/word.md", TERM.replace("Token", "Answer").replace("subword", "reply")
    ),
    "a definition": lambda two: two.bend("docs/glossary/token.md", "a piece of text", "a bit of text"),
    "a term's other name": lambda two: two.bend("docs/glossary/token.md", "subword", "answer"),
    "a number": lambda two: two.bend("data/facts/reading.yml", "1.4e12", "1.5e12"),
    "a source": lambda two: two.bend("data/sources/hoffmann2022.yml", "Compute-Optimal", "Optimal"),
    "a deck": lambda two: two.bend("data/decks/newcomer.yml", "What to say", "What to show"),
    "the guide's own runs": one_more_to_come,
    "how a name is written": lambda two: two.write("data/spelling.yml", "words: [FLOP, GPU]\n"),
    "the menu": lambda two: two.bend(
        "mkdocs.yml",
        "foundations/tokens.md, foundations/more.md",
        "foundations/more.md, foundations/tokens.md",
    ),
    "the guide's name": lambda two: two.bend("mkdocs.yml", "site_name: Test", "site_name: Another"),
    "where errors are reported": lambda two: two.bend("mkdocs.yml", "issues.example", "errors.example"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_that_changed_is_taken_for_what_it_was(two: Project, change: str) -> None:
    before = PageCache(load_book(two.root), settings(two))
    old = dict(before)
    before.save()
    CHANGES[change](two)
    from_the_last_run = cached(two)
    while_served = PageCache(load_book(two.root), settings(two), before=before)
    anew = fresh(two)
    assert from_the_last_run.pages == dict(while_served) == anew.pages
    assert [str(problem) for problem in from_the_last_run.problems] == [
        str(problem) for problem in anew.problems
    ]
    assert anew.pages != old or change == "how a name is written"


def test_all_that_a_page_may_read_of_a_book_is_recorded_or_in_the_stamp() -> None:
    files = {"stack", "tokenizer", "definer", "runs", "sentences"}  # of READ
    unread = {
        "root",
        "problems",
        "pitch_url",
        "register",
        "synonyms",
        "summary",
        "publishers",
        "withdrawals",
    }  # by no module of book/, drawing/, page/ or lists/ while a page is rendered
    assert {item.name for item in dataclasses.fields(Book)} == {*RECORDED, *COMMON} | files | unread


def test_a_run_for_another_address_leaves_what_is_kept_for_the_first(
    two: Project, rendered: list[str]
) -> None:
    address = "\nsite_url: !ENV [SITE_URL, 'https://guide.example/']\n"
    two.write("mkdocs.yml", (two.root / "mkdocs.yml").read_text(encoding="utf-8") + address)
    cached(two)
    book = load_book(two.root)
    book.site_url = "https://other.example/"
    complete_index(book, settings(two))
    rendered.clear()
    cached(two)
    assert rendered == [] and len(list((two.root / CACHE).iterdir())) == 2


@pytest.mark.parametrize("data", [b"", b"no pickle", pickle.dumps("another stamp"), pickle.dumps(3)])
def test_a_file_that_cannot_be_read_is_made_anew(two: Project, rendered: list[str], data: bytes) -> None:
    first = cached(two)
    [file] = (two.root / CACHE).iterdir()
    for content, again in ((data, sorted(first.pages)), (None, [])):
        if content is not None:
            file.write_bytes(content)
        rendered.clear()
        assert cached(two).pages == first.pages and sorted(rendered) == again


def test_where_nothing_can_be_written_pages_are_rendered_each_time(two: Project, rendered: list[str]) -> None:
    two.write(str(CACHE), "a file stands in the folder's place")
    first = cached(two)
    rendered.clear()
    assert cached(two).pages == first.pages and sorted(rendered) == sorted(first.pages)
    assert first.pages == fresh(two).pages


@pytest.mark.whole
def test_every_page_of_the_guide_comes_back_as_it_was() -> None:
    assert pickle.loads(pickle.dumps(dict(guide().pages))) == guide().pages
