"""Arithmetic that pages, figures and labs share. Each formula is a plain function of plain numbers, in the module of its subject.

A record names one in `computed:`; its `inputs:` give the argument names.
"""

from __future__ import annotations

from collections.abc import Callable

from fieldguide.records.formulas.agents import (
    agent_input_tokens,
    agent_resent_tokens,
    compacted_input_tokens,
    cost_per_completed_task,
)
from fieldguide.records.formulas.arithmetic import (
    difference,
    from_share,
    gigabytes,
    gigawatt_hours,
    grown,
    growth_per_year,
    hours_between,
    in_proportion,
    opposite,
    per_second,
    percent_of,
    product,
    rate_from_halving,
    ratio,
    relative_difference,
    remainder,
    seconds_in,
    share,
    tenfold,
    tera,
    times_from_log_points,
    times_per_tenfold,
    times_the_rest,
    total,
    years_for_tenfold,
    years_to_grow,
)
from fieldguide.records.formulas.compute import (
    attention_extra,
    billed_hours,
    break_even_tokens,
    days_on,
    gpu_hours,
    inference_flop,
    training_flop,
)
from fieldguide.records.formulas.dates import date_back_from, date_from, days_between, months_between, years_between
from fieldguide.records.formulas.energy import (
    emissions,
    grid_intensity,
    machine_watts,
    site_energy,
)
from fieldguide.records.formulas.evaluation import (
    cases_to_tell_apart,
    chance_of_any,
    mcnemar_chance,
    paired_cases_needed,
    paired_standard_error,
    standard_error,
    wilson_high,
    wilson_low,
)
from fieldguide.records.formulas.money import (
    annualized_month,
    annualized_quarter,
    average_quarter,
    blended_cost,
    break_even_hits,
    break_even_utilization,
    break_even_volume,
    contribution_break_even,
    full_use_cost_per_million,
    gross_margin,
    mixed_price,
    pass_cost_per_million,
    price_for_margin,
    read_cost,
    rental_cost_per_million,
    token_cost,
)
from fieldguide.records.formulas.owning import (
    book_value,
    hour_from_month,
    owned_hour,
    payback_years,
    power_year,
    rent_to_cover,
    rent_year,
    space_year,
    straight_line,
)
from fieldguide.records.formulas.scaling import (
    fitted_gap,
    fitted_loss,
    gain_kept_per_tenfold,
    gap_kept_per_year,
    optimal_compute,
    optimal_loss,
    optimal_parameters,
    optimal_tokens,
    reducible_loss,
)
from fieldguide.records.formulas.serving import (
    chips_to_hold,
    decode_step,
    distinct_experts,
    prefill_shared,
    prefill_time,
    read_parameters,
    serving_bound,
    stairs_meet,
    stairs_stay_below,
    tokens_in_turns,
    whole_machines,
)
from fieldguide.records.formulas.size import (
    attention_parameters,
    even_guess_loss,
    gated_feed_forward_parameters,
    kv_cache_bytes,
    latent_cache_bytes,
    llama_parameters,
    lora_llama_parameters,
    lora_parameters,
    memory_bytes,
    patches,
    tokens_from_words,
)
from fieldguide.records.formulas.size import softmax as softmax
from fieldguide.records.formulas.spread import lognormal_above, lognormal_spread, tenth_mean
from fieldguide.records.formulas.tokens import (
    break_even_multiple,
    burn_and_mint,
    dilution,
    halved_emission,
    halving_threshold,
    issued_per_day,
    next_four_quarters,
    pool_price,
    pool_proceeds,
)

FORMULAS: dict[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        ratio, product, difference, share, percent_of, in_proportion, relative_difference, remainder, opposite, from_share, tenfold, growth_per_year, grown, years_to_grow, times_per_tenfold, years_for_tenfold, rate_from_halving, times_from_log_points, times_the_rest, gigabytes, tera, hours_between, gigawatt_hours, per_second, seconds_in,
        days_between, months_between, years_between, date_from, date_back_from,
        memory_bytes, tokens_from_words, patches, attention_parameters, gated_feed_forward_parameters, llama_parameters, lora_parameters, lora_llama_parameters, kv_cache_bytes, latent_cache_bytes, even_guess_loss,
        training_flop, inference_flop, attention_extra, gpu_hours, billed_hours, days_on, break_even_tokens,
        machine_watts, site_energy, emissions, grid_intensity,
        fitted_loss, fitted_gap, optimal_parameters, optimal_tokens, optimal_loss, reducible_loss, optimal_compute, gain_kept_per_tenfold, gap_kept_per_year,
        chips_to_hold, prefill_time, prefill_shared, decode_step, serving_bound, tokens_in_turns, read_parameters, distinct_experts, whole_machines, stairs_meet, stairs_stay_below,
        chance_of_any, standard_error, cases_to_tell_apart, wilson_low, wilson_high, paired_standard_error, mcnemar_chance, paired_cases_needed,
        agent_input_tokens, agent_resent_tokens, compacted_input_tokens, cost_per_completed_task,
        token_cost, read_cost, blended_cost, pass_cost_per_million, rental_cost_per_million, full_use_cost_per_million, break_even_utilization, break_even_volume, mixed_price, break_even_hits, annualized_month, annualized_quarter, average_quarter, gross_margin, contribution_break_even, price_for_margin,
        tenth_mean, lognormal_spread, lognormal_above,
        issued_per_day, halving_threshold, halved_emission, dilution, break_even_multiple, pool_proceeds, pool_price, next_four_quarters, burn_and_mint,
        rent_year, space_year, power_year, straight_line, book_value, payback_years, rent_to_cover, hour_from_month, owned_hour,
    )
} | {"sum": total}
"""What `computed:` may name. `sum` is `total`, which keeps Python's own sum free."""
