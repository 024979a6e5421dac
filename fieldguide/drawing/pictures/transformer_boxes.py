"""The transformer opened a box at a time: closed, a stack of layers, one layer, and attention as a look-up with degrees.

Outlined boxes are text, pale lists are numbers in flight, solid fields are learned parameters, dark bars are shares. That holds
in all four panels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, model_bar, step
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, text_width
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict
from fieldguide.records.formulas.size import softmax

SLUG = "transformer-boxes"


class Choice(Strict):
    token: str
    score: float


class Token(Strict):
    text: str
    key: list[float] = Key(min_length=2, max_length=2)
    value: list[float] = Key(min_length=2, max_length=2)


class Panel(Strict):
    title: str = Key(max_length=60)


class Data(Strict):
    tokens: list[Token] = Key(min_length=5, max_length=8)
    query: list[float] = Key(min_length=2, max_length=2)
    choices: list[Choice] = Key(min_length=3, max_length=3)
    """Three of the tokens that may follow, with illustrative scores; the rest of the vocabulary is left out."""
    layers: str
    width: str
    vocabulary: str
    head_size: str
    model: str
    panels: list[Panel] = Key(min_length=4, max_length=4)
    attention_says: str = Key(max_length=60)
    feed_forward_says: str = Key(max_length=60)
    note: str


@dataclass(frozen=True)
class Numbers:
    """What is computed from the record's small vectors, and what the model's records say."""

    scores: list[float]
    shares: list[float]
    blend: list[float]
    chances: list[float]
    layers: str
    width: str
    vocabulary: str
    head_size: str


def attention(data: Data) -> tuple[list[float], list[float], list[float]]:
    """Scores, shares and the blended value of the last token: query · key ÷ √d, softmax, weighted sum."""
    root = math.sqrt(len(data.query))
    scores = [sum(q * k for q, k in zip(data.query, token.key, strict=True)) / root for token in data.tokens]
    shares = softmax(scores)
    blend = [sum(share * token.value[at] for share, token in zip(shares, data.tokens, strict=True)) for at in range(len(data.query))]
    return scores, shares, blend


def pair(values: list[float], digits: int = 1) -> str:
    """Two numbers as a reader writes them, with a real minus: "2.6, −0.3"."""
    return ", ".join(f"{value:.{digits}f}".replace("-", "−") for value in values)


def render(data: Data, book: Book) -> Drawing:
    """Wide: four panels, each opened from a box of the one above. Narrow: the same, turned to run downward."""
    scores, shares, blend = attention(data)
    layers, width, vocabulary, head = (number(book, reference) for reference in (data.layers, data.width, data.vocabulary, data.head_size))
    numbers = Numbers(scores, shares, blend, softmax([choice.score for choice in data.choices]), f"{layers:.0f}", f"{width:,.0f}", f"{vocabulary:,.0f}", f"{head:.0f}")
    last = data.tokens[-1].text
    table = Table("The transformer, box by box", ["Panel", "What", "Value"], [
        [data.panels[1].title, f"Layers of {data.model}", checked(data.layers, numbers.layers)],
        [data.panels[1].title, f"Numbers in the list of one token, {data.model}", checked(data.width, numbers.width)],
        [data.panels[1].title, f"Rows in the table of tokens, {data.model}", checked(data.vocabulary, numbers.vocabulary)],
        [data.panels[2].title, "Attention", data.attention_says],
        [data.panels[2].title, "Feed-forward", data.feed_forward_says],
        [data.panels[3].title, f"Numbers in a query or key, {data.model}", checked(data.head_size, numbers.head_size)],
        *([data.panels[3].title, f"Share of “{token.text}” for “{last}”, illustrative", f"{share:.2f}"] for token, share in zip(data.tokens, shares, strict=True)),
    ])
    return finish(book, SLUG, _wide(data, numbers), _narrow(data, numbers), table)


# Pieces


def _tokens(sheet: Sheet, x: float, y: float, width: float, data: Data, size: float) -> float:
    """The text in boxes, wrapped; the last one is heavier. Returns the foot."""
    left, line, tall, pad = x, y, size * 1.8, 5.5 if sheet.kind == "wide" else 4.4
    for at, token in enumerate(data.tokens):
        wide = text_width(token.text, size) + 2 * pad
        if left + wide > x + width:
            left, line = x, line + tall + 5
        final = at == len(data.tokens) - 1
        sheet.rect(left, line, wide, tall, fill="paper", stroke="ink" if final else "ink-2", stroke_width=2 if final else 1.1)
        sheet.text(left + pad, line + size * 1.26, token.text, size=size, weight=600 if final else 400)
        left += wide + (4 if sheet.kind == "wide" else 2.6)
    return line + tall


def _list(sheet: Sheet, x: float, y: float, width: float, height: float, heavy: bool = False) -> None:
    """The list of one token: five cells along the longer side."""
    sheet.rect(x, y, width, height, fill="model-wash", stroke="model", stroke_width=2 if heavy else 1.1)
    for at in range(1, 5):
        if height > width:
            sheet.line(x, y + height * at / 5, x + width, y + height * at / 5, stroke="model", stroke_width=.8)
        else:
            sheet.line(x + width * at / 5, y, x + width * at / 5, y + height, stroke="model", stroke_width=.8)


def _lists(sheet: Sheet, x: float, y: float, count: int, width: float, height: float, gap: float) -> float:
    for at in range(count):
        _list(sheet, x + at * (width + gap), y, width, height, at == count - 1)
    return x + count * (width + gap) - gap


def _chances(sheet: Sheet, x: float, y: float, width: float, data: Data, numbers: Numbers, size: float) -> float:
    """Three possible next tokens with their shares. Returns the foot."""
    name = max(text_width(choice.token, size) for choice in data.choices) + 10
    for choice, chance in zip(data.choices, numbers.chances, strict=True):
        sheet.text(x, y + size, choice.token, size=size)
        bar = (width - name - 34) * chance
        sheet.rect(x + name, y + 2, bar, size - 1, fill="ink-2")
        sheet.text(x + name + bar + 6, y + size, f"{chance:.2f}", size=size)
        y += size * 1.5
    return y


def _plus(sheet: Sheet, x: float, y: float) -> None:
    sheet.circle(x, y, 8, fill="paper", stroke="model", stroke_width=1.5)
    sheet.path(f"M{x - 4} {y}h8M{x} {y - 4}v8", stroke="model", stroke_width=1.5)


def _part(sheet: Sheet, x: float, y: float, width: float, height: float, name: str, size: float) -> None:
    """A part of a layer: a box with its learned parameters as a solid edge."""
    sheet.rect(x, y, width, height, fill="paper", stroke="model", stroke_width=1.4)
    model_bar(sheet, x, y, 9, height)
    sheet.text(x + 19, y + height / 2 + size * .34, name, size=size, weight=600, fill="model-text")


def _opened(sheet: Sheet, left: float, right: float, y: float, frame: tuple[float, float, float, float]) -> None:
    """Two lines from below a box, at the foot of its own panel, to the frame that shows its inside; and the frame."""
    x, top, width, height = frame
    sheet.line(left, y, x, top, stroke="rule-strong")
    sheet.line(right, y, x + width, top, stroke="rule-strong")
    sheet.rect(x, top, width, height, stroke="rule-strong")


def _root(data: Data) -> str:
    return f"÷ √{len(data.query)}"


def _worked(data: Data, numbers: Numbers) -> str:
    """The greatest score as a sum that a reader can redo."""
    at = max(range(len(numbers.scores)), key=lambda index: numbers.scores[index])
    token = data.tokens[at]
    products = " + ".join(f"{q:.1f} × {k:.1f}" for q, k in zip(data.query, token.key, strict=True)).replace("-", "−")
    return f"{token.text}: ({products}) ÷ {math.sqrt(len(data.query)):.2f} = {numbers.scores[at]:.1f}"


def _passes() -> str:
    return "One head’s blend. All heads’ blends pass an output matrix; the result is added to the list."


def _lookup(sheet: Sheet, x: float, y: float, columns: tuple[float, float, float, float, float], bar: float, data: Data, numbers: Numbers, size: float, row: float) -> float:
    """Keys, scores, shares and values of every token, and the blend. Returns the foot."""
    heads = ("token", "key", "score", "share", "value")
    for at, head in zip(columns, heads, strict=True):
        sheet.text(x + at, y, head, size=size, fill="muted")
    y += 6
    right = x + columns[4] + text_width("−0.0, −0.0", size) + 4
    sheet.line(x, y, right, y, stroke="ink")
    for token, score, share in zip(data.tokens, numbers.scores, numbers.shares, strict=True):
        base = y + row * .5 + size * .36
        most = share == max(numbers.shares)
        weight = 600 if most else 400
        sheet.text(x, base, token.text, size=size, weight=weight)
        sheet.text(x + columns[1], base, pair(token.key), size=size, weight=weight)
        sheet.text(x + columns[2], base, f"{score:.1f}".replace("-0.0", "0.0").replace("-", "−"), size=size, weight=weight)
        sheet.rect(x + columns[3], base - size * .74, max(bar * share, 1), size * .84, fill="ink-2")
        sheet.text(x + columns[3] + bar * share + 5, base, f"{share:.2f}", size=size, weight=weight)
        sheet.text(x + columns[4], base, pair(token.value), size=size, weight=weight)
        y += row
    sheet.line(x, y, right, y, stroke="ink")
    base = y + row * .5 + size * .36 + 1
    sheet.text(x, base, "shares × values, added up", size=size, weight=600)
    sheet.text(x + columns[4], base, pair(numbers.blend), size=size, weight=600, fill="model-text")
    return y + row


# Wide


def _wide(data: Data, numbers: Numbers) -> Sheet:
    sheet, size, count = Sheet(), 13.5, len(data.tokens)
    last = data.tokens[-1].text

    def title(y: float, at: int, x: float = 12) -> None:
        step(sheet, x + 11, y - 5, at, size)
        sheet.text(x + 29, y, data.panels[at - 1].title, size=size + 2.5, weight=520, face="display")

    # 1 closed
    title(16, 1, 0)
    foot = _tokens(sheet, .6, 40, 420, data, 14)
    middle = (40 + foot) / 2
    end = sum(text_width(token.text, 14) + 15 for token in data.tokens)
    sheet.arrow(end + 8, middle, end + 34, middle)
    box = end + 44
    model_bar(sheet, box, middle - 26, 108, 52)
    sheet.text(box, middle - 34, "transformer", size=size, weight=600, fill="model-text")
    step(sheet, box + 97, middle - 39, 2, size)
    sheet.arrow(box + 118, middle, box + 144, middle)
    _chances(sheet, box + 156, middle - 29, 760 - box - 156, data, numbers, size)
    # 2 a stack of layers
    top = 122
    _opened(sheet, box, box + 108, middle + 26, (.5, top, 759, 164))
    title(top + 26, 2)
    y = top + 58
    model_bar(sheet, 16, y, 26, 62)
    sheet.arrow(50, y + 31, 68, y + 31)
    at = _lists(sheet, 76, y, count, 14, 62, 5)
    sheet.text(16, y + 82, f"table, then a list of {numbers.width} numbers for each token", size=size, fill="ink-2")
    sheet.arrow(at + 10, y + 31, at + 34, y + 31)
    stack = at + 46
    opened = 0.0
    for bar in range(9):
        x = stack + bar * 19
        if bar == 6:
            for dot in (-1, 0, 1):
                sheet.circle(x + 6 + dot * 6, y + 31, 1.5, fill="ink-2")
            continue
        model_bar(sheet, x, y, 11, 62)
        if bar == 3:
            opened = x
            sheet.rect(x - 3.5, y - 3.5, 18, 69, stroke="ink", stroke_width=1.3)
            step(sheet, x + 5.5, y - 14, 3, size)
    right = stack + 8 * 19 + 11
    sheet.text(right, y - 10, f"{numbers.layers} layers", size=size, weight=600, anchor="end")
    sheet.arrow(right + 10, y + 31, right + 34, y + 31)
    after = _lists(sheet, right + 44, y, count, 14, 62, 5)
    sheet.arrow(after + 8, y + 31, after + 26, y + 31)
    model_bar(sheet, after + 36, y, 26, 62)
    sheet.arrow(after + 70, y + 31, after + 88, y + 31)
    sheet.text(after + 96, y + 26, "scores,", size=size, fill="ink-2")
    sheet.text(after + 96, y + 44, "softmax", size=size, fill="ink-2")
    sheet.text(744, y + 82, f"table, then a score for each of {numbers.vocabulary} tokens", size=size, fill="ink-2", anchor="end")
    # 3 one layer
    top3 = 320
    _opened(sheet, opened - 3.5, opened + 14.5, top + 164, (.5, top3, 759, 174))
    title(top3 + 26, 3)
    rail = top3 + 142
    sheet.line(118, rail, 706, rail, stroke="model", stroke_width=2.6)
    sheet.rect(16, rail - 13, text_width(last, 14) + 13, 26, fill="paper", stroke="ink", stroke_width=2)
    sheet.text(22.5, rail + 5, last, size=14, weight=600)
    _list(sheet, 48, rail - 8, 66, 16, True)
    part = top3 + 48
    # what attention reads
    for lane, token in enumerate([token for token in data.tokens if token.text in _read(data, numbers)]):
        ly = part + 2 + lane * 23
        sheet.text(16, ly + 11, token.text, size=size, fill="ink-2")
        _list(sheet, 92, ly, 52, 13)
        sheet.arrow(150, ly + 6.5, 186, part + 18)
    _part(sheet, 192, part, 120, 38, "attention", size + .5)
    step(sheet, 312, part, 4, size)
    sheet.arrow(214, rail, 214, part + 42, stroke="model", stroke_width=1.4)
    sheet.arrow_path([(312, part + 19), (342, part + 19), (342, rail - 11)], stroke="model", stroke_width=1.4)
    _plus(sheet, 342, rail)
    _part(sheet, 446, part, 124, 38, "feed-forward", size + .5)
    sheet.arrow(468, rail, 468, part + 42, stroke="model", stroke_width=1.4)
    sheet.arrow_path([(570, part + 19), (600, part + 19), (600, rail - 11)], stroke="model", stroke_width=1.4)
    _plus(sheet, 600, rail)
    sheet.paragraph(228, part + 60, data.attention_says, 100, size=size, fill="ink-2", leading=1.2)
    sheet.paragraph(482, part + 60, data.feed_forward_says, 104, size=size, fill="ink-2", leading=1.2)
    sheet.text(358, part + 24, "adds", size=size, fill="muted")
    sheet.text(616, part + 24, "adds", size=size, fill="muted")
    sheet.arrow(690, rail, 712, rail, stroke="model", stroke_width=2.6, head=5)
    sheet.text(744, rail - 12, "next layer", size=size, fill="ink-2", anchor="end")
    sheet.text(118, rail + 22, f"the list of “{last}” runs on; each part only adds to it", size=size, fill="muted")
    # 4 attention
    top4 = 528
    foot4 = top4 + 76 + 21 * (count + 1) + 14
    _opened(sheet, 192, 312, top3 + 174, (.5, top4, 759, foot4 - top4))
    title(top4 + 26, 4)
    _lookup(sheet, 16, top4 + 58, (0, 92, 190, 246, 390), 92, data, numbers, size, 21)
    x = 522
    sheet.text(x, top4 + 58, f"query of “{last}”", size=size, fill="muted")
    sheet.text(x, top4 + 80, pair(data.query), size=17, weight=600)
    y = top4 + 110
    for line in ("score: query × key, added up, " + _root(data), _worked(data, numbers), "share: softmax of the scores"):
        y += sheet.paragraph(x, y, line, 236, size=size, fill="ink-2", leading=1.3) + 3
    sheet.paragraph(x, y + 8, _passes(), 226, size=size, weight=600, leading=1.3)
    sheet.line(502, top4 + 46, 502, foot4 - 16, stroke="rule")
    y = foot4 + 24
    _legend(sheet, 0, y, size)
    y += 20
    y += sheet.paragraph(0, y, data.note.replace("{head}", numbers.head_size), 760, size=size, fill="muted", leading=1.3)
    sheet.height = y - 8
    return sheet


def _read(data: Data, numbers: Numbers) -> list[str]:
    """The three other tokens with the greatest shares."""
    order = sorted(range(len(data.tokens) - 1), key=lambda at: numbers.shares[at], reverse=True)
    return [data.tokens[at].text for at in order[:3]]


def _legend(sheet: Sheet, x: float, y: float, size: float) -> None:
    """What the four looks stand for, in one line or two."""
    at = x
    for look, name in (("text", "text"), ("list", "numbers of one token"), ("learned", "learned parameters"), ("share", "shares, adding up to 1")):
        wide = 38 + text_width(name, size)
        if at + wide > sheet.width:
            at, y = x, y + size * 1.6
        if look == "text":
            sheet.rect(at + .6, y - 10, 20, 12, fill="paper", stroke="ink-2", stroke_width=1.1)
        elif look == "list":
            _list(sheet, at + .6, y - 10, 22, 12)
        else:
            sheet.rect(at, y - 10, 22, 12, fill="model" if look == "learned" else "ink-2")
        sheet.text(at + 29, y, name, size=size, fill="ink-2")
        at += wide + 16


# Narrow


def _narrow(data: Data, numbers: Numbers) -> Sheet:
    sheet, size, count = Sheet(width=NARROW, kind="narrow"), 12.5, len(data.tokens)
    last = data.tokens[-1].text

    def title(y: float, at: int) -> None:
        step(sheet, 10, y - 5, at, 12.5)
        sheet.paragraph(27, y, data.panels[at - 1].title, NARROW - 27, size=15.5, weight=520, face="display", leading=1.2)

    # 1 closed
    title(16, 1)
    foot = _tokens(sheet, .8, 32, NARROW - 1, data, 12.5)
    sheet.arrow(20, foot + 6, 20, foot + 24)
    model_bar(sheet, 0, foot + 30, 200, 26)
    sheet.text(210, foot + 47, "transformer", size=size, weight=600, fill="model-text")
    step(sheet, NARROW - 12, foot + 43, 2, 12.5)
    sheet.arrow(20, foot + 62, 20, foot + 80)
    y = _chances(sheet, 0, foot + 84, NARROW, data, numbers, size)
    # 2 a stack of layers
    y += 25
    title(y, 2)
    y += 18
    model_bar(sheet, 0, y, 200, 14)
    sheet.text(210, y + 11.5, f"table of {numbers.vocabulary}", size=size, fill="ink-2")
    sheet.arrow(20, y + 18, 20, y + 31)
    y += 36
    _lists(sheet, .8, y, count, 22, 30, 7)
    sheet.text(210, y + 13, f"{numbers.width} numbers", size=size, fill="ink-2")
    sheet.text(210, y + 29, "for each token", size=size, fill="ink-2")
    sheet.arrow(20, y + 35, 20, y + 48)
    y += 54
    for bar in range(6):
        if bar == 4:
            for dot in (-1, 0, 1):
                sheet.circle(100 + dot * 7, y + bar * 13 + 4.5, 1.5, fill="ink-2")
            continue
        model_bar(sheet, 0, y + bar * 13, 200, 9)
        if bar == 2:
            sheet.rect(.8, y + bar * 13 - 2.6, 201, 14.2, stroke="ink", stroke_width=1.3)
    sheet.text(210, y + 34, f"{numbers.layers} layers", size=size, weight=600)
    step(sheet, NARROW - 12, y + 30, 3, 12.5)
    y += 79
    sheet.arrow(20, y, 20, y + 13)
    y += 18
    _lists(sheet, .8, y, count, 22, 30, 7)
    sheet.text(210, y + 20, "the same lists, richer", size=size, fill="ink-2")
    sheet.arrow(183, y + 35, 183, y + 48)
    y += 53
    model_bar(sheet, 0, y, 200, 14)
    sheet.text(210, y + 11.5, "a score for each", size=size, fill="ink-2")
    y += 14
    # 3 one layer
    y += 38
    title(y, 3)
    y += 18
    rail = 22
    sheet.rect(.8 + rail - 18, y, 36, 24, fill="paper", stroke="ink", stroke_width=2)
    sheet.text(rail, y + 17, last, size=13, weight=600, anchor="middle")
    start = y + 24
    ends = start + 276
    sheet.line(rail, start, rail, ends, stroke="model", stroke_width=2.6)
    _list(sheet, rail - 8, start + 8, 16, 40, True)
    sheet.paragraph(44, start + 22, f"the list of “{last}” runs on; each part only adds to it", NARROW - 44, size=size, fill="muted", leading=1.3)
    for place, name, says in ((start + 84, "attention", data.attention_says), (start + 178, "feed-forward", data.feed_forward_says)):
        sheet.arrow(rail, place + 12, 58, place + 12, stroke="model", stroke_width=1.4)
        _part(sheet, 62, place - 4, 116, 32, name, 13)
        if name == "attention":
            step(sheet, 178, place - 4, 4, 12.5)
        sheet.arrow_path([(92, place + 28), (92, place + 56), (rail + 11, place + 56)], stroke="model", stroke_width=1.4)
        sheet.text(100, place + 52, "adds", size=size, fill="muted")
        _plus(sheet, rail, place + 56)
        sheet.paragraph(194, place + 8, says, NARROW - 194, size=size, fill="ink-2", leading=1.25)
    sheet.arrow(rail, ends - 8, rail, ends + 8, stroke="model", stroke_width=2.6, head=5)
    sheet.text(44, ends + 6, "next layer", size=size, fill="ink-2")
    y = ends + 8
    # 4 attention
    y += 44
    title(y, 4)
    y += 24
    width = sheet.text(0, y, f"query of “{last}”:", size=size, fill="ink-2")
    sheet.text(width + 8, y, pair(data.query), size=14, weight=600)
    y = _lookup(sheet, 0, y + 24, (0, 66, 130, 170, 264), 56, data, numbers, size, 20)
    y += 16
    for line in ("score: query × key, added up, " + _root(data), _worked(data, numbers), "share: softmax of the scores"):
        y += sheet.paragraph(0, y, line, NARROW, size=size, fill="ink-2", leading=1.3) + 2
    y += 4 + sheet.paragraph(0, y + 4, _passes(), NARROW, size=size + .5, weight=600, leading=1.3)
    sheet.line(0, y, NARROW, y, stroke="rule-strong")
    _legend(sheet, 0, y + 22, size)
    y += 62
    y += sheet.paragraph(0, y, data.note.replace("{head}", numbers.head_size), NARROW, size=size, fill="muted", leading=1.3)
    sheet.height = y - 8
    return sheet
