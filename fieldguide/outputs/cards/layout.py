"""The layout of a card as SVG. Every text gets the largest size that fits and is never clipped.

All lengths are pixels of the card; `y` of a text is the baseline of its first line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from fieldguide.drawing.colors import LAYER_TOKENS
from fieldguide.drawing.measure import Face
from fieldguide.outputs.ornaments import neatline, star
from fieldguide.outputs.outlines import balanced, document, flatten, text_lines, width_of, wrapped
from fieldguide.page.emblem import Grid, emblem

WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 84, 1116
COLUMN = 704
"""Width of the column of words; the emblem is to the right of it."""
TITLE_LINES, TEXT_LINES = 3, 4
"""The most lines of a title and of a claim. Many definitions need a fourth line to keep their last words."""
TITLE_SIZES = (108, 96, 84, 72, 64, 56, 48)
CLAIM_SIZES = (37, 33, 29)
HOME_SIZE = 80
DESCENT = 0.25
"""How far letters reach below the baseline, as a share of the text's size."""
FLOOR = 464
"""The lowest y that a claim may reach; the rule above the publisher is at RULE."""
RULE, FOOT = 491, 547
EMBLEM = (806, 110)


@dataclass(frozen=True)
class Card:
    """What one card says. The first of `claims` that fits is shown; `layer` None highlights the
    whole emblem.
    """

    title: str
    claims: tuple[str, ...]
    layer: str | None
    kicker: str
    foot: str
    publisher: str
    subtitle: str = ""


@dataclass(frozen=True)
class Style:
    """How a text is set. `color` is the name of a token; `tracking` (letter spacing) and `leading` (distance
    between baselines) are shares of the size.
    """

    face: Face
    weight: int
    color: str
    tracking: float = 0
    leading: float = 1.2


TITLE = Style("display", 440, "ink", -0.018, 1.04)
SUBTITLE = Style("display", 440, "muted", -0.01)
CLAIM = Style("display", 400, "ink-2", -0.003, 1.35)
FOOTER = Style("display", 490, "ink", -0.004)
PUBLISHER = Style("text", 600, "ink")


@dataclass(frozen=True)
class CardText:
    """One text of a card, split into lines. `x` is its left edge and `y` the first line's baseline."""

    role: str
    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    style: Style

    @property
    def width(self) -> float:
        """The width of the longest line."""
        return max(_width(line, self.size, self.style) for line in self.lines)

    @property
    def last(self) -> float:
        """The baseline of the last line."""
        return self.y + (len(self.lines) - 1) * self.size * self.style.leading


def card_svg(card: Card, tokens: Mapping[str, str]) -> str:
    """The card as an SVG file. Raises ValueError for a letter that no font has."""
    return document(
        WIDTH, HEIGHT, card.title, card.claims[-1], _sheet(card, tokens) + _words(set_card(card), tokens)
    )


def _sheet(card: Card, tokens: Mapping[str, str]) -> str:
    """Paper, neatline, rule and emblem."""
    return (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{tokens["paper"]}"/>'
        f"{flatten(neatline(WIDTH, HEIGHT, inset=20, band=9, segment=57), tokens)}"
        f'<path d="M{LEFT} {RULE}H{RIGHT}v1H{LEFT}z" fill="{tokens["rule-strong"]}"/>'
        f"{_emblem(320, *EMBLEM, card.layer, tokens)}"
        f"{_emblem(24, LEFT, 92, None, tokens) if card.kicker else ''}"
    )


def _emblem(grid: Grid, x: float, y: float, layer: str | None, tokens: Mapping[str, str]) -> str:
    """The emblem in all its colors or, with `layer`, in the color of that layer's part alone."""

    def fill(part: re.Match[str]) -> str:
        return f'fill="{tokens[LAYER_TOKENS[part[1]] if layer in (None, part[1]) else "off"]}"'

    drawn = re.sub(r'class="fg-emblem__(\w+)"', fill, emblem(grid))
    return f'<g transform="translate({x} {y})">{drawn}</g>'


def _words(texts: list[CardText], tokens: Mapping[str, str]) -> str:
    parts = []
    for text in texts:
        style = text.style
        parts += text_lines(
            text.lines,
            text.x,
            text.y,
            text.size,
            text.size * style.leading,
            tokens[style.color],
            style.face,
            style.weight,
            style.tracking,
        )
        if text.role == "publisher":
            parts.append(star(text.x - 38, FOOT - 21, 24, tokens["ink"]))
    return "".join(parts)


def set_card(card: Card) -> list[CardText]:
    """Every text of a card with its position. Raises ValueError for a letter that no font has.

    The title takes the largest size at which both it and a claim fit. A text is shortened only if it is too
    long at the smallest size.
    """
    texts = [CardText("foot", (card.foot,), LEFT, FOOT, 27, FOOTER)] if card.foot else []
    if card.publisher:
        left = RIGHT - _width(card.publisher, 25, PUBLISHER)
        texts.append(CardText("publisher", (card.publisher,), left, FOOT, 25, PUBLISHER))
    if not card.kicker:  # the front page
        texts.append(_title(card.title, HOME_SIZE, 181))
        if card.subtitle:
            texts.append(CardText("subtitle", (card.subtitle,), LEFT - 1, 240, 47, SUBTITLE))
        return [*texts, _claim(card.claims, 331) or _cut_claim(card.claims, 331)]
    color = f"{LAYER_TOKENS[card.layer]}-text" if card.layer else "ink-2"
    kicker = CardText("kicker", (card.kicker,), LEFT + 38, 112, 26, replace(PUBLISHER, color=color))
    return [*texts, kicker, *_title_and_claim(card)]


def _title_and_claim(card: Card) -> tuple[CardText, CardText]:
    """The largest title that leaves room for a claim. If none does, both at their smallest size,
    shortened.
    """
    for size in TITLE_SIZES:
        title = _title(card.title, size)
        if len(title.lines) <= TITLE_LINES and title.width <= COLUMN:
            claim = _claim(card.claims, _below(title))
            if claim:
                return title, claim
    title = _title(card.title, TITLE_SIZES[-1])
    title = replace(title, lines=shorten(card.title, title.size, TITLE, TITLE_LINES))
    return title, _claim(card.claims, _below(title)) or _cut_claim(card.claims, _below(title))


def _title(words: str, size: float, y: float | None = None) -> CardText:
    """The title. Its capitals have the same top edge at every size, and it is moved a little to the left so
    that its stems line up with the claim's.
    """
    return CardText(
        "title", _balanced(words, size, TITLE), LEFT - 0.04 * size, y or 158 + 0.68 * size, size, TITLE
    )


def _below(title: CardText) -> float:
    """The baseline of a claim of the largest size below a title: room for descenders, and a gap in proportion
    to the title's size.
    """
    return title.last + 0.32 * title.size + 50


def _claim(claims: tuple[str, ...], y: float) -> CardText | None:
    """The first claim that fits, in the largest size at which any fits."""
    for size in CLAIM_SIZES:
        for claim in claims:
            text = _set_claim(claim, size, y)
            low = text.last + DESCENT * size
            if len(text.lines) <= TEXT_LINES and low <= FLOOR and text.width <= COLUMN:
                return text
    return None


def _cut_claim(claims: tuple[str, ...], y: float) -> CardText:
    """The last claim in the smallest size, shortened to the lines that fit."""
    text = _set_claim(claims[-1], CLAIM_SIZES[-1], y)
    room = int((FLOOR - DESCENT * text.size - text.y) / (text.size * CLAIM.leading)) + 1
    return replace(text, lines=shorten(claims[-1], text.size, CLAIM, min(TEXT_LINES, room)))


def _set_claim(words: str, size: float, y: float) -> CardText:
    top = y - 0.7 * (CLAIM_SIZES[0] - size)
    return CardText("claim", _balanced(words, size, CLAIM), LEFT - 1, top, size, CLAIM)


def _balanced(words: str, size: float, style: Style) -> tuple[str, ...]:
    """The words in the fewest lines that fit the column, all about equally long."""
    face = (style.face, style.weight, style.tracking)
    return tuple(wrapped(words, balanced(words, COLUMN, size, *face), size, *face))


def _width(line: str, size: float, style: Style) -> float:
    return width_of(line, size, style.face, style.weight, style.tracking)


def shorten(words: str, size: float, style: Style, most: int) -> tuple[str, ...]:
    """The words in at most `most` lines of the column. Words that do not fit are dropped from the end and
    replaced by an ellipsis.
    """
    lines = wrapped(words, COLUMN, size, style.face, style.weight, style.tracking)
    while len(lines) > most or any(_width(line, size, style) > COLUMN for line in lines):
        words = words.rsplit(" ", 1)[0] if " " in words else words[:-1]
        shown = words.rstrip(" ,;:.") + "…"
        lines = wrapped(shown, COLUMN, size, style.face, style.weight, style.tracking)
    return tuple(lines)
