"""Where the words of a card stand: in the largest size that fits, and never clipped.

`set_card` says where each text stands before anything is drawn. All lengths are pixels of the card; `y` of a
line is its baseline.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fieldguide.drawing.colors import LAYER_TOKENS
from fieldguide.outputs.cards.letters import Box, Setting, ink_of, line_width

WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 84, 1116
COLUMN = 704
"""Width of the words; the emblem stands to the right of them."""
LINES, CLAIM_LINES = 3, 4
"""Most lines of a title, and of a claim: many definitions need the fourth, and would lose their last words
without it.
"""
TITLE_SIZES = (108, 96, 84, 72, 64, 56, 48)
CLAIM_SIZES = (37, 33, 29)
HOME_SIZE = 80
FLOOR = 464
"""Nothing of a claim is lower; the rule above the publisher is at RULE."""
RULE, FOOT = 491, 547
EMBLEM = (806, 110)
SAFE = Box(76, 76, WIDTH - 76, HEIGHT - 70)
"""What every word stands in: well inside the neatline, so that a round corner or a crop of a few pixels takes
nothing.
"""
EMBLEM_BOX = Box(EMBLEM[0] + 20, EMBLEM[1] + 28, EMBLEM[0] + 300, EMBLEM[1] + 292)
"""What the emblem's outlines fill, which no word meets. The tests of cards hold both boxes."""


@dataclass(frozen=True)
class Card:
    """What one card says. `claims` are tried in order, and the first that fits is shown; `layer` None lights
    the whole emblem.
    """

    title: str
    claims: tuple[str, ...]
    layer: str | None
    kicker: str
    foot: str
    publisher: str
    subtitle: str = ""


@dataclass(frozen=True)
class Text:
    """One text of a card, in lines. `x` is the left edge and `y` the first line's baseline."""

    role: str
    lines: tuple[str, ...]
    x: float
    y: float
    style: Setting

    @property
    def box(self) -> Box:
        """The smallest box around the ink of all lines."""
        inks = [(baseline, ink_of(line, self.style)) for line, baseline in self.placed()]
        return functools.reduce(
            Box.joined,
            [Box(self.x + ink.left, y + ink.top, self.x + ink.right, y + ink.bottom) for y, ink in inks],
        )

    def placed(self) -> Iterator[tuple[str, float]]:
        """Each line with its baseline."""
        for at, line in enumerate(self.lines):
            yield line, self.y + at * self.style.size * self.style.leading


def set_card(card: Card) -> list[Text]:
    """Every text of a card in its place. Raises ValueError for a letter that no face has.

    The title takes the largest size at which it and a claim fit. A word is broken, and a text shortened, only
    when the smallest
    size is still too large.
    """
    name = Setting("source-sans-3", 600, 25, "ink")
    texts = (
        [Text("foot", (card.foot,), LEFT, FOOT, Setting("newsreader", 490, 27, "ink", tracking=-0.004))]
        if card.foot
        else []
    )
    if card.publisher:
        texts.append(
            Text("publisher", (card.publisher,), RIGHT - line_width(card.publisher, name), FOOT, name)
        )
    if not card.kicker:  # the front page
        texts.append(_title(card.title, HOME_SIZE, 181))
        if card.subtitle:
            texts.append(
                Text(
                    "subtitle",
                    (card.subtitle,),
                    LEFT - 1,
                    240,
                    Setting("newsreader", 440, 47, "muted", tracking=-0.01),
                )
            )
        return [*texts, _claim(card.claims, 331) or _cut_claim(card.claims, 331)]
    color = f"{LAYER_TOKENS[card.layer]}-text" if card.layer else "ink-2"
    texts.append(Text("kicker", (card.kicker,), LEFT + 38, 112, Setting("source-sans-3", 600, 26, color)))
    return [*texts, *_title_and_claim(card)]


def _title_and_claim(card: Card) -> list[Text]:
    """The largest title that leaves room for a claim; at the smallest size, what can be shown of both."""
    for size in TITLE_SIZES:
        title = _title(card.title, size)
        if len(title.lines) > LINES or any(
            line_width(word, title.style) > COLUMN for word in card.title.split()
        ):
            continue
        claim = _claim(card.claims, _below(title))
        if claim:
            return [title, claim]
    title = _title(card.title, TITLE_SIZES[-1])
    title = replace(title, lines=shorten(card.title, title.style, COLUMN, LINES))
    return [title, _claim(card.claims, _below(title)) or _cut_claim(card.claims, _below(title))]


def _title(words: str, size: float, y: float | None = None) -> Text:
    """A title whose capitals begin at one height whatever its size, hung left a little so that its stems
    stand above the claim's.
    """
    style = Setting("newsreader", 440, size, "ink", tracking=-0.018, leading=1.04)
    return Text("title", balanced(words, style, COLUMN), LEFT - 0.04 * size, y or 158 + 0.68 * size, style)


def _below(title: Text) -> float:
    """The baseline of a claim of the largest size under a title: room for descenders, and a gap that follows
    the title's size.
    """
    last = title.y + (len(title.lines) - 1) * title.style.size * title.style.leading
    return last + 0.32 * title.style.size + 50


def _claim(claims: tuple[str, ...], y: float) -> Text | None:
    """The first claim that fits, at the largest size at which one does."""
    for size in CLAIM_SIZES:
        for claim in claims:
            text = _set_claim(claim, size, y)
            if len(text.lines) <= CLAIM_LINES and text.box.bottom <= FLOOR:
                return text
    return None


def _cut_claim(claims: tuple[str, ...], y: float) -> Text:
    """The last claim at the smallest size, shortened to the lines that there is room for."""
    text = _set_claim(claims[-1], CLAIM_SIZES[-1], y)
    room = int((FLOOR - 0.3 * text.style.size - text.y) / (text.style.size * text.style.leading)) + 1
    return replace(text, lines=shorten(claims[-1], text.style, COLUMN, min(CLAIM_LINES, room)))


def _set_claim(words: str, size: float, y: float) -> Text:
    style = Setting("newsreader", 400, size, "ink-2", tracking=-0.003, leading=1.35)
    return Text("claim", balanced(words, style, COLUMN), LEFT - 1, y - 0.7 * (CLAIM_SIZES[0] - size), style)


def wrapped(words: str, style: Setting, width: float) -> tuple[str, ...]:
    """Lines no wider than `width` px. A word that is wider alone is broken at a letter."""
    lines, at, space = [""], 0.0, line_width(" ", style) + 2 * style.tracking * style.size
    for word in words.split():
        wide = line_width(word, style)
        if lines[-1] and at + space + wide <= width:
            lines[-1] += f" {word}"
            at += space + wide
            continue
        if lines[-1]:
            lines.append("")
        for letter in word if wide > width else (word,):
            if lines[-1] and line_width(lines[-1] + letter, style) > width:
                lines.append("")
            lines[-1] += letter
        at = line_width(lines[-1], style)
    return tuple(lines)


def balanced(words: str, style: Setting, width: float) -> tuple[str, ...]:
    """As few lines as fit into `width`, of much the same length."""
    lines = wrapped(words, style, width)
    wides, space = (
        [line_width(word, style) for word in words.split()],
        line_width(" ", style) + 2 * style.tracking * style.size,
    )
    narrower = [room for room in range(int(width * 0.55), int(width), 8) if room >= max(wides)]
    # The narrower the room the more lines, so the first room with as few is found by halving.
    at = bisect_left(narrower, -len(lines), key=lambda room: -_count(wides, space, room))
    return wrapped(words, style, narrower[at]) if at < len(narrower) else lines


def _count(wides: list[float], space: float, width: float) -> int:
    """How many lines `wrapped` makes of words of those widths, none wider than `width`."""
    count, at = 1, -space
    for wide in wides:
        if at + space + wide <= width:
            at += space + wide
        else:
            count, at = count + 1, wide
    return count


def shorten(words: str, style: Setting, width: float, most: int) -> tuple[str, ...]:
    """At most that many lines: what is too much is left out from the end, word by word, and an ellipsis says
    so.
    """
    lines = wrapped(words, style, width)
    while len(lines) > most:
        words = words.rsplit(" ", 1)[0] if " " in words else words[:-1]
        lines = wrapped(words.rstrip(" ,;:.") + "…", style, width)
    return lines
