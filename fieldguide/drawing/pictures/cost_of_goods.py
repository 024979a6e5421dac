"""A month's revenue of one product cut into lines, by who is paid: the stack again, with what is kept as an empty box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import application_block, finish, infrastructure_field, model_bar
from fieldguide.drawing.sheet import NARROW, Drawing, Layer, Sheet, Table, layer_color
from fieldguide.records.base import Strict
from fieldguide.records.formulas.arithmetic import percent_of
from fieldguide.records.formulas.money import cost_per_million, gross_margin

SLUG = "cost-of-goods"
GAP = 2.5
"""Units of paper between two lines of the stack."""
PEOPLE, MODEL, MACHINES, OTHERS = "your own people", "model layer", "infrastructure", "outside the stack"


class Scenario(Strict):
    """One product in one month. All of it is illustrative; margins and shares follow from it."""

    seats: float = Key(gt=0)
    price: float = Key(gt=0)
    """USD a seat and month."""
    conversations: float
    """A seat and month."""
    tokens_in: float
    """Tokens read in one conversation, all calls together."""
    tokens_out: float
    input_price: float
    """USD per million tokens."""
    output_price: float
    free_users: float
    free_conversations: float
    reviewed: float
    """Percent of paying users' conversations that a person checks."""
    review_cost: float
    """USD for each of these."""
    hosting: float
    """USD a month."""
    support: float
    """USD a month."""
    fees: float
    """Percent of revenue that card processing takes."""
    data: float
    """USD a seat and month for licensed data."""

    @property
    def revenue(self) -> float:
        return self.seats * self.price

    @property
    def cost_per_conversation(self) -> float:
        """USD for the model."""
        return cost_per_million(self.tokens_in, self.input_price) + cost_per_million(self.tokens_out, self.output_price)

    @property
    def margin(self) -> float:
        """Gross margin, in percent."""
        return gross_margin(self.revenue, sum(line.amount for line in lines(self)))


class Data(Strict):
    scenario: Scenario
    claim_model: float
    """USD a seat for the model, as the title says."""
    claim_kept: float


@dataclass(frozen=True)
class Line:
    key: str
    name: str
    how: str
    amount: float
    """USD a month."""
    paid: str
    layer: Layer | None


def lines(data: Scenario) -> list[Line]:
    """The cost of goods, from the top of the stack down."""
    talks, free = data.seats * data.conversations, data.free_users * data.free_conversations
    each = data.cost_per_conversation
    return [
        Line("support", "Support", "people who answer your own customers", data.support, PEOPLE, "application"),
        Line("review", "Human review", f"{data.reviewed:g}% of {talks:,.0f} conversations × ${data.review_cost:.2f}", percent_of(talks, data.reviewed) * data.review_cost, PEOPLE, "application"),
        Line("model", "Model, paying users", f"{talks:,.0f} conversations × ${each:.2f}", talks * each, MODEL, "model"),
        Line("free", "Model, free users", f"{free:,.0f} conversations × ${each:.2f}", free * each, MODEL, "model"),
        Line("hosting", "Hosting", "servers, search index, logs", data.hosting, MACHINES, "infrastructure"),
        Line("fees", "Payment fees", f"{data.fees:g}% of what is charged", percent_of(data.revenue, data.fees), OTHERS, None),
        Line("data", "Data licenses", f"${data.data:.2f} a seat", data.seats * data.data, OTHERS, None),
    ]


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when what is kept or what the model takes is not what the title says."""
    scene, found = data.scenario, lines(data.scenario)
    kept = scene.revenue - sum(line.amount for line in found)
    model = sum(line.amount for line in found if line.layer == "model")
    for name, claimed, computed in (("model", data.claim_model, model), ("kept", data.claim_kept, kept)):
        if abs(claimed - computed / scene.seats) > .005:
            raise ValueError(f"{SLUG}: the title claims ${claimed:.2f} a seat for `{name}`, the scenario gives ${computed / scene.seats:.2f}")
    rows = [Line("kept", "What you keep", "before salaries, research and selling", kept, "gross margin", None), *found]
    table = Table("A month of a support assistant, illustrative", ["Line", "Who is paid", "How", "USD a month", "USD a seat", "% of revenue"], [
        [row.name, row.paid, row.how, f"{row.amount:,.0f}", f"{row.amount / scene.seats:.2f}", f"{100 * row.amount / scene.revenue:.0f}"] for row in [*found, rows[0]]
    ])
    return finish(book, SLUG, _draw(scene, rows, Sheet()), _draw(scene, rows, Sheet(width=NARROW, kind="narrow")), table)


def spread(centers: Sequence[float], apart: float, top: float, bottom: float) -> list[float]:
    """Places for labels: near their centers, in order, at least so far apart, inside top and bottom."""
    places: list[float] = []
    for center in centers:
        places.append(max(center, places[-1] + apart if places else top))
    limit = bottom
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], limit)
        limit = places[at] - apart
    return places


def _segment(sheet: Sheet, row: Line, x: float, y: float, width: float, height: float) -> None:
    if row.key == "kept":
        sheet.rect(x + .8, y + .8, width - 1.6, height - 1.6, fill="paper", stroke="ink", stroke_width=1.6)
    elif row.layer == "application":
        application_block(sheet, x + .6, y + .6, width - 1.2, height - 1.2)
    elif row.layer == "model":
        model_bar(sheet, x, y, width, height)
    elif row.layer == "infrastructure":
        infrastructure_field(sheet, x + .6, y + .6, width - 1.2, height - 1.2)
    else:
        sheet.rect(x + .6, y + .6, width - 1.2, height - 1.2, fill="chip", stroke="rule-strong", stroke_width=1.2)


def _draw(scene: Scenario, rows: list[Line], sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size, apart = (13.5, 50) if wide else (12.5, 54)
    top, tall = (40, 430) if wide else (34, 440)
    bar, thick = (136, 104) if wide else (0, 40)
    text, dollars = (290, 680) if wide else (74, NARROW)
    height = tall - GAP * (len(rows) - 1)
    y, centers = float(top), []
    for row in rows:
        part = height * row.amount / scene.revenue
        _segment(sheet, row, bar, y, thick, part)
        centers.append(y + part / 2)
        y += part + GAP
    if wide:
        sheet.text(dollars, 16, "a seat", size=size, fill="muted", anchor="end")
        sheet.text(760, 16, "of revenue", size=size, fill="muted", anchor="end")
        sheet.text(bar + thick / 2, 28, f"${scene.price:g}", size=size + 2, weight=600, anchor="middle")
        groups = list(dict.fromkeys(row.paid for row in rows))
        middles = [[center for row, center in zip(rows, centers, strict=True) if row.paid == group] for group in groups]
        for group, place in zip(groups, spread([sum(found) / len(found) for found in middles], 22, top, top + tall - 4), strict=True):
            layer = next(row.layer for row in rows if row.paid == group)
            sheet.text(bar - 12, place + size * .34, group, size=size, weight=600, anchor="end", fill=layer_color(layer, "text") if layer else "ink-2")
    else:
        sheet.text(0, 16, f"${scene.price:g} a seat", size=size, weight=600)
        sheet.text(NARROW, 16, "a seat, of revenue", size=size, fill="muted", anchor="end")
    places = spread(centers, apart, top + 14, top + tall + (26 if wide else 40))
    for row, center, place in zip(rows, centers, places, strict=True):
        lead = 16 if wide else 0  # on the narrow sheet straight lines keep apart
        sheet.polyline([(bar + thick + 3, center), (bar + thick + 3 + lead, center), (text - 5 - lead, place - 2), (text - 5, place - 2)], stroke="rule-strong", stroke_width=1)
        strong = row.key == "kept"
        color = layer_color(row.layer, "text") if row.layer else "ink"
        share, each = f"{100 * row.amount / scene.revenue:.0f}%", f"${row.amount / scene.seats:.2f}"
        sheet.text(text, place + 2, row.name, size=size + (2 if strong else 1), weight=600, fill=color)
        if wide:
            sheet.text(text, place + 20, row.how, size=size, fill="muted")
            sheet.text(dollars, place + 2, each, size=size + (2 if strong else 1), weight=600 if strong else 400, anchor="end")
            sheet.text(760, place + 2, share, size=size + (2 if strong else 1), weight=600 if strong else 400, anchor="end")
        else:
            sheet.text(NARROW, place + 2, f"{each}, {share}", size=size + .5, weight=600 if strong else 400, anchor="end")
            sheet.text(text, place + 19, row.how, size=size, fill="muted")
    sheet.height = max(top + tall, places[-1] + 30) + 4
    return sheet
