"""A lab, checked: its references, its settings, its modules, and the templates of its sum, which may name
only what the arithmetic gives in the default case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.labs.calculator import Calculator, calculator
from fieldguide.labs.choices import FILTERS, rows
from fieldguide.labs.engine import ScriptError
from fieldguide.labs.templates import Formats, Scope, faults, value_at
from fieldguide.records.lab import Input, Lab, SumLine
from fieldguide.text.problems import Problem, closest

Place = tuple[str | int, ...]
"""Keys and indexes in a record."""
FIXED = ("value", "each", "step", "rests")
"""Keys of a line that are no template and no condition."""


def check_lab(lab: Lab, book: Book) -> list[Problem]:
    """References to nothing, records that are not offered, settings outside what a field takes, and a lab
    without its arithmetic or its view.
    """
    problems = []
    if lab.slug not in book.views:
        problems.append(
            lab.problem("the lab has no view", f"write docs/labs/{lab.slug}/model.mjs and view.mjs")
        )
    for group_index, group in enumerate(lab.groups):
        for index, item in enumerate(group.inputs):
            problems += _check_input(lab, item, book, ("groups", group_index, "inputs", index))
    if problems:
        return problems
    for kind in ("presets", "tries"):
        for index, settings in enumerate(getattr(lab, kind)):
            for name, value in settings.values.items():
                problems += _check_setting(lab, lab.inputs[name], value, book, (kind, index, "values", name))
    for index, preset in enumerate(lab.presets):
        for name, reference in preset.disclosed.items():
            if not _has_number(book, reference):
                problems.append(_unknown_number(lab, reference, book, "presets", index, "disclosed", name))
    problems += [
        _unknown_number(lab, reference, book, "tables")
        for reference in lab.tabled
        if not _has_number(book, reference)
    ]
    if problems:
        return problems
    try:
        worked = calculator(book, lab)
        problems = [*check_lines(lab, worked)]
        if not problems:
            worked.sentence(), worked.lines()  # which may fail too
    except ScriptError as error:
        problems = [error.problem]
    return problems


def _unknown_number(lab: Lab, reference: str, book: Book, *place: str | int) -> Problem:
    return lab.problem(
        f"there is no number `{reference}`",
        closest(reference.partition(".")[0], book.quantities) or "write the record, a dot and its field",
        *place,
    )


def _has_number(book: Book, reference: str) -> bool:
    try:
        number(book, reference)
    except KeyError:
        return False
    return True


def _check_input(lab: Lab, item: Input, book: Book, place: Place) -> list[Problem]:
    if item.only is not None and item.only not in FILTERS:
        return [
            lab.problem(f"unknown `only: {item.only}`", f"there are {', '.join(FILTERS)}", *place, "only")
        ]
    lost = [slug for slug in item.pick if slug not in book.quantities] if isinstance(item.pick, list) else []
    if lost:
        return [
            lab.problem(
                f"there is no record `{lost[0]}`",
                closest(lost[0], book.quantities) or "see `make find`",
                *place,
                "pick",
            )
        ]
    for index, row in enumerate(item.rows):
        for name, value in row.values.items():
            if isinstance(value, str) and not _has_number(book, value):
                return [_unknown_number(lab, value, book, *place, "rows", index, "values", name)]
        for name, picked in row.picks.items():
            if name not in lab.inputs:
                return [
                    lab.problem(
                        f"there is no input `{name}`",
                        closest(name, lab.inputs) or f"there are {', '.join(lab.inputs)}",
                        *place,
                        "rows",
                        index,
                        "picks",
                    )
                ]
            if problems := _check_setting(
                lab, lab.inputs[name], picked, book, (*place, "rows", index, "picks", name)
            ):
                return problems
    for name, known in item.by_chip.items():
        for chip, reference in known.items():
            if chip not in book.hardware or not _has_number(book, reference):
                missing = reference if chip in book.hardware else chip
                return [_unknown_number(lab, missing, book, *place, "by_chip", name)]
    if item.kind == "pick":
        for offer in rows(book, item):
            for name, value in offer["values"].items():
                if not _takes(lab.inputs[name], value):
                    return [
                        lab.problem(
                            f"`{item.id}` offers `{offer['id']}`, which fills `{name}` with {value:g}; it"
                            f" takes {lab.inputs[name].low:g} to {lab.inputs[name].high:g}",
                            "give the input a wider range, or offer fewer records",
                            *place,
                        )
                    ]
    problems = [
        problem
        for name, value in item.idle_at()
        for problem in _check_setting(lab, lab.inputs[name], value, book, (*place, "idle", name))
    ]
    return problems or (
        [] if item.default is None else _check_setting(lab, item, item.default, book, (*place, "default"))
    )


def _takes(item: Input, value: Any) -> bool:
    """Whether a number lies within what a field accepts."""
    return isinstance(value, int | float) and float(item.low or 0) <= value <= float(item.high or 0)


def _check_setting(lab: Lab, item: Input, value: Any, book: Book, place: Place) -> list[Problem]:
    if item.kind == "number":
        if isinstance(value, str):
            if not _has_number(book, value):
                return [_unknown_number(lab, value, book, *place)]
            value = number(book, value)
        if not _takes(item, value):
            return [
                lab.problem(
                    f"`{item.id}` takes numbers from {item.low:g} to {item.high:g}, not {value}",
                    "write one of these",
                    *place,
                )
            ]
        return []
    known = list(item.choose) if item.choose is not None else [row["id"] for row in rows(book, item)]
    return (
        []
        if value in known
        else [
            lab.problem(
                f"`{item.id}` offers no `{value}`",
                closest(str(value), known) or f"there are {', '.join(known)}",
                *place,
            )
        ]
    )


def check_lines(lab: Lab, calculator: Calculator) -> Iterator[Problem]:
    """A lab without the lines of its sum, and templates that name what its default case does not have. Raises
    ScriptError where the lab's modules cannot work out the default case.
    """
    if not lab.lines:
        yield lab.problem("the lab has no lines of its sum", "write them as `lines:`")
        return
    scope, formats, steps = calculator.scope(), calculator.formats(), calculator.step_names()
    result = calculator.work()
    for name, words in lab.words.items():
        for text in [words] if isinstance(words, str) else words.values():
            yield from (
                lab.problem(fault, f"names: {', '.join(scope)}", "words", name)
                for fault in faults(text, scope, formats)
            )
    for index, line in enumerate(lab.lines):
        yield from _check_line(lab, index, line, scope, formats)
        yield from _check_step(lab, index, line, steps)
    for index, head in enumerate(lab.heads):
        if head.whole not in result or head.place >= len(result.get("parts", ())):
            yield lab.problem(
                f"`{head.name}` is a share of `{head.whole}`, or a part, that the arithmetic does not give",
                closest(head.whole, result) or f"there are {', '.join(result)}",
                "heads",
                index,
            )


def _check_line(lab: Lab, index: int, line: SumLine, scope: Scope, formats: Formats) -> Iterator[Problem]:
    within = scope
    try:
        if line.each is not None:
            within = {**scope, "one": next(iter(value_at(scope, line.each)))}
        value_at(within, line.value)
    except KeyError as error:
        yield lab.problem(
            f"the line names `{error.args[0]}`, which the arithmetic does not give",
            closest(str(error.args[0]), within) or f"there are {', '.join(within)}",
            "lines",
            index,
        )
        return
    templates = {
        key: {"say": "", "when": words} if key == "when" else words
        for key, words in line.model_dump(exclude_defaults=True).items()
        if key not in FIXED
    }
    for key, words in (templates | {"rests": [f"{{{name}}}" for name in line.rests]}).items():
        for fault in faults(words, within, formats):
            yield lab.problem(
                f"`{key}`: {fault}",
                f"formats: {', '.join(formats)}; names: {', '.join(within)}",
                "lines",
                index,
                key,
            )


def _check_step(lab: Lab, index: int, line: SumLine, steps: Sequence[str]) -> Iterator[Problem]:
    """A line stands in a step where the lab has steps, and nowhere else."""
    if steps and line.step not in steps:
        yield lab.problem(
            f"there is no step `{line.step}`" if line.step else "the line stands in no step",
            closest(line.step, steps) or f"there are {', '.join(steps)}",
            "lines",
            index,
            "step",
        )
    elif not steps and (line.step or line.rests):
        yield lab.problem(
            "the lab has no steps in which a line could stand", "leave out `step` and `rests`", "lines", index
        )
