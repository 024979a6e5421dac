"""What a training run costs: the published runs that the lab must meet, with how far it is off, and what must
hold for any run.
"""

from __future__ import annotations

import itertools
import statistics
from typing import Any

import pytest

from fieldguide.book.numbers import number
from fieldguide.labs.data import preset_values
from tests.guide import guide, guide_book
from tests.labs import lab, readings

LAB = lab("training-cost")
PAGE = (guide_book().root / "docs/labs/training-cost.md").read_text()
RECORD = guide_book().labs["training-cost"]
RUN = {
    "active": 405e9,
    "parameters": 405e9,
    "tokens": 15.6e12,
    "precision": "bf16",
    "speed": "own",
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
    "residual": 0,
    "capital": 0,
    "batch": 16e6,
    "sequence": 8192,
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


def test_the_default_case_is_the_chapters_own_run_at_the_speeds_of_four() -> None:
    result = LAB.work()
    for key, reference in {
        "flop": "llama-31-405b-check.compute",
        "peak_hours": "llama-31-405b-run.peak-hours",
        "final_fast": "term-llama-31-card.gpu-hours",
        "share_high": "llama-31-405b-run.utilization",
        "reported": "term-llama-31-card.gpu-hours",
        "cost_fast": "llama-hours.rent-405b-community",
        "reported_cost": "llama-hours.rent-405b-community",
        "state": "training-memory.llama-31-405b",
    }.items():
        assert result[key] == pytest.approx(_fact(reference), rel=1e-12), key
    assert result["runs"] == 4 and result["cost_fast"] < result["cost"] < result["cost_slow"]
    assert result["least"] == _fact("training-memory.llama-31-405b-gpus") == 81


def test_at_its_makers_own_speed_the_default_run_is_what_its_maker_reported() -> None:
    result, _ = _worked(speed="own")
    for key, reference in {
        "final": "term-llama-31-card.gpu-hours",
        "days": "llama-31-405b-run.days",
        "mwh": "run-hours-check.llama-405b-site",
        "tonnes": "run-hours-check.llama-405b-site-tonnes",
    }.items():
        assert result[key] == pytest.approx(_fact(reference), rel=1e-12), key
    assert result["peak_mwh"] == pytest.approx(1000 * _fact("training-energy.llama-31-405b"))
    assert result["cost_fast"] == result["cost"] == result["cost_slow"]


def test_its_sentence_is_the_one_that_a_person_would_write() -> None:
    assert LAB.sentence(_said()[1]) == (
        "The run costs about $83 million at $2.69 per GPU-hour. It takes 31 million GPU-hours, or 78 days on"
        " 16,384 GPUs."
    )
    assert LAB.sentence(_said(speed="runs")[1]) == (
        "The run costs about $102 million ($83 to $113 million) at $2.69 per GPU-hour. It takes 38 million"
        " GPU-hours, or 97 days (78 to 107 days) on 16,384 GPUs. The range comes from four disclosed 16-bit"
        " runs of large models on H100s."
    )


@pytest.mark.parametrize(
    ("preset", "key", "off"),
    [
        ("llama-31-405b", "flop", -0.24),
        ("llama-31-405b", "others", 24.9),
        ("llama-31-70b", "others", -19.5),
        ("llama-31-8b", "others", -45.9),
        ("llama-2-70b", "others", 0.12),
        ("deepseek-v3", "others", 40.2),
        ("olmo-3-32b", "others", 2.2),
        ("bloom", "others", -26.9),
        ("gpt-3", "flop", 0.32),
    ],
)
def test_a_disclosed_run_is_met_by_the_others_as_far_as_the_page_says(
    preset: str, key: str, off: float
) -> None:
    disclosed = next(one for one in RECORD.presets if one.id == preset).disclosed[key]
    assert 100 * (_preset(preset)[key] / _fact(disclosed) - 1) == pytest.approx(off, abs=0.06)


def test_every_disclosed_figure_has_its_error_tested() -> None:
    mark = next(
        mark
        for mark in test_a_disclosed_run_is_met_by_the_others_as_far_as_the_page_says.pytestmark
        if mark.name == "parametrize"
    )  # type: ignore[attr-defined]  # pytest sets it
    assert {(preset.id, key) for preset in RECORD.presets for key in preset.disclosed} == {
        (preset, key) for preset, key, _ in mark.args[1]
    }


CHECKED = LAB.run("sum.checked(lab)")
"""Every disclosed run with what the others make of it."""


def test_a_run_is_predicted_from_others_alone() -> None:
    """Worked out a second time from the records: hours at the share of peak of the runs of other models."""
    tables = LAB.data["tables"]
    fast = {"small": tables["benchmark"]["sixteen"], "eight": tables["benchmark"]["eight"]}
    assert [run["id"] for run in CHECKED] == list(LAB.data["words"]["runs"])
    for run in CHECKED:
        share, active, tokens, hours = tables[run["group"]][run["id"]]
        others = [one[0] for one in tables[run["group"]].values() if (one[1], one[2]) != (active, tokens)]
        ends = others + ([fast[run["group"]]] if active < 20e9 and run["group"] in fast else [])
        assert 0 < len(others) < len(tables[run["group"]])
        assert run["low"] == pytest.approx(hours * share / max(ends))
        assert run["middle"] == pytest.approx(hours * share / statistics.median(others))
        assert run["high"] == pytest.approx(hours * share / min(others))
        assert run["held"] is (run["low"] <= hours <= run["high"])


def test_half_of_the_disclosed_runs_lie_within_the_range_of_the_others() -> None:
    assert len(CHECKED) == 18 and "of eighteen training runs" in PAGE
    assert [run["id"] for run in CHECKED if run["held"]] == [
        "olmo_3_32b",
        "smollm3",
        "llama_2_70b",
        "llama_2_13b",
        "llama_2_7b",
        "llama_65b",
        "llama_33b",
        "llama_7b",
        "llama_4_maverick",
    ]
    far = [run["id"] for run in CHECKED if not run["low"] / 1.25 <= run["hours"] <= run["high"] * 1.25]
    assert far == ["llama_31_8b", "llama_3_8b", "deepseek_v3"]


def test_each_disclosed_run_has_the_peak_of_its_own_chip_and_its_own_count() -> None:
    peaks = {"large": 989, "small": 989, "older": 312, "eight": 1979}
    for group, peak in peaks.items():
        for share, active, tokens, hours in LAB.data["tables"][group].values():
            # Apart from BLOOM and Llama 3.1 405B, whose makers state the tokens rounded
            assert 100 * 6 * active * tokens / (peak * 1e12 * 3600 * hours) == pytest.approx(share, rel=0.005)


def test_the_table_on_the_page_has_every_run_and_says_how_many_are_met() -> None:
    html = guide().pages["labs/training-cost.md"].html
    assert all(run["name"] in html for run in CHECKED)
    assert 'data-label="Rent for the reported hours"' in html  # on a phone, a block for each run
    assert (
        "9 of the 18 runs lie within the range of the others, 6 more miss it by less than a quarter" in html
    )


@pytest.mark.parametrize(
    ("changes", "group", "low", "middle", "high"),
    [
        ({}, "large", 25.28, 27.95, 34.52),
        ({"active": 8e9, "tokens": 15e12}, "small", 13.85, 15.56, 48.56),
        ({"active": 8e9, "precision": "fp8"}, "eight", 11.45, 13.23, 32.37),
        ({"precision": "fp8"}, "eight", 11.45, 13.23, 17.31),
        ({"peak16": 312}, "older", 31.77, 43.45, 51.38),
        ({"peak16": 312, "active": 8e9}, "older", 31.77, 43.45, 51.38),
        ({"peak16": 2250}, "large", 25.28, 27.95, 34.52),
    ],
)
def test_a_run_is_compared_with_those_like_it(
    changes: dict[str, Any], group: str, low: float, middle: float, high: float
) -> None:
    result, _ = _said(**changes, speed="runs")
    assert result["group"] == group
    found = [result[key] for key in ("share_low", "share", "share_high")]
    assert found == pytest.approx([low, middle, high], abs=0.006)


def test_eight_bits_do_not_halve_a_bill() -> None:
    sixteen, eight = (_said(precision=bits, speed="runs")[0]["cost"] for bits in ("bf16", "fp8"))
    assert eight == pytest.approx(1.056 * sixteen, rel=1e-3)
    assert _fact("disclosed-runs.recipe-gain") == pytest.approx(1.334, abs=1e-3)


def test_a_small_model_costs_from_nvidias_benchmark_to_metas_hours() -> None:
    result, values = _said(active=8e9, parameters=8e9, tokens=15e12, gpus=1024, speed="runs")
    assert result["final_slow"] == pytest.approx(_fact("term-llama-31-card.gpu-hours-8b"))
    assert result["cost_slow"] == pytest.approx(_fact("disclosed-runs.llama-8b-cost"))
    tokens_per_hour = _fact("disclosed-runs.recipe-16") / _fact("disclosed-runs.recipe-gpus") * 3600
    assert result["final_fast"] == pytest.approx(15e12 / tokens_per_hour)
    assert LAB.sentence(values) == (
        "The run costs about $3.5 million ($1.12 to $3.9 million) at $2.69 per GPU-hour. It takes 1.3 million"
        " GPU-hours, or 53 days (17 to 59 days) on 1,024 GPUs. The range comes from three disclosed 16-bit"
        " runs of small models on H100s and NVIDIA’s benchmark."
    )


def test_more_gpus_than_a_batch_feeds_are_said() -> None:
    result, values = _said(active=8e9, parameters=8e9, tokens=15e12, speed="runs")
    assert (result["sequences"], result["least"], result["most"]) == (1953, 2, 3906)
    said = LAB.sentence(values)
    assert "or 14 days (4 to 16 days) on 3,906 GPUs. " in said
    assert said.endswith("We count only 3,906 GPUs, because a batch can’t keep more of them busy.")
    assert "batch" not in LAB.sentence({**values, "gpus": 3906})


def test_capital_has_its_price() -> None:
    """The hour that a reader of the lab worked out at 10% over four years, and without interest."""
    hours = {rate: _said(capital=rate)[0]["owned"] for rate in (0, 10)}
    assert hours[0] == pytest.approx(1.558, abs=1e-3) and hours[10] == pytest.approx(1.862, abs=1e-3)
    assert _said(capital=10, residual=20)[0]["owned"] < hours[10]
    even = _said(capital=10)[0]["even"]
    assert _said(capital=10, busy=even)[0]["owned"] == pytest.approx(2.69)


def test_a_chip_brings_its_own_rent() -> None:
    inputs = {item["id"]: item for group in LAB.data["groups"] for item in group["inputs"]}
    rows = {row["id"]: row["values"] for row in inputs["accelerator"]["rows"]}
    for chip in ("h100-sxm", "a100-sxm-80gb", "h200-sxm", "b200-sxm", "b300-sxm"):
        price = guide_book().prices[rows[chip]["offer"]]
        assert price.accelerator == chip and rows[chip]["hour"] == price.newest.hour
    assert "hour" not in rows["mi300x"]  # so that the page says whose rent it is


def test_the_expected_loss_is_that_of_the_lab_on_compute() -> None:
    scaling = lab("scaling-laws")
    other = scaling.work({**scaling.values, "parameters": 405e9, "tokens": 15.6e12, "third": "compute"})
    result, values = _said()
    assert result["loss"] == pytest.approx(other["loss"], rel=1e-12)
    assert {
        "name": "expected loss in nats per token, from a fit to runs of up to 1.3×10²² FLOP; this run is"
        " 2,900 times as large, so it’s a rough forecast",
        "text": "1.89",
    } in readings(LAB, values)


def test_a_link_of_the_first_version_keeps_its_own_speed_and_pays_no_interest() -> None:
    assert LAB.data["version"] == 2
    assert LAB.data["older"]["1"]["values"] == {"speed": "own", "capital": 0, "residual": 0}


def test_with_meters_in_place_of_maxima_the_energy_of_olmo_is_off_by_its_hours_alone() -> None:
    result = _preset("olmo-3-32b")
    per_hour = result["mwh"] / result["final"]
    assert per_hour == pytest.approx(_fact("olmo-3-run.energy") / _fact("olmo-3-run.gpu-hours"), rel=2e-3)


def test_an_hour_of_your_own_is_that_of_the_chapter_on_owning_machines() -> None:
    watts = 1000 * _fact("server-year.power") / 8
    for years, reference in ((3, "server-year.cover-three"), (6, "server-year.cover-six")):
        result, _ = _worked(power=watts, draw=100, around=1, pue=1, years=years, bill="own", capital=0)
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
        ("residual", 0, 50, "owned", False),
        ("capital", 0, 20, "owned", True),
        ("batch", 1e6, 1e8, "most", True),
        ("sequence", 1e3, 1e5, "most", False),
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


@pytest.mark.parametrize(
    ("name", "low", "high", "rises"), [("utilization", 20, 60, False), ("lost", 0, 50, True)]
)
def test_your_own_share_counts_only_where_you_say_so(name: str, low: float, high: float, rises: bool) -> None:
    less, more = (_worked(**{name: value}, speed="own")[0]["cost"] for value in (low, high))
    assert (more > less) is rises and more != less
    less, more = (_worked(**{name: value})[0]["cost"] for value in (low, high))
    assert more == less


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"gpus": 1, "active": 1e6, "parameters": 1e6, "tokens": 1e6},
            (
                "The run costs about $0.000013 at $2.69 per GPU-hour. It takes 0.0000049 GPU-hours, or 0.018"
                " seconds on one GPU."
            ),
        ),
        ({"hour": 0}, "The run costs about $0 at $0 per GPU-hour."),
        (
            {"gpus": 2},
            "1,760 years on two GPUs. It takes at least 81 GPUs to hold the model while it trains.",
        ),
        ({"bill": "own"}, "about $48 million at $1.56 per GPU-hour on owned hardware."),
        (
            {"trials": 4.6},
            "78 days on 16,384 GPUs. With experiments, the total comes to $460 million.",
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
        "CoreWeave depreciates over six years" in (RECORD.inputs["years"].note or "")
        and _fact("machine-deals.coreweave-life") == 6
    )
    assert f"{_fact('olmo-3-run.development-times'):.1f} times" in RECORD.tries[0].text


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
        "residual",
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
