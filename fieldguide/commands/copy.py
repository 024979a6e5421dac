"""TODO."""

from __future__ import annotations

import shutil
from pathlib import Path

from fieldguide.book import Book
from fieldguide.outputs.files import as_bytes, generated_files


def write_copy(book: Book, target: Path) -> None:
    """The project with its generated files in docs/ and without drafts, for a builder that runs no MkDocs hooks. Replaces `target`."""
    shutil.rmtree(target, ignore_errors=True)
    for name in ("docs", "data", "overrides"):
        shutil.copytree(book.root / name, target / name)
    shutil.copy(book.root / "mkdocs.yml", target / "mkdocs.yml")
    for page in book.pages.values():
        if page.meta.status == "draft":
            (target / "docs" / page.src).unlink()
    for path, content in generated_files(book):
        file = target / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_bytes(content))
