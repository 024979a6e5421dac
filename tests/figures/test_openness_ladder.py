"""The openness ladder."""

from itertools import pairwise

from tests.figures.reading import book_with, check_drawing, drawn, model

SLUG = "openness-ladder"


def records():
    return [
        model("gpt-62-astra", name="GPT-6.2 Astra"),
        model("llama-31-405b", name="Llama 3.1 405B", access="open weights"),
        model("deepseek-r1", name="DeepSeek-R1 (671B)", access="open weights"),
        model("olmo-3-32b", name="Olmo 3 32B", access="API"),
        model("apertus-70b", name="Apertus 70B", access="open source"),
    ]


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG, *records())))


def test_examples_come_from_the_records_and_must_agree_with_the_rung() -> None:
    examples = [row[-1] for row in drawn(SLUG, book_with(SLUG, *records())).table.rows]
    assert examples == ["GPT-6.2 Astra", "Llama 3.1 405B", "DeepSeek-R1", "Apertus 70B"]


def test_each_rung_hands_over_everything_of_the_one_below() -> None:
    rungs = book_with(SLUG).figures[SLUG].data["rungs"]
    for lower, upper in pairwise(rungs):
        assert upper["gives"][: len(lower["gives"])] == lower["gives"] and len(upper["gives"]) > len(lower["gives"])


def test_a_missing_example_is_left_out() -> None:
    assert all(row[-1] == "" for row in drawn(SLUG, book_with(SLUG)).table.rows)
