"""The badge of a claim: an SVG label for other sites, in ink on paper, with a band in the color of the
claim's layer. Its colors pass no judgment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldguide.drawing.colors import LAYER_TOKENS
from fieldguide.drawing.measure import cut, text_width, wrap
from fieldguide.outputs.outlines import document, drawable, text_lines, text_path
from fieldguide.text.dates import show_date
from fieldguide.text.names import LayerName

WIDTH = 360
HEIGHT = 112
LEFT = 24
ROOM = WIDTH - LEFT - 14
"""The room for a line of text, in px."""
VALUE_SIZES = (26, 22, 19, 16, 14)
WEIGHT = 490
"""Of the value."""


@dataclass(frozen=True)
class Badge:
    """What a badge says."""

    value: str
    what: str
    as_of: str | None
    age: str
    """Its age in words as of the guide's version; "" while it is current."""
    layer: LayerName | None
    guide: str
    withdrawn: str = ""
    """The day on which the claim was withdrawn, "" if it was not."""
    width = WIDTH
    height = HEIGHT

    @property
    def dates(self) -> str:
        if self.withdrawn:
            return f"Withdrawn on {show_date(self.withdrawn)}"
        return " · ".join(filter(None, (f"As of {show_date(self.as_of)}" if self.as_of else "", self.age)))

    @property
    def words(self) -> str:
        """The whole badge as one text, for screen readers."""
        return f"{self.value}. {self.what}. {self.dates.replace(' ·', ',')}. {self.guide}"


def render_badge(badge: Badge, colors: Mapping[str, str]) -> str:
    """The badge as SVG. Its letters are outlines, since a picture on another site cannot load fonts. `colors`
    are those of the light scheme: the badge has its own paper and an outline, so it works on light and dark
    pages.
    """
    value, what, dates, guide = map(drawable, (badge.value, badge.what, badge.dates, badge.guide))
    size = next(
        (size for size in VALUE_SIZES if text_width(value, size, WEIGHT, "display") <= ROOM), VALUE_SIZES[-1]
    )
    value = cut(value, ROOM, size, WEIGHT, "display")
    first, *rest = wrap(what, ROOM, 13)
    lines = [cut(line, ROOM, 13) for line in (first, " ".join(rest)) if line]
    band = colors[LAYER_TOKENS[badge.layer]] if badge.layer else colors["ink"]
    content = (
        f'<path fill="{colors["paper"]}" stroke="{colors["rule-strong"]}"'
        f' d="M.5.5h{WIDTH - 1}v{HEIGHT - 1}H.5z"/><path fill="{band}" d="M1 1h10v{HEIGHT - 2}H1z"/>',
        text_path(LEFT, 36, value, size, colors["ink"], face="display", weight=WEIGHT),
        *text_lines(lines, LEFT, 56, 13, 16, colors["ink-2"]),
        text_path(LEFT, 89, dates, 12, colors["ink"]),
        text_path(LEFT, 104, cut(guide, ROOM, 12), 12, colors["muted"]),
    )
    return document(
        WIDTH,
        HEIGHT,
        f"{badge.value}: {badge.what}",
        f"{badge.dates}. {badge.guide}",
        "".join(content),
    )
