"""The way out: Zensical makes the same pages at the same addresses from the same sources."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.assets import write_copy
from fieldguide.book import load_book
from tests.conftest import ROOT
from tests.test_site import pages

pytestmark = pytest.mark.site


def article(path: Path) -> str:
    """The words of a page's article."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"<[^>]+>|\s+", " ", text[text.index("<article"):text.index("</article>")]).replace(" ", "")


def test_zensical_builds_the_same_pages(site: Path, tmp_path: Path) -> None:
    write_copy(load_book(ROOT), tmp_path / "copy")
    result = subprocess.run([sys.executable, "-m", "zensical", "build"], cwd=tmp_path / "copy", capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    ours, theirs = pages(site), pages(tmp_path / "copy" / "site")  # drafts are in neither
    assert set(ours) == set(theirs)
    different = [address for address in ours if address != "404.html" and article(ours[address]) != article(theirs[address])]
    assert different == []
