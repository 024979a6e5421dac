"""Habits of our English that a pattern can find, each with the better words. One record, data/habits.yml;
STYLE.md has the voice they break.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict, field_validator
from pydantic import Field as Key

from fieldguide.records.base import Record

PATH = "data/habits.yml"


class Habit(BaseModel):
    """One pattern of which every hit is wrong."""

    model_config = ConfigDict(extra="forbid")

    find: str = Key(examples=[r"\bwhoever\b"])
    """A regular expression in Python's syntax; upper and lower case are the same."""
    write: str = Key(examples=["anyone who"])
    """The better words, or how to find them."""
    headings: bool = False
    """Whether only headings and titles are searched."""

    @field_validator("find")
    @classmethod
    def _compiles(cls, find: str) -> str:
        try:
            re.compile(find)
        except re.error as error:
            raise ValueError(f"`{find}` is no regular expression: {error}") from error
        return find

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.find, flags=re.I)


class Habits(Record):
    """data/habits.yml."""

    habits: list[Habit]
