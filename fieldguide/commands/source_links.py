"""The weekly check of the sources' addresses. It only reports: builds and tests do not use the network."""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from fieldguide.records.base import load_folder
from fieldguide.records.source import OWN_PAGE, Source

TIMEOUT = 20
"""Seconds to wait for one answer."""
AT_ONCE = 4
"""Sites that are asked in parallel; each site gets one request at a time."""
AGENT = "fieldguide-link-check/1.0 (weekly check of cited sources; +https://starx.capital/)"
REFUSED = {401, 403, 405, 406, 418, 429, 451, 999}
"""Status codes of sites that refuse programs: the page may still be there."""
ORDER = ("gone", "error", "refused", "moved", "ok")
MEANING = {
    "gone": "look for the new address, or cite a copy with `via`",
    "error": "no answer this time; worth a look when it lasts",
    "refused": "the site does not answer programs; open it by hand",
    "moved": "it answers at another address; correct `url`",
    "ok": "it answers",
}

Opener = Callable[..., Any]
"""urllib.request.urlopen or a replacement: (request, timeout=seconds) → a response with `status`, `url` and
`close()`.
"""


@dataclass(frozen=True)
class Answer:
    """The result for one address: a status of `ORDER`, with the code, the new address or the error."""

    key: str
    url: str
    status: str
    detail: str


def ask(key: str, url: str, opener: Opener) -> Answer:
    """Request the head of a page or, if the head is refused, the page itself. Never raises for a site's
    behavior.
    """
    answer = Answer(key, url, "error", "not asked")
    for method in ("HEAD", "GET"):
        answer = _ask(key, url, method, opener)
        if answer.status in ("ok", "moved"):
            break
    return answer


def _ask(key: str, url: str, method: str, opener: Opener) -> Answer:
    try:
        response = opener(
            urllib.request.Request(url, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"}),
            timeout=TIMEOUT,
        )
    except HTTPError as error:
        error.close()
        status = "refused" if error.code in REFUSED else "gone" if error.code in (404, 410) else "error"
        return Answer(key, url, status, str(error.code))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(key, url, "error", str(getattr(error, "reason", error)) or type(error).__name__)
    response.close()
    moved = _compared(response.url) != _compared(url)
    return Answer(key, url, "moved" if moved else "ok", response.url if moved else str(response.status))


def _compared(url: str) -> tuple[str, str, str]:
    """The parts of an address that matter for comparison: not the scheme, a leading www. or a
    closing slash.
    """
    parts = urlsplit(url)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query


def ask_all(sources: Iterable[Source], opener: Opener) -> list[Answer]:
    """Every source's answer, problems first, then sorted by key."""
    sites: dict[str, list[Source]] = {}
    for source in sources:
        if not OWN_PAGE.fullmatch(source.url):  # the build checks the guide's own pages
            sites.setdefault(urlsplit(source.url).netloc, []).append(source)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        by_site = pool.map(
            lambda site: [ask(source.slug, source.url, opener) for source in site], sites.values()
        )
        answers = [answer for site in by_site for answer in site]
    return sorted(answers, key=lambda answer: (ORDER.index(answer.status), answer.key))


def render_table(answers: list[Answer]) -> Iterator[str]:
    """The lines of a Markdown table with a row for each source, and below it the number of sources of each
    status.
    """
    yield "| status | source | address | answer |"
    yield "| --- | --- | --- | --- |"
    for answer in answers:
        cells = (answer.status, f"`{answer.key}`", f"<{answer.url}>", answer.detail)
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
    yield ""
    counts = {status: sum(answer.status == status for answer in answers) for status in ORDER}
    for status, count in counts.items():
        if count:
            yield f"- {count} {status}: {MEANING[status]}"


def report(root: Path, strict: bool = False, opener: Opener = urllib.request.urlopen) -> int:
    """Print the table. Returns 0 or, with `strict`, 1 if an address is gone or did not answer."""
    sources, _ = load_folder(Source, root / "data" / "sources", root)
    answers = ask_all(sources.values(), opener)
    for line in render_table(answers):
        print(line)
    return int(strict and any(answer.status in ("gone", "error") for answer in answers))
