"""The transformer, box by box, on vectors of the tests' own."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.figure import draw
from fieldguide.drawing.pictures.transformer_boxes import TransformerBoxesData, attention, pair
from fieldguide.drawing.shapes import Drawing
from tests.drawing.fixtures import book, picture
from tests.figures.reading import check_drawing

TOKENS = [
    {"text": "The", "key": [0.1, -0.2], "value": [0.0, 0.1]},
    {"text": "box", "key": [2.0, 0.5], "value": [0.8, -0.4]},
    {"text": "fell", "key": [0.0, 0.3], "value": [-0.3, 0.2]},
    {"text": "since", "key": [0.1, 0.1], "value": [-0.1, 0.2]},
    {"text": "it", "key": [0.2, 0.4], "value": [0.2, 0.0]},
]
DATA: dict[str, Any] = {
    "tokens": TOKENS,
    "query": [2.0, 1.0],
    "choices": [
        {"token": "broke", "score": 2.0},
        {"token": "fell", "score": 1.0},
        {"token": "sang", "score": -1.0},
    ],
    "layers": "sales.layers",
    "width": "sales.width",
    "vocabulary": "sales.vocabulary",
    "head_size": "sales.head",
    "model": "Model One",
    "panels": ["Closed", "Opened", "One layer", "Attention"],
    "attention_says": "fetches from earlier tokens",
    "feed_forward_says": "works on this token alone",
    "note": "A key has {head} numbers.",
}


@pytest.fixture
def records(tmp_path: Path) -> Book:
    return book(tmp_path, layers=96, width=12288, vocabulary=50000, head=128)


def drawing(records: Book, **more: Any) -> Drawing:
    return draw(picture(records, "transformer-boxes", DATA, **more), records)


def test_the_drawing_is_legible_in_both_widths(records: Book) -> None:
    check_drawing(drawing(records))


def test_shares_add_up_and_the_blend_is_their_weighted_sum() -> None:
    data = TransformerBoxesData.model_validate(DATA)
    scores, shares, blend = attention(data)
    assert sum(shares) == pytest.approx(1)
    assert scores[1] == pytest.approx((2 * 2.0 + 0.5) / 2**0.5) and max(shares) == shares[1]
    assert blend[0] == pytest.approx(
        sum(share * token.value[0] for share, token in zip(shares, data.tokens, strict=True))
    )


def test_the_drawing_and_the_table_carry_what_is_computed(records: Book) -> None:
    drawn, share = drawing(records), attention(TransformerBoxesData.model_validate(DATA))[1][1]
    assert drawn.table is not None
    cells = {row[1]: row[2] for row in drawn.table.rows}
    assert (
        cells["Layers of Model One"] == "{{fact:sales.layers|96}}"
        and cells["Rows in the table of tokens, Model One"] == "{{fact:sales.vocabulary|50,000}}"
    )
    assert cells["Share of “box” for “it”, illustrative"] == f"{share:.2f}"
    for svg in (drawn.wide.svg, drawn.narrow.svg):
        assert f">{share:.2f}<" in svg and "96 layers" in svg and "A key has 128 numbers." in svg


def test_four_panels_are_numbered_and_each_but_the_first_is_pointed_at(records: Book) -> None:
    drawn = drawing(records)
    for svg in (drawn.wide.svg, drawn.narrow.svg):
        assert [svg.count(f">{number}</text>") for number in (1, 2, 3, 4)] == [1, 2, 2, 2]


def test_a_share_that_is_not_the_claim_s_is_refused(records: Book) -> None:
    drawing(records, asserts=[{"order": ["@box.share", "@it.share"]}])
    with pytest.raises(ValueError, match="the records give"):
        drawing(records, asserts=[{"range": ["@box.share"], "at_most": 0.5}])


def test_pairs_have_a_real_minus() -> None:
    assert pair([2.6, -0.3]) == "2.6, −0.3"
