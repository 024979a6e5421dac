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


def lora_parameters(rank: Number, inputs: Number, outputs: Number) -> float:
    """Numbers that LoRA trains beside one matrix: r · (d_in + d_out), for B of d_out × r and A of r × d_in (Hu et al. 2021, section 4.1)."""
    return rank * (inputs + outputs)


def lora_llama_parameters(rank: Number, layers: Number, width: Number, kv_width: Number, hidden: Number) -> float:
    """LoRA on all seven matrices of each layer built like Llama 3: query and output, key and value, and three of the feed-forward layer."""
    attention = 2 * lora_parameters(rank, width, width) + 2 * lora_parameters(rank, width, kv_width)
    return layers * (attention + 3 * lora_parameters(rank, width, hidden))


def pass_cost_per_million(flop: Number, parameters: Number, flop_per_second: Number, utilization: Number, hour: Number) -> float:
    """USD of rented time to put a million tokens through a dense model at `flop` operations a parameter and token.

    6 for training, 2 for reading once; `utilization` is the percentage of the chip's peak that is reached, `hour` USD per GPU-hour.
    """
    return gpu_hours(flop * parameters * 1e6, flop_per_second * utilization / 100) * hour


def rental_cost_per_million(hour: Number, tokens_per_second: Number, utilization: Number) -> float:
    """USD per million tokens from a machine rented at `hour` USD that does `utilization` percent of the tokens it could."""
    return hour * 1e6 / (tokens_per_second * 3600 * utilization / 100)


def full_use_cost_per_million(hour: Number, tokens_per_second: Number) -> float:
    """USD per million tokens from a machine rented at `hour` USD that is never idle."""
    return rental_cost_per_million(hour, tokens_per_second, 100)


def break_even_utilization(hour: Number, tokens_per_second: Number, price: Number) -> float:
    """Percent of its capacity at which a rented machine costs per token what a list price does; above 100 it never does."""
    return full_use_cost_per_million(hour, tokens_per_second) / price * 100


def break_even_volume(bill: Number, price: Number) -> float:
    """Tokens at which `bill` USD equals a list price in USD per million tokens."""
    return bill / price * 1e6


def mixed_price(tokens_in: Number, price_in: Number, tokens_out: Number, price_out: Number) -> float:
    """USD per million tokens, in and out together, of a request at two list prices. Raises ZeroDivisionError for a request without tokens."""
    return (tokens_in * price_in + tokens_out * price_out) / (tokens_in + tokens_out)


def break_even_hits(fresh: Number, write: Number, cached: Number) -> float:
    """Percent of requests that must find a beginning in the cache for caching to cost what reading it fresh costs.

    All three are prices of the same tokens: read fresh, stored on a miss, read from the cache on a hit. Raises ZeroDivisionError.
    """
    return 100 * (write - fresh) / (write - cached)


def times_from_log_points(points: Number) -> float:
    """The factor that a fall or rise of so many natural log points is: exp(points)."""
    return math.exp(points)


def annualized_month(month: Number) -> float:
    """A month's revenue times twelve, in USD: a run-rate, not a year's revenue."""
    return month * 12


def annualized_quarter(quarter: Number) -> float:
    """A quarter's revenue times four, in USD, to set beside a run-rate."""
    return quarter * 4


def average_quarter(year: Number) -> float:
    """A quarter of a year's amount, in the amount's unit: the average quarter, not a reported one."""
    return year / 4


def agent_input_tokens(calls: Number, first: Number, growth: Number) -> float:
    """Tokens that a loop reads in all its calls when each sends the whole context again: n·first + growth·n(n − 1)/2.

    `first` is the context of the first call, `growth` what each call adds to it, both in tokens.
    """
    return calls * first + growth * calls * (calls - 1) / 2


def agent_resent_tokens(calls: Number, first: Number, growth: Number) -> float:
    """Of the tokens that a loop reads, those that an earlier call had sent already: all but the last call's context."""
    return agent_input_tokens(calls, first, growth) - (first + growth * (calls - 1))


def compacted_input_tokens(calls: Number, first: Number, growth: Number, limit: Number, kept: Number) -> float:
    """Tokens that a loop reads when a context that would pass `limit` is first cut to a summary of `kept` tokens.

    The tokens of writing the summaries are not counted. Raises ValueError where the summary would not fit.
    """
    if kept >= limit:
        raise ValueError("the summary must be smaller than the limit")
    context, read = float(first), 0.0
    for _ in range(int(calls)):
        read += context
        context = kept if context + growth > limit else context + growth
    return read


def cost_per_completed_task(cost: Number, percent: Number) -> float:
    """Expected USD for one success when a try costs `cost` and succeeds in `percent` percent: cost / p.

    Holds for independent tries repeated until one succeeds, where a failure is noticed. Raises ZeroDivisionError for 0 percent.
    """
    return cost / (percent / 100)


def gross_margin(revenue: Number, cost: Number) -> float:
    """What is left of revenue after the direct cost of what was sold, in percent. Raises ZeroDivisionError without revenue."""
    return 100 * (revenue - cost) / revenue


def contribution_break_even(price: Number, fixed: Number, variable: Number) -> float:
    """Uses at which a customer who pays `price` contributes nothing: (price − fixed) / variable, the costs in USD a customer and a use."""
    return (price - fixed) / variable


def tera(amount: Number) -> float:
    """An amount given in trillions as a plain number: TFLOP/s as FLOP/s."""
    return amount * 1e12


def chips_to_hold(size: Number, memory: Number) -> float:
    """Whole chips whose memory holds `size`, both in one unit, with nothing left over for anything else."""
    return math.ceil(size / memory - 1e-9)


def per_second(milliseconds: Number) -> float:
    """How often a step of so many milliseconds fits into a second."""
    return 1000 / milliseconds


def prefill_time(parameters: Number, tokens: Number, rate: Number) -> float:
    """Milliseconds to read a prompt at `rate` TFLOP/s, 2 FLOP a parameter and token: a lower bound, attention's context term left out."""
    return inference_flop(parameters) * tokens / (rate * 1e12) * 1000


def decode_step(users: Number, cache: Number, weights: Number, parameters: Number, rate: Number, bandwidth: Number) -> float:
    """Milliseconds in which each of `users` gets one token: a lower bound (Austin et al. 2025, "All About Transformer Inference").

    `cache` is one user's key-value cache and `weights` the model, in GB; `rate` is in TFLOP/s and `bandwidth` in TB/s.
    Caches are always read; the weights are read once for all, unless the arithmetic takes longer.
    """
    arithmetic = inference_flop(parameters) * users / (rate * 1e12) * 1000
    return users * cache / bandwidth + max(arithmetic, weights / bandwidth)


def serving_bound(
    users: Number, prompt: Number, answer: Number, cache_per_token: Number, weights: Number, parameters: Number, rate: Number, bandwidth: Number,
) -> float:
    """Most tokens of answer a second, all users together, when chips take turns between reading prompts and writing answers.

    A round reads one prompt for each user and then writes every answer; the cache, in bytes a token, has half the answer on average.
    """
    cache = gigabytes(cache_per_token * (prompt + answer / 2))
    reading = users * prefill_time(parameters, prompt, rate)
    writing = answer * decode_step(users, cache, weights, parameters, rate, bandwidth)
    return users * answer / (reading + writing) * 1000


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
        tera, chips_to_hold, per_second, prefill_time, decode_step, serving_bound,
        annualized_month, annualized_quarter, average_quarter,
        lora_parameters, lora_llama_parameters, pass_cost_per_million, rental_cost_per_million, full_use_cost_per_million, break_even_utilization, break_even_volume, mixed_price, break_even_hits, times_from_log_points,
        agent_input_tokens, agent_resent_tokens, compacted_input_tokens, cost_per_completed_task, gross_margin, contribution_break_even,
    )
} | {"sum": total}
"""What `computed:` may name. `sum` is `total`, which keeps Python's own sum free."""
