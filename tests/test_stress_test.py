"""The moat stress test: its rules in node or Chromium, and the worksheet on its rendered page.

The page is a draft and no part of the built site, so the tests render it into a folder of their own.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from fieldguide.assets import style_sheet
from fieldguide.book import load_book
from fieldguide.markdown import markdown_config, render_page
from tests.chromium import find
from tests.conftest import ROOT
from tests.serving import serve

LAB = ROOT / "docs" / "labs" / "moat-stress-test"
TABLES = {
    "kinds": [["Agent", "a", "b", "c"], ["Inference host", "d", "e", "f"]],
    "questions": [
        ["1 Result", "better", "What is left?", "a job", "an answer", "a test"],
        ["2 Data", "better", "Which data?", "measured", "not measured", "a contract"],
        ["3 Price", "cheaper", "Who keeps it?", "we do", "they do", "a bill"],
    ],
    "evidence": [
        ["1 Result", "all", "for", "general for"],
        ["1 Result", "Agent, Inference host", "for", "own for"],
        ["1 Result", "Inference host", "against", "host against"],
        ["3 Price", "all", "against", "general against"],
    ],
}
PRELUDE = "const tables = %s; const test = model.read(tables); const state = (kind, letters) => model.decode(test, `kind=${kind}&answers=${letters}`);" % json.dumps(TABLES)


def ask(expression: str) -> object:
    """The value of a JavaScript expression that may use `model`, `test`, `tables` and `state`."""
    if shutil.which("node"):
        code = f"import * as model from {json.dumps((LAB / 'model.mjs').as_uri())}; {PRELUDE} console.log(JSON.stringify({expression}))"
        done = subprocess.run(["node", "--input-type=module", "-e", code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
    with serve(LAB) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}model.mjs")
        value = page.evaluate(f"async () => {{ const model = await import('{address}model.mjs'); {PRELUDE} return {expression}; }}")
        browser.close()
        return value


def test_a_state_survives_the_address_and_strangers_are_left_out() -> None:
    kept = ask("model.decode(test, model.encode({kind: 'inference-host', name: 'A & B #1', answers: ['holds', '', 'goes']}))")
    assert kept == {"kind": "inference-host", "name": "A & B #1", "answers": ["holds", "", "goes"]}
    assert ask("model.encode(model.empty(test))") == ""
    assert ask("model.decode(test, 'kind=bank&answers=xgh-----g')") == {"kind": "", "name": "", "answers": ["", "goes", "holds"]}


def test_evidence_about_the_kind_comes_before_evidence_about_all() -> None:
    assert ask("model.applicable(test, 'agent', 0).for.map(item => item.text)") == ["own for", "general for"]
    assert ask("model.applicable(test, 'agent', 0).against") == []
    assert ask("model.applicable(test, '', 0).for.map(item => item.text)") == ["general for"]


def test_a_pressure_is_bare_only_when_all_its_questions_are_answered_and_none_holds() -> None:
    assert ask("model.reading(test, model.empty(test))") == "No question is answered yet."
    assert ask("model.reading(test, state('agent', 'g--'))") == "So far: 0 hold, 0 in part or not tested, 1 goes, 2 open."
    assert str(ask("model.reading(test, state('agent', 'gp-'))")).startswith("Nothing holds under “better”.")
    assert str(ask("model.reading(test, state('agent', 'gpg'))")).startswith("Nothing holds under “better” and “cheaper”.")
    assert str(ask("model.reading(test, state('agent', 'hgh'))")).startswith("Each pressure meets at least one answer that holds.")


def test_the_brief_as_text_has_the_answers_the_cases_and_the_address() -> None:
    text = str(ask("model.briefText(test, {...state('inference-host', 'hp-'), name: 'Acme'}, {address: 'https://example.org/#x', date: '25 Nov 2026'})"))
    assert text.startswith("Moat stress test: Acme\nInference host, 25 Nov 2026\n")
    for line in ("It holds: a job", "In part, or not tested", "Not answered", "Ask to see: a contract", "For: own for", "Against: host against", "Against: general against", "https://example.org/#x"):
        assert line in text
    assert "For: No case for it is recorded here" in text


def test_an_evidence_row_that_names_no_question_or_kind_is_refused() -> None:
    trial = "(row => { try { model.read({...tables, evidence: [row]}); return 'read'; } catch (error) { return error.message; } })"
    assert ask(f"{trial}(['9 None', 'all', 'for', 'x'])") == "evidence row 1 names 9 None | for"
    assert ask(f"{trial}(['1 Result', 'bank', 'for', 'x'])") == "evidence row 1 names bank"
    assert ask(f"{trial}(['1 Result', 'all', 'maybe', 'x'])") == "evidence row 1 names 1 Result | maybe"


def _tables() -> list[list[list[str]]]:
    """The tables of the page's fallback, as they are written."""
    text = (ROOT / "docs" / "investing" / "moat-stress-test.md").read_text(encoding="utf-8")
    block = text.split("/// lab | moat-stress-test\n")[1].split("\n///\n")[0]
    found = re.findall(r"(?:^\|.*\n?)+", block, flags=re.M)
    return [[[cell.strip() for cell in row.strip("|").split(" | ")] for row in table.splitlines()[2:]] for table in found]


def test_the_page_has_seven_kinds_eight_questions_and_a_source_in_every_row_of_evidence() -> None:
    kinds, questions, evidence = _tables()
    assert len(kinds) == 7
    assert len(questions) == 8
    assert all(len(row) == 6 and all(row) for row in questions)
    names, labels = {row[0].strip("| ") for row in kinds}, {row[0].strip("| ") for row in questions}
    for row in evidence:
        question, of, side, text = (cell.strip("| ") for cell in row)
        assert question in labels
        assert of == "all" or set(of.split(", ")) <= names
        assert side in ("for", "against")
        assert "[@" in text or "](fact:" in text, text
    assert {row[0].strip("| ") for row in evidence} == labels


# ---- in the browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("stress")
    book = load_book(ROOT)
    html = render_page(book, book.pages["investing/moat-stress-test.md"], *markdown_config(ROOT)).html
    (target / "assets" / "js").mkdir(parents=True)
    for script in (ROOT / "overrides" / "assets" / "js").glob("*.mjs"):
        shutil.copy(script, target / "assets" / "js")
    shutil.copytree(ROOT / "overrides" / "assets" / "fonts", target / "assets" / "fonts")
    shutil.copytree(LAB.parent, target / "labs")
    (target / "assets" / "fg.css").write_text(style_sheet(ROOT / "overrides" / "assets" / "css"), encoding="utf-8")
    (target / "investing" / "moat-stress-test").mkdir(parents=True)
    (target / "investing" / "moat-stress-test" / "index.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Moat stress test</title>'
        '<style>html { font-size: 20px } body { margin: 0; color: var(--fg-ink); background: var(--fg-paper); font-family: var(--fg-font-text) } .md-content { max-width: 43rem; margin: auto; padding: 0 20px } .md-typeset table:not([class]) { display: inline-block; max-width: 100%; overflow: auto }</style>'
        '<link rel="stylesheet" href="../../assets/fg.css"><body data-md-color-scheme="default"><main class="md-content"><article class="md-content__inner md-typeset">'
        f"{html}</article></main></body></html>",
        encoding="utf-8",
    )
    return target


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serve(folder) as root:
        yield f"{root}investing/moat-stress-test/"


def open_page(browser: Browser, address: str, width: int = 1280, **options: object) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    page.set_default_timeout(5000)
    page.goto(address)
    return page


@pytest.mark.browser
def test_the_worksheet_works_by_keyboard_and_sends_nothing(browser: Browser, address: str) -> None:
    page = open_page(browser, address)
    page.locator(".fg-stress").wait_for()
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("input[name=kind]").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("location.hash") == "#test&kind=agent"
    page.keyboard.press("Tab")
    page.keyboard.type("Acme & Co")
    for key in ("Space", "ArrowDown", "Space"):  # the first question: holds, then in part
        if key == "Space":
            page.keyboard.press("Tab") if not page.evaluate("document.activeElement.name === 'q1'") else None
        page.keyboard.press(key)
    assert page.evaluate("new URLSearchParams(location.hash.slice(6)).get('answers')") == "p-------"
    expect(page.get_by_role("heading", name="Moat stress test: Acme & Co")).to_be_visible()
    expect(page.locator(".fg-stress__reading")).to_have_text("So far: 0 hold, 1 in part or not tested, 0 go, 7 open.")
    page.locator("button[data-do=reset]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == ""
    assert page.locator("input:checked").count() == 0
    assert asked == []


@pytest.mark.browser
def test_a_link_restores_the_answers_and_follows_a_new_one(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}#test&kind=vertical-application&answers=hhhhhggg&name=Acme")
    expect(page.locator(".fg-stress__reading")).to_contain_text("Nothing holds under “the lab ships it”.")
    expect(page.locator("#stress-name")).to_have_value("Acme")
    assert page.locator(".fg-stress input:checked").count() == 9
    page.evaluate("location.hash = '#test&kind=inference-host'")
    expect(page.locator(".fg-stress__when")).to_contain_text("Inference host")
    assert page.locator(".fg-stress input:checked").count() == 1
    page.evaluate("location.hash = '#an-answer-counts-with-its-proof'")
    assert page.locator(".fg-stress input:checked").count() == 1


@pytest.mark.browser
def test_link_and_brief_are_copied_and_a_refusal_shows_the_text(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}#test&kind=agent&answers=h-------", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}#test&kind=agent&answers=h-------"
    page.get_by_role("button", name="Copy brief").click()
    expect(page.get_by_role("status")).to_have_text("Brief copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Moat stress test: Agent\n")
    assert text.count("\nFor: ") == text.count("\nAgainst: ") == 8
    assert "(" in text.split("For: ")[1]
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    page.get_by_role("button", name="Copy brief").click()
    expect(page.get_by_role("textbox", name="Text to copy")).to_be_visible()
    assert page.get_by_role("textbox", name="Text to copy").input_value().startswith("Moat stress test")


@pytest.mark.browser
def test_the_printed_brief_is_one_page_for_every_kind(browser: Browser, address: str) -> None:
    page = open_page(browser, address)
    page.locator(".fg-stress").wait_for()
    page.evaluate("void (window.print = () => { document.body.dataset.printed = 'yes' })")
    long = {}
    for kind in page.locator("input[name=kind]").evaluate_all("inputs => inputs.map(input => input.value)"):
        page.evaluate(f"location.hash = '#test&kind={kind}&answers=hgpghgph&name=A company with a rather long name'")
        page.get_by_role("button", name="Print brief").click()
        assert page.evaluate("document.body.dataset.printed") == "yes"
        pages = page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
        if pages != 1:
            long[kind] = pages
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert not page.evaluate("document.documentElement.classList.contains('fg-print-brief')")
    assert long == {}


@pytest.mark.browser
def test_the_page_prints_the_brief_and_the_tables_without_controls(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}#test&kind=tooling")
    page.locator(".fg-stress").wait_for()
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert not page.locator(".fg-stress").is_visible()
    assert not page.get_by_role("button", name="Reset").is_visible()
    assert page.locator(".fg-stress__brief").is_visible()
    assert page.locator(".fg-stress__all table").first.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_it_fits_and_targets_are_large_enough_for_a_finger(browser: Browser, address: str, width: int) -> None:
    page = open_page(browser, f"{address}#test&kind=agent&answers=hpg-----", width, has_touch=True, is_mobile=width < 500)
    page.locator(".fg-stress").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("label[for=stress-q4-holds]").tap()
    assert page.locator("#stress-q4-holds").is_checked()
    small = page.locator(".fg-stress__option label, .fg-stress__button, .fg-stress__all > summary").evaluate_all(
        "nodes => nodes.filter(node => node.getBoundingClientRect().height < 43.9).map(node => node.textContent.slice(0, 40))"
    )
    assert small == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_axe_finds_nothing_in_the_worksheet(browser: Browser, address: str, scheme: str) -> None:
    page = open_page(browser, f"{address}#test&kind=agent&answers=hpg-----")
    page.evaluate(f"document.body.dataset.mdColorScheme = '{scheme}'")
    page.locator(".fg-stress__all > summary").click()
    faults = [f"{item['id']}: {[node['html'][:120] for node in item['nodes'][:3]]}" for item in Axe().run(page, context="x-lab").response["violations"]]
    assert faults == []


@pytest.mark.browser
def test_without_javascript_the_questions_and_the_evidence_are_tables(browser: Browser, address: str) -> None:
    page = open_page(browser, address, 320, java_script_enabled=False)
    assert page.locator("x-lab table").count() == 3
    assert page.locator("x-lab tbody tr > :first-child", has_text="3 Moving out").first.is_visible()
    assert page.locator(".fg-stress").count() == 0
    assert page.locator("x-lab").evaluate("node => node.getBoundingClientRect().width") <= 320
