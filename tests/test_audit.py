"""What `make audit` says about what the HTML checker and Lighthouse report; both need Java or Node and are
not run here.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from audit import __main__ as command
from audit import checker, cost, decks, sites
from audit.serve import serve
from tests.guide import ROOT

MESSAGES = [
    {
        "type": "error",
        "url": "file:/site/a/index.html",
        "lastLine": 7,
        "message": "Bad value “520” for attribute “font-weight” on element “text”.",
    },
    {"type": "error", "url": "file:/site/b%20c/index.html", "lastLine": 9, "message": "Duplicate ID “x”."},
    {"type": "error", "url": "file:/site/a/index.html", "lastLine": 2, "message": "Duplicate ID “x”."},
]
PAGE = (
    '<!doctype html><html><head><title>A &amp; B</title><link rel="stylesheet"'
    ' href="x.css"></head><body><header>Menu</header><article class="md-typeset"><h1 id="a"'
    ' class="fg-x">A</h1><a aria-label="Link" class="fg-copy"'
    ' href="#a"></a><script>1</script><button>Copy</button>\n<div class="fg-head"><link rel="stylesheet"'
    ' href="y.css"><h2 data-x="1">H</h2></div>\n<svg class="fg-drawing fg-drawing--wide" role="img"><rect'
    ' class="k" fill="var(--fg-ink)"></rect></svg></article><footer>Foot</footer></body></html>'
)
FILES = [
    {"url": "http://127.0.0.1:1/a/", "bytes": 9000, "status": 200},
    {"url": "http://127.0.0.1:1/early.css", "bytes": 400, "status": 200},
    {"url": "http://127.0.0.1:1/late.css", "bytes": 3000, "status": 200},
    {"url": "data:image/svg+xml,x", "bytes": 0, "status": 200},
    {"url": "http://127.0.0.1:1/robots.txt", "bytes": 70, "status": 200},
]


def line(**changed: object) -> str:
    found = {
        "fcp": 800,
        "lcp": 1000,
        "seen": 900,
        "tbt": 5,
        "scores": [99, 100, 100, 100],
        "files": FILES,
        "blocking": ["http://127.0.0.1:1/early.css"],
        "short": [{"category": "seo", "audit": "canonical"}],
    }
    return json.dumps({**found, **changed})


# ---- the checker


def test_a_new_message_is_named_with_its_pages_and_a_known_one_is_counted() -> None:
    patterns = checker.known(
        "# why\nBad value “\\d+” for attribute “font-weight” on element “text”\\.\n\n# gone\nStray end tag"
        " .*\n"
    )
    assert checker.sort_out(MESSAGES, patterns) == (
        {"Duplicate ID “x”.": ["/site/b c/index.html:9", "/site/a/index.html:2"]},
        1,
        ["Stray end tag .*"],
    )


def test_a_pattern_must_match_the_whole_message() -> None:
    assert set(checker.sort_out(MESSAGES, checker.known("Duplicate ID"))[0]) == {
        message["message"] for message in MESSAGES
    }


# ---- the decks


def test_a_word_or_a_page_that_is_lost_is_named_and_line_breaks_are_no_loss() -> None:
    slides = [["A claim that breaks", "As of 2026"], ["Another"]]
    assert decks.compare("x.pptx", slides, ["A claim that\nbreaks\nAs of 2026", "An-\nother"]) == []
    assert decks.compare("x.pptx", slides, ["A claim that breaks", "Another"]) == [
        "x.pptx, slide 1: “As of 2026” is not on its page"
    ]
    assert decks.compare("x.pptx", slides, ["A claim that breaks"]) == ["x.pptx: 2 slides give 1 pages"]


def test_without_an_office_the_audit_says_what_it_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert decks.report(tmp_path) == 0
    assert capsys.readouterr().out == decks.MISSING + "\n"
    assert "apt-get install libreoffice-impress" in decks.MISSING


def test_a_deck_that_the_office_cannot_open_ends_the_audit_with_its_words(tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.write_text("#!/bin/sh\necho 'source file could not be loaded'\n")
    office.chmod(0o755)
    with pytest.raises(SystemExit, match=r"could not open .*founder\.pptx:\nsource file could not be loaded"):
        decks.convert(str(office), tmp_path / "founder.pptx")


# ---- the visits


def test_a_visit_counts_what_the_page_asks_for_and_what_holds_its_first_paint_back() -> None:
    visit = cost.read_visit(line())
    assert (visit.total, visit.first, visit.requests) == (12400, 9400, 3)
    assert (visit.scores, visit.short) == ((99, 100, 100, 100), ("seo: canonical",))


def test_a_page_that_asks_for_what_is_not_there_cannot_be_audited() -> None:
    with pytest.raises(ValueError, match=r"/a/ asks for what does not answer: http://127.0.0.1:1/gone.woff2"):
        cost.read_visit(
            line(files=[*FILES, {"url": "http://127.0.0.1:1/gone.woff2", "bytes": 300, "status": 404}])
        )


def test_of_several_visits_each_number_is_the_median_and_no_shortfall_is_lost() -> None:
    visits = [
        cost.read_visit(line(fcp=fcp, scores=[score, 100, 100, 100], short=short))
        for fcp, score, short in (
            (900, 90, []),
            (700, 98, [{"category": "seo", "audit": "x"}]),
            (800, 99, []),
        )
    ]
    middle = cost.middle(visits)
    assert (middle.fcp, middle.lcp, middle.seen, middle.scores, middle.short) == (
        800,
        1000,
        900,
        (98, 100, 100, 100),
        ("seo: x",),
    )


def test_the_table_sets_the_guide_beside_the_bare_article() -> None:
    guide, bare = cost.read_visit(line()), cost.read_visit(line(fcp=640, lcp=640, seen=600, short=[]))
    results = {"": {"guide": guide, "stock": guide, "bare": bare}}
    rows = cost.table(results).splitlines()
    assert (
        rows[2]
        == "| / (home) | 12,400 · 12,400 · 12,400 | 9,400 · 9,400 · 9,400 | 3 · 3 · 3 | 800 · 800 · 640 |"
        " 1,000 · 1,000 · 640 | 900 · 900 · 600 | 5 · 5 · 5 | 99 100 100 100 · 99 100 100 100 · 99 100 100"
        " 100 | 1.25, 1.56, 1.50 |"
    )
    assert rows[0].startswith("| guide · stock · bare |") and len(rows) == 3
    assert len({row.count("|") for row in rows}) == 1
    assert cost.shortfalls(results) == ["- / (home): seo: canonical"]


def test_the_bare_page_keeps_the_article_with_its_drawings_and_loads_nothing() -> None:
    bare = sites.bare_page(PAGE, {"ink": "#111"})
    assert bare.endswith(
        '<body><article><h1 id="a">A</h1> <div><h2>H</h2></div> <svg class="fg-drawing fg-drawing--wide"'
        ' role="img"><rect class="k" fill="var(--fg-ink)"></rect></svg></article></body></html>'
    )
    assert "<title>A &amp; B</title>" in bare and "--fg-ink:#111" in bare
    assert not any(part in bare for part in ("<script", "stylesheet", "@font-face", "Menu", "Foot"))
    with pytest.raises(ValueError, match="no article"):
        sites.bare_page("<title>A</title>", {})


def test_the_stock_site_has_the_theme_as_it_comes_and_our_sheet(tmp_path: Path) -> None:
    config = sites.stock_config(ROOT, tmp_path)
    assert config.theme.custom_dir is None and config.theme["font"] is False
    assert config.extra_css == ["assets/fg.css"]
    assert config.hooks and config.site_dir == str(tmp_path)


def test_the_server_answers_as_pages_does(tmp_path: Path) -> None:
    (tmp_path / "site" / "a").mkdir(parents=True)
    (tmp_path / "site" / "a" / "index.html").write_text("<p>" + "A " * 500, encoding="utf-8")
    (tmp_path / "site" / "f.woff2").write_bytes(b"face")
    (tmp_path / "site" / "404.html").write_text("lost", encoding="utf-8")
    (tmp_path / "outside.txt").write_text("no", encoding="utf-8")
    with serve(tmp_path / "site") as address:
        with urllib.request.urlopen(address + "a/?x=1") as page:
            assert (
                page.headers["Content-Encoding"],
                page.headers["Cache-Control"],
                page.headers["Content-Type"],
            ) == ("gzip", "max-age=600", "text/html; charset=utf-8")
            assert gzip.decompress(page.read()) == b"<p>" + b"A " * 500
        with urllib.request.urlopen(address + "f.woff2") as face:
            assert (face.headers["Content-Encoding"], face.read()) == (None, b"face")
        for path in ("gone/", "%2e%2e/outside.txt"):
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(address + path)
            assert (caught.value.code, gzip.decompress(caught.value.read())) == (404, b"lost")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (
            f"echo '{line(files=[{**FILES[0], 'status': 404}])}'\nexec sleep 60\n",
            "asks for what does not answer",
        ),
        ("exit 1\n", "a page could not be visited"),
    ],
)
def test_visits_end_with_the_first_page_that_cannot_be_visited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a run in the background ignores it, and so would what it starts
    try:
        with pytest.raises(SystemExit, match=words):
            cost.visit_all(["http://127.0.0.1:1/a/"])
    finally:
        signal.signal(signal.SIGINT, before)


# ---- the command


def test_a_missing_tool_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command.shutil, "which", lambda tool: None if tool == "java" else f"/bin/{tool}")
    with pytest.raises(
        SystemExit, match="make audit needs a Java runtime, 11 or newer, and this machine has none"
    ):
        command.install()


@pytest.mark.parametrize(("pages", "lost"), [([], "index.html"), (["--pages", "/gone"], "gone/index.html")])
def test_a_folder_without_the_pages_is_refused(tmp_path: Path, pages: list[str], lost: str) -> None:
    if pages:
        (tmp_path / "index.html").write_text("home", encoding="utf-8")
    with pytest.raises(SystemExit, match=f"holds no {lost}: `make build` makes a site"):
        command.main([str(tmp_path), *pages])


def test_the_pages_that_are_visited_exist() -> None:
    assert [
        page
        for page in cost.PAGES
        if not (
            (ROOT / "docs" / page / "index.md").exists() or (ROOT / "docs" / f"{page.strip('/')}.md").exists()
        )
    ] == []


def test_the_lock_names_the_versions_that_are_asked_for_and_no_address() -> None:
    wanted = json.loads((command.HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = (command.HERE / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(lock)["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all(entry["integrity"].startswith("sha512-") for path, entry in locked.items() if path)
    assert "resolved" not in lock
    assert checker.known((command.HERE / "known.txt").read_text(encoding="utf-8"))
