"""What a training run costs: compute, hours, dollars by line, energy and emissions;
docs/labs/training-cost/model.mjs says the same.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from fieldguide.records.cases import Lab, Result, Values
from fieldguide.records.formulas.arithmetic import gigabytes, percent_of, product, share, tera
from fieldguide.records.formulas.compute import billed_hours, days_on, gpu_hours, training_flop
from fieldguide.records.formulas.energy import emissions, machine_watts, site_energy
from fieldguide.records.formulas.owning import owned_hour, space_year
from fieldguide.records.formulas.serving import chips_to_hold
from fieldguide.text.spoken import count, digits, duration, money, percent, some

LOOKS = {
    "peak": "solid",
    "slower": "gray",
    "lost": "muted",
    "after": "dark",
    "trials": "chip",
    "site": "light",
    "other": "pale",
}
"""How each part of the bill is drawn."""
NAMES = {
    "peak": "Arithmetic at peak speed",
    "slower": "Below peak speed",
    "lost": "Overhead",
    "after": "Later stages",
    "trials": "Experiments and failed runs",
    "site": "Colocation and electricity",
    "other": "People, data, storage",
}


def work(values: Values, lab: Lab) -> dict[str, Any]:
    """Hours are GPU-hours, money is USD, energy MWh, emissions tonnes of CO₂; `run` is the final run with its
    later stages.
    """
    peak = tera(values["peak8" if values["precision"] == "fp8" else "peak16"])
    flop = training_flop(values["active"], values["tokens"])
    peak_hours = gpu_hours(flop, peak)
    speed_hours = gpu_hours(flop, percent_of(peak, values["utilization"]))
    final = billed_hours(speed_hours, values["lost"])
    after = percent_of(final, values["after"])
    run = final + after
    trial_hours = product(values["trials"], run)
    watts = machine_watts(values["power"], values["draw"], values["around"])
    kilowatt = watts / 1000
    power_hour = kilowatt * values["pue"] * values["electricity"]
    space = space_year(kilowatt, values["space"])
    owned = owned_hour(values["price"], values["years"], values["busy"], space, power_hour)
    wear = owned_hour(values["price"], values["years"], values["busy"], 0, 0)
    own = values["bill"] == "own"
    rate = owned if own else values["hour"]
    chip = wear if own else rate
    run_cost = product(run, rate)
    hours = run + trial_hours
    bill = {
        "peak": product(peak_hours, chip),
        "slower": product(speed_hours - peak_hours, chip),
        "lost": product(final - speed_hours, chip),
        "after": product(after, chip),
        "trials": product(trial_hours, chip),
        "site": product(hours, owned - wear) if own else 0.0,
        "other": values["other"],
    }
    mwh = site_energy(final, watts, values["pue"])
    all_mwh = site_energy(hours, watts, values["pue"])
    state = gigabytes(product(max(values["active"], values["parameters"]), values["state"]))
    return {
        "flop": flop,
        "peak": peak,
        "peak_hours": peak_hours,
        "speed_hours": speed_hours,
        "final": final,
        "after": after,
        "run": run,
        "trial_hours": trial_hours,
        "hours": hours,
        "wall": run / values["gpus"],
        "days": days_on(run, values["gpus"]),
        "share": share(peak_hours, final),
        "space_year": space,
        "power_hour": power_hour,
        "owned": owned,
        "rate": rate,
        "run_cost": run_cost,
        "trial_cost": product(trial_hours, rate),
        "other": values["other"],
        "cost": product(hours, rate) + values["other"],
        "rented_cost": product(run, values["hour"]),
        "owned_cost": product(run, owned),
        "bought": product(values["gpus"], values["price"]),
        "bill": bill,
        "watts": watts,
        "peak_mwh": site_energy(final, values["power"], 1),
        "mwh": mwh,
        "tonnes": emissions(mwh, values["grid"]),
        "all_mwh": all_mwh,
        "all_tonnes": emissions(all_mwh, values["grid"]),
        "state": state,
        "least": chips_to_hold(state, values["memory"]),
    }


def problems(values: Values, lab: Lab) -> list[dict[str, str]]:
    """Nothing: every number within its range is possible beside every other."""
    return []


def sentence(result: Result, values: Values, lab: Lab) -> str:
    cost = money(_round(result["run_cost"]))
    about = cost if cost == "$0" else f"about {cost}"
    hour = f"{money(result['rate'])} per GPU-hour"
    price = f"{about} at {hour}{' on owned hardware' if values['bill'] == 'own' else ''}"
    extra = "experiments" if values["trials"] > 0 else ""
    if values["other"] > 0:
        extra = f"{extra}, people and data" if extra else "people and data"
    more = f" With {extra}, the total comes to {money(_round(result['cost']))}." if extra else ""
    return (
        f"The run takes {count(result['flop'])} FLOP and"
        f" {some(_round(result['run']), 'GPU-hour', 'GPU-hours')}. On {_gpus(values['gpus'])}, it lasts"
        f" {duration(result['wall'])} and costs {price}.{more}"
    )


def readings(result: Result, values: Values, lab: Lab) -> list[dict[str, str]]:
    whole = "total cost" if values["trials"] > 0 or values["other"] > 0 else "cost of the run"
    own = values["bill"] == "own"
    found = [
        {
            "name": f"{whole}, {'on owned hardware' if own else 'rented'}",
            "text": money(_round(result["cost"])),
        },
        {
            "name": f"GPU-hours, {duration(result['wall'])} on {_gpus(values['gpus'])}",
            "text": count(_round(result["run"])),
        },
        {
            "name": f"of electricity for the final run, which emits {_tonnes(result['tonnes'])} of CO₂",
            "text": _energy(result["mwh"]),
        },
    ]
    short = {
        "name": f"needed at minimum, to hold {count(_round(result['state']))} GB of training state",
        "text": _gpus(result["least"]),
    }
    return [*found, short] if result["least"] > values["gpus"] else found


def more(result: Result, values: Values, lab: Lab) -> dict[str, Any]:
    """What the lines of the sum name besides the result."""
    return {
        "teraflop": result["peak"] / 1e12,
        "bits": 8 if values["precision"] == "fp8" else 16,
        "longer": result["hours"] > result["final"],
    }


def charts(result: Result, values: Values, lab: Lab) -> list[dict[str, Any]]:
    half = money(_round(work({**values, "utilization": 50}, lab)["cost"]))
    curves = {
        "title": f"At half the chips’ peak speed, the total would be {half}",
        "context": "Total cost in US dollars, by hardware efficiency",
        "scene": _curves(result, values, lab),
    }
    return [_bill(result), curves] if result["cost"] > 0 else [curves]


def _bill(result: Result) -> dict[str, Any]:
    """The dollars by what they went into."""
    parts = {key: value for key, value in result["bill"].items() if value > 0}
    return {
        "title": (
            "Arithmetic at the chips’ peak speed makes up"
            f" {percent(share(parts.get('peak', 0), result['cost']))} of the bill"
        ),
        "context": "What the bill pays for, in US dollars",
        "scene": {
            "kind": "stacked",
            "direction": "across",
            "point": "",
            "heads": ["US dollars", "of the bill"],
            "parts": [
                {
                    "name": NAMES[key],
                    "note": "",
                    "layer": None,
                    "look": LOOKS[key],
                    "cells": [money(_round(value)), percent(share(value, result["cost"]))],
                }
                for key, value in parts.items()
            ],
            "stacks": [
                {
                    "name": money(_round(result["cost"])),
                    "total": result["cost"],
                    "values": list(parts.values()),
                }
            ],
        },
    }


def _curves(result: Result, values: Values, lab: Lab) -> dict[str, Any]:
    """Cost against utilization, rented and owned."""
    low = min(10, values["utilization"])
    places = [low * math.pow(100 / low, step / 30) for step in range(31)]
    curves = {
        bill: [[at, work({**values, "bill": bill, "utilization": at}, lab)["cost"]] for at in places]
        for bill in ("rent", "own")
    }
    ticks = _ticks(max(curves["rent"][0][1], curves["own"][0][1]))
    mark = {
        "id": "run",
        "x": values["utilization"],
        "y": result["cost"],
        "basis": "derived",
        "name": "this run",
        "label": money(_round(result["cost"])),
    }
    return {
        "kind": "xy",
        "key": {},
        "point": "",
        "panels": [
            {
                "title": "",
                "rules": [],
                "regions": [],
                "said": [],
                "x": {
                    "low": 0,
                    "high": 100,
                    "type": "linear",
                    "name": "hardware efficiency, % of peak",
                    "ticks": [{"at": at, "label": percent(at)} for at in (0, 20, 40, 60, 80, 100)],
                },
                "y": {
                    "low": 0,
                    "high": ticks[-1],
                    "type": "linear",
                    "name": "total cost",
                    "ticks": [{"at": at, "label": money(at)} for at in ticks],
                },
                "series": [
                    {
                        "id": bill,
                        "name": name,
                        "layer": None,
                        "strong": bill == values["bill"],
                        "join": True,
                        "dash": None,
                        "curve": curves[bill],
                        "marks": [mark] if bill == values["bill"] else [],
                    }
                    for bill, name in (("rent", "rented"), ("own", "owned"))
                ],
            }
        ],
    }


def _ticks(most: float) -> list[float]:
    """Round steps from nothing past the most."""
    if most <= 0:
        return [0, 1]
    size = math.pow(10, math.floor(math.log10(most / 4)))
    step = next(one for one in (size, 2 * size, 5 * size, 10 * size) if one * 4 >= most * (1 - 1e-9))
    return [step * at for at in range(math.ceil(most / step - 1e-9) + 1)]


def _round(value: float) -> float:
    """To three digits, a half away from zero, as the page's own does."""
    return float(Context(prec=3, rounding=ROUND_HALF_UP).plus(Decimal(value)))


def _gpus(number: float) -> str:
    return some(number, "GPU", "GPUs")


def _many(value: float, noun: str) -> str:
    text = digits(value, 3)
    return f"{text} {noun}{'' if text == '1' else 's'}"


def _energy(megawatt_hours: float) -> str:
    size, unit = next(
        ((size, unit) for size, unit in ((1000.0, "GWh"), (1.0, "MWh")) if megawatt_hours >= size),
        (0.001, "kWh"),
    )
    return f"{count(_round(megawatt_hours / size))} {unit}"


def _tonnes(tonnes: float) -> str:
    return some(_round(tonnes), "tonne", "tonnes")


FORMATS = {
    "count": count,
    "digits": digits,
    "money": money,
    "rounded": lambda value: count(_round(value)),
    "dollars": lambda value: money(_round(value)),
    "gpus": _gpus,
    "energy": _energy,
    "tonnes": _tonnes,
    "years": lambda value: _many(value, "year"),
    "bytes": lambda value: _many(value, "byte"),
}
