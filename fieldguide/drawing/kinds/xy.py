"""Lines and points on two scales, in one plot or several: linear or logarithmic, by date or by any number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Names, fill
from fieldguide.drawing.asserts import Entry
from fieldguide.drawing.kinds import xydata, xyplot
from fieldguide.drawing.kinds.base import Laid, entry
from fieldguide.drawing.kinds.xydata import Data, Plot
from fieldguide.drawing.metrics import Metrics
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.figure import Figure


class XY(Laid[Data, Plot]):
    data = Data

    def read(self, data: Data, figure: Figure, book: Book) -> Plot:
        return xydata.resolve(data, figure, book)

    def lay_out(self, plot: Plot, m: Metrics) -> Sheet:
        return xyplot.lay_out(plot, m)

    def rows(self, plot: Plot) -> Iterable[Names]:
        return xydata.table_rows(plot)

    def entries(self, plot: Plot) -> Sequence[Entry]:
        """Each point: `value`, `x` and its own values; each series without points: what it names."""
        dots = [entry(dot.ids, dot.names) for run in plot.runs for dot in run.dots]
        return [*dots, *(entry([run.series.id], run.names) for run in plot.runs if run.series.id and not run.dots)]

    def scene(self, plot: Plot) -> dict[str, Any]:
        return {"panels": [xydata.panel_scene(panel, runs, plot) for panel, runs in plot.panels], "key": plot.data.marks.names, "point": fill(plot.data.point[0], plot.names)}
