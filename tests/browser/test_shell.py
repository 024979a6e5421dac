"""What is around the text: colors, menu, contents, keys. And what a page asks for when it opens."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page

from tests.browser.tabs import NewTab, until

CHAPTER = "training/scaling-laws/"
PAPER = "getComputedStyle(document.body).getPropertyValue('--fg-paper').trim().toUpperCase()"
LIGHT, DARK = "#FBFAF6", "#181510"
FOCUSED = "document.activeElement.getAttribute('aria-label')"


def test_the_switch_goes_through_three_choices_says_each_and_keeps_it(new_tab: NewTab, address: str) -> None:
    page = new_tab(1440)
    page.goto(address)
    page.evaluate("localStorage.clear()")
    page.reload()
    switch = page.locator(".fg-scheme")
    assert (switch.get_attribute("aria-label"), page.evaluate(PAPER)) == ("Colors: system. Change to dark", LIGHT)
    switch.click()
    assert (switch.get_attribute("aria-label"), page.evaluate(PAPER)) == ("Colors: dark. Change to light", DARK)
    page.goto(address + CHAPTER)
    assert page.evaluate(PAPER) == DARK
    switch.click()
    page.emulate_media(color_scheme="dark")
    until(page, "document.querySelector('.fg-scheme').ariaLabel.endsWith('dark')")
    assert (switch.get_attribute("aria-label"), page.evaluate(PAPER)) == ("Colors: light. Change to dark", LIGHT)
    switch.click()
    switch.click()
    assert (switch.get_attribute("aria-label"), page.evaluate(PAPER)) == ("Colors: system. Change to light", DARK)
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("kept", ["nonsense", '{"index":', "x" * 100_000])
def test_what_another_page_of_the_host_has_stored_does_no_harm(new_tab: NewTab, address: str, kept: str) -> None:
    page = new_tab(1440)
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.goto(address)
    page.evaluate("kept => { for (const key of ['fg-scheme', 'fg-keys', '/.__palette']) localStorage.setItem(key, kept); }", kept)
    page.reload()
    assert page.evaluate(PAPER) == LIGHT
    page.locator(".fg-scheme").click()
    assert page.evaluate(PAPER) == DARK
    page.evaluate("localStorage.clear()")
    assert errors == []


def test_colors_change_where_nothing_may_be_stored(new_tab: NewTab, address: str) -> None:
    page = new_tab(1440)
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})")
    page.goto(address)
    page.locator(".fg-scheme").click()
    assert page.evaluate(PAPER) == DARK


def menu_of(page: Page) -> dict[str, object]:
    state: dict[str, object] = page.evaluate(
        """() => {
          const drawer = document.getElementById('fg-drawer'), box = drawer.getBoundingClientRect();
          const below = document.elementFromPoint(innerWidth - 20, innerHeight / 2);
          return {modal: drawer.matches(':modal'), seen: box.width > 200 && box.left === 0, inside: drawer.contains(document.activeElement),
            behind: drawer.contains(below) || below === drawer, expanded: document.querySelector('.fg-menu').ariaExpanded};
        }"""
    )
    return state


OPEN = {"modal": True, "seen": True, "inside": True, "behind": True, "expanded": "true"}
"""Behind: what lies beside the menu cannot be pressed, a press there falls on the dialog."""


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_the_menu_is_a_dialog_that_the_keyboard_opens_and_escape_closes(new_tab: NewTab, address: str, key: str) -> None:
    page = new_tab(390, 844)
    page.goto(address + CHAPTER)
    page.get_by_role("button", name="Menu", exact=True).focus()
    page.keyboard.press(key)
    assert menu_of(page) == OPEN
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == "Menu" and menu_of(page)["expanded"] == "false"


def test_the_menu_opens_at_the_page_and_closes_by_its_button_beside_it_and_by_a_wide_window(new_tab: NewTab, address: str) -> None:
    page = new_tab(390, 844)
    page.goto(address + CHAPTER)
    menu, drawer = page.get_by_role("button", name="Menu", exact=True), page.locator("#fg-drawer")
    menu.click()
    assert drawer.locator("[aria-current]").evaluate("link => { const {top} = link.getBoundingClientRect(); return top > 0 && top < innerHeight; }")
    page.get_by_role("button", name="Close the menu").click()
    assert not drawer.is_visible() and page.evaluate(FOCUSED) == "Menu"
    menu.click()
    page.mouse.click(380, 400)
    assert not drawer.is_visible()
    menu.click()
    page.set_viewport_size({"width": 1440, "height": 900})
    until(page, "!document.getElementById('fg-drawer').open")
    assert page.evaluate("scrollY") == 0


def test_without_javascript_the_menu_opens_and_search_is_a_link(new_tab: NewTab, address: str) -> None:
    page = new_tab(390, 844, java_script_enabled=False)
    page.goto(address + CHAPTER)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("#fg-drawer").get_by_role("link", name="Chips", exact=True).click()
    page.wait_for_url("**/stack/chips/")
    assert page.locator(".fg-search-open").get_attribute("href") == "../../search/"
    assert not page.locator(".fg-scheme").is_visible()


def test_the_contents_follow_the_reading(new_tab: NewTab, address: str) -> None:
    page = new_tab(1440)
    page.goto(address + CHAPTER)
    links = page.locator(".fg-contents__link")
    assert page.locator(".fg-contents__link[aria-current]").count() == 0
    for number in (1, 3):
        name = links.nth(number).inner_text()
        links.nth(number).click()
        until(page, "name => document.querySelector('.fg-contents__link[aria-current=location]')?.innerText === name", arg=name)


def test_no_single_letter_does_anything(new_tab: NewTab, address: str) -> None:
    page = new_tab(1440)
    page.goto(address + CHAPTER)
    before = page.evaluate("document.body.innerText")
    for key in "npsf,.":
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert page.url.endswith(CHAPTER) and page.evaluate("document.body.innerText") == before and page.evaluate("scrollY") == 0


def test_a_page_asks_for_nothing_of_search_before_it_is_opened(new_tab: NewTab, address: str) -> None:
    page = new_tab(1440)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + CHAPTER, wait_until="networkidle")
    assert asked and [url for url in asked if "search" in url] == []


TYPES = ("", CHAPTER, "glossary/token/", "data/models/", "figures/scaling-fits/", "figures/", "glossary/", "investing/moat-stress-test/", "about/how-we-check/", "404.html")


def test_letters_of_twice_the_size_fit_a_phone(new_tab: NewTab, address: str) -> None:
    page = new_tab(390, 844)
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    wide = {}
    for path in TYPES:
        page.goto(address + path)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "40px"
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
        buttons = page.evaluate("[...document.querySelectorAll('.fg-header__inner > *')].map((item) => item.getBoundingClientRect()).filter((box) => box.width).map((box) => [box.left, box.right])")
        assert all(left >= before for (_, before), (left, _) in itertools.pairwise(buttons)), path
    assert {path: width for path, width in wide.items() if width > 390} == {}
