"""The site as its author sees it: every page and file is made on request, and made again only if something
that it depends on has changed.
"""

from __future__ import annotations

import contextlib
import logging
import mimetypes
import os
import re
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from fieldguide.book import Book, load_book
from fieldguide.checks.problems import find_problems
from fieldguide.commands.load import markdown_config
from fieldguide.commands.page_cache import PageCache, RenderedSoFar
from fieldguide.index import Index
from fieldguide.lists.fill import contents, fill_page
from fieldguide.outputs.files import output_file
from fieldguide.records.page import page_url
from fieldguide.text.problems import Problem

RELOAD = (
    '<script type="module">const seen="{version}";new'
    ' EventSource("{root}__changes").onmessage=event=>event.data!==seen&&location.reload()</script>'
)
"""Requests the current version and reloads the page if it is a new one. After the server restarts, the
browser reconnects by itself.
"""


class _TemplateCache(BytecodeCache):
    """Caches compiled templates; a template is compiled again only if its text changes."""

    def __init__(self) -> None:
        self.bytecode: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.bytecode:
            bucket.bytecode_from_string(self.bytecode[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.bytecode[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = _TemplateCache()


FEW = 40
"""Some pages need what all pages state, as the home page does. If at most this many pages are missing, they
are rendered before the answer; if more are, as in a fresh clone, the answer uses the pages rendered so far.
"""


class Overtaken(Exception):
    """The project was read again before the work was done. The thread that read it starts the work again."""


class Preview:
    """The project at `root`, read once and updated by `refresh`."""

    def __init__(self, root: Path, version: str) -> None:
        logging.getLogger("mkdocs").setLevel(logging.ERROR)  # problems are reported once, by `problems`
        self.root = root
        self.version = version
        self.lock = threading.RLock()
        """Held while a page is rendered, a request is answered or the project is read."""
        self.waiting: list[str] = []
        """What threads are waiting for: addresses to be answered, or the project to be read."""
        self.extensions = markdown_config(root)
        self.partial = False
        """Whether anything was answered from only some of the pages since they were last complete."""
        self._refresh(None)

    @property
    def prefix(self) -> str:
        """The path of the site's address: "/" or "/guide/"."""
        return urlsplit(self.config.site_url or "/").path or "/"

    @contextlib.contextmanager
    def _waited_for(self, what: str) -> Iterator[None]:
        """Work in this context goes before work in the background."""
        self.waiting.append(what)
        try:
            yield
        finally:
            self.waiting.remove(what)

    def refresh(self) -> None:
        """Read what has changed. Pages and files are made again on request."""
        with self._waited_for("the project"):
            self._refresh(self.pages)

    def _refresh(self, before: PageCache | None) -> None:
        config = load_config(str(self.root / "mkdocs.yml"))
        config.plugins.on_startup(command="serve", dirty=False)
        config = config.plugins.on_config(config)
        with self.lock:
            pages = PageCache(load_book(self.root), self.extensions, self.lock, before)
        book, index = pages.book, Index(pages.book, pages)
        files = get_files(config)
        env = config.theme.get_env()
        env.bytecode_cache = TEMPLATES
        for page in book.pages.values():
            if page.made:
                files.append(File.generated(config, page.src, content=page.text))
        nav = get_navigation(files, config)
        sources = {file.src_uri: file for file in files.documentation_pages() if file.src_uri in book.pages}
        for file in sources.values():
            _read(file, config, book)
        with self.lock:
            self.config, self.files, self.nav, self.env = config, files, nav, env
            self.pages, self.index = pages, index
            self.page_files = {page_url(src): file for src, file in sources.items()}
            self.statics = {file.dest_uri: file for file in files if not file.is_documentation_page()}

    def complete(self) -> bool:
        """Render the remaining pages and store them for the next run. Returns whether earlier answers used
        only some of the pages. Yields to anyone who is waiting. Raises Overtaken.
        """
        index, many = self.index, self.pages.missing() > FEW
        for src in index.pages:
            self._give_way(index)
            index.pages[src]
        if many:
            self.pages.save()
        was_partial, self.partial = self.partial, False
        return was_partial

    def problems(self) -> list[Problem]:
        """The problems that `check` would find now. Yields to anyone who is waiting. Raises Overtaken."""
        return find_problems(self.index, partial(self._give_way, self.index))

    def _give_way(self, index: Index) -> None:
        """Sleep while anyone is waiting, since the lock alone would go to whichever thread is quickest.
        Raises Overtaken if `index` is out of date.
        """
        while self.waiting:
            time.sleep(0.005)
        if self.index is not index:
            raise Overtaken

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """(status, content type, bytes) for `path`, an address below the host."""
        with self._waited_for(path), self.lock:
            return self._answer(unquote(urlsplit(path).path))

    def _answer(self, path: str) -> tuple[int, str, bytes]:
        below = path.removeprefix(self.prefix)
        if below.rpartition("/")[2] == "index.html":
            below = below.removesuffix("index.html")
        if below in self.page_files:
            return 200, "text/html; charset=utf-8", self._page(self.page_files[below])
        name = f"{below}index.html" if below.endswith("/") or not below else below
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if name.endswith(".mjs"):
            kind = "text/javascript"
        static = self.statics.get(name)
        source = static.abs_src_path if static is not None else _of_theme(name, self.config)
        if source is not None:
            return 200, kind, Path(source).read_bytes()
        make = output_file(self.index, name)
        if make is not None:
            return 200, kind, make()
        html = self.env.get_template("404.html").render(get_context(self.nav, self.files, self.config, None))
        return 404, "text/html; charset=utf-8", self._reloading(html)

    def _page(self, file: File) -> bytes:
        """A page in the theme, as HTML."""
        page, index = file.page, self.index
        assert page is not None
        if self.pages.missing() > FEW:
            self.partial, index = True, Index(index.book, RenderedSoFar(self.pages))
        page.toc = get_toc(contents(index, file.src_uri))
        page.content = fill_page(index, file.src_uri)
        page.active = True
        try:
            html = self.env.get_template("main.html").render(
                get_context(self.nav, self.files, self.config, page)
            )
        finally:
            page.active = False
        return self._reloading(html)

    def _reloading(self, html: str) -> bytes:
        return html.replace(
            "</body>", RELOAD.replace("{version}", self.version).replace("{root}", self.prefix) + "</body>"
        ).encode()


def _of_theme(name: str, config: MkDocsConfig) -> str | None:
    """The path of a theme file that is published unchanged, or None: templates, hidden files and paths
    outside the theme are not published. Looks up one file, since the theme's folders contain thousands.
    """
    if not re.fullmatch(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*", name) or name.endswith(
        (".html", ".md", ".py", ".pyc", ".yml")
    ):
        return None
    return next(
        (path for folder in config.theme.dirs if os.path.isfile(path := os.path.join(folder, name))), None
    )


def _read(file: File, config: MkDocsConfig, book: Book) -> None:
    """Set the text and metadata of MkDocs's page from the book."""
    page = file.page or Page(None, file, config)
    own = book.pages[file.src_uri]
    page.markdown = own.body
    page.meta = own.meta.model_dump(exclude_none=True)
