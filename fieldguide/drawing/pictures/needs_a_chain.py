"""Does this need a chain? Questions in order, each with the answer that leaves and what to use instead."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, step
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, wrap
from fieldguide.records.base import Strict

SLUG = "needs-a-chain"
OTHER = {"yes": "no", "no": "yes"}


class Question(Strict):
    ask: str = Key(max_length=64)
    leaves: Literal["yes", "no"]
    """The answer that ends the matter; the other one leads on."""
    exit: str = Key(max_length=42)
    instead: str = Key(max_length=72)


class Data(Strict):
    questions: list[Question] = Key(min_length=3, max_length=6)
    end: str = Key(max_length=36)
    means: str = Key(max_length=130)


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError where no question leads to a database: the plainest exit must be there."""
    if not any("database" in question.exit.lower() for question in data.questions):
        raise ValueError(f"{SLUG}: no question leads to a database")
    rows = [[f"{at}", q.ask, f"{q.leaves}: {q.exit}", q.instead] for at, q in enumerate(data.questions, 1)]
    rows.append(["", data.end, "", data.means])
    table = Table("Does this need a chain?", ["Step", "Question", "Answer that ends it", "Instead"], rows)
    return finish(book, SLUG, _wide(data), _narrow(data), table)


def _wide(data: Data) -> Sheet:
    sheet, size, left, box, tall, gap, right = Sheet(), 13.5, 0, 322, 62, 30, 410
    y = 4.0
    for at, question in enumerate(data.questions, 1):
        sheet.rect(left + 0.6, y, box, tall, fill="paper", stroke="ink-2", stroke_width=1.2)
        step(sheet, left + 24, y + tall / 2, at)
        lines = wrap(question.ask, box - 62, 15, 600)
        top = y + tall / 2 + 5 - (len(lines) - 1) * 9.5
        sheet.paragraph(left + 46, top, question.ask, box - 62, size=15, weight=600, leading=19 / 15)
        sheet.arrow(left + box + 2, y + tall / 2, right - 10, y + tall / 2)
        sheet.text(left + box + 42, y + tall / 2 - 7, question.leaves, size=size, weight=600, anchor="middle")
        sheet.line(right, y + 4, right, y + tall - 4, stroke="rule-strong", stroke_width=2)
        sheet.text(right + 14, y + 25, question.exit, size=16, weight=520, face="display")
        sheet.paragraph(right + 14, y + 46, question.instead, 760 - right - 14, size=size, fill="ink-2", leading=1.25)
        sheet.arrow(left + box / 2, y + tall + 2, left + box / 2, y + tall + gap - 3)
        sheet.text(left + box / 2 + 12, y + tall + gap / 2 + 5, OTHER[question.leaves], size=size, weight=600)
        y += tall + gap
    sheet.rect(left + 0.6, y, box, tall, fill="crypto-wash", stroke="crypto", stroke_width=1.6)
    sheet.text(left + box / 2, y + tall / 2 + 6, data.end, size=18, weight=520, face="display", fill="crypto-text", anchor="middle")
    sheet.line(left + box + 2, y + tall / 2, right, y + tall / 2, stroke="crypto")
    sheet.line(right, y + 4, right, y + tall - 4, stroke="crypto", stroke_width=2)
    sheet.paragraph(right + 14, y + 17, data.means, 760 - right - 14, size=size, leading=1.3)
    sheet.height = y + tall + 6
    return sheet


def _narrow(data: Data) -> Sheet:
    sheet, size, x = Sheet(width=NARROW, kind="narrow"), 12.5, 36
    y = 4.0
    for at, question in enumerate(data.questions, 1):
        top = y
        sheet.line(0, y, NARROW, y, stroke="rule-strong")
        y += 22
        y += sheet.paragraph(x, y, question.ask, NARROW - x, size=14.5, weight=600, leading=1.25) + 4
        sheet.text(x, y + 2, question.leaves, size=size, weight=600)
        sheet.arrow(x + 24, y - 2, x + 42, y - 2)
        y += 2 + sheet.paragraph(x + 50, y + 2, question.exit, NARROW - x - 50, size=14.5, weight=520, face="display", leading=1.2)
        y += sheet.paragraph(x + 50, y + 2, question.instead, NARROW - x - 50, size=size, fill="ink-2", leading=1.3) + 2
        step(sheet, 12, top + 20, at, 12.5)
        sheet.arrow(12, top + 34, 12, y + 14)
        sheet.text(x, y + 9, f"{OTHER[question.leaves]}: go on", size=size, weight=600)
        y += 20
    y += 4
    lines = wrap(data.means, NARROW - 24, size)
    tall = 40 + len(lines) * size * 1.3
    sheet.rect(0.8, y, NARROW - 1.6, tall, fill="crypto-wash", stroke="crypto", stroke_width=1.6)
    sheet.text(12, y + 24, data.end, size=16.5, weight=520, face="display", fill="crypto-text")
    sheet.paragraph(12, y + 44, data.means, NARROW - 24, size=size, leading=1.3)
    sheet.height = y + tall + 4
    return sheet
