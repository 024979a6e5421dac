"""What the hooks of lines and points work out, on records of the tests' own."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fieldguide.drawing.hooks.business import CohortQuarters
from fieldguide.drawing.hooks.models import ModelsWith
from fieldguide.drawing.hooks.scaling import ScalingFits
from fieldguide.drawing.hooks.serving import BatchBound, RentOrRun, Roofline
from fieldguide.records.formulas.scaling import optimal_loss
from fieldguide.records.formulas.serving import serving_bound
from tests.drawing.fixtures import book
from tests.figures.reading import model
from tests.guide import guide_book


def series(filled: dict[str, Any], panel: int = 0) -> dict[str, Any]:
    return {item["id"]: item for item in filled["panels"][panel]["series"]}


def chips(tmp_path: Path) -> Any:
    made = book(tmp_path, tokens=500)
    for slug, peak, bandwidth in (("fast", 1000, 4), ("cut", 100, 5)):
        fields = {"bf16": SimpleNamespace(value=peak), "bandwidth": SimpleNamespace(value=bandwidth)}
        made.hardware[slug] = made.quantities[slug] = SimpleNamespace(
            name=slug.title(), own_fields=lambda fields=fields: fields
        )  # type: ignore[assignment]  # as much of a chip as a roofline reads
    return made


def test_a_roofline_rises_to_the_ridge_and_is_flat_after_it(tmp_path: Path) -> None:
    inputs = Roofline.model_validate(
        {
            "chip": "fast",
            "other": "cut",
            "low": 0.1,
            "high": 9000,
            "floor": 1,
            "works": {"slow": 1, "full": "sales.tokens"},
        }
    )
    filled = inputs.compute(chips(tmp_path))
    found = series(filled)
    assert found["main"]["curve"] == [(0.25, 1), (250, 1000), (9000, 1000)] and found["other"]["curve"][
        1
    ] == (20, 100)
    assert [(point["value"], point["values"]["share"]) for point in found["works"]["points"]] == [
        (4, 0.4),
        (1000, 100),
    ]
    assert [(point["x"], point["value"]) for point in found["busy"]["points"]] == [
        (250, "fast.bf16"),
        (20, "cut.bf16"),
    ]
    assert filled["values"]["ridge"] == 250 and filled["texts"] == {"main": "Fast", "other": "Cut"}


def test_a_rent_that_costs_more_than_the_list_price_when_full_has_no_break_even(tmp_path: Path) -> None:
    made = book(tmp_path, price=2, speed=1000, hour=3.6, share=50, dear=36, never=500)
    lines = [
        {"id": "cheap", "speed": "sales.speed", "hour": "sales.hour", "share": "sales.share"},
        {"id": "cloud", "speed": "sales.speed", "hour": "sales.dear", "share": "sales.never"},
    ]
    filled = RentOrRun.model_validate({"price": "sales.price", "high": 100, "lines": lines}).compute(made)
    found = series(filled)
    assert found["cheap"]["curve"][-1] == (100, pytest.approx(1)) and found["cloud"]["curve"][0] == (
        10,
        pytest.approx(100),
    )
    assert (
        [point["id"] for point in found["even"]["points"]] == ["cheap-even"]
        and found["cheap"]["strong"]
        and not found["cloud"]["strong"]
    )
    assert found["cloud"]["texts"]["never"] == ", never" and filled["values"]["cloud_full"] == pytest.approx(
        10
    )


class Served:
    """A lab on serving that expects ten tokens a second for each user, half to twice as many in truth."""

    values: Mapping[str, Any] = {"users": 50}

    def work(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"out": 10 * values["users"]}

    def band(self, group: str) -> tuple[float, float]:
        assert group == "dense"
        return 0.5, 2


def test_the_bound_and_what_the_lab_expects_end_where_the_memory_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldguide.drawing.hooks.serving.calculator", lambda book, lab: lab)
    given = {
        "prompt": 5000,
        "answer": 500,
        "cache_per_token": 160e3,
        "weights": 70e9,
        "parameters": 70e9,
        "rate": 3900,
        "bandwidth": 6.7,
    }
    made = book(tmp_path, seats=3.4, **given)
    made.labs = {"serving": Served()}
    inputs = {key: f"sales.{key.replace('_', '-')}" for key in given} | {
        "seats": "sales.seats",
        "at": [1, 4],
        "lab": "serving",
    }
    filled = BatchBound.model_validate(inputs).compute(made)
    totals, each = series(filled)["bound"]["curve"], series(filled, 1)["bound"]["curve"]
    assert (
        [users for users, _ in totals] == [1, 2, 3]
        and totals[2][1] == serving_bound(3, **given)
        and each[2] == (3, totals[2][1] / 3)
    )
    expected = series(filled)["expected"]
    assert expected["curve"] == [(1, 10), (2, 20), (3, 30)] and expected["band"][2] == (3, 15, 60)
    assert [point["texts"]["bound"] for point in series(filled)["measured"]["points"]] == [
        f"{totals[0][1]:,.0f}",
        "more than the memory holds",
    ]


def test_models_with_a_number_are_drawn_and_others_left_out(tmp_path: Path) -> None:
    made = book(tmp_path, stock={"value": 100e12, "low": 50e12, "high": 200e12})
    made.models = {
        item.slug: item
        for item in (
            model("small", name="Small (1B)", tokens={"value": 1e12}),
            model("large", tokens={"value": 10e12}),
            model("silent", tokens={"status": "not-disclosed"}),
            model("whale", domain="biology", tokens={"value": 90e12}),
            model("bound", tokens={"value": 10e12, "qualifier": "more than", "low": 10e12}),
        )
    }
    filled = ModelsWith.model_validate(
        {"field": "tokens", "domains": ["language"], "of": "sales.stock"}
    ).compute(made)
    points = series(filled)["models"]["points"]
    assert [(point["id"], point["name"], point["x"], point["value"]) for point in points] == [
        ("small", "Small", "small.released", "small.tokens"),
        ("large", "large", "large.released", "large.tokens"),
    ]
    assert filled["values"] == {"greatest": "large.tokens", "share": 10, "share_low": 20, "share_high": 5}
    with pytest.raises(ValueError, match="no model has a number of compute"):
        ModelsWith.model_validate({"field": "compute"}).compute(made)


def test_two_fits_are_solid_where_runs_were_measured_and_place_models_that_disclose(tmp_path: Path) -> None:
    fit = {"floor": 1.8, "a": 480, "b": 2000, "alpha": 0.35, "beta": 0.37}
    made = book(tmp_path, limit=1e22, **fit)
    made.models = {
        item.slug: item
        for item in (
            model("told", parameters={"value": 70e9}, tokens={"value": 1.4e12}, compute={"value": 5.8e23}),
            model("silent", parameters={"value": 1e9}),
        )
    }
    made.quantities |= made.models
    names = {key: f"sales.{key}" for key in fit}
    inputs = {
        "used": names,
        "other": names,
        "low": 1e21,
        "high": 1e24,
        "measured_to": "sales.limit",
        "models": ["told", "silent", "nowhere"],
    }
    filled = ScalingFits.model_validate(inputs).compute(made)
    found = series(filled)
    assert found["used-measured"]["curve"][-1][0] == pytest.approx(1e22) and found["used-beyond"]["curve"][
        -1
    ] == (pytest.approx(1e24), pytest.approx(optimal_loss(1e24, **fit)))
    assert [point["id"] for point in found["models"]["points"]] == ["told"]
    assert [(point["name"], point["texts"]["status"]) for point in found["used"]["points"]] == [
        ("10²¹", "measured range"),
        ("10²²", "measured range"),
        ("10²³", "extrapolated"),
        ("10²⁴", "extrapolated"),
    ]
    assert [point["row"] for point in found["other"]["points"]] == [
        point["id"] for point in found["used"]["points"]
    ]


PRODUCT = {"lab": "unit-economics", "case": "chapter", "seats_each": 10}


def cohort(*quarters: tuple[int, float, float]) -> CohortQuarters:
    return CohortQuarters.model_validate(
        PRODUCT
        | {
            "quarters": [
                {"name": f"+{at}", "customers": customers, "seats": seats, "conversations": use}
                for at, (customers, seats, use) in enumerate(quarters)
            ]
        }
    )


def test_a_cohort_is_an_index_of_its_start() -> None:
    filled = cohort((100, 1000, 100), (90, 1100, 100)).compute(guide_book())
    ends = {key: [point["value"] for point in item["points"]] for key, item in series(filled).items()}
    assert (
        ends["revenue"] == pytest.approx([100, 110])
        and ends["kept"] == pytest.approx([100, 90])
        and ends["profit"][0] == pytest.approx(100)
    )
    assert filled["panels"][0]["x"]["words"] == ["+0", "+1"]
    end = series(filled)["profit"]["points"][1]
    assert (end["id"], end["row"], end["name"]) == ("profit-end", "revenue-end", "+1")
    assert {key: end["values"][key] for key in ("customers", "seats", "conversations")} == {
        "customers": 90,
        "seats": 1100,
        "conversations": 100,
    }


def test_fewer_seats_than_who_stayed_brought_are_refused() -> None:
    with pytest.raises(ValueError, match="has 900 seats, its customers brought 950"):
        cohort((100, 1000, 100), (95, 900, 100)).compute(guide_book())
