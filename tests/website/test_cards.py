"""What a page says of itself to those who link it: its card, its tags, its own address."""

from __future__ import annotations

import re
from pathlib import Path

from fieldguide.book import Book
from tests.built import BASE, pages, parse

PROPERTIES = {
    "og:type",
    "og:site_name",
    "og:title",
    "og:description",
    "og:image",
    "og:image:type",
    "og:image:width",
    "og:image:height",
    "og:image:alt",
    "og:locale",
}
NAMES = {"twitter:card"}
"""All that Twitter wants of its own; the rest it reads from the others."""


def tags(path: Path) -> dict[str, str]:
    """property or name → content of every meta element; a tag that stands twice fails."""
    found: dict[str, str] = {}
    for element in parse(path).find_all("meta"):
        key = element.attr("property") or element.attr("name")
        if key:
            assert key not in found, f"{path}: {key} stands twice"
            found[key] = element.attr("content", "")
    return found


def test_every_page_has_complete_tags_with_absolute_addresses_under_the_sub_path(site: Path) -> None:
    wrong = []
    for address, path in pages(site).items():
        found = tags(path)
        missing = (PROPERTIES | NAMES) - set(found)
        empty = [key for key in PROPERTIES | NAMES if not found.get(key, "").strip()]
        wrong += [f"{address}: {', '.join(sorted(missing))} missing"] if missing else []
        wrong += [f"{address}: {', '.join(empty)} empty"] if empty and not missing else []
        if (
            not found["og:image"].startswith(BASE)
            or not (site / found["og:image"].removeprefix(BASE)).is_file()
        ):
            wrong.append(f"{address}: no card at {found['og:image']}")
        if re.search(r"[<>]|&\w+;", found["og:title"] + found["og:description"]):
            wrong.append(f"{address}: markup in {found['og:title']} / {found['og:description']}")
    assert wrong == []


def test_the_address_that_a_page_gives_is_its_own_and_its_canonical_one(site: Path) -> None:
    for address, path in pages(site).items():
        if address != "404.html":
            canonical = [element.attr("href") for element in parse(path).find_all("link", rel="canonical")]
            assert canonical == [tags(path)["og:url"]] == [BASE + address]


def test_the_tags_say_what_the_page_says(site: Path, book: Book) -> None:
    built = pages(site)
    home, chapter, term = (
        tags(built[address]) for address in ("", "training/scaling-laws/", "glossary/token/")
    )
    assert (home["og:type"], home["og:title"]) == ("website", book.name)
    assert (chapter["og:type"], chapter["og:title"]) == ("article", "Scaling: the law and the bet")
    assert (
        chapter["og:description"]
        == chapter["description"]
        == book.pages["training/scaling-laws.md"].meta.description
    )
    assert chapter["article:modified_time"] == book.pages["training/scaling-laws.md"].meta.reviewed
    assert chapter["og:image"] == f"{BASE}assets/cards/training-scaling-laws.png"
    assert term["og:description"] == term["description"] == book.terms["token"].definition


def test_every_term_is_described_by_its_definition(site: Path, book: Book) -> None:
    built = pages(site)
    for term in book.terms.values():
        assert tags(built[term.page.src.removesuffix(".md") + "/"])["description"] == term.definition


def test_the_page_for_what_is_not_there_is_not_indexed_and_gives_no_address(site: Path) -> None:
    found = tags(site / "404.html")
    assert found["robots"] == "noindex"
    assert "og:url" not in found
    assert found["og:image"] == f"{BASE}assets/cards/home.png"
