"""What each way to adapt a model does to its weights: the arrows say it by their color, the lines beside them
in words.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from tests.figures.reading import texts
from tests.guide import drawn

WAYS = ("Prompting", "Retrieval", "Tools", "Fine-tuning")
SLUG = "broad-data-one-model"


def arrows(svg: str) -> list[tuple[float, float, float, str]]:
    """(x, top, bottom, color) of every upright shaft of an arrow."""
    found = []
    for path in ET.fromstring(svg).iter("path"):
        if shaft := re.fullmatch(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)", path.get("d", "")):
            x, start, end, top = (float(shaft[at]) for at in (1, 2, 3, 4))
            if x == end and top < start:
                found.append((x, top, start, path.get("stroke", "")))
    return found


@pytest.mark.parametrize("kind", ["wide", "narrow"])
def test_only_the_arrow_beside_changed_weights_has_the_color_of_the_model(kind: str) -> None:
    svg = getattr(drawn(SLUG), kind).svg
    lines = [(content, box[0], box[1]) for content, _, box in texts(svg)]
    said = {}
    for way in WAYS:
        [(_, left, top)] = [line for line in lines if line[0] == way]
        x, high, low, color = max(
            (arrow for arrow in arrows(svg) if arrow[0] < left and arrow[1] <= top + 20 and top <= arrow[2]),
            key=lambda arrow: arrow[0],
        )
        beside = [
            content
            for content, at, y in lines
            if at == left and high <= y <= low and content.startswith("weights")
        ]
        said[way] = color == "var(--fg-model)", beside
        assert left - x < 20
    assert said == {way: (False, ["weights unchanged"]) for way in WAYS[:3]} | {
        "Fine-tuning": (True, ["weights change"])
    }


def test_the_table_says_the_same() -> None:
    table = drawn(SLUG).table
    assert table is not None
    assert {row[1]: row[2].rpartition("; ")[2] for row in table.rows if row[0] == "4 Adaptation"} == {
        **dict.fromkeys(WAYS[:3], "weights unchanged"),
        "Fine-tuning": "changes the weights",
    }
