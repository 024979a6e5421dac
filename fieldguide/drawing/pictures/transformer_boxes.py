"""The transformer opened a box at a time: closed, a stack of layers, one layer, and attention as a look-up
with degrees.

Outlined boxes are text, pale lists are numbers in flight, solid fields are learned parameters, dark bars are
shares. That holds
in all four panels.
"""

from __future__ import annotations

import math

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.canvas import NARROW, Anchor
from fieldguide.drawing.measure import text_width
from fieldguide.drawing.pieces import drawing_of, in_rows, model_bar, step, vector
from fieldguide.drawing.record_values import checked
from fieldguide.drawing.shapes import Drawing, Table
from fieldguide.drawing.sheet import Sheet
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


class TransformerBoxesData(Strict):
    tokens: list[Token] = Key(min_length=5, max_length=8)
    query: list[float] = Key(min_length=2, max_length=2)
    choices: list[Choice] = Key(min_length=3, max_length=3)
    """Three of the tokens that may follow, with illustrative scores; the rest of the vocabulary is left
    out.
    """
    layers: str
    width: str
    vocabulary: str
    head_size: str
    model: str
    panels: list[str] = Key(min_length=4, max_length=4)
    attention_says: str = Key(max_length=60)
    feed_forward_says: str = Key(max_length=60)
    note: str


DATA = TransformerBoxesData


def attention(data: TransformerBoxesData) -> tuple[list[float], list[float], list[float]]:
    """Scores, shares and the blended value of the last token: query · key ÷ √d, softmax, weighted sum."""
    root = math.sqrt(len(data.query))
    scores = [sum(q * k for q, k in zip(data.query, token.key, strict=True)) / root for token in data.tokens]
    shares = softmax(scores)
    blend = [
        sum(share * token.value[index] for share, token in zip(shares, data.tokens, strict=True))
        for index in range(len(data.query))
    ]
    return scores, shares, blend


def pair(values: list[float]) -> str:
    """Two numbers as a reader writes them, with a real minus: "2.6, −0.3"."""
    return ", ".join(f"{value:.1f}".replace("-", "−") for value in values)


def entries(data: TransformerBoxesData, book: Book) -> list[DrawnPart]:
    """For assertions: the share of each token."""
    return [
        DrawnPart(frozenset({token.text.lower()}), {"share": [share]})
        for token, share in zip(data.tokens, attention(data)[1], strict=True)
    ]


def render(data: TransformerBoxesData, book: Book) -> Drawing:
    """Wide: four panels, each opened from a box of the one above. Narrow: the same, turned to run
    downward.
    """
    counts = {
        key: f"{number(book, getattr(data, key)):,.0f}"
        for key in ("layers", "width", "vocabulary", "head_size")
    }
    recorded = {key: checked(getattr(data, key), count) for key, count in counts.items()}
    table = Table(
        "The transformer, box by box",
        ["Panel", "What", "Value"],
        [
            [data.panels[1], f"Layers of {data.model}", recorded["layers"]],
            [data.panels[1], f"Numbers in the list of one token, {data.model}", recorded["width"]],
            [data.panels[1], f"Rows in the table of tokens, {data.model}", recorded["vocabulary"]],
            [data.panels[2], "Attention", data.attention_says],
            [data.panels[2], "Feed-forward", data.feed_forward_says],
            [data.panels[3], f"Numbers in a query or key, {data.model}", recorded["head_size"]],
            *(
                [
                    data.panels[3],
                    f"Share of “{token.text}” for “{data.tokens[-1].text}”, illustrative",
                    f"{share:.2f}",
                ]
                for token, share in zip(data.tokens, attention(data)[1], strict=True)
            ),
        ],
    )
    return drawing_of(
        book.figures[SLUG],
        _Wide(data, counts, Sheet(), 13.5).draw(),
        _Narrow(data, counts, Sheet(width=NARROW, kind="narrow"), 12.5).draw(),
        table,
        fold_gap=20,
    )


PASSES = "One head’s blend. All heads’ blends pass an output matrix; the result is added to the list."
FADES = 1.4
"""Width of a line that joins parts of a layer."""


class _Boxes:
    """The four panels, as either width draws them."""

    def __init__(self, data: TransformerBoxesData, counts: dict[str, str], sheet: Sheet, size: float) -> None:
        self.data, self.counts, self.sheet, self.size = data, counts, sheet, size
        self.count, self.last = len(data.tokens), data.tokens[-1].text
        self.scores, self.shares, self.blend = attention(data)

    def say(
        self, x: float, y: float, text: str, fill: str = "ink-2", weight: int = 400, anchor: Anchor = "start"
    ) -> float:
        return self.sheet.text(x, y, text, size=self.size, fill=fill, weight=weight, anchor=anchor)

    def prose(
        self, x: float, y: float, text: str, width: float, fill: str = "ink-2", leading: float = 1.3
    ) -> float:
        return self.sheet.paragraph(x, y, text, width, size=self.size, fill=fill, leading=leading)

    def arrows(self, *ends: tuple[float, float, float, float]) -> None:
        for end in ends:
            self.sheet.arrow(*end)

    def bars(self, *boxes: tuple[float, float, float, float]) -> None:
        """Draws learned parameters as filled boxes."""
        for box in boxes:
            model_bar(self.sheet, *box)

    def tokens(self, x: float, y: float, width: float, size: float) -> float:
        """Draws the tokens in boxes, wrapped to the width, the last one with a heavier outline. Returns the y
        coordinate of the foot.
        """
        sheet, tall, (pad, gap) = (
            self.sheet,
            size * 1.8,
            (5.5, 4) if self.sheet.kind == "wide" else (4.4, 2.6),
        )
        widths = [text_width(token.text, size) + 2 * pad for token in self.data.tokens]
        for (left, row), wide, token in zip(
            in_rows(widths, width, gap), widths, self.data.tokens, strict=True
        ):
            final, line = token is self.data.tokens[-1], y + row * (tall + 5)
            sheet.rect(
                x + left,
                line,
                wide,
                tall,
                fill="paper",
                stroke="ink" if final else "ink-2",
                stroke_width=2 if final else 1.1,
            )
            sheet.text(
                x + left + pad, line + size * 1.26, token.text, size=size, weight=600 if final else 400
            )
        return line + tall

    def lists(self, x: float, y: float, width: float, height: float, gap: float) -> float:
        """Draws the vectors of all tokens side by side. Returns the x coordinate of the right edge."""
        for index in range(self.count):
            vector(self.sheet, x + index * (width + gap), y, width, height, index == self.count - 1)
        return x + self.count * (width + gap) - gap

    def chances(self, x: float, y: float, width: float) -> float:
        """Draws three possible next tokens with their shares. Returns the y coordinate of the foot."""
        size = self.size
        name = max(text_width(choice.token, size) for choice in self.data.choices) + 10
        for choice, chance in zip(
            self.data.choices, softmax([choice.score for choice in self.data.choices]), strict=True
        ):
            self.say(x, y + size, choice.token, "ink")
            bar = (width - name - 34) * chance
            self.sheet.rect(x + name, y + 2, bar, size - 1, fill="ink-2")
            self.say(x + name + bar + 6, y + size, f"{chance:.2f}", "ink")
            y += size * 1.5
        return y

    def dots(self, x: float, y: float, step: float) -> None:
        """Draws three dots, an ellipsis with its middle at (x, y)."""
        for offset in (-1, 0, 1):
            self.sheet.circle(x + offset * step, y, 1.5, fill="ink-2")

    def part(self, x: float, y: float, width: float, height: float, name: str, size: float) -> None:
        """Draws a part of a layer: a box with its learned parameters as a solid edge."""
        self.sheet.rect(x, y, width, height, fill="paper", stroke="model", stroke_width=1.4)
        model_bar(self.sheet, x, y, 9, height)
        self.sheet.text(x + 19, y + height / 2 + size * 0.34, name, size=size, weight=600, fill="model-text")

    def plus(self, x: float, y: float) -> None:
        self.sheet.circle(x, y, 8, fill="paper", stroke="model", stroke_width=1.5)
        self.sheet.path(f"M{x - 4} {y}h8M{x} {y - 4}v8", stroke="model", stroke_width=1.5)

    def steps(self, x: float, y: float, width: float, gap: float) -> float:
        """Says how scores and shares are computed, with the greatest score as arithmetic that readers can
        redo. Returns the y coordinate of the next text.
        """
        query, best = self.data.query, self.scores.index(max(self.scores))
        token = self.data.tokens[best]
        products = " + ".join(f"{q:.1f} × {k:.1f}" for q, k in zip(query, token.key, strict=True)).replace(
            "-", "−"
        )
        worked = f"{token.text}: ({products}) ÷ {math.sqrt(len(query)):.2f} = {self.scores[best]:.1f}"
        for line in (
            f"score: query × key, added up, ÷ √{len(query)}",
            worked,
            "share: softmax of the scores",
        ):
            y += self.prose(x, y, line, width) + gap
        return y

    def lookup(self, x: float, y: float, columns: tuple[float, ...], bar: float, row: float) -> float:
        """Draws the key, score, share and value of every token, and the blend. Returns the y coordinate
        of the foot.
        """
        sheet, size = self.sheet, self.size
        for offset, head in zip(columns, ("token", "key", "score", "share", "value"), strict=True):
            self.say(x + offset, y, head, "muted")
        y += 6
        right = x + columns[4] + text_width("−0.0, −0.0", size) + 4
        sheet.line(x, y, right, y, stroke="ink")
        for token, score, share in zip(self.data.tokens, self.scores, self.shares, strict=True):
            base, weight = y + row * 0.5 + size * 0.36, 600 if share == max(self.shares) else 400
            cells = (
                token.text,
                pair(token.key),
                f"{score:.1f}".replace("-0.0", "0.0").replace("-", "−"),
                f"{share:.2f}",
                pair(token.value),
            )
            sheet.rect(x + columns[3], base - size * 0.74, max(bar * share, 1), size * 0.84, fill="ink-2")
            for column, cell in enumerate(cells):
                self.say(
                    x + columns[column] + (bar * share + 5 if column == 3 else 0),
                    base,
                    cell,
                    "ink",
                    weight=weight,
                )
            y += row
        sheet.line(x, y, right, y, stroke="ink")
        base = y + row * 0.5 + size * 0.36 + 1
        self.say(x, base, "shares × values, added up", "ink", weight=600)
        self.say(x + columns[4], base, pair(self.blend), "model-text", weight=600)
        return y + row

    def legend(self, y: float) -> None:
        """Draws the key of the four kinds of box, in one line or two."""
        x, sheet = 0.0, self.sheet
        for look, name in (
            ("text", "text"),
            ("list", "numbers of one token"),
            ("learned", "learned parameters"),
            ("share", "shares, adding up to 1"),
        ):
            wide = 38 + text_width(name, self.size)
            if x + wide > sheet.width:
                x, y = 0.0, y + self.size * 1.6
            if look == "text":
                sheet.rect(x + 0.6, y - 10, 20, 12, fill="paper", stroke="ink-2", stroke_width=1.1)
            elif look == "list":
                vector(sheet, x + 0.6, y - 10, 22, 12)
            else:
                sheet.rect(x, y - 10, 22, 12, fill="model" if look == "learned" else "ink-2")
            self.say(x + 29, y, name)
            x += wide + 16

    def close(self, y: float) -> Sheet:
        """Draws the note at the foot and returns the sheet."""
        self.sheet.height = (
            y
            + self.prose(
                0, y, self.data.note.replace("{head}", self.counts["head_size"]), self.sheet.width, "muted"
            )
            - 8
        )
        return self.sheet


class _Wide(_Boxes):
    """Each panel is opened from a box of the one above."""

    def draw(self) -> Sheet:
        foot = self.attention(self.layer(self.stack(*self.closed())))
        self.legend(foot + 24)
        return self.close(foot + 44)

    def title(self, y: float, panel: int, x: float = 12) -> None:
        step(self.sheet, x + 11, y - 5, panel, self.size)
        self.sheet.text(
            x + 29, y, self.data.panels[panel - 1], size=self.size + 2.5, weight=520, face="display"
        )

    def opened(self, left: float, right: float, y: float, top: float, height: float, panel: int) -> None:
        """Draws the frame and title of a panel (numbered from 1), and two lines to it from the box that it
        opens, whose foot runs from `left` to `right` at `y`.
        """
        self.sheet.line(left, y, 0.5, top, stroke="rule-strong")
        self.sheet.line(right, y, 759.5, top, stroke="rule-strong")
        self.sheet.rect(0.5, top, 759, height, stroke="rule-strong")
        self.title(top + 26, panel)

    def closed(self) -> tuple[float, float]:
        """Draws panel 1. Returns the x coordinate of the box's left edge and the y coordinate of its foot."""
        sheet = self.sheet
        self.title(16, 1, 0)
        foot = self.tokens(0.6, 40, 420, 14)
        middle, end = (40 + foot) / 2, sum(text_width(token.text, 14) + 15 for token in self.data.tokens)
        box = end + 44
        self.bars((box, middle - 26, 108, 52))
        self.arrows((end + 8, middle, end + 34, middle), (box + 118, middle, box + 144, middle))
        self.say(box, middle - 34, "transformer", "model-text", 600)
        step(sheet, box + 97, middle - 39, 2, self.size)
        self.chances(box + 156, middle - 29, 760 - box - 156)
        return box, middle + 26

    def stack(self, box: float, foot: float) -> float:
        """Draws panel 2. Returns the x coordinate of the left edge of the layer that panel 3 opens."""
        sheet, top = self.sheet, 122
        self.opened(box, box + 108, foot, top, 164, 2)
        y = top + 58
        lists_right = self.lists(76, y, 14, 62, 5)
        self.say(16, y + 82, f"table, then a list of {self.counts['width']} numbers for each token")
        first, opened, right = lists_right + 46, lists_right + 46 + 3 * 19, lists_right + 46 + 8 * 19 + 11
        self.bars(*((first + bar * 19, y, 11, 62) for bar in (0, 1, 2, 3, 4, 5, 7, 8)))
        self.dots(first + 6 * 19 + 6, y + 31, 6)
        sheet.rect(opened - 3.5, y - 3.5, 18, 69, stroke="ink", stroke_width=1.3)
        step(sheet, opened + 5.5, y - 14, 3, self.size)
        self.say(right, y - 10, f"{self.counts['layers']} layers", "ink", 600, "end")
        after = self.lists(right + 44, y, 14, 62, 5)
        self.bars((16, y, 26, 62), (after + 36, y, 26, 62))
        self.arrows(
            *(
                (start, y + 31, end, y + 31)
                for start, end in (
                    (50, 68),
                    (lists_right + 10, lists_right + 34),
                    (right + 10, right + 34),
                    (after + 8, after + 26),
                    (after + 70, after + 88),
                )
            )
        )
        self.say(after + 96, y + 26, "scores,")
        self.say(after + 96, y + 44, "softmax")
        self.say(
            744, y + 82, f"table, then a score for each of {self.counts['vocabulary']} tokens", anchor="end"
        )
        return opened

    def layer(self, opened: float) -> float:
        """Draws panel 3. Returns the y coordinate of its foot."""
        sheet, size, top = self.sheet, self.size, 320
        self.opened(opened - 3.5, opened + 14.5, 286, top, 174, 3)
        rail, part = top + 142, top + 48
        sheet.line(118, rail, 706, rail, stroke="model", stroke_width=2.6)
        sheet.rect(
            16, rail - 13, text_width(self.last, 14) + 13, 26, fill="paper", stroke="ink", stroke_width=2
        )
        sheet.text(22.5, rail + 5, self.last, size=14, weight=600)
        vector(sheet, 48, rail - 8, 66, 16, True)
        for lane, text in enumerate(self.read()):
            lane_y = part + 2 + lane * 23
            self.say(16, lane_y + 11, text)
            vector(sheet, 92, lane_y, 52, 13)
            sheet.arrow(150, lane_y + 6.5, 186, part + 18)
        for x, width, name, says, room in (
            (192, 120, "attention", self.data.attention_says, 100),
            (446, 124, "feed-forward", self.data.feed_forward_says, 104),
        ):
            right = x + width
            self.part(x, part, width, 38, name, size + 0.5)
            if name == "attention":
                step(sheet, right, part, 4, size)
            sheet.arrow(x + 22, rail, x + 22, part + 42, stroke="model", stroke_width=FADES)
            sheet.arrow_path(
                [(right, part + 19), (right + 30, part + 19), (right + 30, rail - 11)],
                stroke="model",
                stroke_width=FADES,
            )
            self.plus(right + 30, rail)
            self.prose(x + 36, part + 60, says, room, leading=1.2)
            self.say(right + 46, part + 24, "adds", "muted")
        sheet.arrow(690, rail, 712, rail, stroke="model", stroke_width=2.6, head=5)
        self.say(744, rail - 12, "next layer", anchor="end")
        self.say(118, rail + 22, f"the list of “{self.last}” runs on; each part only adds to it", "muted")
        return top + 174

    def read(self) -> list[str]:
        """The three tokens, besides the last, with the greatest shares of attention, in the text's order."""
        order = sorted(range(self.count - 1), key=lambda index: self.shares[index], reverse=True)[:3]
        return [
            token.text
            for token in self.data.tokens
            if token.text in {self.data.tokens[index].text for index in order}
        ]

    def attention(self, y: float) -> float:
        """Draws panel 4. Returns the y coordinate of its foot."""
        sheet, top, x = self.sheet, 528, 522
        foot = top + 76 + 21 * (self.count + 1) + 14
        self.opened(192, 312, y, top, foot - top, 4)
        self.lookup(16, top + 58, (0, 92, 190, 246, 390), 92, 21)
        self.say(x, top + 58, f"query of “{self.last}”", "muted")
        sheet.text(x, top + 80, pair(self.data.query), size=17, weight=600)
        sheet.paragraph(
            x, self.steps(x, top + 110, 236, 3) + 8, PASSES, 226, size=self.size, weight=600, leading=1.3
        )
        sheet.line(502, top + 46, 502, foot - 16, stroke="rule")
        return foot


class _Narrow(_Boxes):
    """The same, turned to run downward."""

    def draw(self) -> Sheet:
        y = self.attention(self.layer(self.stack(self.closed() + 25) + 38) + 44)
        self.sheet.line(0, y, NARROW, y, stroke="rule-strong")
        self.legend(y + 22)
        return self.close(y + 62)

    def title(self, y: float, panel: int) -> None:
        step(self.sheet, 10, y - 5, panel, 12.5)
        self.sheet.paragraph(
            27,
            y,
            self.data.panels[panel - 1],
            NARROW - 27,
            size=15.5,
            weight=520,
            face="display",
            leading=1.2,
        )

    def closed(self) -> float:
        self.title(16, 1)
        foot = self.tokens(0.8, 32, NARROW - 1, 12.5)
        self.arrows((20, foot + 6, 20, foot + 24), (20, foot + 62, 20, foot + 80))
        self.bars((0, foot + 30, 200, 26))
        self.say(210, foot + 47, "transformer", "model-text", 600)
        step(self.sheet, NARROW - 12, foot + 43, 2, 12.5)
        return self.chances(0, foot + 84, NARROW)

    def stack(self, y: float) -> float:
        self.title(y, 2)
        table, lists, bars, richer, scores = y + 18, y + 54, y + 108, y + 205, y + 258
        self.bars(
            (0, table, 200, 14),
            *((0, bars + index * 13, 200, 9) for index in (0, 1, 2, 3, 5)),
            (0, scores, 200, 14),
        )
        self.dots(100, bars + 4 * 13 + 4.5, 7)
        self.sheet.rect(0.8, bars + 2 * 13 - 2.6, 201, 14.2, stroke="ink", stroke_width=1.3)
        step(self.sheet, NARROW - 12, bars + 30, 3, 12.5)
        self.lists(0.8, lists, 22, 30, 7)
        self.lists(0.8, richer, 22, 30, 7)
        self.arrows(
            *(
                (x, top, x, top + 13)
                for x, top in ((20, table + 18), (20, lists + 35), (20, bars + 79), (183, richer + 35))
            )
        )
        self.say(210, table + 11.5, f"table of {self.counts['vocabulary']}")
        self.say(210, lists + 13, f"{self.counts['width']} numbers")
        self.say(210, lists + 29, "for each token")
        self.say(210, bars + 34, f"{self.counts['layers']} layers", "ink", 600)
        self.say(210, richer + 20, "the same lists, richer")
        self.say(210, scores + 11.5, "a score for each")
        return scores + 14

    def layer(self, y: float) -> float:
        sheet, rail = self.sheet, 22
        self.title(y, 3)
        y += 18
        sheet.rect(0.8 + rail - 18, y, 36, 24, fill="paper", stroke="ink", stroke_width=2)
        sheet.text(rail, y + 17, self.last, size=13, weight=600, anchor="middle")
        start, ends = y + 24, y + 300
        sheet.line(rail, start, rail, ends, stroke="model", stroke_width=2.6)
        vector(sheet, rail - 8, start + 8, 16, 40, True)
        self.prose(
            44,
            start + 22,
            f"the list of “{self.last}” runs on; each part only adds to it",
            NARROW - 44,
            "muted",
        )
        for place, name, says in (
            (start + 84, "attention", self.data.attention_says),
            (start + 178, "feed-forward", self.data.feed_forward_says),
        ):
            sheet.arrow(rail, place + 12, 58, place + 12, stroke="model", stroke_width=FADES)
            self.part(62, place - 4, 116, 32, name, 13)
            if name == "attention":
                step(sheet, 178, place - 4, 4, 12.5)
            sheet.arrow_path(
                [(92, place + 28), (92, place + 56), (rail + 11, place + 56)],
                stroke="model",
                stroke_width=FADES,
            )
            self.say(100, place + 52, "adds", "muted")
            self.plus(rail, place + 56)
            self.prose(194, place + 8, says, NARROW - 194, leading=1.25)
        sheet.arrow(rail, ends - 8, rail, ends + 8, stroke="model", stroke_width=2.6, head=5)
        self.say(44, ends + 6, "next layer")
        return ends + 8

    def attention(self, y: float) -> float:
        self.title(y, 4)
        y += 24
        width = self.say(0, y, f"query of “{self.last}”:")
        self.sheet.text(width + 8, y, pair(self.data.query), size=14, weight=600)
        y = self.steps(0, self.lookup(0, y + 24, (0, 66, 130, 170, 264), 56, 20) + 16, NARROW, 2)
        return (
            y
            + 4
            + self.sheet.paragraph(0, y + 4, PASSES, NARROW, size=self.size + 0.5, weight=600, leading=1.3)
        )
