"""The decks as they are published: the page offers each file, each file leads back into the site and says
what its records say.
"""

from __future__ import annotations

import copy
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from fieldguide.book import Book
from fieldguide.drawing.figure import draw
from fieldguide.outputs.color_tokens import light
from fieldguide.outputs.decks.files import deck_bytes
from fieldguide.outputs.decks.slide_text import OPINION, numbers, spoken, title_of
from fieldguide.outputs.slides.files import printed_address
from fieldguide.records.deck import LENGTH, MOST_BYTES
from fieldguide.records.figure import figure_src
from fieldguide.records.page import page_url
from fieldguide.records.short_links import short_link
from tests.built import BASE, file_of, parse
from tests.guide import guide_book


@pytest.fixture(scope="module")
def published() -> Book:
    """The guide's records as the built site takes them: with its address."""
    book = copy.copy(guide_book())
    book.site_url = BASE
    return book


def file_of_deck(site: Path, slug: str) -> Path:
    return site / "figures" / "decks" / f"{slug}.pptx"


def test_the_page_of_decks_offers_each_file_with_its_claims(site: Path, book: Book) -> None:
    page = parse(site / "figures" / "decks" / "index.html")
    offered = {link.attr("href") for link in page.find_all("a", download=True)}
    assert offered == {f"{slug}.pptx" for slug in book.decks}
    assert all((site / "figures" / "decks" / name).is_file() for name in offered)
    claims = [
        link.attr("href")
        for listing in page.find_all("ol", class_="fg-decks__claims")
        for link in listing.find_all("a")
        if link.attr("class") != "fg-opinion"
    ]
    assert claims == [
        f"../{slide.figure}/"
        for slug in ("newcomer", "founder", "investor")
        for slide in book.decks[slug].slides
    ]
    assert "decks/" in {link.attr("href") for link in parse(site / "figures" / "index.html").find_all("a")}


def test_every_link_of_every_slide_leads_to_a_page(site: Path, book: Book) -> None:
    for slug, deck in book.decks.items():
        for slide, shown in zip(deck.slides, Presentation(str(file_of_deck(site, slug))).slides, strict=True):
            links = [relation.target_ref for relation in shown.part.rels.values() if relation.is_external]
            assert BASE + page_url(figure_src(slide.figure)) in links
            assert [
                link for link in links if not link.startswith(BASE) or not file_of(site, link).is_file()
            ] == []


def test_a_file_has_native_titles_a_picture_with_its_words_sources_links_and_notes(
    site: Path, published: Book
) -> None:
    for slug, deck in published.decks.items():
        assert file_of_deck(site, slug).stat().st_size <= MOST_BYTES
        file = Presentation(str(file_of_deck(site, slug)))
        assert (file.core_properties.title, file.core_properties.author) == (deck.title, "StarX Capital")
        assert len(file.slides) == LENGTH
        for slide, shown in zip(deck.slides, file.slides, strict=True):
            figure = published.figures[slide.figure]
            assert shown.shapes.title is not None and shown.shapes.title.text_frame.text == title_of(
                published, slide
            )
            by_name = {shape.name: shape for shape in shown.shapes}
            picture = by_name["Figure"]._element.nvPicPr.cNvPr
            assert picture.get("descr") == figure.alt
            source = by_name["Source"].text_frame.text
            assert "As of " in source and published.sources[figure.sources[0]].name in source
            assert source.startswith(OPINION) == slide.opinion
            links = {relation.target_ref for relation in shown.part.rels.values() if relation.is_external}
            wanted = {published.address(figure_src(figure.slug))} | (
                {published.address(short_link(slide.claim))} if slide.claim else set()
            )
            assert links == wanted
            assert by_name["Address of the figure"].text_frame.text == printed_address(
                published.address(figure_src(figure.slug))
            )
            said = shown.notes_slide.notes_text_frame.text
            assert said.startswith(spoken(published, slide.say)) and "[@" not in said and "fact:" not in said
            assert all(number.address in said for number in numbers(published, slide))
            unnamed = [
                shape.name for shape in shown.shapes if not shape.has_text_frame and shape.name != "Figure"
            ]
            assert unnamed == [], "what says nothing is marked as decoration"
            assert [shape.name for shape in shown.shapes if "adec:decorative" in shape._element.xml] == [
                "Rule",
                "Mark",
            ]


def test_the_same_deck_gives_the_same_bytes(site: Path, published: Book) -> None:
    deck = published.decks["founder"]
    assert (
        deck_bytes(
            published,
            deck,
            {slide.figure: draw(published.figures[slide.figure], published) for slide in deck.slides},
        )
        == file_of_deck(site, "founder").read_bytes()
    )
    with zipfile.ZipFile(file_of_deck(site, "founder")) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in parts.namelist() if "printerSettings" in name or "thumbnail" in name]


def test_the_file_bears_our_colors_and_faces_that_others_have(site: Path, published: Book) -> None:
    with zipfile.ZipFile(file_of_deck(site, "newcomer")) as parts:
        theme = parts.read("ppt/theme/theme1.xml").decode()
    assert f'<a:lt1><a:srgbClr val="{light(published)["paper"][1:]}"/>' in theme
    assert (
        '<a:majorFont><a:latin typeface="Times New Roman"' in theme
        and '<a:minorFont><a:latin typeface="Arial"' in theme
    )
    assert "Calibri" not in theme
