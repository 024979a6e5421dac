"""Milestones of models."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.figure import check_figure, draw
from fieldguide.drawing.hooks.models import Milestones, continued
from tests.drawing.fixtures import book, figure
from tests.figures.reading import check_drawing, model

TRACKS: dict[str, Any] = {
    "x": {"low": 2018, "high": 2025, "ticks": [2018, 2025]},
    "order": "date",
    "label": "{early|}{text}",
    "tracks": [
        {"id": name, "name": f"Models {name}", "layer": "model", "mark": mark}
        for name, mark in (("hosted", "frame"), ("released", "bar"), ("beyond", "split"))
    ],
    "table": {
        "caption": "Milestones",
        "columns": {"Date": "{date}", "What": "{name}", "Why": "{text}{preview|}", "Lane": "{track}"},
    },
}
INPUTS = {"previews": {"thinker": "sales.preview"}}


def models(tmp_path: Path) -> Book:
    made = book(tmp_path, preview={"value": "2024-09-12", "unit": "date"})
    made.models = {
        record.slug: record
        for record in (
            model(
                "encoder",
                name="Encoder-Large",
                access="open weights",
                released={"value": "2018-10-11"},
                milestone="Pre-trained once on text",
            ),
            model(
                "thinker",
                name="Thinker (175B)",
                released={"value": "2024-12-05"},
                milestone="Trained to reason at length",
            ),
            model(
                "listener",
                name="Listener",
                domain="speech",
                access="open weights",
                released={"value": "2022-09"},
                milestone="Thinker’s ears: transcribes speech",
            ),
            model("quiet", name="Quiet 1"),
        )
    }
    made.models = {slug: record.inherit() for slug, record in made.models.items()}
    made.quantities |= made.models
    return made


def test_models_with_a_milestone_are_events_by_access_and_domain(tmp_path: Path) -> None:
    made = models(tmp_path)
    record = figure(made, "tracks", TRACKS, hook="milestones", inputs=INPUTS)
    assert check_figure(record, made) == []
    drawing = draw(record, made)
    check_drawing(drawing)
    assert drawing.table is not None
    assert drawing.table.rows == [
        [
            "{{fact:encoder.released|11 Oct 2018}}",
            "Encoder-Large",
            "pre-trained once on text",
            "Models released",
        ],
        [
            "{{fact:listener.released|Sep 2022}}",
            "Listener",
            "Thinker’s ears: transcribes speech",
            "Models beyond",
        ],
        [
            "{{fact:thinker.released|5 Dec 2024}}",
            "Thinker",
            "trained to reason at length (preview {{fact:sales.preview|12 Sep 2024}})",
            "Models hosted",
        ],
    ]


def test_a_preview_stands_before_what_is_said(tmp_path: Path) -> None:
    made = models(tmp_path)
    drawing = draw(figure(made, "tracks", TRACKS, hook="milestones", inputs=INPUTS), made)
    assert (
        ">(preview 12 Sep) trained to reason at length<" in drawing.wide.svg
        and ">(preview 12 Sep) trained to reason at length<" in drawing.narrow.svg
    )


@pytest.mark.parametrize(
    ("previews", "said"),
    [
        ({"thinkr": "sales.preview"}, "there is no model `thinkr`"),
        ({"thinker": "sales.previw"}, "sales.previw"),
    ],
)
def test_a_preview_of_no_model_or_on_no_day_is_a_problem(
    tmp_path: Path, previews: dict[str, str], said: str
) -> None:
    made = models(tmp_path)
    (problem,) = check_figure(
        figure(made, "tracks", TRACKS, hook="milestones", inputs={"previews": previews}), made
    )
    assert said in str(problem) and "the hook `milestones`" in str(problem)


def test_many_milestones_of_one_month_do_not_overlap(tmp_path: Path) -> None:
    made = models(tmp_path)
    crowd = {
        f"crowd-{at}": model(
            f"crowd-{at}",
            name=f"Crowd {at}",
            released={"value": f"2023-11-{at + 1:02}"},
            milestone="One of many releases in a month",
        )
        for at in range(9)
    }
    made.models |= crowd
    made.quantities |= crowd
    check_drawing(draw(figure(made, "tracks", TRACKS, hook="milestones", inputs=INPUTS), made))
    assert len(Milestones().compute(made)["events"]["hosted"]) == 10


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Does a new task", "does a new task"),
        ("Gopher’s compute, better used", "Gopher’s compute, better used"),
        ("Gophers everywhere", "gophers everywhere"),
    ],
)
def test_a_milestone_goes_on_in_small_letters_unless_a_name_starts_it(text: str, shown: str) -> None:
    assert continued(text, {"Gopher", "A lab"}) == shown
