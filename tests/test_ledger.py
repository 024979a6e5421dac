"""The ledger of addresses: complete, never shorter, and every line leads somewhere."""

from __future__ import annotations

import functools
import html
import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from playwright.sync_api import Browser

from fieldguide.__main__ import main
from fieldguide.commands.ledger import PATH, unrecorded
from fieldguide.records.redirect import load_ledger
from tests.conftest import BASE, PORT, Project
from tests.guide import ROOT, guide
from tests.serving import serve

LEDGER = load_ledger(ROOT / PATH)


def test_everything_that_is_published_is_recorded() -> None:
    missing = unrecorded(guide())
    assert not missing, f"{len(missing)} addresses are not in data/links.txt, such as {', '.join(missing[:5])}: run `make links` and commit the file"


def test_the_ledger_is_sorted_and_names_each_address_once() -> None:
    assert sorted(set(LEDGER)) == LEDGER
    assert [line for line in LEDGER if not re.fullmatch(r"(\./|(?:[\w.-]+/)+)(#\S+)?", line)] == []


def test_every_lab_has_a_scenario_in_the_ledger() -> None:
    labs = guide().published().labs
    assert labs
    assert labs == {line.partition("#")[0] for line in LEDGER if "=" in line}


# ---- a small project whose addresses are recorded


@pytest.fixture
def recorded(project: Project) -> Project:
    project.page("## Why they count\n\nThey cost.\n\n## How they are made\n\nBy counting.")
    assert main(["--root", str(project.root), "record-links"]) == 0
    assert project.problems() == []
    return project


def about_ledger(project: Project) -> list[str]:
    return [problem for problem in project.problems() if problem.startswith(PATH)]


def test_the_ledger_holds_pages_headings_and_sources(recorded: Project) -> None:
    lines = load_ledger(recorded.root / PATH)
    assert {"./", "foundations/tokens/", "foundations/tokens/#why-they-count", "glossary/token/", "about/references/#hoffmann2022"} <= set(lines)
    assert [line for line in lines if "note-" in line or line.endswith("#tokens")] == []


def test_recording_adds_and_never_takes_out(recorded: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = load_ledger(recorded.root / PATH)
    recorded.page("## Another heading\n\nText.")
    main(["--root", str(recorded.root), "record-links"])
    assert capsys.readouterr().out.endswith("foundations/tokens/#another-heading\n1 address added to data/links.txt\n")
    assert load_ledger(recorded.root / PATH) == sorted([*before, "foundations/tokens/#another-heading"])
    main(["--root", str(recorded.root), "record-links"])
    assert capsys.readouterr().out == "0 addresses added to data/links.txt\n"


def test_a_heading_that_goes_is_named_with_the_one_that_may_answer_it(recorded: Project) -> None:
    recorded.page("## Why they are counted\n\nThey cost.\n\n## How they are made\n\nBy counting.")
    [problem] = about_ledger(recorded)
    assert "the published address `foundations/tokens/#why-they-count` is gone" in problem
    assert "write `foundations/tokens/#why-they-count: foundations/tokens/#why-they-are-counted` in data/redirects.yml" in problem
    line = int(problem.split(":")[1])
    assert load_ledger(recorded.root / PATH)[line - 1] == "foundations/tokens/#why-they-count"
    recorded.write("data/redirects.yml", "foundations/tokens/#why-they-count: foundations/tokens/#why-they-are-counted\n")
    assert recorded.problems() == []


def test_a_page_that_goes_is_named_once_and_its_redirect_asks_for_the_anchors_that_do_not_come_along(recorded: Project) -> None:
    page = recorded.root / "docs" / "foundations" / "tokens.md"
    page.with_name("pieces.md").write_text(page.read_text(encoding="utf-8").replace("## Why they count", "## Why they matter"), encoding="utf-8")
    page.unlink()
    config = recorded.root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("tokens.md", "pieces.md"), encoding="utf-8")
    [problem] = about_ledger(recorded)
    assert "the published address `foundations/tokens/` is gone" in problem
    recorded.write("data/redirects.yml", "foundations/tokens/: foundations/pieces/\n")
    [problem] = about_ledger(recorded)
    assert "`foundations/tokens/#why-they-count` is gone" in problem
    recorded.write("data/redirects.yml", "foundations/tokens/: foundations/pieces/\nfoundations/tokens/#why-they-count: foundations/pieces/#why-they-matter\n")
    assert recorded.problems() == []


def test_a_page_that_becomes_a_draft_is_gone(recorded: Project) -> None:
    recorded.page("Text.", extra="")
    page = recorded.root / "docs" / "foundations" / "tokens.md"
    page.write_text(page.read_text(encoding="utf-8").replace("reviewed: 2026-11-24\n", "reviewed: 2026-11-24\nstatus: draft\n"), encoding="utf-8")
    assert "the published address `foundations/tokens/` is gone" in about_ledger(recorded)[0]


def test_a_short_link_outlives_its_figure(recorded: Project) -> None:
    ledger = recorded.root / PATH
    ledger.write_text("".join(f"{line}\n" for line in sorted([*load_ledger(ledger), "go/what-counts/"])), encoding="utf-8")
    assert "the published address `go/what-counts/` is gone" in about_ledger(recorded)[0]
    recorded.write("data/redirects.yml", "go/what-counts/: foundations/tokens/\n")
    assert recorded.problems() == []


def test_a_scenario_needs_the_lab_on_its_page(recorded: Project) -> None:
    ledger = recorded.root / PATH
    lines = [*load_ledger(ledger), "foundations/tokens/#test&kind=agent"]
    ledger.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    assert "the published address `foundations/tokens/#test&kind=agent` is gone" in about_ledger(recorded)[0]
    recorded.write("docs/labs/tokenizer/view.mjs", "")
    recorded.page("## Why they count\n\nThey cost.\n\n## How they are made\n\nBy counting.\n\n/// lab | tokenizer\nA table.\n///")
    assert about_ledger(recorded) == []


def test_the_ledger_names_every_figure_and_every_claim_by_a_short_link() -> None:
    index = guide()
    short = {line.removeprefix("go/").removesuffix("/") for line in index.published().addresses if line.startswith("go/")}
    assert set(index.book.homes) <= short
    assert {reference for src, page in index.pages.items() if index.book.pages[src].meta.status != "draft" for reference in page.uses.facts} <= short


# ---- against the built site


@functools.cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@functools.cache
def ids(path: Path) -> set[str]:
    return {html.unescape(found) for found in re.findall(r'\sid="([^"]+)"', text_of(path))}


def arrive(site: Path, address: str, steps: int = 2) -> str:
    """What the built site does with a site path: "" when it opens what was asked, else what is wrong with it."""
    page, _, anchor = address.partition("#")
    file = site / page / "index.html"
    if not file.is_file():
        return f"no page at {page}"
    text = text_of(file)
    moved = {key: value for found in re.findall(r'\sdata-moved="([^"]*)"', text) for key, value in json.loads(html.unescape(found)).items()}
    refresh = re.search(r'content="0; url=([^"]+)"', text)
    if refresh or anchor in moved:
        if steps == 0:
            return "led in a circle"
        pairs = re.search(r"new Map\((\[.*?\])\)\.get", text)
        moved |= dict(json.loads(pairs[1])) if pairs else {}
        link = moved.get(anchor) or (refresh[1] if refresh else "")
        there = urljoin(BASE + page, link).removeprefix(BASE)
        return arrive(site, there if "#" in there or not anchor else f"{there}#{anchor}", steps - 1)
    if "=" in anchor:
        return "" if "<x-lab" in text else f"no lab at {page}"
    return "" if not anchor or unquote(anchor) in ids(file) else f"no anchor {anchor} at {page}"


@pytest.mark.site
def test_every_recorded_address_opens_on_the_built_site(site: Path) -> None:
    wrong = {line: fault for line in LEDGER if (fault := arrive(site, line))}
    assert wrong == {}
    assert len(LEDGER) > 1000


@pytest.mark.site
def test_every_address_that_a_control_copies_is_recorded(site: Path) -> None:
    recorded = set(LEDGER)
    missing = set()
    for path in site.rglob("index.html"):
        page = path.relative_to(site).as_posix().removesuffix("index.html")
        for link in re.findall(r'<a\s[^>]*class="fg-copy[ "][^>]*>', text_of(path)):
            target = re.search(r'data-copy="([^"]+)"', link) or re.search(r'href="([^"]+)"', link)
            below = urljoin(BASE + page, html.unescape(target[1])).removeprefix(BASE)
            missing.add(f"./{below}" if below == "" or below.startswith("#") else below)
    assert missing - recorded == set()


@pytest.mark.browser
def test_short_links_arrive_under_a_sub_path_without_javascript(browser: Browser, site: Path) -> None:
    figure = next(iter(guide().book.homes))
    page = browser.new_context(java_script_enabled=False).new_page()
    with serve(site.parent, port=PORT):
        page.goto(f"{BASE}go/{figure}/")
        page.wait_for_url(f"{BASE}figures/{figure}/")
        claim = guide().claims[0].id
        page.goto(f"{BASE}go/{claim}/")
        page.wait_for_url(f"{BASE}data/claims/#{claim}")
    page.context.close()


@pytest.mark.browser
def test_a_recorded_scenario_opens_to_what_it_says(browser: Browser, site: Path) -> None:
    """Of the moat stress test: kind and marks in the address are the ones that are chosen."""
    [scenario] = [line for line in LEDGER if "=" in line]
    kind, letters = re.search(r"#test&kind=([\w-]+)&answers=([hpg-]+)$", scenario).groups()
    page = browser.new_context().new_page()
    with serve(site.parent, port=PORT):
        page.goto(BASE + scenario)
        page.locator(".fg-stress").wait_for()
        chosen = page.evaluate("[...document.querySelectorAll('.fg-stress input[type=radio]:checked')].map(input => input.value).filter(Boolean)")
    page.context.close()
    names = {"h": "holds", "p": "part", "g": "goes"}
    assert chosen == [kind, *(names[letter] for letter in letters if letter in names)]
