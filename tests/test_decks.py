"""Decks: ten slides each, native text, the figure as a picture, checked words, the same bytes twice."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from fieldguide.book import Book
from fieldguide.commands.pdf_deck import compose_deck
from fieldguide.drawing.figure import draw
from fieldguide.drawing.shapes import Drawing
from fieldguide.outputs.color_tokens import light
from fieldguide.outputs.decks.files import pages_of
from fieldguide.outputs.decks.layout import ABOVE, LEAST, WIDER, DeckSlide
from fieldguide.outputs.decks.pptx import repack
from fieldguide.outputs.decks.slide_text import loose, notes, numbers, spoken
from fieldguide.outputs.outlines import balanced, width_of
from fieldguide.outputs.slides.arrangement import WIDTH, TextBox, set_title
from fieldguide.records.deck import LENGTH, Deck, Slide
from fieldguide.records.site import load_mkdocs_yml
from tests.conftest import MKDOCS, MODEL, Project
from tests.guide import ROOT, guide_book
from tests.test_library import FIGURE, READING

DECKS = ("founder", "investor", "newcomer")
SHORTENED = {"limits-and-remedies", "scorecard", "thesis-and-objection"}
"""Tables that say on the slide what they leave out."""


def drawings_of(book: Book, deck: Deck) -> dict[str, Drawing]:
    return {slide.figure: draw(book.figures[slide.figure], book) for slide in deck.slides}


@pytest.fixture(scope="module")
def pages() -> dict[str, list[DeckSlide]]:
    """Every deck, laid out."""
    book = guide_book()
    return {slug: pages_of(book, deck, drawings_of(book, deck)) for slug, deck in book.decks.items()}


# ---- what the guide offers


def test_there_are_three_decks_of_ten_slides_and_their_pdfs_are_linked(book: Book) -> None:
    assert sorted(book.decks) == sorted(DECKS)
    assert [len(deck.slides) for deck in book.decks.values()] == [LENGTH] * 3
    assert sorted(load_mkdocs_yml(ROOT)[0]["extra"]["pdf_decks"]) == sorted(DECKS)


def test_a_slide_that_speaks_of_starx_s_view_is_marked_as_opinion(book: Book) -> None:
    for deck in book.decks.values():
        for slide in deck.slides:
            cites = "@starx]" in slide.say or any(
                key.startswith("starx") for key in book.figures[slide.figure].sources
            )
            assert slide.opinion == cites, (deck.slug, slide.figure)


def test_each_source_behind_a_number_is_named_in_the_words_or_in_the_notes(book: Book) -> None:
    for deck in book.decks.values():
        for slide in deck.slides:
            said = "\n".join(notes(book, slide))
            for reference in re.findall(r"\(fact:([^)]+)\)", slide.say):
                for key in book.find(reference).field.sources:
                    assert book.sources[key].name in said, (deck.slug, reference)


@pytest.mark.whole
def test_a_slide_keeps_within_the_frame_and_its_parts_apart(pages: dict[str, list[DeckSlide]]) -> None:
    for slug, slides in pages.items():
        for at, page in enumerate(slides, 1):
            sheet, where = page.layout, (slug, at)
            boxes = [
                (text.x, text.y, text.width, text.height)
                for text in (
                    sheet.title,
                    sheet.context,
                    sheet.source,
                    sheet.remarks,
                    sheet.publisher,
                    sheet.address,
                )
            ]
            left, top, width, height = page.picture
            for x, y, across, down in [*boxes, (left + 6, top + 6, width - 12, height - 12)]:
                assert (
                    x >= ABOVE.left - 1
                    and x + across <= WIDTH - ABOVE.left + 1
                    and y >= 49.5
                    and y + down <= ABOVE.bottom + 8
                ), where
            for one, (x, y, across, down) in enumerate(boxes):
                for x2, y2, across2, down2 in [
                    *boxes[one + 1 :],
                    (left + 6, top + 6, width - 12, height - 12),
                ]:
                    assert (
                        x + across <= x2 + 0.5
                        or x2 + across2 <= x + 0.5
                        or y + down <= y2 + 0.5
                        or y2 + down2 <= y + 0.5
                    ), where


@pytest.mark.whole
def test_no_text_is_under_12_points_and_sources_take_two_lines_at_most(
    pages: dict[str, list[DeckSlide]],
) -> None:
    for slides in pages.values():
        for page in slides:
            texts = [text for text in vars(page.layout).values() if isinstance(text, TextBox)]
            assert (
                len(texts) == 6 and min(text.size for text in texts) >= LEAST and LEAST / 144 * 72 == 12
            )  # 144 px to an inch
            assert len(page.layout.source.lines) <= 2
            assert "ource" in page.layout.source.words or page.layout.source.words.endswith(" more."), (
                page.layout.source.words
            )


@pytest.mark.whole
def test_text_in_a_picture_is_large_enough_and_nothing_is_left_out_silently(
    pages: dict[str, list[DeckSlide]], book: Book
) -> None:
    laid = [
        (book.decks[slug].slides[at].figure, page.layout)
        for slug, slides in pages.items()
        for at, page in enumerate(slides)
    ]
    assert {figure: sheet.drawing.smallest for figure, sheet in laid if sheet.drawing.smallest < LEAST} == {}
    assert {figure for figure, sheet in laid if sheet.drawing.left_out} == SHORTENED


@pytest.mark.whole
def test_a_title_fits_in_the_widest_face_and_no_word_stands_alone(pages: dict[str, list[DeckSlide]]) -> None:
    for slides in pages.values():
        for page in slides:
            title = page.layout.title
            count = len(ABOVE.lines(title.words, title.width, title.size, "display"))
            assert count * title.size * 1.2 <= title.height + 0.5
            assert (
                width_of(title.words, title.size, "display", 440) * WIDER["display"]
                >= (count - 1) * 0.7 * title.width
            )


def test_a_title_is_refused_that_fits_no_slide() -> None:
    with pytest.raises(ValueError, match="does not fit a slide"):
        set_title("W" * 80, 1736, ABOVE)
    assert balanced("A short one", 1736, 56, "display", 440) == 1736


# ---- the file


def test_packing_again_drops_the_day_and_the_order() -> None:
    def packed(names: list[str], year: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as parts:
            for name in names:
                parts.writestr(zipfile.ZipInfo(name, (year, 5, 6, 7, 8, 9)), name)
        return out.getvalue()

    one, other = (
        packed(["b.xml", "[Content_Types].xml", "a.png"], 2024),
        packed(["a.png", "b.xml", "[Content_Types].xml"], 2025),
    )
    assert repack(one) == repack(other)
    with zipfile.ZipFile(io.BytesIO(repack(one))) as parts:
        assert parts.namelist() == ["[Content_Types].xml", "a.png", "b.xml"]


# ---- as a PDF


@pytest.mark.whole
def test_the_document_for_the_printer_has_a_page_a_slide_and_the_words_to_say(
    pages: dict[str, list[DeckSlide]], book: Book
) -> None:
    html = compose_deck(book.decks["investor"], pages["investor"], light(book), book.name)
    assert html.count('<section class="slide">') == LENGTH and html.count("<li><h2>") == LENGTH
    assert re.findall(r'<h1 class="title"[^>]*>([^<]*)<', html) == [
        page.layout.title.words for page in pages["investor"]
    ]
    assert html.count('class="picture"') == html.count('role="img" aria-label="') == LENGTH
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) | set(re.findall(r"url\(#([^)]+)\)", html)) <= set(ids)


# ---- words


def test_words_are_said_without_links_and_sources_by_name(project: Project) -> None:
    book = project.index().book
    say = "It read [1.4T](fact:reading.tokens) tokens [@hoffmann2022, p. 2], and that was right [@starx]."
    name = book.sources["hoffmann2022"].name
    assert spoken(book, say) == f"It read 1.4T tokens ({name}), and that was right (StarX’s view)."
    slide = Slide(figure="one-family", say=say + " " * 80)
    assert [(number.written, number.as_of) for number in numbers(book, slide)] == [("1.4T", "29 Mar 2022")]
    assert numbers(book, slide)[0].address.endswith("/go/reading.tokens/")


def test_days_years_and_names_are_no_loose_numbers(project: Project) -> None:
    project.write(
        "data/models/model-7.yml",
        MODEL.replace("name: Chinchilla", "name: Model 7.5").replace("chinchilla.", "model-7."),
    )
    book = project.index().book
    assert (
        loose(
            book,
            "On 4 Dec 2024 and in 2025 Model 7.5 read [1.4T](fact:reading.tokens) tokens [@hoffmann2022,"
            " p. 7].",
        )
        == []
    )
    assert loose(book, "It took 40% and $3 million.") == ["40%", "$3 million"]


# ---- bad records


@pytest.fixture
def bend(project: Project) -> Callable[..., list[str]]:
    """A project with one deck of ten figures; what `check` says once its third slide, or the whole text, is
    bent.
    """
    project.write(
        "mkdocs.yml",
        MKDOCS.replace("OVERRIDES", str(ROOT / "overrides"))
        .replace("  - About:", "  - Figures: [figures/index.md]\n  - About:")
        .replace("/glossary/*", "/glossary/*\n  /figures/*"),
    )
    project.write("data/models/chinchilla.yml", MODEL)
    shown = ""
    for at in range(LENGTH):
        project.write(
            f"data/figures/figure-{'abcdefghij'[at]}.yml",
            FIGURE.replace("A family is", f"Family {'abcdefghij'[at]} is"),
        )
        shown += (
            READING.replace("one-family", f"figure-{'abcdefghij'[at]}")
            .split("## Why")[0]
            .replace("[the page says](#why)", "the page says")
        )
    project.page("It read [1.4T](fact:reading.tokens) tokens.\n\n" + shown)
    project.write(
        "docs/figures/index.md",
        "---\ntitle: Figures\ndescription: Every figure of the tests, long enough a sentence to pass the"
        " schema.\ntype: reference\nreviewed: 2026-11-24\n---\n\n# Figures\n\nAll.\n\n/// figure |"
        " figure-index\nEach.\n///\n",
    )

    def problems(third: str = "", change: Callable[[str], str] = lambda text: text) -> list[str]:
        say = "What is to be said here is long enough to pass, and it names no number and no source at all."
        slides = [f"  - figure: figure-{letter}\n    say: {say}\n" for letter in "abcdefghij"]
        if third:
            slides[2] = third
        head = (
            f"title: A deck\naudience: For who reads the tests of decks\nargument: {say}\nreviewed:"
            " 2026-11-28\nslides:\n"
        )
        project.write("data/decks/tried.yml", change(head + "".join(slides)))
        return [problem for problem in project.problems() if "decks/" in problem]

    return problems


SAY = "What is to be said here is long enough to pass, as it has to be, and then it says that {}."


def test_a_sound_deck_has_no_problem(bend: Callable[..., list[str]]) -> None:
    assert bend() == []
    assert (
        bend(
            "  - figure: figure-c\n    claim: reading.tokens\n    say: "
            + SAY.format("it read [1.4T](fact:reading.tokens) tokens [@hoffmann2022]")
            + "\n"
        )
        == []
    )


@pytest.mark.parametrize(
    ("third", "message"),
    [
        (
            "  - figure: figure-z\n    say: " + SAY.format("so"),
            "data/decks/tried.yml:10: unknown figure `figure-z` — did you mean",
        ),
        (
            "  - figure: figure-a\n    say: " + SAY.format("so"),
            "data/decks/tried.yml:10: the figure `figure-a` is slide 1 already",
        ),
        (
            "  - figure: figure-c\n    say: " + SAY.format("it read [1.5T](fact:reading.tokens) tokens"),
            "data/decks/tried.yml:11: `reading.tokens`: the record says 1.4T",
        ),
        (
            "  - figure: figure-c\n    say: " + SAY.format("it read [1.4T](fact:reading.toks) tokens"),
            "data/decks/tried.yml:11: `reading` has no field `toks`",
        ),
        (
            "  - figure: figure-c\n    say: " + SAY.format("it has [70B](fact:reading.size) parameters"),
            "data/decks/tried.yml:11: no page cites `reading.size`",
        ),
        (
            "  - figure: figure-c\n    claim: reading.size\n    say: " + SAY.format("so"),
            "data/decks/tried.yml:11: no page cites `reading.size`",
        ),
        (
            "  - figure: figure-c\n    say: " + SAY.format("it took 40% of all"),
            "data/decks/tried.yml:11: `40%` has no record",
        ),
        (
            "  - figure: figure-c\n    title: A third of 90 slides\n    say: " + SAY.format("so"),
            "data/decks/tried.yml:11: `90` has no record",
        ),
        (
            "  - figure: figure-c\n    title: " + "W" * 78 + "\n    say: " + SAY.format("so"),
            "does not fit a slide",
        ),
        (
            "  - figure: figure-c\n    say: " + SAY.format("so [@hofmann2022]"),
            "data/decks/tried.yml:11: unknown citation `hofmann2022` — did you mean",
        ),
        ("  - figure: figure-c\n    says: " + SAY.format("so"), "unknown key `says` — did you mean `say`?"),
        ("  - figure: figure-c\n    say: too short", "at least 80 characters"),
    ],
)
def test_a_bad_slide_is_named_with_its_line_and_its_cure(
    bend: Callable[..., list[str]], third: str, message: str
) -> None:
    found = bend(third + "\n")
    assert any(message in problem for problem in found), found


def test_nine_slides_are_no_deck(bend: Callable[..., list[str]]) -> None:
    found = bend(change=lambda text: text[: text.index("  - figure: figure-j")])
    assert any("at least 10 items" in problem for problem in found), found
