"""The labs against the formulas that records and figures are computed with: the default and every ready-made
case, worked out a second time.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping
from statistics import NormalDist
from typing import Any

import pytest

from fieldguide.labs.data import preset_values
from tests.guide import formulas as f
from tests.guide import guide_book
from tests.labs import lab

Values = Mapping[str, Any]
BITS = {"sixteen": 16, "eight": 8, "four": 4}


SMALL_FAST = {"small": "sixteen", "eight": "eight"}
"""Group of runs → which of NVIDIA's two benchmarks of a small model is its fast end."""


def reached_like(v: Values, tables: Values) -> tuple[float, float, float]:
    """(low, middle, high) share of peak, in percent, of the runs that the lab compares a run with."""
    group = (
        "eight"
        if v["precision"] == "fp8"
        else "older"
        if v["peak16"] < 555
        else ("small" if v["active"] < 20e9 else "large")
    )
    shares = [run[0] for run in tables[group].values()]
    fast = [tables["benchmark"][SMALL_FAST[group]]] if v["active"] < 20e9 and group in SMALL_FAST else []
    return min(shares), statistics.median(shares), max(shares + fast)


def training_cost(v: Values, tables: Values) -> dict[str, Any]:
    peak = f.tera(v["peak8" if v["precision"] == "fp8" else "peak16"])
    flop = f.training_flop(v["active"], v["tokens"])
    low, middle, high = reached_like(v, tables)
    if v["speed"] == "own":
        low = middle = high = f.percent_of(v["utilization"], f.remainder(v["lost"]))
    watts = f.machine_watts(v["power"], v["draw"], v["around"])
    power_hour = watts / 1000 * v["pue"] * v["electricity"]
    capital = f.capital_year(v["price"], v["years"], v["capital"], v["residual"])
    space = f.space_year(watts / 1000, v["space"])
    owned = f.owned_hour(capital, v["busy"], space, power_hour)
    rate = owned if v["bill"] == "own" else v["hour"]

    def run_at(share: float) -> tuple[float, float, float]:
        """(GPU-hours of the final run, with later stages, USD in all) at so many percent of the peak."""
        final = f.gpu_hours(flop, f.percent_of(peak, share))
        run = final + f.percent_of(final, v["after"])
        return final, run, (run + v["trials"] * run) * rate + v["other"]

    final, run, cost = run_at(middle)
    mwh = f.site_energy(final, watts, v["pue"])
    least = f.chips_to_hold(f.gigabytes(max(v["active"], v["parameters"]) * v["state"]), v["memory"])
    most = max(1, v["batch"] // v["sequence"]) * least
    law = {name: value for name, value in tables["law"].items() if name != "largest"}
    return {
        "flop": flop,
        "share": middle,
        "run": run,
        "days": f.days_on(run, min(v["gpus"], most)),
        "cost": cost,
        "cost_fast": run_at(high)[2],
        "cost_slow": run_at(low)[2],
        "owned": owned,
        "even": f.busy_to_match(capital, space, power_hour, v["hour"]),
        "mwh": mwh,
        "tonnes": f.emissions(mwh, v["grid"]),
        "least": least,
        "most": most,
        "loss": f.fitted_loss(v["active"], v["tokens"], **law),
        "beyond": flop / tables["law"]["largest"],
    }


COVARIANCES = ("a", "b", "floor", "alpha", "beta")
"""The order of the rows of `spread`, each from the diagonal on: ln A, ln B, ln E, α, β."""


def half_interval(size: float, data: float, fit: Values, spread: Values) -> float:
    """Half of the 90% interval of a fit's loss, nats a token: the covariances of the constants with the
    slopes of the loss, found by moving each constant a little.
    """
    start = [math.log(fit["a"]), math.log(fit["b"]), math.log(fit["floor"]), fit["alpha"], fit["beta"]]

    def loss(constants: list[float]) -> float:
        a, b, floor = map(math.exp, constants[:3])
        return f.fitted_loss(size, data, floor, a, b, *constants[3:])

    def slope(nth: int, step: float = 1e-6) -> float:
        moved = [[value + sign * step * (at == nth) for at, value in enumerate(start)] for sign in (1, -1)]
        return (loss(moved[0]) - loss(moved[1])) / (2 * step)

    slopes = [slope(nth) for nth in range(5)]
    variance = 0.0
    for row, name in enumerate(COVARIANCES):
        for at, value in enumerate(spread[name]):
            variance += (2 if at else 1) * value * slopes[row] * slopes[row + at]
    return statistics.NormalDist().inv_cdf(0.95) * math.sqrt(variance)


def scaling_laws(v: Values, tables: Values) -> dict[str, Any]:
    fit = tables["refit"]
    form = {key: value for key, value in fit.items() if key != "floor"}
    size, data = v["parameters"], v["tokens"]
    if v["third"] == "tokens":
        data = v["compute"] / (6 * size)
    compute = f.training_flop(size, data)
    now, after = (f.reducible_loss(flop, **form) for flop in (compute, f.tenfold(compute)))

    def rents(flop: float, active: float) -> list[float]:
        """USD at the lowest, the middle and the highest share of peak."""
        like = {"precision": "bf16", "peak16": v["peak"], "active": active}
        shares = [v["utilization"]] * 3 if v["speed"] == "own" else reached_like(like, tables)
        return [f.gpu_hours(flop, f.percent_of(f.tera(v["peak"]), share)) * v["rent"] for share in shares]

    slow, cost, fast = rents(compute, size)
    return {
        "compute": compute,
        "loss": f.fitted_loss(size, data, **fit),
        "loss_original": f.fitted_loss(size, data, **tables["original"]),
        "best_parameters": f.optimal_parameters(compute, **form),
        "best_tokens": f.optimal_tokens(compute, **form),
        "gain": now - after,
        "equal_compute": f.optimal_compute(f.fitted_gap(size, data, **form), **form),
        "cost": cost,
        "cost_fast": fast,
        "cost_slow": slow,
        "cost_tenfold": rents(f.tenfold(compute), f.optimal_parameters(f.tenfold(compute), **form))[1],
        "next_loss": f.optimal_loss(f.tenfold(compute), **fit),
        "error": pytest.approx(half_interval(size, data, fit, tables["spread"]), rel=1e-3),
        "next_error": pytest.approx(
            half_interval(
                f.optimal_parameters(f.tenfold(compute), **form),
                f.optimal_tokens(f.tenfold(compute), **form),
                fit,
                tables["spread"],
            ),
            rel=1e-3,
        ),
    }


def _founder(v: Values, tables: Values) -> Values:
    """Tokens of a request and of a month from words and users, and the fewest accelerators for 16
    requests.
    """
    given: dict[str, float] = {}
    if v["counted"] == "product":
        per = tables["words"]["token"]
        given = {name: round(f.tokens_from_words(v[f"words_{end}"], per)) for name, end in ENDS.items()}
        requests = v["audience"] * v["daily"] * 365 / 12
        given["volume"] = requests * sum(given.values())
    if v["sizing"] == "fit":
        length = given.get("prompt", v["prompt"]) + given.get("answer", v["answer"])
        token = f.kv_cache_bytes(v["layers"], v["kv_heads"], v["head_size"], BITS[v["cache_bits"]] / 8)
        size = f.gigabytes(
            f.memory_bytes(v["parameters"], BITS[v["bits"]]) + 15.5 * token * v["vectors"] / 2 * length
        )
        chips = f.chips_to_hold(size, v["memory"] * (1 - v["reserve"] / 100))
        given["chips"] = 2 ** math.ceil(math.log2(chips))
    return given


ENDS = {"prompt": "in", "answer": "out"}


def serving_cost(v: Values, tables: Values) -> dict[str, Any]:
    v = {**v, **_founder(v, tables)}
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
    hour = v["rent"]
    if v["bill"] == "own":
        hour = f.capital_year(v["price"], v["years"], v["capital"], v["residual"]) / 8760 + v["running"]
    machine = v["chips"] * hour * v["hours"]
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


def cached_share(v: Values, calls: float) -> float:
    """Percent of what a use reads that comes from a cache."""
    if v["cache"] == "loop":
        loop = (calls, v["first"], v["growth"])
        return f.share(f.agent_resent_tokens(*loop), f.agent_input_tokens(*loop))
    return float(v["cached"]) if v["cache"] == "own" else 0.0


def model_cost(v: Values, calls: float, cached: float) -> float:
    """USD that one use pays for the model."""
    read, written = f.agent_input_tokens(calls, v["first"], v["growth"]), calls * (v["out"] + v["reasoning"])
    part = min(1, v["cached_price"] / v["input_price"])
    stored = 1 if v["cache"] == "none" else v["write"]
    usual, light = (
        f.token_cost(read * (1 - cached / 100), price * stored)
        + f.token_cost(read * cached / 100, price * part)
        + f.token_cost(written, output)
        for price, output in ((v["input_price"], v["output_price"]), (v["light_input"], v["light_output"]))
    )
    mixed = f.blended_cost(usual, light, v["light"])
    once = f.blended_cost(mixed, f.percent_of(mixed, v["batch_price"]), v["batch"])
    return once + f.percent_of(once, v["retries"])


class Month:
    """A month of the product, if a use costs the model `each` USD and paying users do `times` as many uses
    as they are said to.
    """

    def __init__(self, v: Values, each: float, times: float = 1) -> None:
        self.v, self.by_seat, self.use = v, v["billing"] == "seat", each + v["tools"]
        paid = [("price", "seats", "tasks", "included")]
        if self.by_seat and v["seats2"]:
            paid.append(("price2", "seats2", "tasks2", "included2"))
        self.plans = [
            (v[price], v[seats], times * v[uses], v[free]) for price, seats, uses, free in paid if v[seats]
        ]
        self.seats = sum(plan[1] for plan in self.plans)
        self.talks = sum(plan[1] * plan[2] for plan in self.plans)
        self.revenue = sum(plan[1] * self.income(*plan) for plan in self.plans)

    def extra(self, uses: float, free: float) -> float:
        spread = f.lognormal_spread(self.v["heavy"])
        return self.v["extra"] * f.lognormal_excess(free, uses, spread) if self.v["extra"] else 0.0

    @property
    def paid(self) -> float:
        """The share of the list price that an average seat pays."""
        return 1 - self.v["yearly"] * self.v["discount"] / 10_000

    def income(self, price: float, _seats: float, uses: float, free: float) -> float:
        """USD that a seat of a plan, or a customer, brings in."""
        if self.by_seat:
            return price * self.paid + self.extra(uses, free)
        return f.percent_of(uses, self.v["success"]) * self.v["fee"]

    def own(self, uses: float) -> float:
        """USD that a seat costs by itself, without fees."""
        v = self.v
        reviewed = f.percent_of(v["review_cost"], v["reviewed"])
        return v["support_seat"] + v["hosting_seat"] + v["data"] + uses * (self.use + reviewed)

    @property
    def fixed(self) -> float:
        """USD that do not depend on who pays how much."""
        return self.v["support"] + self.v["hosting"] + self.v["free_users"] * self.v["free_tasks"] * self.use

    @property
    def cost(self) -> float:
        own = sum(seats * self.own(uses) for _, seats, uses, _ in self.plans)
        return own + self.fixed + f.percent_of(self.revenue, self.v["fees"])

    @property
    def margin(self) -> float:
        return f.gross_margin(self.revenue, self.cost)

    def wanted(self, _price: float, _seats: float, uses: float, free: float) -> float:
        """List price of a plan, or of a billed use, that leaves the margin that is wanted."""
        cost = self.own(uses) + self.fixed / self.seats
        needed = f.price_for_margin(cost, self.v["fees"], self.v["target"])
        if self.by_seat:
            return max(0.0, (needed - self.extra(uses, free)) / self.paid)
        return needed / f.percent_of(uses, self.v["success"])

    def left_at(self, price: float, uses: float, free: float) -> float:
        """USD that an average user leaves at a price per seat or per billed use."""
        income = (
            price * self.paid + self.extra(uses, free)
            if self.by_seat
            else f.percent_of(uses, self.v["success"]) * price
        )
        return f.percent_of(income, 100 - self.v["fees"]) - self.own(uses) - self.fixed / self.seats

    def left(self, price: float, uses: float, free: float) -> float:
        """USD that a user with so many uses leaves: a step of the sum over all of them."""
        v = self.v
        extra = v["extra"] * max(0.0, uses - free)
        income = price * self.paid + extra if self.by_seat else f.percent_of(uses, v["success"]) * v["fee"]
        return f.percent_of(income, 100 - v["fees"]) - self.own(uses) - self.fixed / self.seats


def losing(month: Month, plan: tuple[float, ...]) -> float:
    """Percent of users who leave less than nothing: at 200,000 places of the distribution of use."""
    price, _, uses, free = plan
    spread, normal, places = f.lognormal_spread(month.v["heavy"]), NormalDist(), 200_000
    at = (uses * math.exp(spread * normal.inv_cdf((n + 0.5) / places) - spread**2 / 2) for n in range(places))
    return 100 * sum(month.left(price, one, free) < 0 for one in at) / places


def unit_economics(v: Values, tables: Values) -> dict[str, Any]:
    cached = cached_share(v, v["steps"])
    each = model_cost(v, v["steps"], cached)
    now = Month(v, each)
    then = max(1, f.grown(v["steps"], v["longer"], 1))
    dear = model_cost(v, v["steps"], min(cached, v["cache_low"]))
    half, reach = math.sqrt(v["fall"]), f.mean_reach(f.lognormal_spread(v["heavy"]), v["measured"])
    corners = [
        Month(v, one, times)
        for one in (each / max(1, half), dear / min(1, half))
        for times in (1 / reach, reach)
    ]
    prices = [month.wanted(*month.plans[0]) for month in corners]
    margins = [month.margin for month in corners]
    left = (now.revenue - now.cost) / now.seats
    price, _, uses, free = now.plans[0]
    heavy = f.tenth_mean(uses, v["heavy"])
    over = f.lognormal_tenth_excess(free, uses, f.lognormal_spread(v["heavy"]))
    bonus = f.percent_of(v["extra"] * (over - max(0, heavy - free)), 100 - v["fees"]) if now.by_seat else 0
    back = f.payback_months(v["cac"], left, v["churn"])
    kept = sum(plan[1] * now.left_at(now.wanted(*plan), *plan[2:]) for plan in now.plans) / now.seats
    then_back = f.payback_months(v["cac"], kept, v["churn"])
    return {
        "cached": cached,
        "each": each,
        "revenue": now.revenue,
        "cost": now.cost,
        "margin": now.margin,
        "year_one": Month(v, model_cost(v, then, cached_share(v, then)) / v["fall"]).margin,
        "wanted": now.wanted(*now.plans[0]),
        "prices": [min(prices), max(prices)],
        "margins": [min(margins), max(margins)],
        "payback": back if math.isfinite(back) else None,
        "payback_wanted": then_back if math.isfinite(then_back) else None,
        "heavy_tasks": heavy,
        "heavy_left": now.left(price, heavy, free) + bonus,
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
        close = pytest.approx(expected, rel=1e-9) if isinstance(expected, int | float | list) else expected
        assert result[name] == close, name


SEATS: list[dict[str, Any]] = [
    {"seats2": 300},
    {"seats2": 300, "extra": 0.2, "included": 150, "yearly": 40, "reasoning": 600, "write": 1.25},
    {
        "seats2": 20,
        "extra": 0.05,
        "included": 900,
        "included2": 0,
        "support": 3000,
        "hosting": 800,
        "churn": 0,
    },
    {"extra": 0.05, "included": 30, "heavy": 66, "price": 12, "churn": 20},
    {"extra": 0.3, "included": 100, "heavy": 10, "cache": "own", "cached": 95, "fall": 0.5},
    {"billing": "use", "success": 40, "seats2": 300, "cache": "none", "measured": 3},
    {"seats": 0, "seats2": 40, "price2": 9},
]


@pytest.mark.parametrize("changed", SEATS)
def test_plans_allowances_and_prices_by_the_year_are_what_the_formulas_give(changed: dict[str, Any]) -> None:
    one = lab("unit-economics")
    values = {**one.values, **changed}
    result = one.work(values)
    for name, expected in unit_economics(values, {}).items():
        assert result[name] == (expected if expected is None else pytest.approx(expected, rel=1e-9)), name
    month = Month(values, result["each"])
    for plan, found in zip(month.plans, result["plans"], strict=True):
        assert found["income"] == pytest.approx(month.income(*plan), rel=1e-9)
        assert found["wanted"] == pytest.approx(month.wanted(*plan), rel=1e-9)
        assert found["losing"] == pytest.approx(losing(month, plan), abs=1e-3)
        if found["even"]:
            assert month.left(plan[0], found["even"], plan[3]) == pytest.approx(0, abs=1e-8)
    assert sum(plan["seats"] * plan["left"] for plan in result["plans"]) == pytest.approx(result["left"])


def test_a_price_that_is_wanted_leaves_the_margin_that_is_wanted() -> None:
    one = lab("unit-economics")
    for changed in SEATS:
        values = {**one.values, **changed}
        first, *more = [plan["wanted"] for plan in one.work(values)["plans"]]
        wanted = (
            {"fee": first}
            if values["billing"] == "use"
            else {"price2": first}
            if not values["seats"]
            else {"price": first, "price2": more[0] if more else values["price2"]}
        )
        assert one.work({**values, **wanted})["margin"] == pytest.approx(values["target"])
