"""The lab on what to charge for a seat: the numbers of the chapters that argue it, its limits, and its
sentences.
"""

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


def chapter(**changed: Any) -> dict[str, Any]:
    """The results of the chapter's case, which has no cache."""
    return LAB.work(preset("chapter") | changed)


def said(**changed: Any) -> str:
    return LAB.sentence(put_in(**changed))


def texts(**changed: Any) -> list[str]:
    """What the readings say, in order."""
    return [one["text"] for one in readings(LAB, put_in(**changed))]


def lines(**changed: Any) -> dict[str, str]:
    """The lines of the sum: name → text."""
    return {line["name"]: line["text"] for line in LAB.lines(put_in(**changed))}


# The default case ------------------------------------------------------------


def test_the_default_case_charges_a_range_and_takes_the_cache_from_its_own_loop() -> None:
    found = worked()
    assert (found["read"], found["cached"]) == (20_000, pytest.approx(70))
    assert found["each"] == pytest.approx((6_000 * 2 + 14_000 * 0.2 + 2_000 * 10) / 1e6)
    assert found["margin"] == pytest.approx(53.92) and found["wanted"] == pytest.approx(34.93, abs=0.005)
    assert said() == (
        "Charge $28 to $43 per seat for a margin of 60%; at today’s $30, you keep $16.18, a margin of 54%"
        " (45% to 63%)."
    )
    assert texts() == ["$28 to $43", "−24%", "13 months"]
    assert (
        readings(LAB, put_in())[0]["name"]
        == "per seat, or $34.93 with the numbers entered, for a margin of 60%"
    )


def test_the_price_does_not_depend_on_the_number_of_seats() -> None:
    prices = [worked(seats=seats, free_users=seats / 2)["wanted"] for seats in (100, 1_000, 100_000)]
    assert prices == pytest.approx([prices[0]] * 3)
    fixed = [worked(seats=seats, support=2100)["wanted"] for seats in (100, 100_000)]
    assert fixed[0] > 2 * fixed[1], "a fixed amount still weighs more on few seats"


def test_the_point_lies_in_its_range_and_less_knowledge_makes_it_wider() -> None:
    widths = []
    for measured in (10_000, 100, 10):
        low, high = worked(measured=measured)["prices"]
        assert low < worked()["wanted"] < high
        widths.append(high - low)
    assert widths == sorted(widths)
    sure = {"measured": 10**9, "cache_low": 100, "fall": 1}
    assert worked(**sure)["prices"] == pytest.approx([worked()["wanted"]] * 2, rel=1e-4)
    assert said(**sure).startswith("Charge $35 per seat for a margin of 60%;")


def test_hidden_reasoning_is_billed_and_nothing_else() -> None:
    assert worked(reasoning=400)["each"] - worked()["each"] == pytest.approx(2_000 * 10 / 1e6)
    assert worked(reasoning=400)["read"] == worked()["read"]


def test_storing_text_costs_more_only_where_there_is_a_cache() -> None:
    assert worked(write=1.25)["each"] - worked()["each"] == pytest.approx(6_000 * 2 * 0.25 / 1e6)
    assert worked(write=1.25, cache="none")["each"] == worked(cache="none")["each"] == pytest.approx(0.06)


def test_two_plans_stand_side_by_side_and_add_up() -> None:
    team = RECORD.tries[2].values
    found = worked(**team)
    pro, second = found["plans"]
    assert (pro["name"], second["name"]) == ("Pro", "Team")
    assert pro["seats"] * pro["left"] + second["seats"] * second["left"] == pytest.approx(found["left"])
    assert said(**team) == (
        "Charge $28 to $42 per Pro seat and $36 to $60 per Team seat for a margin of 60%; your prices leave"
        " $25,518 a month, a margin of 57% (47% to 65%)."
    )
    [beside, *_] = charts(LAB, put_in(**team))
    assert beside["title"] == "Pro keeps $16.26 per seat, and Team keeps $30.87 per seat"
    assert [stack["name"] for stack in beside["scene"]["stacks"]] == ["Free", "Pro", "Team", "All"]
    for stack in beside["scene"]["stacks"]:
        assert sum(stack["values"]) == pytest.approx(stack["total"]), stack["name"]
    by = lines(**team)
    assert by["revenue, Pro"] == "$30,000" and by["revenue, Team"] == "$15,000" and by["revenue"] == "$45,000"
    assert len(charts(LAB, put_in())) == 3
    assert said(seats2=400, price2=25, tasks2=400).endswith(
        "a margin of 35% (19% to 50%), but Team loses $5.32 per seat."
    )


def test_an_allowance_makes_the_heaviest_users_pay_for_themselves() -> None:
    free, metered = worked(), worked(extra=0.2, included=200)
    assert free["heavy_margin"] < 0 < metered["heavy_margin"]
    assert metered["wanted"] < free["wanted"] and metered["losing"] < free["losing"]
    assert worked(extra=0.2, included=10**7)["revenue"] == pytest.approx(free["revenue"], rel=1e-6)


def test_a_yearly_discount_raises_the_list_price_and_not_what_an_average_seat_pays() -> None:
    found = worked(yearly=50, discount=20)
    assert found["revenue"] == pytest.approx(27_000)
    assert found["wanted"] * 0.9 == pytest.approx(worked()["wanted"])


def test_a_seat_earns_back_what_it_cost_unless_customers_leave_sooner() -> None:
    assert worked(churn=0)["payback"] == pytest.approx(180 / worked()["user_left"])
    assert worked(churn=3)["payback"] > worked(churn=0)["payback"]
    assert worked(churn=9)["payback"] is None and texts(churn=9)[2] == "never"
    assert (
        "at today’s price of $30, where it leaves $179.73 in all before it churns; at $34.93: "
        in (readings(LAB, put_in(churn=9))[2]["name"])
    )
    assert texts(cac=0)[2] == "0 months" and texts(price=1, cac=0)[2] == "0 months"


def test_the_time_to_earn_it_back_is_said_at_both_prices() -> None:
    found = worked()
    assert found["wanted_left"] == pytest.approx(0.6 * found["wanted"])
    assert found["payback_wanted"] == pytest.approx(worked(price=found["wanted"])["payback"])
    assert readings(LAB, put_in())[2]["name"] == (
        "until a seat earns back its acquisition cost of $180 at today’s price of $30; at $34.93: 9.8 months"
    )
    dear = put_in(steps=20)
    assert texts(steps=20)[2] == "never"
    assert re.search(r"at today’s price of \$30; at \$[\d.]+: [\d.]+ months$", readings(LAB, dear)[2]["name"])
    assert readings(LAB, put_in(seats2=300))[2]["name"].endswith(
        " at your prices; at the prices for 60%: 9 months"
    )
    assert readings(LAB, put_in(fees=50))[2]["name"].endswith(" before it churns"), (
        "no price leaves that margin"
    )
    assert LAB.work(put_in(target=0))["payback_wanted"] is None
    opened = [item["id"] for group in LAB.data["groups"][:2] for item in group["inputs"]]
    assert {"cac", "churn"} <= set(opened), "asked where nothing is folded"


# What the chapters print ------------------------------------------------------------


def test_the_chapter_s_case_is_its_support_assistant() -> None:
    found = chapter()
    assert (found["read"], found["written"], found["each"]) == (20_000, 2_000, pytest.approx(0.06))
    assert found["costs"] == pytest.approx([2100, 3000, 7200, 600, 2400, 900, 900])
    assert found["cost"] == pytest.approx(17_100)
    assert found["margin"] == pytest.approx(43) and found["user_cost"] == pytest.approx(17.10)
    assert found["wanted"] == pytest.approx(16.20 / (1 - 0.03 - 0.60))
    assert chapter(price=found["wanted"])["margin"] == pytest.approx(60)


def test_the_chapter_and_the_lab_differ_by_a_cache() -> None:
    page = (ROOT / "docs/business/unit-economics.md").read_text(encoding="utf-8")
    assert f"from 43% to {say('percent', worked()['margin'])}" in page
    assert f"would cost ${worked()['each']:.3f} instead of $0.06" in page


@pytest.mark.parametrize(("tasks", "margin"), [(30, "69%"), (120, "43%"), (400, "−36%")])
def test_three_seats_at_one_price(tasks: float, margin: str) -> None:
    """The chapter's other costs of a seat do not change with its use, as here."""
    assert say("percent", chapter(tasks=tasks)["margin"]) == margin


def test_a_seat_pays_for_272_conversations_and_six_of_a_hundred_hold_more() -> None:
    found = chapter()
    assert found["even"] == pytest.approx(23.10 / 0.085)
    assert chapter(tasks=found["even"])["left"] == pytest.approx(0, abs=1e-6)
    assert found["losing"] == pytest.approx(6, abs=0.05)


def test_200_included_conversations_and_20_cents_for_each_more_turn_a_loss_of_10_90_into_27_90() -> None:
    """The chapter's remedy, for a seat with exactly 400 conversations."""
    assert chapter(tasks=400)["left"] == pytest.approx(-10_900)
    assert chapter(tasks=400, heavy=10, extra=0.2, included=200)["left"] == pytest.approx(27_900)


def test_half_and_half_as_much_again_move_the_margin_as_the_chapter_says() -> None:
    bars = LAB.run("model.swings(v, lab)", preset("chapter"))
    rows = {row["id"]: tuple(map(round, row["values"])) for row in bars}
    assert list(rows)[:3] == ["price", "tasks", "tokens"]
    assert rows["tasks"] == (60, 26) and rows["price"] == (-11, 61)


@pytest.mark.parametrize(
    ("success", "revenue", "cost", "margin"), [(65, 31_200, 17_136, "45%"), (45, 21_600, 16_848, "22%")]
)
def test_a_price_by_outcome(success: float, revenue: float, cost: float, margin: str) -> None:
    found = chapter(billing="use", success=success)
    assert (found["revenue"], found["cost"], say("percent", found["margin"])) == (
        pytest.approx(revenue),
        pytest.approx(cost),
        margin,
    )


def test_the_sentence_of_a_price_by_outcome() -> None:
    assert said(billing="use") == (
        "Charge $0.36 to $0.53 per billed conversation for a margin of 60%; at today’s $0.40, you keep"
        " $0.14 per conversation, a margin of 56% (48% to 64%)."
    )
    assert said(billing="use", success=100).startswith("Charge $0.23 to $0.34 per conversation for")


def test_loops_of_forty_calls_cost_what_agents_and_cost_says() -> None:
    loop = {"steps": 40, "first": 2000, "growth": 1000, "out": 500, "model": "anthropic-claude-opus-5-5"}
    page = (ROOT / "docs/business/agents-and-cost.md").read_text(encoding="utf-8")
    none = loop | {"cache": "none"}
    assert worked(**loop)["read"] == 860_000
    assert re.search(rf"\| list price \|.*\| {re.escape(say('money', worked(**none)['each']))} \|", page)
    half = re.escape(say("money", worked(**none | {"steps": 20})["each"]))
    assert re.search(rf"\| if twenty calls were enough \|.*\| {half} \|", page)
    read, written, kept = (put_in(**loop)[name] for name in ("input_price", "output_price", "cached_price"))
    cached = worked(**loop, write=1.25)
    assert cached["cached"] == pytest.approx(100 * 819 / 860)
    assert cached["each"] == pytest.approx((41_000 * read * 1.25 + 819_000 * kept + 20_000 * written) / 1e6)


def test_a_loop_that_grows_costs_less_where_the_cache_reads_most_of_it() -> None:
    now, grown = worked()["each"], worked(steps=8)["each"]
    assert 1.6 < grown / now < 1.7 and 1.9 < worked(steps=8, cache="none")["each"] / 0.06 < 2.1
    assert worked()["year_one"] == pytest.approx(
        worked(steps=8, input_price=1, output_price=5, cached_price=0.1)["margin"]
    )


def test_a_model_without_a_price_for_its_cache_saves_nothing_by_one() -> None:
    found = put_in(model="helicone-gpt-oss-120b", cache="own", cached=90)
    assert found["cached_price"] == found["input_price"] and not problems(LAB, found)


@pytest.mark.parametrize("name", [one.id for one in RECORD.presets])
def test_every_preset_has_a_plausible_answer(name: str) -> None:
    values = preset(name)
    found = LAB.work(values)
    assert 20 < found["margin"] < 75 and not problems(LAB, values)
    assert found["payback"] is not None and len(charts(LAB, values)) == 3


def test_presets_show_what_their_notes_say() -> None:
    chat, coder, voice, documents, consumer = (
        LAB.work(preset(name)) for name in ("chat", "coder", "voice", "documents", "consumer")
    )
    assert chat["heavy_margin"] > 0 > coder["heavy_margin"] and coder["margin"] > 0
    assert voice["costs"][6] > 10 * voice["costs"][2]
    assert documents["costs"][1] == max(documents["costs"]) and documents["costs"][2] < documents["cost"] / 10
    assert consumer["costs"][5] == max(consumer["costs"]) and consumer["costs"][3] > consumer["costs"][2]


# Links of old ------------------------------------------------------------


OLD: list[tuple[dict[str, Any], dict[str, float]]] = [
    ({"price": 30}, {"margin": 43, "cost": 17_100, "losing": 6}),
    ({"seats": 100}, {"wanted": 167.84}),
    ({"seats": 100_000, "support": 2100, "hosting": 2400}, {"wanted": 30.14}),
    ({"cached": 80}, {"each": 0.0312, "margin": 55.48}),
    ({"seats": 0}, {"cost": 5_100}),
]
"""What an address of the first version gives → what the lab said then."""


@pytest.mark.parametrize(("given", "was"), OLD)
def test_a_link_of_the_first_version_gives_what_it_gave(given: dict[str, Any], was: dict[str, float]) -> None:
    found = LAB.work(LAB.values | LAB.data["older"]["1"]["values"] | given)
    for name, value in was.items():
        assert found[name] == pytest.approx(value, rel=0.01), name


# Limits ------------------------------------------------------------


def test_a_heavier_tail_leaves_the_average_and_costs_more_at_its_end() -> None:
    shares = [10, 20, 27, 40, 60, 90]
    found = [worked(heavy=share) for share in shares]
    assert {round(one["margin"], 9) for one in found} == {53.92}
    tails = [one["heavy_margin"] for one in found]
    assert tails == sorted(tails, reverse=True) and tails[0] == pytest.approx(53.92)
    assert found[0]["losing"] == 0 and found[0]["heavy_tasks"] == 120
    assert found[0]["prices"][1] - found[0]["prices"][0] < found[-1]["prices"][1] - found[-1]["prices"][0]


def test_one_step_does_not_depend_on_growth_and_years_never_go_below_it() -> None:
    assert worked(steps=1, growth=0)["each"] == worked(steps=1, growth=1e6)["each"]
    assert worked(steps=1)["cached"] == 0
    assert worked(steps=1, longer=0.1, fall=1)["year_two"] == pytest.approx(worked(steps=1)["margin"])


def test_batch_mix_and_retries_multiply_one_cost() -> None:
    plain = {"cache": "none"}
    assert worked(**plain, batch=100)["each"] == pytest.approx(0.03)
    assert worked(**plain, retries=5)["each"] == pytest.approx(0.063)
    light = {"light_input": 0.1, "light_output": 0.5}
    small = (20_000 * 0.1 + 2_000 * 0.5) / 1e6
    assert worked(**plain, **light, light=100)["each"] == pytest.approx(small)
    assert worked(**plain, **light, light=50)["each"] == pytest.approx((0.06 + small) / 2)
    assert worked(**light, light=100, cache="own", cached=100)["each"] == pytest.approx(
        (20_000 * 0.01 + 2_000 * 0.5) / 1e6
    )


def test_nothing_sold_and_nobody_there_have_answers_too() -> None:
    assert said(price=0) == (
        "Charge $28 to $43 per seat for a margin of 60%; without revenue, a seat costs $12.92 a month."
    )
    assert said(seats=0) == "There is no revenue, and costs are $348 a month."
    assert said(seats=0, free_users=0) == "There is no revenue and no cost."
    assert said(billing="use", success=0) == "There is no revenue, and a customer costs $12.92 a month."
    assert texts(seats=0) == ["none", "none", "none"] and texts(price=0) == ["$28 to $43", "none", "never"]
    assert said(seats=0, seats2=40).startswith("Charge $52 to $86 per seat")


def test_words_at_the_edges_of_zero() -> None:
    even = worked(target=0)["wanted"]
    assert said(price=even).endswith("; at today’s $13.32, you keep nothing.")
    assert said(price=12).endswith("; at today’s $12, you lose $1.28, or 11% of revenue.")
    assert said(price=1).endswith("; at today’s $1, you lose $11.95, with costs of 13 times revenue.")
    assert said(fees=50, target=60).startswith("At today’s $30, you keep $2.08") and said(
        fees=50, target=60
    ).endswith("; no price leaves a margin of 60% after fees of 50%.")
    assert texts(steps=1000)[1] == "below −999%"


def test_a_cache_dearer_than_reading_is_a_problem_at_its_field() -> None:
    assert not problems(LAB, put_in(cached_price=5, cache="none"))
    [problem] = problems(LAB, put_in(cached_price=5))
    assert problem["id"] == "cached_price" and "the input price of $2" in problem["message"]


def test_lines_end_with_the_margin_and_add_up() -> None:
    for changed in (
        {},
        {"seats2": 300, "yearly": 20, "extra": 0.1},
        {"billing": "use", "light": 30, "batch": 50, "retries": 5, "cache": "own", "tools": 0.02},
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
    chart = charts(LAB, preset("chapter") | {"tasks": 400})[0]
    assert chart["title"] == "Of the $40.90 that a seat costs, the model takes $24.60"
    stack = chart["scene"]["stacks"][0]
    assert stack["total"] == pytest.approx(40.90) == pytest.approx(sum(stack["values"]))
    assert chart["scene"]["parts"][0]["name"] == "Support"
