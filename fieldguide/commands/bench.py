"""How heavy the house is: builds in CPU seconds beside a stock build of as many plain pages, the author's
loop in seconds. Never a test.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from fieldguide.commands.load import load_index
from fieldguide.index import Index
from fieldguide.outputs.plain import plain_markdown

STOCK = (
    "site_name: Stock\ntheme: {name: material}\nmarkdown_extensions: [admonition, attr_list, tables,"
    " footnotes, toc, pymdownx.superfences]\nplugins: [search]\n"
)
SMALL = (
    "site_name: Small\nsite_author: A\ntheme: {{name: material, custom_dir: {overrides}, font:"
    " false}}\nnav:\n{nav}not_in_nav: |\n  /glossary/*\nmarkdown_extensions: [admonition, attr_list, tables,"
    " footnotes, {{toc: {{}}}}, fieldguide.markdown]\nplugins: []\nhooks: [{hooks}]\n"
)
PAGE = (
    "---\ntitle: Page {n}\ndescription: A page of the bench, with a number and a citation, long enough to"
    " pass.\ntype: concept\nreviewed: 2026-11-24\n---\n\n# Page {n}\n\nThe answer is [70B](fact:reading.size)"
    " parameters [@source2022].\n\n{body}\n"
)
PROSE = (
    "## A heading of the bench\n\n"
    + "Some words stand here so that a paragraph has its length, and a number such as"
    " [70B](fact:reading.size) is checked [@source2022].\n" * 6 + "\n"
) * 8
SIZES = (50, 200, 800)
CHAPTER = "stack/chips/"
PATIENCE = 120.0
"""Seconds after which a change that does not show is called lost."""


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds that `work` takes in the processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def mkdocs(folder: Path, *more: str) -> None:
    """A quiet build of the project in `folder`. Raises CalledProcessError when it fails."""
    with tempfile.TemporaryDirectory() as site:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site, *more]
        subprocess.run(
            command,
            cwd=folder,
            check=True,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(folder)},
        )


def write_stock(index: Index, folder: Path) -> int:
    """The words of every page as plain Markdown, for a stock site; how many pages."""
    (folder / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    for page in index.book.pages.values():
        file = folder / "docs" / page.src
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(plain_markdown(index, page), encoding="utf-8")
    return len(index.book.pages)


def write_small(root: Path, folder: Path, count: int) -> None:
    """A guide of `count` chapters that are all alike."""
    data, docs = folder / "data", folder / "docs"
    for path in (data / "sources", data / "facts", docs / "about", docs / "glossary"):
        path.mkdir(parents=True)
    (data / "sources" / "source2022.yml").write_text(
        "title: A source\nauthors: [A Author]\npublisher: arXiv\ndate: 2022-03-29\nurl:"
        " https://example.org/a\nkind: paper\nseen: 2026-11-24\n",
        encoding="utf-8",
    )
    (data / "facts" / "reading.yml").write_text(
        "title: A reading\nsource: source2022\nwhere: table 1\nas_of: 2022-03-29\nseen: 2026-11-24\nfields:"
        " {size: {value: 70e9, unit: parameters}}\n",
        encoding="utf-8",
    )
    (docs / "about" / "changelog.md").write_text(
        "---\ntitle: Changelog\ndescription: A changelog of the bench that is long enough to pass the"
        " check.\ntype: about\nreviewed: 2026-11-24\n---\n\n# Changelog\n\nDated.\n\n## 25 Nov"
        " 2026\n\nFirst.\n",
        encoding="utf-8",
    )
    nav = "  - Changelog: about/changelog.md\n"
    for n in range(count):
        (docs / f"page-{n}.md").write_text(PAGE.format(n=n, body=PROSE), encoding="utf-8")
        nav += f"  - Page {n}: page-{n}.md\n"
    (folder / "mkdocs.yml").write_text(
        SMALL.format(overrides=root / "overrides", nav=nav, hooks=root / "fieldguide" / "hooks.py"),
        encoding="utf-8",
    )
    (folder / "overrides" / "assets").mkdir(parents=True)
    (folder / "overrides" / "assets" / "css").symlink_to(root / "overrides" / "assets" / "css")


def copy_project(root: Path, folder: Path) -> Path:
    """The project without what was built, as a fresh clone has it."""
    target = folder / "guide"
    anywhere, here = (
        shutil.ignore_patterns("__pycache__", ".*_cache"),
        shutil.ignore_patterns(
            ".git", ".venv*", ".cache", "site", "site-*", "screenshots", "tests", "*.egg-info"
        ),
    )
    shutil.copytree(
        root,
        target,
        ignore=lambda path, names: (
            anywhere(path, names) | (here(path, names) if Path(path) == root else set())
        ),
    )
    return target


# ---- builds


def builds(root: Path) -> None:
    """Stock, cold and warm builds, and how time grows with pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stock = folder / "stock"
        stock.mkdir()
        count = write_stock(load_index(root), stock)
        base = cpu(lambda: mkdocs(stock))
        print(f"a stock build of {count} plain pages: {base:.1f} s of CPU")
        guide = copy_project(root, folder)
        for words in ("cold", "warm"):
            took = cpu(lambda: mkdocs(guide, "--strict"))
            print(f"a {words} build of the guide: {took:.1f} s, {took / base:.1f} × stock")
        for size in SIZES:
            small = folder / f"small-{size}"
            write_small(root, small, size)
            took = cpu(lambda small=small: mkdocs(small))  # type: ignore[misc]  # bound now, for this size
            print(f"a guide of {size} chapters: {took:.1f} s, {1000 * took / size:.0f} ms a chapter")


# ---- the author's loop


@contextlib.contextmanager
def served(guide: Path) -> Iterator[str]:
    """`python -m fieldguide serve` on a free port: its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "fieldguide", "--root", str(guide), "serve", "--port", str(port)],
        cwd=guide,
        env=os.environ | {"PYTHONPATH": str(guide)},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def until(address: str, marker: str) -> float:
    """Seconds until `address` answers with `marker` in it. Raises TimeoutError after PATIENCE."""
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        try:
            text = urllib.request.urlopen(address, timeout=PATIENCE).read().decode()
            if marker in text:
                return time.perf_counter() - start
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise TimeoutError(f"{address} never showed “{marker}”")


def versions(address: str) -> Iterator[str]:
    """Each version that the server at `address` tells of, as a browser hears it: once it is told of another,
    it loads its page again. Asks again after a restart.
    """
    while True:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            for line in urllib.request.urlopen(f"{address}__changes", timeout=PATIENCE):
                if line.startswith(b"data: "):
                    yield line.decode()
        time.sleep(0.02)


def another(told: Iterator[str], seen: str) -> str:
    """The first version told of that is not `seen`. Raises TimeoutError after PATIENCE."""
    start = time.perf_counter()
    for version in told:  # each is told again now and then
        if version != seen:
            return version
        if time.perf_counter() - start > PATIENCE:
            break
    raise TimeoutError("the server told of no change")


def edit(file: Path, old: str, new: str) -> None:
    """Put `new` for the first `old` in `file`. Raises ValueError when it is not there."""
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{file} does not hold “{old}”")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


CLAIMS = "data/claims/"
"""A page that counts what all others say."""
EDITS = (
    (
        "page",
        "docs/stack/chips.md",
        "\n## ",
        "\n\nAn edited sentence of the bench.\n\n## ",
        CHAPTER,
        "An edited sentence",
    ),
    (
        "term",
        "docs/glossary/token.md",
        "\n## ",
        "\n\nAn edited sentence of the bench.\n\n## ",
        "glossary/token/",
        "An edited sentence",
    ),
    ("record", "data/models/chinchilla.yml", "name: ", "name: Edited ", "data/models/", "Edited "),
    (
        "sheet",
        "overrides/assets/css/tokens.css",
        "--fg-ink:",
        "--fg-edited: 0; --fg-ink:",
        "assets/fg.css",
        "--fg-edited",
    ),
    (
        "module",
        "fieldguide/page/next.py",
        '"Next chapter"',
        '"Edited chapter"',
        "foundations/what-is/",
        "Edited chapter",
    ),
)
"""What an author changes: its name, a file, words in it and what stands in their place, the page that shows
it, and the words there.
"""


def loop(root: Path) -> None:
    """How long an edit takes to show."""
    with tempfile.TemporaryDirectory() as name:
        guide = copy_project(root, Path(name))
        with served(guide) as address:
            print(f"a fresh server answers after {until(address + CHAPTER, '<h1'):.1f} s")
            until(address + CLAIMS, "<h1")  # every page is rendered now
            told = versions(address)
            seen = next(told)
            for (
                words,
                file,
                old,
                new,
                where,
                shown,
            ) in EDITS:  # each while the server still looks for problems after the one before
                edit(guide / file, old, new)
                start = time.perf_counter()
                seen = another(told, seen)
                until(address + where, shown)
                print(f"an edited {words} shows after {time.perf_counter() - start:.1f} s")


def report(root: Path) -> int:
    """Print all of it."""
    loop(root)
    builds(root)
    return 0
