"""PDFs: what a document is composed of, and what the file of one section holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfWriter

from fieldguide.book import Book, load_book
from fieldguide.commands.pdf import pdf_date, state_sizes
from fieldguide.commands.pdf_compose import compose, shown
from fieldguide.commands.pdf_parts import GUIDE, Document, Section, path_pages, read_chapter
from fieldguide.commands.preview import Preview
from fieldguide.records.site import load_mkdocs_yml
from tests.conftest import Project, page
from tests.guide import ROOT

SITE_URL = "https://guide.example.org/"
PAGE = """<!doctype html><link rel="stylesheet" href="../../assets/fg.css"><a href="../../about/">outside the article</a>
<div class="md-content" data-fg-type="concept" data-layer="model"><article class="md-content__inner md-typeset">
<h1 id="tokens">Tokens</h1><h2 id="first">First</h2>{body}
<section class="fg-notes"><div class="fg-note fg-note--source" id="note-hoffmann2022"><p>A <a href="../../about/references/#hoffmann2022">source</a></p></div>
<div class="fg-note fg-note--term" id="note-token">T</div></section>
<script src="../../assets/js/popover.mjs" type="module"></script>
</article></div><p>After it.</p>"""  # noqa: E501


def document(project: Project, body: str, name: str = "foundations") -> Document:
    """A document of one chapter with `body` in it, as a built site would have it."""
    site = project.root / "site"
    (site / "foundations" / "tokens").mkdir(parents=True)
    (site / "foundations" / "tokens" / "index.html").write_text(
        PAGE.replace("{body}", body), encoding="utf-8"
    )
    book = load_book(project.root)
    book.site_url = SITE_URL
    part = Section("foundations", "Foundations", [read_chapter(site, book, "foundations/tokens.md")])
    return Document(
        name,
        "Foundations",
        [part],
        book,
        "25 Nov 2026",
        "Test guide",
        "StarX Capital",
        "No advice.",
        ["/assets/fg.css"],
    )


OFFLINE = """
extra:
  pdf: {made}
  pdf_sections: [foundations]
  pdf_paths: {{newcomers: New to this}}
  pdf_decks: []
  footer: []
"""


def chapter(html: str) -> str:
    return html[html.index("<article") : html.index("</article>")]


# ---- composing


def test_ids_get_the_page_s_name_and_links_follow_them(project: Project) -> None:
    html = chapter(
        compose(
            document(
                project,
                '<p id="p"><a href="#first">here</a> <a href="../tokens/#p">here too</a> <a'
                ' href="./">top</a><span aria-labelledby="p first">x</span></p>',
            )
        )
    )
    assert (
        'id="foundations-tokens--p"' in html
        and 'href="#foundations-tokens--p"' in html
        and 'href="#foundations-tokens--first"' in html
    )
    assert 'href="#foundations-tokens"' in html
    assert 'aria-labelledby="foundations-tokens--p foundations-tokens--first"' in html


def test_a_sheet_inside_an_article_does_not_win_over_that_of_the_pdf(project: Project) -> None:
    html = compose(document(project, '<p>One.</p><link rel="stylesheet" href="../../late.css"><p>Two.</p>'))
    assert re.findall(r"<(link|style)\b", html) == ["link", "style"]


def test_a_link_out_of_the_document_is_an_address_of_the_site(project: Project) -> None:
    links = (
        '<a href="../../data/models/#gpt">a</a><a href="../limits/">b</a><a href="#gone">c</a><a'
        ' href="https://arxiv.org/?a=1&amp;b=2">d</a>'
    )
    html = chapter(compose(document(project, links)))
    itself, *found = re.findall(r'href="([^"]+)"', html)
    assert itself == f"{SITE_URL}foundations/tokens/"
    assert found == [
        f"{SITE_URL}data/models/#gpt",
        f"{SITE_URL}foundations/limits/",
        f"{SITE_URL}foundations/tokens/#gone",
        "https://arxiv.org/?a=1&amp;b=2",
    ]


def test_the_day_of_a_page_is_no_link_to_its_history_which_is_not_printed(project: Project) -> None:
    html = chapter(
        compose(
            document(
                project,
                '<p><a href="#what-changed">Last checked <time>30 Nov 2026</time></a></p><details'
                ' class="fg-changes"><div id="what-changed"></div></details>',
            )
        )
    )
    assert "<p><span>Last checked <time>30 Nov 2026</time></span></p>" in html


def test_terms_and_sources_stand_once_at_the_end(project: Project) -> None:
    html = compose(
        document(
            project,
            '<a href="../../glossary/token/">token</a> <a'
            ' href="../../about/references/#hoffmann2022">Hoffmann</a>',
        )
    )
    assert 'href="#glossary--token"' in chapter(html) and 'href="#references--hoffmann2022"' in chapter(html)
    assert "fg-note" not in chapter(html) and "<script" not in html
    assert html.count('id="glossary--token"') == 1 and html.count('id="references--hoffmann2022"') == 1
    assert ">https://arxiv.org/abs/2203.15556</a>" in html


def test_drawings_are_copied_as_they_are(project: Project) -> None:
    drawing = (
        '<svg viewBox="0 0 4 4"><pattern id="dots"><path d="M0 0"/></pattern><rect fill="url(#dots)"/><text>A'
        ' &amp; B &#8217;</text></svg><img src="picture.png" alt="x"><br>'
    )
    html = chapter(compose(document(project, drawing)))
    assert (
        '<svg viewbox="0 0 4 4"><pattern id="foundations-tokens--dots"><path d="M0 0"></path></pattern><rect'
        ' fill="url(#foundations-tokens--dots)"></rect><text>A &amp; B ’</text></svg>' in html
    )
    assert '<img src="/foundations/tokens/picture.png" alt="x"><br>' in html
    assert "outside the article" not in html and "After it." not in html


def test_in_the_guide_chapters_stand_one_level_deeper(project: Project) -> None:
    html = compose(document(project, "<h3 id=third>Third</h3>", GUIDE))
    levels = re.findall(r"<h(\d)[^>]*>([^<]+)</h\1>", html)
    assert levels == [
        ("1", "Contents"),
        ("1", "Foundations"),
        ("2", "Tokens"),
        ("3", "First"),
        ("4", "Third"),
        ("1", "Glossary"),
        ("1", "References"),
    ]


def test_the_contents_take_the_page_numbers_that_are_known(project: Project) -> None:
    small = document(project, "")
    assert '<span class="fg-pdf__number">7</span>' in compose(small, {"foundations-tokens": 7})
    assert re.findall(r'fg-pdf__number">(\d*)<', compose(small)) == ["", "", ""]


def test_the_cover_says_what_it_is_from_whom_and_of_which_day(project: Project) -> None:
    cover = compose(document(project, "")).split("<nav")[0].split("<body")[1]
    for words in (
        "Foundations",
        "Test guide",
        "StarX Capital, 25 Nov 2026",
        "No advice.",
        "guide.example.org",
    ):
        assert words in cover
    assert shown("https://example.org/guide/x/?y#z") == "example.org/guide/x"
    assert pdf_date("25 Nov 2026") == "D:20261125000000Z"


def test_a_page_that_was_not_built_is_named(project: Project, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run `make build` first"):
        read_chapter(tmp_path / "nowhere", load_book(project.root), "foundations/tokens.md")


def test_a_site_older_than_the_records_is_refused(project: Project) -> None:
    stale = document(project, "")
    del stale.book.sources["hoffmann2022"]
    with pytest.raises(ValueError, match=r"hoffmann2022.*build it again"):
        compose(stale)


# ---- reading paths, and links to the files


def test_a_path_is_what_the_home_page_lists_below_its_heading(book: Book) -> None:
    paths = load_mkdocs_yml(ROOT)[0]["extra"]["pdf_paths"]
    found = {readers: path_pages(book, heading) for readers, heading in paths.items()}
    assert list(found) == ["newcomers", "founders", "investors"], "their files are linked from elsewhere"
    assert found["newcomers"][:2] == ["ten-minutes.md", "foundations/what-is.md"]
    assert [src for pages in found.values() for src in pages if src not in book.pages] == []
    assert min(map(len, found.values())) >= 6


def test_a_path_that_the_home_page_does_not_have_is_named(project: Project) -> None:
    with pytest.raises(
        ValueError, match=r"docs/index\.md: no heading `### New to this` with a list of pages"
    ):
        path_pages(load_book(project.root), "New to this")


@pytest.mark.parametrize("made", ["true", "false"])
def test_home_leads_to_the_files_only_where_they_are_made(project: Project, made: str) -> None:
    project.write("mkdocs.yml", (project.root / "mkdocs.yml").read_text() + OFFLINE.format(made=made))
    project.write("docs/index.md", page("Home", "Hello, reader.", "landing"))
    preview = Preview(project.root, "1")
    preview.complete()
    html = preview.answer("/")[2].decode()
    for path in ("pdf/guide.pdf", "epub/guide.epub", "pdf/for-newcomers.pdf", "epub/for-newcomers.epub"):
        assert (f'href="{path}"' in html) == (f'data-file="{path}"' in html) == (made == "true")


def test_each_link_says_how_large_its_file_is_once_that_is_made(tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "epub").mkdir()
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(612, 792)
    writer.write(tmp_path / "pdf" / "guide.pdf")
    (tmp_path / "epub" / "guide.epub").write_bytes(bytes(2_345_678))
    names = ("pdf/guide.pdf", "epub/guide.epub", "pdf/other.pdf")
    home = tmp_path / "index.html"
    home.write_text("".join(f'<a>{name}<span class="x" data-file="{name}"></span></a>' for name in names))
    state_sizes(tmp_path)
    once = home.read_text()
    state_sizes(tmp_path)
    assert home.read_text() == once
    assert (
        re.sub("<[^>]+>", "", once) == "pdf/guide.pdf (3 pages, 0.0 MB)epub/guide.epub (2.3 MB)pdf/other.pdf"
    )
