"""The lines of one product's revenue, and the page that works the same scenario."""

import re
from itertools import pairwise

import pytest

from fieldguide.drawing.pictures.cost_of_goods import Data, lines, spread
from tests.figures.published import published
from tests.figures.reading import ROOT, check_drawing, drawn

SLUG = "cost-of-goods"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_lines_and_what_is_kept_make_up_the_revenue() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    amounts = [float(row[3].replace(",", "")) for row in rows]
    assert sum(amounts) == 30_000
    assert rows[-1] == ["What you keep", "gross margin", "before salaries, research and selling", "12,900", "12.90", "43"]
    assert ["Model, paying users", "model layer", "120,000 conversations × $0.06", "7,200", "7.20", "24"] in rows


def test_a_title_that_the_scenario_does_not_support_is_refused() -> None:
    book = published(SLUG)
    book.figures[SLUG].data["scenario"]["output_price"] = 20
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)


def test_the_page_works_the_scenario_of_the_figure() -> None:
    scenario = Data.model_validate(published(SLUG).figures[SLUG].data).scenario
    page = (ROOT / "docs/business/unit-economics.md").read_text(encoding="utf-8")
    written = {name.strip(): amount for name, amount in re.findall(r"^    \| ([^|]+) \|[^|]+\| \$([\d,]+) \|$", page, re.M)}
    for line in lines(scenario):
        assert written[line.name.lower()] == f"{line.amount:,.0f}", line.name
    assert written["revenue"] == f"{scenario.revenue:,.0f}"
    assert written["cost of goods"] == f"{sum(line.amount for line in lines(scenario)):,.0f}"
    assert f"| **{scenario.margin:.0f}%** |" in page or f"| {scenario.margin:.0f}% |" in page


def test_labels_keep_their_distance_and_stay_inside() -> None:
    places = spread([10, 12, 90, 99], 20, 14, 100)
    assert places == sorted(places)
    assert all(after - before >= 20 for before, after in pairwise(places))
    assert places[-1] <= 100
