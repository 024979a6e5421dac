"""The front door: the home page's errands, the pages that they open, and the edges at which text and figures
end.
"""

from __future__ import annotations

import re

import pytest

from tests.browser.tabs import OpenPage

ERRANDS = {
    "Price my product": "labs/unit-economics/",
    "Choose between an API and my own GPUs": "business/deployment/",
    "Check a number": "data/claims/#find-a-claim",
    "Explain it to someone": "figures/decks/",
}
EDGES = """() => {
  const article = document.querySelector('article'), left = article.getBoundingClientRect().left;
  const blocks = [...article.children].filter(block => !block.matches('.fg-sr, script'));
  return Object.fromEntries(blocks.map(block => [block, block.getBoundingClientRect()]).filter(([, box]) =>
    box.width && box.height).map(([block, box]) => [block.tagName + '.' + block.className,
    Math.round(box.right - left)]));
}"""


def test_home_names_the_errands_and_says_minutes(open_page: OpenPage, address: str) -> None:
    page = open_page("", 390, 844, java_script_enabled=False)
    links = page.locator(".fg-errands .fg-action")
    assert {
        link.inner_text(): link.evaluate("link => link.href").removeprefix(address) for link in links.all()
    } == ERRANDS
    assert all(link.bounding_box()["height"] >= 24 for link in links.all())
    minutes = page.locator(".fg-door .fg-leaders__value").all_inner_texts()
    assert len(minutes) == page.locator(".fg-door .fg-leaders li").count() > 10 and all(
        words.endswith(" min") for words in minutes
    )


@pytest.mark.parametrize("path", ["stack/", "ten-minutes/", "business/deployment/", "foundations/what-is/"])
def test_the_contents_fit_beside_the_page_whose_text_and_figures_have_an_edge_each(
    open_page: OpenPage, path: str
) -> None:
    page = open_page(path, 1440, 900)
    assert page.locator(".fg-side--contents li").last.bounding_box()["y"] < 880
    assert (
        page.evaluate(
            "(() => { const rail = document.querySelector('.fg-side--contents'); return rail.scrollHeight -"
            " rail.clientHeight; })()"
        )
        <= 0
    )
    found = page.evaluate(EDGES)
    assert {block: edge for block, edge in found.items() if edge not in (600, 860)} == {}
    assert set(found.values()) == {600, 860}


def test_a_small_drawing_stands_beside_its_words_or_under_its_title(open_page: OpenPage) -> None:
    for width, beside in ((1440, True), (390, False)):
        page = open_page("ten-minutes/", width, 844)
        for figure in page.locator(".fg-figure--small").all():
            drawing = figure.locator("svg").bounding_box()
            title, reading, tools = (
                figure.locator(part).bounding_box()
                for part in ("figcaption", ".fg-figure__caption", ".fg-figure__tools")
            )
            assert title["y"] < reading["y"] < tools["y"]
            if beside:
                assert min(part["x"] for part in (title, reading, tools)) >= drawing["x"] + drawing["width"]
            else:
                assert (
                    title["y"] + title["height"] <= drawing["y"]
                    and drawing["y"] + drawing["height"] <= reading["y"]
                )


def test_the_sources_of_a_small_figure_are_folded_and_the_evidence_unfolds_them(open_page: OpenPage) -> None:
    page = open_page("ten-minutes/", 390, 844, java_script_enabled=False)
    figure = page.locator(".fg-figure--small").first
    source = figure.locator(".fg-figure__source")
    assert not source.is_visible()
    figure.get_by_text("Source", exact=False).first.click()
    assert source.is_visible() and source.inner_text().startswith("Source") and "As of" in source.inner_text()
    page = open_page("ten-minutes/?evidence", 390, 844)
    assert all(source.is_visible() for source in page.locator(".fg-figure--small .fg-figure__source").all())


def test_the_minutes_of_a_door_stand_over_those_of_its_pages(open_page: OpenPage) -> None:
    for width in (360, 390, 1440):
        page = open_page("", width)
        assert (
            page.locator(".fg-leaders__value").evaluate_all(
                "all => all.filter(one => one.getClientRects().length && one.getBoundingClientRect().height >"
                " 1.6 * parseFloat(getComputedStyle(one).fontSize)).length"
            )
            == 0
        )
        for door in page.locator(".fg-door").all():
            ends = {
                round(edge)
                for edge in door.evaluate(
                    "door => [...door.querySelectorAll('.fg-door__minutes, .fg-leaders__value')].map(words =>"
                    " words.getBoundingClientRect().right)"
                )
            }
            assert max(ends) - min(ends) <= 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_table_of_text_says_so_and_has_no_frame(open_page: OpenPage) -> None:
    page = open_page("foundations/what-is/", 1440, 900)
    frame = "figure => getComputedStyle(figure, '::before').content"
    assert page.locator("#what-counts .fg-kicker").inner_text().lower() == "table"
    assert page.locator("#what-counts").evaluate(frame) == "none"
    assert page.locator("#broad-data-one-model").evaluate(frame) != "none"


def test_pitching_leads_to_the_page_that_says_how_and_that_page_to_the_publisher(
    open_page: OpenPage, address: str
) -> None:
    page = open_page("", 1440, 900)
    own = f"{address}investing/pitch/"
    assert {
        link.evaluate("link => link.href")
        for link in page.get_by_role("link", name="Pitch to StarX", include_hidden=True).all()
    } == {own}
    page.goto(own)
    assert page.locator(".fg-pitch a").evaluate("link => link.href") == "https://starx.capital/"


@pytest.mark.parametrize("path", ["ten-minutes/", "business/deployment/", "glossary/token/"])
def test_at_768_px_the_column_stands_in_the_middle(open_page: OpenPage, path: str) -> None:
    page = open_page(path, 768, 1024)
    box = page.locator("article > p").first.bounding_box()
    assert abs(box["x"] - (768 - 600) / 2) < 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 768


@pytest.mark.parametrize("path", ["data/companies/", "glossary/", "figures/"])
def test_a_title_and_its_lead_stand_in_one_column_below_960_px(open_page: OpenPage, path: str) -> None:
    page = open_page(path, 768, 1024)
    title, lead = page.locator("h1").bounding_box(), page.locator(".fg-lead").bounding_box()
    assert lead["y"] >= title["y"] + title["height"] and abs(lead["x"] - title["x"]) < 6


def test_home_says_why_to_trust_it_before_its_errands_and_those_before_the_map(open_page: OpenPage) -> None:
    page = open_page("", 390, 844, java_script_enabled=False)
    trust = page.locator(".fg-trust")
    assert re.fullmatch(
        r"[\d,]{5,} claims, each with a source and a date · last checked \d{1,2}\s\w{3}\s\d{4} · published by"
        r" StarX Capital, opinion marked",
        trust.inner_text(),
    )
    assert trust.bounding_box()["y"] + trust.bounding_box()["height"] < 844
    tops = [
        page.locator(part).first.bounding_box()["y"]
        for part in (".fg-trust", ".fg-errands", ".fg-map", ".fg-doors")
    ]
    assert tops == sorted(tops)


def test_what_opens_below_the_map_leaves_its_caption_the_width_of_the_page(open_page: OpenPage) -> None:
    for width in (1100, 1220, 1440):
        page = open_page("", width, 900)
        caption = page.locator(".fg-map > .fg-figure__caption")
        for name in ("Data", "Share", "Definitions"):
            page.locator(".fg-map .fg-figure__tools summary", has_text=name).click()
            assert caption.bounding_box()["width"] > 400, (width, name)


def test_an_action_s_arrow_ends_its_words(open_page: OpenPage) -> None:
    page = open_page("", 360, 844)
    action = page.locator(".fg-door > p > .fg-action").first
    words, arrow = action.evaluate(
        "link => [link.firstChild, link.lastChild].map((part) => { const range = document.createRange();"
        " range.selectNodeContents(part); return [...range.getClientRects()].at(-1).toJSON(); })"
    )
    assert arrow["left"] - words["right"] < 12 and abs(arrow["top"] - words["top"]) < 4


def test_an_entry_of_two_lines_keeps_its_distance_in_the_contents(open_page: OpenPage) -> None:
    page = open_page("business/api-pricing/", 390, 844, has_touch=True, is_mobile=True)
    page.locator(".fg-toc summary").tap()
    padding = page.locator(".fg-toc a").first.evaluate(
        "link => parseFloat(getComputedStyle(link).paddingTop)"
    )
    assert padding >= 10
    assert min(link.bounding_box()["height"] for link in page.locator(".fg-toc a").all()) >= 43.9


def test_the_actions_of_a_figure_s_page_share_a_line_at_360_px(open_page: OpenPage) -> None:
    page = open_page("figures/price-of-fixed-ability/", 360, 844)
    tops = {
        round(action.bounding_box()["y"] + action.bounding_box()["height"] / 2)
        for action in page.locator("header .fg-figurepage__action > *").all()
    }
    assert max(tops) - min(tops) <= 3


@pytest.mark.parametrize("path", ["foundations/limits/", "foundations/what-is/", "training/scaling-laws/"])
def test_the_row_below_every_figure_is_one_line_at_360_px(open_page: OpenPage, path: str) -> None:
    for row in open_page(path, 360, 780).locator(".fg-figure__tools").all():
        tops = [control.bounding_box()["y"] for control in row.locator("> a, summary:visible").all()]
        assert max(tops) - min(tops) < 8, row.inner_text()


@pytest.mark.parametrize("path", ["foundations/", "training/", "about/how-we-check/"])
def test_the_way_on_ends_where_the_text_ends(open_page: OpenPage, path: str) -> None:
    page = open_page(path, 1440, 900)
    assert page.locator(".fg-prevnext").bounding_box()["width"] == pytest.approx(600, abs=1)


def test_the_search_of_the_page_not_found_ends_where_its_list_ends(open_page: OpenPage) -> None:
    for width in (768, 1440):
        page = open_page("404.html", width, 900)
        form, listed = (page.locator(part).bounding_box() for part in ("main .fg-filter", "main .fg-leaders"))
        assert form["x"] + form["width"] == pytest.approx(listed["x"] + listed["width"], abs=1)


def test_on_a_phone_a_worked_quantity_keeps_room_beside_a_long_value(open_page: OpenPage) -> None:
    page = open_page("training/scaling-laws/", 360, 780)
    for row in page.locator(".fg-worked tbody tr").all():
        name, value = row.locator("td").first.bounding_box(), row.locator("td").last.bounding_box()
        assert name["width"] >= 0.44 * row.bounding_box()["width"]
        assert value["x"] + value["width"] <= 341
