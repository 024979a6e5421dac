"""The pages at the addresses of withdrawn claims and figures, with the day, the reason and the last value;
also the claim's badge and feed, and the figure's frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from fieldguide.index import Index
from fieldguide.outputs.claims.badges import Badge, render_badge
from fieldguide.outputs.claims.pages import ClaimPages
from fieldguide.outputs.color_tokens import light
from fieldguide.outputs.exports import Make, text_file
from fieldguide.outputs.feed import render_withdrawn_feed
from fieldguide.outputs.frames import render_frame
from fieldguide.page.context import CLAIMS
from fieldguide.page.template import render_template
from fieldguide.records.figure import embed_file
from fieldguide.records.short_links import badge_file, feed_file, short_link
from fieldguide.records.withdrawal import Withdrawal
from fieldguide.text.dates import show_date

TITLE = "Withdrawn"


def withdrawn_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes it) for everything that was withdrawn."""
    book = index.book
    if book.withdrawals is None or CLAIMS not in book.pages:
        return
    pages = ClaimPages(index)
    for name, withdrawal in (book.withdrawals.claims | book.withdrawals.figures).items():
        yield f"{short_link(name)}index.html", text_file(_page, pages, name, withdrawal)
    for name, withdrawal in book.withdrawals.claims.items():
        yield badge_file(name), text_file(_badge, index, withdrawal)
        yield feed_file(name), text_file(render_withdrawn_feed, book, name, withdrawal)
    for name, withdrawal in book.withdrawals.figures.items():
        yield embed_file(name), text_file(_frame, index, name, withdrawal)


def withdrawn_on(withdrawal: Withdrawal) -> str:
    """ "Withdrawn on 3 Mar 2027", or what TITLE says."""
    return f"{TITLE} on {show_date(withdrawal.day)}"


def _page(pages: ClaimPages, name: str, withdrawal: Withdrawal) -> str:
    address, title = pages.book.address(short_link(name)), f"{TITLE}: {withdrawal.what}"
    return render_template(
        "outputs/claims/withdrawn.html",
        **pages.shared,
        **pages.report(address, title, name),
        address=address,
        title=title,
        description=f"{withdrawn_on(withdrawal)}: {withdrawal.what}. {withdrawal.why}",
        value=TITLE,
        what=withdrawal.what,
        withdrawal=withdrawal,
        feed=pages.book.withdrawals is not None and name in pages.book.withdrawals.claims,
    )


def _badge(index: Index, withdrawal: Withdrawal) -> str:
    badge = Badge(
        TITLE,
        f"{withdrawal.what}: was {withdrawal.was}",
        None,
        "",
        None,
        index.book.name,
        withdrawn=withdrawal.day,
    )
    return render_badge(badge, light(index.book))


def _frame(index: Index, name: str, withdrawal: Withdrawal) -> str:
    figure = (
        f'<figure class="fg-figure" id="{escape(name)}"><figcaption class="fg-figure__head"><h1'
        f' class="fg-figure__title">{escape(withdrawal.what)}</h1><p'
        f' class="fg-figure__context">{withdrawn_on(withdrawal)}. {escape(withdrawal.why)}</p>'
        "</figcaption></figure>"
    )
    return render_frame(
        index.book, name, f"{TITLE}: {withdrawal.what}", index.book.address(short_link(name)), figure
    )
