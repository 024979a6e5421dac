"""What margin does a seat leave? One product in one month: what comes in, who is paid, what is left, and what
would change it.

docs/labs/unit-economics/model.mjs says the same in the page. USD are of a month, shares and margins are
percent.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Sequence
from typing import Any

from fieldguide.records.cases import Lab, Result, Values, finite
from fieldguide.records.cases._lines import filled
from fieldguide.records.formulas.agents import agent_input_tokens
from fieldguide.records.formulas.arithmetic import grown, percent_of, share
from fieldguide.records.formulas.money import (
    blended_cost,
    contribution_break_even,
    gross_margin,
    price_for_margin,
    read_cost,
    token_cost,
)
from fieldguide.records.formulas.spread import lognormal_above, lognormal_spread, tenth_mean
from fieldguide.text.spoken import count, money, percent

FIGURE = 8
"""Bars of the chapter's figure, which stand whatever they are."""
NOTABLE = 4
"""Points of margin from which an input that is no bar of the chapter's figure becomes one."""

# The sum ------------------------------------------------------------


def _list_cost(v: Values, read: float, written: float) -> float:
    """One use on the first model, every call at once and once."""
    return read_cost(read, v["cached"], v["input_price"], v["cached_price"]) + token_cost(
        written, v["output_price"]
    )


def _light_cost(v: Values, read: float, written: float) -> float:
    """The same on the cheaper model, whose cache costs the same part of its price."""
    part = min(1.0, v["cached_price"] / v["input_price"]) if v["input_price"] else 1.0
    return read_cost(read, v["cached"], v["light_input"], v["light_input"] * part) + token_cost(
        written, v["light_output"]
    )


def each_cost(v: Values, calls: float) -> float:
    """USD for the model in one use of so many calls."""
    read, written = agent_input_tokens(calls, v["first"], v["growth"]), calls * v["out"]
    usual = blended_cost(_list_cost(v, read, written), _light_cost(v, read, written), v["light"])
    once = blended_cost(usual, percent_of(usual, v["batch_price"]), v["batch"])
    return once + percent_of(once, v["retries"])


def revenue(v: Values) -> float:
    """USD."""
    return float(
        v["seats"] * v["price"]
        if v["billing"] == "seat"
        else percent_of(v["seats"] * v["tasks"], v["success"]) * v["fee"]
    )


def costs(v: Values, each: float) -> list[float]:
    """The cost of goods by line, from the top of the stack down; `each` is what the model costs in one
    use.
    """
    talks, free = v["seats"] * v["tasks"], v["free_users"] * v["free_tasks"]
    return [
        v["support"],
        percent_of(talks, v["reviewed"]) * v["review_cost"],
        talks * each,
        free * (each + v["tools"]),
        v["hosting"],
        percent_of(revenue(v), v["fees"]),
        v["seats"] * v["data"] + talks * v["tools"],
    ]


def margin(v: Values, each: float | None = None) -> float | None:
    """Gross margin, with another cost of one use where it is given; none without revenue."""
    return _margin(revenue(v), _total(costs(v, each_cost(v, v["steps"]) if each is None else each)))


def _margin(income: float, cost: float) -> float | None:
    return finite(gross_margin(income, cost)) if income else None


def _total(amounts: Iterable[float]) -> float:
    """Added one by one, as the page does."""
    return functools.reduce(operator.add, amounts, 0.0)


def _calls(v: Values, years: float) -> float:
    """Calls in one use, so many years on."""
    return max(1.0, grown(v["steps"], v["longer"], years))


def margin_in(v: Values, years: float) -> float | None:
    """The margin so many years on, if token prices and calls change at their yearly rates."""
    return margin(v, each_cost(v, _calls(v, years)) / grown(1, v["fall"], years))


def _spread(v: Values, each: float, cost: Sequence[float]) -> dict[str, float | None]:
    """What the heaviest tenth leaves, and where a user leaves nothing. Apart from the model, review, tools
    and fees, all users cost the same.
    """
    if not v["seats"]:
        return dict.fromkeys(("base", "slope", "heavy_tasks", "heavy_left", "heavy_margin", "even", "losing"))
    by_seat, kept = v["billing"] == "seat", 1 - v["fees"] / 100
    paid = 0.0 if by_seat else percent_of(v["fee"], v["success"])
    base = (v["price"] * kept if by_seat else 0.0) - ((cost[0] + cost[3] + cost[4]) / v["seats"] + v["data"])
    slope = paid * kept - (each + percent_of(v["review_cost"], v["reviewed"]) + v["tools"])
    many = tenth_mean(v["tasks"], v["heavy"])
    income, left = (v["price"] if by_seat else paid * many), base + slope * many
    even = finite(max(0.0, contribution_break_even(base, 0, -slope))) if slope else None
    above = lognormal_above(even, v["tasks"], lognormal_spread(v["heavy"])) if even is not None else 0.0
    losing = (100 - above if slope > 0 else 100.0) if base < 0 else above if slope < 0 else 0.0
    return {
        "base": base,
        "slope": slope,
        "heavy_tasks": many,
        "heavy_left": left,
        "heavy_margin": finite(share(left, income)) if income else None,
        "even": None if slope < 0 and not by_seat else even,
        "losing": 0.0 if losing < 1e-4 else 100.0 if losing > 100 - 1e-4 else losing,
    }


def work(values: Values, lab: Lab) -> dict[str, Any]:
    """All that the lab says, in numbers; None where there is no answer."""
    steps, each, income = values["steps"], each_cost(values, values["steps"]), revenue(values)
    cost, talks = costs(values, each), values["seats"] * values["tasks"]
    total = _total(cost)
    made = _margin(income, total)
    units = values["seats"] if values["billing"] == "seat" else talks
    sold = units if values["billing"] == "seat" else percent_of(talks, values["success"])
    open_share = values["fees"] + values["target"] < 100
    return {
        "read": agent_input_tokens(steps, values["first"], values["growth"]),
        "written": steps * values["out"],
        "each": each,
        "talks": talks,
        "free_talks": values["free_users"] * values["free_tasks"],
        "revenue": income,
        "costs": cost,
        "cost": total,
        "left": income - total,
        "margin": made,
        "shown": None if made is None else max(-100.0, made),
        "units": units,
        "user_cost": total / values["seats"] if values["seats"] else None,
        "wanted": (
            finite(price_for_margin((total - cost[5]) / sold, values["fees"], values["target"]))
            if sold and open_share
            else None
        ),
        "year_one": margin_in(values, 1),
        "year_two": margin_in(values, 2),
        **_spread(values, each, cost),
    }


def problems(values: Values, lab: Lab) -> list[dict[str, str]]:
    """A cache that costs more than what it saves, as may be where a model is picked whose maker lists no
    price for it.
    """
    if values["cached"] and values["cached_price"] > values["input_price"]:
        return [
            {
                "id": "cached_price",
                "message": (
                    f"Higher than the input price of {money(values['input_price'])}: lower it, or serve no"
                    " input from cache."
                ),
            }
        ]
    return []


# Words ------------------------------------------------------------


def rate(value: float | None) -> str:
    """A margin as it is said; below −999% only that."""
    return "none" if value is None else "below −999%" if value < -999.5 else percent(value)


def _words(v: Values) -> tuple[str, str, str]:
    """What is sold, who pays, and what a use is called."""
    return (
        (str(v["word"]) if v["billing"] == "use" else "seat"),
        ("seat" if v["billing"] == "seat" else "customer"),
        str(v["word"]),
    )


def sentence(result: Result, values: Values, lab: Lab) -> str:
    """What is kept of what one sale brings, in one sentence."""
    sold, who, _ = _words(values)
    cost, left, income = result["cost"], result["left"], result["revenue"]
    if result["margin"] is None:
        if money(cost) == "$0":
            return "There is no revenue and no cost."
        spent = (
            f"a {who} costs {money(result['user_cost'])}" if values["seats"] else f"costs are {money(cost)}"
        )
        return f"There is no revenue, and {spent} a month."
    amount, part = money(abs(left) / result["units"]), percent(abs(result["margin"]))
    kept = "almost nothing" if amount == "$0" else amount
    price = f"At {money(values['price'] if sold == 'seat' else values['fee'])} per {sold}"
    if part == "0%":
        return f"{price}, you keep nothing, because each {sold} costs as much as it brings in."
    if left > 0:
        if sold == "seat" or values["success"] == 100:
            return f"{price}, you keep {kept}, which is a gross margin of {part}."
        return (
            f"A {sold} brings in {money(income / result['units'])} on average, and you keep {kept} of it,"
            f" which is a gross margin of {part}."
        )
    more = (
        f"{part} more than it brings in"
        if cost < 10 * income
        else f"{count(cost / income)} times what it brings in"
    )
    return f"You lose {kept} on each {sold}, because it costs {more}."


def readings(result: Result, values: Values, lab: Lab) -> list[dict[str, str]]:
    """The margin, the price for another one, the heaviest tenth, and where a user leaves nothing."""
    sold, who, word = _words(values)
    paid = "paid " if who == "customer" and values["success"] < 100 else ""
    return [
        {"name": "gross margin", "text": rate(result["margin"])} | _tone(result["margin"]),
        {
            "name": f"price per {paid}{sold} for a margin of {percent(values['target'])}",
            "text": "none" if result["wanted"] is None else money(result["wanted"]),
        },
        {
            "name": f"margin on the heaviest 10% of {who}s, {count(result['heavy_tasks'] or 0)} {word}s each",
            "text": rate(result["heavy_margin"]),
        }
        | _tone(result["heavy_margin"]),
        _even(result, values),
    ]


def _even(r: Result, v: Values) -> dict[str, str]:
    """Where a seat stops being profitable, or a customer starts to be."""
    _, who, word = _words(v)
    name = (
        f"{word}s a month that the seat price covers"
        if who == "seat"
        else f"{word}s a month above which a customer is profitable"
    )
    if not v["seats"] or (r["base"] < 0 or r["even"] == 0 if who == "seat" else r["slope"] <= 0):
        return {"name": name, "text": "none"} | _tone(-1 if v["seats"] else None)
    return {
        "name": f"{name}; {percent(r['losing'])} of {who}s have {'more' if who == 'seat' else 'fewer'}",
        "text": count(r["even"]) if r["even"] else "any number",
    }


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _tone(value: float | None) -> dict[str, str]:
    """Bad, for a loss alone."""
    return {"tone": "bad"} if value is not None and value < 0 else {}


# The sum, line by line ------------------------------------------------------------


def _parts(r: Result, v: Values) -> list[tuple[dict[str, Any], float]]:
    """The lines of the cost of goods, from the top of the stack down, each with its amount: name, how it is
    worked out, layer and who is paid.
    """
    word, talks, each = v["word"], f"{count(r['talks'])} {v['word']}s", money(r["each"])
    free = f"({each} + {money(v['tools'])})" if v["tools"] else each
    bought = [f"{money(v['data'])} per {_words(v)[1]}"] if v["data"] or not v["tools"] else []
    if v["tools"]:
        bought.append(f"{money(v['tools'])} per {word}")
    found = (
        ("Support", "people who help your customers", "application", "your own people"),
        (
            "Human review",
            f"{percent(v['reviewed'])} of {talks} × {money(v['review_cost'])}",
            "application",
            "your own people",
        ),
        ("Model, paying users", f"{talks} × {each}", "model", "model provider"),
        ("Model, free users", f"{count(r['free_talks'])} {word}s × {free}", "model", "model provider"),
        ("Hosting", "servers, search index, logs", "infrastructure", "hosting provider"),
        ("Payment fees", f"{percent(v['fees'])} of the price", None, "other suppliers"),
        ("Data and tools" if v["tools"] else "Data licenses", " and ".join(bought), None, "other suppliers"),
    )
    return [
        (
            {
                "name": name,
                "note": note,
                "layer": layer,
                "look": "solid" if layer else "chip",
                "group": group,
            },
            amount,
        )
        for (name, note, layer, group), amount in zip(found, r["costs"], strict=True)
    ]


FORMATS = {"count": count, "money": money, "percent": percent, "rate": rate}


def more(result: Result, values: Values, lab: Lab) -> dict[str, Any]:
    """What the lines of the sum name besides the result; without a seat there is nothing that one leaves."""
    r, v = result, values
    sold, who, word = _words(v)
    sales = r["units"] if v["billing"] == "seat" else percent_of(r["talks"], v["success"])
    return {
        "who": who,
        "sold": sold,
        "word": word,
        "parts": [
            {"name": _lower(part["name"]), "note": part["note"], "amount": amount}
            for part, amount in _parts(r, v)
        ],
        "further": v["steps"] - 1,
        "fresh": percent_of(r["read"], 100 - v["cached"]),
        "cached": percent_of(r["read"], v["cached"]),
        "calls_one": _calls(v, 1),
        "calls_two": _calls(v, 2),
        "fall_two": grown(1, v["fall"], 2),
        "sign": "+" if (r["slope"] or 0) > 0 else "−",
        "slant": abs(r["slope"] or 0),
        "basis": abs(r["base"] or 0),
        "priced": r["wanted"] is not None,
        "alone": (r["cost"] - r["costs"][5]) / sales if sales else 0,
    }


# Charts ------------------------------------------------------------


def charts(result: Result, values: Values, lab: Lab) -> list[dict[str, Any]]:
    """Who is paid; which input moves the margin; the years to come. Those that say nothing are left out."""
    found = [_stack(result, values, lab)] if max(result["revenue"], result["cost"]) > 0 else []
    return (
        found if result["margin"] is None else [*found, _tornado(result, values, lab), _years(result, values)]
    )


def _cents(value: float) -> str:
    """Dollars that stand in a column: $3.00."""
    text = money(value)
    return f"{text}.00" if len(text) < 5 and "." not in text else text


def _stack(r: Result, v: Values, lab: Lab) -> dict[str, Any]:
    """What one sale brings, divided among who is paid: the figure cost-of-goods, live."""
    left, whole, each = r["left"], max(r["revenue"], r["cost"]), r["units"] or 1
    one = f"a {_words(v)[0]}" if r["units"] else "a month"
    shown = [(part, amount) for part, amount in _parts(r, v) if amount]
    title = (
        f"Of the {money(whole / each)} that {one} {'brings in' if left > 0 else 'costs'}, the model takes"
        f" {money((r['costs'][2] + r['costs'][3]) / each)}"
    )
    if left > 0:
        title += f" and {money(left / each)} is left"
        shown.insert(
            0,
            (
                {
                    "name": "What you keep",
                    "note": lab["words"]["kept"],
                    "layer": None,
                    "look": "empty",
                    "group": "gross margin",
                    "strong": True,
                },
                left,
            ),
        )
    stack = {
        "name": one.capitalize(),
        "total": whole / each,
        "values": [amount / each for _, amount in shown],
        "words": [money(whole / each)],
    }
    return {
        "title": title,
        "context": lab["words"]["stack"],
        "scene": {
            "kind": "stacked",
            "direction": "down",
            "parts": [
                {**part, "cells": [_cents(amount / each), percent(share(amount, whole))]}
                for part, amount in shown
            ],
            "stacks": [stack],
            "point": "",
            "heads": [one, "of revenue" if left > 0 else "of cost"],
        },
    }


def swings(values: Values, lab: Lab) -> list[dict[str, Any]]:
    """How far each input alone moves the margin, widest first: its id and name, and the margin with half of
    it and with half as much again.
    """
    given = dict(zip(("sold", "who", "word"), _words(values), strict=True))
    other = "fee" if values["billing"] == "seat" else "price"
    ends = {item["id"]: item for group in lab["groups"] for item in group["inputs"]}
    found = []
    for at, (key, text) in enumerate(
        (key, text) for key, text in lab["words"]["bars"].items() if key != other
    ):
        name = filled(text, given, FORMATS)
        keys = ("first", "growth", "out") if key == "tokens" else (key,)
        low, high = (
            margin(
                {
                    **values,
                    **{
                        one: min(max(values[one] * factor, ends[one]["low"]), ends[one]["high"])
                        for one in keys
                    },
                }
            )
            for factor in (0.5, 1.5)
        )
        if (
            low is not None
            and high is not None
            and any(values[one] for one in keys)
            and (at < FIGURE or abs(high - low) >= NOTABLE)
        ):
            found.append(
                {
                    "id": key,
                    "name": name[0].upper() + name[1:],
                    "low": low,
                    "high": high,
                    "width": abs(high - low),
                }
            )
    return sorted(found, key=lambda row: -row["width"])


def _bars(
    rows: Sequence[tuple[str, str, list[float], list[str]]], low: float, base: float | None, **more: Any
) -> dict[str, Any]:
    """Bars in rows of name, label, values and looks, on a scale from the lowest of them to the highest."""
    ends = [low, *(value for _, _, values, _ in rows for value in values)]
    ticks = [{"at": 0, "label": "0%: break-even"}] if min(ends) <= 0 <= max(ends) else []
    marks = [
        [
            {"value": value, "basis": "disclosed", "name": "", **({} if label else {"label": rate(value)})}
            for value in values
        ]
        for _, label, values, _ in rows
    ]
    return {
        "kind": "bars",
        "x": {"low": min(ends), "high": max(ends), "type": "linear", "name": "", "ticks": ticks},
        "groups": [
            {
                "name": "",
                "layer": None,
                "rows": [
                    {"name": name, "note": "", "label": label, "marks": found}
                    for (name, label, _, _), found in zip(rows, marks, strict=True)
                ],
            }
        ],
        "key": {},
        "point": "",
        "base": base,
        "looks": [[looks for *_, looks in rows]],
        **more,
    }


def _tornado(r: Result, v: Values, lab: Lab) -> dict[str, Any]:
    """The figure margin-sensitivity, live."""
    rows, base = swings(v, lab), r["margin"]
    names = [
        ("the " if row["name"].startswith(("Price", "Share")) else "") + _lower(row["name"])
        for row in rows[:2]
    ]
    swatches = [{"look": "hatched", "name": "input 50% lower"}, {"look": "solid", "name": "50% higher"}]
    return {
        "title": f"The margin depends most on {', then on '.join(names)}",
        "context": lab["words"]["tornado"],
        "scene": _bars(
            [(row["name"], "", [row["low"], row["high"]], ["hatched", "solid"]) for row in rows],
            base,
            base,
            line={"at": base, "label": f"base {rate(base)}"},
            swatches=swatches,
        ),
    }


def _years(r: Result, v: Values) -> dict[str, Any]:
    """The margin as tokens get cheaper and loops longer, and with each of the two alone."""
    now, then = rate(r["margin"]), rate(r["year_two"])
    rows = [
        ("now", r["margin"]),
        ("in a year", r["year_one"]),
        ("in two years", r["year_two"]),
        ("two years, prices only", margin(v, r["each"] / grown(1, v["fall"], 2))),
        ("two years, calls only", margin(v, each_cost(v, _calls(v, 2)))),
    ]
    return {
        "title": (
            f"In two years, the margin is {then},"
            f" {'the same as now' if now == then else f'compared with {now} now'}"
        ),
        "context": (
            f"Gross margin if, each year, token prices are divided by {count(v['fall'])} and calls are"
            f" multiplied by {count(v['longer'])}"
        ),
        "scene": _bars(
            [
                (name, rate(value), [value or 0], ["solid" if at < 3 else "hatched"])
                for at, (name, value) in enumerate(rows)
            ],
            0,
            None,
        ),
    }
