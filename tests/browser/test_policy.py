"""The policy in every head, while a reader does what a page offers: the browser reports nothing that it had
to refuse.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.tabs import NewTab
from tests.built import MOVED

PAGES = (
    "",
    "training/scaling-laws/",
    "training/pre-training/",
    "glossary/token/",
    "glossary/",
    "data/models/",
    "data/claims/",
    "data/claims/training/",
    "figures/",
    "figures/scaling-fits/",
    "investing/moat-stress-test/",
    "investing/diligence/",
    "about/how-we-check/",
    "404.html",
)
REPORT = (
    "addEventListener('securitypolicyviolation', (event) => { (window.refused ??="
    " []).push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`); });"
)
REFUSED = "window.refused ?? []"


def watched(page: Page) -> Page:
    page.add_init_script(REPORT)
    return page


def go_through(page: Page) -> None:
    """Colors, menu, a note, a filter, a question, a folded part, search: what is there of them."""
    page.locator(".fg-scheme").click()
    if page.locator(".fg-menu").is_visible():
        page.locator(".fg-menu").click()
        page.keyboard.press("Escape")
    for selector in (
        "article a[data-note]",
        ".fg-option label",
        "article details summary",
        "a.fg-copy",
        "button[data-clip]",
        "button[data-sort]",
        ".fg-segmented label",
    ):
        found = page.locator(selector).locator("visible=true")
        if found.count():
            found.first.evaluate("(item) => item.click()")
            page.keyboard.press("Escape")
    find = page.locator(".fg-filter input[type=search]").locator("visible=true")
    if find.count():
        find.first.fill("open")
    page.locator(".fg-search-open").click()
    page.get_by_role("textbox", name="Search the guide").fill("what is a token")
    page.locator("dialog:modal .fg-results li").first.wait_for(state="visible")
    page.keyboard.press("Escape")


def test_nothing_that_a_page_does_is_refused(new_tab: NewTab, address: str) -> None:
    refused = {}
    for width in (390, 1440):
        page = watched(new_tab(width, 844))
        for path in PAGES:
            page.goto(address + path)
            go_through(page)
            refused[path, width] = page.evaluate(REFUSED)
    assert {key: found for key, found in refused.items() if found} == {}


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
