"""What a browser keeps of the reading: marks in the menus, the place on the home page, answers to the
questions; and that one control forgets it.
"""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tabs import FORBIDDEN, NewTab, requests_of, script_errors, until

CHAPTER = "foundations/limits/"
KEPT = "localStorage.getItem('fg-reading')"
READ = "document.querySelectorAll('.fg-nav a > .fg-sr').length"


@pytest.fixture
def tab(new_tab: NewTab) -> Page:
    """A desk's tab."""
    return new_tab(1440)


def kept(page: Page) -> object:
    return json.loads(page.evaluate(KEPT) or "null")


def read_on(page: Page, target: str) -> None:
    page.mouse.wheel(0, 100)
    page.locator(".fg-nav__read").first.wait_for(state="attached")
    page.locator(target).evaluate("element => element.scrollIntoView()")


def test_a_chapter_is_read_when_its_end_was_in_view_and_the_next_one_is_the_place(
    tab: Page, address: str
) -> None:
    asked = requests_of(tab)
    tab.goto(address + CHAPTER)
    assert tab.evaluate(KEPT) is None, "opening a page keeps nothing"
    read_on(tab, "h2:nth-of-type(2), h2 >> nth=1")
    until(tab, f"JSON.parse({KEPT})?.place.includes('#')")
    place = tab.locator(".fg-contents__link[aria-current]").get_attribute("href")
    assert kept(tab) == {"place": CHAPTER + str(place), "read": [], "answered": {}}
    assert tab.evaluate(READ) == 0
    tab.locator(".fg-next").evaluate("element => element.scrollIntoView()")
    until(tab, f"{READ} === 2")  # beside the text and in the menu
    assert kept(tab) == {
        "place": (
            tab.evaluate("document.querySelector('a[rel=next]').pathname")
            .removeprefix("/")
            .split("guide/")[-1]
        ),
        "read": [CHAPTER],
        "answered": {},
    }
    assert (
        tab.get_by_role("navigation", name="Foundations")
        .get_by_role("link", name="Limits (read)", exact=True)
        .is_visible()
    )
    tab.mouse.wheel(0, -3000)
    tab.wait_for_timeout(200)
    assert kept(tab)["read"] == [CHAPTER] and "#" not in kept(tab)["place"], "reading back changes no place"  # type: ignore[index]  # an object, as above
    assert {url for url in asked if not url.startswith((address, "data:"))} == set() and all(
        "?" not in url for url in asked
    )
    tab.goto(f"{address}foundations/")
    until(tab, f"{READ} === 2")


def test_home_offers_the_place_without_moving_and_forgets(tab: Page, address: str) -> None:
    tab.goto(address)
    assert not tab.locator(".fg-continue").is_visible()
    tab.evaluate(
        "localStorage.setItem('fg-reading', JSON.stringify({place: 'training/scaling-laws/#read-next', read:"
        " ['foundations/limits/']}))"
    )
    for width in (360, 390, 1440):
        tab.set_viewport_size({"width": width, "height": 844})
        tab.goto(address)
        expect(tab.locator(".fg-continue")).to_have_text("Continue:Scaling: the law and the betClear")
        shift = tab.evaluate(
            "new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const entry of"
            " list.getEntries()) sum += entry.value; }).observe({type: 'layout-shift', buffered: true});"
            " setTimeout(() => done(sum), 100); })"
        )
        assert shift < 0.001
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.locator(".fg-continue a").evaluate(
            "link => link.textContent = 'Crypto-token law in brief' && link.scrollWidth <="
            " link.clientWidth + 1"
        ), "the longest title is not cut"
    assert (
        tab.locator(".fg-continue a").evaluate("link => link.href")
        == f"{address}training/scaling-laws/#read-next"
    )
    tab.locator(".fg-continue").get_by_role("button", name="Clear my reading history").press("Enter")
    assert tab.evaluate(KEPT) is None and tab.evaluate(READ) == 0
    assert tab.evaluate("document.activeElement.textContent") == "Reading history cleared."
    tab.reload()
    assert not tab.locator(".fg-continue").is_visible()


def test_forgetting_beside_the_marks_keeps_nothing_more_of_the_page(tab: Page, address: str) -> None:
    tab.goto(address + CHAPTER)
    read_on(tab, ".fg-next")
    line = tab.locator(".fg-side .fg-nav__read")
    expect(line).to_have_text("1 read. Stored only in this browser. Clear")
    line.get_by_role("button").click()
    assert line.text_content() == "Reading history cleared." and tab.evaluate(READ) == 0
    tab.mouse.wheel(0, -2000)
    tab.locator(".fg-option label").first.click()
    tab.wait_for_timeout(200)
    assert tab.evaluate(KEPT) is None


def test_the_page_about_it_forgets_too(tab: Page, address: str) -> None:
    tab.goto(f"{address}about/accessibility/")
    expect(tab.locator(".fg-memory")).to_have_text(
        "Nothing is stored about your reading yet, or scripts are off."
    )
    tab.evaluate("localStorage.setItem('fg-reading', JSON.stringify({read: ['foundations/limits/']}))")
    tab.reload()
    tab.locator(".fg-memory").get_by_role("button", name="Clear my reading history").click()
    assert (
        tab.evaluate(KEPT) is None and tab.locator(".fg-memory").text_content() == "Reading history cleared."
    )


def test_the_questions_count_what_was_chosen_first_and_say_it_again_later(tab: Page, address: str) -> None:
    tab.goto(address + CHAPTER)
    read_on(tab, "#test-yourself")
    score = tab.locator(".fg-score")
    expect(score).to_have_text("")
    for question, kind, says in (
        (0, "right", "1 of 1 right, 2 to go"),
        (0, "wrong", "1 of 1 right, 2 to go"),
        (1, "wrong", "1 of 2 right, 1 to go"),
        (1, "right", "1 of 2 right, 1 to go"),
        (2, "right", "2 of 3 right"),
    ):
        tab.locator(".fg-quiz").nth(question).locator(f".fg-option--{kind} label").first.click()
        expect(score).to_have_text(says)
    assert kept(tab)["answered"] == {CHAPTER: [2, 3]}  # type: ignore[index]  # an object, as above
    tab.goto(address + CHAPTER)
    expect(score).to_have_text("Last time 2 of 3 right")
    tab.locator(".fg-quiz").first.locator(".fg-option--wrong label").first.click()
    expect(score).to_have_text("0 of 1 right, 2 to go")


HOSTILE = [
    "null",
    "1",
    '"x"',
    "[]",
    "{",
    "x" * 100_000,
    "[" * 5000,
    '{"read": 7, "place": [], "answered": "abc"}',
    json.dumps(
        {
            "read": [
                "../../evil/",
                "https://example.org/",
                "//example.org/",
                "foundations/limits",
                "nowhere/at-all/",
                5,
                None,
                {},
            ],
            "place": "//example.org/x/",
            "answered": {"__proto__": [1, 1], "x": 1},
        }
    ),
    json.dumps({"place": "javascript:alert(1)/"}),
    json.dumps({"place": 'foundations/limits/#"><img src=x>'}),
    json.dumps({"place": "nowhere/at-all/"}),
    json.dumps(
        {
            "read": [f"a-{number}/" for number in range(5000)],
            "answered": {CHAPTER: [5, 2], "training/tokens/": [-1, "x"]},
        }
    ),
]


@pytest.mark.parametrize("stored", HOSTILE, ids=range(len(HOSTILE)))
def test_what_somebody_else_has_stored_marks_nothing_and_is_written_over(
    tab: Page, address: str, stored: str
) -> None:
    errors = script_errors(tab)
    tab.goto(f"{address}robots.txt")
    tab.evaluate("stored => localStorage.setItem('fg-reading', stored)", stored)
    tab.goto(address)
    until(tab, "document.querySelector('.fg-nav__read')")
    assert (tab.evaluate(READ), tab.locator(".fg-continue a").count()) == (0, 0)
    tab.goto(address + CHAPTER)
    until(tab, "document.querySelector('.fg-nav__read')")
    assert tab.evaluate(READ) == 0 and tab.locator(".fg-score").text_content() == ""
    tab.locator(".fg-next").evaluate("element => element.scrollIntoView()")
    until(tab, f"{READ} === 2")
    found = kept(tab)
    assert isinstance(found, dict) and CHAPTER in found["read"] and len(found["read"]) <= 200
    assert errors == []


def test_where_nothing_may_be_stored_everything_else_works(new_tab: NewTab, address: str) -> None:
    page = new_tab(390, 844)
    page.add_init_script(FORBIDDEN)
    errors = script_errors(page)
    page.goto(address + CHAPTER)
    read_on(page, "#test-yourself")
    page.locator(".fg-bar").wait_for(state="visible")
    page.locator(".fg-option--right label").first.click()
    expect(page.locator(".fg-score")).to_have_text("1 of 1 right, 2 to go")
    page.locator(".fg-next").evaluate("element => element.scrollIntoView()")
    page.goto(address)
    assert not page.locator(".fg-continue").is_visible()
    assert errors == []


def current(page: Page) -> str | None:
    """The address of the section that the rail marks."""
    return page.evaluate("document.querySelector('.fg-contents [aria-current]')?.hash ?? null")  # type: ignore[no-any-return]  # a string or null


@pytest.mark.parametrize("height", [900, 1300])
def test_the_rail_marks_the_section_that_its_link_led_to_and_at_the_end_the_last(
    tab: Page, address: str, height: int
) -> None:
    tab.set_viewport_size({"width": 1440, "height": height})
    tab.goto(f"{address}training/tokens/")
    tab.mouse.wheel(0, 100)
    tab.locator(".fg-nav__read").first.wait_for(state="attached")
    assert current(tab) is None, "before the first section"
    links = tab.locator(".fg-contents__link")
    places = links.evaluate_all("links => links.map(link => link.hash)")
    for place, link in zip(places, links.all(), strict=True):
        link.press("Enter")
        until(tab, f"document.querySelector('.fg-contents [aria-current]')?.hash === '{place}'")
        assert link.evaluate("link => getComputedStyle(link).fontWeight") == "600"
    tab.keyboard.press("Control+Home")
    until(tab, "document.querySelector('.fg-contents [aria-current]') === null")
    tab.keyboard.press("Control+End")
    end = "scrollTo(0, document.documentElement.scrollHeight)"  # again while the page still grows
    until(tab, f"({end}, document.querySelector('.fg-contents [aria-current]')?.hash === '{places[-1]}')")


NOTED = (
    "foundations/what-is/",
    "training/tokens/",
    "training/next-token-prediction/",
    "training/scaling-laws/",
    "stack/inference/",
    "business/api-pricing/",
    "business/unit-economics/",
    "investing/where-value-accrues/",
)
"""The chapters whose margin has a note for about every screenful."""
PARTS = """() => [
  ...document.querySelectorAll('.md-content__inner > :not(.fg-noted), .fg-noted > *')
].map(part => {
  const { left, right, top, bottom } = part.getBoundingClientRect();
  return { name: part.id || part.className || part.textContent.slice(0, 30), note: part.matches('.fg-margin'),
    wide: part.matches('.fg-wide, .fg-map, .fg-figure--small'), left, right, top, bottom };
}).filter(part => part.bottom > part.top + 1 && part.right > part.left + 1)"""


@pytest.mark.parametrize("path", NOTED)
@pytest.mark.parametrize("width", [1280, 1360, 1440])
def test_all_that_stands_on_a_page_ends_at_the_edge_of_the_text_or_of_the_margin(
    tab: Page, address: str, path: str, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(address + path)
    parts = tab.evaluate(PARTS)
    text = next(part["right"] for part in parts if not part["wide"] and not part["note"])
    inner = tab.evaluate("document.querySelector('.md-content__inner').getBoundingClientRect().right")
    end = inner if width >= 1360 else text + 80
    flow = [part for part in parts if not part["note"] or width < 1360]
    notes = [part for part in parts if part["note"] and width >= 1360]
    for part in flow:
        assert abs(part["right"] - (end if part["wide"] else text)) < 1.5, part["name"]
    for before, after in pairwise(flow):
        assert after["top"] - before["bottom"] < 90, f"a hole above {after['name']}"
    for note in notes:
        assert note["left"] > text + 20 and abs(note["right"] - end) < 1.5, note["name"]
        over = [
            other["name"]
            for other in parts
            if other is not note
            and other["right"] > note["left"]
            and other["top"] < note["bottom"] - 0.5
            and other["bottom"] > note["top"] + 0.5
        ]
        assert over == [], f"{note['name']} lies over them"
