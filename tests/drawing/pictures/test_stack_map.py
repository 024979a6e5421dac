"""The stack map: every node and name is drawn and linked in all three sizes."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from fieldguide.drawing.figure import draw
from fieldguide.drawing.pictures import stack_map
from fieldguide.lists.stack import render_stack_table
from fieldguide.records.stack import Stack
from fieldguide.text.tree import E
from tests.figures.published import published
from tests.guide import guide_book

PUBLISHER = "StarX Capital · Foundation Models: A Field Guide"
SIZES = ("wide", "medium", "narrow")


@pytest.fixture(scope="module")
def stack() -> Stack:
    stack = guide_book().stack
    assert stack is not None
    return stack


@pytest.fixture(scope="module", params=SIZES)
def root(request: pytest.FixtureRequest, stack: Stack) -> ET.Element:
    drawing = stack_map.draw(stack, PUBLISHER, "Title", "Description")
    return getattr(drawing, request.param).root


def test_every_node_and_name_is_linked(root: ET.Element, stack: Stack) -> None:
    hrefs = [link.get("href") for link in root.iter("a")]
    places = [place.href for part in stack.parts() for place in (part, *part.nodes)]
    names = [name.href for part in stack.parts() for node in part.nodes for name in node.names]
    assert sorted(hrefs) == sorted(places + names)
    assert all(href.startswith("/data/companies.md#") for href in names)
    assert root.get("role") == "group"


def test_links_land_in_the_table(stack: Stack) -> None:
    table = render_stack_table(stack, lambda key: E("cite", {}, key), str)
    ids = [element.get("id") for element in table.iter() if element.get("id")]
    assert ids == list(stack.ids())
    assert {cite.text for cite in table.iter("cite")} == set(stack.cited())


def test_date_order_and_publisher_always_stand_on_it(root: ET.Element) -> None:
    said = " ".join(root.itertext())
    assert "As of 25 Nov 2026" in said
    assert "in alphabetical order, not a ranking" in said
    assert PUBLISHER in said


def test_layers_have_their_patterns_and_rails_their_symbols(root: ET.Element) -> None:
    patterns = [pattern.get("id", "") for pattern in root.iter("pattern")]
    assert len([name for name in patterns if "dots" in name]) == 1
    assert len([name for name in patterns if "lines" in name]) == 4
    rings = [circle for circle in root.iter("circle") if circle.get("r") == "5.5"]
    assert {ring.get("stroke") for ring in rings} == {"var(--fg-capital)", "var(--fg-crypto)"}


def test_on_a_phone_lines_of_links_are_24_units_apart(stack: Stack) -> None:
    narrow = ET.fromstring(stack_map.draw(stack, PUBLISHER, "Title", "Description").narrow.svg)
    targets = [rect for rect in narrow.iter("rect") if rect.get("pointer-events")]
    assert all(float(rect.get("height", 0)) >= 24 for rect in targets)
    rows = sorted({float(text.get("y", 0)) for link in narrow.iter("a") for text in link.iter("text")})
    in_bands = [y for y in rows if y < float(narrow.get("viewBox", "0 0 0 0").split()[3]) * 0.7]
    assert min(second - first for first, second in pairwise(in_bands)) >= 23


def test_columns_are_equal_unless_that_costs_a_line(stack: Stack) -> None:
    for layer in stack.layers[:2]:
        widths = stack_map.column_widths(layer.nodes, stack_map.WIDE, len(layer.nodes))
        total = sum(widths) + 16 * (len(widths) - 1)
        assert total == pytest.approx(stack_map.WIDE.room)


def test_stations_are_spread_in_order() -> None:
    places = stack_map.spread([100, 110, 120], [40, 40, 20], 0, 400)
    assert places == sorted(places)
    assert all(second - first >= 40 + 33 for first, second in pairwise(places))


def test_the_ledger_names_every_unit(stack: Stack) -> None:
    book = published("what-each-layer-buys")
    drawing = draw(book.figures["what-each-layer-buys"], book)
    for svg in (drawing.wide.svg, drawing.narrow.svg):
        said = " ".join(ET.fromstring(svg).itertext())
        for layer in stack.layers:
            for words in (layer.sells.what, layer.sells.unit, layer.buys.what, layer.buys.unit):
                assert all(word in said for word in words.split())
    table = drawing.table
    assert (
        table is not None
        and len(table.rows) == 6
        and all(len(row) == len(table.header) for row in table.rows)
    )
