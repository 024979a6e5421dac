"""The built site in Chromium. Each test goes through every page, or every kind of page, and lists all
failures at once.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from fieldguide.book import Book
from tests.browser.tabs import NewTab, OpenPage, until
from tests.browser.visits import (
    MIDDLE,
    NARROW,
    SETTLED,
    SHIFT,
    WIDE,
    Visit,
    colored,
    figures_on,
    sample,
    shares,
    visit,
    windows,
)
from tests.built import pages, text_of

CHAPTER = "foundations/what-is/"
SHARES = 12
SETTLES = 0.005
"""How much may move, as the web vitals count it, of which 0.1 is still good: on a busy machine a table's
columns settle by a pixel.
"""
LATE = re.compile(r"\.(?:css|mjs)$")
"""What comes after the first screen is drawn."""
HIDDEN = """selectors => selectors.filter(selector => {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return !box?.width || !box.height ||
    !document.querySelector(selector).checkVisibility({visibilityProperty: true});
})"""
"""Those of some selectors whose first element is not there or not to be seen."""


@pytest.fixture(scope="module", params=range(SHARES))
def visits(request: pytest.FixtureRequest, browser: Browser, address: str, site: Path) -> list[Visit]:
    """A share of the pages, each opened once; the tests of a share are run by one worker."""
    return list(visit(browser, address, site, shares(site, SHARES)[request.param]))


def test_no_console_error_no_other_host_and_no_layout_shift(visits: list[Visit]) -> None:
    assert {seen.path: seen.faults for seen in visits if seen.faults} == {}
    assert {seen.path: seen.shift for seen in visits if seen.shift > SETTLES} == {}


def test_no_page_does_what_its_policy_refuses(visits: list[Visit]) -> None:
    assert {seen.path: seen.refused for seen in visits if seen.refused} == {}


@pytest.mark.parametrize("width", [390, 768])
def test_no_list_moves_on_a_phone_when_its_sheet_and_script_come(
    browser: Browser, address: str, site: Path, width: int
) -> None:
    lists = [path for path, file in pages(site).items() if 'class="fg-filter' in text_of(file)]
    assert len(lists) >= 6
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    # text set in the faces' substitutes may break elsewhere; a tab with a route keeps no files
    page.route("**/*.woff2", lambda route: route.abort())
    shifts = {path: shift_when_the_rest_comes(page, address + path) for path in lists}
    page.context.close()
    # a table's columns may still settle by a few pixels
    assert {path: shift for path, shift in shifts.items() if shift > 0.01} == {}


def shift_when_the_rest_comes(page: Page, url: str) -> float:
    """How much of a page moves when its late sheet and its scripts come after its first screen is drawn."""
    late: list[Route] = []
    page.route(LATE, lambda route: late.append(route))
    page.goto(url, wait_until="commit")
    until(page, "document.querySelector('link[rel=stylesheet]') !== null")
    page.evaluate(SETTLED)
    page.unroute(LATE)
    assert late, f"{url} asks for nothing late"
    for route in late:
        route.continue_()
    until(
        page,
        "document.querySelectorAll('.fg-kept').length ==="
        " document.querySelectorAll('.fg-kept[hidden=until-found]').length",
    )
    shift: float = page.evaluate(SHIFT)
    return shift


def test_no_page_scrolls_sideways_at_320_px(visits: list[Visit]) -> None:
    assert {seen.path: seen.scrolls for seen in visits if seen.scrolls > NARROW} == {}


@pytest.mark.parametrize(("folder", "least"), [("glossary/", 150), ("figures/", 80)])
def test_no_term_and_no_figure_s_page_scrolls_sideways_at_320_px(
    new_tab: NewTab, address: str, site: Path, folder: str, least: int
) -> None:
    """Each, because a long word is enough; without scripts, which only move what is there."""
    page, wide = new_tab(NARROW, java_script_enabled=False), {}
    for path in pages(site):
        if path.startswith(folder) and path not in windows(site):
            page.goto(address + path)
            wide[path] = page.evaluate("document.documentElement.scrollWidth")
    assert len(wide) > least
    assert {path: width for path, width in wide.items() if width > NARROW} == {}


def test_no_figure_text_is_under_12_px(visits: list[Visit]) -> None:
    assert {
        (seen.path, width): found[:5] for seen in visits for width, found in seen.small.items() if found
    } == {}


def test_no_drawing_prints_text_under_7_points(visits: list[Visit]) -> None:
    assert {seen.path: seen.points for seen in visits if min(seen.points, default=7) < 7} == {}


def test_every_figure_is_measured_in_every_window(site: Path, book: Book) -> None:
    measured = {slug: set[int]() for slug in book.homes}
    for path, widths in windows(site).items():
        for slug in figures_on(pages(site)[path]) & measured.keys():
            measured[slug].update(widths)
    assert {slug for slug, widths in measured.items() if not widths >= {WIDE, MIDDLE, NARROW}} == set()


@pytest.mark.parametrize("what", ["shape", "light", "dark"])
def test_axe_finds_nothing(visits: list[Visit], what: str) -> None:
    assert {seen.path: found for seen in visits if (found := seen.judged.get(what))} == {}
    assert any(what in seen.judged for seen in visits)


def test_colors_are_judged_on_some_pages_of_every_folder(site: Path) -> None:
    judged = colored(site)
    assert 30 <= len(judged) < len(sample(site)) / 2
    assert {path.split("/")[0] for path in judged} >= {
        "",
        "glossary",
        "figures",
        "data",
        "labs",
        "about",
        "foundations",
        "training",
        "business",
        "stack",
        "investing",
    }


def test_everything_is_readable_without_javascript(new_tab: NewTab, address: str, site: Path) -> None:
    page = new_tab(1440, java_script_enabled=False)
    hidden = {}
    for path in sorted(colored(site)):
        page.goto(address + path)
        if missing := page.evaluate(HIDDEN, ["h1", "article p", "footer a"]):
            hidden[path] = missing
    page.goto(address + "glossary/")
    entries = page.evaluate(
        "[...document.querySelectorAll('.fg-glossary__entry')].map(entry =>"
        " entry.checkVisibility({visibilityProperty: true}))"
    )
    assert len(entries) >= 60 and all(entries)
    assert not page.locator("form.fg-filter input[type=search]").is_visible()
    for kind, least in (("models", 60), ("companies", 80), ("prices", 45), ("hardware", 20)):
        page.goto(f"{address}data/{kind}/")
        rows = page.locator("[data-filter] tr[id]")
        assert rows.count() >= least, kind
        assert rows.last.is_visible(), kind
    assert hidden == {}


def test_the_ring_of_an_option_stands_in_the_middle_of_its_first_line(open_page: OpenPage) -> None:
    off = (
        open_page("training/pre-training/")
        .locator(".fg-option")
        .evaluate_all(
            "options => options.map((option) => { const range = document.createRange();"
            " range.selectNodeContents(option.querySelector('label'));"
            " const middle = ({ top, bottom }) => (top + bottom) / 2;"
            " return middle(option.querySelector('input').getBoundingClientRect()) -"
            " middle(range.getClientRects()[0]); })"
        )
    )
    assert off and max(map(abs, off)) < 1


def test_a_heading_beside_a_note_in_the_margin_has_lines_of_one_length(open_page: OpenPage) -> None:
    heading = open_page("training/scaling-laws/", 1440).get_by_role("heading", name="Each tenfold increase")
    lines = heading.evaluate("node => [...node.getClientRects()].map(({ width }) => width)")
    assert len(lines) == 2 and lines[1] > lines[0] / 2


def test_a_quiz_answers_without_javascript(open_page: OpenPage) -> None:
    page = open_page(CHAPTER, 1440, java_script_enabled=False)
    option = page.locator(".fg-option--wrong").first
    answer = option.locator(".fg-option__why")
    assert not answer.is_visible()
    option.locator("label").click()
    assert answer.is_visible()
    assert "Not this one" in answer.inner_text()


def test_dark_follows_the_system_without_javascript(open_page: OpenPage) -> None:
    page = open_page("", 1440, java_script_enabled=False, color_scheme="dark")
    assert (
        page.evaluate("getComputedStyle(document.body).getPropertyValue('--fg-paper').trim()").upper()
        == "#181510"
    )


@pytest.mark.parametrize("kind", ["fg-term", "fg-cite", "fg-number"])
def test_a_note_opens_by_keyboard_and_closes_by_escape(open_page: OpenPage, kind: str) -> None:
    page = open_page(f"{CHAPTER}?evidence", 1440)
    mark = page.locator(f"article p > a.{kind}, article p a.{kind}").first
    mark.focus()
    popover = page.locator(".fg-popover")
    popover.wait_for(state="visible")
    note = mark.get_attribute("data-note")
    name = page.locator(f"[id='{note}'] .fg-note__name").text_content()
    assert name in popover.inner_text()
    page.keyboard.press("Escape")
    popover.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.dataset.note") == note


def test_a_note_opens_by_hover(open_page: OpenPage) -> None:
    page = open_page(CHAPTER, 1440)
    page.locator("article a.fg-term").first.hover()
    page.locator(".fg-popover").wait_for(state="visible")


@pytest.mark.parametrize("long", [False, True])
def test_a_note_in_the_margin_stays_in_the_window(open_page: OpenPage, long: bool) -> None:
    page = open_page(CHAPTER, 1440, 700)
    mark = page.locator("article p > a.fg-number").first
    mark.evaluate("mark => scrollBy(0, mark.getBoundingClientRect().top - innerHeight + 40)")
    if long:
        mark.evaluate(
            "mark => document.getElementById(mark.dataset.note).append(...Array.from({length: 60}, () =>"
            " Object.assign(document.createElement('p'), {textContent: 'One more line.'})))"
        )
    mark.click()
    card = page.locator(".fg-popover--margin")
    card.wait_for(state="visible")
    box = card.bounding_box()
    assert box["y"] >= page.locator(".fg-header").bounding_box()["height"] and box["y"] + box["height"] <= 700
    assert card.evaluate("card => card.scrollHeight > card.clientHeight") is long


def test_a_note_opens_as_a_sheet_by_touch_and_leads_on(open_page: OpenPage) -> None:
    page = open_page(CHAPTER, 390, has_touch=True, is_mobile=True)
    page.locator("article a.fg-term").first.tap()
    popover = page.locator(".fg-popover")
    popover.wait_for(state="visible")
    assert page.url.endswith(CHAPTER)
    popover.get_by_role("button").tap()
    popover.wait_for(state="hidden")
    page.locator("article a.fg-term").first.tap()
    popover.get_by_role("link").tap()
    page.wait_for_url("**/glossary/**")


def test_the_models_table_filters_sorts_and_keeps_it_in_the_url(open_page: OpenPage) -> None:
    page = open_page("data/models/", 1440)
    rows = page.locator(".fg-models tr[id]")
    total = rows.count()
    page.get_by_role("searchbox", name="Find a model or maker").fill("chinchilla")
    until(
        page,
        "[...document.querySelectorAll('.fg-models tr[id]')].filter(row => row.checkVisibility()).length"
        " === 1",
    )
    assert f"1 of {total} models" in page.locator(".fg-filter__count").inner_text()
    assert "chinchilla" in page.url
    page.reload()
    until(
        page,
        "[...document.querySelectorAll('.fg-models tr[id]')].filter(row => row.checkVisibility()).length"
        " === 1",
    )
    page.get_by_role("searchbox", name="Find a model or maker").fill("")
    page.get_by_role("button", name="Parameters").click()
    until(page, "document.querySelector('th.fg-models__parameters').getAttribute('aria-sort') !== 'none'")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.fg-models tr[id]')].map(row =>"
        " parseFloat(row.dataset.sortParameters)).filter(Number.isFinite)"
    )
    assert sizes in (sorted(sizes), sorted(sizes, reverse=True))


def test_the_glossary_filters_as_you_type(open_page: OpenPage) -> None:
    page = open_page("glossary/", 1440)
    page.get_by_role("searchbox", name="Find a term").fill("tokenizer")
    until(
        page,
        "[...document.querySelectorAll('.fg-glossary__entry')].filter(row =>"
        " row.checkVisibility()).length < 6",
    )
    assert page.locator(".fg-glossary__entry", has_text="Tokenizer").first.is_visible()


def test_companies_are_filtered_by_layer_and_the_address_keeps_it(open_page: OpenPage) -> None:
    page = open_page("data/companies/", 1440)
    page.locator(".fg-segmented label", has_text="Infrastructure").click()
    shown = page.locator("[data-filter=companies] tr[id]:visible")
    assert {row.get_attribute("data-layer") for row in shown.all()} == {"infrastructure"}
    page.reload()
    assert {row.get_attribute("data-layer") for row in shown.all()} == {"infrastructure"}
    page.locator("select[name=place]").select_option("Chips")
    assert page.locator("#nvidia").is_visible() and not page.locator("#groq").is_visible()
    page.locator(".fg-filter__clear").click()
    page.locator("#groq").wait_for(state="visible")
    assert not page.locator(".fg-filter__clear").is_visible()
    page.locator("select[name=place]").select_option("Assistants")
    assert page.locator("#openai").is_visible()  # ChatGPT stands there


def test_prices_sort_by_number_in_both_directions(open_page: OpenPage) -> None:
    page = open_page("data/prices/", 1440)
    button = page.locator("[data-filter=prices] button[data-sort=output]")
    for direction in (-1, 1):  # the largest number first
        button.click()
        values = page.eval_on_selector_all(
            "[data-filter=prices] tr[id]",
            "rows => rows.map(row => row.dataset.sortOutput).filter(Boolean).map(Number)",
        )
        assert values == sorted(values, reverse=direction < 0)


def test_two_tables_of_one_page_keep_an_order_each_in_the_address(open_page: OpenPage) -> None:
    page = open_page("data/prices/", 1440)
    page.locator("[data-filter=prices] button[data-sort=output]").click()
    page.locator("[data-filter=rentals] button[data-sort=provider]").click()
    assert "sort=-output" in page.url and "sort-hours=provider" in page.url
    page.reload()
    for table, key, state in (("prices", "output", "descending"), ("rentals", "provider", "ascending")):
        assert (
            page.locator(f"[data-filter={table}] th:has([data-sort={key}])").get_attribute("aria-sort")
            == state
        )


def test_an_address_that_is_malformed_leaves_the_list_whole(open_page: OpenPage) -> None:
    page = open_page("data/models/?access=bogus#50%", 1440)
    assert (
        page.locator("[data-filter=models] tr[data-search]:not([hidden])").count()
        == page.locator("[data-filter=models] tr[data-search]").count()
    )


def test_on_a_phone_a_menu_orders_the_rows(open_page: OpenPage) -> None:
    page = open_page("data/hardware/", 360)
    page.get_by_role("button", name="Filter", exact=True).click()
    page.locator(".fg-filter__order").select_option("bandwidth")
    values = page.eval_on_selector_all(
        "[data-filter=hardware] tr[id]",
        "rows => rows.map(row => row.dataset.sortBandwidth).filter(Boolean).map(Number)",
    )
    assert values == sorted(values, reverse=True)
    page.locator(".fg-filter input[type=search]").fill("h100")
    page.locator(".fg-filter button[type=reset]").click()
    expect(page.locator(".fg-filter__order")).to_have_value("bandwidth")


def test_every_node_of_the_stack_map_opens_its_place(open_page: OpenPage, address: str) -> None:
    page = open_page("", 1440)
    links = page.locator(".fg-map .fg-drawing--wide a")
    targets = {link.get_attribute("href") for link in links.all()}
    assert len(targets) > 20
    assert any(target.startswith("stack/chips/") for target in targets) and any(
        "data/companies/#groq" in target for target in targets
    )
    for path in sorted({target.split("#")[0] for target in targets}):
        response = page.goto(address + path)
        assert response is not None and response.ok, path
        known = set(page.evaluate("[...document.querySelectorAll('[id]')].map(node => node.id)"))
        assert {target.split("#")[1] for target in targets if target.startswith(path + "#")} <= known
