"""How expensive the build is: builds compared with a stock build of the same pages, in CPU seconds, and how
long an author waits to see an edit.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from fieldguide.commands.load import load_index
from fieldguide.commands.preview import Preview
from fieldguide.index import Index
from fieldguide.outputs.plain import plain_markdown

STOCK = (
    "site_name: Stock\ntheme: {name: material}\nplugins: [search]\n"
    "markdown_extensions: [admonition, attr_list, tables, toc]\n"
)
LEFT_OUT = (
    ".git",
    ".venv*",
    ".*cache",
    "__pycache__",
    "site",
    "site-*",
    "screenshots",
    "tests",
    "*.egg-info",
)
"""Files that a fresh clone does not have, and the tests."""
SENTENCE = "\n\nAn edited sentence of the bench.\n\n## "
EDITS = (
    ("page", "docs/stack/chips.md", "\n## ", SENTENCE, "/stack/chips/"),
    ("term", "docs/glossary/token.md", "\n## ", SENTENCE, "/glossary/token/"),
    ("record", "data/models/chinchilla.yml", "name: ", "name: Edited ", "/data/models/"),
    (
        "style sheet",
        "overrides/assets/css/tokens.css",
        "--fg-ink:",
        "--fg-edited: 0; --fg-ink:",
        "/assets/fg.css",
    ),
)
"""The edits to measure: (name, file, text to replace, replacement, page that shows it)."""


def report(root: Path) -> int:
    """Print both measurements and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        guide = Path(folder, "guide")
        shutil.copytree(root, guide, ignore=shutil.ignore_patterns(*LEFT_OUT))
        for line in (*builds(load_index(root), guide, Path(folder, "stock")), *loop(guide)):
            print(line, flush=True)
    return 0


def builds(index: Index, guide: Path, stock: Path) -> Iterator[str]:
    """A line for a stock build of the words of `index`, written into `stock`, then for a cold and a warm
    build of the copy `guide`, each with its ratio to the stock build.
    """
    for src, page in index.book.pages.items():
        file = stock / "docs" / src
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(plain_markdown(index, page), encoding="utf-8")
    (stock / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    base = cpu_of_build(stock)
    yield f"a stock build of {len(index.book.pages)} plain pages: {base:.1f} s of CPU"
    for name in ("cold", "warm"):
        seconds = cpu_of_build(guide)
        yield f"a {name} build of the guide: {seconds:.1f} s of CPU, {seconds / base:.1f} × stock"


def cpu_of_build(folder: Path) -> float:
    """CPU seconds of a build of the project in `folder`. Raises CalledProcessError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def loop(guide: Path) -> Iterator[str]:
    """A line for the first page of a preview of the copy `guide`, and one for each of EDITS. Raises
    ValueError for an edit that does not become visible.
    """
    start = time.perf_counter()
    preview = Preview(guide, "1")
    preview.answer("/stack/chips/")
    yield f"the first page shows after {time.perf_counter() - start:.1f} s"
    preview.complete()
    for name, path, old, new, address in EDITS:
        file = guide / path
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        start = time.perf_counter()
        preview.refresh()
        if new.strip(" \n#") not in preview.answer(address)[2].decode():
            raise ValueError(f"an edit of {path} does not show at {address}")
        yield f"an edited {name} shows after {time.perf_counter() - start:.1f} s"
