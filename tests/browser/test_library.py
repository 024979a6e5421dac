"""Frames for other sites, and the index of figures, in the browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fieldguide.book import Book
from fieldguide.page.embed import WIDTH
from tests.browser.access import faults
from tests.browser.tabs import NewTab, OpenPage
from tests.built import text_of

DRAWN = """[...document.querySelectorAll('.fg-drawing')].filter((svg) => svg.getClientRects().length)
  .map((svg) => {
  const { left, right, width } = svg.getBoundingClientRect();
  const sizes = [...svg.querySelectorAll('[font-size]')].map((text) => text.getAttribute('font-size'));
  return { left, right, kind: svg.getAttribute('class').split('--')[1],
    text: Math.min(...sizes) * width / svg.viewBox.baseVal.width };
})"""
"""The drawings that show: where they lie in the window, which they are and their smallest text in px."""


def test_every_frame_fits_narrow_and_wide_and_the_height_in_its_code_holds_it(
    new_tab: NewTab, address: str, site: Path, book: Book
) -> None:
    page = new_tab(WIDTH)
    wrong = []
    for slug in book.homes:
        page.set_viewport_size({"width": WIDTH, "height": 100})
        page.goto(f"{address}figures/{slug}/embed/")
        needed, given = page.evaluate("document.documentElement.scrollHeight"), given_height(site, slug)
        if not needed <= given <= needed * 1.3:
            wrong.append(f"{slug}: {needed} px high, and the code says {given}")
        for width in (320, 700):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{slug} is wider than {width} px")
            shown = page.evaluate(DRAWN)
            edge = 2 if width == 320 else 8
            if len(shown) > 1 or any(
                min(drawing["left"], width - drawing["right"]) < edge or drawing["text"] < 12
                for drawing in shown
            ):
                wrong.append(f"{slug} at {width} px: {shown}")
            if width == 700 and any(drawing["kind"] == "narrow" for drawing in shown):
                wrong.append(f"{slug} at {width} px: {shown}")
    assert wrong == []


def given_height(site: Path, slug: str) -> int:
    """The height in px that a figure's page gives with the code of its frame."""
    found = re.search(
        r'&lt;iframe .*? height="?(?:&quot;)?(\d+)', text_of(site / f"figures/{slug}/index.html")
    )
    assert found, slug
    return int(found[1])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_frame_of_each_kind(new_tab: NewTab, address: str, scheme: str) -> None:
    page = new_tab(700, reduced_motion="reduce", color_scheme=scheme)
    found = {}
    for slug in (
        "roofline",
        "stack-map",
        "three-providers",
        "families",
    ):  # a chart, the map, a table, a table whose filter stays on the site
        page.goto(f"{address}figures/{slug}/embed/")
        found[slug] = faults(page)
    paper = page.evaluate("getComputedStyle(document.body).getPropertyValue('--fg-paper').trim()")
    assert {slug: broken for slug, broken in found.items() if broken} == {}
    assert paper.upper() == {"light": "#FBFAF6", "dark": "#181510"}[scheme]


def test_the_index_filters_by_section_and_layer_and_the_address_keeps_it(open_page: OpenPage) -> None:
    page = open_page("figures/")
    shown = page.locator(".fg-library [data-search]:visible")
    total = shown.count()
    page.locator(".fg-segmented label", has_text="Infrastructure").click()
    assert {item.get_attribute("data-layer") for item in shown.all()} == {"infrastructure"}
    page.locator("select[name=section]").select_option("Stack")
    page.reload()
    assert {
        (item.get_attribute("data-layer"), item.get_attribute("data-section")) for item in shown.all()
    } == {("infrastructure", "Stack")}
    assert f"{shown.count()} of {total} figures" in page.locator(".fg-filter__count").inner_text()


def test_the_index_loads_the_pictures_of_one_scheme(new_tab: NewTab, address: str) -> None:
    for scheme, other in (("light", "dark"), ("dark", "light")):
        page = new_tab(color_scheme=scheme)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(address + "figures/", wait_until="networkidle")
        assert any(url.endswith(f"-{scheme}-small.png") for url in asked)
        assert not any(url.endswith(f"-{other}-small.png") for url in asked)


def test_the_figures_of_the_home_page_stand_first_in_the_section_that_they_map(open_page: OpenPage) -> None:
    page = open_page("figures/", 1440)
    headings = page.locator(".fg-library__section").all_text_contents()
    assert "Home" not in headings and "Stack" in headings
    stack = page.locator("[data-group]", has=page.get_by_role("heading", name="Stack", exact=True))
    assert (stack.locator("li a").first.get_attribute("href") or "").endswith("stack-map/")
