"""The stack map: three layers as bands, capital as a road, crypto as a railway, money down and answers up.

It is drawn from data/stack.yml in three sizes: 1352 units with its frame, 728, and 358 for phones. Bands grow
with their names; nothing is shrunk to fit. Each drawing carries the map's name, date and publisher, so the
page prints no title above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pydantic import Field

from fieldguide.book import Book
from fieldguide.drawing.sheet import Drawing, Layer, Sheet, Table, layer_color, text_width, wrap
from fieldguide.records.base import Strict
from fieldguide.records.stack import Layer as Band
from fieldguide.records.stack import Name, Node, Rail, Stack, Station
from fieldguide.text.dates import show_date

LINK = "fg-map__link"
TRACKING = 0.2
"""Of layer names, in em."""


ROW_GAP = 21
"""Between a band's lines of nodes, beside the height of a title."""


class Data(Strict):
    """The map needs only what the stack does not know: who publishes it."""

    publisher: str = Field(max_length=60)


@dataclass(frozen=True)
class Spec:
    """Measures of one of the drawings, in its units."""

    width: float
    kind: str
    minimum: float
    """Smallest text: 12 px where the drawing is shown smallest, at 1120, 600 and 320 px."""
    layer_size: float
    role_size: float
    node_size: float
    name_size: float
    leading: float
    """Between lines of names."""
    name_gap: float
    """From a node's baseline to its names'."""
    left: float
    right: float
    """The bands' edges."""
    column: float
    border: float
    indent: float
    """From the border to the text."""
    road: float
    railway: float
    head: float = 63
    """From a band's top to where its nodes begin."""
    name_at: float = 38
    """From a band's top to the baseline of its name."""
    row: float = 49
    """Least height of a row of infrastructure: on a page a place to press."""
    foot: float = 14
    """From the last name to the border."""
    between: float = 41
    """From band to band."""

    @property
    def x(self) -> float:
        """Where text in a band begins."""
        return self.left + self.column + self.border + self.indent

    @property
    def room(self) -> float:
        """Units for text across a band."""
        return self.right - self.border - 8 - self.x


WIDE = Spec(1352, "wide", 14.5, 19, 15.5, 16, 15.5, 20, 24.5, 237, 1114, 22, 8, 17, 202, 1150)
MEDIUM = Spec(728, "medium", 14.6, 18, 15.5, 16, 15.5, 21, 23, 34, 694, 22, 8, 14, 12, 716)
SLIDE = Spec(1325, "wide", 14.5, 19, 15.5, 16, 15.5, 19, 22.5, 206, 1116, 22, 8, 17, 170, 1154, head=50, name_at=29, row=36, foot=7, between=32)
"""As the wide drawing, without its frame and closer: nothing on a slide is pressed."""
NARROW = Spec(358, "narrow", 13.6, 15, 13.6, 15, 14, 24, 23, 24, 334, 13, 6, 10, 8, 350)


def render(data: Data, book: Book) -> Drawing:
    """The three drawings and the same content as a table."""
    stack = book.stack
    if stack is None:
        raise ValueError("data/stack.yml is missing or has errors; the stack map is drawn from it")
    record = book.figures["stack-map"]
    return draw(stack, data.publisher, record.title, record.alt)


def draw(stack: Stack, publisher: str, title: str, description: str) -> Drawing:
    return Drawing(
        wide=_wide(stack, publisher).svg("stack-map-wide", title, description, links=True),
        medium=_medium(stack, publisher).svg("stack-map-medium", title, description, links=True),
        narrow=_narrow(stack, publisher).svg("stack-map-narrow", title, description, links=True),
        table=table(stack),
        slide=_slide(stack).svg("stack-map-slide", title, description, links=True),
    )


def table(stack: Stack) -> Table:
    rows = [
        [row.part_name, row.node.name, row.node.sells, ", ".join(name.name for name in row.node.names)]
        for row in stack.table()
    ]
    return Table(
        f"{stack.title}, as of {show_date(stack.as_of)}",
        ["Layer or rail", "Place", "What it sells", "Examples"],
        rows,
    )


# Three drawings ------------------------------------------------------------


def _wide(stack: Stack, publisher: str) -> Sheet:
    spec, margin = WIDE, 40.0
    sheet = _sheet(spec)
    sheet.text(margin, 63, stack.title, size=29, weight=430, face="display")
    sheet.text(
        spec.width - margin, 63, f"As of {show_date(stack.as_of)}", size=14.5, fill="muted", anchor="end"
    )
    top = _between_rails(sheet, spec, stack, 131, margin)
    sheet.text(
        margin,
        top + 37,
        "Names are examples in alphabetical order, not a ranking. Every name opens a dated record.",
        size=14.5,
        fill="muted",
    )
    sheet.text(spec.width - margin, top + 37, publisher, size=14.5, fill="muted", anchor="end")
    sheet.height = round(top + 64)
    sheet.neatline()
    return sheet


def _slide(stack: Stack) -> Sheet:
    """The bands and rails alone; a slide brings title, date and publisher."""
    sheet = _sheet(SLIDE)
    sheet.height = round(_between_rails(sheet, SLIDE, stack, 29, 0) + 1)
    return sheet


def _between_rails(sheet: Sheet, spec: Spec, stack: Stack, start: float, margin: float) -> float:
    """Bands from `start` down, the rails beside them with their entries up to `margin` from the edges; returns the bottom."""
    label_x = spec.railway + 20
    for rail, x in ((stack.rail("capital"), margin), (stack.rail("crypto"), label_x)):
        _part_name(sheet, x, start - 11, rail, 17)

    _flows(sheet, spec, start - 11, stack.layers[0], step=236)
    top, places = start, {}
    for layer in stack.layers:
        if places:
            _flows(sheet, spec, top + spec.between * 26 / 41, layer, step=236)
            top += spec.between
        top = _band(sheet, spec, layer, top, places, per_row=len(layer.nodes), rows_x=(252, 430))
    _road(sheet, spec.road, start, top)
    _railway(sheet, spec.railway, start, top)
    for rail in stack.rails:
        capital = rail.id == "capital"
        room = spec.road - 14 - margin if capital else spec.width - margin - label_x
        blocks = [_station_lines(spec, station, room) for station in rail.nodes]
        ys = _spread(
            [places[station.joins] for station in rail.nodes], [18 + 20 * lines for lines in blocks], start, top
        )
        for station, y in zip(rail.nodes, ys, strict=True):
            _station(sheet, spec, rail, y)
            _label(sheet, spec, margin if capital else label_x, y - 8, station, rail, room)
    return top


def _medium(stack: Stack, publisher: str) -> Sheet:
    spec = MEDIUM
    sheet = _sheet(spec)
    sheet.text(0, 26, stack.title, size=27, weight=430, face="display")
    sheet.text(spec.width, 26, f"As of {show_date(stack.as_of)}", size=15, fill="muted", anchor="end")
    top = _stacked(sheet, spec, stack, 46, step=298, per_row=3, rows_x=(186, 318))
    return _entries_below(sheet, spec, stack, publisher, top, columns=2, foot=15)


def _narrow(stack: Stack, publisher: str) -> Sheet:
    spec = NARROW
    sheet = _sheet(spec)
    sheet.text(0, 24, stack.title, size=26, weight=430, face="display")
    sheet.text(0, 49, f"As of {show_date(stack.as_of)}", size=15, fill="muted")
    top = _stacked(sheet, spec, stack, 70, step=0, per_row=1, rows_x=())
    return _entries_below(sheet, spec, stack, publisher, top, columns=1, foot=13.6)


def _stacked(
    sheet: Sheet, spec: Spec, stack: Stack, top: float, *, step: float, per_row: int, rows_x: Sequence[float]
) -> float:
    """Bands from `top` between two plain rails, whose entries will follow below; returns the bottom."""
    places: dict[str, float] = {}
    start = 0.0
    for layer in stack.layers:
        lines = 1 if step or not layer.returns else 2
        _flows(sheet, spec, top + (18 if not places else 24), layer, step=step)
        top += 16 + 21 * lines - (6 if not places else 0)
        start = start or top
        top = _band(sheet, spec, layer, top, places, per_row=per_row, rows_x=rows_x)
    _road(sheet, spec.road, start, top)
    _railway(sheet, spec.railway, start, top)
    for rail in stack.rails:
        for joined in dict.fromkeys(places[station.joins] for station in rail.nodes):
            _station(sheet, spec, rail, joined)
    return top


def _entries_below(
    sheet: Sheet, spec: Spec, stack: Stack, publisher: str, top: float, *, columns: int, foot: float
) -> Sheet:
    """The rails' entries in two columns, then what always stands on the map."""
    half = (spec.width - 24) / 2
    bottoms = []
    for rail, x in zip(stack.rails, (0, half + 24), strict=True):
        _part_name(sheet, x, top + 38, rail, spec.layer_size)
        y = top + 38 + spec.name_gap + 5
        room = (half - 16 * (columns - 1)) / columns
        for first in range(0, len(rail.nodes), columns):
            row = rail.nodes[first : first + columns]
            for index, station in enumerate(row):
                _label(sheet, spec, x + index * (room + 16), y, station, rail, room)
            lines = max(_station_lines(spec, station, room) for station in row)
            y += spec.name_gap + spec.leading * lines + 9
        bottoms.append(y)
    y = max(bottoms) + 8
    for line in ("Names are examples in alphabetical order, not a ranking.", publisher):
        sheet.text(0, y, line, size=foot, fill="muted")
        y += foot * 1.45
    sheet.height = round(y - foot)
    return sheet


def _sheet(spec: Spec) -> Sheet:
    return Sheet(spec.width, kind=spec.kind, minimum=spec.minimum)  # type: ignore[arg-type]


# Bands ------------------------------------------------------------


def _band(
    sheet: Sheet,
    spec: Spec,
    layer: Band,
    top: float,
    places: dict[str, float],
    *,
    per_row: int,
    rows_x: Sequence[float],
) -> float:
    """Draw one layer from `top`; note in `places` where rails may join it; return its bottom."""
    head = _head_height(spec, layer)
    if layer.id == "infrastructure":
        heights = [_row_height(spec, node, rows_x) for node in layer.nodes]
        bottom = top + head + sum(heights) + spec.border
        strata = [head + heights[0], *heights[1:]]
        _frame(sheet, spec, layer, top, bottom, strata)
        y = top + head
        for index, (node, height) in enumerate(zip(layer.nodes, heights, strict=True)):
            if index:
                sheet.line(spec.left + spec.column, y, spec.right, y, stroke="infra", stroke_opacity=0.55)
            _row(sheet, spec, node, y, height, rows_x)
            places[node.slug] = y + height / 2
            y += height
    else:
        grid = [layer.nodes[first : first + per_row] for first in range(0, len(layer.nodes), per_row)]
        widths = column_widths(grid[0], spec, per_row)
        heights = [_nodes_height(spec, row, widths) for row in grid]
        bottom = top + head + sum(heights) + ROW_GAP * (len(grid) - 1) + spec.border + spec.foot
        _frame(sheet, spec, layer, top, bottom, ())
        y = top + head + spec.node_size * 0.75
        for row, height in zip(grid, heights, strict=True):
            x = spec.x
            for node, width in zip(row, widths, strict=False):
                _node_title(sheet, x, y, node, layer.id, spec.node_size)
                _names(sheet, spec, x, y + spec.name_gap, node.names, width)
                x += width + _gap(spec)
            y += height + ROW_GAP
    _header(sheet, spec, layer, top)
    places[layer.id] = top + 27 if spec.kind == "narrow" else (top + bottom) / 2
    return bottom


def _frame(sheet: Sheet, spec: Spec, layer: Band, top: float, bottom: float, rows: Sequence[float]) -> None:
    sheet.band(
        spec.left,
        top,
        spec.right - spec.left,
        bottom - top,
        layer.id,
        column=spec.column,
        border=spec.border,
        rows=rows,
    )


def _head_height(spec: Spec, layer: Band) -> float:
    """From a band's top to where its nodes begin; on a phone the role stands below the name."""
    rows_bring_their_own_air = layer.id == "infrastructure"
    return (68 if spec.kind == "narrow" else spec.head) - (9 if rows_bring_their_own_air else 0)


def _header(sheet: Sheet, spec: Spec, layer: Band, top: float) -> None:
    beside = spec.kind != "narrow"
    y = top + (spec.name_at if beside else 31)
    width = _part_name(sheet, spec.x, y, layer, spec.layer_size)
    x, down = (spec.x + width + 8, 0) if beside else (spec.x, 20)
    sheet.text(x, y + down, layer.role, size=spec.role_size, fill="muted")


def _part_name(sheet: Sheet, x: float, y: float, part: Band | Rail, size: float) -> float:
    """A layer's or rail's name in spaced capitals; returns its width."""
    name = part.name.upper()
    width = text_width(name, size, 560, "display", TRACKING)
    with sheet.link(part.href, f"{part.name} {'layer' if isinstance(part, Band) else 'rail'}", LINK):
        _target(sheet, x, y, width, size)
        return sheet.text(
            x,
            y,
            name,
            size=size,
            weight=560,
            face="display",
            tracking=TRACKING,
            fill=layer_color(part.id, "text"),
        )


def _row_height(spec: Spec, node: Node, rows_x: Sequence[float]) -> float:
    if not rows_x:  # a phone: title above its names
        return (
            12
            + spec.node_size
            + spec.name_gap
            + spec.leading * (len(_flow(spec, node.names, spec.room)) - 1)
            + 12
        )
    lines = len(_flow(spec, node.names, spec.room - rows_x[1]))
    return max(spec.row, spec.row - 20 + spec.leading * lines)


def _row(sheet: Sheet, spec: Spec, node: Node, top: float, height: float, rows_x: Sequence[float]) -> None:
    """One row of infrastructure: name, what it sells, examples; on a phone the name above the examples."""
    if not rows_x:
        y = top + 9 + spec.node_size
        _node_title(sheet, spec.x, y, node, "infrastructure", spec.node_size)
        _names(sheet, spec, spec.x, y + spec.name_gap, node.names, spec.room)
        return
    lines = len(_flow(spec, node.names, spec.room - rows_x[1]))
    y = top + (height - (lines - 1) * spec.leading) / 2 + 5
    _node_title(sheet, spec.x, y, node, "infrastructure", spec.node_size)
    sheet.text(spec.x + rows_x[0], y, node.sells, size=spec.name_size, fill="muted")
    _names(sheet, spec, spec.x + rows_x[1], y, node.names, spec.room - rows_x[1])


def _gap(spec: Spec) -> float:
    return 16 if spec.kind == "wide" else 14


def column_widths(nodes: Sequence[Node], spec: Spec, per_row: int) -> list[float]:
    """Widths of a band's columns: equal if that costs no line, else by need, in the fewest lines."""
    room = spec.room - _gap(spec) * (per_row - 1)
    equal = [room / per_row] * per_row
    if len(nodes) < per_row or per_row == 1:
        return equal
    titles = [text_width(node.name, spec.node_size, 600) + 2 for node in nodes]
    widest = max(len(_flow(spec, node.names, equal[0])) for node in nodes)
    for lines in range(1, widest if max(titles) <= equal[0] else widest + 3):
        needed = [
            max(title, _width_for(spec, node.names, lines)) for title, node in zip(titles, nodes, strict=True)
        ]
        if sum(needed) <= room:
            spare = (room - sum(needed)) / per_row
            return [width + spare for width in needed]
    return equal


def _width_for(spec: Spec, names: Sequence[Name], lines: int) -> float:
    """The least width, in steps of 4 units, that takes the names in so many lines."""
    width = max(text_width(name.name + ",", spec.name_size) for name in names)
    while len(_flow(spec, names, width)) > lines:
        width += 4
    return width


def _nodes_height(spec: Spec, nodes: Sequence[Node], widths: Sequence[float]) -> float:
    """From the first baseline's top to the last names' baseline of one line of nodes."""
    lines = max(len(_flow(spec, node.names, width)) for node, width in zip(nodes, widths, strict=False))
    return spec.node_size * 0.75 + spec.name_gap + spec.leading * (lines - 1)


def _flow(spec: Spec, names: Sequence[Name], width: float) -> list[list[tuple[Name, str, float]]]:
    """Names in lines no wider than `width`, never broken inside: (name, its text with comma, units from the
    left).
    """
    lines: list[list[tuple[Name, str, float]]] = []
    space = text_width(" ", spec.name_size)
    x = 0.0
    for index, name in enumerate(names):
        text = name.name + ("," if index < len(names) - 1 else "")
        wide = text_width(text, spec.name_size)
        if not lines or x + wide > width + 0.5:
            lines.append([])
            x = 0.0
        lines[-1].append((name, text, x))
        x += wide + space
    return lines


def _names(sheet: Sheet, spec: Spec, x: float, y: float, names: Sequence[Name], width: float) -> None:
    for index, line in enumerate(_flow(spec, names, width)):
        for name, text, offset in line:
            baseline = y + index * spec.leading
            with sheet.link(name.href, class_=LINK):
                _target(
                    sheet,
                    x + offset,
                    baseline,
                    text_width(name.name, spec.name_size),
                    spec.name_size,
                    spec.leading,
                )
                sheet.text(x + offset, baseline, text, size=spec.name_size, fill="ink-2")


def _node_title(sheet: Sheet, x: float, y: float, node: Node, layer: Layer, size: float) -> None:
    width = text_width(node.name, size, 600)
    with sheet.link(node.href, class_=LINK):
        _target(sheet, x, y, width, size, 24)
        sheet.text(x, y, node.name, size=size, weight=600)
        sheet.line(x, y + 4.5, x + width, y + 4.5, stroke=layer_color(layer))


def _target(sheet: Sheet, x: float, y: float, width: float, size: float, height: float = 24) -> None:
    """An empty rectangle that takes the press and carries the focus ring, `height` high around a baseline at
    `y`.
    """
    sheet.add(
        "rect",
        x=x,
        y=y - size * 0.33 - height / 2,
        width=width,
        height=height,
        fill="none",
        pointer_events="all",
    )


# Money and rails ------------------------------------------------------------


def _flows(sheet: Sheet, spec: Spec, y: float, layer: Band, *, step: float) -> None:
    """Money down to the layer and what comes back for it, beside each other `step` apart, or below when
    `step` is 0.
    """
    _flow_line(sheet, spec, spec.x, y, layer.paid, up=False)
    if layer.returns:
        _flow_line(sheet, spec, spec.x + step, y + (0 if step else 21), layer.returns, up=True)


def _flow_line(sheet: Sheet, spec: Spec, x: float, y: float, text: str, *, up: bool) -> None:
    ends = (y + 3, y - 13) if up else (y - 13, y + 3)
    sheet.arrow(x + 3.5, ends[0], x + 3.5, ends[1], head=3)
    size = max(spec.name_size - 0.5, spec.minimum)
    sheet.text(x + 15, y, text, size=size, fill="ink-2")


def _road(sheet: Sheet, x: float, top: float, bottom: float) -> None:
    """Two parallel lines, 7 units over all."""
    sheet.rect(x - 3.5, top, 7, bottom - top, fill="capital-wash")
    for side in (x - 3.5, x + 3.5):
        sheet.line(side, top, side, bottom, stroke="capital", stroke_width=1.4)


def _railway(sheet: Sheet, x: float, top: float, bottom: float) -> None:
    """A line with a 9-unit tick every 9 units."""
    sheet.line(x, top, x, bottom, stroke="crypto", stroke_width=2)
    count = int((bottom - top - 9) // 9)
    ticks = "".join(f"M{x - 4.5:g} {top + 5 + 9 * index:g}h9" for index in range(count + 1))
    sheet.path(ticks, stroke="crypto", stroke_width=1.3)


def _station(sheet: Sheet, spec: Spec, rail: Rail, y: float) -> None:
    """A ring on the rail and an arm to the layer's edge."""
    capital = rail.id == "capital"
    x, edge = (spec.road, spec.left) if capital else (spec.railway, spec.right)
    ink = layer_color(rail.id)
    sheet.line(x, y, edge, y, stroke=ink, stroke_width=1.4)
    sheet.circle(x, y, 5.5, fill="paper", stroke=ink, stroke_width=1.4)


def _label(sheet: Sheet, spec: Spec, x: float, y: float, station: Station, rail: Rail, room: float) -> None:
    _node_title(sheet, x, y, station, rail.id, spec.node_size)
    if station.names:
        _names(sheet, spec, x, y + spec.name_gap, station.names, room)
    else:
        sheet.paragraph(
            x,
            y + spec.name_gap,
            station.line or "",
            room,
            size=spec.name_size,
            fill="ink-2",
            leading=spec.leading / spec.name_size,
        )


def _station_lines(spec: Spec, station: Station, room: float) -> int:
    """Lines below a station's name, as `_label` draws them."""
    if station.line:
        return len(wrap(station.line, room, spec.name_size))
    return len(_flow(spec, station.names, room))


def _spread(wanted: Sequence[float], below: Sequence[float], top: float, bottom: float) -> list[float]:
    """Places near the wanted ones, in order, so that labels do not meet: each reaches 24 above its place and
    `below` under it.
    """
    places = list(wanted)
    for _ in range(60):
        for index, (first, second) in enumerate(pairwise(places)):
            short = first + below[index] + 34 - second
            if short > 0:
                places[index] -= short / 2
                places[index + 1] += short / 2
        places = [
            min(max(place, top + 24), bottom - under) for place, under in zip(places, below, strict=True)
        ]
    return [round(place, 1) for place in places]
