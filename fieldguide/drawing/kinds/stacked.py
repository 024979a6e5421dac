"""Stacked: wholes divided into the same parts, as bars across the sheet one below the other, or as one down it with its parts named beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Amount, Names, fill
from fieldguide.drawing.asserts import Entry
from fieldguide.drawing.kinds import stackplot
from fieldguide.drawing.kinds.base import Laid
from fieldguide.drawing.kinds.stackdata import Data, Plot, StackSizes, resolve
from fieldguide.drawing.metrics import Metrics
from fieldguide.drawing.sheet import Sheet, Table
from fieldguide.records.figure import Figure


class Stacked(Laid[Data, Plot]):
    data = Data
    example = """
  parts:
    - {name: Models, layer: model, label: "{value:$.2f}"}
    - {name: People, look: muted, label: "{value:$.2f}"}
    - {name: What is left, look: empty, rest: true, label: "{value:$.2f}"}
  stacks:
    - {total: 1, values: [0.3, 0.2]}
  table:
    columns: {What: "{name}", Of a dollar: "{value:$.2f}", Share: "{share:.0f}%"}
"""

    def sizes(self, plot: Plot) -> StackSizes:
        return plot.data.metrics

    def read(self, data: Data, figure: Figure, book: Book) -> Plot:
        return resolve(data, figure.context, book)

    def lay_out(self, plot: Plot, m: Metrics) -> Sheet:
        return stackplot.lay_out(plot, m)

    def table(self, plot: Plot) -> Table:
        table = plot.data.table
        names = [whole.names for whole in plot.wholes] if table.each == "stack" else [share.names for share in sorted(plot.shares, key=lambda share: share.part.rest)]
        rows = [*((one, [*table.columns.values()]) for one in names), *((plot.names, row) for row in table.more)]
        return Table(fill(table.caption, plot.names), list(table.columns), [[fill(text, known, cell=True) for text in texts] for known, texts in rows])

    def entries(self, plot: Plot) -> Sequence[Entry]:
        """A part by its id or layer, with its number in each stack by that stack's id; a stack by its id, with its total and each part by that part's id."""
        named = [(("parts", share.part.id, share.part.layer or ""), share.names) for share in plot.shares] + [(("stacks", whole.stack.id, ""), whole.names) for whole in plot.wholes]
        return [Entry(frozenset(filter(None, ids)), _numbers(names)) for ids, names in named]

    def scene(self, plot: Plot) -> dict[str, Any]:
        data = plot.data
        return {
            "direction": data.direction,
            "parts": [{"name": fill(share.part.name[0], share.names), "note": fill(share.part.note[0], share.names), "layer": share.part.layer, "look": share.part.look} for share in plot.shares],
            "stacks": [{"name": fill(whole.stack.name, whole.names), "total": whole.total.value, "values": [one.value for one in whole.amounts]} for whole in plot.wholes],
            "point": fill(data.point, plot.names),
        }


def _numbers(names: Names) -> dict[str, list[float]]:
    return {key: [one.value] for key, one in names.items() if isinstance(one, Amount)}
