"""Follow one request: from its tokens through a shared machine to its list price, the seat that pays for it,
and who keeps each cent of a dollar.

Times and sizes are those of `_machine.py`, money is USD for one request; docs/labs/one-request/model.mjs says
the same in the page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fieldguide.records.cases import Lab, Result, Values
from fieldguide.records.cases._machine import (
    BITS,
    limits_of,
    memory_of,
    read_of,
    shape_problems,
    speed_of,
    step_of,
    together_of,
)
from fieldguide.records.cases._request_marks import notes, of_another
from fieldguide.records.formulas.arithmetic import percent_of, share
from fieldguide.records.formulas.compute import inference_flop
from fieldguide.records.formulas.money import rental_cost_per_million, token_cost
from fieldguide.records.formulas.serving import chips_to_hold
from fieldguide.text.spoken import billion, count, digits, fixed, money, percent, some

Say = Callable[[float], str]
SEATS = 1000
"""Of the product that the seat's numbers are carried on to."""
MACHINE = (
    "answer",
    "users",
    "api",
    "input_price",
    "output_price",
    "model",
    "bits",
    "cache_bits",
    "offer",
    "chips",
    "rent",
    "reading",
    "writing",
    "utilization",
    "parameters",
    "active",
    "experts",
    "chosen",
    "layers",
    "kv_heads",
    "head_size",
    "vectors",
    "memory",
    "bandwidth",
    "rate16",
    "rate8",
)
"""Inputs that the lab on what serving costs has too."""
STEPS = ("tokens", "machine", "batch", "rent", "price", "seat", "dollar")
"""The steps that are arithmetic, in order; the one after the first is what our own model makes of the
sentence.
"""
NONE = "no record"


def given_of(values: Values) -> dict[str, Any]:
    """The values as the machine's arithmetic takes them."""
    given = {
        name: float(value) if isinstance(value, int | float) else value for name, value in values.items()
    }
    return given | {"prompt": given["tokens"] + given["context"], "reserve": 0.0, "speed": "bound"}


def work(values: Values, lab: Lab) -> dict[str, Any]:
    """Sizes in GB, times in ms but `first` and `wait` in seconds, money in USD; `out` and `shown` are None,
    and what would follow is missing, where the model does not fit.
    """
    given = given_of(values)
    result = _memory(given) | {"prompt": given["prompt"], "out": None, "shown": None}
    if not result["places"]:
        return result
    result |= speed_of(given, result)
    result |= _alone(given, result)
    result |= _paid(given, result)
    return result | _dollar(given, result)


def _memory(given: Values) -> dict[str, Any]:
    """As `memory_of`, but a request counts only where the whole of its cache fits: `places` are whole."""
    found = memory_of(given)
    return found | {
        "places": float(math.floor(found["seats"] + 1e-9)),
        "one": chips_to_hold(found["weights"] + found["cache"], given["memory"]),
    }


def _alone(given: Values, result: Result) -> dict[str, float]:
    """What a request alone moves and waits for, and what one that shares does."""
    rate, bandwidth = limits_of(given)
    load, users = read_of(given, given["prompt"]) / bandwidth, result["users"]
    return {
        "rate": rate,
        "moves": bandwidth,
        "load": load,
        "take": max(result["prefill"], load),
        "passed": read_of(given, given["prompt"]),
        "lone_moved": read_of(given, 1) + result["middle"],
        "lone_read": read_of(given, 1),
        "lone": step_of(given, 1, result["middle"]),
        "sum": inference_flop(given["active"]) / (rate * 1e12) * 1000,
        "moved": (result["read"] + users * result["middle"]) / users,
        "together": together_of(given, users),
        "wait": given["answer"] * users / result["out"],
    }


def _paid(given: Values, result: Result) -> dict[str, float]:
    """GPU-seconds and their rent, the list price, the seat; each for this request alone."""
    reading = given["chips"] * result["pass"] / given["reading"] / 10
    writing = given["chips"] * given["answer"] * result["step"] / given["writing"] / 10 / result["users"]
    full = token_cost(
        given["answer"], rental_cost_per_million(given["chips"] * given["rent"], result["out"], 100)
    )
    rent = token_cost(
        given["answer"],
        rental_cost_per_million(given["chips"] * given["rent"], result["out"], given["utilization"]),
    )
    price_in, price_out = (
        token_cost(given["prompt"], given["input_price"]),
        token_cost(given["answer"], given["output_price"]),
    )
    charge, seat = price_in + price_out, given["seat"] / given["requests"]
    other = percent_of(seat, given["other"])
    return {
        "gpu_reading": reading,
        "gpu_writing": writing,
        "gpu": reading + writing,
        "full": full,
        "rented": rent,
        "idle": rent - full,
        "price_in": price_in,
        "price_out": price_out,
        "charge": charge,
        "host": charge - rent,
        "brings": seat,
        "others": other,
        "kept": seat - charge - other,
    }


def _dollar(given: Values, result: Result) -> dict[str, Any]:
    """Of a dollar that the seat brings, in cents, who keeps what, from the top of the stack down: `cents`."""
    running, wear = (
        token_cost(
            given["answer"],
            rental_cost_per_million(given["chips"] * given[name], result["out"], given["utilization"]),
        )
        for name in ("running", "wear")
    )
    maker = percent_of(wear, given["margin"])
    parts = [
        result["kept"],
        result["others"],
        0.0,
        result["host"],
        result["rented"] - running - wear,
        running,
        maker,
        wear - maker,
    ]
    cents = [share(part, result["brings"]) for part in parts]
    return {
        "running_cost": running,
        "wear_cost": wear,
        "maker": maker,
        "parts": parts,
        "cents": cents,
        "shown": max(-100.0, cents[0]),
    }


def problems(values: Values, lab: Lab) -> list[dict[str, str]]:
    found = shape_problems(values)
    given = given_of(values)
    memory = _memory(given)
    if not found and not memory["places"]:
        found.append(
            {
                "id": "chips",
                "message": (
                    f"The model and the cache of one request need at least {count(memory['one'])} of these"
                    " accelerators."
                ),
            }
        )
    return found


# Words ------------------------------------------------------------


def _gb(value: float) -> str:
    return f"{digits(value, 4)} GB"


def _usd(value: float) -> str:
    """US dollars, with three digits below one, so that a sum can be followed."""
    size = abs(value)
    return money(value) if size >= 0.9995 or size < 5e-9 else f"{'−' if value < 0 else ''}${digits(size, 3)}"


def _share(value: float) -> str:
    """Percent with three digits, so that a sum can be followed."""
    return f"{digits(value, 3)}%"


def _cents(value: float) -> str:
    return fixed(value, 2)


def sentence(result: Result, values: Values, lab: Lab) -> str:
    """The whole way in one or two sentences."""
    what = f"Your sentence is {some(values['tokens'], 'token', 'tokens')}"
    if values["context"]:
        what = (
            f"Your sentence makes up {count(values['tokens'])} of the prompt’s {count(result['prompt'])}"
            " tokens"
        )
    if result["out"] is None:
        return f"{what}. The model and its cache do not fit on this machine."
    kept = fixed(abs(result["cents"][0]), 0)
    size = f"about {kept} {'cent' if kept == '1' else 'cents'}"
    end = (
        f"The application keeps {size} of each dollar of the seat price, before it pays salaries and sales"
        " costs"
        if result["kept"] >= 0
        else f"The application loses {size} on each dollar of the seat price"
    )
    offer = next(
        row
        for group in lab["groups"]
        for item in group["inputs"]
        if item["id"] == "offer"
        for row in item["rows"]
        if row["id"] == values["offer"]
    )
    lent = " (we have no rent on record for this accelerator)" if "rent" in offer.get("lacks", ()) else ""
    return (
        f"{what}. Reading the prompt and writing an answer of {some(values['answer'], 'token', 'tokens')}"
        f" takes {count(result['gpu'])} GPU-seconds, which cost {_usd(result['rented'])} to rent{lent}. At"
        f" its list price, the host charges {_usd(result['charge'])} for the"
        f" request{' (the price is for another model)' if of_another(values, lab) else ''}. {end}."
    )


def readings(result: Result, values: Values, lab: Lab) -> list[dict[str, str]]:
    if result["out"] is None:
        return [
            {"name": "of weights", "text": _gb(result["weights"])},
            {"name": "of usable memory", "text": _gb(result["usable"])},
        ]
    bad = {"tone": "bad"}
    return [
        {"name": "list price of the request", "text": _usd(result["charge"])},
        {
            "name": (
                f"rent, including idle time; the host {'keeps' if result['host'] >= 0 else 'loses'}"
                f" {_usd(abs(result['host']))}"
            ),
            "text": _usd(result["rented"]),
        }
        | (bad if result["host"] < 0 else {}),
        {"name": "GPU-seconds", "text": count(result["gpu"])},
        {"name": "of the seat price stays with the application", "text": percent(result["cents"][0])}
        | (bad if result["kept"] < 0 else {}),
    ]


UNITS: Mapping[str, Say] = {"GB": _gb, "$": _usd, "cents": lambda value: f"{_cents(value)} cents"}
FORMATS = {
    "count": count,
    "digits": digits,
    "money": money,
    "gb": _gb,
    "usd": _usd,
    "bn": billion,
    "share": _share,
    "cents": _cents,
}


def more(result: Result, values: Values, lab: Lab) -> dict[str, Any]:
    """What the lines of the sum name besides the result: under their place the cents of the dollar; `each` is
    the arithmetic that the weights are worked with, `held` the parameters in experts.
    """
    v = values
    mixed = v["chosen"] < v["experts"]
    return {
        **{str(at): value for at, value in enumerate(result.get("cents", ()))},
        "bit": BITS[v["bits"]],
        "cache_bit": BITS[v["cache_bits"]],
        "each": v["rate8" if v["bits"] == "eight" else "rate16"],
        "flop": 2 * v["active"],
        "held": (
            min(v["parameters"], max(0.0, (v["parameters"] - v["active"]) / (1 - v["chosen"] / v["experts"])))
            if mixed
            else 0
        ),
        "mixed": mixed,
        "fits": result["out"] is not None,
        "alone": result.get("users") == 1,
    }


def _amount(value: float, unit: str) -> str:
    return UNITS[unit](value) if unit in UNITS else f"{count(value)} {unit}"


def charts(result: Result, values: Values, lab: Lab) -> list[dict[str, Any]]:
    """None: its pictures are those of the steps."""
    return []


# The steps ------------------------------------------------------------


def steps(result: Result, values: Values, lab: Lab) -> list[dict[str, Any]]:
    """Of each of STEPS its heading, its number, what that counts, its bars, each as [percent of the longest,
    words], and what is to be said of its numbers. Where the model does not fit there are none.
    """
    r = result
    if r["out"] is None:
        return []
    kept = _bars(r["cents"], "cents")
    for place in _missing(values):
        kept[place] = [0.0, NONE]
    said = notes(values, lab)
    host, app = _left(r["host"], "of it after paying the rent"), _left(r["kept"], "of it")
    found = [
        _step(
            "A sentence is one token" if values["tokens"] == 1 else "A sentence is cut into tokens",
            count(values["tokens"]),
            _part(r, values),
            [],
        ),
        _step(
            _waits(r),
            f"{count(r['take'])} ms",
            f"is the minimum time to read the prompt, and each output token takes at least {count(r['lone'])}"
            " ms if nobody shares the machine",
            _bars([r["prefill"], r["load"], r["sum"], r["lone"]], "ms"),
        ),
        _step(
            "You have the machine to yourself" if r["users"] == 1 else "Other requests share the machine",
            count(r["users"]),
            (
                "request has each pass over the weights to itself, and a token"
                if r["users"] == 1
                else "requests share each pass over the weights, and writing one token for each of them"
            )
            + f" takes at least {count(r['step'])} ms",
            [*_bars([r["lone_moved"], r["moved"]], "GB"), *_bars([r["lone"], r["step"]], "ms")],
        ),
        _step(
            "The host pays rent for the chips",
            count(r["gpu"]),
            f"GPU-seconds go to your request, and they cost {_usd(r['rented'])} to rent",
            [
                *_bars([r["gpu_reading"], r["gpu_writing"]], "GPU-seconds"),
                *_bars([r["full"], r["idle"]], "$"),
            ],
        ),
        _step(
            "The list price pays the host" if r["host"] >= 0 else "The list price does not cover the rent",
            _usd(r["charge"]),
            f"is the list price of your request, and the host {host}",
            _bars([r["charge"], r["rented"], r["host"]], "$"),
        ),
        _step(
            (
                "The seat price pays for the request"
                if r["kept"] >= 0
                else "The seat price does not cover the request"
            ),
            _usd(r["brings"]),
            f"of the seat price pays for your request, and the application {app}",
            _bars([r["brings"], r["charge"], r["others"], r["kept"]], "$"),
        ),
        _step(
            (
                "Someone loses money on every dollar"
                if min(r["cents"]) < 0
                else "Every cent of the seat price goes to someone"
            ),
            _cents(abs(r["cents"][0])),
            f"cents of each dollar {'go to' if r['kept'] >= 0 else 'are lost by'} the application",
            kept,
        ),
    ]
    return [step | {"note": said.get(name, "")} for name, step in zip(STEPS, found, strict=True)]


def _missing(v: Values) -> list[int]:
    """Places of the dollar that are not known; they stay in the part from which they would be taken."""
    return [
        *([] if v["running"] else [5]),
        *([] if v["wear"] and v["margin"] else [6]),
        *([] if v["wear"] else [7]),
    ]


def _waits(r: Result) -> str:
    prefill = "arithmetic" if r["prefill"] >= r["load"] else "memory speed"
    writing = "memory speed" if r["lone_moved"] / r["moves"] >= r["sum"] else "arithmetic"
    return (
        f"{writing.capitalize()} limits both reading and writing"
        if prefill == writing
        else f"{prefill.capitalize()} limits reading, while {writing} limits writing"
    )


def _left(value: float, kept: str) -> str:
    return f"keeps {_usd(value)} {kept}" if value >= 0 else f"loses {_usd(-value)} on it"


def _part(result: Result, values: Values) -> str:
    """What part of the prompt the sentence is."""
    if values["context"]:
        return (
            f"of the prompt’s {count(result['prompt'])} tokens"
            f" {'is' if values['tokens'] == 1 else 'come from'} your sentence"
        )
    return "token is the whole prompt" if values["tokens"] == 1 else "tokens are the whole prompt"


def _step(heading: str, number: str, name: str, bars: list[list[Any]]) -> dict[str, Any]:
    return {"heading": heading, "number": number, "name": name, "bars": bars}


def _bars(amounts: Sequence[float], unit: str) -> list[list[Any]]:
    most = max(amounts)
    return [[max(0.0, share(amount, most)) if most > 0 else 0.0, _amount(amount, unit)] for amount in amounts]


def onward(result: Result, values: Values) -> dict[str, dict[str, Any]]:
    """What two other labs are opened with: lab → its inputs, of the requests that share as many as fit. In
    the seat's, one use is one call, and all other costs are support.
    """
    prompt = values["tokens"] + values["context"]
    return {
        "serving-cost": {
            "prompt": prompt,
            **{name: values[name] for name in MACHINE},
            "users": result.get("users", values["users"]),
        },
        "unit-economics": {
            "word": "call",
            "price": values["seat"],
            "seats": SEATS,
            "tasks": values["requests"],
            "steps": 1,
            "first": prompt,
            "growth": 0,
            "out": values["answer"],
            "cached": 0,
            "retries": 0,
            "batch": 0,
            "input_price": values["input_price"],
            "output_price": values["output_price"],
            "light": 0,
            "reviewed": 0,
            "free_users": 0,
            "hosting": 0,
            "support": percent_of(values["seat"] * SEATS, values["other"]),
            "fees": 0,
            "data": 0,
        },
    }
