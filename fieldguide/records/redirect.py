"""Reads data/redirects.yml, which maps an old address, of a page or of an anchor, to the one that answers it
now. What is wrong with a redirect is in `checks/addresses.py`.

A page's old address gets a small page; an old anchor of a page that still stands is forwarded by forward.mjs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from fieldguide.records.yaml_source import YamlError, faults, load_yaml, read_text
from fieldguide.text.problems import Problem

PATH = "data/redirects.yml"
ADDRESS = re.compile(r"(\./|((?!\.+/)[\w.~-]+/)+)(#[^#\s<>\"\\]+)?", flags=re.A)
"""A site path: "./" or names with a / after each, none of them "." or "..", then at most one anchor."""


def load_redirects(path: Path, root: Path) -> tuple[dict[str, str], list[Problem]]:
    """{old address: new address}, both site paths such as `foundations/what-is/` or `stack/#chips`."""
    shown = path.relative_to(root).as_posix()
    if not path.exists():
        return {}, []
    text, problems = read_text(path, root)
    if problems:
        return {}, problems
    try:
        data, lines = load_yaml(text)
    except YamlError as error:
        return {}, [
            Problem(shown, error.line, f"malformed YAML: {error}", "write `old/address/: new/address/` lines")
        ]
    if not isinstance(data or {}, dict):
        return {}, [
            Problem(shown, 1, "the redirects are not a mapping", "write `old/address/: new/address/` lines")
        ]
    problems = faults(data, lines, shown)
    for old, new in (data or {}).items():
        for address in (old, new):
            if not isinstance(address, str) or not ADDRESS.fullmatch(address):
                problems.append(
                    Problem(
                        shown,
                        lines.get((old,), 1),
                        f"`{address}` is not a site path",
                        "write it without a leading /, .. or \\, with a closing / and at most one #anchor"
                        " after it",
                    )
                )
    return (data or {}) if not problems else {}, problems


def path_between(page: str, target: str) -> str:
    """A relative link from the site path `page` to the site path `target`, which may have an anchor; "./" is
    the home page. The link to an anchor of `page` itself is only "#anchor".
    """
    path, hash_, anchor = target.removeprefix("./").partition("#")
    page = page.removeprefix("./")
    if path == page and hash_:
        return f"#{anchor}"
    return ("../" * page.count("/") + path or "./") + (f"#{anchor}" if hash_ else "")


def moved_anchors(redirects: Mapping[str, str], page: str) -> dict[str, str]:
    """{old anchor: relative link} of the redirects from anchors of the site path `page`."""
    links = {}
    for old, new in redirects.items():
        path, hash_, anchor = old.partition("#")
        if hash_ and path == page:
            links[anchor] = path_between(page, new)
    return links


def load_register(path: Path) -> list[str]:
    """The published addresses in the order of the file; none without the file."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
