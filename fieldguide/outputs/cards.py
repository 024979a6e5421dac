"""Social cards: the picture that a link to a page shows elsewhere, 1200×630, in the light colors.

A card is a map sheet: neatline, section, title, one claim, the emblem with the page's layer lit, publisher. Pillow draws it from
the tokens, the static faces and the emblem's own outlines. Words are set in the largest size that fits, and are never clipped:
`set_card` says where each text stands before anything is drawn. All lengths are pixels of the card; `y` of a line is its baseline.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import fontTools
import PIL
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import SVGPath
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from fieldguide.book import Book
from fieldguide.drawing.emblem import Grid, emblem
from fieldguide.drawing.sheet import LAYER_TOKENS
from fieldguide.drawing.tokens import read_tokens
from fieldguide.outputs.exports import Export, Make
from fieldguide.outputs.fonts import static_font
from fieldguide.records.page import Page, card_path
from fieldguide.text.names import plain

WIDTH, HEIGHT = 1200, 630
FOLDER = "assets/cards"
FINE = 4
"""Everything is drawn this many times larger and averaged: the edges are smooth, and the renderer's hinting does not show."""
LEFT, RIGHT = 84, 1116
COLUMN = 704
"""Width of the words; the emblem stands to the right of them."""
LINES, CLAIM_LINES = 3, 4
"""Most lines of a title, and of a claim: many definitions need the fourth, and would lose their last words without it."""
TITLE_SIZES = (108, 96, 84, 72, 64, 56, 48)
CLAIM_SIZES = (37, 33, 29)
HOME_SIZE, HOME_FOOT = 80, "Claims cited, numbers checked and dated"
FLOOR = 464
"""Nothing of a claim is lower; the rule above the publisher is at RULE."""
RULE, FOOT = 491, 547
EMBLEM = (806, 110)
NEATLINE, BAND, SEGMENT = 20, 9, 57
SHADES, APART = 15, 7
"""Steps from paper to each color in the palette, which is what smooth edges need, and the least distance of two colors there."""


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        return self.left <= other.left and self.top <= other.top and self.right >= other.right and self.bottom >= other.bottom

    def meets(self, other: Box) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def joined(self, other: Box) -> Box:
        return Box(min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom))


SAFE = Box(76, 76, WIDTH - 76, HEIGHT - 70)
"""What every word stands in: well inside the neatline, so that a round corner or a crop of a few pixels takes nothing."""
EMBLEM_BOX = Box(EMBLEM[0] + 20, EMBLEM[1] + 28, EMBLEM[0] + 300, EMBLEM[1] + 292)


@dataclass(frozen=True)
class Card:
    """What one card says. `claims` are tried in order, and the first that fits is shown; `layer` None lights the whole emblem."""

    title: str
    claims: tuple[str, ...]
    layer: str | None
    kicker: str
    foot: str
    publisher: str
    subtitle: str = ""


@dataclass(frozen=True)
class Style:
    """How a text is set: a static face, size in px, letter spacing and distance of lines in shares of the size, and a token."""

    family: str
    weight: int
    size: float
    color: str
    tracking: float = 0
    leading: float = 1.2


@dataclass(frozen=True)
class Text:
    """One text of a card, in lines. `x` is the left edge and `y` the first line's baseline."""

    role: str
    lines: tuple[str, ...]
    x: float
    y: float
    style: Style

    @property
    def box(self) -> Box:
        """The smallest box around the ink of all lines."""
        inks = [(baseline, _ink(line, self.style)) for line, baseline in self.placed()]
        return functools.reduce(Box.joined, [Box(self.x + ink.left, y + ink.top, self.x + ink.right, y + ink.bottom) for y, ink in inks])

    def placed(self) -> Iterator[tuple[str, float]]:
        """Each line with its baseline."""
        for at, line in enumerate(self.lines):
            yield line, self.y + at * self.style.size * self.style.leading


# What a card says -----------------------------------------------------


def card_of(book: Book, page: Page) -> Card:
    """The words of a page's card: a chapter's answer or else its description, a term's definition, a figure's context."""
    meta, section = page.meta, book.section_title(page.src)
    written = (meta.description,) if page.made else (first_paragraph(page), meta.description)
    claims = tuple(plain(claim) for claim in written if claim) or (meta.title,)
    if page.src == "index.md":
        title, _, subtitle = book.name.partition(": ")
        return Card(title, claims, None, "", HOME_FOOT, book.publisher, subtitle)
    layer = f"{meta.layer} layer" if meta.layer in ("application", "model", "infrastructure") else meta.layer
    kicker = ", ".join(filter(None, ("" if section == meta.title else section, layer))) or "The whole stack"
    return Card(plain(meta.title), claims, meta.layer, kicker[0].upper() + kicker[1:], book.name, book.publisher)


def first_paragraph(page: Page) -> str:
    """The paragraph after the heading, without citations: a chapter's answer, a term's definition."""
    match = re.search(r"^# .+\n+((?:[^\n#].*\n?)+)", page.body, flags=re.M)
    return re.sub(r"\s*\[@[^\]]*\]", "", match[1]).strip() if match else ""


# Where it stands ------------------------------------------------------


def set_card(card: Card) -> list[Text]:
    """Every text of a card in its place. Raises ValueError for a letter that no face has.

    The title takes the largest size at which it and a claim fit. A word is broken, and a text shortened, only when the smallest
    size is still too large.
    """
    name = Style("source-sans-3", 600, 25, "ink")
    texts = [Text("foot", (card.foot,), LEFT, FOOT, Style("newsreader", 490, 27, "ink", tracking=-0.004))] if card.foot else []
    if card.publisher:
        texts.append(Text("publisher", (card.publisher,), RIGHT - line_width(card.publisher, name), FOOT, name))
    if not card.kicker:  # the front page
        texts.append(_title(card.title, HOME_SIZE, 181))
        if card.subtitle:
            texts.append(Text("subtitle", (card.subtitle,), LEFT - 1, 240, Style("newsreader", 440, 47, "muted", tracking=-0.01)))
        return [*texts, _claim(card.claims, 331) or _cut_claim(card.claims, 331)]
    color = f"{LAYER_TOKENS[card.layer]}-text" if card.layer else "ink-2"
    texts.append(Text("kicker", (card.kicker,), LEFT + 38, 112, Style("source-sans-3", 600, 26, color)))
    return [*texts, *_title_and_claim(card)]


def _title_and_claim(card: Card) -> list[Text]:
    """The largest title that leaves room for a claim; at the smallest size, what can be shown of both."""
    for size in TITLE_SIZES:
        title = _title(card.title, size)
        if len(title.lines) > LINES or any(line_width(word, title.style) > COLUMN for word in card.title.split()):
            continue
        claim = _claim(card.claims, _below(title))
        if claim:
            return [title, claim]
    title = _title(card.title, TITLE_SIZES[-1])
    title = replace(title, lines=shorten(card.title, title.style, COLUMN, LINES))
    return [title, _claim(card.claims, _below(title)) or _cut_claim(card.claims, _below(title))]


def _title(words: str, size: float, y: float | None = None) -> Text:
    """A title whose capitals begin at one height whatever its size, hung left a little so that its stems stand above the claim's."""
    style = Style("newsreader", 440, size, "ink", tracking=-0.018, leading=1.04)
    return Text("title", balanced(words, style, COLUMN), LEFT - 0.04 * size, y or 158 + 0.68 * size, style)


def _below(title: Text) -> float:
    """The baseline of a claim of the largest size under a title: room for descenders, and a gap that follows the title's size."""
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
    style = Style("newsreader", 400, size, "ink-2", tracking=-0.003, leading=1.35)
    return Text("claim", balanced(words, style, COLUMN), LEFT - 1, y - 0.7 * (CLAIM_SIZES[0] - size), style)


def wrap(words: str, style: Style, width: float) -> tuple[str, ...]:
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


def balanced(words: str, style: Style, width: float) -> tuple[str, ...]:
    """As few lines as fit into `width`, of much the same length."""
    lines = wrap(words, style, width)
    widest = max(line_width(word, style) for word in words.split())
    for narrower in range(int(width * 0.55), int(width), 8):
        if narrower >= widest and len(found := wrap(words, style, narrower)) == len(lines):
            return found
    return lines


def shorten(words: str, style: Style, width: float, most: int) -> tuple[str, ...]:
    """At most that many lines: what is too much is left out from the end, word by word, and an ellipsis says so."""
    lines = wrap(words, style, width)
    while len(lines) > most:
        words = words.rsplit(" ", 1)[0] if " " in words else words[:-1]
        lines = wrap(words.rstrip(" ,;:.") + "…", style, width)
    return lines


# Letters --------------------------------------------------------------

FALLBACK = ("source-sans-3", 400)
"""The face for letters that the display face does not have: exponents, arrows, Greek."""


@cache
def _font(family: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    # Pillow's own layout, without kerning, is the same everywhere; the better one depends on a library of the system.
    return ImageFont.truetype(static_font(family, weight), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(family: str, weight: int, size: int, letter: str) -> float:
    return _font(family, weight, size).getlength(letter)


@cache
def _glyph(family: str, weight: int, size: int, letter: str) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """A letter as a mask, and its box around the origin on the baseline, in fine px. Kept, since cards share sizes and letters."""
    font = _font(family, weight, size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(letter, anchor="ls"))
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), letter, font=font, fill=255, anchor="ls")
    return mask, (left, top, right, bottom)


@cache
def _letters(family: str, weight: int) -> frozenset[int]:
    return frozenset(TTFont(static_font(family, weight)).getBestCmap())


@cache
def _kerning(family: str, weight: int) -> dict[tuple[str, str], float]:
    """Pairs of letters that stand closer or farther, in shares of the size: the face's GPOS table, read once."""
    font = TTFont(static_font(family, weight))
    names = {name: chr(point) for point, name in font.getBestCmap().items()}
    table = font["GPOS"].table
    wanted = {at for feature in table.FeatureList.FeatureRecord if feature.FeatureTag == "kern" for at in feature.Feature.LookupListIndex}
    pairs: dict[tuple[str, str], float] = {}
    for at in sorted(wanted):
        for subtable in table.LookupList.Lookup[at].SubTable:
            part = subtable.ExtSubTable if hasattr(subtable, "ExtSubTable") else subtable
            for left in part.Coverage.glyphs:
                for right, value in _partners(part, left, names):
                    if left in names and right in names:
                        pairs.setdefault((names[left], names[right]), value / font["head"].unitsPerEm)
    return pairs


def _partners(part: Any, left: str, names: dict[str, str]) -> Iterator[tuple[str, int]]:
    """What a pair table of fontTools says about the glyphs that may follow `left`: by glyph (format 1) or by class (format 2)."""
    if part.Format == 1:
        for record in part.PairSet[part.Coverage.glyphs.index(left)].PairValueRecord:
            yield record.SecondGlyph, getattr(record.Value1, "XAdvance", 0) or 0
        return
    row = part.Class1Record[part.ClassDef1.classDefs.get(left, 0)].Class2Record
    for right in names:
        value = row[part.ClassDef2.classDefs.get(right, 0)].Value1
        yield right, getattr(value, "XAdvance", 0) or 0


@lru_cache(maxsize=4096)
def _run(line: str, style: Style) -> tuple[list[tuple[float, tuple[str, int, int, str]]], float]:
    """Each letter of a line as its place and the arguments of `_glyph`, and the line's width: all in fine px from the left edge."""
    size, x, letters = round(style.size * FINE), 0.0, []
    own, before = (style.family, style.weight), ("", FALLBACK)
    for letter in line:
        face = own if ord(letter) in _letters(*own) else FALLBACK
        if ord(letter) not in _letters(*face):
            raise ValueError(f"the card cannot show “{letter}” of “{line}”: no static face has it; write it otherwise, or add it to STATIC_FACES in fieldguide/fonts.py")
        if before[1] == face:
            x += _kerning(*face).get((before[0], letter), 0) * size
        letters.append((x, (*face, size, letter)))
        x += _advance(*face, size, letter) + style.tracking * size
        before = (letter, face)
    return letters, x - style.tracking * size


def line_width(line: str, style: Style) -> float:
    """px from the first letter's origin to the last one's end."""
    return _run(line, style)[1] / FINE if line else 0


def _ink(line: str, style: Style) -> Box:
    """The box around a line's letters, px from its origin on the baseline."""
    found = [(x, _glyph(*letter)[1]) for x, letter in _run(line, style)[0] if letter[-1] != " "]
    boxes = [Box((x + left) / FINE, top / FINE, (x + right) / FINE, bottom / FINE) for x, (left, top, right, bottom) in found]
    return functools.reduce(Box.joined, boxes)


# Drawing --------------------------------------------------------------


def draw_card(card: Card, tokens: dict[str, str]) -> bytes:
    """The card as a PNG with a palette; the same bytes for the same card and tools."""
    picture = _sheet(card.layer, bool(card.kicker), tuple(sorted(tokens.items()))).copy()
    for text in set_card(card):
        for line, baseline in text.placed():
            _draw_line(picture, line, text.x, baseline, text.style, tokens)
        if text.role == "publisher":
            _draw_star(picture, text.x - 26, FOOT - 9, tokens["ink"])
    data = BytesIO()
    picture.quantize(palette=_palette(tuple(sorted(tokens.items()))), dither=Image.Dither.NONE).save(data, "PNG", compress_level=8)
    return data.getvalue()


def _draw_line(picture: Image.Image, line: str, x: float, y: float, style: Style, tokens: dict[str, str]) -> None:
    ink = _ink(line, style)
    left, top = int(x + ink.left) - 2, int(y + ink.top) - 2
    fine = Image.new("L", ((int(ink.right - ink.left) + 6) * FINE, (int(ink.bottom - ink.top) + 6) * FINE))
    for at, letter in _run(line, style)[0]:
        if letter[-1] != " ":
            mask, box = _glyph(*letter)
            fine.paste(255, (round((x - left) * FINE + at) + box[0], round((y - top) * FINE) + box[1]), mask)
    picture.paste(tokens[style.color], (left, top), fine.reduce(FINE))


def _draw_star(picture: Image.Image, x: float, y: float, color: str) -> None:
    """The publisher's mark around (x, y), 24 px across."""
    fine = Image.new("L", (26 * FINE, 26 * FINE))
    pen = ImageDraw.Draw(fine)
    for dx, dy in ((0, 11), (11, 0), (6, 6), (6, -6)):
        pen.line([(13 - dx) * FINE, (13 - dy) * FINE, (13 + dx) * FINE, (13 + dy) * FINE], fill=255, width=round(1.7 * FINE))
    picture.paste(color, (round(x) - 13, round(y) - 13), fine.reduce(FINE))


@cache
def _sheet(layer: str | None, small_emblem: bool, tokens: tuple[tuple[str, str], ...]) -> Image.Image:
    """Paper, neatline, rule and emblem: what the cards of one layer share."""
    values = dict(tokens)
    picture = Image.new("RGB", (WIDTH, HEIGHT), values["paper"])
    fine = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    pen = ImageDraw.Draw(fine)
    for left, top, right, bottom, fill in _neatline():
        pen.rectangle([left * FINE, top * FINE, right * FINE - 1, bottom * FINE - 1], fill=fill)
    picture.paste(values["frame"], (0, 0), fine.reduce(FINE))
    ImageDraw.Draw(picture).rectangle([LEFT, RULE, RIGHT - 1, RULE], fill=values["rule-strong"])
    _draw_emblem(picture, EMBLEM, 320, layer, values)
    if small_emblem:
        _draw_emblem(picture, (LEFT, 92), 24, None, values)
    return picture


def _neatline() -> Iterator[tuple[float, float, float, float, int]]:
    """The frame as boxes to fill (255) or to empty (0), in order; every side begins and ends with a dark segment."""
    edge, end = NEATLINE, NEATLINE + BAND
    for inset, fill in ((edge, 255), (edge + 1.5, 0), (end - 0.75, 255), (end, 0)):
        yield inset, inset, WIDTH - inset, HEIGHT - inset, fill
    for along, size in ((WIDTH, HEIGHT), (HEIGHT, WIDTH)):
        length = along - 2 * end
        count = round(length / SEGMENT / 2) * 2 + 1
        for at in range(0, count, 2):
            near, far = end + length * at / count, end + length * (at + 1) / count
            for side in (edge, size - end):
                box = (near, side, far, side + BAND)
                yield (*box, 255) if along == WIDTH else (box[1], box[0], box[3], box[2], 255)


def _draw_emblem(picture: Image.Image, at: tuple[int, int], grid: Grid, layer: str | None, tokens: dict[str, str]) -> None:
    """The emblem's own outlines, all parts in their colors or one of them and the rest off."""
    scale = 2 * FINE
    for name, content in re.findall(r'<g class="fg-emblem__(\w+)">(.*?)</g>', emblem(grid)):
        pen = _Contours()
        SVGPath.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{content}</svg>'.encode()).draw(pen)
        fine = Image.new("L", (grid * scale, grid * scale))
        draw = ImageDraw.Draw(fine)
        for contour in pen.contours:
            draw.polygon([(x * scale, y * scale) for x, y in contour], fill=255 if _area(contour) > 0 else 0)
        color = LAYER_TOKENS[name] if layer in (None, name) else "off"
        picture.paste(tokens[color], at, fine.reduce(scale))


class _Contours(BasePen):
    """Outlines as polygons: curves become short lines. A hole runs the other way round, so that its area is negative."""

    def __init__(self) -> None:
        super().__init__(None)
        self.contours: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.contours.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.contours[-1].append(point)

    def _curveToOne(self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]) -> None:
        start = self.contours[-1][-1]
        for step in range(1, 9):
            t = step / 8
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(w * p[axis] for w, p in zip(weights, (start, first, second, end), strict=True)) for axis in (0, 1))
            self.contours[-1].append((x, y))


def _area(contour: list[tuple[float, float]]) -> float:
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(contour, contour[1:] + contour[:1], strict=True)) / 2


@cache
def _palette(tokens: tuple[tuple[str, str], ...]) -> Image.Image:
    """Paper and every color of a card, then shades between them, so that fields keep their exact color and edges stay smooth.

    Pillow looks colors up in steps of some units, so two that are closer than APART could be taken for each other.
    """
    values = dict(tokens)
    names = ("ink", "ink-2", "muted", "rule-strong", "off", *LAYER_TOKENS.values(), *(f"{name}-text" for name in LAYER_TOKENS.values()))
    paper, *inks = found = [_rgb(values[name]) for name in ("paper", *names)]
    for step in range(1, SHADES):
        for ink in inks:
            red, green, blue = (round(a + (b - a) * step / SHADES) for a, b in zip(paper, ink, strict=True))
            if all(max(abs(red - r), abs(green - g), abs(blue - b)) >= APART for r, g, b in found):
                found.append((red, green, blue))
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for color in dict.fromkeys(found) for value in color])
    return palette


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


# Files ----------------------------------------------------------------


def card_files(book: Book) -> Iterator[tuple[str, Make]]:
    """(path below docs/, what makes the PNG) for each published page."""
    for page in book.pages.values():
        if page.meta.status != "draft":
            yield card_path(page.src), Export(book.root, "card-" + card_path(page.src).rsplit("/", 1)[-1], functools.partial(_inputs, book, page), functools.partial(_card, book, page))


def _tokens(book: Book) -> dict[str, str]:
    return read_tokens(book.root / "overrides" / "assets" / "css" / "tokens.css")["default"]


def _inputs(book: Book, page: Page) -> str:
    """Everything that a card follows from."""
    return f"{card_of(book, page)!r} {sorted(_tokens(book).items())!r} {_tools()}"


def _card(book: Book, page: Page) -> bytes:
    return draw_card(card_of(book, page), _tokens(book))


@cache
def _tools() -> str:
    """What a card follows from besides its words and the tokens: this module, the emblem, the faces, the versions of the tools."""
    digest = hashlib.sha256(Path(__file__).read_bytes() + emblem(320).encode() + emblem(24).encode())
    for face in (("newsreader", 400), ("newsreader", 440), ("newsreader", 490), ("source-sans-3", 600), FALLBACK):
        digest.update(static_font(*face).read_bytes())
    return f"{digest.hexdigest()} Pillow {PIL.__version__} fontTools {fontTools.version}"
