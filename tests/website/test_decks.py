"""The decks as they are published: the page offers each file, and each file leads back into the site."""

from __future__ import annotations

from pathlib import Path

from pptx import Presentation

from fieldguide.book import Book
from fieldguide.records.figure import figure_src
from fieldguide.records.page import page_url
from tests.built import BASE, file_of, parse


def test_the_page_of_decks_offers_each_file_with_its_claims(site: Path, book: Book) -> None:
    page = parse(site / "figures" / "decks" / "index.html")
    offered = {link.attr("href") for link in page.find_all("a", download=True)}
    assert offered == {f"{slug}.pptx" for slug in book.decks}
    assert all((site / "figures" / "decks" / name).is_file() for name in offered)
    claims = [link.attr("href") for listing in page.find_all("ol", class_="fg-decks__claims") for link in listing.find_all("a") if link.attr("class") != "fg-opinion"]
    assert claims == [f"../{slide.figure}/" for slug in ("newcomer", "founder", "investor") for slide in book.decks[slug].slides]
    assert "decks/" in {link.attr("href") for link in parse(site / "figures" / "index.html").find_all("a")}


def test_every_link_of_every_slide_leads_to_a_page(site: Path, book: Book) -> None:
    for slug, deck in book.decks.items():
        for slide, shown in zip(deck.slides, Presentation(str(site / "figures" / "decks" / f"{slug}.pptx")).slides, strict=True):
            links = [relation.target_ref for relation in shown.part.rels.values() if relation.is_external]
            assert BASE + page_url(figure_src(slide.figure)) in links
            assert [link for link in links if not link.startswith(BASE) or not file_of(site, link).is_file()] == []
