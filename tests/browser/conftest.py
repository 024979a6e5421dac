"""Chromium, one for each worker, and where it finds the built site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import built, workers
from tests.browser.tabs import NewTab, OpenPage
from tests.chromium import LAYOUT, find
from tests.serving import serve

UNSEEN = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
"""Pages of Chromium's own, made with every tab behind its address bar: they cost more than the tab."""
LEFT_OUT = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""What Playwright turns off, said again because Chromium heeds the last list alone."""

expect.set_options(timeout=15_000)
"""Milliseconds for what is expected to come: a busy machine takes three times as long as an idle one."""
FORGET = "() => { try { localStorage.clear(); } catch { /* a test forbade it */ } }"


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """It asks this worker's own server for everything at SERVED; a test that needs no built site does not
    wait for it.
    """
    folder, below = built.GIVEN or workers.shared_folder(pytestconfig) / "site", urlsplit(built.SERVED).path
    with serve(folder, below) as root, sync_playwright() as playwright:
        rule = f"--host-resolver-rules=MAP {built.HOST}:80 {urlsplit(root).netloc}"
        browser = playwright.chromium.launch(
            executable_path=find(),
            args=["--no-sandbox", LAYOUT, rule, f"--disable-features={','.join(UNSEEN + LEFT_OUT)}"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> dict[tuple[object, ...], BrowserContext]:
    """The contexts of this worker by their options. A new one for each test would cost more than its page: a
    process, and every file once more.
    """
    return {}


@pytest.fixture
def new_tab(browser: Browser, contexts: dict[tuple[object, ...], BrowserContext]) -> Iterator[NewTab]:
    """Opens tabs for one test, and after it forgets what their pages kept and closes them: tabs of like
    options share a context.
    """
    opened: list[Page] = []

    def open_tab(width: int = 1280, height: int = 900, *, day: date | None = None, **options: Any) -> Page:
        key = (day, *sorted((name, repr(value)) for name, value in options.items()))
        if key not in contexts:
            contexts[key] = browser.new_context(**options)
            if day:
                contexts[key].clock.set_fixed_time(f"{day.isoformat()}T12:00:00")
        page = contexts[key].new_page()
        page.set_viewport_size({"width": width, "height": height})
        opened.append(page)
        return page

    yield open_tab
    for page in opened:
        if page.url.startswith(built.SERVED):
            page.evaluate(FORGET)
        page.close()


@pytest.fixture(scope="session")
def address(site: object) -> str:
    """Where Chromium finds the built site."""
    return built.SERVED


@pytest.fixture
def open_page(new_tab: NewTab, address: str) -> OpenPage:
    """Opens pages of the site, each in a new tab."""

    def open_at(path: str, *size: int, **options: Any) -> Page:
        tab = new_tab(*size, **options)
        tab.goto(address + path)
        return tab

    return open_at
