"""Files that are slow to make: kept in .cache/exports, and made again only when their inputs change."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Make = Callable[[], bytes]
"""What makes a file of the site; nothing is made before it is asked for."""
FOLDER = Path(".cache") / "exports"


@dataclass(frozen=True)
class Export:
    """A file that is slow to make; calling it gives its bytes, from the cache when that holds them for the same inputs.

    `name` is a plain file name; `inputs` gives everything that the result follows from, the versions of the tools included, and is
    asked once. Files of one `group` share some of their work.
    """

    root: Path
    name: str
    inputs: Callable[[], str]
    make: Make
    group: str = ""

    def __call__(self) -> bytes:
        file = self._file
        if file.exists():
            return file.read_bytes()
        data = self.make()
        file.parent.mkdir(parents=True, exist_ok=True)
        stem, dot, ending = self.name.partition(".")
        for old in file.parent.glob(f"{stem}-{'[0-9a-f]' * 16}{dot}{ending}"):
            old.unlink(missing_ok=True)
        part = file.with_name(f"{file.name}.{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(file)
        return data

    def kept(self) -> bool:
        """Whether the cache holds it."""
        return self._file.exists()

    @cached_property
    def _file(self) -> Path:
        stem, dot, ending = self.name.partition(".")
        return self.root / FOLDER / f"{stem}-{hashlib.sha256(self.inputs().encode()).hexdigest()[:16]}{dot}{ending}"


_jobs: list[list[Export]] = []
"""What the processes of the pool share with the one that they are copies of."""


def make_ahead(files: Iterable[Make]) -> None:
    """Fill the cache with the slow ones among `files` that it lacks, in as many processes as there are cores, where the system can copy a process.

    A group is made by one process, in the order of `files`.
    """
    missing = [file for file in files if isinstance(file, Export) and not file.kept()]
    if len(missing) < 8 or "fork" not in multiprocessing.get_all_start_methods():
        return  # each is made when it is asked for
    groups: dict[str, list[Export]] = {}
    for file in missing:
        groups.setdefault(file.group or file.name, []).append(file)
    _jobs[:] = groups.values()
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        for _ in pool.map(_work, range(len(_jobs)), chunksize=2):
            pass
    _jobs.clear()


def _work(at: int) -> None:
    for file in _jobs[at]:
        file()
