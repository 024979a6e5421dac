"""The text at rest, and the evidence when a reader asks for it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tabs import FORBIDDEN, NewTab, OpenPage, plain, requests_of, script_errors, until
from tests.built import BASE

CHAPTER, FOLDED = "investing/where-value-accrues/", "business/law/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
CLEAR = "rgba(0, 0, 0, 0)"
LOOK = """() => {
  const of = (selector, pseudo) => getComputedStyle(document.querySelector(`article ${selector}`), pseudo);
  return {
    on: 'evidence' in document.documentElement.dataset,
      line: of('p > .fg-number:not(.fg-number--date)').textDecorationColor === 'rgba(0, 0, 0, 0)' ? 'none'
      : of('p > .fg-number:not(.fg-number--date)').textDecorationStyle,
    check: of('p > .fg-number:not([data-mark])', '::after').maskImage.includes('url('),
      mark: of('p .fg-sources').display !== 'none',
    chip: of('p .fg-cited').display === 'none' ? 'hidden' : of('p:not([class]) .fg-cite').backgroundColor,
      kept: localStorage.getItem('fg-evidence'),
  };
}"""
"""How numbers, marks and citations look, and what is kept."""
REST = {"on": False, "line": "none", "check": False, "mark": True, "chip": "hidden"}


def look(tab: Page) -> dict[str, object]:
    found: dict[str, object] = tab.evaluate(LOOK)
    return found


def test_the_switch_shows_the_evidence_says_so_and_is_remembered(open_page: OpenPage, address: str) -> None:
    tab = open_page(CHAPTER)
    assert look(tab) == REST | {"kept": None}
    switch = tab.get_by_role("button", name="Show sources")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.focus()
    tab.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(tab.locator("[role=status].fg-copied")).to_contain_text("Showing full sources")
    shown = look(tab)
    assert (shown["on"], shown["line"], shown["check"], shown["mark"], shown["kept"]) == (
        True,
        "solid",
        True,
        False,
        "on",
    )
    assert shown["chip"] not in ("hidden", CLEAR)
    assert tab.url == f"{address}{CHAPTER}?evidence"
    tab.goto(f"{address}training/scaling-laws/#read-next")
    expect(tab.locator("html")).to_have_attribute("data-evidence", "")
    expect(tab.locator(".fg-evidence")).to_have_attribute("aria-pressed", "true")
    tab.locator(".fg-evidence").click()
    expect(tab.locator("html")).not_to_have_attribute("data-evidence", "")
    assert (tab.evaluate("localStorage.getItem('fg-evidence')"), tab.url) == (
        None,
        f"{address}training/scaling-laws/#read-next",
    )


def test_a_link_carries_the_evidence_before_any_module_has_come_and_keeps_nothing(
    new_tab: NewTab, address: str
) -> None:
    tab = new_tab()
    tab.route("**/*.mjs", lambda route: route.abort())
    tab.goto(f"{address}{CHAPTER}?a=b&evidence#read-next")
    assert (look(tab)["on"], look(tab)["check"], look(tab)["kept"]) == (True, True, None)


@pytest.mark.parametrize(
    "asked", ["?evidence=on", "?evidence=%3Cimg%20src=x%3E", "?noevidence", "?evidence2", "#evidence"]
)
def test_hostile_and_unknown_words_change_nothing(open_page: OpenPage, asked: str) -> None:
    tab = open_page(f"{CHAPTER}{asked}")
    assert look(tab) == REST | {"kept": None}


def test_a_hostile_value_in_storage_changes_nothing_and_is_replaced(open_page: OpenPage) -> None:
    tab = open_page(CHAPTER)
    tab.evaluate("localStorage.setItem('fg-evidence', '\"><script>')")
    tab.reload()
    assert not look(tab)["on"]
    tab.locator(".fg-evidence").click()
    until(tab, "localStorage.getItem('fg-evidence') === 'on'")


def test_where_nothing_may_be_kept_the_switch_and_the_link_work(new_tab: NewTab, address: str) -> None:
    tab = new_tab()
    faults = script_errors(tab)
    tab.add_init_script(FORBIDDEN)
    tab.goto(f"{address}{CHAPTER}?evidence")
    switch = tab.locator(".fg-evidence")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert (tab.evaluate("'evidence' in document.documentElement.dataset"), tab.url, faults) == (
        False,
        address + CHAPTER,
        [],
    )


def test_a_date_is_plain_until_it_is_pointed_at_or_has_the_focus(open_page: OpenPage) -> None:
    tab = open_page(CHAPTER)
    date = tab.locator("article p > .fg-number--date").first
    expect(date).to_have_css("text-decoration-color", CLEAR)
    date.focus()
    expect(date).not_to_have_css("text-decoration-color", CLEAR)


def test_at_rest_a_sentence_has_one_mark_at_most_and_no_name_of_a_source(
    new_tab: NewTab, address: str
) -> None:
    tab = new_tab()
    for path in (CHAPTER, FOLDED):
        tab.goto(address + path)
        seen = (
            "[...document.querySelectorAll('article {}')].filter((one) => !one.closest('.fg-figure__source,"
            " x-lab, .fg-notes') && one.checkVisibility())"
        )
        marks = tab.evaluate(seen.format(".fg-sources") + ".length")
        assert 10 < marks <= 60, path
        assert (
            tab.evaluate(seen.format(":is(p, td, th, li) .fg-cite") + ".map((cite) => cite.textContent)")
            == []
        )
        crowded = tab.evaluate(
            """[...document.querySelectorAll('article p')].filter((text) =>
  text.querySelectorAll('.fg-sources').length > text.textContent.split(/[.!?](?=[\\s\\u2060]|$)/).length)
  .map((text) => text.textContent)"""
        )
        assert crowded == []


def test_a_mark_opens_the_notes_of_its_sentence_by_keyboard_and_repeats_no_source(
    open_page: OpenPage,
) -> None:
    tab = open_page(CHAPTER, 1440)
    mark = tab.locator("article p .fg-sources").first
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    mark.focus()
    tab.keyboard.press("Enter")
    notes = tab.locator(".fg-popover .fg-popover__note")
    wanted = mark.get_attribute("data-notes").split()
    assert 1 <= notes.count() <= len(wanted)
    assert (
        notes.get_by_role("link", name="Open the source").first.get_attribute("href").startswith("https://")
    )
    assert mark.get_attribute("aria-label").startswith("Source")
    tab.keyboard.press("Escape")
    expect(mark).to_be_focused()


def test_without_javascript_sources_are_named_and_there_is_neither_switch_nor_mark(
    open_page: OpenPage,
) -> None:
    tab = open_page(FOLDED, java_script_enabled=False)
    assert not tab.locator(".fg-evidence").is_visible() and not tab.locator(".fg-sources").first.is_visible()
    assert all(link.is_visible() for link in tab.locator("article p > .fg-cited a").all())


def test_no_gap_and_no_break_stands_between_a_citation_and_the_full_stop(open_page: OpenPage) -> None:
    for width, path in ((390, CHAPTER), (1440, CHAPTER), (390, FOLDED)):
        tab = open_page(path + "?evidence", width)
        assert tab.locator("article p > .fg-cited").count() > 5
        apart = tab.evaluate(
            """() => [...document.querySelectorAll('article p > .fg-cited')].filter((mark) =>
  /^[.,;:)?]/.test(mark.nextSibling?.textContent ?? '')).filter((mark) => {
          const range = document.createRange();
          range.setStart(mark.nextSibling, 0);
          range.setEnd(mark.nextSibling, 1);
          const [stop, last] = [range.getBoundingClientRect(), [...mark.getClientRects()].at(-1)];
          return stop.top > last.bottom || Math.abs(stop.left - last.right) > 1;
        }).map((mark) => mark.textContent)"""
        )
        assert apart == []


def test_a_mark_stands_on_the_line_of_the_word_before_it(open_page: OpenPage) -> None:
    for width in (360, 390, 1440):
        tab = open_page(CHAPTER, width)
        assert tab.locator("article p .fg-sources").count() > 5
        alone = tab.evaluate(
            """() => [...document.querySelectorAll('article p .fg-sources')].filter((mark) => {
          const texts = document.createTreeWalker(mark.closest('p'), NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          while (texts.nextNode() && texts.currentNode.parentElement !== mark.parentElement) {
            const text = texts.currentNode;
            if (text.data.trim() && text.parentElement.checkVisibility()) {
              range.setStart(text, text.data.trimEnd().length - 1);
              range.setEnd(text, text.data.trimEnd().length);
            }
          }
          return mark.getBoundingClientRect().top > range.getBoundingClientRect().bottom;
        }).map((mark) => mark.closest('p').textContent)"""
        )
        assert alone == []


@pytest.mark.parametrize("path", ["stack/", "stack/chips/", "business/law/", "data/companies/"])
@pytest.mark.parametrize("width", [360, 1440])
def test_a_mark_in_a_table_stands_beside_the_name_of_its_row(
    open_page: OpenPage, path: str, width: int
) -> None:
    tab = open_page(path, width)
    apart = tab.evaluate(
        """() => [...document.querySelectorAll('article tr > :first-child .fg-sources')]
        .filter((mark) => mark.checkVisibility()).map((mark) => {
          const texts = document.createTreeWalker(mark.closest('tr'), NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          while (texts.nextNode() && texts.currentNode.parentElement !== mark.parentElement) {
            const {data, parentElement} = texts.currentNode;
            if (data.trim() && parentElement.checkVisibility()) {
              range.setStart(texts.currentNode, data.trimEnd().length - 1);
              range.setEnd(texts.currentNode, data.trimEnd().length);
            }
          }
          const [name, box] = [range.getBoundingClientRect(), mark.getBoundingClientRect()];
          const beside = box.top < name.bottom && Math.abs(box.left - name.right) < 4;
          return beside ? '' : mark.closest('tr').innerText;
        })"""
    )
    assert len(apart) > 1 and not any(apart)


def test_marks_in_the_text_are_24_px_high(open_page: OpenPage) -> None:
    tab = open_page(CHAPTER, 390, has_touch=True, is_mobile=True)
    low = tab.evaluate(
        "[...document.querySelectorAll('article p :is(.fg-number, .fg-term, .fg-sources)')].filter((mark)"
        " => [...mark.getClientRects()].some((box) => box.height < 24)).map((mark) => mark.textContent)"
    )
    assert low == []
    assert tab.locator("article p .fg-sources").first.bounding_box()["width"] >= 24


@pytest.mark.parametrize("phone", [False, True])
def test_a_number_opens_its_source_outside_and_its_claim_without_a_request(
    new_tab: NewTab, address: str, phone: bool
) -> None:
    tab = new_tab(390, has_touch=True, is_mobile=True) if phone else new_tab(1440)
    tab.goto(address + CHAPTER, wait_until="networkidle")
    asked = requests_of(tab)
    mark = tab.locator("article p > .fg-number:not(.fg-number--date)").first
    mark.tap() if phone else mark.click()
    box = tab.locator(".fg-popover--sheet" if phone else ".fg-popover")
    claim = mark.get_attribute("data-note").removeprefix("note-")
    expect(box.get_by_role("link", name="See this number’s record")).to_have_attribute(
        "href", f"../../go/{claim}/"
    )
    assert box.get_by_role("link", name="Open the source").get_attribute("href").startswith("https://")
    assert "As of " in box.inner_text() and [url for url in asked if "/assets/" not in url] == []


def test_a_number_from_several_sources_opens_each(open_page: OpenPage) -> None:
    tab = open_page(CHAPTER, 1440)
    tab.locator("a.fg-number[data-note='note-layer-profits.nvidia-july-to-pace']").first.click()
    links = tab.locator(".fg-popover .fg-note__link a")
    assert [words.partition(" ")[0] for words in links.all_text_contents()] == ["Open", "Open", "See"]
    assert len(set(links.evaluate_all("links => links.map(link => link.href)"))) == 3


def test_a_citation_opens_its_source_outside(open_page: OpenPage) -> None:
    tab = open_page(f"{CHAPTER}?evidence", 1440)
    tab.locator("article p:not([class]) .fg-cite").first.click()
    links = tab.locator(".fg-popover .fg-note__link a")
    assert links.all_text_contents() == ["Open the source", "See in references"]
    assert links.first.get_attribute("href").startswith("https://")


# ---- quote it


IN_FRONT = """(one) => {
  const box = one.getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === one;
}"""
"""Whether the middle of an element is in front of all others."""


def clipboard(tab: Page) -> str:
    return str(tab.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("phone", [False, True])
def test_one_touch_on_a_number_gives_its_sentence_value_source_date_and_link_to_copy(
    new_tab: NewTab, address: str, phone: bool
) -> None:
    tab = (
        new_tab(390, has_touch=True, is_mobile=True, permissions=CLIPBOARD)
        if phone
        else new_tab(1440, permissions=CLIPBOARD)
    )
    tab.goto(address + CHAPTER)
    mark = tab.locator("article p > .fg-number:not(.fg-number--date)").first
    keys = tab.locator(f"[id='{mark.get_attribute('data-note')}']").get_attribute("data-sources").split()
    source = tab.locator(f"[id='note-{keys[0]}']")
    by, link = (
        plain(source.locator(".fg-note__origin span").text_content()),
        source.locator("a").first.get_attribute("href"),
    )
    mark.tap() if phone else mark.click()
    line = tab.locator(".fg-popover .fg-quote")
    line.get_by_role("button", name="Copy the quote as plain text").click()
    expect(tab.locator(".fg-copied")).to_have_text("Copied the sentence, its source and the link")
    assert tab.locator(".fg-copied").evaluate(IN_FRONT), "the message is in front of the note"
    assert line.get_by_role("button").evaluate_all(f"buttons => buttons.every({IN_FRONT})"), (
        "and covers none of its buttons"
    )
    said, *rest = clipboard(tab).split("\n")
    claim = mark.get_attribute("href").removeprefix("../../")
    assert (
        said.startswith("“")
        and said.endswith(("”", ".”"))
        and mark.text_content() in said
        and "\u2060" not in said
    )
    assert (
        ", as of " in rest[0]
        and by in rest[1]
        and link in rest[1]
        and rest[2].endswith(claim)
        and rest[2].startswith("Foundation Models: A Field Guide, http")
    )
    line.get_by_role("button", name="Copy the quote as Markdown").click()
    expect(tab.locator(".fg-copied")).to_have_text("Copied the sentence, its source and the link as Markdown")
    assert (
        clipboard(tab).startswith("> ")
        and f"**{mark.text_content()}**" in clipboard(tab)
        and f"](<{link}>)" in clipboard(tab)
    )
    line.get_by_role("button", name="Copy the quote as a picture").click()
    expect(tab.locator(".fg-copied")).to_have_text("Copied the picture")
    width, height = tab.evaluate(
        "navigator.clipboard.read().then(([item]) =>"
        " item.getType('image/png')).then(createImageBitmap).then((picture) => [picture.width,"
        " picture.height])"
    )
    assert width == 1200 and 300 < height < 1200


def test_a_number_in_a_table_is_quoted_by_its_claim_and_a_browser_that_copies_no_picture_saves_it(
    open_page: OpenPage,
) -> None:
    tab = open_page(CHAPTER, 1440, permissions=CLIPBOARD)
    mark = tab.locator("article td .fg-number:visible").first
    words = tab.locator(f"[id='{mark.get_attribute('data-note')}'] .fg-note__body").text_content()
    mark.click()
    line = tab.locator(".fg-popover .fg-quote").first
    line.get_by_role("button", name="Copy the quote as plain text").click()
    expect(tab.locator(".fg-copied")).not_to_be_empty()
    assert words in clipboard(tab).split("\n")[0] and "“" not in clipboard(tab).split("\n")[0].replace(
        words, ""
    )
    tab.evaluate("delete globalThis.ClipboardItem")
    with tab.expect_download() as saved:
        line.get_by_role("button", name="Copy the quote as a picture").click()
    assert saved.value.suggested_filename == f"{mark.get_attribute('href').split('/')[-2]}.png"


@pytest.mark.parametrize("claim", ["gpt-3.parameters", "serving-70b.bound-50"])
def test_a_claim_s_page_is_quoted_the_same_way(open_page: OpenPage, claim: str) -> None:
    tab = open_page(f"go/{claim}/", permissions=CLIPBOARD)
    tab.get_by_role("button", name="Copy the quote as plain text").click()
    expect(tab.locator(".fg-copied")).to_have_text("Copied the sentence, its source and the link")
    value, what = tab.locator(".fg-value").text_content(), tab.locator(".fg-what").text_content()
    *said, first, second, third = clipboard(tab).split("\n")
    assert said == [plain(words) for words in tab.locator(".fg-said").all_text_contents()]
    assert (
        first.startswith(value if said else f"{value}: {what}")
        and tab.locator(".fg-source cite").first.text_content() in second
        and third.endswith(f"/go/{claim}/")
    )


# ---- print


@pytest.mark.parametrize("shown", [False, True])
def test_print_follows_the_switch_and_names_sources_either_way(open_page: OpenPage, shown: bool) -> None:
    tab = open_page(f"{CHAPTER}{'?evidence' if shown else ''}")
    tab.emulate_media(media="print")
    found = look(tab)
    assert (found["on"], found["check"]) == (shown, shown)
    assert (
        tab.evaluate(
            "getComputedStyle(document.querySelector('article p:not([class]) > .fg-cited > .fg-cite'),"
            " '::before').content"
        )
        == '"("'
    )
    assert tab.locator(".fg-note--source").first.is_visible()
    assert not tab.locator(".fg-evidence").is_visible()
    assert tab.evaluate(
        "getComputedStyle(document.querySelector('.fg-note--source a'), '::after').content"
    ).startswith('" https://')
    definitions = tab.locator(".fg-figure__terms p").first
    assert definitions.is_visible() and definitions.bounding_box()["height"] > 10


# ---- below a figure


@pytest.mark.parametrize("scripts", [True, False])
def test_a_figure_has_one_row_and_what_opens_takes_the_width_below(
    open_page: OpenPage, scripts: bool
) -> None:
    for width in (390, 1440):
        tab = open_page(CHAPTER, width, java_script_enabled=scripts)
        row = tab.locator(".fg-figure__tools").first
        controls = row.locator("> a, summary")
        assert controls.all_inner_texts() == ["Slide", "Data", "Share", "Definitions"]
        tops = [control.bounding_box()["y"] for control in controls.all()]
        assert max(tops) - min(tops) < 8
        assert not row.locator("table").is_visible() and not row.locator(".fg-figure__terms p").is_visible()
        for name, part in (
            ("Data", ".fg-figure__data .fg-table"),
            ("Share", ".fg-figure__share p"),
            ("Definitions", ".fg-figure__terms p"),
        ):
            row.locator("summary", has_text=name).click()
            opened = row.locator(part).bounding_box()
            assert opened["width"] > 0.9 * row.bounding_box()["width"], (name, width)
            assert opened["y"] > max(control.bounding_box()["y"] for control in controls.all()) + 15
        assert row.locator(".fg-figure__share a").all_inner_texts() == [
            "Link to this figure",
            "Embed",
            "Cite",
            "Figure page",
            "SVG",
        ]


# ---- copying


def test_copy_controls_show_on_hover_and_focus_only(open_page: OpenPage) -> None:
    tab = open_page(CHAPTER, 1440)
    heading = tab.locator("article h2[id]").first
    control = heading.locator("xpath=following-sibling::a")
    seen = "link => getComputedStyle(link).opacity"
    assert control.evaluate(seen) == "0"
    heading.hover()
    assert control.evaluate(seen) == "1"
    tab.mouse.move(0, 0)
    assert control.evaluate(seen) == "0"
    control.focus()
    assert control.evaluate(seen) == "1"


def test_on_touch_one_menu_shares_the_section_in_view(open_page: OpenPage) -> None:
    tab = open_page(CHAPTER, 390, 844, has_touch=True, is_mobile=True, permissions=CLIPBOARD)
    assert not any(control.is_visible() for control in tab.locator("article h2 + .fg-copy").all())
    title = tab.get_by_role("link", name="Share the page “Where value accrues” or a section of it")
    title.tap()
    menu = tab.get_by_role("dialog", name="Share")
    rows = menu.get_by_role("link")
    assert rows.first.text_content() == "This page: Where value accrues" and rows.count() > 5
    assert min(row.bounding_box()["height"] for row in rows.all()) >= 43.9
    rows.first.tap()
    expect(tab.locator("[role=status].fg-copied")).to_have_text(
        "Copied the link to the page “Where value accrues”"
    )
    assert tab.evaluate("navigator.clipboard.readText()") == BASE + CHAPTER
    # a button elsewhere, while a section is read
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<button data-fg-share>Share</button>')")
    heading = tab.locator("article h2[id]:not(.fg-sr)").nth(2)
    heading.evaluate("heading => heading.scrollIntoView()")
    tab.locator("[data-fg-share]:not(.fg-bar__share)").evaluate("button => button.click()")
    assert (
        rows.first.text_content() == heading.text_content()
        and rows.first.get_attribute("aria-current") == "true"
    )
    rows.first.tap()
    expect(menu).to_have_count(0)
    assert tab.evaluate("navigator.clipboard.readText()") == f"{BASE}{CHAPTER}#{heading.get_attribute('id')}"


def test_a_link_of_the_page_carries_the_evidence_while_it_is_shown(open_page: OpenPage) -> None:
    tab = open_page(f"{CHAPTER}?evidence", 1440, permissions=CLIPBOARD)
    said, read = tab.locator("[role=status].fg-copied"), "navigator.clipboard.readText()"
    heading = tab.locator("article h2[id]:not(.fg-sr)").first
    for control, copied in (
        (tab.locator("h1 + a.fg-copy"), ""),
        (heading.locator("xpath=following-sibling::a"), f"#{heading.get_attribute('id')}"),
    ):
        control.click()
        expect(said).to_contain_text("Copied the link")
        assert tab.evaluate(read) == f"{BASE}{CHAPTER}?evidence{copied}"
        assert "evidence" in tab.url
    phone = open_page(f"{CHAPTER}?evidence", 390, 844, has_touch=True, is_mobile=True, permissions=CLIPBOARD)
    phone.locator("h1 + a.fg-copy").tap()
    phone.get_by_role("dialog", name="Share").get_by_role("link").first.tap()
    expect(phone.locator("[role=status].fg-copied")).to_contain_text("Copied the link")
    assert phone.evaluate(read) == f"{BASE}{CHAPTER}?evidence"


def test_on_touch_the_bar_shares_the_section_that_it_names(open_page: OpenPage) -> None:
    tab = open_page(CHAPTER, 390, 844, has_touch=True, is_mobile=True)
    heading = tab.locator("article h2[id]:not(.fg-sr)").nth(2)
    heading.evaluate("heading => heading.scrollIntoView()")
    expect(tab.locator(".fg-bar__title")).to_have_text(heading.text_content())
    tab.mouse.wheel(0, 300)
    button = tab.get_by_role("button", name="Share this page or section")
    box = button.bounding_box()
    assert box["width"] >= 43.9 and box["height"] >= 24
    button.tap()
    first = tab.get_by_role("dialog", name="Share").get_by_role("link").first
    assert (
        first.text_content() == tab.locator(".fg-bar__title").text_content()
        and first.get_attribute("aria-current") == "true"
    )
    desk = open_page(CHAPTER, 900)
    desk.locator("article h2[id]:not(.fg-sr)").nth(2).evaluate("heading => heading.scrollIntoView()")
    desk.locator(".fg-bar").wait_for(state="visible")
    assert not desk.locator(".fg-bar__share").is_visible(), (
        "where something can be pointed at, the heading has its own"
    )


def test_on_touch_the_menu_hands_over_to_the_device_where_it_can_share(new_tab: NewTab, address: str) -> None:
    tab = new_tab(390, 844, has_touch=True, is_mobile=True)
    tab.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); }")
    tab.goto(address + CHAPTER)
    tab.locator("h1 + a.fg-copy").tap()
    tab.locator("dialog.fg-share a").first.tap()
    assert tab.evaluate("window.shared.url") == BASE + CHAPTER
    tab.locator("h1 + a.fg-copy").tap()
    tab.locator("dialog.fg-share").get_by_role("button", name="Close").tap()
    expect(tab.locator("dialog.fg-share")).to_have_count(0)


def test_on_touch_no_heading_has_a_control_and_the_title_s_stands_above_it(
    new_tab: NewTab, address: str
) -> None:
    tab = new_tab(390, 844, has_touch=True, is_mobile=True)
    for path in ("", CHAPTER, "data/models/"):
        tab.goto(address + path)
        assert not any(
            control.is_visible() for control in tab.locator("article :is(h2, h3) + .fg-copy").all()
        ), path
    control, title = tab.locator("h1 + a.fg-copy").bounding_box(), tab.locator("h1").bounding_box()
    assert control["y"] + control["height"] <= title["y"] + 2 and control["x"] + control["width"] > 370


def test_a_title_has_no_ring_and_no_check(new_tab: NewTab, address: str) -> None:
    tab = new_tab()
    mark = "number => getComputedStyle(number, '::after').content"
    for shown in ("", "?evidence"):
        tab.goto(f"{address}figures/price-of-fixed-ability/{shown}")
        assert tab.locator("h1 .fg-number").first.evaluate(mark) == "none"
    tab.goto(f"{address}{CHAPTER}?evidence")
    assert tab.locator("article p .fg-number").first.evaluate(mark) != "none"


def test_a_short_citation_stays_on_one_line_and_no_page_grows_wider(open_page: OpenPage) -> None:
    tab = open_page(f"{CHAPTER}?evidence", 320, 844)
    broken = tab.locator("article p .fg-cite:not(.fg-cites__count)").evaluate_all(
        "cites => cites.filter((cite) => cite.textContent.length <= 24 && cite.getClientRects().length >"
        " 1).map((cite) => cite.textContent)"
    )
    assert broken == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_note_gives_a_number_as_the_text_does(open_page: OpenPage) -> None:
    tab = open_page(CHAPTER, 1440)
    rounded = tab.evaluate(
        """() => [...document.querySelectorAll('p > a.fg-number:not(.fg-number--date)')]
    .findIndex((number) => {
      const note = document.getElementById(number.dataset.note);
      const name = note?.querySelector('.fg-note__name').textContent;
      const digits = (words) => words?.match(/\\d[\\d,.]*\\d|\\d/g) ?? [];
      const [full, said] = [digits(name), digits(number.textContent)];
      return full.length === 1 && said.length === 1 && said[0].length < full[0].length &&
        Math.abs(full[0] - said[0]) < .1 * full[0];
    })"""
    )
    assert rounded >= 0, "the chapter rounds a number"
    number = tab.locator("p > a.fg-number:not(.fg-number--date)").nth(rounded)
    number.click()
    said = re.search(r"\d[\d.,]*\d|\d", number.text_content() or "")
    assert said and said[0] in (tab.locator(".fg-popover .fg-note__name").text_content() or "").split()[0]
