"""The way out: Zensical makes the same pages at the same addresses from the same sources."""

from __future__ import annotations

import html
import re
from pathlib import Path

from tests.built import pages, text_of


def article(path: Path) -> str:
    """The words of a page's article."""
    text = text_of(path)
    return re.sub(r"<[^>]+>|\s+", " ", text[text.index("<article") : text.index("</article>")]).replace(
        " ", ""
    )


def shared(path: Path) -> set[str]:
    """What a page's head says to those who link it: description and social tags."""
    return {
        html.unescape(tag)
        for tag in re.findall(
            r'<meta (?:name|property)="(?:description|robots|og:|twitter:|article:)[^>]*>', text_of(path)
        )
    }


def scripts(site: Path, path: Path) -> set[str]:
    """The modules that a page loads, as paths below the site; one that is not there fails."""
    found = {
        (path.parent / source).resolve()
        for source in re.findall(r'<script\b[^>]*\bsrc="([^"/][^"]*)"', text_of(path))
    }
    assert all(file.is_file() for file in found), path
    return {file.relative_to(site.resolve()).as_posix() for file in found}


def menus(path: Path) -> list[tuple[str, str]]:
    """The classes and words of the links around the article: tabs, menu, columns, footer."""
    around = text_of(path).partition("<article")[0] + text_of(path).partition("</article>")[2]
    return [
        (name, re.sub(r"<[^>]+>|\s+", " ", words).strip())
        for name, words in re.findall(r'<a class="([^"]*)"[^>]*>(.*?)</a>', around, flags=re.S)
    ]


def dated(site: Path) -> set[tuple[str, str]]:
    """The sitemap's addresses with their dates."""
    return set(
        re.findall(
            r"<loc>(.*?)</loc>\s*<lastmod>(.*?)</lastmod>", (site / "sitemap.xml").read_text(encoding="utf-8")
        )
    )


def test_zensical_builds_the_same_pages(site: Path, zensical: Path) -> None:
    ours, theirs = pages(site), pages(zensical)  # drafts are in neither
    assert set(ours) == set(theirs)
    different = [
        address
        for address in ours
        if address != "404.html" and article(ours[address]) != article(theirs[address])
    ]
    assert different == []
    assert [address for address in ours if shared(ours[address]) != shared(theirs[address])] == []
    assert [
        address for address in ours if scripts(site, ours[address]) != scripts(zensical, theirs[address])
    ] == []
    assert [address for address in ours if menus(ours[address]) != menus(theirs[address])] == []
    assert dated(site) == dated(zensical)
    for path in (
        "robots.txt",
        "llms.txt",
        "llms-full.txt",
        "feed.xml",
        *(
            file.relative_to(site).as_posix()
            for file in (site / "data").glob("*.*")
            if file.suffix != ".html"
        ),
    ):
        assert (site / path).read_bytes() == (zensical / path).read_bytes(), path
