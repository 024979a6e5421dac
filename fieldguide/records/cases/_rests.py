"""What the lines of a sum rest on, worked out from their templates: for a lab with steps, whose numbers have
marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fieldguide.records.cases._lines import PLACE


def stepped(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines; one that stands in a step `carries` it, the number that it `gives`, and of what no line
    gives, inputs before all: what it rests `on`, through other lines too, and what it writes out as its
    `own`.
    """
    needs: dict[str, list[str]] = {}
    for line in lines:
        needs.setdefault(line["value"], []).extend([*_placed(line["how"]), *line.get("rests", ())])
    found = []
    for line in lines:
        carries = (
            {
                "step": line["step"],
                "gives": _short(line["value"]),
                "on": sorted(map(_short, _ends(line["value"], needs))),
                "own": [_short(name) for name in _placed(line["how"]) if name not in needs],
            }
            if "step" in line
            else {}
        )
        found.append(
            {key: value for key, value in line.items() if key not in ("step", "rests")}
            | ({"carries": carries} if carries else {})
        )
    return found


def _short(name: str) -> str:
    return name.removeprefix("in.")


def _placed(words: Any) -> list[str]:
    """The names in the places of a template, in all of its parts, each once."""
    if isinstance(words, str):
        return list(dict.fromkeys(place[0] for place in PLACE.findall(words)))
    parts = [words["say"]] if isinstance(words, Mapping) else words
    return list(dict.fromkeys(name for one in parts for name in _placed(one)))


def _ends(value: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    """The names on which a number rests and that no line gives."""
    waiting, seen = [value], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += needs.get(name, ())
    return seen - needs.keys()
