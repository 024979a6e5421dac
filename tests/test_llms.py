"""llms.txt and llms-full.txt: complete, in the form of llmstxt.org, and of a bearable size."""

from __future__ import annotations

import re
from functools import cache

import pytest

from fieldguide.book import Book
from fieldguide.outputs.llms import llms_full_txt, llms_txt
from fieldguide.records.page import CHAPTERS
from tests.conftest import Project
from tests.guide import guide


def book() -> Book:
    return guide().book


@cache
def whole() -> str:
    return llms_full_txt(guide())


@pytest.mark.whole
def test_the_list_has_a_heading_a_summary_and_lists_of_links() -> None:
    lines = llms_txt(book()).splitlines()
    assert lines[0] == f"# {book().name}"
    assert lines[2] == f"> {book().summary}"
    assert [line for line in lines if line.startswith("# ")] == lines[:1]
    first = next(at for at, line in enumerate(lines) if line.startswith("## "))
    assert [
        line
        for line in lines[first:]
        if line and not re.match(r"## \S|- \[[^\]]+\]\(https?://\S+\): \S", line)
    ] == []
    assert "## Optional" in lines


@pytest.mark.whole
def test_every_chapter_is_listed_once_in_order_and_stands_in_the_whole() -> None:
    published = [
        book().pages[entry.src]
        for entry in book().nav
        if entry.src in book().pages and book().pages[entry.src].meta.type in CHAPTERS
    ]
    listed = re.findall(r"^- \[[^\]]+\]\((\S+)\)", llms_txt(book()), flags=re.M)
    addresses = [book().address(page.src) for page in published]
    assert [url for url in listed if url in addresses] == addresses
    at = [
        whole().index(f"\n# {page.meta.title}\n\nAddress: {book().address(page.src)}\n") for page in published
    ]
    assert at == sorted(at)


@pytest.mark.whole
def test_the_whole_text_holds_every_definition_and_who_is_speaking() -> None:
    for term in book().terms.values():
        assert term.definition in whole()
    assert "# Disclosures\n" in whole()
    assert "© StarX Capital" in whole()


def test_drafts_are_left_out(project: Project) -> None:
    draft = (project.root / "docs/foundations/tokens.md").read_text(encoding="utf-8")
    project.write("docs/foundations/tokens.md", draft.replace("reviewed:", "status: draft\nreviewed:"))
    index = project.index()
    assert "Tokens" not in llms_txt(index.book)
    assert "# Tokens" not in llms_full_txt(index)
