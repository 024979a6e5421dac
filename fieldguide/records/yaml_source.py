"""What people write, as text and as plain data: files that are UTF-8 without hidden characters, YAML without
aliases and tags, lines remembered.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from fieldguide.text.letters import hidden
from fieldguide.text.problems import Problem

Location = tuple[str | int, ...]
TEXT = "tag:yaml.org,2002:str"
"""The tag of a scalar that stays as it is written."""

NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
"""The tags of scalars that are numbers."""
NOT_DECIMAL = re.compile(r"[-+]?(0[0-9_xXbB]|[0-9_.]+:)")
"""The start of a number that YAML 1.1 reads with another base: 0700 is 448, 0x1F is 31, 1:30 is 90."""

DEEPEST = 24
"""Levels of one YAML file; records need half as many."""


SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser written in C where PyYAML has it: five times as fast, the same data and lines."""


class _Loader(SafeLoader):  # type: ignore[misc, valid-type]  # mypy follows no base class that is chosen at run time
    """YAML 1.1's safe loader, but dates stay text and `70e9` is a number."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9]+)?[eE][-+]?[0-9]+\Z"),
    list("-+0123456789"),
)


class YamlError(ValueError):
    """A YAML file that cannot be read; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def load_yaml(text: str) -> tuple[Any, dict[Location, int]]:
    """Read YAML; return the data and the line (from 1) at which each key or item stands.

    Raises YamlError for malformed YAML, for a key that stands twice in one mapping, and for what no record
    needs: anchors, aliases,
    tags, a second document, more than DEEPEST levels.
    """
    lines: dict[Location, int] = {(): 1}
    try:
        loader = _Loader(text)
        try:
            return _document(loader, lines), lines
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, error.problem or str(error)) from error
    except yaml.YAMLError as error:
        raise YamlError(1, str(error)) from error


def _document(loader: _Loader, lines: dict[Location, int]) -> Any:
    """The only document of a stream, None for an empty stream. It is built from the parser's events, so that
    an alias is refused before it is expanded.
    """
    loader.get_event()  # the stream's start
    if loader.check_event(yaml.StreamEndEvent):
        return None
    loader.get_event()  # the document's start
    data = _value(loader, loader.get_event(), (), lines)
    loader.get_event()  # the document's end
    if not loader.check_event(yaml.StreamEndEvent):
        raise YamlError(loader.get_event().start_mark.line + 1, "a second document")
    return data


def _value(loader: _Loader, event: Any, location: Location, lines: dict[Location, int]) -> Any:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise YamlError(
            line,
            f"`{'*' if isinstance(event, yaml.AliasEvent) else '&'}{event.anchor}`: a value is written where"
            " it stands, without anchors and aliases",
        )
    if event.tag is not None:
        raise YamlError(line, f"the tag `{event.tag}`: records hold text, numbers, lists and mappings")
    if len(location) > DEEPEST:
        raise YamlError(line, f"nested more than {DEEPEST} levels deep")
    if isinstance(event, yaml.MappingStartEvent):
        result: dict[str, Any] = {}
        while not isinstance(event := loader.get_event(), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlError(line, "a key that is no word")
            key = str(_value(loader, event, location, lines))
            if key in result:
                raise YamlError(line, f"the key `{key}` stands twice")
            lines[(*location, key)] = line
            result[key] = _value(loader, loader.get_event(), (*location, key), lines)
        return result
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(event := loader.get_event(), yaml.SequenceEndEvent):
            below = (*location, len(items))
            lines[below] = event.start_mark.line + 1
            items.append(_value(loader, event, below, lines))
        return items
    tag = loader.resolve(yaml.ScalarNode, event.value, event.implicit)
    if tag == TEXT:
        return event.value
    if tag in NUMBERS and NOT_DECIMAL.match(event.value):
        raise YamlError(
            line,
            f"`{event.value}` is read as another number than it looks: write it in decimal digits, or"
            " between quotes if it is text",
        )
    try:
        return loader.construct_object(yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark))
    except ValueError as error:
        raise YamlError(line, str(error)) from error


def read_text(path: Path, root: Path) -> tuple[str, list[Problem]]:
    """(text, problems) of a file that people write; a text with problems must not be used."""
    name = path.relative_to(root).as_posix()
    if not path.is_file():  # a folder, a link that leads nowhere, a pipe that would never end
        return "", [
            Problem(name, 1, "this is not a file", "only files have names that end so: rename or remove it")
        ]
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return "", [
            Problem(
                name,
                error.object.count(b"\n", 0, error.start) + 1,
                "the file is not UTF-8",
                "save it as UTF-8",
            )
        ]
    except OSError as error:
        return "", [
            Problem(
                name, 1, f"the file cannot be read: {error.strerror}", "let those who build the guide read it"
            )
        ]
    return text, [
        Problem(name, line, f"a hidden character, {char}", "delete it, or write what can be seen")
        for line, char in hidden(text)
    ]


def faults(data: object, lines: dict[Location, int], path: str, offset: int = 0) -> list[Problem]:
    """The problems of plain data that no schema finds: numbers that are not finite, which a schema takes for
    text wherever text is allowed, and hidden characters.
    """
    return list(_faults(data, (), lines, path, offset))


def _faults(
    data: object, location: Location, lines: dict[Location, int], path: str, offset: int
) -> Iterator[Problem]:
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            if isinstance(key, str) and next(hidden(key), None):
                yield Problem(
                    path,
                    line_of(lines, (*location, key)) + offset,
                    "a key with a hidden character",
                    "write it anew",
                )
            yield from _faults(value, (*location, key), lines, path, offset)
    elif isinstance(data, float | int) and not abs(data) <= sys.float_info.max:
        yield not_finite(path, location, lines, offset)
    elif isinstance(data, str):
        for _, char in hidden(data):
            yield Problem(
                path,
                line_of(lines, location) + offset,
                f"`{shown(location)}` has a hidden character, {char}",
                "delete it, or write what can be seen",
            )


def not_finite(path: str, location: Location, lines: dict[Location, int], offset: int = 0) -> Problem:
    """The problem that the number at the key path `location` is infinite or not a number."""
    return Problem(
        path,
        line_of(lines, location) + offset,
        f"`{shown(location)}` is not a finite number",
        "write the number that the source states; where it states none, leave the key out or say why in"
        " `status`",
    )


def shown(location: Location) -> str:
    """The key path as messages write it: "periods.0.input"."""
    return ".".join(str(part) for part in location)


def line_of(lines: dict[Location, int], location: Location) -> int:
    """The line of the key path `location`, or of its nearest known parent."""
    while location and location not in lines:
        location = location[:-1]
    return lines.get(location, 1)
