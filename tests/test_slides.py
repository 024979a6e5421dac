"""Exports of figures: slides as SVG and PNG, data as CSV."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from fieldguide.book import Book
from fieldguide.drawing.figure import draw
from fieldguide.drawing.grid import grid_of_html
from fieldguide.drawing.shapes import Drawing
from fieldguide.drawing.sheet import Sheet
from fieldguide.index import Index, Rendered
from fieldguide.outputs.color_tokens import SCHEMES, light
from fieldguide.outputs.downloads.write import write_csv
from fieldguide.outputs.outlines import flatten, flatten_parts, set_text, width_of
from fieldguide.outputs.slides import files as slides
from fieldguide.outputs.slides import svg as slide_svg
from fieldguide.outputs.slides.arrangement import SlideWords, set_title, source_line
from fieldguide.outputs.slides.png import _pixels, slide_png, thumbnail
from fieldguide.outputs.slides.svg import ABOVE, BESIDE
from fieldguide.outputs.slides.tables import lay_table
from fieldguide.page.number import mismatch
from fieldguide.page.uses import Uses
from fieldguide.records.field import FieldMatch
from fieldguide.records.figure import THUMBNAIL
from tests.guide import book_for_references, drawn

SVG = "{http://www.w3.org/2000/svg}"
SHORTENED = {"diligence-series-a", "families", "scorecard", "work-studies"}
"""Tables that say on the slide what they leave out."""


@pytest.fixture(scope="module")
def book() -> Book:
    return book_for_references()


@pytest.fixture(scope="module")
def drawings(book: Book) -> dict[str, Drawing]:
    return {slug: drawn(slug) for slug in book.figures}


@pytest.fixture(scope="module")
def made(book: Book, drawings: dict[str, Drawing]) -> dict[tuple[str, str], str]:
    """Every slide, (slug, scheme) → SVG."""
    return {
        (slug, scheme): slides.slide_of(slug, book, drawing, scheme)
        for slug, drawing in drawings.items()
        for scheme in SCHEMES
    }


@pytest.mark.whole
def test_every_slide_opens_and_stands_alone(book: Book, made: dict[tuple[str, str], str]) -> None:
    for (slug, scheme), svg in made.items():
        root = ET.fromstring(svg)
        assert (root.get("width"), root.get("height"), root.get("viewBox")) == (
            "1920",
            "1080",
            "0 0 1920 1080",
        ), slug
        figure = book.figures[slug]
        assert root.findtext(f"{SVG}title") == figure.title and root.findtext(f"{SVG}desc") == figure.alt
        assert not re.search(
            r"var\(|<(?:text|a|script|style|image|foreignObject)\b|currentColor|font-family", svg
        ), (slug, scheme)
        ids = {element.get("id") for element in root.iter() if element.get("id")}
        references = set(re.findall(r'href="([^"]+)"', svg)) | set(re.findall(r"url\(([^)]+)\)", svg))
        assert all(item.startswith("#") and item[1:] in ids for item in references), (
            f"{slug}: refers outside itself"
        )


@pytest.mark.whole
def test_light_and_dark_differ_in_color_alone(made: dict[tuple[str, str], str]) -> None:
    def shapes(svg: str) -> str:
        return re.sub(r"#[0-9A-Fa-f]{6}|stroke-opacity=\"[.\d]+\"", "", svg)

    slugs = {slug for slug, _ in made}
    assert all(
        shapes(made[slug, "light"]) == shapes(made[slug, "dark"])
        and made[slug, "light"] != made[slug, "dark"]
        for slug in slugs
    )


@pytest.mark.whole
def test_text_on_a_slide_is_large_enough_and_nothing_is_left_out_silently(
    book: Book, drawings: dict[str, Drawing]
) -> None:
    tokens = light(book)
    small, shortened = {}, set()
    for slug, figure in book.figures.items():
        words, content = slides.words_of(figure, book), slides.content_of(drawings[slug], book)
        plate = slide_svg.arrange_slide(words, content, tokens).drawing
        if plate.smallest < slide_svg.SMALLEST:
            small[slug] = plate.smallest
        if plate.left_out:
            shortened.add(slug)
    assert small == {}
    assert shortened == SHORTENED


def test_the_words_of_a_slide_name_date_sources_terms_and_address(book: Book) -> None:
    for slug in ("roofline", "training-compute"):
        words = slides.words_of(book.figures[slug], book)
        assert words.address == f"guide.example/figures/{slug}/"
        assert words.as_of.startswith("As of ") and words.sources and words.remarks


def test_the_address_has_no_scheme_and_no_port() -> None:
    assert slides.printed_address("http://127.0.0.1:8000/guide/figures/x/") == "127.0.0.1/guide/figures/x/"


def words(title: str = "A claim that is short", sources: int = 1) -> SlideWords:
    names = tuple(f"Somebody and others {2000 + at}" for at in range(sources))
    return SlideWords(
        title,
        "What is plotted.",
        "What the figure shows and what follows from it.",
        "As of 2026.",
        names,
        ("Token: a piece of text",),
        "guide.example/figures/x/",
    )


def test_the_longest_title_is_set_whole() -> None:
    title = " ".join(["magnanimous"] * 7)[:80]
    for width, measures in ((1736, ABOVE), (BESIDE.side, BESIDE)):
        box = set_title(title, width, measures)
        assert " ".join(box.lines) == title.strip()
        assert all(width_of(line, box.size, "display", 440) <= width for line in box.lines)


def test_a_title_that_does_not_fit_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="shorten it"):
        set_title("x" * 80, 400, BESIDE)


def test_sources_that_find_no_room_are_counted() -> None:
    line = source_line(words(sources=40), 900, ABOVE)
    shown = line.count("Somebody")
    assert 0 < shown < 40 and f"and {40 - shown} more, named at the address" in line


@pytest.mark.whole
def test_data_opens_as_csv_with_the_values_of_the_records(book: Book, drawings: dict[str, Drawing]) -> None:
    for slug, drawing in drawings.items():
        data = slides.data_of(drawing, book)
        assert data is not None, slug
        text = write_csv(data.csv_rows())
        header, *rows = list(csv.reader(io.StringIO(text)))
        assert rows and all(len(row) == len(header) for row in rows) and len(set(header)) == len(header), slug
        assert "{{" not in text and "<" not in text, slug
        cells = (
            drawing.html
            if drawing.html is not None
            else "\n".join(cell for row in drawing.table.rows for cell in row)
        )
        everything = " ".join(cell for row in rows for cell in row)
        for fact, shown in re.findall(r"\{\{fact:([^}|]+)\|([^}]*)\}\}", cells):
            found = book.find(fact)
            assert isinstance(found, FieldMatch) and mismatch(shown, found.field) is None, (slug, fact)
            assert shown.replace("&amp;", "&") in everything, (slug, fact, shown)


@pytest.mark.whole
def test_a_png_has_the_size_of_a_slide_and_shows_something(made: dict[tuple[str, str], str]) -> None:
    for scheme in SCHEMES:
        for make, size, colors in ((slide_png, (1920, 1080), 100), (thumbnail, THUMBNAIL, 30)):
            data = make(made["stack-map", scheme])
            _pixels.cache_clear()
            assert data == make(made["stack-map", scheme]), "the same slide gives the same bytes"
            picture = Image.open(io.BytesIO(data))
            assert (picture.size, picture.mode) == (size, "P")
            assert len(picture.convert("RGB").getcolors(256) or []) > colors


def test_a_slide_and_a_small_picture_are_drawn_alike() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="1080"><rect width="960" height="1080"'
        ' fill="#102030"/><rect x="960" width="960" height="1080" fill="#f0e0d0"/></svg>'
    )
    for data in (slide_png(svg), thumbnail(svg)):
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        assert [picture.getpixel((picture.width * part // 4, picture.height // 2)) for part in (1, 3)] == [
            (16, 32, 48),
            (240, 224, 208),
        ]


def test_exports_are_made_only_when_asked_for_and_once(
    tmp_path: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    (tmp_path / "overrides").symlink_to(book.root / "overrides")
    monkeypatch.setattr(book, "root", tmp_path)
    monkeypatch.setattr(slides, "uncolored", lambda words, _content: made.append(words.title) or "<svg/>")
    home = book.homes["roofline"].src
    index = Index(
        book, {home: Rendered("", [], Uses(), [], {"roofline": draw(book.figures["roofline"], book)})}
    )
    files = dict(slides.slide_files(index))
    assert set(files) == {
        f"figures/roofline/roofline{ending}"
        for ending in (
            "-light.svg",
            "-dark.svg",
            "-light.png",
            "-dark.png",
            "-light-small.png",
            "-dark-small.png",
            ".csv",
        )
    }
    assert made == []
    paths = list(files)
    for scheme in SCHEMES:
        assert (
            paths.index(f"figures/roofline/roofline-{scheme}-small.png")
            == paths.index(f"figures/roofline/roofline-{scheme}.png") + 1
        ), "of the same pixels"
    for scheme in ("light", "light", "dark"):
        svg = files[f"figures/roofline/roofline-{scheme}.svg"]
        assert callable(svg) and svg() == b"<svg/>"
    assert made == [book.figures["roofline"].title], "laid out once for both schemes"


# Outlines and tables


def test_a_drawing_becomes_literal_colors_and_outlines() -> None:
    sheet = Sheet(200, 40)
    sheet.band(0, 0, 40, 40, "application")
    with sheet.link("/stack/index.md"):
        sheet.text(50, 20, "AV 10²⁷", size=14, halo=True)
    tokens = {"ink": "#111111", "paper": "#FFFFFF", "app": "#AA0000", "edge": ".2"}
    shapes = sheet.drawn("x", "Title", "Text")
    assert (shapes.width, shapes.height) == (200, 40)
    content = flatten(shapes, tokens)
    assert "<text" not in content and "<a" not in content and "Title" not in content and "var(" not in content
    assert content.count('fill="#111111"') == 1 and content.count('stroke="#FFFFFF"') == 1, (
        "the letters, and their halo below them"
    )
    with pytest.raises(KeyError):
        flatten(shapes, {"ink": "#111111"})


def test_letters_are_kerned_and_taken_from_the_other_face_where_one_lacks_them() -> None:
    assert width_of("AV", 100) < width_of("A", 100) + width_of("V", 100)
    assert set_text("10²⁷", "display", 440).glyphs[2][1].id.startswith("t"), (
        "superscripts come from the text face"
    )
    with pytest.raises(ValueError, match=r"U\+4E2D"):
        set_text("中")


def test_a_drawing_is_cut_only_where_nothing_crosses() -> None:
    sheet = Sheet(200, 100)
    sheet.rect(0, 0, 10, 20)
    sheet.rect(0, 40, 10, 20)
    sheet.text(20, 55, "beside", size=14)
    sheet.line(100, 70, 100, 90)
    parts = flatten_parts(sheet.drawn("x", "T", "D"), {"ink": "#111111"}, 9)
    assert [(part.top, part.bottom) for part in parts] == [(0, 20), (40, 60), (69.5, 90.5)]
    assert "<use" in parts[1].content and "<use" not in parts[0].content


TABLE = (
    '<div class="fg-table"><table><thead><tr><th>Case<span'
    ' class="fg-sub">year</span></th><th>Says</th></tr></thead><tbody><tr><th scope="row">One<span'
    ' class="fg-sub">2025</span></th><td><strong>Yes.</strong> At {{fact:a.b|52%}} &amp; more.'
    " {{cite:hoffmann2022}} {{cite:kaplan2020}}</td></tr></tbody></table></div>"
)


def test_a_table_keeps_words_notes_and_sources_apart(book: Book) -> None:
    grid = grid_of_html(TABLE, book)
    assert grid.csv_rows() == [
        {
            "Case; year": "One; 2025",
            "Says": "Yes. At 52% & more.",
            "Sources": "Hoffmann et al. 2022; Kaplan et al. 2020",
        }
    ]


def test_numbers_of_a_table_stand_at_the_right(book: Book) -> None:
    rows = "".join(
        f'<tr><th scope="row">One</th><td class="fg-num">{number}</td></tr>' for number in ("7", "1,706")
    )
    html = (
        "<table><thead><tr><th>Case</th><th"
        f' class="fg-num">Count</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    tokens = light(book)

    def ends(html: str) -> list[float]:
        laid = lay_table(grid_of_html(html, book), 500, 400, tokens, "")
        starts = [float(x) for x in re.findall(r"translate\(([\d.]+) ", laid.content)][1::2]
        return [
            start + width_of(words, laid.smallest)
            for start, words in zip(starts, ("Count", "7", "1,706"), strict=True)
        ]

    right, left = ends(html), ends(html.replace(' class="fg-num"', ""))
    assert max(right[1:]) - min(right[1:]) < 0.1
    assert max(left[1:]) - min(left[1:]) > 10


def test_a_table_leaves_out_sources_then_notes_then_rows_and_says_so(book: Book) -> None:
    grid = grid_of_html(
        TABLE.replace(
            "</tr></tbody>",
            "</tr>" + TABLE[TABLE.index("<tr><th scope") : TABLE.index("</tbody>")] * 5 + "</tbody>",
        ),
        book,
    )
    tokens = light(book)
    found = [
        lay_table(grid, 500, height, tokens, "guide.example/x/").left_out for height in (900, 400, 300, 200)
    ]
    assert found[0] == 0 and found == sorted(found) and found[-1] > 2
    with pytest.raises(ValueError, match="columns do not fit"):
        lay_table(grid, 40, 900, tokens, "guide.example/x/")


def test_a_drawing_with_room_is_not_blown_up_beyond_the_lines_of_the_slide(book: Book) -> None:
    sheet = Sheet(100, 50)
    sheet.text(0, 20, "small", size=14)
    shapes = sheet.drawn("x", "T", "D")
    arrangement = slide_svg.arrange_slide(words(), Drawing(shapes, shapes), light(book))
    assert arrangement.drawing.width == pytest.approx(100 * slide_svg.LARGEST)
