"""Every figure has a page, files, a frame for other sites and a place in the index, all made from its record."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from fieldguide.book import Book, load_book
from fieldguide.drawing.draw import draw, is_plate
from fieldguide.drawing.sheet import Drawing
from fieldguide.outputs.frames import embed
from fieldguide.page.embed import WIDTH, snippet
from fieldguide.records.figure import figure_src, reading_of, slug_of
from tests.conftest import BASE, MKDOCS, MODEL, Project, page
from tests.guide import ROOT, guide
from tests.test_site import file_of, parse

FIGURE = """
title: A family is the unit in which makers disclose
context: Families in the records, newest release first
alt: A table of model families with maker, country, releases, access, license and size; here one family has one model.
layer: model
renderer: families
as_of: 2026-11-25
sources: [hoffmann2022]
terms: [token]
data: {smallest: 1}
"""
READING = "/// figure | one-family\nOne row, as [the page says](#why) and [the term](../glossary/token.md).\n///\n\n## Why\n\nSo."


@pytest.fixture
def library(project: Project) -> Project:
    """A project with one figure, shown on a chapter and on the home page, and an index of figures."""
    project.write("mkdocs.yml", MKDOCS.replace("OVERRIDES", str(ROOT / "overrides")).replace("  - About:", "  - Figures: [figures/index.md]\n  - About:").replace("/glossary/*", "/glossary/*\n  /figures/*"))
    project.write("data/models/chinchilla.yml", MODEL)
    project.write("data/figures/one-family.yml", FIGURE)
    project.write("docs/figures/index.md", page("Figures", "All of them.\n\n/// figure | figure-index\nEach opens its page.\n///", "reference"))
    project.write("docs/index.md", page("Home", "Hello.\n\n/// figure | one-family\nOn the home page.\n///", "landing"))
    project.write("docs/about/cite-this.md", page("Cite", "So.", "about"))
    project.page(READING)
    return project


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_a_figure_is_at_home_on_the_first_chapter_that_shows_it(library: Project) -> None:
    book = load_book(library.root)
    assert {slug: home.src for slug, home in book.homes.items()} == {"one-family": "foundations/tokens.md"}
    made = book.pages[figure_src("one-family")]
    assert made.made and made.meta.title == "A family is the unit in which makers disclose"
    assert slug_of(made) == "one-family"
    assert slug_of(book.pages["index.md"]) == slug_of(book.pages["figures/index.md"]) == ""


def test_the_reading_keeps_its_links_on_the_figure_s_own_page(library: Project) -> None:
    book = load_book(library.root)
    assert reading_of(book.homes["one-family"], "one-family") == "One row, as [the page says](../foundations/tokens.md#why) and [the term](../glossary/token.md)."


def test_a_figure_s_page_says_what_it_rests_on_and_how_to_use_it(library: Project) -> None:
    html = library.page_html("figures/one-family.md")
    assert html.count("A family is the unit in which makers disclose") >= 1
    assert 'class="fg-figure__title"' not in html  # the page's title is the figure's
    assert "Training Compute-Optimal Large Language Models" in text(html)
    assert "A token is a piece of text that a model reads." in text(html)
    for ending in ("-light.png", "-dark.png", "-light.svg", "-dark.svg", ".csv"):
        assert f'download="" href="one-family{ending}"' in html
    assert 'id="cite-words"' in html and 'id="embed-code"' in html


def test_a_figure_s_page_lists_the_pages_that_show_it(library: Project) -> None:
    html = library.page_html("figures/one-family.md")
    assert 'href="../../foundations/tokens/#one-family"' in html and 'href="../../#one-family"' in html


def test_below_a_figure_stand_its_files_its_page_and_its_link(library: Project) -> None:
    html = library.page_html("foundations/tokens.md")
    tools = re.search(r'<p class="fg-figure__tools">.*?</p>', html, flags=re.S)[0]
    assert [text(link) for link in re.findall(r"<a .*?</a>", tools)] == ["Slide", "SVG", "CSV", "Table page", "Link to this table"]
    assert "../go/one-family/" in tools


def test_the_frame_is_the_figure_alone_and_its_links_leave_it(library: Project) -> None:
    frame = embed(library.index(), "one-family")
    root = html5lib.parse(frame, namespaceHTMLElements=False)
    assert [root.find(f".//{tag}") for tag in ("script", "header", "nav", "footer", "form", "button")] == [None] * 6
    assert 'name="robots" content="noindex"' in frame
    assert '<link rel="canonical" href="http://127.0.0.1:8000/figures/one-family/">' in frame
    assert len(root.findall(".//h1")) == 1
    links = root.findall(".//a")
    assert all((link.get("target"), link.get("rel")) == ("_blank", "noopener") for link in links)
    assert {link.get("href") for link in links} >= {"../", "../../../about/references/#hoffmann2022", "../../../glossary/token/", "../../../foundations/tokens/#why"}
    assert "fg-figure__tools" not in frame and "data-note" not in frame


def test_the_code_of_the_frame_names_the_figure_and_escapes_its_title(library: Project) -> None:
    library.write("data/figures/one-family.yml", FIGURE.replace("A family is", '"“A & B” <is>').replace("makers disclose", 'makers disclose"'))
    book = load_book(library.root)
    code = html5lib.parseFragment(snippet(book, book.figures["one-family"], draw(book.figures["one-family"], book)), namespaceHTMLElements=False)[0]
    assert code.tag == "iframe"
    assert code.get("src") == "http://127.0.0.1:8000/figures/one-family/embed/"
    assert code.get("title") == book.figures["one-family"].title
    assert int(code.get("width")) > 300 and int(code.get("height")) > 300 and code.get("loading") == "lazy"


@pytest.mark.parametrize(("height", "size", "plate"), [(860, 13.5, False), (1086, 15, False), (1224, 13.5, True), (984, 13.5, True)])
def test_a_drawing_is_a_plate_where_its_words_would_make_its_text_too_small(height: float, size: float, plate: bool) -> None:
    svg = f'<svg viewBox="0 0 760 {height}"><text font-size="{size}">a</text><text font-size="19">b</text></svg>'
    assert is_plate(Drawing(wide=svg)) is plate
    assert not is_plate(Drawing(html="<table></table>"))


def test_the_index_holds_each_figure_once_under_its_section(library: Project) -> None:
    html = library.page_html("figures/index.md")
    assert html.count('data-section="Foundations"') == html.count('href="one-family/"') == 1
    assert 'data-layer="model"' in html
    assert html.count('loading="lazy"') == 2  # a picture for each scheme, of which one shows


def test_without_an_index_there_is_no_library(library: Project) -> None:
    (library.root / "docs/figures/index.md").unlink()
    library.write("mkdocs.yml", MKDOCS.replace("OVERRIDES", str(ROOT / "overrides")))
    assert figure_src("one-family") not in load_book(library.root).pages
    assert "fg-figure__tools" not in library.page_html("foundations/tokens.md")


# ---- on the built site


@pytest.fixture(scope="module")
def book() -> Book:
    return guide().book


DRAWN = """[...document.querySelectorAll('.fg-drawing')].filter((svg) => svg.getClientRects().length).map((svg) => {
  const { left, right, width } = svg.getBoundingClientRect();
  const sizes = [...svg.querySelectorAll('[font-size]')].map((text) => text.getAttribute('font-size'));
  return { left, right, kind: svg.getAttribute('class').split('--')[1], text: Math.min(...sizes) * width / svg.viewBox.baseVal.width };
})"""
"""The drawings that show: where they lie in the window, which they are and their smallest text in px."""


def opened(browser: Browser, width: int = 1280, **options: object) -> Page:
    return browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()


@pytest.mark.site
def test_every_figure_has_its_page_its_files_and_its_frame(site: Path, book: Book) -> None:
    assert set(book.homes) == set(book.figures)
    for slug in book.homes:
        folder = site / "figures" / slug
        offered = {link.get("href") for link in parse(folder / "index.html").iter("a") if "download" in link.attrib}
        assert len(offered) in (4, 5), slug
        for name in offered | {f"{slug}-light-small.png", f"{slug}-dark-small.png"}:
            assert (folder / name).is_file(), f"{slug}: {name}"
        assert (folder / "embed" / "index.html").is_file()


@pytest.mark.site
def test_search_finds_a_figure_s_page_by_its_claim_and_nothing_twice(site: Path, book: Book) -> None:
    entries = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    found = {entry["location"]: entry for entry in entries if entry["location"].startswith("figures/")}
    for slug in book.homes:
        assert found[f"figures/{slug}/"]["title"] == book.figures[slug].title
    words = " ".join(entry["text"] for entry in found.values())
    assert "PNG, light" not in words and "@misc" not in words and "iframe" not in words
    assert len(found) <= 2 * len(book.homes) + 2  # a page and its title; no section of it


@pytest.mark.site
def test_the_title_of_every_frame_is_the_claim_of_its_page(site: Path, book: Book) -> None:
    for slug in book.homes:
        (title,) = parse(site / f"figures/{slug}/embed/index.html").iter("h1")
        assert (title.get("class"), "".join(title.itertext())) == ("fg-figure__title", book.figures[slug].title), slug


@pytest.mark.site
def test_every_link_of_every_frame_resolves(site: Path, book: Book) -> None:
    broken = []
    known: dict[Path, set[str | None]] = {}
    for slug in book.homes:
        path = f"figures/{slug}/embed/"
        for element in parse(site / path / "index.html").iter():
            target = element.get("href")
            url = urljoin(BASE + path, target or "#")
            if url.startswith(BASE):
                file, anchor = file_of(site, url), urlsplit(url).fragment
                if not file.is_file():
                    broken.append(f"{path}: {target}")
                elif anchor and file.suffix == ".html":
                    if file not in known:
                        known[file] = {item.get("id") for item in parse(file).iter()}
                    if anchor not in known[file]:
                        broken.append(f"{path}: no anchor {target}")
    assert broken == []


@pytest.mark.browser
def test_every_frame_fits_narrow_and_wide(browser: Browser, address: str, book: Book) -> None:
    page = opened(browser)
    faults = []
    for slug in book.homes:
        page.goto(f"{address}figures/{slug}/embed/")
        for width in (320, 700):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{slug} is wider than {width} px")
            shown = page.evaluate(DRAWN)
            edge = 2 if width == 320 else 8
            if len(shown) > 1 or any(min(drawing["left"], width - drawing["right"]) < edge or drawing["text"] < 12 for drawing in shown):
                faults.append(f"{slug} at {width} px: {shown}")
            if width == 700 and any(drawing["kind"] == "narrow" for drawing in shown):
                faults.append(f"{slug} at {width} px: {shown}")
    page.context.close()
    assert faults == []


@pytest.mark.browser
def test_the_height_in_the_code_of_a_frame_holds_the_whole_figure(browser: Browser, address: str, site: Path, book: Book) -> None:
    page = opened(browser, WIDTH)
    page.set_viewport_size({"width": WIDTH, "height": 100})
    wrong = {}
    for slug in book.homes:
        given = int(re.search(r'&lt;iframe .*? height="?(?:&quot;)?(\d+)', (site / f"figures/{slug}/index.html").read_text(encoding="utf-8"))[1])
        page.goto(f"{address}figures/{slug}/embed/")
        needed = page.evaluate("document.documentElement.scrollHeight")
        if not needed <= given <= needed * 1.3:
            wrong[slug] = (given, needed)
    page.context.close()
    assert wrong == {}


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_frame_of_each_kind(browser: Browser, address: str, scheme: str) -> None:
    page = opened(browser, 700, reduced_motion="reduce", color_scheme=scheme)
    faults = []
    for slug in ("roofline", "stack-map", "three-providers", "families"):  # a chart, the map, a table, a table whose filter stays on the site
        page.goto(f"{address}figures/{slug}/embed/")
        faults += [f"{slug}: {item['id']}: {item['nodes'][0]['html'][:100]}" for item in Axe().run(page).response["violations"]]
    paper = page.evaluate("getComputedStyle(document.body).getPropertyValue('--fg-paper').trim()")
    page.context.close()
    assert faults == []
    assert paper.upper() == {"light": "#FBFAF6", "dark": "#181510"}[scheme]


@pytest.mark.browser
def test_the_index_filters_by_section_and_layer_and_the_address_keeps_it(browser: Browser, address: str) -> None:
    page = opened(browser)
    page.goto(address + "figures/")
    shown = page.locator(".fg-library [data-search]:visible")
    total = shown.count()
    page.locator(".fg-segmented label", has_text="Infrastructure").click()
    assert {item.get_attribute("data-layer") for item in shown.all()} == {"infrastructure"}
    page.locator("select[name=section]").select_option("Stack")
    page.reload()
    assert {(item.get_attribute("data-layer"), item.get_attribute("data-section")) for item in shown.all()} == {("infrastructure", "Stack")}
    assert f"{shown.count()} of {total} figures" in page.locator(".fg-filter__count").inner_text()
    page.context.close()


@pytest.mark.browser
def test_the_index_loads_the_pictures_of_one_scheme(browser: Browser, address: str) -> None:
    for scheme, other in (("light", "dark"), ("dark", "light")):
        page = opened(browser, color_scheme=scheme)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(address + "figures/", wait_until="networkidle")
        assert any(url.endswith(f"-{scheme}-small.png") for url in asked)
        assert not any(url.endswith(f"-{other}-small.png") for url in asked)
        page.context.close()
