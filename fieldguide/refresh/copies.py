"""Copies of lists on this machine: wheels read as archives, JSON as plain data, with caps on their size.

Nothing is unpacked onto the disk: one named member is read into memory.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from fieldguide.refresh.price_list import DAY, ListFault

WHEEL, MEMBER = 250_000_000, 12_000_000
"""The most bytes of a copy, and of the member that holds the prices: five and three times those of 2026."""
VERSION = re.compile(r"[0-9][0-9A-Za-z.+!]{0,39}")


def read_bytes(path: Path, most: int = WHEEL) -> bytes:
    """The content of a copy. Raises ListFault where it cannot be read or is larger than `most` bytes."""
    try:
        size = path.stat().st_size
        if size > most:
            raise ListFault(path.name, f"{size:,} bytes are more than the {most:,} that a list may have")
        return path.read_bytes()
    except OSError as error:
        raise ListFault(path.name, f"it cannot be read: {error.strerror}") from error


def saved_day(path: Path) -> str:
    """The ISO day at the end of a saved file's name, on which it was saved. Raises ListFault without one."""
    day = path.stem[-len("2026-01-01") :]
    if not DAY.fullmatch(day):
        cure = f"call it {path.stem}-2026-01-31{path.suffix}, with the day on which it was saved"
        raise ListFault(path.name, "its name does not end with a day", cure)
    return day


def digest(path: Path) -> str:
    """The SHA-256 of a copy, in hex digits."""
    return hashlib.sha256(read_bytes(path)).hexdigest()


def wheel_member(path: Path, member: str) -> tuple[str, bytes]:
    """The version of a wheel, from its name and confirmed by its metadata, and the bytes of one member.

    Raises ListFault.
    """
    package, version = (path.name.removesuffix(".whl").split("-") + [""])[:2]
    if not VERSION.fullmatch(version):
        raise ListFault(
            path.name, "its name holds no version", "keep the name that the package index gave it"
        )
    read_bytes(path)
    try:
        with zipfile.ZipFile(path) as archive:
            metadata = _member(archive, path.name, f"{package}-{version}.dist-info/METADATA")
            stated = re.search(rb"^Version: *(\S+)\s*$", metadata, flags=re.M)
            if stated is None or stated[1].decode("ascii", "replace") != version:
                raise ListFault(path.name, f"its metadata do not say that it is version {version}")
            return version, _member(archive, path.name, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ListFault(path.name, f"it is not a whole zip archive: {error}") from error


def _member(archive: zipfile.ZipFile, place: str, name: str) -> bytes:
    found = [info for info in archive.infolist() if info.filename == name]
    if len(found) != 1:
        raise ListFault(
            f"{place}, {name}",
            "the archive does not hold it" if not found else "the archive holds it twice",
            "if the package has moved its list, change the reader in fieldguide/refresh/",
        )
    if found[0].file_size > MEMBER:
        raise ListFault(f"{place}, {name}", f"{found[0].file_size:,} bytes are more than {MEMBER:,}")
    with archive.open(found[0]) as stream:
        content = stream.read(MEMBER + 1)  # what the directory states may be untrue
    if len(content) > MEMBER:
        raise ListFault(f"{place}, {name}", f"it unpacks to more than {MEMBER:,} bytes")
    return content


def load_json(content: bytes, place: str) -> dict[str, Any]:
    """A JSON object whose numbers are int or Decimal. Raises ListFault for anything else: no JSON, NaN, a key
    that stands twice, another kind of value.
    """
    try:
        data = json.loads(
            content.decode("utf-8"),
            parse_float=Decimal,
            parse_constant=_refuse,
            object_pairs_hook=_unique,
        )
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is one, and so is a number too long
        raise ListFault(place, f"it is not JSON that can be read: {error}") from error
    if not isinstance(data, dict):
        raise ListFault(place, "it is not a mapping")
    return data


def _refuse(constant: str) -> None:
    raise ValueError(f"`{constant}` is not a number of JSON")


def _unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise ValueError(f"the key `{key[:60]}` stands twice")
        data[key] = value
    return data
