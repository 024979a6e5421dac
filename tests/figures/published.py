"""The published records as the renderers see them, with computed fields worked out."""

from dataclasses import replace

from fieldguide.book import Book
from tests.guide import guide_book


def published(*slugs: str) -> Book:
    """The guide's book with these of its figures."""
    book = guide_book()
    return replace(book, figures={slug: book.figures[slug] for slug in slugs})


def change(book: Book, reference: str, **keys: object) -> None:
    """Give a field of the book other values of these keys; what is computed from it stays."""
    slug, _, name = reference.partition(".")
    record = book.quantities[slug]
    changed = record.with_fields({name: record.own_fields()[name].model_copy(update=keys)})
    for kind in ("facts", "models", "prices", "hardware", "quantities"):
        records = getattr(book, kind)
        setattr(book, kind, {**records, slug: changed} if slug in records else records)
