"""Every page says how it is cited, and CITATION.cff says the same of the guide."""

from __future__ import annotations

import re

import yaml

from fieldguide.book import Book, load_book
from fieldguide.page.cite_this import citation_of, latex
from fieldguide.text.dates import newest_change, show_date
from tests.conftest import Project, page
from tests.guide import ROOT


def test_the_citation_file_says_what_the_project_says(book: Book) -> None:
    """The keys that Citation File Format 1.2.0 requires, and the version and date of the changelog."""
    data = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert data["cff-version"] == "1.2.0"
    assert data["message"] and data["type"] in ("software", "dataset")
    assert data["title"] == book.name
    assert [author["name"] for author in data["authors"]] == [book.publisher]
    newest = newest_change((ROOT / "docs" / "about" / "changelog.md").read_text(encoding="utf-8"))
    assert data["version"] == data["date-released"] == book.version, (
        "set version and date-released in CITATION.cff to the newest date of the changelog"
    )
    assert show_date(data["version"]) == newest


def test_the_citation_of_every_page_is_whole(book: Book) -> None:
    keys = []
    for item in book.pages.values():
        cited = citation_of(book, item)
        assert cited.address in cited.plain and cited.address.startswith(book.site_url)
        assert show_date(item.meta.reviewed) in cited.plain and f"version {book.version}" in cited.plain
        assert "“”" not in cited.plain
        keys.append(re.match(r"@misc\{([a-z0-9-]+),\n", cited.bibtex)[1])
    assert len(set(keys)) == len(keys)


def test_the_braces_of_bibtex_balance_for_every_title(book: Book) -> None:
    for item in book.pages.values():
        entry = re.sub(r"\\[{}]", "", citation_of(book, item).bibtex)
        depth = 0
        for mark in re.findall(r"[{}]", entry):
            depth += 1 if mark == "{" else -1
            assert depth >= 0, item.src
        assert depth == 0, item.src
        assert entry.endswith("}") and re.search(r"^  title +=", entry, flags=re.M)


def test_a_title_holds_no_command_of_tex() -> None:
    assert latex("$1 & 50% of {x}_y #2") == r"\$1 \& 50\% of \{x\}\_y \#2"


def test_a_citation_in_words_quotes_inside_quotes_and_keeps_a_question_mark(project: Project) -> None:
    project.write("docs/foundations/tokens.md", page("Is “open” free?", "The answer."))
    book = load_book(project.root)
    plain = citation_of(book, book.pages["foundations/tokens.md"]).plain
    assert (
        "“Is ‘open’ free?” Test, version 2026-11-25, reviewed 24 Nov 2026,"
        " http://127.0.0.1:8000/foundations/tokens/" in plain
    )


def test_a_page_has_a_citation_once_there_is_a_page_about_citing(project: Project) -> None:
    assert "fg-citation" not in project.html("Nothing.")
    project.write("docs/about/cite-this.md", page("Cite", "So.", "about"))
    html = project.html("Nothing.")
    assert html.count('id="cite"') == 1
    assert 'href="#cite"' in html
