"""One open model's list prices: the strips, and the counts that pages cite."""

import re
from statistics import median

import pytest

from fieldguide.book import Book
from fieldguide.drawing.hooks.companies import Listing, commonest, listings
from fieldguide.drawing.kinds import draw, read
from fieldguide.drawing.measure import text_width
from fieldguide.text.formats import show_price
from tests.figures.published import change, published

SLUG = "one-model-prices"


def every(book: Book) -> list[Listing]:
    return list(listings(book, "gpt-oss-120b", "2026-07-02").values())


def test_every_listing_of_that_day_is_a_row_with_its_record() -> None:
    book = published(SLUG)
    kind, plot = read(book.figures[SLUG], book)
    table = kind.table(plot)
    assert len(table.rows) == len(every(book)) > 30
    groq = next(listing for listing in every(book) if listing.slug == "groq-gpt-oss-120b")
    prices = [
        f"{{{{fact:{groq.field(strip)}|${show_price(groq.value(strip))}}}}}" for strip in ("input", "output")
    ]
    assert ["Groq", "Hosts", *prices, ""] in table.rows
    assert next(row for row in table.rows if row[0] == "Kilo Gateway")[4] == "repeats DeepInfra"


@pytest.mark.parametrize("sheet", ["wide", "narrow"])
def test_no_name_of_a_seller_stands_among_those_of_the_rows(sheet: str) -> None:
    book = published(SLUG)
    svg = getattr(draw(book.figures[SLUG], book), sheet).svg
    edge = min(float(x) for x in re.findall(r'<line x1="([\d.]+)"', svg))
    labels = [
        point.label
        for panel in read(book.figures[SLUG], book)[1].data.panels
        for series in panel.series
        for point in series.points
        if point.label
    ]
    names = {name for label in labels for name in label if "{" not in name}
    shares = {"middle": 0.5, "end": 1}
    found = [
        (name, float(x), next((share for anchor, share in shares.items() if f'"{anchor}"' in more), 0))
        for x, more, name in re.findall(r'<text x="([\d.]+)"([^>]*)>([^<]+)</text>', svg)
    ]
    starts = {
        (name, x - share * text_width(name, 13.5 if sheet == "wide" else 12.5))
        for name, x, share in found
        if name in names
    }
    assert len(starts) > 5 and {name for name, start in starts if start < edge} == set()


def test_a_title_that_names_another_range_is_refused() -> None:
    book = published(SLUG)
    runs = [price for price in every(book) if price.role in ("host", "cloud")]
    low, high = runs[0].value("input"), runs[-1].value("input")
    change(book, f"{runs[-1].slug}.input", value=1.5 * high)
    with pytest.raises(
        ValueError, match=rf"the title claims .*; the records give {low:.3g} to {1.5 * high:.3g}"
    ):
        draw(book.figures[SLUG], book)


def test_what_pages_cite_of_the_spread_is_what_the_records_give() -> None:
    book = published(SLUG)
    found = every(book)
    named = {listing.slug: listing for listing in found}
    runs = [price for price in found if price.role in ("host", "cloud")]
    inputs = sorted(price.value("input") for price in runs)
    outputs = sorted(price.value("output") for price in runs)
    repeats = book.figures[SLUG].inputs["repeats"]
    pair, same = commonest(runs)
    openrouter = named["openrouter-gpt-oss-120b"]
    moved = {"up": 0, "down": 0, "same": 0, "mixed": 0}
    for price in runs:
        first, last = price.price.periods[0], price.period
        changes = {
            (new > old) - (new < old) for old, new in ((first.input, last.input), (first.output, last.output))
        } - {0}
        moved[
            "same" if not changes else "mixed" if len(changes) > 1 else "up" if 1 in changes else "down"
        ] += 1
    stated = {
        name: field.value for name, field in book.quantities["gpt-oss-120b-spread"].own_fields().items()
    }
    assert stated == {
        "day": "2026-07-02",
        "listings": len(found),
        "sellers": len(runs),
        "hosts": sum(price.role == "host" for price in runs),
        "clouds": sum(price.role == "cloud" for price in runs),
        "repeats": len(repeats),
        "middle-input": median(inputs),
        "middle-output": median(price.value("output") for price in runs),
        "same-pair": same,
        "pair-input": pair[0],
        "pair-output": pair[1],
        "sixteen-low": inputs[7],
        "sixteen-high": inputs[-8],
        "eighteen-low": inputs[6],
        "eighteen-high": inputs[-7],
        "sixteen-output-low": outputs[7],
        "sixteen-output-high": outputs[-8],
        "all-middle-input": median(price.value("input") for price in found),
        "single-middle-input": median(price.value("input") for price in found if price.slug not in repeats),
        "unchanged": moved["same"],
        "fell": moved["down"],
        "rose": moved["up"],
        "input-range": inputs[-1] / inputs[0],
        "sixteen-spread": inputs[-8] / inputs[7],
        "eighteen-spread": inputs[-7] / inputs[6],
        "sixteen-output-spread": outputs[-8] / outputs[7],
        **{
            f"cerebras-{strip}": pytest.approx(
                named["cerebras-gpt-oss-120b"].value(strip) / median(price.value(strip) for price in runs)
            )
            for strip in ("input", "output")
        },
        "openrouter-fall": pytest.approx(openrouter.price.periods[0].input / openrouter.period.input),
    }
