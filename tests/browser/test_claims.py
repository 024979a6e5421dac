"""Claims in the browser: the list of a section, the filter over all of them, links of old, and the page of
one claim.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from fieldguide.records.shelf import ShelfLife, shelf_life
from tests.browser.access import faults
from tests.browser.tabs import NewTab, OpenPage, script_errors, until
from tests.built import BASE, pages
from tests.guide import guide_book

TODAY, LATER = date(2026, 11, 30), date(2027, 4, 1)
ROW = ".fg-claims__list [data-search]"
OF = "(name) => (row) => row.dataset[name] ?? row.closest('[data-group]').dataset[name]"
"""What a row, or the record that it stands under, says for the filter."""
CLAIMS = ("gpt-3.parameters", "serving-70b.bound-50", "groq-gpt-oss-120b.input")
"""One that a paper states, one with many inputs, and a price with a history."""


def values(tab: Page, rows: str, name: str) -> set[str]:
    return set(
        tab.evaluate(
            f"([rows, name]) => [...document.querySelectorAll(rows)].map(({OF})(name))", [rows, name]
        )
    )


def shown(tab: Page) -> int:
    return tab.locator(ROW).locator("visible=true").count()


# ---- lists


def price_life() -> ShelfLife:
    """The shelf life of CLAIMS' list price."""
    book = guide_book()
    life = shelf_life(book.quantities, book.sources, book.prices["groq-gpt-oss-120b"], "input")
    assert life is not None
    return life


def test_the_reader_s_day_decides_what_the_line_the_note_and_the_page_of_a_claim_say_of_its_age(
    open_page: OpenPage,
) -> None:
    life = price_life()
    since, last = date.fromisoformat(life.since), date.fromisoformat(life.until)
    half = since + (last - since) / 2
    for day, words in (
        (since, ""),
        (half - timedelta(days=1), ""),
        (half, "30 days old"),
        (last - timedelta(days=1), "59 days old"),
        (last, "60 days old, may have changed"),
        (last + timedelta(days=700), "760 days old, may have changed"),
    ):
        tab = open_page("go/groq-gpt-oss-120b.input/", day=day)
        expect(tab.locator("dd .fg-age")).to_have_text(words)
        expect(tab.locator(".fg-age--past")).to_have_count(int(day >= last))
    tab = open_page("business/api-pricing/", day=last)
    assert "60 days old, may have changed" in tab.locator(".fg-notes .fg-age--past").all_text_contents()
    number = tab.locator("a.fg-number[data-note='note-groq-gpt-oss-120b.input']").first
    number.click()
    expect(tab.locator(".fg-popover .fg-age")).to_have_text("60 days old, may have changed")
    tab = open_page("data/claims/business/?find=groq-gpt-oss-120b.input", day=last)
    expect(tab.locator(f"{ROW}:not([hidden]) .fg-age")).to_have_text("60 days old, may have changed")


def test_the_list_of_claims_is_filtered_by_age_and_sorts_the_ones_that_may_change_first(
    open_page: OpenPage,
) -> None:
    tab = open_page("data/claims/business/?age=May+have+changed", day=LATER)
    past = "row => row.querySelector('.fg-age')?.classList.contains('fg-age--past') ?? false"
    for state, hidden in ((True, ""), (False, "[hidden]")):
        rows = tab.locator(f"{ROW}{hidden or ':not([hidden])'}")
        assert set(rows.evaluate_all(f"rows => rows.map({past})")) == {state}
    assert 0 < tab.locator(f"{ROW}:not([hidden])").count() == shown(tab) < tab.locator(ROW).count()
    heading = tab.get_by_role("heading", name="API pricing")
    order = tab.get_by_role("combobox", name="Order")
    first = tab.locator(".fg-claims__list li").first
    listed = first.inner_text()
    order.select_option("May have changed first")
    expect(heading).to_be_hidden()
    days = tab.locator(".fg-claims__list > div:first-of-type > ul > li").evaluate_all(
        "lines => lines.map(line => line.dataset.sortUntil ?? '')"
    )
    dated = [day for day in days if day]
    assert len(dated) > 10 and days == sorted(dated) + [""] * (len(days) - len(dated))
    assert "sort=until" in tab.url
    order.select_option("As listed")
    expect(heading).to_be_visible()
    assert first.inner_text() == listed and "sort" not in tab.url


def test_a_section_is_filtered_by_words_of_the_record_id_kind_and_year_and_its_records_unfold(
    open_page: OpenPage,
) -> None:
    tab = open_page("data/claims/training/", day=TODAY)
    folded = shown(tab)
    search = tab.get_by_role("searchbox", name="Find a claim")
    search.fill("chinchilla")
    expect(tab.locator(f"{ROW}:not([hidden])").first).to_be_visible()
    assert 0 < shown(tab) == tab.locator(f"{ROW}:not([hidden])").count() < 60
    search.fill("gpt-3.parameters")
    assert tab.locator(ROW).locator("visible=true").locator("a").evaluate_all(
        "links => links.map(link => link.pathname.split('/').at(-2))"
    ) == ["gpt-3.parameters"]
    search.fill("")
    expect(tab.locator(ROW).locator("visible=true")).to_have_count(folded)
    tab.get_by_role("radio", name="Estimate").check()
    tab.get_by_role("combobox", name="As of").select_option("2024")
    assert (values(tab, f"{ROW}:not([hidden])", "kind"), values(tab, f"{ROW}:not([hidden])", "year")) == (
        {"estimate"},
        {"2024"},
    )
    assert "kind=estimate" in tab.url and "year=2024" in tab.url


def stated(site: Path) -> set[str]:
    """The claims that a section lists, by their addresses."""
    return {
        found
        for path in (site / "data" / "claims").glob("*/index.html")
        for found in re.findall(r'href="(?:\.\./)+(go/[^"]+)"', path.read_text(encoding="utf-8"))
    }


def test_the_filter_of_the_overview_finds_each_claim_once_in_all_sections(
    open_page: OpenPage, address: str, site: Path
) -> None:
    tab = open_page("data/claims/", day=TODAY)
    assert tab.locator(ROW).count() == 0
    tab.get_by_role("searchbox", name="Find a claim").fill("hoffmann")
    expect(tab.locator(".fg-filter__count")).to_have_text(
        re.compile(rf"^\d+ of {len(stated(site)):,} claims$")
    )
    links = (
        tab.locator(ROW)
        .locator("visible=true")
        .locator("a")
        .evaluate_all("links => links.map(link => link.href)")
    )
    assert 5 < len(links) == len(set(links)) < 200 and all(link.startswith(f"{address}go/") for link in links)


def test_what_is_typed_while_the_claims_come_takes_the_place_of_what_the_link_asked_for(
    new_tab: NewTab, address: str
) -> None:
    tab, held = new_tab(), list[Route]()
    tab.route("**/data/claims/training/", lambda route: held.append(route))
    tab.goto(f"{address}data/claims/?find=chinchilla&section=Training")
    until(tab, "document.querySelector('.fg-filter input[type=search]') !== null")
    tab.get_by_role("searchbox", name="Find a claim").fill("hoffmann")
    expect(tab).to_have_url(re.compile("find=hoffmann"))
    for route in held:
        route.continue_()
    expect(tab.locator(f"{ROW}:not([hidden])").first).to_be_visible()
    assert tab.get_by_role("searchbox", name="Find a claim").input_value() == "hoffmann"
    assert tab.get_by_role("combobox", name="Section").input_value() == "Training"


def test_home_leads_to_the_list_of_claims_with_its_search_ready_to_type(open_page: OpenPage) -> None:
    page = open_page("", 390)
    page.get_by_role("link", name="Check a number").click()
    field = page.get_by_role("searchbox", name="Find a claim")
    expect(field).to_be_focused()
    assert 0 <= field.evaluate("field => field.getBoundingClientRect().top") < 300


def test_letters_typed_while_the_filter_is_fetched_are_kept(new_tab: NewTab, address: str) -> None:
    tab, held = new_tab(), list[Route]()
    tab.route("**/js/filter*.mjs", lambda route: held.append(route))
    tab.goto(f"{address}data/claims/")
    field = tab.get_by_role("searchbox", name="Find a claim")
    field.press_sequentially("n")
    until(tab, "document.querySelector('.fg-claims__all').dataset.filter === 'claims'")
    field.press_sequentially("vidia")
    for route in held:
        route.continue_()
    expect(tab.locator(f"{ROW}:not([hidden])").first).to_be_visible()
    assert field.input_value() == "nvidia"
    expect(tab.locator(".fg-filter__count")).to_have_text(re.compile(r"^\d+ of [\d,]+ claims$"))


def test_a_link_that_was_shared_with_a_filter_still_shows_what_it_showed(open_page: OpenPage) -> None:
    tab = open_page("data/claims/?kind=estimate&section=Training&year=2024", day=TODAY)
    expect(tab.locator(f"{ROW}:not([hidden])").first).to_be_visible()
    rows = f"{ROW}:not([hidden])"
    assert (values(tab, rows, "kind"), values(tab, rows, "year")) == ({"estimate"}, {"2024"})
    assert (
        all("Training" in of.split("|") for of in values(tab, rows, "section"))
        and tab.locator(f"{ROW}[hidden]").count() > 1000
    )
    assert tab.get_by_role("combobox", name="Section").input_value() == "Training"


@pytest.mark.parametrize(
    ("anchor", "to"),
    [
        ("gpt-3.parameters", "go/gpt-3.parameters/"),
        ("training", "data/claims/training/"),
        ("kimi-k3.parameters", "go/kimi-k3.parameters/"),
        ("deepseek-v3-bill.llama-flop-to-deepseek", "go/deepseek-v3-against-llama.compute/"),
    ],
)
def test_an_anchor_of_old_leads_on_at_once_and_when_it_is_clicked(
    open_page: OpenPage, address: str, anchor: str, to: str
) -> None:
    tab = open_page(f"data/claims/#{anchor}", day=TODAY)
    tab.wait_for_url(address + to)
    tab = open_page("data/claims/", day=TODAY)
    tab.evaluate("anchor => { location.hash = anchor; }", anchor)
    tab.wait_for_url(address + to)


HOSTILE = (
    "../../x.y",
    "//example.org/a.b",
    "javascript:alert.1",
    "constructor",
    "%E0%A4%A",
    "a.b.c",
    "A.B",
    "a.b/../../",
)
GO = (
    "anchor => new Promise(done => { addEventListener('hashchange', () => setTimeout(() =>"
    " done(location.href)), {once: true}); location.hash = anchor; })"
)
"""Puts an anchor into the address and says what the address is once the page has answered."""


def test_a_hostile_anchor_leads_nowhere(open_page: OpenPage, address: str) -> None:
    tab = open_page("data/claims/", day=TODAY)
    errors = script_errors(tab)
    left: list[str] = []
    tab.on("request", lambda request: left.append(request.url) if request.is_navigation_request() else None)
    for anchor in HOSTILE:
        assert tab.evaluate(GO, anchor) == f"{address}data/claims/#{anchor}"
    tab.evaluate("() => { location.hash = 'gpt-3.parameters'; }")
    tab.wait_for_url(f"{address}go/gpt-3.parameters/")
    assert (left, errors) == ([f"{address}go/gpt-3.parameters/"], [])


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_claim_leads_to_its_record_in_the_list_which_unfolds(
    open_page: OpenPage, scripts: bool, width: int
) -> None:
    tab = open_page("go/ai-leases.tera-backstop/", width, java_script_enabled=scripts)
    tab.get_by_role("main").get_by_role("link", name="Stack", exact=True).click()
    record = tab.locator("#record-ai-leases")
    expect(record).to_be_visible()
    expect(record.locator("li a").first).to_be_in_viewport()


def test_every_list_of_claims_opens_shorter_than_twenty_screens_of_a_phone(
    new_tab: NewTab, address: str, site: Path
) -> None:
    tab = new_tab(390, 844)
    long = {}
    for path in [path for path in pages(site) if path.startswith("data/claims/")]:
        tab.goto(address + path)
        long[path] = tab.evaluate("document.documentElement.scrollHeight / innerHeight")
        assert tab.evaluate("document.documentElement.scrollWidth") == 390, path
    assert len(long) > 6 and max(long.values()) <= 20, long


@pytest.mark.parametrize(
    ("path", "width"),
    [
        ("data/claims/stack/", 1280),
        ("data/claims/stack/", 360),
        ("figures/", 1280),
        ("data/models/", 1280),
        ("glossary/", 360),
    ],
)
def test_when_nothing_matches_a_line_says_so_and_clears_the_filters_by_keyboard(
    open_page: OpenPage, path: str, width: int
) -> None:
    tab = open_page(path, width, day=TODAY)
    line, search = tab.locator(".fg-filter__none"), tab.get_by_role("searchbox").locator("visible=true").last
    assert line.get_attribute("role") == "status" and (
        line.text_content(),
        line.bounding_box()["height"],
    ) == ("", 0)
    search.fill("zyxwv")
    expect(line).to_have_text("No matches. Clear filters")
    assert tab.locator("[data-filter] [data-search]:visible").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    button = line.get_by_role("button", name="Clear filters")
    for _ in range(60):
        tab.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    expect(line).to_be_empty()
    expect(search).to_be_focused()
    assert (
        search.input_value() == ""
        and "find" not in tab.url
        and tab.locator("[data-filter] [data-search]:visible").count() > 10
    )


@pytest.mark.parametrize("path", ["data/claims/", "data/claims/investing/"])
def test_a_search_with_a_word_too_many_offers_shorter_ones_with_their_matches(
    open_page: OpenPage, path: str
) -> None:
    tab = open_page(path, 390, 844, day=TODAY)
    tab.locator(".fg-claims").get_by_role("searchbox").fill("nvidia gross zyxwv")
    line = tab.locator(".fg-filter__none")
    expect(line).to_have_text(re.compile(r"No matches\. Show (\d+) for “nvidia gross” or clear filters"))
    button = line.get_by_role("button").first
    wanted = re.search(r"\d+", button.inner_text())
    button.click()
    expect(line).to_be_empty()
    search = tab.locator(".fg-claims").get_by_role("searchbox")
    expect(search).to_be_focused()
    assert wanted and search.input_value() == "nvidia gross" and "find=nvidia+gross" in tab.url
    assert tab.locator("[data-filter] [data-search]:visible").count() == int(wanted[0])


def test_while_a_search_narrows_the_list_a_record_says_neither_age_nor_count_of_all_its_claims(
    open_page: OpenPage,
) -> None:
    tab = open_page("data/claims/stack/", 1280, day=date(2028, 1, 1))
    about = tab.locator(".fg-claims__list summary :is(.fg-age, :last-child)")
    assert about.locator("visible=true").count() > 20
    search = tab.locator(".fg-claims").get_by_role("searchbox")
    search.fill("nvidia")
    expect(about.locator("visible=true")).to_have_count(0)
    assert tab.locator(".fg-claims__list summary:visible").first.inner_text().strip()
    search.fill("")
    assert about.locator("visible=true").count() > 20


def test_an_address_that_matches_nothing_says_so(open_page: OpenPage) -> None:
    tab = open_page("figures/?find=zyxwv", day=TODAY)
    expect(tab.get_by_text("No matches.")).to_be_visible()


def test_the_line_for_nothing_moves_nothing_when_the_page_loads(open_page: OpenPage) -> None:
    for path in ("data/claims/stack/", "figures/"):
        tab = open_page(path, day=TODAY)
        height = "document.documentElement.scrollHeight"
        with_line = tab.evaluate(height)
        tab.locator(".fg-filter__none").evaluate("line => line.remove()")
        assert tab.evaluate(height) == with_line, path


def test_without_scripts_a_reader_gets_to_every_claim_and_its_age_is_that_of_the_newest_change(
    open_page: OpenPage, address: str
) -> None:
    tab = open_page("data/claims/", java_script_enabled=False)
    assert tab.locator(".fg-filter").is_hidden()
    tab.locator(".fg-claims__sections").get_by_role("link", name="Training").click()
    tab.wait_for_url(f"{address}data/claims/training/")
    version = guide_book().version
    ages = tab.locator(".fg-claims__list .fg-age").evaluate_all(
        "marks => marks.map(mark => [mark.dataset.since, mark.dataset.until, mark.textContent])"
    )
    assert len(ages) > 10
    for since, last, words in ages:
        assert words == ShelfLife(since, last, "price").age(version)
    tab.locator(".fg-claims__list summary").first.click()
    row = tab.locator(ROW).locator("visible=true").first
    row.get_by_role("link").click()
    assert re.search(r"/go/[^/]+/$", tab.url) and tab.locator("h1").is_visible()


# ---- the page of one claim


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_axe_finds_nothing_on_a_claim_s_page_and_nothing_overflows(
    new_tab: NewTab, address: str, scheme: str, width: int
) -> None:
    tab = new_tab(width, color_scheme=scheme)
    for claim in CLAIMS:
        tab.goto(f"{address}go/{claim}/")
        tab.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
        assert faults(tab, rules={"target-size": {"enabled": True}}) == [], claim
        assert tab.evaluate("document.documentElement.scrollWidth") == width, claim


@pytest.mark.parametrize("width", [360, 1440])
def test_the_header_of_a_claim_s_page_is_that_of_every_page(
    new_tab: NewTab, address: str, width: int
) -> None:
    tab, found = new_tab(width), []
    for path in ("data/claims/", "go/gpt-3.parameters/"):
        tab.goto(address + path)
        parts = ".fg-header :is(.fg-menu, .fg-brand, .fg-find, .fg-key, .fg-scheme, .fg-header__pitch)"
        found.append(
            tab.locator(parts).evaluate_all(
                "parts => parts.filter((part) => part.checkVisibility()).map((part) => {"
                " const { x, y, width, height } = part.getBoundingClientRect();"
                " return [x, y, width, height].map(Math.round); })"
            )
        )
    assert found[0] == found[1]


def test_a_claim_s_page_has_the_colors_that_the_reader_chose(open_page: OpenPage, address: str) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    tab = open_page("")
    tab.locator(".fg-scheme").click()
    chosen = tab.evaluate("localStorage.getItem('fg-scheme')")
    tab.goto(f"{address}go/gpt-3.parameters/")
    assert chosen == "dark" and tab.evaluate(paper) == "rgb(24, 21, 16)"
    tab.emulate_media(media="print")
    assert (
        tab.evaluate(paper) == "rgb(255, 255, 255)"
        and all(part.is_hidden() for part in tab.locator("nav, .fg-header button").all())
        and tab.locator("dl").is_visible()
    )
    tab.emulate_media(media="screen")
    tab.evaluate("localStorage.setItem('fg-scheme', '\"><script>')")
    tab.reload()
    assert tab.evaluate(paper) == "rgb(251, 250, 246)"


@pytest.mark.parametrize("width", [360, 1440])
def test_a_reader_who_lands_on_a_claim_has_search_menu_and_colors_by_keyboard(
    open_page: OpenPage, address: str, width: int
) -> None:
    tab = open_page("go/gpt-3.parameters/", width)
    errors = script_errors(tab)
    search = tab.locator(".fg-search-open")
    search.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog", name="Search")).to_be_visible()
    tab.keyboard.type("what is a token")
    expect(tab.locator(".fg-results__page").first).to_have_attribute("href", re.compile("token"))
    tab.keyboard.press("Escape")
    expect(search).to_be_focused()
    tab.locator(".fg-scheme").focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(24, 21, 16)"
    if width == 360:
        tab.get_by_role("button", name="Menu", exact=True).focus()
        tab.keyboard.press("Enter")
        menu = tab.get_by_role("dialog", name="Menu")
        assert menu.locator(":focus").count() == 1 and menu.get_by_role("link").count() == 11
        tab.keyboard.press("Escape")
        expect(tab.get_by_role("button", name="Menu", exact=True)).to_be_focused()
        tab.keyboard.press("Enter")
        sections = menu
    else:
        sections = tab.get_by_role("navigation", name="Sections")
    sections.get_by_role("link", name="Training", exact=True).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{address}training/")
    assert errors == []


@pytest.mark.parametrize("width", [360, 1440])
def test_without_scripts_a_claim_s_page_shows_the_sections(open_page: OpenPage, width: int) -> None:
    tab = open_page("go/gpt-3.parameters/", width, java_script_enabled=False)
    assert tab.get_by_role("button", name="Menu", exact=True).is_hidden()
    assert tab.locator(".fg-scheme").is_hidden() and tab.locator(".fg-search-open").is_visible()
    assert tab.get_by_role("link", name="Training", exact=True).first.is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_a_claim_is_cited_linked_and_shown_elsewhere_by_what_is_copied(open_page: OpenPage) -> None:
    tab = open_page("go/gpt-3.parameters/", permissions=["clipboard-read", "clipboard-write"])
    own, pasted = f"{BASE}go/gpt-3.parameters/", "navigator.clipboard.readText()"
    tab.get_by_role("button", name="Copy the citation").click()
    expect(tab.get_by_role("status")).to_have_text("Copied the citation")
    cited = tab.evaluate(pasted)
    assert (
        cited.startswith(
            "StarX Capital, “GPT-3 (175B): parameters, 175B parameters,” Foundation Models: A Field Guide,"
            " version "
        )
        and f", {own}. Source: arXiv, 28 May 2020, “Language Models are Few-Shot Learners”, https://" in cited
    )
    tab.get_by_role("link", name="Copy the link").click()
    expect(tab.get_by_role("status")).to_have_text("Copied the link to this claim")
    assert tab.evaluate(pasted) == own
    tab.get_by_text("Code of the badge").click()
    tab.get_by_role("button", name="Copy the code").click()
    expect(tab.get_by_role("status")).to_have_text("Copied the code of the badge")
    code = tab.evaluate(pasted)
    assert re.fullmatch(
        rf'<a href="{re.escape(own)}"><img src="{re.escape(own)}badge.svg" width="\d+" height="\d+"'
        r' alt="[^"]+"></a>',
        code,
    )
    badge = tab.locator("main img")
    badge.scroll_into_view_if_needed()
    until(
        tab,
        "() => { const image = document.querySelector('main img'); return image.complete &&"
        " image.naturalWidth === 360; }",
    )


def test_what_is_copied_from_a_claim_s_page_begins_with_a_sentence_of_the_guide(open_page: OpenPage) -> None:
    tab = open_page("go/layer-profits.nvidia-july/", permissions=["clipboard-read", "clipboard-write"])
    said = tab.locator(".fg-said").inner_text()
    assert "NVIDIA" in said and "$72.1 billion" in said
    tab.get_by_role("button", name="Copy the quote as plain text").click()
    expect(tab.get_by_role("status")).to_have_text("Copied the sentence, its source and the link")
    first, second, *_ = tab.evaluate("navigator.clipboard.readText()").splitlines()
    assert first == said and second == "$72.14B, as of 26 Jul 2026"


def test_a_section_of_the_ledger_has_its_place_in_the_menus(new_tab: NewTab, address: str) -> None:
    tab = new_tab()
    for path, section, page in (
        ("data/claims/investing/", "Data", "Claims"),
        ("about/references/g-j/", "About", "References"),
    ):
        tab.goto(address + path)
        assert tab.locator(
            ".fg-tabs [aria-current], .fg-drawer details[open] > summary, .fg-drawer [aria-current]"
        ).all_text_contents() == [section, section, page]


@pytest.mark.parametrize("width", [360, 390, 768])
def test_a_phone_s_table_of_sections_breaks_no_word_and_needs_no_scrolling(
    open_page: OpenPage, width: int
) -> None:
    tab = open_page("data/claims/", width)
    assert tab.locator(".fg-claims .fg-table").first.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert tab.locator(".fg-claims__sections a").evaluate_all(
        "links => links.every(link => getComputedStyle(link).overflowWrap === 'normal')"
    )
    tops = tab.locator(".fg-filter__files a").evaluate_all("links => links.map(link => link.offsetTop)")
    assert len(tops) == 2 and len(set(tops)) == 1


def test_contents_never_cover_what_stands_above_them(new_tab: NewTab, address: str) -> None:
    for width in (360, 768):
        tab = new_tab(width)
        for path in ("about/changelog/", "about/for-machines/", "stack/chips/"):
            tab.goto(address + path)
            assert tab.locator(".fg-toc").evaluate(
                "toc => toc.getBoundingClientRect().top >="
                " toc.previousElementSibling.getBoundingClientRect().bottom - 1"
            ), (path, width)


def test_a_claim_s_page_is_whole_without_scripts_and_in_forced_colors(open_page: OpenPage) -> None:
    tab = open_page("go/serving-70b.bound-50/", 360, java_script_enabled=False, forced_colors="active")
    for heading in (
        "How it is computed",
        "What is computed from it",
        "Where the guide uses it",
        "Cite it",
        "Show it elsewhere",
    ):
        assert tab.get_by_role("heading", name=heading).is_visible()
    assert tab.locator(".fg-clip").locator("visible=true").count() == 0
    tab.get_by_role("link", name="weights 8").click()
    assert tab.url.endswith("/go/weights-70b.weights-8/") or re.search(r"/go/[^/]+/$", tab.url)
    assert tab.locator("h1 .fg-value").inner_text() == "70 GB"


def test_a_number_in_a_chapter_is_two_clicks_from_its_source(open_page: OpenPage, address: str) -> None:
    tab = open_page("go/gpt-3.parameters/")
    assert tab.locator("dl dd a").first.evaluate("link => new URL(link.href).host") not in (
        "",
        "guide.localhost",
    )
    tab.goto(f"{address}data/claims/training/")
    assert tab.locator(".fg-claims__list a").first.evaluate("link => link.pathname").split("/")[-3] == "go"
