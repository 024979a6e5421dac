"""The sheet that the page on diligence prints: its tables with room to write, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from fieldguide.lists.fill import fill
from fieldguide.outputs.style import style_sheet
from fieldguide.records.base import load_yaml
from tests.guide import ROOT, guide
from tests.serving import serve

MODULE = ROOT / "overrides" / "assets" / "js" / "sheet.mjs"
PAGE = "investing/diligence.md"
QUESTIONS = ("diligence-seed", "diligence-series-a")
METRICS = "diligence-metrics"


def test_the_module_reads_columns_that_the_tables_have() -> None:
    kept = {name: set(re.findall(r"'([^']+)'", re.search(rf"const {name} = \[(.*?)\]", MODULE.read_text(encoding="utf-8"))[1])) for name in ("KEPT", "DEFINED")}
    heads = {slug: set(load_yaml((ROOT / f"data/figures/{slug}.yml").read_text(encoding="utf-8"))[0]["data"]["columns"].values()) for slug in (*QUESTIONS, METRICS)}
    assert all(kept["KEPT"] <= heads[slug] for slug in QUESTIONS)
    assert kept["DEFINED"] <= heads[METRICS]


def test_the_module_loads_only_where_a_sheet_is(project) -> None:
    assert "sheet.mjs" in project.html('A sheet.\n{: data-sheet="one" }')
    assert "sheet.mjs" not in project.html("No sheet.")


# ---- in the browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    target = tmp_path_factory.mktemp("sheet")
    html = fill(guide(), PAGE)
    shutil.copytree(ROOT / "overrides" / "assets" / "js", target / "assets" / "js")
    shutil.copytree(ROOT / "overrides" / "assets" / "fonts", target / "assets" / "fonts")
    (target / "assets" / "fg.css").write_text(style_sheet(ROOT / "overrides" / "assets" / "css"), encoding="utf-8")
    file = target / "investing" / "diligence" / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Diligence</title><style>html { font-size: 20px } body { margin: 0 }</style><link rel="stylesheet" href="../../assets/fg.css">'
        '<body data-md-color-scheme="default"><main class="md-content"><p class="fg-printhead" style="box-sizing: border-box; height: 69px; margin: 0">As tall as the site’s</p>'
        f'<article class="md-content__inner md-typeset">{html}</article><p class="fg-printfoot" style="height: 36px; margin: 0">Reviewed</p></main></body></html>',
        encoding="utf-8",
    )
    with serve(target) as root:
        yield f"{root}investing/diligence/"


def open_page(browser: Browser, address: str, **options: object) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, **options).new_page()
    page.set_default_timeout(5000)
    page.goto(address)
    return page


def press(page: Page) -> None:
    page.evaluate("void (window.print = () => { document.body.dataset.printed = 'yes' })")
    page.get_by_role("button", name="Print the sheet").click()
    assert page.evaluate("document.body.dataset.printed") == "yes"


@pytest.mark.browser
def test_the_sheet_has_every_question_with_blank_columns_and_every_metric(browser: Browser, address: str) -> None:
    page = open_page(browser, address)
    press(page)
    tables = page.locator(".fg-sheet table").evaluate_all("tables => tables.map(table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent)))")
    figures = guide().book.figures
    asked = [[item for stage in figures[slug].data["stages"] for item in stage["questions"]] for slug in QUESTIONS]
    assert len(tables) == 3
    for table, questions in zip(tables, asked, strict=False):
        assert table[0] == ["Ask for", "Answer", "Who, when", "Record seen"]
        for at, (row, item) in enumerate(zip(table[1:], questions, strict=True), 1):
            assert row == [f"{at}. {item['ask']}Good answer: {item['good']}", "", "", ""]
    metrics = figures[METRICS].data["metrics"]
    assert [row[1:] for row in tables[2][1:]] == [[item["record"], item["flatters"]] for item in metrics]
    assert all(row[0] == item["name"] + item["formula"] for row, item in zip(tables[2][1:], metrics, strict=True))


@pytest.mark.browser
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_alone_on_three_pages_and_goes_again(browser: Browser, address: str, paper: str) -> None:
    page = open_page(browser, address)
    press(page)
    page.emulate_media(media="print")
    shown = page.locator("article > *").evaluate_all("nodes => nodes.filter(node => node.checkVisibility()).map(node => node.className)")
    assert shown == ["fg-sheet"]
    assert page.locator(".fg-sheet__blank").count() == 45
    assert min(page.locator(".fg-sheet__blank").evaluate_all("cells => cells.map(cell => cell.offsetHeight)")) >= 75, "room for three lines by hand"
    assert page.pdf(format=paper, prefer_css_page_size=True).count(b"/Type /Page\n") == 3
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".fg-sheet").count() == 0
    assert page.locator("#diligence-metrics").is_visible()
    assert not page.get_by_role("button", name="Print the sheet").is_visible(), "no button on paper"


@pytest.mark.browser
def test_without_javascript_there_is_no_button(browser: Browser, address: str) -> None:
    page = open_page(browser, address, java_script_enabled=False)
    assert page.get_by_role("button", name="Print the sheet").count() == 0
    assert page.locator("[data-sheet]").is_visible()
