"""The pieces of panels: each shared piece, and lines, boxes and words, drawn from a shape of the record."""

from __future__ import annotations

from collections.abc import Sequence

from fieldguide.drawing.kinds.paneldata import STYLES
from fieldguide.drawing.kinds.panelread import Shape
from fieldguide.drawing.metrics import Metrics
from fieldguide.drawing.pieces import application_block, crossed, data_sheet, infrastructure_field, model_bar, step
from fieldguide.drawing.sheet import Sheet

THIN = ("arrow", "line", "words", "ring", "cross", "step", "grade")
"""Pieces whose width and height are not those of an area."""
DATA = ("text", "code", "image", "sound", "table")


def depth(shapes: Sequence[Shape], m: Metrics) -> float:
    """How far the pieces of a drawing reach down."""
    return max((top + down for _, top, _, down in (m.pick(shape.piece.at) for shape in shapes if shape.piece.only in (None, "wide" if m.wide else "narrow"))), default=0)


def draw_shapes(sheet: Sheet, shapes: Sequence[Shape], x: float, y: float, width: float, m: Metrics, height: float = 0) -> None:
    """A drawing at the top left of a cell so wide; `height` is that of the panel, for pieces that reach its foot."""
    for shape in shapes:
        piece = shape.piece
        if piece.only is not None and (piece.only == "wide") is not m.wide:
            continue
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
        if shape.upto is not None:
            across = shape.upto * full - start
        middle = (shape.copies - 1) / 2 if isinstance(piece.repeat, str) else 0
        for at in range(shape.copies):
            _draw(sheet, shape, x + left + start + (at - middle) * piece.step[0], y + top + (at - middle) * piece.step[1], across, down, m)


def _draw(sheet: Sheet, shape: Shape, x: float, y: float, width: float, height: float, m: Metrics) -> None:
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
        sheet.band(x, y, width, height, piece.layer, column=piece.thick or 0, border=piece.dense, rows=(height / 4,) * 4)
    elif kind == "words":
        _words(sheet, shape, x, y, width, m)
    elif kind in ("arrow", "line"):
        _line(sheet, shape, x, y, width, height)
    else:
        _mark(sheet, shape, x, y, width, height, m)


def _line(sheet: Sheet, shape: Shape, x: float, y: float, width: float, height: float) -> None:
    """A line or an arrow, straight or through points."""
    piece = shape.piece
    points = [(x + across, y + down) for across, down in piece.points] or [(x, y), (x + width, y + height)]
    if piece.piece == "arrow":
        sheet.arrow_path(points, stroke=piece.stroke or "ink-2", stroke_width=piece.thick or 1.2, head=piece.dense if "dense" in piece.model_fields_set else 4, dash=piece.dash)
    elif piece.points:
        sheet.polyline(points, stroke=piece.stroke or "ink", stroke_width=piece.thick or 1, dash=piece.dash)
    else:
        sheet.line(*points[0], *points[1], stroke=piece.stroke or "ink", stroke_width=piece.thick or 1, dash=piece.dash)


def _mark(sheet: Sheet, shape: Shape, x: float, y: float, width: float, height: float, m: Metrics) -> None:
    """Boxes, rings, crosses, numbers, the slope from one length to the next, and bars of a grade."""
    piece, kind = shape.piece, shape.piece.piece
    stroke = piece.stroke or ("ink-2" if kind == "box" and piece.fill in (None, "paper") else "none" if piece.fill else "ink")
    if kind == "box":
        sheet.rect(x, y, width, height, fill=piece.fill or "paper", stroke=stroke, stroke_width=piece.thick or 1.2, stroke_dasharray=piece.dash)
    elif kind == "ring":
        sheet.circle(x, y, width, fill=piece.fill or "paper", stroke=stroke, stroke_width=piece.thick or 1.3)
    elif kind == "cross":
        crossed(sheet, x, y, width or 5)
    elif kind == "step":
        step(sheet, x, y, int(m.pick(shape.text)), m.size)
    elif kind == "slope":
        before = (shape.value or 0) * width / (shape.upto or 1)
        sheet.path(f"M{x} {y}L{x} {y + height}L{x + width:.1f} {y + height}L{x + before:.1f} {y}Z", fill=piece.fill or "sunk", stroke="none")
    else:
        for at in range(3):
            tall = 4 + at * 3.5
            sheet.rect(x + at * 5, y - tall, 3.4, tall, fill="ink" if at < piece.dense else "rule-strong")


def _words(sheet: Sheet, shape: Shape, x: float, y: float, width: float, m: Metrics) -> None:
    """One line of text, or in a box, where it has a width: as many as it takes, at its start, middle or end."""
    piece, text = shape.piece, m.pick(shape.text)
    weight, token, face = STYLES[m.pick(piece.style)]
    size, fill = m.size + m.pick(piece.more), piece.fill or token
    if width:
        x += {"start": 0, "middle": width / 2, "end": width}[piece.anchor]
        sheet.paragraph(x, y, text, width, size=size, weight=weight, fill=fill, face=face, anchor=piece.anchor, leading=m.pick(piece.leading))
    elif text:
        sheet.text(x, y, text, size=size, weight=weight, fill=fill, face=face, anchor=piece.anchor)
