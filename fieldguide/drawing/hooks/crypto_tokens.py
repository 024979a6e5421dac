"""Crypto tokens: what a holder gets who sells into a pool."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.drawing.figure_values import FieldReference
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.records.formulas.arithmetic import percent_of, share
from fieldguide.records.formulas.crypto_tokens import pool_price, pool_proceeds


class PoolExit(Hook):
    """Sales of several sizes into one constant-product pool, each alone and without the pool's fee, which is
    given for comparison.
    """

    tokens: float = Key(gt=0)
    money: float = Key(gt=0)
    """USD beside the tokens."""
    fee: FieldReference
    """Percent of a sale."""
    sold: dict[str, float] = Key(min_length=1)
    """Percent of the pool's tokens, by the id of a row."""

    def compute(self, book: Book) -> Filling:
        """The group `sales`: by row two bars, {received} of the quoted value and {kept} of the price, in
        percent; in the row {sold}, {quoted}, {paid}, {after_fee}, {price}.
        """
        fee, rows = number(book, self.fee), []
        for name, part in self.sold.items():
            sold, spot = percent_of(self.tokens, part), self.money / self.tokens
            paid, price = (
                pool_proceeds(sold, self.tokens, self.money, 0),
                pool_price(sold, self.tokens, self.money, 0),
            )
            values = {
                "sold": sold,
                "quoted": sold * spot,
                "paid": paid,
                "after_fee": pool_proceeds(sold, self.tokens, self.money, fee),
                "price": price,
                "received": share(paid, sold * spot),
                "kept": share(price, spot),
            }
            rows.append(
                {
                    "id": name,
                    "bars": [
                        {"value": values["received"], "look": "solid"},
                        {"value": values["kept"], "look": "light"},
                    ],
                    "values": values,
                }
            )
        return {
            "values": {"tokens": self.tokens, "money": self.money, "spot": self.money / self.tokens},
            "groups": [{"id": "sales", "rows": rows}],
        }
