"""The stack map: three layers as bands, capital as a road, crypto as a railway, money down and answers up.
`Sheet.band` in drawing/sheet.py draws the bands.

It is drawn from data/stack.yml in three sizes: 1352 units with its frame, 728, and 358 for phones. Bands grow
with their names; nothing is shrunk to fit. Each
drawing carries the map's name, date and publisher, so the page prints no title above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pydantic import Field

from fieldguide.book import Book
from fieldguide.drawing.canvas import Kind
from fieldguide.drawing.colors import Layer, layer_color
from fieldguide.drawing.measure import text_width, wrap
from fieldguide.drawing.shapes import Drawing, Shapes, Table
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.base import Strict
from fieldguide.records.stack import Layer as Band
from fieldguide.records.stack import MapName, Node, Rail, Stack, Station
from fieldguide.text.dates import show_date

LINK = "fg-map__link"
TRACKING = 0.2
"""Of layer names, in em."""
ROW_GAP = 21
"""Between a band's lines of nodes, beside the height of a title."""
NO_RANKING = "Names are examples in alphabetical order, not a ranking."
NameLine = list[tuple[MapName, str, float]]
"""Names on one line: (name, its text with comma, units from the left)."""


class StackMapData(Strict):
    """The map needs only what the stack does not know: who publishes it."""

    publisher: str = Field(max_length=60)


DATA = StackMapData


@dataclass(frozen=True)
class MapSpec:
    """Measures of one of the drawings, in its units."""

    width: float
    kind: Kind
    minimum: float  # smallest text: 12 px where the drawing is shown smallest, at 1120, 600 and 320 px
    layer_size: float
    role_size: float
    node_size: float
    name_size: float
    leading: float  # between lines of names
    name_gap: float  # from a node's baseline to its names'
    left: float
    right: float  # the bands' edges
    column: float
    border: float
    indent: float  # from the border to the text
    road: float
    railway: float
    per_row: int  # nodes on a line of a band; 0 for all of them
    step: float  # from money down to what comes back for it; 0 sets that below
    # where a row of infrastructure has what it sells, and its names; without these the names stand below
    rows_x: tuple[float, ...]
    gap: float  # between two nodes of a line
    head: float = 63  # from a band's top to where its nodes begin
    name_at: float = 38  # from a band's top to the baseline of its name
    target: float = (
        24  # height of what can be pressed; on a phone, which shows 320 px of 358 units, its width too
    )
    row: float = 49  # least height of a row of infrastructure: on a page a place to press
    foot: float = 14  # from the last name to the border
    between: float = 41  # from band to band

    @property
    def x(self) -> float:
        """Where text in a band begins."""
        return self.left + self.column + self.border + self.indent

    @property
    def room(self) -> float:
        """Units for text across a band."""
        return self.right - self.border - 8 - self.x

    @property
    def phone(self) -> bool:
        return self.kind == "narrow"


WIDE = MapSpec(
    1352, "wide", 14.5, 19, 15.5, 16, 15.5, 20, 24.5, 237, 1114, 22, 8, 17, 202, 1150, 0, 236, (252, 430), 16
)
MEDIUM = MapSpec(
    728, "medium", 14.6, 18, 15.5, 16, 15.5, 21, 23, 34, 694, 22, 8, 14, 12, 716, 3, 298, (186, 318), 14
)
SLIDE = MapSpec(
    1325,
    "wide",
    14.5,
    19,
    15.5,
    16,
    15.5,
    19,
    22.5,
    206,
    1116,
    22,
    8,
    17,
    170,
    1154,
    0,
    236,
    (252, 430),
    16,
    head=50,
    name_at=29,
    row=36,
    foot=7,
    between=32,
)
"""As the wide drawing, without its frame and closer: nothing on a slide is pressed."""
NARROW = MapSpec(
    358,
    "narrow",
    13.6,
    15,
    13.6,
    15,
    14,
    27,
    27,
    24,
    334,
    13,
    6,
    10,
    8,
    350,
    1,
    0,
    (),
    14,
    head=68,
    target=27,
)


def render(data: StackMapData, book: Book) -> Drawing:
    """The three drawings and the same content as a table. Raises ValueError when there is no stack."""
    if book.stack is None:
        raise ValueError("data/stack.yml is missing or has errors; the stack map is drawn from it")
    record = book.figures["stack-map"]
    return draw(book.stack, data.publisher, record.title, record.alt)


def draw(stack: Stack, publisher: str, title: str, description: str) -> Drawing:
    def drawn(size: str, sheet: Sheet) -> Shapes:
        return sheet.drawn(f"stack-map-{size}", title, description)

    return Drawing(
        wide=drawn("wide", _wide(stack, publisher)),
        medium=drawn("medium", _stacked(MEDIUM, stack, publisher)),
        narrow=drawn("narrow", _stacked(NARROW, stack, publisher)),
        slide=drawn("slide", _slide(stack)),
        table=table(stack),
        titled=True,
    )


def table(stack: Stack) -> Table:
    rows = [
        [part.name, node.name, node.sells, ", ".join(name.name for name in node.names)]
        for part, node in stack.nodes()
    ]
    return Table(
        f"{stack.title}, as of {show_date(stack.as_of)}",
        ["Layer or rail", "Place", "What it sells", "Examples"],
        rows,
    )


# Four drawings ------------------------------------------------------------


def _wide(stack: Stack, publisher: str) -> Sheet:
    made, margin = _Map(WIDE, stack), 40.0
    sheet, end = made.sheet, WIDE.width - margin
    sheet.text(margin, 63, stack.title, size=29, weight=430, face="display")
    sheet.text(end, 63, f"As of {show_date(stack.as_of)}", size=14.5, fill="muted", anchor="end")
    bottom = made.between_rails(131, margin)
    sheet.text(margin, bottom + 37, f"{NO_RANKING} Every name opens a dated record.", size=14.5, fill="muted")
    sheet.text(end, bottom + 37, publisher, size=14.5, fill="muted", anchor="end")
    sheet.height = round(bottom + 64)
    sheet.neatline()
    return sheet


def _slide(stack: Stack) -> Sheet:
    """The bands and rails alone; a slide brings title, date and publisher."""
    made = _Map(SLIDE, stack)
    made.sheet.height = round(made.between_rails(29, 0) + 1)
    return made.sheet


def _stacked(spec: MapSpec, stack: Stack, publisher: str) -> Sheet:
    """The date stands at the end of the title's line, or on a phone below it."""
    made, phone = _Map(spec, stack), spec.phone
    made.sheet.text(0, 24 if phone else 26, stack.title, size=26 if phone else 27, weight=430, face="display")
    x, y = (0.0, 49.0) if phone else (spec.width, 26.0)
    made.sheet.text(
        x, y, f"As of {show_date(stack.as_of)}", size=15, fill="muted", anchor="start" if phone else "end"
    )
    made.entries_below(
        publisher, made.stacked(70 if phone else 46), columns=1 if phone else 2, foot=13.6 if phone else 15
    )
    return made.sheet


@dataclass
class _Map:
    """One drawing being made."""

    spec: MapSpec
    stack: Stack
    sheet: Sheet = field(init=False)
    places: dict[str, float] = field(default_factory=dict)
    """Where rails may join what is drawn: layer, or row of infrastructure → y."""

    def __post_init__(self) -> None:
        self.sheet = Sheet(self.spec.width, kind=self.spec.kind, minimum=self.spec.minimum)

    # The whole

    def between_rails(self, start: float, margin: float) -> float:
        """Draws the bands from `start` down, and beside them the rails with their entries, `margin` units
        from the edges. Returns the y coordinate of the bottom.
        """
        spec, top, label_x = self.spec, start, self.spec.railway + 20
        for rail, x in zip(self.stack.rails, (margin, label_x), strict=True):
            self.part_name(x, start - 11, rail, 17)
        for layer in self.stack.layers:
            self.flows(top - 11 if top == start else top + spec.between * 26 / 41, layer)
            top = self.band(layer, top if top == start else top + spec.between)
        self.road_and_railway(start, top)
        for rail, x, room in zip(
            self.stack.rails,
            (margin, label_x),
            (spec.road - 14 - margin, spec.width - margin - label_x),
            strict=True,
        ):
            below = [18 + 20 * station_lines(spec, station, room) for station in rail.nodes]
            places = spread([self.places[station.joins] for station in rail.nodes], below, start, top)
            for station, y in zip(rail.nodes, places, strict=True):
                self.station(rail, y)
                self.label(x, y - 8, station, rail, room)
        return top

    def stacked(self, top: float) -> float:
        """Draws the bands from `top` between two plain rails, whose entries follow below. Returns the y
        coordinate of the bottom.
        """
        start = 0.0
        for layer in self.stack.layers:
            self.flows(top + (24 if start else 18), layer)
            top += 16 + 21 * (1 if self.spec.step or not layer.returns else 2) - (0 if start else 6)
            start = start or top
            top = self.band(layer, top)
        self.road_and_railway(start, top)
        for rail in self.stack.rails:
            for joined in dict.fromkeys(self.places[station.joins] for station in rail.nodes):
                self.station(rail, joined)
        return top

    def entries_below(self, publisher: str, top: float, *, columns: int, foot: float) -> None:
        """The rails' entries in two columns, then what always stands on the map."""
        spec, half, bottoms = self.spec, (self.spec.width - 24) / 2, []
        room = (half - 16 * (columns - 1)) / columns
        for rail, x in zip(self.stack.rails, (0, half + 24), strict=True):
            self.part_name(x, top + 38, rail, spec.layer_size)
            y = top + 38 + spec.name_gap + 5
            for first in range(0, len(rail.nodes), columns):
                row = rail.nodes[first : first + columns]
                for index, station in enumerate(row):
                    self.label(x + index * (room + 16), y, station, rail, room)
                y += (
                    spec.name_gap
                    + spec.leading * max(station_lines(spec, station, room) for station in row)
                    + 9
                )
            bottoms.append(y)
        y = max(bottoms) + 8
        for line in (NO_RANKING, publisher):
            self.sheet.text(0, y, line, size=foot, fill="muted")
            y += foot * 1.45
        self.sheet.height = round(y - foot)

    # Bands

    def band(self, layer: Band, top: float) -> float:
        """Draw one layer from `top`; note where rails may join it; return its bottom."""
        spec = self.spec
        bottom = self.strata(layer, top) if layer.id == "infrastructure" else self.lines(layer, top)
        down = spec.name_at if not spec.phone else 31
        width = self.part_name(spec.x, top + down, layer, spec.layer_size)
        self.sheet.text(
            *((spec.x + width + 8, top + down) if not spec.phone else (spec.x, top + 51)),
            layer.role,
            size=spec.role_size,
            fill="muted",
        )
        self.places[layer.id] = top + 27 if spec.phone else (top + bottom) / 2
        return bottom

    def paper(self, layer: Band, top: float, bottom: float, rows: Sequence[float] = ()) -> None:
        spec = self.spec
        self.sheet.band(
            spec.left,
            top,
            spec.right - spec.left,
            bottom - top,
            layer.id,
            column=spec.column,
            border=spec.border,
            rows=rows,
        )

    def lines(self, layer: Band, top: float) -> float:
        """Draws nodes in lines, each above its names."""
        spec = self.spec
        per_row = spec.per_row or len(layer.nodes)
        grid = [layer.nodes[first : first + per_row] for first in range(0, len(layer.nodes), per_row)]
        widths = column_widths(grid[0], spec, per_row)
        heights = [
            spec.node_size * 0.75
            + spec.name_gap
            + spec.leading
            * (max(len(flow(spec, node.names, width)) for node, width in zip(row, widths, strict=False)) - 1)
            for row in grid
        ]
        bottom = top + spec.head + sum(heights) + ROW_GAP * (len(grid) - 1) + spec.border + spec.foot
        self.paper(layer, top, bottom)
        y = top + spec.head + spec.node_size * 0.75
        for row, height in zip(grid, heights, strict=True):
            x = spec.x
            for node, width in zip(row, widths, strict=False):
                self.node_title(x, y, node, layer.id)
                self.names(x, y + spec.name_gap, node.names, width)
                x += width + spec.gap
            y += height + ROW_GAP
        return bottom

    def strata(self, layer: Band, top: float) -> float:
        """Draws the rows of infrastructure, which have their own spacing."""
        spec, head = self.spec, self.spec.head - 9
        heights = [row_height(spec, node) for node in layer.nodes]
        bottom = top + head + sum(heights) + spec.border
        self.paper(layer, top, bottom, [head + heights[0], *heights[1:]])
        y = top + head
        for index, (node, height) in enumerate(zip(layer.nodes, heights, strict=True)):
            if index:
                self.sheet.line(
                    spec.left + spec.column, y, spec.right, y, stroke="infra", stroke_opacity=0.55
                )
            self.row(node, y, height)
            self.places[node.slug] = y + height / 2
            y += height
        return bottom

    def row(self, node: Node, top: float, height: float) -> None:
        """Draws a row of infrastructure: name, what it sells, examples; on a phone the name is above the
        examples.
        """
        spec = self.spec
        if not spec.rows_x:
            y = top + 9 + spec.node_size
            self.node_title(spec.x, y, node, "infrastructure")
            self.names(spec.x, y + spec.name_gap, node.names, spec.room)
            return
        sells, names = spec.rows_x
        y = top + (height - (len(flow(spec, node.names, spec.room - names)) - 1) * spec.leading) / 2 + 5
        self.node_title(spec.x, y, node, "infrastructure")
        self.sheet.text(spec.x + sells, y, node.sells, size=spec.name_size, fill="muted")
        self.names(spec.x + names, y, node.names, spec.room - names)

    # Words that are links

    def part_name(self, x: float, y: float, part: Band | Rail, size: float) -> float:
        """Draws the name of a layer or rail in spaced capitals. Returns its width."""
        name = part.name.upper()
        with self.sheet.link(part.href, f"{part.name} {'layer' if isinstance(part, Band) else 'rail'}", LINK):
            self.target(x, y, text_width(name, size, 560, "display", TRACKING), size)
            return self.sheet.text(
                x,
                y,
                name,
                size=size,
                weight=560,
                face="display",
                tracking=TRACKING,
                fill=layer_color(part.id, "text"),
            )

    def names(self, x: float, y: float, names: Sequence[MapName], width: float) -> None:
        spec = self.spec
        for index, line in enumerate(flow(spec, names, width)):
            baseline = y + index * spec.leading
            for name, text, offset in line:
                with self.sheet.link(name.href, class_=LINK):
                    self.target(
                        x + offset,
                        baseline,
                        text_width(name.name, spec.name_size),
                        spec.name_size,
                        spec.leading,
                    )
                    self.sheet.text(x + offset, baseline, text, size=spec.name_size, fill="ink-2")

    def node_title(self, x: float, y: float, node: Node, layer: Layer) -> None:
        size = self.spec.node_size
        width = text_width(node.name, size, 600)
        with self.sheet.link(node.href, class_=LINK):
            self.target(x, y, width, size)
            self.sheet.text(x, y, node.name, size=size, weight=600)
            self.sheet.line(x, y + 4.5, x + width, y + 4.5, stroke=layer_color(layer))

    def target(self, x: float, y: float, width: float, size: float, height: float = 0) -> None:
        """Draws an empty rectangle that can be tapped and has the focus ring, `height` units high (or as the
        drawing has them) around a baseline at `y`.
        """
        height = height or self.spec.target
        self.sheet.add(
            "rect",
            x=x,
            y=y - size * 0.33 - height / 2,
            width=max(width, self.spec.target if self.spec.phone else 0),
            height=height,
            fill="none",
            pointer_events="all",
        )

    def label(self, x: float, y: float, station: Station, rail: Rail, room: float) -> None:
        spec = self.spec
        self.node_title(x, y, station, rail.id)
        if station.names:
            self.names(x, y + spec.name_gap, station.names, room)
        else:
            self.sheet.paragraph(
                x,
                y + spec.name_gap,
                station.line or "",
                room,
                size=spec.name_size,
                fill="ink-2",
                leading=spec.leading / spec.name_size,
            )

    # Money and rails

    def flows(self, y: float, layer: Band) -> None:
        """Draws the money that goes down to the layer and what it pays for, side by side or one below the
        other.
        """
        spec = self.spec
        size = max(spec.name_size - 0.5, spec.minimum)
        flows = [
            (spec.x, y, layer.paid, -13, 3),
            *(
                [(spec.x + spec.step, y + (0 if spec.step else 21), layer.returns, 3, -13)]
                if layer.returns
                else []
            ),
        ]
        for x, base, text, start, end in flows:
            self.sheet.arrow(x + 3.5, base + start, x + 3.5, base + end, head=3)
            self.sheet.text(x + 15, base, text, size=size, fill="ink-2")

    def road_and_railway(self, top: float, bottom: float) -> None:
        """Draws two parallel lines, 7 units wide in all, and a line with a 9-unit tick every 9 units."""
        sheet, road, railway = self.sheet, self.spec.road, self.spec.railway
        sheet.rect(road - 3.5, top, 7, bottom - top, fill="capital-wash")
        for side in (road - 3.5, road + 3.5):
            sheet.line(side, top, side, bottom, stroke="capital", stroke_width=1.4)
        sheet.line(railway, top, railway, bottom, stroke="crypto", stroke_width=2)
        ticks = "".join(
            f"M{railway - 4.5:g} {top + 5 + 9 * index:g}h9"
            for index in range(int((bottom - top - 9) // 9) + 1)
        )
        sheet.path(ticks, stroke="crypto", stroke_width=1.3)

    def station(self, rail: Rail, y: float) -> None:
        """Draws a ring on the rail and an arm to the edge of the layer."""
        x, edge = (
            (self.spec.road, self.spec.left) if rail.id == "capital" else (self.spec.railway, self.spec.right)
        )
        self.sheet.line(x, y, edge, y, stroke=layer_color(rail.id), stroke_width=1.4)
        self.sheet.circle(x, y, 5.5, fill="paper", stroke=layer_color(rail.id), stroke_width=1.4)


# Measures ------------------------------------------------------------


def row_height(spec: MapSpec, node: Node) -> float:
    """The height of a row of infrastructure, whose title is above its names on a phone."""
    if not spec.rows_x:
        return (
            24 + spec.node_size + spec.name_gap + spec.leading * (len(flow(spec, node.names, spec.room)) - 1)
        )
    return max(
        spec.row, spec.row - 20 + spec.leading * len(flow(spec, node.names, spec.room - spec.rows_x[1]))
    )


def column_widths(nodes: Sequence[Node], spec: MapSpec, per_row: int) -> list[float]:
    """Widths of a band's columns: equal if that costs no line, else by need, in the fewest lines."""
    room = spec.room - spec.gap * (per_row - 1)
    equal = [room / per_row] * per_row
    if len(nodes) < per_row or per_row == 1:
        return equal
    titles = [text_width(node.name, spec.node_size, 600) + 2 for node in nodes]
    widest = max(len(flow(spec, node.names, equal[0])) for node in nodes)
    for lines in range(1, widest if max(titles) <= equal[0] else widest + 3):
        needed = [
            max(title, _width_for(spec, node.names, lines)) for title, node in zip(titles, nodes, strict=True)
        ]
        if sum(needed) <= room:
            return [width + (room - sum(needed)) / per_row for width in needed]
    return equal


def _width_for(spec: MapSpec, names: Sequence[MapName], lines: int) -> float:
    """The least width, in steps of 4 units, that takes the names in so many lines."""
    width = max(text_width(name.name + ",", spec.name_size) for name in names)
    while len(flow(spec, names, width)) > lines:
        width += 4
    return width


def flow(spec: MapSpec, names: Sequence[MapName], width: float) -> list[NameLine]:
    """Names in lines no wider than `width`; no name is broken."""
    lines: list[NameLine] = []
    space, x = text_width(" ", spec.name_size), 0.0
    for index, name in enumerate(names):
        text = name.name + ("," if index < len(names) - 1 else "")
        wide = text_width(text, spec.name_size)
        if not lines or x + wide > width + 0.5:
            lines.append([])
            x = 0.0
        lines[-1].append((name, text, x))
        x += wide + space
    return lines


def station_lines(spec: MapSpec, station: Station, room: float) -> int:
    """Lines below a station's name, as its label draws them."""
    return (
        len(wrap(station.line, room, spec.name_size))
        if station.line
        else len(flow(spec, station.names, room))
    )


def spread(wanted: Sequence[float], below: Sequence[float], top: float, bottom: float) -> list[float]:
    """Label positions near the wanted ones, in order, so that labels do not overlap: each takes 24 units
    above its position and `below` units under it.
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
