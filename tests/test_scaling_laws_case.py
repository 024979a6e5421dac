"""What does more compute buy? The lab's arithmetic against the chapter's numbers and published ones, at its
limits, and in its words.
"""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

import pytest

from fieldguide.book.numbers import number
from tests.guide import guide_book
from tests.labs import charts, lab, problems, readings

BOOK = guide_book()
RECORD = BOOK.labs["scaling-laws"]
CALCULATOR = lab("scaling-laws")
LAB = CALCULATOR.data
MODELS = {row["id"]: row["values"] for row in LAB["groups"][0]["inputs"][0]["rows"]}
SIZES = [10.0**exponent for exponent in range(3, 16)]
RUNS = [{"parameters": size, "tokens": data} for size, data in itertools.product(SIZES, SIZES)]


def values(model: str = "", **given: Any) -> dict[str, Any]:
    """The default inputs, with a model's numbers and then those given."""
    return dict(CALCULATOR.values) | ({"model": model, **MODELS[model]} if model else {}) | given


def work(model: str = "", **given: Any) -> dict[str, Any]:
    return CALCULATOR.work(values(model, **given))


def sentence(model: str = "", **given: Any) -> str:
    return CALCULATOR.sentence(values(model, **given))


def fact(reference: str) -> float:
    return number(BOOK, reference)


# Published numbers ------------------------------------------------------


def test_the_default_case_lies_in_the_measured_range() -> None:
    found = work()
    assert (found["parameters"], found["tokens"], found["ratio"]) == (1e9, 20e9, 20)
    assert found["range"] == found["next_range"] == "measured"
    assert sentence(rent=2.69).startswith(
        "A model with 1 billion parameters trained on 20 billion tokens has a predicted loss of 2.53. With"
        " ten times the compute, the best model would reach 2.29 (2.28 to 2.30), for about $5,800 in rent."
        " For comparison, the same law puts Chinchilla’s loss only 0.026 below Gopher’s, yet Chinchilla"
        " scored more than 7 points higher on the MMLU test."
    )


def test_chinchilla_is_as_the_chapter_places_it() -> None:
    found = work("chinchilla")
    assert (found["parameters"], found["tokens"], found["ratio"]) == (70e9, 1.4e12, 20)
    assert found["loss"] == pytest.approx(fact("compute-optimal.chinchilla-loss"), rel=1e-12)
    assert found["compute"] == 5.88e23
    assert sentence("chinchilla").startswith(
        "A model with 70 billion parameters trained on 1.4 trillion tokens has a predicted loss of 1.97. With"
        " ten times the compute, the best model would reach 1.92 (1.89 to 1.95), for about $"
    )
    assert (
        "That’s outside the range of the runs behind the fit, so the true uncertainty is larger: the original"
        " fit says 1.85." in sentence("chinchilla")
    )


def test_the_covariances_have_the_standard_errors_that_were_printed() -> None:
    """Of α and β directly, and of A, B and E to first order: the error of a logarithm times the value. A and
    B are so uncertain that this comes only near what was printed.
    """
    errors = {name: math.sqrt(fact(f"chinchilla-refit-spread.{name}")) for name in ("alpha", "beta")}
    for name, error in errors.items():
        assert error == pytest.approx(fact(f"chinchilla-refit-spread.printed-{name}"), abs=6e-6)
    for name, near in {"floor": 0.01, "a": 0.02, "b": 0.4}.items():
        error = math.sqrt(fact(f"chinchilla-refit-spread.log-{name}"))
        value = fact(f"chinchilla-fits.refit-{name}")
        assert value * error == pytest.approx(fact(f"chinchilla-refit-spread.printed-{name}"), rel=near)


@pytest.mark.parametrize(
    ("size", "data", "low", "high"),
    [
        (1e9, 20e9, 2.5259, 2.5310),
        (3.3e9, 60e9, 2.2850, 2.2954),
        (70e9, 1.4e12, 1.9540, 1.9963),
        (8e9, 15e12, 1.9986, 2.0502),
        (405e9, 15.6e12, 1.8653, 1.9248),
        (1e12, 1e15, 1.8234, 1.8950),
    ],
)
def test_the_interval_is_that_of_the_refits_themselves(
    size: float, data: float, low: float, high: float
) -> None:
    """The ends between which 90% of the 4,000 refits lie, worked out once from all of them: the same to a
    third of the last digit that is shown.
    """
    found = work(parameters=size, tokens=data)
    assert found["loss"] - found["error"] == pytest.approx(low, abs=0.0035)
    assert found["loss"] + found["error"] == pytest.approx(high, abs=0.0035)


def test_the_chapters_budget_gives_the_rows_of_its_tables() -> None:
    found = work("chinchilla", third="tokens")
    assert found["compute"] == fact("chinchilla.compute")
    for end, fit in (("", "refit"), ("_original", "unrounded")):
        assert found[f"best_parameters{end}"] == pytest.approx(
            fact(f"compute-optimal.{fit}-parameters"), rel=1e-12
        )
        assert found[f"best_ratio{end}"] == pytest.approx(fact(f"compute-optimal.{fit}-ratio"), rel=1e-12)
        assert found[f"gain{end}"] == pytest.approx(fact(f"scaling-tenfold.{fit}-gain-1"), rel=1e-12)
        assert found[f"best_loss{end}"] - LAB["tables"][{"refit": "refit", "unrounded": "original"}[fit]][
            "floor"
        ] == pytest.approx(fact(f"scaling-tenfold.{fit}-gap-0"), rel=1e-12)
    assert found["best_tokens"] == pytest.approx(fact("compute-optimal.refit-tokens"), rel=1e-12)


def test_the_best_sizes_for_gophers_budget_are_those_that_were_published() -> None:
    """40 billion parameters by the third approach of Hoffmann and colleagues; by the refit about 20 tokens a
    parameter.
    """
    found = work(third="tokens", compute=5.76e23)
    assert found["best_parameters_original"] == pytest.approx(40e9, rel=0.02)
    assert found["best_parameters"] == pytest.approx(72e9, rel=0.01)
    assert found["best_ratio"] == pytest.approx(18.4, abs=0.05) and found[
        "best_ratio_original"
    ] == pytest.approx(59, abs=0.5)


def test_each_tenfold_keeps_the_published_share_of_the_gap() -> None:
    floor = LAB["tables"]["refit"]["floor"]
    for exponent in range(10, 30):
        found = work(third="tokens", compute=10.0**exponent)
        assert 100 * (found["next_loss"] - floor) / (found["best_loss"] - floor) == pytest.approx(
            fact("scaling-tenfold.gain-kept-refit"), rel=1e-9
        )


def test_over_training_pays_back_after_the_tokens_that_the_chapter_works_out() -> None:
    found = work("llama-3-8b")
    for key, name in {
        "equal_compute": "compute",
        "equal_parameters": "parameters",
        "equal_tokens": "tokens",
        "extra": "extra",
        "payback": "break-even",
    }.items():
        assert found[key] == pytest.approx(fact(f"over-training-trade.{name}"), rel=1e-9)
    assert "11.4 trillion" in [line["text"] for line in CALCULATOR.lines(values("llama-3-8b"))]


def test_gopher_loses_to_its_split_what_lies_between_it_and_the_curve() -> None:
    found = work("gopher")
    assert found["loss"] == pytest.approx(fact("compute-optimal.gopher-loss"), rel=1e-12)
    assert (
        found["lost"] == pytest.approx(found["loss"] - found["best_loss"], rel=1e-9) and found["lost"] > 0.02
    )
    assert found["payback"] is None  # larger than the best of its loss: dearer to train and to serve
    assert (
        "has a predicted loss of 2.00. The best split of the same compute between parameters and tokens would"
        " reach 1.98. With ten times the compute, the best model would reach 1.92 (" in sentence("gopher")
    )


def test_a_mixture_counts_with_its_active_parameters() -> None:
    assert MODELS["deepseek-v3"]["parameters"] == fact("deepseek-v3.active") and MODELS["llama-31-405b"][
        "parameters"
    ] == fact("llama-31-405b.parameters")
    assert work("deepseek-v3")["compute"] == pytest.approx(fact("deepseek-v3.compute"), rel=1e-12)


def test_the_rent_is_the_hours_that_the_run_of_llama_took() -> None:
    compute = fact("llama-31-405b-check.compute")
    found = work("llama-31-405b", third="tokens", compute=compute, speed="own")
    assert found["hours"] == pytest.approx(fact("term-llama-31-card.gpu-hours"), rel=1e-9)
    assert found["cost_tenfold"] == pytest.approx(
        10 * found["hours"] * fact("runpod-community-h100-sxm.hour"), rel=1e-9
    )


@pytest.mark.parametrize("model", ["llama-3-8b", "llama-31-405b", "chinchilla", "small-run"])
@pytest.mark.parametrize(("gpu", "peak", "rent"), [("H100", 989, 2.69), ("A100", 312, 1.19)])
def test_a_run_costs_what_the_lab_on_training_runs_says(
    model: str, gpu: str, peak: float, rent: float
) -> None:
    other = lab("training-cost")
    run = MODELS[model]
    there = {"active": run["parameters"], "parameters": run["parameters"], "tokens": run["tokens"]}
    found = other.work(dict(other.values) | there | {"peak16": peak, "hour": rent})
    here = work(model, peak=peak, rent=rent)
    for name in ("cost", "cost_fast", "cost_slow"):
        assert here[name] == pytest.approx(found[name], rel=1e-12), (gpu, name)


def test_the_answer_gives_the_dollars_that_the_lab_on_training_runs_gives() -> None:
    other = lab("training-cost")
    said = other.sentence(dict(other.values) | {"active": 8e9, "parameters": 8e9, "tokens": 15e12})
    rent = readings(CALCULATOR, values("llama-3-8b"))[3]
    assert rent["text"] == "$3.5 million"
    assert said.startswith(f"The run costs about {rent['text']} ($1.12 to $3.9 million) at $2.69")
    assert rent["name"].endswith("; $1.12 million to $3.9 million at the speeds of disclosed runs")


def test_ten_times_the_compute_is_paid_at_the_speed_of_its_own_best_model() -> None:
    small = work("llama-3-8b")
    assert small["share"] < small["share_next"] and small["cost_tenfold"] < 10 * small["cost"]
    own = work("llama-3-8b", **RECORD.older[1].values)
    assert own["cost"] == pytest.approx(1.576e6, rel=1e-3), "as an address of the first version had it"
    assert own["cost_tenfold"] == pytest.approx(10 * own["cost"], rel=1e-12)


# Limits ------------------------------------------------------------------


@pytest.mark.whole
def test_any_two_numbers_give_the_same_run() -> None:
    for run in RUNS:
        whole = work(**run)
        assert whole["compute"] == pytest.approx(6 * run["parameters"] * run["tokens"], rel=1e-12)
        for third in ("tokens", "parameters"):
            again = work(**run, third=third, compute=whole["compute"])
            assert [again[key] for key in ("parameters", "tokens", "loss", "lost")] == pytest.approx(
                [whole[key] for key in ("parameters", "tokens", "loss", "lost")], rel=1e-9, abs=1e-12
            )


@pytest.mark.whole
def test_no_split_beats_the_best_one_and_nothing_is_lost_there() -> None:
    for run in RUNS:
        found = work(**run)
        assert found["lost"] >= 0 and found["gain"] > 0 and found["gain_original"] > 0
        best = work(parameters=found["best_parameters"], tokens=found["best_tokens"])
        assert best["lost"] <= 1e-12 * best["loss"] and best["payback"] is None


@pytest.mark.whole
def test_more_parameters_or_tokens_never_raise_the_loss_and_each_tenfold_gains_less() -> None:
    for data in SIZES:
        losses = [
            (found["loss"], found["loss_original"])
            for found in (work(parameters=size, tokens=data) for size in SIZES)
        ]
        assert losses == sorted(losses, reverse=True)
        losses = [
            (found["loss"], found["loss_original"])
            for found in (work(parameters=data, tokens=tokens) for tokens in SIZES)
        ]
        assert losses == sorted(losses, reverse=True)
    gains = [work(third="tokens", compute=10.0**exponent)["gain"] for exponent in range(7, 30)]
    assert gains == sorted(gains, reverse=True)


@pytest.mark.whole
def test_the_smaller_model_has_paid_where_both_bills_are_equal() -> None:
    for run in RUNS:
        found = work(**run)
        if found["payback"] is not None:
            assert found["equal_parameters"] >= 1.25 * found["parameters"] and found["extra"] > 0
            small, large = (
                found["compute"] + found["payback"] * 2 * found["parameters"],
                found["equal_compute"] + found["payback"] * 2 * found["equal_parameters"],
            )
            assert small == pytest.approx(large, rel=1e-9)


def test_measured_is_what_lies_between_the_smallest_and_the_largest_runs() -> None:
    assert work(parameters=70e6, tokens=5e9)["range"] == "measured"
    assert (
        work(parameters=69e6, tokens=5e9)["range"]
        == work(parameters=70e6, tokens=4.9e9)["range"]
        == "extrapolated"
    )
    assert (
        work(parameters=16e9, tokens=500e9)["range"] == "extrapolated"
    )  # each within, but more compute than any run had
    assert (
        work(parameters=1e9, tokens=20e9)["next_range"] == "measured"
        and work(parameters=2.5e9, tokens=200e9)["next_range"] == "extrapolated"
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"third": "tokens", "parameters": 1e15, "compute": 6e6},
            "This leaves 10⁻⁹ tokens, but this lab covers only 1,000 to 10¹⁵.",
        ),
        (
            {"third": "tokens", "parameters": 70e9, "compute": 6e30},
            "This leaves 1.43×10¹⁹ tokens, but this lab covers only 1,000 to 10¹⁵.",
        ),
        (
            {"third": "parameters", "tokens": 1e3, "compute": 5.88e23},
            "This leaves 9.8×10¹⁹ parameters, but this lab covers only 1,000 to 10¹⁵.",
        ),
    ],
)
def test_a_pair_that_no_run_can_have_is_named(given: dict[str, Any], message: str) -> None:
    assert problems(CALCULATOR, values(**given)) == [{"id": "compute", "message": message}]


def test_a_pair_at_the_ends_is_none_and_two_given_numbers_always_go() -> None:
    assert not problems(CALCULATOR, values(third="tokens", parameters=1e15, compute=6e30))
    assert not problems(CALCULATOR, values(third="parameters", tokens=1e3, compute=6e6))
    assert not problems(CALCULATOR, values(parameters=1e15, tokens=1e3))


# Words -----------------------------------------------------------------------


def test_inside_the_range_nothing_is_said_of_it() -> None:
    assert "range" not in sentence(parameters=1e9, tokens=20e9)
    assert "That’s beyond the range of the runs behind the fit" in sentence(parameters=2.5e9, tokens=200e9)


def test_the_answer_says_what_its_rent_assumes_and_names_no_unit_that_it_does_not_explain() -> None:
    run = values("llama-3-8b", speed="own", utilization=20)
    assert CALCULATOR.sentence(run).endswith(" The rent assumes 20% of the chips’ peak speed.")
    assert sentence("llama-3-8b").endswith(
        " The rent assumes the median speed of disclosed runs of that size, as in “What does a training run"
        " cost?”."
    )
    assert lab("training-cost").data["name"] == "What does a training run cost?"
    names = [one["name"] for one in readings(CALCULATOR, run)]
    assert names[3] == "rent for this run at 20% of the chips’ peak speed"
    assert not re.search("nats|best split", " ".join(names))


def test_a_difference_too_small_to_see_is_not_said() -> None:
    assert (
        next(line["text"] for line in CALCULATOR.lines(values()) if line["name"] == "Cost of a poor split")
        == "less than 0.001"
    )
    assert "best split of the same" not in sentence("llama-31-405b")  # 1.89 either way


def test_the_last_line_is_the_result_and_the_terms_add_up() -> None:
    found = work()
    lines = {line["name"]: line for line in CALCULATOR.lines(values())}
    assert lines["Predicted loss"]["value"] == pytest.approx(
        lines["Floor of the refit"]["value"]
        + lines["Added loss from limited size"]["value"]
        + lines["Added loss from limited data"]["value"],
        rel=1e-12,
    )
    assert next(reversed(lines.values()))["value"] == found["gain"]


# Charts ---------------------------------------------------------------------------


@pytest.mark.whole
def test_everything_that_is_drawn_lies_in_its_plot_at_every_size() -> None:
    for run in RUNS:
        for chart in charts(CALCULATOR, values(**run)):
            (plot,) = chart["scene"]["panels"]
            x, y = plot["x"], plot["y"]
            places = [place for series in plot["series"] for place in series["curve"]] + [
                (mark["x"], mark["y"]) for series in plot["series"] for mark in series["marks"]
            ]
            assert all(
                x["low"] * (1 - 1e-9) <= across <= x["high"] * (1 + 1e-9) and y["low"] < up <= y["high"]
                for across, up in places
            ), run
            assert 2 <= len(x["ticks"]) <= 27 and 2 <= len(y["ticks"]) <= 21, (
                run,
                chart["title"],
                x["ticks"],
                y["ticks"],
            )


def test_solid_is_only_what_was_measured() -> None:
    for run in (MODELS["chinchilla"], {}, {"parameters": 1e3, "tokens": 1e3}):
        for chart, limits in zip(charts(CALCULATOR, values(**run)), ("compute", "parameters"), strict=True):
            low, high = LAB["tables"]["range"][limits]
            for series in chart["scene"]["panels"][0]["series"]:
                if series["curve"] and series["dash"] is None:
                    assert low * (1 - 1e-9) <= series["curve"][0][0] and series["curve"][-1][0] <= high * (
                        1 + 1e-9
                    )
    sizes = charts(CALCULATOR, values("chinchilla"))[1]
    assert (
        "the whole chart is extrapolated" in sizes["context"] and not sizes["scene"]["panels"][0]["regions"]
    )
