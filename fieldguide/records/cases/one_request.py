"""One request, followed: from its tokens through a shared machine to its list price, the seat that pays for it, and who keeps each cent of a dollar.

Times and sizes are those of `_machine.py`, money is USD for one request; docs/labs/one-request/model.mjs says the same in the page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from fieldguide.records.cases._machine import BITS, limits_of, memory_of, read_of, shape_problems, speed_of, step_of
from fieldguide.records.formulas.arithmetic import percent_of, share
from fieldguide.records.formulas.compute import inference_flop
from fieldguide.records.formulas.money import cost_per_million, rental_cost_per_million
from fieldguide.records.formulas.serving import chips_to_hold
from fieldguide.text.spoken import count, digits, fixed, money, percent, some

Given = Mapping[str, Any]
NONE = "no record"
SEATS = 1000
"""Of the product that the seat's numbers are carried on to."""
MACHINE = (
    "answer", "users", "api", "input_price", "output_price", "model", "bits", "cache_bits", "offer", "chips", "rent", "reading", "writing", "utilization",
    "parameters", "active", "experts", "chosen", "layers", "kv_heads", "head_size", "vectors", "memory", "bandwidth", "rate16", "rate8",
)
"""Inputs that the lab on what serving costs has too."""
STEPS = ("tokens", "machine", "batch", "rent", "price", "seat", "dollar")
"""The steps that are arithmetic, in order; the one after the first is what our own model makes of the sentence."""


def given_of(values: Given) -> dict[str, Any]:
    """The values as the machine's arithmetic takes them."""
    given = {name: float(value) if isinstance(value, int | float) else value for name, value in values.items()}
    return given | {"prompt": given["tokens"] + given["context"], "reserve": 0.0, "speed": "bound"}


def work(values: Given, lab: Given) -> dict[str, Any]:
    """Sizes in GB, times in ms but `first` and `wait` in seconds, money in USD; `out` and `shown` are None, and what would follow is missing, where the model does not fit."""
    given = given_of(values)
    result = _memory(given) | {"prompt": given["prompt"], "out": None, "shown": None}
    if not result["places"]:
        return result
    result |= speed_of(given, result)
    result |= _alone(given, result)
    result |= _paid(given, result)
    return result | _dollar(given, result)


def _memory(given: Given) -> dict[str, Any]:
    """As `memory_of`, but a request counts only where the whole of its cache fits: `places` are whole."""
    found = memory_of(given)
    return found | {"places": float(math.floor(found["seats"] + 1e-9)), "one": chips_to_hold(found["weights"] + found["cache"], given["memory"])}


def _alone(given: Given, result: Given) -> dict[str, float]:
    """What a request alone moves and waits for, and what one that shares does."""
    rate, bandwidth = limits_of(given)
    load, users = read_of(given, given["prompt"]) / bandwidth, result["users"]
    return {
        "rate": rate, "moves": bandwidth, "load": load, "take": max(result["prefill"], load), "passed": read_of(given, given["prompt"]), "lone_moved": read_of(given, 1) + result["middle"], "lone_read": read_of(given, 1),
        "lone": step_of(given, 1, result["middle"]), "sum": inference_flop(given["active"]) / (rate * 1e12) * 1000, "moved": (result["read"] + users * result["middle"]) / users,
        "wait": given["answer"] * users / result["out"],
    }


def _paid(given: Given, result: Given) -> dict[str, float]:
    """GPU-seconds and their rent, the list price, the seat; each for this request alone."""
    reading = given["chips"] * result["prefill"] / given["reading"] / 10
    writing = given["chips"] * given["answer"] * result["step"] / given["writing"] / 10 / result["users"]
    full = cost_per_million(given["answer"], rental_cost_per_million(given["chips"] * given["rent"], result["out"], 100))
    rent = cost_per_million(given["answer"], rental_cost_per_million(given["chips"] * given["rent"], result["out"], given["utilization"]))
    price_in, price_out = cost_per_million(given["prompt"], given["input_price"]), cost_per_million(given["answer"], given["output_price"])
    charge, seat = price_in + price_out, given["seat"] / given["requests"]
    other = percent_of(seat, given["other"])
    return {
        "gpu_reading": reading, "gpu_writing": writing, "gpu": reading + writing, "full": full, "rented": rent, "idle": rent - full, "price_in": price_in, "price_out": price_out, "charge": charge,
        "host": charge - rent, "brings": seat, "others": other, "kept": seat - charge - other,
    }


def _dollar(given: Given, result: Given) -> dict[str, Any]:
    """Of a dollar that the seat brings, in cents, who keeps what, from the top of the stack down: `cents`."""
    running, wear = (cost_per_million(given["answer"], rental_cost_per_million(given["chips"] * given[name], result["out"], given["utilization"])) for name in ("running", "wear"))
    maker = percent_of(wear, given["margin"])
    parts = [result["kept"], result["others"], 0.0, result["host"], result["rented"] - running - wear, running, maker, wear - maker]
    cents = [share(part, result["brings"]) for part in parts]
    return {"running_cost": running, "wear_cost": wear, "maker": maker, "parts": parts, "cents": cents, "shown": max(-100.0, cents[0])}


def problems(values: Given, lab: Given) -> list[dict[str, str]]:
    found = shape_problems(values)
    given = given_of(values)
    memory = _memory(given)
    if not found and not memory["places"]:
        found.append({"id": "chips", "message": f"The model and the cache of one request need at least {count(memory['one'])} of these accelerators."})
    return found


# Words ------------------------------------------------------------


def _gb(value: float) -> str:
    return f"{digits(value, 4)} GB"


def _billion(value: float) -> str:
    """Parameters with the digits that a difference of two needs."""
    return f"{digits(value / 1e9, 5)} billion"


def _usd(value: float) -> str:
    """US dollars, with three digits below one, so that a sum can be followed."""
    size = abs(value)
    return money(value) if size >= 0.9995 or size < 5e-9 else f"{'−' if value < 0 else ''}${digits(size, 3)}"


def _share(value: float) -> str:
    """Percent with three digits, so that a sum can be followed."""
    return f"{digits(value, 3)}%"


def _cents(value: float) -> str:
    return fixed(value, 2)


def sentence(result: Given, values: Given, lab: Given) -> str:
    """The whole way in one or two sentences."""
    what = f"Your sentence is {some(values['tokens'], 'token', 'tokens')}"
    if values["context"]:
        what += f" of {count(result['prompt'])} that are read"
    if result["out"] is None:
        return f"{what}. The model and a cache for them do not fit on this machine."
    end = f"the application keeps about {fixed(result['cents'][0], 0)}%, before it pays those who build and sell it" if result["kept"] >= 0 else f"the application loses about {fixed(-result['cents'][0], 0)}%"
    offer = next(row for group in lab["groups"] for item in group["inputs"] if item["id"] == "offer" for row in item["rows"] if row["id"] == values["offer"])
    lent = " (no rent of this accelerator is on record)" if "rent" in offer.get("lacks", ()) else ""
    return (
        f"{what}; an answer of {some(values['answer'], 'token', 'tokens')} keeps accelerators busy for {count(result['gpu'])} GPU-seconds. "
        f"Their rent is {_usd(result['rented'])}{lent}, the list price {_usd(result['charge'])}{' (the price is for another model)' if _of_another(values, lab) else ''}, and of each dollar that the seat brings, {end}."
    )


def _of_another(values: Given, lab: Given) -> bool:
    """Whether the list price that stands is that of another model than the one that is picked."""
    found = {item["id"]: item["rows"] for group in lab["groups"] for item in group["inputs"] if item["id"] in ("api", "model")}
    price, model = (next((row for row in found[pick] if row["id"] == values[pick]), None) for pick in ("api", "model"))
    return price is not None and model is not None and not price["name"].startswith(model["name"]) and all(price["values"].get(name) == values[name] for name in ("input_price", "output_price"))


def readings(result: Given, values: Given, lab: Given) -> list[dict[str, str]]:
    if result["out"] is None:
        return [{"name": "of weights", "text": _gb(result["weights"])}, {"name": "of memory to use", "text": _gb(result["usable"])}]
    bad = {"tone": "bad"}
    return [
        {"name": "at list price, for the whole request", "text": _usd(result["charge"])},
        {"name": f"rent, idle time included; {_usd(abs(result['host']))} {'is left to the host' if result['host'] >= 0 else 'more than the price'}", "text": _usd(result["rented"])} | (bad if result["host"] < 0 else {}),
        {"name": "GPU-seconds", "text": count(result["gpu"])},
        {"name": "of the seat’s dollar stay with the application", "text": percent(result["cents"][0])} | (bad if result["kept"] < 0 else {}),
    ]


UNITS = {"GB": _gb, "$": _usd, "cents": _cents}


def _line(step: str, name: str, how: str, value: float, unit: str) -> dict[str, Any]:
    return {"step": step, "name": name, "how": how, "value": value, "unit": unit, "text": UNITS[unit](value) if unit in UNITS else f"{count(value)} {unit}".rstrip()}


def lines(result: Given, values: Given, lab: Given) -> list[dict[str, Any]]:
    """The sum, line by line; `step` says where a line is shown."""
    said = {name: count(value) for name, value in {**values, "prompt": result["prompt"]}.items() if isinstance(value, int | float)}
    found = [
        _line("tokens", "Tokens of the sentence", "counted, or put in", values["tokens"], "tokens"),
        _line("tokens", "Read in all", f"{said['tokens']} + {said['context']} sent along", result["prompt"], "tokens"),
        _line("machine", "Weights", f"{said['parameters']} × {BITS[values['bits']]} bits ÷ 8", result["weights"], "GB"),
    ]
    if result["out"] is None:
        return [*found, _line("machine", "Memory to use", f"{said['chips']} × {_gb(values['memory'])}", result["usable"], "GB")]
    return [*found, *_machine_lines(result, values, said), *_batch_lines(result, values, said), *_money_lines(result, values, said), *_dollar_lines(result, values)]


def _machine_lines(r: Given, v: Given, said: Mapping[str, str]) -> list[dict[str, Any]]:
    rate, moves = f"{count(r['rate'])} TFLOP/s", f"{digits(r['moves'], 3)} TB/s"
    each = v["rate8" if v["bits"] == "eight" else "rate16"]
    return [
        _line("machine", "Arithmetic of the machine", f"{said['chips']} × {count(each)} TFLOP/s", r["rate"], "TFLOP/s"),
        _line("machine", "Memory bandwidth of the machine", f"{said['chips']} × {digits(v['bandwidth'], 3)} TB/s", r["moves"], "TB/s"),
        *_expert_lines("machine", {"Weights read for the prompt": (r["prompt"], r["passed"]), "Weights read for one token": (1, r["lone_read"])}, v, said),
        _line("machine", "Prefill: arithmetic", f"2 × {said['active']} × {said['prompt']} ÷ {rate}", r["prefill"], "ms"),
        _line("machine", "Prefill: weights moved once", f"{_gb(r['passed'])} ÷ {moves}", r["load"], "ms"),
        _line("machine", "Prefill, at the least", "the longer of the two", r["take"], "ms"),
        _line("machine", "Cache of this request", f"{count(r['token'])} bytes × ({said['prompt']} + {said['answer']} ÷ 2)", r["middle"], "GB"),
        _line("machine", "Moved for one token alone", f"{_gb(r['lone_read'])} of weights + {_gb(r['middle'])} of cache", r["lone_moved"], "GB"),
        _line("machine", "Arithmetic of one token", f"2 × {said['active']} ÷ {rate}", r["sum"], "ms"),
        _line("machine", "One token alone, at the least", f"cache ÷ {moves} + the longer of weights ÷ {moves} and arithmetic", r["lone"], "ms"),
    ]


def _expert_lines(step: str, passes: Mapping[str, tuple[float, float]], v: Given, said: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a pass reads of a mixture of experts, by name: for so many tokens so many GB. Of a dense model it reads all, which needs no line."""
    if v["chosen"] >= v["experts"]:
        return []
    left = f"1 − {said['chosen']} ÷ {said['experts']}"
    held = min(v["parameters"], max(0.0, (v["parameters"] - v["active"]) / (1 - v["chosen"] / v["experts"])))
    return [
        *([_line(step, "Parameters in experts", f"({_billion(v['parameters'])} − {_billion(v['active'])}) ÷ ({left})", held, "")] if step == "machine" else []),
        *(_line(step, name, f"({_billion(v['parameters'])} − {_billion(held)} × ({left})^{count(tokens)}) × {BITS[v['bits']]} bits ÷ 8", size, "GB") for name, (tokens, size) in passes.items()),
    ]


def _batch_lines(r: Given, v: Given, said: Mapping[str, str]) -> list[dict[str, Any]]:
    users, reading, writing = count(r["users"]), _share(v["reading"]), _share(v["writing"])
    return [
        _line("batch", "Requests that fit", f"({_gb(r['usable'])} − {_gb(r['weights'])}) ÷ {_gb(r['cache'])}, whole ones", r["places"], ""),
        _line("batch", "Share the machine", f"{said['users']} asked for, as far as they fit", r["users"], ""),
        *_expert_lines("batch", {"Weights read for a token of each": (r["users"], r["read"])}, v, said),
        _line("batch", "Moved for each token written", f"({_gb(r['read'])} + {users} × {_gb(r['middle'])}) ÷ {users}", r["moved"], "GB"),
        _line("batch", "A token for each, at the least", f"{users} × cache ÷ {digits(r['moves'], 3)} TB/s + the longer of weights ÷ that and {users} × arithmetic", r["step"], "ms"),
        _line("batch", "Written a second by all", f"{users} × {said['answer']} ÷ ({users} × arithmetic of prefill ÷ {reading} + {said['answer']} × token ÷ {writing})", r["out"], "tokens"),
        _line("batch", "You wait for the whole answer", f"{users} × {said['answer']} ÷ tokens a second by all: it waits while the others’ prompts are read too", r["wait"], "seconds"),
    ]


def _money_lines(r: Given, v: Given, said: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        _line("rent", "Prefill", f"{said['chips']} × arithmetic of prefill ÷ {_share(v['reading'])}", r["gpu_reading"], "GPU-seconds"),
        _line("rent", "Writing", f"{said['chips']} × {said['answer']} × a token for each ÷ {_share(v['writing'])} ÷ {count(r['users'])}", r["gpu_writing"], "GPU-seconds"),
        _line("rent", "Together", "prefill + writing", r["gpu"], "GPU-seconds"),
        _line("rent", "Rent while it works", f"{count(r['gpu'])} ÷ 3,600 × {money(v['rent'])}", r["full"], "$"),
        _line("rent", "Rent with idle time", f"÷ {_share(v['utilization'])}", r["rented"], "$"),
        _line("price", "Tokens read", f"{said['prompt']} × {money(v['input_price'])} a million", r["price_in"], "$"),
        _line("price", "Tokens written", f"{said['answer']} × {money(v['output_price'])} a million", r["price_out"], "$"),
        _line("price", "List price of the request", "read + written", r["charge"], "$"),
        _line("price", "Left to the host", "list price − rent with idle time", r["host"], "$"),
        _line("seat", "The seat, for each request", f"{money(v['seat'])} ÷ {said['requests']}", r["brings"], "$"),
        _line("seat", "Tokens", "list price of the request", r["charge"], "$"),
        _line("seat", "Other direct costs", f"{_share(v['other'])} of what the seat brings", r["others"], "$"),
        _line("seat", "Left to the application", "the seat − tokens − other costs", r["kept"], "$"),
    ]


def _missing(v: Given) -> dict[int, str]:
    """Parts of the dollar that are not known, by their place, with what there is no record of; they stay in the part from which they would be taken."""
    found = {5: "" if v["running"] else "its power", 6: "its maker’s margin" if v["wear"] and not v["margin"] else "" if v["wear"] else "its price", 7: "" if v["wear"] else "its price"}
    return {place: f"no record of {what}" for place, what in found.items() if what}


def _dollar_lines(r: Given, v: Given) -> list[dict[str, Any]]:
    missing = _missing(v)
    rest = " and ".join(name for name, place in (("power and space", 5), ("wear", 7)) if place in missing)
    owner = " − ".join(["rent", *(name for name, place in (("power and space", 5), ("wear", 7)) if place not in missing)])
    rows = (
        ("Application", "left to the application"), ("Support, hosting and fees", f"{_share(v['other'])} of the seat"), ("Who trained the model", "weights that are open are used without a payment"),
        ("Host of the model", "list price − rent"), ("Owner of the machines", f"{owner}; {rest} in it" if rest else owner), ("Power and space", f"as the rent, at {money(v['running'])} an hour"),
        ("Chip maker", f"{_share(v['margin'])} of the wear, the machine’s price over six years: as the rent, at {money(v['wear'])} an hour"), ("Foundry, memory, servers", "the whole of the wear" if 6 in missing else "the rest of the wear"),
    )
    found = [_line("dollar", name, missing.get(place, f"{how}, ÷ {_usd(r['brings'])}"), r["cents"][place], "cents") for place, (name, how) in enumerate(rows)]
    return [line | {"text": NONE} if place in missing else line for place, line in enumerate(found)]


def charts(result: Given, values: Given, lab: Given) -> list[dict[str, Any]]:
    """None: its pictures are those of the steps."""
    return []


# The steps ------------------------------------------------------------


def steps(result: Given, values: Given, lab: Given) -> list[dict[str, Any]]:
    """Of each of STEPS its heading, its number, what that counts, and its bars, each as [percent of the longest, words]. Where the model does not fit there are none."""
    r = result
    if r["out"] is None:
        return []
    kept = _bars(r["cents"], "cents")
    for place in _missing(values):
        kept[place] = [0.0, NONE]
    host, app = _left(r["host"], "is left to the host", "is lost by the host"), _left(r["kept"], "is left", "is lost")
    return [
        _step("A sentence is one token" if values["tokens"] == 1 else "A sentence is cut into tokens", count(values["tokens"]), f"{'token' if values['tokens'] == 1 else 'tokens'} of {count(r['prompt'])} that are read", []),
        _step(_waits(r), f"{count(r['take'])} ms", f"to read the prompt, and {count(r['lone'])} ms for each token written, alone", _bars([r["prefill"], r["load"], r["sum"], r["lone"]], "ms")),
        _step("Nobody shares the pass" if r["users"] == 1 else "Others share each pass", count(r["users"]), f"{'request shares' if r['users'] == 1 else 'requests share'} each pass over the weights; a token for each takes {count(r['step'])} ms", [*_bars([r["lone_moved"], r["moved"]], "GB"), *_bars([r["lone"], r["step"]], "ms")]),
        _step("The request uses GPU-seconds, and somebody rents them", count(r["gpu"]), f"GPU-seconds, {_usd(r['rented'])} of rent", [*_bars([r["gpu_reading"], r["gpu_writing"]], "GPU-seconds"), *_bars([r["full"], r["idle"]], "$")]),
        _step("The list price pays the host" if r["host"] >= 0 else "The list price does not pay the rent", _usd(r["charge"]), f"list price, of which {host}", _bars([r["charge"], r["rented"], r["host"]], "$")),
        _step("The seat pays for all of it" if r["kept"] >= 0 else "The seat does not pay for all of it", _usd(r["brings"]), f"of the seat for each request, of which {app}", _bars([r["brings"], r["charge"], r["others"], r["kept"]], "$")),
        _step("Each cent of the dollar has an owner", _cents(r["cents"][0]), "cents of each dollar stay with the application", kept),
    ]


def _waits(r: Given) -> str:
    prefill = "arithmetic" if r["prefill"] >= r["load"] else "memory"
    writing = "memory" if r["lone_moved"] / r["moves"] >= r["sum"] else "arithmetic"
    return f"Prefill and writing both wait for {writing}" if prefill == writing else f"Prefill waits for {prefill}, writing for {writing}"


def _left(value: float, kept: str, lost: str) -> str:
    return f"{_usd(abs(value))} {kept if value >= 0 else lost}"


def _step(heading: str, number: str, name: str, bars: list[list[Any]]) -> dict[str, Any]:
    return {"heading": heading, "number": number, "name": name, "bars": bars}


def _bars(amounts: Sequence[float], unit: str) -> list[list[Any]]:
    most = max(amounts)
    return [[max(0.0, share(amount, most)) if most > 0 else 0.0, UNITS[unit](amount) if unit in UNITS else f"{count(amount)} {unit}"] for amount in amounts]


def onward(result: Given, values: Given) -> dict[str, dict[str, Any]]:
    """What two other labs are opened with: lab → its inputs, of the requests that share as many as fit. In the seat's, one use is one call, and all other costs are support."""
    prompt = values["tokens"] + values["context"]
    return {
        "serving-cost": {"prompt": prompt, **{name: values[name] for name in MACHINE}, "users": result.get("users", values["users"])},
        "unit-economics": {
            "word": "call", "price": values["seat"], "seats": SEATS, "tasks": values["requests"], "steps": 1, "first": prompt, "growth": 0, "out": values["answer"], "cached": 0, "retries": 0, "batch": 0,
            "input_price": values["input_price"], "output_price": values["output_price"], "light": 0, "reviewed": 0, "free_users": 0, "hosting": 0, "support": percent_of(values["seat"] * SEATS, values["other"]), "fees": 0, "data": 0,
        },
    }
