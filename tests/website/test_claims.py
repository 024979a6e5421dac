"""The ledger of claims as it is built: a row for every checked number."""

from __future__ import annotations

import re
from pathlib import Path

from tests.built import text_of


def test_every_number_of_the_site_has_its_row(site: Path) -> None:
    rows = set(re.findall(r'<tr [^>]*?\bid="([^"]+)"', text_of(site / "data/claims/index.html")))
    opened = set()
    for path in site.rglob("*.html"):
        opened |= set(re.findall(r'data/claims/#([^"]+)"', text_of(path)))
    assert len(rows) > 1500
    assert {reference for reference in opened if "." in reference} - rows == set()
