"""Drawings: measured text fits, what cannot be read is refused, and the SVG is well formed."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from fieldguide.drawing.canvas import MINIMUM_SIZE, NARROW
from fieldguide.drawing.colors import color, layer_color
from fieldguide.drawing.measure import text_width, wrap
from fieldguide.drawing.scales import LinearScale, LogScale
from fieldguide.drawing.sheet import Sheet
from fieldguide.text.formats import power_of_ten
from fieldguide.text.names import LAYERS

PROSE = "A model is trained once, at great cost, and then adapted to many tasks by people who never met."


def drawn(sheet: Sheet, uid: str = "test") -> ET.Element:
    return ET.fromstring(sheet.drawn(uid, "A title & more", "What it shows").svg)


@pytest.mark.parametrize("width", [60, 140, 328, 700])
@pytest.mark.parametrize("weight", [400, 500, 600])
def test_wrapped_text_fits_and_loses_no_word(width: float, weight: int) -> None:
    lines = wrap(PROSE, width, 15, weight)
    assert " ".join(lines) == PROSE
    assert all(text_width(line, 15, weight) <= width or " " not in line for line in lines)


def test_a_line_is_only_broken_when_its_next_word_would_not_fit() -> None:
    lines = wrap(PROSE, 200, 15)
    for line, following in pairwise(lines):
        assert text_width(f"{line} {following.split()[0]}", 15) > 200


def test_widths_grow_with_size_weight_and_tracking() -> None:
    assert text_width("model", 20) == pytest.approx(2 * text_width("model", 10))
    assert text_width("model", 10, 400) < text_width("model", 10, 500) < text_width("model", 10, 600)
    assert text_width("model", 10, tracking=0.2) == pytest.approx(text_width("model", 10) + 5 * 2)
    assert text_width("0123456789", 10) == pytest.approx(10 * text_width("4", 10)), "figures are tabular"


def test_an_unknown_character_has_an_average_width() -> None:
    assert 3 < text_width("\u4e2d", 10) < 9


def test_a_paragraph_returns_the_height_of_its_lines() -> None:
    sheet = Sheet(NARROW, 200, kind="narrow")
    height = sheet.paragraph(0, 20, PROSE, NARROW, size=14, leading=1.5)
    lines = drawn(sheet).findall(".//text")
    assert height == pytest.approx(len(lines) * 21)
    assert [float(line.get("y", 0)) for line in lines] == [20 + 21 * index for index in range(len(lines))]


@pytest.mark.parametrize("kind", MINIMUM_SIZE)
def test_text_under_the_minimum_is_refused(kind: str) -> None:
    sheet = Sheet(300, 100, kind=kind)
    sheet.text(0, 20, "at the minimum", size=MINIMUM_SIZE[kind])
    with pytest.raises(ValueError, match="Shorten the words"):
        sheet.text(0, 20, "below it", size=MINIMUM_SIZE[kind] - 0.1)


def test_a_minimum_can_be_raised_but_not_lowered() -> None:
    with pytest.raises(ValueError, match=r"14\.5"):
        Sheet(1352, 100, minimum=14.5).text(0, 20, "small", size=14)
    with pytest.raises(ValueError, match=r"13\.5"):
        Sheet(760, 100, minimum=9).text(0, 20, "small", size=12)


@pytest.mark.parametrize(("x", "anchor"), [(280, "start"), (-20, "start"), (10, "middle"), (10, "end")])
def test_text_that_leaves_the_sheet_is_refused(x: float, anchor: str) -> None:
    with pytest.raises(ValueError, match="leaves the sheet"):
        Sheet(300, 100).text(x, 20, "a long label", size=14, anchor=anchor)


@pytest.mark.parametrize("literal", ["#fff", "red()", "rgb(1 2 3)", "var(--md-x)", "--fg-ink"])
def test_colors_are_tokens(literal: str) -> None:
    with pytest.raises(ValueError, match="not a color token"):
        color(literal)
    assert color("ink-2") == "var(--fg-ink-2)"


def test_every_layer_has_three_tokens() -> None:
    assert {layer_color(layer, "text") for layer in LAYERS} == {
        f"{layer_color(layer)}-text" for layer in LAYERS
    }
    assert layer_color("infrastructure", "wash") == "infra-wash"


def test_text_is_escaped_and_named_for_every_reader() -> None:
    sheet = Sheet(300, 100)
    sheet.text(0, 20, 'a < b & "c"', size=14)
    root = drawn(sheet)
    assert root.findtext("text") == 'a < b & "c"'
    assert root.get("role") == "img"
    ids = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert [ids[key] for key in root.get("aria-labelledby", "").split()] == [
        "A title & more",
        "What it shows",
    ]


def test_links_make_a_group() -> None:
    sheet = Sheet(300, 100)
    with sheet.link("/stack/index.md#chips"):
        sheet.text(0, 20, "Chips", size=14)
    root = drawn(sheet)
    assert root.get("role") == "group"
    assert root.find("a").get("href") == "/stack/index.md#chips"
    assert drawn(Sheet(300, 100)).get("role") == "img"


def test_ids_are_unique_prefixed_and_every_reference_is_met() -> None:
    sheet = Sheet(300, 200)
    sheet.band(0, 0, 300, 60, "application")
    sheet.band(0, 70, 300, 100, "infrastructure", rows=(40, 20, 20, 20))
    sheet.band(0, 172, 300, 20, "application")
    svg = sheet.drawn("map", "t", "d").svg
    ids = re.findall(r'id="([^"]+)"', svg)
    assert len(ids) == len(set(ids)) and all(name.startswith("map-") for name in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) == {
        name for name in ids if "dots" in name or "lines" in name
    }
    assert len([name for name in ids if "lines" in name]) == 4, "four rows, each denser"


def test_the_three_marks_differ_by_shape() -> None:
    shapes = set()
    for kind in ("disclosed", "derived", "estimate"):
        sheet = Sheet(40, 40)
        sheet.mark(20, 20, kind)
        shapes.add(
            "".join(
                f"{element.tag}:{element.get('fill')} "
                for element in drawn(sheet)
                if element.tag not in ("title", "desc")
            )
        )
    assert len(shapes) == 3


def test_an_arrow_ends_in_its_point() -> None:
    sheet = Sheet(100, 100)
    sheet.arrow(10, 10, 10, 26)
    shaft, head = (element.get("d") for element in drawn(sheet).findall("path"))
    assert shaft == "M10 10L10 26"
    assert head.split("L")[1] == "10 26"


@pytest.mark.parametrize(
    ("stroke", "dash", "halo", "stops"),
    [
        ("rule", None, False, True),
        ("rule", None, True, False),
        ("ink", "2 4", True, True),
        ("ink", None, False, False),
    ],
)
def test_hairlines_and_dashed_lines_stop_for_words(
    stroke: str, dash: str | None, halo: bool, stops: bool
) -> None:
    sheet = Sheet(200, 100)
    sheet.line(50, 0, 50, 100, stroke=stroke, dash=dash)
    sheet.line(0, 56, 200, 56, stroke=stroke, dash=dash)
    sheet.text(20, 60, "across both lines", size=15, halo=halo)
    sheet.text(150, 20, "beside", size=15, halo=halo)
    root = drawn(sheet)
    assert len(root.findall("line")) == (0 if stops else 2)
    if stops:
        upright, level = (line.get("d") for line in root.findall("path"))
        assert upright == "M50 0L50 46.5M50 66L50 100"
        assert level is not None and level.startswith("M0 56L17 56M") and level.endswith("L200 56")


def test_a_line_leaves_no_stub_between_two_lines_of_text() -> None:
    sheet = Sheet(200, 100)
    sheet.line(50, 0, 50, 100, stroke="rule")
    sheet.paragraph(20, 40, "two lines of text", 60, size=15)
    assert [line.get("d", "").count("M") for line in drawn(sheet).findall("path")] == [2]


def test_scales() -> None:
    assert LinearScale(0, 10, 100, 200)(5) == 150
    scale = LogScale(1e20, 1e26, 300, 0)
    assert [round(scale(value)) for value in (1e20, 1e23, 1e26)] == [300, 150, 0]
    assert len(scale.decades()) == 7
    assert len(scale.minor()) == 6 * 8
    assert power_of_ten(1e25) == "10²⁵"
    assert [power_of_ten(value) for value in (0.001, 1, 10)] == ["10⁻³", "1", "10"]


def test_a_log_axis_labels_each_decade() -> None:
    sheet = Sheet(300, 320)
    sheet.log_axis(LogScale(1e20, 1e23, 300, 10), 60, grid_to=290)
    assert [text.text for text in drawn(sheet).iter("text")] == ["10²⁰", "10²¹", "10²²", "10²³"]


def test_a_sheet_without_height_is_refused() -> None:
    with pytest.raises(ValueError, match="no height"):
        Sheet(300).drawn("x", "t", "d")
