"""Statements that time judges: who made each and when, what judges it, and how it stands."""

from __future__ import annotations

from datetime import date as Day
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, cites, matrix, text
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

Standing = Literal["open", "held so far", "held in part", "overtaken", "failed"]


class Statement(Strict):
    statement: str
    who: str
    """Who said it and when, or whose opinion it is."""
    judged_by: str = ""
    judged_on: Day | None = None
    happened: str = ""
    standing: Standing
    why: str
    sources: list[str] = Key(min_length=1)


class Data(Strict):
    kind: Literal["ahead", "past"]
    """`ahead` names the judge and the day; `past` says what happened."""
    statements: list[Statement] = Key(min_length=3)


def render(data: Data, book: Book) -> Drawing:
    """One row a statement. Raises ValueError for one that cannot be judged or is out of order, KeyError for an unknown source."""
    ahead = data.kind == "ahead"
    days = []
    for item in data.statements:
        for key in item.sources:
            book.sources[key]
        if ahead and not (item.judged_by and item.judged_on):
            raise ValueError(f"{item.statement!r} does not say by what and on which day it is judged")
        if not ahead and not item.happened:
            raise ValueError(f"{item.statement!r} does not say what happened")
        if item.judged_on:
            days.append(item.judged_on)
    if days != sorted(days):
        raise ValueError("statements stand in the order of the days on which they are judged")
    header = ["Statement", "Judged by", "Judged on", "Standing"] if ahead else ["Statement", "What happened", "Standing"]
    return Drawing(html=matrix("Statements and their standing", header, [_row(item, header) for item in data.statements]))


def _row(item: Statement, header: list[str]) -> str:
    head = f'<th scope="row">{text(item.statement)}<span class="fg-sub">{text(item.who)}</span></th>'
    standing = cell(header[-1], f"<strong>{item.standing.capitalize()}.</strong> {text(item.why)} {cites(item.sources)}")
    if item.judged_on:
        middle = cell(header[1], text(item.judged_by)) + cell(header[2], show_date(item.judged_on.isoformat()))
    else:
        middle = cell(header[1], text(item.happened))
    return f"<tr>{head}{middle}{standing}</tr>"
