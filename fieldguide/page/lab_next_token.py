"""The lab of the definition machine without scripts: a prompt with likely continuations, the way of one
prompt through the model in eight steps, what the model wrote during training, and the model in numbers.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from fieldguide.labs.engine import Script, ScriptError
from fieldguide.page.box import render_tables
from fieldguide.page.context import Context
from fieldguide.records.definer import CURE, LAB, LOSS, OTHERS, REPEATS, Definer, Prompt, rounding
from fieldguide.records.lab import FOLDER
from fieldguide.text.numbers import show_number
from fieldguide.text.tree import E

BARS = 5
"""The number of tokens shown at each step."""
STORED = "fg-odds__stored"
"""The class of content that the lab's script shows in its own form."""


def add_definer(context: Context, lab: ET.Element) -> None:
    """Append tables to the lab's block."""
    definer = context.book.definer
    if definer is None:
        context.problem(f"the lab `{LAB}` has no model", CURE, LAB)
        return
    first, looks = definer.prompts[0], definer.main.looks
    stored = E("div", {"class": STORED})
    learned = (
        f"What the model wrote after the first prompt at several points during training, with the {LOSS} in"
        f" nats per token. {REPEATS if looks[0].prompts[0].repeats else ''}"
    )
    others = [
        (f"{name}: {definer.trainings[key].told}", definer.trainings[key].looks[-1].prompts[0].text)
        for key, name in OTHERS.items()
    ]
    for words, heads, rows in (
        (
            (
                f"Likely tokens after “{first.prompt}”, and the line that results when the model picks the"
                " likeliest token each time:"
            ),
            ("so far", "likeliest next token", "then"),
            _steps(first),
        ),
        (
            "All stored prompts, continued in the same way:",
            ("prompt", "what it writes"),
            [(prompt.prompt, prompt.text) for prompt in definer.prompts],
        ),
        (
            learned,
            ("step", "loss", "what it writes"),
            [(f"{look.step:,}", f"{look.tuning_loss:.2f}", look.prompts[0].short) for look in looks],
        ),
        (rounding(definer), (), ()),
        (
            "Three training runs, and what each writes after the first prompt:",
            ("training run", "what it writes"),
            others,
        ),
    ):
        stored.append(E("p", {}, plain(words)))
        if heads:
            stored.append(_table(heads, rows))
    render_tables(stored)
    stored.extend(_steps_inside(context, definer))
    lab.append(stored)
    lab.append(_machine(definer))


def _steps_inside(context: Context, definer: Definer) -> Iterable[ET.Element]:
    """The way of the stored prompt through the model, as the page's own module draws it. The id of a step is
    the fragment at which the page's script opens that step.
    """
    yield E("p", {"class": "fg-inside__title"}, plain(f"What happens inside after “{definer.inside.prompt}”"))
    try:
        module = Script(context.book.root, {"inside": f"{FOLDER}/{LAB}/steps.mjs"}, f"the lab `{LAB}`")
        steps = module.run("inside.steps(inside.stored(trace))", trace=definer.inside.model_dump())
    except ScriptError as error:
        context.problem(error.problem.message, error.problem.hint, LAB)
        return
    for number, step in enumerate(steps, 1):
        yield E(
            "section",
            {"class": "fg-inside__step", "id": f"step={number}"},
            E("p", {"class": "fg-inside__name"}, f"{number}. {plain(step['title'])}"),
            *(E("p", {}, plain(words)) for words in step["say"]),
            E("div", {"class": "fg-inside__picture"}, *(_drawn(part) for part in step["picture"] if part)),
        )


def _drawn(part: list[Any]) -> ET.Element:
    """An element from [tag, attributes, ...children], without the attributes and children that are none."""
    tag, attributes, *children = part
    return E(
        tag,
        {name: str(value) for name, value in attributes.items() if value is not None},
        *(plain(child) if isinstance(child, str) else _drawn(child) for child in children if child),
    )


def _machine(definer: Definer) -> ET.Element:
    """A row for each quantity; its origin is below the number, so that a phone shows both."""
    table = _table(("the model", "in numbers"), [(name, value) for name, value, _ in _facts(definer)])
    for cell, (_, _, how) in zip(table.findall("tbody/tr/td[2]"), _facts(definer), strict=True):
        cell.append(E("br"))
        cell.append(E("span", {}, plain(how)))
    return table


def _facts(definer: Definer) -> list[tuple[str, str, str]]:
    sheet, main, rounded = definer.sheet, definer.main, definer.sheet.quantization
    shape = sheet.shape
    loss = (
        "on all held-out lines, which no training run reads. Before we rounded the weights to eight bits,"
        f" the loss was {rounded.held_out_loss:.3f}, and rounding changed each logit on the prompts by at"
        f" most {rounded.largest_logit_difference:.3f}. During training, we measured the {LOSS}, which was"
        f" {main.looks[-1].tuning_loss:.3f} at the end. The vocabulary has {shape.vocabulary:,} tokens, so"
        " you can’t compare these losses with those of our scaling runs"
    )
    return [
        (
            "parameters",
            f"{shape.parameters:,}",
            (
                f"{shape.layers} layers of {shape.heads} heads, width {shape.width}, {shape.vocabulary:,}"
                " entries"
            ),
        ),
        (
            "read in training",
            f"{main.training.tokens / 1e6:.1f}M tokens",
            (
                f"{main.training.steps:,} steps, {show_number(main.training.flop)} FLOP by 6ND,"
                f" {main.training.seconds / 60:,.0f} minutes of one core"
            ),
        ),
        ("loss on held-out lines", f"{rounded.held_out_loss_rounded:.3f} nats per token", loss),
        (
            "the file",
            f"{sheet.bytes / 1e6:.2f} MB",
            f"compressed; the model reads at most {sheet.places} tokens",
        ),
    ]


def _steps(first: Prompt) -> Iterable[tuple[str, str, str]]:
    """A row for each token of a prompt's continuation."""
    so_far = first.prompt
    for step in first.steps:
        likeliest, *others = (
            f"{text.strip() or 'end of the line'} {share:.0%}" for _, text, share in step.bars[:BARS]
        )
        yield so_far, likeliest, ", ".join(others)
        so_far += step.text


def plain(text: str) -> str:
    """The text, escaped for HTML."""
    return html.escape(text, quote=False)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> ET.Element:
    head = E("thead", {}, E("tr", {}, *(E("th", {}, name) for name in heads)))
    return E(
        "table",
        {"data-stacks": ""},
        head,
        E("tbody", {}, *(E("tr", {}, *(E("td", {}, plain(cell)) for cell in row)) for row in rows)),
    )
