"""Pages that are kept from one run to the next: nothing is rendered twice, and nothing that changed is taken for what it was."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide.book import load_book
from fieldguide.commands.load import index_of
from fieldguide.commands.remember import KEPT, _Reader, kept_index
from fieldguide.index import Index, Pages
from tests.conftest import TERM, Project, extensions, page
from tests.guide import guide

MORE = "The answer.\n\nA [token](../glossary/token.md) and [tokens](tokens.md) [@hoffmann2022], [1.4T](fact:reading.tokens)."


@pytest.fixture
def two(project: Project) -> Project:
    """A chapter that names the term, the source, the number and the other chapter."""
    project.write("docs/foundations/more.md", page("More", MORE))
    project.write("mkdocs.yml", (project.root / "mkdocs.yml").read_text(encoding="utf-8").replace("[foundations/tokens.md]", "[foundations/tokens.md, foundations/more.md]"))
    return project


def kept(project: Project) -> Index:
    return kept_index(load_book(project.root), extensions(project.root, (project.root / "mkdocs.yml").read_bytes()))


def fresh(project: Project) -> Index:
    return index_of(load_book(project.root), extensions(project.root, (project.root / "mkdocs.yml").read_bytes()))


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are rendered from now on."""
    found: list[str] = []
    render = Pages.render
    monkeypatch.setattr(Pages, "render", lambda self, here: (found.append(here.page.src), render(self, here))[1])
    return found


def test_a_second_run_renders_nothing_and_has_the_same_pages(two: Project, rendered: list[str]) -> None:
    first = kept(two)
    assert sorted(rendered) == sorted(first.pages)
    rendered.clear()
    assert kept(two).pages == first.pages and rendered == []


def test_an_edited_page_is_rendered_with_those_that_read_it_alone(two: Project, rendered: list[str]) -> None:
    kept(two)
    rendered.clear()
    two.page("Another line.")
    after = kept(two)
    assert "foundations/tokens.md" in rendered and len(rendered) < len(after.pages) / 2
    assert after.pages == fresh(two).pages and "Another line." in after.pages["foundations/tokens.md"].html


CHANGES: dict[str, Callable[[Project], object]] = {
    "a page's title": lambda two: two.write("docs/foundations/tokens.md", page("Small pieces", "The answer.\n\nOther words.")),
    "a page that is gone": lambda two: (two.root / "docs/foundations/more.md").unlink(),
    "a page that is new": lambda two: two.write("docs/glossary/word.md", TERM.replace("Token", "Answer").replace("subword", "reply")),
    "a definition": lambda two: two.write("docs/glossary/token.md", TERM.replace("a piece of text", "a bit of text")),
    "a term's other name": lambda two: two.write("docs/glossary/token.md", TERM.replace("subword", "answer")),
    "a number": lambda two: two.write("data/facts/reading.yml", (two.root / "data/facts/reading.yml").read_text(encoding="utf-8").replace("1.4e12", "1.5e12")),
    "a source": lambda two: two.write("data/sources/hoffmann2022.yml", (two.root / "data/sources/hoffmann2022.yml").read_text(encoding="utf-8").replace("Compute-Optimal", "Optimal")),
    "how a name is written": lambda two: two.write("data/spelling.yml", "words: [FLOP, GPU]\n"),
    "the menu": lambda two: two.write("mkdocs.yml", (two.root / "mkdocs.yml").read_text(encoding="utf-8").replace("[foundations/tokens.md, foundations/more.md]", "[foundations/more.md, foundations/tokens.md]")),
    "the guide's name": lambda two: two.write("mkdocs.yml", (two.root / "mkdocs.yml").read_text(encoding="utf-8").replace("site_name: Test", "site_name: Another")),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_that_changed_is_taken_for_what_it_was(two: Project, change: str) -> None:
    before = kept(two)
    CHANGES[change](two)
    after, anew = kept(two), fresh(two)
    assert after.pages == anew.pages
    assert [str(problem) for problem in after.problems] == [str(problem) for problem in anew.problems]
    assert kept(two).pages == after.pages and (after.pages != before.pages or change == "how a name is written")


def test_a_run_for_another_address_leaves_what_is_kept_for_the_first(two: Project, rendered: list[str]) -> None:
    address = "\nsite_url: !ENV [SITE_URL, 'https://guide.example/']\n"
    two.write("mkdocs.yml", (two.root / "mkdocs.yml").read_text(encoding="utf-8") + address)
    kept(two)
    book = load_book(two.root)
    book.site_url = "https://other.example/"
    kept_index(book, extensions(two.root, (two.root / "mkdocs.yml").read_bytes()))
    rendered.clear()
    kept(two)
    assert rendered == [] and len(list((two.root / KEPT).iterdir())) == 2


class Harm:
    """What somebody may have put into the file."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("harm",)


@pytest.mark.parametrize("data", [b"", b"no pickle", pickle.dumps(("another stamp", {})), pickle.dumps(3), pickle.dumps(Harm())])
def test_a_file_that_cannot_be_read_is_made_anew_and_calls_nothing(two: Project, rendered: list[str], data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(two.root)
    first = kept(two)
    [file] = (two.root / KEPT).iterdir()
    file.write_bytes(data)
    rendered.clear()
    assert kept(two).pages == first.pages and sorted(rendered) == sorted(first.pages)
    rendered.clear()
    assert kept(two).pages == first.pages and rendered == []
    assert not Path("harm").exists()


def test_where_nothing_can_be_written_pages_are_rendered_each_time(two: Project, rendered: list[str]) -> None:
    two.write(str(KEPT), "a file stands in the folder's place")
    assert kept(two).pages == kept(two).pages == fresh(two).pages


@pytest.mark.whole
def test_every_page_of_the_guide_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "pages"
    file.write_bytes(pickle.dumps(dict(guide().pages)))
    with file.open("rb") as data:
        assert _Reader(data).load() == guide().pages
