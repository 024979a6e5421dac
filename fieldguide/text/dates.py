"""Dates as the guide writes and counts them: ISO in records, "24 Nov 2026" in prose. The build has no
clock.
"""

from __future__ import annotations

import calendar
import re
import time
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FULL_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_IN_WORDS = re.compile(
    rf"\b(?:(\d{{1,2}}) )?(?:({'|'.join(MONTHS)}) (\d{{4}})\b|({'|'.join((*MONTHS, *FULL_MONTHS))})\b)"
)


def newest_change(changelog: str) -> str:
    """The newest date of the changelog, its first dated heading: "25 Nov 2026". Raises ValueError when there
    is none, or no calendar has the day.
    """
    match = re.search(r"^## (\d{1,2} (?:%s) \d{4})\b" % "|".join(MONTHS), changelog, flags=re.M)
    if not match:
        raise ValueError("docs/about/changelog.md has no heading such as `## 25 Nov 2026`")
    if not is_shown_day(match[1]):
        raise ValueError(f"docs/about/changelog.md: no calendar has the day `{match[1]}`")
    return match[1]


def newest_day(changelog: str) -> str:
    """The same as an ISO date: "2026-11-25". Raises ValueError."""
    return time.strftime("%Y-%m-%d", time.strptime(newest_change(changelog), "%d %b %Y"))


def is_shown_day(shown: str) -> bool:
    """Whether a calendar has a day as prose writes it: "25 Nov 2026" is one, unlike "31 Feb 2026" or a
    day outside the years 1600 to 2199, as in records.
    """
    try:
        epoch(shown)
    except ValueError:
        return False
    return 1600 <= int(shown[-4:]) < 2200


def epoch(shown: str) -> int:
    """Seconds since 1970 of a shown date at 00:00 UTC, for SOURCE_DATE_EPOCH."""
    return calendar.timegm(time.strptime(shown, "%d %b %Y"))


def show_date(iso: str) -> str:
    """An ISO date as prose: "29 Mar 2022", "Mar 2022", "2022"."""
    parts = iso.split("-")
    if len(parts) == 1:
        return parts[0]
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def keep_dates_whole(text: str) -> str:
    """The text with no-break spaces in its dates: throughout "29 Mar 2022" and "Mar 2022", and between the
    day and the month of "29 March 2022", which is long enough to divide.
    """
    return _IN_WORDS.sub(lambda date: date[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def add_months(day: str, months: int) -> str:
    """The same day of a later month, or that month's last; a date of a year or month counts from its first
    day. Raises ValueError without a year.
    """
    year, month, number = (int(part) for part in (day + "-01-01")[:10].split("-"))
    month_index = year * 12 + month - 1 + months
    year, month = month_index // 12, month_index % 12 + 1
    return date(year, month, min(number, calendar.monthrange(year, month)[1])).isoformat()


def last_day(iso: str) -> str:
    """The last day of an ISO date of any precision: "2026-08-31" for "2026-08"."""
    year, month, day = (int(part) for part in (iso + "-12-31"[len(iso) - 4 :]).split("-"))
    return date(year, month, min(day, calendar.monthrange(year, month)[1])).isoformat()


def fractional_year(iso: str) -> float:
    """2020.5 for the middle of 2020. A year or month without a day counts from its middle."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    if len(parts) == 2:
        return parts[0] + (parts[1] - 0.5) / 12
    day, start, end = date(*parts), date(parts[0], 1, 1), date(parts[0] + 1, 1, 1)
    return parts[0] + (day - start) / (end - start)
