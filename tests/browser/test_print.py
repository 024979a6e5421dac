"""Any page prints as a memo: light from dark, without navigation, with its sources, its terms and whole figures."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from fieldguide.book import Book
from tests.browser.tabs import NewTab
from tests.browser.test_pdf import figure_pages

CHAPTER = "training/scaling-laws/"
PAGES = ["", CHAPTER, "investing/diligence/", "glossary/token/", "figures/money-flow/", "data/hardware/"]
FIGURES = ["money-flow", "timeline", "stack-map", "families", "roofline", "law-dates", "transformer-boxes", "scorecard"]
SMALLEST = """[...document.querySelectorAll('.fg-drawing')].filter((svg) => svg.getClientRects().length).map((svg) => {
  const { width, height } = svg.getBoundingClientRect();
  const box = svg.viewBox.baseVal;
  const sizes = [...svg.querySelectorAll('[font-size]')].map((text) => text.getAttribute('font-size'));
  return Math.min(...sizes) * Math.min(width / box.width, height / box.height) * 0.75;
})"""
"""Points of the smallest text of each drawing that prints."""
HIDDEN = ".md-header, .md-tabs, .md-sidebar, .fg-footer, .fg-prevnext, .fg-pitch, .fg-quiz, .fg-next, .fg-figure__tools, .fg-filter, .fg-copy, .fg-citation, .fg-neighbors, .fg-pdflink, button"


@pytest.fixture
def dark(new_tab: NewTab) -> Page:
    return new_tab(color_scheme="dark")


def printed(page: Page) -> PdfReader:
    page.evaluate("document.fonts.ready")
    return PdfReader(io.BytesIO(page.pdf(format="Letter", prefer_css_page_size=True, tagged=True)))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_prints_light_from_dark_and_without_its_controls(dark: Page, address: str, path: str) -> None:
    dark.goto(address + path)
    assert dark.evaluate("document.body.dataset.mdColorScheme") == "slate"
    dark.emulate_media(media="print")
    assert dark.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    assert dark.evaluate("getComputedStyle(document.body).getPropertyValue('--fg-paper').trim()").upper() in ("#FFFFFF", "#FFF")
    shown = "(found) => [...document.querySelectorAll(found)].filter((item) => item.getClientRects().length && item.getBoundingClientRect().width > 1).map((item) => item.className)"
    assert dark.evaluate(shown, HIDDEN) == []
    assert dark.locator(".fg-printhead").is_visible() and dark.locator(".fg-printfoot").is_visible()


@pytest.mark.parametrize("path", PAGES)
def test_no_printed_page_is_empty_and_no_figure_is_split(dark: Page, address: str, path: str) -> None:
    dark.goto(address + path)
    pdf = printed(dark)
    assert [at for at, page in enumerate(pdf.pages, 1) if len(page.extract_text()) < 80] == []
    tall = ["investing/diligence/", "figures/money-flow/"]  # a sheet of questions longer than a page; words, then a drawing as tall as a page
    assert path in tall or [pages for pages in figure_pages(pdf) if len(pages) > 1] == []


@pytest.mark.parametrize("slug", FIGURES)
def test_a_figure_s_page_prints_its_title_and_figure_on_the_first_page(dark: Page, address: str, slug: str) -> None:
    dark.goto(f"{address}figures/{slug}/")
    title = dark.locator("h1").text_content()
    pdf = printed(dark)
    first, text = (" ".join(part.split()) for part in (pdf.pages[0].extract_text(), " ".join(page.extract_text() for page in pdf.pages)))
    assert title.split()[-1] in first and len(first) > 1000
    assert min(min(pages) for pages in figure_pages(pdf)) == 1
    assert text.count("Sources on this page") == 1 and "What it rests on" not in text


def test_a_drawing_as_tall_as_a_page_has_one_after_its_words(dark: Page, address: str) -> None:
    dark.goto(address + "figures/money-flow/")
    figure, drawing = figure_pages(printed(dark))
    assert (figure, drawing) == ({1, 2}, {2})


def test_no_drawing_prints_text_under_7_points(dark: Page, address: str, book: Book) -> None:
    dark.set_viewport_size({"width": 680, "height": 900})  # the sheet between its margins
    dark.emulate_media(media="print")
    small = {}
    for path in [f"figures/{slug}/" for slug in book.homes] + ["", "stack/", "stack/who-pays-whom/"]:
        dark.goto(address + path)
        if (sizes := dark.evaluate(SMALLEST)) and min(sizes) < 7:
            small[path] = min(sizes)
    assert small == {}


def test_each_source_of_a_figure_s_page_stands_once_with_its_address(dark: Page, address: str) -> None:
    dark.goto(address + "figures/roofline/")
    urls = dark.eval_on_selector_all(".fg-note--source .fg-note__url", "(found) => found.map((item) => item.textContent.trim())")
    text = "".join("".join(page.extract_text().split()) for page in printed(dark).pages)
    assert urls and [text.count(url) for url in urls] == [1] * len(urls)


def test_a_memo_ends_with_its_sources_their_addresses_and_its_terms(dark: Page, address: str) -> None:
    dark.goto(address + CHAPTER)
    pdf = printed(dark)
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert text.index("Sources on this page") < text.index("https://arxiv.org/abs/2203.15556") < text.index("Terms on this page") < text.rindex("Nothing here is an offer")
    assert "Printed from" in pdf.pages[0].extract_text() and CHAPTER.strip("/") in pdf.pages[0].extract_text()
    assert f"1 / {len(pdf.pages)}" in pdf.pages[0].extract_text()


def test_a_table_of_records_lies_across_the_sheet_and_repeats_its_header(dark: Page, address: str) -> None:
    dark.goto(address + "data/hardware/")
    pdf = printed(dark)
    assert all(page.mediabox.width > page.mediabox.height for page in pdf.pages)
    assert "Bandwidth" in pdf.pages[0].extract_text() and "Bandwidth" in pdf.pages[1].extract_text()
    last = pdf.pages[-1].extract_text()
    assert "Sources on this page" in last and "Nothing here is an offer" in last  # on the page where the table ends
    assert "2017" in last
