"""What a test opens a page with: the fixtures `open_page` and, for what comes before a page, `new_tab`."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date
from re import Pattern
from typing import Any, Protocol

from playwright.sync_api import Page, expect

FORBIDDEN = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no',"
    " 'SecurityError'); }})"
)
"""An init script by which a page may keep nothing."""


class NewTab(Protocol):
    """A new tab in a window of that size; `day` is what its clock says, options are those of a context:
    `java_script_enabled`, `color_scheme`, `has_touch` …
    """

    def __call__(
        self, width: int = 1280, height: int = 900, *, day: date | None = None, **options: Any
    ) -> Page: ...


class OpenPage(Protocol):
    """The page at an address below the site, open in a new tab; the rest is as in NewTab."""

    def __call__(
        self, path: str, width: int = 1280, height: int = 900, *, day: date | None = None, **options: Any
    ) -> Page: ...


def until(page: Page, expression: str, arg: object = None) -> None:
    """Wait until the expression, or the function of `arg`, holds. Playwright's own way asks in the page,
    where the policy forbids it to read a string as code.
    """
    last = time.monotonic() + 15
    while not page.evaluate(expression, arg):
        assert time.monotonic() < last, f"never true: {expression}"
        page.wait_for_timeout(30)


def plain(text: str | None) -> str:
    """The text with plain spaces where a page keeps a line from breaking."""
    return (text or "").replace("\N{NO-BREAK SPACE}", " ")


def script_errors(page: Page) -> list[str]:
    """The errors of the page's scripts, as they come from now on."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def requests_of(page: Page) -> list[str]:
    """The addresses that the page asks for, as it does from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def shows(page: Page, words: Mapping[str, str | Pattern[str] | Sequence[str]]) -> None:
    """Wait until each selector's element has this text, whole, or what the pattern looks for; a list is of
    all that the selector finds, in order.
    """
    for selector, text in words.items():
        expect(page.locator(selector)).to_have_text(text)
