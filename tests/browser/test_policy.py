"""The policy of what is no page of the guide, and what a policy refuses. Whether a page's own policy refuses
it anything, test_pages.py asks of every page that it visits.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.tabs import NewTab
from tests.browser.visits import REFUSED, REPORT
from tests.built import MOVED


def watched(page: Page) -> Page:
    page.add_init_script(REPORT)
    return page


def test_search_frames_redirects_short_links_and_pages_of_claims_are_refused_nothing(
    new_tab: NewTab, address: str
) -> None:
    page, refused = watched(new_tab(1440)), {}
    old = next(path for path in MOVED if "#" not in path)
    for path in (
        "search/?q=token",
        "figures/scaling-fits/embed/",
        "go/scaling-fits/",
        "go/gpt-3.parameters/",
        old,
    ):
        page.goto(address + path, wait_until="networkidle")
        refused[path] = page.evaluate(REFUSED)
    assert {path: found for path, found in refused.items() if found} == {}
    assert page.url != address + old


def test_what_a_page_does_not_use_is_refused(new_tab: NewTab, address: str) -> None:
    page = watched(new_tab(1440))
    page.goto(address)
    page.evaluate("""() => {
          const run = document.createElement('script');
          run.textContent = 'window.ran = true';
          document.body.append(run);
          document.body.setAttribute('style', 'opacity: .5');
          const base = document.createElement('base');
          base.href = 'https://example.com/';
          document.head.append(base);
        }""")
    refused = " ".join(page.evaluate(REFUSED))
    assert (
        "script-src-elem: inline" in refused and "style-src-attr: inline" in refused and "base-uri" in refused
    )
    assert page.evaluate(
        "[window.ran, getComputedStyle(document.body).opacity, document.baseURI.includes('example.com')]"
    ) == [None, "1", False]
