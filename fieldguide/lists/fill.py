"""TODO."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from fieldguide.lists.claims import render_claims
from fieldguide.lists.companies import render_companies
from fieldguide.lists.figures import figure_index
from fieldguide.lists.glossary import glossary_index
from fieldguide.lists.hardware import render_hardware
from fieldguide.lists.keys import KEYS
from fieldguide.lists.models import models_table
from fieldguide.lists.prices import render_prices, render_rentals
from fieldguide.lists.references import references
from fieldguide.lists.stack import stack_table
from fieldguide.page.builder import Builder
from fieldguide.page.citation import guide_citation

LISTS: dict[str, Callable[[Builder, ET.Element], None]] = {
    "glossary-index": glossary_index, "figure-index": figure_index, "guide-citation": guide_citation, "references": references, "models": models_table, "companies": render_companies, "prices": render_prices, "rentals": render_rentals,
    "hardware": render_hardware, "stack-table": stack_table, "claims": render_claims, **KEYS,
}
"""Generated lists that `/// figure | …` may name besides figures: drawn without the figure frame."""
