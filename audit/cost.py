"""What a page costs a phone that sees it for the first time: the guide beside the stock theme and beside the
bare article. It prints; nothing fails because of a time.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from audit.serve import serve
from audit.sites import build_stock, write_bare
from fieldguide.commands.pdf import find_browser

VISITOR = Path(__file__).with_name("visit.mjs")
PAGES = {
    "": "home",
    "training/scaling-laws/": "chapter with figures",
    "foundations/limits/": "chapter without",
    "glossary/token/": "term",
    "business/unit-economics/": "chapter with tables",
    "stack/": "overview with the map",
}
"""Address below the site → the type of page that it stands for."""
SITES = {
    "guide": "the finished site",
    "stock": (
        "the same pages in Material as it comes, without web fonts of its own: its header, menus, search and"
        " script around our articles, which keep their sheet, faces and scripts"
    ),
    "bare": "the article alone: text, tables and drawings, 1.5 KB of style, no script, no font",
}
AIMS = (
    "Aims: FCP at most 1.15 × bare, LCP at most 1.5 × bare, each score 100. The LCP is simulated from a visit"
    " without a slow line: it waits for every file that came before the paint there, so for the faces and the"
    " sheet too. LCP seen is that of a visit over a line that is slowed (Lighthouse's “devtools”"
    " throttling). That the paint waits for the page's first 13,000 bytes alone is held by"
    " tests/browser/test_first_screen.py."
)


@dataclass(frozen=True)
class Visit:
    """Bytes on the line, headers included; milliseconds; Lighthouse's scores from 0 to 100."""

    total: float
    first: float
    """Bytes of the HTML and of what blocks the first paint."""
    requests: float
    fcp: float
    lcp: float
    """Simulated, as the scores are."""
    seen: float
    """The largest paint of a second visit, over a line that is really slowed."""
    tbt: float
    scores: tuple[float, ...]
    """Performance, accessibility, best practices, SEO."""
    short: tuple[str, ...]
    """Audits that cost points, as `category: audit`."""


def read_visit(line: str) -> Visit:
    """A line of visit.mjs. Raises ValueError when the page asked for what is not there or for another
    host.
    """
    found = json.loads(line)
    files = [
        file
        for file in found["files"]
        if not file["url"].startswith(("data:", "blob:")) and not file["url"].endswith("/robots.txt")
    ]
    lost = [file["url"] for file in files if file["status"] != 200]
    if lost:
        raise ValueError(f"{files[0]['url']} asks for what does not answer: {', '.join(lost)}")
    first = {files[0]["url"], *found["blocking"]}
    return Visit(
        total=sum(file["bytes"] for file in files),
        first=sum({file["url"]: file["bytes"] for file in files if file["url"] in first}.values()),
        requests=len(files),
        fcp=found["fcp"],
        lcp=found["lcp"],
        seen=found["seen"],
        tbt=found["tbt"],
        scores=tuple(found["scores"]),
        short=tuple(f"{item['category']}: {item['audit']}" for item in found["short"]),
    )


def middle(visits: Sequence[Visit]) -> Visit:
    """The median of each number; an audit is short when it was in any visit."""

    def of(name: str) -> float:
        return float(median(getattr(visit, name) for visit in visits))

    scores = tuple(median(values) for values in zip(*(visit.scores for visit in visits), strict=True))
    short = tuple(dict.fromkeys(item for visit in visits for item in visit.short))
    return Visit(
        of("total"),
        of("first"),
        of("requests"),
        of("fcp"),
        of("lcp"),
        of("seen"),
        of("tbt"),
        scores,
        short,
    )


def table(results: Mapping[str, Mapping[str, Visit]]) -> str:
    """{page: {site: what a visit costs}} as Markdown: a row a page, in each cell the sites in order; last,
    what the guide costs as multiples of bare.
    """
    lines = [
        (
            f"| {' · '.join(SITES)} | whole visit, bytes | HTML + what blocks | requests | FCP ms | LCP ms |"
            " LCP seen, ms | TBT ms | performance, accessibility, best practices, SEO | FCP, LCP, LCP seen"
            " ÷ bare |"
        ),
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for page, visits in results.items():
        cells = [page_name(page)]
        cells += [
            " · ".join(f"{getattr(visit, name):,.0f}" for visit in visits.values())
            for name in ("total", "first", "requests", "fcp", "lcp", "seen", "tbt")
        ]
        cells.append(
            " · ".join(" ".join(f"{score:.0f}" for score in visit.scores) for visit in visits.values())
        )
        guide, bare = visits["guide"], visits["bare"]
        cells.append(f"{guide.fcp / bare.fcp:.2f}, {guide.lcp / bare.lcp:.2f}, {guide.seen / bare.seen:.2f}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def page_name(page: str) -> str:
    """`foundations/limits/ (chapter without)`."""
    return f"{page or '/'} ({PAGES[page]})" if page in PAGES else page


def shortfalls(results: Mapping[str, Mapping[str, Visit]]) -> list[str]:
    """What keeps a page of the guide below 100, one line a page."""
    return [
        f"- {page_name(page)}: {', '.join(visits['guide'].short)}"
        for page, visits in results.items()
        if visits["guide"].short
    ]


def visit_all(addresses: Sequence[str]) -> list[Visit]:
    """One cold visit to each address, in order. Exits when a page cannot be visited."""
    browser = os.environ.get("CHROME_PATH") or find_browser()
    visits = []
    with subprocess.Popen(
        ["node", str(VISITOR), *addresses],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | ({"CHROME_PATH": browser} if browser else {}),
    ) as process:
        for line in process.stdout or ():
            try:
                visits.append(read_visit(line))
            except ValueError as error:
                process.send_signal(signal.SIGINT)  # takes its browser with it
                sys.exit(str(error))
    if process.returncode:
        sys.exit("a page could not be visited; what Lighthouse says stands above")
    return visits


def measure(root: Path, site: Path, pages: Sequence[str], runs: int) -> dict[str, dict[str, Visit]]:
    """{page: {site: medians of so many visits}}; rounds over all pages and sites, so that what slows the
    machine for a while slows all alike.
    """
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folders = {"guide": site, "stock": Path(name) / "stock", "bare": Path(name) / "bare"}
        write_bare(root, site, folders["bare"], pages)
        build_stock(root, folders["stock"])
        origins = {key: stack.enter_context(serve(folder)) for key, folder in folders.items()}
        wanted = [(page, key) for page in pages for key in folders]
        rounds = [visit_all([origins[key] + page for page, key in wanted]) for _ in range(runs)]
    visits = {pair: middle([visits[at] for visits in rounds]) for at, pair in enumerate(wanted)}
    return {page: {key: visits[page, key] for key in SITES} for page in pages}


def report(root: Path, site: Path, pages: Iterable[str], runs: int) -> None:
    """Print what pages cost, and what keeps a score below 100."""
    results = measure(root, site, list(pages), runs)
    print(f"\nA phone's first visit, by Lighthouse with simulated throttling, medians of {runs}, gzip −6:\n")
    for key, words in SITES.items():
        print(f"- {key}: {words}")
    print(f"\n{table(results)}\n\n{AIMS}")
    if lines := shortfalls(results):
        print("What costs the guide points:\n\n" + "\n".join(lines))
