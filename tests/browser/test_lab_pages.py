"""Every lab on its page, in its default case: it fits, axe finds nothing, the policy forbids nothing, and
leaving it gives the page back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import faults
from tests.browser.labpage import add_calculator, add_page, make_site
from tests.browser.tabs import NewTab, until
from tests.serving import serve

CALCULATORS = dict.fromkeys(
    ("scaling-laws", "serving-cost", "training-cost", "unit-economics"), ".fg-labs__drawing"
)
LABS = {
    "tokenizer": ".fg-cuts__token",
    "next-token": ".fg-odds__bar",
    "one-request": ".fg-step__attention button",
}
"""Labs with a view of their own, and what stands there once they can be pressed."""
LONG = {
    "tokenizer": ("internationalization" * 40, "1 2 3 . , ü 如果", "W" * 300),
    "next-token": ("internationalization" * 8, "如果 ü"),
    "one-request": ("internationalization" * 18, "如果账单逾期，请提醒客户。"),
}
"""Texts of a reader that are hard to set."""
TAPPED = {
    "tokenizer": (1, ".fg-cut .fg-labs__title:has-text('Token 2 of')"),
    "next-token": (0, ".fg-labs__results .fg-odds__said"),
    "one-request": (1, ".fg-step__attention button[aria-pressed=true]"),
}
"""Which of them a finger presses, and what that brings."""
CONTROLS = (
    "x-lab :is(input[type=range], input[type=radio], input[type=checkbox], select):not(.fg-segmented *)"
)
NATIVE = f"""[...document.querySelectorAll('{CONTROLS}, x-lab .fg-segmented input')]
  .filter((one) => getComputedStyle(one).appearance !== 'none').map((one) => one.outerHTML.slice(0, 80))"""
SMALL = """nodes => nodes.map((node) => [node.textContent, node.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24).map(([words]) => words)"""


@pytest.fixture(scope="module")
def labs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The labs on the page that the labs' elements are tested on."""
    folder = tmp_path_factory.mktemp("pages")
    make_site(folder)
    for slug in CALCULATORS:
        add_calculator(folder, slug)
    for slug in LABS:
        add_page(folder, slug)
    with serve(folder) as address:
        yield address


def open_lab(page: Page, labs: str, slug: str) -> None:
    page.set_default_timeout(20_000)
    page.goto(f"{labs}labs/{slug}/")
    if slug == "one-request":
        page.locator(".fg-request").wait_for()
        page.locator("[data-step=model] summary").click()
    page.locator((LABS | CALCULATORS)[slug]).first.wait_for()


@pytest.mark.parametrize("slug", CALCULATORS)
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_each_row_of_readings_begins_at_the_edge_of_the_answer(
    new_tab: NewTab, labs: str, slug: str, width: int
) -> None:
    page = new_tab(width, 900)
    open_lab(page, labs, slug)
    edges = page.evaluate(
        """() => {
          const left = (node) => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return Math.round(range.getBoundingClientRect().left);
          };
          const rows = new Map();
          for (const one of document.querySelectorAll('.fg-labs__results .fg-labs__readings li')) {
            const top = Math.round(one.getBoundingClientRect().top);
            rows.set(top, Math.min(rows.get(top) ?? Infinity, left(one)));
          }
          return [left(document.querySelector('.fg-labs__answer')), ...rows.values()];
        }"""
    )
    assert len(edges) > 1 and max(edges) - min(edges) <= 1


@pytest.mark.parametrize("slug", [*CALCULATORS, *LABS])
def test_axe_finds_nothing_and_the_policy_forbids_nothing(new_tab: NewTab, labs: str, slug: str) -> None:
    page = new_tab(360, 740, has_touch=True, is_mobile=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    open_lab(page, labs, slug)
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        until(page, "document.getAnimations().every((one) => one.playState !== 'running')")
        assert faults(page, "x-lab") == [], scheme
    assert said == []


@pytest.mark.parametrize("slug", [*CALCULATORS, *LABS])
def test_sliders_radios_boxes_and_menus_are_ours_and_the_systems_where_it_chooses_colors(
    new_tab: NewTab, labs: str, slug: str
) -> None:
    page = new_tab(1280)
    open_lab(page, labs, slug)
    assert page.evaluate(NATIVE) == []
    page.emulate_media(forced_colors="active")
    plain = page.evaluate(NATIVE)
    assert len(plain) == page.evaluate(f"document.querySelectorAll('{CONTROLS}').length"), plain


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("slug", LABS)
def test_it_fits_and_a_finger_finds_every_control(new_tab: NewTab, labs: str, slug: str, width: int) -> None:
    page = new_tab(width, has_touch=True, is_mobile=width < 500)
    open_lab(page, labs, slug)
    index, outcome = TAPPED[slug]
    page.locator(LABS[slug]).nth(index).tap()
    expect(page.locator(outcome).first).to_be_visible()
    for text in LONG[slug]:
        page.locator("textarea, .fg-request input[type=text]").first.fill(text)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".fg-labs button:visible").evaluate_all(SMALL) == []
    if slug != "one-request":
        parts = page.locator("x-lab, .fg-labs__tries, .fg-labs__body, .fg-labs__actions")
        wide = parts.evaluate_all("nodes => nodes.map((node) => Math.round(node.offsetWidth))")
        assert len(wide) == 4 and len(set(wide)) == 1, "the overview’s two columns are not the labs’ own"


@pytest.mark.parametrize("slug", LABS)
def test_without_scripts_it_fits_and_axe_finds_nothing_and_leaving_gives_the_page_back(
    new_tab: NewTab, labs: str, slug: str
) -> None:
    page = new_tab(360)
    page.route("**/lab.mjs", lambda route: route.abort())
    page.goto(f"{labs}labs/{slug}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360 and faults(page, "x-lab") == []
    before = page.locator("x-lab").inner_html()
    page.evaluate(
        "async (at) => { const { mount } = await import(at);"
        " (await mount(document.querySelector('x-lab')))(); }",
        f"{labs}labs/{slug}/view.mjs",
    )
    assert re.sub(r' class=""', "", page.locator("x-lab").inner_html()) == before


def test_an_old_link_to_a_training_run_keeps_its_own_speed_and_a_typed_size_leaves_the_picked_model(
    new_tab: NewTab, labs: str
) -> None:
    page = new_tab(1440)
    page.goto(f"{labs}labs/training-cost/#v1&utilization=55&lost=0&hour=2")
    answer = page.locator(".fg-labs__results .fg-labs__answer")
    expect(page.locator(".fg-labs__came")).to_contain_text("This link is from an earlier version")
    expect(answer).to_contain_text("at $2 per GPU-hour")
    expect(answer).not_to_contain_text("The range comes from")
    size = page.locator("[data-input=active] input[type=text]")
    size.fill("8B")
    expect(page.locator("[data-input=parameters] input[type=text]")).to_have_value("8B")
    expect(page.locator("[data-input=model]")).to_contain_text("back to Llama 3.1 405B")


def test_on_a_phone_the_answer_is_in_the_first_screen(new_tab: NewTab, address: str) -> None:
    page = new_tab(360, 740, has_touch=True, is_mobile=True)
    below = {}
    for slug in CALCULATORS:
        page.goto(f"{address}labs/{slug}/")
        page.locator(".fg-labs__drawing").first.wait_for()
        below[slug] = page.locator(".fg-labs__results .fg-labs__answer").evaluate(
            "node => node.getBoundingClientRect().bottom"
        )
    assert {slug: bottom for slug, bottom in below.items() if bottom > 740} == {}


@pytest.mark.parametrize("slug", CALCULATORS)
def test_on_a_phone_the_answer_that_stays_in_view_lies_on_nothing_but_the_page_s_edge(
    new_tab: NewTab, labs: str, slug: str
) -> None:
    page = new_tab(360, 740, has_touch=True, is_mobile=True)
    open_lab(page, labs, slug)
    tops = page.evaluate(
        """async () => {
          const stick = document.querySelector('.fg-labs__stick'), tops = [];
          const header = parseFloat(getComputedStyle(stick).top);
          for (let at = 0; at < 2400; at += 60) {
            scrollTo(0, at);
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
            if (getComputedStyle(stick).visibility === 'visible') tops.push(stick.getBoundingClientRect().top - header);
          }
          return tops;
        }"""  # noqa: E501
    )
    assert len(tops) > 5 and max(map(abs, tops)) < 1


def test_on_a_phone_the_margin_wanted_stands_below_the_answer_and_the_strip_has_the_whole_price(
    new_tab: NewTab, labs: str
) -> None:
    page = new_tab(390, 844)
    open_lab(page, labs, "unit-economics")
    order = """[...document.querySelectorAll(`.fg-labs__results > .fg-labs__answer, [data-input=target],
      .fg-labs__results > .fg-labs__readings, .fg-labs__tries, [data-input=word]`)]
      .map((one) => one.dataset.input ?? one.className)"""
    answer, readings, tries = "fg-labs__answer", "fg-labs__readings", "fg-labs__tries"
    assert page.evaluate(order) == [answer, "target", readings, tries, "word"]
    page.get_by_role("textbox", name="Margin you want").fill("70")
    page.locator("[data-input=price]").evaluate("field => field.scrollIntoView({block: 'center'})")
    strip = page.locator(".fg-labs__now li").first
    expect(strip).to_have_text(re.compile(r"^\$38 to \$58 per seat, or \$47\.87 .* margin of 70%$"))
    expect(strip).to_be_in_viewport(ratio=1)
    assert strip.evaluate("line => line.scrollHeight <= line.clientHeight"), "nothing is cut off"
    page.set_viewport_size({"width": 1280, "height": 844})
    expect(page.locator(".fg-labs__inputs [data-input=word] + [data-input=target]")).to_be_visible()
    assert page.evaluate(order) == [answer, readings, tries, "word", "target"]


@pytest.mark.parametrize("slug", CALCULATORS)
def test_no_caption_of_a_reading_that_stays_in_view_is_cut(new_tab: NewTab, labs: str, slug: str) -> None:
    page = new_tab(1440, 900)
    open_lab(page, labs, slug)
    page.locator(".fg-labs__inputs").evaluate("node => node.scrollIntoView({block: 'end'})")
    expect(page.locator(".fg-labs__now")).to_be_visible()
    cut = page.locator(".fg-labs__now .fg-labs__name").evaluate_all(
        "parts => parts.filter((part) => part.scrollHeight > part.clientHeight + 4)"
        ".map((part) => part.textContent)"
    )
    assert cut == []


def test_beside_inputs_that_are_longer_the_end_of_the_charts_stays_in_view(
    new_tab: NewTab, labs: str
) -> None:
    page = new_tab(1440, 900)
    open_lab(page, labs, "training-cost")
    page.locator(".fg-labs__group").last.evaluate("node => node.scrollIntoView({block: 'center'})")
    expect(page.locator(".fg-labs__sum > summary")).to_be_in_viewport(ratio=1)
    expect(page.locator(".fg-labs__drawing").last).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_line_where_memory_is_full_says_so(new_tab: NewTab, labs: str, width: int) -> None:
    page = new_tab(width, 900)
    open_lab(page, labs, "serving-cost")
    expect(page.locator(".fg-labs__drawing text", has_text="memory full at")).to_have_count(1)
