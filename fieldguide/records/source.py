"""Sources: what a claim rests on, and how it is named on the page."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field as Key
from pydantic import HttpUrl, TypeAdapter, field_validator, model_validator

from fieldguide.records.base import Date, Record
from fieldguide.text.dates import show_date

KIND_WORDS = {"paper": "Paper", "filing": "Filing", "vendor": "Vendor", "survey": "Survey", "press": "Press", "data": "Data set"}
STAKES = {"vendor": "vendor", "investor": "investor", "competitor": "competitor"}
ORGANIZATION = re.compile(
    r"\b(AI|Inc|Labs?|Institute|University|Commission|Union|Parliament|Team|Foundation|Initiative|Capital|Court|Office|Group|"
    r"Company|Corporation|Center|Centre|Project|Research|Platforms?|News|Press|Cloud|Face|Systems|Networks?|Protocol|Network|Media|Energy|Times|Committee|of|and|the)\b|[()&/\d]"
)


class Source(Record):
    """data/sources/<key>.yml. The key is what a page cites."""

    title: str
    authors: list[str] = Key(min_length=1, examples=["[Jordan Hoffmann, et al.]"])
    label: str | None = None
    publisher: str = Key(examples=["arXiv"])
    date: Date = Key(examples=["2022-03-29"])
    url: str = Key(examples=["https://arxiv.org/abs/2203.15556"])
    kind: Literal["paper", "filing", "vendor", "survey", "press", "data"] = Key(examples=["paper"])
    stake: Literal["vendor", "investor", "competitor"] | None = None
    stake_note: str | None = None
    seen: Date = Key(examples=["2026-11-24"])
    via: str | None = None
    note: str | None = None
    lags: bool = False
    """Whether it is a list of other sellers' prices, dated by its own edits: a change had happened by the day on which it shows it."""

    @field_validator("url", "via")
    @classmethod
    def _is_url(cls, value: str | None) -> str | None:
        if value is not None:
            TypeAdapter(HttpUrl).validate_python(value)
        return value

    @model_validator(mode="after")
    def _stake_is_explained(self) -> Source:
        if (self.stake is None) != (self.stake_note is None):
            raise ValueError("`stake` and `stake_note` go together: say what the interest is")
        return self

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def name(self) -> str:
        """Author and year as cited: "Hoffmann et al. 2022"."""
        return f"{self.label or default_label(self.authors, self.publisher)} {self.year}"

    def origin(self) -> str:
        """Kind, publisher, date, stake and day read, in one line for the popover."""
        parts = [f"{KIND_WORDS[self.kind]}, {self.publisher}, {show_date(self.date)}"]
        if self.stake:
            parts.append(f"Has a stake ({STAKES[self.stake]}): {self.stake_note}")
        parts.append(f"Read {show_date(self.seen)}" + (" in a copy" if self.via else ""))
        return ". ".join(parts) + "."


def default_label(authors: list[str], publisher: str) -> str:
    """"Hoffmann et al.", "Bommasani and Liang", or an organization's name."""
    people = [name for name in authors if not name.startswith("et al")]
    names = [_short(name, publisher) for name in people]
    if len(people) < len(authors) or len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names)


def _short(author: str, publisher: str) -> str:
    if author == publisher or " " not in author or ORGANIZATION.search(author):
        return author
    return author.split()[-1]
