"""Models: one record each, with what its maker disclosed, what follows from it and what others estimate."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field as Key

from fieldguide.records.field import Field
from fieldguide.records.tabular import Tabular

UNITS = {"released": "date", "parameters": "parameters", "active": "parameters", "tokens": "tokens", "compute": "FLOP", "context": "tokens", "license": "text"}
Access = Literal["open weights", "open source", "API", "limited", "not released", "retired"]
Domain = Literal["language", "vision", "speech", "video", "biology", "weather", "robotics", "time series", "multimodal"]


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
    released: Field
    parameters: Field | None = None
    active: Field | None = None
    tokens: Field | None = None
    compute: Field | None = None
    context: Field | None = None
    license: Field | None = None
    note: str | None = None

    def inherit(self) -> None:
        """The date of a value is the release unless it says otherwise."""
        super().inherit()
        for name, field in self.own_fields().items():
            self.set_field(name, field.model_copy(update={"as_of": field.as_of or str(self.released.value)}))

    @property
    def date(self) -> str:
        """ISO release date."""
        return str(self.released.value)

    @property
    def year(self) -> str:
        return self.date[:4]
