"""What the guide published once and no longer stands behind: claims and figures, each with the day, the
reason and the last value. One record, data/withdrawn.yml.
"""

from __future__ import annotations

from collections.abc import Container

from pydantic import Field as Key

from fieldguide.records.base import Date, Prose, Record, Strict
from fieldguide.text.problems import Problem

PATH = "data/withdrawn.yml"


class Withdrawal(Strict):
    """One claim or figure that was taken back."""

    what: Prose = Key(examples=["Revenue of Argon Labs, 2025"])
    """What it was a value of; of a figure, its title."""
    was: str = Key("", examples=["about $2 billion"])
    """The value as the guide showed it last; of a figure, nothing."""
    day: Date = Key(examples=["2026-11-30"])
    why: Prose = Key(max_length=300, examples=["Its only source was a digest written by a machine."])


class Withdrawals(Record):
    """data/withdrawn.yml."""

    claims: dict[str, Withdrawal] = {}
    """By id, `record.field`."""
    figures: dict[str, Withdrawal] = {}


def check_withdrawals(
    withdrawals: Withdrawals | None, claims: Container[str], figures: Container[str]
) -> list[Problem]:
    """A problem for each withdrawn claim or figure that still has a record. `claims` and `figures` are the
    ids that have one.
    """
    if withdrawals is None:
        return []
    there = [("claims", name) for name in withdrawals.claims if name in claims] + [
        ("figures", name) for name in withdrawals.figures if name in figures
    ]
    return [
        withdrawals.problem(
            f"`{name}` is withdrawn and still on record",
            "delete its field or record, or take the entry out",
            kind,
            name,
        )
        for kind, name in there
    ]
