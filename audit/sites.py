"""What the guide is measured beside: the same pages with the stock theme, and the same article as bare
HTML.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from fieldguide.outputs.color_tokens import read_tokens
from fieldguide.outputs.finish.site import UNFINISHED

STOCK = {
    "name": "material",
    "language": "en",
    "font": False,
    "favicon": "assets/favicon.svg",
    "features": ["navigation.indexes"],
}
"""The theme as it comes, without web fonts of its own, which would come from another host."""
BARE = (
    "body{max-width:44rem;margin:1rem auto;padding:0 1rem;font:1.05rem/1.55"
    " Georgia,serif;color:var(--fg-ink);background:var(--fg-paper)}a{color:var(--fg-accent)}h1,h2,h3"
    "{line-height:1.2}"
    "svg{max-width:100%;height:auto}figure{margin:2rem"
    " 0}figcaption,.fg-figure__source{font-size:.85rem}table"
    "{display:block;overflow-x:auto;border-collapse:collapse;font-size:.9rem}"
    "td,th{padding:.3rem .6rem;border-bottom:1px solid"
    " var(--fg-rule);text-align:left;vertical-align:top}pre{overflow-x:auto}fieldset{margin:1rem 0}"
    ".fg-drawing{display:none}.fg-drawing--narrow,.fg-drawing:only-child{display:block}@media(min-width:47.5em){.fg-drawing--wide{display:block}.fg-drawing--narrow:not(:only-child){display:none}}"
)
_TITLE = re.compile(r"<title>.*?</title>", re.S)
_ARTICLE = re.compile(r"<article\b.*?</article>", re.S)
_LIVE = re.compile(
    r"<(script|style|template|button)\b.*?</\1>|<link\b[^>]*>|<a\b[^>]* class=\"fg-copy\"[^>]*></a>", re.S
)
"""What is no article: scripts, sheets, and what only scripts would use."""
_DRAWING = re.compile(r"(<svg\b.*?</svg>)", re.S)
_ATTRIBUTE = re.compile(r' (?:class|style|role|data-[\w-]+|aria-[\w-]+)="[^"]*"')


def bare_page(html: str, colors: dict[str, str]) -> str:
    """A finished page's article alone: its text, tables and drawings, 2 KB of style, no script and no font.
    Raises ValueError for a page without an article.
    """
    title, article = _TITLE.search(html), _ARTICLE.search(html)
    if title is None or article is None:
        raise ValueError("no title or no article")
    parts = _DRAWING.split(_LIVE.sub("", article[0]))
    text = re.sub(
        r"\s+", " ", "".join(part if at % 2 else _ATTRIBUTE.sub("", part) for at, part in enumerate(parts))
    )
    style = f":root{{{';'.join(f'--fg-{name}:{value}' for name, value in colors.items())}}}{BARE}"
    head = (
        '<meta charset="utf-8"><meta name="viewport"'
        f' content="width=device-width,initial-scale=1">{title[0]}<link rel="icon"'
        f' href="data:,"><style>{style}</style>'
    )
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{text}</body></html>'


def write_bare(root: Path, site: Path, target: Path, pages: Iterable[str]) -> None:
    """The pages of a finished site as bare HTML."""
    colors = read_tokens(root / "overrides" / "assets" / "css" / "tokens.css")["light"]
    for page in pages:
        file = target / page / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            bare_page((site / page / "index.html").read_text(encoding="utf-8"), colors), encoding="utf-8"
        )


def stock_config(root: Path, target: Path) -> MkDocsConfig:
    """The project's configuration with the theme as it comes instead of ours."""
    return load_config(
        str(root / "mkdocs.yml"), site_dir=str(target), theme=STOCK, extra_css=["assets/fg.css"]
    )


def build_stock(root: Path, target: Path) -> None:
    """The project as the theme comes: our articles, with their sheet, faces and scripts, in its header,
    menus, search and script.
    """
    os.environ[UNFINISHED] = "yes"
    config = stock_config(root, target)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    for name in ("fonts", "js"):
        shutil.copytree(root / "overrides" / "assets" / name, target / "assets" / name)
