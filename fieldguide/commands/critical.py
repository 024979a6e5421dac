"""Finds the rules that style the first screen of each kind of page, with Chromium, and writes them into lists
for later builds.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fieldguide.commands.pdf import find_browser
from fieldguide.outputs.finish.critical_rules import write_list
from fieldguide.outputs.finish.markup import page_kind, sheets_of
from fieldguide.outputs.finish.site import UNFINISHED, finish_site
from fieldguide.outputs.finish.style_sheet import Rule, read_rules

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

ORIGIN = "https://site.invalid"
WINDOWS = {True: ((360, 844), (390, 844), (768, 1024)), False: ((1440, 900),)}
"""{whether the screen is touched: widths and heights in px}"""
SCHEMES = ("light", "dark")
SAMPLED = {"term": 12, "frame": 3}
"""{kind of page: one page in so many is examined}, for kinds whose pages are alike; besides, each page with a
class that no earlier one has. All pages of the other kinds are examined.
"""
_CLASS = re.compile(r"""\bclass=(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_STATE = re.compile(
    r":(?:hover|focus(?:-visible|-within)?|active|target|modal|popover-open)\b|::(?:backdrop|selection)"
)
"""Pseudo-classes that do not hold when a page has just loaded."""
_NOT = re.compile(r":not\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
"""The argument of :not() holds as long as none of these states does."""
_ELEMENT = re.compile(r"::?(?:before|after|first-letter|first-line)$|::[\w-]+$")
_HIDES = re.compile(r"(?:^|;)\s*(?:display|visibility|clip-path|position|content-visibility)\s*:")

STATES = (
    "null",
    "document.querySelectorAll('[hidden=until-found]').forEach(part => part.removeAttribute('hidden'))",
    "document.documentElement.classList.add('no-js')",
    (
        "document.documentElement.classList.remove('no-js'); Object.assign(document.documentElement.dataset,"
        " {kept: '', scheme: 'dark'})"
    ),
)
"""Scripts that bring a page into its states: as our scripts leave it, as it is before they run, without any
scripts, and for a reader who has read this page and chosen dark.
"""

MATCH = (
    "selectors => { window.matched = selectors.map((selector) => [...document.querySelectorAll(selector)]);"
    " return window.matched.map((elements) => elements.length > 0); }"
)
"""For each selector, whether it matches and styles anything on the page. The matches are stored in the page
for SEEN.
"""
SEEN = """([entries, height]) => {
  const inView = (box) => box.bottom > 0 && box.top < height;
  const seen = new Map();
  const look = (element) => {
    const boxes = [...element.getClientRects()];
    if (element.matches('html, body, head') || boxes.some(inView)) return 'shown';
    return !boxes.length && element.parentElement && inView(element.parentElement.getBoundingClientRect())
      ? 'hidden' : '';
  };
  const how = (element) => seen.get(element) ?? seen.set(element, look(element)).get(element);
  const styles = (element, hides) => how(element) === 'shown' || (hides && how(element) === 'hidden');
  const holds = (around) => around.every((head) => !head.startsWith('@media') ||
    matchMedia(head.slice(6)).matches);
  return entries.map(([at, around, hides]) => holds(around) && window.matched[at].some((element) =>
    styles(element, hides)));
}"""
"""For each [index of a selector, at-rules around its rule, whether the rule hides] and the window's height in
px: whether the rule styles something in the first screen.
"""


def write_lists(root: Path) -> list[str]:
    """Build the site at `root`, examine pages of every kind, and write their lists. Returns a line for each
    kind.
    """
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)],
            cwd=root,
            check=True,
            env=os.environ | {UNFINISHED: "yes"},
        )
        finish_site(site, lambda kind: frozenset())
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
            pages = {touched: browser.new_page(has_touch=touched) for touched in WINDOWS}
            for page in pages.values():
                page.route("**/*", lambda route: _answer(route, site))
            lines = [_write(pages, site, kind, files) for kind, files in sorted(kinds(site).items())]
            browser.close()
    return lines


def _answer(route: Route, site: Path) -> None:
    file = site / urlsplit(route.request.url).path.lstrip("/")
    route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)


def unlike(files: Sequence[Path]) -> Iterator[Path]:
    """The pages that have a class which no page before them has."""
    known: set[str] = set()
    for file in files:
        found = _CLASS.findall(file.read_text(encoding="utf-8"))
        classes = {name for values in found for value in values for name in value.split()}
        if not classes <= known:
            yield file
        known |= classes


def _write(pages: Mapping[bool, Page], site: Path, kind: str, files: Sequence[Path]) -> str:
    sample = list(dict.fromkeys([*files[:: SAMPLED.get(kind, 1)], *unlike(files)]))
    rules = read_rules(
        (site / "assets" / Path(sheets_of(files[0].read_text(encoding="utf-8"))[0]).name).read_text(
            encoding="utf-8"
        )
    )
    seen: set[str] = set()
    for file in sample:
        for touched, page in pages.items():
            page.goto(f"{ORIGIN}/{file.relative_to(site).as_posix()}", wait_until="load")
            seen |= seen_names(page, rules, WINDOWS[touched])
    names = dict.fromkeys(name for rule in rules for name in rule.names() if name in seen)
    write_list(kind, names)
    return f"{kind}: {len(names)} rules, from {len(sample)} of {len(files)} pages"


def kinds(site: Path) -> dict[str, list[Path]]:
    """{kind: pages of that kind in a finished site}, for pages that have a sheet."""
    pages_by_kind: dict[str, list[Path]] = {}
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        if sheets_of(html):
            pages_by_kind.setdefault(page_kind(html), []).append(path)
    return pages_by_kind


def seen_names(page: Page, rules: Sequence[Rule], windows: Sequence[tuple[int, int]]) -> set[str]:
    """The names of the rules that style something in the first screen of the open page, in any of the windows
    (width and height in px), color scheme and state.
    """
    entries = list(_entries(rules))
    seen: set[str] = set()
    for state in STATES:
        page.evaluate(state)
        some = page.evaluate(MATCH, [selector for _, _, selector, _ in entries])
        for width, height in windows:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                asked = [
                    (name, [index, list(around), hides])
                    for index, (name, around, _, hides) in enumerate(entries)
                    if some[index] and name not in seen
                ]
                seen |= {
                    name
                    for (name, _), yes in zip(
                        asked, page.evaluate(SEEN, [[entry for _, entry in asked], height]), strict=True
                    )
                    if yes
                }
    return seen


def _entries(rules: Sequence[Rule]) -> Iterator[tuple[str, tuple[str, ...], str, bool]]:
    """(name, at-rules around the rule, selector without pseudo-elements, whether the rule hides) for every
    selector that can match when a page has just loaded.
    """
    for rule in rules:
        if rule.is_at_rule or any("print" in head for head in rule.around):
            continue
        for name, selector in zip(rule.names(), rule.selectors, strict=True):
            if not _STATE.search(_NOT.sub("", selector)):
                yield name, rule.around, _ELEMENT.sub("", selector) or "*", bool(_HIDES.search(rule.body))
