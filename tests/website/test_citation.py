"""Every built page says how it is cited."""

from __future__ import annotations

import re
from pathlib import Path

from tests.built import BASE, pages, text_of


def test_every_page_ends_with_its_citation(site: Path) -> None:
    for path, file in pages(site).items():
        if path not in ("404.html", "search/"):  # what a search finds is nothing to cite
            words = re.findall(r'<p [^>]*id="cite-words"[^>]*>(.*?)</p>', text_of(file))
            assert len(words) == 1, path
            assert words[0].endswith(BASE + ("" if path == "about/cite-this/" else path)), path
