"""EPUBs: what a book holds, how its files lead to each other, and that it is the same each time."""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.etree import ElementTree as ET

import pytest

from fieldguide.commands.epub import make_epub
from fieldguide.outputs.decks.pptx import FIRST
from tests.conftest import Project
from tests.test_pdf import SITE_URL, document

OPF, XHTML = "{http://www.idpf.org/2007/opf}", "{http://www.w3.org/1999/xhtml}"
DRAWING = (
    '<figure id="f"><div class="fg-figure__plot"><svg class="fg-drawing fg-drawing--wide" viewBox="0 0 8 4">'
    '<title>Wide</title></svg><svg class="fg-drawing fg-drawing--narrow" viewBox="0 0 4 8">'
    "<title>Narrow</title>"
    '<desc>It is\nnarrow.</desc><rect width="4" height="8" fill="var(--fg-ink)"/><text x="1" y="2"'
    ' font-size="2">A</text></svg></div></figure>'
)
BODY = f"""{DRAWING}
<p>A <a href="#first">part</a>, a <a href="#gone">part that is gone</a>, a <a href="../../glossary/token/">term</a>,
a <a class="fg-cite" href="../../about/references/#hoffmann2022">Hoffmann</a> and <a href="../limits/">a page</a>.</p>
<p><math display="block" tabindex="0"><mi>x</mi></math><a class="fg-sources" href="#first"></a></p>
<details class="fg-folded"><summary>The formula</summary><p>Inside.</p></details>
<details class="fg-fold fg-figure__terms"><summary>Definitions</summary><p>Loss.</p></details>
<details class="fg-fold fg-figure__data"><summary>Data</summary><p>Rows</p></details>
<x-live><div class="fg-live__controls"><input type="range"></div><p>It says.</p></x-live>
<button type="button">Press</button><section class="fg-end"><p>Read next</p></section>
<p class="fg-printfoot">The last line</p>"""  # noqa: E501


@pytest.fixture
def data(project: Project) -> bytes:
    return make_epub(document(project, BODY))


@pytest.fixture
def book(data: bytes) -> dict[str, bytes]:
    """{name: content} of the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def chapter(book: dict[str, bytes]) -> str:
    return book["EPUB/foundations-tokens.xhtml"].decode()


def test_the_archive_begins_with_its_type_and_no_file_has_a_clock(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, *_ = entries = archive.infolist()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert {entry.date_time for entry in entries} == {FIRST}


def test_the_package_says_what_it_is_and_lists_every_file(book: dict[str, bytes]) -> None:
    package = ET.fromstring(book["EPUB/content.opf"])
    said = {element.get("property") or element.tag.rpartition("}")[2]: element.text for element in package[0]}
    assert said["title"] == "Foundations: Test guide" and said["language"] == "en"
    assert (said["creator"], said["date"]) == ("StarX Capital", "2026-11-25")
    assert said["identifier"] == f"{SITE_URL}epub/foundations.epub"
    assert said["dcterms:modified"] == "2026-11-25T00:00:00Z"
    assert "schema:accessModeSufficient" in said
    items = {item.attrib["id"]: item.attrib for item in package.iter(f"{OPF}item")}
    listed = {f"EPUB/{item['href']}" for item in items.values()}
    assert listed | {"mimetype", "META-INF/container.xml", "EPUB/content.opf"} == set(book)
    assert items["foundations-tokens"]["properties"] == "mathml"
    assert items["cover-image"]["properties"] == "cover-image"
    order = [entry.attrib["idref"] for entry in package.iter(f"{OPF}itemref")]
    assert order == ["title", "nav", "foundations-tokens", "glossary", "references"]


def test_every_link_and_picture_inside_leads_to_what_is_there(book: dict[str, bytes]) -> None:
    files = {name: ET.fromstring(content) for name, content in book.items() if name.endswith(".xhtml")}
    ids = {name: {element.get("id") for element in tree.iter()} for name, tree in files.items()}
    inside = 0
    for name, tree in files.items():
        for element in tree.iter():
            target = element.get("href") or element.get("src") or ""
            if target and not target.startswith("https://"):
                path, _, anchor = target.partition("#")
                file = posixpath.join("EPUB", path)
                assert file in book and (not anchor or anchor in ids[file]), (name, target)
                inside += 1
    assert inside > 12
    assert 'href="foundations-tokens.xhtml#foundations-tokens--first"' in chapter(book)
    assert f'<a href="{SITE_URL}foundations/tokens/#gone">' in chapter(book)
    assert f'<a href="{SITE_URL}foundations/limits/">' in chapter(book)


def test_a_chapter_is_without_what_only_a_screen_needs(book: dict[str, bytes]) -> None:
    text = chapter(book)
    for words in (
        "Press",
        "Read next",
        "Rows",
        "Definitions",
        "The last line",
        "<script",
        "<input",
        "<details",
    ):
        assert words not in text
    for words in ("The formula", "Inside.", "Loss.", "It says.", "(Hoffmann)"):
        assert words in text
    assert '<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>' in text


def test_a_figure_is_its_narrow_drawing_with_words_for_who_does_not_see_it(book: dict[str, bytes]) -> None:
    assert chapter(book).count("<img ") == 1 and "<svg" not in chapter(book)
    image = ET.fromstring(chapter(book)).find(f".//{XHTML}img")
    assert image is not None and image.attrib["alt"] == "It is narrow."
    drawing = book[f"EPUB/{image.attrib['src']}"].decode()
    assert 'viewBox="0 0 4 8"' in drawing and "<text" not in drawing and "var(" not in drawing
    assert "<rect" in drawing.partition("</defs>")[2], "paper behind it, for readers whose pages are dark"


def test_the_same_document_gives_the_same_bytes(project: Project) -> None:
    small = document(project, BODY)
    assert make_epub(small) == make_epub(small)


def test_the_contents_of_the_guide_are_grouped_by_section(project: Project) -> None:
    data = make_epub(document(project, "", "guide"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        nav = ET.fromstring(archive.read("EPUB/nav.xhtml"))
    section = nav.find(f".//{XHTML}nav/{XHTML}ol/{XHTML}li")
    assert section is not None
    assert [link.text for link in section.iter(f"{XHTML}a")] == ["Foundations", "Tokens"]
