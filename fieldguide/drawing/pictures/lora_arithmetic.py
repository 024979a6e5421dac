"""What LoRA trains beside one matrix, the sum over a model, and the matrices of one layer of a smaller model drawn to scale."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, text_width
from fieldguide.drawing.values import checked, number, plain
from fieldguide.records.base import Strict
from fieldguide.records.formulas.size import lora_parameters

SLUG = "lora-arithmetic"


class Matrix(Strict):
    name: str
    outputs: str
    """A fact reference; the inputs are the layer's width."""


class Data(Strict):
    model: str
    rank: str
    width: str
    matrix: str
    trained_matrix: str
    adapted: str
    layers: str
    trained: str
    share: str
    size: str
    printed: str
    """Megabytes that the paper prints."""
    small: str
    small_rank: str
    small_width: str
    small_layers: str
    matrices: list[Matrix] = Key(min_length=4, max_length=8)
    small_trained: str
    small_share: str
    small_size: str
    share_at_most: float
    """The share in percent under which the title holds."""
    point: str


@dataclass(frozen=True)
class Values:
    numbers: dict[str, float]
    shapes: list[tuple[str, float, float]]
    """Name, outputs and numbers trained of each matrix of one small layer."""

    def __getitem__(self, name: str) -> float:
        return self.numbers[name]


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the trained share is above the title's, or the layers do not add up to the record."""
    names = [name for name, info in Data.model_fields.items() if info.annotation is str and name not in ("model", "small", "point")]
    values = {name: number(book, getattr(data, name)) for name in names}
    if values["share"] > data.share_at_most:
        raise ValueError(f"{SLUG}: the title claims at most {data.share_at_most:g}%, the records give {values['share']:.3g}%")
    shapes = []
    for item in data.matrices:
        outputs = number(book, item.outputs)
        shapes.append((item.name, outputs, lora_parameters(values["small_rank"], values["small_width"], outputs)))
    if round(sum(trained for _, _, trained in shapes) * values["small_layers"]) != round(values["small_trained"]):
        raise ValueError(f"{SLUG}: the matrices drawn do not add up to the record `{data.small_trained}`")
    found = Values(values, shapes)
    table = Table("Numbers that LoRA trains", ["Where", "Frozen", "Trained"], [
        [f"{data.model}, one matrix, rank {values['rank']:g}", checked(data.matrix, plain(values["matrix"], 4)), checked(data.trained_matrix, f"{values['trained_matrix']:,.0f}")],
        [f"{data.model}, {values['adapted']:g} matrices", "", checked(data.trained, plain(values["trained"], 3))],
        *[[f"{data.small}, {name}, rank {values['small_rank']:g}", f"{values['small_width']:,.0f} × {outputs:,.0f}", f"{trained:,.0f}"] for name, outputs, trained in shapes],
        [f"{data.small}, {values['small_layers']:g} layers", "", checked(data.small_trained, plain(values["small_trained"], 3))],
    ])
    return finish(book, SLUG, _wide(data, found), _narrow(data, found), table)


def _ledger(data: Data, v: Values) -> list[tuple[str, str, bool]]:
    return [
        (f"frozen: {v['width']:,.0f} × {v['width']:,.0f}", plain(v["matrix"], 3), False),
        (f"trained: {v['rank']:g} × ({v['width']:,.0f} + {v['width']:,.0f})", f"{v['trained_matrix']:,.0f}", True),
        (f"× {v['adapted']:g} matrices of {data.model}", plain(v["trained"], 3), False),
        ("share of all parameters", f"{v['share']:.3f}%", False),
        ("file, 2 bytes a number", f"{v['size'] / 1e6:.0f} MB", True),
    ]


def _picture(sheet: Sheet, x: float, y: float, side: float, v: Values, size: float) -> float:
    """The frozen square, plus a tall and a wide strip. Returns the right edge."""
    thin = 9.0
    sheet.rect(x, y, side, side, fill="model-wash", stroke="model", stroke_width=1.25)
    sheet.text(x + side / 2, y + side / 2 - 4, "frozen", size=size, fill="model-text", anchor="middle")
    sheet.text(x + side / 2, y + side / 2 + 14, "W", size=size + 3, face="display", weight=490, fill="model-text", anchor="middle")
    at = x + side + 14
    sheet.text(at, y + side / 2 + 7, "+", size=22, fill="muted", anchor="middle")
    at += 15
    sheet.rect(at, y, thin, side, fill="model")
    sheet.text(at + thin + 12, y + side / 2 + 6, "×", size=18, fill="muted", anchor="middle")
    start = at + thin + 25
    sheet.rect(start, y + side / 2 - thin / 2, side, thin, fill="model")
    sheet.text(at + thin + 6, y + size * .75, "B, tall", size=size, fill="model-text")
    sheet.text(start + side, y + side / 2 - thin / 2 - 8, "A, wide", size=size, fill="model-text", anchor="end")
    sheet.text(start + side, y + side / 2 + thin / 2 + size + 6, "trained, and", size=size, fill="ink-2", anchor="end")
    sheet.text(start + side, y + side / 2 + thin / 2 + 2 * size + 9, f"only {v['rank']:g} thick", size=size, fill="ink-2", anchor="end")
    return start + side


def _rows(sheet: Sheet, rows: list[tuple[str, str, bool]], left: float, right: float, y: float, size: float, step: float) -> float:
    for words, value, strong in rows:
        sheet.text(left, y, words, size=size, fill="ink-2")
        sheet.text(right, y, value, size=size + 1.5, weight=600 if strong else 400, anchor="end")
        sheet.line(left, y + step * .34, right, y + step * .34, stroke="rule")
        y += step
    return y


def _layer(sheet: Sheet, shapes: list[tuple[str, float, float]], left: float, y: float, unit: float, tall: float, gap: float, size: float) -> None:
    """Matrices as rectangles of one height, as wide as they have outputs, each with its trained strip."""
    x = left
    for name, outputs, _ in shapes:
        width = outputs * unit
        label = text_width(name, size)
        room = max(width, label)
        place = x + (room - width) / 2
        sheet.rect(place, y, width, tall, fill="model-wash", stroke="model", stroke_width=1)
        sheet.rect(place, y, 2.4, tall, fill="model")
        sheet.text(x + room / 2, y + tall + size + 4, name, size=size, fill="ink-2", anchor="middle")
        x += room + gap


def _summary(data: Data, v: Values) -> str:
    return f"{data.small}, rank {v['small_rank']:g}, all {len(v.shapes)} matrices of {v['small_layers']:g} layers"


def _wide(data: Data, v: Values) -> Sheet:
    sheet, size = Sheet(), 13.5
    sheet.text(0, 15, f"One matrix of {data.model}, rank {v['rank']:g}", size=size + 1, weight=600)
    _picture(sheet, 1, 34, 138, v, size)
    sheet.text(0, 194, "strips drawn hundreds of times too thick", size=size, fill="muted")
    foot = _rows(sheet, _ledger(data, v), 400, 760, 48, size, 30)
    sheet.text(760, foot - 4, f"the paper prints {v['printed']:g} MB", size=size, fill="muted", anchor="end")
    y = 244
    sheet.line(0, y - 24, 760, y - 24, stroke="rule-strong")
    sheet.text(0, y, _summary(data, v), size=size + 1, weight=600)
    gap, narrow = 15.0, [name for name, outputs, _ in v.shapes if outputs < v["small_width"]]  # these need the room of their names
    rest = sum(outputs for name, outputs, _ in v.shapes if name not in narrow)
    unit = (758 - gap * (len(v.shapes) - 1) - sum(text_width(name, size) for name in narrow)) / rest
    _layer(sheet, v.shapes, 1, y + 16, unit, 46, gap, size)
    width = sheet.text(0, y + 112, f"{plain(v['small_trained'], 3)} trained, {v['small_share']:.2f}% of the model, a file of {v['small_size'] / 1e6:.0f} MB.", size=size + 1, weight=600)
    sheet.height = y + 112 + sheet.paragraph(width + 10, y + 112, data.point, 750 - width, size=size, fill="ink-2", leading=1.3) - 8
    return sheet


def _narrow(data: Data, v: Values) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    sheet.text(0, 14, f"One matrix of {data.model}, rank {v['rank']:g}", size=size + 1, weight=600)
    _picture(sheet, 1, 30, 118, v, size)
    sheet.text(0, 168, "strips drawn far too thick", size=size, fill="muted")
    foot = _rows(sheet, _ledger(data, v), 0, NARROW, 200, size, 28)
    sheet.text(NARROW, foot - 4, f"the paper prints {v['printed']:g} MB", size=size, fill="muted", anchor="end")
    y = foot + 36
    y += sheet.paragraph(0, y, _summary(data, v), NARROW, size=size + 1, weight=600, leading=1.25)
    attention = [item for item in v.shapes if item[1] <= v["small_width"]]
    wider = [item for item in v.shapes if item[1] > v["small_width"]]
    unit = (NARROW - 2 - 12 * (len(wider) - 1)) / sum(outputs for _, outputs, _ in wider)
    _layer(sheet, attention, 1, y, unit, 34, 14, size)
    _layer(sheet, wider, 1, y + 66, unit, 34, 12, size)
    y += 66 + 34 + 46
    y += sheet.paragraph(0, y, f"{plain(v['small_trained'], 3)} trained, {v['small_share']:.2f}% of the model, a file of {v['small_size'] / 1e6:.0f} MB.", NARROW, size=size + 1, weight=600, leading=1.25)
    sheet.height = y + sheet.paragraph(0, y + 2, data.point, NARROW, size=size, fill="ink-2", leading=1.3)
    return sheet
