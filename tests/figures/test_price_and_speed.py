"""List price against measured speed by host."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "price-and-speed"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_prices_and_speeds_come_from_the_records() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["Cerebras"][3] == "{{fact:gpt-oss-120b-speed.cerebras|1,706}}" and rows["Cerebras"][4] == "31 May 2026"
    assert rows["Groq"][3].startswith("about ") and rows["Groq"][4] == "2026"


def test_what_is_not_known_is_said() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["DeepInfra"][3] == "no measurement read" and rows["SambaNova"][1] == "no price in the records"
    assert rows["Together AI"][3] == "no measurement read"


def test_the_point_follows_the_records() -> None:
    book = published(SLUG)
    change(book, "gpt-oss-120b-speed.cerebras", 1366.8)
    wide = drawn(SLUG, book).wide
    assert "2.0 times the speed of Fireworks AI," in wide and "25% more per token written" in wide and "133% more per token read" in wide


def test_a_title_that_the_records_contradict_is_refused() -> None:
    book = published(SLUG)
    change(book, "gpt-oss-120b-speed.groq", 1900.0)
    with pytest.raises(ValueError, match="Groq does not"):
        drawn(SLUG, book)


def test_a_count_that_the_records_contradict_is_refused() -> None:
    book = published(SLUG)
    change(book, "gpt-oss-120b-speed.groq", [400, 500])
    with pytest.raises(ValueError, match="the records give 3"):
        drawn(SLUG, book)
