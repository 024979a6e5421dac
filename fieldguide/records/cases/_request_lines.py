"""The lines of one request as they are written, for the build and for the page, which finds them in lab.json; the numbers that they say are worked out in each.

A `{name}` is an input or a result, and after a colon how it is said: `gb`, `money`, `usd`, `%`, `bn` for billions, or so many digits.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

Row = tuple[str, str, str, str, str, str]
"""Step, name, how, the result that it gives, its unit, and where it stands: names that hold or, after `!`, do not."""
NONE = "no record"
EXPERTS = "({parameters:bn} − {held:bn} × (1 − {chosen} ÷ {experts})^{%s}) × {bit} bits ÷ 8"
LATER = ", ÷ {brings:usd} × 100"

ROWS: tuple[Row, ...] = (
    ("tokens", "Tokens of the sentence", "counted, or put in", "tokens", "tokens", ""),
    ("tokens", "Read in all", "{tokens} + {context} sent along", "prompt", "tokens", ""),
    ("machine", "Weights", "{parameters} × {bit} bits ÷ 8", "weights", "GB", ""),
    ("machine", "Memory of the machine", "{chips} × {memory:gb}", "usable", "GB", ""),
    ("machine", "Arithmetic of the machine", "{chips} × {each} TFLOP/s", "rate", "TFLOP/s", "fits"),
    ("machine", "Memory bandwidth of the machine", "{chips} × {bandwidth:3} TB/s", "moves", "TB/s", "fits"),
    ("machine", "Parameters in experts", "({parameters:bn} − {active:bn}) ÷ (1 − {chosen} ÷ {experts}), at most all", "held", "", "fits mixed"),
    ("machine", "Weights read for the prompt", EXPERTS % "prompt", "passed", "GB", "fits mixed"),
    ("machine", "Weights read for one token", EXPERTS % "one", "lone_read", "GB", "fits mixed"),
    ("machine", "Arithmetic for a token", "2 × {active}: a multiplication and an addition for each parameter that it uses", "flop", "FLOP", "fits"),
    ("machine", "Prefill: arithmetic", "2 × {active} × {prompt} ÷ {rate} TFLOP/s", "prefill", "ms", "fits"),
    ("machine", "Prefill: weights moved once", "{passed:gb} ÷ {moves:3} TB/s", "load", "ms", "fits"),
    ("machine", "Prefill, at the least", "the longer of the two", "take", "ms", "fits"),
    ("machine", "Cache of a token", "{vectors} × {layers} layers × {kv_heads} heads × {head_size} × {cache_bit} bits ÷ 8", "token", "bytes", "fits"),
    ("machine", "Cache of this request", "{token} bytes × ({prompt} + {answer} ÷ 2), with half of the answer on average", "middle", "GB", "fits"),
    ("machine", "Moved for one token alone", "{lone_read:gb} of weights + {middle:gb} of cache", "lone_moved", "GB", "fits"),
    ("machine", "Arithmetic of one token", "2 × {active} ÷ {rate} TFLOP/s", "sum", "ms", "fits"),
    ("machine", "One token alone, at the least", "cache ÷ {moves:3} TB/s + the longer of weights ÷ {moves:3} TB/s and arithmetic", "lone", "ms", "fits"),
    ("batch", "Cache at full length", "{token} bytes × ({prompt} + {answer})", "cache", "GB", "fits"),
    ("batch", "Requests that fit", "({usable:gb} − {weights:gb}) ÷ {cache:gb}, whole ones", "places", "", "fits"),
    ("batch", "Share the machine", "{asked} asked for, as far as they fit", "users", "", "fits"),
    ("batch", "Weights read for a token of each", EXPERTS % "users", "read", "GB", "fits mixed"),
    ("batch", "Moved for each token written", "({read:gb} + {users} × {middle:gb}) ÷ {users}", "moved", "GB", "fits"),
    ("batch", "A token for each, at the least", "{users} × cache ÷ {moves:3} TB/s + the longer of weights ÷ that and {users} × arithmetic", "step", "ms", "fits"),
    ("batch", "Prefill of each, at the least", "its arithmetic, or its share of moving the weights if that is longer: {together:gb} ÷ {moves:3} TB/s ÷ {users}", "pass", "ms", "fits"),
    ("batch", "Written a second by all", "{users} × {answer} ÷ ({users} × prefill of each ÷ {reading:%} + {answer} × token ÷ {writing:%})", "out", "tokens", "fits"),
    ("batch", "You wait for the whole answer", "{users} × {answer} ÷ tokens a second by all: it waits while the others’ prompts are read too", "wait", "seconds", "fits !alone"),
    ("batch", "You wait for the whole answer", "{answer} ÷ tokens a second: its own prompt is read, and nobody else’s", "wait", "seconds", "fits alone"),
    ("rent", "Prefill", "{chips} × prefill of each ÷ {reading:%}", "gpu_reading", "GPU-seconds", "fits"),
    ("rent", "Writing", "{chips} × {answer} × a token for each ÷ {writing:%} ÷ {users}", "gpu_writing", "GPU-seconds", "fits"),
    ("rent", "Together", "prefill + writing", "gpu", "GPU-seconds", "fits"),
    ("rent", "Rent while it works", "{gpu} ÷ 3,600 × {rent:money}", "full", "$", "fits"),
    ("rent", "Rent with idle time", "÷ {utilization:%}", "rented", "$", "fits"),
    ("price", "Tokens read", "{prompt} × {input_price:money} a million", "price_in", "$", "fits"),
    ("price", "Tokens written", "{answer} × {output_price:money} a million", "price_out", "$", "fits"),
    ("price", "List price of the request", "read + written", "charge", "$", "fits"),
    ("price", "Left to the host", "list price − rent with idle time", "host", "$", "fits"),
    ("seat", "The seat, for each request", "{seat:money} ÷ {requests}", "brings", "$", "fits"),
    ("seat", "Tokens", "list price of the request", "charge", "$", "fits"),
    ("seat", "Other direct costs", "{other:%} of what the seat brings", "others", "$", "fits"),
    ("seat", "Left to the application", "the seat − tokens − other costs", "kept", "$", "fits"),
    ("dollar", "Application", "left to the application" + LATER, "0", "cents", "fits"),
    ("dollar", "Support, hosting and fees", "{other:%} of the seat", "1", "cents", "fits"),
    ("dollar", "Who trained the model", "weights that are open are used without a payment", "2", "cents", "fits"),
    ("dollar", "Host of the model", "list price − rent" + LATER, "3", "cents", "fits"),
    ("dollar", "Owner of the machines", "rent − power and space − wear" + LATER, "4", "cents", "fits running wear"),
    ("dollar", "Owner of the machines", "rent − wear; power and space in it" + LATER, "4", "cents", "fits !running wear"),
    ("dollar", "Owner of the machines", "rent − power and space; wear in it" + LATER, "4", "cents", "fits running !wear"),
    ("dollar", "Owner of the machines", "rent; power and space and wear in it" + LATER, "4", "cents", "fits !running !wear"),
    ("dollar", "Power and space", "as the rent, at {running:money} an hour" + LATER, "5", "cents", "fits running"),
    ("dollar", "Power and space", "no record of its power", "5", NONE, "fits !running"),
    ("dollar", "Chip maker", "{margin:%} of the wear, the machine’s price over six years: as the rent, at {wear:money} an hour" + LATER, "6", "cents", "fits wear margin"),
    ("dollar", "Chip maker", "no record of its maker’s margin", "6", NONE, "fits wear !margin"),
    ("dollar", "Chip maker", "no record of its price", "6", NONE, "fits !wear"),
    ("dollar", "Foundry, memory, servers", "the rest of the wear" + LATER, "7", "cents", "fits wear margin"),
    ("dollar", "Foundry, memory, servers", "the whole of the wear" + LATER, "7", "cents", "fits wear !margin"),
    ("dollar", "Foundry, memory, servers", "no record of its price", "7", NONE, "fits !wear"),
)
WORDED: Mapping[str, tuple[str, ...]] = {
    "take": ("prefill", "load"), "lone": ("lone_read", "middle", "sum"), "step": ("read", "middle", "sum"), "pass": ("prefill",), "out": ("pass", "step"), "wait": ("out",), "gpu_reading": ("pass",), "gpu_writing": ("step",),
    "gpu": ("gpu_reading", "gpu_writing"), "rented": ("full",), "charge": ("price_in", "price_out"), "host": ("charge", "rented"), "others": ("brings",), "kept": ("brings", "charge", "others"),
    "0": ("kept",), "3": ("host",), "4": ("rented", "running", "wear"), "5": ("gpu", "utilization"), "6": ("gpu", "utilization"), "7": ("6",), "read": ("parameters", "active", "chosen", "experts"), "passed": ("parameters", "active", "chosen", "experts"), "lone_read": ("parameters", "active", "chosen", "experts"), "together": ("passed",),
}
"""Results that a line says in words: the result that it gives → those."""
ALIKE = {"asked": "users", "one": "", "bit": "", "cache_bit": "", "tokens": ""}
"""What a line writes out under another name than its input has, or that is no input; a sentence, however long, is the reader's."""


def own(how: str) -> list[str]:
    """The inputs and results that a line writes out."""
    return re.findall(r"\{(\w+)", how)


def rests(key: str) -> set[str]:
    """Every input that a result rests on, through the lines before it."""
    found: set[str] = set()
    waiting, seen = [key], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        lines = [how for _, _, how, gives, _, _ in ROWS if gives == name]
        if not lines and name not in WORDED:
            found.add(name)
        waiting += [*WORDED.get(name, ()), *(one for how in lines for one in own(how))]
    return {ALIKE.get(name, name) for name in found} - {"", "users"}


@functools.cache
def written() -> tuple[dict[str, Any], ...]:
    """The lines as lab.json has them: with the inputs that each rests on, and those that it writes out; `each` is the arithmetic that the weights are worked with."""
    on = {gives: sorted(rests(gives)) for _, _, _, gives, _, _ in ROWS}
    inputs = {name for found in on.values() for name in found} | {"users"}
    return tuple(
        {"step": step, "name": name, "how": how, "gives": gives, "unit": unit, "when": when.split(), "on": on[gives], "own": list(dict.fromkeys(one for one in (ALIKE.get(one, one) for one in own(how)) if one in inputs and (one != "users" or "{asked}" in how)))}
        for step, name, how, gives, unit, when in ROWS
    )
