"""data/stack.yml: what its schema refuses, and how names become ids."""

import copy
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from fieldguide.stack import Stack, kebab, render_stack_table

TRADE = {"what": "x", "unit": "tokens"}


def node(slug: str, *names: str, **more: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": slug.capitalize(),
        "sells": "sells it",
        **more,
        "names": [{"name": name, "sources": ["key"]} for name in names],
    }


def layer(id_: str, *nodes: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": id_,
        "role": "a role",
        "paid": "They pay",
        "sources": ["key"],
        "nodes": list(nodes),
        "buys": {**TRADE, "from": "below"},
        "sells": {**TRADE, "to": "above"},
    }


DATA: dict[str, Any] = {
    "title": "The stack",
    "as_of": "2026-11-25",
    "layers": [
        layer("application", node("a1", "Alpha", "beta"), node("a2"), node("a3")),
        layer("model", node("m1", "io.net"), node("m2"), node("m3")),
        layer("infrastructure", node("i1"), node("i2"), node("i3"), node("i4")),
    ],
    "rails": [
        {
            "id": "capital",
            "role": "money",
            "nodes": [
                {"slug": "c1", "name": "C", "sells": "money", "joins": "application", "line": "seed"},
                {"slug": "c2", "name": "C", "sells": "money", "joins": "i2", "line": "debt"},
            ],
        },
        {
            "id": "crypto",
            "role": "networks",
            "nodes": [
                node("k1", "Akash", joins="i2"),
                node("k2", "x402", joins="model"),
            ],
        },
    ],
}


def broken(at: str, value: Any) -> dict[str, Any]:
    """DATA with one value changed; `at` is a path such as "layers.0.nodes.0.slug"."""
    data: Any = copy.deepcopy(DATA)
    *path, last = [int(part) if part.isdigit() else part for part in at.split(".")]
    place = data
    for part in path:
        place = place[part]
    place[last] = value
    return data


def test_names_become_ids() -> None:
    stack = Stack.model_validate(DATA)
    assert [kebab(name) for name in ("io.net", "Weights & Biases", "Café 2")] == [
        "io-net",
        "weights-biases",
        "cafe-2",
    ]
    assert list(stack.ids())[:4] == ["layer-application", "a1", "alpha", "beta"]
    assert stack.layers[1].nodes[0].names[0].href == "/stack/index.md#io-net"


@pytest.mark.parametrize(
    ("at", "value", "message"),
    [
        ("layers.0.nodes.0.names.0.name", "Zeta", "write beta, Zeta"),
        ("layers.0.nodes.1.slug", "m1", "`m1` stands twice"),
        ("layers.0.id", "model", "write application, model, infrastructure"),
        ("layers.2.nodes.0.sells", "sells a very long list of things", "20 characters"),
        ("rails.0.nodes.0.joins", "nowhere", "it can join"),
        ("rails.0.nodes.0.line", None, "`names` or `line`"),
        ("layers.0.nodes.0.names.0.sources", [], "at least 1 item"),
        ("layers.0.color", "red", "Extra inputs"),
        ("as_of", "November", "is not a date"),
    ],
)
def test_what_is_refused_says_what_to_write(at: str, value: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Stack.model_validate(broken(at, value))


def test_unknown_sources_name_the_record_to_write() -> None:
    stack = Stack.model_validate(DATA)
    assert stack.unknown_sources({"key": 1}) == []
    (problem,) = stack.unknown_sources({})
    assert "data/sources/key.yml" in str(problem)


def test_the_table_escapes_and_cites() -> None:
    data = broken("layers.0.nodes.0.names.0.name", "A & B")
    table = render_stack_table(Stack.model_validate(data), lambda key: f"[{key}]")
    assert "A &amp; B" in table and table.count("[key]") == 8


def test_the_guides_own_stack_is_whole() -> None:
    from fieldguide.records import load_record

    root = Path(__file__).parents[1]
    stack, problems = load_record(Stack, root / "data/stack.yml", root)
    assert stack is not None, problems
    known = {path.stem for path in (root / "data/sources").glob("*.yml")}
    assert stack.unknown_sources(known) == []
