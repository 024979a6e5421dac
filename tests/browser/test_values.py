"""The values of a chart's marks: under the pointer, at a tap and by the keyboard, from the figure's table."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.access import faults
from tests.browser.tabs import OpenPage, script_errors

PAGE, FIGURE = "business/deployment/", "#h100-hour-prices"


def first_row(page: Page) -> list[str]:
    """The cells of the first row of the figure's data table."""
    cells = page.locator(f"{FIGURE} .fg-figure__data tbody tr").first.locator("td")
    return [text.strip().removesuffix("\u2060") for text in cells.all_text_contents()]


def test_arrow_keys_step_through_the_rows_of_the_table(open_page: OpenPage) -> None:
    page = open_page(PAGE, 1280, 900)
    errors = script_errors(page)
    plot, box = page.locator(f"{FIGURE} .fg-figure__plot"), page.locator(f"{FIGURE} .fg-values")
    expect(box).to_be_hidden()
    plot.focus()
    page.keyboard.press("ArrowRight")
    for text in filter(None, first_row(page)):
        expect(box).to_contain_text(text)
    expect(box).to_have_attribute("role", "status")
    said = box.inner_text()
    page.keyboard.press("End")
    expect(box).not_to_have_text(said)
    expect(page.locator(f"{FIGURE} .fg-drawing--wide [data-on]")).to_have_count(1)
    page.keyboard.press("Home")
    assert box.inner_text() == said
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    expect(box).to_be_hidden()
    assert errors == []


def test_the_pointer_shows_the_mark_that_it_comes_near(open_page: OpenPage) -> None:
    page = open_page(PAGE, 1280, 900)
    box, mark = (
        page.locator(f"{FIGURE} .fg-values"),
        page.locator(f"{FIGURE} .fg-drawing--wide [data-row='0']"),
    )
    mark.scroll_into_view_if_needed()
    at = mark.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] - 12, at["y"])
    expect(box).to_contain_text(first_row(page)[0])
    page.mouse.move(at["x"] - 150, at["y"] - 60)
    expect(box).to_be_hidden()


def test_a_tap_shows_values_inside_a_narrow_screen_and_a_tap_elsewhere_hides_them(
    open_page: OpenPage,
) -> None:
    page = open_page(PAGE, 360, 740, has_touch=True, is_mobile=True)
    box = page.locator(f"{FIGURE} .fg-values")
    mark = page.locator(f"{FIGURE} .fg-drawing--narrow [data-row='0']")
    mark.scroll_into_view_if_needed()
    at = mark.bounding_box()
    assert at is not None
    page.touchscreen.tap(at["x"] + 3, at["y"] + 3)
    expect(box).to_contain_text(first_row(page)[0])
    place = box.bounding_box()
    assert place is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 360
    page.locator(f"{FIGURE} .fg-figure__title").tap()
    expect(box).to_be_hidden()


def test_without_scripts_the_drawing_and_its_table_stand(open_page: OpenPage) -> None:
    page = open_page(PAGE, 1280, 900, java_script_enabled=False)
    assert page.locator(f"{FIGURE} .fg-drawing--wide [data-row]").count() > 5
    assert page.locator(f"{FIGURE} .fg-values").count() == 0
    expect(page.locator(f"{FIGURE} .fg-figure__plot")).not_to_have_attribute("tabindex", "0")
    assert first_row(page)
