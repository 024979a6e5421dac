"""The sum of a lab, checked: its templates, and what the curves show besides, may name only what the
arithmetic gives in the case that stands before anything is put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from fieldguide.records.cases import Case, Stepped, Templated, scope_of
from fieldguide.records.cases._lines import Formats, Scope, faults, found_at
from fieldguide.records.lab import Lab, Line
from fieldguide.text.problems import Problem, closest

FIXED = ("value", "each", "step", "rests")
"""Keys of a line that are no template and no condition."""


def check_lines(
    lab: Lab, arithmetic: Case, values: Mapping[str, Any], data: Mapping[str, Any], result: Mapping[str, Any]
) -> Iterator[Problem]:
    """A lab without the lines of its sum, and templates that name what its default case does not have."""
    if not lab.lines:
        if not hasattr(arithmetic, "lines"):
            yield lab.problem("the lab has no lines of its sum", "write them as `lines:`")
        return
    made = cast(Templated, arithmetic)
    scope, formats = scope_of(made, result, values, data), made.FORMATS
    steps = cast(Stepped, made).STEPS if hasattr(made, "steps") else ()
    for name, words in lab.words.items():
        for text in [words] if isinstance(words, str) else words.values():
            yield from (
                lab.problem(fault, f"names: {', '.join(scope)}", "words", name)
                for fault in faults(text, scope, formats)
            )
    for at, line in enumerate(lab.lines):
        yield from _check_line(lab, at, line, scope, formats)
        yield from _check_step(lab, at, line, steps)
    for at, head in enumerate(lab.heads):
        if head.whole not in result or head.place >= len(result.get("parts", ())):
            yield lab.problem(
                f"`{head.name}` is a share of `{head.whole}`, or a part, that the arithmetic does not give",
                closest(head.whole, result) or f"there are {', '.join(result)}",
                "heads",
                at,
            )


def _check_line(lab: Lab, at: int, line: Line, scope: Scope, formats: Formats) -> Iterator[Problem]:
    within = scope
    try:
        if line.each is not None:
            within = {**scope, "one": next(iter(found_at(scope, line.each)))}
        found_at(within, line.value)
    except KeyError as error:
        yield lab.problem(
            f"the line names `{error.args[0]}`, which the arithmetic does not give",
            closest(str(error.args[0]), within) or f"there are {', '.join(within)}",
            "lines",
            at,
        )
        return
    said = {
        key: {"say": "", "when": words} if key == "when" else words
        for key, words in line.model_dump(exclude_defaults=True).items()
        if key not in FIXED
    }
    for key, words in (said | {"rests": [f"{{{name}}}" for name in line.rests]}).items():
        for fault in faults(words, within, formats):
            yield lab.problem(
                f"`{key}`: {fault}",
                f"formats: {', '.join(formats)}; names: {', '.join(within)}",
                "lines",
                at,
                key,
            )


def _check_step(lab: Lab, at: int, line: Line, steps: Sequence[str]) -> Iterator[Problem]:
    """A line stands in a step where the lab has steps, and nowhere else."""
    if steps and line.step not in steps:
        yield lab.problem(
            f"there is no step `{line.step}`" if line.step else "the line stands in no step",
            closest(line.step, steps) or f"there are {', '.join(steps)}",
            "lines",
            at,
            "step",
        )
    elif not steps and (line.step or line.rests):
        yield lab.problem(
            "the lab has no steps in which a line could stand", "leave out `step` and `rests`", "lines", at
        )
