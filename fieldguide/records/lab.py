"""Labs: data/labs/<slug>.yml, what a reader may put in, with which defaults, ready-made cases and things to
try.

The arithmetic of a lab and the sentence that answers are in docs/labs/<slug>/model.mjs, for the page and for
`labs/calculator.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field as Key
from pydantic import model_validator

from fieldguide.records.base import SLUG, Record, Strict

FOLDER = "labs"
REFERENCE = rf"^{SLUG}\.[a-z0-9-]+$"
InputId = Annotated[str, Key(pattern=r"^[a-z][a-z0-9_]*$")]
"""What the arithmetic calls an input."""
Reference = Annotated[str, Key(pattern=REFERENCE)]
"""`record.field`."""
Tables = dict[InputId, dict[InputId, Reference | list[Reference]]]
"""Numbers of records, or a few of them, by the name of a table and that of each number."""
Setting = float | str
"""A number or its `record.field`, the id of a choice or of a record."""


def tabled(tables: Tables) -> list[str]:
    """Every `record.field` that tables name."""
    return [
        reference
        for table in tables.values()
        for few in table.values()
        for reference in ([few] if isinstance(few, str) else few)
    ]


class OwnRow(Strict):
    """A row to pick whose numbers stand in several records."""

    id: str = Key(pattern=f"^{SLUG}$")
    name: str
    note: str = ""
    values: dict[InputId, float | Reference]
    """Which number takes which `record.field`; a number where no record is needed, such as one expert of
    one.
    """
    picks: dict[InputId, str] = {}
    """Choices and records that come with it: the precision that a model is published in, a list price of it;
    what such a record fills comes too.

    Every row should set the same inputs in `values` and `picks`. An input that other rows set and the picked
    one does not keeps its value; the field, the caution below the answer, the printed page and the file then
    say which row the value belongs to. So a row without a list price leaves `api` out, and a row with a
    machine that it fits on sets `chips`.
    """


class Input(Strict):
    """One thing that a reader puts in: a number, a choice of a few, or a record whose values fill numbers."""

    id: InputId = Key(examples=["price"])
    label: str = Key(examples=["Price of a seat"])
    note: str | None = None
    """One short line below it."""
    short: bool = False
    """Stands in the short form too, in the chapters."""
    first: bool = False
    """In a narrow window, stands right below the answer, not in its group; at most one of a lab does."""
    idle: dict[InputId, Setting | list[Setting]] = Key({}, examples=[{"billing": "seat"}])
    """Where it has no effect: other inputs, each with the choice or the number, or one of several, that makes
    it so.
    """
    default: float | str | None = Key(None, examples=["runpod-community-h100-sxm.hour"])
    """A number, a `record.field`, or the id of a choice or record; left out where a record that is picked
    sets it.
    """

    unit: str = ""
    low: float | None = None
    """The least that the field takes."""
    high: float | None = None
    from_: float | None = Key(None, alias="from")
    """Where the slider begins, and the curve under it."""
    to: float | None = None
    scale: Literal["linear", "log"] = "linear"
    whole: bool = False
    """Takes whole numbers alone."""

    choose: dict[str, str] | None = None
    """The choices, each id with its words."""

    pick: Literal["prices", "hardware", "models", "machines"] | list[str] | None = None
    """The records to choose from: all of a kind, or these; `machines` are the rentals, and the accelerators
    without one.
    """
    rows: list[OwnRow] = []
    """Rows to choose from, alone or among the records, where no record holds all of one."""
    only: str | None = None
    """Of a kind those alone that this names: `token` or `rental` prices, `chip` accelerators, `trained`
    language models.
    """
    sets: dict[InputId, str] | None = None
    """Which number takes which field of the record: `hour`; the first that it has, `active or parameters`; or
    one of a record that it names, `accelerator.bf16`.
    """
    by_chip: dict[InputId, dict[str, Reference]] = {}
    """Which number takes which `record.field` by the accelerator of the record that is picked; 0, and said to
    have no record, for an accelerator that is not named.
    """
    picks: dict[InputId, dict[str, str]] = Key(
        {}, examples=[{"offer": {"h100-sxm": "runpod-community-h100-sxm"}}]
    )
    """Which choice or record of another input comes with a record that is picked, by the record or by its
    accelerator; what that record fills comes too. For a record that is not named, the other input keeps its
    value, and the page says which record that value belongs to.
    """
    needs: list[str] = []
    """Fields without which a record is not offered."""
    follows: InputId | None = Key(None, examples=["active"])
    """Another number that this one equals until somebody changes this one alone: while the two are equal, a
    change of the other changes this one too. So the total of a dense model follows its active parameters.
    """

    @property
    def kind(self) -> Literal["number", "choice", "pick"]:
        return (
            "choice"
            if self.choose is not None
            else "pick"
            if self.pick is not None or self.rows
            else "number"
        )

    def idle_at(self) -> list[tuple[InputId, Setting]]:
        """(input, setting) for every setting of another input at which this one has no effect."""
        return [
            (name, value)
            for name, settings in self.idle.items()
            for value in (settings if isinstance(settings, list) else [settings])
        ]

    @property
    def filled(self) -> list[str]:
        """The names of the numbers that a picked record sets."""
        return list(
            dict.fromkeys(
                [*(self.sets or ()), *self.by_chip, *(name for row in self.rows for name in row.values)]
            )
        )

    @model_validator(mode="after")
    def _whole(self) -> Input:
        ends = (self.low, self.high, self.from_, self.to)
        if self.kind == "number":
            if None in ends:
                raise ValueError(f"the number `{self.id}` needs low, high, from and to")
            low, high, start, end = (float(value or 0) for value in ends)
            if not (low <= start < end <= high):
                raise ValueError(f"`{self.id}`: low ≤ from < to ≤ high must hold")
            if self.scale == "log" and start <= 0:
                raise ValueError(f"`{self.id}`: a log scale begins above 0")
        elif self.choose is not None and self.default not in self.choose:
            raise ValueError(f"`{self.id}`: the default is none of the choices {', '.join(self.choose)}")
        elif self.pick is not None and not self.sets:
            raise ValueError(f"`{self.id}`: say in `sets` which numbers a record fills")
        return self


class InputGroup(Strict):
    """Inputs that belong together."""

    name: str
    inputs: list[Input] = Key(min_length=1)


class Preset(Strict):
    """A ready-made case: what it sets, the rest at its defaults."""

    id: str = Key(pattern=f"^{SLUG}$")
    name: str
    note: str
    values: dict[InputId, Setting]
    disclosed: dict[InputId, Reference] = {}
    """For results of the arithmetic the value that somebody disclosed, set beside it."""


class Check(Strict):
    """A published measurement of something that the arithmetic computes."""

    id: str = Key(pattern=f"^{SLUG}$")
    name: str = Key(examples=["Llama 3.3 70B on two H100, 50 users"])
    values: dict[InputId, Setting]
    """What was measured: settings as in a ready-made case."""
    result: str = Key(examples=["out"])
    """The name of the result that was measured."""
    measured: Reference
    unit: str = Key(examples=["tokens per second"])
    group: InputId = Key(examples=["dense"])
    """The band to which it belongs: the lowest and the highest measurement of a group, each divided by what
    the lab computes for it. The lab's `check_groups` names it.
    """
    fit: bool = False
    """The lab was calibrated with it, so it is neither listed as a check nor part of the band."""


class ThingToTry(Strict):
    """A thing to try: what it sets, the rest at its defaults, so that its text says what is seen."""

    title: str = Key(max_length=40)
    text: str = Key(max_length=140)
    values: dict[InputId, Setting]


class ConditionalPart(Strict):
    """A part of a template, which stands only where its condition holds."""

    when: str | list[str] = Key(examples=["in.cached"])
    say: str


Words = str | list[str | ConditionalPart]
"""A template, or its parts."""


class SumLine(Strict):
    """A line of the sum: templates, as `labs/templates.py` describes them."""

    name: Words
    how: Words = Key(examples=["{in.volume:count} tokens × {api:money}"])
    """How it is worked out."""
    value: str
    """The name of its number: of the result, or of what is put in behind `in.`."""
    unit: Words
    """Of the number, as a spreadsheet has it."""
    text: Words = Key(examples=["{weights:gb}"])
    """The number as it is said."""
    none: str = ""
    """What is said where there is no number."""
    when: str | list[str] = Key([], examples=["in.bill is own"])
    """The condition on which it stands, or several."""
    each: str | None = None
    """The name of a list: the line stands for each of it, as `one`."""
    screen: bool = False
    """Shown on the page and in the CSV file, but left out of the printed page."""
    step: str = Key("", examples=["machine"])
    """Where a lab has steps, the one in which it stands."""
    rests: list[str] = Key([], examples=[["prefill", "in.wear"]])
    """Where a lab has steps, numbers that its words say and no place does: it rests on these too, and so does
    every line that gives the same number.
    """


class OlderVersion(Strict):
    """What an address of an earlier version of a lab means today."""

    say: str
    """What a reader is told who follows such an address."""
    values: dict[InputId, Setting]
    """What inputs were that the address does not give, where it is not today's default."""


class CurveHead(Strict):
    """What the curves under some inputs show, which move no part of the lab's first number: another part, as
    a share of a whole.
    """

    name: str
    place: int = Key(ge=0)
    """Which of the `parts` of the result."""
    whole: str = Key(examples=["charge"])
    """The number of the result of which it is a part."""
    inputs: list[InputId] = Key(min_length=1)


def _written(value: Setting) -> str:
    """A value as address.mjs writes it: a number with at most twelve digits."""
    if isinstance(value, str):
        return value
    return (
        str(int(value))
        if float(value).is_integer() and abs(value) < 1e15
        else repr(float(f"{value:.12g}")).replace("e+", "e")
    )


class Lab(Record):
    """data/labs/<slug>.yml."""

    name: str = Key(examples=["What should you charge for a seat?"])
    """The question that it answers."""
    version: int = Key(ge=1)
    """Of its addresses: one more when an input changes its meaning."""
    moved: dict[InputId, InputId] = {}
    """Inputs of addresses of old, by what they are called now."""
    older: dict[int, OlderVersion] = {}
    """Versions of its addresses in which inputs that were added or changed since had other values than
    today's defaults.
    """
    groups: list[InputGroup] = Key(min_length=1)
    tables: Tables = {}
    """Numbers of records that the arithmetic needs and no reader puts in: by the name of a table and that of
    each number, or of its few.
    """
    tables_of: dict[str, list[InputId]] = Key({}, examples=[{"training-cost": ["large", "small"]}])
    """Tables of other labs that the arithmetic needs too, by the lab's slug, so that both compute alike."""
    lines: list[SumLine] = []
    """The sum line by line."""
    words: dict[InputId, str | dict[InputId, str]] = Key({}, examples=[{"users": "users at once"}])
    """Words of its charts that are always the same, or with the places of a template, by what the arithmetic
    calls them; some together, in their order.
    """
    heads: list[CurveHead] = []
    """What the curves under some inputs show in place of the first number."""
    overview: int = Key(0, ge=0)
    """Which of its charts is its picture on the overview of the labs, counted from 0."""
    presets: list[Preset] = []
    checks: list[Check] = []
    """Published measurements, beside which the lab's page sets its own results, in charts too."""
    check_groups: dict[InputId, str] = Key({}, examples=[{"dense": "dense models"}])
    """The names of the groups of measurements, in the order in which the page lists them."""
    tries: list[ThingToTry] = Key(min_length=3, max_length=3)

    @property
    def inputs(self) -> dict[str, Input]:
        return {item.id: item for group in self.groups for item in group.inputs}

    def fragment(self, given: Mapping[InputId, Setting]) -> str:
        """The part of an address after `#` that gives a state of the lab, as the lab's page writes it; inputs
        that are not in `given` keep their defaults.
        """
        return "&".join([f"v{self.version}", *(f"{name}={_written(value)}" for name, value in given.items())])

    def takes(self, fragment: str) -> bool:
        """Whether an address fragment ("v2&price=3") has this version of the lab, or an earlier one, and only
        inputs of it.
        """
        version, *given = fragment.split("&")
        return (
            version in {f"v{number}" for number in range(1, self.version + 1)}
            and bool(given)
            and all(setting.partition("=")[0] in self.inputs for setting in given)
        )

    @model_validator(mode="after")
    def _names(self) -> Lab:
        ids = [item.id for group in self.groups for item in group.inputs]
        twice = {name for name in ids if ids.count(name) > 1}
        leading = [item.id for item in self.inputs.values() if item.first]
        if len(leading) > 1:
            raise ValueError(f"only one input can be `first`, not {' and '.join(leading)}")
        if twice:
            raise ValueError(f"the input `{min(twice)}` stands twice")
        for name in self._named():
            if name not in self.inputs:
                raise ValueError(f"there is no input `{name}`; there are {', '.join(ids)}")
        for check in self.checks:
            if check.group not in self.check_groups:
                raise ValueError(f"name the group `{check.group}` of `{check.id}` in `check_groups`")
        for item in self.inputs.values():
            if item.kind == "number" and item.default is None and item.id not in self._set():
                raise ValueError(f"`{item.id}` has no default, and no record that is picked sets it")
            led = self.inputs.get(item.follows) if item.follows else None
            if led is not None and not (
                led.kind == item.kind == "number"
                and float(item.low or 0) <= float(led.low or 0)
                and float(led.high or 0) <= float(item.high or 0)
            ):
                raise ValueError(
                    f"`{item.id}` follows `{led.id}`, so both must be numbers, and it must take every number"
                    f" that `{led.id}` takes"
                )
        if self.older and max(self.older) >= self.version:
            raise ValueError(f"`older` holds versions before `version: {self.version}`")
        return self

    def _named(self) -> Iterator[str]:
        for preset in self.presets:
            yield from preset.values
        for check in self.checks:
            yield from check.values
        for thing_to_try in self.tries:
            yield from thing_to_try.values
        for head in self.heads:
            yield from head.inputs
        for item in self.inputs.values():
            yield from item.idle
            yield from item.picks
            if item.follows:
                yield item.follows
        yield from self._set()
        yield from self.moved.values()
        for version in self.older.values():
            yield from version.values

    def _set(self) -> list[str]:
        return [name for item in self.inputs.values() for name in item.filled]
