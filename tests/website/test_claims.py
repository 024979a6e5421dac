"""The claims as they are built: a page for every checked number, light and closed like all others, and lists
that stay small.
"""

from __future__ import annotations

import gzip
import re
import statistics
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.built import BASE, claim_pages, pages, parse, text_of, withdrawn

BUDGET = {"median": 6_000, "most": 12_000, "first screen": 13_000, "list": 60_000, "badge": 19_000}
"""Bytes, compressed, of a claim's page, of it with its sheet, and of a page of the ledger; a badge's as it
is.
"""


def test_every_number_of_the_site_opens_a_page_of_its_own(site: Path) -> None:
    claims = set(claim_pages(site))
    opened = set()
    for path in pages(site).values():
        opened |= {
            f"go/{claim}/"
            for claim in re.findall(r'class="fg-number[^>]*?\bhref="(?:\.\./)*go/([^"/]+)/"', text_of(path))
        }
    assert len(opened) > 1500
    resting = set(
        re.findall(
            r'go/[^"/]+/', text_of(site / "data" / "claims" / "index.html").partition('class="fg-fold"')[2]
        )
    )
    assert resting
    assert opened | resting == claims | withdrawn("claims") | withdrawn("figures")


def test_every_claim_is_listed_and_its_page_badge_and_sitemap_agree(site: Path) -> None:
    claims = set(claim_pages(site))
    listed = {
        found
        for address, path in pages(site).items()
        if address.startswith("data/claims/")
        for found in re.findall(r'<a href="(?:\.\./)+(go/[^"]+)">', text_of(path))
    }
    assert listed == claims | withdrawn("claims") | withdrawn("figures")
    assert {
        f"{path.parent.relative_to(site).as_posix()}/" for path in site.glob("go/*/badge.svg")
    } == claims | withdrawn("claims")
    assert set(re.findall(r"<loc>(.*?)</loc>", text_of(site / "sitemap-claims.xml"))) == {
        BASE + claim for claim in claims
    }
    assert f"Sitemap: {BASE}sitemap-claims.xml" in text_of(site / "robots.txt").splitlines()


def test_what_was_withdrawn_says_so_at_its_addresses(site: Path) -> None:
    assert len(withdrawn("claims")) > 50
    for address in withdrawn("claims") | withdrawn("figures"):
        html = text_of(site / address / "index.html")
        assert "Withdrawn on" in html and "<dt>Why</dt>" in html and 'content="noindex"' in html, address
    for address in withdrawn("claims"):
        assert "Withdrawn on" in text_of(site / address / "badge.svg"), address
    for address in withdrawn("figures"):
        assert "Withdrawn on" in text_of(site / "figures" / address.split("/")[1] / "embed" / "index.html"), (
            address
        )


def test_pages_of_claims_and_of_the_ledger_keep_to_their_budget(site: Path) -> None:
    sizes = sorted(len(gzip.compress(path.read_bytes())) for path in claim_pages(site).values())
    assert statistics.median(sizes) <= BUDGET["median"] and sizes[-1] <= BUDGET["most"]
    [sheet] = (site / "assets").glob("claim.*.css")
    assert len(gzip.compress(sheet.read_bytes())) + sizes[-1] <= BUDGET["first screen"]
    assert max(badge.stat().st_size for badge in site.glob("go/*/badge.svg")) < BUDGET["badge"]
    lists = {
        address: len(gzip.compress(path.read_bytes()))
        for address, path in pages(site).items()
        if address.startswith("data/claims/")
    }
    assert (
        len(lists) > 6 and {address: size for address, size in lists.items() if size > BUDGET["list"]} == {}
    )


def test_a_claim_s_page_is_closed_indexed_and_asks_for_one_sheet(site: Path) -> None:
    sheets = set()
    for address, path in claim_pages(site).items():
        html = text_of(path)
        policy = re.match(
            r'<!doctype html>\n<html[^>]*>\n<head>\n<meta http-equiv="Content-Security-Policy"'
            r' content="([^"]+)">',
            html,
        )
        assert (
            policy
            and policy[1].startswith("default-src 'none'")
            and "unsafe" not in policy[1]
            and "font-src 'self'" in policy[1]
        ), address
        assert "noindex" not in html and f'<link rel="canonical" href="{BASE}{address}">' in html, address
        sheets |= {
            (path.parent / link.attr("href")).resolve()
            for link in parse(path).find_all("link", rel="stylesheet")
        }
    [sheet] = sheets
    assert re.fullmatch(r"claim\.\w{10}\.css", sheet.name)
    fonts = re.findall(r'url\("(?!data:)([^"]+)"\)', text_of(sheet))
    assert fonts and all((sheet.parent / font).is_file() for font in fonts)


def test_a_badge_is_a_picture_that_asks_for_nothing(site: Path) -> None:
    for path in site.glob("go/*/badge.svg"):
        root = ET.fromstring(text_of(path))
        assert {element.tag.rpartition("}")[2] for element in root.iter()} == {
            "svg",
            "title",
            "desc",
            "defs",
            "g",
            "path",
            "use",
        }, path
        for element in root.iter():
            for name, value in element.attrib.items():
                kind = name.rpartition("}")[2]
                assert kind != "style" and not kind.startswith("on"), path
                assert kind != "href" or value.startswith("#"), path
