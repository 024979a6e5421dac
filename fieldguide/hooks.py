"""MkDocs hooks: a few lines each that call plain functions. MkDocs publishes the pages that the index holds."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from fieldguide.book import load_book
from fieldguide.commands.check import find_problems
from fieldguide.commands.load import index_of
from fieldguide.index import Extensions, Index
from fieldguide.lists.fill import contents, fill
from fieldguide.outputs.exports import Export, make_ahead
from fieldguide.outputs.files import output_files
from fieldguide.outputs.search import searched
from fieldguide.text.dates import epoch, newest_change

log = logging.getLogger("mkdocs.fieldguide")
_extensions: Extensions = ([], {})
_index: Index
_contents: dict[str, str] = {}
"""The HTML of each page that has not been through the theme yet, by its path below docs/."""
_serving = False


def on_startup(command: str, dirty: bool) -> None:
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take the Markdown extensions for ourselves: MkDocs converts nothing."""
    global _extensions
    if config.markdown_extensions:
        _extensions = list(config.markdown_extensions), dict(config.mdx_configs)
    config.markdown_extensions = []
    changelog = Path(config.docs_dir) / "about" / "changelog.md"
    config.extra["built"] = newest_change(changelog.read_text(encoding="utf-8"))
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(epoch(config.extra["built"])))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    global _index
    _index = index_of(load_book(Path(config.config_file_path).parent), _extensions)
    problems = find_problems(_index)
    for problem in problems:
        log.warning(str(problem))
    if problems and config.strict:
        raise Abort(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}: nothing was built")
    for page in _index.book.pages.values():
        if page.made:
            files.append(File.generated(config, page.src, content=page.text))
        elif page.meta.status == "draft" and not _serving:
            file = files.get_file_from_path(page.src)
            if file is not None:
                files.remove(file)
    outputs = output_files(_index)
    if _serving:  # pictures are for those who publish, and `python -m fieldguide serve` makes each when it is asked for
        outputs = {path: make for path, make in outputs.items() if not isinstance(make, Export)}
    make_ahead(outputs.values())
    for path, make in outputs.items():
        files.append(File.generated(config, path, content=make()))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    if page.meta.get("type") in ("concept", "guide"):
        page.meta["search"] = {"boost": 2}  # a chapter before the terms it uses
    return ""  # the page is rendered already


@event_priority(100)
def _before_search(context: TemplateContext, /, *, page: Page, **_: object) -> TemplateContext:
    page.content = searched(page.content or "")
    return context


@event_priority(-100)
def _after_search(context: TemplateContext, /, *, page: Page, **_: object) -> TemplateContext:
    page.content = _contents.pop(page.file.src_uri)
    return context


on_page_context = CombinedEvent(_before_search, _after_search)
"""The theme's search reads a page when its context is made: it gets less of it, and the theme all."""


def on_page_content(html: str, page: Page, **_: object) -> str:
    page.toc = get_toc(contents(_index, page.file.src_uri))
    _contents[page.file.src_uri] = fill(_index, page.file.src_uri)
    return _contents[page.file.src_uri]
