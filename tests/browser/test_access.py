"""What a finger can hit, what Tab comes by, and letters of twice the size."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.tabs import NewTab, OpenPage
from tests.browser.targets import small_targets

CHAPTER, TABLE, CLAIM = "training/scaling-laws/", "training/tokens/", "go/chinchilla.tokens/"
PAGES = {
    # address: the least number of targets that it has
    "": 120,
    CHAPTER: 120,
    TABLE: 80,
    "investing/where-value-accrues/": 80,
    "labs/unit-economics/": 60,
    "labs/next-token/": 60,
    "data/models/": 150,
    "data/prices/": 200,
    "data/claims/": 40,
    "glossary/token/": 40,
    CLAIM: 15,
}
WIDE = [
    "labs/next-token/",
    "labs/training-cost/",
    "labs/unit-economics/",
    "investing/where-value-accrues/",
    "data/claims/training/",
    CLAIM,
    "training/tokens/",
    "",
]
BEYOND = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => element !== null
    && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.querySelectorAll("body *:not(svg *)")].filter((element) => {
    const {left, right, width: own, height} = element.getBoundingClientRect();
    const seen = element.checkVisibility() && own > 2 && height > 2;
    return seen && right > width + 2 && left < 3 * width && !scrolls(element);
  }).map((element) => `${element.tagName} ${element.className}`);
}"""


@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize("path", PAGES)
def test_every_target_outside_running_text_has_24_pixels(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width, 844)
    number, small = small_targets(page)
    assert number >= PAGES[path]
    assert small == []


@pytest.mark.parametrize("path", [CHAPTER, "labs/unit-economics/", "data/models/"])
def test_at_a_desk_too_except_in_drawings(open_page: OpenPage, path: str) -> None:
    page = open_page(path, 1440)
    page.evaluate("document.querySelectorAll('svg').forEach((drawing) => drawing.remove())")
    assert small_targets(page)[1] == []


def test_tab_passes_a_note_that_the_focus_opens_and_enter_goes_into_it(open_page: OpenPage) -> None:
    page = open_page(CHAPTER, 1440)
    word, box = page.locator("article p > a.fg-term").first, page.locator(".fg-popover")
    page.keyboard.press("Tab")
    word.focus()
    expect(box).to_be_visible()
    page.keyboard.press("Tab")
    expect(box.locator(":focus")).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('article') !== null"), "the next link of the text"
    page.keyboard.press("Shift+Tab")
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    expect(box.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(word).to_be_focused()
    expect(box).to_have_count(0)


@pytest.mark.parametrize("path", WIDE)
def test_letters_of_twice_the_size_stay_on_a_phones_screen(new_tab: NewTab, address: str, path: str) -> None:
    page = new_tab(390, 844)
    sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "40px"
    assert page.evaluate("matchMedia('(max-width: 13em)').matches"), (
        "a media query follows the reader's letters"
    )
    assert page.evaluate(BEYOND) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_more_contrast_is_given_where_it_is_asked_for(open_page: OpenPage) -> None:
    for scheme in ("light", "dark"):
        page = open_page(CHAPTER, 1440, color_scheme=scheme)
        muted = "getComputedStyle(document.querySelector('.fg-meta')).getPropertyValue('--fg-muted').trim()"
        ink = muted.replace("--fg-muted", "--fg-ink-2")
        assert page.evaluate(muted) != page.evaluate(ink)
        page.emulate_media(contrast="more")
        assert page.evaluate(muted) == page.evaluate(ink)
        page.emulate_media(contrast="no-preference")
