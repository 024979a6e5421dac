"""The built site as files: links, anchors, weight, reachability. Every test looks at every page."""

from __future__ import annotations

import csv
import functools
import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from fieldguide.records.redirect import load_redirects
from tests.conftest import BASE
from tests.guide import ROOT, guide

pytestmark = pytest.mark.site
OURS = ("popover", "filter", "copy", "clip", "lab", "sheet")
USES = {"popover": "data-note=", "filter": "data-filter=", "copy": "fg-copy", "clip": "data-clip=", "lab": "<x-lab", "sheet": "data-sheet="}
REDIRECTS = load_redirects(ROOT / "data" / "redirects.yml", ROOT)[0]


@functools.cache
def parse(path: Path):
    return html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def pages(site: Path) -> dict[str, Path]:
    """{address below the site: file} of every page, the 404 page included; redirects, short links and frames for other sites are none."""
    found = {path.relative_to(site).as_posix().removesuffix("index.html"): path for path in sorted(site.rglob("*.html"))}
    return {address: path for address, path in found.items() if not address.startswith("go/") and not address.endswith("/embed/") and address not in REDIRECTS}


def file_of(site: Path, url: str) -> Path:
    path = unquote(urlsplit(url).path).removeprefix("/guide/")
    return site / path / "index.html" if path == "" or path.endswith("/") else site / path


def test_every_internal_link_file_and_anchor_resolves(site: Path) -> None:
    broken = []
    ids: dict[Path, set[str]] = {}
    for address, path in pages(site).items():
        for element in parse(path).iter():
            for name in ("href", "src", "data-src"):
                target = element.get(name)
                if not target or element.tag in ("use", "image") or target.startswith(("data:", "mailto:")):
                    continue
                url = urljoin(BASE + address, target)
                if not url.startswith(BASE):
                    if element.tag != "a" and not (element.tag == "link" and element.get("rel") == "canonical"):
                        broken.append(f"{address}: {element.tag} loads {url}")
                    continue
                file = file_of(site, url)
                if not file.is_file():
                    broken.append(f"{address}: {target}")
                    continue
                anchor = unquote(urlsplit(url).fragment)
                if anchor and file.suffix == ".html":
                    if file not in ids:
                        ids[file] = {item.get("id") for item in parse(file).iter() if item.get("id")}
                    if anchor not in ids[file]:
                        broken.append(f"{address}: no anchor {target}")
    assert broken == []


def test_ids_are_unique_on_every_page(site: Path) -> None:
    double = {}
    for address, path in pages(site).items():
        found = [item.get("id") for item in parse(path).iter() if item.get("id")]
        repeated = {uid for uid in found if found.count(uid) > 1}
        if repeated:
            double[address] = repeated
    assert double == {}


def test_every_page_is_reachable_from_home_by_links_alone(site: Path) -> None:
    seen, queue = {""}, [""]
    every = pages(site)
    while queue:
        address = queue.pop()
        for element in parse(every[address]).iter("a"):
            url = urljoin(BASE + address, element.get("href") or "#")
            target = urlsplit(url).path.removeprefix("/guide/")
            if url.startswith(BASE) and target in every and target not in seen:
                seen.add(target)
                queue.append(target)
    assert set(every) - seen == {"404.html"}


def test_only_the_theme_sheet_and_ours_block_the_first_paint(site: Path) -> None:
    for address, path in pages(site).items():
        head = parse(path).find("head")
        sheets = [link.get("href") for link in head.iter("link") if link.get("rel") == "stylesheet"]
        assert len(sheets) == 2, address
        assert re.search(r"assets/stylesheets/main\.\w+\.min\.css$", sheets[0])
        assert sheets[1].endswith("assets/fg.css")
        blocking = [script.get("src") for script in head.iter("script") if script.get("src") and not (script.get("type") == "module" or "defer" in script.attrib or "async" in script.attrib)]
        assert blocking == [], address


def test_no_font_blocks_and_at_most_two_are_preloaded_or_three_with_italics(site: Path) -> None:
    css = (site / "assets" / "fg.css").read_text(encoding="utf-8")
    faces = re.findall(r"@font-face\s?\{(.*?)\}", css)
    web = [face for face in faces if "url(" in face]
    assert len(web) >= 4
    assert all("font-display: optional" in face or ("STIX" in face and "font-display: swap" in face) for face in web)
    for address, path in pages(site).items():
        preloads = [link.get("href") for link in parse(path).find("head").iter("link") if link.get("as") == "font"]
        italic = "<em>" in path.read_text(encoding="utf-8")
        assert len(preloads) <= (3 if italic else 2), address


def test_our_scripts_load_only_where_they_are_used(site: Path) -> None:
    for address, path in pages(site).items():
        text = path.read_text(encoding="utf-8")
        for name in OURS:
            assert (f"assets/js/{name}.mjs" in text) == (USES[name] in text), f"{address}: {name}"


@pytest.mark.parametrize("kind", ["models", "companies", "prices", "hardware"])
def test_the_data_page_and_its_downloads_hold_every_record(site: Path, kind: str) -> None:
    records = getattr(guide().book, kind)
    rows = list(csv.DictReader((site / "data" / f"{kind}.csv").open(encoding="utf-8", newline="")))
    table = json.loads((site / "data" / f"{kind}.json").read_text(encoding="utf-8"))[kind]
    assert {row["id"] for row in rows} == {row["id"] for row in table} == set(records)
    assert all(row["sources"] for row in table)
    shown = {item.get("id") for item in parse(site / "data" / kind / "index.html").iter("tr")}
    assert set(records) <= shown


def test_a_download_tells_a_size_from_the_reason_for_none(site: Path) -> None:
    models = guide().book.models
    for row in json.loads((site / "data" / "models.json").read_text(encoding="utf-8"))["models"]:
        field = models[row["id"]].parameters
        assert row["parameters"] == (None if field is None else field.status or field.value)


def test_the_sitemap_carries_the_review_dates(site: Path) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    dates = dict(re.findall(r"<loc>([^<]+)</loc>\s*<lastmod>([^<]+)</lastmod>", text))
    for page in guide().book.pages.values():
        if page.meta.status == "draft":
            continue
        stem = page.src.removesuffix(".md")
        address = BASE + (stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else f"{stem}/")
        assert dates[address] == page.meta.reviewed


def test_every_page_has_one_heading_a_title_and_a_description(site: Path) -> None:
    for address, path in pages(site).items():
        root = parse(path)
        assert len(list(root.iter("h1"))) == 1, address
        assert root.find("head/title").text, address
        assert any(meta.get("name") == "description" and meta.get("content") for meta in root.iter("meta")), address


def test_citations_numbers_and_terms_are_links_with_a_note_on_the_page(site: Path) -> None:
    for address, path in pages(site).items():
        known = {item.get("id") for item in parse(path).iter() if item.get("id")}
        for anchor in parse(path).iter("a"):
            note = anchor.get("data-note")
            if note:
                assert anchor.get("href"), f"{address}: {note}"
                assert note in known, f"{address}: {note}"


def test_nothing_unfinished_is_published(site: Path) -> None:
    for address, path in pages(site).items():
        text = path.read_text(encoding="utf-8").lower()
        for word in ("lorem ipsum", "coming soon", "to be written", "placeholder text", 'href="fact:', "{{cite"):
            assert word not in text, f"{address}: {word}"
