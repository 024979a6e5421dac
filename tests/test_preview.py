"""What the server for authors shows after an edit, and what it leaves as it was."""

from __future__ import annotations

import os
import queue
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from watchdog.events import FileModifiedEvent

from fieldguide.book import Book, load_book
from fieldguide.commands.preview import Overtaken, Preview
from fieldguide.commands.serve import Changes, Site, concerns, handler, is_code, watch
from fieldguide.index import Rendered
from tests.conftest import FACT, MODEL, TERM, Project, page
from tests.guide import ROOT

PATIENCE = 8.0
"""Seconds after which what does not come is called lost."""
TOKENS = "/foundations/tokens/"
FIGURE = """
title: A family is the unit in which makers disclose
context: Families in the records, newest release first
alt: A table of model families with maker, country, releases, access, license and size; here one family has one model.
renderer: families
as_of: 2026-11-25
sources: [hoffmann2022]
data: {smallest: 1}
"""  # noqa: E501


@pytest.fixture
def preview(project: Project) -> Preview:
    project.write("docs/foundations/other.md", page("Other", "Another answer.\n\nNothing of the rest."))
    project.bend(
        "mkdocs.yml",
        "[foundations/tokens.md]",
        "[Tokens: foundations/tokens.md, Other: foundations/other.md]",
    )
    project.page(
        "A token is counted. It read [1.4T](fact:reading.tokens) tokens, which took [5.88×10²³"
        " FLOP](fact:reading.budget)."
    )
    found = Preview(project.root, "1")
    found.complete()
    return found


def shown(preview: Preview, path: str = TOKENS) -> str:
    """What stands at `path` after everything that has changed is read again."""
    preview.refresh()
    status, _, data = preview.answer(path)
    assert status == 200, path
    return data.decode()


def rendered(preview: Preview) -> dict[str, int]:
    """Page → which rendering of it stands."""
    return {src: id(item) for src, item in preview.index.pages.items()}


def test_an_edited_page_shows_and_no_other_page_is_rendered_again(project: Project, preview: Preview) -> None:
    before = rendered(preview)
    project.page("An edited sentence.")
    assert "An edited sentence." in shown(preview)
    after = rendered(preview)
    assert after["foundations/tokens.md"] != before["foundations/tokens.md"]
    assert {src for src in before if after[src] != before[src]} <= {
        "foundations/tokens.md",
        "about/references.md",
        "index.md",
    }


def test_an_edited_record_shows_on_the_pages_that_cite_it_alone(project: Project, preview: Preview) -> None:
    assert "What Chinchilla read" in shown(preview)
    before = rendered(preview)
    project.write("data/facts/reading.yml", FACT.replace("What Chinchilla read", "What it was taught"))
    html = shown(preview)
    assert "What it was taught" in html and "What Chinchilla read" not in html
    after = rendered(preview)
    assert (
        after["foundations/other.md"] == before["foundations/other.md"]
        and after["foundations/tokens.md"] != before["foundations/tokens.md"]
    )


def test_a_computed_value_follows_a_record_that_its_own_file_only_names(
    project: Project, preview: Preview
) -> None:
    project.write(
        "data/facts/doubled.yml",
        "title: Doubled\nfields:\n  budget: {computed: ratio, inputs: {numerator: reading.tokens,"
        " denominator: reading.size}, unit: times}\n",
    )
    project.page("It read [20 times](fact:doubled.budget) as much.")
    shown(preview)
    assert preview.problems() == []
    project.write("data/facts/reading.yml", FACT.replace("70e9", "140e9"))
    preview.refresh()
    assert any(
        "the record says 10 times, the page says “20 times”" in str(problem) for problem in preview.problems()
    )


def test_an_edited_term_shows_on_its_page_and_where_it_is_used(project: Project, preview: Preview) -> None:
    assert "a piece of text that a model reads" in shown(preview)
    project.write(
        "docs/glossary/token.md", TERM.replace("a piece of text that a model reads", "what a tokenizer cuts")
    )
    assert "what a tokenizer cuts" in shown(preview, "/glossary/token/")
    assert "what a tokenizer cuts" in shown(preview)
    project.write("docs/glossary/token.md", TERM.replace("aka: [subword]", "aka: [nothing]"))
    assert 'data-note="note-token"' in shown(preview, "/foundations/other/"), (
        "a new name links itself on pages that have it"
    )


def test_a_term_lists_a_page_that_begins_to_use_it(project: Project, preview: Preview) -> None:
    assert "Other" not in re.sub(r"<nav.*?</nav>", "", shown(preview, "/glossary/token/"), flags=re.S)
    project.write("docs/foundations/other.md", page("Other", "Another answer.\n\nA token stands here."))
    assert "Other" in re.sub(r"<nav.*?</nav>", "", shown(preview, "/glossary/token/"), flags=re.S)


def test_an_edited_drawing_shows(project: Project, preview: Preview) -> None:
    project.write("data/models/chinchilla.yml", MODEL)
    project.write("data/figures/one-family.yml", FIGURE)
    project.page("/// figure | one-family\nOne row.\n///")
    assert "DeepMind" in shown(preview)
    project.write("data/models/chinchilla.yml", MODEL.replace("DeepMind", "Elsewhere"))
    assert "Elsewhere" in shown(preview), "the drawing reads a record that the page does not name"
    project.write("data/figures/one-family.yml", FIGURE.replace("A family is", "A house is"))
    assert "A house is the unit" in shown(preview)


def test_a_sheet_and_a_template_show_when_they_change(project: Project, preview: Preview) -> None:
    css = project.root / "overrides" / "assets" / "css"
    css.unlink()
    shutil.copytree(ROOT / "overrides" / "assets" / "css", css)
    assert "--fg-edited" not in shown(preview, "/assets/fg.css")
    (css / "home.css").write_text(".fg-home { --fg-edited: 0 }", encoding="utf-8")
    assert "--fg-edited" in shown(preview, "/assets/fg.css")


def test_a_template_shows_when_it_changes_and_so_does_one_that_takes_the_place_of_the_theme_s(
    project: Project,
) -> None:
    shutil.copytree(ROOT / "overrides", project.root / "theme", ignore=shutil.ignore_patterns("fonts"))
    project.bend("mkdocs.yml", str(ROOT / "overrides"), str(project.root / "theme"))
    preview = Preview(project.root, "1")
    assert "edited" not in shown(preview)
    project.bend("theme/main.html", "{% block scripts %}", "{% block scripts %}<i>edited</i>")
    assert "<i>edited</i>" in shown(preview)
    project.write("theme/base.html", "Another base")
    assert shown(preview).startswith("Another base")


def test_a_file_of_the_theme_is_served_as_it_is_and_nothing_else_beside_it(preview: Preview) -> None:
    assert preview.answer("/assets/images/favicon.png")[2].startswith(b"\x89PNG")
    for path in (
        "/base.html",
        "/mkdocs_theme.yml",
        "/__init__.py",
        "/.icons/material/abacus.svg",
        "/../__init__.py",
        "/assets/../__init__.py",
        "/assets//images/favicon.png",
        "/assets",
    ):
        assert preview.answer(path)[0] == 404, path


def test_drafts_are_served_and_new_and_deleted_pages_come_and_go(project: Project, preview: Preview) -> None:
    draft = page("Draft", "Not yet.").replace("reviewed: 2026-11-24", "reviewed: 2026-11-24\nstatus: draft")
    project.write("docs/foundations/draft.md", draft)
    assert "Not yet." in shown(preview, "/foundations/draft/")
    (project.root / "docs/foundations/draft.md").unlink()
    preview.refresh()
    assert preview.answer("/foundations/draft/")[0] == 404


def test_a_file_that_keeps_its_time_and_size_is_read_again_all_the_same(
    project: Project, preview: Preview
) -> None:
    file = project.root / "docs/foundations/other.md"
    before = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace("Nothing", "Notions"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert "Notions of the rest" in shown(preview, "/foundations/other/")


def test_a_page_that_is_broken_is_reported_and_comes_back(project: Project, preview: Preview) -> None:
    project.bend("docs/foundations/other.md", "type: concept", "type: cocnept")
    preview.refresh()
    assert any("docs/foundations/other.md" in str(problem) for problem in preview.problems())
    assert "A token is counted" in re.sub(r"<[^>]+>", "", shown(preview))
    project.bend("docs/foundations/other.md", "type: cocnept", "type: concept")
    assert "Another answer." in shown(preview, "/foundations/other/")
    assert preview.problems() == []


def test_other_files_of_the_site_are_made_when_they_are_asked_for(preview: Preview) -> None:
    for path, kind, part in (
        ("/robots.txt", "text/plain", b"User-agent"),
        ("/data/models.csv", "text/csv", b"id"),
        ("/assets/favicon.svg", "image/svg+xml", b"<svg"),
        ("/assets/cards/home.png", "image/png", b"\x89PNG"),
    ):
        status, found, data = preview.answer(path)
        assert (status, found) == (200, kind) and part in data, path
    assert preview.answer("/foundations/other/index.html")[2] == preview.answer("/foundations/other/")[2]
    assert preview.answer("/nowhere/")[0] == 404


class Watched(Mapping[str, Rendered]):
    """Pages that call something whenever one of them is asked for."""

    def __init__(self, pages: Mapping[str, Rendered], call: Callable[[], None]) -> None:
        self.pages, self.call = pages, call

    def __getitem__(self, src: str) -> Rendered:
        self.call()
        return self.pages[src]

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)


def test_a_page_is_shown_while_another_thread_works_out_what_the_whole_knows(preview: Preview) -> None:
    asked, holds, shown_at_last = threading.Event(), threading.Event(), threading.Event()
    preview.refresh()
    index = preview.index

    def browser() -> None:
        with preview.lock:
            holds.set()
            asked.wait(PATIENCE)  # now the other thread waits for the lock, in the midst of its work
            preview.answer("/glossary/token/")
            shown_at_last.set()

    index.pages = Watched(index.pages, asked.set)
    threading.Thread(target=browser, daemon=True).start()
    assert holds.wait(PATIENCE)
    threading.Thread(target=index.pages_using, args=("terms", "token"), daemon=True).start()
    assert shown_at_last.wait(PATIENCE), "both wait for each other"


def test_what_has_changed_again_is_left_to_who_read_it_again(preview: Preview) -> None:
    index = preview.index

    index.pages = Watched(index.pages, preview.refresh)
    with pytest.raises(Overtaken):
        preview.problems()


def test_while_many_pages_are_missing_one_that_needs_them_all_does_not_wait_for_them(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldguide.commands.preview.FEW", 0)
    site = Site(project.root)
    preview, version = site.preview, site.preview.version
    assert preview.answer("/glossary/token/")[0] == 200 and preview.pages.missing() > 0
    site.settle()
    assert preview.pages.missing() == 0 and preview.version != version, "browsers load it again"
    version = preview.version
    site.settle()
    assert preview.version == version
    assert Preview(project.root, "1").pages.missing() == 0, "the pages are kept for the next run"


def test_looking_for_problems_waits_for_a_change_that_is_being_read(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, goes_on, found = threading.Event(), threading.Event(), queue.SimpleQueue[str]()

    def look() -> None:
        try:
            preview.problems()
        except Overtaken:
            found.put("overtaken")

    def slow_book(root: Path) -> Book:
        reads.set()
        goes_on.wait(PATIENCE)
        return load_book(root)

    monkeypatch.setattr("fieldguide.commands.preview.load_book", slow_book)
    threading.Thread(target=preview.refresh, daemon=True).start()
    assert reads.wait(PATIENCE)
    threading.Thread(target=look, daemon=True).start()
    with pytest.raises(queue.Empty):
        found.get(timeout=0.05)
    goes_on.set()
    assert found.get(timeout=PATIENCE) == "overtaken"


# ---- the server


@pytest.fixture
def served(project: Project) -> Iterator[tuple[Site, str]]:
    site = Site(project.root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(site))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_browser_is_told_of_each_new_version(project: Project, served: tuple[Site, str]) -> None:
    site, address = served
    html = urllib.request.urlopen(address + TOKENS).read().decode()
    seen = re.search(r'const seen="([^"]+)"', html)
    assert seen is not None
    with urllib.request.urlopen(f"{address}/__changes") as stream:
        told = (line.decode().strip() for line in stream)
        assert [next(told) for _ in range(3)] == [f"data: {seen[1]}", "retry: 200", ""]
        project.page("An edited sentence.")
        site.update(say=False)
        assert next(told) == f"data: {site.preview.version}" != f"data: {seen[1]}"
    assert "An edited sentence." in urllib.request.urlopen(address + TOKENS).read().decode()


def test_a_version_that_came_while_nobody_listened_is_told_at_once(served: tuple[Site, str]) -> None:
    site, _ = served
    versions, told = site.versions(), queue.SimpleQueue[str]()
    first = next(versions)
    site.update(say=False)
    threading.Thread(target=lambda: told.put(next(versions)), daemon=True).start()
    assert told.get(timeout=PATIENCE) != first


def test_a_change_that_cannot_be_read_leaves_the_site_as_it_was(
    project: Project,
    served: tuple[Site, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    site, address = served
    version = site.preview.version
    with monkeypatch.context() as patch:
        patch.setattr(site.preview, "refresh", lambda: (project.root / "gone").read_text(encoding="utf-8"))
        site.update()
    assert "FileNotFoundError" in capsys.readouterr().err and site.preview.version == version
    assert urllib.request.urlopen(address + TOKENS).status == 200
    project.page("An edited sentence.")
    site.update(say=False)
    assert "An edited sentence." in urllib.request.urlopen(address + TOKENS).read().decode()


def test_a_change_that_comes_while_another_is_handed_over_is_not_lost() -> None:
    changes, taken = Changes(), []

    class Second:
        """The second change's path; while it is read, the first change is taken."""

        def __fspath__(self) -> str:
            taken.append(frozenset(changes.wait()))
            return "second"

    changes.on_any_event(FileModifiedEvent("first"))
    changes.on_any_event(FileModifiedEvent(Second()))  # type: ignore[arg-type]  # a path all the same
    assert (taken, changes.wait()) == ([{Path("first")}], {Path("second")})


def test_changes_are_seen_and_told_apart(tmp_path: Path) -> None:
    for name in ("data", "docs", "fieldguide"):
        (tmp_path / name).mkdir()
    changes = Changes()
    observer = watch(tmp_path, changes)
    try:
        (tmp_path / "docs" / "page.md").write_text("a", encoding="utf-8")
        assert tmp_path / "docs" / "page.md" in changes.wait()
    finally:
        observer.stop()
        observer.join()
    assert is_code(tmp_path / "fieldguide" / "book.py", tmp_path) and is_code(
        tmp_path / "mkdocs.yml", tmp_path
    )
    assert not is_code(tmp_path / "docs" / "page.md", tmp_path)
    assert concerns(tmp_path / "overrides" / "main.html", tmp_path) and not concerns(
        tmp_path / "README.md", tmp_path
    )


@pytest.mark.whole
def test_changed_code_starts_the_server_anew(project: Project) -> None:
    module = project.write("fieldguide/module.py", "")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "fieldguide", "--root", str(project.root), "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, "")
        assert next(lines).strip() == f"http://127.0.0.1:{port}/"
        time.sleep(0.1)
        module.write_text("changed = True\n", encoding="utf-8")
        assert next(line for line in lines if "code" in line).strip() == "the code has changed: restarting"
        assert next(line for line in lines if line.startswith("http")).strip() == f"http://127.0.0.1:{port}/"
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}{TOKENS}").status == 200
    finally:
        process.kill()
        process.wait()
