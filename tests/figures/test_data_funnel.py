"""From crawl to training set."""

import re

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "data-funnel"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_bars_are_on_one_linear_scale() -> None:
    wide = drawn(SLUG, published(SLUG)).wide
    bars = [float(width) for width in re.findall(r'<rect x="268" y="[\d.]+" width="([\d.]+)" height="24" fill="var\(--fg-ink-2\)"', wide)]
    assert len(bars) == 4
    assert [round(bar / bars[0], 2) for bar in bars] == [1, round(20 / 36, 2), round(15 / 36, 2), round(1.3 / 36, 2)]


def test_the_table_names_the_facts() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert rows[2][2] == "{{fact:fineweb.first-filters|36 trillion}} tokens left"
    assert rows[-1] == ["Mix: another data set, Llama 3’s", "multilingual", "{{fact:llama-3-mixture.multilingual|8%}}"]


def test_a_step_that_leaves_more_than_the_one_before_is_refused() -> None:
    book = published(SLUG)
    change(book, "fineweb.kept", 30e12)
    with pytest.raises(ValueError, match="leaves more"):
        drawn(SLUG, book)


def test_a_mixture_that_is_not_whole_is_refused() -> None:
    book = published(SLUG)
    change(book, "llama-3-mixture.code", 30)
    with pytest.raises(ValueError, match="adds up"):
        drawn(SLUG, book)
