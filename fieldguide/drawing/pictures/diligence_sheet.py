"""What to ask for, why, and what a good and a bad answer look like: one row a question."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, cites, matrix, text
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict

COLUMNS = ("Why", "Good answer", "Bad answer")


class Question(Strict):
    ask: str
    why: str
    """May hold {{fact:…}}."""
    good: str
    bad: str
    sources: list[str] = []


class Stage(Strict):
    name: str
    questions: list[Question] = Key(min_length=3)


class Data(Strict):
    stages: list[Stage] = Key(min_length=1)


def render(data: Data, book: Book) -> Drawing:
    """One row a question, numbered through all stages. Raises KeyError for an unknown source."""
    why, good, bad = COLUMNS
    rows, count = [], 0
    for stage in data.stages:
        for question in stage.questions:
            for key in question.sources:
                book.sources[key]
            count += 1
            head = f'<th scope="row">{count}. {text(question.ask)}</th>'
            reason = f"{text(question.why)} {cites(question.sources)}".strip()
            rows.append(f"<tr>{head}{cell(why, reason)}{cell(good, text(question.good))}{cell(bad, text(question.bad))}</tr>")
    return Drawing(html=matrix("Diligence sheet: " + ", ".join(stage.name for stage in data.stages), ["Ask for", *COLUMNS], rows))
