"""Before and after: one model for each task, against one model adapted to every task."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import DataKind, application_block, data_sheet, finish, infrastructure_field, model_bar
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table
from fieldguide.records.base import Strict

SLUG = "task-models-vs-one-model"


class Task(Strict):
    name: str
    labels: str
    kind: DataKind


class Way(Strict):
    name: str
    data: str
    training: str
    model: str
    new_task: str


class Data(Strict):
    tasks: list[Task] = Key(min_length=4, max_length=4)
    before: Way
    after: Way
    added: str


def render(data: Data, book: Book) -> Drawing:
    """Two panels that share their strata; the dashed column is the task that is added."""
    rows = [
        ["Data", data.before.data, data.after.data],
        ["Training", data.before.training, data.after.training],
        ["Model", data.before.model, data.after.model],
        ["One task more", data.before.new_task, data.after.new_task],
    ]
    table = Table("One model a task against one model for all", ["", data.before.name, data.after.name], rows)
    return finish(book, SLUG, _wide(data), _narrow(data), table)


def _panel(sheet: Sheet, data: Data, x: float, y: float, width: float, *, shared: bool, size: float, note_width: float) -> float:
    """One panel of five columns over four strata; returns its height."""
    way = data.after if shared else data.before
    wide = sheet.kind == "wide"
    tall = {"app": 34, "model": 20, "infra": 15, "data": 40} if wide else {"app": 26, "model": 17, "infra": 13, "data": 34}
    names = [task.name for task in data.tasks] + [data.added]
    gap = 9 if wide else 7
    column = (width - gap * 4) / 5
    sheet.text(x, y + 16, way.name, size=17 if wide else 15.5, weight=560, face="display")
    top = y + 44
    places = [x + at * (column + gap) for at in range(5)]
    for at, (place, name) in enumerate(zip(places, names, strict=True)):
        new = at == 4
        sheet.text(place, top, name, size=size, weight=600, fill="muted" if new else "ink")
        if new:
            sheet.rect(place, top + 9, column, tall["app"], stroke="app", stroke_width=1.25, stroke_dasharray="4 3")
        else:
            application_block(sheet, place, top + 9, column, tall["app"])
    middle = [place + column / 2 for place in places]
    app = top + 9 + tall["app"]
    model = app + 26
    infra = model + tall["model"] + 7
    floor = infra + tall["infra"]
    sheets = floor + 26

    def stem(at: int, y1: float, y2: float, dashed: bool) -> None:
        sheet.arrow(middle[at], y1, middle[at], y2, stroke="ink-2", dash="3 3" if dashed else None, head=3.6)

    side = min(column * 0.72, tall["data"])
    if shared:
        for at in range(5):
            stem(at, model - 4, app + 4, at == 4)
        model_bar(sheet, x, model, width, tall["model"])
        infrastructure_field(sheet, x + .6, infra, width - 1.2, tall["infra"], gap=3.6)
        centre = x + width / 2
        sheet.arrow(centre, sheets - 3, centre, floor + 5, stroke="ink-2", head=3.6)
        kinds: list[DataKind] = ["text", "code", "image", "sound", "table", "text", "code"]
        for at, kind in enumerate(kinds):
            place = x + (width - side) * at / (len(kinds) - 1)
            data_sheet(sheet, place, sheets, side, tall["data"], kind)
    else:
        for at, task in enumerate([*data.tasks, data.tasks[0]]):
            new = at == 4
            stem(at, model - 4, app + 4, new)
            stem(at, sheets - 3, floor + 5, new)
            if new:
                sheet.rect(places[at], model, column, tall["model"], stroke="model", stroke_width=1.25, stroke_dasharray="4 3")
                sheet.rect(places[at], infra, column, tall["infra"], stroke="infra", stroke_width=1.25, stroke_dasharray="4 3")
                sheet.rect(middle[at] - side / 2, sheets, side, tall["data"], stroke="ink-2", stroke_dasharray="4 3")
            else:
                model_bar(sheet, places[at], model, column, tall["model"])
                infrastructure_field(sheet, places[at], infra, column, tall["infra"], gap=3.6)
                data_sheet(sheet, middle[at] - side / 2, sheets, side, tall["data"], task.kind)
    note = sheets + tall["data"] + 26
    line = size * 1.34
    for label, text in (("Data", way.data), ("Training", way.training), ("One task more", way.new_task)):
        strong = label == "One task more"
        offset = 104 if wide else 96
        sheet.text(x, note, label, size=size, weight=600, fill="ink" if strong else "ink-2")
        height = sheet.paragraph(x + offset, note, text, note_width - offset, size=size, weight=600 if strong else 400,
                                 fill="ink" if strong else "ink-2", leading=1.34)
        sheet.line(x, note + height - line + 9, x + width, note + height - line + 9, stroke="rule")
        note += height + 12
    return note - line - y


def _wide(data: Data) -> Sheet:
    sheet = Sheet()
    heights = [_panel(sheet, data, x, 0, 356, shared=shared, size=13.5, note_width=356) for x, shared in ((0, False), (404, True))]
    sheet.height = max(heights) + 8
    sheet.line(380, 4, 380, sheet.height - 8, stroke="rule-strong")
    return sheet


def _narrow(data: Data) -> Sheet:
    sheet = Sheet(width=NARROW, kind="narrow")
    first = _panel(sheet, data, 1, 0, NARROW - 2, shared=False, size=12.5, note_width=NARROW - 2)
    y = first + 30
    sheet.height = y + _panel(sheet, data, 1, y, NARROW - 2, shared=True, size=12.5, note_width=NARROW - 2) + 6
    return sheet
