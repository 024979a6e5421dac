"""The site as mkdocs.yml describes it: its table of contents, name and address. What else stands there is the
builder's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from fieldguide.records.yaml_source import SafeLoader, read_text
from fieldguide.text.addresses import check_web
from fieldguide.text.problems import Problem

REPORT_PLACES = ("page", "title", "claim", "version")
"""What `report_url` may hold in braces: the page's address, its title, the claim that the page is about (""
on others), and the guide's version.
"""
REPORT_EXAMPLE = (
    "https://example.org/issues/new?title={title}&body={page}%20{version} or"
    " mailto:guide@example.org?subject={title}&body={page}"
)


EXTRA_ADDRESSES = ("pitch_url", "publisher_url", "disclosures_url")
"""The keys of `extra` that hold an address, besides `report_url` and the links of the footer."""
SITE_PATH = re.compile(r"[a-z0-9][a-z0-9./-]*(#[\w.-]+)?")


@dataclass(frozen=True)
class NavEntry:
    """A page in the table of contents. `section` is the title of its top-level group, or its own."""

    section: str
    title: str
    src: str


class _ConfigLoader(SafeLoader):  # type: ignore[misc, valid-type]  # as in reading.py
    """Reads mkdocs.yml without running its tags, but for `!ENV`."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """`!ENV NAME` or `!ENV [NAME, …, default]`: the first name that is set, or the default."""
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(node.value)
    if not isinstance(node, yaml.SequenceNode):
        raise yaml.constructor.ConstructorError(
            None, None, "`!ENV` takes a name or a list of names", node.start_mark
        )
    *names, default = loader.construct_sequence(node)
    return next((os.environ[name] for name in names if name in os.environ), default)


_ConfigLoader.add_multi_constructor("", lambda loader, suffix, node: None)
_ConfigLoader.add_constructor("!ENV", _environment)


def load_mkdocs_yml(root: Path) -> tuple[dict[str, Any], list[Problem]]:
    """mkdocs.yml as plain values; the book reads `nav` and `site_url`."""
    path = root / "mkdocs.yml"
    if not path.exists():
        return {}, [
            Problem(
                "mkdocs.yml",
                1,
                "there is no mkdocs.yml",
                "run the command in the project's folder, or name the folder with `--root`",
            )
        ]
    text, problems = read_text(path, root)
    if problems:
        return {}, problems
    try:
        config = yaml.load(text, _ConfigLoader) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return {}, [Problem("mkdocs.yml", line, f"malformed YAML: {error.problem}", "correct the line")]
    except ValueError as error:  # a day that no calendar has, a number of thousands of digits
        return {}, [Problem("mkdocs.yml", 1, f"malformed YAML: {error}", "write such a value between quotes")]
    if not isinstance(config, dict):
        return {}, [Problem("mkdocs.yml", 1, "the settings are not a mapping", "write `key: value` lines")]
    return config, []


def check_address(site_url: str) -> list[Problem]:
    """A problem where `site_url` is no web address, and where a build for publication has a local one, since
    slides, cards and PDFs print it and readers must be able to reach it.
    """
    try:
        host = urlsplit(check_web(site_url)).hostname or "localhost"
    except ValueError as error:
        cure = "set SITE_URL or `site_url` to where the site will stand, as in https://example.org/guide/"
        return [Problem("mkdocs.yml", 1, f"`site_url`: {error}", cure)]
    if os.environ.get("FIELDGUIDE_PUBLISH") != "true" or not (host == "localhost" or host.startswith("127.")):
        return []
    return [
        Problem(
            "mkdocs.yml",
            1,
            f"this build is to be published, and `site_url` is `{site_url}`",
            "set SITE_URL to where the site will stand, as in https://example.org/guide/",
        )
    ]


def nav_line(root: Path, src: str) -> int:
    """The number of the line in mkdocs.yml that names the page `src`, 1 where none does."""
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.rstrip().endswith(src)), 1)


def read_report_url(config: dict[str, Any], root: Path) -> tuple[str, list[Problem]]:
    """`extra.report_url`, checked; where none is set, the publisher's site, `extra.publisher_url`; "" without
    both, or where it is no address that a page may link.
    """
    extra = config.get("extra")
    given = extra.get("report_url") if isinstance(extra, dict) else None
    if given in (None, ""):
        site = extra.get("publisher_url") if isinstance(extra, dict) else None
        return (site if isinstance(site, str) and _is_https(site) else ""), []
    fault = _fault(given) if isinstance(given, str) else ("no text", f"write it as in {REPORT_EXAMPLE}")
    if fault is None:
        return str(given), []
    return "", [
        Problem(
            "mkdocs.yml", _line_with(root, "report_url:"), f"`report_url` is `{given}`: {fault[0]}", fault[1]
        )
    ]


def check_extra(config: dict[str, Any], root: Path) -> list[Problem]:
    """A problem for each address in `extra` to which every page leads that is neither a path of the site nor
    an address with https that shows its host.
    """
    extra = config.get("extra")
    if not isinstance(extra, dict):
        return []
    named = [(key, extra[key]) for key in EXTRA_ADDRESSES if extra.get(key) is not None]
    named += [("footer", address) for address in _urls(extra.get("footer"))]
    return [
        Problem(
            "mkdocs.yml",
            _line_with(root, str(address)),
            f"`{name}` is `{address}`, and every page would lead there",
            "write a path of the site such as `investing/pitch/`, or an address that begins with https:// and"
            " shows its host",
        )
        for name, address in named
        if not (isinstance(address, str) and (SITE_PATH.fullmatch(address) or _is_https(address)))
    ]


def _urls(value: object) -> Iterator[object]:
    """What stands under the key `url` in nested lists and mappings."""
    for key, part in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else [])
    ):
        yield from [part] if key == "url" else _urls(part)


def _is_https(address: str) -> bool:
    try:
        return address.startswith("https://") and bool(check_web(address))
    except ValueError:
        return False


def _line_with(root: Path, text: str) -> int:
    """The first line of mkdocs.yml that holds the text and is no comment, 1 where none does."""
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    found = (number for number, line in enumerate(lines, 1) if text in line and line.lstrip()[:1] != "#")
    return next(found, 1)


def _fault(address: str) -> tuple[str, str] | None:
    """(fault, cure) of an address to which readers report errors, None for a good one."""
    example = f"write it as in {REPORT_EXAMPLE}"
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.scheme == "https" else parts.path.rpartition("@")[2]
    except ValueError:
        return "it is malformed", example
    if parts.scheme not in ("https", "mailto"):
        return "it begins with neither https: nor mailto:", example
    if not host or re.search(r"[\s\"'<>\\^`|\x00-\x1f\x7f]", address):
        return "it is no address", example
    if re.search(r"[{}]", parts.path if parts.scheme == "mailto" else parts.netloc):
        return "a place stands in the name of the host or of who gets the letter", "put places behind it"
    left = re.sub(rf"\{{({'|'.join(REPORT_PLACES)})\}}", "", address)
    if re.search(r"[{}]", left):
        return (
            "it has a place of which nothing is known",
            f"the places are {', '.join(f'{{{name}}}' for name in REPORT_PLACES)}",
        )
    if "{page}" not in address:
        return "it does not say which page", "put {page} where its address belongs"
    return None


def walk_nav(items: list[Any], section: str) -> Iterator[NavEntry]:
    """The pages of `nav` in order; `section` is the title of the group that has these `items`,
    "" at the top.
    """
    for item in items:
        pairs = item.items() if isinstance(item, dict) else [("", item)]
        for title, value in pairs:
            if isinstance(value, list):
                yield from walk_nav(value, section or title)
            else:
                yield NavEntry(section or title, title, str(value))
