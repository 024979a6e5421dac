"""pyproject.toml says what is needed, requirements.txt pins what the build needs, requirements.lock pins the
build, `make check` and `make test` by hash: they agree.
"""

from __future__ import annotations

import ast
import functools
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.guide import ROOT, tree

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
OWN = PROJECT["name"]
PINNED = (ROOT / "requirements.txt").read_text(encoding="utf-8")
LOCKED = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CURE = "`make lock` writes requirements.txt and requirements.lock from pyproject.toml"


def declared(*extras: str) -> list[Requirement]:
    """What the package and these extras of it ask for by name, an extra that is named by another taken in."""
    found = []
    for text in PROJECT["dependencies"] + [line for extra in extras for line in EXTRAS[extra]]:
        requirement = Requirement(text)
        found += declared(*requirement.extras) if requirement.name == OWN else [requirement]
    return found


def pins(text: str) -> dict[str, str]:
    """{name: version} of every pinned line. Each package may have one version, whatever the platform."""
    found = re.findall(r"^([\w.-]+)==([\w.+!]+)", text, flags=re.M)
    assert len({name for name, _ in found}) == len(found)
    return {canonicalize_name(name): version for name, version in found}


def reached(names: Iterable[str]) -> set[str]:
    """These installed packages and, on any platform, all that they bring in and that is installed here."""
    found: set[str] = set()
    waiting = {canonicalize_name(name) for name in names}
    while waiting:
        name = waiting.pop()
        found.add(name)
        try:
            needs = [Requirement(text) for text in importlib.metadata.requires(name) or []]
        except importlib.metadata.PackageNotFoundError:  # for another platform or another extra
            continue
        waiting |= {canonicalize_name(need.name) for need in needs if "extra" not in str(need.marker)} - found
    return found


def test_each_line_of_requirements_is_a_pin_and_the_last_is_this_package() -> None:
    lines = [line for line in PINNED.splitlines() if not line.startswith("#")]
    assert lines[-1] == "-e ."
    assert [line for line in lines[:-1] if not re.fullmatch(r"[\w.-]+==[\w.+!]+(?: ; .+)?", line)] == []


def test_each_package_of_the_lock_has_its_hashes_and_no_file_says_where_from() -> None:
    entries = re.sub(r" \\\n +", " ", re.sub(r"^#.*\n", "", LOCKED, flags=re.M)).splitlines()
    assert [
        entry
        for entry in entries
        if not re.fullmatch(r"[\w.-]+==[\w.+!]+(?: ; [^#]+?)?(?: --hash=sha256:[0-9a-f]{64})+", entry)
    ] == []
    assert not re.search(r"https?:|--(?:extra-)?index-url|--find-links", PINNED + LOCKED)


def test_both_files_name_the_same_versions() -> None:
    wanted, locked = pins(PINNED), pins(LOCKED)
    assert {
        name: (version, locked.get(name)) for name, version in wanted.items() if locked.get(name) != version
    } == {}, CURE


def test_what_is_declared_is_pinned_in_a_version_that_fits() -> None:
    for text, extras in ((PINNED, ()), (LOCKED, ("check", "test"))):
        found = pins(text)
        unfit = [
            str(need)
            for need in declared(*extras)
            if not need.specifier.contains(found.get(canonicalize_name(need.name), "0"), prereleases=True)
        ]
        missing = [need.name for need in declared(*extras) if canonicalize_name(need.name) not in found]
        assert (unfit, missing) == ([], []), CURE


def test_every_extra_is_exact() -> None:
    named = [Requirement(line) for extra in EXTRAS.values() for line in extra]
    assert [
        str(need) for need in named if need.name != OWN and not re.fullmatch(r"==[\w.]+", str(need.specifier))
    ] == []


def test_what_the_declared_packages_bring_in_is_locked_and_nothing_else_is_pinned() -> None:
    base = reached(need.name for need in declared())
    assert set(pins(PINNED)) <= base, CURE
    here = {canonicalize_name(item.name) for item in importlib.metadata.distributions()}
    everything = reached(need.name for need in declared("check", "test")) & here
    assert everything - set(pins(LOCKED)) == set(), CURE


def imported(files: Iterable[Path]) -> dict[str, str]:
    """{top-level module that is neither Python's nor ours: a file that imports it}."""
    found = {}
    for path in files:
        for node in ast.walk(tree(path)):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
            found |= {name.partition(".")[0]: path.relative_to(ROOT).as_posix() for name in names}
    return {
        name: path
        for name, path in found.items()
        if name not in sys.stdlib_module_names and not (ROOT / name).is_dir()
    }


@functools.cache
def installed() -> Mapping[str, list[str]]:
    """Top-level module → the packages that bring it."""
    return importlib.metadata.packages_distributions()


@pytest.mark.whole
@pytest.mark.parametrize(
    ("folder", "extras"), [("fieldguide", ("pdf", "fonts")), ("tests", ("test",)), ("audit", ("check",))]
)
def test_every_package_that_is_imported_is_declared(folder: str, extras: tuple[str, ...]) -> None:
    files = [path for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts]
    names = {canonicalize_name(need.name) for need in declared(*extras)}
    makers = installed()
    undeclared = {
        name: path
        for name, path in imported(files).items()
        if not {canonicalize_name(maker) for maker in makers.get(name, [name])} & names
    }
    assert undeclared == {}
