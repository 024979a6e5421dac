"""Two fits of the same runs."""

import pytest

from tests.figures.reading import book_with, check_drawing, drawn, model

SLUG = "scaling-fits"


def records(chinchilla: float = 70e9):
    rows = [("gpt-3", "GPT-3 (175B)", 175e9, 300e9, 3.14e23), ("gopher", "Gopher (280B)", 280e9, 300e9, 6.31e23), ("chinchilla", "Chinchilla", chinchilla, 1.4e12, 5.76e23),
            ("palm-540b", "PaLM (540B)", 540e9, 780e9, 2.53e24), ("llama-31-405b", "Llama 3.1 405B", 405e9, 15.6e12, 3.8e25)]
    return [model(slug, name=name, parameters={"value": size}, tokens={"value": tokens}, compute={"value": compute, "kind": "disclosed"}) for slug, name, size, tokens, compute in rows]


def test_no_label_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG, *records())))


def test_the_table_places_models_and_budgets_by_both_fits() -> None:
    rows = {row[0].split(":")[0]: row for row in drawn(SLUG, book_with(SLUG, *records())).table.rows}
    assert float(rows["Gopher"][1]) > float(rows["Chinchilla"][1]) == pytest.approx(1.974, abs=0.001)
    assert rows["Best split of 10²² FLOP"][1:] == ["2.141", "2.115", "measured range"]
    assert rows["Best split of 10²⁷ FLOP"][3] == "extrapolated"
    assert rows["Floor"][1] == "{{fact:chinchilla-fits.refit-floor|1.82}}"


def test_the_annotation_says_the_ratio_of_the_records() -> None:
    assert "read 4.7 times the text" in drawn(SLUG, book_with(SLUG, *records())).wide


def test_a_counter_example_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="lower loss"):
        drawn(SLUG, book_with(SLUG, *records(chinchilla=7e9)))


def test_a_model_that_disclosed_too_little_is_left_out() -> None:
    drawing = drawn(SLUG, book_with(SLUG, *records()[:3]))
    assert "PaLM" not in drawing.wide and "Chinchilla" in drawing.wide
    check_drawing(drawing)
