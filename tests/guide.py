"""The real guide, loaded and rendered once for all tests of a process. Nobody changes it."""

from __future__ import annotations

import functools
from pathlib import Path

from fieldguide.commands.load import load_index
from fieldguide.index import Index

ROOT = Path(__file__).resolve().parent.parent


@functools.cache
def guide() -> Index:
    """The guide with every page rendered."""
    return load_index(ROOT)
