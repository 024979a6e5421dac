"""Records: one YAML file each, its name the id, its keys checked, its lines remembered for error messages."""

from __future__ import annotations

import functools
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, PrivateAttr, ValidationError, WithJsonSchema
from pydantic import Field as Key

from fieldguide.records.yaml_source import (
    Location,
    YamlError,
    faults,
    line_of,
    load_yaml,
    not_finite,
    read_text,
    shown,
)
from fieldguide.text.addresses import check_web
from fieldguide.text.names import curly
from fieldguide.text.problems import Problem, closest

DATE = re.compile(r"(1[6-9]|2[01])\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
"""A date of the years 1600 to 2199: others are slips, and no calendar reaches beyond the year 9999."""
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
KEY_TABLES = "fieldguide/records/schemas/KEYS.md"
"""Where every key of every record is described."""


def check_date(text: str) -> str:
    """The date unchanged. Raises ValueError for a date of another form, and for a day that is
    in no calendar.
    """
    if not DATE.fullmatch(text):
        raise ValueError(
            f"`{text}` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY, of the years 1600 to 2199"
        )
    if len(text) == 10:
        try:
            date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"no calendar has the day `{text}`") from error
    return text


Date = Annotated[
    str, AfterValidator(check_date), WithJsonSchema({"type": ["string", "integer"], "pattern": DATE.pattern})
]
"""An ISO date of year, month or day precision."""


Prose = Annotated[str, AfterValidator(curly)]
"""Words for readers. They have typographic quotes, however a record writes them."""


WebAddress = Annotated[str, AfterValidator(check_web)]
"""An address on the web that shows its host."""


Slug = Annotated[str, Key(pattern=f"^{SLUG}$")]
"""An id that stands inside a record."""


class Strict(BaseModel):
    """A mapping in a record: unknown keys are errors, and so are numbers that are not finite. A bare number
    where text is due (a year) is taken as text. Nothing changes it once it is read.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


class Record(Strict):
    """One record. Its id is the file's name and is never repeated inside."""

    _slug: str = PrivateAttr(default="")
    _path: str = PrivateAttr(default="")
    _lines: dict[Location, int] = PrivateAttr(default_factory=dict)

    @property
    def slug(self) -> str:
        """The record's id: its file's name without the ending."""
        return self.__pydantic_private__["_slug"]  # type: ignore[index,no-any-return]  # what `self._slug` finds after twenty times as long, and this is asked a million times

    @property
    def path(self) -> str:
        """The file, relative to the project."""
        return self._path

    def line(self, *location: str | int) -> int:
        """The line of the key path `location`, or of its nearest known parent."""
        return line_of(self._lines, location)

    def problem(self, message: str, hint: str, *location: str | int) -> Problem:
        """A problem at the line of the key path `location`; `hint` is the cure."""
        return Problem(self.path, self.line(*location), message, hint)


R = TypeVar("R", bound=Record)


def load_record(cls: type[R], path: Path, root: Path) -> tuple[R | None, list[Problem]]:
    """(record, problems) of one record file; the record is None where the file has problems. A text that was
    read before gives the same record again.
    """
    text, problems = read_text(path, root)
    return (None, problems) if problems else _parse(cls, path.stem, path.relative_to(root).as_posix(), text)


@functools.lru_cache(maxsize=5_000)  # `serve` reads every file again after each edit
def _parse(cls: type[R], slug: str, name: str, text: str) -> tuple[R | None, list[Problem]]:
    try:
        data, lines = load_yaml(text)
    except YamlError as error:
        return None, [
            Problem(
                name,
                error.line,
                f"malformed YAML: {error}",
                "correct the line; quote text that holds `: ` or starts with a mark",
            )
        ]
    problems = []
    if not re.fullmatch(SLUG, slug):  # its files and addresses are named after it
        problems.append(
            Problem(
                name,
                1,
                f"the file name `{slug}` is not kebab-case",
                "rename it: lower-case letters, digits, single hyphens",
            )
        )
    if not isinstance(data, dict):
        return None, [*problems, Problem(name, 1, "the record is not a mapping", "write `key: value` lines")]
    problems += faults(data, lines, name)
    if problems:
        return None, problems
    try:
        record = cls.model_validate(data)
    except ValidationError as error:
        return None, explain(error, cls, name, lines)
    record._slug, record._path, record._lines = slug, name, lines
    return record, []


def load_optional(cls: type[R], path: str, root: Path) -> tuple[R | None, list[Problem]]:
    """The record at `path` below `root`; None without the file."""
    return load_record(cls, root / path, root) if (root / path).exists() else (None, [])


def load_folder(cls: type[R], folder: Path, root: Path) -> tuple[dict[str, R], list[Problem]]:
    """Every record of one kind below a folder, in subfolders too: {id: record} in the order of ids, and all
    problems.
    """
    records: dict[str, R] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.y*ml"), key=lambda path: path.name):
        record, record_problems = load_record(cls, path, root)
        problems += record_problems
        if record is not None and record.slug in records:
            problems.append(
                record.problem(
                    f"the id `{record.slug}` belongs to {records[record.slug].path} already",
                    "rename one of the files",
                )
            )
        elif record is not None:
            records[record.slug] = record
    return records, problems


def explain(
    error: ValidationError,
    cls: type[BaseModel],
    path: str,
    lines: dict[Location, int],
    offset: int = 0,
    keys: str = KEY_TABLES,
) -> list[Problem]:
    """Pydantic's errors as problems, each with the line, the fault and a cure: the nearest known key, an
    example, or the file `keys` that says what each key holds. `offset` is added to the lines.
    """
    problems = []
    for item in error.errors():
        location = tuple(part for part in item["loc"] if (part in _names(lines)) or isinstance(part, int))
        key = str(item["loc"][-1]) if item["loc"] else ""
        line = line_of(lines, location) + offset
        known = _known_keys(cls, item["loc"][:-1])
        if item["type"] == "extra_forbidden":
            hint = closest(key, known) or "known keys: " + ", ".join(known)
            problems.append(Problem(path, line, f"unknown key `{key}`", hint))
        elif item["type"] == "missing":
            problems.append(
                Problem(
                    path, line, f"missing key `{key}`", f"add a line `{key}: …`" + _example(cls, item["loc"])
                )
            )
        elif item["type"] == "finite_number":
            problems.append(not_finite(path, location, lines, offset))
        else:
            message = item["msg"].removeprefix("Value error, ")
            problems.append(
                Problem(
                    path,
                    line,
                    f"`{shown(location) or 'the record'}`: {message}",
                    f"{keys} says what it holds",
                )
            )
    return problems


def _names(lines: dict[Location, int]) -> set[str | int]:
    return {part for location in lines for part in location}


def _model_at(cls: type[BaseModel], location: Location) -> type[BaseModel]:
    current = cls
    for part in location:
        info = current.model_fields.get(str(part)) if isinstance(part, str) else None
        nested = _nested(info.annotation) if info else None
        if nested is not None:
            current = nested
    return current


def _nested(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        model = _nested(argument)
        if model is not None:
            return model
    return None


def _known_keys(cls: type[BaseModel], location: Location) -> list[str]:
    return list(_model_at(cls, location).model_fields)


def _example(cls: type[BaseModel], loc: Location) -> str:
    info = _model_at(cls, loc[:-1]).model_fields.get(str(loc[-1]))
    return f", for example `{loc[-1]}: {info.examples[0]}`" if info is not None and info.examples else ""
