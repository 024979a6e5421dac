"""What axe finds on an open page: of all of it, or of a part."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

JUDGE = """async ([part, options]) => {
  const { violations } = await axe.run(part ?? document, {resultTypes: ['violations'], ...options});
  const html = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' ');
  return violations.map(({id, nodes}) => `${id}: ${html(nodes)}`);
}"""


def faults(page: Page, part: str | None = None, **options: Any) -> list[str]:
    """Each rule that the page breaks, or the part of it that a selector names, with the first three elements
    that break it; `options` are axe's own.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(JUDGE, [part, options])
    return found
