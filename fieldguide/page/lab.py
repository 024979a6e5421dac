"""Labs: `/// lab | slug`, an element whose content is for readers without scripts. On its own page, a lab is
complete: the answer of its default case, the sum line by line, and every input with the origin of its
default. In a chapter it is short: the answer and a link to the lab.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.labs.calculator import SteppedCalculator, calculator
from fieldguide.labs.data import defaults
from fieldguide.page.box import render_tables
from fieldguide.page.context import Context
from fieldguide.page.lab_next_token import add_definer
from fieldguide.page.lab_one_request import add_steps
from fieldguide.page.lab_tokenizer import add_token_table
from fieldguide.records import definer, merges, sentences
from fieldguide.records.field import Field, FieldMatch
from fieldguide.records.lab import FOLDER, Lab
from fieldguide.text.dates import show_date
from fieldguide.text.numbers import show_number
from fieldguide.text.problems import closest
from fieldguide.text.tree import E, has_class, move_children, text_of


def render_labs(context: Context, root: ET.Element) -> None:
    """Replaces each `/// lab` block with the lab that it names."""
    known = context.book.views
    for element in [item for item in root.iter("section") if item.get("data-lab")]:
        slug = element.attrib.pop("data-lab")
        if slug not in known:
            context.problem(
                f"unknown lab `{slug}`",
                closest(slug, known) or f"write docs/{FOLDER}/{slug}/model.mjs and view.mjs",
                slug,
            )
        context.uses.labs.setdefault(slug)
        element.set("class", "fg-lab")
        inner = E("x-lab", {"name": slug})
        lab = context.book.labs.get(slug)
        if lab is not None:
            short = context.page.src != lab_src(slug)
            if short:
                inner.set("short", "")
            inner.append(_default_case(context, lab, short))
        elif not text_of(element).strip() and not len(element):
            context.problem(
                f"the lab `{slug}` has an empty fallback",
                "put the default scenario's results inside the block",
                slug,
            )
        move_children(element, inner)
        if slug == merges.LAB:
            add_token_table(context, inner)
        elif slug == definer.LAB:
            add_definer(context, inner)
        elif slug == sentences.LAB and lab is not None and context.page.src == lab_src(slug):
            _add_steps(context, inner, lab)
        render_tables(inner)
        element.append(inner)


def _add_steps(context: Context, inner: ET.Element, lab: Lab) -> None:
    """Add the steps of the default case, which contain its sum; the inputs are below them, where the lab's
    script leaves them too.
    """
    box = inner[0]
    if len(box) < 2:  # its records have problems
        return
    worked = calculator(context.book, lab)
    assert isinstance(worked, SteppedCalculator)
    add_steps(context, inner, lab, worked)
    inputs = box[-1]
    box.remove(inputs)
    steps = next((child for child in inner if has_class(child, "fg-steps")), inner)
    steps.append(
        E(
            "details",
            {"class": "fg-folded"},
            E("summary", {}, "Every input of the example, with its source and date"),
            inputs,
        )
    )


def lab_src(slug: str) -> str:
    """The path below docs/ of the lab's own page."""
    return f"{FOLDER}/{slug}.md"


def _default_case(context: Context, lab: Lab, short: bool) -> ET.Element:
    """The answer of the default case; on the lab's own page also its sum and inputs. Empty if its records
    have problems, which `check` reports.
    """
    box = E("div", {"class": "fg-lab__default"})
    try:
        worked = calculator(context.book, lab)
        sentence, lines = worked.sentence(), [] if short else worked.lines()
        inputs = [] if short else _inputs(context, lab)
    except (KeyError, TypeError, ValueError):
        return box
    box.append(E("p", {"class": "fg-lab__answer"}, sentence))
    if short:
        box.append(
            E(
                "p",
                {},
                E(
                    "a",
                    {"class": "fg-action", "href": context.href(lab_src(lab.slug))},
                    "Open the full calculator",
                ),
            )
        )
        return box
    if lab.slug != sentences.LAB:
        box.append(
            _table(
                "The calculation, line by line",
                ["line", "calculation", "value"],
                [[_text(line[key]) for key in ("name", "how", "text")] for line in lines],
            )
        )
    box.append(
        _table(
            "Inputs of the example, with their sources and dates",
            ["input", "default", "from"],
            inputs,
        )
    )
    render_tables(box)
    return box


def _text(words: str) -> list[ET.Element | str]:
    return [words]


def _inputs(context: Context, lab: Lab) -> list[list[list[ET.Element | str]]]:
    """A row for each input: its name, its default (a checked number if a record holds it), and the default's
    origin.
    """
    rows: list[list[list[ET.Element | str]]] = []
    values, origins = defaults(context.book, lab)
    for item in lab.inputs.values():
        value, origin = values[item.id], origins.get(item.id)
        if item.choose is not None:
            rows.append([[item.label], [item.choose[str(value)]], ["a choice"]])
        elif item.kind == "number":
            match = context.book.find(origin) if origin else None
            field = match.field if isinstance(match, FieldMatch) else None
            shown = _amount(value, field.unit or "" if field is not None else item.unit)
            unit = item.unit.removeprefix("$").removeprefix("%").strip()
            rows.append(
                [
                    [item.label],
                    [
                        (
                            E("a", {"href": f"fact:{origin}"}, shown)
                            if field is not None
                            else E("span", {"data-mark": "ring"} if item.default is not None else {}, shown)
                        ),
                        f" {unit}" if unit else "",
                    ],
                    (
                        _source(context, field)
                        if origin or item.default is not None
                        else ["set by the model’s architecture"]
                    ),
                ]
            )
    return rows


def _amount(value: float, unit: str) -> str:
    """A number with the symbol of its unit."""
    return (
        f"${show_number(value)}"
        if unit.startswith(("$", "USD"))
        else f"{show_number(value)}%"
        if unit.startswith("%")
        else show_number(value)
    )


def _source(context: Context, field: Field | None) -> list[ET.Element | str]:
    """The source of a default, and its date."""
    if field is None:
        return ["illustrative"]
    key = field.source or ""
    return [
        context.cite(key) if key in context.book.sources else "computed from records",
        f", as of {show_date(field.as_of)}" if field.as_of else "",
    ]


def _table(name: str, heads: list[str], rows: list[list[list[ET.Element | str]]]) -> ET.Element:
    head = E("thead", {}, E("tr", {}, *(E("th", {}, name) for name in heads)))
    return E(
        "table",
        {"aria-label": name, "data-stacks": ""},
        head,
        E("tbody", {}, *(E("tr", {}, *(E("td", {}, *cell) for cell in row)) for row in rows)),
    )
