"""What is around the text: colors, menu, contents, keys. And what a page asks for when it opens."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tabs import FORBIDDEN, NewTab, OpenPage, script_errors, until

CHAPTER = "training/scaling-laws/"
PAPER = "getComputedStyle(document.body).getPropertyValue('--fg-paper').trim().toUpperCase()"
LIGHT, DARK = "#FBFAF6", "#181510"
LONGEST_MENU = 1400
"""In px: a window and a half of a phone."""
FOCUSED = "document.activeElement.getAttribute('aria-label')"


def test_the_switch_goes_through_three_choices_says_each_and_keeps_it(
    open_page: OpenPage, address: str
) -> None:
    page = open_page("", 1440)
    switch = page.locator(".fg-scheme")
    assert (switch.get_attribute("aria-label"), page.evaluate(PAPER)) == (
        "Theme: system. Switch to dark",
        LIGHT,
    )
    switch.click()
    assert (switch.get_attribute("aria-label"), page.evaluate(PAPER)) == (
        "Theme: dark. Switch to light",
        DARK,
    )
    page.goto(address + CHAPTER)
    assert page.evaluate(PAPER) == DARK
    switch.click()
    page.emulate_media(color_scheme="dark")
    until(page, "document.querySelector('.fg-scheme').ariaLabel.endsWith('dark')")
    assert (switch.get_attribute("aria-label"), page.evaluate(PAPER)) == (
        "Theme: light. Switch to dark",
        LIGHT,
    )
    switch.click()
    switch.click()
    assert (switch.get_attribute("aria-label"), page.evaluate(PAPER)) == (
        "Theme: system. Switch to light",
        DARK,
    )


@pytest.mark.parametrize("kept", ["nonsense", '{"index":', "x" * 100_000])
def test_what_another_page_of_the_host_has_stored_does_no_harm(
    new_tab: NewTab, address: str, kept: str
) -> None:
    page = new_tab(1440)
    errors = script_errors(page)
    page.goto(address)
    page.evaluate(
        "kept => { for (const key of ['fg-scheme', 'fg-keys', '/.__palette']) localStorage.setItem(key,"
        " kept); }",
        kept,
    )
    page.reload()
    assert page.evaluate(PAPER) == LIGHT
    page.locator(".fg-scheme").click()
    assert page.evaluate(PAPER) == DARK
    assert errors == []


def test_colors_change_where_nothing_may_be_stored(new_tab: NewTab, address: str) -> None:
    page = new_tab(1440)
    page.add_init_script(FORBIDDEN)
    page.goto(address)
    page.locator(".fg-scheme").click()
    assert page.evaluate(PAPER) == DARK


def menu_of(page: Page) -> dict[str, object]:
    state: dict[str, object] = page.evaluate("""() => {
          const drawer = document.getElementById('fg-drawer'), box = drawer.getBoundingClientRect();
          const below = document.elementFromPoint(innerWidth - 20, innerHeight / 2);
          return {modal: drawer.matches(':modal'), seen: box.width > 200 && box.left === 0,
            inside: drawer.contains(document.activeElement),
            behind: drawer.contains(below) || below === drawer,
              expanded: document.querySelector('.fg-menu').ariaExpanded};
        }""")
    return state


OPEN = {"modal": True, "seen": True, "inside": True, "behind": True, "expanded": "true"}
"""Behind: what lies beside the menu cannot be pressed, a press there falls on the dialog."""


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_the_menu_is_a_dialog_that_the_keyboard_opens_and_escape_closes(
    open_page: OpenPage, key: str
) -> None:
    page = open_page(CHAPTER, 390, 844)
    page.get_by_role("button", name="Menu", exact=True).focus()
    page.keyboard.press(key)
    assert menu_of(page) == OPEN
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Menu", exact=True)).to_have_attribute("aria-expanded", "false")
    assert page.evaluate(FOCUSED) == "Menu"


def test_the_menu_opens_at_the_page_and_closes_by_its_button_beside_it_and_by_a_wide_window(
    open_page: OpenPage,
) -> None:
    page = open_page(CHAPTER, 390, 844)
    menu, drawer = page.get_by_role("button", name="Menu", exact=True), page.locator("#fg-drawer")
    menu.click()
    assert drawer.locator("[aria-current]").evaluate(
        "link => { const {top} = link.getBoundingClientRect(); return top > 0 && top < innerHeight; }"
    )
    page.get_by_role("button", name="Close menu").click()
    assert not drawer.is_visible() and page.evaluate(FOCUSED) == "Menu"
    menu.click()
    page.mouse.click(380, 400)
    assert not drawer.is_visible()
    menu.click()
    page.set_viewport_size({"width": 1440, "height": 900})
    until(page, "!document.getElementById('fg-drawer').open")
    assert page.evaluate("scrollY") == 0


def test_the_menu_folds_every_section_but_the_page_s_own(new_tab: NewTab, address: str) -> None:
    page = new_tab(390, 844)
    open_sections = (
        "[...document.querySelectorAll('#fg-drawer details[open] > summary')].map((item) =>"
        " item.textContent.trim())"
    )
    for path, wanted in (
        (CHAPTER, ["Training"]),
        ("investing/case-files/", ["Investing"]),
        ("data/prices/", ["Data"]),
        ("", []),
        ("glossary/token/", []),
    ):
        page.goto(address + path)
        page.get_by_role("button", name="Menu", exact=True).click()
        assert page.evaluate(open_sections) == wanted, path
        current = page.locator("#fg-drawer [aria-current]")
        assert current.count() == 1, path
        expect(current).to_be_in_viewport()
        assert page.evaluate("document.getElementById('fg-drawer').scrollHeight") <= LONGEST_MENU, path
    drawer = page.locator("#fg-drawer")
    chips = drawer.get_by_role("link", name="Chips", exact=True)
    assert not chips.is_visible()
    drawer.locator("summary", has_text="Stack").focus()
    page.keyboard.press("Enter")
    assert chips.is_visible()


def test_without_javascript_the_menu_opens_and_search_is_a_link(open_page: OpenPage) -> None:
    page = open_page(CHAPTER, 390, 844, java_script_enabled=False)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("#fg-drawer summary", has_text="Stack").click()
    page.locator("#fg-drawer").get_by_role("link", name="Chips", exact=True).click()
    page.wait_for_url("**/stack/chips/")
    assert page.locator(".fg-search-open").get_attribute("href") == "../../search/"
    assert not page.locator(".fg-scheme").is_visible()


def test_the_contents_follow_the_reading(open_page: OpenPage) -> None:
    page = open_page(CHAPTER, 1440)
    links = page.locator(".fg-contents__link")
    assert page.locator(".fg-contents__link[aria-current]").count() == 0
    for number in (1, 3):
        name = links.nth(number).inner_text()
        links.nth(number).click()
        until(
            page,
            "name => document.querySelector('.fg-contents__link[aria-current=location]')?.innerText === name",
            arg=name,
        )


NAMES = "selector => [...document.querySelectorAll(selector)].map((link) => link.textContent)"


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_contents_are_folded_under_the_byline(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(CHAPTER, 390, 844, java_script_enabled=scripts)
    folded = page.locator(".fg-toc a")
    assert (
        folded.all_text_contents() == page.locator(".fg-contents__link").all_text_contents()
        and folded.count() > 8
    )
    assert not folded.first.is_visible()
    page.locator(".fg-toc summary").focus()
    page.keyboard.press("Enter")
    assert all(link.is_visible() for link in folded.all())
    assert (
        page.evaluate(
            "Math.min(...[...document.querySelectorAll('.fg-toc a')].map((link) =>"
            " link.getBoundingClientRect().height))"
        )
        >= 24
    )
    folded.nth(3).click()
    assert page.url.endswith(str(folded.nth(3).get_attribute("href")))
    page.set_viewport_size({"width": 1440, "height": 900})
    assert not page.locator(".fg-toc").is_visible() and page.locator(".fg-contents").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".fg-toc").is_visible()


BAR = """() => {
  const bar = document.querySelector('.fg-bar'), box = bar.getBoundingClientRect();
  return {seen: bar.checkVisibility(), top: box.top, bottom: box.bottom, title: bar.innerText.trim(),
    name: bar.firstChild.ariaLabel, open: bar.firstChild.ariaExpanded,
    header: document.querySelector('.fg-header').getBoundingClientRect().bottom};
}"""
HEADING = "document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top"
"""Where the heading stands that the address names: the page's height is another when a lab further down has
come.
"""


def test_while_reading_on_a_phone_a_bar_names_the_section_and_opens_the_contents(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(CHAPTER, 390, 844)
    assert page.locator(".fg-bar").count() == 0, "nothing of it is there before reading begins"
    page.mouse.wheel(0, 40)
    page.locator(".fg-bar").wait_for(state="attached")
    assert not page.locator(".fg-bar").is_visible(), "the first heading is still to come"
    names = page.evaluate(NAMES, ".fg-contents__link")
    page.locator(".fg-toc summary").click()
    for number in (2, 5):
        page.goto(f"{address}{CHAPTER}{page.locator('.fg-toc a').nth(number).get_attribute('href')}")
        until(
            page,
            "title => document.querySelector('.fg-bar__title')?.textContent === title",
            arg=names[number],
        )
        bar = page.evaluate(BAR)
        heading = page.evaluate(HEADING)
        assert bar["seen"] and 0 <= bar["header"] - bar["top"] <= 1 and heading >= bar["bottom"], (
            "it covers no heading"
        )
        assert bar["name"] == f"On this page: {names[number]}" and bar["open"] == "false"
    before = page.evaluate(HEADING)
    page.locator(".fg-bar__button").focus()
    page.keyboard.press("Enter")
    panel = page.locator(".fg-bar__list")
    until(page, "document.querySelector('.fg-bar__button').ariaExpanded === 'true'")
    assert panel.get_by_role("link").all_text_contents() == names
    assert panel.locator("[aria-current=location]").text_content() == names[5]
    assert abs(page.evaluate(HEADING) - before) < 1, "nothing moves"
    page.keyboard.press("Escape")
    until(page, "document.querySelector('.fg-bar__button').ariaExpanded === 'false'")
    assert page.evaluate("document.activeElement.className") == "fg-bar__button"
    page.keyboard.press("Enter")
    panel.get_by_role("link", name=names[1]).click()
    until(page, "title => document.querySelector('.fg-bar__title').textContent === title", arg=names[1])
    assert not page.locator(".fg-bar__list").is_visible()
    page.evaluate("scrollTo(0, 0)")
    page.locator(".fg-bar").wait_for(state="hidden")


def test_the_bar_is_on_no_wide_window_no_paper_and_no_page_without_contents(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(f"{CHAPTER}#read-next", 390, 844)
    page.locator(".fg-bar").wait_for(state="visible")
    page.locator(".fg-bar__button").click()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".fg-bar__list").wait_for(state="hidden")
    assert not page.locator(".fg-bar").is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(media="print")
    assert not page.locator(".fg-bar").is_visible()
    page.emulate_media(media="screen")
    page.goto(address + "glossary/token/")
    page.mouse.wheel(0, 600)
    until(page, "document.querySelector('link[href$=\"reading.css\"]')")
    assert page.locator(".fg-bar").count() == 0


def test_no_single_letter_does_anything(open_page: OpenPage) -> None:
    page = open_page(CHAPTER, 1440)
    before = page.evaluate("document.body.innerText")
    for key in "npsf,.":
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert (
        page.url.endswith(CHAPTER)
        and page.evaluate("document.body.innerText") == before
        and page.evaluate("scrollY") == 0
    )


TYPES = (
    "",
    CHAPTER,
    "glossary/token/",
    "data/models/",
    "figures/scaling-fits/",
    "figures/",
    "glossary/",
    "investing/moat-stress-test/",
    "about/how-we-check/",
    "404.html",
)


def test_letters_of_twice_the_size_fit_a_phone(new_tab: NewTab, address: str) -> None:
    page = new_tab(390, 844)
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    wide = {}
    for path in TYPES:
        page.goto(address + path)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "40px"
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
        buttons = page.evaluate(
            "[...document.querySelectorAll('.fg-header__inner > *')].map((item) =>"
            " item.getBoundingClientRect()).filter((box) => box.width).map((box) => [box.left, box.right])"
        )
        assert all(left >= before for (_, before), (left, _) in itertools.pairwise(buttons)), path
    assert {path: width for path, width in wide.items() if width > 390} == {}
