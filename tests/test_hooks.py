"""What MkDocs is given: every page as the index has it, files besides pages, and pictures for those who
publish alone.
"""

from __future__ import annotations

import logging

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import get_files

from tests.conftest import Project, page
from tests.guide import ROOT


@pytest.fixture(autouse=True)
def _dated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build dates itself for all that it starts, unless it is dated already."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")


def given(project: Project, command: str, strict: bool = False) -> set[str]:
    """The paths below docs/ of all files that MkDocs gets."""
    config = load_config(
        str(project.root / "mkdocs.yml"), strict=strict, hooks=[str(ROOT / "fieldguide" / "mkdocs_hooks.py")]
    )
    config.plugins.on_startup(command=command, dirty=False)
    config = config.plugins.on_config(config)
    return {file.src_uri for file in config.plugins.on_files(get_files(config), config=config)}


def test_a_build_gets_every_picture_and_mkdocs_own_server_none(project: Project) -> None:
    built, served = given(project, "build"), given(project, "serve")
    assert {path for path in built - served if not path.startswith("assets/cards/")} == set()
    assert {"assets/cards/home.png", "assets/cards/glossary-token.png"} <= built - served
    assert {"assets/fg.css", "llms.txt", "feed.xml", "data/models.csv"} <= built & served


def test_a_draft_is_served_and_not_built(project: Project) -> None:
    path = project.root / "docs" / "foundations" / "tokens.md"
    project.write(
        "docs/foundations/later.md",
        path.read_text(encoding="utf-8")
        .replace("Tokens", "Later")
        .replace("reviewed: 2026-11-24\n", "reviewed: 2026-11-24\nstatus: draft\n"),
    )
    assert "foundations/later.md" in given(project, "serve")
    assert "foundations/later.md" not in given(project, "build")


def test_a_site_without_a_date_is_neither_built_nor_served_and_the_cure_is_said(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.write("docs/about/changelog.md", page("Changelog", "Dated.\n\n## 31 Feb 2026\n\nFirst.", "about"))
    for command, strict in (("build", True), ("serve", False)):
        with (
            caplog.at_level(logging.WARNING, logger="mkdocs.fieldguide"),
            pytest.raises(Abort, match="1 problem: nothing was built"),
        ):
            given(project, command, strict)
    assert (
        "docs/about/changelog.md:12: no calendar has the day `31 Feb 2026` — write it as in `## 25 Nov 2026`"
        in caplog.text
    )


def test_a_problem_is_a_warning_and_ends_a_strict_build(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.page("Claim [@nobody1999].")
    with caplog.at_level(logging.WARNING, logger="mkdocs.fieldguide"):
        assert "foundations/tokens.md" in given(project, "serve")
    assert ["unknown citation `nobody1999`" in record.getMessage() for record in caplog.records] == [True]
    with pytest.raises(Abort, match="1 problem: nothing was built"):
        given(project, "build", strict=True)
