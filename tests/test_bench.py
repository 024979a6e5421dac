"""The benchmark's own parts: what it measures is never a test, that it measures the guide is."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.commands.bench import CHAPTER, CLAIMS, EDITS, another, copy_project, write_stock
from tests.guide import ROOT, guide, guide_book

BUILT = {"__pycache__"}


@pytest.mark.whole
def test_a_copy_for_the_bench_has_every_file_that_people_write(tmp_path: Path) -> None:
    copy = copy_project(ROOT, tmp_path)
    for folder in ("data", "docs", "overrides", "fieldguide", "experiments"):
        files = [
            {
                path.relative_to(root)
                for path in (root / folder).rglob("*")
                if path.is_file() and not BUILT & {*path.parts}
            }
            for root in (ROOT, copy)
        ]
        assert files[0] == files[1] and len(files[0]) > 10
    assert not {"tests", ".git", ".cache", "site"} & {path.name for path in copy.iterdir()}


@pytest.mark.whole
def test_the_stock_site_has_as_many_pages_with_the_words_of_ours(tmp_path: Path) -> None:
    assert (
        write_stock(guide(), tmp_path)
        == len(guide().book.pages)
        == len(list((tmp_path / "docs").rglob("*.md")))
    )
    assert "accelerator" in (tmp_path / "docs" / "stack" / "chips.md").read_text(encoding="utf-8")


def test_what_the_bench_edits_and_looks_at_is_there() -> None:
    assert [file for _, file, old, *_ in EDITS if old not in (ROOT / file).read_text(encoding="utf-8")] == []
    book = guide_book()
    pages = {book.address(src).removeprefix(book.site_url) for src in book.pages}
    assert {CHAPTER, CLAIMS, *(where for *_, where, _ in EDITS if where.endswith("/"))} <= pages


def test_an_edit_has_shown_when_the_server_tells_of_another_version() -> None:
    assert another(iter(["one", "one", "two"]), "one") == "two"
    with pytest.raises(TimeoutError, match="no change"):
        another(iter(["one", "one"]), "one")
