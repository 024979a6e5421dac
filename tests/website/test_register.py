"""The register of addresses against the built site: every line leads somewhere."""

from __future__ import annotations

import functools
import html
import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin

from fieldguide.checks.addresses import PATH
from fieldguide.index import USED_IN
from fieldguide.records.redirect import load_register
from tests.built import BASE, ids, text_of
from tests.guide import ROOT

REGISTER = load_register(ROOT / PATH)


@functools.cache
def leads(path: Path) -> tuple[dict[str, str], str]:
    """Where a page sends on to: {anchor: link} for anchors that moved, and the link for all others of a page
    that did, else "".
    """
    text = text_of(path)
    moved = {
        key: value
        for found in re.findall(r'\sdata-moved="([^"]*)"', text)
        for key, value in json.loads(html.unescape(found)).items()
    }
    refresh = re.search(r'content="0; url=([^"]+)"', text)
    pairs = re.search(r"new Map\((\[.*?\])\)\.get", text) if refresh else None
    return moved | (dict(json.loads(pairs[1])) if pairs else {}), refresh[1] if refresh else ""


def arrive(site: Path, address: str, steps: int = 2) -> str:
    """What the built site does with a site path: "" when it opens what was asked, else what is wrong with
    it.
    """
    page, _, anchor = address.partition("#")
    file = site / page / "index.html"
    if not file.is_file():
        return f"no page at {page}"
    moved, elsewhere = leads(file)
    if elsewhere or anchor in moved:
        if steps == 0:
            return "led in a circle"
        there = urljoin(BASE + page, moved.get(anchor) or elsewhere).removeprefix(BASE)
        return arrive(
            site, there if "#" in there or not anchor or anchor in moved else f"{there}#{anchor}", steps - 1
        )
    if page == "data/claims/" and "." in anchor:  # claims.mjs leads an anchor of old to the claim's page
        return arrive(site, f"go/{anchor}/", steps - 1)
    if "=" in anchor:
        return "" if "<x-lab" in text_of(file) else f"no lab at {page}"
    if anchor == USED_IN and page.startswith("glossary/"):  # a term that no page names has no such list
        return ""
    return "" if not anchor or unquote(anchor) in ids(file) else f"no anchor {anchor} at {page}"


def test_every_recorded_address_opens_on_the_built_site(site: Path) -> None:
    wrong = {line: fault for line in REGISTER if (fault := arrive(site, line))}
    assert wrong == {}
    assert len(REGISTER) > 1000


def test_every_address_that_a_control_copies_is_recorded(site: Path) -> None:
    recorded = set(REGISTER)
    missing = set()
    for path in site.rglob("index.html"):
        page = path.relative_to(site).as_posix().removesuffix("index.html")
        for link in re.findall(r'<a\s[^>]*class="fg-copy[ "][^>]*>', text_of(path)):
            target = re.search(r'data-copy="([^"]+)"', link) or re.search(r'href="([^"]+)"', link)
            below = urljoin(BASE + page, html.unescape(target[1])).removeprefix(BASE)
            missing.add(f"./{below}" if below == "" or below.startswith("#") else below)
    assert missing - recorded == set()
