"""List prices as rows of a download."""

from __future__ import annotations

from fieldguide.book import Book
from fieldguide.lists.prices import in_order
from fieldguide.records.price import end_is_only_upper_bound
from fieldguide.text.numbers import whole


def rows(book: Book) -> list[dict[str, object]]:
    """The download's rows: one a period, USD."""
    table: list[dict[str, object]] = []
    for sells in ("tokens", "gpu-hours"):
        for price in in_order(book, sells):
            for period in reversed(price.periods):
                table.append(
                    {
                        "id": price.slug,
                        "sells": price.sells,
                        "model": price.model,
                        "model_id": price.record,
                        "accelerator": price.accelerator,
                        "terms": price.terms,
                        "provider": price.provider,
                        "company": price.company,
                        "role": price.role,
                        "from": period.from_,
                        "until": period.until,
                        "until_by": end_is_only_upper_bound(price, period, book.sources),
                        "as_of": period.as_of,
                        "input_usd_per_million": whole(period.input),
                        "cached_input_usd_per_million": whole(period.cached),
                        "output_usd_per_million": whole(period.output),
                        "batch_percent": whole(period.batch),
                        "usd_per_gpu_hour": whole(period.hour),
                        "newest": period is price.newest,
                        "note": period.note,
                        "sources": period.sources,
                    }
                )
    return table
