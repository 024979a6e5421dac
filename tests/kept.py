"""What takes a test long to make, kept in .cache/prints as long as what it is made from is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from tests.guide import ROOT

FOLDER = ROOT / ".cache" / "prints"
MOST = 12
"""Files that are kept; the oldest go."""


def kept(make: Callable[[], bytes], *made_from: bytes) -> bytes:
    """What `make` gives, or gave when it was last called for the same `made_from`."""
    digest = hashlib.sha256()
    for part in made_from:
        digest.update(hashlib.sha256(part).digest())
    file = FOLDER / digest.hexdigest()
    if not file.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".part").write_bytes(make())
        file.with_suffix(".part").replace(file)
        for old in sorted(FOLDER.iterdir(), key=lambda path: path.stat().st_mtime)[:-MOST]:
            old.unlink()
    return file.read_bytes()
