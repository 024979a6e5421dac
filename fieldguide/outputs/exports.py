"""Files that are slow to make: kept in .cache/exports, and made again only when their inputs change."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

Make = Callable[[], bytes]
"""What makes a file of the site; nothing is made before it is asked for."""
FOLDER = Path(".cache") / "exports"


@dataclass(frozen=True)
class Export:
    """A file that is slow to make; calling it gives its bytes, from the cache when that holds them for the same inputs.

    `name` is a plain file name; `inputs` gives everything that the result follows from, the versions of the tools included.
    """

    root: Path
    name: str
    inputs: Callable[[], str]
    make: Make

    def __call__(self) -> bytes:
        file = self._file()
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
        return self._file().exists()

    def _file(self) -> Path:
        stem, dot, ending = self.name.partition(".")
        return self.root / FOLDER / f"{stem}-{hashlib.sha256(self.inputs().encode()).hexdigest()[:16]}{dot}{ending}"


def make_ahead(files: Iterable[Make]) -> None:
    """Fill the cache with the slow ones among `files` that it lacks, in as many processes as there are cores, where the system can copy a process."""
    missing = [file for file in files if isinstance(file, Export) and not file.kept()]
    if len(missing) < 8 or "fork" not in multiprocessing.get_all_start_methods():
        return  # each is made when it is asked for
    fork = multiprocessing.get_context("fork")  # a copy of this process has `missing` already: nothing need be pickled
    taken = fork.Value("i", 0)
    workers = [fork.Process(target=_make_next, args=(missing, taken)) for _ in range(os.cpu_count() or 1)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def _make_next(files: Sequence[Export], taken: Synchronized[int]) -> None:
    """Make the next file that no other process has taken, until none is left; what fails here fails again, with its reason, when it is asked for."""
    while True:
        with taken.get_lock():
            at = taken.value
            taken.value += 1
        if at >= len(files):
            return
        with contextlib.suppress(Exception):
            files[at]()
