"""The part of schema.org's vocabulary that the pages use, from an official release: `python -m
tests.schemaorg FILE` rewrites schemaorg.json.

FILE is schemaorg-current-https.jsonld of a release, from https://schema.org/docs/developers.html.
`check_node` then needs no network.
It knows nothing of how the pages make their structured data.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).with_name("schemaorg.json")
USED = [
    "Article",
    "BreadcrumbList",
    "CollectionPage",
    "CreativeWork",
    "DataDownload",
    "Dataset",
    "DefinedTerm",
    "DefinedTermSet",
    "ImageObject",
    "ListItem",
    "Organization",
    "PropertyValue",
    "WebPage",
    "WebSite",
]
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SCALARS = {
    "Text": lambda value: isinstance(value, str),
    "URL": lambda value: isinstance(value, str) and re.match(r"https?://", value) is not None,
    "Date": lambda value: isinstance(value, str) and DATE.fullmatch(value) is not None,
    "DateTime": (
        lambda value: (
            isinstance(value, str)
            and re.fullmatch(rf"{DATE.pattern}T[\d:]+(Z|[+-]\d\d:\d\d)", value) is not None
        )
    ),
    "Boolean": lambda value: isinstance(value, bool),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Duration": (
        lambda value: (
            isinstance(value, str) and re.fullmatch(r"P(\d+[YMWD])*(T(\d+[HMS])+)?", value) is not None
        )
    ),
}


def extract(vocabulary: dict[str, Any]) -> dict[str, Any]:
    """{"types": {type: its ancestors and itself}, "properties": {name: {"of": types, "takes": ranges}}} for
    the types in USED.
    """
    nodes = {node["@id"].removeprefix("schema:"): node for node in vocabulary["@graph"]}

    def names(node: dict[str, Any], key: str) -> list[str]:
        value = node.get(key, [])
        return sorted(
            item["@id"].removeprefix("schema:") for item in (value if isinstance(value, list) else [value])
        )

    def ancestors(name: str) -> Iterator[str]:
        yield name
        for parent in names(nodes.get(name, {}), "rdfs:subClassOf"):
            yield from ancestors(parent)

    types = {used: sorted(set(ancestors(used))) for used in USED}
    known = {kind for kinds in types.values() for kind in kinds}
    properties = {}
    for name, node in nodes.items():
        of = [kind for kind in names(node, "schema:domainIncludes") if kind in known]
        if node.get("@type") == "rdf:Property" and of and "schema:supersededBy" not in node:
            properties[name] = {"of": of, "takes": names(node, "schema:rangeIncludes")}
    return {"types": types, "properties": properties}


def check_node(node: Any, shapes: dict[str, Any], at: str = "") -> Iterator[str]:
    """What is wrong with a node and everything in it: unknown types, properties that its type does not have,
    values of another kind.
    """
    if set(node) == {"@id"} and SCALARS["URL"](node["@id"]):
        return  # a reference
    kind = node.get("@type")
    types = shapes["types"]
    if kind not in types:
        yield f"{at}: unknown type {kind}"
        return
    if "@id" in node and not SCALARS["URL"](node["@id"]):
        yield f"{at}{kind}/@id: {node['@id']} is no address"
    for name, value in node.items():
        if name.startswith("@"):
            continue
        known = shapes["properties"].get(name, {"of": []})
        if not set(known["of"]) & set(types[kind]):
            yield f"{at}{kind}: no property {name}"
            continue
        ranges = known["takes"]
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                yield from check_node(part, shapes, f"{at}{kind}/{name}/")
                if "@type" in part and not set(types.get(part.get("@type"), [])) & set(ranges):
                    yield f"{at}{kind}/{name}: a {part.get('@type')} where {' or '.join(ranges)} is due"
            elif not any(SCALARS[wanted](part) for wanted in ranges if wanted in SCALARS):
                yield f"{at}{kind}/{name}: {part!r} where {' or '.join(ranges)} is due"


if __name__ == "__main__":
    vocabulary = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    shapes = extract(vocabulary)
    lines = [
        f"{json.dumps(name)}: {json.dumps(value)}" for name, value in sorted(shapes["properties"].items())
    ]
    SHAPES.write_text(
        '{"types": ' + json.dumps(shapes["types"]) + ',\n"properties": {\n' + ",\n".join(lines) + "\n}}\n",
        encoding="utf-8",
    )
