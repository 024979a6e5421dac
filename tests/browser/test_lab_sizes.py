"""What a lab costs a reader who presses nothing, and that its modules say and draw the same as before once
the finished site has them without white space.
"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Response, expect

from fieldguide.outputs.finish.scripts import finish_scripts
from tests.browser.labpage import add_calculator, add_page, make_site
from tests.browser.tabs import NewTab
from tests.guide import ROOT, guide_book
from tests.labs import charts, lab
from tests.serving import serve

DRAWING = ".fg-labs__drawing"
LABS = dict.fromkeys(guide_book().labs, DRAWING) | {
    "one-request": ".fg-request",
    "tokenizer": ".fg-cuts__token",
    "next-token": ".fg-odds__bar",
}
"""Each lab of this kind, and what stands there once it can be used."""
MOST = 21_940
"""Bytes of scripts, compressed: the element, the frame, the view, the model, and the charts that are drawn at
first.
"""
MORE = {"serving-cost": 3_520, "training-cost": 1_060, "unit-economics": 2_500}
"""What a lab may have beyond that: serving's model has a verdict for rented and bought machines, bands and
measured points, that of training compares a run with disclosed ones, that of seats has plans, allowances, a
range and a payback.
"""
PARSED = """async (paths) => {
  const wrong = [];
  for (const path of paths) await import(path).catch((error) => {
    if (error instanceof SyntaxError) wrong.push(`${path}: ${error.message}`); });
  return wrong;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts and the labs as the finished site holds them."""
    folder = tmp_path_factory.mktemp("sizes")
    make_site(folder)
    (folder / "assets" / "js").unlink()
    shutil.copytree(ROOT / "overrides" / "assets" / "js", folder / "assets" / "js")
    shutil.copytree(ROOT / "docs" / "labs" / "moat-stress-test", folder / "labs" / "moat-stress-test")
    for slug, ready in LABS.items():
        (add_calculator if ready == DRAWING else add_page)(folder, slug)
    finish_scripts(folder)
    return folder


@pytest.mark.parametrize("slug", LABS)
def test_a_lab_loads_few_scripts_before_anything_is_pressed_and_answers(
    new_tab: NewTab, folder: Path, slug: str
) -> None:
    loaded: list[Response] = []
    faults: list[str] = []
    page = new_tab(1440, 900)
    page.on("response", lambda response: loaded.append(response) if response.url.endswith(".mjs") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    with serve(folder) as address:
        page.goto(f"{address}labs/{slug}/")
        page.locator(LABS[slug]).first.wait_for()
        page.wait_for_load_state("networkidle")
        sizes = {
            response.url.removeprefix(address): len(gzip.compress(response.body(), 6))
            for response in loaded
            if "/lab" in response.url
        }
        if slug in guide_book().labs:
            expect(page.locator(".fg-labs__results .fg-labs__answer")).to_have_text(lab(slug).sentence())
            expect(page.locator(".fg-labs__charts figure")).to_have_count(len(charts(lab(slug))))
            assert f"labs/{slug}/model.mjs" in sizes and "assets/js/lab/frame.mjs" in sizes
            assert "labs/tokenizer/model.mjs" not in sizes, "it comes when a reader types"
    assert faults == []
    assert sum(sizes.values()) <= MOST + MORE.get(slug, 0), sizes


def test_the_printed_page_has_its_chart(new_tab: NewTab, folder: Path) -> None:
    page = new_tab(1440, 900)
    page.add_init_script("window.print = () => {}")
    figures: dict[str, int] = {}
    with serve(folder) as address:
        for slug in ("demo", *(slug for slug, ready in LABS.items() if ready == DRAWING)):
            page.goto(f"{address}labs/{slug}/")
            page.locator(DRAWING).first.wait_for()
            page.get_by_role("button", name="Print (1 page)").click()
            page.locator(".fg-labs__paper").wait_for(state="attached")
            figures[slug] = page.locator(".fg-labs__paper figure").count()
            expect(page.locator(f".fg-labs__paper figure:has({DRAWING})")).to_have_count(figures[slug])
    assert sum(figures.values()) > 2, figures


def test_every_module_of_the_finished_site_is_javascript(new_tab: NewTab, folder: Path) -> None:
    paths = [f"/{path.relative_to(folder).as_posix()}" for path in sorted(folder.rglob("*.mjs"))]
    assert len(paths) > 40
    (folder / "index.html").write_text("<!doctype html><title>Modules</title>", encoding="utf-8")
    (folder / "assets" / "js" / "broken.mjs").write_text("const a = ;", encoding="utf-8")
    with serve(folder) as address:
        page = new_tab()
        page.goto(address)
        assert page.evaluate(PARSED, paths) == []
        assert page.evaluate(PARSED, ["/assets/js/broken.mjs"]), "a module that is not would be found"
