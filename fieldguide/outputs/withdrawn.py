"""What stands at the addresses of claims and figures that were withdrawn: their page with the day, the reason
and the last value, the claim's badge, the figure's frame.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from html import escape

from fieldguide.index import Index
from fieldguide.outputs.claims.badges import Badge, render_badge
from fieldguide.outputs.claims.pages import ClaimPages
from fieldguide.outputs.exports import Make
from fieldguide.outputs.frames import render_frame
from fieldguide.outputs.tokens import light
from fieldguide.page.context import CLAIMS
from fieldguide.records.figure import embed_file
from fieldguide.records.redirect import badge_file, short_link
from fieldguide.records.withdrawal import Withdrawal
from fieldguide.text.dates import show_date

TITLE = "Withdrawn"


def withdrawn_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, what makes it) for everything that was withdrawn."""
    book = index.book
    if book.withdrawals is None or CLAIMS not in book.pages:
        return
    pages = ClaimPages(index)
    for name, taken in (book.withdrawals.claims | book.withdrawals.figures).items():
        yield f"{short_link(name)}index.html", functools.partial(_page, pages, name, taken)
    for name, taken in book.withdrawals.claims.items():
        yield badge_file(name), functools.partial(_badge, index, taken)
    for name, taken in book.withdrawals.figures.items():
        yield embed_file(name), functools.partial(_frame, index, name, taken)


def withdrawn_on(taken: Withdrawal) -> str:
    return f"{TITLE} on {show_date(taken.day)}"


def _page(pages: ClaimPages, name: str, taken: Withdrawal) -> bytes:
    rows = {TITLE: show_date(taken.day), "Why": taken.why, "Last value": taken.was}
    body = (
        "<dl>"
        + "".join(f"<dt>{word}</dt><dd>{escape(text)}</dd>" for word, text in rows.items() if text)
        + "</dl>"
    )
    body += (
        "<p>The guide published this once and no longer stands behind it. The address stays, so that anyone"
        " who follows a link learns why.</p>"
    )
    about = f"{withdrawn_on(taken)}: {taken.what}. {taken.why}"
    return pages.fill(
        name, f"{TITLE}: {taken.what}", about, withdrawn_on(taken), TITLE, taken.what, body, indexed=False
    ).encode()


def _badge(index: Index, taken: Withdrawal) -> bytes:
    badge = Badge(
        TITLE, f"{taken.what}: was {taken.was}", None, "", None, index.book.name, withdrawn=taken.day
    )
    return render_badge(badge, light(index.book)).encode()


def _frame(index: Index, name: str, taken: Withdrawal) -> bytes:
    figure = (
        f'<figure class="fg-figure" id="{escape(name)}"><figcaption class="fg-figure__head"><h1'
        f' class="fg-figure__title">{escape(taken.what)}</h1><p'
        f' class="fg-figure__context">{withdrawn_on(taken)}. {escape(taken.why)}</p></figcaption></figure>'
    )
    return render_frame(
        index.book, name, f"{TITLE}: {taken.what}", index.book.address(short_link(name)), figure
    ).encode()
