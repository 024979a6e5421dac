"""data/stack.yml: what its schema refuses, and how its examples are found among the companies."""

import copy
from typing import Any

import pytest
from pydantic import ValidationError

from fieldguide.lists.stack import render_stack_table
from fieldguide.records.company import Company
from fieldguide.records.stack import Stack
from fieldguide.text.names import kebab
from fieldguide.text.tree import E, serialize

TRADE = {"what": "x", "unit": "tokens"}


def node(slug: str, *examples: str, **more: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": slug.capitalize(),
        "sells": "sells it",
        **more,
        "examples": list(examples),
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
        layer("application", node("a1", "alpha", "beta"), node("a2"), node("a3")),
        layer("model", node("m1", "gamma-one", page="stack/inference.md"), node("m2"), node("m3")),
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
                node("k1", "akash", joins="i2"),
                node("k2", "delta", joins="model"),
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


def company(slug: str, name: str, node: str, layer: str = "application", **more: Any) -> Company:
    record = Company.model_validate(
        {
            "name": name,
            "layer": layer,
            "node": node,
            "what": "a thing",
            "unit": "piece",
            "cost": "parts",
            "buys": ["parts"],
            "supplies": ["people"],
            "moat": {"claim": "It is first.", "counter": "Others follow."},
            "sources": ["key"],
            "checked": "2026-11-25",
            **more,
        }
    )
    record._slug = slug
    return record


def companies(**changed: Company) -> dict[str, Company]:
    product = {"slug": "delta", "name": "Delta", "node": "k2", "what": "a protocol", "sources": ["other"]}
    found = {
        "alpha": company("alpha", "Alpha", "a1"),
        "beta": company("beta", "beta", "a1"),
        "gamma-one": company("gamma-one", "gamma.one", "m1", "model", products=[product]),
        "akash": company("akash", "Akash", "k1", "crypto"),
    }
    return found | changed


def test_examples_become_names_that_open_the_card_of_their_company() -> None:
    stack, problems = Stack.model_validate(DATA).resolve(companies())
    assert problems == [] and list(stack.ids())[:4] == ["layer-application", "a1", "alpha", "beta"]
    first, product = stack.layers[1].nodes[0].names[0], stack.rails[1].nodes[1].names[0]
    assert (first.name, first.href, first.maker) == ("gamma.one", "/data/companies.md#gamma-one", "")
    assert (product.name, product.href, product.maker, product.sources) == (
        "Delta",
        "/data/companies.md#gamma-one",
        "gamma.one",
        ("other",),
    )


def test_a_node_opens_its_page_its_layers_page_or_its_row() -> None:
    stack, _ = Stack.model_validate(broken("layers.0.page", "stack/application-layer.md")).resolve({})
    assert stack.layers[0].nodes[1].href == stack.layers[0].href == "/stack/application-layer.md"
    assert stack.layers[1].nodes[0].href == "/stack/inference.md"
    assert stack.layers[1].nodes[1].href == "/stack/index.md#m2"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"beta": company("beta", "Aaa", "a1")},
            "names of `a1` are not in alphabetical order — write beta, alpha",
        ),
        ({"beta": company("beta", "beta", "a2")}, "`beta` stands in `a1`, its record says `a2`"),
        (
            {"akash": company("kash", "Akash", "k1", "crypto")},
            "unknown company `akash` in `k1` — did you mean `kash`?",
        ),
    ],
)
def test_an_example_that_its_record_contradicts_is_a_problem(
    changed: dict[str, Company], message: str
) -> None:
    _, (problem,) = Stack.model_validate(DATA).resolve(companies(**changed))
    assert message in str(problem)


def test_names_sort_without_marks_and_case() -> None:
    assert [kebab(name) for name in ("io.net", "Weights & Biases", "Café 2")] == [
        "io-net",
        "weights-biases",
        "cafe-2",
    ]


@pytest.mark.parametrize(
    ("at", "value", "message"),
    [
        ("layers.0.nodes.1.slug", "m1", "`m1` stands twice"),
        ("layers.0.id", "model", "write application, model, infrastructure"),
        ("layers.2.nodes.0.sells", "sells a very long list of things", "20 characters"),
        ("rails.0.nodes.0.joins", "nowhere", "it can join"),
        ("rails.0.nodes.0.line", None, "`examples` or `line`"),
        ("layers.0.nodes.0.examples", ["a", "b", "c", "d", "e", "f", "g"], "at most 6 items"),
        ("layers.0.color", "red", "Extra inputs"),
        ("as_of", "November", "is not a date"),
    ],
)
def test_what_is_refused_says_what_to_write(at: str, value: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Stack.model_validate(broken(at, value))


def test_unknown_sources_name_the_record_to_write() -> None:
    stack, _ = Stack.model_validate(DATA).resolve(companies())
    assert stack.unknown_sources({"key": 1, "other": 1}) == []
    (problem,) = stack.unknown_sources({"key": 1})
    assert "data/sources/other.yml" in str(problem)


def test_the_table_escapes_cites_and_links_every_name() -> None:
    stack, _ = Stack.model_validate(DATA).resolve(companies(alpha=company("alpha", "A & B", "a1")))
    table = serialize(render_stack_table(stack, lambda key: E("i", {}, key), lambda path: path.lstrip("/")))
    assert "A &amp; B" in table and table.count("<i>key</i>") == 7
    assert 'id="delta" href="data/companies.md#gamma-one"' in table
