"""The way out: Zensical makes the same pages at the same addresses from the same sources."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.commands.copy import write_copy
from tests.conftest import BASE
from tests.guide import ROOT
from tests.test_site import pages

pytestmark = pytest.mark.site


def article(path: Path) -> str:
    """The words of a page's article."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"<[^>]+>|\s+", " ", text[text.index("<article"):text.index("</article>")]).replace(" ", "")


def shared(path: Path) -> set[str]:
    """What a page's head says to those who link it: description and social tags."""
    return {html.unescape(tag) for tag in re.findall(r'<meta (?:name|property)="(?:description|robots|og:|twitter:|article:)[^>]*>', path.read_text(encoding="utf-8"))}


def dated(site: Path) -> set[tuple[str, str]]:
    """The sitemap's addresses with their dates."""
    return set(re.findall(r"<loc>(.*?)</loc>\s*<lastmod>(.*?)</lastmod>", (site / "sitemap.xml").read_text(encoding="utf-8")))


def test_zensical_builds_the_same_pages(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", BASE)  # pages say their own address
    write_copy(ROOT, tmp_path / "copy")
    result = subprocess.run([sys.executable, "-m", "zensical", "build"], cwd=tmp_path / "copy", capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    ours, theirs = pages(site), pages(tmp_path / "copy" / "site")  # drafts are in neither
    assert set(ours) == set(theirs)
    different = [address for address in ours if address != "404.html" and article(ours[address]) != article(theirs[address])]
    assert different == []
    assert [address for address in ours if shared(ours[address]) != shared(theirs[address])] == []
    assert dated(site) == dated(tmp_path / "copy" / "site")
    for path in ("robots.txt", "llms.txt", "llms-full.txt", "feed.xml", *(file.relative_to(site).as_posix() for file in (site / "data").glob("*.*"))):
        assert (site / path).read_bytes() == (tmp_path / "copy" / "site" / path).read_bytes(), path
