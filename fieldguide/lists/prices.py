"""List prices: a row a period, of tokens and of accelerator hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.lists.data_tables import (
    ListColumn,
    age_menu,
    cell,
    chips,
    downloads,
    empty_block,
    filter_form,
    folded,
    grouped_select,
    grouped_table,
    missing,
    name_cell,
    row,
    segments,
    select,
    sub,
    switch,
)
from fieldguide.page.age import age_mark
from fieldguide.page.context import Context
from fieldguide.records.company import COMPANIES
from fieldguide.records.price import PRICE_FIELDS, Period, Price, end_is_only_upper_bound, secondhand
from fieldguide.records.price_history import history_key, history_src
from fieldguide.records.shelf import DAYS, ShelfLife, shelf_life
from fieldguide.text.dates import show_date
from fieldguide.text.formats import show_price
from fieldguide.text.tree import E

TOKENS = [
    ListColumn("name", "Model", "as sold"),
    ListColumn("provider", "Seller", "its role", brief=True),
    ListColumn("input", "Input", "USD per million", number=True, brief=True),
    ListColumn("cached", "Cached input", "USD per million", number=True),
    ListColumn("output", "Output", "USD per million", number=True, brief=True),
    ListColumn("date", "First and last seen", "by a source", brief=True),
    ListColumn("sources", "Sources", sorts=False),
]

HOURS = [
    ListColumn("name", "Accelerator"),
    ListColumn("provider", "Seller", "terms", brief=True),
    ListColumn("hour", "Price", "USD per GPU-hour", number=True, brief=True),
    ListColumn("date", "First and last seen", "by a source", brief=True),
    ListColumn("sources", "Sources", sorts=False),
]

ROLE_CHOICES = {
    "": "All",
    "maker": "Maker",
    "cloud": "Cloud",
    "host": "Host",
    "gateway": "Gateway",
    "reseller": "Reseller",
}


def render_prices(context: Context, element: ET.Element) -> None:
    """Token prices: a row a period, newest period first; those that have ended say so, and show once they are
    asked for.
    """
    caption = empty_block(element, "div", {"class": "fg-prices"})
    prices = in_order(context.book, "tokens")
    periods = [(price, period) for price in prices for period in reversed(price.periods)]
    role = segments(
        "role",
        "Role of the seller",
        {
            value: words
            for value, words in ROLE_CHOICES.items()
            if not value or any(price.role == value for price in prices)
        },
    )
    earlier = switch("earlier", "Earlier prices", unless="open")
    sellers = Counter(name_of(context.book, price) for price in prices)
    rows: list[tuple[str, ET.Element]] = []
    names: dict[str, list[str]] = {}
    for price, period in periods:  # a model that several sell is a group; the others stand with their seller
        name = name_of(context.book, price)
        group = name if sellers[name] > 1 else price.provider
        line = _row(context, price, period, TOKENS)
        if group == name:
            line.set("class", "fg-data__offer")
        rows.append((group, line))
        names.setdefault(SEVERAL if sellers[name] > 1 else group, []).append(name)
    model = grouped_select(
        "model",
        "Model",
        "Any model",
        dict(sorted(names.items(), key=lambda group: (group[0] != SEVERAL, group[0].casefold()))),
    )
    controls = (role, model, age_menu(), earlier)
    form = filter_form("prices", "Find a model or seller", len(periods), "prices", *controls, sorts=True)
    element.append(downloads(context, form, "prices"))
    element.extend(
        grouped_table(
            "prices",
            "List prices of tokens",
            caption,
            TOKENS,
            sorted(rows, key=lambda row: row[0].casefold()),
            label=lambda title: title[:1].upper(),
            note=warning(context.book, prices, "prices"),
        )
    )


SEVERAL = "Sold by several"
"""The menu's heading for models that more than one seller lists."""


def life_of(book: Book, price: Price) -> ShelfLife | None:
    """The shelf life of the newest price, None where it has ended."""
    name = next(name for name in PRICE_FIELDS if name in price.own_fields())
    return shelf_life(book.quantities, book.sources, price, name)


def warning(book: Book, prices: Sequence[Price], name: str) -> ET.Element:
    """How many prices of the list `name` may have changed by the guide's version; `age.mjs` counts those that
    a filter leaves, by the reader's day. Hidden where there are none.
    """
    lives = [life for price in prices if (life := life_of(book, price))]
    past = sum(life.until <= book.version for life in lives)
    return E(
        "p",
        {"class": "fg-freshness", "data-warns": name} | ({} if past else {"hidden": "hidden"}),
        E("b", {}, str(past)),
        " of ",
        E("span", {}, str(len(lives))),
        f" prices below may have changed: they were last seen {DAYS['price']} days ago or more.",
    )


def render_rentals(context: Context, element: ET.Element) -> None:
    """Rental prices of accelerators: a row a period, with a filter of its own."""
    caption = empty_block(element, "div", {"class": "fg-prices"})
    prices = in_order(context.book, "gpu-hours")
    rows = [
        (name_of(context.book, price), _row(context, price, period, HOURS))
        for price in prices
        for period in reversed(price.periods)
    ]
    accelerator = select("accelerator", "Accelerator", "Any accelerator", (name for name, _ in rows))
    element.append(
        filter_form(
            "rentals",
            "Find a seller of hours",
            len(rows),
            "prices",
            accelerator,
            age_menu("age-hours"),
            find_name="find-hours",
            sorts=True,
        )
    )
    note = warning(context.book, prices, "rentals")
    element.extend(grouped_table("rentals", "Rental prices of accelerators", caption, HOURS, rows, note=note))


def in_order(book: Book, sells: str) -> list[Price]:
    """By what is sold, then by price, lowest first."""

    def key(price: Price) -> tuple[str, float, str]:
        newest = price.newest
        return (
            name_of(book, price).casefold(),
            next(value for value in (newest.input, newest.output, newest.hour) if value is not None),
            price.provider.casefold(),
        )

    return sorted((price for price in book.prices.values() if price.sells == sells), key=key)


def name_of(book: Book, price: Price) -> str:
    """The model or accelerator, by its record's name where there is one."""
    if price.accelerator is not None:
        item = book.hardware.get(price.accelerator)
        return item.name if item is not None else price.accelerator
    model = book.models.get(price.record or "")
    return model.name if model is not None else price.model or ""


def history_link(context: Context, price: Price) -> ET.Element | None:
    """A link to the page of the model's prices, if there is one; a closed row keeps it from Tab too."""
    src = history_src(history_key(price))
    if price.sells != "tokens" or not context.has_page(src):
        return None
    return folded(E("span", {"class": "fg-sub"}, E("a", {"href": context.href(src)}, "price history")))


def _row(context: Context, price: Price, period: Period, columns: list[ListColumn]) -> ET.Element:
    book = context.book
    newest = period is price.newest
    uid = price.slug if newest else f"{price.slug}-{period.from_}"
    as_sold = price.model if price.model and price.model != name_of(book, price) else ""
    seller = E("span", {}, price.provider)
    if price.company in book.companies:
        seller = E("a", {"href": context.href(f"{COMPANIES}#{price.company}")}, price.provider)
    first, last = show_date(period.from_), show_date(period.as_of)
    cells = [
        name_cell(name_of(book, price), as_sold, whole=f"{name_of(book, price)}, {price.provider}"),
        cell(
            columns[1],
            seller,
            folded(sub(price.terms or price.role)),
        ),
    ]
    if newest and (link := history_link(context, price)) is not None:
        cells[0].append(link)
    for column in columns[2:-2]:
        value = getattr(period, column.key)
        below = (
            folded(sub(f"in batches {period.batch:g}%"))
            if column.key == "output" and period.batch is not None
            else None
        )
        cells.append(
            cell(
                column,
                (
                    missing("not stated")
                    if value is None
                    else f"{value:.2f}"
                    if column.key == "hour"
                    else show_price(value)
                ),
                below,
            )
        )
    days = first if first == last else f"{first} – {last}"
    by = "by " if end_is_only_upper_bound(price, period, book.sources) else ""
    ended = ("no longer listed by " if by else "no longer sold since ") if newest else f"changed {by}"
    after = f"{ended}{show_date(period.until)}" if period.until else "" if newest else "earlier price"
    life = life_of(book, price) if newest else None
    cells.append(
        cell(
            columns[-2],
            folded(E("time", {"datetime": period.as_of}, days)),
            E("span", {"class": "fg-data__seen"}, last),
            (sub(after) if newest else folded(sub(after))) if after else None,
            age_mark(life, book.version, "fg-sub") if life else None,
        )
    )
    others = secondhand(price, period, book.sources)
    note = sub(f"known from {' and '.join(f'a {word}' for word in others)} only") if others else None
    cells.append(
        cell(columns[-1], *chips(context, period.sources), note, sub(period.note) if period.note else None)
    )
    sorts = {
        "name": name_of(book, price).lower(),
        "provider": price.provider.lower(),
        "date": period.as_of,
    } | {name: getattr(period, name) for name in PRICE_FIELDS}
    return row(
        uid,
        f"{name_of(book, price)} {price.model or ''} {price.provider}",
        {
            "role": price.role,
            "model": name_of(book, price),
            "accelerator": name_of(book, price),
            "open": "yes" if newest and period.until is None else "",
        },
        sorts,
        cells,
    )
