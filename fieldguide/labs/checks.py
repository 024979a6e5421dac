"""The check of a lab's record: its references, settings and modules, and the templates of its sum, which may
use only names that the arithmetic gives in the default case.
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
from fieldguide.records.lab import Input, Lab, SumLine, tabled
from fieldguide.text.problems import Problem, closest

Place = tuple[str | int, ...]
"""Keys and indexes in a record."""
FIXED = ("value", "each", "step", "rests", "screen")
"""Keys of a line that hold neither a template nor a condition."""


def check_lab(lab: Lab, book: Book) -> list[Problem]:
    """The problems of a lab: its view and inputs, then its cases and references, then its arithmetic. Each
    step needs the one before it, so the first that finds a problem is the last that runs.
    """
    for check in (_check_inputs, _check_references, _check_arithmetic):
        if problems := [*check(lab, book)]:
            return problems
    return []


def _check_inputs(lab: Lab, book: Book) -> Iterator[Problem]:
    """A missing view, and the problems of each input."""
    if lab.slug not in book.views:
        yield lab.problem("the lab has no view", f"write docs/labs/{lab.slug}/model.mjs and view.mjs")
    for group_index, group in enumerate(lab.groups):
        for index, item in enumerate(group.inputs):
            yield from _check_input(lab, item, book, ("groups", group_index, "inputs", index))


def _check_references(lab: Lab, book: Book) -> Iterator[Problem]:
    """Ready-made cases, things to try and older versions whose settings an input does not take, and
    references to numbers that no record has.
    """
    for key in ("presets", "checks", "tries"):
        for index, settings in enumerate(getattr(lab, key)):
            for name, value in settings.values.items():
                yield from _check_setting(lab, lab.inputs[name], value, book, (key, index, "values", name))
    for version, older in lab.older.items():
        for name, value in older.values.items():
            yield from _check_setting(lab, lab.inputs[name], value, book, ("older", version, "values", name))
    for index, preset in enumerate(lab.presets):
        for name, reference in preset.disclosed.items():
            yield from _check_number(lab, reference, book, ("presets", index, "disclosed", name))
    for index, check in enumerate(lab.checks):
        yield from _check_number(lab, check.measured, book, ("checks", index, "measured"))
    for reference in tabled(lab.tables):
        yield from _check_number(lab, reference, book, ("tables",))
    for slug, names in lab.tables_of.items():
        known = [*book.labs[slug].tables] if slug in book.labs else []
        for name in names:
            if name not in known:
                yield lab.problem(
                    f"the lab `{slug}` has no table `{name}`",
                    closest(name, known) or "name a table in its record, or write one under `tables:`",
                    "tables_of",
                    slug,
                )


def _check_arithmetic(lab: Lab, book: Book) -> Iterator[Problem]:
    """The lines of the sum; where they are right, whether the default case gives a sentence and its lines."""
    try:
        lab_calculator = calculator(book, lab)
        problems = [*check_lines(lab, lab_calculator)]
        if not problems:
            lab_calculator.sentence(), lab_calculator.lines()  # either may raise ScriptError
            problems = [*_check_measurements(lab, lab_calculator)]
        if lab.overview and lab.overview >= (charts := lab_calculator.run("model.charts(r, v, lab).length")):
            problems.append(
                lab.problem(
                    f"there is no chart {lab.overview}",
                    f"the default case has {charts}, counted from 0",
                    "overview",
                )
            )
    except ScriptError as error:
        problems = [error.problem]
    yield from problems


def _check_measurements(lab: Lab, lab_calculator: Calculator) -> Iterator[Problem]:
    """Published measurements of what the arithmetic does not give. Raises ScriptError."""
    for index, one in enumerate(lab_calculator.checks() if lab.checks else ()):
        if one["here"] is None:
            yield lab.problem(
                f"the arithmetic gives no `{lab.checks[index].result}` for what was measured",
                "correct `result` or `values`",
                "checks",
                index,
            )


def _check_number(lab: Lab, reference: str, book: Book, place: Place) -> Iterator[Problem]:
    """A reference to a number that no record has."""
    if not _has_number(book, reference):
        yield lab.problem(
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
    """The problems of one input, of the first step that finds any: later steps read what earlier ones
    check.
    """
    for check in (_check_offer, _check_rows, _check_by_chip, _check_filled, _check_values):
        if problems := [*check(lab, item, book, place)]:
            return problems
    return []


def _check_offer(lab: Lab, item: Input, book: Book, place: Place) -> Iterator[Problem]:
    """A filter that does not exist, and records that do not."""
    if item.only is not None and item.only not in FILTERS:
        yield lab.problem(f"unknown `only: {item.only}`", f"there are {', '.join(FILTERS)}", *place, "only")
    for slug in item.pick if isinstance(item.pick, list) else ():
        if slug not in book.quantities:
            cure = closest(slug, book.quantities) or "see `make find`"
            yield lab.problem(f"there is no record `{slug}`", cure, *place, "pick")


def _check_rows(lab: Lab, item: Input, book: Book, place: Place) -> Iterator[Problem]:
    """Numbers that the lab's own rows take from records, and choices that they make in other inputs."""
    for index, row in enumerate(item.rows):
        for name, value in row.values.items():
            if isinstance(value, str):
                yield from _check_number(lab, value, book, (*place, "rows", index, "values", name))
        for name, picked in row.picks.items():
            picks = (*place, "rows", index, "picks")
            if name in lab.inputs:
                yield from _check_setting(lab, lab.inputs[name], picked, book, (*picks, name))
            else:
                cure = closest(name, lab.inputs) or f"there are {', '.join(lab.inputs)}"
                yield lab.problem(f"there is no input `{name}`", cure, *picks)
    for name, choices in item.picks.items():
        for key, picked in choices.items():
            if key not in book.quantities:
                cure = closest(key, book.quantities) or "see `make find`"
                yield lab.problem(f"there is no record `{key}`", cure, *place, "picks", name)
            yield from _check_setting(lab, lab.inputs[name], picked, book, (*place, "picks", name, key))


def _check_by_chip(lab: Lab, item: Input, book: Book, place: Place) -> Iterator[Problem]:
    """Chips, and numbers by chip, that no record has."""
    for name, references in item.by_chip.items():
        for chip, reference in references.items():
            reference_or_chip = reference if chip in book.hardware else chip
            yield from _check_number(lab, reference_or_chip, book, (*place, "by_chip", name))


def _check_filled(lab: Lab, item: Input, book: Book, place: Place) -> Iterator[Problem]:
    """Offered records whose numbers are outside the range of the input that they fill."""
    for row in rows(book, item) if item.kind == "pick" else ():
        for name, value in row["values"].items():
            target = lab.inputs[name]
            if not _takes(target, value):
                yield lab.problem(
                    f"`{item.id}` offers `{row['id']}`, which fills `{name}` with {value:g}; it"
                    f" takes {target.low:g} to {target.high:g}",
                    "give the input a wider range, or offer fewer records",
                    *place,
                )


def _check_values(lab: Lab, item: Input, book: Book, place: Place) -> Iterator[Problem]:
    """The values of other inputs at which this one has no effect, and its own default."""
    for name, value in item.idle_at():
        yield from _check_setting(lab, lab.inputs[name], value, book, (*place, "idle", name))
    if item.default is not None:
        yield from _check_setting(lab, item, item.default, book, (*place, "default"))


def _takes(item: Input, value: Any) -> bool:
    """Whether a number lies within what a field accepts."""
    return isinstance(value, int | float) and float(item.low or 0) <= value <= float(item.high or 0)


def _check_setting(lab: Lab, item: Input, value: Any, book: Book, place: Place) -> Iterator[Problem]:
    """A value that an input does not take or offer, or a reference to a number that no record has."""
    if item.kind == "number":
        setting = number(book, value) if isinstance(value, str) and _has_number(book, value) else value
        if isinstance(setting, str):
            yield from _check_number(lab, setting, book, place)
        elif not _takes(item, setting):
            yield lab.problem(
                f"`{item.id}` takes numbers from {item.low:g} to {item.high:g}, not {setting}",
                "write a number in that range",
                *place,
            )
        return
    known = list(item.choose) if item.choose is not None else [row["id"] for row in rows(book, item)]
    if value not in known:
        yield lab.problem(
            f"`{item.id}` offers no `{value}`",
            closest(str(value), known) or f"there are {', '.join(known)}",
            *place,
        )


def check_lines(lab: Lab, calculator: Calculator) -> Iterator[Problem]:
    """A sum without lines, and templates with names that the default case does not have. Raises ScriptError
    if the lab's modules fail on the default case.
    """
    if not lab.lines:
        yield lab.problem("the sum of the lab has no lines", "write them under `lines:`")
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
                f"`{head.name}` refers to `{head.whole}` or to a part that the arithmetic does not return",
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
            f"the line uses `{error.args[0]}`, which the arithmetic does not return",
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
    """A line without a step in a lab that has steps, or with one in a lab that has none."""
    if steps and line.step not in steps:
        yield lab.problem(
            f"there is no step `{line.step}`" if line.step else "the line has no step",
            closest(line.step, steps) or f"there are {', '.join(steps)}",
            "lines",
            index,
            "step",
        )
    elif not steps and (line.step or line.rests):
        yield lab.problem(
            "the line has a step, but the lab has no steps", "leave out `step` and `rests`", "lines", index
        )
