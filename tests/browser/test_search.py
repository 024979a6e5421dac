"""The search in the browser: its dialog, its page at an address, and what it finds for every question of
tests/search.yml.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import faults
from tests.browser.tabs import FORBIDDEN, NewTab, OpenPage, requests_of, script_errors, until
from tests.built import SERVED
from tests.questions import ADDRESSES, ANSWERS, FIRST, LEAST, number_questions, questions, shares

CHAPTER = "training/tokens/"
COUNT = ".fg-search__count[role=status]"
OPENER = ".fg-search-open"
PRESS = "document.querySelector('.fg-search-open').click()"
"""Playwright's own click scrolls a page whose header stays in view."""
FOUND = """() => [...document.querySelectorAll('ol.fg-results > li')].map((item) =>
  [...item.querySelectorAll('a.fg-results__page')].map((link) => link.href))"""
"""The addresses of each result."""
SHOWN = "words => document.querySelector('ol.fg-results').dataset.question === words"


@pytest.fixture
def searching(open_page: OpenPage) -> Callable[..., Page]:
    """Opens a chapter, scrolled down, and on it the search, from its link in the header."""

    def open_search(width: int = 1280, **options: object) -> Page:
        page = open_page(CHAPTER, width, **options)
        page.evaluate("scrollTo(0, 700)")
        page.evaluate(PRESS)
        page.locator("dialog.fg-search").wait_for(state="visible")
        return page

    return open_search


def ask(page: Page, words: str) -> None:
    """Type into the open dialog and wait for what is found."""
    page.get_by_role("textbox", name="Search the guide").fill(words)
    until(page, SHOWN, arg=words)


def test_the_right_page_is_among_the_first_for_nearly_every_question(
    open_page: OpenPage, address: str
) -> None:
    page = open_page("404.html")
    places, missed = [], []
    for question, found in zip(
        questions(),
        page.evaluate(ADDRESSES, [address, [question.ask for question in questions()]]),
        strict=True,
    ):
        places.append((question, question.place(found)))
        if not 0 < places[-1][1] <= FIRST:
            missed.append(f"{question.ask}: {found[:FIRST]}")
    assert all(good >= LEAST * whole for _, good, whole in shares(places)), missed


BEGUN = {
    "inferen": "glossary/inference/",
    "hallucina": "glossary/hallucination/",
    "utiliza": "glossary/utilization/",
    "transf": "glossary/transformer/",
    "depi": "glossary/decentralized-compute/",
}
"""A word as far as it is typed, also past its stem → its page. “depin” is a reader's word, in
data/synonyms.yml alone.
"""


def test_a_word_finds_its_page_while_it_is_being_typed(searching: Callable[..., Page]) -> None:
    page = searching()
    expect(page.locator(".fg-search__all")).to_be_hidden()
    for words, right in BEGUN.items():
        ask(page, words)
        expect(page.locator(".fg-search__all")).to_be_visible()
        assert SERVED + right in [href for [href] in page.evaluate(FOUND)][:FIRST], words


def test_results_have_an_address_of_their_own(open_page: OpenPage, address: str) -> None:
    page = open_page("search/?q=what+is+rag")
    until(page, SHOWN, arg="what is rag")
    found = page.evaluate(FOUND)
    assert page.locator("ol.fg-results").count() == 1 and found[0] == [
        f"{address}glossary/retrieval-augmented-generation/"
    ]
    assert all(len(links) == 1 for links in found)
    expect(page.locator(".fg-results__kind").first).to_have_text("Definition")
    expect(page.locator(".fg-results__also").first).to_have_text("RAG")
    page.get_by_role("searchbox", name="Search the guide").fill("gross margin")
    until(page, SHOWN, arg="gross margin")
    assert page.url == address + "search/?q=gross+margin"
    assert page.locator(".fg-results__page").first.locator("mark").all_inner_texts() == ["Gross", "margin"]


def test_the_page_of_results_says_that_it_works_and_offers_no_citation(new_tab: NewTab, address: str) -> None:
    page = new_tab(360)
    page.route("**/search-worker.mjs", lambda _: None)  # it never comes
    page.goto(address + "search/?q=gross+margin")
    expect(page.locator(COUNT)).to_have_text("Searching…")
    assert page.locator(".fg-citation").count() == 0
    label = page.locator(".fg-search-page__form label span")
    assert label.evaluate(
        "label => label.getClientRects().length === 1 && label.getBoundingClientRect().height < 30"
    )
    page.unroute_all(behavior="ignoreErrors")


def test_a_row_is_found_by_its_name_and_a_section_by_its_words(open_page: OpenPage, address: str) -> None:
    page = open_page("search/?q=groq")
    until(page, SHOWN, arg="groq")
    first = page.locator(".fg-results__item").first
    assert first.locator(".fg-results__page").get_attribute("href") == f"{address}data/companies/#groq"
    expect(first.locator(".fg-results__kind")).to_have_text("Data: Companies")
    section = page.locator(".fg-results__section").first
    section.press("Enter")
    page.wait_for_url(re.compile("/(stack/chips|stack/inference-providers|investing/case-files)/#"))
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")


HOSTILE = (
    '"GPAI":',
    "'emergent: abilities'",
    "$5.6M",
    "<b>token</b>",
    "\\^(x402)*",
    "gross margin " * 40,
    "of the",
    "?",
    "ÅÉ—…",
)


def test_no_question_breaks_it(searching: Callable[..., Page]) -> None:
    page = searching()
    errors = script_errors(page)
    for words in HOSTILE:
        page.get_by_role("textbox", name="Search the guide").fill(words)
        until(page, SHOWN, arg=words.strip()[:300])
        assert re.match(r"\d+ result|Nothing found for", page.locator(COUNT).inner_text()), words
        assert page.locator(".fg-search b").count() == 0
    assert errors == []


def test_a_slip_is_forgiven_and_said(searching: Callable[..., Page]) -> None:
    page = searching()
    ask(page, "transfomer")
    expect(page.locator(COUNT)).to_contain_text(
        "Showing results for “transformer”. Search for “transfomer” instead."
    )
    expect(page.locator(".fg-results__page").first).to_have_text("Transformer")
    page.get_by_role("button", name="“transfomer”").press("Enter")
    expect(page.locator(COUNT)).to_have_text("Nothing found for “transfomer”. Try fewer or different words.")
    expect(page.locator(COUNT)).to_be_focused()


def test_words_written_as_one_are_taken_apart_and_a_short_name_is_not_a_slip(
    searching: Callable[..., Page],
) -> None:
    page = searching()
    ask(page, "kvcache")
    expect(page.locator(COUNT)).to_contain_text("Showing results for “kv cache”.")
    expect(page.locator(".fg-results__page").first).to_have_text("KV cache")
    ask(page, "colt")
    expect(page.locator(COUNT)).to_contain_text("Nothing found for “colt”")


def test_a_word_that_says_little_is_not_marked(searching: Callable[..., Page]) -> None:
    page = searching()
    ask(page, "why do they make chips")
    marks = page.locator(".fg-results mark")
    expect(marks.first).to_have_text(re.compile("chips", re.I))
    assert not [words for words in marks.all_inner_texts() if re.match("make|mak|do$|they", words, re.I)]


def test_the_hint_in_the_field_fits_a_phone(searching: Callable[..., Page]) -> None:
    page = searching(360)
    field = page.get_by_role("textbox", name="Search the guide")
    words = field.get_attribute("placeholder")
    field.fill(words or "")
    assert words and field.evaluate("field => field.scrollWidth <= field.clientWidth")


def test_where_nothing_is_found_terms_and_paths_are_offered(searching: Callable[..., Page]) -> None:
    page = searching()
    ask(page, "zxqwv blokchane")
    expect(page.locator(COUNT)).to_contain_text("Nothing found for")
    terms, paths = page.locator(".fg-results__instead").all()
    expect(terms.get_by_role("link", name="Blockchain", exact=True)).to_be_visible()
    assert paths.get_by_role("link").all_inner_texts() == ["New to this", "Building", "Investing"]


def test_a_result_shows_the_passage_that_answers_with_its_words_marked(
    open_page: OpenPage, address: str
) -> None:
    page = open_page("search/?q=gigawatt+campus+cost")
    until(page, SHOWN, arg="gigawatt campus cost")
    first = page.locator(".fg-results__item", has=page.locator(f"a[href='{address}stack/power/']"))
    expect(first.locator(".fg-results__answer mark").first).to_have_text(
        re.compile("gigawatt|campus|cost", re.I)
    )
    shown = first.locator(".fg-results__answer").inner_text().strip("… ")
    page.goto(address + "stack/power/")
    assert page.locator("main").evaluate(
        "(main, text) => main.innerText.replace(/\\s+/g, ' ').includes(text.slice(0, 40))", shown
    )


@pytest.mark.parametrize(
    ("asked", "path"),
    [("crypto", "investing/crypto-and-ai/"), ("crypto ai", "investing/crypto-and-ai/"), ("tokens", CHAPTER)],
)
def test_a_chapter_that_is_called_what_was_typed_shows_its_own_answer_and_no_section(
    searching: Callable[..., Page], address: str, asked: str, path: str
) -> None:
    page = searching(390)
    ask(page, asked)
    first = page.locator(".fg-results__item").first
    expect(first.locator(f"a[href='{address}{path}']")).to_be_visible()
    expect(first.locator(".fg-results__section")).to_have_count(0)
    shown = first.locator(".fg-results__answer").inner_text().rstrip("… ")
    page.goto(address + path)
    assert len(shown) > 60
    assert page.locator(".fg-lead").first.inner_text().startswith(shown[:60])


@pytest.mark.parametrize("who", ["they", "models", "chatbots"])
def test_a_section_that_is_headed_with_a_question_s_words_is_found_by_them(
    searching: Callable[..., Page], who: str
) -> None:
    page = searching(390)
    ask(page, f"why do {who} make things up")
    first = page.locator(".fg-results__item", has_text="Limits").first
    expect(first.locator(".fg-results__section")).to_contain_text("make things up")


def test_a_tap_on_a_result_s_words_opens_its_section(searching: Callable[..., Page]) -> None:
    page = searching(390)
    ask(page, "why do they make things up")
    first = page.locator(".fg-results__item").first
    section = first.locator(".fg-results__section").get_attribute("href")
    first.locator(".fg-results__answer").click(force=True)
    page.wait_for_url(f"**{section}")


@pytest.mark.parametrize("place", ["dialog", "page"])
def test_four_results_fit_a_phone_s_screen_and_keys_are_not_offered_there(
    new_tab: NewTab, address: str, place: str
) -> None:
    page = new_tab(390, height=844, has_touch=True, is_mobile=True)
    if place == "page":
        page.goto(address + "search/?q=what+is+a+token")
        until(page, SHOWN, arg="what is a token")
        bottom = 844.0
    else:
        page.goto(address + CHAPTER)
        page.evaluate(PRESS)
        ask(page, "what is a token")
        bottom = page.locator(".fg-search__foot").evaluate("foot => foot.getBoundingClientRect().top")
        expect(page.locator(".fg-search__keys")).to_be_hidden()
    fourth = page.locator(".fg-results__item").nth(3)
    fourth.wait_for(state="visible")
    assert fourth.evaluate("item => item.getBoundingClientRect().bottom") <= bottom


def test_the_keyboard_goes_through_the_results_and_escape_comes_back(searching: Callable[..., Page]) -> None:
    page = searching()
    field = page.get_by_role("textbox", name="Search the guide")
    expect(field).to_be_focused()
    ask(page, "gross margin")
    links = page.locator(".fg-results__page")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("s")
    expect(field).to_have_value("gross margins")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.fg-search")).to_be_hidden()
    expect(page.locator(OPENER)).to_be_focused()
    assert page.evaluate("scrollY") == 700
    page.evaluate(PRESS)
    ask(page, "what is rag")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/retrieval-augmented-generation/")


def test_enter_leads_to_the_page_of_results(address: str, searching: Callable[..., Page]) -> None:
    page = searching()
    ask(page, "what is rag")
    page.keyboard.press("Enter")
    page.wait_for_url(address + "search/?q=what+is+rag")


def test_kinds_narrow_the_list(searching: Callable[..., Page]) -> None:
    page = searching()
    ask(page, "gross margin")
    assert len(set(page.locator(".fg-results__kind").all_inner_texts())) > 2
    page.get_by_role("radio", name="Figures", exact=True).check()
    until(
        page,
        "() => [...document.querySelectorAll('.fg-results__item')].every(item => item.dataset.kind ==="
        " 'Figure')",
    )
    expect(page.locator(COUNT)).to_have_text(re.compile(r"^\d+ results?$"))
    page.get_by_role("radio", name="All", exact=True).check()
    until(page, "() => document.querySelector('.fg-results__item').dataset.kind === 'Definition'")


def test_a_number_that_is_asked_for_comes_first_with_its_value_and_leads_to_its_page(
    address: str, searching: Callable[..., Page]
) -> None:
    page = searching()
    ask(page, "nvidia profit")
    first = page.locator(".fg-results__item").first
    expect(first).to_have_attribute("data-kind", "Number")
    assert re.fullmatch(r"\$\d+(\.\d+)?B", first.locator(".fg-results__value").inner_text())
    expect(first.locator(".fg-results__answer")).to_have_text(re.compile(r"^NVIDIA.*, as of \d+ \w+ 20\d\d$"))
    expect(page.locator(".fg-results__item").nth(1)).not_to_have_attribute("data-kind", "Number")
    page.get_by_role("radio", name="Numbers", exact=True).check()
    until(
        page,
        "() => [...document.querySelectorAll('.fg-results__item')].every(item => item.dataset.kind ==="
        " 'Number')",
    )
    assert page.locator(".fg-results__item").count() > 1
    page.get_by_role("radio", name="All", exact=True).check()
    page.locator(".fg-results__item[data-kind=Chapter]").first.wait_for()
    first.locator(".fg-results__page").click()
    page.wait_for_url(re.compile(re.escape(address) + r"go/[a-z0-9-]+\.[a-z0-9-]+/$"))


@pytest.mark.parametrize(("name", "first", "near"), [("numbers", 17, 50), ("second_numbers", 15, 43)])
def test_questions_for_a_number_find_it_and_others_are_not_answered_with_one(
    open_page: OpenPage, address: str, name: str, first: int, near: int
) -> None:
    """Of sixty questions for a number, at least so many show a right one before all pages, and so many among
    the first of the numbers.
    """
    page = open_page("404.html")
    told, rest = number_questions(name)
    every = page.evaluate(ANSWERS, [address, [question.ask for question in told + rest]])
    numbers = page.evaluate(ANSWERS, [address, [question.ask for question in told], {"kind": "Number"}])
    tops = [found["results"][0] for found in every]
    right = [
        top["kind"] == "Number" and question.place([top["address"]])
        for question, top in zip(told, tops, strict=False)
    ]
    places = [
        question.place([result["address"] for result in found["results"]])
        for question, found in zip(told, numbers, strict=True)
    ]
    assert sum(map(bool, right)) >= first
    assert sum(0 < place <= FIRST for place in places) >= near
    assert [
        question.ask for question, top in zip(rest, tops[len(told) :], strict=True) if top["kind"] == "Number"
    ] == []


def test_the_shortcuts_can_be_switched_off_and_stay_so(searching: Callable[..., Page]) -> None:
    page = searching()
    keys = page.get_by_role("checkbox", name="Keyboard shortcuts / and Ctrl K")
    expect(keys).to_be_checked()
    keys.uncheck()
    assert page.evaluate("localStorage.getItem('fg-keys')") == "off"
    page.reload()
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    page.evaluate(PRESS)
    expect(keys).not_to_be_checked()
    expect(page.get_by_role("textbox", name="Search the guide")).to_have_value("")
    keys.check()
    assert page.evaluate("localStorage.getItem('fg-keys')") is None
    for key in ("/", "Control+k"):
        page.keyboard.press("Escape")
        expect(page.locator("dialog.fg-search")).to_be_hidden()
        page.keyboard.press(key)
        expect(page.get_by_role("textbox", name="Search the guide")).to_be_focused()


def test_a_forbidden_store_does_not_stop_the_search(new_tab: NewTab, address: str) -> None:
    page = new_tab()
    page.add_init_script(FORBIDDEN)
    page.goto(address + "about/accessibility/")
    page.evaluate(PRESS)
    page.get_by_role("checkbox", name="Keyboard shortcuts").uncheck()
    ask(page, "gross margin")
    expect(page.locator(".fg-results__page").first).to_have_text("Gross margin")


def test_nothing_is_fetched_for_the_search_until_it_is_opened(new_tab: NewTab, address: str) -> None:
    page = new_tab()
    asked = requests_of(page)
    page.goto(address + CHAPTER, wait_until="networkidle")
    assert asked and [url for url in asked if "search" in url or "vendor" in url] == []
    page.evaluate(PRESS)
    ask(page, "gross margin")
    assert {url.rsplit("/", 1)[1] for url in asked} >= {"search.mjs", "search.css"}
    assert all(url.startswith(address) for url in asked)


def test_a_search_that_cannot_start_says_so(new_tab: NewTab, address: str) -> None:
    page = new_tab()
    page.route("**/assets/search.json", lambda route: route.fulfill(status=404))
    page.goto(address + "search/?q=token")
    expect(page.locator(COUNT).filter(has_text="Search could not load")).to_have_text(
        "Search could not load. You can still browse the glossary and the menu."
    )
    page.unroute_all()
    page.get_by_role("searchbox").fill("gross margin")
    expect(page.locator(".fg-results__page").first).to_have_text("Gross margin")


def test_where_the_search_cannot_be_fetched_its_link_leads_to_the_page_of_results(
    new_tab: NewTab, address: str
) -> None:
    page = new_tab()
    page.route("**/assets/js/search.mjs", lambda route: route.abort())
    page.goto(address + CHAPTER)
    page.evaluate(PRESS)
    page.wait_for_url(address + "search/")


def test_a_browser_that_will_not_change_the_address_still_finds_and_filters(
    new_tab: NewTab, address: str
) -> None:
    page = new_tab()
    faults = script_errors(page)
    page.add_init_script(
        "history.replaceState = () => { throw new DOMException('too often', 'SecurityError'); };"
    )
    page.goto(address + "search/")
    page.get_by_role("searchbox", name="Search the guide").fill("gross margin")
    expect(page.locator(".fg-results__page").first).to_have_text("Gross margin")
    page.goto(address + "data/models/")
    page.get_by_role("searchbox", name="Find a model or maker").fill("zzz")
    expect(page.locator(".fg-filter__none")).to_contain_text("No matches")
    assert faults == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (768, "dark"), (1440, "light")])
def test_axe_finds_nothing_and_targets_are_large_enough(
    address: str, searching: Callable[..., Page], scheme: str, width: int
) -> None:
    page = searching(width, color_scheme=scheme, reduced_motion="reduce")
    ask(page, "gross margin")
    rules = {
        "runOnly": {
            "type": "tag",
            "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        },
        "rules": {"target-size": {"enabled": True}},
    }
    assert faults(page, "dialog.fg-search", **rules) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(address + "search/?q=gross+margin")
    until(page, SHOWN, arg="gross margin")
    assert faults(page, ".fg-search-page", **rules) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_a_sentence_shows_the_way(open_page: OpenPage) -> None:
    page = open_page("search/?q=token", java_script_enabled=False)
    expect(page.locator(".fg-search-page noscript p")).to_be_visible()
    expect(page.locator(".fg-search-page__form")).to_be_hidden()
    page.locator(".fg-search-page noscript a").first.click()
    page.wait_for_url("**/glossary/")
