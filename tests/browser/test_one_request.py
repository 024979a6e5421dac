"""Follow one request: the lab on its page as the guide renders it, without building the guide."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from fieldguide.page.lab_one_request import LIKELY, following, mean, shown
from fieldguide.text.dates import show_date
from tests.browser.labpage import add_calculator, add_page, make_site
from tests.browser.tabs import NewTab, shows, until
from tests.guide import guide_book
from tests.labs import inputs, lab, rects, request, say
from tests.serving import serve

BOOK = guide_book()
LAB = request()
DATA, DEFAULT = LAB.data, dict(LAB.values)
STEPS = LAB.step_names()
ROWS = {
    name: {row["id"]: row for row in item["rows"]} for name, item in inputs(LAB).items() if "rows" in item
}
"""What can be picked for each such input."""
MOST = 20_000
"""Bytes of scripts, compressed, before anything is pressed."""
CLIENT = """export async function open({ progress } = {}) {
  progress?.(0.5);
  const known = await (await fetch(new URL('../one-request/sentences.json', import.meta.url))).json();
  return { look: async (text) => ({ ...known[2], text }), close: () => { globalThis.closed = true; } };
}
"""


COUNT, ITEMS = "[data-step=tokens] .fg-step__number b", "[data-step=tokens] ol li"
CHANCE = "[data-step=model] .fg-step__number"
ANSWER = ".fg-labs__results .fg-labs__answer"
SHOWN = """names => names.map((name) => ['h2', '.fg-step__number'].map((part) =>
  document.querySelector(`[data-step=${name}] ${part}`).innerText))"""
"""The heading of each of these steps, and its number with its words."""


def steps_of(values: dict[str, Any]) -> list[list[str]]:
    """What SHOWN gives of the page once these numbers are put in."""
    return [[step["heading"], f"{step['number']} {step['name']}"] for step in LAB.steps(values).values()]


def with_model(values: dict[str, Any], slug: str) -> dict[str, Any]:
    """The same with another model, and what comes with it."""
    return {**values, **ROWS["model"][slug]["values"], "model": slug}


def origin(pick: str, row: str, name: str) -> dict[str, Any]:
    """The record that a number of a row is from."""
    return dict(DATA["origins"][ROWS[pick][row]["origins"][name]])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """labs/one-request/ as the guide renders it, in the page that the labs' elements are tested on."""
    folder = tmp_path_factory.mktemp("one-request")
    make_site(folder)
    labs = folder / "labs"
    for slug in ("one-request", "tokenizer"):
        add_page(folder, slug)
    for slug in ("serving-cost", "unit-economics"):
        add_calculator(folder, slug)
    (labs / "next-token").mkdir()
    (labs / "next-token" / "client.mjs").write_text(CLIENT, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab_site(folder: Path) -> Iterator[str]:
    with serve(folder) as address:
        yield address


def open_lab(new_tab: NewTab, lab_site: str, width: int = 1280, fragment: str = "", **options: Any) -> Page:
    page = new_tab(width, **options)
    page.set_default_timeout(20_000)
    page.goto(f"{lab_site}labs/one-request/{fragment}")
    page.locator(".fg-request").wait_for()
    return page


def inside(page: Page) -> Any:
    """The second step, once what it shows can be pressed."""
    step = page.locator("[data-step=model]")
    step.scroll_into_view_if_needed()
    step.locator("summary").click()
    step.locator(".fg-step__attention button").first.wait_for()
    return step


def sentence(page: Page) -> Any:
    return page.get_by_label("Your sentence, or one of these three")


def number(page: Page, step: str) -> str:
    return str(page.locator(f"[data-step={step}] .fg-step__number b").inner_text())


def put(page: Page, name: str, value: str) -> None:
    """Type a number, or what finds a record, and leave the field."""
    field = page.locator(f"[data-input={name}] input:not([type=range])")
    field.click()
    field.fill(value)
    field.press("Enter")


# ---- the page without scripts


def test_without_scripts_the_first_sentence_stands_with_all_pictures_and_numbers(
    new_tab: NewTab, lab_site: str
) -> None:
    page = new_tab(1280, java_script_enabled=False)
    page.goto(f"{lab_site}labs/one-request/")
    first = BOOK.sentences[0]
    expected = {
        ".fg-step__lines td:last-child": [line["text"] for line in LAB.lines()],
        "[data-step=tokens] ol li span": [shown(text) for text in first.tokens[1:]],
        ".fg-step__attention small": [say("percent", 100 * share) for share in mean(first.attention[-1])],
        ".fg-step__likely th": [following(text) for _, text, _ in first.bars[:LIKELY]],
        ".fg-step__texts td": [words for one in BOOK.sentences for words in (one.text, str(one.count))],
    }
    assert {part: page.locator(part).all_text_contents() for part in expected} == expected
    assert page.evaluate(SHOWN, list(STEPS)) == steps_of(DEFAULT)
    assert page.locator(".fg-step h2").count() == 8
    ways = page.locator("[data-lab]").evaluate_all(
        "nodes => nodes.map((node) => [node.dataset.lab, node.getAttribute('href')])"
    )
    assert dict(ways) == {
        slug: f"../{slug}/#{BOOK.labs[slug].fragment(given)}" for slug, given in LAB.onward().items()
    }
    assert widths(page) == drawn(DEFAULT)


WIDTHS = "nodes => nodes.map((node) => node.getAttribute('width'))"


def widths(page: Page) -> list[str]:
    """The width of each part of each picture."""
    found: list[str] = page.locator(".fg-step__drawn rect").evaluate_all(WIDTHS)
    return found


def drawn(values: dict[str, Any]) -> list[str]:
    """The same for numbers that are put in."""
    pictures = [tree for step in LAB.steps(values).values() for tree in step["picture"]]
    return [str(one["width"]) for tree in pictures for one in rects(tree)]


# ---- what is put in


FOLLOWED = {
    "numbers": ("", {"users": "1", "seat": "60"}),
    "a loss": ("", {"context": "0", "users": "1", "requests": "60000"}),
    "a mixture of experts": ("gpt-oss-120b", {}),
}
"""Model and numbers that are put in."""


@pytest.mark.parametrize(("model", "numbers"), FOLLOWED.values(), ids=FOLLOWED)
def test_every_step_follows_what_is_put_in_and_comes_back(
    new_tab: NewTab, lab_site: str, model: str, numbers: dict[str, str]
) -> None:
    page = open_lab(new_tab, lab_site)
    values = with_model(DEFAULT, model) if model else DEFAULT
    values = values | {name: float(value) for name, value in numbers.items()}
    for name, value in ({"model": "gpt-oss"} if model else numbers).items():
        put(page, name, value)
    lines = {
        ".fg-step__lines td:last-child": [line["text"] for line in LAB.lines(values)],
        ".fg-step__lines td:first-of-type": [line["how"] for line in LAB.lines(values)],
    }
    shows(page, {ANSWER: LAB.sentence(values), **lines})
    assert page.evaluate(SHOWN, list(STEPS)) == steps_of(values)
    assert widths(page) == drawn(values)
    page.get_by_role("button", name="Reset").click()
    shows(
        page,
        {ANSWER: LAB.sentence(), "[data-step=dollar] .fg-step__number b": LAB.steps()["dollar"]["number"]},
    )
    assert page.evaluate(SHOWN, list(STEPS)) == steps_of(DEFAULT)
    assert page.locator(".fg-step h2 + a.fg-copy").count() == 8


def test_what_does_not_fit_is_said_and_the_steps_wait(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    message, batch = "[data-input=chips] .fg-labs__message", "[data-step=batch] .fg-step__number b"
    before = {**DEFAULT, "chips": 1.0}
    put(page, "chips", "1")
    shows(page, {batch: LAB.steps(before)["batch"]["number"]})
    page.locator("summary", has_text="Model and chip specifications").click()
    page.get_by_label("16 bits").first.check()
    shows(page, {message: re.compile("need at least 2 of these accelerators")})
    expect(page.locator(".fg-labs[data-stale]")).to_have_count(1)
    assert page.evaluate(SHOWN, list(STEPS)) == steps_of(before)
    put(page, "chips", "2")
    shows(page, {message: "", batch: LAB.steps({**DEFAULT, "bits": "sixteen"})["batch"]["number"]})


def test_three_sentences_have_stored_values_and_move_the_count(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    for one in reversed(BOOK.sentences):
        button = page.get_by_role("button", name=one.text)
        button.press("Enter")
        shows(
            page,
            {
                COUNT: str(one.count),
                f"{CHANCE} b": say("percent", 100 * one.bars[0][2]),
                ".fg-step__likely th": [following(text) for _, text, _ in one.bars[:LIKELY]],
                f"{ITEMS} small": [str(token) for token in one.ids[1:]],
            },
        )
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(sentence(page)).to_have_value(one.text)
    assert page.evaluate("document.querySelector('.fg-request').contains(document.activeElement)")


def test_a_sentence_of_the_readers_is_cut_at_once_and_waits_for_the_model(
    new_tab: NewTab, lab_site: str
) -> None:
    assert BOOK.tokenizer is not None
    page = open_lab(new_tab, lab_site)
    words, first = "Please pay within 30 days, über 👍", re.escape(BOOK.sentences[0].text)
    sentence(page).fill(words)
    ids = BOOK.tokenizer.encode(words)
    whose = f"is the chance of “.+”, the likeliest next token after “{first}”, not after your sentence"
    shows(
        page,
        {
            COUNT: str(len(ids)),
            f"{ITEMS} small": [str(one) for one in ids],
            "[data-step=tokens] .fg-step__lines tr:last-child td:last-child": (
                f"{say('count', DEFAULT['context'] + len(ids))} tokens"
            ),
            ".fg-step__note": re.compile("Run the model to see them for your sentence"),
            f"{CHANCE} span": re.compile(f"^{whose}$"),
        },
    )
    until(page, "location.hash.includes('tokens=')")
    assert "Please" not in page.url and "pay" not in page.url, "what is typed stands in no address"
    page.get_by_role("button", name="Run the model here").press("Enter")
    shows(
        page,
        {
            ".fg-step__note": "Calculated on this page.",
            f"{CHANCE} span": re.compile("the likeliest next token$"),
            f"{CHANCE} b": say("percent", 100 * BOOK.sentences[2].bars[0][2]),
        },
    )
    assert not page.get_by_role("button", name="Run the model here").is_visible()


GIVEN = "[data-step=tokens] .fg-step__given >> nth=0"
"""What is said of the number of tokens."""


def test_a_number_that_is_not_that_of_the_sentence_shown_is_said(new_tab: NewTab, lab_site: str) -> None:
    page, (first, second, _) = open_lab(new_tab, lab_site), BOOK.sentences
    put(page, "tokens", "40")
    shows(page, {GIVEN: f"You entered 40; the sentence shown has {first.count}."})
    page.get_by_role("button", name=second.text).click()
    shows(page, {COUNT: str(second.count), GIVEN: ""})
    other = open_lab(new_tab, lab_site, fragment="#v1&tokens=1234")
    shows(other, {GIVEN: f"You entered 1,234; the sentence shown has {first.count}."})
    expect(sentence(other)).to_have_value(first.text)


@pytest.mark.parametrize("number", ["", "40"])
def test_reset_brings_the_first_sentence_and_undo_the_reader_s_with_its_tokens_and_number(
    new_tab: NewTab, lab_site: str, number: str
) -> None:
    page, first = open_lab(new_tab, lab_site), BOOK.sentences[0]
    items = page.locator(ITEMS)
    sentence(page).fill("My own words")
    expect(items).not_to_have_count(first.count)
    own = items.count()
    if number:
        put(page, "tokens", number)
    shows(page, {COUNT: number or str(own)})
    page.get_by_role("button", name="Reset").click()
    expect(sentence(page)).to_have_value(first.text)
    expect(items).to_have_count(first.count)
    expect(page.get_by_role("button", name=first.text)).to_have_attribute("aria-pressed", "true")
    shows(page, {COUNT: str(first.count)})
    page.get_by_role("button", name="Undo").click()
    expect(sentence(page)).to_have_value("My own words")
    expect(items).to_have_count(own)
    shows(
        page,
        {
            COUNT: number or str(own),
            GIVEN: re.compile("You entered 40; the sentence shown has" if number else "^$"),
        },
    )
    expect(page.locator("[data-input=tokens] input[type=text]")).to_have_value(number or str(own))


def test_parts_of_a_letter_are_explained_where_they_appear(
    new_tab: NewTab, lab_site: str, folder: Path
) -> None:
    page = open_lab(new_tab, lab_site)
    known = json.loads((folder / "labs" / "one-request" / "sentences.json").read_text(encoding="utf-8"))[2]
    known["tokens"][1] = "\ufffd"
    page.route(
        "**/next-token/client.mjs",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body=(
                f"export const open = async () => ({{ look: async () => ({json.dumps(known)}), close() {{}}"
                " });"
            ),
        ),
    )
    said = page.locator(".fg-steps .fg-step__given", has_text="is part of a character")
    sentence(page).fill("Plain words")
    expect(page.locator(".fg-step__note")).to_contain_text("Run the model")
    expect(said).to_have_count(0)
    sentence(page).fill("Für 👍")
    expect(said).to_have_count(1)
    page.get_by_role("button", name="Run the model here").click()
    expect(said).to_have_count(2)
    assert all("\ufffd" in words for words in said.all_inner_texts())


def test_the_file_says_which_numbers_are_the_reader_s_and_which_have_no_record(
    new_tab: NewTab, lab_site: str
) -> None:
    page = open_lab(new_tab, lab_site)
    for name, words in {"model": "DeepSeek-V3", "chips": "16", "requests": "700", "offer": "MI300X"}.items():
        put(page, name, words)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")))
    sources = {row["Name"]: row["Calculation or source"] for row in rows if row["Part"] == "input"}
    expected = {
        **dict.fromkeys(("Requests per seat", "Number of accelerators"), "own number"),
        **dict.fromkeys(("Your sentence", "Cached vectors per head", "Average utilization"), ""),
        "Depreciation": "no record for MI300X",
    }
    assert {name: sources[name] for name in expected} == expected
    assert sources["Layers that cache every token"] not in ("", "own number")


def test_an_empty_sentence_is_said_at_the_field_and_everything_waits(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    message, stale = ".fg-request .fg-labs__message", page.locator(".fg-labs[data-stale]")
    for words in ("", "   "):
        sentence(page).fill(words)
        shows(
            page,
            {
                message: "Enter a sentence, or choose one of the three.",
                ".fg-labs__waits": "To see the answer, correct Your sentence",
                "[data-step=tokens] .fg-step__number": "0 tokens, because no sentence was entered",
                ITEMS: [],
            },
        )
        expect(sentence(page)).to_have_attribute("aria-invalid", "true")
        expect(stale).to_have_count(1)
        ink = page.evaluate(
            "['.fg-labs__answer', '[data-step=tokens] .fg-step__number b', '[data-step=seat]"
            " td:last-child'].map((one) => getComputedStyle(document.querySelector(one)).color)"
        )
        assert len(set(ink)) == 1, "the answer and every count are greyed alike"
        sentence(page).fill("Words again")
        shows(page, {message: "", COUNT: re.compile("^[1-9]")})
        expect(stale).to_have_count(0)
    sentence(page).fill("")
    page.get_by_role("button", name="Reset").click()
    expect(sentence(page)).to_have_value(BOOK.sentences[0].text)
    expect(page.locator(ITEMS)).to_have_count(BOOK.sentences[0].count)
    expect(stale).to_have_count(0)


def held_back(page: Page, pattern: str, act: Callable[[], None]) -> Route:
    """What is asked for once something is done, kept until the test lets it go on."""
    asked: list[Route] = []
    page.route(pattern, lambda route: asked.append(route))
    act()
    last = time.monotonic() + 15
    while not asked:
        assert time.monotonic() < last, f"never asked for: {pattern}"
        page.wait_for_timeout(30)
    return asked[0]


def test_steps_that_come_after_the_sentence_went_count_no_token(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    words = page.locator("[data-step=tokens] .fg-step__number")
    late = held_back(page, "**/one-request/follow.mjs", lambda: sentence(page).fill("Words again"))
    sentence(page).fill("")
    expect(words).to_have_text("0 tokens, because no sentence was entered")
    late.continue_()
    expect(page.locator("[data-step=tokens] .fg-step__lines")).to_contain_text("4 tokens")
    expect(words).to_have_text("0 tokens, because no sentence was entered")
    sentence(page).fill("Words again")
    expect(words).to_contain_text("of the prompt’s")


@pytest.mark.parametrize("unread", [False, True])
def test_a_number_typed_while_the_sentence_is_being_cut_stays(
    new_tab: NewTab, lab_site: str, unread: bool
) -> None:
    page = open_lab(new_tab, lab_site)
    late = held_back(page, "**/tokenizer/merges.txt", lambda: sentence(page).fill("My own words"))
    if unread:  # what reads numbers comes later still
        typed = held_back(page, "**/lab/typed.mjs", lambda: put(page, "tokens", "40"))
        late.continue_()
        expect(page.locator("[data-step=tokens] ol li")).not_to_have_count(BOOK.sentences[0].count)
        typed.continue_()
    else:
        put(page, "tokens", "40")
        late.continue_()
    expect(page.locator("[data-step=tokens] ol li")).not_to_have_count(BOOK.sentences[0].count)
    expect(page.locator(GIVEN)).to_contain_text("You entered 40; the sentence shown has")
    expect(page.locator("[data-input=tokens] input[type=text]")).to_have_value("40")


def test_another_accelerator_and_model_bring_their_own_records_or_say_that_there_is_none(
    new_tab: NewTab, lab_site: str
) -> None:
    page = open_lab(new_tab, lab_site)
    table = page.locator("[data-step=dollar] .fg-step__more table")
    before, hour = table.inner_html(), "per accelerator-hour"

    def cell(layer: str) -> str:
        """Who is paid at a layer, and with what."""
        return f"[data-step=dollar] .fg-step__more tr:has(th:text-is('{layer}')) td >> nth=0"

    owner, chipmaker = cell("owner of the chips"), cell("chipmaker and its suppliers")
    h200, mi300x = (ROWS["offer"][slug]["values"] for slug in ("hyperstack-h200-sxm", "mi300x"))
    parameters = ROWS["model"]["gpt-oss-120b"]["values"]["parameters"]
    rent, lent = f"{say('money', h200['rent'])} {hour}", origin("offer", "hyperstack-h200-sxm", "rent")
    put(page, "offer", "H200 Hyperstack")
    put(page, "model", "gpt-oss")
    shows(
        page,
        {
            cell("model"): re.compile(rf"^gpt-oss-120b: {say('digits', parameters / 1e9, 4)}B parameters"),
            owner: f"H200 SXM, Hyperstack, on demand: {rent}, {lent['source']}",
            owner.replace("nth=0", "nth=1"): show_date(lent["as_of"]),
            chipmaker: re.compile(rf"^H200 SXM: {re.escape(say('money', h200['wear']))} {hour}"),
        },
    )
    put(page, "offer", "MI300X")
    shows(
        page,
        {
            "[data-input=rent] .fg-labs__source": (
                "This is the value for H100 SXM. We have no record for MI300X."
            ),
            "[data-input=wear] .fg-labs__source": (
                "We have no record for MI300X, so this is left out of the calculation."
            ),
            ANSWER: re.compile(r"\(we have no rent on record for this accelerator\)"),
            owner: f"MI300X: no record; the calculation assumes {rent}",
            cell("power and space"): re.compile(rf"MI300X: {re.escape(say('money', mi300x['running']))}"),
            chipmaker: "MI300X: no record",
        },
    )
    kept = page.locator("[data-step=dollar] .fg-step__drawn td").all_inner_texts()
    assert kept[-2:] == ["no record", "no record"]
    put(page, "rent", "2")
    shows(page, {owner: f"your number, $2 {hour}"})
    page.get_by_role("button", name="Reset").click()
    source = re.compile(re.escape(origin("offer", DEFAULT["offer"], "rent")["source"]))
    shows(page, {"[data-input=rent] .fg-labs__source": source})
    until(
        page,
        "(before) => document.querySelector('[data-step=dollar] .fg-step__more table').innerHTML === before",
        before,
    )


def test_a_model_brings_its_own_price_and_bits_and_what_was_measured_elsewhere_is_said(
    new_tab: NewTab, lab_site: str
) -> None:
    page = open_lab(new_tab, lab_site)

    def notes(values: dict[str, Any]) -> dict[str, str]:
        """Where a note of a step stands, and what it says."""
        steps = LAB.steps(values)
        noted = ("batch", "rent", "price", "seat", "dollar")
        return {f"[data-step={name}] .fg-step__given": steps[name]["note"] for name in noted}

    def rings() -> list[str | None]:
        """The mark of each number that follows from an assumption."""
        places = (
            "[data-step=batch] .fg-step__lines [data-gives=out]",
            "[data-step=batch] .fg-step__number [data-gives=gpu]",
            "[data-step=price] .fg-step__lines [data-gives=charge]",
        )
        return [page.locator(place).get_attribute("data-mark") for place in places]

    paid = "[data-step=dollar] .fg-step__more tbody tr"
    shows(page, notes(DEFAULT))
    assert rings() == [None, None, None]
    put(page, "model", "gpt-oss")
    values = with_model(DEFAULT, "gpt-oss-120b")
    day = show_date(origin("api", values["api"], "input_price")["as_of"]).replace(" ", r"\s")
    price = f"gpt-oss-120b, Together AI: {say('money', values['input_price'])}"
    shows(page, {**notes(values), "[data-input=input_price] .fg-labs__source": re.compile(f"as of {day}")})
    expect(page.locator("[data-input=input_price] input[type=text]")).to_have_value(
        f"{values['input_price']:g}"
    )
    expect(page.get_by_label("4 bits")).to_be_checked()
    expect(page.locator(paid, has_text="host").locator("td").first).to_contain_text(price)
    expect(page.locator(paid, has_text="model").first).to_contain_text("no one is paid for its weights")
    assert rings() == ["ring", "ring", None]
    put(page, "chips", "8")
    put(page, "model", "Llama 3.1 405B")
    shows(page, notes(with_model({**values, "chips": 8}, "llama-31-405b")))
    expect(page.locator(paid, has_text="host").locator("td").first.locator("[data-mark=ring]")).to_have_count(
        1
    )
    assert rings() == ["ring", "ring", "ring"]
    page.get_by_role("button", name="Reset").click()
    shows(page, notes(DEFAULT))
    assert rings() == [None, None, None]


def test_a_number_of_the_readers_is_called_theirs_and_loses_the_ring(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    costs = page.locator("[data-step=seat] .fg-step__lines tr", has_text="Other direct costs")
    shown_too = page.locator("[data-step=seat] .fg-step__drawn [data-gives='1']")
    assert costs.locator("[data-mark=ring]").count() == 1
    expect(shown_too).to_have_attribute("data-mark", "ring")
    page.locator("summary", has_text="Token prices and other seat costs").click()
    put(page, "other", "20")
    expect(costs.locator("th")).to_have_text("Other direct costs yours")
    assert costs.locator("[data-mark=ring]").count() == 0
    expect(shown_too).not_to_have_attribute("data-mark", "ring")
    expect(page.locator("[data-step=rent] .fg-step__lines small")).to_have_count(0)


def test_the_curve_under_an_input_of_the_machine_is_of_what_the_host_keeps(
    new_tab: NewTab, lab_site: str
) -> None:
    page = open_lab(new_tab, lab_site)
    for name, words in (
        ("chips", "what the host keeps of the list price"),
        ("users", "what the host keeps of the list price"),
        ("wear", "what the owner of the chips keeps of the rent"),
        ("margin", "what the chipmaker keeps of depreciation"),
        ("seat", "what the application keeps"),
    ):
        expect(page.locator(f"[data-input={name}] .fg-labs__curve .fg-sr")).to_contain_text(words)


def test_the_inputs_of_the_example_fit_a_phone(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site, 360)
    page.get_by_text("Every input of the example, with its source and date").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    sideways = "nodes => nodes.filter(({ parentNode: box }) => box.scrollWidth > box.clientWidth).length"
    assert page.locator(".fg-steps table").evaluate_all(sideways) == 0, "no table is scrolled sideways"


CURRENT = ".fg-rail [aria-current=step]"


def test_the_rail_says_which_step_is_in_view_and_leads_to_each(new_tab: NewTab, lab_site: str) -> None:
    for width in (390, 1440):
        page = open_lab(new_tab, lab_site, width)
        ways = page.locator(".fg-rail a")
        assert ways.count() == 8
        for nth in (4, 7, 0):
            ways.nth(nth).click()
            expect(page.locator(CURRENT)).to_have_text(re.compile(f"^{nth + 1} "))
            assert page.url.endswith(f"#step-{nth + 1}")
            rail, step, heading = page.evaluate(
                "(nth) => [document.querySelector('.fg-rail ol'), ...['', ' h2'].map((part) =>"
                " document.querySelector(`#step-${nth}${part}`))].map((one) => one.getBoundingClientRect()"
                ".toJSON())",
                nth + 1,
            )
            assert 0 <= step["top"] < 300 and heading["top"] > 0
            assert rail["bottom"] <= heading["top"] or rail["right"] <= heading["left"], "it covers no text"
        for box in ways.evaluate_all("nodes => nodes.map((node) => node.getBoundingClientRect().toJSON())"):
            assert min(box["width"], box["height"]) >= 24


def test_the_rail_leaves_an_address_with_numbers_as_it_is(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    put(page, "seat", "45")
    until(page, "location.hash.includes('seat=45')")
    before = page.url
    page.locator(".fg-rail a").nth(5).press("Enter")
    expect(page.locator(CURRENT)).to_have_text(re.compile("^6 "))
    assert page.url == before
    assert page.evaluate("document.activeElement.id") == "step-6"


def test_without_scripts_the_rail_leads_to_each_step_too(new_tab: NewTab, lab_site: str) -> None:
    page = new_tab(390, java_script_enabled=False)
    page.goto(f"{lab_site}labs/one-request/#step-7")
    top = page.locator("#step-7 h2").bounding_box()
    assert top is not None and 0 < top["y"] < 300
    assert page.locator("#step-7 .fg-kicker").inner_text().startswith("7 OF 8")


def test_on_a_phone_the_whole_page_has_ten_screens_at_most(new_tab: NewTab, address: str) -> None:
    page = new_tab(390, 844, has_touch=True, is_mobile=True)
    page.goto(f"{address}labs/one-request/")
    inside_closed = page.locator("[data-step=model]")
    page.locator(".fg-request").wait_for()
    inside_closed.scroll_into_view_if_needed()
    expect(page.locator(".fg-step__note")).to_have_text("Stored values from our own model.")
    assert page.evaluate("document.documentElement.scrollHeight") <= 10 * 844


def test_on_a_phone_the_answer_stands_first_and_the_first_step_near(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site, 360)
    assert not page.locator(".fg-labs__inputs").is_visible()
    top, first = page.evaluate(
        "['.fg-labs__answer', '.fg-step'].map((one) =>"
        " document.querySelector(one).getBoundingClientRect().top)"
    )
    assert top < 600 and first < 2 * 800
    page.goto(f"{lab_site}labs/one-request/#v1&layers=40")
    page.reload()
    expect(page.locator("[data-input=layers]")).to_be_visible()
    inside(page)
    for name in ("tokens", "attention"):
        tops = page.locator(f".fg-step__{name} li").evaluate_all(
            "nodes => nodes.map((node) => node.offsetTop)"
        )
        assert len(set(tops)) <= 2, name
        assert apart(page, name) >= 4, name


def apart(page: Page, name: str) -> float:
    """Pixels between the words below two tokens of a row, where they are closest."""
    return float(
        page.locator(f".fg-step__{name} small").evaluate_all("""nodes => {
      const boxes = nodes.map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return range.getBoundingClientRect();
      });
      return Math.min(...boxes.slice(1).map((box, at) => (Math.abs(box.top - boxes[at].top) < 4
        ? box.left - boxes[at].right : Infinity)));
    }""")
    )


def test_at_full_width_the_tokens_of_the_example_stand_in_few_rows(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site, 1440)
    inside(page)
    for name, rows in (("tokens", 2), ("attention", 1)):
        tops = page.locator(f".fg-step__{name} li").evaluate_all(
            "nodes => nodes.map((node) => node.offsetTop)"
        )
        assert len(set(tops)) <= rows and apart(page, name) >= 4, name
    sentence(page).fill(
        "A longer sentence of the reader’s own, which takes more than a single row of tokens."
    )
    expect(page.locator("[data-step=tokens] ol li")).not_to_have_count(BOOK.sentences[0].count)
    lengths = page.locator(".fg-step__tokens li").evaluate_all(
        "nodes => Object.values(Object.groupBy(nodes, (node) => node.offsetTop)).map((row) => row.length)"
    )
    assert len(lengths) > 1 and min(lengths) > 1, lengths


@pytest.mark.parametrize("scripts", [False, True])
def test_bars_of_the_second_step_are_of_100_percent(new_tab: NewTab, lab_site: str, scripts: bool) -> None:
    first, page = BOOK.sentences[0], new_tab(1280, java_script_enabled=scripts)
    page.goto(f"{lab_site}labs/one-request/")
    if scripts:
        page.locator(".fg-request").wait_for()
        inside(page)
    sizes = "(nodes, side) => nodes.map((node) => parseFloat(node.getAttribute(side)))"
    for part, side, shares in (
        ("likely", "width", [share for _, _, share in first.bars[:LIKELY]]),
        ("attention", "height", mean(first.attention[-1])),
    ):
        found = page.locator(f".fg-step__{part} rect").evaluate_all(sizes, side)
        assert found == pytest.approx([100 * share for share in shares], abs=0.1), part


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_moves_when_the_stored_values_come(new_tab: NewTab, lab_site: str, width: int) -> None:
    held: list[Route] = []
    page = new_tab(width, has_touch=True, is_mobile=width < 500)
    page.route("**/sentences.json", lambda route: held.append(route))
    page.goto(f"{lab_site}labs/one-request/")
    page.locator(".fg-request").wait_for()
    step = page.locator("[data-step=model]")
    step.scroll_into_view_if_needed()
    places = (
        "node => [...node.querySelectorAll('.fg-step__number, .fg-step__likely, .fg-step__run, summary')]"
        ".map((part) => [part.offsetTop, part.offsetHeight])"
    )
    with page.expect_response("**/sentences.json"):
        until_held = time.monotonic() + 15
        while not held and time.monotonic() < until_held:
            page.wait_for_timeout(30)
        before = step.evaluate(places)
        held[0].continue_()
    expect(page.locator(".fg-step__note")).to_contain_text("Stored values")
    assert step.evaluate(places) == before and len(before) == 4


def test_layers_and_tokens_are_chosen_by_keyboard(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    step, one = inside(page), BOOK.sentences[0]
    layers = step.get_by_role("radio")
    assert layers.count() == len(one.attention)
    expect(layers.last).to_be_checked()
    layers.last.focus()
    page.keyboard.press("ArrowLeft")
    assert step.locator(".fg-step__attention small").all_inner_texts() == [
        say("percent", 100 * share) for share in mean(one.attention[-2])
    ]
    token = step.locator(".fg-step__attention button").nth(3)
    token.press("Enter")
    expect(token).to_have_attribute("aria-pressed", "true")
    assert step.locator(".fg-step__attention [aria-pressed=true]").count() == 1
    label = step.locator(".fg-step__row").get_attribute("aria-label")
    assert (
        label == f"128 numbers from {min(one.rows[3]):.2f} to {max(one.rows[3]):.2f}, each a line up or down"
    )


UNFETCHED = {
    "**/next-token/client.mjs": (".fg-step__note", "The model could not load", "Run the model here"),
    "**/sentences.json": (".fg-step__note", "The stored values could not load", ""),
    "**/merges.txt": (".fg-step__note", "The sentence could not be split", ""),
    "**/follow.mjs": (".fg-labs__came", "They still show the example.", ""),
}
"""What is not there → where that is said, with which words, and the button that asks for it."""


@pytest.mark.parametrize("path", UNFETCHED)
def test_what_cannot_be_fetched_is_said_and_the_rest_stays_usable(
    new_tab: NewTab, lab_site: str, path: str
) -> None:
    place, words, button = UNFETCHED[path]
    page = new_tab(1280)
    page.route(path, lambda route: route.abort())
    page.goto(f"{lab_site}labs/one-request/")
    page.locator(".fg-request").wait_for()
    page.locator("[data-step=model]").scroll_into_view_if_needed()
    if button:
        page.get_by_role("button", name=button).click()
    elif "merges" in path:
        sentence(page).fill("Another sentence")
    elif "follow" in path:
        put(page, "seat", "60")
    shows(page, {place: re.compile(words)})
    expect(page.locator(".fg-step__likely tr")).to_have_count(LIKELY)
    expect(page.locator(ITEMS)).to_have_count(BOOK.sentences[0].count)
    assert number(page, "seat") == LAB.steps()["seat"]["number"]
    page.unroute_all()
    put(page, "seat", "90")
    shows(
        page, {"[data-step=seat] .fg-step__number b": LAB.steps({**DEFAULT, "seat": 90.0})["seat"]["number"]}
    )
    page.get_by_role("button", name="Summarize").click()
    shows(page, {COUNT: str(BOOK.sentences[1].count)})


def test_the_ways_on_open_the_same_numbers_in_two_other_labs(new_tab: NewTab, lab_site: str) -> None:
    page, values = open_lab(new_tab, lab_site), {**DEFAULT, "users": 20.0, "seat": 45.0}
    put(page, "users", "20")
    put(page, "seat", "45")
    shows(page, {ANSWER: LAB.sentence(values)})
    ways = page.locator("[data-lab]").evaluate_all(
        "nodes => nodes.map((node) => [node.dataset.lab, node.href])"
    )
    for slug, way in ways:
        other = new_tab(1280)
        other.goto(way)
        shows(other, {ANSWER: lab(slug).sentence({**lab(slug).values, **LAB.onward(values)[slug]})})
        assert other.locator(".fg-labs__came").inner_text() == "", "every value is taken"


# ---- how it looks and is reached


def test_nothing_moves_and_scrolling_stays_the_readers(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site, reduced_motion="reduce")
    inside(page)
    put(page, "users", "5")
    users = page.locator("[data-step=batch] .fg-step__number span")
    expect(users).to_contain_text("for 5 requests")
    page.wait_for_load_state("networkidle")  # a sheet that the lab asks for may come after its first answer
    assert page.evaluate("document.getAnimations().length") == 0
    moving = page.locator(".fg-steps *").evaluate_all(
        "nodes => nodes.filter((node) => { const { transitionDuration: time, transitionProperty: what,"
        " animationName: name } = getComputedStyle(node); return name !== 'none' ||"
        " /width|height|transform|all/.test(what) && parseFloat(time) > 0; }).map((node) => node.tagName +"
        " node.className)"
    )
    assert moving == []
    at = page.evaluate("(scrollTo(0, 3000), scrollY)")
    page.locator("[data-input=users] input[type=text]").evaluate(
        "field => { field.value = '6'; for (const kind of ['input', 'change']) field.dispatchEvent(new"
        " Event(kind, { bubbles: true })); }"
    )  # Playwright would scroll to it
    expect(users).to_contain_text("for 6 requests")
    assert page.evaluate("scrollY") == at > 1000
    assert page.locator(".fg-steps").evaluate("node => getComputedStyle(node).overflowY") == "visible"


def test_in_forced_colors_bars_keep_a_color(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site, forced_colors="active")
    colors = page.locator(".fg-amount rect").evaluate_all(
        "nodes => nodes.map((node) => [getComputedStyle(node).fill,"
        " getComputedStyle(node.parentNode).backgroundColor])"
    )
    assert colors and all(fill != ground for fill, ground in colors)


SMALLEST = """() => {
  const words = document.createTreeWalker(document.querySelector('x-lab'), NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (words.nextNode()) {
    const node = words.currentNode.parentElement;
    if (words.currentNode.textContent.trim() &&
      node.getClientRects().length) sizes.push(parseFloat(getComputedStyle(node).fontSize) * .75);
  }
  return Math.min(...sizes);
}"""
"""Points of the smallest words of the lab."""


def two_pages(page: Page) -> None:
    """Has the two pages stand in place of the page, as its button does; a print ends that."""
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Print (2 pages)").click()
    until(page, "document.documentElement.classList.contains('fg-print-lab')")
    page.emulate_media(media="print")


def printed(page: Page, path: Path, sheet: str) -> list[str]:
    """The words of each page of its print."""
    page.pdf(path=path, format=sheet, prefer_css_page_size=True)
    return [re.sub(r"\s+", " ", one.extract_text()) for one in PdfReader(path).pages]


@pytest.mark.parametrize(
    ("model", "chips"), [("Llama 3.3 70B", "2"), ("gpt-oss-120b", "1"), ("DeepSeek-V3", "16")]
)
def test_it_prints_as_two_pages_with_every_step_and_says_what_was_put_in_and_when(
    new_tab: NewTab, lab_site: str, tmp_path: Path, model: str, chips: str
) -> None:
    page = open_lab(new_tab, lab_site, day=date(2026, 11, 28))
    inside(page)
    page.evaluate("window.print = () => {}")
    put(page, "model", model)
    put(page, "chips", chips)
    page.get_by_role("button", name=BOOK.sentences[1].text).click()
    shows(page, {COUNT: str(BOOK.sentences[1].count)})
    page.locator("summary", has_text="Speed and utilization").click()
    put(page, "utilization", "60")
    expect(page.locator("[data-step=rent] .fg-step__lines")).to_contain_text("Rent with idle time yours")
    words = [
        *("Follow one request", "Made 28 Nov 2026", "Average utilization: 60% of capacity"),
        *(f"Open model: {model}", "Accelerator: H100 SXM", f"Number of accelerators: {chips}"),
        *(*page.locator(".fg-step h2").all_inner_texts(), number(page, "dollar"), "#v1&tokens="),
    ]
    for sheet in ("A4", "Letter"):
        two_pages(page)
        assert page.evaluate(SMALLEST) >= 7.5
        pages = printed(page, tmp_path / "request.pdf", sheet)
        whole = " ".join(pages)
        assert (len(pages), [text for text in words if text not in whole]) == (2, []), sheet
        assert max(map(whole.index, words[:6])) < whole.index("Your sentence makes up"), (
            "they stand at the top"
        )
        assert re.search(r"Sources\. NVIDIA 2026.*nim-llama-70b.*address is relative to http", pages[1])
        assert not re.search("Copy link|Ride alone", whole)
    page.emulate_media(media="screen")
    put(page, "users", "x")
    two_pages(page)
    expect(page.locator(".fg-labs__around")).to_have_count(0)


@pytest.mark.parametrize(("sheet", "most"), [("A4", 6), ("Letter", 6)])
def test_without_scripts_it_prints_short_and_cuts_no_step_from_its_heading(
    new_tab: NewTab, lab_site: str, tmp_path: Path, sheet: str, most: int
) -> None:
    page = new_tab(1280, java_script_enabled=False)
    page.goto(f"{lab_site}labs/one-request/")
    headings = page.locator(".fg-step h2").all_inner_texts()
    pages = printed(page, tmp_path / "request.pdf", sheet)
    assert len(pages) <= most
    for nth, heading in enumerate(headings, 1):
        assert [f"{nth} OF 8" in words for words in pages] == [
            f"{nth} OF 8" in words and heading in words for words in pages
        ], heading
    assert min(len(words) for words in pages[:-1]) > 800, "no page has two rows alone"
    page.emulate_media(media="print")
    assert page.evaluate(SMALLEST) >= 7.5
    whole = page.locator(".fg-step__picture table").evaluate_all(
        "nodes => nodes.map((node) => getComputedStyle(node).breakInside)"
    )
    assert set(whole) == {"avoid"}
