"""TODO."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

from fieldguide import blocks, claims, figure_page, lists
from fieldguide.book import Book, link
from fieldguide.page import notes, structured, title
from fieldguide.page.citation import citation
from fieldguide.page.number import mismatch
from fieldguide.page.permalinks import add_copy_links, anchors
from fieldguide.page.quiz import read_options, render_quiz
from fieldguide.page.term import Matcher
from fieldguide.page.uses import Uses
from fieldguide.records.page import Page, page_url
from fieldguide.records.redirect import moved_anchors
from fieldguide.text.problems import Problem, closest
from fieldguide.text.tree import E, has_class, move_children, parents, parse, replace, text_of, with_class

REFERENCES = "about/references.md"

DISCLOSURES = "about/disclosures.md"

BLOCKS = ("figure", "lab", "quiz")

NO_TERMS = {"h1", "h2", "h3", "h4", "h5", "h6", "a", "code", "pre", "figure", "figcaption", "th", "fieldset", "svg", "math", "nav", "script", "style", "button", "label"}

NO_TERM_CLASSES = {"fg-kicker", "fg-box__title", "fg-next", "fg-disagree__who", "fg-disagree__figure", "fg-cite-block"}

PUNCTUATION = (".", ",", ";", ":", ")", "?")

NUMBER = re.compile(r"(?<![\w.×–-])[$€]?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|percent|[kMBT]\b|thousand|million|billion|trillion)|×10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)?")


@dataclass
class Builder:
    """Turns one page's tree into the guide's HTML, collecting uses and problems."""

    book: Book
    page: Page
    scanning: bool = False
    uses: Uses = field(default_factory=Uses)
    problems: list[Problem] = field(default_factory=list)
    cited: dict[str, int] = field(default_factory=dict)
    drawings: dict[str, Any] = field(default_factory=dict)

    def build(self, root: ET.Element) -> None:
        self.math(root)
        self.check_markup(root)
        blocks.render_boxes(self, root)
        blocks.render_tables(root)
        self.figures(root)
        self.labs(root)
        self.quizzes(root)
        self.citations(root)
        self.numbers(root)
        blocks.render_next(self, root)
        self.audit_numbers(root)
        self.terms(root)
        if self.page.meta.type == "landing":
            title.render_landing(self, root)
        else:
            title.render_title(self, root)
        if self.page.meta.type == "term":
            lists.render_term_page(self, root)
        figure_page.render_figure_page(self, root)
        citation.render_citation(self, root)
        self.rewrite_links(root)
        notes.render_notes(self, root)
        self.scripts(root)
        structured.render_structured(self, root)

    # ---- helpers for the steps, in this module and its neighbors

    def problem(self, message: str, hint: str, text: str = "", nth: int = 0) -> None:
        self.problems.append(self.page.problem(message, hint, text, nth))

    def href(self, target: str) -> str:
        """A relative link to a docs-root path."""
        return link(self.page.src, target)

    def has_page(self, target: str) -> bool:
        return target.partition("#")[0] in self.book.pages

    def cite(self, key: str, locator: str = "") -> ET.Element:
        """The chip of one source; the caller made sure that it exists."""
        source = self.book.sources[key]
        self.uses.sources.setdefault(key)
        name = source.name + (f", {locator}" if locator else "")
        return E("a", {"class": "fg-cite", "href": self.href(f"{REFERENCES}#{key}"), "data-note": f"note-{key}"}, name)

    def markup(self, html: str) -> ET.Element:
        """Our own HTML or SVG as a tree, with {{cite:key}} and {{fact:id.field|text}} filled in."""
        html = re.sub(r"\{\{cite:([^}]+)\}\}", r'<span data-cite="\1"></span>', html)
        html = re.sub(r"\{\{fact:([^}|]+)\|([^}]*)\}\}", r'<a href="fact:\1">\2</a>', html)
        return parse(html)

    # ---- steps

    def math(self, root: ET.Element) -> None:
        up = parents(root)
        for element in with_class(root, "arithmatex"):
            block = element.tag == "div"
            tex = (element.text or "").strip()
            tex = tex.removeprefix("\\[").removesuffix("\\]").removeprefix("\\(").removesuffix("\\)").strip()
            tex = tex.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            try:
                math = parse(LatexToMathML(fancy_error=False).convert_with_local_state(tex, displaystyle=block))
            except (LatexError, ET.ParseError) as error:
                self.problem(f"bad TeX `{tex[:60]}`: {error}", "mend the formula", tex[:30])
                continue
            if block:
                math.set("display", "block")
                math.set("class", "fg-math")
            replace(up[element], element, math)

    def check_markup(self, root: ET.Element) -> None:
        """Images without alt text, table columns without a heading, and block marks that were not understood."""
        for element in root.iter():
            if element.tag == "img" and not element.get("alt", "").strip():
                self.problem(f"an image without alt text: {element.get('src')}", "write `![what it shows](path)`", element.get("src", ""))
            if element.tag == "th" and not text_of(element).strip():
                self.problem("a table column without a heading", "give every column a word, the first one too", "| |")
            if element.tag == "p" and (element.text or "").startswith("///"):
                line = (element.text or "").splitlines()[0]
                name = line.strip("/ ").split(" ")[0].split("|")[0]
                hint = closest(name, BLOCKS) or f"blocks are {', '.join(BLOCKS)}; figure and lab take `| slug`, and each ends with `///`"
                self.problem(f"a block that is not understood: `{line}`", hint, line)

    def figures(self, root: ET.Element) -> None:
        for element in [item for item in root.iter("figure") if item.get("data-figure")]:
            slug = element.attrib.pop("data-figure")
            if slug in lists.LISTS:
                lists.LISTS[slug](self, element)
            elif slug in self.book.figures:
                self.uses.figures.setdefault(slug)
                self.uses.named |= dict.fromkeys(self.book.figures[slug].terms)
                blocks.render_figure(self, element, self.book.figures[slug])
            else:
                hint = closest(slug, [*self.book.figures, *lists.LISTS]) or f"write data/figures/{slug}.yml: title, context, alt, renderer, as_of, sources, data"
                self.problem(f"unknown figure `{slug}`", hint, slug)

    def labs(self, root: ET.Element) -> None:
        known = {path.name for path in (self.book.root / "docs" / "labs").glob("*") if (path / "view.mjs").exists()}
        for element in [item for item in root.iter("section") if item.get("data-lab")]:
            slug = element.attrib.pop("data-lab")
            if slug not in known:
                self.problem(f"unknown lab `{slug}`", closest(slug, known) or f"write docs/labs/{slug}/model.mjs and view.mjs", slug)
            if not text_of(element).strip() and not len(element):
                self.problem(f"the lab `{slug}` has an empty fallback", "put the default scenario's results inside the block", slug)
            self.uses.labs.setdefault(slug)
            element.set("class", "fg-lab")
            inner = E("x-lab", {"name": slug})
            move_children(element, inner)
            blocks.render_tables(inner)
            element.append(inner)

    def quizzes(self, root: ET.Element) -> None:
        found = [item for item in root.iter("fieldset") if item.get("data-quiz") is not None]
        for heading in root.iter("h2"):
            if found and text_of(heading).strip() == "Check yourself":
                heading.set("class", "fg-sr")  # each question says it again, so the heading is for the contents and for screen readers
        for number, element in enumerate(found, 1):
            element.attrib.pop("data-quiz")
            options, problems = read_options(element, self.page)
            self.problems += problems
            render_quiz(element, options, number, len(found))

    def citations(self, root: ET.Element) -> None:
        up = parents(root)
        for element in [item for item in root.iter("span") if item.get("data-cite")]:
            group = E("span", {"class": "fg-cites"})
            for part in element.get("data-cite", "").split(";"):
                key, _, locator = part.strip().lstrip("@").partition(",")
                if key == "starx":
                    chip = E("a", {"class": "fg-opinion", "href": self.href(DISCLOSURES)}, "StarX’s view")
                elif key in self.book.sources:
                    chip = self.cite(key, locator.strip())
                else:
                    self.problem(f"unknown citation `{key}`", closest(key, self.book.sources) or f"run `make new-source NAME={key}`", f"@{key}")
                    chip = E("mark", {}, key)
                if len(group):
                    group[-1].tail = " "
                group.append(chip)
            chip = group[0] if len(group) == 1 else group
            tail = element.tail or ""
            replace(up[element], element, chip)
            if tail[:1] in PUNCTUATION and len(group) == 1:  # the mark after a chip never starts a line
                kept = E("span", {"class": "fg-nowrap"})
                chip.tail = tail[1:]
                replace(up[element], chip, kept)
                chip.tail = tail[0]
                kept.insert(0, chip)

    def numbers(self, root: ET.Element) -> None:
        for element in [item for item in root.iter("a") if item.get("href", "").startswith("fact:")]:
            reference = element.get("href", "").removeprefix("fact:")
            written = text_of(element)
            nth = self.cited.get(reference, 0)
            self.cited[reference] = nth + 1
            record, name, missing = self.book.find(reference)
            if missing:
                self.problem(*missing, f"(fact:{reference})", nth)
                element.set("href", "#")
                continue
            value = record.own_fields()[name]
            wrong = mismatch(written, value)
            if wrong:
                self.problem(f"`{reference}`: {wrong}", "correct the page, or the record and its source", f"(fact:{reference})", nth)
            self.uses.facts.setdefault(reference)
            for key in value.sources:
                if key in self.book.sources:
                    self.uses.sources.setdefault(key)
            element.set("href", self.href(claims.target(self.book, self.page, reference, value)))
            element.set("class", "fg-number")
            element.set("data-note", f"note-{reference}")

    def terms(self, root: ET.Element) -> None:
        """Link the first mention of each term; an explicit link counts as the mention. A list of changes uses no term."""
        if self.page.meta.type in ("landing", "reference") or self.page.src == citation.CHANGELOG:
            return
        for heading in root.iter():
            if heading.tag in ("h1", "h2", "h3", "th"):
                self.uses.named |= dict.fromkeys(slug for _, _, slug in self.book.matcher.find(text_of(heading), manual=True))
        own = self.page.src.rsplit("/", 1)[-1].removesuffix(".md") if self.page.meta.type == "term" else ""
        done = {own}
        for element in root.iter("a"):
            slug = _term_of(self.page.src, element.get("href", ""))
            if slug in self.book.terms:
                done.add(slug)
                self.uses.terms.setdefault(slug)
        lead = next((child for i, child in enumerate(root) if child.tag == "p"), None)
        self._link_terms(root, self.book.matcher, done, lead)

    def _link_terms(self, element: ET.Element, matcher: Matcher, done: set[str], skip: ET.Element | None) -> None:
        if element is skip or element.tag in NO_TERMS or set(element.get("class", "").split()) & NO_TERM_CLASSES:
            return
        children = list(element)
        self._link_text(element, None, matcher, done)
        for child in children:
            self._link_terms(child, matcher, done, skip)
            self._link_text(element, child, matcher, done)

    def _link_text(self, parent: ET.Element, after: ET.Element | None, matcher: Matcher, done: set[str]) -> None:
        text = (parent.text if after is None else after.tail) or ""
        at = 0 if after is None else list(parent).index(after) + 1
        pieces: list[ET.Element] = []
        start, head = 0, None
        for begin, end, slug in matcher.find(text):
            if slug in done:
                continue
            done.add(slug)
            self.uses.terms.setdefault(slug)
            before = text[start:begin]
            anchor = E("a", {"class": "fg-term", "href": self.href(f"glossary/{slug}.md"), "data-note": f"note-{slug}"}, text[begin:end])
            if head is None:
                head = before
            else:
                pieces[-1].tail = before
            pieces.append(anchor)
            start = end
        if not pieces:
            return
        pieces[-1].tail = text[start:]
        if after is None:
            parent.text = head
        else:
            after.tail = head
        for offset, piece in enumerate(pieces):
            parent.insert(at + offset, piece)

    def audit_numbers(self, root: ET.Element) -> None:
        """Numbers in prose that no record checks: listed by `check`, never an error."""
        if self.page.meta.type in ("landing", "reference"):
            return

        def walk(element: ET.Element) -> None:
            skipped = element.tag in NO_TERMS or element.tag in ("sup", "sub", "td") or has_class(element, "fg-worked")
            if not skipped:
                for text in (element.text,):
                    self._collect(text)
            for child in element:
                if not skipped:
                    walk(child)
                    self._collect(child.tail)

        walk(root)

    def _collect(self, text: str | None) -> None:
        for match in NUMBER.finditer(text or ""):
            if not re.fullmatch(r"(19|20)\d\d", match[0]) and not re.match(r"\s?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", (text or "")[match.end():]):
                self.uses.loose_numbers.append(match[0].strip())

    def rewrite_links(self, root: ET.Element) -> None:
        """Our own drawings link to docs-root paths ("/stack/index.md#chips"): make them relative to the page."""
        for element in root.iter("a"):
            target = element.get("href", "")
            if target.startswith("/") and not target.startswith("//"):
                element.set("href", self.href(target))

    def permalinks(self, root: ET.Element) -> None:
        """Controls that copy links, and what old anchors of this page lead to now. Runs when every heading has its id."""
        add_copy_links(self, root)
        self.uses.anchors = anchors(root)
        if any(has_class(element, "fg-copy") for element in root.iter()):
            root.append(self.module("copy"))
        url = page_url(self.page.src) or "./"
        moved = moved_anchors(self.book.redirects, url)
        if moved:
            root.append(self.module("forward", {"data-moved": json.dumps(moved)}))

    def module(self, name: str, attributes: dict[str, str] | None = None) -> ET.Element:
        """The element that loads one of our scripts."""
        up = "../" * page_url(self.page.src).count("/")
        return E("script", {"type": "module", "src": f"{up}assets/js/{name}.mjs", **(attributes or {})})

    def scripts(self, root: ET.Element) -> None:
        """Load each of our modules only on a page that uses it."""
        attributes = [element.attrib for element in root.iter()]
        wanted = {
            "popover": any("data-note" in item for item in attributes),
            "stale": any("data-review" in item for item in attributes),  # before filter, which reads what it sets
            "filter": any("data-filter" in item for item in attributes),
            "clip": any("data-clip" in item for item in attributes),
            "lab": bool(self.uses.labs),
            "sheet": "data-sheet=" in self.page.body,  # the attribute is set after this step
        }
        for name, used in wanted.items():
            if used:
                root.append(self.module(name))


def _term_of(src: str, href: str) -> str:
    """The slug of the glossary term that `href` on page `src` opens, or ""."""
    path = urlsplit(href).path
    if not path.endswith(".md"):
        return ""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(src), path))
    folder, _, name = target.rpartition("/")
    return name.removesuffix(".md") if folder == "glossary" else ""
