"""What a kind is: a strict model of a figure's data, and the steps from the data to both drawings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from fieldguide.book import Book
from fieldguide.drawing.asserts import Entry
from fieldguide.drawing.metrics import Metrics, Sizes
from fieldguide.drawing.pieces import drawing_of
from fieldguide.drawing.sheet import Drawing, Sheet, Table
from fieldguide.records.figure import Figure

D = TypeVar("D", bound=BaseModel)
P = TypeVar("P")


class Kind(ABC, Generic[D, P]):
    """One kind of drawing. `D` is the data of its records, `P` the plot: the same with every value and text resolved, for both widths."""

    data: type[D]
    example: str
    """The `data:` of a small figure, as `make new-figure` writes it, indented by two."""
    claim: str = ""
    """An assertion that the example bears, as one line of `asserts:`."""

    @abstractmethod
    def read(self, data: D, figure: Figure, book: Book) -> P:
        """The plot. Raises KeyError for a reference without a number, ValueError for a text that names what is not there."""

    @abstractmethod
    def draw(self, plot: P, figure: Figure, book: Book) -> Drawing:
        """Both drawings and the data table, or a table of text."""

    @abstractmethod
    def entries(self, plot: P) -> Sequence[Entry]:
        """What assertions may name."""

    @abstractmethod
    def scene(self, plot: P) -> dict[str, Any]:
        """Scales, ticks, marks and labels as JSON, for a page that draws the same chart."""


class Laid(Kind[D, P]):
    """A kind whose one layout function draws both widths, by their measures."""

    @abstractmethod
    def sizes(self, plot: P) -> Sizes:
        """The measures, with what the record changes."""

    @abstractmethod
    def lay_out(self, plot: P, m: Metrics) -> Sheet:
        """One drawing; the same function for both widths."""

    @abstractmethod
    def table(self, plot: P) -> Table:
        """The same content as rows of text."""

    def has_links(self, plot: P) -> bool:
        """Whether the drawings hold links."""
        return False

    def draw(self, plot: P, figure: Figure, book: Book) -> Drawing:
        wide, narrow = (self.lay_out(plot, Metrics(self.sizes(plot), wide)) for wide in (True, False))
        return drawing_of(book, figure.slug, wide, narrow, self.table(plot), links=self.has_links(plot))
