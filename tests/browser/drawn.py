"""Drawings that scripts make in the page, held against the rules of those that the build makes."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

from playwright.sync_api import Page

from fieldguide.drawing.shapes import Shapes
from tests.figures.crossings import crossings
from tests.figures.reading import collide, texts

GROUNDS = ("rule", "paper", "sunk", "chip", "raised", "app-wash", "model-wash", "infra-wash")
"""Colors of hairlines and of what may lie under words."""
SETTLED = """() => [1, 2, 3].reduce((before) => before.then(() => new Promise(
  (after) => requestAnimationFrame(() => setTimeout(after)))), Promise.resolve())"""
"""Waits until what scripts put off to a later frame is drawn."""
PAINTED = """([selector, tokens]) => {
  const probe = document.body.appendChild(document.createElement('i'));
  const named = new Map(tokens.map((name) => {
    probe.style.color = `var(--fg-${name})`;
    return [getComputedStyle(probe).color, `var(--fg-${name})`];
  }));
  probe.remove();
  const paint = (value, opacity) => value === 'none' ? value : value.startsWith('url') ? 'url(#pattern)'
    : opacity < .3 ? 'var(--fg-model-wash)' : named.get(value) ?? 'var(--fg-ink)';
  const nodes = [...document.querySelectorAll(selector)];
  return nodes.filter((node) => node.getClientRects().length).map((node) => {
    const copy = node.cloneNode(true);
    const [shown, written] = [node, copy].map((one) => [...one.querySelectorAll('text, path, rect, circle, line')]);
    shown.forEach((one, at) => {
      const style = getComputedStyle(one);
      const halo = one.localName === 'text' && style.stroke !== 'none';
      for (const [name, value] of Object.entries({
        fill: paint(style.fill, Number(style.fillOpacity)), stroke: paint(style.stroke, Number(style.strokeOpacity)),
        'stroke-width': parseFloat(style.strokeWidth), 'font-size': parseFloat(style.fontSize),
        'font-weight': style.fontWeight, 'text-anchor': style.textAnchor, class: halo ? 'fg-halo' : '',
      })) written[at].setAttribute(name, value);
      written[at].removeAttribute('fill-opacity');
    });
    return copy.outerHTML;
  });
}"""  # noqa: E501


def faults_of_drawings(page: Page, selector: str) -> list[str]:
    """What is wrong with the words of these drawings as they stand in the page: what runs through them, and
    which overlap or are cut off.
    """
    page.evaluate(SETTLED)
    wrong = []
    for svg in page.evaluate(PAINTED, [selector, GROUNDS]):
        root = ET.fromstring(svg)
        _, _, width, height = map(float, root.get("viewBox", "").split())
        wrong += [f"“{words}” is touched by {line}" for words, line in crossings(Shapes(width, height, root))]
        lines = texts(svg)
        wrong += [
            f"“{one[0]}” lies on “{other[0]}”"
            for one, other in combinations(lines, 2)
            if collide(one[2], other[2])
        ]
        wrong += [
            f"“{words}” is cut off"
            for words, _, (left, top, right, bottom) in lines
            if left < -1.5 or right > width + 1.5 or top < -1 or bottom > height + 1
        ]
    return wrong
