"""What Chromium sees of the pages: each is opened once, looked at in five widths, and judged by axe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response
from turbohtml import Element, Node

from tests.built import pages, parse, text_of

WIDTHS = (1440, 1280, 768, 360)
"""Windows in which every text of a figure is measured."""
NARROWEST = 320
SAMPLED = {"glossary/": 12, "figures/": 6}
"""Folders whose pages come from one template → one page in so many is enough for a slow look. Their own tests
and the fast ones read all.
"""
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
SMALL_TEXT = """least => [...document.querySelectorAll('.fg-figure text, .fg-figure tspan, .fg-figure p, .fg-figure td, .fg-figure th, .fg-strip text')]
  .filter(node => node.checkVisibility() && node.textContent.trim())
  .map(node => {
    const svg = node.closest('svg');
    const scale = svg && svg.viewBox.baseVal.width
      ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    return [parseFloat(getComputedStyle(node).fontSize) * scale, node.textContent.trim().slice(0, 40)];
  }).filter(([size]) => size < least - 0.01)"""  # noqa: E501
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
JUDGE = """async ([rules, parts]) => (await axe.run(parts ?? document, {resultTypes: ['violations'], ...rules})).violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' ')}`)"""  # noqa: E501
COLORS = ("color-contrast", "link-in-text-block")
"""axe's rules about colors, which take longer than all others together."""
SHAPE = {"rules": {"target-size": {"enabled": True}} | {rule: {"enabled": False} for rule in COLORS}}
"""All others: they say the same in light and dark."""


@dataclass
class Visit:
    """One page as the browser showed it."""

    path: str
    faults: list[str] = field(default_factory=list)
    """Console messages, script errors, requests of other hosts, answers that say no."""
    shift: float = 0
    """How much moved while the page loaded, as the web vitals count it."""
    small: dict[int, list[list[object]]] = field(default_factory=dict)
    """Window's width in px → texts of figures that are smaller than 12 px, with their size."""
    scrolls: int = 0
    """How wide the page is in the narrowest window, in px."""
    judged: dict[str, list[str]] | None = None
    """Of the page's shape, and of its colors in light and in dark → what axe found; None where it did not
    look.
    """


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


def shares(site: Path, count: int) -> list[dict[str, Path]]:
    """The pages to visit, in so many parts that take about as long: every figure is among them, and of the
    glossary a sample.
    """
    shown = {
        path: file
        for path, file in pages(site).items()
        if "fg-figure" in text_of(file) or "fg-strip" in text_of(file)
    }
    judged = sample(site)
    by_length = sorted(
        (sample(site, ("glossary/",)) | shown).items(),
        key=lambda item: (item[0] not in colored(site), item[0] not in judged, -item[1].stat().st_size),
    )
    return [dict(by_length[at::count]) for at in range(count)]


def visit(browser: Browser, address: str, site: Path, part: dict[str, Path]) -> Iterator[Visit]:
    """Open the pages of a part in one tab."""
    judged = sample(site)
    page = browser.new_context(viewport={"width": WIDTHS[0], "height": 900}).new_page()
    # brings the faces: whether they come before the first page is drawn, and move its text, hangs on how
    # busy a machine is
    page.goto(f"{address}404.html")
    # a page does not begin in the colors that the one before it ended in
    page.add_init_script("localStorage.clear()")
    for path, file in part.items():
        seen = Visit(path)
        listen = listener(seen, address)
        for event, heard in listen.items():
            page.on(event, heard)  # type: ignore[call-overload]  # a name and its listener, as `listener` pairs them
        page.goto(address + path)
        seen.shift = page.evaluate(SHIFT)
        for event, heard in listen.items():
            page.remove_listener(event, heard)
        look(page, seen)
        if path in judged:
            seen.judged = judge(page, path in colored(site), file.stat().st_size > LONG)
        yield seen
    page.context.close()


def listener(seen: Visit, address: str) -> dict[str, object]:
    """Event → what notes its faults in `seen`."""

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.faults.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            seen.faults.append(f"asks {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            seen.faults.append(f"{response.url}: {response.status}")

    return {
        "console": console,
        "pageerror": lambda error: seen.faults.append(str(error)),
        "request": asked,
        "response": answered,
    }


def look(page: Page, seen: Visit) -> None:
    """Measure the page in every width, and leave it in the first."""
    for width in (*WIDTHS, NARROWEST, WIDTHS[0]):
        if seen.small:  # it was opened in the first
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(SETTLED)
        if width == NARROWEST:
            seen.scrolls = page.evaluate("document.documentElement.scrollWidth")
        elif width not in seen.small:
            seen.small[width] = page.evaluate(SMALL_TEXT, 12)


def judge(page: Page, colors: bool, long: bool) -> dict[str, list[str]]:
    """What axe finds. Dark comes by the reader's switch: axe is twice as quick where it has run before."""
    if long:
        page.evaluate(THIN, 12)
    page.evaluate(AXE_SCRIPT)
    found: dict[str, list[str]] = {"shape": page.evaluate(JUDGE, [SHAPE, None])}
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
    found: list[str] = page.evaluate(JUDGE, [{"runOnly": list(COLORS)}, "[data-judged]"])
    return found
