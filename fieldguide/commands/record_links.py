"""The command `record-links`: adds the addresses published now to the register."""

from __future__ import annotations

from pathlib import Path

from fieldguide.checks.addresses import PATH, unrecorded
from fieldguide.commands.load import load_index


def record_addresses(root: Path) -> list[str]:
    """Add the published addresses to the register at `root` and return those added. Existing lines
    are kept.
    """
    index = load_index(root)
    added = unrecorded(index)
    if added:
        lines = sorted({*index.book.register, *added})
        (root / PATH).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return added
