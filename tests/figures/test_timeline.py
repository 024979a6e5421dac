"""The timeline."""

import pytest

from fieldguide.drawing.pictures.timeline import continued
from fieldguide.text.dates import fractional_year
from tests.figures.reading import book_with, check_drawing, drawn, model, texts

SLUG = "timeline"


def records():
    return [
        model("bert-large", name="BERT-Large", access="open weights", released={"value": "2018-10-11"}, milestone="Pre-trained once on text, then fine-tuned for each task"),
        model("gpt-3", name="GPT-3 (175B)", milestone="Does a new task from a few examples in its prompt"),
        model("gpt-4", name="GPT-4", released={"value": "2023-03-14"}, milestone="Its report withholds size, data and compute, and says so in its second section"),
        model("whisper", name="Whisper", domain="speech", access="open weights", released={"value": "2022-09"}, milestone="Transcribes speech"),
        model("o1", name="o1", released={"value": "2024-12-05"}, milestone="Trained to reason at length"),
        model("quiet", name="Quiet 1"),
    ] + [model(f"crowd-{at}", name=f"Crowd {at}", released={"value": f"2026-11-{at + 1:02}"}, milestone="One of many releases in the same month") for at in range(8)]


def test_no_label_overlaps_even_when_releases_crowd() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG, *records())))


def test_only_models_with_a_milestone_are_drawn_in_order_of_date() -> None:
    rows = drawn(SLUG, book_with(SLUG, *records())).table.rows
    names = [row[1] for row in rows]
    assert "Quiet 1" not in names and "GPT-3" in names
    assert names.index("BERT-Large") < names.index("GPT-3") < names.index("ChatGPT") < names.index("GPT-4")


def test_dates_link_to_the_records_they_come_from() -> None:
    rows = {row[1]: row for row in drawn(SLUG, book_with(SLUG, *records())).table.rows}
    assert rows["GPT-3"][0] == "{{fact:gpt-3.released|28 May 2020}}"
    assert rows["Transformer"][0] == "{{fact:transformer-paper.published|12 Jun 2017}}"


def test_lanes_follow_from_access_and_domain() -> None:
    book = book_with(SLUG, *records())
    lanes = book.figures[SLUG].data["lanes"]
    rows = {row[1]: row[3] for row in drawn(SLUG, book).table.rows}
    assert (rows["BERT-Large"], rows["GPT-4"], rows["Whisper"]) == (lanes["released"], lanes["hosted"], lanes["beyond"])


@pytest.mark.parametrize(("iso", "year"), [("2020", 2020.5), ("2022-09", 2022 + 8.5 / 12), ("2021-01-01", 2021.0), ("2024-12-31", 2024 + 365 / 366)])
def test_dates_of_any_precision_have_a_place(iso: str, year: float) -> None:
    assert fractional_year(iso) == pytest.approx(year)


@pytest.mark.parametrize(("text", "shown"), [
    ("Does a new task", "does a new task"), ("Gopher’s compute, better used", "Gopher’s compute, better used"), ("Gophers everywhere", "gophers everywhere"),
])
def test_a_milestone_goes_on_in_small_letters_unless_a_name_starts_it(text: str, shown: str) -> None:
    assert continued(text, {"Gopher", "A lab"}) == shown


def test_a_preview_stands_beside_the_release() -> None:
    drawing = drawn(SLUG, book_with(SLUG, *records()))
    row = next(row for row in drawing.table.rows if row[1] == "o1")
    assert row[0] == "{{fact:o1.released|5 Dec 2024}}"
    assert row[2] == "trained to reason at length (preview {{fact:o1-announcement.announced|12 Sep 2024}})"
    assert "(preview 12 Sep) trained to reason at length" in drawing.wide


def test_labels_stand_left_of_their_marks_where_they_fit() -> None:
    wide = drawn(SLUG, book_with(SLUG, *records())).wide
    places = {content: box for content, _, box in texts(wide)}
    for name, year in (("Transformer", 2017.45), ("GPT-4", 2023.2), ("o1", 2024.93)):
        assert places[name][2] < 2 + 756 * (year - 2012) / 15
