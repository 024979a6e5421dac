"""llms.txt and llms-full.txt as they are published."""

from __future__ import annotations

import re
from pathlib import Path

from tests.built import BASE, file_of

MOST_BYTES = 1_500_000


def test_every_link_of_the_list_opens(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    ours = [url for url in re.findall(r"\]\((\S+?)\)", text) if url.startswith(BASE)]
    assert len(ours) > 50
    assert [url for url in ours if not file_of(site, url).is_file()] == []
    assert (site / "llms-full.txt").stat().st_size < MOST_BYTES
