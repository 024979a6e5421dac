"""The calculation of a lab, line by line: templates in its record, which overrides/assets/js/lab/sum.mjs
fills.

A template has places: `{weights:gb}` is what the arithmetic calls `weights`, said by the format `gb`,
`{in.rent:money}` a number that is put in, `{one.name}` words as they are, `{peak:digits 4}` a format with a
number.
A condition is `out`, which holds unless the value is missing, 0 or ""; `not out`; or `in.bill is own`.
What a line `carries`, which `with_dependencies` works out for a lab with steps, stands in the filled line as
it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Scope = Mapping[str, Any]
"""The names that a template may use: the result, the values that `more` of the lab's sum.mjs returns, and
under `in` the inputs.
"""
Formats = Mapping[str, bool]
"""{format: whether it takes a number}."""
PLACE = re.compile(r"\{([a-z_0-9.]+)(?::([a-z]+)(?: (\d+))?)?\}")
WHEN = re.compile(r"(not )?([a-z_0-9.]+)(?: is (\w+))?")


def value_at(scope: Scope, path: str) -> Any:
    """The value of a name, whose parts are separated by dots. Raises KeyError if there is none."""
    value: Any = scope
    for key in path.split("."):
        if not isinstance(value, Mapping):
            raise KeyError(path)
        value = value[key]
    return value


def faults(words: Any, scope: Scope, formats: Formats) -> Iterator[str]:
    """The faults of a template, including parts whose condition does not hold: names and formats that do not
    exist, and conditions or places that cannot be read.
    """
    if isinstance(words, Mapping):
        yield from _condition_faults(words["when"], scope)
        yield from faults(words["say"], scope, formats)
    elif not isinstance(words, str):
        for part in words:
            yield from faults(part, scope, formats)
    else:
        if re.search(r"[{}]", PLACE.sub("", words)):
            yield f"`{words}` has a brace that is no place; write {{name:format}}"
        for name, form, number in PLACE.findall(words):
            yield from _unknown_name(name, scope)
            if form and form not in formats:
                yield f"there is no format `{form}`"
            elif form and formats[form] != bool(number):
                yield f"the format `{form}` " + (
                    "takes no number" if number else "takes a number, as in `digits 3`"
                )


def _condition_faults(when: str | Sequence[str], scope: Scope) -> Iterator[str]:
    for condition in [when] if isinstance(when, str) else when:
        match = WHEN.fullmatch(condition)
        if match is None:
            yield f"`{condition}` is no condition; write `name`, `not name` or `name is word`"
        else:
            yield from _unknown_name(match[2], scope)


def _unknown_name(name: str, scope: Scope) -> Iterator[str]:
    try:
        value_at(scope, name)
    except KeyError:
        yield f"the arithmetic returns no `{name}`"


def with_dependencies(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines. A line in a step also has `carries`: its `step`; `gives`, the name of its number; `on`, the
    names that this number depends on, also through other lines, and that no line gives; and `own`, those of
    them that the line itself shows.
    """
    needs: dict[str, list[str]] = {}
    for line in lines:
        needs.setdefault(line["value"], []).extend([*_placed(line["how"]), *line.get("rests", ())])
    result = []
    for line in lines:
        carries = (
            {
                "step": line["step"],
                "gives": _short(line["value"]),
                "on": sorted(map(_short, _leaves(line["value"], needs))),
                "own": [_short(name) for name in _placed(line["how"]) if name not in needs],
            }
            if "step" in line
            else {}
        )
        result.append(
            {key: value for key, value in line.items() if key not in ("step", "rests")}
            | ({"carries": carries} if carries else {})
        )
    return result


def _short(name: str) -> str:
    return name.removeprefix("in.")


def _placed(words: Any) -> list[str]:
    """The names in the places of a template and all its parts, each once."""
    if isinstance(words, str):
        return list(dict.fromkeys(place[0] for place in PLACE.findall(words)))
    parts = [words["say"]] if isinstance(words, Mapping) else words
    return list(dict.fromkeys(name for part in parts for name in _placed(part)))


def _leaves(value: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    """The names that a number depends on and that no line gives."""
    waiting, seen = [value], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += needs.get(name, ())
    return seen - needs.keys()
