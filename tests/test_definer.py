"""The definition machine as the build reads it: its files, what is wrong with them, its tables in the page
and its files in the site.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from fieldguide.outputs.files import output_file
from fieldguide.records.definer import FOLDER, LOOKED_AT, MODEL, TRAININGS, rounding, stored
from tests.conftest import Project, page
from tests.guide import ROOT, guide_book

SHEET = {
    "shape": {"vocabulary": 300, "width": 8, "layers": 1, "heads": 2, "parameters": 3168},
    "places": 16,
    "bytes": 5,
    "quantization": {"largest_logit_difference": 0.1, "held_out_loss": 2.5, "held_out_loss_rounded": 2.51},
}
PROMPT = {
    "prompt": "ox (n):",
    "steps": [{"id": 97, "text": " a & <b>", "bars": [[97, " a & <b>", 0.75], [256, "", 0.25]]}],
    "text": " a & <b>",
}
INSIDE = {
    "prompt": "ox (n):",
    "ids": [256, 97],
    "tokens": ["", "ox (n):"],
    "shape": {"vocabulary": 300, "width": 2, "layers": 1, "heads": 1},
    "place": 1,
    "layer": 0,
    "head": 0,
    **{name: [1, -0.5] for name in ("first", "before", "query", "mixed", "attended", "fed", "last", "row")},
    **{name: [[1, 2], [3, 4]] for name in ("keys", "values")},
    "scores": [0, 1.25],
    "attention": [[1], [0.22, 0.78]],
    "hidden": [-1, 2, -3, 4],
    "logits": [[97, " a & <b>", 1.25]],
    "bars": [[97, " a & <b>", 0.75]],
    "lens": [[97, " a & <b>", 0.75]],
}
LOOKS = [
    {"step": step, "tuning_loss": loss, "prompts": [{"prompt": "ox (n):", "text": text}]}
    for step, loss, text in ((0, 5.7, "):" * 16), (4, 2.6, " a beast"))
]
MODULES = (
    "docs/labs/next-token/steps.mjs",
    "docs/labs/next-token/model.mjs",
    "overrides/assets/js/lab/words.mjs",
)
TRAINING = {
    "training": {"steps": 4, "tokens": 2_000_000, "flop": 3.8e10, "seconds": 120},
    "held_out_loss": 2.5,
    "held_out_definition_loss": 2.6,
    "looks": LOOKS,
}


@pytest.fixture
def lab(project: Project) -> Project:
    """The little project with a machine that said two things."""
    write(project, "model", SHEET)
    write(project, "prompts", [PROMPT])
    write(project, "inside", INSIDE)
    for name in TRAININGS:
        write(project, name, TRAINING)
    project.write(MODEL, "gzip!")
    project.write("docs/labs/next-token/view.mjs", "export const mount = () => () => {};")
    for path in MODULES:
        project.write(path, (ROOT / path).read_text(encoding="utf-8"))
    project.write(
        "docs/labs/next-token.md",
        page("Next", "The answer.\n\n/// lab | next-token\n1. **Try.** `ox (n):`\n///", "lab"),
    )
    project.bend("mkdocs.yml", "  - About:", "  - Labs: [labs/next-token.md]\n  - About:")
    return project


def write(project: Project, name: str, value: Any) -> None:
    project.write(f"{FOLDER}/{name}.json", json.dumps(value))


def faults(project: Project) -> list[str]:
    return [problem for problem in project.problems() if FOLDER in problem or "next-token" in problem]


def test_without_scripts_stand_what_follows_what_it_said_and_what_it_is(lab: Project) -> None:
    assert faults(lab) == []
    html = lab.page_html("labs/next-token.md")
    for words in (
        "ox (n):",
        "a &amp; &lt;b&gt; 75%",
        "end of the line 25%",
        "a beast",
        "3,168",
        "2.0M tokens",
        "38B FLOP by 6ND",
        "2.510 nats per token",
        "the model reads at most 16 tokens",
    ):
        assert words in html, words
    assert html.count("<table") == 5
    assert "):):):…" in html and "):):):):" not in html and "repeats the last token" in html
    assert html.count('class="fg-inside__step"') == 8
    assert "78%" in html and "“␣a &amp; &lt;b&gt;”" in html
    assert "loss on 500 validation lines" in html and "4 steps, held-out loss 2.500" in html


def test_the_model_its_sheet_and_what_is_stored_are_files_of_the_site(lab: Project) -> None:
    made = {
        name: make()
        for name in ("model.bin", "model.json", "stored.json", "inside.json")
        if (make := output_file(lab.index(), f"labs/next-token/{name}"))
    }
    assert made["model.bin"] == b"gzip!" and json.loads(made["model.json"]) == SHEET
    kept = json.loads(made["stored.json"])
    assert json.loads(made["inside.json"]) == INSIDE
    assert kept["bytes"] == 5 and [one["prompt"] for one in kept["prompts"]] == ["ox (n):"]
    assert [look["prompts"] for look in kept["looks"]] == [
        [{"prompt": "ox (n):", "text": "):):):…", "repeats": True}],
        [{"prompt": "ox (n):", "text": " a beast"}],
    ]
    assert kept["others"][0] == {
        "label": "One training run: 4 steps, held-out loss 2.500",
        "said": [" a beast"],
    }


@pytest.mark.parametrize(
    ("exact", "losses", "words"),
    [
        (
            " a & <b>",
            (2.85182, 2.85205),
            "left the held-out loss at 2.852 and changed none of the one continuation.",
        ),
        (
            " a beast",
            (2.85182, 2.85205),
            "left the held-out loss at 2.852 but still changed one of the one continuation: “ox (n):”.",
        ),
        (
            " a beast",
            (2.8518, 2.8531),
            "moved the held-out loss from 2.852 to 2.853 but still changed one of",
        ),
    ],
)
def test_what_rounding_did_is_computed_from_what_is_stored(
    lab: Project, exact: str, losses: tuple[float, float], words: str
) -> None:
    write(
        lab,
        "model",
        SHEET
        | {
            "quantization": {
                "largest_logit_difference": 0.1,
                "held_out_loss": losses[0],
                "held_out_loss_rounded": losses[1],
            }
        },
    )
    write(
        lab,
        "main",
        TRAINING | {"looks": [LOOKS[0], LOOKS[1] | {"prompts": [{"prompt": "ox (n):", "text": exact}]}]},
    )
    machine = lab.index().book.definer
    assert (
        machine is not None
        and words in rounding(machine)
        and stored(machine)["words"]["rounding"] == rounding(machine)
    )


def test_the_loss_on_the_way_is_taken_on_as_many_lines_as_the_page_says() -> None:
    assert f'text.parts["tuning"][:{LOOKED_AT}]' in (ROOT / "experiments" / "definer.py").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("model", None, "has no model"),
        ("inside", None, "inside.json:1: this file of the definition machine is missing"),
        ("inside", INSIDE | {"hidden": "x"}, "inside.hidden: Input should be a valid list"),
        ("short", None, "short.json:1: this file of the definition machine is missing"),
        ("prompts", [], "prompts: List should have at least 1 item"),
        (
            "prompts",
            [PROMPT | {"steps": [{"id": 1, "text": "x", "bars": [[1, "x", 1.5]]}]}],
            "model.json:1: this file or one beside it: prompts.0.steps.0.bars.0.2: Input should be less than",
        ),
        ("main", TRAINING | {"looks": "x"}, "trainings.main.looks: Input should be a valid list"),
        ("model", SHEET | {"bytes": "many"}, "sheet.bytes: Input should be a valid integer"),
    ],
)
def test_a_file_that_is_missing_or_amiss_is_named_with_its_place(
    lab: Project, name: str, value: Any, words: str
) -> None:
    if value is None:
        (lab.root / FOLDER / f"{name}.json").unlink()
    else:
        write(lab, name, value)
    assert any(words in fault for fault in faults(lab)), faults(lab)


def test_the_record_says_how_many_kinds_each_model_named_right() -> None:
    scores = json.loads((ROOT / "experiments/results/kinds.json").read_text(encoding="utf-8"))
    own, larger = scores
    assert (own["machine"], larger["machine"]) == ("definer", "larger")
    fields = guide_book().quantities["own-kinds"].own_fields()
    assert (fields["right"].value, fields["asked"].value) == (own["right"], own["nouns"])
    assert (fields["larger-right"].value, fields["asked"].value) == (larger["right"], larger["nouns"])
    assert fields["larger-size"].value == larger["parameters"]
    for machine, folder in ((own, FOLDER), (larger, "experiments/results/larger")):
        assert sum(answer["right"] for answer in machine["answers"]) == machine["right"]
        shape = json.loads((ROOT / folder / "model.json").read_text(encoding="utf-8"))["shape"]
        assert machine["parameters"] == shape["parameters"]
