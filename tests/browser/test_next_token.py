"""The definition machine: its arithmetic against PyTorch's stored logits and against theory, and the lab on
its page as the guide renders it, without building the guide.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldguide.records.definer import FOLDER, MODEL, stored
from tests.browser.access import faults
from tests.browser.labpage import add_page, make_site
from tests.browser.tabs import NewTab, until
from tests.guide import ROOT, guide_book
from tests.inside import Reference
from tests.serving import serve

Ask = Callable[..., Any]
LAB = ROOT / "docs" / "labs" / "next-token"
RESULTS = ROOT / FOLDER
PACKED = (ROOT / MODEL).read_bytes()
LOGITS = json.loads((RESULTS / "logits.json").read_text(encoding="utf-8"))
PROMPTS = json.loads((RESULTS / "prompts.json").read_text(encoding="utf-8"))
STORED = json.loads((RESULTS / "inside.json").read_text(encoding="utf-8"))
BROKEN = {
    "cut short": (PACKED[: len(PACKED) // 2], "the model is damaged or cut short: it cannot be unpacked"),
    "one bit wrong": (
        PACKED[:70_000] + bytes([PACKED[70_000] ^ 1]) + PACKED[70_001:],
        "the model is damaged or cut short: it cannot be unpacked",
    ),
    "another file": (
        b"<!doctype html><title>Not found</title>\n",
        "the model is damaged or cut short: it cannot be unpacked",
    ),
    "another model": (
        gzip.compress(bytes(1000)),
        "the model’s file is incomplete or a different one: 1000 of",
    ),
    "no scales": (
        gzip.compress(bytes(len(gzip.decompress(PACKED)))),
        "the model is damaged: row 0 has no scale",
    ),
}


@pytest.fixture(scope="module")
def lab_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """labs/next-token/ as the guide renders it, in the page that the labs' elements are tested on."""
    folder = tmp_path_factory.mktemp("next-token")
    make_site(folder)
    for slug in ("next-token", "tokenizer"):
        add_page(folder, slug)
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="module")
def ask(browser: Browser, lab_site: str) -> Iterator[Ask]:
    """The value of a JavaScript expression that may use `model`, `machine` (of the committed weights), and
    `given`.
    """
    page = browser.new_page()
    page.goto(f"{lab_site}labs/next-token/model.json")
    page.evaluate(f"""async () => {{
      const model = await import('{lab_site}labs/next-token/model.mjs');
      const sheet = await (await fetch('{lab_site}labs/next-token/model.json')).json();
      const raw = await new Response((await fetch('{lab_site}labs/next-token/model.bin')).body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
      Object.assign(window, {{ model, sheet, raw, machine: new model.Machine(sheet, raw) }});
    }}""")  # noqa: E501
    yield lambda expression, given=None: page.evaluate(f"(given) => {expression}", given)
    page.close()


def open_lab(new_tab: NewTab, lab_site: str, width: int = 1280, fragment: str = "", **options: Any) -> Page:
    page = new_tab(width, **options)
    page.set_default_timeout(20_000)
    page.goto(f"{lab_site}labs/next-token/{fragment}")
    page.locator(".fg-odds__bar").first.or_(page.locator(".fg-labs__came:not(:empty)")).first.wait_for()
    return page


def fetch_model(page: Page) -> None:
    page.get_by_role("button", name="Load the model").click()
    expect(page.locator(".fg-odds__fetch [role=status]")).to_contain_text("Model loaded.")


def field(page: Page) -> Any:
    return page.get_by_label("Your text", exact=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def bars(page: Page) -> list[str]:
    return list(page.locator(".fg-odds__bar").all_inner_texts())


# ---- the arithmetic


def test_logits_and_attention_are_those_of_pytorch_on_the_same_weights(ask: Ask) -> None:
    for one in LOGITS:
        found = ask("({ logits: Array.from(machine.read(given)), attention: machine.attention })", one["ids"])
        assert found["logits"] == pytest.approx(one["logits"], abs=2e-4), one["prompt"]
        for layer, heads in enumerate(one["attention"]):
            for head, shares in enumerate(heads):
                assert found["attention"][layer][head] == pytest.approx(shares, abs=1e-4)
                assert sum(found["attention"][layer][head]) == pytest.approx(1, abs=1e-5)


def test_what_was_read_before_changes_nothing(ask: Ask) -> None:
    for one in LOGITS:
        fresh = ask("Array.from(new model.Machine(sheet, raw).read(given))", one["ids"])
        ask("given.map((_, at) => machine.read(given.slice(0, at + 1)).length)", [*one["ids"], 300, 400])
        assert ask("Array.from(machine.read(given))", one["ids"]) == fresh


def test_texts_that_are_too_long_or_empty_are_refused(ask: Ask) -> None:
    assert len(ask("Array.from(machine.read(Array.from({ length: 96 }, (_, at) => at)))")) == 2048
    for length in (0, 97):
        assert (
            ask(
                "(() => { try { machine.read(Array.from({ length: given }, () => 1)); return ''; } catch"
                " (error) { return error.message; } })()",
                length,
            )
            == f"it reads 1 to 96 tokens, and these are {length}"
        )


def test_surprise_is_minus_the_logarithm_of_the_share(ask: Ask) -> None:
    values = LOGITS[0]["logits"]
    total = math.log(sum(math.exp(value) for value in values))
    assert ask("given.map((_, id) => model.surprise(given, id))", values) == pytest.approx(
        [total - value for value in values], abs=1e-9
    )


def theory(values: list[float], temperature: float, k: int, p: float) -> list[tuple[int, float]]:
    """What `choices` should give, by the definitions."""
    order = sorted(range(len(values)), key=lambda at: (-values[at], at))[: k or None]
    powers = [math.exp(values[at] / temperature) for at in order]
    shares = [power / sum(powers) for power in powers]
    last = next((count for count in range(1, len(order)) if p < 1 and sum(shares[:count]) >= p), len(order))
    return [(at, share / sum(shares[:last])) for at, share in zip(order[:last], shares[:last], strict=True)]


def test_temperature_top_k_and_top_p_are_as_defined(ask: Ask) -> None:
    numbers = random.Random(5)
    for _ in range(200):
        values = [numbers.uniform(-4, 4) for _ in range(40)]
        settings = {
            "temperature": numbers.choice([0.2, 0.7, 1, 1.6]),
            "k": numbers.choice([0, 1, 5, 40, 100]),
            "p": numbers.choice([0.05, 0.5, 0.93, 1]),
        }
        found = ask("model.choices(given.values, given.settings)", {"values": values, "settings": settings})
        expected = theory(values, **settings)
        assert [at for at, _ in found] == [at for at, _ in expected]
        assert [share for _, share in found] == pytest.approx([share for _, share in expected], abs=1e-9)
    assert ask("model.choices(given, { temperature: 0 })", [1.0, 3.0, 2.0]) == [[1, 1]]


def test_draws_follow_the_shares_by_the_chi_square_test_and_a_seed_repeats_them(ask: Ask) -> None:
    shares = [0.4, 0.25, 0.15, 0.1, 0.06, 0.04]
    draws = 40_000
    script = (
        "(() => { const next = model.chance(given.seed); return Array.from({ length: given.draws }, () =>"
        " model.draw(given.shares.map((share, id) => [id, share]), next())); })()"
    )
    first = ask(script, {"seed": 7, "draws": draws, "shares": shares})
    seen = Counter(first)
    distance = sum((seen[at] - draws * share) ** 2 / (draws * share) for at, share in enumerate(shares))
    assert distance < 20.5, seen  # the 99.9th percentile with five degrees of freedom
    assert first == ask(script, {"seed": 7, "draws": draws, "shares": shares})
    assert first != ask(script, {"seed": 8, "draws": draws, "shares": shares})


# ---- the lab on its page


def test_before_it_is_fetched_the_stored_prompts_go_on_as_pytorch_did(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for one in PROMPTS:
        press(page, one["prompt"])
        for step in one["steps"]:
            expect(page.locator(".fg-odds__bar").first).to_have_attribute("data-id", str(step["id"]))
            press(page, "Pick the likeliest")
        assert (
            page.locator(".fg-odds__results, .fg-labs__results")
            .locator(".fg-odds__text")
            .inner_text()
            .removesuffix(" ■")
            == one["prompt"] + one["text"]
        )
    assert [address for address in asked if "model.bin" in address] == []
    field(page).fill("a text without a result")
    expect(page.locator(".fg-labs__results .fg-labs__note").last).to_contain_text("Load the model")
    assert bars(page) == []


def test_with_the_model_here_any_text_goes_on_without_a_network(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    before = bars(page)
    fetch_model(page)
    expect(page.locator(".fg-odds__bar").first).to_be_visible()
    assert [text.split()[0] for text in bars(page)][:5] == [text.split()[0] for text in before][
        :5
    ]  # the stored result of the same weights
    page.context.set_offline(True)
    try:
        field(page).fill("river (n):")
        expect(page.locator(".fg-odds__bar")).to_have_count(10)
        press(page, "Sample one")
        expect(page.locator(".fg-labs__results .fg-odds__said")).to_have_count(1)
        page.locator(".fg-odds__bar").nth(3).click()
        expect(page.locator(".fg-labs__results .fg-odds__said")).to_have_count(2)
        press(page, "Undo last token")
        expect(page.locator(".fg-labs__results .fg-odds__said")).to_have_count(1)
        press(page, "Finish the line")
        expect(page.locator("x-lab .fg-sr")).to_contain_text("The model wrote: ")
        press(page, "Measure your text")
        expect(page.locator("[role=status]", has_text="a perplexity of")).to_be_visible()
        assert (
            "".join(page.locator(".fg-odds__surprises li > span:first-child").all_inner_texts()).replace(
                "␣", " "
            )
            == "river (n):"
        )
    finally:
        page.context.set_offline(False)


def test_a_line_that_is_reset_while_it_is_written_says_nothing_of_itself(
    new_tab: NewTab, lab_site: str
) -> None:
    page = open_lab(new_tab, lab_site)
    fetch_model(page)
    page.evaluate("""() => {
      const reset = [...document.querySelectorAll('x-lab button')].find((one) =>
        one.textContent.trim() === 'Reset');
      const seen = new MutationObserver(() => {
        if (document.querySelectorAll('.fg-labs__results .fg-odds__said').length > 1) { seen.disconnect();
        reset.click(); } });
      seen.observe(document.querySelector('x-lab'), { childList: true, subtree: true });
    }""")
    press(page, "Finish the line")
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_visible()
    expect(page.locator(".fg-labs__results .fg-odds__said")).to_have_count(0)
    press(page, "Measure your text")  # answered after all that was asked before
    expect(page.locator("[role=status]", has_text="a perplexity of")).to_be_visible()
    assert (
        "The model wrote" not in page.locator("x-lab").inner_text()
        and "Sampled at" not in page.locator("x-lab").inner_text()
    )


def test_a_seed_writes_the_same_line_again_and_temperature_zero_takes_the_likeliest(
    new_tab: NewTab, lab_site: str
) -> None:
    page = open_lab(new_tab, lab_site)
    fetch_model(page)

    def written() -> str:
        press(page, PROMPTS[0]["prompt"])
        expect(page.locator(".fg-labs__results .fg-odds__said")).to_have_count(0)
        press(page, "Finish the line")
        expect(page.locator(".fg-labs__results .fg-labs__note").last).to_contain_text(
            re.compile("The model ended the line here|reads at most 96")
        )
        return page.locator(".fg-labs__results .fg-odds__text").inner_text()

    first = written()
    assert written() == first
    page.get_by_label("Seed").fill("2")
    assert written() != first
    page.locator("#next-token-temperature").fill("0")
    assert written().removesuffix(" ■").startswith(PROMPTS[0]["prompt"] + PROMPTS[0]["text"])


@pytest.mark.parametrize("fault", [*BROKEN, "missing"])
def test_without_a_good_model_the_page_says_so_and_keeps_the_stored_prompts(
    new_tab: NewTab, lab_site: str, fault: str
) -> None:
    page = open_lab(new_tab, lab_site)
    status, (body, words) = (
        (404, (b"", "the model could not be found (404)")) if fault == "missing" else (200, BROKEN[fault])
    )
    page.context.route("**/model.bin", lambda route: route.fulfill(status=status, body=body))
    try:
        press(page, page.get_by_role("button", name="Load the model").inner_text())
        said = page.locator(".fg-odds__fetch [role=status]")
        expect(said).to_contain_text(f"The model could not load: {words}")
        expect(said).to_contain_text("The stored prompts still work.")
        press(page, PROMPTS[1]["prompt"])
        press(page, "Pick the likeliest")
        expect(page.locator(".fg-labs__results .fg-odds__said")).to_have_text(PROMPTS[1]["steps"][0]["text"])
    finally:
        page.context.unroute("**/model.bin")
    press(page, "Try again")
    expect(said).to_contain_text("Model loaded.")


def test_leaving_ends_the_worker(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    fetch_model(page)
    assert len(page.workers) == 1
    with page.workers[0].expect_event("close"):
        page.evaluate("document.querySelector('x-lab').remove()")


def test_a_link_holds_text_and_settings_and_hostile_ones_harm_nothing(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site, permissions=["clipboard-read", "clipboard-write"])
    field(page).fill("a secret & more")
    page.get_by_label("Seed").fill("9")
    press(page, "Copy link")
    expect(page.locator(".fg-labs__status")).to_contain_text(
        "Link copied, with your text and settings. They come after a #, which browsers do not send."
    )
    link = page.evaluate("navigator.clipboard.readText()")
    assert page.evaluate("location.hash") == ""
    other = open_lab(new_tab, lab_site, fragment=link.partition("next-token/")[2])
    expect(field(other)).to_have_value("a secret & more")
    expect(other.get_by_label("Seed")).to_have_value("9")
    for hostile in (
        "#t=%ff&seed=1e99&temperature=NaN",
        "#t=" + "x" * 9000,
        "#t=<img src=x onerror=alert(1)>&k=-3&__proto__=1",
        "#t=",
    ):
        other.evaluate("(hash) => { location.hash = hash; }", hostile)
        assert other.locator("#next-token-temperature").input_value() == "1"
    assert other.locator("x-lab img").count() == 0


def test_it_is_worked_by_keyboard_alone(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    page.get_by_role("button", name="Load the model").press("Enter")
    expect(page.locator(".fg-odds__fetch [role=status]")).to_contain_text("Model loaded.")
    expect(page.locator(".fg-odds__bar").first).to_be_focused()  # the button that fetched it is gone
    page.locator(".fg-odds__bar").nth(2).press("Enter")
    expect(page.locator(".fg-labs__results .fg-odds__said")).to_have_count(1)
    expect(page.locator(".fg-odds__bar").first).to_be_focused()
    step = page.get_by_label("Training step")
    step.press("Home")
    expect(page.locator("[role=status]", has_text="After 0 of")).to_be_visible()
    expect(step).to_have_attribute("aria-valuetext", "step 0")
    expect(page.locator(".fg-odds__part .fg-odds__text")).to_have_text(f"{PROMPTS[0]['prompt']}):):):…")
    step.press("ArrowRight")
    expect(page.locator("[role=status]", has_text="After 1 of")).to_be_visible()
    step.press("End")
    expect(step).to_have_attribute("aria-valuetext", "step 12,000")


def test_a_token_that_ends_the_line_leaves_the_focus_at_the_way_back(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    for _ in PROMPTS[0]["steps"]:
        page.locator(".fg-odds__bar").first.press("Enter")
        until(page, "!document.querySelector('.fg-odds[aria-busy]')")
    expect(page.get_by_role("button", name="Undo last token")).to_be_focused()
    assert page.locator(".fg-odds__bars").evaluate("node => node.offsetHeight") == 0


def test_a_try_sets_what_it_names_alone_and_shows_what_comes_of_it(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site, 360)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    tries, text = page.get_by_role("button", name="Try it"), page.locator(".fg-labs__results .fg-odds__text")
    tries.nth(0).click()
    expect(text).to_have_text(f"{PROMPTS[4]['prompt']}{PROMPTS[4]['text']} ■")
    expect(text).to_be_in_viewport()
    expect(page.locator(".fg-labs__results .fg-labs__note")).to_contain_text(
        "Picked the likeliest token each time. The model ended the line here."
    )
    assert [address for address in asked if "model.bin" in address] == []
    tries.nth(1).click()
    expect(page.locator(".fg-odds__fetch [role=status]")).to_contain_text("Model loaded.")
    expect(text).to_have_text(PROMPTS[0]["prompt"])
    settings = [page.locator(f"#next-token-{name}") for name in ("temperature", "k", "p", "seed")]
    page.locator("summary", has_text="Settings").click()
    assert [one.input_value() for one in settings] == ["1.5", "0", "1", "1"]
    page.get_by_label("Seed").fill("7")
    tries.nth(2).click()
    expect(page.locator("x-lab .fg-sr")).to_contain_text("The model wrote: ")
    expect(page.locator(".fg-labs__results .fg-labs__note")).to_contain_text(
        "Sampled at temperature 1, seed 1."
    )
    assert [one.input_value() for one in settings] == ["1", "0", "1", "1"]


def test_another_line_takes_the_next_seed(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    fetch_model(page)
    text, note = (
        page.locator(".fg-labs__results .fg-odds__text"),
        page.locator(".fg-labs__results .fg-labs__note"),
    )
    lines = set()
    for seed in (2, 3, 4):
        press(page, "Try another seed")
        expect(note).to_contain_text(f"Sampled at temperature 1, seed {seed}.")
        lines.add(text.inner_text())
    assert len(lines) == 3


def test_a_number_beyond_its_range_is_taken_as_the_nearest_in_it(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    fetch_model(page)
    for typed, taken, left in (
        ("99999", "2048", "chooses from 2,048 tokens"),
        ("3", "3", "chooses from 3 tokens"),
        ("-3", "0", "chooses from 2,048 tokens"),
    ):
        page.get_by_label("Top-k").fill(typed)
        expect(page.locator(".fg-labs__results .fg-labs__note")).to_contain_text(left)
        page.get_by_label("Top-k").press("Enter")
        expect(page.get_by_label("Top-k")).to_have_value(taken)


def test_what_it_measures_reads_well_at_every_size_and_length(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    fetch_model(page)
    said = page.locator(".fg-odds__part .fg-labs__point[role=status]").first
    for text, words in (
        (
            "a",
            (
                r"^[\d.]+ nats per token over one token, a perplexity of [\d,]{3,}, as if the model had to"
                r" guess among [\d,]+ equally likely tokens\.$"
            ),
        ),
        (
            "slowly (adv): in a slow manner",
            (
                r"over 11 tokens, a perplexity of \d\d?\.\d, as if the model had to guess among \d\d?\.\d"
                r" equally likely tokens\.$"
            ),
        ),
        (
            "如果",
            r"a perplexity of [\d.]+ billion, which is worse than a blind guess among all 2,048 tokens\.$",
        ),
        ("", r"^Enter a text first\.$"),
        (
            "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 7,
            r"^The model reads at most 96 tokens, .*and this text has (?!97)\d{3}\. ",
        ),
    ):
        field(page).fill(text)
        press(page, "Measure your text")
        expect(said).to_have_text(re.compile(words))
        if text == "如果":
            assert page.locator(".fg-odds__surprises li > span:first-child").first.inner_text() == "‹byte E5›"


def test_what_was_not_kept_is_said_and_one_head_can_be_chosen(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    learned = page.locator(".fg-odds__part").last
    expect(learned.locator(".fg-labs__note")).to_contain_text(
        "but still changed one of the five continuations: “fearless (adj):”."
    )
    field(page).fill("river (n):")
    expect(learned.locator(".fg-labs__note")).to_contain_text(
        "This view exists only for the five stored prompts, so it shows “bicycle (n):”."
    )


# ---- the eight steps


@pytest.mark.parametrize(("prompt", "place", "layer", "head"), [(4, 7, 4, 3), (1, 3, 0, 2)])
def test_what_the_page_finds_inside_is_what_plain_python_finds(
    ask: Ask, prompt: int, place: int, layer: int, head: int
) -> None:
    ids = LOGITS[prompt]["ids"]
    found = ask(
        "JSON.parse(JSON.stringify(machine.inside(given.ids, given), (_, value) =>"
        " ArrayBuffer.isView(value) ? Array.from(value) : value))",
        {"ids": ids, "place": place, "layer": layer, "head": head},
    )
    whole = Reference(ids)
    one, last = whole.layers[layer], whole.last[place]
    for name, expected in {
        "first": whole.layers[0].before[place],
        "before": one.before[place],
        "query": one.queries[head][place],
        "scores": one.scores[head][place],
        "mixed": one.mixed[head][place],
        "attended": one.attended[place],
        "hidden": one.hidden[place],
        "fed": one.fed[place],
        "last": last,
        "logits": whole.logits(last),
    }.items():
        assert found[name] == pytest.approx(expected, abs=1e-3), name
    for name, rows in {
        "keys": one.keys[head],
        "values": one.values[head],
        "attention": one.attention[head],
        "lens": [whole.logits(whole.norm(each.after)[place]) for each in whole.layers],
    }.items():
        for row, expected in zip(found[name], rows, strict=True):
            assert row == pytest.approx(expected, abs=1e-3), name
    assert ask("Array.from(machine.read(given))", ids) == pytest.approx(LOGITS[prompt]["logits"], abs=2e-4)


def open_step(new_tab: NewTab, lab_site: str, fragment: str, width: int = 390, **options: Any) -> Page:
    page = open_lab(new_tab, lab_site, width, fragment, **options)
    page.locator(".fg-inside__rail").wait_for()
    return page


def step_name(page: Page) -> Any:
    return page.locator(".fg-inside .fg-inside__name")


def test_steps_have_an_address_and_the_browser_goes_back_through_them(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site, 390)
    assert page.evaluate("location.hash") == ""
    press(page, "See how the model gets these odds")
    expect(step_name(page)).to_have_text("1. The text becomes tokens")
    for _ in range(3):
        press(page, "Next")
    expect(step_name(page)).to_have_text("4. Softmax turns scores into shares")
    assert page.evaluate("location.hash") == "#step=4"
    page.go_back()
    expect(step_name(page)).to_have_text("3. A query is compared with a key")
    press(page, "Back")
    expect(step_name(page)).to_have_text("2. Each token becomes a vector")
    page.get_by_role("button", name="Step 8:").click()
    expect(page.get_by_role("button", name="Next", exact=True)).to_have_attribute("aria-disabled", "true")
    for _ in range(4):
        page.go_back()
    expect(step_name(page)).to_have_text("1. The text becomes tokens")
    assert page.evaluate("location.hash") == ""
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_link_opens_at_its_step_and_hostile_ones_open_at_the_first(new_tab: NewTab, lab_site: str) -> None:
    page = open_step(new_tab, lab_site, "#step=5")
    expect(step_name(page)).to_have_text("5. The head blends the values")
    expect(page.locator(".fg-inside__rail")).to_be_in_viewport()
    assert field(page).input_value() == PROMPTS[0]["prompt"]
    for hostile in (
        "#step=99",
        "#step=-1&layer=x",
        "#step=1e999&head=0&token=-4",
        "#step=<b>&layer=7&token=1.5",
    ):
        page.evaluate("(hash) => { location.hash = hash; }", hostile)
        expect(step_name(page)).to_have_text("1. The text becomes tokens")
        assert page.locator(".fg-inside select").evaluate_all("all => all.map((one) => one.value)") == [
            "7",
            "0",
            "2",
        ]


def test_a_link_holds_text_step_token_layer_and_head(new_tab: NewTab, lab_site: str) -> None:
    page = open_step(new_tab, lab_site, "#step=3", permissions=["clipboard-read", "clipboard-write"])
    fetch_model(page)
    field(page).fill("river (n):")
    page.locator(".fg-inside__rail").scroll_into_view_if_needed()
    expect(page.get_by_label("Token", exact=True).locator("option")).to_have_count(6)
    page.get_by_label("Layer", exact=True).select_option(label="3")
    page.get_by_label("Head", exact=True).select_option(label="2")
    page.get_by_label("Token", exact=True).select_option(label="n")
    expect(page.locator(".fg-inside .fg-inside__step")).to_contain_text(
        "Head 2 of layer 3 turns the vector of “n”"
    )
    assert page.evaluate("location.hash") == "#step=3&layer=3&head=2&token=4", "no text is in the address"
    press(page, "Copy link")
    link = page.evaluate("navigator.clipboard.readText()")
    other = open_step(new_tab, lab_site, link.partition("next-token/")[2])
    expect(field(other)).to_have_value("river (n):")
    expect(other.locator(".fg-inside__whose")).to_contain_text("These numbers are for “bicycle (n):”.")
    press(other, "Load it")
    expect(other.locator(".fg-inside .fg-inside__step")).to_contain_text(
        "Head 2 of layer 3 turns the vector of “n”"
    )
    press(other, "Next")
    assert other.evaluate("location.hash").startswith("#t=river"), "the text stays in the address"


def test_the_matrix_answers_fingers_and_arrow_keys(new_tab: NewTab, lab_site: str) -> None:
    page = open_step(new_tab, lab_site, "#step=4", has_touch=True)
    told = page.locator(".fg-inside__told")
    shares = STORED["attention"]
    expect(told).to_have_text(f"“):” gives {100 * max(shares[7]):.0f}% of its attention to “ic”.")
    matrix = page.get_by_role("application")
    matrix.press("ArrowUp")
    expect(told).to_have_text(f"“n” gives {100 * shares[6][2]:.1f}% of its attention to “ic”.")
    for _ in range(9):
        matrix.press("ArrowRight")
    expect(told).to_have_text("“n” can’t look at “):”, which comes later.")
    box = matrix.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] * 0.17, box["y"] + box["height"] * 0.97)
    expect(told).to_have_text(f"“):” gives {100 * shares[7][0]:.0f}% of its attention to the start mark.")


def test_choosing_another_head_loads_the_model(new_tab: NewTab, lab_site: str) -> None:
    page = open_step(new_tab, lab_site, "#step=4")
    page.get_by_label("Head", exact=True).select_option(label="2")
    expect(page.locator(".fg-inside .fg-inside__step")).to_contain_text("Head 2 of layer 1")
    shares = LOGITS[0]["attention"][0][1]
    shown = page.locator(".fg-inside .fg-inside__shares b").all_inner_texts()
    assert [float(text.removesuffix("%")) for text in shown] == pytest.approx(
        sorted((100 * share for share in shares), reverse=True)[:3], abs=0.51
    )
    expect(page.locator(".fg-inside__whose")).to_be_hidden()


def test_without_the_model_the_stored_steps_stay(new_tab: NewTab, lab_site: str) -> None:
    page = open_step(new_tab, lab_site, "#step=4")
    page.context.route("**/model.bin", lambda route: route.fulfill(status=404, body=b""))
    try:
        page.get_by_label("Layer", exact=True).select_option(label="3")
        expect(page.locator(".fg-inside__whose")).to_contain_text("The model could not load.")
        expect(page.get_by_label("Layer", exact=True)).to_have_value("0")
    finally:
        page.context.unroute("**/model.bin")


def test_the_drawn_token_joins_the_text_and_the_steps_go_on_after_it(new_tab: NewTab, lab_site: str) -> None:
    page = open_step(new_tab, lab_site, "#step=8")
    press(page, "Load it")
    expect(page.locator(".fg-inside .fg-inside__step")).to_contain_text("falls on the stretch of “␣the”")
    press(page, "Add this token to the text")
    expect(page.locator(".fg-labs__results .fg-odds__said")).to_have_text(" the")
    expect(page.get_by_label("Token", exact=True).locator("option")).to_have_count(9)
    page.locator(".fg-inside__warm input").fill("0")
    expect(page.locator(".fg-inside .fg-inside__step")).to_contain_text("At temperature 0 there is no draw")
    assert page.locator("#next-token-temperature").input_value() == "0"


def test_another_key_can_be_compared_and_keeps_the_focus(new_tab: NewTab, lab_site: str) -> None:
    page = open_step(new_tab, lab_site, "#step=3")
    key = page.locator(".fg-inside__tokens button").first
    key.press("Enter")
    expect(page.locator(".fg-inside .fg-inside__step")).to_contain_text(
        "It turns the vector of the start mark into a key"
    )
    expect(key).to_have_attribute("aria-pressed", "true")
    expect(key).to_be_focused()


@pytest.mark.parametrize("step", range(1, 9))
def test_a_step_is_one_screen_of_a_phone(new_tab: NewTab, lab_site: str, step: int) -> None:
    page = open_step(new_tab, lab_site, f"#step={step}", has_touch=True)
    top = page.locator(".fg-inside__rail").evaluate("node => node.getBoundingClientRect().top")
    bottom = page.locator(".fg-inside__turns").evaluate("node => node.getBoundingClientRect().bottom")
    assert bottom - top <= 844 - 68, "the screen of a phone without the page's header"


def test_what_is_unfolded_stays_open_while_another_key_is_compared(new_tab: NewTab, lab_site: str) -> None:
    page = open_step(new_tab, lab_site, "#step=3")
    page.locator(".fg-inside .fg-inside__more summary").click()
    page.locator(".fg-inside .fg-inside__tokens button").first.click()
    expect(page.locator(".fg-inside .fg-inside__more .fg-inside__sum")).to_be_visible()
    press(page, "Next")
    expect(page.locator(".fg-inside .fg-inside__more .fg-inside__sum")).to_be_hidden()


@pytest.mark.parametrize("step", range(1, 9))
def test_a_step_breaks_no_rule_of_access_and_fits_a_phone(new_tab: NewTab, lab_site: str, step: int) -> None:
    page = open_step(new_tab, lab_site, f"#step={step}", 360)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert faults(page, ".fg-inside") == []


def test_without_javascript_all_eight_steps_stand_below_each_other(new_tab: NewTab, lab_site: str) -> None:
    page = new_tab(360, java_script_enabled=False)
    page.goto(f"{lab_site}labs/next-token/")
    expect(page.locator(".fg-inside__name").first).to_be_visible()  # it waits for the script, in vain
    names = page.locator(".fg-inside__name").all_inner_texts()
    assert [name.partition(".")[0] for name in names] == [str(number) for number in range(1, 9)]
    assert page.locator(".fg-inside__step svg.fg-vector").first.is_visible()
    assert page.locator(".fg-inside__step button").count() == 0


def test_without_javascript_prompts_odds_and_learning_stand_in_tables(new_tab: NewTab, lab_site: str) -> None:
    page = new_tab(360, java_script_enabled=False)
    page.goto(f"{lab_site}labs/next-token/")
    expect(page.locator(".fg-inside__name").first).to_be_visible()  # it waits for the script, in vain
    text = page.locator("x-lab").inner_text()
    for one in PROMPTS:
        assert one["prompt"] in text and one["text"].strip() in text
    assert page.locator("x-lab table").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert (
        page.locator("x-lab table").evaluate_all(
            "nodes => nodes.filter((node) => node.parentNode.scrollWidth >"
            " node.parentNode.clientWidth).length"
        )
        == 0
    ), "no table is scrolled sideways"


def test_on_paper_stand_the_text_and_its_odds_and_no_controls(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    page.emulate_media(media="print")
    assert (
        page.locator(".fg-labs__results .fg-odds__text").is_visible()
        and page.locator(".fg-odds__bar").first.is_visible()
    )
    assert (
        not page.get_by_role("button", name="Copy link").is_visible()
        and not page.get_by_role("button", name="Sample one").is_visible()
    )


def test_files_are_small() -> None:
    assert len(PACKED) <= 1_500_000
    definer = guide_book().definer
    assert definer is not None and 500_000 <= definer.sheet.shape.parameters <= 1_500_000
    assert len(gzip.compress(json.dumps(stored(definer)).encode(), 6)) <= 16_000
