"""Any page prints as a memo: light from dark, without navigation, with its sources, its terms and whole
figures.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.sheets import figure_pages
from tests.browser.tabs import OpenPage
from tests.guide import guide_book

CHAPTER = "training/scaling-laws/"
PAGES = ["", CHAPTER, "investing/diligence/", "glossary/token/", "figures/money-flow/", "data/hardware/"]
FIGURES = [
    "money-flow",
    "timeline",
    "stack-map",
    "families",
    "roofline",
    "law-dates",
    "transformer-boxes",
    "scorecard",
]
HIDDEN = (
    ".fg-header, .fg-tabs, .fg-side, .fg-drawer, .fg-footer, .fg-prevnext, .fg-pitch, .fg-quiz, .fg-next,"
    " .fg-figure__tools > .fg-action, .fg-figure__tools summary, .fg-figure__share, .fg-evidence, .fg-filter,"
    " .fg-copy, .fg-citation, .fg-neighbors, .fg-pdflink, button"
)
IN_PRINT = """hidden => [getComputedStyle(document.querySelector('h1')).color,
  getComputedStyle(document.body).getPropertyValue('--fg-paper').trim(),
  [...document.querySelectorAll(hidden)].filter((item) => item.getClientRects().length &&
    item.getBoundingClientRect().width > 1).map((item) => item.className)]"""
"""The color of the title, that of the paper, and the classes of what shows of what print should hide."""


@dataclass
class Printed:
    """A page that was shown dark, and is printed."""

    pdf: PdfReader
    texts: list[str]
    """The words of each sheet."""
    title: str
    urls: list[str]
    """The addresses of its sources, as the page has them."""
    was_dark: bool
    ink: str
    paper: str
    controls: list[str]
    """Classes of what only a screen needs and print shows all the same."""
    framed: bool
    """Whether it says whence it comes, above and below."""

    @property
    def text(self) -> str:
        return " ".join(" ".join(sheet.split()) for sheet in self.texts)


class Print(Protocol):
    def __call__(self, path: str, size: str = "Letter") -> Printed: ...


@pytest.fixture(scope="module")
def printed(browser: Browser, address: str) -> Iterator[Print]:
    """Prints a page of the site, once for all tests."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark").new_page()
    yield functools.cache(lambda path, size="Letter": print_page(page, address + path, size))
    page.context.close()


def print_page(page: Page, address: str, size: str) -> Printed:
    page.emulate_media(media="screen")
    page.goto(address)
    dark = (
        page.evaluate("getComputedStyle(document.body).getPropertyValue('--fg-paper').trim().toUpperCase()")
        == "#181510"
    )
    urls = page.eval_on_selector_all(
        ".fg-note--source .fg-note__link a:first-child",
        "(found) => found.map((link) => link.getAttribute('href'))",
    )
    page.emulate_media(media="print")
    ink, paper, controls = page.evaluate(IN_PRINT, HIDDEN)
    framed = page.locator(".fg-printhead").is_visible() and page.locator(".fg-printfoot").is_visible()
    page.evaluate("document.fonts.ready")
    pdf = PdfReader(io.BytesIO(page.pdf(format=size, prefer_css_page_size=True, tagged=True)))
    return Printed(
        pdf,
        [sheet.extract_text() for sheet in pdf.pages],
        page.locator("h1").text_content() or "",
        urls,
        dark,
        ink,
        paper,
        controls,
        framed,
    )


@pytest.mark.parametrize("path", PAGES)
def test_a_page_prints_light_from_dark_and_without_its_controls(printed: Print, path: str) -> None:
    page = printed(path)
    assert page.was_dark
    assert page.ink == "rgb(0, 0, 0)"
    assert page.paper.upper() in ("#FFFFFF", "#FFF")
    assert page.controls == []
    assert page.framed


@pytest.mark.parametrize("path", PAGES)
def test_no_printed_page_is_empty_and_no_figure_is_split(printed: Print, path: str) -> None:
    page = printed(path)
    assert [at for at, sheet in enumerate(page.texts, 1) if len(sheet) < 80] == []
    tall = [
        "investing/diligence/",
        "figures/money-flow/",
    ]  # a sheet of questions longer than a page; words, then a drawing as tall as a page
    split = [pages for pages in figure_pages(page.pdf) if len(pages) > 1]
    # one table of more than half a sheet may break between its rows
    assert path in tall or len(split) <= (path == CHAPTER)


@pytest.mark.parametrize("slug", FIGURES)
def test_a_figure_s_page_prints_its_title_and_figure_on_the_first_page(printed: Print, slug: str) -> None:
    page = printed(f"figures/{slug}/")
    first = " ".join(page.texts[0].split())
    assert page.title.split()[-1] in first and len(first) > 1000
    assert min(min(pages) for pages in figure_pages(page.pdf)) == 1
    assert page.text.count("Sources on this page") == 1 and "What it rests on" not in page.text


def test_a_drawing_as_tall_as_a_page_has_one_after_its_words(printed: Print) -> None:
    figure, drawing = figure_pages(printed("figures/money-flow/").pdf)
    assert (figure, drawing) == ({1, 2}, {2})


@pytest.mark.parametrize("slug", ["unit-economics", "serving-cost", "training-cost", "scaling-laws"])
def test_a_calculator_prints_its_answer_inputs_sum_and_address_on_one_page(
    open_page: OpenPage, slug: str
) -> None:
    page = open_page(f"labs/{slug}/", 1280)
    page.locator(".fg-labs__drawing").first.wait_for()
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print (1 page)").click()
    page.locator(".fg-labs__paper").wait_for(state="attached")
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
    assert len(sheets) == 1
    address = f"#v{guide_book().labs[slug].version}&"
    assert all(words in sheets[0] for words in ("Inputs", "Calculation", "Sources.", address))


def test_a_calculator_printed_from_the_browser_s_menu_shows_every_input(open_page: OpenPage) -> None:
    """Also those of the groups that are closed on the screen."""
    page = open_page("labs/unit-economics/", 1280)
    page.locator(".fg-labs__drawing").first.wait_for()
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
    text = "".join("".join(sheets).split())
    for words in ("Seat price today", "People and other costs", "Payment fees", "Users you have measured"):
        assert "".join(words.split()) in text
    assert "thenchangeacopy" not in text


def test_each_source_of_a_figure_s_page_stands_once_with_its_address(
    printed: Print,
) -> None:
    page = printed("figures/roofline/")
    text = "".join("".join(sheet.split()) for sheet in page.texts)
    assert page.urls and [text.count(url) for url in page.urls] == [1] * len(page.urls)


def test_a_memo_ends_with_its_sources_their_addresses_and_its_terms(
    printed: Print,
) -> None:
    page = printed(CHAPTER)
    text = page.text
    assert (
        text.index("Sources on this page")
        < text.index("https://arxiv.org/abs/2203.15556")
        < text.index("Terms on this page")
        < text.rindex("Nothing here is an offer")
    )
    assert "Printed from" in page.texts[0] and CHAPTER.strip("/") in page.texts[0]
    assert f"1 / {len(page.texts)}" in page.texts[0]


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("path", ["foundations/work/", "foundations/families/", "stack/model-layer/"])
def test_the_last_sheet_has_more_than_a_few_lines(printed: Print, path: str, size: str) -> None:
    """Each of these ended with two to seven lines on one paper or the other."""
    lines = [line for line in printed(path, size).texts[-1].splitlines() if line.strip()]
    assert len(lines) >= 12
    assert "Nothing here is an offer" in " ".join(lines)


def test_a_table_of_records_lies_across_the_sheet_and_repeats_its_header(
    printed: Print,
) -> None:
    page = printed("data/hardware/")
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in page.pdf.pages)
    assert "Bandwidth" in page.texts[0] and "Bandwidth" in page.texts[1]
    ends = [text for text in page.texts if "Bandwidth" in text][-1]
    assert (
        "Sources on this page" in ends and "Nothing here is an offer" in page.texts[-1]
    )  # on the page where the table ends, and at the very end
    assert "2017" in ends
