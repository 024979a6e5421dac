"""The age of a value, in words, once half of its shelf life is over. The build counts to the guide's version,
and `age.mjs` to the reader's day.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.records.shelf import ShelfLife
from fieldguide.text.tree import E


def age_mark(life: ShelfLife, day: str, kind: str = "") -> ET.Element:
    """An element with the age on the ISO day, empty before half of the shelf life is over or without a day.
    `kind` is a further class.
    """
    names = ("fg-age", "fg-age--past" if day >= life.until else "", kind)
    return E(
        "span",
        {"class": " ".join(filter(None, names)), "data-since": life.since, "data-until": life.until},
        life.age(day) if day else "",
    )
