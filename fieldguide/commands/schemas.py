"""What the records may say, for editors and for people: a JSON Schema a kind, and a table of keys a kind, made from the models of `records/`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from fieldguide.book import KINDS
from fieldguide.lists.fill import LISTS
from fieldguide.records.page import FrontMatter
from fieldguide.records.spelling import Spelling
from fieldguide.records.stack import Stack
from fieldguide.records.synonyms import Synonyms

FOLDER = Path(__file__).parent.parent / "records" / "schemas"
"""Where they are committed, beside the models; .vscode/settings.json says which file of the project follows which."""
KEYS = "KEYS.md"
MODELS: dict[str, type[BaseModel]] = {**KINDS, "stack": Stack, "spelling": Spelling, "synonyms": Synonyms, "page": FrontMatter}
"""Name of a schema → the model that it is made from: a folder of data/, a file there, or the head of a page."""
PLACES = {"stack": "data/stack.yml", "spelling": "data/spelling.yml", "synonyms": "data/synonyms.yml", "page": "the head of a page below docs/"}


def schema_files() -> dict[str, str]:
    """{file name: text} of every schema and of the tables of keys."""
    files = {f"{name}.schema.json": json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n" for name in MODELS}
    return files | {KEYS: key_tables()}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema, draft 2020-12, of a kind of record."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **MODELS[name].model_json_schema(by_alias=True)}


def key_tables() -> str:
    """The keys of each kind with what they hold, as Markdown."""
    parts = ["# Keys of the records\n\nMade by `make schemas` from the models in this folder's parent; a key that is not here is an error.\n"]
    for name in MODELS:
        whole = schema(name)
        parts.append(f"## {name}\n\nIn {PLACES.get(name, f'data/{name}/')}.\n\n{_table(whole)}")
        for part, shape in whole.get("$defs", {}).items():
            if "properties" in shape:
                parts.append(f"### {name}: {part}\n\n{_table(shape)}")
    parts.append("## Generated lists\n\nWhat `/// figure | …` may name in a page besides figures: " + ", ".join(f"`{name}`" for name in LISTS) + ".\n")
    return "\n".join(parts)


def _table(shape: dict[str, Any]) -> str:
    rows = ["| key | holds | needed |", "| --- | --- | --- |"]
    needed = set(shape.get("required", []))
    for key, value in shape.get("properties", {}).items():
        words = " ".join(str(value.get("description", "")).split())
        example = f" Example: `{value['examples'][0]}`." if value.get("examples") else ""
        rows.append(f"| `{key}` | {_kind(value)}{'. ' + words if words else ''}{example} | {'yes' if key in needed else ''} |")
    return "\n".join(rows) + "\n"


def _kind(value: dict[str, Any]) -> str:
    """The type of a key in words."""
    if "$ref" in value:
        return re.sub(r".*/", "", value["$ref"])
    if "enum" in value:
        return "one of " + ", ".join(f"`{item}`" for item in value["enum"])
    if "anyOf" in value:
        kinds = [_kind(item) for item in value["anyOf"] if item.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if value.get("type") == "array":
        return f"list of {_kind(value.get('items', {}))}"
    if value.get("type") == "object":
        inner = value.get("additionalProperties") or next(iter(value.get("patternProperties", {}).values()), None)
        return f"mapping to {_kind(inner)}" if isinstance(inner, dict) and inner else "mapping"
    return {"string": "text", "number": "number", "integer": "whole number", "boolean": "yes or no"}.get(str(value.get("type")), "anything")


def write_schemas(folder: Path = FOLDER) -> list[str]:
    """Write them all into `folder` and take away what no kind has; the names of the files."""
    folder.mkdir(exist_ok=True)
    files = schema_files()
    for old in folder.iterdir():
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(files)
