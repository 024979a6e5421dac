"""Live pictures: what docs/labs/live/<slug>.mjs draws, and draws again in the page when a reader uses its
controls.

A module exports `title`, `controls(data)`, each control with its `start`, `picture(values, data, width)`, a
list of trees [tag, attributes, ...children], `sentence(values, data)` and, where it uses checked numbers,
`facts`, {name: `record.field`}.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldguide.book import Book
from fieldguide.labs.engine import Script
from fieldguide.records import definer
from fieldguide.records.field import FieldMatch
from fieldguide.records.sentences import Sentence
from fieldguide.text.problems import closest

FOLDER = "labs/live"
WIDTHS = {"wide": 600, "narrow": 320}
"""Widths in px at which the build draws a picture."""
PROMPT = 0
"""Which stored prompt of the definition machine the odds are those of."""
LIKELIEST = 7
TEMPERATURES = tuple(step / 10 for step in range(2, 21))
SENTENCE, LAYER, HEAD = 2, 5, 2
"""The stored sentence whose attention is shown, and the layer and head shown first, counted from 1."""
DRAWN = """{
  title: live.title,
  sentence: live.sentence(values, data),
  drawings: Object.fromEntries(
    Object.entries(widths).map(([name, width]) => [name, live.picture(values, data, width)])),
}"""
TEXT = "If the bill is overdue, remind the customer."
"""The text whose tokens are shown first."""


class LiveError(ValueError):
    """A picture that cannot be drawn; `hint` is the cure."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class LivePicture:
    """A picture with its controls' first values."""

    data: Mapping[str, Any]
    """What the module is given: checked numbers, and what `DATA` adds."""
    facts: Mapping[str, str]
    """{name in the data: its `record.field`}."""
    controls: int
    """The number of controls."""
    title: str
    sentence: str
    drawings: Mapping[str, list[Any]]
    """{key of `WIDTHS`: list of trees [tag, attributes, ...children]}."""


def live_picture(book: Book, slug: str, values: Mapping[str, Any] | None = None) -> LivePicture:
    """The picture of docs/labs/live/<slug>.mjs with its first values, or with `values`, {control: value}, in
    place of some of them. Raises LiveError and ScriptError.
    """
    names = sorted(path.stem for path in (book.root / "docs" / FOLDER).glob("*.mjs"))
    if slug not in names:
        raise LiveError(
            f"unknown live picture `{slug}`", closest(slug, names) or f"write docs/{FOLDER}/{slug}.mjs"
        )
    script = Script(book.root, {"live": f"{FOLDER}/{slug}.mjs"}, f"the live picture `{slug}`", widths=WIDTHS)
    facts: dict[str, str] = script.run("live['facts'] ?? {}")
    data = {name: _value(book, slug, reference) for name, reference in facts.items()}
    if slug in DATA:
        data |= DATA[slug](book)
    controls: list[dict[str, Any]] = script.run(
        "live.controls(data).map(({ id, start }) => ({ id, start }))", data=data
    )
    shown: dict[str, Any] = script.run(
        DRAWN, data=data, values={one["id"]: one["start"] for one in controls} | dict(values or {})
    )
    return LivePicture(data=data, facts=facts, controls=len(controls), **shown)


def _value(book: Book, slug: str, reference: str) -> float:
    match = book.find(reference)
    if not isinstance(match, FieldMatch):
        raise LiveError(match.message, f"correct `facts` in docs/{FOLDER}/{slug}.mjs: {match.hint}")
    if not isinstance(match.field.value, int | float):
        raise LiveError(
            f"`{reference}` is not a number", f"name a number in `facts` of docs/{FOLDER}/{slug}.mjs"
        )
    return match.field.value


# ---- data of modules that are not checked numbers


def _odds(book: Book) -> dict[str, Any]:
    """{prompt, tokens, rest}, as odds.mjs explains, from the scores that are stored with the definition
    machine.
    """
    stored = json.loads((book.root / definer.FOLDER / "logits.json").read_text(encoding="utf-8"))[PROMPT]
    scores: list[float] = stored["logits"]
    if book.tokenizer is None:
        raise LiveError("the odds need the guide's tokenizer", "make experiments")
    order = sorted(range(len(scores)), key=lambda token: -scores[token])
    likeliest, others = order[:LIKELIEST], [scores[token] for token in order[LIKELIEST:]]
    return {
        "prompt": stored["prompt"],
        "tokens": [[book.tokenizer.decode([token]), scores[token]] for token in likeliest],
        "rest": {
            f"{temperature:.1f}": float(f"{sum(math.exp(score / temperature) for score in others):.6g}")
            for temperature in TEMPERATURES
        },
    }


def _attention(book: Book) -> dict[str, Any]:
    """{tokens, attention, layer, head}, as attention.mjs explains, of a stored sentence."""
    if not book.sentences:
        raise LiveError("there is no stored sentence", "make experiments")
    sentence: Sentence = book.sentences[SENTENCE]
    return {
        "tokens": sentence.tokens,
        "attention": sentence.attention,
        "layer": LAYER,
        "head": HEAD,
    }


def _tokens(book: Book) -> dict[str, Any]:
    """{text, pieces}, as tokens.mjs explains."""
    tokenizer = book.tokenizer
    if tokenizer is None:
        raise LiveError("the tokens need the guide's tokenizer", "make experiments")
    return {"text": TEXT, "pieces": [tokenizer.decode([token]) for token in tokenizer.encode(TEXT)]}


DATA: Mapping[str, Callable[[Book], dict[str, Any]]] = {
    "odds": _odds,
    "attention": _attention,
    "tokens": _tokens,
}
"""{slug: function that gives more of a module's data}."""
