"""The built site: made once a run, in the background, for all workers of the run; and how a test reads it.

`python -m tests.built FOLDER NAME…` makes it: the site, the same pages by Zensical, or both.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote, urlsplit

import turbohtml

from fieldguide.records.redirect import load_redirects
from fieldguide.records.short_links import short_link
from tests.guide import ROOT, guide_book

HOST = "guide.localhost"
"""Where the tests' browser finds the site. Browsers trust a host below localhost as they trust https: pages
may copy to the clipboard.
"""
GIVEN = Path(os.environ["FIELDGUIDE_SITE"]).resolve() if "FIELDGUIDE_SITE" in os.environ else None
"""A site that is built already, such as the one that is about to be published; without it, a run builds its
own.
"""
STEPS = {"site": 900, "zensical": 1800}
"""What a run can make, in this order, and the seconds from its start after which nobody waits longer."""
MOVED = load_redirects(ROOT / "data" / "redirects.yml", ROOT)[0]


def address_of(site: Path) -> str:
    """The address for which a site was built, as its first page says it."""
    found = re.search(
        r'<link rel="canonical" href="([^"]+)">', (site / "index.html").read_text(encoding="utf-8")
    )
    assert found, f"{site / 'index.html'} has no canonical address"
    return found[1]


BASE = address_of(GIVEN) if GIVEN else f"http://{HOST}/guide/"
"""What the built pages take for the site's address: always the same, so that slides are made once, and with a
path, as on a host that is shared.
"""
SERVED = f"http://{HOST}{urlsplit(BASE).path}"
"""Where browser tests find the site. Links from page to page are relative, so it may differ from BASE."""


# ---- making it


def start(folder: Path, wanted: Collection[str]) -> None:
    """Begin to make what is wanted in `folder`, unless another worker of this run has begun."""
    folder.mkdir(exist_ok=True)
    try:
        begun = (folder / "process").open("x", encoding="utf-8")
    except FileExistsError:
        return
    with begun, (folder / "log").open("w", encoding="utf-8") as log:
        command = [
            sys.executable,
            "-m",
            "tests.built",
            str(folder),
            *(name for name in STEPS if name in wanted),
        ]
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        begun.write(str(process.pid))
        process.returncode = 0  # it outlives its worker, and `stop` sees to its end


def wait(folder: Path, name: str) -> Path:
    """The folder of what `start` makes under this name, once it is made. Fails with what the builder said."""
    if name == "site" and GIVEN:
        return GIVEN
    done = folder / f"{name}.done"
    last = (folder / "process").stat().st_mtime + STEPS[name]
    while not done.exists() and time.time() < last:
        time.sleep(0.1)
    assert done.exists() and done.read_text(encoding="utf-8") == "0", (
        f"{name} was not built:\n{(folder / 'log').read_text(encoding='utf-8')}"
    )
    return folder / name


def stop(folder: Path) -> None:
    """End what is still being made when the run ends early."""
    process = folder / "process"
    if process.exists() and not (folder / "over").exists():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(int(process.read_text(encoding="utf-8")), signal.SIGTERM)


def make(folder: Path, name: str) -> int:
    """Make one of STEPS and return the exit status."""
    if name == "site":
        return run(["mkdocs", "build", "--strict", "--site-dir", str(folder / "site")], ROOT)
    copy = folder / "copy"
    failed = (
        run(["fieldguide", "copy", str(copy)], ROOT)
        or run(["zensical", "build"], copy)
        or run(["fieldguide", "finish", str(copy / "site")], ROOT)
    )
    if not failed:
        (copy / "site").rename(folder / "zensical")
    return failed


def run(command: list[str], where: Path) -> int:
    environment = os.environ | {
        "SITE_URL": BASE,
        "PYTHONPATH": str(ROOT),
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=where, env=environment, check=False
    ).returncode


# ---- reading it


@functools.cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@functools.cache
def parse(path: Path) -> turbohtml.Document:
    """The tree that a browser makes of a page. Ask elements by `attr`: `attrs` splits a class into a list."""
    return turbohtml.parse(text_of(path), positions=False)


@functools.cache
def ids(path: Path) -> frozenset[str]:
    """The places of a page that an address can name."""
    return frozenset(uid for element in parse(path).iter_elements() if (uid := element.attr("id")))


@functools.cache
def pages(site: Path) -> dict[str, Path]:
    """{address below the site: file} of every page of the theme, the 404 page included; pages of claims,
    redirects, short links and frames for other sites are none.
    """
    found = {
        path.relative_to(site).as_posix().removesuffix("index.html"): path
        for path in sorted(site.rglob("*.html"))
    }
    return {
        address: path
        for address, path in found.items()
        if not address.startswith("go/") and not address.endswith("/embed/") and address not in MOVED
    }


@functools.cache
def claim_pages(site: Path) -> dict[str, Path]:
    """{address below the site: file} of the page of every claim that was not withdrawn."""
    found = {
        f"{path.parent.relative_to(site).as_posix()}/": path for path in sorted(site.glob("go/*/index.html"))
    }
    gone = withdrawn("claims") | withdrawn("figures")
    return {
        address: path
        for address, path in found.items()
        if address not in gone and 'http-equiv="refresh"' not in text_of(path)
    }


def withdrawn(kind: str) -> set[str]:
    """The addresses of what data/withdrawn.yml lists under `claims` or `figures`."""
    return {short_link(name) for name in getattr(guide_book().withdrawals, kind)}


def file_of(site: Path, url: str) -> Path:
    """The file that answers an address of the site."""
    path = unquote(urlsplit(url).path).removeprefix(urlsplit(BASE).path)
    return site / path / "index.html" if path == "" or path.endswith("/") else site / path


if __name__ == "__main__":
    target = Path(sys.argv[1])
    for name in sys.argv[2:]:
        part = target / f"{name}.part"
        part.write_text(str(make(target, name)), encoding="utf-8")
        part.rename(target / f"{name}.done")
    (target / "over").touch()
