"""What does serving cost? Memory, speed and bill of one's own machines beside a list price;
docs/labs/serving-cost/model.mjs says the same in the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from fieldguide.records.cases import Lab, Result, Row, Values, finite
from fieldguide.records.cases._machine import (
    BITS,
    fixed_of,
    limits_of,
    memory_of,
    reached_of,
    read_of,
    shape_problems,
    speed_of,
    step_of,
)
from fieldguide.records.formulas.arithmetic import percent_of
from fieldguide.records.formulas.compute import inference_flop
from fieldguide.records.formulas.money import mixed_price, token_cost
from fieldguide.records.formulas.serving import (
    stairs_meet,
    stairs_stay_below,
    whole_machines,
)
from fieldguide.text.dates import show_date
from fieldguide.text.plots import axis, chart, decades, mark, series
from fieldguide.text.spoken import billion, count, digits, money, percent, some

SHAPE = ("parameters", "active", "experts", "chosen", "layers", "kv_heads", "head_size", "vectors")
CHIP = ("memory", "bandwidth", "rate16", "rate8")
PRICES = ("input_price", "output_price")
POINTS = 40
"""Of a curve in a chart."""
ENGINEER = 25
"""Percent of an engineer that, with one spare machine, is set beside an answer that counts neither."""


def work(values: Values, lab: Lab) -> dict[str, Any]:
    """Sizes in GB, times in ms but `first` in seconds, speeds in tokens a second, money in USD, volumes in
    tokens a month.

    Where the model does not fit, `out` and `times` are None, and what would follow from them is missing.
    """
    given = {
        name: float(value) if isinstance(value, int | float) else value for name, value in values.items()
    }
    api = mixed_price(given["prompt"], given["input_price"], given["answer"], given["output_price"])
    result = memory_of(given) | {
        "machine": given["chips"] * given["rent"] * given["hours"],
        "people": percent_of(given["salary"], given["people"]) / 12,
        "api": api,
        "api_bill": token_cost(given["volume"], api),
        "out": None,
        "times": None,
    }
    if result["places"]:
        result |= speed_of(given, result)
        result |= _bill(given, result)
        result |= _rivals(given, result, lab)
    return result


def _bill(given: Values, result: Result) -> dict[str, Any]:
    machine, fixed = result["machine"], fixed_of(given, result)
    most = result["all"] * 3600 * given["hours"]
    capacity = most * given["utilization"] / 100
    machines = float(whole_machines(given["volume"], capacity))
    bill = fixed + machines * machine
    cost = bill / given["volume"] * 1e6
    even = finite(stairs_meet(fixed, machine, capacity, result["api"]))
    backed = machine + percent_of(given["salary"], ENGINEER) / 12
    return {
        "capacity": capacity,
        "machines": machines,
        "bill": bill,
        "cost": cost,
        "written": cost * (given["prompt"] + given["answer"]) / given["answer"],
        "saving": result["api_bill"] - bill,
        "times": result["api_bill"] / bill if bill else None,
        "even": even,
        "good": finite(stairs_stay_below(fixed, machine, capacity, result["api"])),
        "backed": finite(stairs_stay_below(backed, machine, capacity, result["api"])),
        "least_cost": machine / capacity * 1e6,
        "full": None if even is None else 100 * even / (whole_machines(even, capacity) * most),
    }


def _rivals(given: Values, result: Result, lab: Lab) -> dict[str, list[Any]]:
    """List prices of the same model on record, lowest first: sellers, USD per million of the mix, and where
    the stairs meet each.
    """
    found = sorted(
        (
            (
                mixed_price(
                    given["prompt"],
                    row["values"]["input_price"],
                    given["answer"],
                    row["values"]["output_price"],
                ),
                row["note"],
            )
            for row in _sellers(given, lab)
        ),
        key=lambda one: one[0],
    )
    evens = [
        finite(stairs_meet(fixed_of(given, result), result["machine"], result["capacity"], price))
        for price, _ in found
    ]
    return {
        "rivals": [name for _, name in found],
        "rival_prices": [price for price, _ in found],
        "rival_evens": evens,
    }


def _rows(lab: Lab, pick: str) -> Sequence[Row]:
    return next(item["rows"] for group in lab["groups"] for item in group["inputs"] if item["id"] == pick)


def _picked(given: Values, lab: Lab, pick: str, names: Iterable[str]) -> Row | None:
    """The record that is picked, as long as its numbers still stand."""
    row = next((row for row in _rows(lab, pick) if row["id"] == given[pick]), None)
    return (
        row
        if row is not None and all(row["values"].get(name, given[name]) == given[name] for name in names)
        else None
    )


def _sellers(given: Values, lab: Lab) -> list[Row]:
    """The list prices of the model that is picked: those whose name begins with its name."""
    model = _picked(given, lab, "model", SHAPE)
    return (
        [
            row
            for row in _rows(lab, "api")
            if row["name"].startswith(model["name"]) and row["origins"].keys() >= set(PRICES)
        ]
        if model
        else []
    )


def _model(given: Values, lab: Lab) -> str:
    row = _picked(given, lab, "model", SHAPE)
    return row["name"] if row else f"a model of {count(given['parameters'])} parameters"


def _chips(given: Values, lab: Lab, number: float) -> str:
    row = _picked(given, lab, "offer", CHIP)
    name = row["name"].replace(", one", "") + " chip" if row else "accelerator"
    return some(number, name, f"{name}s")


def _seller(given: Values, lab: Lab) -> str:
    """Who sells the API: the seller of the model that is picked, the name of another model's record, or just
    the API.
    """
    row, model = _picked(given, lab, "api", PRICES), _picked(given, lab, "model", SHAPE)
    return (
        "the API"
        if row is None or not row["origins"]
        else row["note"]
        if model and row["name"].startswith(model["name"])
        else row["name"]
    )


def _price(result: Result, given: Values, lab: Lab) -> str:
    """The API's price with its day, where a record gives one, and whether it is that of another model."""
    row, model = _picked(given, lab, "api", PRICES), _picked(given, lab, "model", SHAPE)
    said = f"{_seller(given, lab)}’s {money(result['api'])}"
    if row is None:
        return said
    alike = model is None or row["name"].startswith(model["name"])
    day = lab["origins"][row["origins"]["input_price"]]["as_of"] if row["origins"] else ""
    notes = [
        f"list price on {show_date(day)}" if day else "" if row["origins"] else "assumption, no list price",
        "" if alike else "the price is for another model",
    ]
    kept = "; ".join(note for note in notes if note)
    return f"{said} ({kept})" if kept else said


def _gb(value: float) -> str:
    return f"{digits(value, 3)} GB"


def problems(values: Values, lab: Lab) -> list[dict[str, str]]:
    return shape_problems(values)


def sentence(result: Result, values: Values, lab: Lab) -> str:
    """The verdict first, then the two prices, then what they assume."""
    what, where = (
        f"{_model(values, lab)} in {BITS[values['bits']]} bits",
        _chips(values, lab, values["chips"]),
    )
    if result["out"] is None:
        kept = f", with {percent(values['reserve'])} of the memory kept free" if values["reserve"] else ""
        if result["least"] > values["chips"]:
            return (
                f"On {where}, {what} does not fit: {_gb(result['weights'])} of weights need at least"
                f" {_chips(values, lab, result['least'])}{kept}."
            )
        return (
            f"On {where}, {what} leaves no room for one user’s cache of {_gb(result['cache'])}: together they"
            f" need at least {_chips(values, lab, result['one'])}{kept}."
        )
    total = some(result["machines"] + values["spares"], "machine", "machines")
    bill = (
        f"At {count(values['volume'])} tokens a month, you would pay {money(result['cost'])} per million on"
        f" {total} of your own, compared with {_price(result, values, lab)}."
    )
    hour = f"{money(values['rent'])} an hour{' each' if values['chips'] > 1 else ''}"
    sizes = (
        f"prompts of {some(values['prompt'], 'token', 'tokens')}, answers of"
        f" {some(values['answer'], 'token', 'tokens')}"
    )
    room = (
        f" There is room for {count(result['users'])} of {count(values['users'])} concurrent users."
        if result["users"] < values["users"]
        else ""
    )
    return (
        f"{_verdict(result, values, lab)}. {bill} This assumes {what} on {where} at {hour},"
        f" {percent(values['utilization'])} utilization, {sizes},"
        f" {_extras(result, values)}.{room}{_others(result)}"
    )


def _extras(result: Result, values: Values) -> str:
    """Whether a spare and people are counted."""
    spares = (
        some(values["spares"], "spare machine", "spare machines") if values["spares"] else "no spare machine"
    )
    staff = f"{money(result['people'])} for staff" if result["people"] else "no staff"
    return f"{spares} and {staff}"


def _verdict(result: Result, values: Values, lab: Lab) -> str:
    """Where your own machines cost less, or why they never do."""
    seller, even = _seller(values, lab), result["even"]
    if even is None:
        return (
            f"Your own machines never cost less than {seller}, because at this utilization a million tokens"
            f" cost at least {money(result['least_cost'])} on them"
        )
    first, always = count(even), count(result["good"])
    if not even:
        return f"At any volume, your own machines cost less than {seller}"
    if first == always:
        return f"Above {first} tokens a month, your own machines cost less than {seller}"
    return (
        f"Above {first} tokens a month, your own machines cost less than {seller} at some volumes, and at all"
        f" volumes above {always}"
    )


def _others(result: Result) -> str:
    prices, never = len(result["rivals"]), sum(even is None for even in result["rival_evens"])
    said = f"{some(prices, 'list price', 'list prices')} on record for this model"
    if prices < 2:
        return ""
    if not never:
        return f" Each of the {said} is higher than your cost at some volume."
    return (
        f" Each of the {said} is lower than your cost at every volume."
        if never == prices
        else f" Of the {said}, {some(never, 'is', 'are')} lower than your cost at every volume."
    )


def readings(result: Result, values: Values, lab: Lab) -> list[dict[str, str]]:
    if result["out"] is None:
        return [
            {"name": "of weights", "text": _gb(result["weights"])},
            {"name": "of usable memory", "text": _gb(result["usable"])},
            {
                "name": f"needed for {some(values['users'], 'concurrent user', 'concurrent users')}",
                "text": _chips(values, lab, result["needed"]),
            },
        ]
    saved = _three(abs(result["saving"]))
    lost = result["saving"] < 0 and saved != "$0"
    users = (
        "one user"
        if result["users"] == 1
        else f"each of {count(result['users'])} users, {count(result['out'])} in total"
    )
    backed = (
        {
            "name": "the same volume, if you add one spare machine and a quarter of an engineer",
            "text": count(result["backed"]),
        }
        if result["good"] is not None and not values["spares"] and not values["people"]
        else None
    )
    return [
        _meeting(result),
        {
            "name": f"per million tokens; at least {money(result['least_cost'])} at any volume",
            "text": money(result["cost"]),
        },
        {
            "name": f"{'more' if lost else 'less'} per month than the API",
            "text": saved,
            **({"tone": "bad"} if lost else {}),
        },
        {"name": f"output tokens per second for {users}", "text": count(result["each"])},
        *([backed] if backed else []),
    ]


def _meeting(result: Result) -> dict[str, str]:
    """The volume above which your own machines always cost less, and the lower one from which they do at
    some.
    """
    if result["even"] is None:
        return {"name": "volume at which your machines cost less", "text": "none"}
    first, always = count(result["even"]), count(result["good"])
    full = f", at {percent(result['full'])} of capacity" if result["even"] else ""
    return {
        "name": (
            "tokens a month, above which your machines always cost"
            f" less{'' if first == always else f'; at some volumes from {first}'}{full}"
        ),
        "text": always,
    }


def _three(value: float) -> str:
    """US dollars with three digits below a million."""
    return money(float(digits(value, 3).replace(",", "")) if value < 999_500 else value)


FORMATS = {"count": count, "digits": digits, "money": money, "percent": percent, "gb": _gb, "bn": billion}


def more(result: Result, values: Values, lab: Lab) -> dict[str, Any]:
    """What the lines of the sum name besides the result; `sellers` are the list prices of the model that is
    picked, those of one height together.
    """
    rate, bandwidth = limits_of(values)
    prices = zip(
        result.get("rivals", ()), result.get("rival_prices", ()), result.get("rival_evens", ()), strict=True
    )
    alike = [[*group] for _, group in groupby(prices, key=lambda one: one[1])]
    return {
        "bits": BITS[values["bits"]],
        "cache_bits": BITS[values["cache_bits"]],
        "both": values["prompt"] + values["answer"],
        "kept": 100 - values["reserve"],
        "rate": rate,
        "bandwidth": bandwidth,
        "quarter": percent_of(values["salary"], ENGINEER) / 12,
        "sellers": [
            {
                "name": f"{name} and {some(len(group) - 1, 'other', 'others')}" if len(group) > 1 else name,
                "price": price,
                "even": even,
            }
            for group in alike
            for name, price, even in group[:1]
        ],
    }


def charts(result: Result, values: Values, lab: Lab) -> list[dict[str, Any]]:
    return (
        []
        if result["out"] is None
        else [_stairs(result, values, lab), _batch(result, values, lab), _roof(result, values, lab)]
    )


def _stairs(result: Result, given: Values, lab: Lab) -> dict[str, Any]:
    """The bill by volume: stairs of whole machines, or a line where they are too many to tell apart, and the
    API’s line.
    """
    capacity, even, good, fixed = result["capacity"], result["even"], result["good"], fixed_of(given, result)
    x = axis(1.3 * max(given["volume"], good or 0, capacity), lab["words"]["volume"], count)
    end, number = x["high"], math.ceil(x["high"] / capacity - 1e-9)
    if number > POINTS:
        steps = [
            (nth * end / POINTS, whole_machines(nth * end / POINTS, capacity)) for nth in range(POINTS + 1)
        ]
    else:
        steps = [(min(at * capacity, end), step + 1) for step in range(number) for at in (step, step + 1)]
    curve, api = (
        [[at, fixed + machines * result["machine"]] for at, machines in steps],
        token_cost(end, result["api"]),
    )
    met = (
        []
        if even is None
        else [
            mark(volume, token_cost(volume, result["api"]), words)
            for words, volume in {count(even): even, count(good): good}.items()
        ]
    )
    title = (
        "The API is cheaper at every volume"
        if even is None
        else (
            f"The API {'always ' if len(met) > 1 else ''}costs more above {count(good)} tokens a month"
            if even
            else "The API costs more at every volume"
        )
    )
    return chart(
        title,
        lab["words"]["stairs"],
        x,
        axis(max(curve[-1][1], api) or 1, "$ a month", money),
        [
            series(
                "Your machines",
                curve,
                [mark(given["volume"], result["bill"], money(result["bill"]))],
                layer="infrastructure",
            ),
            series(
                f"{_seller(given, lab)} at {money(result['api'])}",
                [[0, 0], [end, api]],
                [mark(given["volume"], result["api_bill"], money(result["api_bill"])), *met],
                layer="model",
            ),
        ],
    )


def _batch(result: Result, given: Values, lab: Lab) -> dict[str, Any]:
    """Output tokens per second by concurrent users: the theoretical maximum, and what is reached of it."""
    most = max(1.0, min(given["users"] * 2, result["places"]))
    at = [
        (users, step_of(given, users, result["middle"]))
        for users in (1 + nth * (most - 1) / POINTS for nth in range(POINTS + 1))
    ]
    bound = [
        [users, reached_of({**given, "reading": 100, "writing": 100}, users, result["prefill"], step)]
        for users, step in at
    ]
    here = [mark(result["users"], result["out"], count(result["out"]))]
    x = axis(1.1 * max(given["users"], most), lab["words"]["users"], count)
    title = (
        f"{some(result['users'], 'user gets', 'users together get')} {count(result['out'])} tokens per second"
    )
    return chart(
        title[0].upper() + title[1:],
        lab["words"]["batch"],
        x,
        axis(max(bound[-1][1], result["out"]), lab["words"]["speed"], count),
        [
            series("Theoretical maximum", bound, [], strong=False, dash="6 4"),
            (
                series("Measured", [], here)
                if result["first"] is None
                else series(
                    "Expected",
                    [[users, reached_of(given, users, result["prefill"], step)] for users, step in at],
                    here,
                )
            ),
        ],
        (
            [{"at": result["places"], "across": False, "label": f"memory full at {count(result['places'])}"}]
            if result["places"] <= x["high"]
            else []
        ),
    )


def _roof(result: Result, given: Values, lab: Lab) -> dict[str, Any]:
    """The roofline of the machine, and where three kinds of work stand on it."""
    (rate, bandwidth), users = limits_of(given), result["users"]
    ridge = rate / bandwidth
    works = (
        ("decode for one user", 1.0, result["middle"]),
        ("decode for all users", users, users * result["middle"]),
        ("prefill", given["prompt"], 0.0),
    )
    places = [
        inference_flop(given["active"]) * tokens / ((read_of(given, tokens) + cache) * 1e9)
        for _, tokens, cache in works
    ]
    x = decades([*places, ridge], lab["words"]["intensity"])
    _, writing, reading = ("arithmetic" if at >= ridge else "memory" for at in places)
    title = (
        f"Prefill and decode both wait for {reading}"
        if reading == writing
        else f"Prefill waits for {reading}, while decode waits for {writing}"
    )
    return chart(
        title,
        lab["words"]["roof"],
        x,
        decades([rate, x["low"] * bandwidth], "TFLOP/s"),
        [
            series("The machine", [[x["low"], x["low"] * bandwidth], [ridge, rate], [x["high"], rate]], []),
            series(
                "",
                [],
                [
                    mark(at, min(rate, at * bandwidth), name)
                    for at, (name, *_) in zip(places, works, strict=True)
                ],
            ),
        ],
    )
