"""The charts of labs, in the guide's example and in every case that a lab offers, at three widths."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.drawn import faults_of_drawings
from tests.browser.labpage import add_calculator, make_site
from tests.browser.tabs import NewTab, until
from tests.guide import guide_book
from tests.labs import charts, lab
from tests.serving import serve

DRAWINGS = ".fg-labs__charts .fg-labs__drawing"
WIDTHS = (360, 768, 1440)
LABS = [slug for slug in guide_book().labs if charts(lab(slug))]


@pytest.fixture(scope="module")
def labs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("drawings")
    make_site(folder)
    for slug in LABS:
        add_calculator(folder, slug)
    with serve(folder) as address:
        yield address


@pytest.mark.parametrize("slug", LABS)
def test_nothing_runs_through_the_words_of_a_lab_s_charts(new_tab: NewTab, labs: str, slug: str) -> None:
    page = new_tab(1280, 900)
    page.goto(f"{labs}labs/{slug}/")
    page.locator(DRAWINGS).first.wait_for()
    until(page, "document.fonts.status === 'loaded'")
    wrong = []
    for case in ("", *(preset.id for preset in guide_book().labs[slug].presets)):
        page.locator("select[id$=preset]").select_option(case)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [
                f"{case or 'example'}, {width}: {fault}" for fault in faults_of_drawings(page, DRAWINGS)
            ]
    assert not wrong, "\n".join(wrong)
