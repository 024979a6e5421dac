"""Numbers in the browser: what is due says so, and the ledger of claims is searched and linked."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tabs import NewTab, until


def at(new_tab: NewTab, address: str, path: str, day: date, width: int = 1280) -> Page:
    tab = new_tab(width, day=day)
    tab.goto(address + path)
    return tab


def test_a_claim_past_its_review_date_says_so_in_its_row_and_its_note(new_tab: NewTab, address: str) -> None:
    tab = at(new_tab, address, "business/api-pricing/", date(2026, 11, 26))
    assert tab.locator(".fg-notes .fg-due").count() == 0 and "To be reviewed by" in (tab.locator(".fg-notes").text_content() or "")
    tab = at(new_tab, address, "business/api-pricing/", date(2027, 4, 1))
    assert re.search(r"Due for review since \d+ Feb 2027\.", tab.locator(".fg-notes .fg-due").first.text_content() or "")
    assert "2028" not in "".join(tab.locator(".fg-notes .fg-due").all_text_contents())
    tab = at(new_tab, address, "data/claims/?due=Due+for+review", date(2027, 4, 1))
    shown = tab.locator("tr[data-search]:not([hidden])")
    dates = shown.evaluate_all("rows => rows.map((row) => row.dataset.review ?? row.parentElement.dataset.review)")
    assert dates and all(day < "2027-04-01" for day in dates)
    hidden = tab.locator("tr[data-search][hidden]").evaluate_all("rows => rows.map((row) => row.dataset.review ?? row.parentElement.dataset.review)")
    assert len(hidden) > len(dates) and all(day >= "2027-04-01" for day in hidden)
    assert (shown.first.locator("td").last.text_content() or "").startswith("Due for review since")


def test_the_ledger_is_filtered_by_words_of_the_record_section_kind_and_year(new_tab: NewTab, address: str) -> None:
    tab = at(new_tab, address, "data/claims/", date(2026, 11, 26))
    total = tab.locator("tr[data-search]").count()
    tab.get_by_role("searchbox", name="Find a claim").fill("chinchilla gopher")
    found = tab.locator("tr[data-search]:not([hidden])").count()
    assert 0 < found < 40
    tab.get_by_role("searchbox", name="Find a claim").fill("")
    tab.get_by_role("radio", name="Estimate").check()
    tab.get_by_role("combobox", name="Section").select_option("Training")
    tab.get_by_role("combobox", name="As of").select_option("2024")
    rows = tab.locator("tr[data-search]:not([hidden])")
    assert 0 < rows.count() < total
    assert all("Training" in (value or "").split("|") for value in rows.evaluate_all("rows => rows.map((row) => row.dataset.section ?? row.parentElement.dataset.section)"))
    assert {(kind, year) for kind, year in rows.evaluate_all("rows => rows.map((row) => ['kind', 'year'].map((name) => row.dataset[name] ?? row.parentElement.dataset[name]))")} == {("estimate", "2024")}
    assert "kind=estimate" in tab.url and "section=Training" in tab.url


@pytest.mark.parametrize("width", [360, 1280])
def test_the_address_of_a_claim_shows_its_row(new_tab: NewTab, address: str, width: int) -> None:
    tab = at(new_tab, address, "data/claims/", date(2026, 11, 26), width)
    last = tab.locator("tr[data-search]").last.get_attribute("id") or ""
    tab.goto("about:blank")
    tab.goto(f"{address}data/claims/#{last}")
    tab.wait_for_timeout(400)
    box = tab.evaluate("id => { const box = document.getElementById(id).getBoundingClientRect(); return [box.top, box.bottom, innerHeight]; }", last)
    assert box[0] >= 0 and box[1] <= box[2]
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def last_id(new_tab: NewTab, address: str, path: str, state: str) -> str:
    """The id of the last row that a view hides or shows; `state` is a selector."""
    tab = at(new_tab, address, path, date(2026, 11, 26))
    found = tab.locator(f"tr[data-search]{state}").last.get_attribute("id") or ""
    return found


def test_a_link_to_a_row_that_the_filter_hides_shows_it_and_clears_the_filter(new_tab: NewTab, address: str) -> None:
    hidden = last_id(new_tab, address, "data/claims/?year=2012", "[hidden]")
    tab = at(new_tab, address, f"data/claims/?year=2012#{hidden}", date(2026, 11, 26))
    row = tab.locator(f'[id="{hidden}"]')
    assert row.is_visible() and "year=" not in tab.url and tab.url.endswith(f"#{hidden}")
    tab.get_by_role("combobox", name="As of").select_option("2012")
    assert not row.is_visible()
    tab.evaluate("id => { location.hash = ''; location.hash = id; }", hidden)
    row.wait_for(state="visible")
    assert "year=" not in tab.url


def test_a_row_in_a_filtered_view_is_shown_and_the_view_stays(new_tab: NewTab, address: str) -> None:
    last = last_id(new_tab, address, "data/claims/?kind=derived&section=Business", ":not([hidden])")
    tab = at(new_tab, address, f"data/claims/?kind=derived&section=Business#{last}", date(2026, 11, 26))
    row = tab.locator(f'[id="{last}"]')
    row.wait_for(state="visible")
    assert "kind=derived&section=Business" in tab.url and tab.get_by_role("radio", name="Derived").is_checked()
    until(tab, "id => { const box = document.getElementById(id).getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }", arg=last)
    assert tab.locator("tr[data-search]:not([hidden])").count() < tab.locator("tr[data-search]").count()
    assert tab.locator("tr[data-search]:not([hidden]) td:nth-child(5)").filter(has_not_text="Business: ").count() == 0


@pytest.mark.parametrize(("path", "width"), [("data/claims/", 1280), ("data/claims/", 360), ("figures/", 1280), ("data/models/", 1280), ("glossary/", 360)])
def test_when_nothing_matches_a_line_says_so_and_clears_the_filters_by_keyboard(new_tab: NewTab, address: str, path: str, width: int) -> None:
    tab = at(new_tab, address, path, date(2026, 11, 26), width)
    line, search = tab.locator(".fg-filter__none"), tab.get_by_role("searchbox").locator("visible=true").last
    assert line.get_attribute("role") == "status" and (line.text_content(), line.bounding_box()["height"]) == ("", 0)
    search.fill("zyxwv")
    expect(line).to_have_text("Nothing matches. Clear the filters")
    assert tab.locator("[data-filter] [data-search]:visible").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    button = line.get_by_role("button", name="Clear the filters")
    for _ in range(60):
        tab.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    expect(line).to_be_empty()
    expect(search).to_be_focused()
    assert search.input_value() == "" and "find" not in tab.url and tab.locator("[data-filter] [data-search]:visible").count() > 10


def test_an_address_that_matches_nothing_says_so(new_tab: NewTab, address: str) -> None:
    tab = at(new_tab, address, "figures/?find=zyxwv", date(2026, 11, 26))
    expect(tab.get_by_text("Nothing matches.")).to_be_visible()


def test_the_line_for_nothing_moves_nothing_when_the_page_loads(new_tab: NewTab, address: str) -> None:
    for path in ("data/claims/", "figures/"):
        tab = at(new_tab, address, path, date(2026, 11, 26))
        height = "document.documentElement.scrollHeight"
        with_line = tab.evaluate(height)
        tab.locator(".fg-filter__none").evaluate("line => line.remove()")
        assert tab.evaluate(height) == with_line, path


def test_without_scripts_the_review_date_itself_is_read(new_tab: NewTab, address: str) -> None:
    tab = new_tab(java_script_enabled=False)
    tab.goto(f"{address}data/claims/")
    assert re.fullmatch(r"\d+ \w+ 20\d\d", tab.locator("tr[data-search]").first.locator("td").last.text_content() or "")
