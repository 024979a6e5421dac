"""Records: one YAML file each, its name the id, its keys checked, its lines remembered for error messages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, PrivateAttr, ValidationError, WithJsonSchema
from pydantic import Field as Key

from fieldguide.text.problems import Problem, closest

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
Location = tuple[str | int, ...]


_SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser written in C where PyYAML has it: five times as fast, the same data and lines."""


class _Loader(_SafeLoader):  # type: ignore[misc, valid-type]  # mypy follows no base class that is chosen at run time
    """YAML 1.1's safe loader, but dates stay text and `70e9` is a number."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9]+)?[eE][-+]?[0-9]+\Z"), list("-+0123456789")
)


class YamlError(ValueError):
    """A YAML file that cannot be read; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def load_yaml(text: str) -> tuple[Any, dict[Location, int]]:
    """Read YAML; return the data and the line (from 1) at which each key or item stands.

    Raises YamlError for malformed YAML and for a key that stands twice in one mapping.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Location, int] = {(): 1}
        data = None if node is None else _construct(loader, node, (), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, error.problem or str(error)) from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(1, str(error)) from error
    finally:
        loader.dispose()
    return data, lines


def _construct(loader: _Loader, node: yaml.Node, at: Location, lines: dict[Location, int]) -> Any:
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(loader.construct_object(key_node))
            line = key_node.start_mark.line + 1
            if key in result:
                raise YamlError(line, f"the key `{key}` stands twice")
            lines[(*at, key)] = line
            result[key] = _construct(loader, value_node, (*at, key), lines)
        return result
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            lines[(*at, index)] = item.start_mark.line + 1
            items.append(_construct(loader, item, (*at, index), lines))
        return items
    return loader.construct_object(node)


def _check_date(text: str) -> str:
    if not DATE.fullmatch(text):
        raise ValueError(f"`{text}` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return text


Date = Annotated[str, AfterValidator(_check_date), WithJsonSchema({"type": ["string", "integer"], "pattern": DATE.pattern})]
"""An ISO date of year, month or day precision."""


Slug = Annotated[str, Key(pattern=f"^{SLUG}$")]
"""An id that stands inside a record."""


class Strict(BaseModel):
    """A mapping in a record: unknown keys are errors, and so are numbers that are not finite. A bare number where text is due (a year) is taken as text."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True, allow_inf_nan=False, use_attribute_docstrings=True)


class Record(Strict):
    """One record. Its id is the file's name and is never repeated inside."""

    _slug: str = PrivateAttr(default="")
    _path: str = PrivateAttr(default="")
    _lines: dict[Location, int] = PrivateAttr(default_factory=dict)

    @property
    def slug(self) -> str:
        return self._slug

    @property
    def path(self) -> str:
        """The file, relative to the project."""
        return self._path

    def line(self, *at: str | int) -> int:
        """The line of the key path `at`, or of its nearest known parent."""
        return line_of(self._lines, at)

    def problem(self, message: str, hint: str, *at: str | int) -> Problem:
        return Problem(self.path, self.line(*at), message, hint)


R = TypeVar("R", bound=Record)


def line_of(lines: dict[Location, int], at: Location) -> int:
    """The line of the key path `at`, or of its nearest known parent."""
    while at and at not in lines:
        at = at[:-1]
    return lines.get(at, 1)


_parsed: dict[tuple[type, Path], tuple[str, tuple[Any, list[Problem]]]] = {}
"""Kind and file → its text, and what was read from that text."""


def load_record(cls: type[R], path: Path, root: Path) -> tuple[R | None, list[Problem]]:
    """Read one record file. Returns the record, or None with every problem found in it; of a text that was read before, the same record again."""
    shown = path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None, [Problem(shown, 1, "the file is not UTF-8", "save it as UTF-8")]
    known = _parsed.get((cls, path))
    if known is None or known[0] != text:
        known = _parsed[cls, path] = (text, _read(cls, path, shown, text))
    return known[1]


def _read(cls: type[R], path: Path, shown: str, text: str) -> tuple[R | None, list[Problem]]:
    try:
        data, lines = load_yaml(text)
    except YamlError as error:
        return None, [Problem(shown, error.line, f"malformed YAML: {error}", "mend the line; quote text that holds `: ` or starts with a mark")]
    problems = []
    if not re.fullmatch(SLUG, path.stem):
        problems.append(Problem(shown, 1, f"the file name `{path.stem}` is not kebab-case", "rename it: lower-case letters, digits, single hyphens"))
    if not isinstance(data, dict):
        return None, [*problems, Problem(shown, 1, "the record is not a mapping", "write `key: value` lines")]
    endless = [_not_finite(shown, at, lines) for at in _endless(data)]
    if endless:
        return None, problems + endless
    try:
        record = cls.model_validate(data)
    except ValidationError as error:
        return None, problems + explain(error, cls, shown, lines)
    record._slug, record._path, record._lines = path.stem, shown, lines
    return record, problems


def _endless(data: object, at: Location = ()) -> Iterator[Location]:
    """Where numbers stand that are not finite: the schema alone would take one for text wherever text may stand too."""
    if isinstance(data, float) and not math.isfinite(data):
        yield at
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _endless(value, (*at, key))


def _not_finite(path: str, at: Location, lines: dict[Location, int], offset: int = 0) -> Problem:
    where = ".".join(str(part) for part in at)
    return Problem(path, line_of(lines, at) + offset, f"`{where}` is not a finite number", "write the number that the source states; where it states none, leave the key out or say why in `status`")


def load_folder(cls: type[R], folder: Path, root: Path) -> tuple[dict[str, R], list[Problem]]:
    """Read every record of one kind, in whichever folder of topics it lies: {id: record} in id order, and all problems."""
    records: dict[str, R] = {}
    problems: list[Problem] = []
    for path in sorted((path for path in folder.rglob("*.y*ml") if path.is_file()), key=lambda path: path.name):
        record, found = load_record(cls, path, root)
        problems += found
        if record is not None and record.slug in records:
            problems.append(record.problem(f"the id `{record.slug}` belongs to {records[record.slug].path} already", "rename one of the files"))
        elif record is not None:
            records[record.slug] = record
    return records, problems


def explain(error: ValidationError, cls: type[BaseModel], path: str, lines: dict[Location, int], offset: int = 0) -> list[Problem]:
    """Pydantic's findings as problems: the line, what is wrong, and the nearest known key or an example."""
    problems = []
    for item in error.errors():
        at = tuple(part for part in item["loc"] if (part in _names(lines)) or isinstance(part, int))
        key = str(item["loc"][-1]) if item["loc"] else ""
        line = line_of(lines, at) + offset
        known = _known_keys(cls, item["loc"][:-1])
        if item["type"] == "extra_forbidden":
            hint = closest(key, known) or "known keys: " + ", ".join(known)
            problems.append(Problem(path, line, f"unknown key `{key}`", hint))
        elif item["type"] == "missing":
            problems.append(Problem(path, line, f"missing key `{key}`", f"add a line `{key}: …`" + _example(cls, item["loc"])))
        elif item["type"] == "finite_number":
            problems.append(_not_finite(path, at, lines, offset))
        else:
            message = item["msg"].removeprefix("Value error, ")
            where = ".".join(str(part) for part in at) or "the record"
            problems.append(Problem(path, line, f"`{where}`: {message}", "see the record recipe in CONTRIBUTING.md"))
    return problems


def _names(lines: dict[Location, int]) -> set[str | int]:
    return {part for at in lines for part in at}


def _model_at(cls: type[BaseModel], at: Location) -> type[BaseModel]:
    current = cls
    for part in at:
        info = current.model_fields.get(str(part)) if isinstance(part, str) else None
        found = _nested(info.annotation) if info else None
        if found is not None:
            current = found
    return current


def _nested(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _nested(argument)
        if found is not None:
            return found
    return None


def _known_keys(cls: type[BaseModel], at: Location) -> list[str]:
    return list(_model_at(cls, at).model_fields)


def _example(cls: type[BaseModel], loc: Location) -> str:
    info = _model_at(cls, loc[:-1]).model_fields.get(str(loc[-1]))
    return f", for example `{loc[-1]}: {info.examples[0]}`" if info is not None and info.examples else ""
