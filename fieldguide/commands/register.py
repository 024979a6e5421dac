"""The command `record-links`: the register of addresses takes in what is published now."""

from __future__ import annotations

from pathlib import Path

from fieldguide.checks.addresses import PATH, unrecorded
from fieldguide.commands.load import load_index


def record_addresses(root: Path) -> list[str]:
    """Add what is published to the register at `root`, and return what was added. Every line that is there
    stays.
    """
    index = load_index(root)
    added = unrecorded(index)
    if added:
        lines = sorted({*index.book.register, *added})
        (root / PATH).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return added
