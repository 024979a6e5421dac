"""One cohort over four quarters: revenue, starting revenue still there and gross profit as an index, with the margin of each quarter below.

The product is the scenario of `cost-of-goods`; what that record gives for a month of all seats grows with the cohort's seats.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pictures.cost_of_goods import Scenario
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table
from fieldguide.records.base import Strict
from fieldguide.records.formulas.arithmetic import percent_of, share

SLUG = "cohort-quarters"
SOURCE = "cost-of-goods"
"""The figure whose record holds the scenario."""


class Quarter(Strict):
    name: str
    customers: int = Key(gt=0)
    seats: float = Key(gt=0)
    conversations: float
    """A seat and month."""


class Data(Strict):
    seats_each: float
    """Seats of a customer at the start; who stays keeps at least these."""
    quarters: list[Quarter] = Key(min_length=5, max_length=5)
    """The start and four quarters on."""
    claim_revenue: int
    """Index of revenue at the end, as the title says."""
    claim_profit: tuple[float, float]
    """Bounds of the index of gross profit at the end, which the title calls half."""


@dataclass(frozen=True)
class Point:
    quarter: Quarter
    revenue: float
    """Index, start = 100: net revenue retention, in percent."""
    kept: float
    """Index of the starting revenue still there: gross revenue retention, in percent."""
    profit: float
    """Index of gross profit."""
    margin: float
    monthly: float
    """Gross profit a month, USD."""


def grown(scenario: Scenario, quarter: Quarter) -> Scenario:
    """The scenario with the cohort's seats and use; hosting, support and free users keep their size a seat."""
    times = quarter.seats / scenario.seats
    return scenario.model_copy(update={
        "seats": quarter.seats, "conversations": quarter.conversations,
        "hosting": scenario.hosting * times, "support": scenario.support * times, "free_users": scenario.free_users * times,
    })


def points(data: Data, scenario: Scenario) -> list[Point]:
    """Raises ValueError when a quarter has fewer seats than its customers brought at the start."""
    start = data.quarters[0]
    first = grown(scenario, start)
    base = percent_of(first.revenue, first.margin)
    found = []
    for quarter in data.quarters:
        stayed = quarter.customers * data.seats_each
        if quarter.seats < stayed:
            raise ValueError(f"{SLUG}: {quarter.name} has {quarter.seats:g} seats, its customers brought {stayed:g}")
        now = grown(scenario, quarter)
        monthly = percent_of(now.revenue, now.margin)
        found.append(Point(quarter, share(now.revenue, first.revenue), share(stayed, start.seats), share(monthly, base), now.margin, monthly))
    return found


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when revenue or gross profit at the end is not what the title says."""
    found = points(data, scenario_of(book))
    last, (low, high) = found[-1], data.claim_profit
    if round(last.revenue) != data.claim_revenue or not low <= last.profit <= high:
        raise ValueError(f"{SLUG}: the title claims revenue at {data.claim_revenue} and profit at {low:g} to {high:g}, the scenario gives {last.revenue:.0f} and {last.profit:.0f}")
    table = Table("One cohort, its start and four quarters on, illustrative", ["Quarter", "Customers", "Seats", "Conversations a seat and month", "Revenue, start = 100", "Starting revenue still there", "Gross profit, start = 100", "Gross margin, %", "Gross profit a month, USD"], [
        [point.quarter.name, f"{point.quarter.customers}", f"{point.quarter.seats:,.0f}", f"{point.quarter.conversations:g}", f"{point.revenue:.0f}", f"{point.kept:.0f}", f"{point.profit:.0f}", f"{point.margin:.0f}", f"{point.monthly:,.0f}"] for point in found
    ])
    return finish(book, SLUG, _draw(found, Sheet()), _draw(found, Sheet(width=NARROW, kind="narrow")), table)


def scenario_of(book: Book) -> Scenario:
    """The product of `cost-of-goods`."""
    return Scenario.model_validate(book.figures[SOURCE].data["scenario"])


def _draw(found: list[Point], sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size = 13.5 if wide else 12.5
    left, right = (48, 520) if wide else (34, 210)
    top, bottom = 24.0, 300.0 if wide else 290.0
    x, y = LinearScale(0, len(found) - 1, left + 22, right), LinearScale(40, 120, bottom, top)
    sheet.linear_axis(y, left, [40, 60, 80, 100, 120], side="left", size=size, grid_to=right)
    lines = [
        ("Revenue", "net retention", [point.revenue for point in found], None, 2.2),
        ("Still there", "gross retention", [point.kept for point in found], "6 4", 1.6),
        ("Gross profit", "same customers", [point.profit for point in found], None, 2.2),
    ]
    for name, note, values, dash, thick in lines:
        places = [(x(at), y(value)) for at, value in enumerate(values)]
        sheet.polyline(places, stroke="ink", stroke_width=thick, dash=dash)
        for place in places:
            sheet.mark(*place, "derived", radius=4.4)
        end = places[-1][1]
        sheet.text(right + 14, end + 2, f"{values[-1]:.0f}", size=size + 3, weight=600)
        sheet.text(right + (58 if wide else 50), end + 1, name, size=size, weight=600)
        words = {"Revenue": "net revenue retention, in %", "Still there": "of the starting revenue", "Gross profit": "from the same customers"}[name] if wide else note
        sheet.text(right + (58 if wide else 14), end + 18, words, size=size, fill="muted")
    row = bottom + 30
    for at, point in enumerate(found):
        sheet.text(x(at), row, point.quarter.name, size=size, fill="muted", anchor="middle")
    sheet.text(right + 34 if wide else right + 24, row, "quarter", size=size, fill="muted")
    for offset, label, words in ((34, "gross margin", [f"{point.margin:.0f}%" for point in found]), (62, "conversations a seat" if wide else "uses a seat", [f"{point.quarter.conversations:g}" for point in found])):
        sheet.line(0, row + offset - 20, sheet.width, row + offset - 20, stroke="rule")
        for at, word in enumerate(words):
            sheet.text(x(at), row + offset, word, size=size, weight=600 if offset == 34 else 400, anchor="middle")
        sheet.text(right + 34 if wide else right + 24, row + offset, label, size=size, fill="muted")
    sheet.height = row + 74
    return sheet
