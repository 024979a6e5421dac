"""What a JSON download says of itself before its rows, and its JSON Schema, draft 2020-12."""

from __future__ import annotations

import json
from typing import Any

from fieldguide.book import Book
from fieldguide.records.dataset import DATASETS, REASONS, REUSE, ColumnKind, DataColumn

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def json_head(book: Book, name: str) -> dict[str, str]:
    """What stands above the rows in data/<name>.json: schema, version, page, date, terms."""
    item = DATASETS[name]
    return {
        "$schema": book.address(f"data/{name}.schema.json"),
        "version": item.version,
        "page": book.address(item.page),
        "updated": book.updated(name),
        "license": book.address(REUSE),
        "credit": "; ".join(filter(None, (f"{book.publisher}, {book.name}", item.credit))),
    }


def write_schema(book: Book, name: str) -> str:
    """The JSON Schema of data/<name>.json, draft 2020-12."""
    item = DATASETS[name]
    text = {"type": "string"}
    top: dict[str, Any] = dict.fromkeys(json_head(book, name), text) | {
        "version": {"const": item.version},
        "updated": {"type": "string", "pattern": DATE},
    }
    rows = {
        "type": "object",
        "additionalProperties": False,
        "required": [column.name for column in item.columns],
        "properties": {column.name: _shape(column) for column in item.columns},
    }
    schema = {
        "$schema": DRAFT,
        "$id": book.address(f"data/{name}.schema.json"),
        "title": name,
        "description": item.description,
        "version": item.version,
        "type": "object",
        "additionalProperties": False,
        "required": [*top, name],
        "properties": {**top, name: {"type": "array", "items": rows}},
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _shape(column: DataColumn) -> dict[str, Any]:
    """What the value of a key may be."""
    event = {
        "type": "object",
        "additionalProperties": False,
        "required": ["date", "what", "source"],
        "properties": {
            "date": {"type": "string", "pattern": DATE},
            "what": {"type": "string"},
            "source": {"type": ["string", "null"]},
        },
    }
    shapes: dict[ColumnKind, dict[str, Any]] = {
        "text": {"type": "string"},
        "date": {"type": "string", "pattern": DATE},
        "number": {"type": "number"},
        "whole number": {"type": "integer"},
        "number or text": {"type": ["number", "string"]},
        "yes or no": {"type": "boolean"},
        "list of texts": {"type": "array", "items": {"type": "string"}},
        "list of events": {"type": "array", "items": event},
    }
    shape = {"enum": list(column.values)} if column.values else shapes[column.kind]
    others = [{"enum": list(REASONS)}] * column.reasons + [{"type": "null"}] * column.null
    about = {"description": column.holds} | ({"unit": column.unit} if column.unit else {})
    return about | ({"anyOf": [shape, *others]} if others else shape)
