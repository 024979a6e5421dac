"""The labs against the formulas that records and figures are computed with: the default and every ready-made
case, worked out a second time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from fieldguide.labs.data import preset_values
from tests.guide import formulas as f
from tests.guide import guide_book
from tests.labs import lab

Values = Mapping[str, Any]
BITS = {"sixteen": 16, "eight": 8, "four": 4}


def training_cost(v: Values, tables: Values) -> dict[str, Any]:
    peak = f.tera(v["peak8" if v["precision"] == "fp8" else "peak16"])
    flop = f.training_flop(v["active"], v["tokens"])
    final = f.billed_hours(f.gpu_hours(flop, f.percent_of(peak, v["utilization"])), v["lost"])
    run = final + f.percent_of(final, v["after"])
    hours = run + v["trials"] * run
    watts = f.machine_watts(v["power"], v["draw"], v["around"])
    power_hour = watts / 1000 * v["pue"] * v["electricity"]
    owned = f.owned_hour(
        v["price"], v["years"], v["busy"], f.space_year(watts / 1000, v["space"]), power_hour
    )
    mwh = f.site_energy(final, watts, v["pue"])
    state = f.gigabytes(max(v["active"], v["parameters"]) * v["state"])
    return {
        "flop": flop,
        "run": run,
        "days": f.days_on(run, v["gpus"]),
        "cost": hours * (owned if v["bill"] == "own" else v["hour"]) + v["other"],
        "owned": owned,
        "mwh": mwh,
        "tonnes": f.emissions(mwh, v["grid"]),
        "least": f.chips_to_hold(state, v["memory"]),
    }


def scaling_laws(v: Values, tables: Values) -> dict[str, Any]:
    fit = tables["refit"]
    form = {key: value for key, value in fit.items() if key != "floor"}
    size, data = v["parameters"], v["tokens"]
    if v["third"] == "tokens":
        data = v["compute"] / (6 * size)
    compute = f.training_flop(size, data)
    now, after = (f.reducible_loss(flop, **form) for flop in (compute, f.tenfold(compute)))
    hours = f.gpu_hours(compute, f.percent_of(f.tera(v["peak"]), v["utilization"]))
    return {
        "compute": compute,
        "loss": f.fitted_loss(size, data, **fit),
        "loss_original": f.fitted_loss(size, data, **tables["original"]),
        "best_parameters": f.optimal_parameters(compute, **form),
        "best_tokens": f.optimal_tokens(compute, **form),
        "gain": now - after,
        "equal_compute": f.optimal_compute(f.fitted_gap(size, data, **form), **form),
        "cost_tenfold": f.tenfold(hours * v["rent"]),
    }


def serving_cost(v: Values, tables: Values) -> dict[str, Any]:
    rate = v["chips"] * v["rate8" if v["bits"] == "eight" else "rate16"]
    bandwidth, length = v["chips"] * v["bandwidth"], v["prompt"] + v["answer"]

    def weights(tokens: float) -> float:
        read = f.read_parameters(v["parameters"], v["active"], v["experts"], v["chosen"], tokens)
        return f.gigabytes(f.memory_bytes(read, BITS[v["bits"]]))

    held = f.gigabytes(f.memory_bytes(v["parameters"], BITS[v["bits"]]))
    kept = f.kv_cache_bytes(v["layers"], v["kv_heads"], v["head_size"], BITS[v["cache_bits"]] / 8)
    token = kept * v["vectors"] / 2
    usable = v["chips"] * v["memory"] * (1 - v["reserve"] / 100)
    seats = (usable - held) / f.gigabytes(token * length)
    users = min(v["users"], math.floor(seats + 0.5))
    middle = f.middle_cache(token, v["prompt"], v["answer"])
    step = f.decode_step(users, middle, weights(users), v["active"], rate, bandwidth)
    fresh = max(1, v["prompt"] - f.percent_of(v["prompt"], v["cached"]))
    prefill = f.prefill_time(v["active"], fresh, rate)
    shared = f.prefill_shared(users, prefill, weights(users * fresh), bandwidth)
    out = f.tokens_in_turns(users, v["answer"], shared / v["reading"] * 100, step / v["writing"] * 100)
    if v["speed"] == "measured":
        out = v["measured"] * v["answer"] / length
    machine = v["chips"] * v["rent"] * v["hours"]
    fixed = v["spares"] * machine + f.percent_of(v["salary"], v["people"]) / 12
    capacity = f.percent_of(out * length / v["answer"] * 3600 * v["hours"], v["utilization"])
    read_at = f.blended_cost(v["input_price"], v["cached_price"], v["cached"])
    price = f.mixed_price(v["prompt"], read_at, v["answer"], v["output_price"])
    even, good = (meet(fixed, machine, capacity, price) for meet in (f.stairs_meet, f.stairs_stay_below))
    return {
        "weights": held,
        "seats": seats,
        "step": step,
        "out": out,
        "api": price,
        "bill": fixed + machine * f.whole_machines(v["volume"], capacity),
        "even": even if math.isfinite(even) else None,
        "good": good if math.isfinite(good) else None,
    }


def unit_economics(v: Values, tables: Values) -> dict[str, Any]:
    def each(calls: float) -> float:
        read, written = f.agent_input_tokens(calls, v["first"], v["growth"]), calls * v["out"]
        part = min(1, v["cached_price"] / v["input_price"])
        usual, light = (
            f.read_cost(read, v["cached"], price, price * part) + f.token_cost(written, output)
            for price, output in (
                (v["input_price"], v["output_price"]),
                (v["light_input"], v["light_output"]),
            )
        )
        mixed = f.blended_cost(usual, light, v["light"])
        once = f.blended_cost(mixed, f.percent_of(mixed, v["batch_price"]), v["batch"])
        return once + f.percent_of(once, v["retries"])

    by_seat, talks = v["billing"] == "seat", v["seats"] * v["tasks"]
    sold = v["seats"] if by_seat else f.percent_of(talks, v["success"])
    income = sold * v["price" if by_seat else "fee"]

    def cost(use: float) -> float:
        review, fees = f.percent_of(talks, v["reviewed"]) * v["review_cost"], f.percent_of(income, v["fees"])
        free = v["free_users"] * v["free_tasks"] * (use + v["tools"])
        own = v["support"] + v["hosting"] + v["seats"] * v["data"] + talks * (use + v["tools"])
        return own + review + fees + free

    now = each(v["steps"])
    next_year = each(max(1, f.grown(v["steps"], v["longer"], 1))) / v["fall"]
    return {
        "each": now,
        "revenue": income,
        "cost": cost(now),
        "margin": f.gross_margin(income, cost(now)),
        "year_one": f.gross_margin(income, cost(next_year)),
        "wanted": f.price_for_margin(
            (cost(now) - f.percent_of(income, v["fees"])) / sold, v["fees"], v["target"]
        ),
        "heavy_tasks": f.tenth_mean(v["tasks"], v["heavy"]),
    }


WORKED: dict[str, Callable[[Values, Values], dict[str, Any]]] = {
    "training-cost": training_cost,
    "scaling-laws": scaling_laws,
    "serving-cost": serving_cost,
    "unit-economics": unit_economics,
}
"""Lab → the numbers that its result must have; tests/test_one_request_case.py has those of the fifth."""
CASES = [(slug, preset.id) for slug in WORKED for preset in guide_book().labs[slug].presets] + [
    (slug, "") for slug in WORKED
]


@pytest.mark.parametrize(("slug", "preset"), CASES)
def test_a_case_is_what_the_formulas_give(slug: str, preset: str) -> None:
    book, one = guide_book(), lab(slug)
    named = {item.id: item for item in book.labs[slug].presets}
    values = preset_values(book, book.labs[slug], named[preset]) if preset else one.values
    result = one.work(values)
    for name, expected in WORKED[slug](values, one.data["tables"]).items():
        assert result[name] == (expected if expected is None else pytest.approx(expected, rel=1e-9)), name
