"""The dates that the build has no clock for."""

from __future__ import annotations

import calendar
import re
import time

from fieldguide.sources import MONTHS


def newest_change(changelog: str) -> str:
    """The newest date of the changelog, its first dated heading: "25 Nov 2026". Raises ValueError when there is none."""
    match = re.search(r"^## (\d{1,2} (?:%s) \d{4})\b" % "|".join(MONTHS), changelog, flags=re.M)
    if not match:
        raise ValueError("docs/about/changelog.md has no heading such as `## 25 Nov 2026`")
    return match[1]


def epoch(date: str) -> int:
    """Seconds since 1970 of a shown date at 00:00 UTC, for SOURCE_DATE_EPOCH."""
    return calendar.timegm(time.strptime(date, "%d %b %Y"))
