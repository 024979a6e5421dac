"""MkDocs hooks: a few lines each that call plain functions."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from fieldguide.book import cached_book
from fieldguide.outputs.files import as_bytes, generated_files
from fieldguide.text.dates import epoch, newest_change

log = logging.getLogger("mkdocs.fieldguide")


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def on_startup(command: str, dirty: bool) -> None:
    os.environ["FIELDGUIDE_COMMAND"] = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    changelog = _root(config) / "docs" / "about" / "changelog.md"
    config.extra["built"] = newest_change(changelog.read_text(encoding="utf-8"))
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(epoch(config.extra["built"])))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    book = cached_book(_root(config))
    for problem in book.problems:
        log.warning(str(problem))
    for path, content in generated_files(book):
        files.append(File.generated(config, path, content=as_bytes(content)))
    if os.environ.get("FIELDGUIDE_COMMAND") != "serve":
        for page in book.pages.values():
            if page.meta.status == "draft":
                files.remove(files.get_file_from_path(page.src))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> None:
    if page.meta.get("type") in ("concept", "guide"):
        page.meta["search"] = {"boost": 2}  # a chapter before the terms it uses
