"""What a lab works out and says: the build asks the modules that run in its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fieldguide.book import Book
from fieldguide.labs.data import defaults, lab_data
from fieldguide.labs.engine import Script
from fieldguide.records.lab import FOLDER, Lab

Values = Mapping[str, Any]
"""Input id → its number, or the id of its choice or record."""
SCOPE = "lines.scopeOf({ more: sum.more }, r, v, lab)"
LINES = f"lines.sumOf(lab.lines, {SCOPE}, sum.formats)"
WORDS = "assets/js/lab/words.mjs"


class Calculator:
    """A lab's arithmetic and words: docs/labs/<slug>/model.mjs and, for the lines of its sum, sum.mjs.

    Values of a call are those of the default case unless others are given. Every method raises ScriptError.
    """

    modules: Sequence[str] = ("model", "sum")
    """Those of the lab's own."""

    def __init__(self, root: Path, data: Mapping[str, Any], values: Values) -> None:
        """`data` is what lab.json holds, `values` are its default case."""
        self.data, self.values = data, values
        own = {name: f"{FOLDER}/{data['slug']}/{name}.mjs" for name in self.modules}
        self._script = Script(
            root, {**own, "lines": "assets/js/lab/sum.mjs"}, f"the lab `{data['slug']}`", lab=data
        )

    def run(self, expression: str, values: Values | None = None) -> Any:
        """The value of a JavaScript expression over the lab's modules, its data `lab`, values `v` and result
        `r`.
        """
        return self._script.run(
            f"((r) => ({expression}))(model.work(v, lab))", v=self.values if values is None else values
        )

    def work(self, values: Values | None = None) -> dict[str, Any]:
        """The result: the names that the head of the lab's model explains, with their units."""
        result: dict[str, Any] = self.run("r", values)
        return result

    def sentence(self, values: Values | None = None) -> str:
        """The answer, as the page says it first."""
        return str(self.run("model.sentence(r, v, lab)", values))

    def lines(self, values: Values | None = None) -> list[dict[str, Any]]:
        """The sum line by line, each {name, how, value, unit, text}; a line in a step has what
        `with_dependencies` adds too.
        """
        lines: list[dict[str, Any]] = self.run(LINES, values)
        return lines

    def scope(self) -> dict[str, Any]:
        """What the templates of the lab may name, with its value in the default case."""
        scope: dict[str, Any] = self.run(SCOPE)
        return scope

    def formats(self) -> dict[str, bool]:
        """The formats of the lab's templates, and whether each takes a number, as in `digits 3`."""
        formats: dict[str, bool] = self._script.run(
            "Object.fromEntries(Object.entries({ ...lines.FORMATS, ...sum.formats })"
            ".map(([name, say]) => [name, say.length > 1]))"
        )
        return formats

    def step_names(self) -> list[str]:
        """The steps in which the lines of the sum stand; none where the lab has no steps."""
        return []


class SteppedCalculator(Calculator):
    """That of a lab whose sum stands in steps: steps.mjs and marks.mjs are beside its model."""

    modules = (*Calculator.modules, "steps", "marks")

    def step_names(self) -> list[str]:
        names: list[str] = self._script.run("steps.STEPS")
        return names

    def steps(self, values: Values | None = None) -> dict[str, dict[str, Any]]:
        """Each step's heading, number, name (what the number counts), bars (each the percent of the longest,
        and its words) and note; nothing where the model does not fit on the machine.
        """
        steps: dict[str, dict[str, Any]] = self.run(
            "Object.fromEntries(steps.steps(r, v, lab).map((step, i) => [steps.STEPS[i], step]))", values
        )
        return steps

    def uncertain(self, values: Values | None = None) -> set[str]:
        """The results in which an estimate or an assumption is."""
        marked = self.run(f"marks.marks({LINES}, v, lab)", values)
        return {gives for gives, uncertain, _ in marked if uncertain}

    def onward(self, values: Values | None = None) -> dict[str, dict[str, Any]]:
        """Each lab that goes on with these numbers, and what it is opened with."""
        cases: dict[str, dict[str, Any]] = self.run("steps.onward(r, v)", values)
        return cases


def has_steps(book: Book, lab: Lab) -> bool:
    """Whether the sum of a lab stands in steps."""
    return (book.root / "docs" / FOLDER / lab.slug / "steps.mjs").is_file()


def calculator(book: Book, lab: Lab) -> Calculator:
    """The calculator of a lab. Raises KeyError for a default that refers to nothing, and ScriptError."""
    kind = SteppedCalculator if has_steps(book, lab) else Calculator
    return kind(book.root, lab_data(book, lab), defaults(book, lab)[0])


def percents(root: Path, shares: Sequence[float]) -> list[str]:
    """Shares of one in percent, as the labs say them: 43%, 7.5%, 0.4%."""
    words: list[str] = Script(root, {"words": WORDS}).run(
        "shares.map((share) => words.percent(100 * share))", shares=shares
    )
    return words
