"""One model in the memory of different chips."""

import pytest

from fieldguide.drawing.pictures.sram_and_hbm import left_text, memory_text
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "sram-and-hbm"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_counts_are_whole_chips_of_the_records() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["H100 SXM"][1:] == ["{{fact:h100-sxm.memory|80 GB}}", "HBM3", "{{fact:h100-sxm.bandwidth|3.35}}", "1 chip"]
    assert [row[-1] for row in rows.values()] == ["1 chip", "2 wafers", "140 chips", "305 chips"]


def test_every_chip_is_drawn() -> None:
    wide = drawn(SLUG, published(SLUG)).wide
    assert wide.count('fill="var(--fg-infra)"') == 1 + 2 + 140 + 305


def test_another_count_than_the_titles_is_refused() -> None:
    book = published(SLUG)
    change(book, "groq-lpu-1.memory", 0.25)
    with pytest.raises(ValueError, match="the title says 305"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(0.23, "230 MB"), (80, "80 GB")])
def test_small_memories_are_written_in_megabytes(value: float, text: str) -> None:
    assert memory_text(value) == text


def test_what_is_left_over_is_said() -> None:
    assert left_text(10) == "10 GB left for caches"
    assert left_text(0.15) == "next to nothing left"
