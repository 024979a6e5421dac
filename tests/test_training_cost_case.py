"""What a training run costs: the published runs that the lab must meet, with how far it is off, and what must
hold for any run.
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from fieldguide.book.numbers import number
from fieldguide.labs.data import preset_values
from tests.guide import guide_book
from tests.labs import lab, readings

LAB = lab("training-cost")
RECORD = guide_book().labs["training-cost"]
RUN = {
    "active": 405e9,
    "parameters": 405e9,
    "tokens": 15.6e12,
    "precision": "bf16",
    "peak16": 989,
    "peak8": 1979,
    "memory": 80,
    "gpus": 16384,
    "utilization": 40.44489383215369,
    "lost": 14.640077821011673,
    "state": 16,
    "bill": "rent",
    "hour": 2.69,
    "price": 40648.15,
    "years": 4,
    "busy": 100,
    "space": 184.06,
    "electricity": 0.0929,
    "after": 0,
    "trials": 0,
    "other": 0,
    "power": 700,
    "draw": 92.71,
    "around": 1.74,
    "pue": 1.08,
    "grid": 366.2,
}
"""Numbers like those of the default case, which the tests of words use."""


def _worked(**changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """(result, values) of the default case with some inputs changed."""
    values = {**LAB.values, **changes}
    return LAB.work(values), values


def _said(**changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same with the market, the machines and the run of RUN, so that no record that is corrected moves a
    sentence of these tests.
    """
    return _worked(**{**RUN, **changes})


def _preset(name: str) -> dict[str, Any]:
    return LAB.work(
        preset_values(guide_book(), RECORD, next(preset for preset in RECORD.presets if preset.id == name))
    )


def _fact(reference: str) -> float:
    return number(guide_book(), reference)


def test_the_default_case_is_the_chapters_own_run() -> None:
    result = LAB.work()
    for key, reference in {
        "flop": "llama-31-405b-check.compute",
        "peak_hours": "llama-31-405b-run.peak-hours",
        "final": "term-llama-31-card.gpu-hours",
        "share": "llama-31-405b-run.utilization",
        "days": "llama-31-405b-run.days",
        "cost": "llama-hours.rent-405b-community",
        "state": "training-memory.llama-31-405b",
        "mwh": "run-hours-check.llama-405b-site",
        "tonnes": "run-hours-check.llama-405b-site-tonnes",
    }.items():
        assert result[key] == pytest.approx(_fact(reference), rel=1e-12), key
    assert result["peak_mwh"] == pytest.approx(1000 * _fact("training-energy.llama-31-405b"))
    assert result["least"] == _fact("training-memory.llama-31-405b-gpus") == 81


def test_its_sentence_is_the_one_that_a_person_would_write() -> None:
    assert (
        LAB.sentence(_said()[1])
        == "The run takes 3.79×10²⁵ FLOP and 30.8 million GPU-hours. On 16,384 GPUs, it lasts 78 days and"
        " costs about $83 million at $2.69 per GPU-hour."
    )


@pytest.mark.parametrize(
    ("preset", "key", "off"),
    [
        ("llama-31-405b", "flop", -0.24),
        ("llama-31-405b", "final", 0),
        ("llama-31-405b", "tonnes", -4.4),
        ("llama-31-70b", "final", -26.8),
        ("llama-31-70b", "tonnes", -30.4),
        ("llama-31-8b", "final", -59.9),
        ("llama-31-8b", "tonnes", -61.4),
        ("llama-2-70b", "final", 25.9),
        ("llama-2-70b", "tonnes", 17.6),
        ("deepseek-v3", "final", 0.34),
        ("deepseek-v3", "run", 0.34),
        ("deepseek-v3", "cost", 0.34),
        ("olmo-3-32b", "final", -18.2),
        ("olmo-3-32b", "mwh", -18.1),
        ("bloom", "final", -8.0),
        ("bloom", "mwh", -7.9),
        ("gpt-3", "flop", 0.32),
    ],
)
def test_a_disclosed_run_is_met_as_far_as_the_page_says(preset: str, key: str, off: float) -> None:
    disclosed = next(one for one in RECORD.presets if one.id == preset).disclosed[key]
    assert 100 * (_preset(preset)[key] / _fact(disclosed) - 1) == pytest.approx(off, abs=0.06)


def test_every_disclosed_figure_has_its_error_tested() -> None:
    mark = next(
        mark
        for mark in test_a_disclosed_run_is_met_as_far_as_the_page_says.pytestmark
        if mark.name == "parametrize"
    )  # type: ignore[attr-defined]  # pytest sets it
    assert {(preset.id, key) for preset in RECORD.presets for key in preset.disclosed} == {
        (preset, key) for preset, key, _ in mark.args[1]
    }


@pytest.mark.parametrize(
    ("preset", "reference"),
    [
        ("llama-31-70b", "llama-hours.rule-70b"),
        ("llama-31-8b", "llama-hours.rule-8b"),
        ("llama-2-70b", "run-hours-check.llama-2-70b"),
        ("deepseek-v3", "run-hours-check.deepseek-v3"),
        ("olmo-3-32b", "run-hours-check.olmo-3-32b"),
        ("bloom", "run-hours-check.bloom"),
    ],
)
def test_lab_and_table_give_one_run_the_same_hours(preset: str, reference: str) -> None:
    assert _preset(preset)["final"] == pytest.approx(_fact(reference), rel=1e-12)


def test_with_meters_in_place_of_maxima_the_energy_of_olmo_is_off_by_its_hours_alone() -> None:
    result = _preset("olmo-3-32b")
    per_hour = result["mwh"] / result["final"]
    assert per_hour == pytest.approx(_fact("olmo-3-run.energy") / _fact("olmo-3-run.gpu-hours"), rel=2e-3)


def test_an_hour_of_your_own_is_that_of_the_chapter_on_owning_machines() -> None:
    watts = 1000 * _fact("server-year.power") / 8
    for years, reference in ((3, "server-year.cover-three"), (6, "server-year.cover-six")):
        result, _ = _worked(power=watts, draw=100, around=1, pue=1, years=years, bill="own")
        assert result["owned"] == pytest.approx(_fact(reference), rel=1e-9)
    half, _ = _worked(power=watts, draw=100, around=1, pue=1, years=3, busy=50)
    whole, _ = _worked(power=watts, draw=100, around=1, pue=1, years=3)
    assert half["owned"] - half["power_hour"] == pytest.approx(2 * (whole["owned"] - whole["power_hour"]))


def test_the_parts_of_the_bill_make_it_up() -> None:
    for bill, trials, after, other in itertools.product(("rent", "own"), (0, 4.6), (0, 5), (0, 3e6)):
        result, _ = _worked(bill=bill, trials=trials, after=after, other=other)
        assert sum(result["bill"].values()) == pytest.approx(result["cost"])
        assert result["run_cost"] + result["trial_cost"] + result["other"] == pytest.approx(result["cost"])


@pytest.mark.parametrize(
    ("name", "low", "high", "key", "rises"),
    [
        ("active", 1e9, 1e12, "cost", True),
        ("tokens", 1e12, 1e13, "cost", True),
        ("utilization", 20, 60, "cost", False),
        ("lost", 0, 50, "cost", True),
        ("hour", 1, 5, "cost", True),
        ("trials", 0, 5, "cost", True),
        ("after", 0, 50, "days", True),
        ("gpus", 8, 8000, "days", False),
        ("peak16", 100, 1000, "mwh", False),
        ("pue", 1, 2, "mwh", True),
        ("grid", 0, 500, "tonnes", True),
        ("busy", 20, 100, "owned", False),
        ("years", 1, 6, "owned", False),
        ("state", 8, 16, "least", True),
    ],
)
def test_each_input_pulls_the_way_it_should(
    name: str, low: float, high: float, key: str, rises: bool
) -> None:
    less, more = _worked(**{name: low})[0][key], _worked(**{name: high})[0][key]
    assert (more > less) is rises and more != less


def test_eight_bits_count_by_their_own_peak() -> None:
    sixteen, eight = _said()[0], _said(precision="fp8")[0]
    assert sixteen["final"] / eight["final"] == pytest.approx(1979 / 989)


def test_machines_that_cannot_hold_the_model_are_named() -> None:
    assert readings(LAB, _said(gpus=8)[1])[-1] == {
        "name": "needed at minimum, to hold 6,480 GB of training state",
        "text": "81 GPUs",
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"gpus": 1, "active": 1e6, "parameters": 1e6, "tokens": 1e6},
            (
                "The run takes 6 trillion FLOP and 0.00000488 GPU-hours. On one GPU, it lasts 0.018 seconds"
                " and costs about $0.000013 at $2.69 per GPU-hour."
            ),
        ),
        ({"hour": 0}, "On 16,384 GPUs, it lasts 78 days and costs $0 at $0 per GPU-hour."),
        ({"gpus": 2}, "On two GPUs, it lasts 1,760 years and costs about"),
        ({"bill": "own"}, "about $48.1 million at $1.56 per GPU-hour on owned hardware."),
        (
            {"trials": 4.6},
            "about $83 million at $2.69 per GPU-hour. With experiments, the total comes to $465 million.",
        ),
        ({"other": 5e6}, " With people and data, the total comes to $88 million."),
        ({"trials": 1, "other": 5e6}, " With experiments, people and data, the total comes to $171 million."),
    ],
)
def test_the_sentence_is_correct_at_odd_values(changes: dict[str, Any], said: str) -> None:
    assert said in LAB.sentence(_said(**changes)[1])


def test_words_of_the_inputs_repeat_what_the_records_hold() -> None:
    assert f"{_fact('olmo-3-run.development-times'):.1f} times for Olmo 3" in (
        RECORD.inputs["trials"].note or ""
    )
    assert f"{_fact('olmo-3-run.development-before') / 100:.1f} times for the previous series" in (
        RECORD.inputs["trials"].note or ""
    )
    assert f"{_fact('site-overhead.average')} on average" in (RECORD.inputs["pue"].note or "")
    assert (
        "CoreWeave uses six years" in (RECORD.inputs["years"].note or "")
        and _fact("machine-deals.coreweave-life") == 6
    )
    assert f"{_fact('olmo-3-run.development-times'):.1f} times" in RECORD.tries[0].text
    assert f"from {_fact('llama-31-405b-speed.of-peak'):.0f}% to 55%" in RECORD.tries[2].text


def test_lab_json_knows_where_each_number_is_from() -> None:
    data = LAB.data
    numbers = {
        item["id"]: item for group in data["groups"] for item in group["inputs"] if item["kind"] == "number"
    }
    picked = {
        name
        for group in data["groups"]
        for item in group["inputs"]
        for row in item.get("rows", ())
        if row["id"] == item["default"]
        for name in row["origins"]
    }
    assert [name for name, item in numbers.items() if "origin" not in item and name not in picked] == [
        "years",
        "busy",
        "after",
        "trials",
        "other",
    ]
    presets = {preset["id"]: preset["values"] for preset in data["presets"]}
    assert presets["deepseek-v3"]["hour"] == 2 and presets["bloom"]["grid"] == pytest.approx(57.04, abs=0.01)
    models = next(item for group in data["groups"] for item in group["inputs"] if item["id"] == "model")[
        "rows"
    ]
    assert next(row for row in models if row["id"] == "deepseek-v3")["values"] == {
        "active": 37e9,
        "parameters": 671e9,
        "tokens": 14.8e12,
    }
    chips = next(item for group in data["groups"] for item in group["inputs"] if item["id"] == "accelerator")[
        "rows"
    ]
    assert (
        next(row for row in chips if row["id"] == "a100-sxm-80gb")["values"]["peak8"] == 312
    )  # no rate in 8 bits, so the one in 16
    assert "groq-lpu-1" not in {row["id"] for row in chips}
