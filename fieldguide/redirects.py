"""Redirects: data/redirects.yml maps an old address to the page that replaced it."""

from __future__ import annotations

import html
from pathlib import Path

from fieldguide.problems import Problem
from fieldguide.records import YamlError, load_yaml


def load_redirects(path: Path, root: Path) -> tuple[dict[str, str], list[Problem]]:
    """{old address: new address}, both site paths such as `foundations/what-is/` with an optional `#anchor` on the new one."""
    shown = path.relative_to(root).as_posix()
    if not path.exists():
        return {}, []
    try:
        data, lines = load_yaml(path.read_text(encoding="utf-8"))
    except YamlError as error:
        return {}, [Problem(shown, error.line, f"malformed YAML: {error}", "write `old/address/: new/address/` lines")]
    problems = []
    for old, new in (data or {}).items():
        for address in (old, new):
            if not isinstance(address, str) or address.startswith(("/", "http")) or not address.split("#")[0].endswith("/"):
                problems.append(Problem(shown, lines.get((old,), 1), f"`{address}` is not a site path", "write it without a leading / and with a closing /"))
    return (data or {}) if not problems else {}, problems


def render_redirect(old: str, new: str) -> str:
    """The page that stands at the old address: works without JavaScript and keeps the reader's anchor with it."""
    target = html.escape("../" * old.count("/") + new)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Moved</title>'
        f'<link rel="canonical" href="{target}"><meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0; url={target}">'
        f'</head><body><p>This page moved to <a href="{target}">{target}</a>.</p></body></html>\n'
    )
