"""What a test opens a page with: the fixture `new_tab`."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from playwright.sync_api import Page


class NewTab(Protocol):
    """A new tab in a window of that size; `day` is what its clock says, options are those of a context: `java_script_enabled`, `color_scheme`, `has_touch` …"""

    def __call__(self, width: int = 1280, height: int = 900, *, day: date | None = None, **options: Any) -> Page: ...
