"""Bring token prices up to date from public price lists: compare, print a table, and edit the records."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldguide.book import Book, load_book
from fieldguide.records.changelog import PATH as CHANGELOG
from fieldguide.refresh.compare import Finding, Listing, compare_prices, new_offers
from fieldguide.refresh.edit import (
    Citation,
    confirmed_day,
    edit_changelog,
    edit_page,
    edit_price,
    edit_source,
)
from fieldguide.refresh.lists import KNOWN, read_lists
from fieldguide.refresh.models import compare_models
from fieldguide.refresh.price_list import ListFault, PriceList
from fieldguide.refresh.table import render_table

SHOWN = 10
"""The most problems that a message names."""
PATIENCE = 600
"""Seconds that a download may take."""


def refresh(root: Path, folder: Path | None, day: str, *, write: bool) -> str:
    """Compare the project's token prices with the lists of which `folder` has copies, or, without it, with
    the newest packages; returns the table as Markdown.

    With `write`, the records that the lists confirm or change are edited, as on the ISO day `day`. Raises
    ValueError, and writes nothing, for a list, a record or an edit that is at fault.
    """
    if folder is not None:
        lists = read_lists(folder)
    else:
        with tempfile.TemporaryDirectory() as own:
            download(Path(own))
            lists = read_lists(Path(own))
    book = load_book(root)
    findings = compare_prices(book.prices.values(), lists, day)
    table = render_table(
        findings,
        new_offers(book.prices.values(), lists, day),
        compare_models(book.models, book.prices.values(), lists, day),
        lists,
        day,
    )
    if not write:
        return f"{table}\nNothing was written; `WRITE=1` writes what is the same or changed.\n"
    edits = plan_edits(book, findings, lists, day)
    if edits:
        _check_edits(book, edits, lists, day)
        _write(root, edits)
    return f"{table}\nFiles written: {len(edits)}.\n"


def download(folder: Path) -> None:
    """The newest wheel of each list that comes as a package, without dependencies, into `folder`; nothing is
    installed or built. Raises ListFault.
    """
    packages = [known.package for known in KNOWN.values() if known.package]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--dest", str(folder), *packages]
    cure = "try again later, or name a folder with copies: FROM=folder"
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise ListFault("pip download", f"no answer within {PATIENCE} seconds", cure) from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise ListFault("pip download", said[-1], cure)


def plan_edits(
    book: Book, findings: Sequence[Finding], lists: Sequence[PriceList], day: str
) -> dict[str, str]:
    """{path below the root: new text} of every file that is to change: records, pages that quote the day of a
    confirmed price, and the changelog, which gets the day of a changed one. Raises ValueError for a list
    without a source record, and for a record that cannot be edited.
    """
    cited: dict[str, PriceList] = {}

    def cite(listing: Listing) -> Citation:
        key = KNOWN[listing.source.name].source or listing.source.page
        if key not in book.sources:
            raise ValueError(
                f"data/sources: {listing.source.name} has no record `{key}` — write it with"
                f" `make new-source NAME={key} TOPIC=stack`, with `version …` or `copy of …` in its title"
            )
        cited[key] = listing.source
        return Citation(key, listing.where, day, dated=bool(listing.source.day))

    texts: dict[str, str] = {}
    for finding in findings:
        if finding.state in ("same", "changed"):
            path = finding.record.path
            texts[path] = edit_price(_text(book, path), finding, cite, day)
    for key, source in cited.items():
        path = book.sources[key].path
        texts[path] = edit_source(_text(book, path), source, day)
    days = {
        finding.record.slug: (finding.record.newest.as_of, confirmed_day(finding, day))
        for finding in findings
        if finding.state == "same"
    }
    for page in sorted((book.root / "docs").rglob("*.md")):
        path = page.relative_to(book.root).as_posix()
        texts[path] = edit_page(_text(book, path), days)
    if any(finding.state == "changed" for finding in findings):
        path = f"docs/{CHANGELOG}"
        texts[path] = edit_changelog(texts[path], day)
    return {path: text for path, text in texts.items() if text != _text(book, path)}


def _text(book: Book, path: str) -> str:
    return (book.root / path).read_text(encoding="utf-8")


def _check_edits(book: Book, edits: Mapping[str, str], lists: Sequence[PriceList], day: str) -> None:
    """Load a copy of the project with the edits in it. Raises ValueError where that has a problem which the
    project does not have, or where a second run would edit it again.
    """
    with tempfile.TemporaryDirectory() as own:
        copy = Path(own)
        for item in book.root.iterdir():
            if item.name != "data":
                (copy / item.name).symlink_to(item.resolve())
        shutil.copytree(book.root / "data", copy / "data")
        _write(copy, {path: text for path, text in edits.items() if path.startswith("data/")})
        after = load_book(copy)
        problems = sorted({*map(str, after.problems)} - {*map(str, book.problems)})
        if problems:
            more = f"… and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
            lines = ["the edits would break the records, so nothing is written:", *problems[:SHOWN], more]
            raise ValueError("\n".join(filter(None, lines)))
        again = plan_edits(after, compare_prices(after.prices.values(), lists, day), lists, day)
    if again:
        raise ValueError(f"{min(again)}: a second run would edit it again, so nothing is written")


def _write(root: Path, edits: Mapping[str, str]) -> None:
    """Write the new texts, each in one step."""
    for path, text in edits.items():
        new = root / f"{path}.new"
        new.write_text(text, encoding="utf-8")
        os.replace(new, root / path)
