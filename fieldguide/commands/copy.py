"""Copies the project with its generated files, for a builder that runs no MkDocs hooks."""

from __future__ import annotations

import shutil
from pathlib import Path

from fieldguide.commands.load import load_index
from fieldguide.outputs.files import output_files
from fieldguide.records import definer, merges
from fieldguide.records.runs import FIT, RUNS
from fieldguide.text.paths import below, check_target


def write_copy(root: Path, target: Path) -> None:
    """Write the project at `root`, with its generated pages and files in docs/ and without drafts, to
    `target`, which is replaced. Raises ValueError if that would delete files that people write, or for a file
    outside `target`.
    """
    check_target(root, target)
    index = load_index(root)
    book = index.book
    shutil.rmtree(target, ignore_errors=True)
    for name in ("docs", "data", "overrides"):
        shutil.copytree(root / name, target / name)
    shutil.copy(root / "mkdocs.yml", target / "mkdocs.yml")
    for path in (merges.PATH, merges.NOTICE, RUNS, FIT):
        if (root / path).is_file():
            _write(target / path, (root / path).read_bytes())
    if (root / definer.FOLDER).is_dir():
        shutil.copytree(root / definer.FOLDER, target / definer.FOLDER)
    for page in book.pages.values():
        if page.meta.status == "draft":
            below(target / "docs", page.src).unlink()
        elif page.made:
            _write(below(target / "docs", page.src), page.text.encode())
    for path, make in output_files(index).items():
        _write(below(target / "docs", path), make())


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
