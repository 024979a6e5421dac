"""What a reader sees of a page when its first 13,000 bytes have come, and what a whole visit costs."""

from __future__ import annotations

import functools
import gzip
import io
import re
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Request, Route

from fieldguide.commands.critical import kinds
from tests.browser.tabs import NewTab
from tests.built import pages

FIRST = 13_000
"""Bytes, compressed, in which the first screen is complete."""
VISIT, HEAVY, SCRIPTS = 150_000, 200_000, 15_000
"""Bytes, compressed, of a chapter with all that it asks for; of one with math or the map; and of its
scripts.
"""
QUIET = 4
"""Looks, one after the other, at which nothing is on its way: then a page has all that it asks for."""
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


def picture(tab: Page, address: str) -> tuple[Image.Image, int]:
    tab.goto(address, wait_until="load")
    tab.evaluate("document.fonts.ready")
    return Image.open(io.BytesIO(tab.screenshot())).convert("RGB"), tab.evaluate(END)


@pytest.mark.parametrize("reader", ["light", "dark", "back, and chose dark"])
def test_the_first_screen_is_complete_within_its_bytes(
    new_tab: NewTab, address: str, site: Path, reader: str
) -> None:
    tab = new_tab(**SCREEN, color_scheme="dark" if reader == "dark" else "light")
    if reader.startswith("back"):
        tab.add_init_script("Object.assign(localStorage, {'fg-scheme': 'dark', 'fg-reading': '{}'})")
    different = {}
    for name, file in sample(site).items():
        path = address + file.relative_to(site).as_posix()
        tab.route(
            "**/*.woff2", lambda route: route.abort()
        )  # a face that is late is not used: both are set in the fallback
        whole, end = picture(tab, path)
        tab.route("**/*", functools.partial(only_the_first, cut(file.read_bytes())))
        first, _ = picture(tab, path)
        tab.unroute_all()
        difference = ImageChops.difference(
            *(image.crop((0, 0, SCREEN["width"], end)) for image in (whole, first))
        )
        box = difference.point(lambda value: 255 if value > SHADE else 0).getbbox()
        if box:
            different[name] = (file.relative_to(site).as_posix(), box)
    assert different == {}


def test_a_visit_costs_few_bytes(browser: Browser, address: str, site: Path) -> None:
    much, scripted = {}, {}
    for path, file in pages(site).items():
        text = file.read_text(encoding="utf-8")
        if path and not re.search('data-fg-type="(?:concept|guide|lab)"', text):
            continue
        sizes = {name: cost(site / name) for name in asked_for(browser, address, path)}
        labs = sum(size for name, size in sizes.items() if name.startswith("labs/"))
        scripts = sum(size for name, size in sizes.items() if name.endswith(".mjs"))
        if scripts - labs > SCRIPTS:
            scripted[path] = scripts - labs
        if sum(sizes.values()) - labs > (HEAVY if "<math" in text or "fg-map" in text else VISIT):
            much[path] = sizes
    assert (much, scripted) == ({}, {})


def asked_for(browser: Browser, address: str, path: str) -> set[str]:
    """The files below the site that a browser asks for which has nothing yet."""
    context = browser.new_context(viewport=SCREEN)
    tab, asked, waiting = context.new_page(), set(), set[Request]()
    tab.on(
        "request",
        lambda request: (
            asked.add(urlsplit(request.url).path.removeprefix(urlsplit(address).path)),
            waiting.add(request),
        ),
    )
    tab.on("requestfinished", lambda request: waiting.discard(request))
    tab.on("requestfailed", lambda request: waiting.discard(request))
    tab.goto(address + path)
    quiet = 0
    while quiet < QUIET:
        tab.wait_for_timeout(30)
        quiet = 0 if waiting else quiet + 1
    context.close()
    return {f"{name}index.html" if not name or name.endswith("/") else name for name in asked}


def cost(file: Path) -> int:
    """Bytes on the way: fonts and pictures are compressed already."""
    data = file.read_bytes()
    return len(data if file.suffix in (".woff2", ".png") else packed(data))
