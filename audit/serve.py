"""A folder served on 127.0.0.1 as GitHub Pages serves it: text compressed with gzip −6, `max-age=600`, about
the same headers, 404.html for what is not there.
"""

from __future__ import annotations

import functools
import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
}
SHUT = {"font/woff2", "image/png", "application/pdf", "application/zip"}
"""Types that are compressed as they are."""
HEADERS = {
    "Server": "GitHub.com",
    "Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT",
    "Access-Control-Allow-Origin": "*",
    "ETag": 'W/"6562a3b0-2f1c"',
    "Expires": "Tue, 24 Nov 2026 10:10:00 GMT",
    "Cache-Control": "max-age=600",
    "x-proxy-cache": "MISS",
    "X-GitHub-Request-Id": "D1E4:3AC83F:1A2B3C4:1C9D8E7:6562A3B0",
    "Accept-Ranges": "bytes",
    "Age": "0",
    "Date": "Tue, 24 Nov 2026 10:00:00 GMT",
    "Via": "1.1 varnish",
    "X-Served-By": "cache-lhr7380-LHR",
    "X-Cache": "HIT",
    "X-Cache-Hits": "1",
    "X-Timer": "S1700000000.123456,VS0,VE1",
    "Vary": "Accept-Encoding",
    "X-Fastly-Request-ID": "0123456789abcdef0123456789abcdef01234567",
}
"""What Pages sends with each answer, for its weight."""


@functools.cache
def answer(folder: Path, path: str) -> tuple[int, str, bytes, bool]:
    """(status, type, body, whether it is compressed) for the path of an address."""
    file = (folder / path.lstrip("/")).resolve()
    if path.endswith("/"):
        file /= "index.html"
    status = 200 if file.is_file() and file.is_relative_to(folder.resolve()) else 404
    if status == 404:
        file = folder / "404.html"
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    body = file.read_bytes() if file.is_file() else b"404"
    return (
        (status, kind, body, False) if kind in SHUT else (status, kind, gzip.compress(body, 6, mtime=0), True)
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]  # handed on as they come

    def do_GET(self) -> None:
        status, kind, body, compressed = answer(self.folder, unquote(urlsplit(self.path).path))
        self.send_response_only(status)
        for name, value in {
            **HEADERS,
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **({"Content-Encoding": "gzip"} if compressed else {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address, with a free port, at which the folder is served while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, folder=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
