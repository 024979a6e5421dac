"""Timings as ratios, for a look: `make bench`. Never a test."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fieldguide.book import load_book
from fieldguide.commands.load import index_of, markdown_config
from tests.guide import ROOT

ROUND_TRIP = 14_600
"""Bytes of one initial congestion window: 10 × 1,460."""


def seconds(work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    book = load_book(ROOT)
    load = seconds(lambda: load_book(ROOT))
    extensions = markdown_config(ROOT)
    render = seconds(lambda: index_of(book, extensions))
    print(f"rendering all {len(book.pages)} pages takes {render / load:.1f} × the time of reading the records; {1000 * render / len(book.pages):.0f} ms CPU a page")
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        print(f"a whole build takes {(time.perf_counter() - start) / (load + render):.1f} × reading and rendering")
        site = Path(folder)
        sheets = [*site.glob("assets/stylesheets/main.*.min.css"), site / "assets" / "fg.css"]
        blocking = sum(len(gzip.compress(path.read_bytes(), 6)) for path in sheets)
        for address in ("index.html", "foundations/limits/index.html", "glossary/token/index.html", "data/models/index.html", "data/companies/index.html", "about/references/index.html"):
            page = len(gzip.compress((site / address).read_bytes(), 6))
            print(f"{address}: {page / ROUND_TRIP:.2f} round trips of HTML, {(page + blocking) / ROUND_TRIP:.2f} to the first paint")


if __name__ == "__main__":
    main()
