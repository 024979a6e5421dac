"""Follow one request: its numbers are those of the guide's formulas, of the two labs that it leads to, and of
its own tokenizer.
"""

from __future__ import annotations

import functools
import math
import random
from typing import Any

import pytest

from fieldguide.book.numbers import number
from fieldguide.labs.calculator import LINES
from fieldguide.labs.data import settings
from fieldguide.text.dates import show_date
from tests.guide import formulas, guide_book
from tests.labs import drawn_values, inputs, lab, problems, readings, rects, request, texts

BOOK = guide_book()
RECORD = BOOK.labs["one-request"]
CALCULATOR = request()
LAB, DEFAULT = CALCULATOR.data, dict(CALCULATOR.values)
CLOSE = 1e-9


def worked(**changed: Any) -> dict[str, Any]:
    return CALCULATOR.work({**DEFAULT, **changed})


def standing(values: dict[str, Any]) -> dict[str, str]:
    """Each number that is put in: "ring" for an assumption, "yours" for the reader's."""
    return dict(CALCULATOR.run("marks.standing(v, lab)", values))


def marked(values: dict[str, Any]) -> dict[str, tuple[bool, bool]]:
    """Each result of a line: whether it has an assumption, and whether it shows a number of the reader's."""
    found = CALCULATOR.run(f"marks.marks({LINES}, v, lab)", values)
    return {gives: (ring, yours) for gives, ring, yours in found}


@functools.cache
def cases(many: int = 300) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Anything that may be put in and fits, with what follows."""
    draw, found = random.Random(17), [(DEFAULT, worked())]
    while len(found) <= many:
        values = drawn_values(CALCULATOR, RECORD.inputs, draw)
        result = CALCULATOR.work(values)
        if result["out"] is not None:
            found.append((values, result))
    return found


def test_the_example_is_the_first_sentence_by_our_own_tokenizer_and_the_measured_work() -> None:
    assert BOOK.tokenizer is not None and BOOK.sentences
    assert len(BOOK.tokenizer.encode(BOOK.sentences[0].text)) == BOOK.sentences[0].count == DEFAULT["tokens"]
    plain = worked(tokens=1, context=4999)  # the prompt that NVIDIA measured
    assert plain["prefill"] == pytest.approx(number(BOOK, "serving-70b.prefill"), rel=CLOSE)
    assert plain["out"] == pytest.approx(number(BOOK, "nim-llama-70b.total-50"), rel=CLOSE)
    assert (plain["users"], plain["places"]) == (50, 82)


def test_models_are_those_of_the_lab_that_it_leads_to() -> None:
    def rows(slug: str) -> list[Any]:
        found = [one.model_dump(exclude={"picks"}) for one in BOOK.labs[slug].inputs["model"].rows]
        for row in found:
            row["values"].pop("window", None)  # the page on one request leaves out the longest prompt
        return found

    assert rows("one-request") == rows("serving-cost")
    shared = set(CALCULATOR.onward()["serving-cost"])
    assert shared <= set(BOOK.labs["serving-cost"].inputs)
    assert shared - {"prompt", "counted", "sizing"} <= set(RECORD.inputs)


def rows(pick: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in inputs(CALCULATOR)[pick]["rows"]}


def picked(model: str, **changed: Any) -> dict[str, Any]:
    """The example with another model, and what comes with it."""
    return {**DEFAULT, **rows("model")[model]["values"], "model": model, **changed}


def test_a_model_brings_a_list_price_of_the_same_host_or_else_the_cheapest_and_its_bits() -> None:
    host = rows("api")[DEFAULT["api"]]["note"]
    for slug, row in rows("model").items():
        sold = sorted(
            (one for one in rows("api").values() if one["name"].startswith(row["name"])),
            key=lambda one: one["values"]["input_price"] + one["values"]["output_price"],
        )
        best = next((one for one in sold if one["note"] == host), sold[0] if sold else None)
        assert row["values"].get("api") == (best["id"] if best else None), slug
        assert best is None or {name: row["values"][name] for name in best["values"]} == best["values"]
        assert "input_price" not in row["origins"], "its source stays with the price"
        assert row["values"]["bits"] == ("four" if slug in {"gpt-oss-120b", "kimi-k26"} else "eight")
    assert number(BOOK, "gpt-oss-120b-weights.bits") == 4
    mixed = picked("gpt-oss-120b")
    assert (mixed["api"], mixed["input_price"], mixed["output_price"]) == (
        "together-ai-gpt-oss-120b",
        *(number(BOOK, f"together-ai-gpt-oss-120b.{name}") for name in ("input", "output")),
    )


def test_each_price_says_whose_it_is_and_one_of_another_model_is_an_assumption() -> None:
    def said(values: dict[str, Any]) -> tuple[dict[str, str], bool]:
        notes = {name: step["note"] for name, step in CALCULATOR.steps(values).items()}
        return notes, marked(values)["charge"][0]

    def listed(api: str) -> str:
        row = rows("api")[api]
        return (
            f"{row['name']}, sold by {row['note']}, on"
            f" {show_date(LAB['origins'][row['origins']['input_price']]['as_of'])}"
        )

    own = listed(DEFAULT["api"])
    notes, ring = said(DEFAULT)
    assert (
        notes["price"] == f"This was the list price of {own.replace(' Turbo', '')}."
        and not ring
        and not notes["seat"]
        and not notes["batch"]
    )
    notes, ring = said(picked("gpt-oss-120b"))
    assert notes["price"] == f"This was the list price of {listed('together-ai-gpt-oss-120b')}." and not ring
    assert (
        notes["batch"]
        == notes["rent"]
        == "We calculated these efficiencies, 15% of the theoretical maximum in prefill and 26% in decode,"
        " from DeepSeek’s account of a day in February 2025. Here they are an assumption."
    )
    assert said(picked("llama-31-8b"))[0]["batch"].startswith(
        "We calculated these efficiencies, 56% of the theoretical maximum in prefill and 57% in decode,"
        " from NVIDIA’s test of Llama 3.3 70B"
    )
    notes, ring = said(picked("deepseek-v3", chips=16))
    assert (
        notes["price"]
        == notes["seat"]
        == notes["dollar"]
        == f"We have no list price for DeepSeek-V3. This was the price of {own}, and here it is an"
        " assumption."
        and ring
    )
    notes, ring = said(picked("gpt-oss-120b", api=DEFAULT["api"], **rows("api")[DEFAULT["api"]]["values"]))
    assert notes["price"].startswith("This was the price of a different model, Llama 3.3 70B Turbo") and ring
    assert (
        said({**DEFAULT, "input_price": DEFAULT["input_price"] + 1})[0]["price"]
        == "You entered this price yourself."
    )


@pytest.mark.parametrize(
    "changed",
    [{"users": 1.0}, {"chips": 4.0}, {"bandwidth": 4.8}, {"model": "llama-31-8b"}, {"answer": 100.0}],
)
def test_the_share_that_was_measured_is_an_assumption_anywhere_else(changed: dict[str, Any]) -> None:
    assert standing({**DEFAULT, **changed})["reading"] == "ring" and standing(DEFAULT)["reading"] == ""
    assert standing({**DEFAULT, **changed, "reading": 50.0})["reading"] == "yours"


def test_a_ring_follows_what_is_put_in_and_a_number_of_the_readers_is_called_theirs() -> None:
    before, after = marked(DEFAULT), marked({**DEFAULT, "utilization": 60.0})
    assert (
        before["rented"] == (True, False)
        and after["rented"] == (True, False)
        and after["month_rented"] == (True, True)
    ), "the requests of a month are an assumption still"
    assert not any(yours for _, yours in before.values())
    assert marked({**DEFAULT, "seat": 20.0})["brings"] == (True, True), "its requests are an assumption still"
    assert marked({**DEFAULT, "tokens": 40.0}) == before, "a sentence is no estimate"
    own = {
        **DEFAULT,
        "seat": 28.0,
        "requests": 700.0,
        "other": 20.0,
        "utilization": 60.0,
        "running": 0.5,
        "wear": 0.8,
    }
    assert not any(ring for ring, _ in marked(own).values())


def test_one_request_alone_pays_for_moving_the_weights_in_prefill() -> None:
    """70 GB at 6.7 TB/s are 10.4 ms; 18 tokens are 0.64 ms of arithmetic at 3,958 TFLOP/s."""
    alone, shared = worked(users=1, context=0), worked(users=49, context=0)
    assert alone["pass"] == alone["take"] == pytest.approx(70 / 6.7) and alone[
        "gpu_reading"
    ] == pytest.approx(2 * 70 / 6.7 / 1000 / (DEFAULT["reading"] / 100))
    assert shared["pass"] == shared["prefill"] == pytest.approx(2 * 70e9 * 18 / 3958e12 * 1000)
    assert worked(users=10, context=0)["pass"] == pytest.approx(70 / 6.7 / 10)
    (wait,) = [line["how"] for line in CALCULATOR.lines({**DEFAULT, "users": 1}) if line["gives"] == "wait"]
    assert wait.endswith("÷ output tokens per second, because the machine reads no other prompt")


def test_times_bytes_and_money_are_those_of_the_formulas() -> None:
    for v, r in cases():
        rate, bandwidth = (
            v["chips"] * v["rate8" if v["bits"] == "eight" else "rate16"],
            v["chips"] * v["bandwidth"],
        )
        bits, prompt, users = (
            {"sixteen": 16, "eight": 8, "four": 4}[v["bits"]],
            v["tokens"] + v["context"],
            r["users"],
        )
        read = [
            formulas.gigabytes(
                formulas.memory_bytes(
                    formulas.read_parameters(v["parameters"], v["active"], v["experts"], v["chosen"], tokens),
                    bits,
                )
            )
            for tokens in (prompt, users, 1)
        ]
        prefill = formulas.prefill_time(v["active"], prompt, rate)
        step, alone = (
            formulas.decode_step(many, r["middle"], moved, v["active"], rate, bandwidth)
            for many, moved in ((users, read[1]), (1, read[2]))
        )
        together = formulas.gigabytes(
            formulas.memory_bytes(
                formulas.read_parameters(
                    v["parameters"], v["active"], v["experts"], v["chosen"], users * prompt
                ),
                bits,
            )
        )
        shared = formulas.prefill_shared(users, prefill, together, bandwidth)
        out = formulas.tokens_in_turns(
            users, v["answer"], shared / v["reading"] * 100, step / v["writing"] * 100
        )
        rent = formulas.token_cost(
            v["answer"], formulas.rental_cost_per_million(v["chips"] * v["rent"], out, v["utilization"])
        )
        charge = formulas.token_cost(prompt, v["input_price"]) + formulas.token_cost(
            v["answer"], v["output_price"]
        )
        expected = {
            "take": max(prefill, read[0] / bandwidth),
            "lone": alone,
            "lone_moved": read[2] + r["middle"],
            "step": step,
            "moved": read[1] / users + r["middle"],
            "out": out,
            "pass": shared,
            "gpu_reading": v["chips"] * shared / v["reading"] / 10,
            "gpu": v["chips"] * v["answer"] / out,
            "rented": rent,
            "charge": charge,
            "brings": v["seat"] / v["requests"],
            "alone_reading": max(prefill, read[0] / bandwidth) / 1000,
            "alone_writing": v["answer"] * alone / 1000,
            "wait": v["answer"] / (out / users),
            "month_gpu": v["requests"] * v["chips"] * v["answer"] / out,
            "month_rented": v["requests"] * rent,
            "month_charge": v["requests"] * charge,
            "month_host": v["requests"] * (charge - rent),
        }
        assert {name: r[name] for name in expected} == pytest.approx(expected, rel=CLOSE), v
        assert r["full"] == pytest.approx(r["gpu"] / 3600 * v["rent"], rel=CLOSE)
        kept = v["seat"] * (1 - v["other"] / 100) - v["requests"] * charge
        assert r["month_kept"] == pytest.approx(
            kept, rel=CLOSE, abs=CLOSE * (v["seat"] + v["requests"] * charge)
        )


def test_the_parts_of_the_dollar_are_all_that_the_seat_brings() -> None:
    for v, r in cases():
        most = max(map(abs, r["parts"]))
        assert sum(r["parts"]) == pytest.approx(r["brings"], rel=CLOSE, abs=CLOSE * most), v
        assert sum(r["shares"]) == pytest.approx(100, rel=CLOSE, abs=CLOSE * max(map(abs, r["shares"]))), v
        assert sum(r["monthly"]) == pytest.approx(v["seat"], rel=CLOSE, abs=CLOSE * most * v["requests"]), v
        assert r["shares"][2] == 0


def test_the_labs_that_it_leads_to_say_the_same() -> None:
    serving, seats = lab("serving-cost"), lab("unit-economics")
    for v, r in cases():
        onward = CALCULATOR.onward(v)
        machine = serving.work({**serving.values, **onward["serving-cost"]})
        length = r["prompt"] + v["answer"]
        if length > serving.values["window"]:
            machine = serving.work({**serving.values, **onward["serving-cost"], "window": length})
        assert machine["out"] == pytest.approx(r["out"], rel=CLOSE) and machine["step"] == pytest.approx(
            r["step"], rel=CLOSE
        )
        assert machine["least_cost"] * length / 1e6 == pytest.approx(r["rented"], rel=CLOSE)
        assert machine["api"] * length / 1e6 == pytest.approx(r["charge"], rel=CLOSE)
        seat = seats.work({**seats.values, **onward["unit-economics"]})
        assert seat["each"] == pytest.approx(r["charge"], rel=CLOSE, abs=1e-15)
        assert seat["margin"] == pytest.approx(
            r["shares"][0], rel=1e-8, abs=1e-8 * (100 + abs(r["shares"][0]))
        )


def test_what_another_lab_is_opened_with_lies_in_what_it_takes() -> None:
    for v, _r in cases():
        for slug, given in CALCULATOR.onward(v).items():
            for name, value in given.items():
                item = BOOK.labs[slug].inputs[name]
                if item.kind == "number":
                    assert (item.low or 0) <= value <= (item.high or 0), (slug, name, value)
                    assert not item.whole or float(value).is_integer(), (slug, name, value)


def test_a_model_that_does_not_fit_is_said_with_what_it_needs() -> None:
    values = {**DEFAULT, "chips": 1, "bits": "sixteen"}
    result = CALCULATOR.work(values)
    assert result["out"] is None and CALCULATOR.steps(values) == {}
    assert problems(CALCULATOR, values) == [
        {
            "id": "chips",
            "message": "The model and the cache of one request need at least 2 of these accelerators.",
        }
    ]
    assert problems(CALCULATOR, DEFAULT) == []
    assert "do not fit" in CALCULATOR.sentence(values)


@pytest.mark.whole
def test_who_share_are_never_more_than_fit_and_whole() -> None:
    seen = set()
    for v, r in cases():
        assert (
            r["users"] == min(v["users"], r["places"])
            and r["users"] <= r["seats"] + 1e-9
            and float(r["users"]).is_integer()
        ), v
        assert r["weights"] + r["users"] * r["cache"] <= r["usable"] * (1 + 1e-9), v
        said = {line["name"]: line["text"] for line in CALCULATOR.lines(v)}
        words = CALCULATOR.steps(v)["batch"]["name"]
        assert f"for {said['Requests that share the machine']} requests" in words or r["users"] == 1
        seen.add(r["users"] < v["users"])
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("given", "step", "heading"),
    [
        ({"users": 1}, "batch", "You have the machine to yourself"),
        ({"requests": 60_000}, "seat", "The seat price does not cover the request"),
        ({"requests": 60_000}, "dollar", "Someone loses money on every dollar"),
    ],
)
def test_a_heading_says_what_follows_from_the_case(given: dict[str, Any], step: str, heading: str) -> None:
    assert CALCULATOR.steps({**DEFAULT, **given})[step]["heading"] == heading


def picture(step: str, **changed: Any) -> list[Any]:
    drawn: list[Any] = CALCULATOR.steps({**DEFAULT, **changed})[step]["picture"]
    return drawn


@pytest.mark.parametrize(
    ("given", "limits"),
    [
        ({}, ("arithmetic", "memory speed")),
        ({"context": 0}, ("memory speed", "memory speed")),
        ({"rate8": 1, "rate16": 1}, ("arithmetic", "arithmetic")),
    ],
)
def test_the_picture_says_what_limits_reading_and_writing(
    given: dict[str, Any], limits: tuple[str, str]
) -> None:
    (bars,) = picture("machine", **given)
    names = [text for text in texts(bars) if text.startswith(("Reading", "Writing"))]
    assert [name.split("limited by ")[1] for name in names] == list(limits)


def width(rect: dict[str, Any]) -> float:
    return float(str(rect["width"]).rstrip("%"))


def test_a_bar_that_is_cut_has_parts_as_wide_as_their_money() -> None:
    result = worked()
    for step, whole, parts in (
        ("rent", result["month_rented"], [result["month_full"], result["month_idle"]]),
        ("price", result["month_charge"], [result["month_host"], result["month_rented"]]),
        ("seat", DEFAULT["seat"], [*result["monthly"][:2], result["month_charge"]]),
    ):
        _, strip, key = picture(step)
        assert sum(parts) == pytest.approx(whole)
        drawn = [width(one) for one in rects(strip)]
        assert drawn == pytest.approx([100 * part / whole for part in parts], abs=0.7), step
        assert len(rects(key)) == len(parts)


def test_the_bars_of_the_last_step_have_one_scale_and_each_lies_below_the_part_that_it_divides() -> None:
    result = worked()
    drawn = rects(picture("dollar")[0])
    starts = [float(str(one["x"]).rstrip("%")) for one in drawn]
    assert len(drawn) == 3 + 2 + 3 + 2
    for at, amount in ((0, DEFAULT["seat"]), (3, result["month_charge"]), (5, result["month_rented"])):
        assert 100 - starts[at] == pytest.approx(100 * amount / DEFAULT["seat"], abs=0.01)
    assert 100 - starts[8] == pytest.approx(100 * result["month_wear"] / DEFAULT["seat"], abs=0.01)
    assert (starts[2], starts[4], starts[7]) == pytest.approx((starts[3], starts[5], starts[8]), abs=0.02)
    assert width(drawn[0]) == pytest.approx(100 * result["month_kept"] / DEFAULT["seat"], abs=0.7)
    lost = rects(picture("dollar", requests=60_000)[0])
    assert len(lost) == 2 + 2 + 3 + 2 and all(0 <= float(str(one["x"]).rstrip("%")) <= 100 for one in lost)


def test_what_is_lost_has_no_room_in_a_bar_and_all_others_have_some() -> None:
    _, strip, _ = picture("seat", requests=60_000)
    assert len(rects(strip)) == 2
    _, strip, _ = picture("tokens", tokens=1, context=20_000)
    assert min(map(width, rects(strip))) > 0.5
    assert len(rects(picture("tokens", context=0)[1])) == 1


def test_there_is_a_square_for_each_request_that_fits_or_for_equal_groups() -> None:
    for v, r in cases():
        title, squares, legend = CALCULATOR.steps(v)["batch"]["picture"][:3]
        kinds = [one["data-square"] for one in rects(squares)]
        each = math.ceil(r["places"] / 125)
        assert len(kinds) == math.ceil(r["places"] / each) <= 125, v
        assert kinds[0] == "mine" and kinds == sorted(kinds, key=["mine", "taken", "free"].index)
        assert sum(kind != "free" for kind in kinds) == math.ceil(r["users"] / each), v
        assert ("a square is" in texts(title)[0]) == (each > 1)
        assert ("yours: 1" in " ".join(texts(legend))) is True


def test_what_a_mixture_of_experts_reads_has_its_formula() -> None:
    values = picked("gpt-oss-120b", bits="four")
    result = CALCULATOR.work(values)
    lines = {line["name"]: line for line in CALCULATOR.lines(values)}
    left = 1 - values["chosen"] / values["experts"]
    held = lines["Parameters in experts"]["value"]
    for name, tokens, key in (
        ("Weights read for the prompt", result["prompt"], "passed"),
        ("Weights read for one token", 1, "lone_read"),
        ("Weights read for one token of each request", result["users"], "read"),
    ):
        assert (
            lines[name]["value"]
            == pytest.approx((values["parameters"] - held * left**tokens) * 4 / 8 / 1e9, rel=CLOSE)
            == pytest.approx(result[key], rel=CLOSE)
        )
    assert not any("experts" in line["name"] for line in CALCULATOR.lines())


def test_what_has_no_record_is_no_line_and_its_cents_stay_where_they_are() -> None:
    values = {**DEFAULT, **rows("offer")["mi300x"]["values"], "offer": "mi300x"}
    assert (
        rows("offer")["mi300x"]["lacks"] == ["rent", "wear", "margin"]
        and "lacks" not in rows("offer")["runpod-community-h100-sxm"]
    )
    assert values["running"] == pytest.approx(DEFAULT["running"] * 750 / 700) and (
        values["wear"],
        values["margin"],
    ) == (0, 0)
    result = CALCULATOR.work(values)
    lines = {line["name"]: line for line in CALCULATOR.lines(values) if line["step"] == "dollar"}
    assert [lines[name]["text"] for name in ("Chipmaker, at most", "Suppliers, other makers")] == [
        "no record"
    ] * 2
    assert (
        "includes depreciation" in lines["Owner of the chips"]["how"]
        and lines["Chipmaker, at most"]["how"] == "we have no record of its price"
    )
    assert texts(picture("dollar", **values)[-1])[-3:] == [
        "no record",
        "Suppliers, other makers",
        "no record",
    ]
    assert sum(result["shares"]) == pytest.approx(100) and result["shares"][4] == pytest.approx(
        (result["rented"] - result["running_cost"]) / result["brings"] * 100
    )
    assert "(we have no rent on record for this accelerator)" in CALCULATOR.sentence(values)
    whole = {line["name"]: line["text"] for line in CALCULATOR.lines({**DEFAULT, "margin": 0})}
    assert whole["Chipmaker, at most"] == "no record" and whole["Suppliers, other makers"] != "no record"
    assert rows("offer")["hyperstack-h200-sxm"]["values"]["wear"] == DEFAULT[
        "wear"
    ] and "by_chip" not in rows("offer")


def test_a_seat_that_brings_too_little_is_a_loss_in_words_and_numbers() -> None:
    values = {**DEFAULT, "requests": 60_000}
    result = CALCULATOR.work(values)
    assert result["kept"] < 0 and "the application loses" in CALCULATOR.sentence(values)
    assert CALCULATOR.steps(values)["seat"]["name"].endswith(
        f"the application loses {CALCULATOR.run('model.bill(-r.month_kept)', values)} on it"
    )
    assert [one.get("tone") for one in readings(CALCULATOR, values)] == [None, None, None, "bad"]
    last = readings(CALCULATOR, values)[-1]
    assert last["name"] == "of the seat price is what the application loses"
    assert last["text"][0].isdigit(), "the words say that it is a loss, so the number has no sign"


def test_each_thing_to_try_shows_what_it_says() -> None:
    alone, more, heavy = (worked(**settings(BOOK, RECORD, one.values)) for one in RECORD.tries)
    base = worked()
    assert alone["out"] == pytest.approx(number(BOOK, "nim-llama-70b.total-1"), rel=0.01)
    assert alone["rented"] > 5 * base["rented"] and alone["moved"] > 5 * base["moved"]
    assert (
        more["gpu_reading"] == pytest.approx(base["gpu_reading"])
        and more["gpu_writing"] > 9 * base["gpu_writing"]
    )
    assert (
        heavy["brings"] == pytest.approx(base["brings"] / 4) and heavy["shares"][0] < base["shares"][0] - 20
    )
