"""The results and sentences of a lab, calculated by the JavaScript modules that run on its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fieldguide.book import Book
from fieldguide.labs.data import defaults, lab_data
from fieldguide.labs.engine import Script
from fieldguide.records.lab import FOLDER, Lab

Values = Mapping[str, Any]
"""{input id: its number, or the id of a choice or record}."""
SCOPE = "lines.scopeOf({ more: sum.more }, r, v, lab)"
LINES = f"lines.sumOf(lab.lines, {SCOPE}, sum.formats)"
WORDS = "assets/js/lab/words.mjs"


class Calculator:
    """A lab's arithmetic and words: docs/labs/<slug>/model.mjs and, for the lines of its sum, sum.mjs.

    Methods use the values of the default case unless `values` are given, and raise ScriptError.
    """

    modules: Sequence[str] = ("model", "sum")
    """The modules in the lab's own folder."""

    def __init__(self, root: Path, data: Mapping[str, Any], values: Values) -> None:
        """`data` is the content of lab.json, `values` are those of its default case."""
        self.data, self.values = data, values
        own = {name: f"{FOLDER}/{data['slug']}/{name}.mjs" for name in self.modules}
        self._script = Script(
            root,
            {**own, "lines": "assets/js/lab/sum.mjs", "checked": "assets/js/lab/checks.mjs"},
            f"the lab `{data['slug']}`",
            lab=data,
        )

    def run(self, expression: str, values: Values | None = None) -> Any:
        """The value of a JavaScript expression, which may use the lab's modules, its data `lab`, the values
        `v` and the result `r`.
        """
        return self._script.run(
            f"((r) => ({expression}))(model.work(v, lab))", v=self.values if values is None else values
        )

    def work(self, values: Values | None = None) -> dict[str, Any]:
        """The result: its keys and their units are listed at the top of the lab's model.mjs."""
        result: dict[str, Any] = self.run("r", values)
        return result

    def sentence(self, values: Values | None = None) -> str:
        """The answer in one sentence, as the page says it first."""
        return str(self.run("model.sentence(r, v, lab)", values))

    def lines(self, values: Values | None = None) -> list[dict[str, Any]]:
        """The lines of the sum, each {name, how, value, unit, text}. A line in a step also has the key that
        `with_dependencies` adds.
        """
        lines: list[dict[str, Any]] = self.run(LINES, values)
        return lines

    def checks(self) -> list[dict[str, Any]]:
        """The lab's published measurements in the order of its record, each {id, name, here, measured,
        origin, group, fit}; `here` is what the arithmetic gives, None if it gives nothing.
        """
        found: list[dict[str, Any]] = self.run("checked.checksOf(lab, model.work)")
        return found

    def band(self, group: str) -> list[float]:
        """[lowest, highest] measurement of a group of checks, each divided by what the arithmetic gives."""
        ends: list[float] = self.run(f"checked.bandOf(lab, model.work, {group!r})")
        return ends

    def scope(self) -> dict[str, Any]:
        """{name that the lab's templates may use: its value in the default case}."""
        scope: dict[str, Any] = self.run(SCOPE)
        return scope

    def formats(self) -> dict[str, bool]:
        """{format of the lab's templates: whether it takes a number, as `digits 3` does}."""
        formats: dict[str, bool] = self._script.run(
            "Object.fromEntries(Object.entries({ ...lines.FORMATS, ...sum.formats })"
            ".map(([name, say]) => [name, say.length > 1]))"
        )
        return formats

    def step_names(self) -> list[str]:
        """The steps that the lines of the sum belong to; empty for a lab without steps."""
        return []


class SteppedCalculator(Calculator):
    """The calculator of a lab whose sum has steps: steps.mjs and marks.mjs are beside its model.mjs."""

    modules = (*Calculator.modules, "steps", "marks")

    def step_names(self) -> list[str]:
        names: list[str] = self._script.run("steps.STEPS")
        return names

    def steps(self, values: Values | None = None) -> dict[str, dict[str, Any]]:
        """{step: {heading, number, name (what the number counts), picture (trees of elements, each a list of
        tag, attributes and children), note}}. Empty if the model does not fit on the machine.
        """
        steps: dict[str, dict[str, Any]] = self.run(
            "Object.fromEntries(steps.steps(r, v, lab).map((step, i) => [steps.STEPS[i], step]))", values
        )
        return steps

    def uncertain(self, values: Values | None = None) -> set[str]:
        """The names of results that depend on an estimate or an assumption."""
        marked = self.run(f"marks.marks({LINES}, v, lab)", values)
        return {gives for gives, uncertain, _ in marked if uncertain}

    def onward(self, values: Values | None = None) -> dict[str, dict[str, Any]]:
        """{slug of a lab that continues with these numbers: the values it opens with}."""
        cases: dict[str, dict[str, Any]] = self.run("steps.onward(r, v)", values)
        return cases


def has_steps(book: Book, lab: Lab) -> bool:
    """Whether the sum of a lab has steps."""
    return (book.root / "docs" / FOLDER / lab.slug / "steps.mjs").is_file()


def calculator(book: Book, lab: Lab) -> Calculator:
    """The calculator of a lab. Raises KeyError for a default that refers to no number, and ScriptError."""
    kind = SteppedCalculator if has_steps(book, lab) else Calculator
    return kind(book.root, lab_data(book, lab), defaults(book, lab)[0])


def percents(root: Path, shares: Sequence[float]) -> list[str]:
    """Shares (1 is all) in percent, formatted as in the labs: 43%, 7.5%, 0.4%."""
    words: list[str] = Script(root, {"words": WORDS}).run(
        "shares.map((share) => words.percent(100 * share))", shares=shares
    )
    return words
