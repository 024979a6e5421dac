"""The sheet that the page on diligence prints: its tables with room to write, and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fieldguide.book import Book
from tests.browser.tabs import OpenPage

PAGE = "investing/diligence/"
QUESTIONS = ("diligence-seed", "diligence-series-a")
METRICS = "diligence-metrics"


def press(page: Page) -> None:
    page.evaluate("void (window.print = () => { document.body.dataset.printed = 'yes' })")
    page.get_by_role("button", name="Print the sheet").click()
    assert page.evaluate("document.body.dataset.printed") == "yes"


def test_the_sheet_has_every_question_with_blank_columns_and_every_metric(
    open_page: OpenPage, book: Book
) -> None:
    page = open_page(PAGE)
    press(page)
    tables = page.locator(".fg-sheet table").evaluate_all(
        "tables => tables.map(table => [...table.rows].map(row => [...row.cells].map(cell =>"
        " cell.textContent)))"
    )
    asked = [book.figures[slug].data["rows"] for slug in QUESTIONS]
    assert len(tables) == 3
    for table, questions in zip(tables, asked, strict=False):
        assert table[0] == ["Ask for", "Answer", "Who, when", "Record seen"]
        for at, (row, item) in enumerate(zip(table[1:], questions, strict=True), 1):
            assert row == [f"{at}. {item['name']}Good answer: {item['cells']['good']}", "", "", ""]
    metrics = book.figures[METRICS].data["rows"]
    assert [row[1:] for row in tables[2][1:]] == [
        [item["cells"]["record"], item["cells"]["flatters"]] for item in metrics
    ]
    assert all(
        row[0] == item["name"] + item["note"] for row, item in zip(tables[2][1:], metrics, strict=True)
    )


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_alone_on_three_pages_and_goes_again(open_page: OpenPage, paper: str) -> None:
    page = open_page(PAGE)
    press(page)
    page.emulate_media(media="print")
    shown = page.locator("article > *").evaluate_all(
        "nodes => nodes.filter(node => node.checkVisibility()).map(node => node.className)"
    )
    assert shown == ["fg-sheet", "fg-printfoot"]
    assert page.locator(".fg-sheet__blank").count() == 45
    assert (
        min(page.locator(".fg-sheet__blank").evaluate_all("cells => cells.map(cell => cell.offsetHeight)"))
        >= 75
    ), "room for three lines by hand"
    assert page.pdf(format=paper, prefer_css_page_size=True).count(b"/Type /Page\n") == 3
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".fg-sheet").count() == 0
    assert page.locator("#diligence-metrics").is_visible()
    assert not page.get_by_role("button", name="Print the sheet").is_visible(), "no button on paper"


def test_without_javascript_there_is_no_button(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    assert page.get_by_role("button", name="Print the sheet").count() == 0
    assert page.locator("[data-sheet]").is_visible()
