"""What a test opens a page with: the fixture `new_tab`."""

from __future__ import annotations

import time
from datetime import date
from typing import Any, Protocol

from playwright.sync_api import Page


class NewTab(Protocol):
    """A new tab in a window of that size; `day` is what its clock says, options are those of a context:
    `java_script_enabled`, `color_scheme`, `has_touch` …
    """

    def __call__(
        self, width: int = 1280, height: int = 900, *, day: date | None = None, **options: Any
    ) -> Page: ...


def until(page: Page, expression: str, arg: object = None) -> None:
    """Wait until the expression, or the function of `arg`, holds. Playwright's own way asks in the page,
    where the policy forbids it to read a string as code.
    """
    last = time.monotonic() + 15
    while not page.evaluate(expression, arg):
        assert time.monotonic() < last, f"never true: {expression}"
        page.wait_for_timeout(30)
