"""Records and figures of the tests' own, so that no test of a kind pins a published value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from fieldguide.book import Book
from fieldguide.records.base import load_record
from fieldguide.records.fact import Fact
from fieldguide.records.figure import Figure
from fieldguide.records.source import Source

FIELD = {"unit": "USD", "source": "a-filing", "where": "page 1", "as_of": "2026-03-31", "seen": "2026-11-24"}


def source(slug: str, kind: str) -> Source:
    record = Source.model_construct(title=slug, label=slug, date="2026-05-04", kind=kind)
    record._slug = slug
    return record


class _Plain(yaml.SafeDumper):
    """Writes what a test names twice out twice, as in a record."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def book(tmp_path: Path, **values: Any) -> Book:
    """A book with the fact `sales`, whose fields are these: numbers, or a field's keys beside its value."""
    made = Book(tmp_path)
    made.sources = {"a-filing": source("a-filing", "filing"), "press": source("press", "press")}
    fields = {
        name.replace("_", "-"): FIELD | (value if isinstance(value, dict) else {"value": value})
        for name, value in values.items()
    }
    fact = Fact.model_validate({"title": "Sales of the tests", "fields": fields})
    fact._slug = "sales"
    made.facts = {"sales": fact}
    made.quantities = {"sales": fact}
    return made


def figure(made: Book, kind: str, data: dict[str, Any], **more: Any) -> Figure:
    """A figure in the book, read from a file so that it knows its lines. Raises AssertionError with the
    problems of a bad record.
    """
    record, problems = read_figure(made, {"kind": kind, "data": data, **more})
    assert record is not None and not problems, problems
    return record


def picture(made: Book, renderer: str, data: dict[str, Any], **more: Any) -> Figure:
    """The same for a picture in code, which looks for its record under the renderer's name."""
    record, problems = read_figure(made, {"renderer": renderer, "data": data, **more})
    assert record is not None and not problems, problems
    made.figures[renderer] = record
    return record


def read_figure(made: Book, more: dict[str, Any]) -> tuple[Figure | None, list[Any]]:
    head = {
        "title": "The title of a figure",
        "context": "What is plotted",
        "alt": "A picture of the tests, said in as many words as the schema asks for.",
    }
    folder = made.root / "data" / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "shape.yml"
    path.write_text(
        yaml.dump(
            {**head, "as_of": "2026-11-24", "sources": ["a-filing"], **more},
            Dumper=_Plain,
            sort_keys=False,
            allow_unicode=True,
        ),
        encoding="utf-8",
    )
    record, problems = load_record(Figure, path, made.root)
    if record is not None:
        made.figures[record.slug] = record
    return record, problems
