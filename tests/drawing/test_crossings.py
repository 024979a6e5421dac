"""What runs through the words of a drawing is found, and what may lie under them is not."""

from collections.abc import Callable

import pytest

from fieldguide.drawing.sheet import Sheet
from tests.figures.crossings import crossings


def _found(*draw: Callable[[Sheet], object]) -> list[str]:
    sheet = Sheet(200, 100)
    for step in draw:
        step(sheet)
    return [words for words, _ in crossings(sheet.drawn("test", "A title", "What it shows"))]


def _words(sheet: Sheet) -> None:
    sheet.text(20, 60, "a label", size=15)


def _with_halo(sheet: Sheet) -> None:
    sheet.text(20, 60, "a label", size=15, halo=True)


def _axis(sheet: Sheet) -> None:
    sheet.line(22, 0, 22, 100)


@pytest.mark.parametrize("label", [_words, _with_halo])
@pytest.mark.parametrize(
    "draw",
    [
        _axis,
        lambda sheet: sheet.line(0, 61.5, 200, 61.5, stroke="rule-strong"),
        lambda sheet: sheet.polyline([(0, 50), (200, 70)], stroke="model", stroke_width=2),
        lambda sheet: sheet.path("M0 40C60 40 60 70 200 70", stroke="model"),
        lambda sheet: sheet.circle(20, 54, 4, fill="ink"),
        lambda sheet: sheet.rect(0, 40, 40, 30, fill="model"),
        lambda sheet: sheet.rect(0, 0, 200, 100, fill=sheet.pattern("application")),
    ],
    ids=["axis", "rule", "line", "curve", "mark", "bar", "pattern"],
)
def test_what_words_lie_on_is_found(
    label: Callable[[Sheet], object], draw: Callable[[Sheet], object]
) -> None:
    assert _found(draw, label) == ["a label"] == _found(label, draw)


@pytest.mark.parametrize(
    "draw",
    [
        [lambda sheet: sheet.line(0, 70, 200, 70), _words],
        [_axis, lambda sheet: sheet.rect(10, 40, 90, 30, fill="paper"), _words],
        [lambda sheet: sheet.rect(0, 0, 40, 100, fill="sunk"), _words],
        [lambda sheet: sheet.path("M30 0V100", stroke="rule"), _with_halo],
        [lambda sheet: sheet.line(20, 64, 20 + sheet.text(20, 60, "a link", size=15), 64)],
        [lambda sheet: sheet.circle(60, 40, 12, fill="paper", stroke="ink")]
        + [lambda sheet: sheet.text(60, 45, "4", size=14, anchor="middle")],
    ],
    ids=["below", "a ground", "a shade", "a hairline under a halo", "an underline", "a ring"],
)
def test_what_may_lie_under_words_is_not(draw: list[Callable[[Sheet], object]]) -> None:
    assert _found(*draw) == []
