"""Old addresses and old anchors, opened in the browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest

from fieldguide.outputs.redirects import render_redirect
from fieldguide.records.redirect import moved_anchors
from tests.browser.tabs import OpenPage
from tests.guide import ROOT
from tests.serving import serve
from tests.test_redirects import HOME


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A little site under a sub-path: `new/`, which kept some anchors and moved others, and `old/`, which is
    gone.
    """
    folder = tmp_path_factory.mktemp("moved")
    redirects = {
        "new/#former": "new/#now",
        "new/#elsewhere": "other/#there",
        "old/": "new/",
        "old/#split": "other/#there",
        "exact/": "new/#now",
    }
    (folder / "guide" / "new").mkdir(parents=True)
    shutil.copy(ROOT / "overrides" / "assets" / "js" / "forward.mjs", folder / "guide" / "new")
    moved = json.dumps(moved_anchors(redirects, "new/")).replace('"', "&quot;")
    page = (
        '<!doctype html><title>%s</title><h2 id="kept">Kept</h2><h2 id="now">Now</h2><h2'
        ' id="there">There</h2>'
    )
    (folder / "guide" / "new" / "index.html").write_text(
        page % "New" + f'<script type="module" src="forward.mjs" data-moved="{moved}"></script>',
        encoding="utf-8",
    )
    for old in ("old/", "exact/"):
        (folder / "guide" / old).mkdir()
        (folder / "guide" / old / "index.html").write_text(
            render_redirect(old, redirects[old], HOME, moved_anchors(redirects, old)), encoding="utf-8"
        )
    (folder / "guide" / "other").mkdir()
    (folder / "guide" / "other" / "index.html").write_text(page % "Other", encoding="utf-8")
    with serve(folder) as root:
        yield f"{root}guide/"


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("new/#former", "new/#now"),
        ("new/#kept", "new/#kept"),
        ("new/?sort=-name#former", "new/?sort=-name#now"),
        ("new/#elsewhere", "other/#there"),
        ("old/", "new/"),
        ("old/#kept", "new/#kept"),
        ("old/#split", "other/#there"),
        ("old/?find=gpt#kept", "new/?find=gpt#kept"),
        ("old/#test&kind=agent", "new/#test&kind=agent"),
        ("old/#100%", "new/#100%"),
        ("exact/", "new/#now"),
    ],
)
def test_an_old_address_is_forwarded(open_page: OpenPage, address: str, asked: str, reached: str) -> None:
    page = open_page(asked)
    page.wait_for_url(address + reached)


def test_an_old_anchor_is_forwarded_on_the_page_and_leaves_no_step_back(
    open_page: OpenPage, address: str
) -> None:
    page = open_page("new/")
    page.evaluate("location.hash = 'former'")
    page.wait_for_url(f"{address}new/#now")
    assert page.evaluate("document.querySelector(':target').id") == "now"
    page.go_back()
    page.wait_for_url(f"{address}new/")


def test_an_old_page_leads_on_without_javascript(open_page: OpenPage, address: str) -> None:
    page = open_page("old/", java_script_enabled=False)
    page.wait_for_url(f"{address}new/")
