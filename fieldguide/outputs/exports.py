"""Files that are slow to make: kept in .cache/exports, and made again only when their inputs change."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

Make = Callable[[], bytes]
"""What makes a file of the site; nothing is made before it is asked for."""
FOLDER = Path(".cache") / "exports"


def made_once(root: Path, name: str, inputs: str, make: Callable[[], bytes]) -> bytes:
    """The bytes of `name`, from the cache when it holds them for the same inputs, else made now and kept.

    `name` is a plain file name; `inputs` is everything that the result follows from, the versions of the tools included.
    An older version of the same name is deleted.
    """
    folder = root / FOLDER
    stem, dot, ending = name.partition(".")
    file = folder / f"{stem}-{hashlib.sha256(inputs.encode()).hexdigest()[:16]}{dot}{ending}"
    if file.exists():
        return file.read_bytes()
    data = make()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{stem}-{'[0-9a-f]' * 16}{dot}{ending}"):
        old.unlink(missing_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(file)
    return data
