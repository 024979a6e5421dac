"""The keys of records, for editors and for people: a JSON Schema and a table of keys for each kind, generated
from the models of `records/`, and the keys of drawings, from the models of `drawing/`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from fieldguide.book import KINDS
from fieldguide.drawing.hooks import HOOKS
from fieldguide.drawing.kinds import KINDS as DRAWINGS
from fieldguide.drawing.kinds import RENDERERS, Picture
from fieldguide.lists.fill import LISTS
from fieldguide.records.habits import Habits
from fieldguide.records.page import FrontMatter
from fieldguide.records.publisher import Publishers
from fieldguide.records.spelling import Spelling
from fieldguide.records.stack import Stack
from fieldguide.records.synonyms import Synonyms
from fieldguide.records.withdrawal import Withdrawals
from fieldguide.text.formats import FORMATS

FOLDER = Path(__file__).parent.parent / "records" / "schemas"
"""The folder of the committed schemas; .vscode/settings.json assigns them to files of the project."""
KEYS = "KEYS.md"
MODELS: dict[str, type[BaseModel]] = {
    **KINDS,
    "stack": Stack,
    "spelling": Spelling,
    "synonyms": Synonyms,
    "habits": Habits,
    "publishers": Publishers,
    "withdrawn": Withdrawals,
    "page": FrontMatter,
}
"""{name of a schema: its model}, for folders of data/, single files there, and the head of a page."""
PLACES = {
    "stack": "data/stack.yml",
    "spelling": "data/spelling.yml",
    "synonyms": "data/synonyms.yml",
    "habits": "data/habits.yml",
    "publishers": "data/publishers.yml",
    "withdrawn": "data/withdrawn.yml",
    "page": "the head of a page below docs/",
}

DRAWN: dict[str, dict[str, type[BaseModel]]] = {
    "kind": {name: kind.data for name, kind in DRAWINGS.items()},
    "renderer": {name: Picture(name).data for name in sorted(RENDERERS)},
    "hook": dict(HOOKS),
}
"""{key of a figure: {value: model of the figure's `data:`, or of its `inputs:` for a hook}}."""


def schema_files() -> dict[str, str]:
    """{file name: text} of every schema and of the tables of keys."""
    files = {
        f"{name}.schema.json": json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n"
        for name in MODELS
    }
    return files | {KEYS: key_tables()}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of record, each description on one line. That of a figure
    includes its `data:` and `inputs:`.
    """
    made = MODELS[name].model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_on_one_line(_with_drawings(made) if name == "figures" else made),
    }


def _on_one_line(part: dict[str, Any]) -> dict[str, Any]:
    """The part with each description on one line."""
    made: dict[str, Any] = json.loads(json.dumps(part), object_hook=_with_description_on_one_line)
    return made


def _with_drawings(figure: dict[str, Any]) -> dict[str, Any]:
    """The schema of a figure with the known values of `kind`, `renderer` and `hook`, and with the schema of
    `data:` and `inputs:` for each of them.
    """
    properties, branches = figure["properties"], []
    models = [model for named in DRAWN.values() for model in named.values()]
    refs, shared = models_json_schema([(model, "validation") for model in models], by_alias=True)
    for key, named in DRAWN.items():
        properties[key] |= {"enum": [*named, None]}
        for name, model in named.items():
            then = {"inputs" if key == "hook" else "data": refs[model, "validation"]}
            condition = {"properties": {key: {"const": name}}, "required": [key]}
            branches.append({"if": condition, "then": {"properties": then}})
    parts = json.loads(json.dumps(shared["$defs"]), object_hook=_without_titles)
    return figure | {"allOf": branches, "$defs": figure["$defs"] | parts}


def _without_titles(part: dict[str, Any]) -> dict[str, Any]:
    """A part of a schema without titles that repeat its keys and with all keys optional, since a hook may
    supply them; `check` reports missing keys.
    """
    return {
        key: value
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "required" and isinstance(value, list))
    }


def _with_description_on_one_line(part: dict[str, Any]) -> dict[str, Any]:
    words = part.get("description")
    return part | {"description": " ".join(words.split())} if isinstance(words, str) else part


def key_tables() -> str:
    """The keys of each kind and their values, as Markdown."""
    parts = [
        "# Keys of the records\n\nMade by `make schemas` from the models in this folder's parent and in"
        " `drawing/`; a key that is not here is an error.\n"
    ]
    for name in MODELS:
        whole = _on_one_line(MODELS[name].model_json_schema(by_alias=True))
        parts.append(f"## {name}\n\nIn {PLACES.get(name, f'data/{name}/')}.\n\n{_table(whole)}")
        for part, shape in whole.get("$defs", {}).items():
            if "properties" in shape:
                parts.append(f"### {name}: {part}\n\n{_table(shape)}")
    parts += [_drawn(key) for key in DRAWN]
    parts.append(_formats())
    parts.append(
        "## Generated lists\n\nWhat `/// figure | …` may name in a page besides figures: "
        + ", ".join(f"`{name}`" for name in LISTS)
        + ".\n"
    )
    return "\n".join(parts)


def _formats() -> str:
    """The formats of numbers, each with an example."""
    rows = [
        f"| `{name}` | {known.says} | `{known.example[0]:g}` → {known.example[1]} |"
        for name, known in FORMATS.items()
    ]
    return (
        "## Formats of numbers\n\nA text of a figure names a number as `{value:format}`. A format is digits"
        " as Python writes them, with marks before and words after, of which K to T and thousand to trillion"
        " divide the value: `$.3gB` → $1.25B, `,.0f times` → 1,200 times. Or it is one of these, with the"
        " number of digits and words after: `power.2 FLOP` → 3.8×10²⁵ FLOP.\n\n"
        + "\n".join(["| format | writes | example |", "| --- | --- | --- |", *rows])
        + "\n"
    )


def _drawn(key: str) -> str:
    """The keys of a figure's data or inputs: a table for each kind, renderer or hook, then for each of their
    parts, once.
    """
    own, parts, plain = [], dict[tuple[str, str], list[str]](), dict[str, str]()
    for name, model in DRAWN[key].items():
        whole = model.model_json_schema()
        own.append(f"### {key}: {name}\n\n{_table(whole) if whole.get('properties') else 'None.' + chr(10)}")
        for part, shape in whole.get("$defs", {}).items():
            if "properties" in shape:
                parts.setdefault((_part(part), _table(shape)), []).append(name)
            else:
                plain[part] = f"`{part}`: {shape['description']}"
    of = (
        "`inputs:` of a figure, by its hook"
        if key == "hook"
        else (
            f"`data:` of a figure, by its {key}. Of a pair of texts or measures the first is for the wide"
            " drawing and the second for the narrow; one value stands for both"
        )
    )
    return "\n".join(
        [
            f"## {key}s\n\n{of}.\n",
            *([*(f"- {words}" for words in plain.values()), ""] if plain else []),
            *own,
            *(f"### {', '.join(names)}: {part}\n\n{table}" for (part, table), names in parts.items()),
        ]
    )


def _part(name: str) -> str:
    """The name of a part, with generics in words: "Group_BarRow_" is a Group of BarRow."""
    return re.sub(r"_(\w+)_$", r" of \1", name.rpartition("/")[2])


def _table(shape: dict[str, Any]) -> str:
    rows = ["| key | holds | needed |", "| --- | --- | --- |"]
    needed = set(shape.get("required", []))
    for key, value in shape.get("properties", {}).items():
        words = " ".join(str(value.get("description", "")).split())
        example = f" Example: `{value['examples'][0]}`." if value.get("examples") else ""
        rows.append(
            f"| `{key}` | {_kind(value)}{'. ' + words if words else ''}{example} |"
            f" {'yes' if key in needed else ''} |"
        )
    return "\n".join(rows) + "\n"


def _kind(value: dict[str, Any]) -> str:
    """The type of a key in words."""
    if "$ref" in value:
        return _part(value["$ref"])
    if "enum" in value:
        return "one of " + ", ".join(f"`{item}`" for item in value["enum"])
    if "anyOf" in value:
        kinds = [_kind(item) for item in value["anyOf"] if item.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if value.get("type") == "array":
        several = value.get("prefixItems", [])
        return f"{'pair' if len(several) == 2 else 'list'} of " + " or ".join(
            dict.fromkeys(_kind(item) for item in several or [value.get("items", {})])
        )
    if value.get("type") == "object":
        inner = value.get("additionalProperties") or next(
            iter(value.get("patternProperties", {}).values()), None
        )
        return f"mapping to {_kind(inner)}" if isinstance(inner, dict) and inner else "mapping"
    return {"string": "text", "number": "number", "integer": "whole number", "boolean": "yes or no"}.get(
        str(value.get("type")), "anything"
    )


def write_schemas(folder: Path = FOLDER) -> list[str]:
    """Write all schemas and tables into `folder`, delete outdated ones, and return the names of the files."""
    folder.mkdir(exist_ok=True)
    files = schema_files()
    for old in folder.iterdir():
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(files)
