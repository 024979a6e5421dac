"""Every built page's JSON-LD against the shapes of schema.org, and what search engines ask for beyond
them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fieldguide.book import Book
from fieldguide.records.page import page_url
from tests.built import BASE, file_of, ids, pages, text_of
from tests.schemaorg import check_node
from tests.test_structured import KNOWN, SCRIPT, graph

ASKED = {
    "Article": {"headline", "author", "dateModified", "image"},
    "BreadcrumbList": {"itemListElement"},
    "Dataset": {"name", "description", "creator", "distribution", "license"},
    "ImageObject": {
        "contentUrl",
        "creator",
        "creditText",
        "copyrightNotice",
        "license",
        "acquireLicensePage",
    },
    "DefinedTerm": {"name", "description", "inDefinedTermSet"},
    "DefinedTermSet": {"name", "hasDefinedTerm"},
    "WebSite": {"name", "url"},
}
"""What a page's own node must have; the first four after
https://developers.google.com/search/docs/appearance/structured-data.
"""


def published(book: Book) -> list[str]:
    """The addresses of all pages below the site; pages that lead on and framed figures are none."""
    return [page_url(page.src) for page in book.pages.values() if page.meta.status != "draft"]


def test_every_page_s_structured_data_has_the_shapes_of_schema_org(site: Path, book: Book) -> None:
    wrong = []
    kinds = set()
    for address in published(book):
        nodes = graph(text_of(site / address / "index.html"))
        assert len(nodes) == (1 if address == "" else 2), address
        kinds.add(nodes[0]["@type"])
        for node in nodes:
            wrong += [f"{address}: {found}" for found in check_node(node, KNOWN)]
            wrong += [
                f"{address}: {node['@type']} lacks {name}"
                for name in ASKED.get(node["@type"], set())
                if not node.get(name)
            ]
    assert wrong == []
    assert {"WebSite", "Article", "DefinedTerm", "DefinedTermSet", "Dataset", "ImageObject"} <= kinds


def opens(site: Path, url: str) -> bool:
    """Whether a file is there, and the place in it; `#website` names the site and is no place."""
    file, anchor = file_of(site, url), urlsplit(url).fragment
    return file.is_file() and (anchor in ("", "website") or anchor in ids(file))


def test_every_address_of_ours_in_structured_data_opens(site: Path) -> None:
    def addresses(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set().union(*(addresses(part) for part in value.values()))
        if isinstance(value, list):
            return set().union(*(addresses(part) for part in value))
        return {value} if isinstance(value, str) and value.startswith(BASE) else set()

    missing = set()
    for path in pages(site).values():
        for text in SCRIPT.findall(text_of(path)):
            missing |= {url for url in addresses(json.loads(text)) if not opens(site, url)}
    assert missing == set()
