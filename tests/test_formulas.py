"""Each formula against a value worked out by hand or printed in its source."""

import math
import pkgutil
import random
from datetime import date
from statistics import NormalDist
from typing import get_type_hints

import pytest

from fieldguide.records import formulas as package
from fieldguide.records.formulas import FORMULAS
from fieldguide.records.formulas.number import Day
from fieldguide.records.formulas.size import softmax
from tests.guide import formulas

PROOFS = [
    # what is proved, formula, its arguments, what it gives
    ("training flop of chinchilla", "training_flop", (70e9, 1.4e12), pytest.approx(5.88e23)),
    ("inference flop is twice the parameters", "inference_flop", (70e9,), 140e9),
    (
        "each tenfold keeps two thirds of the gain",
        "gain_kept_per_tenfold",
        (0.34, 0.28),
        pytest.approx(70.2, abs=0.05),
    ),
    (
        "each tenfold keeps two thirds of the gain",
        "gain_kept_per_tenfold",
        (0.3478, 0.3658),
        pytest.approx(66.3, abs=0.05),
    ),
    ("gpu hours at peak and days on a cluster", "gpu_hours", (3.6e18, 1e12), pytest.approx(1000)),
    ("gpu hours at peak and days on a cluster", "days_on", (30.84e6, 16_384), pytest.approx(78.43, abs=0.01)),
    (
        "attention adds a twentieth at a short context",
        "attention_extra",
        (126, 16_384, 8_192, 405e9),
        pytest.approx(4.18, abs=0.01),
    ),
    (
        "sizes intervals energy and the untrained loss",
        "gigabytes",
        (327_680 * 131_072,),
        pytest.approx(42.95, abs=0.01),
    ),
    (
        "sizes intervals energy and the untrained loss",
        "hours_between",
        (54, 419),
        pytest.approx(3.09, abs=0.01),
    ),
    (
        "sizes intervals energy and the untrained loss",
        "gigawatt_hours",
        (30.84e6, 700),
        pytest.approx(21.588),
    ),
    (
        "sizes intervals energy and the untrained loss",
        "even_guess_loss",
        (128_256,),
        pytest.approx(11.76, abs=0.01),
    ),
    (
        "a hundred tries at one in twenty nearly always succeed once",
        "chance_of_any",
        (5, 1),
        pytest.approx(5),
    ),
    (
        "a hundred tries at one in twenty nearly always succeed once",
        "chance_of_any",
        (5, 10),
        pytest.approx(40.1, abs=0.05),
    ),
    (
        "a hundred tries at one in twenty nearly always succeed once",
        "chance_of_any",
        (5, 100),
        pytest.approx(99.4, abs=0.05),
    ),
    (
        "eighty of a hundred may be seventy one or eighty seven",
        "wilson_low",
        (80, 100),
        pytest.approx(71.12, abs=0.005),
    ),
    (
        "eighty of a hundred may be seventy one or eighty seven",
        "wilson_high",
        (80, 100),
        pytest.approx(86.66, abs=0.005),
    ),
    (
        "eighty of a hundred may be seventy one or eighty seven",
        "wilson_high",
        (0, 300),
        pytest.approx(1.26, abs=0.005),
    ),
    (
        "nine wins to one are rarely luck and twenty to twelve often",
        "mcnemar_chance",
        (9, 1),
        pytest.approx(100 * 22 / 1024),
    ),
    (
        "nine wins to one are rarely luck and twenty to twelve often",
        "mcnemar_chance",
        (12, 4),
        pytest.approx(100 * 5034 / 65536),
    ),
    (
        "nine wins to one are rarely luck and twenty to twelve often",
        "mcnemar_chance",
        (20, 12),
        pytest.approx(21.53, abs=0.005),
    ),
    ("nine wins to one are rarely luck and twenty to twelve often", "mcnemar_chance", (5, 5), 100),
    (
        "the same gap has a smaller error where two systems disagree less",
        "paired_standard_error",
        (9, 1, 200),
        pytest.approx(100 * 9.68**0.5 / 200),
    ),
    (
        "the same gap has a smaller error where two systems disagree less",
        "paired_standard_error",
        (20, 12, 200),
        pytest.approx(2.81, abs=0.005),
    ),
    ("a percentage of a whole", "percent_of", (0.2, 65), pytest.approx(0.13)),
    ("a month times twelve and a quarter times four are run rates", "annualized_month", (2e9,), 24e9),
    (
        "a month times twelve and a quarter times four are run rates",
        "annualized_quarter",
        (4.73e9,),
        pytest.approx(18.92e9),
    ),
    ("the average quarter of 110 billion is 27 and a half", "average_quarter", (110e9,), 27.5e9),
    (
        "a task that succeeds half the time costs two tries",
        "cost_per_completed_task",
        (0.30, 50),
        pytest.approx(0.60),
    ),
    (
        "a task that succeeds half the time costs two tries",
        "cost_per_completed_task",
        (1.24, 100),
        pytest.approx(1.24),
    ),
    (
        "gross margin and the use at which a seat contributes nothing",
        "gross_margin",
        (30_000, 17_100),
        pytest.approx(43),
    ),
    (
        "gross margin and the use at which a seat contributes nothing",
        "contribution_break_even",
        (30, 6.90, 0.085),
        pytest.approx(271.76, abs=0.01),
    ),
    (
        "a 70b model at eight bits fills 305 chips of 230 megabytes or two wafers",
        "chips_to_hold",
        (70, 0.23),
        305,
    ),
    (
        "a 70b model at eight bits fills 305 chips of 230 megabytes or two wafers",
        "chips_to_hold",
        (70, 44),
        2,
    ),
    (
        "a 70b model at eight bits fills 305 chips of 230 megabytes or two wafers",
        "chips_to_hold",
        (160, 80),
        2,
    ),
    ("a 70b model at eight bits fills 305 chips of 230 megabytes or two wafers", "tera", (989,), 989e12),
    ("log points become times", "times_from_log_points", (0.73,), pytest.approx(2.075, abs=0.001)),
    ("new tokens take a share from every holder", "dilution", (1, 9), 10),
    (
        "new tokens take a share from every holder",
        "dilution",
        (1_314_000, 10_500_000),
        pytest.approx(11.12, abs=0.01),
    ),
    (
        "a price that covers two fifths of the cost must be two and a half times as high",
        "break_even_multiple",
        (40,),
        2.5,
    ),
    (
        "a price that covers two fifths of the cost must be two and a half times as high",
        "break_even_multiple",
        (30,),
        pytest.approx(3.33, abs=0.01),
    ),
    ("a quarter times four is a guess that nothing changes", "next_four_quarters", (100, 0), 400),
    (
        "a quarter times four is a guess that nothing changes",
        "next_four_quarters",
        (100, -45),
        pytest.approx(111, abs=0.1),
    ),
    (
        "a quarter times four is a guess that nothing changes",
        "next_four_quarters",
        (100, 45),
        pytest.approx(1102, abs=0.5),
    ),
    (
        "burning at one price and minting at another changes the supply as akash says",
        "burn_and_mint",
        (1000, 1.14, 1.50),
        pytest.approx(-210.526316),
    ),
    (
        "burning at one price and minting at another changes the supply as akash says",
        "burn_and_mint",
        (1000, 1.14, 0.90),
        pytest.approx(233.918129),
    ),
    (
        "burning at one price and minting at another changes the supply as akash says",
        "burn_and_mint",
        (1000, 1.14, 1.14),
        0,
    ),
    ("the accounts show what is not yet written off", "book_value", (240_000, 6, 2), pytest.approx(160_000)),
    ("the accounts show what is not yet written off", "book_value", (240_000, 3, 5), 0),
    ("a third of all hours lost makes the work half as long again", "billed_hours", (100, 0), 100),
    (
        "a third of all hours lost makes the work half as long again",
        "billed_hours",
        (100, 100 / 3),
        pytest.approx(150),
    ),
    ("a machine draws more than its chip", "machine_watts", (700, 90, 1.5), pytest.approx(945)),
    ("a machine draws more than its chip", "site_energy", (1000, 945, 1.2), pytest.approx(1.134)),
    (
        "an hour of a machine that stands idle half the time",
        "owned_hour",
        (8_760, 100, 0, 0),
        pytest.approx(1),
    ),
    (
        "an hour of a machine that stands idle half the time",
        "owned_hour",
        (8_760, 50, 8_760, 0.1),
        pytest.approx(4.1),
    ),
    (
        "a machine with interest costs what a loan on it does",
        "recovery_factor",
        (10, 4),
        pytest.approx(0.3154708, abs=5e-8),  # printed in tables of interest
    ),
    ("a machine with interest costs what a loan on it does", "recovery_factor", (0, 4), 0.25),
    (
        "a machine with interest costs what a loan on it does",
        "capital_year",
        (1_000, 1, 10, 110),  # it grows as fast as the interest
        pytest.approx(0),
    ),
    (
        "a machine with interest costs what a loan on it does",
        "capital_year",
        (1_000, 4, 0, 20),
        pytest.approx(200),
    ),
    (
        "an owned hour costs the rent at so much use",
        "busy_to_match",
        (8_760, 8_760, 0.5, 4.5),
        pytest.approx(50),
    ),
    ("a run’s hours give its share of the peak", "chip_hours", (384, 24), 221_184),
    ("a run’s hours give its share of the peak", "reached_share", (3.6e18, 1e15, 4), pytest.approx(25)),
    ("a rest a reverse and minutes in seconds", "remainder", (90,), 10),
    ("a rest a reverse and minutes in seconds", "opposite", (-45,), 45),
    ("a rest a reverse and minutes in seconds", "seconds_in", (13,), 780),
]


@pytest.mark.parametrize(
    ("formula", "arguments", "gives"), [proof[1:] for proof in PROOFS], ids=[proof[0] for proof in PROOFS]
)
def test_a_formula_gives_what_was_worked_out_by_hand_or_printed(
    formula: str, arguments: tuple[float, ...], gives: object
) -> None:
    assert FORMULAS[formula](*arguments) == gives


def test_memory_of_seventy_billion_at_sixteen_bits_is_140_gb() -> None:
    assert formulas.memory_bytes(70e9, 16) / 1e9 == 140


def test_cost_of_a_request() -> None:
    assert formulas.token_cost(2000, 0.15) + formulas.token_cost(500, 0.60) == pytest.approx(0.0006)


def test_softmax_sums_to_one_and_temperature_flattens() -> None:
    cold, warm = softmax([2, 1, 0], 0.5), softmax([2, 1, 0], 2)
    assert sum(cold) == pytest.approx(1)
    assert cold[0] == pytest.approx(0.8668, abs=1e-4)
    assert cold[0] > warm[0] > 1 / 3


def test_temperature_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="temperature"):
        softmax([1, 2], 0)


def test_the_rest() -> None:
    assert formulas.patches(224, 16) == 196
    assert formulas.share(1, 4) == 25
    assert formulas.from_share(25, 20) == 125
    assert formulas.ratio(175, 1.3) == pytest.approx(134.6, abs=0.05)
    assert formulas.growth_per_year(1, 8, 3) == pytest.approx(2)
    assert formulas.tokens_from_words(1000, 0.75) == pytest.approx(1333.3, abs=0.1)
    assert (formulas.product(2, 3), formulas.sum(2, 3), formulas.difference(2, 3)) == (6, 5, -1)


def test_cache_of_a_token_with_shared_heads_and_with_a_latent() -> None:
    assert formulas.kv_cache_bytes(80, 8, 128, 2) == 327_680  # Llama 3 70B
    assert formulas.latent_cache_bytes(61, 512 + 64, 2) == 70_272  # DeepSeek-V3


REFIT = {"a": 482.01, "b": 2085.43, "alpha": 0.3478, "beta": 0.3658}


def test_the_refit_puts_chinchillas_budget_near_72_billion_parameters() -> None:
    size, tokens = formulas.optimal_parameters(5.76e23, **REFIT), formulas.optimal_tokens(5.76e23, **REFIT)
    assert size == pytest.approx(72e9, rel=0.02) and tokens / size == pytest.approx(18, abs=0.6)
    assert formulas.training_flop(size, tokens) == pytest.approx(5.76e23)


def test_no_other_split_of_the_budget_has_a_lower_fitted_loss() -> None:
    best, size = formulas.optimal_loss(1e24, 1.8172, **REFIT), formulas.optimal_parameters(1e24, **REFIT)
    for change in (0.5, 0.9, 1.1, 2):
        assert formulas.fitted_loss(size * change, 1e24 / (6 * size * change), 1.8172, **REFIT) > best


def test_the_reducible_loss_shrinks_by_the_kept_share() -> None:
    first, second = (formulas.optimal_loss(compute, 0, **REFIT) for compute in (1e24, 1e25))
    assert 100 * second / first == pytest.approx(formulas.gain_kept_per_tenfold(0.3478, 0.3658))


def test_parameters_of_the_three_llamas_to_the_last_one() -> None:
    def count(layers: int, width: int, heads: int, hidden: int) -> float:
        return formulas.llama_parameters(layers, width, heads, 8, 128, hidden, 128_256)

    assert count(32, 4_096, 32, 14_336) == 8_030_261_248
    assert count(80, 8_192, 64, 28_672) == 70_553_706_496
    assert count(126, 16_384, 128, 53_248) == 405_853_388_800
    assert formulas.attention_parameters(16_384, 128, 8, 128) == 570_425_344
    assert formulas.gated_feed_forward_parameters(16_384, 53_248) == 2_617_245_696


def test_the_probabilities_printed_beside_the_temperature_figure() -> None:
    printed = {0.5: (86.7, 11.7, 1.6), 1: (66.5, 24.5, 9.0), 2: (50.6, 30.7, 18.6)}
    for temperature, shares in printed.items():
        assert [100 * p for p in softmax([2, 1, 0], temperature)] == pytest.approx(shares, abs=0.05)


def test_two_hundred_cases_leave_an_error_of_nearly_three_points() -> None:
    assert formulas.standard_error(80, 200) == pytest.approx(2.83, abs=0.005)
    assert formulas.standard_error(80, 800) == pytest.approx(formulas.standard_error(80, 200) / 2)


def test_eighty_from_eighty_five_takes_nine_hundred_cases() -> None:
    assert formulas.cases_to_tell_apart(80, 85) == pytest.approx(901.6, abs=0.05)
    assert formulas.cases_to_tell_apart(85, 80) == formulas.cases_to_tell_apart(80, 85)


def test_the_more_cases_flip_the_more_cases_a_gain_of_four_points_needs() -> None:
    assert formulas.paired_cases_needed(4, 5) == pytest.approx(242.6, abs=0.05)
    assert formulas.paired_cases_needed(4, 10) == pytest.approx(487.6, abs=0.05)
    assert formulas.paired_cases_needed(4, 16) == pytest.approx(781.6, abs=0.05)
    with pytest.raises(ValueError, match="larger than the share"):
        formulas.paired_cases_needed(4, 3)


def test_the_printed_rounding_asks_for_five_times_the_tokens_of_the_refit() -> None:
    printed = {"a": 406.4, "b": 410.7, "alpha": 0.34, "beta": 0.28}
    unrounded = printed | {"alpha": 0.3392, "beta": 0.2849}

    def ratio(fit: dict[str, float]) -> float:
        return formulas.optimal_tokens(5.76e23, **fit) / formulas.optimal_parameters(5.76e23, **fit)

    assert [round(ratio(fit)) for fit in (printed, unrounded, REFIT)] == [93, 59, 18]


def test_the_budget_for_a_gap_undoes_the_gap_of_a_budget() -> None:
    for budget in (1e21, 5.76e23, 1e27):
        assert formulas.optimal_compute(formulas.reducible_loss(budget, **REFIT), **REFIT) == pytest.approx(
            budget
        )
    assert formulas.fitted_gap(70e9, 1.4e12, **REFIT) == pytest.approx(
        formulas.fitted_loss(70e9, 1.4e12, 1.8172, **REFIT) - 1.8172
    )


def test_overtraining_pays_back_where_both_bills_are_equal() -> None:
    served = formulas.break_even_tokens(6e22, 30e9, 10e9)
    assert served == pytest.approx(1.5e12)
    assert 6e22 + served * formulas.inference_flop(10e9) == pytest.approx(
        served * formulas.inference_flop(30e9)
    )


def test_rates_per_tenfold_and_per_year() -> None:
    assert formulas.tenfold(5.76e23) == 5.76e24
    assert formulas.times_per_tenfold(0.73) * formulas.times_per_tenfold(0.27) == pytest.approx(10)
    assert formulas.years_for_tenfold(10) == 1 and formulas.years_for_tenfold(2.4) == pytest.approx(
        2.63, abs=0.01
    )
    assert formulas.rate_from_halving(12) == 2 and formulas.rate_from_halving(8) == pytest.approx(
        2.83, abs=0.01
    )
    assert formulas.gap_kept_per_year(66.3, 10) == pytest.approx(66.3)
    assert formulas.gap_kept_per_year(66.3, 1) == 100


def test_growth_forward_and_back() -> None:
    rate = formulas.growth_per_year(1e12, 36e12, 5.5)
    assert formulas.grown(1e12, rate, 5.5) == pytest.approx(36e12)
    assert formulas.years_to_grow(1e12, 36e12, rate) == pytest.approx(5.5)


def test_lora_counts_both_thin_matrices() -> None:
    gpt_3 = formulas.lora_parameters(4, 12288, 12288)
    assert gpt_3 == 98_304
    assert (
        gpt_3 * 2 * 96 == 18_874_368
    )  # query and value in 96 layers; in 2 bytes 38 MB, for which Hu et al. print roughly 35
    assert formulas.lora_llama_parameters(16, 32, 4096, 1024, 14336) == 41_943_040


def test_a_million_tokens_of_tuning_cost_cents_and_reading_them_a_third() -> None:
    tuning = formulas.pass_cost_per_million(6, 8e9, 989e12, 35, 2.69)
    assert tuning == pytest.approx(6 * 8e9 * 1e6 / (989e12 * 0.35) / 3600 * 2.69)
    assert tuning == pytest.approx(0.1036, abs=0.0001)
    assert formulas.pass_cost_per_million(2, 8e9, 989e12, 35, 2.69) == pytest.approx(tuning / 3)


def test_break_even_is_where_rent_and_list_price_meet() -> None:
    share = formulas.break_even_utilization(2.69, 7306.2, 0.20)
    assert share == pytest.approx(51.1, abs=0.05)
    assert formulas.rental_cost_per_million(2.69, 7306.2, share) == pytest.approx(0.20)
    assert formulas.full_use_cost_per_million(5.38, 814.37) == pytest.approx(1.835, abs=0.001)
    assert formulas.break_even_utilization(10.9791, 7306.2, 0.20) > 200
    assert formulas.break_even_volume(1963.7, 0.20) == pytest.approx(9.82e9, rel=0.001)


def test_two_list_prices_mix_by_the_tokens_of_a_request() -> None:
    assert formulas.mixed_price(2048, 0.117, 2048, 0.455) == pytest.approx(0.286)
    assert formulas.mixed_price(1024, 0.2, 128, 0.2) == pytest.approx(0.2)
    with pytest.raises(ZeroDivisionError):
        formulas.mixed_price(0, 1, 0, 1)


def test_a_loop_of_twenty_calls_reads_230_000_tokens_of_which_209_000_were_sent_before() -> None:
    assert formulas.agent_input_tokens(20, 2000, 1000) == 230_000
    assert formulas.agent_input_tokens(20, 2000, 1000) == sum(2000 + 1000 * call for call in range(20))
    assert formulas.agent_resent_tokens(20, 2000, 1000) == 209_000
    assert formulas.agent_resent_tokens(1, 2000, 1000) == 0


def test_a_lone_reader_waits_for_the_weights_to_be_read() -> None:
    step = formulas.decode_step(1, 0, 140, 70e9, 2 * 989, 6.7)
    assert step == pytest.approx(140 / 6.7)
    assert formulas.per_second(step) == pytest.approx(47.86, abs=0.01)
    assert formulas.prefill_time(70e9, 5000, 3958) == pytest.approx(176.9, abs=0.1)


def test_a_prompt_alone_waits_at_least_for_the_weights_and_many_share_the_move() -> None:
    """70 GB at 6.7 TB/s are 10.4 ms: the move of a prompt of 18 tokens, whose arithmetic takes 0.64 ms."""
    short, long = (formulas.prefill_time(70e9, tokens, 3958) for tokens in (18, 5018))
    assert (
        formulas.prefill_shared(1, short, 70, 6.7)
        == pytest.approx(70 / 6.7)
        == pytest.approx(10.448, abs=0.001)
    )
    assert formulas.prefill_shared(10, short, 70, 6.7) == pytest.approx(1.0448, abs=0.0001)
    assert (
        formulas.prefill_shared(50, short, 70, 6.7) == short
        and formulas.prefill_shared(1, long, 70, 6.7) == long
    )


def test_the_decode_bound_agrees_with_the_scaling_book() -> None:
    """Its quiz: 30B at 8 bits on 16 TPU v5e, 819 MB of cache for each user: 2.5 ms for 4 users, 21 ms for
    256.
    """
    assert formulas.decode_step(4, 0.819, 30, 30e9, 16 * 197, 16 * 0.81) == pytest.approx(2.5, abs=0.1)
    assert formulas.decode_step(256, 0.819, 30, 30e9, 16 * 197, 16 * 0.81) == pytest.approx(21, abs=0.5)


def test_a_crowd_touches_most_experts_and_a_lone_token_only_its_own() -> None:
    """Two tokens that each choose one of two experts miss a given one with 1/2 · 1/2, so they touch 2 · 3/4;
    8 of 256 by 64 tokens: 256 · (1 − 0.1311).
    """
    assert formulas.distinct_experts(2, 1, 2) == 1.5
    assert formulas.distinct_experts(256, 8, 1) == 8
    assert formulas.distinct_experts(256, 8, 64) == pytest.approx(222.4, abs=0.1)
    assert formulas.distinct_experts(8, 8, 3) == 8
    with pytest.raises(ValueError, match="experts"):
        formulas.distinct_experts(8, 9, 1)


def test_a_round_of_serving_reads_every_prompt_and_writes_every_answer() -> None:
    one = formulas.serving_bound(1, 5000, 500, 0, 70, 70e9, 3958, 6.7)
    assert one == pytest.approx(500 / (0.1769 + 500 * 70 / 6700), rel=0.001)
    assert formulas.serving_bound(50, 5000, 500, 0, 70, 70e9, 3958, 6.7) > 10 * one


def test_compaction_makes_the_triangle_a_saw() -> None:
    assert formulas.compacted_input_tokens(3, 2000, 1000, 4000, 1000) == 2000 + 3000 + 4000
    assert formulas.compacted_input_tokens(5, 2000, 1000, 4000, 1000) == 2000 + 3000 + 4000 + 1000 + 2000
    with pytest.raises(ValueError, match="summary"):
        formulas.compacted_input_tokens(5, 2000, 1000, 4000, 4000)


def test_a_cache_pays_once_hits_outweigh_the_surcharge_for_storing() -> None:
    hits = formulas.break_even_hits(4, 5, 0.2)
    assert hits == pytest.approx(20.83, abs=0.01)
    assert (1 - hits / 100) * 5 + hits / 100 * 0.2 == pytest.approx(4)


def test_a_record_may_name_every_formula_that_gives_one_number() -> None:
    names = {item.name for item in pkgutil.iter_modules(package.__path__)} - {"number"}
    assert names == {module.__name__.rpartition(".")[2] for module in package.MODULES}
    assert len(FORMULAS) > 100 and {"sum", "gpu_hours"} <= set(FORMULAS)
    assert not {"softmax", "total"} & set(FORMULAS)
    assert all(get_type_hints(formula)["return"] in (float, Day) for formula in FORMULAS.values())


def test_a_supply_that_halves_by_what_is_issued_steps_at_half_three_quarters_and_seven_eighths() -> None:
    cap = 21e6
    assert [formulas.halving_threshold(cap, n) for n in (1, 2, 3)] == [10.5e6, 15.75e6, 18.375e6]
    assert [
        formulas.halved_emission(1, issued, cap)
        for issued in (0, 10.4e6, 10.5e6, 15.7e6, 15.75e6, 18.375e6, 21e6)
    ] == [1, 1, 0.5, 0.5, 0.25, 0.125, 0]
    assert formulas.issued_per_day(1, 12) == 7200


def test_selling_as_many_tokens_as_a_pool_holds_fetches_half_their_quoted_value_and_quarters_the_price() -> (
    None
):
    """The pool of the worked number: 100,000 tokens beside $200,000, so $2 each."""
    assert formulas.pool_proceeds(100_000, 100_000, 200_000, 0) == 100_000
    assert formulas.pool_price(100_000, 100_000, 200_000, 0) == 0.5
    assert formulas.pool_proceeds(100_000, 100_000, 200_000, 0.3) == pytest.approx(200_000 * 99_700 / 199_700)
    assert formulas.pool_proceeds(10_000, 100_000, 200_000, 0) / 20_000 == pytest.approx(1 / 1.1)
    assert formulas.pool_price(10_000, 100_000, 200_000, 0) / 2 == pytest.approx(1 / 1.21)


def test_a_pool_pays_what_the_code_of_uniswap_pays() -> None:
    """In whole units, as `getAmountOut` reckons: 997 in × out / (1000 reserve + 997 in), rounded down."""
    sold, tokens, money = 12_345, 100_000, 200_000
    assert int(formulas.pool_proceeds(sold, tokens, money, 0.3)) == sold * 997 * money // (
        tokens * 1000 + sold * 997
    )


def test_a_machine_of_eight_for_240_000_dollars() -> None:
    rent, space, power = formulas.rent_year(8, 2), formulas.space_year(10, 150), formulas.power_year(10, 0.1)
    assert (rent, space, power) == (140_160, 18_000, pytest.approx(8_760))
    cash = rent - space - power
    assert formulas.payback_years(240_000, cash) == pytest.approx(2.116, abs=5e-4)
    assert (formulas.straight_line(240_000, 6), formulas.straight_line(240_000, 3)) == (40_000, 80_000)
    assert formulas.hour_from_month(14_600, 10) == 2
    assert formulas.rent_to_cover(space + power + 40_000, 8) == pytest.approx(0.9526, abs=5e-5)


def test_a_machine_that_leaves_nothing_is_never_paid_back() -> None:
    with pytest.raises(ValueError, match="never paid back"):
        formulas.payback_years(240_000, 0)


def test_energy_and_emissions_of_bloom_as_its_makers_reckon_them() -> None:
    """Luccioni et al. 2022: 1,082,990 hours of A100s at 400 W, 433,196 kWh, 24.69 tonnes at 57 g."""
    energy = formulas.site_energy(1_082_990, formulas.machine_watts(400, 100, 1), 1)
    assert energy == pytest.approx(433.196)
    assert formulas.emissions(energy, 57) == pytest.approx(24.69, abs=0.005)
    assert formulas.grid_intensity(24.69, energy) == pytest.approx(57, abs=0.01)


def test_how_far_off_and_how_many_times_the_rest() -> None:
    assert formulas.relative_difference(90, 120) == -25
    assert formulas.in_proportion(0.44, 1000, 700) == pytest.approx(0.628571428571)
    with pytest.raises(ZeroDivisionError):
        formulas.in_proportion(1, 1, 0)
    assert formulas.times_the_rest(80) == 4


def test_a_cache_and_a_cheaper_model_each_take_their_share_of_a_cost() -> None:
    assert formulas.read_cost(20_000, 80, 2, 0.2) == pytest.approx(
        0.0112
    )  # 4,000 fresh at $2 and 16,000 at $0.20 a million
    assert formulas.blended_cost(0.06, 0.003, 30) == pytest.approx(0.0429)


def test_the_price_that_leaves_60_percent_after_a_fee_of_three() -> None:
    price = formulas.price_for_margin(16.20, 3, 60)
    assert price == pytest.approx(43.78, abs=0.005)
    assert formulas.gross_margin(price, 16.20 + 0.03 * price) == pytest.approx(60)
    with pytest.raises(ValueError, match="no price"):
        formulas.price_for_margin(1, 40, 60)


def test_the_heaviest_tenth_of_a_lognormal() -> None:
    assert formulas.lognormal_spread(10) == 0 and formulas.lognormal_spread(38.91) == pytest.approx(
        1, abs=1e-3
    )  # Φ(1 − 1.2816) = 0.3891
    assert formulas.tenth_mean(120, 27) == 324
    assert formulas.lognormal_above(1, 1, 1) == pytest.approx(
        30.85, abs=0.005
    )  # Φ(−1/2): most users lie below their mean
    assert (
        formulas.lognormal_above(100, 120, 0) == 100
        and formulas.lognormal_above(130, 120, 0) == 0
        and formulas.lognormal_above(0, 0, 1) == 0
    )
    with pytest.raises(ValueError, match="between 10 and 100"):
        formulas.lognormal_spread(9)


def test_use_beyond_a_level_is_what_a_sum_over_many_users_gives() -> None:
    spread, places, normal = formulas.lognormal_spread(42), 200_000, NormalDist()
    uses = [
        120 * math.exp(spread * normal.inv_cdf((n + 0.5) / places) - spread**2 / 2) for n in range(places)
    ]
    tenth = uses[-places // 10 :]
    for level in (0, 100, 250, 900):
        over, top = (sum(max(0, one - level) for one in users) / len(users) for users in (uses, tenth))
        assert formulas.lognormal_excess(level, 120, spread) == pytest.approx(over, rel=5e-3)
        assert formulas.lognormal_tenth_excess(level, 120, spread) == pytest.approx(top, rel=5e-3)
    assert formulas.lognormal_excess(100, 120, 0) == 20 and formulas.lognormal_excess(150, 120, 0) == 0


def test_the_heaviest_tenth_follows_from_a_ratio_or_a_gini_coefficient() -> None:
    assert formulas.lognormal_tenth_from_ratio(6, 95) == pytest.approx(42.37, abs=0.01)
    assert formulas.lognormal_tenth_from_ratio(1, 95) == pytest.approx(10)
    assert formulas.lognormal_tenth_from_gini(0) == pytest.approx(10)
    # 46 times the median at the 99th percentile and a Gini coefficient of 0.77 are of the same users
    assert formulas.lognormal_tenth_from_ratio(46, 99) == pytest.approx(64.2, abs=0.1)
    assert formulas.lognormal_tenth_from_gini(0.77) == pytest.approx(66.1, abs=0.1)
    share = formulas.lognormal_tenth_from_gini(0.72)
    spread, places, normal = formulas.lognormal_spread(share), 20_000, NormalDist()
    uses = [math.exp(spread * normal.inv_cdf((n + 0.5) / places)) for n in range(places)]
    ranked = sum((2 * (n + 1) - places - 1) * one for n, one in enumerate(uses))
    assert ranked / (places * sum(uses)) == pytest.approx(0.72, abs=2e-3)


def test_nine_of_ten_true_means_lie_within_the_reach_of_a_measured_one() -> None:
    spread, users, draw = formulas.lognormal_spread(27), 100, random.Random(29)
    reach = formulas.mean_reach(spread, users)
    means = [
        sum(draw.lognormvariate(-spread * spread / 2, spread) for _ in range(users)) / users
        for _ in range(2000)
    ]
    inside = sum(1 / reach <= mean <= reach for mean in means) / len(means)
    assert reach == pytest.approx(1.131, abs=0.001) and inside == pytest.approx(0.9, abs=0.02)
    assert formulas.mean_reach(0, 1) == 1


def test_customers_who_leave_pay_back_later_or_never() -> None:
    assert formulas.payback_months(180, 18, 0) == 10
    months = formulas.payback_months(180, 18, 3)
    earned = sum(18 * 0.97**month for month in range(11))
    assert 11 < months < 12 and earned < 180 < earned + 18 * 0.97**11
    assert formulas.payback_months(180, 5, 3) == math.inf == formulas.payback_months(180, -1, 0)
    assert formulas.lifetime_profit(18, 3) == 600


def test_days_months_and_years_lie_between_two_days() -> None:
    first, last = (Day(date.fromisoformat(day).toordinal()) for day in ("2020-05-28", "2025-04-29"))
    assert formulas.days_between(first, last) == 1797
    assert formulas.days_between(last, first) == -1797
    assert formulas.years_between(first, last) == pytest.approx(4.92, abs=0.001)
    assert formulas.months_between(first, last) == pytest.approx(59.04, abs=0.01)


def test_a_hundred_and_twenty_days_before_18_january_2027_is_20_september_2026() -> None:
    back = formulas.date_back_from(Day(date(2027, 1, 18).toordinal()), 120)
    assert date.fromordinal(back) == date(2026, 9, 20)
    assert date.fromordinal(formulas.date_from(back, 120.9)) == date(2027, 1, 18)
