"""The eight steps through the definition machine: the stored numbers against plain Python on the same
weights, and what the page says of them.
"""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import chain
from typing import Any

import pytest

from fieldguide.labs.engine import Script
from fieldguide.records.definer import INSIDE
from tests.guide import ROOT
from tests.inside import Reference, dot, softmax

STORED = json.loads((ROOT / INSIDE).read_text(encoding="utf-8"))
SCRIPT = Script(ROOT, {"inside": "labs/next-token/steps.mjs", "model": "labs/next-token/model.mjs"})


@cache
def reference() -> Reference:
    return Reference(STORED["ids"])


def steps(**changes: Any) -> list[dict[str, Any]]:
    return list(
        SCRIPT.run("inside.steps({ ...inside.stored(trace), ...changes })", trace=STORED, changes=changes)
    )


def words(part: Any) -> str:
    """All text of a picture, with a space between its elements."""
    if not isinstance(part, list):
        return part or ""
    inner = part if part and isinstance(part[0], list) else part[2:]
    return " ".join(filter(None, map(words, inner)))


def drawing(step: int, tag: str, name: str) -> list[list[Any]]:
    """The elements of a step with this tag and class."""
    found: list[list[Any]] = []

    def look(part: Any) -> None:
        if isinstance(part, list):
            if part and part[0] == tag and part[1].get("class") == name:
                found.append(part)
            for child in part[2:]:
                look(child)

    for part in steps()[step - 1]["picture"]:
        look(part)
    return found


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").removesuffix("%"))


def test_what_is_stored_is_what_plain_python_finds_with_the_same_weights() -> None:
    place, head, layer = STORED["place"], STORED["head"], reference().layers[STORED["layer"]]
    last = reference().last[place]
    logits = reference().logits(last)
    for name, expected in {
        "first": reference().layers[0].before[place],
        "before": layer.before[place],
        "query": layer.queries[head][place],
        "scores": layer.scores[head][place],
        "mixed": layer.mixed[head][place],
        "attended": layer.attended[place],
        "hidden": layer.hidden[place],
        "fed": layer.fed[place],
        "last": last,
        "row": reference().weights["table"][STORED["logits"][0][0]],
    }.items():
        assert STORED[name] == pytest.approx(expected, abs=1.5e-3), name
    for name, rows in {
        "keys": layer.keys[head],
        "values": layer.values[head],
        "attention": layer.attention[head],
    }.items():
        assert list(chain(*STORED[name])) == pytest.approx(list(chain(*rows)), abs=1.5e-3), name
    assert [one[0] for one in STORED["logits"]] == sorted(range(len(logits)), key=lambda one: -logits[one])[
        :10
    ]
    assert [one[2] for one in STORED["logits"]] == pytest.approx(sorted(logits)[:-11:-1], abs=1.5e-3)
    odds = softmax(logits)
    assert [one[2] for one in STORED["bars"]] == pytest.approx(
        [odds[one[0]] for one in STORED["bars"]], abs=1e-4
    )
    for (token, _, share), one in zip(STORED["lens"], reference().layers, strict=True):
        early = softmax(reference().logits(reference().norm(one.after)[place]))
        assert token == early.index(max(early)) and share == pytest.approx(max(early), abs=1e-4)


def test_the_sheet_and_the_stored_steps_have_one_shape() -> None:
    shape = reference().sheet["shape"]
    assert {name: shape[name] for name in STORED["shape"]} == STORED["shape"]


def test_each_sum_of_products_adds_up_and_leads_to_the_score() -> None:
    query = STORED["query"]
    key = STORED["keys"][STORED["scores"].index(max(STORED["scores"]))]
    size = len(query)
    rows = [[words(cell) for cell in row[2:]] for row in drawing(3, "ol", "fg-inside__sum")[0][2:]]
    assert [row[0] for row in rows[3:]] == [f"the other {size - 3}", "sum", "score"]
    assert sum(number(row[2]) for row in rows[:4]) == pytest.approx(number(rows[4][2]), abs=0.021)
    assert number(rows[4][2]) == pytest.approx(dot(query, key), abs=0.006)
    assert number(rows[5][2]) == pytest.approx(dot(query, key) / math.sqrt(size), abs=0.006)
    assert rows[5][1] == f"{rows[4][2]} ÷ √{size}"
    products = sorted((abs(one * other), at) for at, (one, other) in enumerate(zip(query, key, strict=True)))
    assert [row[0] for row in rows[:3]] == [f"number {at + 1}" for _, at in products[:-4:-1]]
    last = [[words(cell) for cell in row[2:]] for row in drawing(7, "ol", "fg-inside__sum")[0][2:]]
    highest = [words(cell) for cell in drawing(7, "ol", "fg-inside__shares")[0][2][2:]]
    assert last[-1][2] == highest[-1], "the sum and the list of logits show the same digits"


def test_softmax_is_written_out_from_the_scores_to_the_largest_share() -> None:
    scores, shares = STORED["scores"], STORED["attention"][-1]
    rows = [[words(cell) for cell in row[2:]] for row in drawing(4, "ol", "fg-inside__sum")[0][2:]]
    powers = sorted((math.exp(score) for score in scores), reverse=True)
    assert [number(row[2]) for row in rows[:-2]] == pytest.approx(powers, rel=0.01)
    assert rows[-2][0] == "total" and number(rows[-2][2]) == pytest.approx(sum(powers), rel=0.01)
    assert number(rows[-1][2]) == pytest.approx(100 * max(shares), abs=0.51)
    assert rows[-1][1] == f"{rows[0][2]} ÷ {rows[-2][2]}"


def test_the_shares_of_the_page_are_those_of_the_head() -> None:
    shares = STORED["attention"][-1]
    rows = [[words(cell) for cell in row[2:]] for row in drawing(4, "ol", "fg-inside__shares")[0][2:]]
    ordered = sorted((100 * one for one in shares), reverse=True)
    assert [number(row[-1]) for row in rows] == pytest.approx(ordered[:3], abs=0.51)
    assert f"The other five tokens together get {sum(ordered[3:]):.0f}%." in words(steps()[3]["picture"])
    assert sum(shares) == pytest.approx(1, abs=1e-3)
    assert words(steps()[3]["picture"]).count("masked") >= 1
    assert "Later tokens are masked" in words(steps()[3]["picture"])


def test_the_token_that_is_drawn_is_the_one_on_whose_stretch_the_number_falls() -> None:
    chance = SCRIPT.run("model.chance(1)()")
    ends = [sum(one[2] for one in STORED["bars"][: at + 1]) for at in range(10)]
    token = next(one[1] for one, end in zip(STORED["bars"], ends, strict=True) if chance < end)
    said = words(steps()[7]["picture"])
    assert f"{chance:.3f}, falls on the stretch of “{token.replace(' ', '␣')}”" in said
    assert "falls beyond these tokens" in words(steps(chance=0.999)[7]["picture"])
    assert "At temperature 0 there is no draw" in words(steps(settings={"temperature": 0})[7]["picture"])


def test_what_the_page_says_of_two_heads_and_of_the_layers_is_so() -> None:
    """Of “bicycle (n):”: a head looks one token back, another looks for the word's end, and the answer forms
    in the third layer.
    """
    layers, tokens = reference().layers, STORED["tokens"]
    assert tokens[4:] == ["cle", " (", "n", "):"]
    back = layers[1].attention[0]
    assert all(back[at][at - 1] > 0.98 for at in range(1, 8) if at != 5) and back[5][4] < 0.02
    assert all(layers[2].attention[2][at][4] > 0.98 for at in (5, 6, 7))
    assert [text for _, text, _ in STORED["lens"]] == ["):", "):", *[" a"] * 4]


def test_there_are_eight_steps_each_with_a_few_words_and_a_picture() -> None:
    found = steps()
    assert len(found) == 8
    for step in found:
        assert len(" ".join(step["say"]).split()) <= 75, step["title"]
        assert len(step["title"].split()) <= 8
        assert words(step["picture"]) and not any(
            word in words(step["picture"]) for word in ("NaN", "undefined")
        )


def test_a_model_of_another_shape_and_the_first_token_alone_are_drawn_too() -> None:
    none = [0, 0, 0, 0]
    small = {
        "prompt": "",
        "ids": [256],
        "tokens": [""],
        "shape": {"vocabulary": 12, "width": 4, "layers": 1, "heads": 1},
        **dict.fromkeys(("place", "layer", "head"), 0),
        **dict.fromkeys(("first", "before", "query", "mixed", "attended", "fed", "last", "row"), none),
        "keys": [none],
        "values": [none],
        "scores": [0],
        "attention": [[1]],
        "hidden": [-1] * 16,
        **{key: [[3, "x", 1.0]] for key in ("logits", "bars", "lens")},
    }
    found = SCRIPT.run("inside.steps(inside.stored(trace))", trace=small)
    assert len(found) == 8 and "NaN" not in json.dumps(found)
    assert "0 above 0" in words(found[5]["picture"])
