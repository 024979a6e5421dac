"""Arithmetic that pages, figures and labs share. Each formula is a plain function of plain numbers, in the
module of its subject.

A record names one in `computed:`; its `inputs:` give the argument names.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable

from fieldguide.records.formulas import (
    agents,
    arithmetic,
    compute,
    crypto_tokens,
    dates,
    energy,
    evaluation,
    money,
    owning,
    scaling,
    serving,
    size,
    spread,
)

MODULES = (
    arithmetic,
    compute,
    size,
    energy,
    dates,
    scaling,
    crypto_tokens,
    serving,
    evaluation,
    agents,
    money,
    owning,
    spread,
)

FORMULAS: dict[str, Callable[..., float]] = {
    name: function
    for module in MODULES
    for name, function in vars(module).items()
    if inspect.isfunction(function) and function.__module__ == module.__name__
}
"""What `computed:` may name: the functions of the modules."""
del FORMULAS["softmax"]  # it gives a list
FORMULAS["sum"] = FORMULAS.pop("total")  # a function of that name would hide Python's own
