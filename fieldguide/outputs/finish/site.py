"""Finishes a whole site in place: one reduced sheet for each kind of head, first-screen styles in each page,
a policy in every head, and scripts without comments.
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
from fieldguide.outputs.finish.markup import clean, keep_whole, page_kind, sheets_of, split_first, with_styles
from fieldguide.outputs.finish.policy import with_policy
from fieldguide.outputs.finish.scripts import finish_scripts
from fieldguide.outputs.finish.style_sheet import (
    Rule,
    UsedNames,
    needed_by,
    read_rules,
    used_rules,
    without_unread,
    write_rules,
)
from fieldguide.text.paths import naming

UNFINISHED = "FIELDGUIDE_UNFINISHED"
"""The environment variable that makes a build leave its site unfinished."""
FOLDER = "assets"
THEME = ("javascripts", "stylesheets", "css", "images")
"""Folders below assets/ with the theme's files and our sheets before they are joined. No finished page asks
for them.
"""
SHEETS = {"frame": "frame", "reference": "data", "figure": "data"}
"""{kind of page: name of its sheet}, for kinds that do not use the sheet of the text pages. Readers of
chapters need not fetch the styles of tables of records.
"""
PREFIXES = ("fg-", "md-")
"""The beginnings of every class that a script of ours gives to an element: our own, and the theme's."""
_RELATIVE_URL = re.compile(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)[\"']?\s*\)")
_EARLY = re.compile(r"<script>(.*?)</script>", flags=re.S)
"""Scripts that run before anything is painted."""
_CLASS = re.compile(r'\sclass="([^"]*)"')
_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_WHOLE_TAG = re.compile(r"<[a-zA-Z](?:[^>\"]|\"[^\"]*\")*>")
_ID = re.compile(r'\sid="([^"]*)"')
_SCRIPT = re.compile(r'<script\b[^>]*\bsrc="([^"]+)"')
_IMPORT = re.compile(r"""\bfrom\s*["'](\.[^"']+)["']""")
_LAB = re.compile(r'<x-lab name="([\w-]+)"')
_LIVE = re.compile(r'<x-live [^>]*?name="([\w-]+)"')
_VAR = re.compile(r"var\(\s*(--[\w-]+)")
_FETCHED = re.compile(r"[\w-]+\.css\b")


@dataclass(frozen=True)
class StyledPage:
    """A page with style sheets."""

    kind: str
    up: str
    """The path from the page to the site's root: "../../"."""
    asks_for: tuple[str, ...]
    """Its style sheets, as paths below the site."""

    @property
    def sheet(self) -> str:
        """The name of its finished sheet."""
        return SHEETS.get(self.kind, "read")


@dataclass(frozen=True)
class SiteSheet:
    """The one sheet of all pages that had the same sheets: its path below the site and its rules."""

    path: str
    rules: list[Rule]
    known: frozenset[str]
    """The names of all rules, including those that no page uses."""


class FirstScreen:
    """The first-screen rules of one kind of page. `names` are the names in its list."""

    def __init__(self, sheet: SiteSheet, names: frozenset[str]) -> None:
        self.sheet = sheet
        self.rules = critical_rules(sheet.rules, names, sheet.known)
        self.needed = needed_by(self.rules)
        self.css = functools.cache(self._css)  # pages of a kind often use the same rules

    def _css(self, names: UsedNames, read: frozenset[str]) -> str:
        return write_rules(without_unread(used_rules(self.rules, names), read))

    def style(self, html: str, up: str) -> str:
        """The page with those of the rules that it uses in its head, and with its sheet further down."""
        first, rest = split_first(html)
        css = self.css(*first_names(self.needed, first, rest))
        css = css.replace("url(fonts/", f"url({up}{FOLDER}/fonts/")
        return with_styles(first, rest, css, up + self.sheet.path)


def finish_site(site: Path, names_of: Callable[[str], frozenset[str]] = read_list) -> None:
    """Finish every page in the folder `site`. `names_of` gives the names of the first-screen rules for a kind
    of page. Raises ValueError, with the page, for anything it does not recognize; the site is then
    incomplete.
    """
    pages: dict[Path, str] = {}
    styled: dict[Path, StyledPage] = {}
    for path in sorted(site.rglob("*.html")):
        with naming(path, site):
            html = pages[path] = keep_whole(clean(path.read_text(encoding="utf-8")))
            if sheets_of(html):
                styled[path] = StyledPage(page_kind(html), *_addresses(site, html))
    sheets = _sheets(site, pages, styled)
    first_screens: dict[str, FirstScreen] = {}
    for path, html in pages.items():
        with naming(path, site):
            if path in styled:
                kind = styled[path].kind
                if kind not in first_screens:
                    first_screens[kind] = FirstScreen(sheets[styled[path].sheet], names_of(kind))
                html = first_screens[kind].style(html, styled[path].up)
            path.write_text(with_policy(html), encoding="utf-8")
    for sheet in sheets.values():
        (site / sheet.path).write_text(write_rules(sheet.rules), encoding="utf-8")
    finish_scripts(site)
    for name in THEME:
        shutil.rmtree(site / FOLDER / name, ignore_errors=True)
    (site / FOLDER / "fg.css").unlink(missing_ok=True)


def first_names(needed: UsedNames, first: str, rest: str) -> tuple[UsedNames, frozenset[str]]:
    """(names, variables) that the first screen of a page uses; names are limited to `needed`. The first
    screen includes the page's `first` part, whatever the script in its head may set, and the parts of `rest`
    beside and after the article.
    """
    parts = [first, rest[max(rest.find("</article>"), 0) :]]
    return used_names(parts, " ".join(_EARLY.findall(first)), needed) & needed, _read_in(parts)


def _addresses(site: Path, html: str) -> tuple[str, tuple[str, ...]]:
    """(path to the site's root, sheets as paths below the root). The page for unknown addresses uses absolute
    addresses, since it may be served anywhere.
    """
    addresses = sheets_of(html)
    paths = tuple(f"{FOLDER}/{address.rpartition(f'{FOLDER}/')[2]}" for address in addresses)
    missing = [address for address, path in zip(addresses, paths, strict=True) if not (site / path).is_file()]
    if missing:
        raise ValueError(f"the page asks for {missing[0]}, which is not in the site")
    return addresses[0].removesuffix(paths[0]), paths


def _read_in(pages: Iterable[str]) -> frozenset[str]:
    """The variables that pages or scripts read."""
    return frozenset(name for html in pages for name in _VAR.findall(html))


# ---- the sheets


def _sheets(site: Path, pages: Mapping[Path, str], styled: Mapping[Path, StyledPage]) -> dict[str, SiteSheet]:
    """{name: the one sheet of its pages}, reduced to what the pages and their scripts use."""
    groups: dict[str, dict[Path, str]] = {}
    for path, page in styled.items():
        groups.setdefault(page.sheet, {})[path] = pages[path]
    return {
        name: _sheet(site, name, group, {styled[path].asks_for for path in group})
        for name, group in groups.items()
    }


def _sheet(site: Path, name: str, pages: Mapping[Path, str], asked: set[tuple[str, ...]]) -> SiteSheet:
    if len(asked) > 1:
        raise ValueError(f"pages that would share the sheet `{name}` ask for different ones: {sorted(asked)}")
    rules = read_rules("\n".join(_sheet_text(site, path) for path in asked.pop()))
    scripts = "\n".join(file.read_text(encoding="utf-8") for file in scripts_of(site, pages))
    fetched = [site / FOLDER / sheet for sheet in sorted(set(_FETCHED.findall(scripts)))]
    late = [file.read_text(encoding="utf-8") for file in fetched if file.is_file()]
    used = used_rules(rules, used_names(pages.values(), scripts, needed_by(rules)))
    used = without_unread(used, _read_in([*pages.values(), scripts, *late]))
    digest = hashlib.sha256(write_rules(used).encode()).hexdigest()[:10]
    known = frozenset(name for rule in rules for name in rule.names())
    return SiteSheet(f"{FOLDER}/{name}.{digest}.css", used, known)


def scripts_of(site: Path, pages: Mapping[Path, str]) -> list[Path]:
    """The modules that pages load, with their imports and the labs that the pages show. Modules that are
    fetched on demand have a sheet of their own.
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
    left |= {
        site / "labs" / "live" / f"{name}.mjs": path
        for path, html in pages.items()
        for name in _LIVE.findall(html)
    }
    modules: set[Path] = set()
    while left:
        script, asking = left.popitem()
        file = script.resolve()
        if file not in modules:
            if not file.exists():
                raise ValueError(f"{asking.relative_to(site)} loads {file.name}, which is not in the site")
            modules.add(file)
            left |= {file.parent / name: asking for name in _IMPORT.findall(file.read_text(encoding="utf-8"))}
    return sorted(modules)


def _sheet_text(site: Path, path: str) -> str:
    """A sheet with addresses that are right for the folder of the finished sheet. Raises ValueError for a
    sheet in another folder that contains addresses.
    """
    text = re.sub(r"/\*#[^*]*\*/", "", (site / path).read_text(encoding="utf-8"))
    addresses = _RELATIVE_URL.findall(text)
    if posixpath.dirname(path) != FOLDER and addresses:
        raise ValueError(f"{path} asks for {addresses[0]}, which would not be found from {FOLDER}/")
    return _RELATIVE_URL.sub(r"url(\1)", text)


def used_names(pages: Iterable[str], scripts: str, needed: UsedNames) -> UsedNames:
    """The names that pages use, and every word of the scripts, since scripts may create any element they
    name; as a class only a word with a prefix of PREFIXES, since all classes of ours have one. Attributes are
    limited to those in `needed`, as are the classes that begin as a template in a script does:
    `fg-values__${name}`.
    """
    words = set(re.findall(r"[\w-]+", scripts)) | {
        _attribute(name) for name in re.findall(r"dataset\.(\w+)", scripts)
    }
    tags = " ".join({tag for html in pages for tag in _WHOLE_TAG.findall(html)})  # most tags occur many times
    attributes = [name for name in needed if name.startswith("[")]
    begun = tuple(f".{start}" for start in re.findall(r"(?<![\w-])(fg-[\w-]+)\$\{", scripts))
    return UsedNames(
        [
            *(name for name in needed if name.startswith(begun)),
            *(mark + word for mark in ("", "#") for word in words),
            *(f".{word}" for word in words if word.startswith(PREFIXES)),
            *("html", "body", *_TAG.findall(tags)),
            *(f".{name}" for classes in set(_CLASS.findall(tags)) for name in classes.split()),
            *(f"#{name}" for name in _ID.findall(tags)),
            *(name for name in attributes if name[1:-1].partition("=")[0] in words or _has(tags, name[1:-1])),
        ]
    )


def _attribute(name: str) -> str:
    """The attribute for a name of JavaScript's `dataset`: "data-layer-name" for `layerName`."""
    return "data-" + re.sub(r"[A-Z]", lambda match: f"-{match[0].lower()}", name)


def _has(html: str, asked: str) -> bool:
    name, equals, value = asked.partition("=")
    if equals:
        return f' {name}="{value}"' in html
    return f" {name}=" in html or f" {name}>" in html or f" {name} " in html
