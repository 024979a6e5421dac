"""The lab on what serving costs: the guide's own numbers out of its arithmetic, its limits, and its sentence
at any value.
"""

from __future__ import annotations

import copy
import json
import math
import random
import re
from typing import Any

import pytest

from fieldguide.book.numbers import number
from fieldguide.labs.calculator import Calculator
from fieldguide.labs.choices import rows
from fieldguide.labs.data import preset_values
from fieldguide.labs.engine import Script
from tests.guide import ROOT, formulas, guide_book
from tests.labs import charts, lab, problems, readings

BOOK = guide_book()
RECORD = BOOK.labs["serving-cost"]
LAB = lab("serving-cost")
ASKED = dict(LAB.values)
"""The default case, as a founder is asked."""
DEFAULT = {**ASKED, "counted": "tokens", "sizing": "own", "spares": 0, "people": 0}
"""The same by tokens and the size of a machine, without a spare machine and people: the chapter's case."""
PRESETS = {preset.id: preset_values(BOOK, RECORD, preset) for preset in RECORD.presets}


MEASURED = {
    name: {**PRESETS[name], "spares": 0, "people": 0}
    for name in ("8b-writing", "8b-documents", "8b-classifying")
}
"""The cases with measured speeds, without a spare machine and people: as in the chapter on self-hosting."""


def fact(reference: str) -> float:
    return number(BOOK, reference)


def worked(**changed: Any) -> dict[str, Any]:
    return LAB.work({**DEFAULT, **changed})


def full(result: dict[str, Any], hours: float = 730) -> float:
    """Percent of the capacity of the machines in use at the volume at which both bills are equal."""
    machines = formulas.whole_machines(result["even"], result["capacity"])
    return float(100 * result["even"] / (machines * result["all"] * 3600 * hours))


def said(values: dict[str, Any]) -> str:
    return LAB.sentence(values)


# The guide's own numbers ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("weights", "model-70b.weights-8"),
        ("token", "serving-70b.token"),
        ("cache", "serving-70b.cache"),
        ("seats", "serving-70b.seats"),
        ("prefill", "serving-70b.prefill"),
        ("out", "nim-llama-70b.total-50"),
        ("each", "nim-llama-70b.speed-50"),
        ("all", "llama-70b-month.speed"),
        ("machine", "llama-70b-month.month"),
        ("api", "llama-70b-month.aws-price"),
        ("even", "llama-70b-month.aws"),
    ],
)
def test_the_default_case_is_that_of_the_chapter_on_inference(name: str, reference: str) -> None:
    assert DEFAULT and worked()[name] == pytest.approx(fact(reference), rel=1e-12)


def test_at_the_whole_bound_it_is_the_bound_of_the_figure() -> None:
    assert worked(reading=100, writing=100)["out"] == pytest.approx(fact("serving-70b.bound-50"), rel=1e-12)
    assert worked(reading=100, writing=100, users=1)["out"] == pytest.approx(
        fact("serving-70b.bound-1"), rel=1e-12
    )


def test_a_machine_never_idle_costs_what_the_chapter_says_per_million_written() -> None:
    full = worked(utilization=100)
    at_capacity = worked(utilization=100, volume=full["capacity"])
    assert at_capacity["written"] == pytest.approx(fact("serving-70b.cost-50"), rel=1e-9)
    assert at_capacity["cost"] == pytest.approx(fact("llama-70b-month.full"), rel=1e-9)


def test_each_list_price_on_record_has_its_volume() -> None:
    found = worked()
    volumes = dict(zip(found["rivals"], found["rival_evens"], strict=True))
    assert volumes["Together AI"] == pytest.approx(fact("llama-70b-month.together"))
    assert volumes["Amazon Bedrock"] == pytest.approx(fact("llama-70b-month.aws"))
    assert [name for name, even in volumes.items() if even is None] == ["DeepInfra", "Novita AI"]
    assert found["rival_prices"] == sorted(found["rival_prices"])
    sold = [
        price.provider
        for price in BOOK.prices.values()
        if price.sells == "tokens"
        and (price.model or "").startswith("Llama 3.3 70B")
        and price.newest.until is None
    ]
    assert sorted(volumes) == sorted([*sold, "Together AI"]), "the example keeps the price of July 2026"


@pytest.mark.parametrize(
    ("preset", "share"),
    [("8b-writing", "writing-share"), ("8b-documents", "document-share"), ("8b-classifying", "short-share")],
)
def test_the_measured_case_is_that_of_the_chapter_on_self_hosting(preset: str, share: str) -> None:
    result = LAB.work(MEASURED[preset])
    assert result["machine"] == pytest.approx(fact("qwen3-8b-serving.month"), rel=1e-12)
    assert result["even"] == pytest.approx(fact("qwen3-8b-serving.month-tokens"), rel=1e-12)
    assert full(result) == pytest.approx(fact(f"qwen3-8b-serving.{share}"), rel=1e-12)


@pytest.mark.parametrize(
    ("rent", "share"),
    [("runpod-secure-h100-sxm", "writing-share-secure"), ("google-cloud-h100-sxm", "writing-share-cloud")],
)
def test_dearer_rents_move_it_as_in_the_chapter(rent: str, share: str) -> None:
    expected = fact(f"qwen3-8b-serving.{share}")
    result = LAB.work({**MEASURED["8b-writing"], "rent": fact(f"{rent}.hour")})
    assert (result["even"] and full(result)) == (pytest.approx(expected) if expected <= 100 else None)


def test_prices_for_input_and_output_apart_move_it_as_in_the_chapter() -> None:
    priced = {
        "input_price": fact("qwen3-8b-serving.named-in"),
        "output_price": fact("qwen3-8b-serving.named-out"),
    }
    for preset, share in (
        ("8b-writing", "writing-share-named"),
        ("8b-documents", "document-share-named"),
        ("8b-classifying", "short-share-named"),
    ):
        assert full(LAB.work({**MEASURED[preset], **priced})) == pytest.approx(
            fact(f"qwen3-8b-serving.{share}"), rel=1e-12
        )


def test_a_spare_and_a_quarter_of_an_engineer_move_it_as_in_the_chapter() -> None:
    chapter = (ROOT / "docs/business/deployment.md").read_text(encoding="utf-8")
    day = 365 / 12 * fact("qwen3-8b-serving.document-in") + 365 / 12 * fact("qwen3-8b-serving.document-out")
    whole = LAB.work({**MEASURED["8b-documents"], "utilization": 100})
    assert (
        f"{whole['capacity'] / day / 1000:.0f},000 requests a day |" in chapter
        and f"{whole['even'] / day / 1000:.0f},000 requests a day, the API is cheaper" in chapter
    )
    for gpus in (1, 3, 4, 8):
        volume = gpus * whole["capacity"] / 2
        own = LAB.work(
            {
                **MEASURED["8b-documents"],
                "utilization": 50,
                "volume": volume,
                "spares": 1,
                "people": 25,
                "salary": 150_000,
            }
        )["bill"]
        api = volume * fact("qwen3-8b-serving.list") / 1e6
        row = re.search(rf"\| {gpus} \| \$([\d,]+) \| \$([\d,]+) \| (rent|API) \|", chapter)
        assert row and [float(text.replace(",", "")) for text in row.groups()[:2]] == pytest.approx(
            [own, api], abs=1
        )
        assert row[3] == ("rent" if own < api else "API")


def test_the_chapter_names_the_users_from_which_renting_always_costs_less() -> None:
    """Rounded up to two digits, as the lab's answer has them."""
    chapter = (ROOT / "docs/business/deployment.md").read_text(encoding="utf-8")
    user = 4 * 365 / 12 * (fact("qwen3-8b-serving.document-in") + fact("qwen3-8b-serving.document-out"))
    for changed, words in (
        ({}, "about {} daily users"),
        ({}, "| up to {} | buy tokens |"),
        ({}, "makes the API cheaper again until {}."),
        (
            {"utilization": 200 / 3},
            "two-thirds of the time, renting would cost less than the API from {} users",
        ),
        (
            {"spares": 0, "people": 0},
            "neither a spare GPU nor an engineer, renting would cost less from {} users",
        ),
    ):
        case = {**MEASURED["8b-documents"], "utilization": 50, "spares": 1, "people": 25, "salary": 150_000}
        users = LAB.work({**case, **changed})["good"] / user
        assert words.format(f"{math.ceil(users / 1000) * 1000:,}") in chapter


def test_the_default_case_breaks_even_where_its_record_says_and_the_chapter_leads_to_it() -> None:
    result = worked()
    assert result["even"] == result["good"] == pytest.approx(fact("llama-70b-month.aws"))
    assert result["api"] in result["rival_prices"]
    assert "(../labs/serving-cost.md)" in (ROOT / "docs/business/deployment.md").read_text(encoding="utf-8")


def test_weights_in_the_tables_of_the_chapter() -> None:
    for bits, reference, chips in (
        ("sixteen", "model-70b.weights-16", "model-70b.h100-16"),
        ("eight", "model-70b.weights-8", "model-70b.h100-8"),
        ("four", "model-70b.weights-4", "model-70b.h100-4"),
    ):
        assert (worked(bits=bits)["weights"], worked(bits=bits, reserve=0)["least"]) == (
            fact(reference),
            fact(chips),
        )
    deepseek = LAB.work(PRESETS["deepseek-v3"])
    assert LAB.work({**PRESETS["deepseek-v3"], "memory": 80, "reserve": 0})["least"] == fact(
        "decode-bound.deepseek-v3-h100"
    )
    assert deepseek["token"] == fact("kv-cache-per-token.deepseek-v3")
    assert 2 * LAB.work(PRESETS["405b"])["token"] == fact("kv-cache-per-token.llama-31-405b")


# Measurements ------------------------------------------------------------


def test_the_shares_of_the_theoretical_speed_follow_from_two_of_nvidias_numbers() -> None:
    # one user waited 18.58 ms for a token that takes (70 GB + 0.86 GB) / 6.7 TB/s; fifty users got 814.37
    # tokens a second, so a round of 500 tokens for each takes 500 × 50 / 814.37 seconds
    decode = (70 + 0.86016) / 6.7 / 18.58
    assert DEFAULT["writing"] == pytest.approx(100 * decode)
    writing = 500 * (70 + 50 * 0.86016) / 6.7 / decode
    prefill = (500 * 50 / 814.37 * 1000 - writing) / 50
    assert DEFAULT["reading"] == pytest.approx(100 * (2 * 70e9 * 5000 / 3958e12 * 1000) / prefill)
    assert worked(users=1)["first"] == pytest.approx(fact("nim-llama-70b.first-1") / 1000)


def test_the_other_numbers_of_that_test_are_met_within_about_one_percent() -> None:
    checks = {one["id"]: one for one in LAB.checks()}
    assert checks["nim-70b-50"]["fit"]
    for users in (1, 5, 25, 100):
        one = checks[f"nim-70b-{users}"]
        assert not one["fit"] and one["here"] == pytest.approx(one["measured"], rel=0.011), users


def test_each_check_lies_within_the_band_of_its_group_and_none_that_calibrated_the_lab_widens_it() -> None:
    for group in {one["group"] for one in LAB.checks()}:
        found = [one for one in LAB.checks() if one["group"] == group and not one["fit"]]
        low, high = LAB.band(group)
        assert found and low <= high
        assert [low, high] == pytest.approx(
            [
                min(one["measured"] / one["here"] for one in found),
                max(one["measured"] / one["here"] for one in found),
            ]
        )


def test_deepseeks_day_costs_what_deepseek_says() -> None:
    result = LAB.work(PRESETS["deepseek-day"])
    assert result["cost"] == pytest.approx(fact("deepseek-serving-day.million"), rel=0.005)
    without = LAB.work({**PRESETS["deepseek-day"], "cached": 0})
    assert without["cost"] > 1.5 * result["cost"]


def test_a_cached_prompt_is_read_for_less_and_billed_at_its_own_price() -> None:
    half = worked(cached=50, input_price=2, cached_price=1, output_price=4)
    assert half["prefill"] == pytest.approx(worked()["prefill"] / 2)
    assert half["api"] == pytest.approx((5000 * 1.5 + 500 * 4) / 5500)
    assert worked(cached=100)["out"] < worked(reading=100, writing=100)["out"] * 100


# A model of one's own ------------------------------------------------------------


LLAMA = {
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "max_position_embeddings": 131072,
    "num_attention_heads": 32,
    "num_hidden_layers": 32,
    "num_key_value_heads": 8,
    "vocab_size": 128256,
}
CONFIGS: dict[str, dict[str, Any]] = {
    "llama-3-8b-shape.published": LLAMA,
    "llama-31-70b-shape.published": LLAMA
    | {
        "hidden_size": 8192,
        "intermediate_size": 28672,
        "num_attention_heads": 64,
        "num_hidden_layers": 80,
    },
    "gpt-oss-120b.parameters": {
        "model_type": "gpt_oss",
        "attention_bias": True,
        "head_dim": 64,
        "hidden_size": 2880,
        "intermediate_size": 2880,
        "layer_types": ["sliding_attention", "full_attention"] * 18,
        "max_position_embeddings": 131072,
        "num_attention_heads": 64,
        "num_experts_per_tok": 4,
        "num_hidden_layers": 36,
        "num_key_value_heads": 8,
        "num_local_experts": 128,
        "quantization_config": {"quant_method": "mxfp4"},
        "tie_word_embeddings": False,
        "vocab_size": 201088,
    },
    "deepseek-v3.parameters": {
        "model_type": "deepseek_v3",
        "first_k_dense_replace": 3,
        "hidden_size": 7168,
        "intermediate_size": 18432,
        "kv_lora_rank": 512,
        "max_position_embeddings": 163840,
        "moe_intermediate_size": 2048,
        "moe_layer_freq": 1,
        "n_routed_experts": 256,
        "n_shared_experts": 1,
        "num_attention_heads": 128,
        "num_experts_per_tok": 8,
        "num_hidden_layers": 61,
        "num_key_value_heads": 128,
        "q_lora_rank": 1536,
        "qk_nope_head_dim": 128,
        "qk_rope_head_dim": 64,
        "quantization_config": {"quant_method": "fp8"},
        "tie_word_embeddings": False,
        "topk_method": "noaux_tc",
        "v_head_dim": 128,
        "vocab_size": 129280,
    },
}
"""Record of a published parameter count → what the model's config.json says of its shape."""
READER = Script(ROOT, {"config": "labs/serving-cost/config.mjs"}, "a test")


def from_config(text: str) -> dict[str, Any]:
    found: dict[str, Any] = READER.run("config.modelOf(text)", text=text)
    return found


@pytest.mark.parametrize(("reference", "config"), CONFIGS.items())
def test_the_parameters_of_a_published_model_follow_from_its_config(
    reference: str, config: dict[str, Any]
) -> None:
    known = fact(reference)
    digits = len(f"{known:.0f}".rstrip("0"))
    found = from_config(json.dumps(config))["values"]
    assert float(f"{found['parameters']:.{digits - 1}e}") == known


def test_a_config_gives_the_shape_that_the_lab_has_on_record() -> None:
    models = {row["id"]: row["values"] for row in LAB.data["groups"][1]["inputs"][0]["rows"]}
    for slug, reference in (
        ("gpt-oss-120b", "gpt-oss-120b.parameters"),
        ("deepseek-v3", "deepseek-v3.parameters"),
    ):
        found = from_config(json.dumps(CONFIGS[reference]))["values"]
        for name in ("experts", "chosen", "layers", "kv_heads", "head_size", "vectors", "bits"):
            assert found[name] == models[slug][name], name
        assert found["active"] == pytest.approx(models[slug]["active"], rel=0.02)
    inner = from_config(json.dumps({"text_config": LLAMA, "vision_config": {}}))["values"]
    assert inner == from_config(json.dumps(LLAMA))["values"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("{" * 300, "not JSON"),
        ("x" * 300_000, "too long"),
        ("[]", "has to begin with a brace"),
        ("null", "has to begin with a brace"),
        ("{}", "has no “hidden_size”"),
        ('{"hidden_size": "<img src=x onerror=alert(1)>"}', "has no “hidden_size”"),
        ('{"__proto__": {"hidden_size": 1}}', "has no “hidden_size”"),
        (json.dumps(LLAMA | {"num_hidden_layers": -5}), "“num_hidden_layers” is -5"),
        (json.dumps(LLAMA | {"num_hidden_layers": 1.5}), "“num_hidden_layers” is 1.5"),
        (json.dumps(LLAMA | {"num_attention_heads": None}), "has no “num_attention_heads”"),
        (json.dumps(dict.fromkeys(LLAMA, 1)), "fewer than"),
    ],
)
def test_a_config_that_cannot_be_used_says_why(text: str, says: str) -> None:
    assert says in from_config(text)["error"]


# Limits ------------------------------------------------------------


def test_more_users_get_more_together_and_less_each_until_memory_is_full() -> None:
    found = [worked(users=users) for users in (1, 10, 30, 50)]
    assert [one["out"] for one in found] == sorted(one["out"] for one in found)
    assert [one["each"] for one in found] == sorted((one["each"] for one in found), reverse=True)
    full = worked(users=500)
    assert full["users"] == full["places"] == 82
    assert full["out"] > found[-1]["out"]


def test_what_does_not_fit_has_no_speed_and_no_bill_of_its_own() -> None:
    result = worked(chips=1, bits="sixteen")
    assert result["out"] is None and "bill" not in result
    assert charts(LAB, {**DEFAULT, "chips": 1, "bits": "sixteen"}) == []
    assert (
        said({**DEFAULT, "chips": 1, "bits": "sixteen"})
        == "On one H100 SXM chip, Llama 3.3 70B in 16 bits does not fit: 140 GB of weights need at least two"
        " H100 SXM chips, with 10% of the memory kept free."
    )
    assert (
        "On one H100 SXM chip, Llama 3.3 70B in 8 bits leaves no room for one user’s cache of 21 GB:"
        " together they need at least two H100 SXM chips" in said({**DEFAULT, "chips": 1, "prompt": 127500})
    )
    assert "need at least three H100 SXM chips, with 40% of the memory kept free." in said(
        {**DEFAULT, "chips": 1, "bits": "sixteen", "reserve": 40}
    )


def test_a_mixture_of_experts_reads_more_the_more_users_share_a_pass() -> None:
    size = {
        "parameters": fact("deepseek-v3.parameters"),
        "active": fact("deepseek-v3.active"),
        "experts": fact("deepseek-v3-experts.routed"),
        "chosen": fact("deepseek-v3-experts.chosen"),
    }
    assert formulas.read_parameters(**size, tokens=1) == pytest.approx(fact("deepseek-v3.active"))
    read = [formulas.read_parameters(**size, tokens=tokens) for tokens in (1, 8, 64, 1000)]
    assert read == sorted(read)
    assert read[-1] == pytest.approx(size["parameters"], rel=1e-6)
    assert formulas.read_parameters(70e9, 70e9, 1, 1, 50) == 70e9


def test_a_bill_of_whole_machines_against_a_price_worked_by_hand() -> None:
    # $1,000 a machine of 1 billion tokens, $1,500 fixed, $2 a million: on two machines 2 billion tokens bring
    # $4,000 for $3,500, so they meet at 1.75 billion.
    # A third machine makes $4,500 of what 2 billion bring as $4,000, a fourth $5,500 of $6,000: from the
    # third on, at 2.25 billion, it stays below.
    assert formulas.stairs_meet(1500, 1000, 1e9, 2) == pytest.approx(1.75e9)
    assert formulas.stairs_stay_below(1500, 1000, 1e9, 2) == pytest.approx(2.25e9)
    assert formulas.stairs_meet(0, 1000, 1e9, 1) == math.inf == formulas.stairs_stay_below(0, 1000, 1e9, 0.5)
    assert (
        formulas.whole_machines(1, 1e9),
        formulas.whole_machines(1e9, 1e9),
        formulas.whole_machines(1.1e9, 1e9),
    ) == (1, 1, 2)


@pytest.mark.parametrize("seed", range(40))
def test_where_the_stairs_meet_and_stay_below_is_where_bills_say_so(seed: int) -> None:
    draw = random.Random(seed)
    fixed, machine, capacity, price = (
        draw.uniform(0, 5000),
        draw.uniform(1, 2000),
        draw.uniform(1e8, 1e10),
        draw.uniform(0.05, 2),
    )

    def dearer(volume: float) -> bool:
        return fixed + machine * formulas.whole_machines(volume, capacity) <= volume * price / 1e6 * (
            1 + 1e-9
        )

    even, good = (
        formulas.stairs_meet(fixed, machine, capacity, price),
        formulas.stairs_stay_below(fixed, machine, capacity, price),
    )
    if even == math.inf:
        assert not any(dearer(capacity * step) for step in (1, 2, 10, 1000, 1e6))
        return
    assert good >= even * (1 - 1e-12)
    assert dearer(even)
    assert not any(dearer(even * share) for share in (0.999, 0.9, 0.5, 0.1))
    assert all(dearer(good * times) for times in (1, 1.0001, 1.01, 1.1, 1.5, 2, 3, 10, 100))


def test_use_spares_and_people_only_ever_raise_the_bill() -> None:
    base = worked(volume=4e10)["bill"]
    assert worked(volume=4e10, utilization=20)["bill"] > base
    assert worked(volume=4e10, spares=2)["bill"] > base
    assert worked(volume=4e10, people=50)["bill"] == pytest.approx(base + DEFAULT["salary"] / 24)


# Words, at prices that stay ------------------------------------------------------------


SELLERS = {
    "together-ai-llama-33-70b": (0.88, 0.88),
    "groq-llama-33-70b": (0.59, 0.79),
    "aws-llama-33-70b": (0.72, 0.72),
    "deepinfra-llama-33-70b": (0.1, 0.32),
    "io-net-llama-33-70b": (0.13, 0.38),
    "nebius-llama-33-70b": (0.13, 0.4),
    "novita-llama-33-70b": (0.135, 0.4),
    "deepseek-chat-api": (0.14, 0.28),
    "qwen3-8b-list": (0.2, 0.2),
    "assumed-llama-31-405b": (3, 3),
}
"""List price → USD per million tokens read and written: the only ones of MARKET."""
NO_LONGER_SOLD = {"groq-llama-33-70b": "Groq", "nebius-llama-33-70b": "Nebius Token Factory"}
"""Those of SELLERS that the lab no longer offers, with the seller."""
RENTS = {"runpod-community-h100-sxm": 2.69, "hyperstack-h200-sxm": 3.99}
"""USD an hour."""


def _market() -> Calculator:
    """The lab with SELLERS, as of 2 Jul 2026, in place of the prices on record."""
    data = copy.deepcopy(dict(LAB.data))
    item = next(item for group in data["groups"] for item in group["inputs"] if item["id"] == "api")
    on_record = {row["id"]: row for row in item["rows"]}
    item["rows"] = [
        {
            **on_record.get(slug, on_record["aws-llama-33-70b"]),
            "id": slug,
            **({"note": NO_LONGER_SOLD[slug]} if slug in NO_LONGER_SOLD else {}),
            "values": dict(zip(("input_price", "output_price"), prices, strict=True))
            | {"cached_price": prices[0]},
        }
        for slug, prices in SELLERS.items()
    ]
    for row in item["rows"]:
        for origin in row["origins"].values():
            data["origins"][origin]["as_of"] = "2026-07-02"
    return Calculator(ROOT, data, LAB.values)


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    """A case at the prices of SELLERS and RENTS, and at a speed and a salary that stay."""
    read, written = SELLERS.get(values["api"], (values["input_price"], values["output_price"]))
    return {
        **values,
        "input_price": read,
        "cached_price": read,
        "output_price": written,
        "rent": RENTS[values["offer"]],
        "hours": 730,
        **({"reading": 55.675, "writing": 56.922} if values["experts"] == 1 else {}),
        "salary": 150_000,
    }


MARKET = _market()
STEADY = _kept(DEFAULT)
FOUNDER = {**STEADY, "counted": "product", "sizing": "fit", "spares": 1, "people": 25}


def told(values: dict[str, Any]) -> str:
    return MARKET.sentence(values)


def details(values: dict[str, Any]) -> str:
    return " ".join(MARKET.run("model.details(r, v, lab)", values))


def test_the_answer_of_the_default_case_is_one_line_that_decides_with_a_spare_and_people_in_it() -> None:
    assert (
        told(FOUNDER)
        == "Stay on an API: $3,610 a month for Amazon Bedrock, $11,000 on rented machines. Renting"
        " wins for good between 13,000 and 39,000 users against Amazon Bedrock, but never against"
        " DeepInfra ($602)."
    )
    names = [one["name"] for one in readings(MARKET, FOUNDER)]
    assert len(names) == 3
    assert names[0] == "a month for Amazon Bedrock; $602 for DeepInfra, the cheapest on record"
    assert names[1] == "a month on two rented machines, including one spare and $3,130 for people"
    assert names[2].startswith(
        "tokens per second for each user in an average hour, and 16.3 with 50 at once; published tests"
    )
    said = details(FOUNDER)
    assert "About 3,750 words are 5,000 tokens, and 375 words are 500." in said
    assert "Amazon Bedrock charges $0.72 (list price on 2 Jul 2026)" in said
    assert "four are lower than your cost at every volume" in said


def test_the_volume_to_look_again_at_is_the_one_above_which_your_machines_always_cost_less() -> None:
    result = MARKET.work(FOUNDER)
    assert result["good"] == pytest.approx(26.16e9, rel=1e-3)
    users = result["good"] / result["volume"] * FOUNDER["audience"]
    for times, less in ((1.02, True), (0.98, False)):
        then = MARKET.work({**FOUNDER, "audience": users * times})
        assert (then["bill"] < then["api_bill"]) is less


@pytest.mark.parametrize("seller", ["together-ai-llama-33-70b", "groq-llama-33-70b", "aws-llama-33-70b"])
def test_whoever_goes_where_the_line_points_finds_what_it_says(seller: str) -> None:
    case = _kept({**FOUNDER, "api": seller})
    match = re.search(r"between ([\d,]+) and ([\d,]+) users against .* never against DeepInfra", told(case))
    assert match
    low, high = (float(one.replace(",", "")) for one in match.groups())
    for users in (low, (low * high) ** 0.5, high, 2 * high, 1e6):
        result = MARKET.work({**case, "audience": users})
        assert result["bill_low"] < result["api_bill"] and (
            users < high or result["bill_high"] < result["api_bill"]
        )
        assert told({**case, "audience": users}).startswith("Change to a cheaper API: "), "never rent"
    assert told({**case, "audience": 0.5 * low}).startswith("Stay on an API: ")


def test_machines_are_advised_only_where_they_beat_the_cheapest_api_too() -> None:
    draw = random.Random(7)
    seen = set()
    for _ in range(300):
        case = {**FOUNDER, "audience": 10 ** draw.uniform(3, 7), "rent": draw.uniform(0.1, 3)}
        result, line = MARKET.work(case), told(case)
        seen.add(line.split(":")[0])
        least = result["rival_prices"][0] * result["volume"] / 1e6
        assert line.startswith("Rent") is (result["bill_high"] < least)
        assert line.startswith("Too close") is (result["bill_low"] < least <= result["bill_high"])
    assert len(seen) == 4


def test_with_many_users_the_line_sends_you_to_a_cheaper_api_or_to_your_own_machines() -> None:
    many = {**FOUNDER, "audience": 30_000.0}
    assert told(many) == (
        "Change to a cheaper API: $6,020 a month for DeepInfra, $36,100 for Amazon Bedrock, $26,700 on"
        " rented machines."
    )
    alone = {**many, "model": "llama-31-405b", "api": "assumed-llama-31-405b", "input_price": 0.9}
    alone |= {"cached_price": 0.9, "output_price": 0.9}
    assert told(alone) == "Rent machines: $26,700 a month, instead of $45,200 for the API."
    bought = {**alone, "bill": "own"}
    assert told(bought).startswith("Buy machines: $") and MARKET.work(bought)["hour"] == (
        pytest.approx(
            formulas.capital_year(bought["price"], bought["years"], bought["capital"], bought["residual"])
            / 8760
            + bought["running"]
        )
    )


@pytest.mark.parametrize(
    ("changed", "first", "text"),
    [
        ({}, "a month for Amazon Bedrock; ", "$3,610"),
        (
            {"audience": 30_000.0},
            "a month for DeepInfra, the cheapest on record; $36,100 for Amazon Bedrock",
            "$6,020",
        ),
        (
            {"audience": 30_000.0, "rent": 0.3},
            "a month for DeepInfra, the cheapest on record; $36,100 for Amazon Bedrock",
            "$6,020",
        ),
        (
            {"audience": 30_000.0, "rent": 0.01},
            "a month on six rented machines, including one spare and $3,130 for people",
            "$3,210",
        ),
    ],
)
def test_what_the_answer_advises_is_the_first_number(changed: dict[str, Any], first: str, text: str) -> None:
    shown = readings(MARKET, {**FOUNDER, **changed})
    assert shown[0]["name"].startswith(first) and shown[0]["text"] == text
    assert len(shown) == 3 and told({**FOUNDER, **changed}).count(text)


def test_a_price_inside_the_band_is_too_close_to_call() -> None:
    alone = {"model": "llama-31-405b", "api": "assumed-llama-31-405b"}  # a model with one price
    values = {**FOUNDER, **alone, "audience": 30_000.0}
    result = MARKET.work(values)
    assert result["bill_low"] < result["bill"] < result["bill_high"]
    price = result["bill"] / result["volume"] * 1e6
    close = {**values, "input_price": price, "cached_price": price, "output_price": price}
    assert told(close).startswith("Too close to call: $") and "Test a machine" in told(close)
    for bill, starts in ((result["bill_low"] * 0.99, "Stay on the API: $"), (0.0, "Stay on")):
        price = bill / result["volume"] * 1e6
        given = {"input_price": price, "cached_price": price, "output_price": price}
        assert told({**values, **given}).startswith(starts)


def test_users_requests_and_words_make_the_volume_and_the_tokens() -> None:
    result = LAB.work({**ASKED, "audience": 2000, "daily": 5, "words_in": 750, "words_out": 150})
    assert (result["prompt"], result["answer"]) == (1000, 200)
    assert result["volume"] == pytest.approx(2000 * 5 * 365 / 12 * 1200)
    notes = LAB.run("model.notes(r, v, lab)", {**ASKED, "words_in": 750})
    assert notes["words_in"] == "about 1,000 tokens" and notes["sizing"] == "two H100 SXM chips"


@pytest.mark.parametrize(
    ("model", "chips"),
    [("llama-33-70b", 2), ("llama-31-8b", 1), ("llama-31-405b", 8), ("gpt-oss-120b", 1), ("deepseek-v3", 16)],
)
def test_the_machine_follows_the_model(model: str, chips: int) -> None:
    row = next(row for row in LAB.data["groups"][1]["inputs"][0]["rows"] if row["id"] == model)
    result = LAB.work({**ASKED, **row["values"], "model": model})
    assert result["chips"] == chips and result["out"] is not None
    small = LAB.work({**ASKED, **row["values"], "model": model, "memory": 2 * ASKED["memory"]})
    assert small["chips"] == max(1, chips // 2)


def test_speed_in_an_average_hour_follows_from_the_volume() -> None:
    result = worked()
    assert 3 < result["usual"] < 5, "5 billion tokens a month keep four requests at once, not fifty"
    assert result["pace"] > 2 * result["each"]
    written = result["volume"] / (730 * 3600) * 500 / 5500
    assert result["usual"] * result["pace"] == pytest.approx(written)
    assert worked(volume=1e6)["usual"] == 1
    assert worked(volume=1e6)["pace"] == pytest.approx(worked(users=1)["each"])


def test_a_request_longer_than_the_model_accepts_is_the_answer() -> None:
    values = {**STEADY, "prompt": 200_000.0}
    assert told(values) == (
        "Llama 3.3 70B accepts at most 128,000 tokens, and a request of yours has 200,500. Shorten it or pick"
        " another model."
    )
    assert readings(MARKET, values) == [] and charts(MARKET, values) == []


def test_a_machine_that_is_bought_needs_a_price() -> None:
    values = {**DEFAULT, "bill": "own"}
    assert problems(LAB, values) == [] and LAB.work(values)["hour"] < DEFAULT["rent"]
    assert [one["id"] for one in problems(LAB, {**values, "price": 0})] == ["price"]
    dear = LAB.work({**values, "capital": 2 * values["capital"]})["bill"]
    sold = LAB.work({**values, "residual": 20})["bill"]
    assert sold < LAB.work(values)["bill"] < dear


def test_an_address_of_the_first_version_keeps_its_volume_and_its_machine() -> None:
    older = BOOK.labs["serving-cost"].older[1]
    assert older.values == {"counted": "tokens", "sizing": "own"}
    assert worked(spares=1, people=25, salary=150_000)["good"] == pytest.approx(26.16e9, rel=1e-3)


def test_a_price_of_another_model_is_called_that() -> None:
    other = _kept({**PRESETS["deepseek-v3"], "api": DEFAULT["api"]})
    assert told(other) == (
        "Enter the price of DeepSeek-V3 to see whether an API costs less than the $96,300 a month on"
        " rented machines. The price of Llama 3.3 70B is for a different model."
    )
    assert readings(MARKET, other)[0]["text"] == "$96,300"
    assert "a month for Llama 3.3 70B (the price is for a different model)" in json.dumps(
        readings(MARKET, other), ensure_ascii=False
    )
    own = {**STEADY, "parameters": 71e9}
    assert "the price is for a different model" in details(own), "nobody sells a model of one's own"


def unsold(**changed: Any) -> dict[str, Any]:
    """DeepSeek-V3, which nobody's list price on record is for, as picked after Llama 3.3 70B."""
    row = next(row for row in rows(BOOK, RECORD.inputs["model"]) if row["id"] == "deepseek-v3")
    return {**ASKED, **row["values"], "model": "deepseek-v3", **changed}


def test_nothing_breaks_even_at_the_price_of_another_model() -> None:
    assert said(unsold()).startswith("Enter the price of DeepSeek-V3 to see whether an API costs less")
    shown = json.dumps(
        [
            charts(LAB, unsold())[0]["title"],
            LAB.run("model.details(r, v, lab)", unsold()),
            LAB.lines(unsold()),
        ]
    )
    assert not re.search("costs more|cost less", shown)
    drawn = charts(LAB, unsold())[0]
    assert drawn["title"].startswith("One machine handles up to ")
    assert [one["name"] for one in drawn["scene"]["panels"][0]["series"]] == ["Your machines"]
    assert LAB.work(unsold())["times"] is None, "so no curve under an input compares the two bills"
    own = unsold(input_price=3, output_price=3)
    assert said(own).startswith("Stay on the API: $") and "wins for good" in said(own)
    other = {**ASKED, "api": "qwen3-8b-list", "input_price": 0.2, "cached_price": 0.2, "output_price": 0.2}
    assert said(other).startswith("Choose a price of Llama 3.3 70B to see")


def test_a_price_that_stayed_behind_is_marked_until_another_number_is_put_in() -> None:
    state = Script(ROOT, {"state": "assets/js/lab/state.mjs"}, "a test")
    asks = "state.leftOf(lab, v, state.inputsOf(lab).find(({ id }) => id === 'api'))?.of.name ?? null"
    for values, name in ((unsold(), "Llama 3.3 70B"), (unsold(input_price=0.05), None)):
        assert state.run(asks, lab=LAB.data, v=values) == name


@pytest.mark.parametrize("preset", [*MEASURED])
def test_a_measured_case_counts_a_spare_machine_and_people(preset: str) -> None:
    assert said(PRESETS[preset]).startswith("Stay on the API: $2,000 a month for Fireworks AI, $7,850 on")


@pytest.mark.parametrize("preset", RECORD.presets, ids=lambda preset: preset.id)
def test_each_ready_made_case_has_the_list_price_of_its_own_model_or_one_without_a_source(
    preset: Any,
) -> None:
    values = PRESETS[preset.id]
    model = next(row for row in rows(BOOK, RECORD.inputs["model"]) if row["id"] == values["model"])
    price = next(row for row in rows(BOOK, RECORD.inputs["api"]) if row["id"] == values["api"])
    assert price["name"].startswith(model["name"]) or preset.id.startswith("deepseek")
    assert {name: values[name] for name in ("input_price", "cached_price", "output_price")} == price["values"]
    assert bool(price["origins"]) == (preset.id != "405b")


def test_a_price_without_a_source_is_an_assumption() -> None:
    assert "the API charges $3 (assumption, no list price)" in details(_kept(PRESETS["405b"]))
    inputs = {item["id"]: item for group in LAB.data["groups"] for item in group["inputs"]}
    assert "origin" not in inputs["input_price"] and "origin" not in inputs["output_price"]
    assert LAB.work(PRESETS["405b"])["rivals"] == []  # no list price on record


def test_chart_and_lines_agree_where_a_step_lifts_the_bill_over_the_api_again() -> None:
    values = {**STEADY, "prompt": 1500.0, "input_price": 0.88, "output_price": 0.88}
    chart = charts(MARKET, values)[0]
    assert chart["title"] == "The API always costs more above 8.93 billion tokens a month"
    assert [line["text"] for line in MARKET.lines(values)[-2:]] == [
        "4.46 billion tokens a month",
        "8.93 billion tokens a month",
    ]
    panel = chart["scene"]["panels"][0]
    assert panel["x"]["high"] > 8.93e9 and [mark["label"] for mark in panel["series"][1]["marks"]][-2:] == [
        "4.46 billion",
        "8.93 billion",
    ]


def test_the_line_names_the_volume_at_the_fastest_measured_speed_rounded_up() -> None:
    draw = random.Random(3)
    seen = 0
    for _ in range(200):
        values = {
            **DEFAULT,
            "prompt": float(round(math.exp(draw.uniform(math.log(300), math.log(20000))))),
            "utilization": draw.uniform(20, 100),
            "spares": draw.choice([0, 1]),
            "input_price": draw.uniform(0.4, 2),
        }
        result = LAB.work(values)
        match = re.search(r"wins for good between (.*) and .* tokens a month", said(values))
        if match:
            low = float(match[1].removesuffix(" billion")) * 1e9
            assert low * 0.9 < result["good_low"] <= low and result["good_low"] <= result["good"]
            seen += 1
    assert seen > 10


def test_never_has_its_reason() -> None:
    values = {**STEADY, "input_price": 0.1, "cached_price": 0.1, "output_price": 0.1}
    assert told(values).endswith(" on rented machines. At the API’s price, renting never costs less.")
    result = MARKET.work(values)
    assert result["least_cost"] == pytest.approx(result["machine"] / result["capacity"] * 1e6)
    assert MARKET.work({**values, "volume": 1000 * result["capacity"]})["cost"] == pytest.approx(
        result["least_cost"]
    )
    for times, ends in ((1.01, True), (0.99, False)):
        price = result["least_cost"] * times
        given = {"input_price": price, "cached_price": price, "output_price": price}
        assert (MARKET.work({**values, **given})["even"] is not None) is ends


def test_what_the_things_to_try_say_is_what_happens() -> None:
    many, cheap, alone = ({**ASKED, **one.values} for one in RECORD.tries)
    assert LAB.work(many)["bill"] < 10 * LAB.work(ASKED)["bill"] and said(many) != said(ASKED)
    price = next(row for row in rows(BOOK, RECORD.inputs["api"]) if row["id"] == cheap["api"])["values"]
    assert LAB.work({**cheap, **price, "utilization": 100})["even"] is None
    assert LAB.work(alone)["bill"] < LAB.work(ASKED)["bill"] / 2


def test_the_measured_points_and_the_band_are_in_the_chart() -> None:
    panel = charts(LAB, DEFAULT)[1]["scene"]["panels"][0]
    measured = next(
        one for one in panel["series"] if one["marks"] and one["marks"][0]["basis"] == "disclosed"
    )
    assert [(mark["x"], mark["y"]) for mark in measured["marks"]][:4] == [
        (fact(f"nim-llama-70b.users-{users}"), fact(f"nim-llama-70b.total-{users}"))
        for users in (1, 5, 25, 50)
    ]
    expected = next(one for one in panel["series"] if one["name"] == "Expected")
    low, high = LAB.band("dense")
    for (x, y), (at, bottom, top) in zip(expected["curve"], expected["band"], strict=True):
        assert (at, bottom) == (x, pytest.approx(y * low)) and top <= y * high * (1 + 1e-9)
    other = charts(LAB, {**DEFAULT, "bandwidth": 4.8})[1]["scene"]["panels"][0]
    assert not any(mark["basis"] == "disclosed" for one in other["series"] for mark in one["marks"])


def test_names_go_once_their_numbers_are_changed() -> None:
    assert "a model of 71 billion parameters" in details({**STEADY, "parameters": 71e9})
    assert "A machine is two accelerators" in details({**STEADY, "memory": 90})
    assert "the API charges $0.89." in details({**STEADY, "input_price": 0.89, "output_price": 0.89})
    cheap = next(
        row
        for group in LAB.data["groups"]
        for item in group["inputs"]
        if item["id"] == "api"
        for row in item["rows"]
        if row["id"] == "openai-gpt-6-luna"
    )
    assert f"for {cheap['name']} (the price" in json.dumps(
        readings(LAB, {**DEFAULT, "api": cheap["id"], **cheap["values"]}), ensure_ascii=False
    )


def test_every_accelerator_on_record_is_offered_once_a_rent_or_without_one() -> None:
    offers = rows(BOOK, RECORD.inputs["offer"])
    rentals = [
        price.slug
        for price in BOOK.prices.values()
        if price.sells == "gpu-hours" and price.newest.until is None
    ]
    assert set(rentals) <= {row["id"] for row in offers}
    assert all({"memory", "bandwidth", "rate16", "rate8"} <= row["values"].keys() for row in offers)
    amd = next(row for row in offers if row["id"] == "mi300x")
    assert "rent" not in amd["values"] and amd["origins"]["memory"] == "mi300x.memory"
    old = next(row for row in offers if row["id"] == "aws-a100-sxm")
    assert old["values"]["rate8"] == old["values"]["rate16"] == fact("a100-sxm-80gb.bf16")


def test_impossible_shapes_are_named_at_their_field() -> None:
    assert problems(LAB, {**DEFAULT, "active": 80e9}) == [
        {"id": "active", "message": "A token cannot use more parameters than the model has."}
    ]
    assert [one["id"] for one in problems(LAB, {**DEFAULT, "chosen": 2})] == ["chosen"]
    assert problems(LAB, DEFAULT) == []
    assert not any(problems(LAB, values) for values in PRESETS.values())


def test_a_model_brings_the_bits_that_it_is_published_in_and_a_price_of_its_own() -> None:
    models, prices = (
        {
            row["id"]: row
            for group in LAB.data["groups"]
            for item in group["inputs"]
            if item["id"] == name
            for row in item["rows"]
        }
        for name in ("model", "api")
    )
    for slug, row in models.items():
        assert row["values"]["bits"] == ("four" if slug in {"gpt-oss-120b", "kimi-k26"} else "eight")
        price = prices.get(row["values"].get("api"))
        assert price is None or (
            price["name"].startswith(row["name"])
            and row["values"]["input_price"] == price["values"]["input_price"]
        )
    assert {slug for slug, row in models.items() if "api" not in row["values"]} == {"deepseek-v3"}, (
        "nobody's list price of it is on record"
    )
