"""The control that copies a link: where it stands, what it is called, and what it copies and says in Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import COMPANY, PRICE, Project, page
from tests.test_site import pages, parse

CHAPTER = "foundations/what-is/"
CONTROL = re.compile(r'<a aria-label="([^"]*)" class="fg-copy" href="([^"]*)"></a>')


def controls(html: str) -> list[tuple[str, str]]:
    """(name, href) of every control, in order."""
    return CONTROL.findall(html)


def test_a_heading_keeps_its_name_and_its_control_stands_beside_it(project: Project) -> None:
    html = project.html("## Why they *count*\n\nThey cost.")
    assert '<h2 id="why-they-count">Why they <em>count</em></h2><a aria-label="Link to the section “Why they count”" class="fg-copy" href="#why-they-count"></a></div>' in html
    assert controls(html)[0] == ("Link to the page “Tokens”", "./")


def test_a_heading_that_is_not_seen_has_no_control(project: Project) -> None:
    html = project.html("## Check yourself\n\n/// quiz\nWhy?\n\n- [x] One: because.\n- [ ] Two: because.\n///")
    assert 'id="check-yourself"' in html
    assert "#check-yourself" not in dict(map(reversed, controls(html)))


def test_the_contents_and_the_title_are_free_of_controls(project: Project) -> None:
    project.page("## Why they count\n\nThey cost.")
    page = project.index().pages["foundations/tokens.md"]
    assert "fg-copy" in page.html
    assert [item["name"] for item in page.toc[0]["children"]] == ["Why they count"]
    assert "fg-" not in str(page.toc)


def test_rows_and_sources_say_what_they_are(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/prices/acme-one.yml", PRICE + "company: acme\n")
    html = project.html("/// figure | companies\nCards.\n///\n\n/// figure | prices\nPrices.\n///\n\n/// figure | references\nSources.\n///")
    found = dict(map(reversed, controls(html)))
    assert found["#acme"] == "Link to the company “Acme”"
    assert found["#acme-one"] == "Link to the price “One” of Acme, 2 Jul 2026 – 1 Sep 2026"
    assert found["#acme-one-2026-01-01"] == "Link to the price “One” of Acme, 1 Jan 2026 – 30 Jun 2026"
    assert found["#hoffmann2022"] == "Link to the source “Hoffmann et al. 2022”"
    assert re.search(r'<span class="fg-data__title fg-named">Acme</span><a aria-label="[^"]*" class="fg-copy"', html)


def test_minutes_are_no_part_of_a_heading_s_name_or_address(project: Project) -> None:
    project.write("docs/index.md", page("Home", "Hello.\n\n## Ways in\n\n### New to this\n\nStart.\n\n- [Tokens](foundations/tokens.md)\n", "landing"))
    html = project.page_html("index.md")
    assert '<h3 id="new-to-this">New to this<span class="fg-door__minutes">1 min</span></h3>' in html
    assert ("Link to the section “New to this”", "#new-to-this") in controls(html)


# ---- on the built site


@pytest.mark.site
def test_every_heading_that_shows_and_every_row_with_an_id_has_a_control(site: Path) -> None:
    without = []
    for address, path in pages(site).items():
        if address == "404.html":
            continue
        article = next(parse(path).iter("article"))
        targets = {link.get("href", "").partition("#")[2] for link in article.iter("a") if "fg-copy" in (link.get("class") or "").split()}
        for element in article.iter():
            classes = (element.get("class") or "").split()
            wanted = element.tag in ("h2", "h3", "tr") or "fg-reference" in classes
            if wanted and element.get("id") and "fg-sr" not in classes and element.get("id") not in targets:
                without.append(f"{address}#{element.get('id')}")
    assert without == []


@pytest.mark.site
def test_the_search_index_does_not_know_the_controls(site: Path) -> None:
    text = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "fg-copy" not in text
    assert "Link to the section" not in text


def open_page(browser: Browser, path: str, **options: object) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 800} if options.get("has_touch") else {"width": 1280, "height": 900}, **options)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(path)
    return opened


def pasted(opened: Page) -> str:
    return opened.evaluate("navigator.clipboard.readText()")


@pytest.mark.browser
def test_a_control_copies_by_keyboard_and_says_what(browser: Browser, address: str) -> None:
    opened = open_page(browser, address + CHAPTER)
    heading = opened.locator("article h2[id]").first
    control = heading.locator("xpath=following-sibling::a")
    for _ in range(200):
        opened.keyboard.press("Tab")
        if control.evaluate("link => link === document.activeElement"):
            break
    assert control.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    opened.keyboard.press("Enter")
    expect(opened.locator("[role=status].fg-copied")).to_have_text(f"Copied the link to the section “{heading.text_content()}”")
    assert pasted(opened) == f"{address}{CHAPTER}#{heading.get_attribute('id')}"
    assert opened.url == pasted(opened)
    opened.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["data/models/#chinchilla", "data/companies/#openai", "data/hardware/#h100-sxm", "data/claims/#gpt-3.parameters", "about/references/#hoffmann2022", "stack/#chips"])
def test_a_control_copies_by_touch_and_is_as_large_as_a_finger(browser: Browser, address: str, path: str) -> None:
    opened = open_page(browser, address + path, has_touch=True, is_mobile=True)
    control = opened.locator(f"[id='{path.partition('#')[2]}'] a.fg-copy").first
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    assert min(box["width"], box["height"]) >= 43.9
    control.tap()
    expect(opened.locator(".fg-copied")).to_have_text(re.compile(r"^Copied the link to the (model|company|accelerator|claim|source|place) “.+”$"))
    assert pasted(opened) == address + (f"go/{path.partition('#')[2]}/" if path.startswith("data/claims/") else path)
    opened.context.close()


@pytest.mark.browser
def test_the_page_s_own_control_copies_its_address_without_an_anchor(browser: Browser, address: str) -> None:
    opened = open_page(browser, f"{address}{CHAPTER}#where-next")
    opened.locator("h1 + a.fg-copy").click()
    expect(opened.locator(".fg-copied")).to_have_text(re.compile("^Copied the link to the page “"))
    assert pasted(opened) == address + CHAPTER
    opened.context.close()


@pytest.mark.browser
def test_a_figure_s_control_copies_its_short_link(browser: Browser, address: str) -> None:
    opened = open_page(browser, f"{address}foundations/families/")
    figure = opened.locator("figure[id]").first
    figure.locator("a.fg-copy").click()
    expect(opened.locator(".fg-copied")).to_have_text(re.compile("^Copied the link to the table “"))
    assert pasted(opened) == f"{address}go/{figure.get_attribute('id')}/"
    opened.context.close()


@pytest.mark.browser
def test_without_the_permission_the_address_is_shown_instead(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError'))}})")
    opened = context.new_page()
    opened.goto(address + CHAPTER)
    control = opened.locator("h2 + a.fg-copy").first
    control.click()
    expect(opened.locator(".fg-copied")).to_have_text(f"The browser did not let the page copy. The address: {address}{CHAPTER}{control.get_attribute('href')}")
    context.close()


@pytest.mark.browser
def test_without_javascript_a_control_is_a_link_to_its_place(browser: Browser, address: str) -> None:
    opened = browser.new_context(java_script_enabled=False).new_page()
    opened.goto(address + CHAPTER)
    control = opened.locator("h2 + a.fg-copy").first
    target = control.get_attribute("href")
    control.click()
    assert opened.url == address + CHAPTER + target
    opened.context.close()


@pytest.mark.browser
def test_copying_leaves_a_lab_s_scenario_in_the_address(browser: Browser, address: str) -> None:
    scenario = f"{address}investing/moat-stress-test/#test&kind=agent&answers=hpg-----"
    opened = open_page(browser, scenario)
    opened.locator(".fg-stress").wait_for()
    opened.locator("article > .fg-head--h2 > a.fg-copy").first.click()
    expect(opened.locator(".fg-copied")).to_have_text(re.compile("^Copied the link to the section “"))
    assert opened.url == scenario
    opened.context.close()
