"""What a model is made of: parameters, memory, caches, tokens and patches, and the probabilities that it
gives.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from fieldguide.records.formulas.number import Number


def memory_bytes(parameters: Number, bits: Number) -> float:
    """Memory that the weights alone take, in bytes."""
    return parameters * bits / 8


def tokens_from_words(words: Number, words_per_token: Number) -> float:
    """Tokens in a text of so many words."""
    return words / words_per_token


def patches(side: Number, patch: Number) -> float:
    """Square patches that a square image of `side` pixels is cut into (Dosovitskiy et al. 2020, section
    3.1).
    """
    return (side / patch) ** 2


def attention_parameters(width: Number, heads: Number, kv_heads: Number, head_size: Number) -> float:
    """Parameters of one attention layer without biases: query and output matrices for every head, key and
    value matrices for every
    key-value head (Vaswani et al. 2017, section 3.2.2; grouped as in Ainslie et al. 2023).
    """
    return 2 * width * heads * head_size + 2 * width * kv_heads * head_size


def gated_feed_forward_parameters(width: Number, hidden: Number) -> float:
    """Parameters of one gated feed-forward layer (SwiGLU): two matrices up, one down, no biases (Llama 3,
    model.py).
    """
    return 3 * width * hidden


def llama_parameters(
    layers: Number,
    width: Number,
    heads: Number,
    kv_heads: Number,
    head_size: Number,
    hidden: Number,
    vocabulary: Number,
) -> float:
    """All parameters of a dense model built like Llama 3: separate input and output tables, two norms a layer
    and one at the end.
    """
    layer = (
        attention_parameters(width, heads, kv_heads, head_size)
        + gated_feed_forward_parameters(width, hidden)
        + 2 * width
    )
    return layers * layer + 2 * vocabulary * width + width


def lora_parameters(rank: Number, inputs: Number, outputs: Number) -> float:
    """Numbers that LoRA trains beside one matrix: r · (d_in + d_out), for B of d_out × r and A of r × d_in
    (Hu et al. 2021, section 4.1).
    """
    return rank * (inputs + outputs)


def lora_llama_parameters(
    rank: Number, layers: Number, width: Number, kv_width: Number, hidden: Number
) -> float:
    """LoRA on all seven matrices of each layer built like Llama 3: query and output, key and value, and three
    of the feed-forward layer.
    """
    attention = 2 * lora_parameters(rank, width, width) + 2 * lora_parameters(rank, width, kv_width)
    return layers * (attention + 3 * lora_parameters(rank, width, hidden))


def kv_cache_bytes(layers: Number, kv_heads: Number, head_size: Number, bytes_per_value: Number) -> float:
    """Key-value cache of one token, in bytes: a key and a value for every layer and key-value head (Shazeer
    2019; Ainslie et al. 2023).
    """
    return 2 * layers * kv_heads * head_size * bytes_per_value


def latent_cache_bytes(layers: Number, width: Number, bytes_per_value: Number) -> float:
    """Cache of one token under latent attention, in bytes: one compressed vector of `width` numbers a layer
    (DeepSeek-V2, section 2.1).
    """
    return layers * width * bytes_per_value


def even_guess_loss(vocabulary: Number) -> float:
    """Loss in nats of giving every token the same probability: ln V. Its perplexity is V."""
    return math.log(vocabulary)


def softmax(logits: Sequence[Number], temperature: Number = 1.0) -> list[float]:
    """Probabilities of `logits` at a temperature > 0: exp(x/T) over its sum. Raises ValueError for T ≤ 0."""
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    top = max(logits)
    weights = [math.exp((x - top) / temperature) for x in logits]
    return [weight / sum(weights) for weight in weights]
