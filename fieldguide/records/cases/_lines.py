"""The sum of a lab, line by line, out of the templates in its record; overrides/assets/js/lab/sum.mjs fills
the same ones in the page.

A template has places: `{weights:gb}` is what the arithmetic calls `weights`, said by the format `gb`,
`{in.rent:money}` a number that is put in, `{one.name}` words as they are, `{peak:digits 4}` a format with a
number.
A condition is `out`, which holds where there is something, and neither 0, "" nor no number; `not out`; or
`in.bill is own`.
What a line `carries`, which `_rests.py` works out for a lab with steps, stands in what it makes as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Scope = Mapping[str, Any]
"""What a template may name: the result, what the case gives `more` of, and under `in` what is put in."""
Formats = Mapping[str, Callable[..., str]]
PLACE = re.compile(r"\{([a-z_0-9.]+)(?::([a-z]+)(?: (\d+))?)?\}")
WHEN = re.compile(r"(not )?([a-z_0-9.]+)(?: is (\w+))?")


def found_at(scope: Scope, path: str) -> Any:
    """What stands under a name, the parts of which are parted by dots. Raises KeyError where there is
    nothing.
    """
    found: Any = scope
    for key in path.split("."):
        if not isinstance(found, Mapping):
            raise KeyError(path)
        found = found[key]
    return found


def holds(when: str | Sequence[str], scope: Scope) -> bool:
    """Whether a condition holds, or each of several. Raises KeyError for a name that there is not, ValueError
    for what is no condition.
    """
    if not isinstance(when, str):
        return all(holds(one, scope) for one in when)
    match = WHEN.fullmatch(when)
    if match is None:
        raise ValueError(f"`{when}` is no condition")
    found = found_at(scope, match[2])
    return (found == match[3] if match[3] else bool(found)) != bool(match[1])


def filled(words: Any, scope: Scope, formats: Formats) -> str:
    """A template, or the parts of one of which some have a condition, with its places filled. Raises KeyError
    for a name or a format that there is not.
    """
    if isinstance(words, str):
        return PLACE.sub(lambda place: _said(place, scope, formats), words)
    if isinstance(words, Mapping):
        return filled(words["say"], scope, formats) if holds(words["when"], scope) else ""
    return "".join(filled(one, scope, formats) for one in words)


def _said(place: re.Match[str], scope: Scope, formats: Formats) -> str:
    name, form, number = place.groups()
    found = found_at(scope, name)
    return (
        str(found) if form is None else formats[form](found, int(number)) if number else formats[form](found)
    )


def sum_of(lines: Sequence[Mapping[str, Any]], scope: Scope, formats: Formats) -> list[dict[str, Any]]:
    """The lines as {name, how, value, unit, text}, and what each `carries`: those whose condition holds, and
    one with `each` for each of a list, as `one`. Raises KeyError for a name or a format that there is not.
    """
    return list(_lines(lines, scope, formats))


def _lines(lines: Sequence[Mapping[str, Any]], scope: Scope, formats: Formats) -> Iterator[dict[str, Any]]:
    for line in lines:
        if not holds(line.get("when", ()), scope):
            continue
        for within in (
            [{**scope, "one": one} for one in found_at(scope, line["each"])] if "each" in line else [scope]
        ):
            value = found_at(within, line["value"])
            name, how, unit, text = (
                filled(line[key], within, formats) if key != "text" or value is not None else line["none"]
                for key in ("name", "how", "unit", "text")
            )
            yield {
                **line.get("carries", {}),
                "name": name,
                "how": how,
                "value": value,
                "unit": unit,
                "text": text,
            }


def faults(words: Any, scope: Scope, formats: Formats) -> Iterator[str]:
    """What is amiss in a template, conditions that do not hold included: a name or a format that there is
    not, a condition or a place that is none.
    """
    if isinstance(words, Mapping):
        yield from _faults_of(words["when"], scope)
        yield from faults(words["say"], scope, formats)
    elif not isinstance(words, str):
        for one in words:
            yield from faults(one, scope, formats)
    else:
        if re.search(r"[{}]", PLACE.sub("", words)):
            yield f"`{words}` has a brace that is no place; write {{name:format}}"
        for name, form, number in PLACE.findall(words):
            yield from _lost(name, scope)
            if form and form not in formats:
                yield f"there is no format `{form}`"
            elif form:
                try:
                    formats[form](1.0, *([int(number)] if number else []))
                except TypeError:
                    yield f"the format `{form}` " + (
                        "takes no number" if number else "takes a number, as in `digits 3`"
                    )


def _faults_of(when: str | Sequence[str], scope: Scope) -> Iterator[str]:
    for one in [when] if isinstance(when, str) else when:
        match = WHEN.fullmatch(one)
        if match is None:
            yield f"`{one}` is no condition; write `name`, `not name` or `name is word`"
        else:
            yield from _lost(match[2], scope)


def _lost(name: str, scope: Scope) -> Iterator[str]:
    try:
        found_at(scope, name)
    except KeyError:
        yield f"the arithmetic gives no `{name}`"
