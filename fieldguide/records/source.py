"""Sources: what a claim rests on, and how it is named on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field as Key
from pydantic import HttpUrl, TypeAdapter, WithJsonSchema, field_validator, model_validator

from fieldguide.records.base import Date, Prose, Record
from fieldguide.text.addresses import check_web
from fieldguide.text.dates import show_date
from fieldguide.text.problems import Problem, closest

KIND_WORDS = {
    "paper": "Paper",
    "filing": "Filing",
    "vendor": "Vendor",
    "survey": "Survey",
    "press": "Press",
    "data": "Data set",
}
Standing = Literal["primary", "secondary", "press"]
"""Primary are papers, filings, vendors about themselves and kept tables; secondary are surveys and lists of
other sellers' prices.
"""
STANDINGS: tuple[Standing, ...] = get_args(Standing)
ORGANIZATION = re.compile(
    r"\b(AI|Inc|Labs?|Institute|University|Commission|Union|Parliament|Team|Foundation|Initiative|Capital|Court|Office|Group|"
    r"Company|Corporation|Center|Centre|Project|Research|Platforms?|News|Press|Cloud|Face|Systems|Networks?|Protocol|Network|Media|Energy|Times|Committee|of|and|the)\b|[()&/\d]"
)

OWN_PAGE = re.compile(r"[a-z0-9/-]+\.md")
"""The address of a source that is the guide itself: a page below docs/."""


class Source(Record):
    """data/sources/<key>.yml. The key is what a page cites."""

    title: Prose
    authors: list[Prose] = Key(min_length=1, examples=["[Jordan Hoffmann, et al.]"])
    label: Prose | None = None
    publisher: Prose = Key(examples=["arXiv"])
    date: Date = Key(examples=["2022-03-29"])
    url: str = Key(examples=["https://arxiv.org/abs/2203.15556"])
    """Its address; of what the guide measured itself, the page that shows it, below docs/."""
    kind: Literal["paper", "filing", "vendor", "survey", "press", "data"] = Key(examples=["paper"])
    stake: Literal["vendor", "investor", "competitor"] | None = None
    stake_note: Prose | None = None
    seen: Date = Key(examples=["2026-11-24"])
    via: Annotated[
        list[str],
        WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
    ] = []
    """The copies in which it was read, where it could not be opened itself: one address, or a list. A press
    report needs two that agree.
    """
    note: Prose | None = None
    copy_of: str | None = None
    """The source of which it passes on the report: the two count as one."""
    lags: bool = False
    """Whether it is a list of other sellers' prices, dated by its own edits: a change had happened by the day
    on which it shows it.
    """

    @field_validator("via", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value

    @field_validator("url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        return check_url(value)

    @field_validator("via")
    @classmethod
    def _are_urls(cls, value: list[str]) -> list[str]:
        if len({address.rstrip("/") for address in value}) < len(value):
            raise ValueError("one copy is named twice")
        return [check_url(address) for address in value]

    @model_validator(mode="after")
    def _stake_is_explained(self) -> Source:
        if (self.stake is None) != (self.stake_note is None):
            raise ValueError("`stake` and `stake_note` go together: say what the interest is")
        return self

    @property
    def year(self) -> str:
        """The year of its date, as text."""
        return self.date[:4]

    @property
    def name(self) -> str:
        """Author and year as cited: "Hoffmann et al. 2022". A label that ends with the year has it once."""
        label = self.label or default_label(self.authors, self.publisher)
        return label if label.endswith(f" {self.year}") else f"{label} {self.year}"

    @property
    def standing(self) -> Standing:
        """ "primary", "secondary" or "press": how close the source is to what it reports."""
        if self.kind == "press":
            return "press"
        return "secondary" if self.kind == "survey" or self.lags else "primary"

    @property
    def published(self) -> str:
        """Publisher and date: "arXiv, 29 Mar 2022"."""
        return f"{self.publisher}, {show_date(self.date)}"


def check_url(address: str) -> str:
    """The address unchanged. Raises ValueError unless it is a web address or the path of a page
    below docs/.
    """
    if not OWN_PAGE.fullmatch(address):
        TypeAdapter(HttpUrl).validate_python(address)
        check_web(address)
    return address


def address_own(
    sources: Mapping[str, Source], pages: Container[str], address: Callable[[str], str]
) -> tuple[dict[str, Source], list[Problem]]:
    """The sources, in which a page of the guide (`url: x.md`) has the address at which readers find it; and a
    problem for each such page that does not exist.
    """
    problems, addressed = [], dict(sources)
    for key, source in sources.items():
        if OWN_PAGE.fullmatch(source.url):
            addressed[key] = source.model_copy(update={"url": address(source.url)})
            if source.url not in pages:
                problems.append(
                    source.problem(
                        f"there is no page `{source.url}`",
                        "write it, or give the address of the source",
                        "url",
                    )
                )
    return addressed, problems


def check_copies(sources: Mapping[str, Source]) -> Iterator[Problem]:
    """A problem for each copy of an unknown source, and for each chain of copies that leads
    back to itself.
    """

    for key, source in sources.items():
        if source.copy_of is None:
            continue
        if source.copy_of not in sources:
            yield source.problem(
                f"unknown source `{source.copy_of}`",
                closest(source.copy_of, sources) or "write its record, or leave `copy_of` out",
                "copy_of",
            )
        elif root_of(sources, key) == "":
            yield source.problem(f"`{key}` is a copy of itself", "name the report that came first", "copy_of")


def root_of(sources: Mapping[str, Source], key: str) -> str:
    """The key of the first source in a chain of copies, "" where the chain leads back to itself."""
    seen = set()
    while key not in seen:
        seen.add(key)
        source = sources.get(key)
        if source is None or source.copy_of is None:
            return key
        key = source.copy_of
    return ""


def default_label(authors: list[str], publisher: str) -> str:
    """ "Hoffmann et al.", "Bommasani and Liang", or an organization's name."""
    people = [name for name in authors if not name.startswith("et al")]
    names = [_short(name, publisher) for name in people]
    if len(people) < len(authors) or len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names)


def _short(author: str, publisher: str) -> str:
    if author == publisher or " " not in author or ORGANIZATION.search(author):
        return author
    return author.split()[-1]
