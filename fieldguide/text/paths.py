"""Where files may be written: below the folder that was named, and never over what people write."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

GENERATED = re.compile(r"site([-.]\w+)?")
"""What a folder of the project is called that may be replaced whole; all others hold what people write, or
their tools.
"""


def below(folder: Path, relative: str) -> Path:
    """The file at `relative` below `folder`. Raises ValueError for a path that could lead out of it:
    absolute, with `..`, an empty name or a backslash.
    """
    names = relative.split("/")
    if (
        "\\" in relative
        or "\0" in relative
        or ":" in names[0]
        or any(name.strip() in ("", ".", "..") for name in names)
    ):
        raise ValueError(
            f"`{relative}` is no path below {folder}: write names with a / between, without `..`"
        )
    return folder.joinpath(*names)


def check_target(root: Path, target: Path) -> None:
    """Raises ValueError when replacing `target` would remove what people write in the project at `root`: all
    that stands there but what is GENERATED.
    """
    target, root = target.resolve(), root.resolve()
    top = target.relative_to(root).parts[:1] if target.is_relative_to(root) else ()
    written = any((root / name).exists() and not GENERATED.fullmatch(name) for name in top)
    if root.is_relative_to(target) or written or (target.exists() and not target.is_dir()):
        raise ValueError(
            f"{target} would be replaced whole: name a folder of its own, such as site, or one that is not"
            " there yet"
        )


def write_whole(file: Path, data: bytes) -> None:
    """Write a file, with the folders that it needs, in one step: a process beside this one reads the old file
    or the new.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(file)


@contextlib.contextmanager
def naming(file: Path, folder: Path) -> Iterator[None]:
    """A ValueError that is raised inside names the file, as a path below `folder`."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{file.relative_to(folder)}: {error}") from error
