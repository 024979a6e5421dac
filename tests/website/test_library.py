"""Every figure's page, files and frame for other sites, as they are built."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from fieldguide.book import Book
from tests.built import BASE, file_of, ids, parse


def test_every_figure_has_its_page_its_files_and_its_frame(site: Path, book: Book) -> None:
    assert set(book.homes) == set(book.figures)
    for slug in book.homes:
        folder = site / "figures" / slug
        offered = {link.attr("href") for link in parse(folder / "index.html").find_all("a", download=True)}
        assert len(offered) in (4, 5), slug
        for name in offered | {f"{slug}-light-small.png", f"{slug}-dark-small.png"}:
            assert (folder / name).is_file(), f"{slug}: {name}"
        assert (folder / "embed" / "index.html").is_file()


def test_search_finds_a_figure_s_page_by_its_claim_and_nothing_twice(site: Path, book: Book) -> None:
    data = json.loads((site / "assets" / "search.json").read_text(encoding="utf-8"))
    found = [
        item
        for item in data["pages"]
        if item["address"].startswith("figures/") and item["address"] not in ("figures/", "figures/decks/")
    ]
    assert {item["address"]: item["title"] for item in found} == {
        f"figures/{slug}/": book.figures[slug].title for slug in book.homes
    }
    assert all(item["headings"] == [] for item in found)  # what stands below every figure is said of none
    assert not {"png", "@misc", "iframe"} & set(data["words"].split())


def test_the_title_of_every_frame_is_the_claim_of_its_page(site: Path, book: Book) -> None:
    for slug in book.homes:
        (title,) = parse(site / f"figures/{slug}/embed/index.html").find_all("h1")
        assert (title.attr("class"), title.text) == ("fg-figure__title", book.figures[slug].title), slug


def test_every_link_of_every_frame_resolves(site: Path, book: Book) -> None:
    broken = []
    for slug in book.homes:
        path = f"figures/{slug}/embed/"
        for element in parse(site / path / "index.html").iter_elements():
            target = element.attr("href")
            url = urljoin(BASE + path, target or "#")
            if url.startswith(BASE):
                file, anchor = file_of(site, url), urlsplit(url).fragment
                if not file.is_file():
                    broken.append(f"{path}: {target}")
                elif anchor and file.suffix == ".html" and anchor not in ids(file):
                    broken.append(f"{path}: no anchor {target}")
    assert broken == []
