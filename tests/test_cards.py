"""Cards: every text inside the safe area, nothing clipped, the same picture each time."""

from __future__ import annotations

import io
import itertools

import pytest
from PIL import Image, ImageChops

from fieldguide.book import Book, load_book
from fieldguide.outputs.cards import files
from fieldguide.outputs.cards.files import card_files, card_of
from fieldguide.outputs.cards.layout import (
    COLUMN,
    EMBLEM,
    HEIGHT,
    LEFT,
    RULE,
    TITLE,
    WIDTH,
    Card,
    CardText,
    card_svg,
    set_card,
    shorten,
)
from fieldguide.outputs.color_tokens import read_tokens
from fieldguide.outputs.outlines import width_of
from fieldguide.outputs.slides.png import picture_png
from fieldguide.records.page import card_path
from tests.conftest import Project
from tests.guide import ROOT

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
TOKENS = read_tokens(ROOT / "overrides" / "assets" / "css" / "tokens.css")["light"]
SAFE: Box = (76, 76, WIDTH - 76, HEIGHT - 70)
"""What every word stands in: well inside the neatline, so that a round corner or a crop of a few pixels takes
nothing.
"""
EMBLEM_BOX: Box = (EMBLEM[0] + 20, EMBLEM[1] + 28, EMBLEM[0] + 300, EMBLEM[1] + 292)
"""What the emblem's outlines fill."""
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


def words(card: Card) -> dict[str, str]:
    """Role → the words that are shown."""
    return {text.role: " ".join(text.lines) for text in set_card(card)}


def box_of(text: CardText) -> Box:
    return text.x, text.y - 0.76 * text.size, text.x + text.width, text.last + 0.25 * text.size


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def misplaced(card: Card) -> list[str]:
    """What is wrong with the places of a card's texts, in words."""
    boxes = {text.role: box_of(text) for text in set_card(card)}
    wrong = [
        f"{role} leaves the safe area: {box}"
        for role, box in boxes.items()
        if box[0] < SAFE[0] or box[1] < SAFE[1] or box[2] > SAFE[2] or box[3] > SAFE[3]
    ]
    places = {**boxes, "emblem": EMBLEM_BOX, "rule": (SAFE[0], RULE, SAFE[2], RULE + 1)}
    return wrong + [
        f"{one} meets {other}"
        for one, other in itertools.combinations(places, 2)
        if meet(places[one], places[other])
    ]


def png(card: Card) -> bytes:
    return picture_png(card_svg(card, TOKENS), WIDTH, HEIGHT)


def pixels(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(png(card))).convert("RGB")


@pytest.mark.whole
def test_every_text_of_every_card_stands_inside_the_safe_area_and_apart(book: Book) -> None:
    assert {
        page.src: wrong for page in book.pages.values() if (wrong := misplaced(card_of(book, page)))
    } == {}


@pytest.mark.whole
def test_no_card_loses_a_word_and_a_figure_s_qualifiers_least_of_all(book: Book) -> None:
    lost, cut = [], 0
    for page in book.pages.values():
        card = card_of(book, page)
        shown, whole = words(card), card.claims[-1]
        if shown["title"] != card.title:
            lost.append(f"{page.src}: {shown['title']}")
        if shown["claim"] not in card.claims:
            cut += 1
            start = shown["claim"].removesuffix("…")
            if page.made:
                lost.append(f"{page.src}: shorten the context, its end is lost: {shown['claim']}")
            if not whole.startswith(start) or whole[len(start)] not in " ,;:.":
                lost.append(f"{page.src}: {shown['claim']}")
    assert lost == []
    assert cut <= len(book.pages) / 50


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
@pytest.mark.parametrize(
    "claim", [CLAIM, "Short.", "word " * 80, "x" * 200], ids=["usual", "short", "endless", "unbroken"]
)
def test_no_title_and_no_claim_is_too_long_for_its_place(title: str, claim: str) -> None:
    assert misplaced(card(title, claim)) == []


@pytest.mark.parametrize("title", [*LONG.values(), "Scaling laws"], ids=[*LONG, "a usual title"])
def test_a_drawn_card_has_ink_only_where_a_text_or_the_emblem_is(title: str) -> None:
    drawn = pixels(card(title, "word " * 80))
    ink = (
        ImageChops.difference(drawn, Image.new("RGB", drawn.size, TOKENS["paper"]))
        .convert("L")
        .point(lambda value: 255 if value > 8 else 0)
    )
    column_end, emblem_start, margin = LEFT + COLUMN + 2, int(EMBLEM_BOX[0]) - 6, 32
    between = ink.crop((column_end, margin, emblem_start, RULE - 2))
    assert between.getbbox() is None, "between the words and the emblem"
    ink.paste(0, tuple(int(edge) for edge in SAFE))
    around = ink.crop((margin, margin, WIDTH - margin, HEIGHT - margin))
    assert around.getbbox() is None, "between neatline and safe area"


def test_a_short_title_is_large_and_a_long_one_smaller_on_at_most_three_lines() -> None:
    def title(words: str) -> CardText:
        return next(text for text in set_card(card(words)) if text.role == "title")

    assert title("Scaling laws").size == 108
    assert title("Remaining performance obligation").size < 108
    assert all(len(title(words).lines) <= 3 for words in LONG.values())


def test_the_answer_is_shown_unless_the_description_fits_in_larger_letters() -> None:
    short = "A scaling law predicts a larger run."
    assert words(Card("Title", ("word " * 60, short), None, "Data", "Guide", "Us"))["claim"] == short


def test_a_text_is_shortened_at_a_word_with_an_ellipsis() -> None:
    size = COLUMN / width_of("one two, three", 1, TITLE.face, TITLE.weight, TITLE.tracking) * 1.01
    assert shorten("one two, three four five", size, TITLE, 1) == ("one two…",)
    assert shorten("abcdefghijklmnop", size, TITLE, 1)[0].endswith("…")


def test_a_letter_that_no_face_has_is_named() -> None:
    with pytest.raises(ValueError, match="अ"):
        set_card(card("Title with अ"))


def test_a_card_lights_its_own_layer_and_the_front_page_all() -> None:
    model, chips = (EMBLEM[0] + 160, EMBLEM[1] + 150), (EMBLEM[0] + 61, EMBLEM[1] + 220)
    blue, ocher, off = (
        tuple(bytes.fromhex(TOKENS[name].removeprefix("#"))) for name in ("model", "infra", "off")
    )
    for layer, colors in (("model", (blue, off)), ("infrastructure", (off, ocher)), (None, (blue, ocher))):
        drawn = pixels(card(layer=layer))
        assert (drawn.getpixel(model), drawn.getpixel(chips)) == colors, layer


def test_a_card_is_a_small_png_of_1200_by_630_and_the_same_each_time() -> None:
    first = png(card())
    with Image.open(io.BytesIO(first)) as image:
        assert (image.size, image.mode, image.format) == ((1200, 630), "P", "PNG")
    assert 10_000 < len(first) < 45_000
    assert png(card()) == first


def test_every_published_page_has_a_card_of_its_own(book: Book) -> None:
    made = [path for path, _ in card_files(book)]
    assert len(made) == len(set(made)) == sum(page.meta.status != "draft" for page in book.pages.values())
    assert card_path("index.md") == "assets/cards/home.png"
    assert card_path("foundations/what-is.md") == "assets/cards/foundations-what-is.png"
    assert card_path("stack/index.md") == "assets/cards/stack.png"


def test_a_card_is_drawn_when_asked_for_and_again_only_when_its_words_change(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make() -> bytes:
        return dict(card_files(load_book(project.root)))["assets/cards/foundations-tokens.png"]()

    card_files(load_book(project.root))
    assert not (project.root / ".cache").exists()
    first = make()
    assert first.startswith(b"\x89PNG")
    monkeypatch.setattr(files, "card_svg", lambda card, _: card_svg(card, TOKENS | {"ink": "#ff0000"}))
    assert make() == first
    project.bend("docs/foundations/tokens.md", "The answer.", "Another answer.")
    assert make() != first
