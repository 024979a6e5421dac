"""What `make audit` says about what the HTML checker reports; the checker itself needs Java and is not run here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit import audit

MESSAGES = [
    {"type": "error", "url": "file:/site/a/index.html", "lastLine": 7, "message": "Bad value “520” for attribute “font-weight” on element “text”."},
    {"type": "error", "url": "file:/site/b%20c/index.html", "lastLine": 9, "message": "Duplicate ID “x”."},
    {"type": "error", "url": "file:/site/a/index.html", "lastLine": 2, "message": "Duplicate ID “x”."},
]


def test_a_new_message_is_named_with_its_pages_and_a_known_one_is_counted() -> None:
    patterns = audit.known("# why\nBad value “\\d+” for attribute “font-weight” on element “text”\\.\n\n# gone\nStray end tag .*\n")
    assert audit.sort_out(MESSAGES, patterns) == ({"Duplicate ID “x”.": ["/site/b c/index.html:9", "/site/a/index.html:2"]}, 1, ["Stray end tag .*"])


def test_a_pattern_must_match_the_whole_message() -> None:
    assert set(audit.sort_out(MESSAGES, audit.known("Duplicate ID"))[0]) == {message["message"] for message in MESSAGES}


def test_a_missing_tool_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit.shutil, "which", lambda tool: None if tool == "java" else f"/bin/{tool}")
    with pytest.raises(SystemExit, match="make audit needs a Java runtime, 11 or newer, and this machine has none"):
        audit.install()


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="holds no site: `make build` makes one"):
        audit.main(tmp_path)


def test_the_lock_names_the_version_that_is_asked_for_and_no_address() -> None:
    wanted = json.loads((audit.HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = (audit.HERE / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(lock)["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all(entry["integrity"].startswith("sha512-") for path, entry in locked.items() if path)
    assert "resolved" not in lock
    assert audit.known((audit.HERE / "known.txt").read_text(encoding="utf-8"))
