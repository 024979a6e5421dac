"""What no page of the site may hold, of whichever kind: a policy for styles and scripts leaves no room for
it, or HTML does not know it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.built import parse


def whole(site: Path) -> list[Path]:
    """Every HTML file: pages, redirects, short links, frames."""
    return sorted(site.rglob("*.html"))


def test_no_element_brings_a_style_or_a_handler(site: Path) -> None:
    found: Counter[str] = Counter()
    files = whole(site)
    for path in files:
        for element in parse(path).iter_elements():
            found.update(
                f"{element.tag} {name}=" for name in element.attrs if name == "style" or name.startswith("on")
            )
            if element.tag == "style" and element.parent is not None and element.parent.tag != "head":
                found["style in the body"] += 1
    assert len(files) > 1000
    assert not found


def test_a_caption_opens_or_closes_its_figure(site: Path) -> None:
    seen = 0
    for path in whole(site):
        for figure in parse(path).find_all("figure"):
            children = [child.tag for child in figure.children if getattr(child, "tag", None)]
            places = [at for at, tag in enumerate(children) if tag == "figcaption"]
            seen += len(places)
            assert places in ([], [0], [len(children) - 1]), (path, children)
    assert seen > 100


def test_a_redirect_names_an_icon(site: Path) -> None:
    """Without it a browser asks the host's root for one."""
    for path in [
        *sorted(site.glob("go/*/index.html"))[:20],
        site / "figures" / "batch-curve" / "embed" / "index.html",
    ]:
        icon = next(link for link in parse(path).find_all("link") if link.attr("rel") == "icon")
        assert (path.parent / (icon.attr("href") or "")).resolve() == (
            site / "assets" / "favicon.svg"
        ).resolve()
