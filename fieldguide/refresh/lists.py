"""The lists that the command knows: which files are copies of which list, and how each is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldguide.records.price import ListName
from fieldguide.refresh import genai_prices, litellm, models_dev, openrouter, page
from fieldguide.refresh.price_list import ListFault, PriceList


@dataclass(frozen=True)
class Known:
    """A list that the command knows."""

    copies: str
    """The pattern of its copies' file names."""
    read: Callable[[Path], PriceList]
    source: str
    """The id of its record in data/sources, "" where each copy names its own."""
    package: str = ""
    """The package in which it comes, where it comes in one."""


KNOWN: dict[ListName, Known] = {
    genai_prices.NAME: Known("genai_prices-*.whl", genai_prices.read, "genai-prices-package", "genai-prices"),
    litellm.NAME: Known("litellm-*.whl", litellm.read, "litellm-package", "litellm"),
    models_dev.NAME: Known("models-dev-*.json", models_dev.read, "models-dev-api"),
    openrouter.NAME: Known("openrouter-*.json", openrouter.read, "openrouter-models"),
    page.NAME: Known("page-*.html", page.read, ""),
}
"""By name, as `listed:` of a record has it. Where lists agree, the first of them is named first."""


def read_lists(folder: Path) -> list[PriceList]:
    """Every list of which the folder has a copy. Raises ListFault for a fault in one of them, for two copies
    of one list, and for a folder without any.
    """
    if not folder.is_dir():
        raise ListFault(str(folder), "there is no such folder", "name the folder with the copies")
    lists = []
    for name, known in KNOWN.items():
        copies = sorted(folder.glob(known.copies))
        if len(copies) > 1 and known.source:
            raise ListFault(str(folder), f"it holds {len(copies)} copies of {name}", "keep the newest alone")
        lists += [known.read(path) for path in copies]
    if not lists:
        patterns = ", ".join(known.copies for known in KNOWN.values())
        raise ListFault(str(folder), "it holds no copy of a list", f"put there one of {patterns}")
    return lists
