"""How to cite a page or a figure of the guide, in words and as BibTeX.

The guide's version is the newest date of its changelog, as an ISO date: all changes up to that date are
listed there.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.page.context import CITE, SEARCH, Context
from fieldguide.records.figure import slug_of
from fieldguide.records.page import Page, page_url
from fieldguide.text.dates import MONTHS, show_date
from fieldguide.text.names import kebab
from fieldguide.text.tree import E

ANCHOR = "cite"
"""The id of the citation on every page that has one."""
LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True)
class Citation:
    """The parts of a page's citation. `date` is an ISO date; `dated` says what it means: "reviewed", or "as
    of" for a figure.
    """

    title: str
    guide: str
    publisher: str
    address: str
    key: str
    version: str
    date: str
    dated: str
    sources: str = ""
    """The sources of a number, in words; "" for a page or a figure."""

    @property
    def _after(self) -> str:
        return f". {self.sources}" if self.sources else ""

    @property
    def plain(self) -> str:
        inner = self.title.replace("“", "‘").replace("”", "’")
        part = (
            ""
            if self.title == self.guide
            else f"“{inner},” "
            if not inner.endswith(("?", "!"))
            else f"“{inner}” "
        )
        return (
            f"{self.publisher}, {part}{self.guide}, version {self.version}, {self.dated}"
            f" {show_date(self.date)}, {self.address}" + self._after
        )

    @property
    def bibtex(self) -> str:
        """An @misc entry. A second pair of braces keeps the title's capitals."""
        dated = f"{self.dated[:1].upper()}{self.dated[1:]} {show_date(self.date)}"
        year, month = self.version.split("-")[
            :2
        ]  # the date of this version; the date of the page or figure is in the note
        rows = {
            "author": f"{{{{{latex(self.publisher)}}}}}",
            "title": f"{{{{{latex(self.title)}}}}}",
            "howpublished": "" if self.title == self.guide else f"{{{latex(self.guide)}}}",
            "year": f"{{{year}}}",
            "month": (
                MONTHS[int(month) - 1].lower() if month else ""
            ),  # a macro that every style knows, so without braces
            "note": f"{{Version {self.version}. {dated}{latex(self._after)}}}",
            "url": f"{{{self.address}}}",
        }
        return (
            f"@misc{{{self.key},\n"
            + "".join(f"  {name:<12} = {value},\n" for name, value in rows.items() if value)
            + "}"
        )


def latex(text: str) -> str:
    """The text, escaped for TeX."""
    return text.translate(LATEX)


def citation_of(book: Book, page: Page) -> Citation:
    """The citation of a page or, on a figure's own page, of the figure."""
    name = kebab(page_url(page.src))
    dated = "as of" if slug_of(page) else "reviewed"
    title = book.name if page.meta.type == "landing" else page.meta.title
    return Citation(
        title,
        book.name,
        book.publisher,
        book.address(page.src),
        f"starx-{name or 'field-guide'}",
        book.version,
        page.meta.reviewed,
        dated,
    )


# ---- on the page


def render_cite_this(context: Context, root: ET.Element) -> None:
    """Add “Cite this page” at the end of a page, closed. On a figure's own page the citation is open, among
    the ways to use the figure.
    """
    if not context.has_page(CITE) or slug_of(context.page) or context.page.src in (CITE, SEARCH):
        return
    what = "Cite this guide" if context.page.meta.type == "landing" else "Cite this page"
    box = E("details", {"class": "fg-citation"}, E("summary", {}, what), cite_block(context))
    root.append(box)


def cite_block(context: Context, page: Page | None = None) -> ET.Element:
    """The citation of this page, or of `page`, in words and as BibTeX, each with a button that copies it."""
    cited = citation_of(context.book, page or context.page)
    more = (
        E(
            "p",
            {"class": "fg-cite-block__more"},
            E("a", {"href": context.href(CITE)}, "How to cite a figure, a number or the whole guide"),
        )
        if context.page.src != CITE and context.has_page(CITE)
        else None
    )
    return E(
        "div",
        {"id": ANCHOR, "class": "fg-cite-block"},
        E("p", {"id": "cite-words", "class": "fg-cite-block__words"}, cited.plain),
        E(
            "p",
            {"class": "fg-cite-block__action"},
            clip_button("cite-words", "the citation", "Copy the citation"),
        ),
        E("pre", {}, E("code", {"id": "cite-bibtex"}, cited.bibtex)),
        E(
            "p",
            {"class": "fg-cite-block__action"},
            clip_button("cite-bibtex", "the BibTeX entry", "Copy the BibTeX entry"),
        ),
        more,
    )


def clip_button(target: str, what: str, words: str) -> ET.Element:
    """A button with which clip.mjs copies the text of the element with the id `target`, and then says that it
    copied `what`. It works with scripts only. `target` is never a `<pre>`, since the theme gives those its
    own ids.
    """
    return E(
        "button",
        {"type": "button", "class": "fg-action fg-clip", "data-clip": target, "data-clipped": what},
        words,
    )
