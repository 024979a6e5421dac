"""What a reader sees of a page when its first 13,000 bytes have come, and what a whole visit costs."""

from __future__ import annotations

import functools
import gzip
import io
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Request, Route

from audit.cost import PAGES
from fieldguide.commands.critical import kinds
from tests.browser.tabs import NewTab
from tests.browser.visits import SHIFT
from tests.built import pages, text_of

FIRST = 13_000
"""Bytes, compressed, in which the first screen is complete."""
WHOLE, VISIT, SCRIPTS = 200_000, 150_000, 15_000
"""Bytes, compressed, of a page with all that it asks for until it is read to its end, live figures and labs
included; of one without a lab, as it opens; and of the scripts of such a page.
"""
HEAVIEST = 16
"""Chapters whose visits are counted, of fifty: those with the longest pages."""
QUIET = 4
"""Looks, one after the other, at which nothing is on its way: then a page has all that it asks for."""
LAB = re.compile(r"/labs?/.*\.mjs$")
"""The modules with which a lab takes the place of what stands in its page."""
SHADE = 32
"""How much of 255 a pixel may differ: less is the edge of a round corner."""
SCREEN = {"width": 390, "height": 844}
END = """() => {
  const title = document.querySelector('.fg-title, .fg-hero, .fg-figure__title');
  const end = title.getBoundingClientRect().bottom;
  const next = [...document.querySelectorAll('article p, article .fg-figure__title')].map((item) =>
    item.getBoundingClientRect()).find((box) => box.height && box.top >= end);
  return Math.floor(Math.min(innerHeight, next && next.bottom < innerHeight &&
    !document.querySelector('.fg-framed') ? next.bottom : end));
}"""
"""Where the title, the answer and the first paragraph or the first figure's title are over, in px."""
LARGEST = """() => new Promise((done) => new PerformanceObserver((list) => {
  const { size, element } = list.getEntries().at(-1);
  done([size, element.textContent.trim()]);
}).observe({ type: 'largest-contentful-paint', buffered: true }))"""
STILL = 0.01
"""A tenth of the layout shift score up to which Chromium calls a page good."""
READ = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  }
}"""
"""Scrolls to the page's end, slowly enough for what waits for its place to come near the screen."""


@functools.cache
def sample(site: Path) -> dict[str, Path]:
    """Two pages of each kind: the one whose title comes last in its bytes, and one from the middle."""
    found = {}
    for kind, files in kinds(site).items():
        late = max(files, key=lambda file: len(packed(file.read_bytes()[: file.read_bytes().find(b"</h1>")])))
        for name, file in ((f"{kind}, late", late), (f"{kind}, middle", files[len(files) // 2])):
            found[name] = file
    return found


def packed(data: bytes) -> bytes:
    return gzip.compress(data, 6)


def cut(page: bytes) -> bytes:
    """What the first bytes of the compressed page hold."""
    return zlib.decompressobj(wbits=31).decompress(packed(page)[:FIRST])


def only_the_first(html: bytes, route: Route) -> None:
    """Answer with what has come of the page; neither the late sheet nor a script has come yet."""
    (
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
        if route.request.is_navigation_request()
        else route.abort()
    )


def pictures(tab: Page, address: str, schemes: Sequence[str]) -> list[tuple[Image.Image, int]]:
    """The window in each scheme, and where END stands in it."""
    tab.goto(address, wait_until="load")
    tab.evaluate("document.fonts.ready")
    found = []
    for scheme in schemes:
        tab.emulate_media(color_scheme=scheme)
        shot = tab.screenshot(animations="disabled")  # colors do not fade into each other
        found.append((Image.open(io.BytesIO(shot)).convert("RGB"), tab.evaluate(END)))
    return found


@pytest.mark.parametrize("chosen", [False, True])
def test_the_first_screen_is_complete_within_its_bytes(
    new_tab: NewTab, address: str, site: Path, chosen: bool
) -> None:
    """In light and in dark; and for a reader who comes back and has chosen dark."""
    tab = new_tab(**SCREEN)
    if chosen:
        tab.add_init_script("Object.assign(localStorage, {'fg-scheme': 'dark', 'fg-reading': '{}'})")
    schemes = ("light",) if chosen else ("light", "dark")
    different = {}
    for name, file in sample(site).items():
        path = address + file.relative_to(site).as_posix()
        # a face that is late is not used: both are set in the fallback
        tab.route("**/*.woff2", lambda route: route.abort())
        tab.route(LAB, lambda _: None)  # they never come
        whole = pictures(tab, path, schemes)
        tab.route("**/*", functools.partial(only_the_first, cut(file.read_bytes())))
        first = pictures(tab, path, schemes)
        tab.unroute_all(behavior="ignoreErrors")
        for scheme, (full, end), (begun, _) in zip(schemes, whole, first, strict=True):
            seen = [image.crop((0, 0, SCREEN["width"], end)) for image in (full, begun)]
            if box := ImageChops.difference(*seen).point(lambda value: 255 if value > SHADE else 0).getbbox():
                different[name, scheme] = (file.relative_to(site).as_posix(), box)
    assert different == {}


def test_the_largest_paint_waits_for_nothing_but_the_first_bytes(
    new_tab: NewTab, address: str, site: Path
) -> None:
    """On the pages of the audit, no sheet, face or script brings anything larger than what comes first."""
    tab = new_tab(**SCREEN)
    for path in PAGES:
        tab.route("**/*.woff2", lambda route: route.abort())
        whole = largest(tab, address + path)
        tab.route("**/*", functools.partial(only_the_first, cut((site / path / "index.html").read_bytes())))
        first = largest(tab, address + path)
        tab.unroute_all(behavior="ignoreErrors")
        assert first == whole, path


def test_nothing_moves_when_the_sheet_comes_late(new_tab: NewTab, address: str) -> None:
    """On the pages of the audit, touched: targets that grow there must not push what is read."""
    tab = new_tab(412, 823, has_touch=True, is_mobile=True)
    held: list[Route] = []
    tab.route("**/*.css", lambda route: held.append(route))
    for path in PAGES:
        tab.goto(address + path, wait_until="commit")
        tab.wait_for_function("document.querySelector('.fg-title, .fg-hero')")
        tab.screenshot()  # painted as it is without the sheet
        while held:
            held.pop().continue_()
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate(SHIFT) < STILL, path


def largest(tab: Page, address: str) -> tuple[int, str]:
    """Square px and words of the last and largest of the paints that a browser reports for a page."""
    tab.goto(address, wait_until="load")
    size, words = tab.evaluate(LARGEST)
    return size, words


def test_a_visit_costs_few_bytes(browser: Browser, address: str, site: Path) -> None:
    """Of home, of every lab and of the heaviest chapters: the others ask for the same files or for fewer."""
    much = {}
    tab = browser.new_context(viewport=SCREEN).new_page()
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})  # each page as the first of a visit
    told = [
        path
        for path, file in pages(site).items()
        if 'data-fg-type="concept"' in text_of(file) or 'data-fg-type="guide"' in text_of(file)
    ]
    heaviest = sorted(told, key=lambda path: -cost(pages(site)[path]))[:HEAVIEST]
    labs = [path for path, file in pages(site).items() if "<x-lab" in text_of(file)]
    assert len(labs) >= 9
    for path in dict.fromkeys(["", *labs, *heaviest]):
        text = text_of(pages(site)[path])
        opened, whole = (
            {name: cost(site / name) for name in files} for files in asked_for(tab, address, path)
        )
        scripts = sum(size for name, size in opened.items() if name.endswith(".mjs"))
        if sum(whole.values()) > WHOLE:
            much[path] = whole
        elif "<x-lab" not in text and (sum(opened.values()) > VISIT or scripts > SCRIPTS):
            much[path] = opened
    tab.context.close()
    assert much == {}


def asked_for(tab: Page, address: str, path: str) -> tuple[set[str], set[str]]:
    """The files below the site that a page asks for until nothing more is on its way: as it opens, and once
    it was scrolled to its end.
    """
    asked, waiting = set[str](), set[Request]()

    def begun(request: Request) -> None:
        asked.add(urlsplit(request.url).path.removeprefix(urlsplit(address).path))
        waiting.add(request)

    def ended(request: Request) -> None:
        waiting.discard(request)

    listeners = {"request": begun, "requestfinished": ended, "requestfailed": ended}
    for event, listener in listeners.items():
        tab.on(event, listener)  # type: ignore[call-overload]  # a name and its listener, paired above
    tab.goto(address + path)
    settle(tab, waiting)
    opened = asked.copy()
    tab.evaluate(READ)
    settle(tab, waiting)
    for event, listener in listeners.items():
        tab.remove_listener(event, listener)
    return files_of(opened), files_of(asked)


def settle(tab: Page, waiting: set[Request]) -> None:
    """Wait until nothing is on its way."""
    quiet = 0
    while quiet < QUIET:
        tab.wait_for_timeout(30)
        quiet = 0 if waiting else quiet + 1


def files_of(asked: set[str]) -> set[str]:
    return {f"{name}index.html" if not name or name.endswith("/") else name for name in asked}


def cost(file: Path) -> int:
    """Bytes on the way: fonts and pictures are compressed already."""
    data = file.read_bytes()
    return len(data if file.suffix in (".woff2", ".png") else packed(data))
