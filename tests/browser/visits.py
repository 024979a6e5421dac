"""What Chromium sees of the pages: each is opened once, measured in a wide, a middle and a narrow window, and
judged by axe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize
from turbohtml import Element, Node

from tests.browser.access import faults
from tests.built import pages, parse, text_of

WIDE, LAPTOP, MIDDLE, NARROW = 1440, 1280, 768, 320
"""Widths of a window in px. A page opens in the wide one. In the middle one a wide drawing is as narrow as it
gets, except where a medium one takes its place; in the narrow one a narrow drawing is.
"""
PAPER = 680
"""The width of a printed sheet between its margins, in px."""
SAMPLED = {"glossary/": 12, "figures/": 6}
"""Folders whose pages come from one template → one page in so many is enough for a slow look. Their own tests
and the fast ones read all.
"""
USED = (
    "",
    "training/scaling-laws/",
    "training/pre-training/",
    "glossary/token/",
    "glossary/",
    "data/models/",
    "data/claims/",
    "data/claims/training/",
    "figures/",
    "figures/scaling-fits/",
    "investing/moat-stress-test/",
    "investing/diligence/",
    "about/how-we-check/",
    "404.html",
)
"""Pages of every kind, on which all that they offer is used."""
CLICKED = (
    "article a[data-note]",
    ".fg-option label",
    "article details summary",
    "a.fg-copy",
    "button[data-clip]",
    "button[data-sort]",
    ".fg-segmented label",
)
"""A note, an option of a question, a folded part, the controls that copy and those that order and filter."""
LONG = 220_000
"""Bytes of a page from which axe sees of each list the first dozen rows, and two of a further table of the
same kind: they stand for the rest.
"""

SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value;
    }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 60);
})"""
REPORT = """addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI, sample}) => {
  (window.refused ??= []).push(`${violatedDirective}: ${blockedURI} ${sample}`);
});"""
"""Notes in every page what its policy refuses; REFUSED reads it."""
REFUSED = "window.refused ?? []"
SMALL_TEXT = """least => [...document.querySelectorAll(
    '.fg-figure :is(text, tspan, p, td, th), .fg-strip text')]
  .filter(node => node.checkVisibility() && node.textContent.trim())
  .map(node => {
    const svg = node.closest('svg');
    const scale = svg && svg.viewBox.baseVal.width
      ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    return [parseFloat(getComputedStyle(node).fontSize) * scale, node.textContent.trim().slice(0, 40)];
  }).filter(([size]) => size < least - 0.01)"""
"""Texts of figures that are smaller than so many px as they show: [size, words]."""
PRINTED_TEXT = """() => [...document.querySelectorAll('.fg-drawing')]
  .filter((svg) => svg.getClientRects().length).map((svg) => {
    const { width, height } = svg.getBoundingClientRect();
    const box = svg.viewBox.baseVal;
    const sizes = [...svg.querySelectorAll('[font-size]')].map((text) => text.getAttribute('font-size'));
    return Math.min(...sizes) * Math.min(width / box.width, height / box.height) * 0.75;
  })"""
"""Points of the smallest text of each drawing that prints."""
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Two frames later: whoever listens to the window's size has answered."""
THIN = """most => {
  const kept = {};  // rows of each kind of table, which is its class
  for (const list of document.querySelectorAll('table, tbody, ol, dl')) {
    const kind = list.closest('table') && list.tagName + list.closest('table').className,
      room = Math.max(most - (kept[kind] ?? 0), 2);
    [...list.children].slice(kind ? room : most).forEach(row => row.remove());
    kept[kind] = (kept[kind] ?? 0) + list.children.length;
  }
}"""
MARK = """() => {
  const kind = (node) => `${node?.tagName} ${node?.getAttribute('class')}`;
  const behind = new Map(), met = new Set();
  for (const node of document.querySelectorAll('body, body *')) {
    const { backgroundColor, backgroundImage, color, fontSize, fontWeight, opacity } = getComputedStyle(node);
    behind.set(node, backgroundColor === 'rgba(0, 0, 0, 0)' && backgroundImage === 'none'
      ? behind.get(node.parentNode) : [backgroundColor, backgroundImage]);
    const speaks = node.matches('a, input, select, textarea') || [...node.childNodes].some((part) =>
      part.nodeType === Node.TEXT_NODE && part.data.trim());
    const key = [kind(node.parentNode), kind(node), behind.get(node), color, fontSize, fontWeight,
      opacity].join();
    node.toggleAttribute('data-judged', speaks && node.checkVisibility() && !met.has(key));
    if (node.hasAttribute('data-judged')) met.add(key);
  }
}"""
"""Marks, of the elements with words of the same kind, inside the same kind, in the same color and size on the
same ground, the first that is seen: their contrast is the same.
"""
SWITCH = "document.querySelector('.fg-scheme').click()"
COLORS = ("color-contrast", "link-in-text-block")
"""axe's rules about colors, which take longer than all others together."""
SHAPE = {"rules": {rule: {"enabled": False} for rule in COLORS}}
"""All others: they say the same in light and dark."""
TARGETS = {"rules": SHAPE["rules"] | {"target-size": {"enabled": True}}}
"""Also the size of targets, which sheets decide as they do colors, and which takes as long as all others."""


@dataclass
class Visit:
    """One page as the browser showed it."""

    path: str
    faults: list[str] = field(default_factory=list)
    """Console messages, script errors, requests of other hosts, answers that say no."""
    refused: list[str] = field(default_factory=list)
    """What the page's policy refused, while it was opened and used."""
    shift: float = 0
    """How much moved while the page loaded, as the web vitals count it."""
    small: dict[int, list[list[object]]] = field(default_factory=dict)
    """Window's width in px → texts of figures that are smaller than 12 px, with their size."""
    scrolls: int = 0
    """How wide the page is in the narrow window, in px."""
    points: list[float] = field(default_factory=list)
    """The size of the smallest text of each drawing in print."""
    judged: dict[str, list[str]] = field(default_factory=dict)
    """"shape", "light" and "dark" → what axe found of the page's shape and of its colors, where it looked."""


def sample(site: Path, folders: tuple[str, ...] = tuple(SAMPLED)) -> dict[str, Path]:
    """Every page, but of the folders a share, the same at each run."""
    found, seen = {}, dict.fromkeys(folders, 0)
    for path, file in pages(site).items():
        folder = next((name for name in folders if path.startswith(name) and path != name), None)
        if folder is not None:
            seen[folder] += 1
        if folder is None or seen[folder] % SAMPLED[folder] == 1:
            found[path] = file
    return found


@cache
def colored(site: Path) -> frozenset[str]:
    """Pages that have, between them, each kind of element inside each kind that it stands in anywhere: colors
    come from style sheets, so these stand for all.
    """
    kinds = {
        path: {
            (_kind(inside), _kind(element))
            for element in parse(file).iter_elements()
            if (inside := element.parent) is not None
        }
        for path, file in sample(site).items()
    }
    left = set().union(*kinds.values())
    found = set()
    while left:
        best = max(kinds, key=lambda path: len(kinds[path] & left))
        found.add(best)
        left -= kinds[best]
    return frozenset(found)


def _kind(node: Node) -> tuple[str, str | None]:
    """An element's name and classes, by which style sheets know it."""
    return (node.tag, node.attr("class")) if isinstance(node, Element) else ("", None)


@cache
def figures_on(file: Path) -> frozenset[str]:
    """The ids of the figures that a page shows at its column's width."""
    return frozenset(
        uid
        for element in parse(file).iter_elements()
        if (uid := element.attr("id"))
        and "fg-figure" in (kinds := (element.attr("class") or "").split())
        and "fg-figure--small" not in kinds
    )


@cache
def windows(site: Path) -> dict[str, tuple[int, ...]]:
    """{address below the site: widths in which it is measured} of the pages to visit: every one that shows a
    figure or is used, and of the glossary and of figures' own pages a sample.

    A figure's own page shows it wider than a chapter does, so of those that a chapter shows the sample is
    enough, without the middle window. A lab draws in place of its page's figure.
    """
    drawn = {path: file for path, file in pages(site).items() if _shows(file, "fg-figure|fg-strip")}
    in_chapters = frozenset[str]().union(
        *(figures_on(file) for path, file in drawn.items() if not path.startswith(("figures/", "labs/")))
    )
    first = {path: file for path, file in drawn.items() if not _again(path, in_chapters)}
    visited = first.keys() | set(USED) | sample(site).keys()
    found: dict[str, tuple[int, ...]] = {path: (WIDE, NARROW) for path in pages(site) if path in visited}
    for path, file in first.items():
        medium = _shows(file, "fg-drawing--medium")
        found[path] = (WIDE, LAPTOP, MIDDLE, NARROW) if medium else (WIDE, MIDDLE, NARROW)
    return found


def _shows(file: Path, kinds: str) -> bool:
    """Whether an element of a page is of one of the kinds; the rules in its head name kinds that it lacks."""
    return bool(re.search(rf"<[^>]* class=(?:\"[^\"]*\b)?(?:{kinds})(?=[\s\">])", text_of(file)))


def _again(path: str, in_chapters: frozenset[str]) -> bool:
    """Whether it is the own page of a figure that a chapter shows."""
    folder, _, slug = path.strip("/").partition("/")
    return folder == "figures" and slug in in_chapters


def shares(site: Path, count: int) -> list[dict[str, Path]]:
    """The pages to visit, in so many parts that take about as long."""
    judged, files = sample(site), pages(site)
    by_length = sorted(
        windows(site),
        key=lambda path: (
            path not in USED,
            path not in colored(site),
            path not in judged,
            -files[path].stat().st_size,
        ),
    )
    return [{path: files[path] for path in by_length[start::count]} for start in range(count)]


def visit(browser: Browser, address: str, site: Path, part: dict[str, Path]) -> Iterator[Visit]:
    """Open the pages of a part in one tab."""
    page = browser.new_context(viewport=window(WIDE)).new_page()
    # brings the faces: whether they come before the first page is drawn, and move its text, hangs on how
    # busy a machine is
    page.goto(f"{address}404.html")
    # a page does not begin in the colors that the one before it ended in
    page.add_init_script("localStorage.clear()")
    page.add_init_script(REPORT)
    for path, file in part.items():
        seen = Visit(path)
        with listening(page, seen, address):
            page.goto(address + path)
            seen.shift = page.evaluate(SHIFT)
        look(page, seen, site, file)
        if figures_on(file):
            page.emulate_media(media="print")
            page.set_viewport_size(window(PAPER))
            seen.points = page.evaluate(PRINTED_TEXT)
            page.emulate_media(media="screen")
        seen.refused += page.evaluate(REFUSED)
        for width in (NARROW, WIDE) if path in USED else ():
            page.set_viewport_size(window(width))
            page.goto(address + path)
            use(page)
            if width == WIDE:
                search(page)
            seen.refused += page.evaluate(REFUSED)
        page.goto("about:blank")  # resizing would lay out the page once more
        page.set_viewport_size(window(WIDE))
        yield seen
    page.context.close()


def window(width: int) -> ViewportSize:
    return {"width": width, "height": 900}


@contextmanager
def listening(page: Page, seen: Visit, address: str) -> Iterator[None]:
    """Note in `seen` the faults that the page's events tell while the block runs."""

    def answered(response: Response) -> None:
        if response.status >= 400:
            seen.faults.append(f"{response.url}: {response.status}")

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            seen.faults.append(f"asks {request.url}")

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.faults.append(message.text)

    listeners = {
        "console": console,
        "pageerror": lambda error: seen.faults.append(str(error)),
        "request": asked,
        "response": answered,
    }
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]  # a name and its listener, paired above
    yield
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


def look(page: Page, seen: Visit, site: Path, file: Path) -> None:
    """Measure the page in its windows and have axe judge it in the wide one, in which it is open: of a long
    page when all of it is measured, because axe sees only a part.
    """
    judged, long = seen.path in sample(site), file.stat().st_size > LONG
    colors = seen.path in colored(site)
    if judged and not long:
        seen.judged = judge(page, colors)
    for width in windows(site)[seen.path]:
        page.set_viewport_size(window(width))
        page.evaluate(SETTLED)
        seen.small[width] = page.evaluate(SMALL_TEXT, 12)
    seen.scrolls = page.evaluate("document.documentElement.scrollWidth")
    if judged and long:
        page.set_viewport_size(window(WIDE))
        page.evaluate(THIN, 12)
        seen.judged = judge(page, colors)


def judge(page: Page, colors: bool) -> dict[str, list[str]]:
    """What axe finds. Dark comes by the reader's switch: axe is twice as quick where it has run before."""
    found = {"shape": faults(page, **(TARGETS if colors else SHAPE))}
    if colors:
        page.emulate_media(reduced_motion="reduce")
        found["light"] = colors_in(page, "system")
        page.evaluate(SWITCH)
        found["dark"] = colors_in(page, "dark")
        page.emulate_media(reduced_motion="no-preference")
    return found


def colors_in(page: Page, scheme: str) -> list[str]:
    """What axe finds of colors; `scheme` is the choice that the page is to be in."""
    page.evaluate(SETTLED)
    assert page.evaluate("document.documentElement.dataset.scheme ?? 'system'") == scheme
    page.evaluate(MARK)
    return faults(page, "[data-judged]", runOnly=COLORS)


def use(page: Page) -> None:
    """Choose the other colors, open the menu, click the first of CLICKED that shows, and filter a list: as
    far as the page has them.
    """
    page.locator(".fg-scheme").click()
    if page.locator(".fg-menu").is_visible():
        page.locator(".fg-menu").click()
        page.keyboard.press("Escape")
    for selector in CLICKED:
        control = page.locator(selector).locator("visible=true")
        if control.count():
            control.first.evaluate("(item) => item.click()")
            page.keyboard.press("Escape")
    field = page.locator(".fg-filter input[type=search]").locator("visible=true")
    if field.count():
        field.first.fill("open")


def search(page: Page) -> None:
    """Ask the page's search, which builds its index in each page anew."""
    page.locator(".fg-search-open").click()
    page.get_by_role("textbox", name="Search the guide").fill("what is a token")
    page.locator("dialog:modal .fg-results li").first.wait_for(state="visible")
    page.keyboard.press("Escape")
