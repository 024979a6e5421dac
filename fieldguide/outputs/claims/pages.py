"""A small page for every claim, at its short address `go/<id>/`, for readers who want to check one number.
Its badge and its feed are in the same folder. A sitemap lists all these pages for search engines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache, cached_property
from html import escape, unescape
from xml.etree import ElementTree as ET

import lxml.html
from markupsafe import Markup

from fieldguide.book.evidence import FIELD_KINDS, is_soft
from fieldguide.index import Claim, Index, Rendered
from fieldguide.lists.claims import record_id
from fieldguide.outputs.claims.badges import Badge, render_badge
from fieldguide.outputs.color_tokens import light
from fieldguide.outputs.exports import Make, text_file
from fieldguide.outputs.feed import render_claim_feed
from fieldguide.outputs.style import claim_sheet
from fieldguide.page.age import age_mark
from fieldguide.page.cite_this import Citation
from fieldguide.page.context import CITE, CLAIMS, DISCLOSURES, REFERENCES, SEARCH
from fieldguide.page.emblem import emblem
from fieldguide.page.evidence_words import claim_words, formula_words, input_words
from fieldguide.page.report import REPORT, report_address, report_hint
from fieldguide.page.template import render_template
from fieldguide.records.claim import section_key, section_name, section_src
from fieldguide.records.field import Field, FieldMatch, show_qualified
from fieldguide.records.move import moves_of
from fieldguide.records.page import Page, page_url
from fieldguide.records.price import PRICE_FIELDS, Price
from fieldguide.records.shelf import DAYS, WORDS, add_days
from fieldguide.records.short_links import badge_file, feed_file, short_link
from fieldguide.records.source import KIND_WORDS, Source
from fieldguide.text.dates import show_date
from fieldguide.text.names import LayerName, curly, kebab
from fieldguide.text.numbers import show_number

SITEMAP = "sitemap-claims.xml"
HOW = "about/how-we-check.md"
PRESS, SOFT = "from a single press report", "from an estimate or a single press report"
"""Why a number that is not an estimate is marked with a ring."""
RING_SENTENCES = {
    PRESS: "It comes from a single press report",
    SOFT: "They rest on an estimate or on a single press report",
}
"""The same reasons as the beginning of a sentence."""
RESTING = (
    "No page states this number now. The guide published it, so its record, its sources and this address"
    " stay."
)
_PLACE = re.compile(r'<h[23]\b[^>]*?\bid="([^"]+)"|\bhref="(?:\.\./)*go/([^"/]+)/"')
"""In a finished page, a heading below the title or a number that links to its claim."""
_NUMBER = re.compile(r'class="fg-number"[^>]*?\bhref="(?:\.\./)*go/([^"/]+)/"')
_NO_SENTENCE = re.compile(r"<(?:t[dh]|h[1-6]|figcaption)\b")
_LEFT_OUT = ("fg-cited", "fg-sources", "fg-opinion", "fg-copy")
"""What the text of a sentence is read without: the marks of its sources."""
_LEANS = re.compile(
    r"^(?:also|and|another|because|both|but|each|even|half|he|her|here|his|instead|it|its|neither|she|so|still"
    r"|that|their|then|there|these|they|this|those|yet|you may|for example)\b"
    r"|\b(?:that|those) (?:amount|day|figure|month|number|price|quarter|rate|share|test|time|year)s?\b"
    r"|\b(?:these|this|those|there|of it|the others?|the same|the total|as well|too)\b"
    r"|\bthe (?:authors|company|deal|engine|lab|loan|model|researchers|study|survey|test)\b",
    re.IGNORECASE,
)
"""What shows that a sentence needs the one before it."""


def claim_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes it) for the page, the badge and the feed of every claim, their
    style sheet and their sitemap.
    """
    if CLAIMS not in index.book.pages:
        return
    pages = ClaimPages(index)
    yield pages.sheet[0], lambda: pages.sheet[1].encode()
    yield SITEMAP, text_file(pages.sitemap)
    for claim in pages.known.values():
        yield f"{short_link(claim.id)}index.html", text_file(pages.render, claim)
        yield badge_file(claim.id), text_file(pages.badge, claim)
        yield feed_file(claim.id), text_file(render_claim_feed, index.book, claim)


class ClaimPages:
    """The pages of all claims of an index, and what they share."""

    def __init__(self, index: Index) -> None:
        self.index, self.book = index, index.book
        self.known = index.known

    @cached_property
    def sheet(self) -> tuple[str, str]:
        """(path, text) of the style sheet; the path changes with the text."""
        text = claim_sheet(self.book.root / "overrides" / "assets" / "css")
        return f"assets/claim.{hashlib.sha256(text.encode()).hexdigest()[:10]}.css", text

    @cached_property
    def dependents(self) -> dict[str, list[Claim]]:
        """{claim: the claims that are computed from it}."""
        dependents: dict[str, list[Claim]] = {}
        for claim in self.known.values():
            for reference in dict.fromkeys(claim.field.inputs.values()):
                dependents.setdefault(reference, []).append(claim)
        return dependents

    @cached_property
    def headings(self) -> dict[tuple[str, str], tuple[str, str]]:
        """{(path of a page, claim): (id, words) of the heading under which the page first states the claim};
        both are "" for a claim above the first heading.
        """
        headings: dict[tuple[str, str], tuple[str, str]] = {}
        for src in {page.src for claim in self.index.claims for page in claim.pages}:
            rendered = self.index.pages[src]
            names, heading = _headings(rendered), ""
            for match in _PLACE.finditer(rendered.html):
                if match[1] is None:
                    headings.setdefault((src, unescape(match[2])), (heading, names.get(heading, "")))
                elif match[1] in names:
                    heading = match[1]
        return headings

    @cached_property
    def sentences(self) -> dict[str, str]:
        """{claim: the first sentence of the guide that states it and is understood by itself}."""
        sentences: dict[str, str] = {}
        stating = {page.src for claim in self.index.claims for page in claim.pages}
        for src in dict.fromkeys([entry.src for entry in self.book.nav] + sorted(stating)):
            for line in self.index.pages[src].html.split("\n") if src in stating else ():
                claims = [unescape(claim) for claim in _NUMBER.findall(line)]
                if not claims or _NO_SENTENCE.search(line):
                    continue
                sentence = _sentence(line)
                if sentence and not _LEANS.search(sentence):
                    sentences |= {claim: sentence for claim in claims if claim not in sentences}
        return sentences

    @cached_property
    def titles(self) -> dict[str, str]:
        """{path of a page: its short title in the table of contents}."""
        return {entry.src: entry.title for entry in self.book.nav if entry.title}

    @cached_property
    def colors(self) -> dict[str, str]:
        return light(self.book)

    # ---- the words of a claim

    def what(self, claim: Claim) -> str:
        """What the value measures, and of what: "What Chinchilla read: tokens"."""
        return claim_words(self.book, claim.record, claim.name)

    def cites(self, claim: Claim) -> list[tuple[str, Source]]:
        return [(key, self.book.sources[key]) for key in claim.field.sources if key in self.book.sources]

    def layer(self, claim: Claim) -> LayerName | None:
        """The layer of the first page that has one."""
        return next((page.meta.layer for page in claim.pages if page.meta.layer), None)

    def badge(self, claim: Claim) -> str:
        return render_badge(self._badge(claim), self.colors)

    def _badge(self, claim: Claim) -> Badge:
        return Badge(
            show_qualified(claim.field),
            self.what(claim),
            claim.field.as_of,
            claim.life.age(self.book.version) if claim.life and self.book.version else "",
            self.layer(claim),
            self.book.name,
        )

    def sitemap(self) -> str:
        """A sitemap with every claim and the newest day on which its source was read."""
        lines = (
            f"<url><loc>{escape(self.address(claim))}</loc>"
            f"{f'<lastmod>{claim.field.seen}</lastmod>' if claim.field.seen else ''}</url>\n"
            for claim in self.known.values()
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<urlset'
            f' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(lines)}</urlset>\n'
        )

    def address(self, claim: Claim) -> str:
        return self.book.address(short_link(claim.id))

    # ---- the page

    def render(self, claim: Claim) -> str:
        """The page of one claim."""
        field, what = claim.field, self.what(claim)
        day = f", as of {show_date(field.as_of)}" if field.as_of else ""
        sources = self.cites(claim)
        named = "; ".join(source.name for _, source in sources)
        value, ring = show_qualified(field), self._ring(claim)
        badge, address = self._badge(claim), self.address(claim)
        title = f"{value}, {what}"
        via = [field.via] if field.via else next((source.via for _, source in sources if source.via), [])
        return render_template(
            "outputs/claims/claim.html",
            **self.shared,
            **self.report(address, title, claim.id),
            address=address,
            title=title,
            description=(
                f"{value}: {what}. {claim.kind.capitalize()}{day}, {'from' if field.computed else 'by'}"
                f" {named}."
            ),
            value=value,
            what=what,
            claim=claim,
            field=field,
            age=(
                Markup(ET.tostring(age_mark(claim.life, self.book.version), "unicode", "html"))
                if claim.life
                else ""
            ),
            oldest=self._is_of_oldest_input(field),
            shelf=_shelf_words(claim),
            known=self.known,
            mark=", ".join(
                filter(None, ("" if ring == PRESS else FIELD_KINDS[claim.kind].mark, ring))
            ).capitalize(),
            ring=ring,
            kind_sentence=FIELD_KINDS[claim.kind].sentence,
            ring_sentence=RING_SENTENCES.get(ring, ""),
            sources=sources,
            source_kinds=KIND_WORDS,
            places="" if field.computed else curly("; ".join(filter(None, field.places))),
            copies=[] if field.computed else via,
            range=(
                f"{show_number(field.low)} to {show_number(field.high)}"
                if field.low is not None and field.high is not None
                else ""
            ),
            formula=formula_words(self.book, field) if field.computed else "",
            inputs=self._inputs(claim) if field.computed else [],
            dependents=[(other, self.what(other)) for other in self.dependents.get(claim.id, [])],
            periods=_periods(claim),
            moves=moves_of(field),
            uses=[self._use(claim, page) for page in claim.pages],
            sections=self._sections(claim),
            resting=RESTING,
            sentence=self.sentences.get(claim.id, ""),
            citation=self._citation(claim) if self.book.version else None,
            badge=badge,
            badge_code=(
                f'<a href="{address}"><img src="{address}badge.svg" width="{badge.width}"'
                f' height="{badge.height}" alt="{escape(badge.words)}"></a>'
            ),
        )

    def report(self, address: str, title: str, claim: str) -> dict[str, object]:
        """The values that the templates take for the link by which a mistake is reported."""
        return {
            "report": report_address(self.book, address, title, self.book.version, claim),
            "report_words": REPORT,
            "report_hint": report_hint(self.book, self.book.version),
        }

    @cached_property
    def shared(self) -> dict[str, object]:
        """The values that the templates of claims and of withdrawn claims share. `pages` are addresses below
        the site, "" for a page that the guide does not have.
        """
        linked = {
            "claims": CLAIMS,
            "disclosures": DISCLOSURES,
            "checks": HOW,
            "references": REFERENCES,
            "cite": CITE,
        }
        return {
            "book": self.book,
            "sheet": self.sheet[0],
            "emblem": Markup(emblem(24)),
            "icon": cache(self._icon),
            "search": page_url(SEARCH),
            "menu": self._menu(),
            "pages": {name: page_url(src) if src in self.book.pages else "" for name, src in linked.items()},
        }

    def _icon(self, name: str) -> Markup:
        """An icon of the header as SVG, without the attribute that only a file needs."""
        text = (self.book.root / "overrides" / ".icons" / "fg" / f"{name}.svg").read_text(encoding="utf-8")
        return Markup(text.strip().replace(' xmlns="http://www.w3.org/2000/svg"', ""))

    def _menu(self) -> list[tuple[str, str, bool]]:
        """(address, title, whether the list of claims belongs to it) of each part of the guide that has a
        folder.
        """
        firsts: dict[str, str] = {}
        for entry in self.book.nav:
            if "/" in entry.src:
                firsts.setdefault(entry.section, entry.src)
        here = self.book.section_title(CLAIMS)
        return [(page_url(src), title, title == here) for title, src in firsts.items()]

    def _ring(self, claim: Claim) -> str:
        """Why the claim has a ring in the text, if its kind does not explain it: PRESS, SOFT or ""."""
        if claim.kind == "estimate" or not is_soft(self.book, claim.field):
            return ""
        return SOFT if claim.field.computed else PRESS

    def _inputs(self, claim: Claim) -> list[tuple[str, str, str]]:
        """(reference, words, value) of each input of a computed claim; the value is "" if there is
        no record.
        """
        references = claim.field.inputs.values()
        values = [
            show_qualified(match.field) if isinstance(match, FieldMatch) else ""
            for match in map(self.book.find, references)
        ]
        words = input_words(self.book, claim.record, claim.field)
        return list(zip(references, words, values, strict=True))

    def _is_of_oldest_input(self, field: Field) -> bool:
        """Whether the inputs of a computed value have different days, of which it has the oldest."""
        inputs = [self.book.find(reference) for reference in field.inputs.values()]
        days = {part.field.as_of for part in inputs if isinstance(part, FieldMatch) and part.field.as_of}
        return len(days) > 1 and field.as_of == min(days)

    def _use(self, claim: Claim, page: Page) -> tuple[str, str]:
        """(address, words) of the place where a page first states the claim."""
        anchor, heading = self.headings.get((page.src, claim.id), ("", ""))
        words = filter(None, (self.titles.get(page.src) or page.meta.title, heading))
        return page_url(page.src) + (f"#{anchor}" if anchor else ""), ": ".join(words)

    def _sections(self, claim: Claim) -> list[tuple[str, str]]:
        """(address, name) of each section of the ledger that lists the claim."""
        sources = dict.fromkeys(section_src(section_key(page.src)) for page in claim.pages)
        return [
            (f"{page_url(src)}#{record_id(claim.record.slug)}", section_name(self.book.pages[src]))
            for src in sources
            if src in self.book.pages
        ]

    def _citation(self, claim: Claim) -> Citation:
        """The citation of the claim. It names at most two of its sources, to show that the number is theirs
        and not the guide's.
        """
        field, book, sources = claim.field, self.book, self.cites(claim)
        named = [f"{source.published}, “{source.title}”, {source.url}" for _, source in sources[:2]]
        if len(sources) > 2:
            named.append(f"and {len(sources) - 2} more")
        label = "Calculated from" if field.computed else "Source:" if len(sources) == 1 else "Sources:"
        return Citation(
            f"{self.what(claim)}, {show_qualified(field)}",
            book.name,
            book.publisher,
            self.address(claim),
            f"starx-{kebab(claim.id)}",
            self.book.version,
            field.as_of or field.seen or self.book.version,
            "as of",
            f"{label} {'; '.join(named)}",
        )


def _shelf_words(claim: Claim) -> str:
    """Until when the value counts as current and why: "List price: 60 days, until 31 Aug 2026"; "" for one
    that does not age.
    """
    life = claim.life
    if life is None:
        return ""
    what = WORDS.get(life.ages, "announced day")
    what = f"it rests on a {what}" if claim.field.computed else what
    known = DAYS.get(life.ages)
    whole = known is not None and life.until == add_days(life.since, known)
    days = f"{known} days, until" if whole else "until"
    return f"{what[:1].upper()}{what[1:]}: {days} {show_date(life.until)}"


def _periods(claim: Claim) -> list[tuple[str, str, Field]]:
    """(reference, days, price) of each period of a list price, newest first; empty for any other claim."""
    record, fields = claim.record, claim.record.own_fields()
    name = re.sub(r"-\d{4}(-\d\d)*$", "", claim.name)
    if not isinstance(record, Price) or name not in PRICE_FIELDS:
        return []
    periods = []
    for period in reversed(record.periods):
        newest = period is record.newest
        own = name if newest else f"{name}-{period.from_}"
        end = period.until if newest else period.until or period.as_of
        until = f" to {show_date(end)}" if end else ""
        if own in fields:
            periods.append((f"{record.slug}.{own}", f"from {show_date(period.from_)}{until}", fields[own]))
    return periods


def _sentence(line: str) -> str:
    """The words of a line of HTML without the marks of its sources; "" if they are no whole sentence."""
    element = lxml.html.fragment_fromstring(line, create_parent="div")
    for name in _LEFT_OUT:
        for mark in element.find_class(name):
            mark.drop_tree()
    text = " ".join(str(element.text_content()).replace("\N{WORD JOINER}", "").split())
    return text if re.fullmatch(r"[\W\d]*[A-Z].{20,}[.?!]”?", text) else ""


def _headings(rendered: Rendered) -> dict[str, str]:
    """{id: words} of the headings below a page's title."""
    headings, left = {}, list(rendered.toc)
    while left:
        heading = left.pop()
        if heading["level"] > 1:
            headings[heading["id"]] = unescape(re.sub(r"<[^>]+>", "", heading["name"]))
        left += heading["children"]
    return headings
