"""The server for authors: `make serve`. Browsers show a changed page, record or sheet by themselves; changed
code restarts the server.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import queue
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from fieldguide.commands.load import check_settings
from fieldguide.commands.preview import Overtaken, Preview

WATCHED = ("data", "docs", "overrides")
"""Folders that pages depend on: a change in them makes the server read the project again."""
CODE = ("fieldguide", "mkdocs.yml")
"""Files that the server itself depends on: a change restarts the process."""
SETTLE = 0.05
"""Seconds without a further change before a change takes effect."""
DEFAULT = 8000
"""The default port."""
RETRY = 200
"""Milliseconds until a browser reconnects after the server is gone, as after a change of code; some browsers
wait for three seconds by default.
"""
BEAT = 15.0
"""Seconds after which a waiting browser is sent the version again, which detects lost connections."""


class Changes(FileSystemEventHandler):
    """Collects changed paths until `wait` is called."""

    def __init__(self) -> None:
        self.paths: queue.SimpleQueue[Path] = queue.SimpleQueue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("modified", "created", "deleted", "moved") and not event.is_directory:
            for name in (event.src_path, event.dest_path):
                if name and "__pycache__" not in str(name):
                    self.paths.put(Path(os.fsdecode(name)))

    def wait(self) -> set[Path]:
        """Wait for a change, then for SETTLE seconds without one. Returns the changed paths."""
        paths = {self.paths.get()}
        with contextlib.suppress(queue.Empty):
            while True:
                paths.add(self.paths.get(timeout=SETTLE))
        return paths


class Site:
    """The preview and its version, which browsers wait for."""

    def __init__(self, root: Path) -> None:
        self.numbers = itertools.count(1)
        self.born = f"{time.time_ns():x}"
        self.changed = threading.Condition()
        self.preview = Preview(root, self._next())
        self.printed: set[str] = set()

    def _next(self) -> str:
        return f"{self.born}-{next(self.numbers)}"

    def update(self, say: bool = True) -> None:
        """Read what has changed and give the site a new version. If the change cannot be read at all, the
        site stays as it is until the next change.
        """
        start = time.perf_counter()
        try:
            self.preview.refresh()
        except Exception as error:
            print(
                f"the change could not be read, so the site stays as it was: {type(error).__name__}:"
                f" {error} — correct it, or save it again",
                file=sys.stderr,
                flush=True,
            )
            return
        self._announce()
        if say:
            print(f"read again in {time.perf_counter() - start:.2f} s", flush=True)

    def _announce(self) -> None:
        """Give the site a new version, so that every browser reloads its page."""
        with self.changed:
            self.preview.version = self._next()
            self.changed.notify_all()

    def settle(self) -> None:
        """Render the pages that no browser has requested, and print each new problem."""
        try:
            if self.preview.complete():
                self._announce()
            problems = [str(problem) for problem in self.preview.problems()]
        except Overtaken:
            return
        for problem in problems:
            if problem not in self.printed:
                print(problem, flush=True)
        if self.printed and not problems:
            print("no problems left", flush=True)
        self.printed = set(problems)

    def versions(self) -> Iterator[str]:
        """The current version, then each new one; the same one again after BEAT seconds."""
        while True:
            version = self.preview.version
            yield version
            with self.changed:
                if self.preview.version == version:
                    self.changed.wait(BEAT)


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    """A class that answers requests for `site`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with contextlib.suppress(ConnectionError):  # the browser left before it had its answer
                self._answer()

        def _answer(self) -> None:
            if self.path.endswith("/__changes"):
                self._send_versions()
                return
            if self.path == "/" and site.preview.prefix != "/":
                self.send_response(302)
                self.send_header("Location", site.preview.prefix)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            try:
                status, kind, data = site.preview.answer(self.path)
            except Exception as error:
                status, kind, data = (
                    500,
                    "text/plain; charset=utf-8",
                    f"{self.path} could not be made: {type(error).__name__}: {error}".encode(),
                )
                print(data.decode(), file=sys.stderr, flush=True)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(data)

        def _send_versions(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            for version in site.versions():
                self.wfile.write(f"data: {version}\nretry: {RETRY}\n\n".encode())
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            """Prints nothing: requests are not worth a line."""

    return Handler


def watch(root: Path, changes: Changes) -> BaseObserver:
    """Start watching everything that the site depends on; returns the observer."""
    observer = Observer()
    for name in (*WATCHED, "fieldguide"):
        if (root / name).exists():
            observer.schedule(changes, str(root / name), recursive=True)
    observer.schedule(changes, str(root))
    observer.start()
    return observer


def _top(path: Path, root: Path) -> str:
    """The first part of `path` below `root`, or "" if it is elsewhere."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else ()
    return parts[0] if parts else ""


def is_code(path: Path, root: Path) -> bool:
    """Whether a change of `path` restarts the process."""
    return _top(path, root) in CODE


def concerns(path: Path, root: Path) -> bool:
    """Whether anything that is served depends on `path`."""
    return _top(path, root) in WATCHED


def bound(port: int) -> ThreadingHTTPServer:
    """A server bound to the port that does not answer requests yet. Raises OSError if the port is taken."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), BaseHTTPRequestHandler)
    except (OSError, OverflowError) as error:
        raise OSError(
            f"port {port} is not available: {getattr(error, 'strerror', None) or error} — stop the program"
            f" that uses it, or choose another: `make serve PORT={port + 1 if port < 65535 else DEFAULT}`"
        ) from error


def serve(root: Path, port: int) -> int:
    """Serve the project at `root` on localhost until interrupted. Raises ConfigurationError for an unreadable
    mkdocs.yml and OSError for an unavailable port, both before anything else is read.
    """
    root = root.resolve()
    check_settings(root)
    server = bound(port)
    changes = Changes()
    observer = watch(root, changes)
    site = Site(root)
    server.RequestHandlerClass = handler(site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{port}{site.preview.prefix}", flush=True)
    threading.Thread(target=site.settle, daemon=True).start()
    try:
        while True:
            paths = changes.wait()
            if any(is_code(path, root) for path in paths):
                print("the code has changed: restarting", flush=True)
                server.server_close()
                observer.stop()
                os.execv(sys.executable, [sys.executable, "-m", "fieldguide", *sys.argv[1:]])
            if any(concerns(path, root) for path in paths):
                site.update()
                threading.Thread(target=site.settle, daemon=True).start()
    except KeyboardInterrupt:
        server.server_close()
        return 0
