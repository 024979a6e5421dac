"""The transformer, box by box."""

import pytest

from fieldguide.drawing.pictures.transformer_boxes import Data, attention, pair
from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "transformer-boxes"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_shares_add_up_and_the_blend_is_their_weighted_sum() -> None:
    data = Data.model_validate(published(SLUG).figures[SLUG].data)
    scores, shares, blend = attention(data)
    assert sum(shares) == pytest.approx(1)
    printer = [token.text for token in data.tokens].index("printer")
    assert scores[printer] == pytest.approx((2 * 2.6 + 0.5) / 2**0.5)
    assert shares[printer] == pytest.approx(0.80, abs=0.005)
    assert blend[0] == pytest.approx(sum(share * token.value[0] for share, token in zip(shares, data.tokens, strict=True)))


def test_the_drawing_and_the_table_carry_what_is_computed() -> None:
    drawing = drawn(SLUG, published(SLUG))
    cells = {row[1]: row[2] for row in drawing.table.rows}
    assert cells["Layers of Llama 3.1 405B"] == "{{fact:attention-shapes.llama-31-405b-layers|126}}"
    assert cells["Share of “printer” for “it”, illustrative"] == "0.80"
    for svg in (drawing.wide, drawing.narrow):
        assert ">0.80<" in svg and "126 layers" in svg


def test_four_panels_are_numbered_and_each_but_the_first_is_pointed_at() -> None:
    drawing = drawn(SLUG, published(SLUG))
    for svg in (drawing.wide, drawing.narrow):
        assert [svg.count(f">{number}</text>") for number in (1, 2, 3, 4)] == [1, 2, 2, 2]


def test_pairs_have_a_real_minus() -> None:
    assert pair([2.6, -0.3]) == "2.6, −0.3"
