"""The control that copies a link stands wherever a reader may want to link."""

from __future__ import annotations

from pathlib import Path

from tests.built import pages, parse


def test_every_heading_that_shows_and_every_row_with_an_id_has_a_control(site: Path) -> None:
    without = []
    for address, path in pages(site).items():
        if address == "404.html":
            continue
        article = parse(path).find("article")
        targets = {
            link.attr("href", "").partition("#")[2] for link in article.find_all("a", class_="fg-copy")
        }
        for element in article.select("*"):
            classes = element.attr("class", "").split()
            wanted = element.tag in ("h2", "h3", "tr") or "fg-source" in classes
            if wanted and element.attr("id") and "fg-sr" not in classes and element.attr("id") not in targets:
                without.append(f"{address}#{element.attr('id')}")
    assert without == []
