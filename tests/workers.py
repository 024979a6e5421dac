"""How a run is spread over its workers (`-n`): the site is built beside the unit tests, then come the tests
of the site, then Chromium.

The hooks are named in conftest.py.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

VISITS, SHARE = "tests/browser/test_pages.py", r"\[(\d+)[-\]]"
"""Where tests share a visit to some pages, and where their names say which."""
PDF, PRINT = "tests/browser/test_pdf.py", "tests/browser/test_print.py"
ALIKE = ("tests/browser/test_lab.py", "tests/browser/test_labs.py", "tests/browser/test_redirects.py")
NO_SITE = (
    *ALIKE,
    *(
        f"tests/browser/test_{name}.py"
        for name in ("lab_elements", "lab_sizes", "next_token", "one_request", "tokenizer")
    ),
)
"""Files of browser tests that need no built site, and can run while it is made."""
ORDER = (
    "tests/figures/",
    "tests/drawing/",
    "tests/test_",
    *NO_SITE,
    "tests/website/",
    VISITS,
    PDF,
    PRINT,
    "tests/browser/",
    "",
)
"""What runs after what: the site is built by the time that it is needed, and what takes long does not come
last.
"""
LAST = "tests/website/test_zensical.py"
"""What waits for the longest build."""
TOGETHER = (PDF, PRINT, *ALIKE)
"""Files of browser tests that share what is slow to make; of all others each test goes to the next free
worker.
"""


def shared_folder(config: pytest.Config) -> Path:
    """A temporary folder that all workers of this run share."""
    base: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # pytest offers it to fixtures alone
    return (base.parent if hasattr(config, "workerinput") else base) / "built"


def rank(item: pytest.Item) -> int:
    """When a test has its turn."""
    return (
        len(ORDER)
        if item.nodeid.startswith(LAST)
        else next(at for at, part in enumerate(ORDER) if item.nodeid.startswith(part))
    )


@functools.cache
def scope(root: Path, file: str) -> str:
    """What the tests of a file share a worker with: the other files that read the whole guide rendered, which
    takes a while, or only each other.
    """
    text = (root / file).read_text(encoding="utf-8")
    return (
        "the guide rendered"
        if re.search(r"^from tests\.guide import .*\bguide\b", text, flags=re.M)
        else file
    )


def scheduling(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """A scheduler that keeps the tests of a file on one worker, and hands out browser tests one by one, in
    the order of the collection.
    """
    from xdist.scheduler import LoadScopeScheduling  # there only with pytest-xdist

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, test = nodeid.partition("::")
            if file == VISITS and (share := re.search(SHARE, test)):
                return f"{file}::{share[1]}"
            return (
                scope(config.rootpath, file)
                if file in TOGETHER or not file.startswith("tests/browser/")
                else nodeid
            )

    config.option.loadscopereorder = False
    return ByFile(config, log)
