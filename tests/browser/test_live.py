"""Live pictures on their pages: a few kilobytes that come near the screen, a still without them, and controls
that redraw it.
"""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Response, expect

from fieldguide.labs.live import FOLDER
from tests.browser.access import faults
from tests.browser.drawn import faults_of_drawings
from tests.browser.tabs import OpenPage, requests_of, script_errors
from tests.guide import ROOT, guide_book

PICTURES = {
    path.stem: next(
        page.src.removesuffix(".md") + "/"
        for page in guide_book().pages.values()
        if f"/// live | {path.stem}\n" in page.body and page.meta.type != "term"
    )
    for path in sorted((ROOT / "docs" / FOLDER).glob("*.mjs"))
}
"""{slug: the chapter that shows it}."""
MOST = 12_000
"""Bytes of scripts for one picture, without the file of merges that the tokens need."""


@pytest.mark.parametrize("slug", PICTURES)
def test_a_picture_answers_its_controls_at_small_cost(open_page: OpenPage, slug: str) -> None:
    page = open_page(PICTURES[slug], 390, 844)
    errors = script_errors(page)
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.url.endswith(".mjs") and ("/live" in response.url or "/lab" in response.url):
            sizes[response.url.rpartition("/")[2]] = len(response.body())

    page.on("response", weigh)
    picture = page.locator(f"#live-{slug}")
    still, sentence = picture.locator(".fg-live__picture"), picture.locator(".fg-live__says")
    before = sentence.inner_text(), picture.bounding_box()
    picture.scroll_into_view_if_needed()
    control = picture.locator(".fg-live__controls input").first
    control.wait_for()
    page.wait_for_load_state("networkidle")
    assert sentence.inner_text() == before[0], "the still has the first values"
    after = picture.bounding_box()
    assert before[1] and after and abs(after["height"] - before[1]["height"]) < 30
    drawn = still.inner_html()
    if control.get_attribute("type") == "text":
        control.fill("Überfällig?")
        expect(sentence).to_contain_text("11 characters")
        control.fill("")
        expect(sentence).to_have_text("Type a text to see its tokens.")
    else:
        control.press("ArrowRight")
        control.press("ArrowRight")
        expect(sentence).not_to_have_text(before[0])
        for end in ("End", "Home"):
            for slider in picture.locator("input").all():
                slider.press(end)
            assert "NaN" not in picture.inner_html() and "undefined" not in picture.inner_html()
    assert still.inner_html() != drawn
    assert faults(page, f"#live-{slug}") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert sum(sizes.values()) <= MOST and f"{slug}.mjs" in sizes, sizes
    assert errors == []


@pytest.mark.parametrize("slug", PICTURES)
def test_nothing_runs_through_the_words_of_a_plot(open_page: OpenPage, slug: str) -> None:
    page = open_page(PICTURES[slug], 1440, 900)
    picture = page.locator(f"#live-{slug}")
    picture.scroll_into_view_if_needed()
    picture.locator(".fg-live__controls input").first.wait_for()
    sliders = picture.locator("input[type=range]").all()
    wrong = []
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for keys in product(("", "Home", "End", "PageUp"), repeat=len(sliders)):
            for slider, key in zip(sliders, keys, strict=True):
                if key:
                    slider.press(key)
            wrong += [
                f"{keys}, {width}: {fault}"
                for fault in faults_of_drawings(page, f"#live-{slug} .fg-live__plot")
            ]
    assert not wrong, "\n".join(wrong)


def test_a_picture_is_not_fetched_before_it_comes_near_the_screen(open_page: OpenPage) -> None:
    page = open_page("index.html")
    asked = requests_of(page)
    page.goto(page.url.replace("index.html", "") + PICTURES["emission"])
    page.wait_for_load_state("networkidle")
    assert not any("/live/" in address for address in asked)
    page.locator("#live-emission").scroll_into_view_if_needed()
    page.locator("#live-emission input").first.wait_for()
    assert any(address.endswith("/live/emission.mjs") for address in asked)


@pytest.mark.parametrize("slug", PICTURES)
def test_without_scripts_and_on_paper_the_still_is_whole(open_page: OpenPage, slug: str) -> None:
    page = open_page(PICTURES[slug], 390, 844, java_script_enabled=False)
    picture = page.locator(f"#live-{slug}")
    expect(picture.locator(".fg-live__narrow")).to_be_visible()
    expect(picture.locator(".fg-live__wide")).to_be_hidden()
    assert picture.locator(".fg-live__says").inner_text()
    page.emulate_media(media="print")
    expect(picture.locator(".fg-live__controls")).to_be_hidden()
    assert picture.locator(".fg-live__picture svg, .fg-live__picture .fg-live__tokens").first.count()


def test_a_picture_whose_module_is_missing_keeps_its_still_and_says_so(open_page: OpenPage) -> None:
    page = open_page("index.html")
    page.route("**/live/loss.mjs", lambda route: route.fulfill(status=404))
    page.goto(page.url.replace("index.html", "") + PICTURES["loss"])
    picture = page.locator("#live-loss")
    picture.scroll_into_view_if_needed()
    expect(picture.get_by_role("alert")).to_contain_text("It shows its first values.")
    expect(picture.locator(".fg-live__stack").first).to_be_attached()
