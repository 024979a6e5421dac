"""The moat stress test: its rules as the browser runs them, and the worksheet on its page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.access import faults
from tests.browser.tabs import NewTab
from tests.guide import ROOT
from tests.serving import serve

Ask = Callable[[str], object]
LAB = ROOT / "docs" / "labs" / "moat-stress-test"
TABLES = {
    "kinds": [["Any company", "x", "y", "z"], ["Agent", "a", "b", "c"], ["Inference host", "d", "e", "f"]],
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
PRELUDE = (
    "const tables = %s; const test = model.read(tables); const state = (kind, letters) => model.decode(test,"
    " `kind=${kind}&answers=${letters}`);" % json.dumps(TABLES)
)


@pytest.fixture(scope="module")
def ask(browser: Browser) -> Iterator[Ask]:
    """Gives the value of a JavaScript expression that may use `model`, `test`, `tables` and `state`."""
    with serve(LAB) as root:
        page = browser.new_page()
        page.goto(f"{root}model.mjs")
        yield lambda expression: page.evaluate(
            f"async () => {{ const model = await import('{root}model.mjs'); {PRELUDE} return {expression}; }}"
        )
        page.close()


def test_a_state_survives_the_address_and_strangers_are_left_out(ask: Ask) -> None:
    kept = ask(
        "model.decode(test, model.encode({...model.empty(test), kind: 'inference-host', name: 'A & B #1',"
        " answers: ['holds', '', 'goes'], notes: ['a file', '', 'another']}))"
    )
    assert kept == {
        "kind": "inference-host",
        "name": "A & B #1",
        "answers": ["holds", "", "goes"],
        "notes": ["", "", ""],
        "proofs": [True, False, False],
    }
    assert ask("model.encode(model.empty(test))") == ""
    assert ask("model.decode(test, 'kind=bank&answers=xgh-----g')") == {
        "kind": "",
        "name": "",
        "answers": ["", "goes", "holds"],
        "notes": ["", "", ""],
        "proofs": [False, False, False],
    }


def test_notes_are_in_no_address_only_that_a_hold_has_one(ask: Ask) -> None:
    assert (
        ask("model.encode({...state('agent', 'hhp'), notes: ['a note', ' ', 'a note']})")
        == "kind=agent&answers=Hhp"
    )
    assert ask("model.encode(state('agent', 'Hhp'))") == "kind=agent&answers=Hhp", (
        "and a link that was opened still says so"
    )


def test_a_proof_belongs_to_a_hold(ask: Ask) -> None:
    assert ask(
        "[0, 1, 2].map(at => model.proven({...state('agent', 'hgh'), notes: ['a file', 'a file', ' ']}, at))"
    ) == [True, False, False]
    assert ask("[0, 1, 2].map(at => model.proven(state('agent', 'Hhp'), at))") == [True, False, False]


def test_without_a_kind_the_pressures_mean_what_they_mean_for_any_company(ask: Ask) -> None:
    assert ask("test.kinds.map(kind => kind.id)") == ["agent", "inference-host"]
    assert ask("model.meanings(test, state('', '---'))") == ["x", "y", "z"]
    assert ask("model.meanings(test, state('agent', '---'))") == ["a", "b", "c"]


def test_evidence_about_the_kind_comes_before_evidence_about_all(ask: Ask) -> None:
    assert ask("model.applicable(test, 'agent', 0).for.map(item => item.text)") == ["own for", "general for"]
    assert ask("model.applicable(test, 'agent', 0).against") == []
    assert ask("model.applicable(test, '', 0).for.map(item => item.text)") == ["general for"]


READINGS = {
    "": "No questions answered yet.",
    "p--": "Only “better” has answers so far. 2 questions are unanswered.",
    "g--": "Only “better” has answers so far. 2 questions are unanswered.",
    "gg-": "Nothing would hold under “better”. 1 question is unanswered.",
    "ggg": "Nothing would hold under “better” and “cheaper”.",
    "gpg": "Nothing would hold under “cheaper”. Nothing has been shown to hold yet under “better”.",
    "ppp": "Nothing has been shown to hold yet under “better” and “cheaper”.",
    "h-g": "Nothing would hold under “cheaper”. 1 question is unanswered.",
    "hgh": "The company is weakest under “better”: 1 of 2 answers is “It would hold”, but it has no proof.",
    "HgH": "The company is weakest under “better”: 1 of 2 answers is “It would hold”, and it has proof.",
    "Hgh": "The company is weakest under “better”: 1 of 2 answers is “It would hold”, and it has proof.",
    "g-h": (
        "The company is weakest under “better”: the only answer isn’t “It would hold”. 1 question is"
        " unanswered."
    ),
    "h-h": (
        "Every answer is “It would hold”, but none has proof, so each gets half a point. 1 question is"
        " unanswered."
    ),
    "hhh": "Every answer is “It would hold”, but none has proof, so each gets half a point.",
    "hhH": (
        "The company is weakest under “better”: 2 of 2 answers are “It would hold”, but none of those has"
        " proof."
    ),
    "HHh": "The company is weakest under “cheaper”: the only answer is “It would hold”, but it has no proof.",
    "Hh-": (
        "Every answer is “It would hold”, but only 1 of 2 has proof, and an answer without proof gets half a"
        " point. 1 question is unanswered."
    ),
    "HHH": "Every answer is “It would hold”, and each has proof.",
}
"""Letters of the marks, two questions under “better” and one under “cheaper”, a capital for a hold with its
proof → what the brief says.
"""


def test_the_weakest_pressure_is_named_a_hold_without_proof_counts_half_and_untested_marks_are_no_finding(
    ask: Ask,
) -> None:
    assert {
        letters: ask(f"model.reading(test, state('agent', '{letters}'))") for letters in READINGS
    } == READINGS
    names = "model.weakest(test, state('agent', '%s')).pressures.map(({name}) => name)"
    found = {letters: ask(names % letters) for letters in READINGS}
    assert found == {
        "": [],
        "p--": [],
        "g--": [],
        "gg-": ["better"],
        "ggg": ["better", "cheaper"],
        "gpg": ["cheaper"],
        "ppp": ["better", "cheaper"],
        "h-g": ["cheaper"],
        "hgh": ["better"],
        "HgH": ["better"],
        "Hgh": ["better"],
        "g-h": ["better"],
        "h-h": [],
        "hhh": [],
        "hhH": ["better"],
        "HHh": ["cheaper"],
        "Hh-": [],
        "HHH": [],
    }


def test_marks_are_counted_and_a_note_alone_makes_a_brief(ask: Ask) -> None:
    assert ask("model.progress(test, state('agent', 'h-g'))") == {"done": 2, "of": 3}
    assert ask(
        "[model.isBlank(state('agent', '---')), model.isBlank({...state('', '---'), notes: ['', ' x', '']}),"
        " model.isBlank({...state('', '---'), notes: ['', ' ', '']})]"
    ) == [True, False, True]
    assert ask(
        "model.byPressure(test, state('', 'h-g')).map(({name, answers, holds, goes, marked}) => [name,"
        " answers, holds, goes, marked])"
    ) == [["better", ["holds", ""], 1, 0, 1], ["cheaper", ["goes"], 0, 1, 1]]


def test_the_brief_as_text_has_the_answers_the_cases_and_the_address(ask: Ask) -> None:
    text = str(
        ask(
            "model.briefText(test, {...state('inference-host', 'hp-'), name: 'Acme', notes: ['test.csv, 3"
            " Nov', '', '']}, {address: 'https://example.org/#x', date: '25 Nov 2026'})"
        )
    )
    assert text.startswith(
        "Moat stress test: Acme\nInference host, 25 Nov 2026. A reader filled this in, and StarX has not"
        " checked the answers.\n"
    )
    for line in (
        "It would hold, with proof: a job",
        "Printed and copied summaries show only the first case on each side.",
        "In part, or not tested",
        "Not answered",
        "Accepted proof: a contract",
        "Your proof: test.csv, 3 Nov",
        "Your proof: none noted",
        "For: own for",
        "Against: host against",
        "Against: general against",
        "https://example.org/#x",
    ):
        assert line in text
    assert "For: No checked case yet." in text
    opened = str(ask("model.briefText(test, state('agent', 'Hhh'), {address: '', date: ''})"))
    assert "It would hold, without proof (half a point): measured" in opened
    assert "Your proof: noted by the person who sent the link (links don’t include notes)" in opened


def test_an_evidence_row_that_names_no_question_or_kind_is_refused(ask: Ask) -> None:
    trial = (
        "(row => { try { model.read({...tables, evidence: [row]}); return 'read'; } catch (error) { return"
        " error.message; } })"
    )
    assert ask(f"{trial}(['9 None', 'all', 'for', 'x'])") == "evidence row 1 names 9 None | for"
    assert ask(f"{trial}(['1 Result', 'bank', 'for', 'x'])") == "evidence row 1 names bank"
    assert ask(f"{trial}(['1 Result', 'all', 'maybe', 'x'])") == "evidence row 1 names 1 Result | maybe"


@pytest.fixture
def worksheet(address: str) -> str:
    return f"{address}investing/moat-stress-test/"


def open_page(new_tab: NewTab, address: str, width: int = 1280, **options: object) -> Page:
    page = new_tab(width, **options)
    page.set_default_timeout(20_000)
    page.goto(address)
    return page


def test_the_worksheet_works_by_keyboard_and_sends_nothing(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(new_tab, worksheet)
    page.locator(".fg-stress").wait_for()
    page.mouse.wheel(0, 300)
    page.locator(".fg-bar").wait_for(state="attached")  # what every chapter fetches when reading begins
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("input[name=kind]").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("location.hash") == "#test&kind=agent"
    page.keyboard.press("Tab")
    page.keyboard.type("Acme & Co")
    assert page.evaluate("location.hash") == "#test&kind=agent", "the name stays out of the address bar"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Nothing you type is sent anywhere"
    for key in ("Space", "ArrowDown", "Space"):  # the first question: holds, then in part
        if key == "Space":
            page.keyboard.press("Tab") if not page.evaluate("document.activeElement.name === 'q1'") else None
        page.keyboard.press(key)
    assert page.evaluate("new URLSearchParams(location.hash.slice(6)).get('answers')") == "p-------"
    expect(page.get_by_role("heading", name="Moat stress test: Acme & Co")).to_be_visible()
    expect(page.locator(".fg-stress__reading")).to_have_text(
        "Only “ten times better” has answers so far. 7 questions are unanswered."
    )
    page.keyboard.press("Tab")
    page.keyboard.type("test of 3 Nov")
    expect(page.locator("td[data-answer=part] .fg-stress__noted")).to_have_text("Your proof: test of 3 Nov")
    assert page.evaluate("location.hash") == "#test&kind=agent&answers=p-------", "and so do the notes"
    page.locator("#stress-note8").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Go to the summary", (
        "one step after the last question"
    )
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "stress-brief"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    page.locator("button[data-do=reset]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == ""
    assert page.locator("input:checked").count() == 0
    page.get_by_role("button", name="Undo").click()
    assert page.evaluate("location.hash") == "#test&kind=agent&answers=p-------"
    expect(page.locator("#stress-note1")).to_have_value("test of 3 Nov")
    assert set(asked) <= {worksheet.replace("investing/moat-stress-test/", "assets/favicon.svg")}, (
        "the browser asks for the page’s emblem when the address changes, and for nothing else"
    )


def test_a_link_restores_the_answers_and_follows_a_new_one(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(new_tab, f"{worksheet}#test&kind=vertical-application&answers=hhhhhggg&name=Acme")
    expect(page.locator(".fg-stress__reading")).to_contain_text(
        "Nothing would hold under “the lab ships it”."
    )
    expect(page.locator("#stress-name")).to_have_value("Acme")
    assert page.locator(".fg-stress input:checked").count() == 9
    page.evaluate("location.hash = '#test&kind=inference-host'")
    expect(page.locator(".fg-stress__when").first).to_contain_text("Inference host")
    assert page.locator(".fg-stress input:checked").count() == 1
    page.evaluate("location.hash = '#an-answer-without-proof-gets-half-a-point'")
    assert page.locator(".fg-stress input:checked").count() == 1


def test_a_link_opens_at_the_brief_and_a_reload_stays_where_it_was(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(new_tab, f"{worksheet}#test&kind=tooling&answers=hhhhhggg&name=Acme")
    expect(page.get_by_role("heading", name="Moat stress test: Acme")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.id") == "stress-brief"
    expect(page.locator(".fg-stress__when").first).to_contain_text("StarX has not checked them")
    page.locator("label[for=stress-q1-goes]").click()
    expect(page.locator(".fg-stress__when").first).to_contain_text("A reader filled this in")
    plain = open_page(new_tab, worksheet)
    plain.locator(".fg-stress").wait_for()
    assert plain.evaluate("scrollY") == 0


def test_how_far_one_has_come_stays_in_view_and_there_is_no_brief_before_a_mark(
    new_tab: NewTab, worksheet: str
) -> None:
    page = open_page(new_tab, worksheet, 390)
    progress, sheet = page.locator(".fg-stress__progress"), page.locator(".fg-stress__brief")
    page.locator("label[for=stress-kind-agent]").click()
    expect(page.locator(".fg-stress__count")).to_have_text("0 of 8")
    for part in (".fg-stress__title", ".fg-stress__reading", ".fg-stress__grid", ".fg-stress__table"):
        assert not sheet.locator(part).is_visible(), part
    assert (
        not page.get_by_role("button", name="Go to the summary").is_visible()
        and not page.get_by_role("button", name="Copy summary").is_visible()
    )
    for at in (1, 4, 8):
        page.locator(f"label[for=stress-q{at}-holds]").click()
        expect(progress).to_be_in_viewport(ratio=0.9)
    expect(page.locator(".fg-stress__count")).to_have_text("3 of 8")
    assert page.locator(".fg-stress__step--done").count() == 3
    page.get_by_role("button", name="Go to the summary").click()
    expect(page.get_by_role("heading", name="Moat stress test: Agent")).to_be_in_viewport()
    assert sheet.locator(".fg-stress__table tbody tr").count() == 3
    expect(sheet.locator(".fg-stress__left")).to_have_text(
        "Not answered: 2 Data, 3 Switching, 5 Network, 6 Feature, 7 Supplier."
    )
    page.get_by_role("button", name="Start over").click()
    assert (
        page.get_by_role("button", name="Undo").is_visible()
        and not sheet.locator(".fg-stress__table").is_visible()
    )
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".fg-stress__count")).to_have_text("3 of 8")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_progress_comes_with_the_first_answer_and_is_the_only_bar(
    new_tab: NewTab, worksheet: str, width: int
) -> None:
    page = open_page(new_tab, worksheet, width)
    page.locator(".fg-stress").wait_for()
    progress, bar = page.locator(".fg-stress__progress"), page.locator(".fg-bar")
    assert not progress.is_visible()
    page.locator("label[for=stress-q1-holds]").click()
    expect(progress).to_be_in_viewport(ratio=0.9)
    page.locator("#stress-q3-part").evaluate("mark => mark.scrollIntoView({block: 'center'})")
    expect(bar).to_be_hidden()
    expect(progress).to_be_in_viewport(ratio=0.9)
    page.locator("#test-yourself").evaluate("heading => heading.scrollIntoView()")
    if width == 390:
        expect(bar).to_be_visible()
    expect(progress).not_to_be_in_viewport()


def test_the_marks_stand_by_pressure_and_the_weakest_row_says_so(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(new_tab, f"{worksheet}#test&kind=agent&answers=hpgHhg-h")
    grid = page.get_by_role("table", name="Answers by pressure")
    grid.locator("tbody tr").first.wait_for()
    cells = grid.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell =>"
        " [...cell.querySelectorAll('.fg-stress__mark')].map(mark => mark.textContent)))"
    )
    assert cells == [
        [[], ["1 Result (no proof)"], ["2 Data"], ["3 Switching"]],
        [[], ["4 Price", "5 Network (no proof)"], [], []],
        [[], ["8 Liability (no proof)"], [], ["6 Feature"]],
    ]
    expect(grid.locator(".fg-stress__weak th")).to_have_text(
        "ten times betterweakest herethe model plans its own steps and fixes its own mistakes"
    )
    expect(page.locator(".fg-stress__reading")).to_have_text(
        "The company is weakest under “ten times better”: 1 of 3 answers is “It would hold”, but it has no"
        " proof. 1 question is unanswered."
    )


def test_a_proof_lifts_a_hold_and_goes_with_the_answer_or_the_note(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(new_tab, f"{worksheet}#test&kind=agent&answers=HHH--h--")
    reading, letters = (
        page.locator(".fg-stress__reading"),
        "new URLSearchParams(location.hash.slice(6)).get('answers')",
    )
    expect(
        page.locator(".fg-stress").get_by_text("if you note proof under it, and half a point if you don’t")
    ).to_be_visible()
    expect(reading).to_contain_text(
        "The company is weakest under “the lab ships it”: the only answer is “It would hold”, but it has no"
        " proof."
    )
    page.locator("#stress-note6").fill("renewals, Q3")
    expect(reading).to_have_text(
        "Every answer is “It would hold”, and each has proof. 4 questions are unanswered."
    )
    assert page.evaluate(letters) == "HHH--H--"
    expect(page.locator(".fg-stress__table td[data-answer=holds]").first).to_contain_text(
        "It would hold, with proof: "
    )
    expect(page.locator(".fg-stress__noted").first).to_have_text(
        "Your proof: noted by the person who sent the link (links don’t include notes)"
    )
    page.locator("#stress-note6").fill("")
    page.locator("label[for=stress-q1-goes]").click()
    page.locator("label[for=stress-q1-holds]").click()
    assert page.evaluate(letters) == "hHH--h--", (
        "a proof that a link spoke of ends with the answer that came with it"
    )


def test_what_is_kept_of_what_one_types_is_said_behind_a_disclosure(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(new_tab, worksheet)
    fold = page.locator(".fg-stress__fold")
    words = fold.get_by_text("No link includes your notes")
    expect(fold.locator("summary")).to_have_text("Nothing you type is sent anywhere")
    assert not words.is_visible()
    fold.locator("summary").click()
    assert words.is_visible()
    assert page.locator(".fg-stress__all").get_by_text("No link includes your notes").count() == 0
    plain = open_page(new_tab, worksheet, java_script_enabled=False)
    assert plain.get_by_text("No link includes your notes").is_visible()


def test_leaving_with_notes_that_are_nowhere_else_is_asked_about(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(new_tab, worksheet)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#stress-note1").click()
    page.keyboard.type("a file")
    page.reload()
    assert asked == ["beforeunload"]
    page.locator("label[for=stress-q1-holds]").click()
    page.reload()
    assert asked == ["beforeunload"], "marks are kept in the address"
    assert page.locator("#stress-q1-holds").is_checked()


def test_link_and_brief_are_copied_and_a_refusal_shows_the_text(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(
        new_tab,
        f"{worksheet}#test&kind=agent&answers=h-------",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.locator("#stress-name").fill("Acme")
    page.locator("#stress-note1").fill("seen")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("x-lab").get_by_role("status")).to_have_text(
        "Link copied. It includes the kind of company, your answers and the name, but not your notes."
    )
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == f"{worksheet}#test&kind=agent&answers=H-------&name=Acme"
    )
    page.get_by_role("button", name="Copy summary").click()
    expect(page.locator("x-lab").get_by_role("status")).to_have_text("Summary copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Moat stress test: Acme\n") and "\nYour proof: seen\n" in text
    assert text.count("\nFor: ") == text.count("\nAgainst: ") == 8
    assert "(" in text.split("For: ")[1]
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    page.get_by_role("button", name="Copy summary").click()
    expect(page.get_by_role("textbox", name="Text to copy")).to_be_visible()
    assert page.get_by_role("textbox", name="Text to copy").input_value().startswith("Moat stress test")


def test_the_printed_brief_is_one_page_for_every_kind(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(new_tab, worksheet)
    page.locator(".fg-stress").wait_for()
    page.evaluate("void (window.print = () => { document.body.dataset.printed = 'yes' })")
    long = {}
    for kind in page.locator("input[name=kind]").evaluate_all("inputs => inputs.map(input => input.value)"):
        page.evaluate(
            f"location.hash = '#test&kind={kind}&answers=hgpghgph&name=A company with a rather long name'"
        )
        page.locator("#stress-note1").fill("Test of 3 Nov 2026, in the data room; seen by two partners")
        page.get_by_role("button", name="Print summary").click()
        assert page.evaluate("document.body.dataset.printed") == "yes"
        pages = page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
        if pages != 1:
            long[kind] = pages
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert not page.evaluate("document.documentElement.classList.contains('fg-print-brief')")
    assert long == {}


def test_the_page_prints_the_brief_and_the_tables_without_controls(new_tab: NewTab, worksheet: str) -> None:
    page = open_page(new_tab, f"{worksheet}#test&kind=tooling")
    page.locator(".fg-stress").wait_for()
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert not page.get_by_role("button", name="Start over").is_visible()
    assert page.locator(".fg-stress").is_visible(), "a sheet to fill in by hand"
    boxes = page.locator(".fg-stress__question").evaluate_all(
        "questions => questions.map((question) =>"
        " [...question.querySelectorAll('input[type=radio]')].filter((box) => box.checkVisibility() &&"
        " getComputedStyle(box).borderRadius === '0px').length)"
    )
    assert set(boxes) == {3}
    assert not page.locator(".fg-stress__brief").is_visible(), "an unanswered brief is no use on paper"
    page.evaluate("location.hash = '#test&kind=tooling&answers=h-------'")
    expect(page.locator(".fg-stress__brief")).to_be_visible()
    assert not page.locator(".fg-stress").is_visible()
    assert page.locator(".fg-stress__all table").first.is_visible()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_it_fits_and_targets_are_large_enough_for_a_finger(
    new_tab: NewTab, worksheet: str, width: int
) -> None:
    page = open_page(
        new_tab, f"{worksheet}#test&kind=agent&answers=hpg-----", width, has_touch=True, is_mobile=width < 500
    )
    page.locator(".fg-stress").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("label[for=stress-q4-holds]").tap()
    assert page.locator("#stress-q4-holds").is_checked()
    small = page.locator(
        ".fg-stress__option label, .fg-stress__button:visible, .fg-stress__typed input, .fg-stress__all >"
        " summary"
    ).evaluate_all(
        "nodes => nodes.filter(node => node.getBoundingClientRect().height < 43.9).map(node =>"
        " node.textContent.slice(0, 40))"
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_worksheet(new_tab: NewTab, worksheet: str, scheme: str) -> None:
    page = open_page(new_tab, f"{worksheet}#test&kind=agent&answers=hpg-----", color_scheme=scheme)
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")
    page.locator(".fg-stress__fold > summary").click()
    page.locator(".fg-stress__all > summary").click()
    assert faults(page, "x-lab") == []


def test_without_javascript_the_questions_and_the_evidence_are_tables(
    new_tab: NewTab, worksheet: str
) -> None:
    page = open_page(new_tab, worksheet, 320, java_script_enabled=False)
    assert page.locator("x-lab table").count() == 3
    assert page.locator("x-lab .fg-table--stacks td[data-label='it would not hold if']").first.is_visible(), (
        "on a phone each row is an entry"
    )
    assert page.locator("x-lab tbody tr > :first-child", has_text="3 Switching").first.is_visible()
    assert page.locator(".fg-stress").count() == 0
    assert page.locator("x-lab").evaluate("node => node.getBoundingClientRect().width") <= 320
