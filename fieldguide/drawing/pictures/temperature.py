"""Temperature: the same three scores made into probabilities at three temperatures, computed at build."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, text_width
from fieldguide.records.base import Strict
from fieldguide.records.formulas.size import softmax

SLUG = "temperature"


class Choice(Strict):
    token: str
    logit: float


class Setting(Strict):
    temperature: float = Key(gt=0)
    name: str
    note: str


class Data(Strict):
    prompt: str
    choices: list[Choice] = Key(min_length=3, max_length=4)
    settings: list[Setting] = Key(min_length=3, max_length=3)
    point: str = Key(max_length=80)
    """What the three panels have in common, said once below them."""


def render(data: Data, book: Book) -> Drawing:
    """Wide: three panels. Narrow: three panels, one under the other."""
    logits = [choice.logit for choice in data.choices]
    if logits != sorted(logits, reverse=True):
        raise ValueError(f"{SLUG}: list the tokens from the highest score down")
    chances = [softmax(logits, setting.temperature) for setting in data.settings]
    table = Table("Softmax of three scores at three temperatures", ["Next token", "Score", *(f"T = {item.temperature:g}" for item in data.settings)], [
        [choice.token, f"{choice.logit:g}", *(percent(row[at]) for row in chances)] for at, choice in enumerate(data.choices)
    ])
    return finish(book, SLUG, _wide(data, chances), _narrow(data, chances), table)


def percent(chance: float) -> str:
    return f"{100 * chance:.1f}%" if chance < 0.1 else f"{100 * chance:.0f}%"


def odds(row: list[float]) -> str:
    """How many times likelier the first token is than the last."""
    ratio = row[0] / row[-1]
    return f"{ratio:.0f} to 1" if ratio >= 10 else f"{ratio:.1f} to 1"


def _prompt(sheet: Sheet, x: float, y: float, data: Data, size: float) -> None:
    """The text so far and an empty place."""
    width = text_width(data.prompt, size) + 18
    sheet.rect(x, y - size * 1.25, width, size * 1.9, fill="paper", stroke="ink-2", stroke_width=1.1)
    sheet.text(x + 9, y, data.prompt, size=size)
    sheet.rect(x + width + 5, y - size * 1.25, 52, size * 1.9, fill="none", stroke="ink-2", stroke_width=1.1, stroke_dasharray="3 3")
    sheet.text(x + width + 31, y, "?", size=size, anchor="middle", fill="muted")


def _panel(sheet: Sheet, x: float, y: float, width: float, data: Data, row: list[float], setting: Setting, size: float, tall: float) -> float:
    """One temperature: the scores divided, and the bars. Returns the foot."""
    sheet.text(x, y, f"T = {setting.temperature:g}", size=size + 6, weight=520, face="display")
    sheet.text(x + text_width(f"T = {setting.temperature:g}", size + 6, 520, "display") + 12, y, setting.name, size=size, fill="ink-2")
    divided = ", ".join(f"{choice.logit / setting.temperature:g}" for choice in data.choices)
    width_label = sheet.text(x, y + size + 9, "score ÷ T:", size=size, fill="muted")
    sheet.text(x + width_label + 6, y + size + 9, divided, size=size, weight=600, fill="model-text")
    y += size + 24
    name = max(text_width(choice.token, size, 600) for choice in data.choices) + 10
    room = width - name - text_width("86.7%", size, 600) - 10
    top = y
    for choice, chance in zip(data.choices, row, strict=True):
        bar = room * chance
        sheet.text(x, y + tall * .5 + size * .34, choice.token, size=size, weight=600)
        sheet.rect(x + name, y, max(bar, 1.5), tall, fill="model")
        sheet.text(x + name + bar + 7, y + tall * .5 + size * .34, percent(chance), size=size, weight=600)
        y += tall + 8
    sheet.line(x + name, top - 5, x + name, y - 3, stroke="ink")
    sheet.text(x, y + size + 4, f"{data.choices[0].token} to {data.choices[-1].token}: {odds(row)}", size=size, weight=600)
    return y + size + 4


def _wide(data: Data, chances: list[list[float]]) -> Sheet:
    sheet, size = Sheet(), 13.5
    _prompt(sheet, 0.7, 22, data, 15)
    left = text_width(data.prompt, 15) + 100
    sheet.text(left, 22, "scores from the model:", size=size, fill="muted")
    at = left + text_width("scores from the model:", size) + 12
    for choice in data.choices:
        at += sheet.text(at, 22, choice.token, size=size, weight=600) + 5
        at += sheet.text(at, 22, f"{choice.logit:g}", size=size, fill="model-text", weight=600) + 18
    gap, width = 40, (760 - 80) / 3
    foot = 0.0
    for index, (setting, row) in enumerate(zip(data.settings, chances, strict=True)):
        x = index * (width + gap)
        if index:
            sheet.line(x - gap / 2, 58, x - gap / 2, 286, stroke="rule")
        below = _panel(sheet, x, 76, width, data, row, setting, size, 26)
        foot = max(foot, below + sheet.paragraph(x, below + 20, setting.note, width, size=size, fill="ink-2", leading=1.3))
    sheet.line(0, foot + 22, 760, foot + 22, stroke="rule-strong")
    sheet.text(0, foot + 44, data.point, size=size + .5, weight=600)
    sheet.height = foot + 52
    return sheet


def _narrow(data: Data, chances: list[list[float]]) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    _prompt(sheet, 0.7, 20, data, 14)
    sheet.text(0, 50, "scores:", size=size, fill="muted")
    at = text_width("scores:", size) + 10
    for choice in data.choices:
        at += sheet.text(at, 50, choice.token, size=size, weight=600) + 5
        at += sheet.text(at, 50, f"{choice.logit:g}", size=size, fill="model-text", weight=600) + 14
    y = 86.0
    for setting, row in zip(data.settings, chances, strict=True):
        y = _panel(sheet, 0, y, NARROW, data, row, setting, size, 20)
        y += sheet.paragraph(0, y + 18, setting.note, NARROW, size=size, fill="ink-2", leading=1.3) + 42
    sheet.line(0, y - 24, NARROW, y - 24, stroke="rule")
    y += sheet.paragraph(0, y - 4, data.point, NARROW, size=13, weight=600, leading=1.3)
    sheet.height = y - 10
    return sheet
