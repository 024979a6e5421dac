"""The extension for a builder that converts each page itself: when it reads the project again."""

from __future__ import annotations

import os

import pytest

from fieldguide.markdown import stamp
from tests.conftest import MODEL, Project, page

TOKENS = "docs/foundations/tokens.md"


@pytest.fixture
def old(project: Project) -> Project:
    """The little project, whose files are all a day old."""
    for path in [project.root, *project.root.rglob("*")]:
        if not path.is_symlink():
            os.utime(path, (1e9, 1e9))
    return project


@pytest.mark.parametrize("path", [TOKENS, "data/facts/reading.yml", "data/redirects.yml", "mkdocs.yml"])
def test_a_page_a_record_or_an_entry_of_the_menu_that_changes_is_seen(old: Project, path: str) -> None:
    before = stamp(old.root)
    old.write(path, "changed")
    assert stamp(old.root) != before


def test_a_file_that_comes_goes_or_takes_another_name_is_seen(old: Project) -> None:
    seen = [stamp(old.root)]
    new = old.write("data/models/chinchilla.yml", MODEL)
    seen.append(stamp(old.root))
    os.utime(new.rename(new.with_name("gopher.yml")), (1e9, 1e9))
    seen.append(stamp(old.root))
    (old.root / TOKENS).unlink()
    seen.append(stamp(old.root))
    assert len(set(seen)) == 4


def test_what_the_guide_makes_is_passed_over(old: Project) -> None:
    old.write("docs/figures/one-light.svg", "<svg/>")
    old.write("docs/go/reading.size/index.html", page("Made", "Thousands of these."))
    before = stamp(old.root)
    old.write("docs/figures/one-light.svg", "<svg />")
    old.write("docs/go/reading.tokens/index.html", "")
    assert stamp(old.root) == before
