"""The badge of a claim: an SVG label for other sites, in ink on paper, with a band in the color of the
claim's layer. Its colors pass no judgment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from fieldguide.drawing.colors import LAYER_TOKENS
from fieldguide.drawing.measure import Face, text_width, wrap
from fieldguide.text.dates import show_date
from fieldguide.text.names import LayerName

WIDTH = 360
HEIGHT = 112
LEFT = 24
ROOM = WIDTH - LEFT - 14
"""The room for a line of text, in px."""
VALUE_SIZES = (26, 22, 19, 16, 14)
FONTS: dict[Face, str] = {
    "display": "Newsreader,Georgia,'Times New Roman',serif",
    "text": "'Source Sans 3','Helvetica Neue',Arial,sans-serif",
}
"""The guide's fonts, for readers who have them installed, and fallbacks: a picture on another site cannot
load fonts.
"""


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
    """The badge as SVG. `colors` are those of the light scheme: the badge has its own paper and an outline,
    so it works on light and dark pages.
    """
    size = next(
        (size for size in VALUE_SIZES if text_width(badge.value, size, 500, "display") <= ROOM),
        VALUE_SIZES[-1],
    )
    first, *rest = wrap(badge.what, ROOM, 13)
    lines = [_cut(line, 13) for line in (first, " ".join(rest)) if line]
    band = colors[LAYER_TOKENS[badge.layer]] if badge.layer else colors["ink"]
    texts = [
        _text(_cut(badge.value, size, 500, "display"), 36, size, colors["ink"], 500, "display"),
        *(_text(line, 56 + 16 * index, 13, colors["ink-2"]) for index, line in enumerate(lines)),
        _text(badge.dates, 89, 12, colors["ink"], 600),
        _text(_cut(badge.guide, 12), 104, 12, colors["muted"]),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH}'
        f' {HEIGHT}" role="img" aria-labelledby="t d">'
        f'<title id="t">{escape(f"{badge.value}: {badge.what}")}</title><desc'
        f' id="d">{escape(f"{badge.dates}. {badge.guide}")}</desc>'
        f'<path fill="{colors["paper"]}" stroke="{colors["rule-strong"]}"'
        f' d="M.5.5h{WIDTH - 1}v{HEIGHT - 1}H.5z"/><path fill="{band}" d="M1 1h10v{HEIGHT - 2}H1z"/>'
        f"{''.join(texts)}</svg>\n"
    )


def _text(line: str, y: float, size: float, color: str, weight: int = 400, face: Face = "text") -> str:
    """A line of text that is as wide as in the guide's own font, whichever font the reader has."""
    width = text_width(line, size, weight, face)
    return (
        f'<text x="{LEFT}" y="{y:g}" font-family="{FONTS[face]}" font-size="{size}" font-weight="{weight}"'
        f' fill="{color}" textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs">{escape(line)}</text>'
    )


def _cut(text: str, size: float, weight: int = 400, face: Face = "text") -> str:
    """The text, shortened to what fits on a line."""
    if text_width(text, size, weight, face) <= ROOM:
        return text
    while text and text_width(f"{text}…", size, weight, face) > ROOM:
        text = text[:-1].rstrip()
    return f"{text}…"
