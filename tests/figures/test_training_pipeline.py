"""From raw text to a tested model."""

import re

import pytest

from fieldguide.drawing.pictures.training_pipeline import LEAST, fill
from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "training-pipeline"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_has_a_stage_a_row_with_checked_numbers() -> None:
    table = drawn(SLUG, published(SLUG)).table
    assert [row[0] for row in table.rows] == ["Data", "Pre-training", "Post-training", "Evaluation"]
    assert table.header[2:] == ["Compute", "Data", "People"]
    assert table.rows[1][2].startswith("{{fact:deepseek-v3-run.pre-training|2.664M}} GPU-hours")


def test_references_are_written_out() -> None:
    book = published(SLUG)
    assert fill("{deepseek-v3.tokens} tokens", book) == "14.8T tokens"
    assert fill("{deepseek-v3-run.pre-training-share}% of it", book) == "95.6% of it"
    assert fill("{gpqa-experts.experts}%", book, mark=True) == "{{fact:gpqa-experts.experts|65%}}"
    assert fill("${evaluation-bill.o1}", book) == "$2,767"
    with pytest.raises(KeyError, match=r"nobody\.field"):
        fill("{nobody.field}", book)


def test_the_bars_are_on_one_scale() -> None:
    wide = drawn(SLUG, published(SLUG)).wide
    bars = [float(width) for width in re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="11" fill="url', wide)]
    assert len(bars) == 4 and bars[1] == max(bars)
    assert bars[0] == bars[2] == LEAST  # 6,000 and 5,000 of 2.664 million would be hairlines
    assert bars[3] / bars[1] == pytest.approx(147 / 2664, abs=.002)


def test_the_annotation_is_computed() -> None:
    assert "95.6% of DeepSeek-V3’s GPU-hours were pre-training." in drawn(SLUG, published(SLUG)).wide
