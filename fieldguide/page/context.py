"""The context of one page: what its parts can look up, and where they report problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.drawing.shapes import Drawing
from fieldguide.page.term import Matcher
from fieldguide.page.uses import Uses
from fieldguide.records.changelog import PATH
from fieldguide.records.claim import LEDGER
from fieldguide.records.page import Page, link_between, link_target, page_url
from fieldguide.records.references import INDEX
from fieldguide.text.inline_marks import CITE_MARK, FACT_MARK
from fieldguide.text.problems import Problem
from fieldguide.text.tree import E, parse

REFERENCES = INDEX
DISCLOSURES = "about/disclosures.md"
CLAIMS = LEDGER
CHANGELOG = PATH
CITE = "about/cite-this.md"
GLOSSARY = "glossary/index.md"
SEARCH = "search.md"
"""Pages that other pages link to, below docs/."""
UNBROKEN = 24
"""The most characters of a citation that is kept on one line."""
PLACE = "fg-place"
"""The class of an element whose content depends on the whole guide: see `lists/fill.py`."""


@dataclass
class Context:
    """One page while it is rendered; it collects the page's uses and problems."""

    book: Book
    page: Page
    matcher: Matcher
    lists: Mapping[str, GeneratedList] = field(default_factory=dict)
    """{name in `/// figure | …`: generated list}."""
    uses: Uses = field(default_factory=Uses)
    problems: list[Problem] = field(default_factory=list)
    cited: dict[str, int] = field(default_factory=dict)
    """{fact reference: how often the page has cited it so far}."""
    drawings: dict[str, Drawing] = field(default_factory=dict)
    """{slug: drawing} of the page's figures."""
    drawn: dict[str, Drawing] = field(default_factory=dict)
    """{slug: drawing} of all figures drawn so far. Pages rendered from one book may share it, unless each
    page's lookups are recorded.
    """

    def problem(self, message: str, hint: str, text: str = "", nth: int = 0) -> None:
        """Report a problem at the nth occurrence of `text`."""
        self.problems.append(self.page.problem(message, hint, text, nth))

    def href(self, target: str) -> str:
        """A relative link to a path from the root of docs/."""
        return link_between(self.page.src, target)

    def target(self, href: str) -> str:
        """The path below docs/ that a relative link of the page leads to."""
        return link_target(self.page.src, href)

    def linked(self, href: str) -> Page | None:
        """The page that a relative link of the page leads to, or None."""
        return self.book.pages.get(self.target(href))

    def has_page(self, target: str) -> bool:
        return target.partition("#")[0] in self.book.pages

    def cite(self, key: str, locator: str = "") -> ET.Element:
        """The label of one source, which must exist."""
        source = self.book.sources[key]
        self.uses.sources.setdefault(key)
        name = source.name + (f", {locator}" if locator else "")
        return E(
            "a",
            {
                "class": "fg-cite" if len(name) <= UNBROKEN else "fg-cite fg-cite--long",
                "href": self.href(self.book.reference(key)),
                "data-note": f"note-{key}",
            },
            name,
        )

    def markup(self, html: str) -> ET.Element:
        """Our own HTML or SVG as a tree, with {{cite:key}} and {{fact:id.field|text}} replaced."""
        html = CITE_MARK.sub(r'<span data-cite="\1"></span>', html)
        return parse(FACT_MARK.sub(r'<a href="fact:\1">\2</a>', html))

    def module(self, name: str, attributes: dict[str, str] | None = None) -> ET.Element:
        """The element that loads one of our scripts."""
        up = "../" * page_url(self.page.src).count("/")
        return E("script", {"type": "module", "src": f"{up}assets/js/{name}.mjs", **(attributes or {})})


GeneratedList = Callable[[Context, ET.Element], None]
"""A function that fills the element of its block with a generated list."""


def place(name: str, key: str = "", attributes: dict[str, str] | None = None) -> ET.Element:
    """An empty element that is filled after every page is rendered. `name` says with what, `key` for which
    term, figure or source.
    """
    return E(PLACE, {"name": name, "key": key, **(attributes or {})})
