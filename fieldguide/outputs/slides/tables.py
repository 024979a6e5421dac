"""Tables of figures outside a page: on a slide, as outlined text in columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from fieldguide.drawing.grid import CellStyle, Grid, GridCell
from fieldguide.drawing.measure import line_starts
from fieldguide.outputs.outlines import text_path, width_of
from fieldguide.outputs.slides.arrangement import PlacedDrawing

SIZES = (34, 30, 27, 25, 23, 21, 20, 19)
"""Text sizes in px, largest first; the first that fits is taken. None is smaller than a slide allows."""
LEADING = 1.28
PADDING, TIGHT = 0.45, 0.26
"""Space above and below a row's text, as a share of its size; TIGHT applies once something has to be left
out.
"""
GAP = 30
"""Px between columns."""
STEP = 24
"""Px by which a column is widened at a time, until the room is used up."""
Run = tuple[str, CellStyle]
TableLine = list[tuple[float, str, CellStyle]]
"""Runs of one line, as (x, words, style)."""
Word = tuple[list[Run], float]
"""The runs of one word, which is never broken, and its width."""


@lru_cache(maxsize=20_000)
def _measured(cell: GridCell, size: float, notes: bool, cites: bool) -> list[list[Word]]:
    """The words of each paragraph of a cell. `notes` and `cites` say whether notes and sources are
    included.
    """
    wanted = [paragraph for paragraph in cell.paragraphs if notes or not _is_note(paragraph)]
    if cites and cell.sources:
        wanted = [*wanted, [("; ".join(cell.sources), CellStyle(color="muted"))]]
    return [_words(paragraph, size) for paragraph in wanted]


def _words(paragraph: list[Run], size: float) -> list[Word]:
    words: list[Word] = []
    joined = False  # whether the last run ended without a space, so that the next one continues its word
    for run, style in paragraph:
        joined = joined and not run[:1].isspace()
        for part in run.split():
            before, width = words.pop() if joined else ([], 0.0)
            words.append(([*before, (part, style)], width + width_of(part, size, weight=style.weight)))
            joined = False
        if run.strip():
            joined = not run[-1:].isspace()
    return words


@lru_cache(maxsize=50_000)
def _laid(cell: GridCell, width: float, size: float, notes: bool, cites: bool) -> list[TableLine]:
    """The lines of a cell, none wider than `width`."""
    space = width_of(" ", size)
    return [
        _line(words[start:end], size, space)
        for words in _measured(cell, size, notes, cites)
        for start, end in pairwise((*_starts(words, width, space), len(words)))
    ]


def _starts(words: list[Word], width: float, space: float) -> list[int]:
    return line_starts([wide for _, wide in words], [space] * len(words), width)


def _line(words: list[Word], size: float, space: float) -> TableLine:
    """Words on one line; neighbors of one style are one run."""
    line: TableLine = []
    x = -space
    for runs, _ in words:
        x += space
        for index, (part, style) in enumerate(runs):
            if line and index == 0 and line[-1][2] == style:
                line[-1] = (line[-1][0], f"{line[-1][1]} {part}", style)
            else:
                line.append((x, part, style))
            x += width_of(part, size, weight=style.weight)
    return line


def _width(line: TableLine, size: float) -> float:
    begin, words, style = line[-1]
    return begin + width_of(words, size, weight=style.weight)


def _least(cell: GridCell, size: float) -> float:
    """The width of the cell's longest word."""
    return max((wide for words in _measured(cell, size, True, False) for _, wide in words), default=0)


def _is_note(paragraph: list[Run]) -> bool:
    return bool(paragraph) and all(style.color == "muted" for words, style in paragraph if words.strip())


@dataclass(frozen=True)
class _Plan:
    size: float
    notes: bool
    cites: bool
    rows: int
    left_out: int = 0

    @property
    def padding(self) -> float:
        return self.size * (TIGHT if self.left_out else PADDING)


def lay_table(
    grid: Grid, width: float, height: float, tokens: Mapping[str, str], address: str, least: float = SIZES[-1]
) -> PlacedDrawing:
    """The table in a room of this size, in the largest text that fits and at least `least` px.

    If not everything fits, the following is left out in this order, and a line below the table says so:
    sources of rows, notes of cells, last rows.
    """
    cited = any(cell.sources for row in grid.rows for cell in row)
    noted = any(_is_note(paragraph) for row in grid.rows for cell in row for paragraph in cell.paragraphs)
    whole = len(grid.rows)
    sizes = [size for size in SIZES if size >= least]
    plans = [_Plan(size, True, True, whole) for size in sizes]
    plans += [_Plan(size, True, False, whole, 1) for size in sizes[-2:] if cited]
    plans += [_Plan(size, False, False, whole, 2) for size in sizes if noted]
    plans += [_Plan(sizes[-1], not noted, False, rows, 2 + whole - rows) for rows in range(whole - 1, 0, -1)]
    for plan in plans:
        left_out = [
            words
            for words, there in (
                ("the sources of each row", cited and not plan.cites),
                ("notes", noted and not plan.notes),
            )
            if there
        ]
        remark = ""
        if plan.rows < whole:
            remark = f"{plan.rows} of {whole} rows; all of them, in full, at {address}"
        elif left_out:
            remark = f"Shortened: {' and '.join(left_out)} stand at {address}"
        room = height - (plan.size * 1.9 if remark else 0)
        if _area(grid, plan) > width * room:
            continue
        widths = _columns(grid, plan, width)
        if widths is None or sum(_heights(grid, plan, widths)) > room:
            continue
        return _draw(grid, plan, widths, tokens, remark)
    raise ValueError(
        "the table's columns do not fit a slide: shorten its longest words or give it fewer columns"
    )


def _used(grid: Grid, plan: _Plan) -> list[int]:
    """The indexes of columns with content. A column of sources only is empty once sources are left out."""
    rows = grid.rows[: plan.rows]
    return [
        index
        for index in range(len(grid.header))
        if any(_laid(row[index], 1e6, plan.size, plan.notes, plan.cites) for row in rows)
    ]


def _columns(grid: Grid, plan: _Plan, width: float) -> dict[int, float] | None:
    """{index of a column: its width}. Each column gets the width of its longest word, then widening goes
    where it makes the table shortest. None if even the words alone need more.
    """
    used = _used(grid, plan)
    rows = [grid.header, *grid.rows[: plan.rows]]
    widths = {index: max(_least(row[index], plan.size) for row in rows) + 1 for index in used}
    room = width - GAP * (len(used) - 1) - sum(widths.values())
    if room < 0:
        return None

    space = width_of(" ", plan.size)
    measured = {
        index: [_measured(row[index], plan.size, plan.notes, plan.cites) for row in rows] for index in used
    }

    def lines(index: int, wide: float) -> list[int]:
        return [sum(len(_starts(words, wide, space)) for words in row) for row in measured[index]]

    words = {index: sum(len(row[index].plain) for row in rows) for index in used}
    counts = {index: lines(index, widths[index]) for index in used}
    trials = {index: lines(index, widths[index] + 3 * STEP) for index in used}
    paragraphs = {index: sum(len(row[index].paragraphs) for row in rows) for index in used}
    while room >= STEP:
        narrow = [
            index for index in used if sum(counts[index]) > paragraphs[index]
        ]  # a column whose paragraphs are one line each needs no more
        if not narrow:
            break
        saved = _saved(counts, trials)
        # The column that, three steps wider, shortens the table most; among equals, the one with the most
        # text for its width.
        best = max(narrow, key=lambda index: (saved[index], words[index] / widths[index]))
        widths[best] += STEP
        room -= STEP
        counts[best], trials[best] = lines(best, widths[best]), lines(best, widths[best] + 3 * STEP)
    # A small table is spread out, so that it does not look lost in the room.
    spread = min(room / len(used), plan.size * 4)
    return {index: wide + spread for index, wide in widths.items()}


def _saved(counts: Mapping[int, list[int]], trials: Mapping[int, list[int]]) -> dict[int, int]:
    """{column: lines that the table becomes shorter if only this column has the lines of its trial}. `counts`
    and `trials` are {column: lines of each row}.
    """
    saved = dict.fromkeys(counts, 0)
    for row, own in enumerate(zip(*counts.values(), strict=True)):
        most, second = sorted((0, 0, *own))[:-3:-1]
        for index, count in zip(counts, own, strict=True):
            if count == most:  # else another column makes the row as tall
                saved[index] += most - max(second, trials[index][row])
    return saved


def _area(grid: Grid, plan: _Plan) -> float:
    """The area of the words in square px. A table whose words alone are larger than the room need not be laid
    out.
    """
    cells = (cell for row in grid.rows[: plan.rows] for cell in row)
    runs = (
        run for cell in cells for line in _laid(cell, 1e6, plan.size, plan.notes, plan.cites) for run in line
    )
    return (
        sum(width_of(words, plan.size, weight=style.weight) for _, words, style in runs) * plan.size * LEADING
    )


def _heights(grid: Grid, plan: _Plan, widths: Mapping[int, float]) -> list[float]:
    def tall(row: list[GridCell]) -> float:
        return (
            max(len(_laid(row[index], widths[index], plan.size, plan.notes, plan.cites)) for index in widths)
            * plan.size
            * LEADING
            + 2 * plan.padding
        )

    return [tall(row) for row in (grid.header, *grid.rows[: plan.rows])]


def _draw(
    grid: Grid, plan: _Plan, widths: Mapping[int, float], tokens: Mapping[str, str], remark: str
) -> PlacedDrawing:
    parts: list[str] = []
    full = sum(widths.values()) + GAP * (len(widths) - 1)
    y = 0.0
    for number, (row, tall) in enumerate(
        zip((grid.header, *grid.rows[: plan.rows]), _heights(grid, plan, widths), strict=True)
    ):
        x = 0.0
        for index, wide in widths.items():
            for line, runs in enumerate(_laid(row[index], wide, plan.size, plan.notes, plan.cites)):
                begins = x + (wide - _width(runs, plan.size) if row[index].right else 0)
                baseline = y + plan.padding + plan.size * (LEADING * line + 0.98)
                parts += [
                    text_path(
                        begins + begin,
                        baseline,
                        words,
                        plan.size,
                        tokens["muted" if number == 0 else style.color],
                        weight=style.weight,
                    )
                    for begin, words, style in runs
                ]
            x += wide + GAP
        y += tall
        color, thick = (tokens["ink"], 1.5) if number == 0 else (tokens["rule"], 1)
        parts.append(f'<path d="M0 {y:.1f}h{full:.1f}" stroke="{color}" stroke-width="{thick}"/>')
    if remark:
        y += plan.size * 1.5
        parts.append(text_path(0, y, remark, plan.size, tokens["muted"]))
        y += plan.size * 0.4
    return PlacedDrawing(full, y, plan.size, "".join(parts), plan.left_out)
