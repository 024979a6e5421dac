"""The lab element: the view takes over, the fallback stays when it cannot, and unmount runs when the element
goes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.tabs import NewTab, until
from tests.guide import ROOT
from tests.serving import serve

PAGE = """<!doctype html><html lang="en"><title>Lab</title><body>
<section class="fg-lab"><x-lab name="{name}"><table><tr><td>the default case</td></tr></table></x-lab></section>
<script type="module" src="assets/js/lab.mjs"></script></body></html>"""  # noqa: E501
VIEW = """export function mount(element) {
  element.querySelector('td').textContent = 'alive';
  return () => { document.body.dataset.gone = 'yes'; };
}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets" / "js").mkdir(parents=True)
    (tmp_path / "assets" / "js" / "lab.mjs").write_text(
        (ROOT / "overrides" / "assets" / "js" / "lab.mjs").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "labs" / "demo").mkdir(parents=True)
    (tmp_path / "labs" / "demo" / "view.mjs").write_text(VIEW, encoding="utf-8")
    for name in ("demo", "missing"):
        (tmp_path / f"{name}.html").write_text(PAGE.format(name=name), encoding="utf-8")
    return tmp_path


def test_a_view_mounts_and_unmounts_and_a_missing_one_leaves_the_fallback(
    new_tab: NewTab, folder: Path
) -> None:
    with serve(folder) as address:
        page = new_tab()
        page.goto(f"{address}demo.html")
        until(page, "document.querySelector('td').textContent === 'alive'")
        page.evaluate("document.querySelector('x-lab').remove()")
        assert page.evaluate("document.body.dataset.gone") == "yes"
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}missing.html")
        alert = page.get_by_role("alert")
        alert.wait_for(state="visible")
        assert "This lab could not load" in alert.inner_text()
        assert page.get_by_role("cell", name="the default case").is_visible()
        assert errors
        plain = new_tab(java_script_enabled=False)
        plain.goto(f"{address}demo.html")
        assert plain.get_by_text("the default case").is_visible()
