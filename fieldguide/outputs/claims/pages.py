"""A page for every claim, at its short address `go/<id>/`: small, by itself, and for whoever wants to check
one number.

Beside it stands its badge; one more file lists all of them for search engines.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from html import escape, unescape

from fieldguide.book.evidence import is_soft
from fieldguide.index import Claim, Index, Rendered
from fieldguide.lists.claims import record_id
from fieldguide.outputs.claims.badges import Badge, render_badge
from fieldguide.outputs.exports import Make
from fieldguide.outputs.style import claim_sheet
from fieldguide.outputs.tokens import light
from fieldguide.page.cite_this import Citation, guide_version
from fieldguide.page.context import CHANGELOG, CITE, CLAIMS, DISCLOSURES, REFERENCES, SEARCH
from fieldguide.page.emblem import emblem
from fieldguide.page.words import claim_words, formula_words, input_words
from fieldguide.records.claim import section_key, section_name, section_src
from fieldguide.records.field import Found, show_qualified
from fieldguide.records.page import page_url
from fieldguide.records.price import PRICE_FIELDS, Price
from fieldguide.records.redirect import badge_file, short_link
from fieldguide.records.source import KIND_WORDS, Source
from fieldguide.text.dates import show_date
from fieldguide.text.names import LayerName, kebab
from fieldguide.text.numbers import show_number

SITEMAP = "sitemap-claims.xml"
UP = "../../"
"""From a claim's page to the site's root."""
HOW = "about/how-we-check.md"
KIND_SENTENCES = {
    "disclosed": "Disclosed: the source states this value.",
    "derived": "Derived: calculated from other values.",
    "estimate": "Estimate: calculated by a third party, not stated by those who know.",
    "ours": "Ours: counted by us in the source, or chosen by us for a calculation.",
}
MARKS = {
    "disclosed": "Disclosed",
    "derived": "Derived",
    "estimate": "An estimate",
    "ours": "Our count or choice",
}
PRESS, SOFT = "from a single press report", "from an estimate or a single press report"
"""Why a number that is no estimate bears the ring of one."""
RESTING = (
    "No page states this number now. The guide published it, so its record, its sources and this address"
    " stay."
)
_PLACE = re.compile(r'<h[23]\b[^>]*?\bid="([^"]+)"|\bhref="(?:\.\./)*go/([^"/]+)/"')
"""A heading below the title, or a number that leads to its claim, in a finished page."""
PAGE = """<!doctype html>
<html lang="en" class="no-js">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<meta name="description" content="{description}">{robots}
<link rel="canonical" href="{address}">
<link rel="icon" href="../../assets/favicon.svg">
<meta property="og:type" content="article">
<meta property="og:site_name" content="{guide}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{description}">
<script>const page=document.documentElement;page.classList.remove("no-js");try{{const scheme=localStorage.getItem("fg-scheme");if(scheme=="light"||scheme=="dark")page.dataset.scheme=scheme}}catch{{}}</script>
<link rel="preload" href="../../assets/fonts/newsreader.woff2" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="../../assets/fonts/source-sans-3.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" data-whole href="../../{sheet}">
</head>
<body>
<header class="fg-top"><a class="fg-brand" href="../../">{emblem}<span>{guide}</span></a><nav aria-label="Guide"><a href="../../{ledger}">Claims</a>{search}</nav></header>
<main>
<p class="fg-kind">{mark}</p>
<h1><span class="fg-value">{value}</span> <span class="fg-what">{what}</span></h1>
{body}
</main>
<footer><p>{guide}, published by {publisher}. Nothing here is an offer, a solicitation or advice. {more}</p></footer>
<script type="module" src="../../assets/js/stale.mjs"></script>
<script type="module" src="../../assets/js/clip.mjs"></script>
</body>
</html>
"""  # noqa: E501
"""`data-whole`: the sheet is what the page needs already, and the last step of a build leaves it as it is."""


def claim_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, what makes it) of the page and the badge of every claim, of their style sheet and
    their sitemap.
    """
    if CLAIMS not in index.book.pages:
        return
    pages = ClaimPages(index)
    yield pages.sheet[0], lambda: pages.sheet[1].encode()
    yield SITEMAP, lambda: pages.sitemap().encode()
    for claim in pages.claims:
        yield f"{short_link(claim.id)}index.html", functools.partial(_bytes, pages.render, claim)
        yield badge_file(claim.id), functools.partial(_bytes, pages.badge, claim)


class ClaimPages:
    """The pages of all claims of an index, with what they share."""

    def __init__(self, index: Index) -> None:
        self.index, self.book = index, index.book
        self.claims = [*index.claims, *index.resting]

    @cached_property
    def sheet(self) -> tuple[str, str]:
        """Path and text of the style sheet; the name changes with the text."""
        text = claim_sheet(self.book.root / "overrides" / "assets" / "css")
        return f"assets/claim.{hashlib.sha256(text.encode()).hexdigest()[:10]}.css", text

    @cached_property
    def known(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def feeds(self) -> dict[str, list[Claim]]:
        """Claim → the claims that are computed from it."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            for reference in dict.fromkeys(claim.field.inputs.values()):
                found.setdefault(reference, []).append(claim)
        return found

    @cached_property
    def places(self) -> dict[tuple[str, str], tuple[str, str]]:
        """(path of a page, claim) → id and words of the heading under which the page states it first; ""
        above the first heading.
        """
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for src in {page.src for claim in self.index.claims for page in claim.pages}:
            rendered = self.index.pages[src]
            names, heading = _headings(rendered), ""
            for match in _PLACE.finditer(rendered.html):
                if match[1] is None:
                    found.setdefault((src, unescape(match[2])), (heading, names.get(heading, "")))
                elif match[1] in names:
                    heading = match[1]
        return found

    @cached_property
    def titles(self) -> dict[str, str]:
        """Path of a page → its short title in the table of contents."""
        return {entry.src: entry.title for entry in self.book.nav if entry.title}

    @cached_property
    def version(self) -> str:
        return guide_version(self.book) if CHANGELOG in self.book.pages else ""

    @cached_property
    def colors(self) -> dict[str, str]:
        return light(self.book)

    # ---- the words of a claim

    def what(self, claim: Claim) -> str:
        """What the value is, and of what: "What Chinchilla read: tokens"."""
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
            claim.review,
            self.layer(claim),
            self.book.name,
        )

    def sitemap(self) -> str:
        """Every claim with the newest day on which its source was read."""
        lines = (
            f"<url><loc>{escape(self.address(claim))}</loc>"
            f"{f'<lastmod>{claim.field.seen}</lastmod>' if claim.field.seen else ''}</url>\n"
            for claim in self.claims
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
        by = "; ".join(source.name for _, source in self.cites(claim))
        about = (
            f"{what}. {claim.kind.capitalize()}{day}, {'from' if field.computed else 'by'} {by}. To be"
            f" reviewed by {show_date(claim.review)}."
        )
        body = [
            self._evidence(claim),
            self._computed(claim),
            self._history(claim),
            self._used(claim),
            self._cite(claim),
            self._badge_block(claim),
        ]
        value = show_qualified(field)
        return self.fill(
            claim.id,
            f"{value}, {what}",
            f"{value}: {about}",
            self._mark(claim),
            value,
            what,
            "\n".join(filter(None, body)),
        )

    def fill(
        self,
        name: str,
        title: str,
        description: str,
        mark: str,
        value: str,
        what: str,
        body: str,
        indexed: bool = True,
    ) -> str:
        """The page at the short link of `name`: texts, then `mark` and `body` as HTML. `indexed` says whether
        search engines may list it.
        """
        book = self.book
        more = " · ".join(
            self._link(page_url(src), words)
            for src, words in ((DISCLOSURES, "Disclosures"), (HOW, "How we check"))
            if src in book.pages
        )
        return PAGE.format(
            title=escape(f"{title} - {book.name}"),
            description=escape(description),
            robots="" if indexed else '\n<meta name="robots" content="noindex">',
            address=escape(book.address(short_link(name))),
            guide=escape(book.name),
            publisher=escape(book.publisher),
            sheet=self.sheet[0],
            emblem=emblem(24),
            ledger=page_url(CLAIMS),
            mark=mark,
            search=self._link(page_url(SEARCH), "Search") if SEARCH in book.pages else "",
            value=escape(value),
            what=escape(what),
            body=body,
            more=more,
        )

    def _ring(self, claim: Claim) -> str:
        """Why the claim has a ring in the text, where its kind does not say it: one of PRESS and SOFT, or
        nothing.
        """
        if claim.kind == "estimate" or not is_soft(self.book, claim.field):
            return ""
        return SOFT if claim.field.computed else PRESS

    def _mark(self, claim: Claim) -> str:
        """The mark that the claim has in the text, and what it means."""
        ring = self._ring(claim)
        return (
            '<span class="fg-mark'
            f' fg-mark--{"estimate" if ring else claim.kind}"></span>'
            f"{', '.join(filter(None, (MARKS[claim.kind], ring)))}"
        )

    def _kind(self, claim: Claim) -> str:
        ring = self._ring(claim)
        why = {
            PRESS: " It comes from a single press report",
            SOFT: " They rest on an estimate or on a single press report",
        }.get(ring)
        return KIND_SENTENCES[claim.kind] + (f"{why}, which is why it has a ring in the text." if why else "")

    def _link(self, address: str, words: str) -> str:
        """A link to a path below the site."""
        return f'<a href="{UP}{escape(address)}">{escape(words)}</a>'

    def claim_link(self, reference: str, words: str) -> str:
        """`words` as a link to a claim's page, or the words alone where it has none, since no page states
        it.
        """
        if reference in self.known:
            return f'<a href="../{escape(reference)}/">{escape(words)}</a>'
        return escape(words)

    def _evidence(self, claim: Claim) -> str:
        field = claim.field
        via = (
            [field.via]
            if field.via
            else next((source.via for _, source in self.cites(claim) if source.via), [])
        )
        copies = (
            [
                _outside(address, "a copy" if len(via) == 1 else f"copy {number}")
                for number, address in enumerate(via, 1)
            ]
            if not field.computed
            else []
        )
        read = (show_date(field.seen) if field.seen else "") + (
            f", in {' and '.join(copies)}" if copies else ""
        )
        stakes = [
            f"{source.name} ({source.stake}): {source.stake_note}"
            for _, source in self.cites(claim)
            if source.stake
        ]
        rows = {
            "Sources" if len(field.sources) > 1 else "Source": "".join(
                f'<p class="fg-source">{self._source(key, source)}</p>' for key, source in self.cites(claim)
            ),
            "Place": escape("; ".join(filter(None, field.places))) if not field.computed else "",
            "As of": show_date(field.as_of) if field.as_of else "",
            "Read": read,
            "Due": f'<span data-review="{claim.review}">{show_date(claim.review)}</span>',
            "Kind": self._kind(claim),
            "Stake": "".join(f"<p>{escape(text)}</p>" for text in stakes) or "None that we know of.",
            "Range": (
                f"{show_number(field.low)} to {show_number(field.high)}"
                if field.low is not None and field.high is not None
                else ""
            ),
            "Note": escape((field.note or "")[:1].upper() + (field.note or "")[1:]),
        }
        return (
            "<dl>"
            + "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows.items() if text)
            + "</dl>"
        )

    def _source(self, key: str, source: Source) -> str:
        entry = (
            self._link(f"{page_url(REFERENCES)}#{key}", "See in references")
            if REFERENCES in self.book.pages
            else ""
        )
        return (
            f"{_outside(source.url, source.name)}: <cite>{escape(source.title)}</cite>."
            f" {KIND_WORDS[source.kind]}, <span>{escape(source.published)}</span>. {entry}"
        )

    def _computed(self, claim: Claim) -> str:
        """Formula and inputs, then what is computed from the claim in turn."""
        parts = []
        if claim.field.computed:
            rows, formula = [], formula_words(self.book, claim.field)
            formula = formula[:1].upper() + formula[1:]
            for reference, words in zip(
                claim.field.inputs.values(), input_words(self.book, claim.record, claim.field), strict=True
            ):
                found = self.book.find(reference)
                rows.append(
                    f"<li>{self.claim_link(reference, words)}"
                    f" <b>{escape(show_qualified(found.field)) if isinstance(found, Found) else ''}</b></li>"
                )
            parts.append(f"<h2>How it is computed</h2><p>{escape(formula)}:</p><ul>{''.join(rows)}</ul>")
        after = self.feeds.get(claim.id, [])
        if after:
            rows = [
                f"<li>{self.claim_link(other.id, self.what(other))}"
                f" <b>{escape(show_qualified(other.field))}</b></li>"
                for other in after
            ]
            parts.append(f"<h2>What is computed from it</h2><ul>{''.join(rows)}</ul>")
        return "\n".join(parts)

    def _history(self, claim: Claim) -> str:
        """A list price in all its periods, the newest first."""
        record = claim.record
        name = next(
            (
                name
                for name in PRICE_FIELDS
                if claim.name == name or re.fullmatch(rf"{name}-\d{{4}}(-\d\d)*", claim.name)
            ),
            None,
        )
        if not isinstance(record, Price) or name is None:
            return ""
        rows = []
        for period in reversed(record.periods):
            own = name if period is record.newest else f"{name}-{period.from_}"
            field = record.own_fields().get(own)
            if field is not None:
                days = (
                    f"from {show_date(period.from_)} to {show_date(period.until or period.as_of)}"
                    if period is not record.newest
                    else f"from {show_date(period.from_)}"
                )
                rows.append(
                    "<li>"
                    f"{escape(days) if own == claim.name else self.claim_link(f'{record.slug}.{own}', days)}"
                    f" <b>{escape(show_qualified(field))}</b></li>"
                )
        return f"<h2>Earlier and later prices</h2><ul>{''.join(rows)}</ul>" if len(rows) > 1 else ""

    def _used(self, claim: Claim) -> str:
        """The pages that state it, each at the heading under which it stands first, by section of the
        ledger.
        """
        if not claim.pages:
            return f"<h2>Where the guide uses it</h2><p>{RESTING}</p>"
        rows = []
        for page in claim.pages:
            anchor, heading = self.places.get((page.src, claim.id), ("", ""))
            title = self.titles.get(page.src) or page.meta.title
            words = f"{title}: {heading}" if heading else title
            rows.append(
                f"<li>{self._link(page_url(page.src) + (f'#{anchor}' if anchor else ''), words)}</li>"
            )
        sections = dict.fromkeys(section_key(page.src) for page in claim.pages)
        listed = [
            self._link(f"{page_url(src)}#{record_id(claim.record.slug)}", section_name(self.book.pages[src]))
            for key in sections
            if (src := section_src(key)) in self.book.pages
        ]
        return (
            f"<h2>Where the guide uses it</h2><ul>{''.join(rows)}</ul><p>In the list of claims:"
            f" {', '.join(listed)}</p>"
        )

    def _cite(self, claim: Claim) -> str:
        if not self.version:
            return ""
        field, book = claim.field, self.book
        cited = Citation(
            f"{self.what(claim)}, {show_qualified(field)}",
            book.name,
            book.publisher,
            self.address(claim),
            f"starx-{kebab(claim.id)}",
            self.version,
            field.as_of or field.seen or claim.review,
            "as of",
            self._sources(claim),
        )
        how = f" {self._link(page_url(CITE), 'How to cite a number')}" if CITE in book.pages else ""
        return (
            "<h2>Quote or cite it</h2><div"
            f' data-quote="{escape(f"as of {show_date(field.as_of)}" if field.as_of else "")}"'
            f"{' data-derived' if field.computed else ''}></div><p"
            f' id="words">{escape(cited.plain)}</p><p'
            f' class="fg-do">{_copy("words", "the citation", "Copy the citation")} <a class="fg-copy"'
            ' href="./" data-copied="this claim">Copy the'
            f" link</a>{how}</p><details><summary>BibTeX</summary><pre><code"
            f' id="bibtex">{escape(cited.bibtex)}</code></pre><p'
            f' class="fg-do">{_copy("bibtex", "the BibTeX entry", "Copy the BibTeX entry")}</p></details>'
        )

    def _sources(self, claim: Claim) -> str:
        """The sources as a citation names them, two at most: whom the number comes from, rather than the
        guide alone.
        """
        cites = self.cites(claim)
        named = [f"{source.published}, “{source.title}”, {source.url}" for _, source in cites[:2]] + (
            [f"and {len(cites) - 2} more"] if len(cites) > 2 else []
        )
        return (
            f"{'Calculated from' if claim.field.computed else 'Source:' if len(cites) == 1 else 'Sources:'}"
            f" {'; '.join(named)}"
        )

    def _badge_block(self, claim: Claim) -> str:
        badge, address = self._badge(claim), self.address(claim)
        size = f'width="{badge.width}" height="{badge.height}"'
        code = f'<a href="{address}"><img src="{address}badge.svg" {size} alt="{escape(badge.words)}"></a>'
        return (
            f'<h2>Show it elsewhere</h2><p><img src="badge.svg" {size} alt="Badge: {escape(badge.words)}"'
            ' loading="lazy"></p><details><summary>Code of the badge</summary><pre><code'
            f' id="badge">{escape(code)}</code></pre><p'
            f' class="fg-do">{_copy("badge", "the code of the badge", "Copy the code")}</p></details>'
        )


def _headings(rendered: Rendered) -> dict[str, str]:
    """{id: words} of the headings below a page's title."""
    found, left = {}, list(rendered.toc)
    while left:
        heading = left.pop()
        if heading["level"] > 1:
            found[heading["id"]] = unescape(re.sub(r"<[^>]+>", "", heading["name"]))
        left += heading["children"]
    return found


def _outside(address: str, words: str) -> str:
    """A link to another site; what is no address of the web stays text."""
    return (
        f'<a href="{escape(address)}">{escape(words)}</a>'
        if re.match("https?://", address)
        else f"{escape(words)} ({escape(address)})"
    )


def _copy(target: str, what: str, words: str) -> str:
    """The button with which clip.mjs copies a text of the page."""
    return (
        f'<button type="button" class="fg-clip" data-clip="{target}" data-clipped="{what}">{words}</button>'
    )


def _bytes(render: Callable[[Claim], str], claim: Claim) -> bytes:
    return render(claim).encode()
