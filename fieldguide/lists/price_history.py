"""The page of one model's prices: a line of steps a seller, and the same as a table."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.drawing.hooks.prices import blended
from fieldguide.drawing.kinds import UNDRAWN, draw, fault
from fieldguide.page.context import Context
from fieldguide.page.figure import fill_frame
from fieldguide.records.figure import Figure
from fieldguide.records.price_history import MANY, PriceHistory, price_histories
from fieldguide.text.dates import show_date
from fieldguide.text.formats import show_dollars
from fieldguide.text.tree import E, has_class, move_children

CONTEXT = "List prices, USD per million tokens, three tokens read for each one written, log scale; "
STEPS = "a mark begins a price"
RANGE = "every seller is in the table"
COLUMNS = {
    "Seller": "{name}",
    "Three read, one written (shown)": "{value:dollars}",
    "Last seen": "{last}",
    "Input": "{input}",
    "Output": "{output}",
    "First seen": "{first}",
    "Role": "{role}",
    "Sources": "{sources}",
}
"""What a phone shows without scrolling comes first."""


def render_price_history(context: Context, element: ET.Element) -> None:
    """The frame of the model whose page this is, its table open."""
    key = posixpath.basename(context.page.src).removesuffix(".md")
    history = price_histories(context.book.prices.values(), context.book.models).get(key)
    if history is None:
        context.problem(
            "this page is not that of a model's prices", "leave the block out; such pages are made", key
        )
        return
    figure = history_figure(history, context.book)
    try:
        drawing = draw(figure, context.book)
    except UNDRAWN as error:
        context.problem(
            f"the prices of {history.name} cannot be drawn: {fault(error)}", "correct their records", key
        )
        return
    caption = E("div", {"class": "fg-figure__caption"})
    move_children(element, caption)
    fill_frame(context, element, figure, caption, drawing)
    for fold in element.iter("details"):
        if "fg-figure__data" in fold.get("class", ""):
            fold.set("open", "open")
            _let_scroll(fold)
            for row in fold.iterfind(".//tbody/tr"):
                row[0].tag = "th"
                row[0].set("scope", "row")


def _let_scroll(fold: ET.Element) -> None:
    """Say on a phone how many columns the table has, of which the first stands while the others scroll."""
    box = next(part for part in fold.iter("div") if has_class(part, "fg-table"))
    box.set("class", f"{box.get('class')} fg-table--scrolls fg-table--history")
    box.set("data-columns", str(len(box.findall(".//thead//th"))))


def history_figure(history: PriceHistory, book: Book) -> Figure:
    """The chart of a model's prices. It is no record of the library, since it changes with every price."""
    first, last = show_date(history.begins), show_date(history.ends)
    many = len(history.prices) >= MANY
    shown = "the range, the median and a few of the sellers" if many else "one for each seller"
    alt = f"Lines in steps from {first} to {last}, {shown} of {history.name}: {claim(history)}."
    figure = Figure.model_validate(
        {
            "title": claim(history),
            "context": CONTEXT + (RANGE if many else STEPS),
            "alt": alt[:250],
            "layer": "model",
            "kind": "xy",
            "hook": "sellers-over-time",
            "as_of": history.ends,
            "sources": list(
                dict.fromkeys(
                    key for price in history.prices for key in price.source_keys() if key in book.sources
                )
            ),
            "inputs": {"prices": [price.slug for price in history.prices]},
            "data": {
                "table": {
                    "caption": f"List prices of {history.name}, USD per million tokens",
                    "columns": COLUMNS,
                    "latest_first": True,
                },
                "metrics": {"left": [52, 44], "right": [14, 14], "top": 16, "radius": 4, "small": 2.6},
            },
        }
    )
    figure._slug = f"{history.key}-history"
    return figure


def claim(history: PriceHistory) -> str:
    """What the chart shows, in a line with room for a long name: the prices of the last day, or how the only
    seller's price went.
    """
    whole = [
        (price, [period for period in price.periods if None not in (period.input, period.output)])
        for price in history.prices
    ]
    if len(whole) == 1:
        price, periods = whole[0]
        first, last = (show_dollars(blended(price, periods[at])[0]) for at in (0, -1))
        return f"{history.name} went from {first} to {last}"
    now = sorted(
        blended(price, periods[-1])[0] for price, periods in whole if price.newest.as_of == history.ends
    )
    low, high = show_dollars(now[0]), show_dollars(now[-1])
    cost = f"cost {low}" if low == high else f"cost {low} to {high}"
    return f"{history.name} {cost} on {show_date(history.ends)}"
