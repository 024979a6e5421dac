"""Training compute by release date."""

import pytest

from fieldguide.drawing.pictures.training_compute import rounded, scientific
from tests.figures.reading import book_with, check_drawing, drawn, model

SLUG = "training-compute"


def records(newest: float = 1e27):
    def estimate(value: float) -> dict[str, object]:
        return {"value": value, "kind": "estimate"}

    crowd = [model(f"crowd-{at}", name=f"Crowd {at}", released={"value": f"2024-0{at + 1}-15"}, compute=estimate(1e25 * (1 + at / 9))) for at in range(8)]
    return [
        model("transformer-big", name="Transformer (big)", released={"value": "2017-06-12"}, compute=estimate(7.4e18)),
        model("gpt-3", name="GPT-3", compute={"value": 3.14e23, "kind": "disclosed"}),
        model("gpt-4", name="GPT-4", released={"value": "2023-03-14"}, compute=estimate(2.1e25) | {"low": 8.2e24, "high": 4.4e25}),
        model("llama-31-405b", name="Llama 3.1 405B", released={"value": "2024-07-23"}, compute={"value": 3.8e25, "kind": "disclosed"}),
        model("kimi-k3", name="Kimi K3", released={"value": "2026-07-16"}, compute={"value": 2e25, "kind": "derived"}),
        model("gpt-6-astra", name="GPT-6 Astra", released={"value": "2026-09-03"}, compute=estimate(newest)),
        model("silent", name="Silent", compute={"status": "not-disclosed"}),
        *crowd,
    ]


def test_no_label_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG, *records())))


def test_the_table_has_every_model_with_a_value_and_its_basis() -> None:
    rows = {row[1]: row for row in drawn(SLUG, book_with(SLUG, *records())).table.rows}
    assert "Silent" not in rows and len(rows) == len(records()) - 1
    assert rows["GPT-3"][3:] == ["{{fact:gpt-3.compute|3.14×10²³}}", "disclosed by the maker"]
    assert rows["Kimi K3"][4].startswith("derived")


def test_the_annotation_is_computed_from_the_two_records() -> None:
    wide = drawn(SLUG, book_with(SLUG, *records())).wide
    assert "140 million times apart" in wide and "third-party estimates." in wide


def test_a_title_that_claims_more_than_the_records_is_refused() -> None:
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book_with(SLUG, *records(newest=1e26)))


def test_without_the_two_models_the_chart_stands_without_annotation() -> None:
    drawing = drawn(SLUG, book_with(SLUG, *records()[1:5]))
    assert "million times" not in drawing.wide
    check_drawing(drawing)


@pytest.mark.parametrize(("value", "text"), [(3.14e23, "3.14×10²³"), (1e27, "10²⁷"), (7.4e18, "7.4×10¹⁸")])
def test_values_are_written_with_powers_of_ten(value: float, text: str) -> None:
    assert scientific(value) == text


@pytest.mark.parametrize(("ratio", "text"), [(135_135_135, "140 million"), (1.04e8, "100 million"), (2500, "2.5 thousand"), (42, "42")])
def test_ratios_are_said_with_two_digits(ratio: float, text: str) -> None:
    assert rounded(ratio) == text
