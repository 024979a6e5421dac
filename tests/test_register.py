"""The register of addresses: complete, never shorter, and every line leads somewhere."""

from __future__ import annotations

import re

import pytest

from fieldguide.__main__ import main
from fieldguide.checks.addresses import PATH, unrecorded
from fieldguide.records.redirect import load_register
from tests.conftest import Project
from tests.guide import ROOT, guide

REGISTER = load_register(ROOT / PATH)


@pytest.mark.whole
def test_everything_that_is_published_is_recorded() -> None:
    missing = unrecorded(guide())
    assert not missing, (
        f"{len(missing)} addresses are not in data/links.txt, such as {', '.join(missing[:5])}: run `make"
        " links` and commit the file"
    )


def test_the_register_is_sorted_and_names_each_address_once() -> None:
    assert sorted(set(REGISTER)) == REGISTER
    assert [line for line in REGISTER if not re.fullmatch(r"(\./|(?:[\w.-]+/)+)(#\S+)?", line)] == []


@pytest.mark.whole
def test_every_lab_has_a_scenario_in_the_register() -> None:
    labs = guide().published().labs
    assert labs
    assert labs == {line.partition("#")[0] for line in REGISTER if "=" in line}


# ---- a small project whose addresses are recorded


@pytest.fixture
def recorded(project: Project) -> Project:
    project.page("## Why they count\n\nThey cost.\n\n## How they are made\n\nBy counting.")
    assert main(["--root", str(project.root), "record-links"]) == 0
    assert project.problems() == []
    return project


def about_register(project: Project) -> list[str]:
    return [problem for problem in project.problems() if problem.startswith(PATH)]


def test_the_register_holds_pages_headings_and_sources(recorded: Project) -> None:
    lines = load_register(recorded.root / PATH)
    assert {
        "./",
        "foundations/tokens/",
        "foundations/tokens/#why-they-count",
        "glossary/token/",
        "about/references/#hoffmann2022",
    } <= set(lines)
    assert [line for line in lines if "note-" in line or line.endswith("#tokens")] == []


def test_recording_adds_and_never_takes_out(recorded: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = load_register(recorded.root / PATH)
    recorded.page("## Another heading\n\nText.")
    main(["--root", str(recorded.root), "record-links"])
    assert capsys.readouterr().out.endswith(
        "foundations/tokens/#another-heading\n1 address added to data/links.txt\n"
    )
    assert load_register(recorded.root / PATH) == sorted([*before, "foundations/tokens/#another-heading"])
    main(["--root", str(recorded.root), "record-links"])
    assert capsys.readouterr().out == "0 addresses added to data/links.txt\n"


def test_a_heading_that_goes_is_named_with_the_one_that_may_answer_it(recorded: Project) -> None:
    recorded.page("## Why they are counted\n\nThey cost.\n\n## How they are made\n\nBy counting.")
    [problem] = about_register(recorded)
    assert "the published address `foundations/tokens/#why-they-count` is gone" in problem
    assert (
        "write `foundations/tokens/#why-they-count: foundations/tokens/#why-they-are-counted` in"
        " data/redirects.yml" in problem
    )
    line = int(problem.split(":")[1])
    assert load_register(recorded.root / PATH)[line - 1] == "foundations/tokens/#why-they-count"
    recorded.write(
        "data/redirects.yml", "foundations/tokens/#why-they-count: foundations/tokens/#why-they-are-counted\n"
    )
    assert recorded.problems() == []


def test_a_page_that_goes_is_named_once_and_its_redirect_asks_for_the_anchors_that_do_not_come_along(
    recorded: Project,
) -> None:
    page = recorded.root / "docs/foundations/tokens.md"
    page.rename(page.with_name("pieces.md"))
    recorded.bend("docs/foundations/pieces.md", "## Why they count", "## Why they matter")
    recorded.bend("mkdocs.yml", "tokens.md", "pieces.md")
    [problem] = about_register(recorded)
    assert "the published address `foundations/tokens/` is gone" in problem
    recorded.write("data/redirects.yml", "foundations/tokens/: foundations/pieces/\n")
    [problem] = about_register(recorded)
    assert "`foundations/tokens/#why-they-count` is gone" in problem
    recorded.write(
        "data/redirects.yml",
        "foundations/tokens/: foundations/pieces/\nfoundations/tokens/#why-they-count:"
        " foundations/pieces/#why-they-matter\n",
    )
    assert recorded.problems() == []


def test_a_page_that_becomes_a_draft_is_gone(recorded: Project) -> None:
    recorded.bend(
        "docs/foundations/tokens.md", "reviewed: 2026-11-24\n", "reviewed: 2026-11-24\nstatus: draft\n"
    )
    assert "the published address `foundations/tokens/` is gone" in about_register(recorded)[0]


def test_a_short_link_outlives_its_figure(recorded: Project) -> None:
    register = recorded.root / PATH
    register.write_text(
        "".join(f"{line}\n" for line in sorted([*load_register(register), "go/what-counts/"])),
        encoding="utf-8",
    )
    assert "the published address `go/what-counts/` is gone" in about_register(recorded)[0]
    recorded.write("data/redirects.yml", "go/what-counts/: foundations/tokens/\n")
    assert recorded.problems() == []


def test_a_scenario_needs_the_lab_on_its_page(recorded: Project) -> None:
    register = recorded.root / PATH
    lines = [*load_register(register), "foundations/tokens/#test&kind=agent"]
    register.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    assert (
        "the published address `foundations/tokens/#test&kind=agent` is gone" in about_register(recorded)[0]
    )
    recorded.write("docs/labs/tokenizer/view.mjs", "")
    recorded.page(
        "## Why they count\n\nThey cost.\n\n## How they are made\n\nBy counting.\n\n/// lab | tokenizer\nA"
        " table.\n///"
    )
    assert about_register(recorded) == []


@pytest.mark.whole
def test_the_register_names_every_figure_and_every_claim_by_a_short_link() -> None:
    index = guide()
    short = {
        line.removeprefix("go/").removesuffix("/")
        for line in index.published().addresses
        if line.startswith("go/")
    }
    assert set(index.book.homes) <= short
    assert {
        reference
        for src, page in index.pages.items()
        if index.book.pages[src].meta.status != "draft"
        for reference in page.uses.facts
    } <= short
