"""The small pictures of the labs on their overview."""

from __future__ import annotations

import re
from typing import Any

from fieldguide.commands.load import markdown_config
from fieldguide.index import render_page
from fieldguide.lists.fill import LISTS
from fieldguide.lists.lab_stills import HEIGHT, WIDTH, scene_shapes
from fieldguide.page.context import Context
from fieldguide.page.lab import lab_src
from fieldguide.page.term import Matcher
from tests.guide import ROOT, guide_book

MOST = 3_000
"""Bytes of a picture, before it is compressed."""


def test_every_lab_stands_on_the_overview_with_a_picture_that_says_what_it_shows() -> None:
    book = guide_book()
    here = Context(book, book.pages["labs/index.md"], Matcher(book.terms), LISTS)
    html = render_page(here, markdown_config(ROOT)).html
    assert here.problems == []
    labs = re.findall(r'<section class="fg-questions__lab">(.*?)</section>', html, re.S)
    assert len(labs) == len([slug for slug in book.views if lab_src(slug) in book.pages])
    for lab in labs:
        picture = re.search(r'<svg aria-label="([^"]{20,250})" class="fg-still".*?</svg>', lab, re.S)
        assert picture is not None, lab[:200]
        assert len(picture[0].encode()) < MOST
        assert "NaN" not in picture[0] and "inf" not in re.sub(r"--fg-infra|[a-z]+\"", "", picture[0])
        assert all(float(size) >= 12 for size in re.findall(r'font-size="([^"]+)"', picture[0]))
        assert 'role="img"' in picture[0] and f'viewBox="0 0 {WIDTH} {HEIGHT}"' in picture[0]


def _sizes(scene: dict[str, Any], *names: str) -> list[list[float]]:
    return [[float(shape.get(name) or 0) for name in names] for shape in scene_shapes(scene)]


def test_a_whole_is_divided_as_its_values_are() -> None:
    parts = [{"layer": "model", "look": "solid"}, {"layer": None, "look": "empty"}]
    stacks = [{"total": 40, "values": [10, 30]}]
    scene = {"kind": "stacked", "parts": parts, "stacks": stacks}
    assert _sizes(scene, "x", "width") == [[0, 58], [60.5, 177]], "with a gap between two parts"
    assert [shape.get("fill") for shape in scene_shapes(scene)] == ["var(--fg-model)", "none"]


def test_bars_go_from_the_base_to_their_values() -> None:
    rows = [{"marks": [{"value": 0}, {"value": 100}]}, {"marks": [{"value": 75}]}]
    scene = {
        "kind": "bars",
        "x": {"low": 0, "high": 100, "type": "linear"},
        "base": 50,
        "groups": [{"layer": None, "rows": rows}],
        "looks": [[["hatched", "solid"], ["solid"]]],
    }
    assert _sizes(scene, "x", "width") == [[0.5, 119], [120, 120], [120, 60]]


def test_a_curve_and_its_mark_stand_on_their_scales() -> None:
    x = {"low": 1, "high": 100, "type": "log"}
    y = {"low": 0, "high": 10, "type": "linear"}
    series = [{"curve": [[1, 0], [10, 5], [1000, 20]], "join": True, "marks": [{"x": 10, "y": 5}]}]
    scene = {"kind": "xy", "panels": [{"x": x, "y": y, "series": series}]}
    _, curve, mark = scene_shapes(scene)
    assert curve.get("d") == "M4 114L119 60L234 6", "what is beyond an end is at the end"
    assert (mark.get("cx"), mark.get("cy")) == ("119", "60")
    long = [[1 + nth / 10, nth / 100] for nth in range(900)]
    dense = {**series[0], "curve": long, "marks": []}
    _, thinned = scene_shapes({"kind": "xy", "panels": [{"x": x, "y": y, "series": [dense]}]})
    assert (thinned.get("d") or "").count("L") <= 24
