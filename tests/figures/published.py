"""The published records as the renderers see them, with computed fields worked out."""

import functools
import gc
import pickle

from fieldguide.book import KINDS, Book
from fieldguide.records.base import load_folder, load_record
from fieldguide.records.field import compute_fields
from fieldguide.records.figure import Figure
from fieldguide.records.runs import fill_measured, load_runs
from fieldguide.records.stack import Stack
from tests.guide import ROOT


def published(*slugs: str) -> Book:
    """A book of the figures' own records and every published record of the other kinds, without pages;
    changing it changes nothing else.
    """
    gc.disable()  # nothing that is loaded here is garbage, and looking for some takes half of the time
    book: Book = pickle.loads(_records())
    gc.enable()
    book.figures = {}
    for slug in slugs:
        figure, problems = load_record(Figure, ROOT / f"data/figures/{slug}.yml", ROOT)
        assert figure is not None and not problems, problems
        book.figures[slug] = figure.model_copy(
            deep=True
        )  # a file is read once, and a test may change what it gets
    return book


@functools.cache
def _records() -> bytes:
    """Read once; unpickling is the fastest copy."""
    book = Book(ROOT)
    for kind, cls in KINDS.items():
        if cls is not Figure:
            records, problems = load_folder(cls, ROOT / "data" / kind, ROOT)
            assert not problems, problems
            setattr(book, kind, records)
    book.stack, problems = load_record(Stack, ROOT / "data/stack.yml", ROOT)
    assert book.stack is not None and not problems, problems
    assert not book.stack.resolve(book.companies)
    book.quantities = {**book.facts, **book.models, **book.prices, **book.hardware}
    for record in book.quantities.values():
        record.inherit()
    book.runs, problems = load_runs(ROOT)
    assert book.runs is not None and not problems, problems
    problems = fill_measured(book.quantities.values(), book.runs) + compute_fields(book.quantities)
    assert not problems, problems
    return pickle.dumps(book)


def change(book: Book, reference: str, value: object) -> None:
    """Give a field of the book another value."""
    slug, _, name = reference.partition(".")
    record = book.quantities[slug]
    record.set_field(name, record.own_fields()[name].model_copy(update={"value": value}))
