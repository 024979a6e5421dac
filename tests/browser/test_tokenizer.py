"""The tokenizer lab: its JavaScript against the guide's Python, and the lab on its page as the guide renders
it, without building the guide.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from experiments.strings import random_strings
from fieldguide.records.merges import PATH
from fieldguide.text.bytepair import Tokenizer, read_merges, well_formed
from tests.browser.labpage import add_page, make_site
from tests.browser.tabs import NewTab
from tests.guide import ROOT, guide_book
from tests.serving import serve
from tests.tokenizers import rates_of_kinds

Ask = Callable[[str, Any], Any]
LAB = ROOT / "docs" / "labs" / "tokenizer"
JS = ROOT / "overrides" / "assets" / "js"
MERGES = (ROOT / PATH).read_text(encoding="utf-8")
DEFAULT = "If the bill is overdue, remind the customer."
BROKEN = {
    "a line that is no pair": (
        MERGES.replace("\n32 97\n", "\n32 x\n", 1),
        "line 5 of the merges is not two ids",
    ),
    "a join of what is not made yet": (
        MERGES.replace("\n32 97\n", "\n32 1700\n", 1),
        "line 5 of the merges joins what is not made yet",
    ),
    "cut at a line": (
        MERGES[: MERGES.rindex("\n", 0, -1) + 1],
        "the merges are cut short or too long: 1790 of 1791 came",
    ),
    "cut within a line": (MERGES[:-2], "the merges are cut short"),
    "cut in the middle": (MERGES[: len(MERGES) // 2], "the merges are cut short|is not two ids"),
    "another file": ("<!doctype html><title>Not found</title>\n", "line 1 of the merges is not two ids"),
    "nothing": ("", "the merges are cut short or too long: 0 of 1791 came"),
}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(tuple(read_merges(MERGES)))


@pytest.fixture(scope="module")
def lab_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """labs/tokenizer/ as the guide renders it, in the page that the labs' elements are tested on."""
    folder = tmp_path_factory.mktemp("tokenizer")
    make_site(folder)
    add_page(folder, "tokenizer")
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="module")
def ask(browser: Browser, lab_site: str) -> Iterator[Ask]:
    """The value of a JavaScript expression that may use `model`, `made` (the tokenizer of the committed
    merges), `given`, and `text` that makes a string of code units.
    """
    page = browser.new_page()
    page.goto(f"{lab_site}labs/tokenizer/merges.txt")
    prelude = (
        f"const model = await import('{lab_site}labs/tokenizer/model.mjs'); const made ="
        f" model.tokenizer(model.read(await (await fetch('{lab_site}labs/tokenizer/merges.txt')).text()));"
        " const text = (units) => String.fromCharCode(...units);"
    )
    yield lambda expression, given=None: page.evaluate(
        f"async (given) => {{ {prelude} return {expression}; }}", given
    )
    page.close()


def units(text: str) -> list[int]:
    """The code units of a string, which JSON carries whatever they are."""
    data = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]


def open_lab(new_tab: NewTab, lab_site: str, width: int = 1280, fragment: str = "", **options: Any) -> Page:
    page = new_tab(width, **options)
    page.set_default_timeout(20_000)
    page.goto(f"{lab_site}labs/tokenizer/{fragment}")
    page.locator(".fg-cuts__token").first.wait_for()
    return page


def field(page: Page) -> Any:
    return page.get_by_label("Your text", exact=True)


def readings(page: Page) -> list[str]:
    return list(page.locator(".fg-labs__value").all_inner_texts())


def others(page: Page) -> Any:
    return page.locator(".fg-cuts__others")


def costs(page: Page) -> list[str]:
    return list(page.locator("td[data-label='a million times']").all_inner_texts())


# ---- the arithmetic


def test_javascript_and_python_cut_ten_thousand_random_strings_alike(ask: Ask, tokenizer: Tokenizer) -> None:
    strings = list(random_strings(10_000))
    assert any(0xD800 <= ord(letter) < 0xE000 for letter in "".join(strings))
    different = []
    for start in range(0, len(strings), 2000):
        some = strings[start : start + 2000]
        found = ask("given.map((one) => made.ids(text(one)))", [units(one) for one in some])
        different += [
            (one, ids) for one, ids in zip(some, found, strict=True) if ids != tokenizer.encode(one)
        ]
    assert different == []


def test_tokens_say_their_place_and_spell_the_text(ask: Ask) -> None:
    strings = list(random_strings(600, seed=3))
    wrong = ask(
        """given.map(text).filter((one) => {
      const whole = one.toWellFormed();
      const tokens = made.encode(one);
      const spelled = tokens.every(({ text: words, start, end }) => words === null || whole.slice(start,
        end) === words);
      const ends = tokens.length === 0 || (tokens[0].start === 0 && tokens.at(-1).end === whole.length);
      return !(spelled && ends && made.decode(tokens.map(({ id }) => id)) === whole && tokens.map(({ id }) =>
        id).join() === made.ids(one).join());
    })""",
        [units(one) for one in strings],
    )
    assert wrong == []


def test_joins_go_one_at_a_time_from_bytes_to_the_tokens(ask: Ask, tokenizer: Tokenizer) -> None:
    for piece in (" perennial", "unhappiness", "overdue", "ü", "aaaaaaaaa", "=======", "mississippi"):
        steps = ask("made.steps(given)", piece)
        assert steps[0]["ids"] == list(piece.encode()) and steps[-1]["ids"] == tokenizer.merge(
            list(piece.encode())
        )
        for before, after in itertools.pairwise(steps):
            at, pair = after["at"], tokenizer.merges[after["rank"]]
            assert tuple(before["ids"][at : at + 2]) == pair
            assert after["ids"] == [*before["ids"][:at], 257 + after["rank"], *before["ids"][at + 2 :]]
        assert [one["rank"] for one in steps[1:]] == sorted(one["rank"] for one in steps[1:])


def test_the_joins_of_one_token_of_a_long_piece_make_that_token(ask: Ask) -> None:
    assert ask(
        """(() => {
      const tokens = made.encode(given);
      return tokens.every(({ piece, from, bytes, id }) => made.steps(piece, from, from
        + bytes.length).at(-1).ids.join() === String(id));
    })()""",
        " unhappinessphotosynthesisrelationshipinternational" * 3,
    )


def test_a_piece_of_twenty_thousand_letters_is_cut_as_python_cuts_it(ask: Ask, tokenizer: Tokenizer) -> None:
    words = "internationalrelationshipsüber" * 20
    assert ask("made.ids(given)", words) == tokenizer.encode(words)
    assert ask("made.ids('ab'.repeat(10000)).length", None) == len(tokenizer.encode("ab" * 100)) * 100


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_merges_are_refused_with_their_line(ask: Ask, fault: str) -> None:
    text, message = BROKEN[fault]
    said = ask(
        "(() => { try { model.read(given); return 'read'; } catch (error) { return error.message; } })()",
        text,
    )
    assert re.search(message, said), said


def test_a_link_holds_a_text_and_nothing_hostile(ask: Ask) -> None:
    for text in ("a&b=c#d %41 “ü” 👍\n x", "<img src=x onerror=alert(1)>", "x" * 2000, "👍" * 2000):
        assert ask("model.decodeLink(model.encodeLink(given))", text) == text
    assert ask("[model.encodeLink('x'.repeat(2001)), model.encodeLink('👍'.repeat(2001))]", None) == [
        None,
        None,
    ]
    hostile = [
        "",
        "#how",
        "#t=",
        "#t=%",
        "#t=%zz",
        "#t=%ff%fe",
        "#t=%00",
        "#t=" + "x" * 2001,
        "#t=" + "%41" * 2001,
        "#t=" + "x" * 1_000_000,
        "#v1&t=x",
    ]
    assert ask("given.map(model.decodeLink)", hostile) == [None] * len(hostile)


def test_other_tokenizers_are_estimated_by_kind_of_text(ask: Ask, tokenizer: Tokenizer) -> None:
    rates = rates_of_kinds()
    kinds = {
        "tree Straße “über” —": "Latin letters",
        "如果账单": "Chinese",
        "Если счёт": "other scripts",
        "🙂👍": "emoji",
        "2026": "digits",
    }
    found = ask(
        "given.map(([one, rates]) => model.estimate(made.encode(one), new Map(rates)))",
        [[text, list(rates.items())] for text in [*kinds, " ".join(kinds), ""]],
    )
    alone = [[len(tokenizer.encode(text)) * rate for rate in rates[kind]] for text, kind in kinds.items()]
    joined = [
        [len(tokenizer.encode(f" {text}" if at else text)) * rate for rate in rates[kind]]
        for at, (text, kind) in enumerate(kinds.items())
    ]
    assert found == [
        *(pytest.approx(one) for one in alone),
        pytest.approx([sum(ends) for ends in zip(*joined, strict=True)]),
        [0, 0],
    ]


# ---- the page


def test_the_lab_opens_with_the_first_example_and_follows_what_is_typed(
    new_tab: NewTab, lab_site: str, tokenizer: Tokenizer
) -> None:
    page = open_lab(new_tab, lab_site)
    expect(field(page)).to_have_value(DEFAULT)
    count = len(tokenizer.encode(DEFAULT))
    assert readings(page) == [str(count), "44", "44", f"{44 / count:.2f}"]
    assert page.locator(".fg-cuts__token").count() == count
    for words in ("The first example in its tokens", "20 74 68 65"):
        assert not page.locator("x-lab > p, x-lab td").filter(has_text=words).first.is_visible(), (
            "the lab stands in its place"
        )
    field(page).fill("")
    assert readings(page) == ["0", "0", "0", "–"] and not page.locator(".fg-cut").is_visible()
    field(page).press_sequentially("über 👍")
    assert readings(page)[:3] == [str(len(tokenizer.encode("über 👍"))), "6", "10"]
    assert "F0" in page.locator(".fg-cuts").inner_text(), "a part of a letter is shown as its byte"
    assert page.evaluate("location.hash") == "", "what is typed stands in no address"


def test_a_long_text_is_counted_whole_and_drawn_in_parts(
    new_tab: NewTab, lab_site: str, tokenizer: Tokenizer
) -> None:
    page = open_lab(new_tab, lab_site)
    words = ("tree (n): a tall plant 如果 " * 800)[:20000]
    field(page).fill(words)
    assert readings(page)[0] == f"{len(tokenizer.encode(words)):,}"
    assert page.locator(".fg-cuts__token").count() == 600
    page.get_by_role("button", name="Show more").click()
    assert page.locator(".fg-cuts__token").count() == 1200
    assert page.evaluate("document.activeElement.dataset.at") == "600"
    expect(page.locator("#tokenizer-note")).to_have_text("Only the first 20,000 characters are used.")


def test_tokens_are_followed_by_keyboard_and_their_joins_step_by_step(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    field(page).fill("a perennial")
    page.locator(".fg-cuts__token[tabindex='0']").focus()
    page.keyboard.press("Home")
    title, step = page.locator(".fg-cut .fg-labs__title"), page.locator(".fg-cut__step")
    expect(title).to_have_text("Token 1 of 2: a")
    expect(step).to_contain_text("1 byte, and nothing to merge")
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Token 2 of 2: perennial")
    assert page.locator(".fg-cuts__token[tabindex='0']").count() == 1
    last = step.inner_text()
    assert re.fullmatch(
        r"Step (\d+) of \1: “␣perennial” comes from merge [\d,]+, in the order in which the tokenizer learned"
        r" them\.",
        last,
    )
    earlier, later = page.get_by_role("button", name="Earlier"), page.get_by_role("button", name="Later")
    expect(later).to_have_attribute("aria-disabled", "true")
    while earlier.get_attribute("aria-disabled") == "false":
        earlier.press("Enter")
    expect(step).to_have_text("Start: 10 bytes.")
    assert page.locator(".fg-cut__symbol").count() == 10
    later.press("Enter")
    assert page.locator(".fg-cut__symbol").count() == 9 and page.locator(".fg-cut__symbol--new").count() == 1
    page.locator(".fg-cuts__token").first.hover()
    expect(title).to_have_text("Token 1 of 2: a")


def test_examples_and_things_to_try_are_those_of_the_page_and_reset_comes_back(
    new_tab: NewTab, lab_site: str, tokenizer: Tokenizer
) -> None:
    page = open_lab(new_tab, lab_site)
    table = page.locator("x-lab table", has=page.locator("th", has_text="tokens here")).first
    for row in table.locator("tbody tr").all():
        name, text, count, *_ = [cell.inner_text().strip() for cell in row.locator("th, td").all()]
        button = page.locator(".fg-cuts__examples").get_by_role("button", name=name, exact=True)
        button.click()
        expect(field(page)).to_have_value(text)
        expect(button).to_have_attribute("aria-pressed", "true")
        assert readings(page)[0] == count == str(len(tokenizer.encode(text)))
    page.get_by_role("button", name="Try it").nth(1).click()
    expect(field(page)).to_have_value(DEFAULT.upper())
    page.get_by_role("button", name="Reset").click()
    expect(field(page)).to_have_value(DEFAULT)
    page.get_by_role("button", name="Undo").click()
    expect(field(page)).to_have_value(DEFAULT.upper())


def test_costs_follow_the_list_prices_and_say_which_may_have_changed(
    new_tab: NewTab, lab_site: str, tokenizer: Tokenizer
) -> None:
    book = guide_book()
    slugs = (
        "anthropic-claude-opus-5-5",
        "openai-gpt-62-sol",
        "google-gemini-38-flash",
        "deepseek-v41-flash-api",
    )
    prices = [book.prices[slug].newest.input or 0 for slug in slugs]
    page = open_lab(new_tab, lab_site, day=date(2026, 11, 28))
    assert costs(page) == [f"${price * 10:.2f}".removesuffix(".00") for price in prices], (
        "each of the five makes ten tokens of the first example"
    )
    expect(others(page)).to_have_text("Five published tokenizers cut this example into 10 tokens.")
    page.get_by_role("button", name="German", exact=True).click()
    expect(others(page)).to_have_text("Five published tokenizers cut this example into 13 to 17 tokens.")
    field(page).fill("tree " * 2000)
    count = len(tokenizer.encode("tree " * 2000))
    found = [[float(end.strip("$").replace(",", "")) for end in text.split(" to ")] for text in costs(page)]
    assert found == [
        pytest.approx([price * count * rate for rate in (0.43, 0.7)], rel=0.01) for price in prices
    ]
    expect(others(page)).to_have_text(
        "A published tokenizer would cut this text into about 860 to 1,400 tokens. This is our estimate."
    )
    field(page).fill("")
    expect(others(page)).to_have_text("")
    assert page.locator("td .fg-age").count() == 0
    day = date(2029, 1, 1)
    late = open_lab(new_tab, lab_site, day=day)
    ages = [(day - date.fromisoformat(book.prices[slug].newest.as_of)).days for slug in slugs]
    assert late.locator("td .fg-age--past").all_inner_texts() == [
        f"{age} days old, may have changed" for age in ages
    ]


def test_a_link_is_made_when_asked_for_and_opens_its_text(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site, permissions=["clipboard-read", "clipboard-write"])
    field(page).fill("a secret & more")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".fg-labs__status")).to_contain_text(
        "Link copied, with your text. It comes after a #, which browsers do not send."
    )
    link = page.evaluate("navigator.clipboard.readText()")
    assert (
        link == f"{lab_site}labs/tokenizer/#t=a%20secret%20%26%20more"
        and page.evaluate("location.hash") == ""
    )
    field(page).fill("x" * 2001)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".fg-labs__status")).to_contain_text("which holds at most 2,000 characters")
    other = open_lab(new_tab, lab_site, fragment=link.partition("tokenizer/")[2])
    expect(field(other)).to_have_value("a secret & more")
    expect(other.locator(".fg-labs__came")).to_have_text("This text came from the link you opened.")
    other.evaluate("(hash) => { location.hash = hash; }", f"#t={quote('<b>ü</b>')}")
    expect(field(other)).to_have_value("<b>ü</b>")
    other.evaluate("location.hash = '#t=%ff'")
    expect(field(other)).to_have_value("<b>ü</b>")
    expect(other.locator(".fg-labs__came")).to_have_text("The text in this link can’t be read.")


@pytest.mark.parametrize("fault", ["a line that is no pair", "cut at a line", "another file", "missing"])
def test_without_good_merges_the_page_says_so_and_keeps_the_default_case(
    new_tab: NewTab, lab_site: str, fault: str
) -> None:
    page = new_tab()
    status, body = (404, "") if fault == "missing" else (200, BROKEN[fault][0])
    page.route(
        "**/merges.txt", lambda route: route.fulfill(status=status, body=body, content_type="text/plain")
    )
    page.goto(f"{lab_site}labs/tokenizer/")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This lab could not load: ")
    expect(alert).to_contain_text(
        "its list of merges could not be found (404)" if fault == "missing" else BROKEN[fault][1]
    )
    assert page.locator("x-lab table").count() == 5 and page.locator("x-lab textarea").count() == 0
    assert (
        page.locator("x-lab table", has_text="54 68 65").count() == 0
        and page.locator("x-lab td", has_text="20 74 68 65").count() == 2
    )


def test_without_javascript_the_default_text_is_cut_in_a_table(
    new_tab: NewTab, lab_site: str, tokenizer: Tokenizer
) -> None:
    page = new_tab(360, java_script_enabled=False)
    page.goto(f"{lab_site}labs/tokenizer/")
    cuts = page.locator("x-lab table", has=page.locator("th:text-is('token')"))
    rows = cuts.locator("tbody tr").all_inner_texts()
    found = [row.split() for row in rows]
    assert [int(row[1]) for row in found] == tokenizer.encode(DEFAULT)
    assert [bytes.fromhex("".join(row[2:])) for row in found] == [
        tokenizer.content[token] for token in tokenizer.encode(DEFAULT)
    ]
    table = page.locator("x-lab table", has=page.locator("th", has_text="Gemma 3"))
    assert table.locator("tbody tr").nth(3).inner_text().split() == [
        "Hindi",
        "135",
        "16",
        "28",
        "51",
        "33",
        "15",
    ]
    assert page.locator("x-lab ol li").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_paper_stand_the_tokens_and_no_controls(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, lab_site)
    page.emulate_media(media="print")
    assert page.locator(".fg-cuts__token").first.is_visible()
    assert (
        not page.get_by_role("button", name="Copy link").is_visible()
        and not page.get_by_role("button", name="Earlier").is_visible()
    )


def test_every_string_is_read_back(ask: Ask) -> None:
    strings = list(random_strings(500, seed=5))
    assert ask("given.map((one) => made.decode(made.ids(text(one))))", [units(one) for one in strings]) == [
        well_formed(one) for one in strings
    ]
