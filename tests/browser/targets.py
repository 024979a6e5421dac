"""Targets that are smaller than 24 px on an open page, counted as WCAG 2.5.8 does, but without its exception
for small targets that stand apart.

Exempt is a link in a line of text: an inline element whose block also has words that are no target. Links of
drawings never are. A field counts with its label.
"""

from __future__ import annotations

from playwright.sync_api import Page

LEAST = 23.95
"""In px: a browser rounds."""
COUNT = r"""(least) => {
  const TARGET = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const inLine = (element) => {
    if (element.closest("svg") || getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (/^(inline|contents)/.test(getComputedStyle(block).display)) block = block.parentElement;
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const {data, parentElement} = texts.currentNode;
      const words = /[\p{L}\p{N}]/u.test(data) && !parentElement.closest(TARGET);
      if (words && parentElement.checkVisibility()) return true;
    }
    return false;
  };
  const seen = (element) => element.checkVisibility({visibilityProperty: true});
  const all = [...document.querySelectorAll(TARGET)].filter(seen);
  const small = all.filter((element) => {
    const boxes = [element, ...(element.labels ?? [])].map((item) => item.getBoundingClientRect());
    const unseen = boxes[0].width < 2 || boxes[0].right <= 0; // what only the keyboard brings
    return !unseen && !boxes.some((box) => box.width >= least && box.height >= least) && !inLine(element);
  });
  return [all.length, small.map((element) => {
    const {width, height} = element.getBoundingClientRect();
    const words = element.textContent.trim() || element.ariaLabel || element.name || element.tagName;
    return `${words.slice(0, 40)}: ${Math.round(width)} × ${height.toFixed(1)}`;
  })];
}"""


def small_targets(page: Page) -> tuple[int, list[str]]:
    """(number of all targets that can be seen, each that is too small with its width and height)."""
    number, small = page.evaluate(COUNT, LEAST)
    return number, small
