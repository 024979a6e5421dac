"""What axe finds on the page that a test has brought into some state; tests/browser/visits.py asks it of
every page as it opens.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()


def faults(page: Page, part: str | None = None, **options: Any) -> list[str]:
    """Each rule that a part of the page breaks, or the whole, with the first elements that do; `options` are
    axe's own.
    """
    found = AXE.run(page, context=part, options={"resultTypes": ["violations"], **options}).response[
        "violations"
    ]
    return [f"{one['id']}: {' '.join(node['html'][:120] for node in one['nodes'][:3])}" for one in found]
