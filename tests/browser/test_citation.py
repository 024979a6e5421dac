"""The citation of a page, used: opened, and copied."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.tabs import NewTab, OpenPage, plain


@pytest.mark.parametrize("scripts", [True, False])
def test_cite_this_page_opens_the_citation_with_and_without_scripts(
    open_page: OpenPage, scripts: bool
) -> None:
    page = open_page("stack/chips/", java_script_enabled=scripts)
    words = page.locator("#cite-words")
    assert not words.is_visible()
    page.get_by_role("link", name="Cite this page").click()
    words.wait_for(state="visible")
    assert page.locator("button.fg-clip").first.is_visible() == scripts


def test_the_page_about_citing_shows_how_the_whole_guide_is_cited(open_page: OpenPage) -> None:
    page = open_page("about/cite-this/")
    expect(page.locator("#cite-words")).to_be_visible()
    expect(page.locator("#cite-bibtex")).to_be_visible()


def test_a_button_copies_the_citation_by_keyboard_and_says_so(open_page: OpenPage) -> None:
    page = open_page("figures/roofline/", permissions=["clipboard-read", "clipboard-write"])
    for name, uid, said in (
        ("Copy the citation", "cite-words", "Copied the citation"),
        ("Copy the BibTeX entry", "cite-bibtex", "Copied the BibTeX entry"),
        ("Copy the code", "embed-code", "Copied the code of the frame"),
    ):
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
        page.get_by_role("status").get_by_text(said).wait_for()
        assert (
            page.evaluate("navigator.clipboard.readText()")
            == plain(page.locator(f"#{uid}").inner_text()).strip()
        )


def test_where_copying_is_refused_the_text_is_selected(new_tab: NewTab, address: str) -> None:
    page = new_tab()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page.goto(address + "figures/roofline/")
    page.get_by_role("button", name="Copy the citation").click()
    page.get_by_role("status").get_by_text("The text is selected").wait_for()
    assert (
        page.evaluate("getSelection().toString().trim()") == page.locator("#cite-words").inner_text().strip()
    )
