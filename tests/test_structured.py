"""Structured data: every page's JSON-LD against the shapes of schema.org, and what search engines ask for
beyond them.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from fieldguide.index import Index
from fieldguide.lists.fill import fill_page
from tests.conftest import TERM, Project, page
from tests.guide import guide
from tests.schemaorg import SHAPES, check_node

KNOWN = json.loads(SHAPES.read_text(encoding="utf-8"))
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', flags=re.S)


def graph(html: str) -> list[dict[str, Any]]:
    found = SCRIPT.findall(html)
    assert len(found) == 1
    data = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def of_page(index: Index, src: str) -> list[dict[str, Any]]:
    return graph(fill_page(index, src))


def test_the_checker_finds_what_is_wrong() -> None:
    good = {
        "@type": "Article",
        "headline": "Tokens",
        "dateModified": "2026-11-25",
        "publisher": {"@type": "Organization", "name": "A"},
    }
    assert list(check_node(good, KNOWN)) == []
    for change, complaint in (
        ({"headlime": "Tokens"}, "no property headlime"),
        ({"dateModified": "25 Nov 2026"}, "where Date or DateTime is due"),
        ({"publisher": {"@type": "DefinedTerm"}}, "a DefinedTerm where"),
        ({"@type": "Chapitre"}, "unknown type"),
        ({"timeRequired": "5 min"}, "Duration"),
        ({"image": "assets/card.png"}, "URL"),
        ({"@id": "tokens"}, "no address"),
        ({"hasDefinedTerm": []}, "no property"),
        ({"isAccessibleForFree": "yes"}, "Boolean"),
    ):
        assert any(complaint in found for found in check_node(good | change, KNOWN)), complaint


def test_a_chapter_is_an_article_with_its_sources_and_terms(project: Project) -> None:
    project.page("A token stands here [@hoffmann2022].")
    project.write(
        "mkdocs.yml",
        (project.root / "mkdocs.yml").read_text(encoding="utf-8")
        + "site_url: https://example.org/guide/\nsite_author: StarX Capital\n",
    )
    article, trail = of_page(project.index(), "foundations/tokens.md")
    assert (article["@type"], article["headline"], article["dateModified"]) == (
        "Article",
        "Tokens",
        "2026-11-24",
    )
    assert article["url"] == "https://example.org/guide/foundations/tokens/"
    assert [item["url"] for item in article["citation"]] == ["https://arxiv.org/abs/2203.15556"]
    assert [item["@id"] for item in article["about"]] == ["https://example.org/guide/glossary/token/"]
    assert article["publisher"]["name"] == article["author"]["name"] == "StarX Capital"
    assert [item["name"] for item in trail["itemListElement"]] == [
        "Home",
        "Tokens",
    ], "a section without a first page is left out of the trail"


def test_the_trail_passes_the_first_page_of_the_section(project: Project) -> None:
    project.write("docs/foundations/index.md", page("Foundations", "The overview."))
    items = of_page(project.index(), "foundations/tokens.md")[1]["itemListElement"]
    assert [(item["position"], item["name"], urlsplit(item["item"]["@id"]).path) for item in items] == [
        (1, "Home", "/"),
        (2, "Foundations", "/foundations/"),
        (3, "Tokens", "/foundations/tokens/"),
    ]
    assert [
        item["name"] for item in of_page(project.index(), "foundations/index.md")[1]["itemListElement"]
    ] == ["Home", "Foundations"]


def test_nothing_in_a_title_can_end_the_script(project: Project) -> None:
    title = "Ends </script><b>early</b> & more"
    project.write(
        "docs/glossary/token.md",
        TERM.replace("title: Token", f'title: "{title}"').replace("# Token", f"# {title}"),
    )
    html = project.page_html("glossary/token.md")
    text = SCRIPT.findall(html)[0]
    assert not set("<>&\n") & set(text)
    assert graph(html)[0]["name"] == title


@pytest.mark.whole
def test_a_data_set_names_its_keys_and_both_downloads() -> None:
    node = of_page(guide(), "data/hardware.md")[0]
    assert node["@type"] == "Dataset"
    assert [item["encodingFormat"] for item in node["distribution"]] == ["text/csv", "application/json"]
    assert {"name": "bandwidth_tb_per_s", "unitText": "TB/s"}.items() <= next(
        item for item in node["variableMeasured"] if item["name"].startswith("bandwidth")
    ).items()
    assert 50 <= len(node["description"]) <= 5000
