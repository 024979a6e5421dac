"""Cards: every text inside the safe area, nothing clipped, the same picture each time; and the tags that name
them.
"""

from __future__ import annotations

import io
import itertools

import pytest
from PIL import Image, ImageChops

from fieldguide.book import Book, load_book
from fieldguide.outputs.cards import files as cards
from fieldguide.outputs.cards import layout as card_layout
from fieldguide.outputs.cards.files import card_files, card_of
from fieldguide.outputs.cards.layout import (
    COLUMN,
    EMBLEM_BOX,
    RULE,
    SAFE,
    Card,
    Text,
    set_card,
    shorten,
    wrapped,
)
from fieldguide.outputs.cards.letters import Box, Setting, line_width
from fieldguide.outputs.cards.painting import draw_card, draw_line
from fieldguide.outputs.tokens import read_tokens
from fieldguide.records.page import card_path
from tests.conftest import Project
from tests.guide import ROOT

TOKENS = read_tokens(ROOT / "overrides" / "assets" / "css" / "tokens.css")["light"]
PAPER = (0xFB, 0xFA, 0xF6)
TITLE = Setting("newsreader", 440, 72, "ink", tracking=-0.018)
LONG = {
    "60 characters in words": "Retrieval-augmented generation with disaggregated embeddings",
    "80 characters in words": (
        "Disaggregated serving of mixture-of-experts models over heterogeneous accelerator"
    ),
    "60 characters without a space": "Wissenschaftsunterstützungsdatenverarbeitungsgrundsatzfragen",
    "80 characters without a space": "abcdefghijklmnopqrst" * 4,
    "80 wide letters": "W" * 80,
    "many short words": "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 2,
}
CLAIM = (
    "What dated records say about revenue, margin, capital and concentration in each layer, how early"
    " predictions fared, and why the answer is open."
)


def card(title: str = "Scaling laws", claim: str = CLAIM, layer: str | None = "model") -> Card:
    return Card(
        title, (claim,), layer, "Training, model layer", "Foundation Models: A Field Guide", "StarX Capital"
    )


def words(text: Text) -> str:
    return " ".join(text.lines)


def misplaced(texts: list[Text]) -> list[str]:
    """What is wrong with the places of a card's texts, in words."""
    boxes = {text.role: text.box for text in texts}
    wrong = [f"{role} leaves the safe area: {box}" for role, box in boxes.items() if not SAFE.holds(box)]
    places = [*boxes.items(), ("emblem", EMBLEM_BOX), ("rule", Box(SAFE.left, RULE, SAFE.right, RULE + 1))]
    return wrong + [
        f"{one} meets {other}" for (one, a), (other, b) in itertools.combinations(places, 2) if a.meets(b)
    ]


def pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.whole
def test_every_text_of_every_card_stands_inside_the_safe_area_and_apart(book: Book) -> None:
    wrong = {
        page.src: found for page in book.pages.values() if (found := misplaced(set_card(card_of(book, page))))
    }
    assert wrong == {}


@pytest.mark.whole
def test_no_card_loses_a_word_and_a_figure_s_qualifiers_least_of_all(book: Book) -> None:
    lost, cut = [], 0
    for page in book.pages.values():
        shown = card_of(book, page)
        texts = {text.role: words(text) for text in set_card(shown)}
        if texts["title"] != shown.title:
            lost.append(f"{page.src}: {texts['title']}")
        if texts["claim"] not in shown.claims:
            cut += 1
            if page.made:
                lost.append(f"{page.src}: shorten the context, its end is lost: {texts['claim']}")
            whole = shown.claims[-1]
            if not (
                texts["claim"].endswith("…")
                and whole.startswith(texts["claim"][:-1])
                and whole[len(texts["claim"]) - 1] in " ,;:."
            ):
                lost.append(f"{page.src}: {texts['claim']}")
    assert lost == []
    assert cut <= len(book.pages) / 50


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
@pytest.mark.parametrize(
    "claim", [CLAIM, "Short.", "word " * 80, "x" * 200], ids=["usual", "short", "endless", "unbroken"]
)
def test_no_title_and_no_claim_is_too_long_for_its_place(title: str, claim: str) -> None:
    assert misplaced(set_card(card(title, claim))) == []


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
def test_a_drawn_card_has_ink_only_where_a_text_or_the_emblem_is(title: str) -> None:
    drawn = pixels(draw_card(card(title, "word " * 80), TOKENS))
    ink = (
        ImageChops.difference(drawn, Image.new("RGB", drawn.size, PAPER))
        .convert("L")
        .point(lambda value: 255 if value > 8 else 0)
    )
    margin = 32
    around = ink.copy()
    around.paste(0, tuple(int(edge) for edge in SAFE))
    assert (
        around.crop((margin, margin, card_layout.WIDTH - margin, card_layout.HEIGHT - margin)).getbbox()
        is None
    ), "between neatline and safe area"
    column_end, emblem_start = card_layout.LEFT + COLUMN + 2, int(EMBLEM_BOX.left) - 6
    assert ink.crop((column_end, margin, emblem_start, RULE - 2)).getbbox() is None, (
        "between the words and the emblem"
    )


def test_the_boxes_that_are_planned_hold_the_ink_that_is_drawn() -> None:
    for text in set_card(card()):
        sheet = Image.new("RGB", (card_layout.WIDTH, card_layout.HEIGHT), PAPER)
        for line, baseline in text.placed():
            draw_line(sheet, line, text.x, baseline, text.style, TOKENS)
        found = ImageChops.difference(sheet, Image.new("RGB", sheet.size, PAPER)).getbbox()
        assert found is not None
        assert Box(text.box.left - 1, text.box.top - 1, text.box.right + 1, text.box.bottom + 1).holds(
            Box(*found)
        ), text.role
        assert all(abs(a - b) <= 6 for a, b in zip(found, text.box, strict=True)), text.role


def test_a_short_title_is_large_and_a_long_one_smaller_on_at_most_three_lines() -> None:
    def title(words: str) -> Text:
        return next(text for text in set_card(card(words)) if text.role == "title")

    assert title("Scaling laws").style.size == 108
    assert title("Remaining performance obligation").style.size < 108
    assert all(len(title(words).lines) <= 3 for words in LONG.values())


def test_the_answer_is_shown_unless_the_description_fits_in_larger_letters() -> None:
    long, short = "word " * 60, "A scaling law predicts a larger run."
    texts = {
        text.role: words(text)
        for text in set_card(Card("Title", (long.strip(), short), None, "Data", "Guide", "Us"))
    }
    assert texts["claim"] == short


def test_lines_break_between_words_and_inside_one_only_when_it_is_wider_than_the_column() -> None:
    lines = wrapped("a curve fitted to small runs", TITLE, 300)
    assert " ".join(lines) == "a curve fitted to small runs"
    assert all(line_width(line, TITLE) <= 300 for line in lines)
    broken = wrapped("disaggregation", TITLE, 200)
    assert len(broken) > 1
    assert "".join(broken) == "disaggregation"


def test_a_text_is_shortened_at_a_word_with_an_ellipsis() -> None:
    assert shorten("one two, three four five", TITLE, line_width("one two, three", TITLE) - 1, 1) == (
        "one two…",
    )


def test_letters_are_kerned_and_a_letter_of_no_display_face_comes_from_the_text_face() -> None:
    assert (
        line_width("To", TITLE)
        < line_width("T", TITLE) + line_width("o", TITLE) + TITLE.tracking * TITLE.size
    )
    assert line_width("10²⁷ → α", TITLE) > 0


def test_a_letter_that_no_face_has_is_named() -> None:
    with pytest.raises(ValueError, match="“अ”"):
        set_card(card("Title with अ"))


def test_a_card_lights_its_own_layer_and_the_front_page_all() -> None:
    model, chips = (
        (card_layout.EMBLEM[0] + 160, card_layout.EMBLEM[1] + 150),
        (
            card_layout.EMBLEM[0] + 60 + 1,
            card_layout.EMBLEM[1] + 220,
        ),
    )
    colors = {
        name: tuple(int(TOKENS[name][at : at + 2], 16) for at in (1, 3, 5))
        for name in ("model", "infra", "off")
    }
    lit, other, whole = (
        pixels(draw_card(card(layer=layer), TOKENS)) for layer in ("model", "infrastructure", None)
    )
    assert (lit.getpixel(model), lit.getpixel(chips)) == (colors["model"], colors["off"])
    assert (other.getpixel(model), other.getpixel(chips)) == (colors["off"], colors["infra"])
    assert (whole.getpixel(model), whole.getpixel(chips)) == (colors["model"], colors["infra"])


def test_a_card_is_a_small_png_of_1200_by_630_and_the_same_each_time() -> None:
    first = draw_card(card(), TOKENS)
    with Image.open(io.BytesIO(first)) as image:
        assert (image.size, image.mode, image.format) == ((1200, 630), "P", "PNG")
    assert 10_000 < len(first) < 45_000
    assert draw_card(card(), TOKENS) == first


def test_every_published_page_has_a_card_of_its_own(book: Book) -> None:
    made = [path for path, _ in card_files(book)]
    assert len(made) == len(set(made)) == sum(page.meta.status != "draft" for page in book.pages.values())
    assert card_path("index.md") == "assets/cards/home.png"
    assert card_path("foundations/what-is.md") == "assets/cards/foundations-what-is.png"
    assert card_path("stack/index.md") == "assets/cards/stack.png"


def test_a_card_is_drawn_when_asked_for_and_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    files = dict(card_files(load_book(project.root)))
    assert not (project.root / ".cache").exists()
    assert files["assets/cards/glossary-token.png"]().startswith(b"\x89PNG")
    monkeypatch.setattr(cards, "draw_card", lambda *_: b"drawn again")
    assert files["assets/cards/glossary-token.png"]().startswith(b"\x89PNG")


def test_a_card_is_drawn_again_when_its_words_change(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(cards, "draw_card", lambda shown, _: seen.append(shown.title) or b"data")
    dict(card_files(load_book(project.root)))["assets/cards/foundations-tokens.png"]()
    text = (project.root / "docs" / "foundations" / "tokens.md").read_text(encoding="utf-8")
    project.write("docs/foundations/tokens.md", text.replace("The answer.", "Another answer."))
    dict(card_files(load_book(project.root)))["assets/cards/foundations-tokens.png"]()
    assert seen == ["Tokens", "Tokens"]
