"""Glyphs of the sections and marks of the layers."""

import re
from xml.etree import ElementTree as ET

import pytest

from fieldguide.page.glyphs import GLYPHS, glyph, layer_mark
from fieldguide.text.names import LAYERS


@pytest.mark.parametrize("section", ["foundations", "training", "stack", "business", "investing"])
def test_every_section_has_a_glyph_in_the_theme_s_colors(section: str) -> None:
    svg = glyph(section)
    root = ET.fromstring(svg)
    assert root.get("aria-hidden") == "true" and len(root) > 3
    assert not re.findall(r'(?:fill|stroke)="(?!none|var\(--fg-)[^"]*"', svg)


def test_an_unknown_section_has_none() -> None:
    assert "glossary" not in GLYPHS
    with pytest.raises(KeyError):
        glyph("glossary")


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_has_a_mark(layer: str) -> None:
    assert ET.fromstring(layer_mark(layer)).get("viewBox") == "0 0 16 12"
