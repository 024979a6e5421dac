"""What does a seat earn? One product in one month: what comes in, who is paid, what is left, and what would change it.

docs/labs/unit-economics/model.mjs says the same in the page. USD are of a month, shares and margins are percent.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, cycle
from typing import Any

from fieldguide.records.cases import Result, Values
from fieldguide.records.formulas.agents import agent_input_tokens
from fieldguide.records.formulas.arithmetic import grown, percent_of, share
from fieldguide.records.formulas.money import blended_cost, contribution_break_even, cost_per_million, gross_margin, price_for_margin, read_cost
from fieldguide.records.formulas.spread import lognormal_above, lognormal_spread, tenth_mean
from fieldguide.text.spoken import count, money, percent

Lab = Mapping[str, Any]
PARTS = (
    ("Support", "application", "solid"), ("Human review", "application", "solid"), ("Model, paying users", "model", "solid"), ("Model, free users", "model", "solid"),
    ("Hosting", "infrastructure", "solid"), ("Payment fees", None, "chip"), ("Data licenses", None, "chip"),
)
"""The lines of the cost of goods, from the top of the stack down, each with its layer and look."""
NOTABLE = 4
"""Points of margin from which an input that is no bar of the chapter's figure becomes one."""
YEARS = 3

# The sum ------------------------------------------------------------


def _tokens(v: Values) -> tuple[float, float]:
    """What one use reads and writes, all calls together."""
    return agent_input_tokens(v["steps"], v["first"], v["growth"]), v["steps"] * v["out"]


def _list_cost(v: Values, read: float, written: float) -> float:
    """One use on the first model, every call at once and once."""
    return read_cost(read, v["cached"], v["input_price"], v["cached_price"]) + cost_per_million(written, v["output_price"])


def _light_cost(v: Values, read: float, written: float) -> float:
    """The same on the cheaper model, whose cache costs the same part of its price."""
    part = min(1.0, v["cached_price"] / v["input_price"]) if v["input_price"] else 1.0
    return read_cost(read, v["cached"], v["light_input"], v["light_input"] * part) + cost_per_million(written, v["light_output"])


def each_cost(v: Values) -> float:
    """USD for the model in one use."""
    read, written = _tokens(v)
    usual = blended_cost(_list_cost(v, read, written), _light_cost(v, read, written), v["light"])
    once = blended_cost(usual, percent_of(usual, v["batch_price"]), v["batch"])
    return once + percent_of(once, v["retries"])


def revenue(v: Values) -> float:
    """USD."""
    return float(v["seats"] * v["price"] if v["billing"] == "seat" else percent_of(v["seats"] * v["tasks"], v["success"]) * v["fee"])


def costs(v: Values, each: float) -> list[float]:
    """The cost of goods by line, in the order of PARTS; `each` is what the model costs in one use."""
    talks, free = v["seats"] * v["tasks"], v["free_users"] * v["free_tasks"]
    return [
        v["support"], percent_of(talks, v["reviewed"]) * v["review_cost"], talks * each, free * (each + v["tools"]), v["hosting"], percent_of(revenue(v), v["fees"]),
        v["seats"] * v["data"] + talks * v["tools"],
    ]


def margin(v: Values) -> float | None:
    """Gross margin; none without revenue."""
    return _margin(revenue(v), _total(costs(v, each_cost(v))))


def _margin(income: float, cost: float) -> float | None:
    return _finite(gross_margin(income, cost)) if income else None


def _total(amounts: Iterable[float]) -> float:
    """Added one by one, as the page does."""
    return functools.reduce(operator.add, amounts, 0.0)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def aged(v: Values, years: float, prices: bool = True, calls: bool = True) -> Values:
    """The same product so many years on, with token prices and calls changed at their yearly rates."""
    less = grown(1, v["fall"], years) if prices else 1
    more = grown(v["steps"], v["longer"], years) if calls else v["steps"]
    cheaper = {key: v[key] / less for key in ("input_price", "output_price", "cached_price", "light_input", "light_output")}
    return {**v, **cheaper, "steps": max(1.0, more)}


def _spread(v: Values, each: float, cost: Sequence[float]) -> dict[str, float | None]:
    """What the heaviest tenth leaves, and where a user leaves nothing. Apart from the model, review, tools and fees, all users cost the same."""
    if not v["seats"]:
        return dict.fromkeys(("base", "slope", "heavy_tasks", "heavy_left", "heavy_margin", "even", "losing"))
    by_seat, kept = v["billing"] == "seat", 1 - v["fees"] / 100
    paid = 0.0 if by_seat else percent_of(v["fee"], v["success"])
    base = (v["price"] * kept if by_seat else 0.0) - ((cost[0] + cost[3] + cost[4]) / v["seats"] + v["data"])
    slope = paid * kept - (each + percent_of(v["review_cost"], v["reviewed"]) + v["tools"])
    many = tenth_mean(v["tasks"], v["heavy"])
    income, left = (v["price"] if by_seat else paid * many), base + slope * many
    even = _finite(max(0.0, contribution_break_even(base, 0, -slope))) if slope else None
    above = lognormal_above(even, v["tasks"], lognormal_spread(v["heavy"])) if even is not None else 0.0
    losing = (100 - above if slope > 0 else 100.0) if base < 0 else above if slope < 0 else 0.0
    return {
        "base": base, "slope": slope, "heavy_tasks": many, "heavy_left": left, "heavy_margin": _finite(share(left, income)) if income else None,
        "even": None if slope < 0 and not by_seat else even, "losing": 0.0 if losing < 1e-4 else 100.0 if losing > 100 - 1e-4 else losing,
    }


def work(values: Values, lab: Lab) -> dict[str, Any]:
    """All that the lab says, in numbers; None where there is no answer."""
    (read, written), each, income = _tokens(values), each_cost(values), revenue(values)
    cost, talks = costs(values, each), values["seats"] * values["tasks"]
    total = _total(cost)
    units = values["seats"] if values["billing"] == "seat" else talks
    sold = units if values["billing"] == "seat" else percent_of(talks, values["success"])
    open_share = values["fees"] + values["target"] < 100
    return {
        "read": read, "written": written, "each": each, "talks": talks, "free_talks": values["free_users"] * values["free_tasks"], "revenue": income, "costs": cost, "cost": total, "left": income - total,
        "margin": _margin(income, total), "units": units, "user_cost": total / values["seats"] if values["seats"] else None,
        "wanted": _finite(price_for_margin((total - cost[5]) / sold, values["fees"], values["target"])) if sold and open_share else None,
        "year_one": margin(aged(values, 1)), "year_two": margin(aged(values, 2)), **_spread(values, each, cost),
    }


def problems(values: Values, lab: Lab) -> list[dict[str, str]]:
    """A cache that costs more than what it saves, as may be where a model is picked whose maker lists no price for it."""
    if values["cached"] and values["cached_price"] > values["input_price"]:
        return [{"id": "cached_price", "message": f"A token from the cache would cost more than a fresh one, {money(values['input_price'])} a million: lower it, or set the share from the cache to 0."}]
    return []


# Words ------------------------------------------------------------


def rate(value: float | None) -> str:
    """A margin as it is said; below −999% only that."""
    return "none" if value is None else "below −999%" if value < -999.5 else percent(value)


def _words(v: Values) -> tuple[str, str, str]:
    """What is sold, who pays, and what a use is called."""
    return (str(v["word"]) if v["billing"] == "use" else "seat"), ("seat" if v["billing"] == "seat" else "customer"), str(v["word"])


def sentence(result: Result, values: Values, lab: Lab) -> str:
    """What is kept of what one sale brings, in one sentence."""
    sold, who, _ = _words(values)
    cost, left, income = result["cost"], result["left"], result["revenue"]
    if result["margin"] is None:
        if money(cost) == "$0":
            return "Nothing comes in, and nothing goes out."
        spent = f"a {who} costs {money(result['user_cost'])}" if values["seats"] else f"{money(cost)} goes out"
        return f"Nothing comes in, and {spent} a month."
    kept, part = money(abs(left) / result["units"]), percent(abs(result["margin"]))
    price = f"At {money(values['price'] if sold == 'seat' else values['fee'])} a {sold}"
    if part == "0%":
        return f"{price} you keep nothing: a {sold} costs what it brings in."
    if left > 0:
        if kept == "$0":
            return f"{price} you keep a gross margin of {part}."
        if sold == "seat" or values["success"] == 100:
            return f"{price} you keep {kept} of each: a gross margin of {part}."
        return f"A {sold} brings in {money(income / result['units'])} on average, and you keep {kept} of it: a gross margin of {part}."
    more = f"{part} more than it brings in" if cost < 10 * income else f"{count(cost / income)} times what it brings in"
    return f"You lose {kept} on each {sold}: it costs {more}." if kept != "$0" else f"A {sold} costs {more}."


def readings(result: Result, values: Values, lab: Lab) -> list[dict[str, str]]:
    """The margin, the price for another one, the heaviest tenth, and where a user leaves nothing."""
    sold, who, word = _words(values)
    paid = "paid " if who == "customer" and values["success"] < 100 else ""
    return [
        {"name": "gross margin", "text": rate(result["margin"])} | _tone(result["margin"]),
        {"name": f"price of a {paid}{sold} for a margin of {percent(values['target'])}", "text": "none" if result["wanted"] is None else money(result["wanted"])},
        {"name": f"margin on the heaviest tenth of {who}s, {count(result['heavy_tasks'] or 0)} {word}s each", "text": rate(result["heavy_margin"])} | _tone(result["heavy_margin"]),
        _even(result, values),
    ]


def _even(r: Result, v: Values) -> dict[str, str]:
    """Where a seat stops to earn, or a customer begins."""
    _, who, word = _words(v)
    name = f"{word}s a month that a seat pays for" if who == "seat" else f"{word}s a month from which a customer earns"
    if not v["seats"] or (r["base"] < 0 or r["even"] == 0 if who == "seat" else r["slope"] <= 0):
        return {"name": name, "text": "none"} | _tone(-1 if v["seats"] else None)
    return {"name": f"{name}; {percent(r['losing'])} of {who}s hold {'more' if who == 'seat' else 'fewer'}", "text": count(r["even"]) if r["even"] else "any number"}


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _tone(value: float | None) -> dict[str, str]:
    """Bad, for a loss alone."""
    return {"tone": "bad"} if value is not None and value < 0 else {}


# The sum, line by line ------------------------------------------------------------


def _line(name: str, how: str, value: float | None, unit: str = "USD") -> dict[str, Any]:
    said = rate(value) if unit == "%" else "none" if value is None else money(value) if unit == "USD" else count(value)
    return {"name": name, "how": how, "value": value, "unit": unit, "text": said}


def _model_lines(r: Result, v: Values) -> Iterator[dict[str, Any]]:
    """Tokens and cost of one use."""
    word, steps, read, written = v["word"], count(v["steps"]), r["read"], r["written"]
    yield _line(f"tokens read in a {word}", f"{steps} × {count(v['first'])} + {count(v['growth'])} × {steps} × {count(v['steps'] - 1)} ÷ 2", read, "tokens")
    yield _line(f"tokens written in a {word}", f"{steps} × {count(v['out'])}", written, "tokens")
    cached = f" + {count(percent_of(read, v['cached']))} cached × {money(v['cached_price'])}" if v["cached"] else ""
    how = f"{count(percent_of(read, 100 - v['cached']))} × {money(v['input_price'])}{cached} + {count(written)} × {money(v['output_price'])}, per million tokens"
    light = f"; {percent(v['light'])} of calls at {money(v['light_input'])} and {money(v['light_output'])}" if v["light"] else ""
    batch = f"; {percent(v['batch'])} at {percent(v['batch_price'])} of the price" if v["batch"] else ""
    again = f"; {percent(v['retries'])} made again" if v["retries"] else ""
    yield _line(f"one {word}", how + light + batch + again, r["each"])


def _notes(r: Result, v: Values) -> list[str]:
    """How each line of the cost of goods is worked out, in the order of PARTS."""
    word, talks, each = v["word"], count(r["talks"]), money(r["each"])
    free = f"({each} + {money(v['tools'])})" if v["tools"] else each
    bought = [f"{money(v['data'])} a {_words(v)[1]}"] if v["data"] or not v["tools"] else []
    return [
        "people who answer your own customers", f"{percent(v['reviewed'])} of {talks} {word}s × {money(v['review_cost'])}", f"{talks} {word}s × {each}",
        f"{count(r['free_talks'])} {word}s × {free}", "servers, search index, logs", f"{percent(v['fees'])} of what is charged",
        " and ".join([*bought, *([f"{money(v['tools'])} a {word}"] if v["tools"] else [])]),
    ]


def _names(v: Values) -> list[str]:
    """The lines of the cost of goods."""
    return [name if name != "Data licenses" or not v["tools"] else "Data and tools" for name, _, _ in PARTS]


def lines(result: Result, values: Values, lab: Lab) -> list[dict[str, Any]]:
    """Every step from tokens to the margin."""
    r, v = result, values
    sold, who, word = _words(v)
    by_seat, cost, total = v["billing"] == "seat", r["costs"], r["cost"]
    income = f"{count(v['seats'])} seats × {money(v['price'])}" if by_seat else f"{percent(v['success'])} of {count(r['talks'])} {word}s × {money(v['fee'])}"
    found = [*_model_lines(r, v), _line("revenue", income, r["revenue"]), *(_line(_lower(name), how, one) for name, how, one in zip(_names(v), _notes(r, v), cost, strict=True))]
    found.append(_line("cost of goods", "sum of the seven lines", total))
    if v["seats"]:
        found.append(_line(f"cost of goods of a {who}", f"{money(total)} ÷ {count(v['seats'])}", r["user_cost"]))
        found.append(_line(f"left of a {who} of the heaviest tenth", f"{money(r['base'])} {'+' if r['slope'] > 0 else '−'} {count(r['heavy_tasks'])} × {money(abs(r['slope']))}", r["heavy_left"]))
    if r["even"]:
        found.append(_line(f"{word}s at which a {who} leaves nothing", f"{money(abs(r['base']))} ÷ {money(abs(r['slope']))}", r["even"], f"{word}s"))
    if r["wanted"] is not None:
        sales = r["units"] if by_seat else percent_of(r["talks"], v["success"])
        found.append(_line(f"price of a {sold} for a margin of {percent(v['target'])}", f"{money((total - cost[5]) / sales)} ÷ (100% − {percent(v['fees'])} − {percent(v['target'])})", r["wanted"]))
    for name, key, years in (("gross margin in a year", "year_one", 1), ("gross margin in two years", "year_two", 2)):
        found.append(_line(name, f"token prices ÷ {count(grown(1, v['fall'], years))}, {count(aged(v, years)['steps'])} calls", r[key], "%"))
    found.append(_line("gross margin", f"({money(r['revenue'])} − {money(total)}) ÷ {money(r['revenue'])}" if r["revenue"] else "nothing comes in", r["margin"], "%"))
    return found


# Charts ------------------------------------------------------------


def charts(result: Result, values: Values, lab: Lab) -> list[dict[str, Any]]:
    """Who is paid; which input moves the margin; the years to come. Those that say nothing are left out."""
    found = [_stack(result, values)] if max(result["revenue"], result["cost"]) > 0 else []
    if result["margin"] is not None:
        found += [_tornado(result, values, lab), _years(result, values)]
    return found


def _stack(r: Result, v: Values) -> dict[str, Any]:
    """What one sale brings, divided among who is paid: the figure cost-of-goods, live."""
    sold, units, left, whole = _words(v)[0], r["units"], r["left"], max(r["revenue"], r["cost"])
    parts = [{"name": name, "note": note, "layer": layer, "look": look} for name, note, (_, layer, look) in zip(_names(v), _notes(r, v), PARTS, strict=True)]
    shown = [(part, one) for part, one in zip(parts, r["costs"], strict=True) if one]
    if left > 0:
        shown.insert(0, ({"name": "What you keep", "note": "before salaries, research and selling", "layer": None, "look": "empty"}, left))
    stacks = [{"name": name, "total": whole / by, "values": [one / by for _, one in shown]} for name, by in ((f"A {sold}", units), ("A month", 1)) if by]
    model, one = money((r["costs"][2] + r["costs"][3]) / (units or 1)), f"a {sold}" if units else "a month"
    brings, costing = money(r["revenue"] / (units or 1)), money(r["cost"] / (units or 1))
    title = f"{one.capitalize()} brings in {brings} and costs {costing}, of which the model takes {model}"
    if left > 0:
        title = f"Of {f'a {brings} seat' if sold == 'seat' else f'the {brings} that {one} brings in'}, the model takes {model} and {money(left / units)} is left"
    return {"title": title, "context": "What comes in or goes out, cut into lines by who is paid", "scene": {"kind": "stacked", "direction": "down", "parts": [part for part, _ in shown], "stacks": stacks, "point": ""}}


def swings(values: Values, lab: Lab) -> list[dict[str, Any]]:
    """How far each input alone moves the margin, widest first: its id and name, and the margin with half of it and with half as much again."""
    sold, who, word = _words(values)
    known = [
        ("price" if who == "seat" else "fee", f"Price of a {sold}"), ("tasks", f"{word.capitalize()}s a {who}"), ("tokens", f"Tokens a {word}"), ("reviewed", "Share reviewed by people"), ("hosting", "Hosting"),
        ("support", "Support"), ("free_users", "Free users"), ("data", "Data licenses"),
    ]
    more = [("success", "Share that is paid"), ("cached", "Share read from a cache"), ("light", "Share of the cheaper model"), ("batch", "Share sent as batch"), ("retries", "Calls made again"),
            ("tools", f"Bought for a {word}"), ("fees", "Payment fees")]
    ends = {item["id"]: (item["low"], item["high"]) for group in lab["groups"] for item in group["inputs"] if item["kind"] == "number"}
    found = []
    for at, (key, name) in enumerate([*known, *more]):
        keys = ("first", "growth", "out") if key == "tokens" else (key,)
        low, high = (margin({**values, **{one: min(max(values[one] * factor, ends[one][0]), ends[one][1]) for one in keys}}) for factor in (0.5, 1.5))
        if low is not None and high is not None and any(values[one] for one in keys) and (at < len(known) or abs(high - low) >= NOTABLE):
            found.append({"id": key, "name": name, "low": low, "high": high, "width": abs(high - low)})
    return sorted(found, key=lambda row: -row["width"])


def _tornado(r: Result, v: Values, lab: Lab) -> dict[str, Any]:
    """The figure margin-sensitivity, live."""
    rows = swings(v, lab)
    ends = [one for row in rows for one in (row["low"], row["high"])]
    low, high = min([r["margin"], *ends]), max([r["margin"], *ends])
    names = [("the " if row["name"].startswith(("Price", "Share")) else "") + _lower(row["name"]) for row in rows[:2]]
    marks = [{"name": row["name"], "note": "", "label": "", "marks": [{"value": row[key], "basis": "disclosed", "name": ""} for key in ("low", "high")]} for row in rows]
    return {
        "title": f"Most of all the margin follows {', then '.join(names)}" if names else "Nothing moves this margin", "context": "Gross margin when one input falls or rises by half, all others held",
        "scene": {"kind": "bars", "x": _axis(low, high, "", [0] if low <= 0 <= high else [], "0%: nothing left"), "groups": [{"name": "", "layer": None, "rows": marks}], "key": {}, "point": "", "base": r["margin"],
                  "looks": [[["hatched", "solid"] for _ in rows]]},
    }


def _axis(low: float, high: float, name: str, ticks: Sequence[float], label: str = "") -> dict[str, Any]:
    return {"low": low, "high": high, "type": "linear", "name": name, "ticks": [{"at": at, "label": label or rate(at)} for at in ticks]}


def _years(r: Result, v: Values) -> dict[str, Any]:
    """The margin as tokens get cheaper and tasks longer, and with each of the two alone."""
    both = (("both", "both", True, None, True, True), ("prices", "cheaper tokens alone", False, "6 4", True, False), ("calls", "longer loops alone", False, "1.5 4", False, True))
    series, every = [], [0.0]
    for key, name, strong, dash, prices, calls in both:
        points = [margin(aged(v, year, prices, calls)) or 0.0 for year in range(YEARS + 1)]
        every += points
        marks = [{"id": f"{key}-{year}", "x": year, "y": value, "basis": "derived", "name": "", "label": rate(value) if year == YEARS else ""} for year, value in enumerate(points)]
        series.append({"id": key, "name": name, "layer": None, "strong": strong, "join": True, "dash": dash, "curve": [], "marks": marks})
    step = next(step for step in accumulate(cycle((2, 2.5, 2)), operator.mul, initial=10.0) if (max(every) - min(every)) / step <= 5)
    first, last = int(min(every) // step), int(-(-max(every) // step))
    now, then = rate(r["margin"]), rate(r["year_two"])
    x = {"low": 0, "high": YEARS, "type": "linear", "name": "years from now", "ticks": [{"at": year, "label": str(year) if year else "now"} for year in range(YEARS + 1)]}
    panel = {"title": "", "x": x, "y": _axis(first * step, max(last, first + 1) * step, "gross margin", [at * step for at in range(first, max(last, first + 1) + 1)]),
             "series": series, "rules": [], "regions": [], "said": []}
    return {
        "title": f"In two years the margin is {then}, {'as it is now' if now == then else f'against {now} now'}",
        "context": f"Gross margin if token prices are divided by {count(v['fall'])} each year and the calls in a {v['word']} multiplied by {count(v['longer'])}",
        "scene": {"kind": "xy", "panels": [panel], "key": {}, "point": ""},
    }
