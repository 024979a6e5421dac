"""Every figure has a page, files, a frame for other sites and a place in the index, all made from its
record.
"""

from __future__ import annotations

import re

import pytest
import turbohtml

from fieldguide.book import load_book
from fieldguide.book.generated_pages import caption_of
from fieldguide.drawing.figure import draw
from fieldguide.drawing.shapes import Drawing
from fieldguide.drawing.sheet import Sheet
from fieldguide.outputs.frames import embed
from fieldguide.outputs.plain import plain_markdown
from fieldguide.page import figure
from fieldguide.page.embed import snippet
from fieldguide.page.figure import is_plate
from fieldguide.records.figure import figure_src, slug_of
from tests.conftest import MKDOCS, MODEL, Project, page
from tests.guide import ROOT

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
"""  # noqa: E501
BARS = """
title: The first is larger
context: Two numbers, illustrative
alt: Two bars of illustrative numbers; the first is more than twice as long as the second.
kind: bars
as_of: 2026-11-25
sources: [hoffmann2022]
data:
  x: {high: 50, ticks: [0, 50], format: g%}
  label: "{value:g%}"
  table:
    columns: {Who: "{name}", Share: "{value:g%}"}
  groups:
    - rows:
        - {id: first, name: The first, value: 42}
        - {id: second, name: The second, value: 17}
asserts:
  - {order: ["@first.value", "@second.value"]}
"""
READING = (
    "/// figure | one-family\nOne row, as [the page says](#why) and [the"
    " term](../glossary/token.md).\n///\n\n## Why\n\nSo."
)


@pytest.fixture
def library(project: Project) -> Project:
    """A project with one figure, shown on a chapter and on the home page, and an index of figures."""
    project.write(
        "mkdocs.yml",
        MKDOCS.replace("OVERRIDES", str(ROOT / "overrides"))
        .replace("  - About:", "  - Figures: [figures/index.md]\n  - About:")
        .replace("/glossary/*", "/glossary/*\n  /figures/*"),
    )
    project.write("data/models/chinchilla.yml", MODEL)
    project.write("data/figures/one-family.yml", FIGURE)
    project.write(
        "docs/figures/index.md",
        page("Figures", "All of them.\n\n/// figure | figure-index\nEach opens its page.\n///", "reference"),
    )
    project.write(
        "docs/index.md", page("Home", "Hello.\n\n/// figure | one-family\nOn the home page.\n///", "landing")
    )
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


def test_a_figure_stands_once_on_a_page(library: Project) -> None:
    library.page(f"{READING}\n\n/// figure | one-family\nOnce more.\n///")
    assert any("the id `one-family` stands twice in the page" in problem for problem in library.problems())


def test_a_small_figure_is_the_narrow_drawing_beside_its_words_and_at_home_elsewhere(
    library: Project,
) -> None:
    library.write("data/figures/two-bars.yml", BARS)
    library.write(
        "docs/about/disclosures.md",
        page("Disclosures", "Opinion is marked.\n\n/// figure | two-bars, small\nIn short.\n///", "about"),
    )
    assert "two-bars" not in load_book(library.root).homes
    library.page(f"{READING}\n\n/// figure | two-bars\nIn full.\n///")
    index = library.index()
    assert index.book.homes["two-bars"].src == "foundations/tokens.md"
    html = library.page_html("about/disclosures.md")
    small = html[html.index("<figure") : html.index("</figure>")]
    assert 'class="fg-figure fg-figure--small" id="two-bars"' in small
    assert small.count("<svg") == 1 and "fg-drawing--narrow" in small
    assert all(
        words in text(small)
        for words in (
            "The first is larger",
            "Two numbers, illustrative",
            "In short.",
            "Source: Hoffmann et al. 2022. As of 25 Nov 2026.",
        )
    )
    assert 'href="../../figures/two-bars/"' in small
    plain = plain_markdown(index, index.book.pages["about/disclosures.md"])
    assert "In short." in plain and "The first is larger" in plain and "///" not in plain


def test_a_form_that_a_figure_cannot_have_is_named(library: Project) -> None:
    library.page(READING.replace("one-family\n", "one-family, tiny\n", 1))
    assert any(
        "a figure cannot be `tiny` — write `/// figure | one-family`, or `/// figure | one-family, small`"
        in problem
        for problem in library.problems()
    )
    library.page(READING.replace("one-family\n", "one-family, small\n", 1))
    assert any(
        "the table `one-family` cannot be shown small — write `/// figure | one-family`" in problem
        for problem in library.problems()
    )


def test_a_figure_that_stands_on_several_pages_is_drawn_once(
    library: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(figure, "draw", lambda record, book: drawn.append(record.slug) or draw(record, book))
    pages = library.index().pages
    assert drawn == ["one-family"]
    assert {src for src, page in pages.items() if "one-family" in page.drawings} == {
        "index.md",
        "foundations/tokens.md",
        figure_src("one-family"),
    }


def test_the_reading_keeps_its_links_on_the_figure_s_own_page(library: Project) -> None:
    book = load_book(library.root)
    assert (
        caption_of(book.homes["one-family"], "one-family")
        == "One row, as [the page says](../foundations/tokens.md#why) and [the term](../glossary/token.md)."
    )


def test_a_figure_s_page_says_what_it_rests_on_and_how_to_use_it(library: Project) -> None:
    html = library.page_html("figures/one-family.md")
    assert html.count("A family is the unit in which makers disclose") >= 1
    assert 'class="fg-figure__title"' not in html  # the page's title is the figure's
    assert "Training Compute-Optimal Large Language Models" in text(html)
    assert "A token is a piece of text that a model reads." in text(html)
    for ending in ("-light.png", "-dark.png", "-light.svg", "-dark.svg", ".csv"):
        assert f'download="" href="one-family{ending}"' in html
    assert 'id="cite-words"' in html and 'id="embed-code"' in html


def test_a_figure_s_page_opens_with_its_chapter_and_with_what_a_reader_came_for(library: Project) -> None:
    html = library.page_html("figures/one-family.md")
    header = html[html.index("<header") : html.index("</header>")]
    assert (
        text(header.partition("<h1")[0]).strip().endswith("From: Tokens")
        and 'href="../../foundations/tokens/#one-family"' in header
    )
    line = header[header.index('class="fg-figurepage__action"') :]
    assert [text(item) for item in re.findall(r"<(?:a|button) .*?</(?:a|button)>", line)[:4]] == [
        "Slide",
        "SVG",
        "CSV",
        "Copy image",
    ]
    assert "data-picture" in line and "picture.mjs" in html
    assert "data-picture" not in library.page_html("foundations/tokens.md")


def test_a_figure_s_page_lists_the_pages_that_show_it(library: Project) -> None:
    html = library.page_html("figures/one-family.md")
    assert 'href="../../foundations/tokens/#one-family"' in html and 'href="../../#one-family"' in html


def test_below_a_figure_stand_its_files_its_page_and_its_link(library: Project) -> None:
    html = library.page_html("foundations/tokens.md")
    tools = re.search(r'<div class="fg-figure__tools">.*?</div>', html, flags=re.S)[0]
    assert [text(part) for part in re.findall(r"<a .*?</a>|<summary>.*?</summary>", tools)] == [
        "Slide",
        "Data",
        "Share",
        "Link to this table",
        "Embed",
        "Cite",
        "Table page",
        "SVG",
        "Definitions",
    ]
    assert set(re.findall(r'href="([^"]+)"', tools)) >= {
        "../../go/one-family/",
        *(
            f"../../figures/one-family/{end}"
            for end in (
                "",
                "#embed-code",
                "#cite",
                "one-family-light.png",
                "one-family-light.svg",
                "one-family.csv",
            )
        ),
    }
    assert re.search(
        r"<summary>Definitions</summary>\s*<p><b>Token</b>: a piece of text that a model reads\.</p>", tools
    )


def test_the_frame_is_the_figure_alone_and_its_links_leave_it(library: Project) -> None:
    frame = embed(library.index(), "one-family")
    root = turbohtml.parse(frame)
    assert [root.find(tag) for tag in ("script", "header", "nav", "footer", "form", "button")] == [None] * 6
    assert 'name="robots" content="noindex"' in frame
    assert '<link rel="canonical" href="http://127.0.0.1:8000/figures/one-family/">' in frame
    assert len(root.find_all("h1")) == 1
    links = root.find_all("a")
    assert all((link.attr("target"), link.attr("rel")) == ("_blank", "noopener") for link in links)
    assert {link.attr("href") for link in links} >= {
        "../",
        "../../../about/references/g-j/#hoffmann2022",
        "../../../glossary/token/",
        "../../../foundations/tokens/#why",
    }
    assert all(name not in frame for name in ("fg-figure__share", "download=", "data-note"))
    assert "Definitions" in frame


def test_the_code_of_the_frame_names_the_figure_and_escapes_its_title(library: Project) -> None:
    library.write(
        "data/figures/one-family.yml",
        FIGURE.replace("A family is", '"“A & B” <is>').replace("makers disclose", 'makers disclose"'),
    )
    book = load_book(library.root)
    (code,) = turbohtml.parse_fragment(
        snippet(book, book.figures["one-family"], draw(book.figures["one-family"], book))
    ).iter_elements()
    assert code.tag == "iframe"
    assert code.attr("src") == "http://127.0.0.1:8000/figures/one-family/embed/"
    assert code.attr("title") == book.figures["one-family"].title
    assert int(code.attr("width")) > 300 and int(code.attr("height")) > 300 and code.attr("loading") == "lazy"


@pytest.mark.parametrize(
    ("height", "size", "plate"),
    [(860, 13.5, False), (1086, 15, False), (1224, 13.5, True), (984, 13.5, True)],
)
def test_a_drawing_is_a_plate_where_its_words_would_make_its_text_too_small(
    height: float, size: float, plate: bool
) -> None:
    sheet = Sheet(760, height)
    for text_size in (size, 19):
        sheet.text(0, 40, "a", size=text_size)
    assert is_plate(Drawing(wide=sheet.drawn("x", "T", "D"))) is plate
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
    html = library.page_html("foundations/tokens.md")
    assert "fg-figure__share" not in html and "download=" not in html and "Definitions" in html
