"""Panels: steps, ladders and stations. Boxes with a name, texts, values and a small drawing, side by side or
one under another; on a phone a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldguide.book import Book
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.figure_values import Names
from fieldguide.drawing.kinds import base
from fieldguide.drawing.kinds.base import ChartKind, entry
from fieldguide.drawing.kinds.panels_data import STYLES, PanelRule, PanelsData, PanelSection
from fieldguide.drawing.kinds.panels_resolve import (
    ResolvedBlock,
    ResolvedPanel,
    ResolvedPart,
    ResolvedPiece,
    names_of,
    read_part,
)
from fieldguide.drawing.measure import text_width, wrap
from fieldguide.drawing.metrics import Metrics
from fieldguide.drawing.pieces import (
    application_block,
    crossed,
    data_sheet,
    infrastructure_field,
    model_bar,
    step,
)
from fieldguide.drawing.shapes import Table
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.figure import Figure


@dataclass(frozen=True)
class PanelsPlot(base.Plot[PanelsData]):
    parts: list[ResolvedPart]


@dataclass
class Pen:
    """Where the next block of a cell stands."""

    y: float
    end: float = 0
    """Where the last line of text ended."""


class PanelsKind(ChartKind[PanelsData, PanelsPlot]):
    data = PanelsData

    def read(self, data: PanelsData, figure: Figure, book: Book) -> PanelsPlot:
        return PanelsPlot(
            data,
            names_of(data, figure.context, book)[0],
            book,
            [read_part(data, part, figure.context, book) for part in data.parts],
        )

    def lay_out(self, plot: PanelsPlot, m: Metrics) -> Sheet:
        sheet, y = m.sheet(), 0.0
        for part in plot.parts:
            y = _part(sheet, part, y, m)
        sheet.height = y + m.bottom
        return sheet

    def rows(self, plot: PanelsPlot) -> Iterable[Names]:
        """The names for each panel's row of the data table; none where the table has no columns of panels."""
        return (
            (placed.names for part in plot.parts for placed in part.panels)
            if any(plot.data.table.columns.values())
            else ()
        )

    def table(self, plot: PanelsPlot) -> Table:
        table = super().table(plot)
        if not plot.data.table.turned:
            return table
        header, *turned = [[head, *cells] for head, *cells in zip(table.header, *table.rows, strict=True)]
        return Table(table.caption, header, turned)

    def entries(self, plot: PanelsPlot) -> Sequence[DrawnPart]:
        return [
            entry(("panels", part.part.id, placed.panel.id), placed.names)
            for part in plot.parts
            for placed in part.panels
        ]


def _part(sheet: Sheet, plot: ResolvedPart, y: float, m: Metrics) -> float:
    """Draws a part and what is behind it. Returns the y coordinate of its foot."""
    m, y = m.of(plot.part.metrics), y + m.pick(plot.part.pad)
    if back := m.pick(plot.back):
        _draw_shapes(sheet, back, 0, y, m.width, m, _panels(m.sheet(), plot, y, m) - y)
    return _panels(sheet, plot, y, m)


def _panels(sheet: Sheet, plot: ResolvedPart, y: float, m: Metrics) -> float:
    """Draws a part's head and panels. Returns the y coordinate of their foot."""
    part = plot.part
    _rule(sheet, part.over, y, m)
    left, across = m.pick(part.left), int(m.pick(part.across))
    foot = _cell(sheet, plot.head, 0, y, left - m.gap if left else m.width, m) if plot.head else y
    if not left:
        y = foot
    if across == 1 and m.wide:
        y = max(
            [
                y,
                *(
                    _cell(sheet, [head], m.pick(section.at), y, m.pick(section.width) or m.width, m)
                    for section, head in zip(
                        part.sections, plot.panels[0].heads if plot.panels else (), strict=False
                    )
                    if head
                ),
            ]
        )
    for index in range(0, len(plot.panels), across):
        row = plot.panels[index : index + across]
        y += m.pick(part.between) if index else 0
        _rule(sheet, part.rule if index else part.first, y, m)
        y = _beside(sheet, plot, row, y, m) if across > 1 else _under(sheet, plot, row[0], y, m)
    _rule(sheet, part.last, y, m)
    return max(y, foot) + m.pick(part.foot)


def _beside(sheet: Sheet, plot: ResolvedPart, row: Sequence[ResolvedPanel], y: float, m: Metrics) -> float:
    """Draws panels side by side, section by section. Returns the y coordinate of their foot."""
    left, across = m.pick(plot.part.left), m.pick(plot.part.across)
    width = (m.end - left - (across - 1) * m.gap) / across
    places = [left + m.left + index * (width + m.gap) for index in range(len(row))]
    for placed, x in zip(row, places, strict=True):
        _draw_shapes(sheet, m.pick(placed.frame), x, y, width, m)
    for index, section in enumerate(plot.part.sections):
        _rule(sheet, section.rule, y, m)
        top = y + m.pick(section.pad)
        if m.wide and (head := row[0].heads[index]):
            _cell(sheet, [head], 0, top, left, m)
        inner = m.pick(section.width) or width - m.pick(section.at)
        feet = [
            _cell(m.sheet(), placed.cells[index], x + m.pick(section.at), top, inner, m)
            for placed, x in zip(row, places, strict=True)
        ]
        for placed, x, foot in zip(row, places, feet, strict=True):
            _cell(
                sheet,
                placed.cells[index],
                x + m.pick(section.at),
                top + _shift(section, max(feet) - foot),
                inner,
                m,
            )
        y = max(feet) + m.pick(section.foot)
    return y


def _under(sheet: Sheet, plot: ResolvedPart, placed: ResolvedPanel, y: float, m: Metrics) -> float:
    """Draws one panel across the sheet, its sections in columns, or one under another on the narrow sheet.
    Returns the y coordinate of its foot.
    """
    tall = m.pick(plot.part.tall)
    foot = max(_sections(m.sheet(), plot, placed, y, m, 0), y + tall)
    _draw_shapes(
        sheet, m.pick(placed.frame), m.pick(plot.part.left), y, m.width - m.pick(plot.part.left), m, foot - y
    )
    _sections(sheet, plot, placed, y, m, tall)
    return foot


def _sections(
    sheet: Sheet, plot: ResolvedPart, placed: ResolvedPanel, y: float, m: Metrics, tall: float
) -> float:
    """Draws the sections of one panel across the sheet. Returns the y coordinate of their foot."""
    left, top, foot = m.pick(plot.part.left) + m.left, y, y
    for section, head, items in zip(plot.part.sections, placed.heads, placed.cells, strict=True):
        x = left + m.pick(section.at)
        width = m.pick(section.width) or m.end - x
        _rule(sheet, section.rule, top, m)
        start = top + m.pick(section.pad)
        if head and not m.wide:
            _cell(sheet, [head], left, start, m.width - left, m)
        end = _cell(m.sheet(), items, x, start, width, m)
        _cell(sheet, items, x, start + _shift(section, max(y + tall - end, 0)), width, m)
        end += m.pick(section.foot)
        foot = max(foot, end)
        top = y if m.wide else top if section.aside else end
    return foot


def _shift(section: PanelSection, room: float) -> float:
    return {"top": 0, "middle": room / 2, "bottom": room}[section.align]


def _rule(sheet: Sheet, rule: PanelRule | None, y: float, m: Metrics) -> None:
    if rule is not None and m.pick(rule.stroke):
        sheet.line(0, y, m.width, y, stroke=m.pick(rule.stroke), stroke_width=m.pick(rule.thick))


def _cell(
    sheet: Sheet, items: Sequence[ResolvedBlock], x: float, y: float, width: float, m: Metrics
) -> float:
    """Draws blocks one under another. Returns the y coordinate of the last baseline, or of a
    drawing's foot.
    """
    pen = Pen(y)
    for item in items:
        block = item.block
        if block.only is not None and (block.only == "wide") is not m.wide:
            continue
        left, before = x + m.pick(block.at), pen.y
        across = m.pick(block.width) or x + width - left
        if m.pick(block.draw):
            pen.y += m.pick(block.drop or (0, 0))
            _draw_shapes(sheet, m.pick(item.shapes), left, pen.y, across, m)
            pen.y += _depth(m.pick(item.shapes), m) if block.full else m.pick(block.tall)
        elif item.links:
            _links(sheet, item, left, across, pen, m)
        elif m.pick(item.text):
            _text(sheet, item, left, across, pen, m)
            pen.y += m.pick(block.tall)
        if block.stay:
            pen.y = before
    return pen.y


def _text(sheet: Sheet, item: ResolvedBlock, x: float, width: float, pen: Pen, m: Metrics) -> None:
    """Draws a text below the one before it, or on the same line where there is room."""
    block, text, style = item.block, m.pick(item.text), m.pick(item.block.style)
    size, leading, beside = m.size + m.pick(block.more), m.pick(block.leading), m.pick(block.beside)
    start = pen.y + (m.pick(block.drop) - size * leading if block.drop else 0)
    if style == "point":
        head, _, rest = text.partition(". ")
        pen.y = start
        _lines(sheet, item, "strong", head + ("." if rest else ""), x, width, pen, size, leading)
        pen.y += (0 if beside else size * leading) - m.size * leading
        if beside:
            x, width = pen.end + beside, x + width - pen.end - beside
        _lines(sheet, item, "quiet", rest, x, width, pen, m.size, leading)
    elif beside and pen.end + beside + text_width(text, size, STYLES[style][0]) <= x + width + 0.5:
        pen.y -= size * leading
        _lines(sheet, item, style, text, pen.end + beside, width, pen, size, leading)
    else:
        pen.y = start
        x += {"start": 0, "middle": width / 2, "end": width}[block.anchor]
        _lines(sheet, item, style, text, x, width, pen, size, leading)


def _links(sheet: Sheet, item: ResolvedBlock, x: float, width: float, pen: Pen, m: Metrics) -> None:
    """Draws links side by side, on to the next line where one would leave the cell."""
    size, leading, link_x = m.size + m.pick(item.block.more), m.pick(item.block.leading), x
    pen.y += m.pick(item.block.drop) if item.block.drop else size * leading
    for link in item.links:
        weight = 600 if link.strong else 400
        across = text_width(link.text, size, weight)
        if link_x > x and link_x + across > x + width:
            link_x, pen.y = x, pen.y + size * leading
        with sheet.link(link.href):
            sheet.text(link_x, pen.y, link.text, size=size, weight=weight)
            sheet.line(link_x, pen.y + 3.5, link_x + across, pen.y + 3.5, stroke="rule-strong")
        link_x += across + 12


def _lines(
    sheet: Sheet,
    item: ResolvedBlock,
    style: str,
    text: str,
    x: float,
    width: float,
    pen: Pen,
    size: float,
    leading: float,
) -> None:
    """Draws the lines of a text and moves the pen to the last baseline."""
    weight, token, face = STYLES[style]
    for line in wrap(text, width, size, weight, face):
        pen.y += size * leading
        pen.end = x + sheet.text(
            x,
            pen.y,
            line,
            size=size,
            weight=weight,
            fill=item.block.fill or token,
            face=face,
            anchor=item.block.anchor,
            tracking=0.2 if style == "banner" else 0,
        )


# Pieces ------------------------------------------------------------

THIN = ("arrow", "line", "words", "ring", "cross", "step", "grade")
"""Pieces whose width and height are not those of an area."""
DATA = ("text", "code", "image", "sound", "table")


def _depth(shapes: Sequence[ResolvedPiece], m: Metrics) -> float:
    """How far down the pieces of a drawing reach, in units from its top."""
    return max((top + down for _, top, _, down in (m.pick(shape.piece.at) for shape in shapes)), default=0)


def _draw_shapes(
    sheet: Sheet,
    shapes: Sequence[ResolvedPiece],
    x: float,
    y: float,
    width: float,
    m: Metrics,
    height: float = 0,
) -> None:
    """A drawing at the top left of a cell so wide; `height` is that of the panel, for pieces that reach its
    foot.
    """
    for shape in shapes:
        piece = shape.piece
        left, top, across, down = m.pick(piece.at)
        area = piece.piece not in THIN
        full = across if across and (area or piece.piece == "words") else width - left * area
        across = full if area else across
        if height and down <= 0 and (area or (piece.piece in ("arrow", "line") and not across)):
            down = height - top + down
        start = max(shape.start * full, 2) if shape.start else 0
        if shape.value is not None and piece.upward:
            top, down = top + down * (1 - shape.value), down * shape.value
        elif shape.value is not None:
            across = max(shape.value * full, 2)
        on, under = piece.step
        middle = (shape.copies - 1) / 2 if isinstance(piece.repeat, str) else 0
        if shape.upto is not None:
            across = shape.upto * full - start
            if shape.copies > 1:
                on, across, middle = across / shape.copies, 0, 0
        for index in range(shape.copies):
            _draw_piece(
                sheet,
                shape,
                x + left + start + (index - middle) * on,
                y + top + (index - middle) * under,
                across,
                down,
                m,
            )


def _draw_piece(
    sheet: Sheet, shape: ResolvedPiece, x: float, y: float, width: float, height: float, m: Metrics
) -> None:
    piece, kind = shape.piece, shape.piece.piece
    if kind == "model":
        model_bar(sheet, x, y, width, height)
    elif kind == "application":
        application_block(sheet, x, y, width, height)
    elif kind == "infrastructure":
        infrastructure_field(sheet, x, y, width, height, piece.dense)
    elif kind in DATA:
        data_sheet(sheet, x, y, width, height, kind, stroke=piece.stroke or "ink-2")  # type: ignore[arg-type]  # one of DATA
    elif kind == "band":
        sheet.band(
            x,
            y,
            width,
            height,
            piece.layer,
            column=piece.thick or 0,
            border=piece.dense,
            rows=(height / 4,) * 4,
        )
    elif kind == "words":
        _draw_words(sheet, shape, x, y, width, m)
    elif kind in ("arrow", "line"):
        _draw_line(sheet, shape, x, y, width, height)
    else:
        _draw_mark(sheet, shape, x, y, width, height, m)


def _draw_line(sheet: Sheet, shape: ResolvedPiece, x: float, y: float, width: float, height: float) -> None:
    """Draws a line or an arrow, straight or through points."""
    piece = shape.piece
    points = [(x + across, y + down) for across, down in piece.points] or [(x, y), (x + width, y + height)]
    if piece.piece == "arrow":
        sheet.arrow_path(
            points,
            stroke=piece.stroke or "ink-2",
            stroke_width=piece.thick or 1.2,
            head=piece.dense if "dense" in piece.model_fields_set else 4,
            dash=piece.dash,
        )
    elif piece.points:
        sheet.polyline(points, stroke=piece.stroke or "ink", stroke_width=piece.thick or 1, dash=piece.dash)
    else:
        sheet.line(
            *points[0],
            *points[1],
            stroke=piece.stroke or "ink",
            stroke_width=piece.thick or 1,
            dash=piece.dash,
        )


def _draw_mark(
    sheet: Sheet, shape: ResolvedPiece, x: float, y: float, width: float, height: float, m: Metrics
) -> None:
    """Draws a mark: boxes, rings, crosses, numbers, the slope from one length to the next, or the bars of a
    grade.
    """
    piece, kind = shape.piece, shape.piece.piece
    stroke = piece.stroke or (
        "ink-2" if kind == "box" and piece.fill in (None, "paper") else "none" if piece.fill else "ink"
    )
    if kind == "box":
        sheet.rect(
            x,
            y,
            width,
            height,
            fill=piece.fill or "paper",
            stroke=stroke,
            stroke_width=piece.thick or 1.2,
            stroke_dasharray=piece.dash,
        )
    elif kind == "ring":
        sheet.circle(x, y, width, fill=piece.fill or "paper", stroke=stroke, stroke_width=piece.thick or 1.3)
    elif kind == "cross":
        crossed(sheet, x, y, width or 5)
    elif kind == "step":
        step(sheet, x, y, int(m.pick(shape.text)), m.size)
    elif kind == "slope":
        before = (shape.value or 0) * width / (shape.upto or 1)
        sheet.path(
            f"M{x} {y}L{x} {y + height}L{x + width:.1f} {y + height}L{x + before:.1f} {y}Z",
            fill=piece.fill or "sunk",
            stroke="none",
        )
    else:
        for index in range(3):
            tall = 4 + index * 3.5
            sheet.rect(
                x + index * 5, y - tall, 3.4, tall, fill="ink" if index < piece.dense else "rule-strong"
            )


def _draw_words(sheet: Sheet, shape: ResolvedPiece, x: float, y: float, width: float, m: Metrics) -> None:
    """One line of text, or in a box, where it has a width: as many as it takes, at its start, middle or
    end.
    """
    piece, text = shape.piece, m.pick(shape.text)
    weight, token, face = STYLES[m.pick(piece.style)]
    size, fill = m.size + m.pick(piece.more), piece.fill or token
    if width:
        x += {"start": 0, "middle": width / 2, "end": width}[piece.anchor]
        sheet.paragraph(
            x,
            y,
            text,
            width,
            size=size,
            weight=weight,
            fill=fill,
            face=face,
            anchor=piece.anchor,
            leading=m.pick(piece.leading),
        )
    elif text:
        sheet.text(x, y, text, size=size, weight=weight, fill=fill, face=face, anchor=piece.anchor)
