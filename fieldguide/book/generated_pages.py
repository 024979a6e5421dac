"""Pages without a file below docs/, as Markdown made from records: one for each figure, for each group of
references, and for each section whose pages state checked numbers. `page/figure_page.py` and the modules of
`lists/` complete these pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from fieldguide.records.claim import BEFORE, section_key, section_src
from fieldguide.records.figure import BLOCK, FOLDER, Figure, figure_src
from fieldguide.records.page import FrontMatter, Page
from fieldguide.records.price import Period
from fieldguide.records.price_history import LIST, MANY, PriceHistory, history_src
from fieldguide.records.references import group_src, group_words, grouped
from fieldguide.records.source import Source
from fieldguide.text.dates import show_date
from fieldguide.text.formats import show_dollars
from fieldguide.text.names import LayerName
from fieldguide.text.numbers import joined

NAMED = 3
"""The most sellers of a lowest price that are named."""
LOCAL_LINK = re.compile(r"\]\((?![a-z]+:|#|/)([^)\s]+)\)")


def _generated(
    src: str,
    path: str,
    title: str,
    answer: str,
    block: tuple[str, str],
    reviewed: str,
    heading: str = "",
    layer: LayerName | None = None,
) -> Page:
    """A page with a heading (the title unless given), a paragraph `answer`, and a block `/// figure | slug`
    with its caption. Problems in the page are reported in the file `path`.
    """
    meta = FrontMatter.model_construct(
        title=title, description=answer, type="reference", layer=layer, reviewed=reviewed
    )
    slug, caption = block
    paragraph = f"{answer.removesuffix('.')}."
    body = f"# {heading or title}\n\n{paragraph}\n\n/// figure | {slug}\n{caption}///\n"
    return Page(src, path, meta, body, made=True)


def figure_pages(figures: Mapping[str, Figure], homes: Mapping[str, Page]) -> dict[str, Page]:
    """{path below docs/: page} for each figure that has a home, in the order in which the guide
    shows them.
    """
    return {figure_src(slug): _figure_page(figures[slug], home) for slug, home in homes.items()}


def _figure_page(figure: Figure, home: Page) -> Page:
    return _generated(
        figure_src(figure.slug),
        figure.path,
        figure.title,
        figure.context,
        (figure.slug, f"{caption_of(home, figure.slug)}\n"),
        figure.as_of,
        heading=figure.linked_title,
        layer=figure.layer or home.meta.layer,
    )


def caption_of(page: Page, slug: str) -> str:
    """The words that a page has below a figure, as Markdown whose links work from the figure's own page."""
    block = re.search(
        rf"^/// figure \| {re.escape(slug)}[ \t]*\n(.*?)^///[ \t]*$", page.body, flags=re.M | re.S
    )
    folder = posixpath.dirname(page.src)

    def from_own_page(match: re.Match[str]) -> str:
        path, hash_, anchor = match[1].partition("#")
        return f"]({posixpath.relpath(posixpath.join(folder, path), FOLDER)}{hash_}{anchor})"

    def to_home(match: re.Match[str]) -> str:
        return f"]({posixpath.relpath(page.src, FOLDER)}#{match[1]})"

    text = LOCAL_LINK.sub(from_own_page, block[1].strip() if block else "")
    return re.sub(r"\]\(#([^)\s]+)\)", to_home, text)


def reference_pages(index: Page, sources: Mapping[str, Source]) -> dict[str, Page]:
    """{path below docs/: page} for each group of references. `index` is the page that links to them."""
    return {group_src(group): _reference_page(index, group) for group in grouped(sources.values())}


def _reference_page(index: Page, group: str) -> Page:
    words = group_words(group)
    answer = (
        f"The sources of this guide whose names begin with {words}, with kind, date, stake, the"
        " day each was read and the pages that use it."
    )
    block = (f"references-{group}", "")
    return _generated(
        group_src(group), index.path, f"References, {words}", answer, block, index.meta.reviewed
    )


def history_pages(histories: Iterable[PriceHistory], overview: Page) -> dict[str, Page]:
    """{path below docs/: page} for each model whose prices have a history. `overview` is the page of all
    prices.
    """
    return {history_src(history.key): _history_page(history, overview) for history in histories}


def _history_page(history: PriceHistory, overview: Page) -> Page:
    sellers = len(history.prices)
    begins = show_date(history.begins)
    who = history.prices[0].provider if sellers == 1 else f"{sellers} sellers"
    answer = _cheapest(history).strip() or f"This page shows what {who} charged since {begins}."
    several = (
        " The shaded band reaches from the lowest to the highest price where at least three sellers besides"
        " the maker have one."
    )
    few = (
        " The thick line is their median. Of the sellers, only the maker, the cheapest and the most expensive"
        " of the last day and the two with the largest changes have a line."
    )
    order = " The table begins with the prices that were seen last, the cheapest first."
    caption = (
        "A line keeps a price until a source shows another, and it is dashed where no source confirms that"
        f" the price still held. The prices of {who} are on record since {begins}."
        f"{several if sellers > 1 else ''}{few if sellers >= MANY else ''}"
        f"{order if sellers > 1 else ''}"
        f" [All prices](../{posixpath.basename(overview.src)}) has every seller of every model.\n"
    )
    return _generated(
        history_src(history.key),
        overview.path,
        f"Prices of {history.name}",
        answer,
        (LIST, caption),
        overview.meta.reviewed,
        layer="model",
    )


def _cheapest(history: PriceHistory) -> str:
    """Who sells the model for least on the last day and for how much, as sentences with a space behind; "" if
    no price is whole.
    """
    current = history.current
    if not current:
        return ""
    lowest = [price for price in current if price.newest.blend == current[0].newest.blend]
    names = [price.provider for price in lowest]
    price, day = _rates([price.newest for price in lowest]), show_date(history.ends)
    if len(current) == 1:
        return f"On {day}, {names[0]} charged {price}. "
    if len(names) == len(current):
        return f"On {day}, all {len(names)} sellers had the same price: {price}. "
    if len(names) > NAMED:
        return f"On {day}, {len(names)} of {len(current)} sellers had the lowest price: {price}. "
    was = "was" if len(names) == 1 else "were"
    return f"The cheapest of {len(current)} sellers on {day} {was} {joined(names)}, at a price of {price}. "


def _rates(periods: Sequence[Period]) -> str:
    """What periods with one blended price charge for a million tokens."""
    blend = f"{show_dollars(periods[0].blend or 0)} per million tokens"
    rates = {(period.input, period.output) for period in periods}
    read, written = rates.pop()
    if rates or read is None or written is None:
        return f"{blend}, with three read for each one written"
    if read == written:
        return f"{blend}, read or written"
    return (
        f"{show_dollars(read)} per million tokens read and {show_dollars(written)} per million written. With"
        f" three read for each one written, that comes to {show_dollars(periods[0].blend or 0)} per million"
    )


def ledger_pages(
    pages: Iterable[Page], drawn: Mapping[str, object], title_of: Callable[[str], str], overview: Page
) -> dict[str, Page]:
    """{path below docs/: page} for each section whose pages state checked numbers.

    `pages` are in the order of the table of contents. `drawn` is {slug in a block `/// figure | slug`: what
    it shows}. `title_of` returns the title of the section that the page at a path belongs to.
    """
    stating = {slug for slug, shown in drawn.items() if "fact:" in str(shown)}
    titles: dict[str, str] = {}
    for page in pages:
        if page.meta.status != "draft" and (
            "fact:" in page.body or not stating.isdisjoint(BLOCK.findall(page.body))
        ):
            titles.setdefault(section_key(page.src), title_of(page.src) or page.meta.title)
    return {section_src(key): _ledger_page(key, title, overview) for key, title in titles.items()}


def _ledger_page(key: str, section: str, overview: Page) -> Page:
    answer = (
        f"Every checked number that {section} states, with its value, its date, its sources and the day by"
        " which it is read again."
    )
    caption = (
        "A record unfolds into its claims, and each claim opens a page of its own."
        " [All claims](../claims.md) searches every section at once.\n"
    )
    title = f"{BEFORE}{section}"
    return _generated(
        section_src(key), overview.path, title, answer, ("claims", caption), overview.meta.reviewed
    )
