"""A whole site, finished in place: one reduced sheet for each kind of head, first-screen styles in each page,
a policy in every head, scripts without what only their writers need.
"""

from __future__ import annotations

import functools
import hashlib
import posixpath
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldguide.outputs.finish.critical_rules import critical_rules, read_list
from fieldguide.outputs.finish.markup import clean, page_kind, sheets_of, split_first, with_styles
from fieldguide.outputs.finish.policy import with_policy
from fieldguide.outputs.finish.scripts import finish_scripts
from fieldguide.outputs.finish.sheet import (
    Rule,
    Words,
    asked_by,
    read_rules,
    used_rules,
    without_unread,
    write_rules,
)

UNFINISHED = "FIELDGUIDE_UNFINISHED"
"""Set in the environment of a build whose site is left as the builder made it."""
FOLDER = "assets"
THEME = ("javascripts", "stylesheets", "css", "images")
"""Folders below assets/ that hold what the theme brings and our sheets one by one: no finished page asks for
anything in them.
"""
SHEETS = {"frame": "frame", "reference": "data", "figure": "data"}
"""Kinds of pages whose sheet is not that of the pages to read → its name. A reader of chapters need not fetch
what styles tables of records.
"""
_RELATIVE_URL = re.compile(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)[\"']?\s*\)")
_EARLY = re.compile(r"<script>(.*?)</script>", flags=re.S)
"""What runs before anything is painted."""
_CLASS = re.compile(r'\sclass="([^"]*)"')
_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_WHOLE_TAG = re.compile(r"<[a-zA-Z](?:[^>\"]|\"[^\"]*\")*>")
_ID = re.compile(r'\sid="([^"]*)"')
_SCRIPT = re.compile(r'<script\b[^>]*\bsrc="([^"]+)"')
_IMPORT = re.compile(r"""\bfrom\s*["'](\.[^"']+)["']""")
_LAB = re.compile(r'<x-lab name="([\w-]+)"')
_VAR = re.compile(r"var\(\s*(--[\w-]+)")
_FETCHED = re.compile(r"[\w-]+\.css\b")


@dataclass(frozen=True)
class Sheet:
    """The one sheet of pages that had the same sheets: where it lies below the site, and its rules."""

    path: str
    rules: list[Rule]
    known: frozenset[str]
    """The names of all rules, also of those that no page has a use for."""


def finish_site(site: Path, names_of: Callable[[str], frozenset[str]] = read_list) -> None:
    """Finish every page of the site that stands in the folder `site`. `names_of` gives the first-screen rules
    for a kind of page.

    Raises ValueError, with the page, for what it does not recognize; the site is then not whole.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    for path in pages:
        pages[path] = _told(path, site, clean, pages[path])
    kinds = {path: _told(path, site, page_kind, html) for path, html in pages.items() if sheets_of(html)}
    addresses = {path: _addresses(site, path, pages[path]) for path in kinds}
    sheets = _sheets(
        site,
        {path: (SHEETS.get(kind, "read"), pages[path], addresses[path][1]) for path, kind in kinds.items()},
    )
    critical: dict[str, tuple[list[Rule], Words]] = {}
    written: dict[tuple[str, Words, frozenset[str]], str] = {}  # pages of a kind are much alike

    def finished(path: Path, html: str) -> str:
        if path in kinds:
            up, kind = addresses[path][0], kinds[path]
            sheet = sheets[SHEETS.get(kind, "read")]
            if kind not in critical:
                rules = critical_rules(sheet.rules, names_of(kind), sheet.known)
                critical[kind] = rules, asked_by(rules)
            first, rest = split_first(html)
            rules, asked = critical[kind]
            words, drawn = first_words(asked, first, rest)
            if (kind, words, drawn) not in written:
                written[kind, words, drawn] = write_rules(without_unread(used_rules(rules, words), drawn))
            html = with_styles(
                first,
                rest,
                written[kind, words, drawn].replace("url(fonts/", f"url({up}{FOLDER}/fonts/"),
                up + sheet.path,
            )
        return with_policy(html)

    for path, html in pages.items():
        path.write_text(_told(path, site, functools.partial(finished, path), html), encoding="utf-8")
    for sheet in sheets.values():
        (site / sheet.path).write_text(write_rules(sheet.rules), encoding="utf-8")
    finish_scripts(site)
    for name in THEME:
        shutil.rmtree(site / FOLDER / name, ignore_errors=True)
    (site / FOLDER / "fg.css").unlink(missing_ok=True)


def first_words(asked: Words, first: str, rest: str) -> tuple[Words, frozenset[str]]:
    """Of what a kind's first-screen rules ask for, what the first part of one of its pages has, what the
    script in its head may set, and what stands beside and after its article; and the variables that these
    read themselves.
    """
    parts = [first, rest[max(rest.find("</article>"), 0) :]]
    return words_of(parts, " ".join(_EARLY.findall(first)), asked) & asked, _drawn(parts)


def _told(path: Path, site: Path, step: Callable[[str], str], html: str) -> str:
    try:
        return step(html)
    except ValueError as error:
        raise ValueError(f"{path.relative_to(site)}: {error}") from error


def _addresses(site: Path, page: Path, html: str) -> tuple[str, tuple[str, ...]]:
    """What leads from the page up to the site's root, and its sheets as paths below that. The page that
    answers anywhere has whole paths, which begin with the site's own.
    """
    up, paths = "../" * (len(page.relative_to(site).parts) - 1), []
    for href in sheets_of(html):
        parts = href.split("/")
        path = next(
            (
                below
                for at, part in enumerate(parts)
                if part not in ("", "..") and (site / (below := "/".join(parts[at:]))).exists()
            ),
            None,
        )
        if path is None:
            raise ValueError(f"{page.relative_to(site)} asks for {href}, which is not in the site")
        paths.append(posixpath.normpath(path))
        if href.startswith("/"):
            up = href.removesuffix(path)
    return up, tuple(paths)


def _drawn(pages: Iterable[str]) -> frozenset[str]:
    return frozenset(name for html in pages for name in _VAR.findall(html))


# ---- the sheets


def _sheets(site: Path, pages: Mapping[Path, tuple[str, str, tuple[str, ...]]]) -> dict[str, Sheet]:
    """{name: the one sheet of its pages}, cut down to what they and their scripts use. `pages` has for each
    page the name of its sheet, its HTML, and the sheets that it asks for.
    """
    groups: dict[str, dict[Path, str]] = {}
    for path, (name, html, _) in pages.items():
        groups.setdefault(name, {})[path] = html
    return {
        name: _sheet(site, name, group, {pages[path][2] for path in group}) for name, group in groups.items()
    }


def _sheet(site: Path, name: str, pages: Mapping[Path, str], asked: set[tuple[str, ...]]) -> Sheet:
    if len(asked) > 1:
        raise ValueError(f"pages that would share the sheet `{name}` ask for different ones: {sorted(asked)}")
    rules, drawn = (
        read_rules("\n".join(_sheet_text(site, path) for path in asked.pop())),
        _drawn(pages.values()),
    )
    scripts = "\n".join(file.read_text(encoding="utf-8") for file in scripts_of(site, pages))
    fetched = [
        sheet.read_text(encoding="utf-8")
        for name in sorted(set(_FETCHED.findall(scripts)))
        if (sheet := site / FOLDER / name).is_file()
    ]
    used = without_unread(
        used_rules(rules, words_of(pages.values(), scripts, asked_by(rules))),
        drawn | _drawn([scripts, *fetched]),
    )
    return Sheet(
        f"{FOLDER}/{name}.{hashlib.sha256(write_rules(used).encode()).hexdigest()[:10]}.css",
        used,
        frozenset(name for rule in rules for name in rule.names()),
    )


def scripts_of(site: Path, pages: Mapping[Path, str]) -> list[Path]:
    """The modules that pages load, with what these import and the labs that they show. Modules that are
    fetched when somebody asks for them bring their own sheet.
    """
    left = {
        (
            path.parent / href if not href.startswith("/") else site / FOLDER / "js" / href.rpartition("/")[2]
        ): path
        for path, html in pages.items()
        for href in _SCRIPT.findall(html)
    }
    left |= {
        site / "labs" / name / "view.mjs": path for path, html in pages.items() for name in _LAB.findall(html)
    }
    found: set[Path] = set()
    while left:
        script, asking = left.popitem()
        file = script.resolve()
        if file not in found:
            if not file.exists():
                raise ValueError(f"{asking.relative_to(site)} loads {file.name}, which is not in the site")
            found.add(file)
            left |= {file.parent / name: asking for name in _IMPORT.findall(file.read_text(encoding="utf-8"))}
    return sorted(found)


def _sheet_text(site: Path, path: str) -> str:
    """A sheet whose addresses hold from the folder of the finished one. Raises ValueError for one elsewhere
    that has addresses.
    """
    text = re.sub(r"/\*#[^*]*\*/", "", (site / path).read_text(encoding="utf-8"))
    addresses = _RELATIVE_URL.findall(text)
    if posixpath.dirname(path) != FOLDER and addresses:
        raise ValueError(f"{path} asks for {addresses[0]}, which would not be found from {FOLDER}/")
    return _RELATIVE_URL.sub(r"url(\1)", text)


def words_of(pages: Iterable[str], scripts: str, asked: Words) -> Words:
    """What pages have, and every word of the scripts, which may make anything that they name; of attributes
    those that are asked for.
    """
    named = set(re.findall(r"[\w-]+", scripts)) | {
        _attribute(name) for name in re.findall(r"dataset\.(\w+)", scripts)
    }
    classes, ids, tags = set(named), set(named), named | {"html", "body"}
    attributes = {name for name in asked.attributes if name.partition("=")[0] in named}
    made = " ".join(
        {tag for html in pages for tag in _WHOLE_TAG.findall(html)}
    )  # most stand many times in a site
    classes.update(name for text in set(_CLASS.findall(made)) for name in text.split())
    ids.update(_ID.findall(made))
    tags.update(_TAG.findall(made))
    attributes |= {name for name in asked.attributes - attributes if _has(made, name)}
    return Words(frozenset(classes), frozenset(ids), frozenset(tags), frozenset(attributes))


def _attribute(name: str) -> str:
    """`layerName` of a dataset as the attribute that it is."""
    return "data-" + re.sub(r"[A-Z]", lambda match: f"-{match[0].lower()}", name)


def _has(html: str, asked: str) -> bool:
    name, given, value = asked.partition("=")
    if given:
        return f' {name}="{value}"' in html
    return f" {name}=" in html or f" {name}>" in html or f" {name} " in html
