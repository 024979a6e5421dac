"""MkDocs hooks: a few lines each that call plain functions. MkDocs publishes the pages that the index
holds.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from fieldguide.book import load_book
from fieldguide.checks.problems import find_problems
from fieldguide.commands.page_cache import complete_index
from fieldguide.index import Extensions, Index
from fieldguide.lists.fill import contents, fill_page
from fieldguide.outputs.exports import Export, make_ahead
from fieldguide.outputs.files import output_files
from fieldguide.outputs.finish.site import UNFINISHED, finish_site
from fieldguide.page.context import CHANGELOG
from fieldguide.text.dates import epoch, newest_change
from fieldguide.text.problems import counted

log = logging.getLogger("mkdocs.fieldguide")
# A build runs the hooks one after another in one process, and MkDocs hands nothing from one to the next.
_extensions: Extensions = ([], {})
_index: Index
_serving = False


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether MkDocs serves or builds."""
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take over the Markdown extensions, so that MkDocs converts nothing."""
    global _extensions
    if config.markdown_extensions:
        _extensions = list(config.markdown_extensions), dict(config.mdx_configs)
    config.markdown_extensions = []
    with contextlib.suppress(OSError, ValueError):  # problems of the changelog are reported with all others
        config.extra["built"] = newest_change(
            Path(config.docs_dir, CHANGELOG).read_text(encoding="utf-8", errors="replace")
        )
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(epoch(config.extra["built"])))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Read and render the guide, report its problems, and add the generated pages and files. Raises Abort for
    a problem in a strict build, and for a site without a date.
    """
    global _index
    # nothing that is read and rendered here is garbage, and looking for it takes a tenth of the time
    gc.disable()
    _index = complete_index(load_book(Path(config.config_file_path).parent), _extensions)
    if not _serving:
        gc.freeze()  # the index lives until the end of the build
    gc.enable()
    problems = find_problems(_index)
    for problem in problems:
        log.warning(str(problem))
    if problems and (config.strict or "built" not in config.extra):
        raise Abort(f"{counted(len(problems), 'problem')}: nothing was built")
    for page in _index.book.pages.values():
        if page.made:
            files.append(File.generated(config, page.src, content=page.text))
        elif page.meta.status == "draft" and not _serving:
            file = files.get_file_from_path(page.src)
            if file is not None:
                files.remove(file)
    outputs = output_files(_index)
    if _serving:  # slow files are for publishing; `python -m fieldguide serve` makes each on request
        outputs = {path: make for path, make in outputs.items() if not isinstance(make, Export)}
    make_ahead(outputs.values())
    for path, make in outputs.items():
        files.append(File.generated(config, path, content=make()))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """An empty text for MkDocs to convert: the page is already rendered."""
    return ""


def on_page_content(html: str, page: Page, **_: object) -> str:
    """The page from the index, with its table of contents."""
    page.toc = get_toc(contents(_index, page.file.src_uri))
    return fill_page(_index, page.file.src_uri)


def on_post_build(config: MkDocsConfig) -> None:
    """Finish the site: one reduced sheet, first-screen styles, policies."""
    if not _serving and UNFINISHED not in os.environ:
        try:
            finish_site(Path(config.site_dir))
        except ValueError as error:
            raise Abort(str(error)) from error
