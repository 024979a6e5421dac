"""The life of a request through the tools: stations on its way to the model, what records it, and what was there before."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import model_bar
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, text_width
from fieldguide.records.base import Strict
from fieldguide.records.company import Company

SLUG = "request-tools"
OPEN = "open-source"


class Tool(Strict):
    name: str
    does: str
    paid: str
    """What a customer is billed for."""
    companies: list[str] = Key(min_length=1, max_length=5)
    aside: bool = False
    """Asked by the station before it and answers to it: the request does not go on from here."""


class Before(Tool):
    feeds: str
    """What it feeds: the number of a station, or "the model"."""


class Data(Strict):
    stations: list[Tool] = Key(min_length=4, max_length=4)
    beside: Tool
    before: list[Before] = Key(min_length=2, max_length=3)


def render(data: Data, book: Book) -> Drawing:
    """Raises KeyError for a company without a record, ValueError when most of the named tools are not open source."""
    tools = [*data.stations, data.beside]
    named = [book.companies[slug] for tool in tools for slug in tool.companies]
    count = sum(OPEN in company.what for company in named)
    if count * 2 <= len(named):
        raise ValueError(f"{SLUG}: the title says that most of the code is open, and the records do not")
    rows = [
        [place, tool.name, tool.does, tool.paid, ", ".join(_spelled(book.companies[slug]) for slug in tool.companies)]
        for place, part in (("in the request", data.stations), ("beside it", [data.beside]), ("before it", data.before)) for tool in part
    ]
    table = Table("Tools along a request", ["When", "Tool", "What it does", "Billed for", "Examples"], rows)
    record = book.figures[SLUG]
    key = f"Bold: open source, {count} of the {len(named)} names above"
    wide, narrow = _wide(data, book, key), _narrow(data, book, key)
    return Drawing(
        wide=wide.svg(f"{SLUG}-wide", record.title, record.alt, links=True),
        narrow=narrow.svg(f"{SLUG}-narrow", record.title, record.alt, links=True), table=table,
    )


def _spelled(company: Company) -> str:
    return f"{company.name} (open source)" if OPEN in company.what else company.name


def _weight(company: Company) -> int:
    return 600 if OPEN in company.what else 400


def _name(sheet: Sheet, x: float, y: float, company: Company, size: float) -> float:
    """One name as a link to its card, bold where its code is open; returns its width."""
    width = text_width(company.name, size, _weight(company))
    with sheet.link(company.href):
        sheet.text(x, y, company.name, size=size, weight=_weight(company))
        sheet.line(x, y + 3.5, x + width, y + 3.5, stroke="rule-strong")
    return width


def _names(sheet: Sheet, x: float, y: float, width: float, tool: Tool, book: Book, size: float) -> float:
    """Names in a row, broken where they reach `width`; returns the height they took."""
    at, line = x, 0.0
    for slug in tool.companies:
        company = book.companies[slug]
        wide = text_width(company.name, size, _weight(company))
        if at > x and at + wide > x + width:
            at, line = x, line + size * 1.62
        at += _name(sheet, at, y + line, company, size) + 12
    return line + size * 1.62


def _tool(
    sheet: Sheet, x: float, y: float, width: float, tool: Tool, book: Book, size: float, does: float = 0, paid: float = 0, indent: float = 0,
) -> tuple[float, float, float]:
    """A tool as a column: name, what it does, what is billed, examples. Heights of the two paragraphs may be given, so that columns align."""
    sheet.text(x + indent, y, tool.name, size=size + 1.5, weight=600)
    first = sheet.paragraph(x, y + 20, tool.does, width, size=size, fill="ink-2", leading=1.32)
    y += 26 + max(first, does)
    second = sheet.paragraph(x, y, f"Billed: {tool.paid}", width, size=size, fill="muted", leading=1.32)
    y += 6 + max(second, paid)
    return first, second, _names(sheet, x, y, width, tool, book, size)


def _heights(tools: list[Tool], width: float, size: float) -> tuple[float, float]:
    """The tallest description and the tallest bill of a row of columns."""
    trial = Sheet()
    return (
        max(trial.paragraph(0, 20, tool.does, width, size=size, leading=1.32) for tool in tools),
        max(trial.paragraph(0, 20, f"Billed: {tool.paid}", width, size=size, leading=1.32) for tool in tools),
    )


def _number(sheet: Sheet, x: float, y: float, at: int) -> None:
    sheet.circle(x, y, 11, fill="paper", stroke="ink", stroke_width=1.4)
    sheet.text(x, y + 4.8, str(at), size=13.5, weight=600, anchor="middle")


def _wide(data: Data, book: Book, key: str) -> Sheet:
    sheet, size = Sheet(), 13.5
    width, gap = 166.0, 14.0
    columns = [at * (width + gap) for at in range(4)]
    end = columns[-1] + width
    down, up = 48.0, 64.0  # the request's way and the answer's
    sheet.text(46, down - 8, "request", size=size, fill="muted")
    sheet.text(46, up + 18, "answer", size=size, fill="muted")
    sheet.arrow(0, down, end + 4, down, stroke="ink", stroke_width=1.6)
    sheet.arrow(end + 4, up, 0, up, stroke="ink-2")
    model_bar(sheet, end + 10, down - 6, 760 - end - 10, 28)
    sheet.text(760, down - 13, "model", size=size, weight=600, fill="model-text", anchor="end")
    for at, (x, tool) in enumerate(zip(columns, data.stations, strict=True)):
        if tool.aside:
            sheet.arrow(x + 16, down, x + 16, 23, stroke="ink")
            sheet.arrow(x + 32, 23, x + 32, down - 1, stroke="ink")
        _number(sheet, x + 24, 13 if tool.aside else (down + up) / 2, at + 1)
    top = 110.0
    does, paid = _heights(data.stations, width, size)
    tall = max(_tool(sheet, x, top, width, tool, book, size, does, paid)[2] for x, tool in zip(columns, data.stations, strict=True))
    y = top + 26 + does + 6 + paid + tall + 4
    # What sees every step lies under all of them.
    sheet.rect(0, y, 760, 62, fill="sunk", stroke="rule-strong")
    sheet.text(14, y + 22, data.beside.name, size=size + 1.5, weight=600)
    sheet.paragraph(14, y + 42, data.beside.does, 320, size=size, fill="ink-2", leading=1.32)
    sheet.text(380, y + 22, f"Billed: {data.beside.paid}", size=size, fill="muted")
    _names(sheet, 380, y + 46, 366, data.beside, book, size)
    y += 62
    sheet.text(760, y + 20, key, size=size, fill="muted", anchor="end")
    y += 14
    third = (760 - 2 * 22) / 3
    sheet.text(0, y + 34, "There before the request", size=size, fill="muted")
    sheet.line(text_width("There before the request", size) + 12, y + 29, 760, y + 29, stroke="rule-strong")
    does, paid = _heights(list(data.before), third, size)
    tall = 0.0
    for at, tool in enumerate(data.before):
        x = at * (third + 22)
        tall = max(tall, _tool(sheet, x, y + 62, third, tool, book, size, does, paid)[2])
        feeds = f"feeds {tool.feeds}"
        sheet.text(x + text_width(tool.name, size + 1.5, 600) + 10, y + 62, feeds, size=size, fill="muted")
    sheet.height = y + 62 + 26 + does + 6 + paid + tall
    return sheet


def _narrow(data: Data, book: Book, key: str) -> Sheet:
    sheet, size, left = Sheet(width=NARROW, kind="narrow"), 12.5, 34.0
    width = NARROW - left
    sheet.text(left, 14, "request, down; answer, back up", size=size, fill="muted")
    y = 44.0
    marks = []
    for tool in data.stations:
        marks.append(y - 5)
        first, second, names = _tool(sheet, left, y, width, tool, book, size, indent=32 if tool.aside else 0)
        y += 26 + first + 6 + second + names + 16
    sheet.arrow(5, y - 8, 5, 6, stroke="ink-2")
    sheet.arrow(20, 6, 20, y - 8, stroke="ink", stroke_width=1.6)
    for at, (mark, tool) in enumerate(zip(marks, data.stations, strict=True)):
        if tool.aside:
            sheet.arrow(20, mark - 5, 38, mark - 5, stroke="ink")
            sheet.arrow(38, mark + 5, 21, mark + 5, stroke="ink")
        _number(sheet, 49 if tool.aside else 12.5, mark, at + 1)
    model_bar(sheet, 0, y - 2, 28, 18)
    sheet.text(left, y + 12, "model", size=size + 1, weight=600, fill="model-text")
    y += 38
    start = y
    inner = Sheet(width=NARROW, kind="narrow")
    first, second, names = _tool(inner, 10, y + 24, NARROW - 20, data.beside, book, size)
    height = 24 + 26 + first + 6 + second + names
    sheet.rect(0, start, NARROW, height, fill="sunk", stroke="rule-strong")
    _tool(sheet, 10, start + 24, NARROW - 20, data.beside, book, size)
    sheet.text(0, start + height + 20, key, size=size, fill="muted")
    y = start + height + 50
    sheet.text(0, y, "There before the request", size=size, fill="muted")
    sheet.line(0, y + 8, NARROW, y + 8, stroke="rule-strong")
    y += 32
    for tool in data.before:
        sheet.text(text_width(tool.name, size + 1.5, 600) + 10, y, f"feeds {tool.feeds}", size=size, fill="muted")
        first, second, names = _tool(sheet, 0, y, NARROW, tool, book, size)
        y += 26 + first + 6 + second + names + 14
    sheet.height = y - 22
    return sheet
