"""What does more compute buy? The loss that two fits predict, the best split of the compute, what ten times
as much takes off, and its rent.

`docs/labs/scaling-laws/model.mjs` is the same in the page. Losses are in nats a token, of one data set and
one tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fieldguide.records.cases import Lab, Result, Values
from fieldguide.records.formulas.arithmetic import difference, product, ratio, tenfold
from fieldguide.records.formulas.compute import break_even_tokens, gpu_hours, inference_flop, training_flop
from fieldguide.records.formulas.scaling import (
    fitted_gap,
    fitted_loss,
    optimal_compute,
    optimal_loss,
    optimal_parameters,
    optimal_tokens,
    reducible_loss,
)
from fieldguide.text.plots import tens
from fieldguide.text.spoken import count, digits, fixed, money, power, some

Fit = Mapping[str, float]
"""floor, a, b, alpha and beta of L = floor + a / N^alpha + b / D^beta."""

QUANTITIES = ("parameters", "tokens", "compute")
UNITS = {
    "parameters": ("parameter", "parameters"),
    "tokens": ("token", "tokens"),
    "compute": ("FLOP", "FLOP"),
}
APART = 1.25
"""How many times larger the model of equal loss at its best split must be before a payback is named: nearer
than that, the run is as good as best.
"""
UNSEEN = 0.0005
"""Nats below which a difference is not worth a number."""


def run_of(values: Values) -> tuple[float, float, float]:
    """Parameters, tokens and FLOP of the run: two are given, the third follows from C = 6ND."""
    size, data, compute = (values[kind] for kind in QUANTITIES)
    if values["third"] == "tokens":
        return size, compute / (6 * size), compute
    if values["third"] == "parameters":
        return compute / (6 * data), data, compute
    return size, data, training_flop(size, data)


def shape(fit: Fit) -> dict[str, float]:
    """A fit without its floor: what gaps and best splits follow from."""
    return {key: fit[key] for key in ("a", "b", "alpha", "beta")}


def within(measured: Mapping[str, Any], *run: float) -> str:
    """Whether parameters, tokens and FLOP all lie between the smallest and the largest runs of the
    experiments: "measured", else "extrapolated".
    """
    return (
        "measured"
        if all(
            measured[kind][0] <= value <= measured[kind][1]
            for kind, value in zip(QUANTITIES, run, strict=True)
        )
        else "extrapolated"
    )


def work(values: Values, lab: Lab) -> dict[str, Any]:
    """Every number of the lab."""
    tables = lab["tables"]
    size, data, compute = run_of(values)
    ten, form = tenfold(compute), shape(tables["refit"])
    then = optimal_parameters(ten, **form), optimal_tokens(ten, **form)
    return {
        "parameters": size,
        "tokens": data,
        "compute": compute,
        "ratio": ratio(data, size),
        "tenfold": ten,
        **_by_fit(size, data, compute, tables["refit"], ""),
        **_by_fit(size, data, compute, tables["original"], "_original"),
        "lost": max(0.0, fitted_gap(size, data, **form) - reducible_loss(compute, **form)),
        "best_tokens": optimal_tokens(compute, **form),
        "range": within(tables["range"], size, data, compute),
        "next_range": within(tables["range"], *then, ten),
        **_serving(size, data, compute, form),
        **_rent(values, compute),
    }


def _by_fit(size: float, data: float, compute: float, fit: Fit, end: str) -> dict[str, float]:
    """What one fit says of the run, of the best split of its compute and of that of ten times as much."""
    form = shape(fit)
    now, after = reducible_loss(compute, **form), reducible_loss(tenfold(compute), **form)
    found = {
        "loss": fitted_loss(size, data, **fit),
        "size_term": fit["a"] / size ** fit["alpha"],
        "data_term": fit["b"] / data ** fit["beta"],
        "best_parameters": optimal_parameters(compute, **form),
        "best_ratio": ratio(optimal_tokens(compute, **form), optimal_parameters(compute, **form)),
        "best_loss": fit["floor"] + now,
        "next_loss": fit["floor"] + after,
        "gain": difference(now, after),
    }
    return {key + end: value for key, value in found.items()}


def _serving(size: float, data: float, compute: float, form: Fit) -> dict[str, Any]:
    """The model of equal loss at its best split, by the refit, and how many served tokens pay back what a
    smaller one cost more to train; null unless it is smaller.
    """
    equal = optimal_compute(fitted_gap(size, data, **form), **form)
    twin = optimal_parameters(equal, **form)
    extra = compute - equal if twin >= APART * size else None
    pays = None if extra is None else break_even_tokens(extra, twin, size)
    return {
        "equal_compute": equal,
        "equal_parameters": twin,
        "equal_tokens": optimal_tokens(equal, **form),
        "extra": extra,
        "payback": pays,
    }


def _rent(values: Values, compute: float) -> dict[str, float]:
    hours = gpu_hours(compute, values["peak"] * 1e12 * values["utilization"] / 100)
    rent = product(hours, values["rent"])
    return {"hours": hours, "cost": rent, "cost_tenfold": tenfold(rent)}


def problems(values: Values, lab: Lab) -> list[dict[str, str]]:
    """A pair whose third number lies where no run can be."""
    kind = values["third"]
    if kind == "compute":
        return []
    found = run_of(values)[QUANTITIES.index(kind)]
    low, high = next(
        (item["low"], item["high"])
        for group in lab["groups"]
        for item in group["inputs"]
        if item["id"] == kind
    )
    if low <= found <= high:
        return []
    return [
        {
            "id": "compute",
            "message": (
                f"This leaves {_some(found, kind)}, but this lab covers only {count(low)} to {count(high)}."
            ),
        }
    ]


# Words ---------------------------------------------------------------


def _some(value: float, kind: str) -> str:
    return some(value, *UNITS[kind])


def loss(value: float) -> str:
    """A loss as it is said: 1.97, 212."""
    return fixed(value, 2) if value < 9.995 else digits(value, 3)


def nats(value: float) -> str:
    """A difference of losses: 0.053, "less than 0.001"."""
    return "less than 0.001" if value < UNSEEN else digits(value, 2) if value < 0.0995 else loss(value)


def exact(value: float) -> str:
    """A term of the sum, so that the sum can be followed: 0.0833."""
    return fixed(value, 4) if 0.00995 <= value < 9.99995 else digits(value, 3)


def sentence(result: Result, values: Values, lab: Lab) -> str:
    said, other = loss(result["loss"]), loss(result["loss_original"])
    by = " by both fits" if said == other else f" ({other} by the original fit)"
    where = ", but the run lies outside the measured range" if result["range"] == "extrapolated" else ""
    step = (
        ", but that run lies outside the measured range"
        if result["next_range"] == "extrapolated" and not where
        else ""
    )
    gain, bill = nats(result["gain"]), f"and cost {money(result['cost_tenfold'])} in rent{step}."
    if result["lost"] < UNSEEN:
        then = f"Ten times the compute would lower the loss by {gain} at best {bill}"
    else:
        then = (
            f"The best split of the same compute would lower the loss by {nats(result['lost'])}. Ten times"
            f" the compute would lower it by another {gain} {bill}"
        )
    return (
        f"A model with {_some(result['parameters'], 'parameters')} trained on"
        f" {_some(result['tokens'], 'tokens')} has a predicted loss of {said}{by}{where}. {then}"
    )


def readings(result: Result, values: Values, lab: Lab) -> list[dict[str, str]]:
    return [
        {
            "name": f"predicted loss, nats per token; {loss(result['loss_original'])} by the original fit",
            "text": loss(result["loss"]),
        },
        {
            "name": (
                f"reduction in loss for ten times the compute; {nats(result['gain_original'])} by the"
                " original fit"
            ),
            "text": nats(result["gain"]),
        },
        {
            "name": f"tokens per parameter; the best split has {count(result['best_ratio'])}",
            "text": count(result["ratio"]),
        },
        {"name": "rent for this run", "text": money(result["cost"])},
    ]


FORMATS = {"count": count, "digits": digits, "money": money, "nats": nats, "exact": exact}


def more(result: Result, values: Values, lab: Lab) -> dict[str, Any]:
    """What the lines of the sum name besides the result."""
    return {name: lab["tables"][name] for name in ("refit", "original")} | {
        "saved": inference_flop(result["equal_parameters"]) - inference_flop(result["parameters"])
    }


# Charts --------------------------------------------------------------

STEPS = 40
"""Places of each curve."""
MARKED = ("gpt-3", "chinchilla", "gopher", "palm-540b", "llama-31-405b", "llama-3-8b", "deepseek-v3")
"""The models that are drawn: those of the chapter's figure, one trained for long and one mixture of
experts.
"""
STYLES: Mapping[str, Mapping[str, Any]] = {
    "used": {"name": "Refit, 2024", "layer": "model", "strong": True, "dash": "7 5"},
    "other": {"name": "Original fit, 2022", "layer": None, "strong": False, "dash": "4 4"},
}
Curve = Callable[[float], float]
Scene = dict[str, Any]
Mark = tuple[str, float, float, str, str, str]
"""Id, place across and upward, name, label, basis."""


def scale(low: float, high: float, name: str, places: Iterable[float], say: Callable[[float], str]) -> Scene:
    return {
        "low": low,
        "high": high,
        "type": "log",
        "name": name,
        "ticks": [{"at": at, "label": say(at)} for at in places if low <= at <= high],
    }


def decades(low: float, high: float, leads: Sequence[int]) -> list[float]:
    return [lead * 10.0**at for at in range(tens(low), tens(high) + 1) for lead in leads]


def across(low: float, high: float, name: str) -> Scene:
    """A logarithmic scale with its powers of ten, and their threes where they are few."""
    return scale(low, high, name, decades(low, high, (1, 3) if high < 1e4 * low else (1,)), power)


def upward(low: float, high: float) -> Scene:
    """A scale of losses: even steps where it is short, otherwise one, two and five of each power of ten."""
    if high > 8 * low:
        return scale(low, high, "", decades(low, high, (1, 2, 5)), lambda at: fixed(at, 0))
    raw = (high - low) / 10
    step = next(step for lead in (1, 2, 5, 10) if (step := lead * 10.0 ** tens(raw)) >= raw)
    return scale(
        low,
        high,
        "",
        [number * step for number in range(int(low / step), int(high / step) + 1)],
        lambda at: fixed(at, max(0, -tens(step))),
    )


def pieces(
    key: str, ends: tuple[float, float], measured: Sequence[float], top: float, curve: Curve
) -> list[Scene]:
    """A fit as curves: dashed, and solid between the ends of what was measured. Places above the plot are
    left out.
    """
    low, high = ends
    start, end = (min(max(place, low), high) for place in measured)
    parts = [
        part
        for part in (("below", low, start), ("measured", start, end), ("beyond", end, high))
        if part[1] < part[2]
    ]
    found = []
    for part, begin, finish in parts:
        places = [begin * (finish / begin) ** (step / STEPS) for step in range(STEPS + 1)]
        look = dict(
            STYLES[key],
            join=True,
            marks=[],
            curve=[[place, value] for place in places if (value := curve(place)) <= top],
        )
        found.append(
            {
                "id": f"{key}-{part}",
                **look,
                "name": look["name"] if part == parts[-1][0] else "",
                "dash": None if part == "measured" else look["dash"],
            }
        )
    return found


def marks(key: str, layer: str | None, found: Iterable[Mark]) -> Scene:
    """Marks without a line; the reader's own are colored, and stand first, so that their labels have the
    choice of place.
    """
    return {
        "id": key,
        "name": "",
        "layer": layer,
        "strong": True,
        "join": False,
        "dash": None,
        "curve": [],
        "marks": [
            {"id": one, "x": x, "y": y, "basis": basis, "name": name, "label": label}
            for one, x, y, name, label, basis in found
        ],
    }


def of_run(key: str, x: float, y: float, name: str) -> Mark:
    """A mark of what was worked out here, labeled with its name."""
    return key, x, y, name, name, "derived"


def plot(
    title: str,
    context: str,
    x: Scene,
    y: Scene,
    series: Sequence[Scene],
    measured: Sequence[float],
    rules: Sequence[Scene] = (),
) -> Scene:
    regions = [{"x": list(measured), "value": ["start", "end"]}] if measured[0] < measured[1] else []
    panel = {
        "title": "",
        "x": x,
        "y": y,
        "series": list(series),
        "rules": list(rules),
        "regions": regions,
        "said": [],
    }
    return {
        "title": title,
        "context": f"Predicted loss in nats per token {context}; both axes are logarithmic",
        "scene": {"kind": "xy", "panels": [panel], "key": {}, "point": ""},
    }


def charts(result: Result, values: Values, lab: Lab) -> list[Scene]:
    return [_by_compute(result, lab), _by_size(result, lab)]


def _by_compute(result: Result, lab: Lab) -> Scene:
    """Loss against compute at the best split, with models and the run."""
    refit, original, range_ = (lab["tables"][name] for name in ("refit", "original", "range"))
    low, high = 10.0 ** min(20, tens(result["compute"])), 10.0 ** max(27, tens(result["compute"]) + 2)
    measured = max(low, range_["compute"][0]), range_["compute"][1]
    top = 1.02 * max(optimal_loss(low, **refit), optimal_loss(low, **original), result["loss"])
    models, here = _models(result, lab)
    series = [
        *pieces("used", (low, high), measured, top, lambda at: optimal_loss(at, **refit)),
        *pieces("other", (low, high), measured, top, lambda at: optimal_loss(at, **original)),
        marks(
            "run",
            "model",
            [
                of_run("run", result["compute"], result["loss"], f"{here}this run"),
                of_run("next", result["tenfold"], result["next_loss"], "ten times the compute"),
            ],
        ),
        marks("models", None, models),
    ]
    rules = [
        {"at": fit["floor"], "across": True, "label": f"floor of the {name}, {fixed(fit['floor'], 2)}"}
        for fit, name in ((refit, "refit"), (original, "original fit"))
    ]
    context = (
        "at the best split; each model stands at the loss that the refit predicts, not at its measured loss;"
        " the runs behind the fits lie in the shaded part, and the rest is extrapolated"
    )
    return plot(
        f"Ten times the compute lowers the loss by {nats(result['gain'])}",
        context,
        across(low, high, "Training compute, FLOP"),
        upward(0.97 * original["floor"], top),
        series,
        measured,
        rules,
    )


def _models(result: Result, lab: Lab) -> tuple[list[Mark], str]:
    """Marks of models that disclose their run, but for the one whose run the reader's is, and the name of
    that one.
    """
    rows = next(item["rows"] for group in lab["groups"] for item in group["inputs"] if item["id"] == "model")
    short = {row["id"]: re.sub(r" *\([^)]*\)$", "", row["name"]) for row in rows}
    same = next(
        (
            row["id"]
            for row in rows
            if all(row["values"][key] == result[key] for key in ("parameters", "tokens"))
        ),
        "",
    )
    found = []
    for slug in MARKED:
        if slug == same:
            continue
        row = next(row for row in rows if row["id"] == slug)
        run, kind = row["values"], lab["origins"][row["origins"]["compute"]]["kind"]
        found.append(
            (
                slug,
                run["compute"],
                fitted_loss(run["parameters"], run["tokens"], **lab["tables"]["refit"]),
                short[slug],
                short[slug],
                kind,
            )
        )
    return found, f"{short[same]}, " if same else ""


def _by_size(result: Result, lab: Lab) -> Scene:
    """Loss over parameters at the compute of the run: too large a model reads too little, too small a one
    cannot hold what it reads.
    """
    refit, original, range_ = (lab["tables"][name] for name in ("refit", "original", "range"))
    compute, size, best, wide = (
        result[key] for key in ("compute", "parameters", "best_parameters", "best_parameters_original")
    )

    def curve(fit: Fit) -> Curve:
        return lambda at: fitted_loss(at, compute / (6 * at), **fit)

    one, two = curve(refit), curve(original)
    low, high = min(size, best, wide) / 10, max(size, best, wide) * 10
    top = 1.005 * max(result["loss"], one(best / 10), one(best * 10), two(wide / 10), two(wide * 10))
    start, end = (
        (compute / (6 * at) for at in reversed(range_["tokens"]))
        if range_["compute"][0] <= compute <= range_["compute"][1]
        else (low, low)
    )
    solid = max(range_["parameters"][0], start, low), min(range_["parameters"][1], end, high)
    fitted = solid[0] < solid[1]
    solid = solid if fitted else (low, low)
    series = [
        *pieces("used", (low, high), solid, top, one),
        *pieces("other", (low, high), solid, top, two),
        marks("run", "model", [of_run("run", size, result["loss"], "this run")]),
        marks(
            "best",
            None,
            [
                of_run("best", best, result["best_loss"], f"best, {count(best)}"),
                of_run("best-original", wide, result["best_loss_original"], f"best, {count(wide)}"),
            ],
        ),
    ]
    title = (
        "This compute is split about as well as it can be"
        if result["lost"] < UNSEEN
        else f"A better split of this compute lowers the loss by {nats(result['lost'])}"
    )
    where = (
        "the runs behind the fits lie in the shaded part"
        if fitted
        else "the fits used no runs like these, so the whole chart is extrapolated"
    )
    context = (
        f"by parameters, for {count(compute)} FLOP in all, so more parameters mean fewer tokens; {where}"
    )
    return plot(
        title,
        context,
        across(low, high, "Parameters"),
        upward(0.995 * min(result["best_loss"], result["best_loss_original"]), top),
        series,
        solid,
    )
