"""Money as the guide writes it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal


def show_price(value: float) -> str:
    """Dollars as price lists write them: 8.00, 0.60, 0.075."""
    text = f"{value:.4f}".rstrip("0")
    whole_part, _, decimals = text.partition(".")
    return f"{whole_part}.{decimals.ljust(2, '0')}"


def show_dollars(value: float) -> str:
    """US dollars below a thousand in a sentence: $0.0042, $0.35, $12.90, $3. Half a cent counts as one."""
    size = Decimal(value)
    if size >= Decimal("0.0995"):
        return f"${size.quantize(Decimal('0.01'), ROUND_HALF_UP)}".removesuffix(".00")
    text = f"${Context(prec=2, rounding=ROUND_HALF_UP).plus(size):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
