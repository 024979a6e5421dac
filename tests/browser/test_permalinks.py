"""The control that copies a link: what it copies and says. It copies the address for which the site was
built, wherever it is served.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tabs import NewTab, OpenPage
from tests.built import BASE

CHAPTER = "foundations/what-is/"


CLIPBOARD = ["clipboard-read", "clipboard-write"]


def pasted(opened: Page) -> str:
    return opened.evaluate("navigator.clipboard.readText()")


def test_a_control_copies_by_keyboard_and_says_what(open_page: OpenPage, address: str) -> None:
    opened = open_page(CHAPTER, permissions=CLIPBOARD)
    heading = opened.locator("article h2[id]").first
    control = heading.locator("xpath=following-sibling::a")
    for _ in range(200):
        opened.keyboard.press("Tab")
        if control.evaluate("link => link === document.activeElement"):
            break
    assert control.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    said = opened.locator("[role=status].fg-copied")
    assert said.inner_text() == "" and said.evaluate(
        "line => line.checkVisibility()"
    )  # a screen reader tells only of what changes
    opened.keyboard.press("Enter")
    expect(opened.locator("[role=status].fg-copied")).to_have_text(
        f"Copied the link to the section “{heading.text_content()}”"
    )
    assert pasted(opened) == f"{BASE}{CHAPTER}#{heading.get_attribute('id')}"
    assert opened.url == f"{address}{CHAPTER}#{heading.get_attribute('id')}"


@pytest.mark.parametrize(
    "path",
    [
        "data/models/#chinchilla",
        "data/companies/#openai",
        "data/hardware/#h100-sxm",
        "about/references/#hoffmann2022",
        "stack/#chips",
    ],
)
def test_a_control_copies_by_touch_and_is_as_large_as_a_finger(open_page: OpenPage, path: str) -> None:
    opened = open_page(path, 390, 800, has_touch=True, is_mobile=True, permissions=CLIPBOARD)
    control = opened.locator(f"[id='{path.partition('#')[2]}'] a.fg-copy").first
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    assert min(box["width"], box["height"]) >= 43.9
    control.tap()
    expect(opened.locator(".fg-copied")).to_have_text(
        re.compile(r"^Copied the link to the (model|company|accelerator|source|place) “.+”$")
    )
    assert pasted(opened) == BASE + path


def test_the_page_s_own_control_copies_its_address_without_an_anchor(open_page: OpenPage) -> None:
    opened = open_page(f"{CHAPTER}#read-next", permissions=CLIPBOARD)
    opened.locator("h1 + a.fg-copy").click()
    expect(opened.locator(".fg-copied")).to_have_text(re.compile("^Copied the link to the page “"))
    assert pasted(opened) == BASE + CHAPTER


@pytest.mark.parametrize(
    ("path", "kind"),
    [("foundations/families/", "table"), ("investing/where-value-accrues/?evidence", "figure")],
)
def test_a_figure_s_control_copies_its_short_link_whatever_is_shown_of_the_evidence(
    open_page: OpenPage, path: str, kind: str
) -> None:
    opened = open_page(path, permissions=CLIPBOARD)
    figure = opened.locator("figure[id]:has(.fg-figure__share)").first
    figure.locator(".fg-figure__share summary").click()
    figure.locator("a.fg-copy").click()
    expect(opened.locator(".fg-copied")).to_have_text(re.compile(f"^Copied the link to the {kind} “"))
    assert pasted(opened) == f"{BASE}go/{figure.get_attribute('id')}/"


def test_without_the_permission_the_address_is_shown_instead(new_tab: NewTab, address: str) -> None:
    opened = new_tab()
    opened.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new"
        " DOMException('no', 'NotAllowedError'))}})"
    )
    opened.goto(address + CHAPTER)
    control = opened.locator("h2 + a.fg-copy").first
    control.click()
    expect(opened.locator(".fg-copied")).to_have_text(
        f"Your browser blocked copying. The address is {BASE}{CHAPTER}{control.get_attribute('href')}"
    )


def test_without_javascript_a_control_is_a_link_to_its_place(open_page: OpenPage, address: str) -> None:
    opened = open_page(CHAPTER, java_script_enabled=False)
    control = opened.locator("h2 + a.fg-copy").first
    target = control.get_attribute("href")
    control.click()
    assert opened.url == address + CHAPTER + target


def test_copying_leaves_a_lab_s_scenario_in_the_address(open_page: OpenPage, address: str) -> None:
    scenario = "investing/moat-stress-test/#test&kind=agent&answers=hpg-----"
    opened = open_page(scenario, permissions=CLIPBOARD)
    opened.locator(".fg-stress").wait_for()
    opened.locator("article > .fg-head--h2 > a.fg-copy").first.click()
    expect(opened.locator(".fg-copied")).to_have_text(re.compile("^Copied the link to the section “"))
    assert opened.url == address + scenario
