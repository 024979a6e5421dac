"""Serve a folder on 127.0.0.1 while tests and screenshots look at it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

Answer = Callable[[], bytes]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Keeps connections open and lets the browser keep files, so that a page after the first costs one
    request.
    """

    protocol_version = "HTTP/1.1"
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".woff2": "font/woff2",
    }

    def __init__(
        self, *arguments: object, below: str, instead: Mapping[str, Answer], **options: object
    ) -> None:
        self.below, self.instead = below, instead
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # handed on as they come

    def translate_path(self, path: str) -> str:
        """The file that answers a path; none answers a path that is not below the site's."""
        return (
            super().translate_path("/" + path.removeprefix(self.below))
            if path.startswith(self.below)
            else f"{self.directory}/nothing-is-here"
        )

    def do_GET(self) -> None:
        answer = self.instead.get(self.path)
        if answer is None:
            return super().do_GET()
        content = answer()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serve(folder: Path, below: str = "/", instead: Mapping[str, Answer] = {}) -> Iterator[str]:
    """The address, with its free port, at which the folder is served while the block runs.

    `below` is the path that the folder stands for; `instead` gives for some paths what is answered instead of
    a file.
    """
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder), below=below, instead=instead)
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{below}"
    finally:
        server.shutdown()
        server.server_close()
