"""The records of models beside the lists: context window, release day and access. They are compared, and
never written: lists give neither a source for these values nor the day on which they were true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fieldguide.records.model import Model
from fieldguide.records.price import Price
from fieldguide.refresh.price_list import LONG_AGO, Entry, PriceList

State = Literal["disagree", "changed", "gone", "new", "same"]
STATES: dict[State, str] = {
    "disagree": "model: lists disagree",
    "changed": "model: another value",
    "gone": "model: retired",
    "new": "model: not in the record",
    "same": "model: same",
}
"""Each state in words, in the order of the table."""
OPEN, CLOSED, RETIRED = "open weights", "no open weights", "retired"
"""What lists say of access."""


@dataclass(frozen=True)
class ModelFinding:
    """What the lists say about one value of one model."""

    slug: str
    name: str
    key: str
    state: State
    recorded: str
    """As the record has it, "" where it has none."""
    stated: Sequence[tuple[str, str]]
    """(list, value), in the order of the lists."""


def compare_models(
    models: Mapping[str, Model], prices: Iterable[Price], lists: Sequence[PriceList], day: str
) -> list[ModelFinding]:
    """A finding for each value that a list has of a model whose maker's price a list carries, in the order of
    STATES, of the models' ids and of the values. Copies of different ages are taken as they are.
    """
    findings = []
    for price in prices:
        model = models.get(price.record or "")
        if model is None or price.role != "maker" or price.sells != "tokens":
            continue
        entries = [
            (source.name, source.entries[id])
            for source in lists
            if (id := source.names(price.listed)) is not None and id in source.entries
        ]
        for key, recorded, stated in (
            ("context", _recorded_context(model), [(name, _context(entry)) for name, entry in entries]),
            ("released", model.date, [(name, entry.released) for name, entry in entries]),
            ("access", _recorded_access(model), [(name, _access(entry, day)) for name, entry in entries]),
        ):
            said = [(name, value) for name, value in stated if value]
            if said:
                state = _state(recorded, [value for _, value in said])
                findings.append(ModelFinding(price.record or "", model.name, key, state, recorded, said))
    order = list(STATES)
    return sorted(findings, key=lambda finding: (order.index(finding.state), finding.slug, finding.key))


def _state(recorded: str, values: Sequence[str]) -> State:
    if any(value != values[0] for value in values):
        return "disagree"
    if not recorded:
        return "new"
    digits = min(len(recorded), len(values[0])) if recorded[:2] == "20" else None
    if recorded[:digits] == values[0][:digits]:
        return "same"
    return "gone" if values[0] == RETIRED else "changed"


def _recorded_context(model: Model) -> str:
    value = model.context.value if model.context is not None else None
    return str(int(value)) if isinstance(value, int | float) else ""


def _recorded_access(model: Model) -> str:
    return {"open weights": OPEN, "open source": OPEN, "retired": RETIRED}.get(model.access, CLOSED)


def _context(entry: Entry) -> str:
    return str(entry.context) if entry.context else ""


def _access(entry: Entry, day: str) -> str:
    """RETIRED where a list gives the day, or says so of weights that are not open."""
    if not entry.sold(day) and (entry.retired != LONG_AGO or entry.open_weights is False):
        return RETIRED
    return "" if entry.open_weights is None else OPEN if entry.open_weights else CLOSED
