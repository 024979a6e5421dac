"""Accelerators: one record each, with dense peak rates only.

data/hardware/<id>.yml; cited as `fact:<id>.<field>`. Units are fixed: memory in GB, bandwidth in TB/s, rates
in TFLOP/s, power in W.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from pydantic import Field as Key

from fieldguide.records.field import Field, Positive, positive
from fieldguide.records.tabular import Tabular
from fieldguide.text.problems import Problem, closest

UNITS = {
    "memory": "GB",
    "bandwidth": "TB/s",
    "bf16": "TFLOP/s",
    "fp8": "TFLOP/s",
    "fp4": "TFLOP/s",
    "power": "W",
}
RATES = ("bf16", "fp8", "fp4")
Scope = Literal["chip", "wafer", "board", "rack"]


class PeakRate(Field):
    """A peak rate. Vendors often print twice the rate for matrices with structured zeros, so each value says
    which it is.
    """

    sparsity: Literal["dense", "sparse"] | None = Key(None, examples=["dense"])


PositiveRate = Annotated[PeakRate, AfterValidator(positive)]


class Accelerator(Tabular):
    """data/hardware/<id>.yml."""

    units: ClassVar = UNITS

    vendor: str = Key(examples=["nvidia"])
    """The id of a company."""
    year: int
    scope: Scope
    memory_type: str = Key(examples=["HBM3"])
    memory: Positive | None = None
    bandwidth: Positive | None = None
    bf16: PositiveRate | None = None
    fp8: PositiveRate | None = None
    fp4: PositiveRate | None = None
    power: Positive | None = None
    note: str | None = None


def check_accelerator(item: Accelerator, companies: Mapping[str, object]) -> Iterator[Problem]:
    """The problems of an accelerator: an unknown vendor, and rates that are sparse or do not say that they
    are dense.
    """

    if item.vendor not in companies:
        yield item.problem(
            f"unknown company `{item.vendor}`",
            closest(item.vendor, companies) or f"write data/companies/{item.vendor}.yml",
            "vendor",
        )
    for name in RATES:
        rate = getattr(item, name)
        if rate is None or rate.value is None:
            continue
        if rate.sparsity == "sparse":
            yield item.problem(
                f"`{name}` is marked sparse where the dense rate is asked",
                "record the vendor's dense figure with `sparsity: dense`, or leave the field out",
                name,
            )
        elif rate.sparsity is None:
            yield item.problem(
                f"`{name}` does not say whether it is dense",
                "read the source again and add `sparsity: dense`",
                name,
            )
