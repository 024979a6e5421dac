"""Arithmetic that pages, figures and labs share. Each formula is a plain function of plain numbers.

A record names one in `computed:`; its `inputs:` give the argument names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

Number = float | int


def ratio(numerator: Number, denominator: Number) -> float:
    """numerator / denominator, in times. Raises ZeroDivisionError."""
    return numerator / denominator


def product(a: Number, b: Number) -> float:
    """a × b."""
    return a * b


def total(a: Number, b: Number) -> float:
    """a + b, in the unit of both."""
    return a + b


def difference(a: Number, b: Number) -> float:
    """a − b, in the unit of both."""
    return a - b


def share(part: Number, whole: Number) -> float:
    """part of whole, in percent. Raises ZeroDivisionError."""
    return 100 * part / whole


def growth_per_year(start: Number, end: Number, years: Number) -> float:
    """The constant yearly factor that turns start into end in so many years, in times a year."""
    return (end / start) ** (1 / years)


def training_flop(parameters: Number, tokens: Number) -> float:
    """Training compute of a dense transformer, FLOP: C ≈ 6ND (Kaplan et al. 2020, section 2.1).

    For a mixture of experts pass the active parameters.
    """
    return 6 * parameters * tokens


def inference_flop(parameters: Number) -> float:
    """Forward-pass compute per token, FLOP: about 2N (Kaplan et al. 2020, section 2.1), attention's context term left out."""
    return 2 * parameters


def memory_bytes(parameters: Number, bits: Number) -> float:
    """Memory that the weights alone take, in bytes."""
    return parameters * bits / 8


def tokens_from_words(words: Number, words_per_token: Number) -> float:
    """Tokens in a text of so many words."""
    return words / words_per_token


def cost_per_million(tokens: Number, price: Number) -> float:
    """USD for `tokens` at `price` USD per million tokens."""
    return tokens * price / 1e6


def patches(side: Number, patch: Number) -> float:
    """Square patches that a square image of `side` pixels is cut into (Dosovitskiy et al. 2020, section 3.1)."""
    return (side / patch) ** 2


def gain_kept_per_tenfold(alpha: Number, beta: Number) -> float:
    """What ten times the compute leaves of the reducible loss, in percent: 100 · 10^(−αβ/(α+β)).

    At the compute-optimal split of C = 6ND under L = E + A/N^α + B/D^β, the reducible loss falls as C^(−αβ/(α+β))
    (Hoffmann et al. 2022, section 3.3 and appendix D.3); each further tenfold gains that share of the gain before it.
    """
    return 100 * 10 ** (-alpha * beta / (alpha + beta))


def kv_cache_bytes(layers: Number, kv_heads: Number, head_size: Number, bytes_per_value: Number) -> float:
    """Key-value cache of one token, in bytes: a key and a value for every layer and key-value head (Shazeer 2019; Ainslie et al. 2023)."""
    return 2 * layers * kv_heads * head_size * bytes_per_value


def latent_cache_bytes(layers: Number, width: Number, bytes_per_value: Number) -> float:
    """Cache of one token under latent attention, in bytes: one compressed vector of `width` numbers a layer (DeepSeek-V2, section 2.1)."""
    return layers * width * bytes_per_value


def gpu_hours(flop: Number, flop_per_second: Number) -> float:
    """Hours that one chip at that speed would take; with the peak speed, the least that the work can cost."""
    return flop / flop_per_second / 3600


def days_on(hours: Number, gpus: Number) -> float:
    """Days that so many GPU-hours last on so many chips, all in use throughout."""
    return hours / gpus / 24


def fitted_loss(parameters: Number, tokens: Number, floor: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """Predicted loss in nats a token: L = E + A/N^α + B/D^β, E being the floor (Hoffmann et al. 2022, section 3.3)."""
    return floor + a / parameters**alpha + b / tokens**beta


def optimal_parameters(compute: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """Parameters that make the fitted loss least at C = 6ND: (αA/βB)^(1/(α+β)) · (C/6)^(β/(α+β)) (Hoffmann et al. 2022, equation 4)."""
    return (alpha * a / (beta * b)) ** (1 / (alpha + beta)) * (compute / 6) ** (beta / (alpha + beta))


def optimal_tokens(compute: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """Tokens that make the fitted loss least at C = 6ND: what the budget leaves at the optimal size."""
    return compute / (6 * optimal_parameters(compute, a, b, alpha, beta))


def optimal_loss(compute: Number, floor: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """The least loss that a fit predicts for a budget of `compute` FLOP, nats a token."""
    size = optimal_parameters(compute, a, b, alpha, beta)
    return fitted_loss(size, compute / (6 * size), floor, a, b, alpha, beta)


def reducible_loss(compute: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """What a fit predicts above its floor at the best split of `compute` FLOP, nats a token."""
    return optimal_loss(compute, 0, a, b, alpha, beta)


def fitted_gap(parameters: Number, tokens: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """Predicted loss above the floor, nats a token: A/N^α + B/D^β (Hoffmann et al. 2022, section 3.3)."""
    return fitted_loss(parameters, tokens, 0, a, b, alpha, beta)


def optimal_compute(gap: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """FLOP with which the best split comes down to `gap` nats above the floor: the inverse of `reducible_loss`.

    The gap falls as C^(−αβ/(α+β)) (Hoffmann et al. 2022, section 3.3), so one known point fixes the rest.
    """
    return (reducible_loss(1.0, a, b, alpha, beta) / gap) ** ((alpha + beta) / (alpha * beta))


def break_even_tokens(extra: Number, larger: Number, smaller: Number) -> float:
    """Tokens to serve until `extra` training FLOP are paid back by the smaller model's cheaper forward pass, 2 FLOP a parameter."""
    return extra / (inference_flop(larger) - inference_flop(smaller))


def tenfold(amount: Number) -> float:
    """Ten times the amount, in its unit."""
    return 10 * amount


def times_per_tenfold(exponent: Number) -> float:
    """How often a quantity that grows as C^exponent multiplies when C grows tenfold, in times."""
    return 10**exponent


def years_for_tenfold(rate: Number) -> float:
    """Years to grow tenfold at a constant rate in times a year. Raises ZeroDivisionError for a rate of 1."""
    return 1 / math.log10(rate)


def rate_from_halving(months: Number) -> float:
    """Times a year by which something improves whose need halves in so many months."""
    return 2 ** (12 / months)


def gap_kept_per_year(kept: Number, rate: Number) -> float:
    """Percent of the reducible loss left after a year in which compute grew `rate` times, if a tenfold leaves `kept` percent."""
    return 100 * (kept / 100) ** math.log10(rate)


def grown(amount: Number, rate: Number, years: Number) -> float:
    """An amount after growing `rate` times a year for so many years, in its unit."""
    return amount * rate**years


def years_to_grow(start: Number, end: Number, rate: Number) -> float:
    """Years until `start` has become `end` at `rate` times a year. Raises ZeroDivisionError for a rate of 1."""
    return math.log(end / start) / math.log(rate)


def percent_of(whole: Number, percent: Number) -> float:
    """What `percent` percent of a whole comes to, in the unit of the whole."""
    return whole * percent / 100


def attention_parameters(width: Number, heads: Number, kv_heads: Number, head_size: Number) -> float:
    """Parameters of one attention layer without biases: query and output matrices for every head, key and value matrices for every
    key-value head (Vaswani et al. 2017, section 3.2.2; grouped as in Ainslie et al. 2023).
    """
    return 2 * width * heads * head_size + 2 * width * kv_heads * head_size


def gated_feed_forward_parameters(width: Number, hidden: Number) -> float:
    """Parameters of one gated feed-forward layer (SwiGLU): two matrices up, one down, no biases (Llama 3, model.py)."""
    return 3 * width * hidden


def llama_parameters(
    layers: Number, width: Number, heads: Number, kv_heads: Number, head_size: Number, hidden: Number, vocabulary: Number,
) -> float:
    """All parameters of a dense model built like Llama 3: separate input and output tables, two norms a layer and one at the end."""
    layer = attention_parameters(width, heads, kv_heads, head_size) + gated_feed_forward_parameters(width, hidden) + 2 * width
    return layers * layer + 2 * vocabulary * width + width


def attention_extra(layers: Number, width: Number, context: Number, parameters: Number) -> float:
    """What 6ND leaves out, in percent of it: attention over a full context, layers · context · width / N (Kaplan et al. 2020, equation 2.2)."""
    return 100 * layers * context * width / parameters


def gigabytes(size: Number) -> float:
    """A size in bytes as decimal GB."""
    return size / 1e9


def hours_between(days: Number, events: Number) -> float:
    """Average hours from one event to the next, over so many days."""
    return days * 24 / events


def gigawatt_hours(hours: Number, watts: Number) -> float:
    """Energy in GWh of so many hours at so many watts."""
    return hours * watts / 1e9


def even_guess_loss(vocabulary: Number) -> float:
    """Loss in nats of giving every token the same probability: ln V. Its perplexity is V."""
    return math.log(vocabulary)


def chance_of_any(percent: Number, tries: Number) -> float:
    """Chance that at least one of so many independent tries succeeds, in percent: 1 − (1 − p)^k (Brown et al. 2024)."""
    return 100 * (1 - (1 - percent / 100) ** tries)


def standard_error(percent: Number, cases: Number) -> float:
    """Standard error of a score, in percentage points: √(p(1 − p) / n) for n independent cases (Miller 2024)."""
    share_right = percent / 100
    return 100 * math.sqrt(share_right * (1 - share_right) / cases)


def cases_to_tell_apart(percent_a: Number, percent_b: Number) -> float:
    """Cases for each of two models, so that a true difference is found in 80% of tests at 5% false alarms.

    n = (1.96 + 0.84)² · (a(1 − a) + b(1 − b)) / (a − b)², for two separate samples of cases (Miller 2024).
    """
    a, b = percent_a / 100, percent_b / 100
    return (1.96 + 0.84) ** 2 * (a * (1 - a) + b * (1 - b)) / (a - b) ** 2


def softmax(logits: Sequence[Number], temperature: Number = 1.0) -> list[float]:
    """Probabilities of `logits` at a temperature > 0: exp(x/T) over its sum. Raises ValueError for T ≤ 0."""
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    top = max(logits)
    weights = [math.exp((x - top) / temperature) for x in logits]
    return [weight / sum(weights) for weight in weights]


FORMULAS: dict[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        ratio, product, difference, share, growth_per_year, training_flop, inference_flop, memory_bytes,
        tokens_from_words, cost_per_million, patches, gain_kept_per_tenfold,
        kv_cache_bytes, latent_cache_bytes, gpu_hours, days_on,
        fitted_loss, optimal_parameters, optimal_tokens, optimal_loss,
        reducible_loss, fitted_gap, optimal_compute, break_even_tokens, tenfold, times_per_tenfold, years_for_tenfold, rate_from_halving, gap_kept_per_year, percent_of,
        chance_of_any, standard_error, cases_to_tell_apart,
        attention_parameters, gated_feed_forward_parameters, llama_parameters, attention_extra, gigabytes,
        hours_between, gigawatt_hours, even_guess_loss,
        grown, years_to_grow,
    )
} | {"sum": total}
"""What `computed:` may name. `sum` is `total`, which keeps Python's own sum free."""
