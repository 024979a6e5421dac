"""What a reader, a link or a system may do to a page: it holds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tests.browser.tabs import NewTab, OpenPage, script_errors, until


@pytest.mark.parametrize("words", ["word " * 50_000, "a" * 300_000, "é" * 50_000])
def test_long_input_neither_freezes_the_filter_nor_goes_into_the_address(
    open_page: OpenPage, words: str
) -> None:
    page = open_page("data/claims/training/", 1440)
    page.evaluate(
        "words => { const field = document.querySelector('input[name=find]'); field.value = words;"
        " field.dispatchEvent(new Event('input', {bubbles: true})); }",
        words,
    )
    until(page, "new URL(location.href).searchParams.has('find')")
    assert page.evaluate("new URL(location.href).searchParams.get('find')") == words[:100].strip()


def test_a_long_address_is_cut(open_page: OpenPage) -> None:
    page = open_page("data/models/?find=" + "x" * 5000 + "&sort=__proto__&access=<script>", 1440)
    assert page.locator("input[name=find]").input_value() == "x" * 100
    assert page.locator(".fg-filter__none").inner_text().startswith("No matches")


def test_headings_are_words_until_a_script_makes_them_buttons(
    open_page: OpenPage, new_tab: NewTab, address: str
) -> None:
    plain = new_tab(1440, java_script_enabled=False)
    for path in ("data/prices/", "data/models/", "foundations/families/"):
        plain.goto(address + path)
        assert plain.locator("th [data-sort]").count() > 3
        assert plain.locator("th button").count() == 0
    page = open_page("data/prices/", 1440)
    assert page.locator("th button[data-sort]").count() == page.locator("th [data-sort]").count() > 3
    assert page.evaluate(
        "[...document.querySelectorAll('th [data-sort]')].every(button => button.textContent.trim())"
    )


def test_a_malformed_anchor_breaks_no_link(new_tab: NewTab, address: str) -> None:
    page = new_tab(1440)
    faults = script_errors(page)
    page.goto(address + "about/cite-this/")
    assert page.locator("script[src$='clip.mjs']").count() == 1
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<a id=bad"
        ' href="#%E0%A4%A">x</a>\')'
    )
    page.locator("#bad").click()
    assert faults == []


def choose(control: Locator) -> None:
    """Check a radio or a box: under forced colors it is the system's own."""
    control.check()
    assert control.evaluate("item => getComputedStyle(item).appearance") == "auto"


def test_forced_colors_show_what_is_chosen(open_page: OpenPage, address: str) -> None:
    """The system paints over backgrounds: radios and checks are its own there, and marks keep a color of its
    palette.
    """
    page = open_page("foundations/what-is/?evidence", 1440, forced_colors="active")
    choose(page.locator(".fg-option input").first)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('.fg-option__verdict'), '::before').forcedColorAdjust"
        )
        == "none"
    )
    page.locator("a.fg-cite[data-note]").first.click()
    box = page.locator(".fg-popover")
    assert box.evaluate(
        "item => [getComputedStyle(item).borderLeftWidth, getComputedStyle(item).borderLeftStyle]"
    ) == ["1px", "solid"]
    page.goto(address + "data/models/")
    choose(page.locator(".fg-check input").first)
    chosen, other = (
        page.locator(".fg-segmented label:has(:checked)").first,
        page.locator(".fg-segmented label:not(:has(:checked))").first,
    )
    color = "item => getComputedStyle(item).backgroundColor"
    assert chosen.evaluate(color) != other.evaluate(color)


def test_forced_colors_show_the_answers_of_the_worksheet(open_page: OpenPage) -> None:
    page = open_page("investing/moat-stress-test/", 1440, forced_colors="active")
    choose(page.locator(".fg-stress__option input").first)


def test_a_wide_formula_scrolls_by_keyboard(new_tab: NewTab, address: str) -> None:
    page = new_tab(320)
    page.context.new_cdp_session(page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}}
    )  # no formula is wide in letters of the usual size
    page.goto(address + "training/scaling-laws/")
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    wide = (
        "[...document.querySelectorAll('math[display=block]')].find(item => item.scrollWidth >"
        " item.clientWidth)"
    )
    page.evaluate(f"{wide}.focus()")
    assert page.evaluate(f"document.activeElement === {wide}")
    page.keyboard.press("ArrowRight")
    until(page, "document.activeElement.scrollLeft > 0")
