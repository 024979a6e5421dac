"""A chip's roofline (Williams et al. 2009): how much arithmetic its memory can feed, another chip's beside it, and where kinds of work stand on the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference, amount
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict


class Inputs(Strict):
    chip: str
    other: str
    low: float
    high: float
    floor: float
    """FLOP for each byte between which the lines run, and the lowest rate drawn, TFLOP/s."""
    works: dict[str, float | Reference]
    """Each kind of work's tokens in one pass over the weights: at 16 bits the FLOP for each byte."""


@dataclass(frozen=True)
class Roof:
    """Peak in TFLOP/s, bandwidth in TB/s."""

    peak: float
    bandwidth: float

    @property
    def ridge(self) -> float:
        """FLOP for each byte at which both limits meet."""
        return self.peak / self.bandwidth

    def __call__(self, intensity: float) -> float:
        """TFLOP/s that memory and arithmetic allow together."""
        return min(self.peak, intensity * self.bandwidth)


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """Curves `main` and `other`, and points of the works with {share}, the percentage of the peak; the chart names {id_rate} and {id_share}."""
    roofs = {key: Roof(number(book, f"{slug}.bf16"), number(book, f"{slug}.bandwidth")) for key, slug in (("main", inputs.chip), ("other", inputs.other))}
    main, curves = roofs["main"], []
    for key, roof in roofs.items():
        start = max(inputs.low, inputs.floor / roof.bandwidth)
        curves.append({"id": key, "curve": [(start, roof(start)), (roof.ridge, roof.peak), (inputs.high, roof.peak)]})
    points: list[dict[str, Any]] = []
    every: dict[str, float] = {}
    for key, work in inputs.works.items():
        tokens = amount(book, work).value
        rate, share = main(tokens), 100 * main(tokens) / main.peak
        points.append({"id": key, "x": work, "value": rate, "values": {"share": share, "tokens": tokens}})
        every |= {f"{key}_rate": rate, f"{key}_share": share}
    return {
        "texts": {"main": book.hardware[inputs.chip].name, "other": book.hardware[inputs.other].name},
        "values": {**every, "ridge": main.ridge, "other_ridge": roofs["other"].ridge, "peak": f"{inputs.chip}.bf16", "other_peak": f"{inputs.other}.bf16"},
        "panels": [{"id": "roof", "series": [*curves[::-1], {"id": "works", "points": points}]}],
    }
