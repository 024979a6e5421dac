"""The elements that all labs share, on a small lab of their own: what they keep, read, refuse, draw, and how
they are worked.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.access import faults
from tests.browser.labpage import LAB, add_calculator, make_site
from tests.browser.tabs import NewTab, requests_of, script_errors, shows, until
from tests.guide import guide_book
from tests.serving import serve

Ask = Callable[..., Any]
ANSWER, DRAWING = ".fg-labs__results .fg-labs__answer", ".fg-labs__drawing"
OPTIONS = ".fg-labs__list [role=option]"
HOSTILE = [
    "#v2&price=%zz&tasks",
    "#v2&price=<img src=x>&model=__proto__",
    "#v2&" + "price=1&" * 3000,
    "#v2&constructor=1&toString=2&__proto__=3",
    "#v2&price=1e999&tasks=-5&seats=1.5&share=NaN",
    "#v2&price=0x10&hour=1_0&model=record-999&billing=always",
    "#v2&b.=1&b.price=--&b.constructor=1",
    "#v9999&price=",
    "#v2&price=%00&tasks=%F0%9F%98%80",
]


@pytest.fixture(scope="module")
def lab_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("elements")
    make_site(folder)
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="module")
def ask(browser: Browser, lab_site: str) -> Iterator[Ask]:
    """The value of a JavaScript expression that may use the modules, `lab`, and `given`."""
    page = browser.new_page()
    page.goto(f"{lab_site}labs/demo/lab.json")
    names = ("elements", "state", "address", "numbers", "typed", "curve", "charts", "compare", "cell")
    imports = " ".join(
        f"const {name} = await import('{lab_site}assets/js/lab/{name}.mjs');" for name in names
    )
    prelude = (
        f"{imports} const lab = state.read({json.dumps((LAB / 'lab.json').read_text(encoding='utf-8'))});"
        " const input = Object.fromEntries(state.inputsOf(lab).map((one) => [one.id, one]));"
    )
    yield lambda expression, given=None: page.evaluate(
        f"async (given) => {{ {prelude} return {expression}; }}", given
    )
    page.close()


def lab() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((LAB / "lab.json").read_text(encoding="utf-8"))
    return found


def open_lab(new_tab: NewTab, address: str, width: int = 1280, height: int = 900, **options: Any) -> Page:
    page = new_tab(width, height, **options)
    page.set_default_timeout(20_000)
    page.goto(address)
    page.locator(DRAWING).first.wait_for()
    return page


@pytest.fixture
def demo(new_tab: NewTab, lab_site: str) -> Page:
    """The lab on its page."""
    return open_lab(new_tab, f"{lab_site}labs/demo/")


def answer(page: Page) -> str:
    return page.locator(ANSWER).inner_text()


def price(page: Page, label: str = "Price per seat") -> Any:
    return page.get_by_label(label, exact=True).and_(page.locator("input"))


def fields(page: Page, values: dict[str, str]) -> None:
    """Wait until the fields of these labels have these values."""
    for label, value in values.items():
        expect(price(page, label)).to_have_value(value)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


# ---- what an address holds


def test_every_state_survives_its_address(ask: Ask) -> None:
    draw = random.Random(16)
    inputs = [item for group in lab()["groups"] for item in group["inputs"]]

    def one() -> dict[str, Any]:
        def number(item: dict[str, Any]) -> float:
            value = draw.choice(
                [
                    item["low"],
                    item["high"],
                    draw.uniform(item["low"], item["high"]),
                    item["low"] + (item["high"] - item["low"]) * 10 ** draw.uniform(-9, 0),
                ]
            )
            return round(value) if item["whole"] else value

        return {
            item["id"]: (
                number(item)
                if item["kind"] == "number"
                else draw.choice(item.get("options") or item["rows"])["id"]
            )
            for item in inputs
        }

    states = [
        {"a": one(), "b": draw.choice([None, one()]), "second": draw.random() < 0.5} for _ in range(500)
    ]
    wrong = ask(
        """given.map((one) => {
      const tidied = (values) => values && Object.fromEntries(Object.entries(values).map(([id, value]) => [id,
        typeof value === 'number' ? state.tidy(value) : value]));
      const kept = { a: tidied(one.a), b: tidied(one.b), second: Boolean(one.b) && one.second };
      const back = address.decode(lab, address.encode(lab, kept));
      return JSON.stringify([back.a, back.b, back.second, back.said]) === JSON.stringify([kept.a, kept.b,
        kept.second, '']) ? null : [kept, back];
    }).filter(Boolean)""",
        states,
    )
    assert wrong == []


def test_hostile_addresses_leave_the_defaults_and_break_nothing(ask: Ask) -> None:
    assert (
        ask(
            """given.flatMap((one) => Object.entries(address.decode(lab, one)?.a ?? {})
      .filter(([id, value]) => !(id in input) || !address.fits(input[id], value)))""",
            HOSTILE,
        )
        == []
    )


LONG = "#v2&price=33&" + "&".join(f"x{at}=1" for at in range(2000))
UNKNOWN = "Some parts of this link are ignored, because this lab has no such inputs:"
COMPLAINTS = {
    HOSTILE[
        4
    ]: "This link gives “Price per seat”, “Tasks per seat”, “Seats”, “Input cached” a value that this"
    " lab can’t use, so the default is used instead.",
    LONG: "This link is longer than 8,000 characters, so it could not be read. You see the default values.",
    "#v12345&price=33": "This link names version 12345 of this lab, but the newest is version 2. Check that"
    " each number means what you expect.",
    "#v2&prize=33&b.=1&b.prise=2": f"{UNKNOWN} “prize”, “prise”.",
    "#v1&requests=77": "This link is from an earlier version.",
    "#v2&requests=77": f"{UNKNOWN} “requests”.",
    "#v2&" + "&".join(f"{'x' * 30}{at}=1" for at in range(7)): (
        UNKNOWN + ",".join([" “" + "x" * 24 + "…”"] * 5) + " and 2 more."
    ),
}


def test_what_a_link_has_that_the_lab_cannot_use_is_said(ask: Ask, new_tab: NewTab, lab_site: str) -> None:
    for fragment, said in COMPLAINTS.items():
        assert ask("address.decode(lab, given).said", fragment) == said
    assert ask("address.decode(lab, given).a.price", LONG) == 20
    assert ask("address.decode(lab, given).a.price", "#v12345&price=33") == 33
    page = open_lab(new_tab, f"{lab_site}labs/demo/{LONG}")
    shows(page, {".fg-labs__came": COMPLAINTS[LONG]})
    fields(page, {"Price per seat": "20"})


@pytest.mark.parametrize(
    ("fragment", "values"),
    [
        ("", None),
        ("#how", None),
        ("#test&kind=agent", None),
        ("#v2&price=1&price=2", {"price": 1}),
        ("#v1&requests=77&price=5", {"tasks": 77, "price": 5, "hour": 9}),
        ("#v2&requests=77", {"tasks": 1000, "hour": 2.69}),
        ("#v2&model=record-3&output=9", {"input": 0.49, "output": 9}),
    ],
    ids=(
        *("no state", "a place of the page", "another lab's", "a number twice", "an older link"),
        *("a name of old that is none of now", "a record fills its numbers, and those of the link win"),
    ),
)
def test_an_address_opens_with_what_it_says(ask: Ask, fragment: str, values: dict[str, float] | None) -> None:
    found = ask("address.decode(lab, given)?.a ?? null", fragment)
    assert values == (found and {name: found[name] for name in values or ()})


# ---- what a reader types

TYPED = {
    "1,000": 1000,
    "1 000": 1000,
    "1\u202f000": 1000,
    "$20": 20,
    "1.5k": 1500,
    "3e3": 3000,
    "10 000": 10000,
    ".5": 0.5,
    "5.": 5,
    " 7 ": 7,
    "1,234.5": 1234.5,
    "1.2 thousand": 1200,
    "3.8×10²": 380,
    "0.01M": 10000,
    "30 usd": 30,
    "USD 30": 30,
    "30$": 30,
    "$30/month": 30,
    "$30 a month": 30,
    "1.5k dollars per month": 1500,
    "$2k/mo": 2000,
    "0.500": 0.5,
    "1.5000": 1.5,
    "1.500k": 1500,
}
REFUSED = {
    "": "Enter a number from 0 to $100,000 a month.",
    "abc": "“abc” is not a valid number",
    "1,5": "is ambiguous",
    "1.000,5": "is ambiguous",
    "12,34": "is ambiguous",
    "0,500": "is ambiguous",
    "-5": "Enter a number from 0 to $100,000 a month.",
    "−5": "Enter a number from 0",
    "1e999": "Enter a number from 0",
    "2M": "Enter a number from 0",
    "20%": "is not a valid number",
    "∞": "is not a valid number",
    "NaN": "is not a valid number",
    "<b>1</b>": "is not a valid number",
    "1" * 400: "Enter a number from 0",
    "a" * 99: "…” is not a valid number",
    "5 5": "is ambiguous",
    "--5": "is not a valid number",
    "1.000": "“1.000” can be read two ways. Enter 1,000 or 1.",
    "20.500": "“20.500” can be read two ways. Enter 20,500 or 20.5.",
    "1.000.000": "is ambiguous",
    "$30 a year": "is not a valid number",
    "30 eur": "is not a valid number",
    "30 tokens": "is not a valid number",
    "30 </b>": "is not a valid number",
}
UNITS = {
    ("5B tokens", "tokens a month"): 5e9,
    ("5 billion tokens/month", "tokens a month"): 5e9,
    ("2.69 $/GPU-hour", "$ per GPU-hour"): 2.69,
    ("2.69 per gpu hr", "$ per GPU-hour"): 2.69,
    ("16gb", "GB"): 16,
    ("1.5x", "×"): 1.5,
    ("40 percent", "% of input"): 40,
    ("400 g of CO₂/kWh", "g of CO₂ per kWh"): 400,
    ("5 M tokens", "seats"): None,
}


def test_a_field_reads_numbers_as_people_write_them(ask: Ask) -> None:
    assert ask("given.map((text) => typed.parse(text, input.price).value)", list(TYPED)) == list(
        TYPED.values()
    )
    assert ask("[typed.parse('20%', input.share).value, typed.parse('0.5', input.share).value]", None) == [
        20,
        0.5,
    ]


def test_what_a_field_does_not_take_is_said_with_what_it_takes(ask: Ask) -> None:
    for text, message in REFUSED.items():
        assert message in ask("typed.parse(given, input.price).wrong", text), text
    assert ask("typed.parse('1.5', input.seats).wrong", None) == "Enter a whole number from 1 to 1,000,000."


def test_the_unit_of_a_field_may_be_typed(ask: Ask) -> None:
    read = "given.map(([text, unit]) => typed.parse(text, { low: 0, high: 1e12, unit }).value ?? null)"
    assert dict(zip(UNITS, ask(read, list(UNITS)), strict=True)) == UNITS


def test_three_decimals_are_asked_about_only_where_a_field_takes_thousands(ask: Ask) -> None:
    assert ask("typed.parse('2.125', { low: 0, high: 1000, unit: '$' }).value", None) == 2.125
    assert "two ways" in ask("typed.parse('2.125', { low: 0, high: 3000, unit: '$' }).wrong", None)


def test_a_share_typed_into_a_field_of_percent_is_asked_about(demo: Page) -> None:
    hint, share = demo.locator("[data-input=share] .fg-labs__hint"), price(demo, "Input cached")
    share.fill("0.4")
    expect(hint).to_have_text("You entered 0.4%. Did you mean 40%?")
    expect(share).not_to_have_attribute("aria-invalid", "true")
    hint.get_by_role("button", name="40%").click()
    fields(demo, {"Input cached": "40"})
    expect(share).to_be_focused()
    expect(hint).to_be_empty()
    for typed in ("0.4%", "4"):
        share.fill(typed)
        press(demo, "Enter")
        demo.wait_for_timeout(700)
        expect(hint).to_be_empty()


@pytest.mark.parametrize("entered", ["tap", "click", "key"])
def test_who_enters_a_field_replaces_its_number_and_a_second_click_places_the_caret(
    new_tab: NewTab, lab_site: str, entered: str
) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/", 390, has_touch=True)
    if entered == "key":
        price(page).focus()
    else:
        getattr(price(page), entered)()
    page.keyboard.type("70")
    expect(price(page)).to_have_value("70")
    price(page).click()
    page.keyboard.press("End")
    page.keyboard.type("5")
    expect(price(page)).to_have_value("705")
    price(page).click()
    assert price(page).evaluate("box => box.selectionStart === box.selectionEnd")


def test_a_number_with_three_decimals_stays_when_it_is_left_as_it_was(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/#v2&price=2.125")
    price(page).fill("2.125")
    press(page, "Tab")
    expect(price(page)).not_to_have_attribute("aria-invalid", "true")
    price(page).fill("2.126")
    expect(price(page)).to_have_attribute("aria-invalid", "true")


def test_what_a_field_shows_it_reads_back_exactly(ask: Ask) -> None:
    draw = random.Random(5)
    numbers = [
        0,
        1e-7,
        0.1 + 0.2,
        70e9,
        405e9,
        15e12,
        30840123456,
        3.8e25,
        123456789012,
        *(10 ** draw.uniform(-9, 26) for _ in range(500)),
    ]
    assert (
        ask(
            "given.map(state.tidy).filter((one) => typed.parse(numbers.show(one), { low: -1e30, high: 1e30,"
            " label: '' }).value !== one)",
            numbers,
        )
        == []
    )
    assert ask(
        "[numbers.show(70e9), numbers.show(1.5e12), numbers.show(-5), numbers.spoken(-5, '$ a month'),"
        " numbers.spoken(60, '% of input'), numbers.spoken(8, 'tokens')]",
        None,
    ) == ["70B", "1.5T", "−5", "−$5 a month", "60% of input", "8 tokens"]


def test_a_slider_stops_where_its_field_can_follow(ask: Ask) -> None:
    sliders = ask(
        """state.inputsOf(lab).filter(({ kind }) => kind === 'number').map((one) => {
      const stops = numbers.stopsOf(one);
      return { id: one.id, ends: [one.from, one.to], stops,
        places: stops.map((stop) => numbers.place(stops, stop)),
        read: stops.map((stop) => typed.parse(numbers.show(stop), one).value) };
    })"""
    )
    for one in sliders:
        stops = one["stops"]
        assert stops == one["read"] == sorted(set(stops)), one["id"]
        assert [stops[0], stops[-1]] == one["ends"], one["id"]
        assert one["places"] == list(range(len(stops)))


# ---- charts


@pytest.mark.parametrize("width", [320, 500, 860])
def test_every_chart_of_the_guides_labs_is_drawn(new_tab: NewTab, tmp_path: Path, width: int) -> None:
    make_site(tmp_path)
    slugs = [slug for slug in guide_book().labs if slug != "one-request"]  # which draws no charts
    for slug in slugs:
        add_calculator(tmp_path, slug)
    with serve(tmp_path) as address:
        found = open_lab(new_tab, f"{address}labs/demo/", 1440).evaluate(
            """async ([slugs, width]) => {
      const charts = await import('/assets/js/lab/charts.mjs');
      const state = await import('/assets/js/lab/state.mjs');
      const box = document.querySelector('.fg-labs__charts');
      const drawn = [];
      for (const slug of slugs) {
        const lab = state.read(await (await fetch(`/labs/${slug}/lab.json`)).text());
        const model = await import(`/labs/${slug}/model.mjs`);
        for (const values of [state.defaults(lab), ...lab.presets.map((one) => state.preset(lab, one))]) {
          const given = model.charts(model.work(values, lab), values, lab);
          await charts.ready(given);
          for (const { title, scene } of given) {
            box.replaceChildren(...charts.chart(scene, width, title));
            const pictures = [...box.querySelectorAll('svg[role=img]')];
            const texts = [...box.querySelectorAll('svg[role=img] text')];
            const attributes = [...box.querySelectorAll('svg, svg *')].flatMap((node) =>
              [...node.attributes].map(({ value }) => value));
            drawn.push({ slug, title, scene, words: box.textContent,
              names: pictures.map((one) => one.getAttribute('aria-label')),
              wrong: attributes.filter((value) => /NaN|undefined|Infinity|null/.test(value)),
              small: texts.filter((one) => Number(one.getAttribute('font-size')) < 12).length,
              literal: attributes.filter((value) => /^#[0-9a-f]{3}|rgb/i.test(value)),
              outside: texts.filter((one) => { const a = one.getBoundingClientRect(),
                b = one.ownerSVGElement.getBoundingClientRect();
                return a.left < b.left - 6 || a.right > b.right + 6; }).map((one) => one.textContent) });
          }
        }
      }
      return drawn;
    }""",
            [slugs, width],
        )
    assert {chart["slug"] for chart in found} == set(slugs)
    for chart in found:
        place = chart["slug"], chart["title"]
        assert chart["names"] and set(chart["names"]) == {chart["title"]}, place
        assert chart["wrong"] == [] and chart["small"] == 0 and chart["literal"] == [], place
        for name in names_in(chart["scene"]):
            assert name in chart["words"], (place, name)
        if width > 400:
            assert chart["outside"] == [], place


def names_in(found: dict[str, Any]) -> list[str]:
    """What a drawing must say: parts with their cells, rows, axes."""
    if found["kind"] == "stacked":
        return [text for part in found["parts"] for text in (part["name"], *part.get("cells", ()))]
    if found["kind"] == "bars":
        return (
            [row["name"] for group in found["groups"] for row in group["rows"]]
            + [group["name"] for group in found["groups"]]
            + [one["name"] for one in found.get("swatches", ())]
        )
    return [panel[axis]["name"] for panel in found["panels"] for axis in ("x", "y")] + [
        panel["title"] for panel in found["panels"]
    ]


def test_parts_are_as_long_as_their_values_and_bars_end_at_theirs(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/")
    found = page.evaluate("""async () => {
      const { chart, ready } = await import('/assets/js/lab/charts.mjs');
      const parts = [['a', 1], ['b', 2], ['c', 5]].map(([name]) => ({ name, layer: 'model', look: 'solid' }));
      const x = { low: -50, high: 50, type: 'linear', name: '', ticks: [] };
      const bars = { kind: 'bars', x, base: 0, looks: [[['solid', 'hatched']]], groups: [{ name: '',
        layer: null, rows: [{ name: 'r', label: '', marks: [{ value: -50 }, { value: 25 }] }] }] };
      const xy = { kind: 'xy', panels: [{ title: '', x: { ...x, low: 1, high: 100, type: 'log' }, y: { ...x,
        low: 0, high: 10 }, series: [{ id: 's', name: '', join: true, curve: [], marks: [1, 10, 100].map((at,
        y) => ({ x: at, y: 5 * y, label: '' })) }] }] };
      const scenes = [{ kind: 'stacked', direction: 'across', parts, stacks: [{ name: '', total: 8,
        values: [1, 2, 5] }] }, bars, xy].map((scene) => ({ scene }));
      await ready(scenes);
      const numbers = (nodes, name, of = 'width') => [...nodes].map((node) => Number(node.getAttribute(of)));
      const [stack, strip, plot] = scenes.map(({ scene }) => chart(scene, 800, 'x')[0]);
      return [numbers(stack.querySelectorAll('rect')),
        numbers([...strip.querySelectorAll('rect')].filter((node) => !node.closest('pattern'))),
        numbers(plot.querySelectorAll('circle'), '', 'cx')];
    }""")
    lengths, bars, places = found
    assert [round(length / lengths[0], 2) for length in lengths] == [1, 2, 5]
    assert bars[0] == pytest.approx(2 * bars[1]) and bars[1] == bars[2], (
        "the second is hatched, so drawn twice"
    )
    assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=0.2), (
        "one decade is as wide as the other"
    )


SCENES = {
    "a row's name": (
        """{ kind: 'bars', x: { low: -20, high: 100, type: 'linear', name: '', ticks: [{ at: 0, label: '0' }] }, base: 10, looks: [[['solid']]],
      groups: [{ name: '', layer: null, rows: [{ name: 'A long name of a row', label: '', marks: [{
        value: 50 }] }] }] }"""  # noqa: E501
    ),
    "a curve's name": (
        """{ kind: 'xy', panels: [{ x: { low: 1, high: 100, type: 'log', name: '', ticks: [] }, y: { low: 0, high: 10, type: 'linear', name: '', ticks: [] },
      rules: [.4, .8, 1.2, 1.6, 2].map((at) => ({ at, across: true })), series: [{ id: 's',
        name: 'A long name of a row', join: true, marks: [], curve: [[1, 1], [100, 1]] }] }] }"""  # noqa: E501
    ),
}


@pytest.mark.parametrize("what", SCENES)
def test_no_line_runs_through_a_name(new_tab: NewTab, lab_site: str, what: str) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/")
    crossed = page.evaluate(f"""async () => {{
      const {{ chart, ready }} = await import('/assets/js/lab/charts.mjs');
      const scene = {SCENES[what]};
      await ready([{{ scene }}]);
      document.body.append(...chart(scene, 320, 'x'));
      const name = [...document.querySelectorAll('svg text')].find((text) =>
        text.textContent === 'A long name of a row');
      if (!name) return [];
      const box = name.getBoundingClientRect(), after = (node) =>
        node.compareDocumentPosition(name) & Node.DOCUMENT_POSITION_FOLLOWING;
      const grounds = [...name.parentNode.querySelectorAll('rect')].filter((rect) =>
        rect.getAttribute('fill') === 'var(--fg-paper)' && after(rect)).map((rect) => [rect,
        rect.getBoundingClientRect()]);
      const behind = (line) => grounds.some(([rect, ground]) =>
        line.compareDocumentPosition(rect) & Node.DOCUMENT_POSITION_FOLLOWING && ground.left <= box.left &&
        ground.right >= box.right && ground.top <= box.top + 2 && ground.bottom >= box.bottom - 2);
      return [...name.parentNode.querySelectorAll('path')].filter((path) => {{
        const line = path.getBoundingClientRect();
        return line.left < box.right && line.right > box.left && line.top < box.bottom - 4 &&
          line.bottom > box.top + 4 && !behind(path);
      }}).map((path) => path.getAttribute('d'));
    }}""")
    assert crossed == []


# ---- the page


def test_the_answer_follows_a_slider(demo: Page) -> None:
    shows(demo, {ANSWER: "Each of 200 seats leaves $11.99 a month, a margin of 60%."})
    assert demo.evaluate("location.hash") == ""
    slider = demo.get_by_role("slider", name="Price per seat")
    expect(slider).to_have_attribute("aria-valuetext", "$20 a month")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "$21 a month")
    fields(demo, {"Price per seat": "21"})
    shows(demo, {ANSWER: re.compile("62%")})


def test_what_a_field_does_not_take_waits_at_it_and_what_it_takes_stands_in_the_address(demo: Page) -> None:
    message, stale = (
        demo.locator("[data-input=price] .fg-labs__message"),
        demo.locator(".fg-labs[data-stale]"),
    )
    price(demo).fill("1,5")
    expect(price(demo)).to_have_attribute("aria-invalid", "true")
    expect(message).to_contain_text("is ambiguous")
    expect(price(demo)).to_have_accessible_description(re.compile("is ambiguous"))
    expect(stale).to_have_count(1)
    shows(demo, {ANSWER: re.compile("60%")})
    demo.get_by_role("button", name="Price per seat").click()
    expect(price(demo)).to_be_focused()
    price(demo).fill("1,500")
    expect(message).to_be_empty()
    expect(stale).to_have_count(0)
    shows(demo, {ANSWER: re.compile(r"\$1,492")})
    until(demo, "location.hash.includes('price=1500&')")
    press(demo, "ArrowDown")
    fields(demo, {"Price per seat": "1,000"})
    for fragment in ("#v2&price=30&seats=1", "#how"):
        demo.evaluate("(fragment) => { location.hash = fragment; }", fragment)
        fields(demo, {"Price per seat": "30"})
        shows(demo, {ANSWER: re.compile(r"^Each of one seat leaves −\$")})


def test_a_field_at_rest_shows_four_digits_of_a_record_and_all_when_it_is_entered(
    new_tab: NewTab, lab_site: str
) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/#v2&price=33.333333333&output=12.3456")
    expect(price(page)).to_have_value("33.33")
    expect(price(page, "Output")).to_have_value("12.3456")  # nobody's own number is cut
    price(page).focus()
    expect(price(page)).to_have_value("33.333333333")
    page.keyboard.press("Tab")
    expect(price(page)).to_have_value("33.33")
    until(page, "location.hash.includes('price=33.333333333&')")
    assert "back to $20" in page.locator("[data-input=price] .fg-labs__source").inner_text()


def test_later_groups_are_folded_until_something_in_them_is_set_or_wrong(
    new_tab: NewTab, lab_site: str, demo: Page
) -> None:
    head, rent = demo.locator(".fg-labs__group > summary"), price(demo, "Rent")
    shows(demo, {".fg-labs__group > summary": ["Everything else"]})
    price(demo).fill("21")
    expect(rent).to_be_hidden()
    demo.evaluate("location.hash = '#v2&hour=3'")
    expect(rent).to_be_visible()
    rent.fill("x")
    expect(rent).to_have_attribute("aria-invalid", "true")
    head.click()
    expect(rent).to_be_hidden()
    demo.locator(".fg-labs__waits").get_by_role("button", name="Rent").click()
    expect(rent).to_be_focused()
    other = open_lab(new_tab, f"{lab_site}labs/demo/#v2&hour=2.69")
    expect(other.locator(".fg-labs__group[open]")).to_have_count(0)


def test_nothing_that_is_typed_gives_no_number(demo: Page) -> None:
    shown = """(() => {
      const words = [...document.querySelectorAll('.fg-labs *:not(.fg-labs__message)')].flatMap((node) =>
        [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data));
      const drawn = [...document.querySelectorAll('.fg-labs svg *')].flatMap((node) =>
        [...node.attributes].map(({ value }) => value));
      return [...words, ...drawn].filter((text) => /NaN|Infinity|undefined|null/.test(text));
    })()"""
    for text in ("", "abc", "-1", "1e400", "∞", "0", "100000", "1e-300", "NaN", "9" * 300, "1,00", "👀"):
        price(demo).fill(text)
        press(demo, "Tab")
        demo.wait_for_timeout(40)
        assert demo.evaluate(shown) == [], text


def test_what_no_single_field_can_say_stands_at_one_and_the_answer_waits(demo: Page) -> None:
    message, stale = "[data-input=share] .fg-labs__message", demo.locator(".fg-labs[data-stale]")
    for label, value, words in (
        ("Input repeated", "70", "Shares add up to 130%, at most 100% is possible."),
        ("Input cached", "20", ""),
    ):
        price(demo, label).fill(value)
        shows(demo, {message: words})
        expect(stale).to_have_count(int(bool(words)))


@pytest.mark.parametrize("fragment", HOSTILE)
def test_hostile_addresses_open_the_page_as_it_is(new_tab: NewTab, lab_site: str, fragment: str) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/{fragment}")
    shows(page, {ANSWER: re.compile("^Each of ")})
    expect(page.locator(".fg-labs img")).to_have_count(0)
    if fragment == HOSTILE[4]:
        refused = "“Price per seat”, “Tasks per seat”, “Seats”, “Input cached”"
        expect(page.locator(".fg-labs__came")).to_contain_text(refused)


def test_a_number_says_where_it_is_from_until_it_is_the_readers_own(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/", day=date(2026, 11, 28))
    page.get_by_text("Everything else", exact=True).first.click()
    rent, input_source = (f"[data-input={name}] .fg-labs__source" for name in ("hour", "input"))
    source = {
        rent: re.compile(r"^Runpod, pricing page, as of May\s2026"),
        f"{rent} .fg-age--past": "181 days old, may have changed",
    }
    shows(page, source)
    shows(page, {input_source: re.compile(r"^xAI, pricing page, as of 27\sOct\s2026")})
    shows(page, {f"{input_source} .fg-age": "32 days old"})
    expect(page.locator(f"{input_source} .fg-age--past")).to_have_count(0)
    expect(page.locator(rent).get_by_role("link")).to_have_attribute("href", re.compile("/go/runpod.hour/$"))
    price(page, "Rent").fill("4")
    shows(page, {rent: "your number, back to $2.69"})
    page.get_by_role("button", name="back to $2.69").click()
    shows(page, source)
    expect(price(page, "Rent")).to_be_focused()


def test_what_is_typed_before_the_list_has_come_stays_when_the_answer_changes(demo: Page) -> None:
    held: list[Route] = []
    demo.route("**/list.mjs", lambda route: held.append(route))
    box, before = demo.get_by_role("combobox", name="Model", exact=True), answer(demo)
    box.fill("c2 mini")
    demo.locator("[data-input=price] input[type=range]").evaluate(
        "slider => { slider.value = 3; slider.dispatchEvent(new Event('input')); }"
    )
    expect(demo.locator(ANSWER)).not_to_have_text(before)
    expect(box).to_have_value("c2 mini")
    held[0].continue_()
    shows(demo, {f"{OPTIONS} >> nth=0": re.compile("Model C2 Mini")})
    box.press("Enter")
    expect(box).to_have_value("Model C2 Mini")


def test_what_is_done_before_its_module_has_come_is_taken_up_in_its_order(ask: Ask) -> None:
    took = ask(
        """await (async () => {
      const [control, took, later] = [document.createElement('input'), [], (ms) => new Promise((go) =>
        setTimeout(go, ms))];
      const keep = (name) => (event) => took.push(`${name} ${event.key ?? ''}`.trim());
      let asked = 0;
      elements.leave(control, {}, ['focus', 'input', 'keydown'], async () => {
        asked += 1;
        if (asked === 1) throw new Error('no network');
        await later(30 * asked);
        return { handlersOf: () => ({ input: keep('input'), keydown: keep('keydown') }) };
      });
      addEventListener('unhandledrejection', (event) => event.preventDefault());
      const act = (kind, key) => control.dispatchEvent(key ? new KeyboardEvent(kind, { key })
        : new Event(kind));
      act('focus');
      await later(1);
      for (const [kind, key] of given) act(kind, key);
      await later(75);
      act('keydown', 'Enter');
      await later(150);
      return [asked, took];
    })()""",
        [["input", ""], ["keydown", "a"], ["input", ""]],
    )
    assert took == [
        2,
        ["input", "keydown a", "input", "keydown Enter"],
    ], "what could not be fetched is asked for once more, and once for all that waits"


def test_the_picker_searches_and_is_worked_by_keys(demo: Page) -> None:
    box, options = demo.get_by_role("combobox", name="Model", exact=True), demo.locator(OPTIONS)
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options).to_have_count(45)
    shows(demo, {"[role=option][aria-selected=true]": re.compile("^Model H7 Large")})
    demo.keyboard.type("eclair")
    shows(demo, {OPTIONS: [re.compile(r"DeepSeek, pricing page, 27\sOct\s2026")]})
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    press(demo, "Enter")
    expect(box).to_have_attribute("aria-expanded", "false")
    fields(demo, {"Model": "Éclair 4", "Input": "0.62"})
    until(demo, "location.hash.includes('model=record-4&input=0.62&')")
    press(demo, "Control+a")
    demo.keyboard.type("anthropic small")
    expect(options).to_have_count(5)
    press(demo, *["ArrowDown"] * 6)
    assert box.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
    press(demo, "Escape")
    fields(demo, {"Model": "Éclair 4"})
    demo.keyboard.type("nobody has this")
    shows(demo, {"[data-input=model] .fg-labs__list": "No matches."})
    press(demo, "Enter", "Tab")
    fields(demo, {"Model": "Éclair 4"})
    box.click()
    options.nth(3).click()
    fields(demo, {"Model": "Model D3 Small"})


def test_a_picker_says_what_it_sets_and_what_was_changed_since(demo: Page) -> None:
    said, box = "[data-input=model] .fg-labs__source", demo.get_by_role("combobox", name="Model", exact=True)
    shows(demo, {said: re.compile(r"27\sOct\s2026 Sets “Input” and “Output”.$")})
    price(demo, "Output").fill("9")
    shows(demo, {said: re.compile("You changed “Output”: back to Model H7 Large$")})
    expect(box).to_have_accessible_description(re.compile("You changed “Output”"))
    demo.get_by_role("button", name="back to Model H7 Large").click()
    fields(demo, {"Output": "4.7"})
    expect(box).to_be_focused()
    shows(demo, {said: re.compile("Sets “Input” and “Output”.$")})


def test_a_value_that_belongs_to_another_choice_is_marked_until_it_is_changed(
    new_tab: NewTab, lab_site: str
) -> None:
    rent, caution = "[data-input=hour] .fg-labs__source", ".fg-labs__results .fg-labs__caution"
    page = open_lab(new_tab, f"{lab_site}labs/demo/#v2&machine=chip-two&price=33")
    left = "“Rent” ($2.69 a GPU-hour) is the value for Chip One, because we have no record for Chip Two."
    shows(
        page,
        {rent: "This is the value for Chip One. We have no record for Chip Two.", caution: left},
    )
    page.add_init_script("window.print = () => {}")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print (1 page)").click()
    paper = page.locator(".fg-labs__paper")
    for words in (left, "$2.69 a GPU-hour (for Chip One)", "$33 a month (entered)", "Input repeated"):
        expect(paper).to_contain_text(words)
    price(page, "Input cached").fill("0")
    page.get_by_role("button", name="Print (1 page)").click()
    expect(paper).to_contain_text("Input cached")
    expect(paper).not_to_contain_text("Input repeated")  # it has no effect
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    by_name = {row["Name"]: row for row in rows}
    assert by_name["Rent"]["Calculation or source"] == "value for Chip One; no record for Chip Two"
    assert by_name["What does a seat leave?"]["As shown"].endswith(left)
    price(page, "Rent").fill("3")
    shows(page, {rent: "Your number. We have no record for Chip Two.", caution: ""})
    page.goto(f"{lab_site}labs/demo/#v2&machine=chip-three&hour=5")
    shows(page, {rent: "back to $4", caution: ""})


FOLLOWING = """(() => {
  const number = (id, more) => ({ id, kind: 'number', default: 1, ...more });
  const rows = [{ id: 'x', values: { active: 3, total: 9 } }, { id: 'y', values: { active: 5 } }];
  const own = { groups: [{ inputs: [{ id: 'model', rows }, number('active'),
    number('total', { follows: 'active' })] }] };
  return given.map(([values, put]) => state.change(own, values, put).total);
})()"""


def test_a_number_that_follows_another_changes_with_it_while_they_are_equal(ask: Ask) -> None:
    equal, apart = {"active": 2, "total": 2}, {"active": 2, "total": 4}
    cases = [
        (equal, {"active": 7}, 7),
        (apart, {"active": 7}, 4),
        (equal, {"total": 8}, 8),
        (equal, {"active": 7, "total": 8}, 8),
        (equal, {"model": "x"}, 9),
        (equal, {"model": "y"}, 5),
    ]
    assert ask(FOLLOWING, [case[:2] for case in cases]) == [case[2] for case in cases]


def test_a_try_sets_what_it_says_from_the_example_and_can_be_taken_back(demo: Page) -> None:
    first, second = demo.get_by_role("button", name="Try it").all()[:2]
    first.click()
    fields(demo, {"Tasks per seat": "4,000"})
    near = demo.locator(".fg-labs__near")
    expect(near).to_contain_text("Applied: ")
    expect(near).to_be_in_viewport()
    near.get_by_role("button", name="Undo").click()
    fields(demo, {"Tasks per seat": "1,000"})
    expect(first).to_be_focused()
    first.click()
    second.click()
    fields(demo, {"Tasks per seat": "1,000"})


def test_a_preset_sets_what_it_says_and_reset_can_be_taken_back(demo: Page) -> None:
    presets, note = demo.get_by_label("Start from"), ".fg-labs__preset .fg-labs__note"
    price(demo).fill("junk")
    presets.select_option(label="A heavy seat")
    fields(demo, {"Price per seat": "20", "Tasks per seat": "10,000", "Input": "0.36"})
    shows(demo, {note: "Ten times the tasks."})
    price(demo).fill("25")
    expect(presets).to_have_value("-")
    presets.select_option(label="A disclosed one")
    disclosed = "20 USD per GPU-hour (Runpod, pricing page); here 42 USD per GPU-hour, 110% more."
    shows(demo, {note: re.compile(re.escape(f"Disclosed: {disclosed}"))})
    expect(demo.locator(".fg-labs__preset").get_by_role("button", name="Undo")).to_be_visible()
    demo.get_by_role("button", name="Reset").press("Enter")  # notes above it may still move it
    fields(demo, {"Price per seat": "20"})
    until(demo, "location.hash === ''")
    expect(demo.locator(".fg-labs__near")).to_have_count(0)
    demo.locator(".fg-labs__actions").get_by_role("button", name="Undo").click()
    fields(demo, {"Price per seat": "50"})


def test_an_input_without_effect_is_dimmed_says_why_and_can_be_worked_all_the_same(demo: Page) -> None:
    field, label = price(demo, "Input repeated"), demo.locator("[data-input=spare] label")
    color, note = "node => getComputedStyle(node).color", "[data-input=spare] .fg-labs__note"
    before = label.evaluate(color)
    shows(demo, {note: ""})
    demo.get_by_role("button", name="Try it").nth(1).click()
    expect(field).to_have_accessible_description(re.compile("Not used while “Input cached” is 0%."))
    expect(demo.get_by_text("Not used while", exact=False)).to_have_count(1)
    assert label.evaluate(color) != before
    field.fill("20")
    expect(field).to_have_value("20")
    price(demo, "Input cached").fill("5")
    shows(demo, {note: ""})


def test_two_scenarios_stand_side_by_side_and_both_are_in_the_address(new_tab: NewTab, demo: Page) -> None:
    demo.get_by_role("button", name="Save as scenario A").click()
    expect(demo.get_by_role("radio", name="B", exact=True)).to_be_focused()
    price(demo).fill("40")
    shows(
        demo,
        {
            ".fg-labs__readings li >> nth=0": re.compile("A60%.*B80%"),
            ".fg-labs__readings li >> nth=0 >> .fg-labs__difference": "B: 20 points more",
            ".fg-labs__compare .fg-labs__note": "B differs in Price per seat 20 → 40.",
        },
    )
    until(demo, "location.hash.includes('&b.=1&b.price=40&')")
    address = demo.url
    demo.get_by_role("radio", name="A", exact=True).check()
    fields(demo, {"Price per seat": "20"})
    shows(demo, {ANSWER: re.compile("60%")})
    again = open_lab(new_tab, address)
    expect(again.get_by_role("radio", name="B", exact=True)).to_be_checked()
    fields(again, {"Price per seat": "40"})
    again.get_by_role("button", name="Remove the other scenario").click()
    fields(again, {"Price per seat": "40"})
    expect(again.get_by_role("button", name="Save as scenario A")).to_be_focused()
    until(again, "!location.hash.includes('b.')")
    again.get_by_role("button", name="Undo").click()
    expect(again.get_by_role("radio", name="B", exact=True)).to_be_checked()


DIFFERENCES = {
    ("42%", "30%"): "12 points less",
    ("$8", "$12"): "50% more",
    ("$1 million", "$2.5 million"): "2.5 times as much",
    ("one GPU", "two GPUs"): "2 times as much",
    ("3 days", "5 hours"): "",
    ("−$5", "$5"): "",
    ("$10", "$10"): "the same",
    ("41%", "42%"): "1 point more",
    ("$100", "$100.2"): "",
    ("none", "42%"): "",
}


def test_differences_are_said_in_words(ask: Ask) -> None:
    said = ask("given.map(([one, other]) => compare.difference(one, other))", list(DIFFERENCES))
    assert dict(zip(DIFFERENCES, said, strict=True)) == DIFFERENCES


PAIRS = {
    ("$473", "less per month than the API", "$3,050", "more per month than the API"): [
        "A$473 less per month than the API B$3,050 more per month than the API"
    ],
    ("$0.0248", "rent; the host loses $0.0218", "$0.00185", "rent; the host keeps $0.00301"): [
        "A$0.0248 rent; the host loses $0.0218 B$0.00185 rent; the host keeps $0.00301B: 93% less"
    ],
    ("$44", "price for a margin of 60%", "$66", "price for a margin of 70%"): [
        "A$44 price for a margin of 60% B$66 price for a margin of 70%B: 50% more"
    ],
    ("$20", "left per seat", "$20", "left per seat"): ["A$20 B$20 left per seatB: the same"],
    ("$20", "left per seat"): ["A$20 left per seat"],
}


@pytest.mark.parametrize("second", [False, True])
def test_each_scenario_keeps_the_name_of_its_own_reading(ask: Ask, second: bool) -> None:
    said = ask(
        """given.cases.map(([text, name, other, called]) => {
      const both = { a: [{ text, name }], b: called ? [{ text: other, name: called }] : [] };
      const model = { work: (one) => one, readings: (result) => both[result] };
      const state = { a: 'a', b: 'b', second: given.second };
      return compare.pairs({ lab, model, state }, both[given.second ? 'b' : 'a'])
        .map((item) => item.textContent);
    })""",
        {"cases": [*PAIRS], "second": second},
    )
    assert dict(zip(PAIRS, said, strict=True)) == PAIRS


@pytest.mark.parametrize("name", ["gross margin", "the API’s bill"])
def test_a_quantity_without_a_value_is_said_in_a_sentence(ask: Ask, name: str) -> None:
    assert ask("curve.words([null, null], { name: given })", name) == f"Over this range {name} has no value."


def test_the_link_holds_every_number_and_a_refusal_shows_it(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".fg-labs__status")).to_contain_text("Link copied, with all your numbers.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert (
        link
        == f"{lab_site}labs/demo/#v2&price=20&billing=seat&tasks=1000&seats=200&model=record-7&input=1.01&ou"
        "tput=4.7&share=60&spare=10&machine=chip-one&hour=2.69"
    )
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("textbox", name="Text to copy")).to_have_value(link)


def test_the_file_has_inputs_lines_answer_and_address_and_no_formula(
    new_tab: NewTab, lab_site: str, ask: Ask
) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/#v2&price=33.5&hour=4")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "demo.csv"
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    by_name = {row["Name"]: row for row in rows}
    expected = {
        ("Price per seat", "Value"): "33.5",
        ("Price per seat", "As shown"): "$33.5 a month",
        ("Rent", "Calculation or source"): "own number",
        ("Input", "Calculation or source"): "xAI, pricing page",
        ("Input", "Date (YYYY-MM-DD)"): "2026-10-27",
    }
    assert {place: by_name[place[0]][place[1]] for place in expected} == expected
    assert float(by_name["Left"]["Value"]) == pytest.approx(33.5 - 3.7168 - 3.76 - 0.8, abs=0.01)
    values = [row["Value"] for row in rows if row["Part"] == "line"]
    assert max(len(re.sub(r"[.-]", "", value).strip("0")) for value in values) <= 6, "six digits are enough"
    assert by_name["What does a seat leave?"]["As shown"].startswith("Each of 200 seats")
    assert any("#v2&price=33.5" in row["Calculation or source"] for row in rows)
    cells = {text: f"'{text}" for text in ("=1+1", "+x", "-2", "@a", "\tx", " =x")}
    cells |= {"fine": "fine", 'a "b", c': '"a ""b"", c"'}
    assert ask("given.map(cell.cell)", [*cells, -3.5]) == [*cells.values(), "-3.5"]


def test_paper_and_file_have_the_digits_of_the_page(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/#v2&price=33.333333333&output=12.3456&hour=2.345678912")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print (1 page)").click()
    paper = page.locator(".fg-labs__paper")
    for words in (
        "$33.33 a month (entered)",
        "$2.346 a GPU-hour (entered)",
        "$12.3456 a million tokens (entered)",
    ):
        expect(paper).to_contain_text(words)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    by_name = {row["Name"]: row for row in rows}
    shown = [by_name["Price per seat"][name] for name in ("As shown", "Value", "Unit")]
    assert shown == ["$33.33 a month", "33.3333", "$ a month"], "six digits, with the unit"


def test_paper_of_two_scenarios_has_both_and_says_how_they_differ(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/#v2&b.=1&b.price=40")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print (1 page)").click()
    paper = page.locator(".fg-labs__paper")
    expect(paper).to_contain_text("B differs in Price per seat 20 → 40.")
    expect(paper.locator("li").first).to_contain_text(re.compile("A60%.*B80%"))


def test_escape_takes_back_what_was_typed_since_the_field_was_entered(demo: Page) -> None:
    for typed in ("45", "junk"):
        price(demo).focus()
        price(demo).fill(typed)
        press(demo, "Escape")
        fields(demo, {"Price per seat": "20"})
        expect(price(demo)).not_to_have_attribute("aria-invalid", "true")
        shows(demo, {ANSWER: re.compile("60%")})


@pytest.mark.parametrize("sheet", ["A4", "Letter"])
def test_paper_is_one_page_with_everything_that_is_needed_to_check_it(demo: Page, sheet: str) -> None:
    demo.evaluate("void (window.print = () => { document.body.dataset.printed = 'yes' })")
    price(demo).fill("34")
    once, paper = demo.get_by_role("button", name="Print (1 page)"), demo.locator(".fg-labs__paper")
    ready = "document.documentElement.classList.contains('fg-print-lab')"
    once.click()
    until(demo, f"document.body.dataset.printed === 'yes' && {ready}")
    assert demo.pdf(format=sheet).count(b"/Type /Page\n") == 1
    assert not demo.evaluate(ready)
    once.click()
    until(demo, ready)
    demo.emulate_media(media="print")
    words = paper.inner_text()
    needed = (
        *("What does a seat leave?", "Price per seat", "$34 a month", "1,000 tasks × 8,000 tokens"),
        *("Runpod, pricing page, May 2026", "#v2&price=34&", "Of $34 a seat", "\nEach of 200 seats leaves"),
    )
    assert [text for text in needed if text not in words] == []
    expect(paper.locator("svg").first).to_be_attached()
    expect(demo.locator(".fg-labs__inputs")).to_be_hidden()
    expect(demo.get_by_text("By hand.")).to_be_hidden()
    small = paper.evaluate(
        "node => [...node.querySelectorAll('*')].filter((one) => one.childNodes.length &&"
        " parseFloat(getComputedStyle(one).fontSize) < 8 * 96 / 72 - .1).map((one) => one.outerHTML.slice(0,"
        " 80))"
    )
    assert small == []
    demo.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not paper.is_visible() and demo.locator(".fg-labs__inputs").is_visible(), (
        "the numbers of the press are old once it is printed"
    )
    demo.emulate_media(media="screen")
    price(demo).fill("x")
    until(demo, "document.querySelector('.fg-labs[data-stale]') !== null")
    once.click()
    expect(paper).to_have_count(0)


def test_curves_say_how_the_answer_goes_and_fold_away_on_a_phone(
    new_tab: NewTab, lab_site: str, demo: Page
) -> None:
    curve = "[data-input=price] .fg-labs__curve"
    expect(demo.locator(f"{curve} svg svg path")).to_have_count(1)
    shows(demo, {f"{curve} .fg-sr": "Over this range gross margin rises from −701% to 99%."})
    dot = "document.querySelector('[data-input=price] circle').getAttribute('cx')"
    before = demo.locator(curve).evaluate(
        f"(node) => [node.querySelector('svg').ariaHidden, node.querySelectorAll('line').length,"
        f" Math.round(node.getBoundingClientRect().height), parseFloat({dot}) < 60]"
    )
    assert before == ["true", 1, 24, True]
    demo.get_by_role("slider", name="Price per seat").press("End")
    until(demo, f"{dot} === '100.00%'")
    small = open_lab(new_tab, f"{lab_site}labs/demo/", 390)
    expect(small.locator(".fg-labs__curve svg")).to_have_count(0)
    toggle = small.get_by_role("button", name="Show curves")
    toggle.click()
    expect(small.locator(f"{curve} > svg")).to_be_visible()
    expect(toggle).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(("width", "height"), [(390, 700), (1280, 700), (1280, 450), (1440, 900)])
def test_the_answer_stays_in_view_while_the_inputs_are_worked(
    new_tab: NewTab, lab_site: str, width: int, height: int
) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/", width, height)
    now, rent = page.locator(".fg-labs__now"), page.get_by_role("slider", name="Rent")
    first = now.locator("li").first
    assert not now.is_visible()
    page.locator(".fg-labs__group > summary").click()
    places = "Math.round(document.querySelector('[data-input=hour]').getBoundingClientRect().top + scrollY)"
    before = page.evaluate(places)
    rent.evaluate("slider => slider.scrollIntoView({block: 'center'})")
    expect(first).to_be_in_viewport(ratio=1)
    expect(first).to_have_text("60% gross margin a seat")
    expect(now.locator("p")).to_be_visible(visible=width >= 960 and height > 512)
    expect(now.locator("li").nth(1)).to_be_visible(visible=width >= 960)
    expect(now.locator("p")).to_have_text(answer(page))
    rent.press("End")
    expect(first).to_have_text("48% gross margin a seat")
    box = now.bounding_box()
    assert box is not None and box["height"] <= 0.4 * height + 1
    assert page.evaluate(places) == before, "it takes no room"
    page.evaluate("scrollTo(0, 0)")
    expect(now).to_be_hidden()


def test_nothing_repeats_an_answer_that_is_still_to_come(new_tab: NewTab, lab_site: str) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/", 1280, 260)
    expect(page.locator(".fg-labs__results li").first).not_to_be_in_viewport()
    expect(page.locator(".fg-labs__now")).to_be_hidden()
    page.get_by_role("slider", name="Seats").evaluate("slider => slider.scrollIntoView({block: 'center'})")
    expect(page.locator(".fg-labs__now")).to_be_visible()


def test_a_lab_waits_until_it_comes_near_and_in_a_chapter_it_is_short(new_tab: NewTab, lab_site: str) -> None:
    page = new_tab(1280, 800)
    asked = requests_of(page)
    page.goto(f"{lab_site}far.html#v2&price=99")
    page.wait_for_timeout(800)
    assert not any("view.mjs" in url for url in asked)
    expect(page.get_by_text("The default case.")).to_have_count(1)
    page.locator("x-lab").evaluate("lab => lab.scrollIntoView()")
    page.locator(DRAWING).first.wait_for()
    expect(page.locator("figure")).to_have_count(1)
    expect(page.locator(".fg-labs__field")).to_have_count(4)
    shows(page, {ANSWER: "Each of 200 seats leaves $11.99 a month, a margin of 60%."})
    price(page).fill("31")
    until(page, "document.querySelector('.fg-labs__way a').href.includes('#v2&price=31&')")
    page.wait_for_timeout(600)
    assert page.evaluate("location.hash") == "#v2&price=99", "a chapter's address is no state of the lab's"
    page.get_by_role("link", name="Open the full calculator with these numbers").click()
    page.locator(DRAWING).first.wait_for()
    fields(page, {"Price per seat": "31"})
    deep = open_lab(new_tab, f"{lab_site}deep.html#v2&price=12")
    expect(deep.locator(".fg-labs__results")).to_be_in_viewport()
    fields(deep, {"Price per seat": "12"})


@pytest.mark.parametrize(
    ("path", "fault"), [("lab.json", r"its numbers are not there \(404\)"), ("view.mjs", ".*view.mjs.*")]
)
def test_the_fallback_stays_when_a_file_is_gone(
    new_tab: NewTab, lab_site: str, path: str, fault: str
) -> None:
    page = new_tab()
    page.route(f"**/{path}", lambda route: route.fulfill(status=404))
    page.goto(f"{lab_site}labs/demo/")
    words = f"This lab could not load: {fault}. The default case is shown below."
    shows(page, {"[role=alert] >> nth=0": re.compile(words)})
    expect(page.get_by_text("The default case.", exact=True)).to_be_visible()


def test_the_default_case_stands_without_scripts_and_comes_back_when_the_lab_goes(
    new_tab: NewTab, lab_site: str, demo: Page
) -> None:
    expect(demo.get_by_text("The default case.")).to_be_hidden()
    left = "(lab) => { lab.remove(); return [lab.innerText, lab.querySelector('.fg-labs')]; }"
    words, frame = demo.locator("x-lab").evaluate(left)
    assert "The default case." in words and frame is None
    plain = new_tab(java_script_enabled=False)
    plain.goto(f"{lab_site}labs/demo/")
    expect(plain.get_by_text("The default case.")).to_be_visible()


def test_the_answer_is_announced_once_when_the_hand_rests(demo: Page) -> None:
    slider = demo.get_by_role("slider", name="Price per seat")
    # all at once, since a busy machine may rest between two presses
    at_once = slider.evaluate("""node => {
      const live = document.querySelector('.fg-labs__results [role=status].fg-sr');
      window.heard = [];
      new MutationObserver(() => heard.push(live.textContent)).observe(live, { childList: true,
        characterData: true, subtree: true });
      for (let press = 0; press < 8; press += 1) {
        node.stepUp();
        node.dispatchEvent(new Event('input', { bubbles: true }));
      }
      return live.textContent;
    }""")
    assert at_once == ""
    until(demo, "heard.length > 0")
    assert demo.evaluate("heard") == [answer(demo)]


def test_the_sum_comes_when_it_is_opened_and_follows_what_is_put_in(demo: Page) -> None:
    amount, fold = (
        ".fg-labs__lines tbody tr:first-child td:last-child",
        demo.locator(".fg-labs__sum > summary"),
    )
    expect(demo.locator(amount)).to_have_count(0)
    fold.click()
    shows(demo, {".fg-labs__lines thead th": ["Line", "Calculation", "Amount"], amount: "$20"})
    price(demo).fill("40")
    shows(demo, {amount: "$40"})
    price(demo).fill("x")
    press(demo, "Tab")
    expect(price(demo)).to_have_attribute("aria-invalid", "true")
    shows(demo, {amount: "$40"})
    fold.click()
    price(demo).fill("20")
    fold.click()
    shows(demo, {amount: "$20"})


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_every_state_is_without_faults_of_access(
    new_tab: NewTab, lab_site: str, width: int, scheme: str
) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/", width, color_scheme=scheme)
    assert faults(page) == []
    page.locator(".fg-labs__sum > summary").click()
    if width < 960:
        page.get_by_role("button", name="Show curves").click()
    page.get_by_role("button", name="Save as scenario A").click()
    expect(page.get_by_role("radio", name="B", exact=True)).to_be_focused()
    price(page).fill("x")
    press(page, "Tab")
    expect(price(page)).to_have_attribute("aria-invalid", "true")
    assert faults(page) == []
    page.get_by_role("combobox", name="Model", exact=True).click()
    expect(page.locator(OPTIONS).first).to_be_visible()
    assert faults(page) == []
    assert faults(open_lab(new_tab, f"{lab_site}chapter.html", width, color_scheme=scheme)) == []


@pytest.mark.parametrize("width", [320, 360, 768, 960, 1220, 1440])
def test_it_fits_and_targets_are_large_enough_for_a_finger(
    new_tab: NewTab, lab_site: str, width: int
) -> None:
    page = open_lab(new_tab, f"{lab_site}labs/demo/", width, has_touch=True, is_mobile=width < 500)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator(
        ".fg-labs :is(input:not([type=radio]), button, select, summary, .fg-segmented label)"
    ).evaluate_all(
        "nodes => nodes.filter((node) => node.checkVisibility() && node.getBoundingClientRect().height <"
        " 43.9).map((node) => node.outerHTML.slice(0, 90))"
    )
    assert small == []
    page.get_by_role("combobox", name="Model", exact=True).tap()
    page.locator(OPTIONS).nth(2).tap()
    fields(page, {"Model": "Model C2 Mini"})


def test_nothing_breaks_the_policy_of_the_site(new_tab: NewTab, lab_site: str) -> None:
    page = new_tab()
    errors, said = script_errors(page), []
    page.on("console", lambda message: said.append((message.type, message.text)))
    page.goto(f"{lab_site}labs/demo/")
    page.locator(DRAWING).first.wait_for()
    page.get_by_role("button", name="Save as scenario A").click()
    price(page).fill("22")
    page.wait_for_timeout(700)
    assert errors == []
    assert [text for kind, text in said if kind in ("error", "warning")] == []
