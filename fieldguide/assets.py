"""Files the build makes besides pages: the one style sheet, the favicon and the data downloads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from fieldguide import companies, hardware, models, prices
from fieldguide.book import Book
from fieldguide.figures.emblem import favicon_svg
from fieldguide.figures.tokens import read_tokens
from fieldguide.tables import write_csv, write_json

SHEETS = ["tokens", "fonts", "theme", "header", "nav", "title", "inline", "copy", "popover", "notes", "figure", "boxes", "quiz", "lists", "tables", "data", "filter", "lab", "home", "footer", "print"]
"""The sheets of overrides/assets/css in cascade order."""


def generated_files(book: Book) -> Iterator[tuple[str, str | bytes]]:
    """(path below docs/, content) for every generated file, pages made from records included."""
    for page in book.pages.values():
        if page.made:
            yield page.src, page.text
    css = book.root / "overrides" / "assets" / "css"
    yield "assets/fg.css", style_sheet(css)
    yield "assets/favicon.svg", favicon_svg(read_tokens(css / "tokens.css"))
    newest_first = sorted(book.models.values(), key=lambda model: (model.date, model.name), reverse=True)
    tables = {"models": models.rows(newest_first), "companies": companies.rows(book), "prices": prices.rows(book), "hardware": hardware.rows(book.hardware.values())}
    for name, rows in tables.items():
        yield f"data/{name}.csv", write_csv(companies.flat(rows) if name == "companies" else rows)
        yield f"data/{name}.json", write_json(name, rows)


def write_copy(book: Book, target: Path) -> None:
    """The project with its generated files in docs/ and without drafts, for a builder that runs no MkDocs hooks. Replaces `target`."""
    shutil.rmtree(target, ignore_errors=True)
    for name in ("docs", "data", "overrides"):
        shutil.copytree(book.root / name, target / name)
    shutil.copy(book.root / "mkdocs.yml", target / "mkdocs.yml")
    for page in book.pages.values():
        if page.meta.status == "draft":
            (target / "docs" / page.src).unlink()
    for path, content in generated_files(book):
        file = target / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def style_sheet(folder: Path) -> str:
    """All sheets as one, minified. Raises ValueError when a sheet is missing or is not listed."""
    found = {path.stem for path in folder.glob("*.css")}
    if found != set(SHEETS):
        raise ValueError(f"{folder}: sheets on disk and in fieldguide/assets.py differ: {sorted(found ^ set(SHEETS))}")
    parts = []
    for name in SHEETS:
        text = (folder / f"{name}.css").read_text(encoding="utf-8")
        parts.append(text)
        if name == "tokens":
            parts.append(scheme_fallbacks(text))
    return minify("\n".join(parts))


def scheme_fallbacks(tokens: str) -> str:
    """The same tokens where no script can choose: dark by system preference, light in print."""
    blocks = dict(re.findall(r"^\[data-md-color-scheme=(default|slate)\] \{(.*?)^\}", tokens, flags=re.S | re.M))
    return (
        "@media screen and (prefers-color-scheme: dark) { html.no-js body[data-md-color-scheme=default]:not([data-md-color-media]) {%s} }\n"
        "@media print { [data-md-color-scheme=slate] {%s} }\n" % (blocks["slate"], blocks["default"])
    )


def minify(css: str) -> str:
    """Drop comments and the white space that CSS does not need; strings and calc() stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};])\s*", r"\1", css).replace(";}", "}").strip() + "\n"
