"""Lines and points on two scales, in one plot or several: linear or logarithmic, by date or by any number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Amount, fill
from fieldguide.drawing.asserts import Entry
from fieldguide.drawing.kinds import xydata, xyplot
from fieldguide.drawing.kinds.base import Laid
from fieldguide.drawing.kinds.xydata import Data, Plot
from fieldguide.drawing.kinds.xysizes import XySizes
from fieldguide.drawing.metrics import Metrics
from fieldguide.drawing.sheet import Sheet, Table
from fieldguide.records.figure import Figure


class XY(Laid[Data, Plot]):
    data = Data
    example = """
  panels:
    - x: {low: 2024, high: 2027, ticks: [2024, 2025, 2026, 2027], strokes: true}
      y: {high: 50, ticks: [0, 10, 20, 30, 40, 50], format: g%}
      label: "{value:g%}"
      series:
        - {name: The first, points: [{x: 2024-06, value: 12}, {x: 2025-06, value: 20}, {x: 2026-06, value: 42}]}
  table:
    columns: {Date: "{date}", Share: "{value:g%}"}
"""

    def sizes(self, plot: Plot) -> XySizes:
        return plot.data.metrics

    def read(self, data: Data, figure: Figure, book: Book) -> Plot:
        return xydata.resolve(data, figure.context, book)

    def lay_out(self, plot: Plot, m: Metrics) -> Sheet:
        return xyplot.lay_out(plot, m)

    def table(self, plot: Plot) -> Table:
        return Table(fill(plot.data.table.caption, plot.names), list(plot.data.table.columns), xydata.table_rows(plot))

    def entries(self, plot: Plot) -> Sequence[Entry]:
        """Each point: `value`, `x` and its own values; each series: what it names."""
        dots = [Entry(dot.ids, {"x": [dot.x], **_numbers(dot.names), "value": [dot.amount.value]}) for run in plot.runs for dot in run.dots]
        return [*dots, *(Entry(frozenset({run.series.id}), _numbers(run.names)) for run in plot.runs if run.series.id and not run.dots)]

    def scene(self, plot: Plot) -> dict[str, Any]:
        return {"panels": [xydata.panel_scene(panel, runs, plot) for panel, runs in plot.panels], "key": plot.data.marks.names, "point": fill(plot.data.point[0], plot.names)}


def _numbers(names: Any) -> dict[str, list[float]]:
    return {key: [value.value] for key, value in names.items() if isinstance(value, Amount)}
