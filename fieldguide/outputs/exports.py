"""Files that are slow to make: they are cached in .cache/exports and made again only if their
inputs change.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import ParamSpec

from fieldguide.text.paths import below, write_whole

Make = Callable[[], bytes]
"""A function that makes a file of the site. It runs only when somebody asks for the file."""
Values = ParamSpec("Values")
FOLDER = Path(".cache") / "exports"


def text_file(make: Callable[Values, str], *args: Values.args, **kwargs: Values.kwargs) -> Make:
    """A function that encodes the text which `make` returns for these arguments."""
    return lambda: make(*args, **kwargs).encode()


@dataclass(frozen=True)
class Export:
    """A file that is slow to make. Calling it returns its bytes, from the cache if the inputs are the same.

    `name` is a plain file name. `inputs` returns a text that changes with everything the file depends on,
    including the versions of the tools; it is called once. Files of one `group` share some of their work.
    """

    root: Path
    name: str
    inputs: Callable[[], str]
    make: Make
    group: str = ""

    def __call__(self) -> bytes:
        file = self.place
        if file.exists():
            return file.read_bytes()
        data = self.make()
        stem, dot, ending = self.name.partition(".")
        for old in file.parent.glob(f"{stem}-{'[0-9a-f]' * 16}{dot}{ending}"):
            old.unlink(missing_ok=True)
        write_whole(file, data)
        return data

    def is_cached(self) -> bool:
        """Whether the cache has the file."""
        return self.place.exists()

    @cached_property
    def place(self) -> Path:
        """The path of the file in the cache; its name changes with the inputs."""
        stem, dot, ending = self.name.partition(".")
        return below(
            self.root / FOLDER,
            f"{stem}-{hashlib.sha256(self.inputs().encode()).hexdigest()[:16]}{dot}{ending}",
        )


def stamp_of(files: Iterable[Path], tools: Iterable[str]) -> str:
    """A text that changes with the content of these files and the versions of these packages."""
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return " ".join((digest[:16], *map(version, tools)))


def make_ahead(files: Iterable[Make]) -> None:
    """Make the files that are slow and not in the cache yet, in as many processes as there are cores. Does
    nothing for fewer than eight files, or where the system cannot fork a process.

    One process makes all files of a group, in the order of `files`.
    """
    missing = [file for file in files if isinstance(file, Export) and not file.is_cached()]
    if len(missing) < 8 or "fork" not in multiprocessing.get_all_start_methods():
        return  # each is made on demand
    groups: dict[str, list[Export]] = {}
    for file in missing:
        groups.setdefault(file.group or file.name, []).append(file)
    fork = multiprocessing.get_context(
        "fork"
    )  # a forked process already has `groups`, so nothing needs to be pickled
    taken = fork.Value("i", 0)
    workers = [
        fork.Process(target=_make_next, args=([*groups.values()], taken)) for _ in range(os.cpu_count() or 1)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def _make_next(groups: Sequence[Sequence[Export]], taken: Synchronized[int]) -> None:
    """Make the next group that no other process has taken, until none is left. Errors are ignored: they occur
    again, and are reported, when the file is asked for.
    """
    while True:
        with taken.get_lock():
            index = taken.value
            taken.value += 1
        if index >= len(groups):
            return
        for file in groups[index]:
            with contextlib.suppress(Exception):
                file()
