"""The lab on what a seat earns: the numbers of the chapters that argue it, its limits, and its sentences."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fieldguide.labs.data import preset_values
from tests.guide import ROOT, guide_book
from tests.labs import charts, lab, problems, readings, say

RECORD = guide_book().labs["unit-economics"]
LAB = lab("unit-economics")


def put_in(**changed: Any) -> dict[str, Any]:
    """The default case with some inputs changed; a record that is picked brings its prices."""
    values = dict(LAB.values)
    for group in LAB.data["groups"]:
        for item in group["inputs"]:
            if item["kind"] == "pick" and item["id"] in changed:
                values |= next(row["values"] for row in item["rows"] if row["id"] == changed[item["id"]])
    return values | changed


def preset(name: str) -> dict[str, Any]:
    return preset_values(guide_book(), RECORD, next(one for one in RECORD.presets if one.id == name))


def worked(**changed: Any) -> dict[str, Any]:
    return LAB.work(put_in(**changed))


def said(**changed: Any) -> str:
    return LAB.sentence(put_in(**changed))


def texts(**changed: Any) -> list[str]:
    """What the readings say, in order."""
    return [one["text"] for one in readings(LAB, put_in(**changed))]


# What the chapters print ------------------------------------------------------------


def test_the_default_case_is_the_chapter_s_support_assistant() -> None:
    found = worked()
    assert (found["read"], found["written"], found["each"]) == (20_000, 2_000, pytest.approx(0.06))
    assert found["costs"] == pytest.approx([2100, 3000, 7200, 600, 2400, 900, 900]) and found[
        "cost"
    ] == pytest.approx(17_100)
    assert found["margin"] == pytest.approx(43) and found["user_cost"] == pytest.approx(17.10)
    assert said() == "At $30 per seat, you keep $12.90, which is a gross margin of 43%."


def test_tokens_alone_suggest_74_percent() -> None:
    assert say("percent", worked(support=0, reviewed=0, hosting=0, fees=0, data=0)["margin"]) == "74%"


def test_a_cache_for_80_percent_brings_a_conversation_to_three_cents_and_the_margin_to_55() -> None:
    assert (
        round(worked(cached=80)["each"], 3) == 0.031 and say("percent", worked(cached=80)["margin"]) == "55%"
    )


def test_the_price_for_60_percent_is_43_dollars_78_and_reaches_it() -> None:
    wanted = worked()["wanted"]
    assert wanted == pytest.approx(16.20 / (1 - 0.03 - 0.60)) and texts()[1] == "$43.78"
    assert worked(price=wanted)["margin"] == pytest.approx(60)


@pytest.mark.parametrize(("tasks", "margin"), [(30, "69%"), (120, "43%"), (400, "−36%")])
def test_three_seats_at_one_price(tasks: float, margin: str) -> None:
    """The chapter's other costs of a seat do not change with its use, as here."""
    assert say("percent", worked(tasks=tasks)["margin"]) == margin


def test_a_seat_pays_for_272_conversations_and_six_of_a_hundred_hold_more() -> None:
    found = worked()
    assert found["even"] == pytest.approx(23.10 / 0.085) and texts()[3] == "272"
    assert worked(tasks=found["even"])["left"] == pytest.approx(0, abs=1e-6)
    assert found["losing"] == pytest.approx(6, abs=0.05)


def test_the_sentence_of_a_heavy_seat() -> None:
    assert said(tasks=400) == "You lose $10.90 on each seat, because it costs 36% more than it brings in."


def test_half_and_half_as_much_again_move_the_margin_as_the_chapter_says() -> None:
    rows = {row["id"]: tuple(map(round, row["values"])) for row in LAB.run("model.swings(v, lab)")}
    assert (
        list(rows)[:3] == ["price", "tasks", "tokens"]
        and rows["tasks"] == (60, 26)
        and rows["price"] == (-11, 61)
    )


@pytest.mark.parametrize(
    ("success", "revenue", "cost", "margin"), [(65, 31_200, 17_136, "45%"), (45, 21_600, 16_848, "22%")]
)
def test_a_price_by_outcome(success: float, revenue: float, cost: float, margin: str) -> None:
    found = worked(billing="use", success=success)
    assert (found["revenue"], found["cost"], say("percent", found["margin"])) == (
        pytest.approx(revenue),
        pytest.approx(cost),
        margin,
    )


def test_the_sentence_of_a_price_by_outcome() -> None:
    assert (
        said(billing="use")
        == "A conversation brings in $0.26 on average, and you keep $0.12 of it, which is a gross margin of"
        " 45%."
    )
    assert (
        said(billing="use", success=100)
        == "At $0.40 per conversation, you keep $0.25, which is a gross margin of 63%."
    )


def test_loops_of_forty_calls_cost_what_agents_and_cost_says() -> None:
    loop = {"steps": 40, "first": 2000, "growth": 1000, "out": 500, "model": "anthropic-claude-opus-5-5"}
    chapter = (ROOT / "docs/business/agents-and-cost.md").read_text(encoding="utf-8")
    assert worked(**loop)["read"] == 860_000
    assert re.search(rf"\| list price \|.*\| {re.escape(say('money', worked(**loop)['each']))} \|", chapter)
    assert re.search(
        r"\| if twenty calls were enough \|.*\|"
        rf" {re.escape(say('money', worked(**loop | {'steps': 20})['each']))} \|",
        chapter,
    )
    read, written, kept = (put_in(**loop)[name] for name in ("input_price", "output_price", "cached_price"))
    cached = worked(**loop, cached=100 * 819 / 860)["each"]
    assert cached == pytest.approx(
        (41_000 * read + 819_000 * kept + 20_000 * written) / 1e6
    )  # the chapter adds 41,000 × $1 for writing into the cache


def test_prices_that_halve_and_five_calls_that_become_eight_leave_the_margin_where_it_was() -> None:
    tried = RECORD.tries[2].values
    assert worked(**tried)["margin"] == pytest.approx(worked()["margin"]) == worked()["year_one"]
    assert worked()["year_two"] < worked()["year_one"]
    assert worked(longer=1)["year_two"] == pytest.approx(worked(input_price=0.5, output_price=2.5)["margin"])


def test_a_model_without_a_price_for_its_cache_saves_nothing_by_one() -> None:
    found = put_in(model="openai-gpt-62-astra", cached=90)
    assert found["cached_price"] == found["input_price"] and not problems(LAB, found)


@pytest.mark.parametrize("name", [one.id for one in RECORD.presets])
def test_every_preset_has_a_plausible_answer(name: str) -> None:
    values = preset(name)
    found = LAB.work(values)
    assert 20 < found["margin"] < 75 and not problems(LAB, values)
    assert len(charts(LAB, values)) == 3


def test_presets_show_what_their_notes_say() -> None:
    chat, coder, voice, documents, consumer = (
        LAB.work(preset(name)) for name in ("chat", "coder", "voice", "documents", "consumer")
    )
    assert chat["heavy_margin"] > 0 > coder["heavy_margin"] and coder["margin"] > 0
    assert voice["costs"][6] > 10 * voice["costs"][2]
    assert documents["costs"][1] == max(documents["costs"]) and documents["costs"][2] < documents["cost"] / 10
    assert consumer["costs"][5] == max(consumer["costs"]) and consumer["costs"][3] > consumer["costs"][2]


# Limits ------------------------------------------------------------


def test_a_heavier_tail_leaves_the_average_and_costs_more_at_its_end() -> None:
    shares = [10, 20, 27, 40, 60, 90]
    found = [worked(heavy=share) for share in shares]
    assert {round(one["margin"], 9) for one in found} == {43}
    ends = [one["heavy_margin"] for one in found]
    assert ends == sorted(ends, reverse=True) and ends[0] == pytest.approx(43)
    assert found[0]["losing"] == 0 and found[0]["heavy_tasks"] == 120


def test_one_call_does_not_depend_on_growth_and_years_never_go_below_it() -> None:
    assert worked(steps=1, growth=0)["each"] == worked(steps=1, growth=1e6)["each"]
    assert worked(steps=1, longer=0.1, fall=1)["year_two"] == pytest.approx(worked(steps=1)["margin"])


def test_batch_mix_and_calls_made_again_multiply_one_cost() -> None:
    assert worked(batch=100)["each"] == pytest.approx(0.03)
    assert worked(retries=5)["each"] == pytest.approx(0.063)
    light = {"light_input": 0.1, "light_output": 0.5}
    assert worked(**light, light=100)["each"] == pytest.approx((20_000 * 0.1 + 2_000 * 0.5) / 1e6)
    assert worked(**light, light=50)["each"] == pytest.approx((0.06 + worked(**light, light=100)["each"]) / 2)
    assert worked(**light, light=100, cached=100)["each"] == pytest.approx(
        (20_000 * 0.01 + 2_000 * 0.5) / 1e6
    )


def test_nothing_sold_and_nobody_there_have_answers_too() -> None:
    assert said(price=0) == "There is no revenue, and a seat costs $16.20 a month."
    assert said(seats=0) == "There is no revenue, and costs are $5,100 a month."
    assert said(seats=0, hosting=0, support=0, free_users=0) == "There is no revenue and no cost."
    assert said(billing="use", success=0) == "There is no revenue, and a customer costs $16.20 a month."
    assert texts(seats=0) == ["none", "none", "none", "none"] and texts(price=0)[0] == "none"


def test_words_at_the_edges_of_zero() -> None:
    even = worked(target=0)["wanted"]
    assert (
        said(price=even)
        == "At $16.70 per seat, you keep nothing, because each seat costs as much as it brings in."
    )
    assert (
        said(
            billing="use",
            fee=0.0000004,
            tasks=1000,
            success=100,
            seats=10,
            hosting=0,
            support=0,
            free_users=0,
            data=0,
            reviewed=0,
            input_price=0,
            output_price=0,
        )
        == "At $0 per conversation, you keep almost nothing, which is a gross margin of 97%."
    )
    assert said(price=1).endswith("it costs 16.2 times what it brings in.")
    assert texts(fees=50, target=60)[1] == "none" and texts(price=1)[3] == "none"
    assert (
        texts(billing="use", fee=0.01)[3] == "none"
        and texts(billing="use", hosting=0, support=0, free_users=0, data=0)[3] == "any number"
    )
    assert texts(input_price=0, output_price=0, reviewed=0)[3] == "any number"
    assert texts(steps=1000)[2] == "below −999%"


def test_a_cache_dearer_than_reading_is_a_problem_at_its_field() -> None:
    assert not problems(LAB, put_in(cached_price=5))
    [problem] = problems(LAB, put_in(cached_price=5, cached=10))
    assert problem["id"] == "cached_price" and "the input price of $2" in problem["message"]


def test_lines_end_with_the_margin_and_add_up() -> None:
    for changed in (
        {},
        {"billing": "use", "light": 30, "batch": 50, "retries": 5, "cached": 60, "tools": 0.02},
    ):
        values = put_in(**changed)
        found = LAB.lines(values)
        by = {line["name"]: line["value"] for line in found}
        assert found[-1]["name"] == "gross margin" and found[-1]["value"] == pytest.approx(
            100 * (by["revenue"] - by["cost of goods"]) / by["revenue"]
        )
        start = [line["name"] for line in found].index("revenue")
        assert sum(line["value"] for line in found[start + 1 : start + 8]) == pytest.approx(
            by["cost of goods"]
        )


def test_a_loss_has_no_part_that_is_kept_and_the_stack_is_what_goes_out() -> None:
    values = put_in(tasks=400)
    chart = charts(LAB, values)[0]
    assert chart["title"] == "Of the $40.90 that a seat costs, the model takes $24.60"
    stack = chart["scene"]["stacks"][0]
    assert (
        stack["total"] == pytest.approx(40.90) == pytest.approx(sum(stack["values"]))
        and chart["scene"]["parts"][0]["name"] == "Support"
    )
