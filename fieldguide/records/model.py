"""Models: one record each, with what its maker disclosed, what follows from it and what others estimate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from pydantic import Field as Key

from fieldguide.records.base import check_date
from fieldguide.records.field import Field, Positive
from fieldguide.records.source import Source
from fieldguide.records.tabular import Tabular

UNITS = {
    "released": "date",
    "parameters": "parameters",
    "active": "parameters",
    "tokens": "tokens",
    "compute": "FLOP",
    "context": "tokens",
    "license": "text",
}
Access = Literal["open weights", "open source", "API", "limited", "not released", "retired"]
Domain = Literal[
    "language", "vision", "speech", "video", "biology", "weather", "robotics", "time series", "multimodal"
]


def _dated(field: Field) -> Field:
    """The field with its date as text. Raises ValueError where it has no date."""
    if field.value is None:
        raise ValueError("a release has a `value`, its date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return field.model_copy(update={"value": check_date(str(field.value))})


class Model(Tabular):
    """data/models/<id>.yml."""

    units: ClassVar = UNITS

    lab: str
    country: str
    family: str
    modality: str
    architecture: str | None = None
    access: Access
    domain: Domain
    milestone: str | None = Key(None, max_length=90)
    released: Annotated[Field, AfterValidator(_dated)]
    parameters: Positive | None = None
    active: Positive | None = None
    tokens: Positive | None = None
    compute: Positive | None = None
    context: Positive | None = None
    license: Field | None = None
    note: str | None = None

    def inherited(self, name: str, field: Field) -> dict[str, object]:
        """As for every record, but the date of a value is the release date unless the record
        gives another.
        """
        keys = super().inherited(name, field)
        return keys if field.computed else keys | {"as_of": field.as_of or self.as_of or self.date}

    @property
    def date(self) -> str:
        """ISO release date."""
        return str(self.released.value)

    @property
    def year(self) -> str:
        """The year of its release, as text."""
        return self.date[:4]


def secondhand(model: Model, sources: Mapping[str, Source]) -> list[str]:
    """The kinds of source that a model is known from, where none is its maker, a paper, a filing, a survey or
    the press: "list", "reseller", "third party’s page". Empty where there is such a source.
    """
    maker = model.lab.casefold().split()[0].strip(",")
    kinds = []
    for source in (sources[key] for key in model.source_keys() if key in sources):
        own = any(name.casefold().startswith(maker) for name in (source.publisher, *source.authors))
        if (
            own
            or source.kind in ("paper", "filing", "survey")
            or (source.kind == "press" and source.stake is None and source.publisher != "GitHub")
        ):
            return []
        kinds.append({"data": "list", "vendor": "reseller"}.get(source.kind, "third party’s page"))
    return sorted(set(kinds))
