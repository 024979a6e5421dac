"""Money as the guide writes it."""

from __future__ import annotations


def show_price(value: float) -> str:
    """Dollars as price lists write them: 8.00, 0.60, 0.075."""
    text = f"{value:.4f}".rstrip("0")
    whole_part, _, decimals = text.partition(".")
    return f"{whole_part}.{decimals.ljust(2, '0')}"
