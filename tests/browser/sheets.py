"""What a PDF says of its own parts."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import IndirectObject


def figure_pages(pdf: PdfReader) -> list[set[int]]:
    """For each tagged figure, the pages on which it stands."""
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(pdf.pages, 1)}

    def pages(node: object, current: int) -> set[int]:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            return {number for child in node for number in pages(child, current)}
        if not isinstance(node, dict):
            return {current}
        if "/Pg" in node:
            current = numbers[node.raw_get("/Pg").idnum]
        return (
            pages(node["/K"], current)
            if "/K" in node
            else ({current} if node.get("/Type") in ("/MCR", "/OBJR") else set())
        )

    def figures(node: object) -> Iterator[set[int]]:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                yield from figures(child)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                yield pages(node, 0) - {0}
            if "/K" in node:
                yield from figures(node["/K"])

    return list(figures(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]))
