"""The built site as files: valid HTML, links, anchors, weight, reachability. Every test looks at every
page.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import zip_longest
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import turbohtml
from turbohtml import Namespace, TokenType

from fieldguide.book import Book
from tests.built import BASE, claim_pages, file_of, ids, pages, parse, text_of
from tests.guide import guide_book

OURS = ("popover", "filter", "copy", "clip", "lab", "sheet", "claims")
USES = {
    "popover": "data-note=",
    "filter": "data-filter=",
    "copy": "fg-copy",
    "clip": "data-clip=",
    "lab": "<x-lab",
    "sheet": "data-sheet=",
    "claims": 'class="fg-claims"',
}
UNREAD = re.compile(r"<(code|pre|script|style|template|textarea)\b.*?</\1>", re.S)
"""What is no running text."""
STRAIGHT = re.compile(r"""["]|(?<=\w)'\w""")
BELOW = urlsplit(BASE).path
VOID = ("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
"""Elements of HTML that never close."""


def tags(text: str) -> Iterator[tuple[str | None, bool]]:
    """The tags of a page in order, as (name, whether it opens); one that closes itself is two."""
    for token in turbohtml.tokenize(text):
        if token.type in (TokenType.START_TAG, TokenType.END_TAG):
            yield token.tag, token.type == TokenType.START_TAG
            if token.self_closing and token.tag not in VOID:
                yield token.tag, False


def faults(text: str) -> list[object]:
    """Parse errors by their names in the HTML standard, then the first tag that a browser would add, drop or
    move: every element is closed, and stands where it is written.
    """
    document = turbohtml.parse(text, positions=False)
    errors: list[object] = [error.code for error in document.errors]
    if not text.lower().startswith("<!doctype html>"):
        errors.append("missing-doctype")
    pairs = zip_longest(tags(text), tags(document.serialize()))
    return errors + [written for written, made in pairs if written != made][:1]


RIGHT = (
    "<!doctype html><html lang=en><head><title>Right</title></head><body><p>a &amp;"
    " b<br><svg><path/></svg></p><ul><li>c</li></ul></body></html>"
)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("</p><ul>", "<div>d</div></p><ul>"),
        ("<p>a", "<a href=x><a href=y>d</a></a>"),
        ("<p>a", "<table><div>d</div></table><p>a"),
        ("&amp;", "&nonsuch;"),
        ("<p>a", "<p id=e id=f>a"),
        ("a &amp; b", "<b><i>h</b></i>"),
        ("<p>a", "<div><p>a"),
        ("</ul>", "</ul></div>"),
        ("</title>", "</title><div></div>"),
        ("<path/>", "<path>"),
        ("<!doctype html>", ""),
    ],
)
def test_the_judge_of_html_finds_what_is_wrong(good: str, bad: str) -> None:
    assert faults(RIGHT) == []
    assert faults(RIGHT.replace(good, bad)) != []


def test_every_file_is_valid_html(site: Path) -> None:
    files = sorted(site.rglob("*.html"))
    assert {
        path.relative_to(site).as_posix(): found[:3] for path in files if (found := faults(text_of(path)))
    } == {}
    assert len(files) > len(pages(site)) + 100, "short links and frames for other sites as well"


def is_state(page: str, target: str) -> bool:
    """Whether a link leads to a state of a lab, which its page takes."""
    address, _, fragment = urljoin(BASE + page, target).removeprefix(BASE).partition("#")
    folder, _, slug = address.rstrip("/").rpartition("/")
    lab = guide_book().labs.get(slug) if folder == "labs" else None
    return lab is not None and lab.takes(unquote(fragment))


def test_every_internal_link_file_and_anchor_resolves(site: Path) -> None:
    broken = []
    for address, path in (pages(site) | claim_pages(site)).items():
        for element in parse(path).iter_elements():
            for name in ("href", "src", "data-src"):
                target = element.attr(name)
                if not target or target.startswith(("data:", "mailto:")):
                    continue
                url = urljoin(BASE + address, target)
                if not url.startswith(BASE):
                    if element.tag != "a" and not (
                        element.tag == "link" and element.attr("rel") == "canonical"
                    ):
                        broken.append(f"{address}: {element.tag} loads {url}")
                    continue
                file = file_of(site, url)
                if not file.is_file():
                    broken.append(f"{address}: {target}")
                    continue
                anchor = unquote(urlsplit(url).fragment)
                if (
                    anchor
                    and file.suffix == ".html"
                    and anchor not in ids(file)
                    and not is_state(address, target)
                ):
                    broken.append(f"{address}: no anchor {target}")
    assert broken == []


def test_ids_are_unique_on_every_page(site: Path) -> None:
    double = {}
    for address, path in (pages(site) | claim_pages(site)).items():
        found = [uid for item in parse(path).iter_elements() if (uid := item.attr("id"))]
        repeated = (
            {uid for uid in ids(path) if found.count(uid) > 1} if len(found) > len(ids(path)) else set()
        )
        if repeated:
            double[address] = repeated
    assert double == {}


def test_every_page_is_reachable_from_home_by_links_alone(site: Path) -> None:
    """By links of the text: a reader who sees no drawing gets everywhere, to every claim too."""
    seen, queue = {""}, [""]
    every = pages(site) | claim_pages(site)
    while queue:
        address = queue.pop()
        for element in parse(every[address]).find_all("a"):
            url = urljoin(BASE + address, element.attr("href") or "#")
            target = urlsplit(url).path.removeprefix(BELOW)
            if (
                element.namespace == Namespace.HTML
                and url.startswith(BASE)
                and target in every
                and target not in seen
            ):
                seen.add(target)
                queue.append(target)
    assert set(every) - seen == {"404.html"}


def test_nothing_that_is_fetched_blocks_the_first_paint(site: Path) -> None:
    for address, path in pages(site).items():
        head = parse(path).find("head")
        assert head.find_all("link", rel="stylesheet") == [], address
        late = [link.attr("href") for link in parse(path).find("body").find_all("link", rel="stylesheet")]
        assert len(late) == 1 and re.search(r"assets/(read|data)\.\w{10}\.css$", late[0]), address
        blocking = [
            script.attr("src")
            for script in head.find_all("script", src=True)
            if not (script.attr("type") == "module" or {"defer", "async"} & set(script.attrs))
        ]
        assert blocking == [], address


def test_no_font_blocks_and_at_most_two_are_preloaded_or_three_with_italics(site: Path) -> None:
    css = next((site / "assets").glob("read.*.css")).read_text(encoding="utf-8")
    faces = re.findall(r"@font-face\s?\{(.*?)\}", css)
    web = [face for face in faces if "url(" in face]
    assert len(web) >= 4
    assert all(
        re.search(r"font-display:\s?optional", face)
        or ("STIX" in face and re.search(r"font-display:\s?swap", face))
        for face in web
    )
    for address, path in pages(site).items():
        preloads = [
            link.attr("href")
            for link in parse(path).find("head").find_all("link")
            if link.attr("as") == "font"
        ]
        italic = "<em>" in text_of(path)
        assert len(preloads) <= (3 if italic else 2), address


def test_our_scripts_load_only_where_they_are_used(site: Path) -> None:
    for address, path in pages(site).items():
        text = text_of(path)
        for name in OURS:
            assert (f"assets/js/{name}.mjs" in text) == (USES[name] in text), f"{address}: {name}"


@pytest.mark.parametrize("kind", ["models", "companies", "prices", "hardware"])
def test_the_data_page_and_its_downloads_hold_every_record(site: Path, book: Book, kind: str) -> None:
    records = getattr(book, kind)
    rows = list(csv.DictReader((site / "data" / f"{kind}.csv").open(encoding="utf-8", newline="")))
    table = json.loads((site / "data" / f"{kind}.json").read_text(encoding="utf-8"))[kind]
    assert {row["id"] for row in rows} == {row["id"] for row in table} == set(records)
    assert all(row["sources"] for row in table)
    shown = {item.attr("id") for item in parse(site / "data" / kind / "index.html").find_all("tr")}
    assert set(records) <= shown


def test_a_download_tells_a_size_from_the_reason_for_none(site: Path, book: Book) -> None:
    for row in json.loads((site / "data" / "models.json").read_text(encoding="utf-8"))["models"]:
        field = book.models[row["id"]].parameters
        assert row["parameters"] == (None if field is None else field.status or field.value)


def test_every_page_has_one_heading_a_title_and_a_description(site: Path) -> None:
    for address, path in (pages(site) | claim_pages(site)).items():
        root = parse(path)
        assert len(root.find_all("h1")) == 1, address
        assert root.find("head").find("title").text, address
        assert any(meta.attr("content") for meta in root.find_all("meta", attrs={"name": "description"})), (
            address
        )


def test_citations_numbers_and_terms_are_links_with_a_note_on_the_page(site: Path) -> None:
    for address, path in pages(site).items():
        for anchor in parse(path).find_all("a"):
            note = anchor.attr("data-note")
            if note:
                assert anchor.attr("href"), f"{address}: {note}"
                assert note in ids(path), f"{address}: {note}"
        for number in parse(path).select("[data-sources]"):
            for key in number.attr("data-sources", "").split():
                assert f"note-{key}" in ids(path), f"{address}: {key}"


def test_every_quote_and_apostrophe_that_is_shown_is_typographic(site: Path) -> None:
    wrong = []
    for path in sorted(site.rglob("*.html")):
        text = unescape(re.sub(r"<[^>]+>", "", UNREAD.sub("", text_of(path))))
        if found := STRAIGHT.search(text):
            wrong.append(f"{path.relative_to(site)}: {text[max(0, found.start() - 40) : found.end() + 40]}")
    assert wrong == []


def test_nothing_unfinished_is_published(site: Path) -> None:
    for address, path in pages(site).items():
        text = text_of(path).lower()
        for word in (
            "lorem ipsum",
            "coming soon",
            "to be written",
            "placeholder text",
            'href="fact:',
            "{{cite",
        ):
            assert word not in text, f"{address}: {word}"
