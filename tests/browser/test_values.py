"""The values of a chart's marks: under the pointer, at a tap and by the keyboard, from the figure's table."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import faults
from tests.browser.tabs import OpenPage, script_errors

PAGE, FIGURE, PRICED = "business/deployment/", "#h100-hour-prices", "#rent-or-run"
CURVES = {PAGE: PRICED, "investing/diligence/": "#cohort-quarters", "training/scaling-laws/": "#scaling-fits"}
LINE = f"{PRICED} .fg-drawing--wide [data-row='0'] > path"
ALONG = """(path, share) => {
  const place = path.getPointAtLength(share * path.getTotalLength()).matrixTransform(path.getScreenCTM());
  return [place.x, place.y];
}"""


def rows_of(page: Page, figure: str) -> list[list[str]]:
    """The cells of each row of a figure's data table."""
    rows = page.locator(f"{figure} .fg-figure__data tbody tr").all()
    return [
        [text.strip().removesuffix("\u2060") for text in row.locator("td").all_text_contents()]
        for row in rows
    ]


def first_row(page: Page) -> list[str]:
    return rows_of(page, FIGURE)[0]


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
    lines = box.locator(".fg-values__line").evaluate_all(
        "nodes => nodes.map((node) => [node.getBoundingClientRect().left, node.offsetTop])"
    )
    assert len(lines) > 1 and len({left for left, _ in lines}) == 1
    assert len({top for _, top in lines}) == len(lines), "two values share a line"
    page.locator(f"{FIGURE} .fg-figure__title").tap()
    expect(box).to_be_hidden()


def test_without_scripts_the_drawing_and_its_table_stand(open_page: OpenPage) -> None:
    page = open_page(PAGE, 1280, 900, java_script_enabled=False)
    assert page.locator(f"{FIGURE} .fg-drawing--wide [data-row]").count() > 5
    assert page.locator(f"{FIGURE} .fg-values").count() == 0
    expect(page.locator(f"{FIGURE} .fg-figure__plot")).not_to_have_attribute("tabindex", "0")
    assert first_row(page)


def test_a_line_shows_the_row_of_its_series_along_it_and_not_in_the_box_around_it(
    open_page: OpenPage,
) -> None:
    page = open_page(PAGE, 1280, 900)
    box, line = page.locator(f"{PRICED} .fg-values"), page.locator(LINE)
    line.scroll_into_view_if_needed()
    for share in (0.1, 0.5, 0.9):
        x, y = line.evaluate(ALONG, share)
        page.mouse.move(x, y + 3)
        expect(box).to_contain_text(rows_of(page, PRICED)[0][0])
        place = box.bounding_box()
        assert place is not None
        assert place["x"] <= x <= place["x"] + place["width"]
    around = line.bounding_box()
    assert around is not None
    page.mouse.move(around["x"] + around["width"] - 40, around["y"] + 40)
    expect(box).to_be_hidden()


@pytest.mark.parametrize(("path", "figure"), CURVES.items())
def test_arrow_keys_step_through_each_row_of_curves(open_page: OpenPage, path: str, figure: str) -> None:
    page = open_page(path, 360, 740)
    page.locator(f"{figure} .fg-figure__plot").focus()
    for row in rows_of(page, figure):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"{figure} .fg-values")).to_contain_text(row[0])


def test_all_lines_of_a_chart_show_the_row_of_their_common_time(open_page: OpenPage) -> None:
    page = open_page("investing/diligence/", 1280, 900)
    page.locator("#cohort-quarters .fg-figure__plot").focus()
    page.keyboard.press("End")
    expect(page.locator("#cohort-quarters .fg-drawing--wide [data-on]")).to_have_count(3)
