"""Plain Markdown: a page without the guide's own syntax, for readers that know nothing of this site.

Numbers have no links to their records, citations are links to their sources, links are absolute, and a figure
is its claim, its reading and its data.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.drawing.figure import noun
from fieldguide.index import Index
from fieldguide.page.box import KICKERS
from fieldguide.records.figure import Figure, figure_src
from fieldguide.records.page import Page, link_target
from fieldguide.text.dates import show_date
from fieldguide.text.inline_marks import CITATION, CITE_MARK, FACT_LINK, citation_parts, mark_words
from fieldguide.text.tree import has_class, parse

FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[ \t]*$|`[^`\n]+`", flags=re.M | re.S)
BLOCK = re.compile(
    r"^(/{3,}) (\w+)(?: \| ([^\s,]+)(?:, small)?)?[ \t]*\n((?:(?!^/{3,} \w).)*?)^\1[ \t]*$", flags=re.M | re.S
)
"""A block that contains no other block."""
BOX = re.compile(r'^!!! (\w+)(?: "(.*)")?[ \t]*\n((?:(?: {4}.*)?(?:\n|\Z))*)', flags=re.M)
OPTION = re.compile(r"^- \[([ x])\] ", flags=re.M)
LINK = re.compile(r"\]\((?![a-z]+:|//)([^)\s]*)\)")
KEPT = "\ue000"
"""A private-use character that replaces code while the rest is rewritten."""


def plain_markdown(index: Index, page: Page) -> str:
    """The body of `page` with its heading, as plain Markdown."""
    return plain_text(index, page.body, page.src)


def plain_text(index: Index, text: str, src: str) -> str:
    """Markdown in the guide's syntax, as the page `src` writes it, as plain Markdown."""
    book = index.book
    code: list[str] = []

    def keep(match: re.Match[str]) -> str:
        code.append(match[0])
        return f"{KEPT}{len(code) - 1}{KEPT}"

    text = FENCE.sub(keep, re.sub(r"<!--.*?-->", "", text, flags=re.S))
    text = text.replace("&#8288;", "").replace("&#8209;", "-")
    while BLOCK.search(text):  # inner blocks first: a lab's example may contain a figure
        text = BLOCK.sub(lambda match: _block(index, match[2], match[3] or "", match[4].strip(), src), text)
    text = BOX.sub(lambda match: _box(book, match[1], match[2] or "", match[3]), text)
    text = re.sub(r"^\{:.*\}[ \t]*$", "", text, flags=re.M)
    text = FACT_LINK.sub(lambda match: match[1].replace("\\", ""), text)
    text = CITATION.sub(lambda match: f"({cited(book, match[1])})", text)
    text = LINK.sub(lambda match: f"]({absolute(book, match[1], src)})", text)
    text = re.sub(rf"{KEPT}(\d+){KEPT}", lambda match: code[int(match[1])], text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def absolute(book: Book, target: str, src: str) -> str:
    """The absolute address of a link as written on the page `src`. "/stack/index.md" starts at the root of
    docs/.
    """
    path, hash_, anchor = target.partition("#")
    return book.address(f"{link_target(src, path) if path else src}{hash_}{anchor}")


def cited(book: Book, keys: str) -> str:
    """The content of `[@…]` as links to the sources: "[Hoffmann et al. 2022, table 3](https://…); …"."""
    parts = []
    for key, locator in citation_parts(keys):
        source = book.sources.get(key)
        name = source.name if source is not None else "StarX’s view, opinion" if key == "starx" else key
        name += f", {locator}" if locator else ""
        parts.append(f"[{name}]({source.url})" if source is not None else name)
    return "; ".join(parts)


# ---- blocks


def _block(index: Index, kind: str, slug: str, inner: str, src: str) -> str:
    book = index.book
    if kind == "quiz":
        return _quiz(inner)
    if kind == "lab":
        return f"*Lab. It runs at {book.address(f'{src}#{slug}')}; this is its default case.*\n\n{inner}"
    figure = book.figures.get(slug)
    return (
        _figure(index, figure, inner, src)
        if figure is not None
        else f"*Table. It stands at {book.address(src)}.*\n\n{inner}"
    )


def _quiz(inner: str) -> str:
    return "**Question.** " + OPTION.sub(lambda match: "- Right. " if match[1] == "x" else "- Wrong. ", inner)


def _box(book: Book, kind: str, title: str, inner: str) -> str:
    """An admonition as a quotation that begins with its kind and title, or with its term's definition."""
    text = re.sub(r"^ {4}", "", inner, flags=re.M).strip()
    if kind == "margin" and title in book.terms:
        title, text = "", f"{book.terms[title].first_sentence}\n\n{text}".strip()
    head = ". ".join(part for part in (KICKERS.get(kind, ""), title) if part)
    quoted = f"**{head}**\n\n{text}" if head else text
    return re.sub(r"^(?=.)", "> ", quoted, flags=re.M).replace("\n\n", "\n>\n") + "\n\n"


def _figure(index: Index, figure: Figure, reading: str, src: str) -> str:
    """A figure as text: its claim, what it shows, reading, data, sources with their date, and address."""
    book = index.book
    sources = cited(book, "; ".join(figure.sources))
    own, name = figure_src(figure.slug), noun(figure).capitalize()
    where = book.address(own if own in book.pages else f"{src}#{figure.slug}")
    parts = [
        f"**{name}. {figure.title}.** {figure.context}.",
        reading,
        figure_data(index, figure, src),
        f"Sources: {sources}. As of {show_date(figure.as_of)}. {name} at {where}",
    ]
    return "\n\n".join(part for part in parts if part)


def figure_data(index: Index, figure: Figure, src: str) -> str:
    """The figure's content as Markdown tables, or "" if it has none or cannot be drawn (which `check`
    reports).
    """
    drawing = index.drawings.get(figure.slug)
    if drawing is None:
        return ""
    if drawing.html is not None:
        return "\n\n".join(_html_table(index.book, grid, src) for grid in parse(drawing.html).iter("table"))
    if drawing.table is None:
        return ""
    rows = [
        [_marks(index.book, str(cell)) for cell in row] for row in (drawing.table.header, *drawing.table.rows)
    ]
    return _grid(rows)


def _grid(rows: list[list[str]]) -> str:
    """Rows as a Markdown table with the first one as its head; "" for no rows."""
    lines = [
        "| " + " | ".join(re.sub(r"\s+", " ", cell).strip().replace("|", "\\|") for cell in row) + " |"
        for row in rows
    ]
    return (
        "\n".join([lines[0], "| " + " | ".join("---" for _ in rows[0]) + " |", *lines[1:]]) if lines else ""
    )


def _marks(book: Book, text: str) -> str:
    """{{fact:…|70B}} and {{cite:key}} of our own markup as plain text."""
    return CITE_MARK.sub(lambda match: f"({cited(book, match[1])})", mark_words(text))


def _html_table(book: Book, grid: ET.Element, src: str) -> str:
    rows = []
    for line in grid.iter("tr"):
        cells: list[str] = []
        for cell in line:
            cells += [_words(book, cell, src), *[""] * (int(cell.get("colspan", "1")) - 1)]
        rows.append(cells)
    width = max((len(row) for row in rows), default=0)
    return _grid([row + [""] * (width - len(row)) for row in rows])


def _words(book: Book, element: ET.Element, src: str) -> str:
    """The words of a cell; smaller print is in brackets, lines are separated by semicolons."""
    forms: dict[str, Callable[[str], str]] = {
        "strong": "**{}**".format,
        "b": "**{}**".format,
        "a": lambda text: f"[{text}]({absolute(book, element.get('href', ''), src)})",
        "li": "; {}".format,
        "p": "; {}".format,
    }
    if element.tag == "svg":
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += ["; " if child.tag == "br" else _words(book, child, src), child.tail or ""]
    text = re.sub(r"\s+", " ", _marks(book, "".join(parts)))
    if not text.strip():
        return text
    if has_class(element, "fg-sub"):
        return f" {text.strip()}" if text.strip().startswith("(") else f" ({text.strip()})"
    return forms.get(element.tag, str)(text).removeprefix("; " if element.tag in ("td", "th") else "\0")
