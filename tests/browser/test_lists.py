"""Lists on a phone and at a desk: how long they are when they open, what a link to a row shows, and what the
browser's own search finds.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from fieldguide.book import Book
from fieldguide.records.references import group_src, grouped
from tests.browser.tabs import NewTab, OpenPage, until

PHONE = {"width": 390, "height": 844}
SCREENS = 20
LISTS = (
    "glossary/",
    "figures/",
    "data/",
    "data/models/",
    "data/companies/",
    "data/prices/",
    "data/hardware/",
    "about/references/",
)
CLIPPED = """table => {
  const box = table.closest('[role=region]'), first = table.querySelector('tbody tr > :first-child'),
    second = first.nextElementSibling;
  box.scrollLeft = 0;
  const before = [first.getBoundingClientRect().left, second.getBoundingClientRect().left];
  box.scrollLeft = 80;
  return {moved: [first.getBoundingClientRect().left - before[0],
    second.getBoundingClientRect().left - before[1]], wider: box.scrollWidth - box.clientWidth};
}"""
"""How far the first and the second column move when a table is scrolled by 80 px, and how much of it the box
cuts off.
"""

SQUEEZED = """() => [...document.querySelectorAll('.fg-models tr[data-search] > th')].filter((name) =>
  name.checkVisibility() && name.clientWidth < 4 * parseFloat(getComputedStyle(name).fontSize))
  .map((name) => name.textContent)"""
"""Models whose name has less than four letters' room."""
HEADS = """() => [...document.querySelectorAll('.fg-data thead tr')].map((row) =>
  [...row.cells].map((cell) => {
    const name = document.createRange();
    name.selectNodeContents(cell.firstElementChild);
    return [name, ...cell.querySelectorAll('.fg-sub')].map((part) =>
      Math.round(part.getBoundingClientRect().top));
  }))"""
"""The heights at which a column's name and the line below it begin, of each table."""
STRUCK = """() => [...document.querySelectorAll(
    '.fg-models :is(tr:has(.fg-unfold[open]), tbody, thead) .fg-strip')]
  .filter((strip) => strip.checkVisibility()).flatMap((strip) => {
  const box = strip.getBoundingClientRect(), range = document.createRange();
  return [...strip.closest('tr').querySelectorAll('*')].filter((part) => !part.closest('svg') &&
    part.checkVisibility()).flatMap((part) => [...part.childNodes]).filter((part) =>
    part.nodeType === Node.TEXT_NODE && part.data.trim()).filter((part) => {
    range.selectNodeContents(part);
    return [...range.getClientRects()].some((words) => words.width && words.left < box.right - 1 &&
      words.right > box.left + 1 && words.top < box.bottom - 1 && words.bottom > box.top + 1);
  }).map((part) => part.data.trim());
})"""
"""Words of a row that its strip of the compute lies on."""


@pytest.mark.parametrize("scripts", [True, False])
def test_no_list_is_longer_than_twenty_screens_when_it_opens(
    new_tab: NewTab, address: str, book: Book, scripts: bool
) -> None:
    page = new_tab(**PHONE, java_script_enabled=scripts)
    lengths = {}
    for path in (*LISTS, *(group_src(group).replace(".md", "/") for group in grouped(book.sources.values()))):
        page.goto(address + path)
        lengths[path] = page.locator("html").evaluate("page => page.scrollHeight") / PHONE["height"]
    # Without scripts ended prices stand among the others, for no switch could bring them back.
    assert {
        path: length
        for path, length in lengths.items()
        if length > (SCREENS if scripts or path != "data/prices/" else 34)
    } == {}


@pytest.mark.parametrize("width", [360, 768, 1024, 1440])
def test_no_name_of_a_model_is_squeezed_and_no_strip_lies_on_words(open_page: OpenPage, width: int) -> None:
    page = open_page("data/models/", width)
    page.locator(".fg-filter").wait_for()
    assert page.evaluate(SQUEEZED) == []
    if width < 960:
        page.locator(".fg-models tr[data-search]:has(.fg-strip) summary").first.click()
    assert page.evaluate(STRUCK) == []
    assert (page.locator(".fg-models .fg-strip").locator("visible=true").count() > 0) is (
        width != 1024
    )  # where there is room for it


def test_the_day_on_which_a_price_was_seen_last_stands_beside_it_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("data/prices/gpt-oss-120b/", 360)
    table = page.locator(".fg-table--history")
    assert table.locator("thead th").all_inner_texts()[1:3] == [
        "Three read, one written (shown)",
        "Last seen",
    ]
    ends = table.evaluate(
        "box => [box.getBoundingClientRect().right,"
        " ...[...box.querySelectorAll('tbody tr')].map((row) => row.cells[2].getBoundingClientRect().right)]"
    )
    assert len(ends) > 40 and max(ends[1:]) < ends[0] - 14, "the shadow at the edge does not lie on it"


@pytest.mark.parametrize("path", ["data/models/#gpt-3", "data/companies/#groq", "data/hardware/#h100-sxm"])
def test_a_link_to_a_row_opens_it_and_its_group_s_heading_is_in_view(open_page: OpenPage, path: str) -> None:
    for width in (PHONE["width"], 1440):
        page = open_page(path, width, 844)
        row = page.locator(f"[id='{path.partition('#')[2]}']")
        expect(row).to_be_in_viewport()
        expect(row.locator("td").last).to_be_visible()
        expect(
            row.locator("xpath=preceding-sibling::tr[contains(@class, 'fg-rows__group')]/th")
        ).to_be_in_viewport()
        top = row.bounding_box()["y"]
        heading = row.locator(
            "xpath=preceding-sibling::tr[contains(@class, 'fg-rows__group')]/th"
        ).bounding_box()
        assert heading["y"] + heading["height"] <= top + 2, "the heading does not lie on the row"


def test_a_row_opens_by_keyboard_and_without_scripts_by_its_address(open_page: OpenPage) -> None:
    page = open_page("data/hardware/", **PHONE)
    row = page.locator("#h100-sxm")
    assert (
        not row.locator(".fg-data__sources").is_visible()
        or row.locator(".fg-data__sources").bounding_box()["height"] == 0
    )
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    assert row.locator(".fg-data__sources").bounding_box()["height"] > 20
    plain = open_page("data/hardware/#h100-sxm", **PHONE, java_script_enabled=False)
    assert (
        plain.locator("#h100-sxm .fg-data__sources").is_visible()
        and not plain.locator("#h200-sxm .fg-data__sources").is_visible()
    )


def test_what_is_folded_away_is_open_to_the_browser_s_search(open_page: OpenPage) -> None:
    page = open_page("data/companies/", **PHONE)
    part = page.locator("#groq .fg-data__moat")
    assert part.get_attribute("hidden") == "until-found"
    part.evaluate("part => part.dispatchEvent(new Event('beforematch', {bubbles: true}))")
    assert part.bounding_box()["height"] > 20
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.locator("#openai .fg-data__moat").bounding_box()["height"] > 20, "at a desk every row is open"


def test_print_shows_every_row_open(open_page: OpenPage) -> None:
    page = open_page("glossary/", **PHONE)
    page.emulate_media(media="print")
    heights = page.eval_on_selector_all(
        ".fg-glossary dd", "all => all.map(item => item.getBoundingClientRect().height)"
    )
    assert len(heights) > 150 and min(heights) > 10


def test_earlier_prices_show_once_they_are_asked_for_and_a_link_to_one_asks(
    open_page: OpenPage, address: str
) -> None:
    page = open_page("data/prices/", 1440)
    earlier = page.locator("[data-filter=prices] tr[data-open='']")
    assert earlier.count() > 20 and earlier.locator("visible=true").count() == 0
    assert not page.locator("form[data-for=prices] .fg-filter__clear").is_visible(), (
        "nobody has chosen anything"
    )
    total = page.locator("[data-filter=prices] tr[data-search]").count()
    expect(page.locator("form[data-for=prices] .fg-filter__count")).to_have_text(
        f"{total - earlier.count()} of {total} prices"
    )
    page.get_by_role("checkbox", name="Earlier prices").check()
    assert earlier.locator("visible=true").count() == earlier.count() and "earlier=yes" in page.url
    page.reload()
    assert earlier.first.is_visible()
    uid = earlier.first.get_attribute("id")
    page.goto(f"{address}data/prices/?role=#{uid}")
    expect(page.locator(f"[id='{uid}']")).to_be_visible()


def test_a_search_that_finds_only_ended_prices_offers_them(open_page: OpenPage) -> None:
    page = open_page("data/prices/", 1440)
    assert page.locator("[data-filter=prices] tr[data-open='']", has_text="no longer sold").count() > 10
    page.get_by_role("searchbox").first.fill("claude 3 opus")
    expect(page.locator("[data-filter=prices] tr[data-search]:visible")).to_have_count(0)
    page.get_by_role("button", name="Show earlier prices").click()
    expect(page.locator("#anthropic-claude-3-opus")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Earlier prices")).to_be_checked()
    expect(page.locator(".fg-filter__none").first).to_be_empty()


def test_without_scripts_earlier_prices_stand_among_the_others(open_page: OpenPage) -> None:
    page = open_page("data/prices/", 1440, java_script_enabled=False)
    assert page.locator("[data-filter=prices] tr[data-open='']").first.is_visible()


def test_an_old_address_of_a_source_leads_to_where_it_stands_whole(open_page: OpenPage) -> None:
    page = open_page("about/references/#hoffmann2022")
    page.wait_for_url("**/about/references/g-j/#hoffmann2022")
    expect(page.locator("#hoffmann2022")).to_be_in_viewport()
    plain = open_page("about/references/#hoffmann2022", java_script_enabled=False)
    plain.locator("#hoffmann2022 a").click()  # the group that folds it away opens for the address
    assert plain.url.endswith("about/references/g-j/#hoffmann2022")


def test_the_index_of_the_references_opens_the_groups_in_which_the_search_finds_something(
    open_page: OpenPage,
) -> None:
    page = open_page("about/references/")
    page.get_by_role("searchbox", name="Find a source").fill("compute-optimal large")
    until(
        page,
        "[...document.querySelectorAll('.fg-reference')].filter(line => line.checkVisibility()).length === 1",
    )
    assert page.locator("#hoffmann2022").is_visible()


def test_the_glossary_s_legend_narrows_it_and_its_letter_stays_in_view(open_page: OpenPage) -> None:
    page = open_page("glossary/", 1440)
    page.locator(".fg-segmented label", has_text="Crypto").click()
    shown = page.locator(".fg-glossary__entry:visible")
    assert shown.count() > 3 and {item.get_attribute("data-layer") for item in shown.all()} == {"crypto"}
    page.locator(".fg-filter__clear").click()
    page.locator("#letter-c").evaluate(
        "heading => { const dl = heading.closest('section').querySelector('dl').getBoundingClientRect();"
        " scrollTo(0, scrollY + dl.top + dl.height / 2); }"
    )
    expect(page.locator("#letter-c")).to_be_in_viewport()
    assert (
        page.locator("#letter-c").evaluate(
            "heading => getComputedStyle(heading.closest('section').querySelector('dl')).columnCount"
        )
        == "3"
    )


def test_the_row_of_links_leads_to_the_parts_of_a_list(open_page: OpenPage) -> None:
    page = open_page("data/models/", **PHONE)
    page.locator(".fg-jump a", has_text="2020").click()
    expect(page.locator("tbody[data-group='2020'] tr").nth(1)).to_be_in_viewport()


@pytest.mark.parametrize("path", ["business/api-pricing/", "foundations/families/", "stack/power/"])
def test_a_table_that_compares_scrolls_under_its_first_column_on_a_phone(
    open_page: OpenPage, path: str
) -> None:
    page = open_page(path, **PHONE)
    table = page.locator(".fg-table--scrolls table").first
    seen = table.evaluate(CLIPPED)
    assert seen["wider"] > 80 and seen["moved"] == [0, -80]
    box = page.locator(".fg-table--scrolls").first
    assert box.get_attribute("tabindex") == "0" and box.get_attribute("aria-label")
    assert "linear-gradient" in box.evaluate("box => getComputedStyle(box).backgroundImage"), (
        "a shadow at the cut edge"
    )
    box.evaluate("box => { box.scrollLeft = 0; }")
    box.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.fg-table--scrolls').scrollLeft > 0")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_at_rest_the_table_of_families_has_no_empty_column_and_shows_sizes_first(
    open_page: OpenPage, width: int
) -> None:
    page = open_page("foundations/families/", width)
    heads = """table => [...table.tHead.rows[0].cells].filter(cell => cell.offsetWidth)
      .map(cell => cell.innerText.split('\\n')[0].replace(/ [↑↓]/, ''))"""
    table = page.locator(".fg-families table")
    assert table.evaluate(heads) == ["Family", "Newest", "Size", "Access", "License", "First"]
    if width > 760:
        box = page.locator(".fg-families .fg-table--scrolls")
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth"), "nothing is cut at the right"
    page.get_by_role("button", name="Show sources").click()
    expect(table.locator("thead th").last).to_be_visible()  # its script may still be on its way
    assert table.evaluate(heads)[-1] == "Sources"


def test_the_table_of_what_claims_rest_on_is_whole_in_a_window_of_768_px(open_page: OpenPage) -> None:
    box = (
        open_page("about/how-we-check/", 768)
        .locator(".fg-evidence-shares .fg-table, .fg-table")
        .filter(has_text="Interested party")
    )
    assert box.first.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_on_a_phone_a_table_of_values_says_how_many_columns_it_has_and_one_of_words_needs_no_scrolling(
    open_page: OpenPage,
) -> None:
    says = "box => getComputedStyle(box, '::before').content"
    values = open_page("stack/power/", **PHONE).locator(".fg-table--scrolls").first
    assert '"5 columns: scroll sideways' in values.evaluate(says)
    words = open_page("stack/inference-providers/", **PHONE).locator(".fg-table--stacks")
    assert words.count() >= 2
    for box in words.all():
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    high = words.first.locator("tbody tr").evaluate_all(
        """rows => rows.map(row => {
          const cells = [...row.cells].map(cell => cell.getBoundingClientRect());
          return row.getBoundingClientRect().bottom - Math.max(...cells.map(cell => cell.bottom));
        })"""
    )
    assert max(high) < 40, "a row ends where its highest cell does"


@pytest.mark.parametrize(
    "path",
    [
        "data/models/",
        "figures/families/",
        "figures/families/embed/",
        "figures/scorecard/",
        "figures/predictions-2023/embed/",
        "investing/diligence/",
    ],
)
def test_no_line_of_sources_begins_with_a_semicolon(open_page: OpenPage, path: str) -> None:
    page = open_page(path, 360, 844)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    first = page.evaluate(
        """() => [...document.querySelectorAll('.fg-cites__one')].filter((one) =>
  one.lastChild.nodeType === Node.TEXT_NODE && one.checkVisibility()).filter((one) => {
      const range = document.createRange();
      range.selectNodeContents(one.firstChild);
      const last = [...range.getClientRects()].at(-1);
      range.selectNodeContents(one.lastChild);
      return range.getBoundingClientRect().top > last.top + 6;
    }).map((one) => one.textContent)"""
    )
    assert page.locator(".fg-cites__one").count() > 0 and first == []


@pytest.mark.parametrize(
    "path", ["investing/diligence/", "figures/diligence-seed/embed/", "figures/diligence-series-a/embed/"]
)
def test_on_a_phone_a_diligence_sheet_shows_every_answer(open_page: OpenPage, path: str) -> None:
    page = open_page(path, 360, 844)
    cells = page.locator("td[data-label='Good answer'], td[data-label='Bad answer']")
    assert cells.count() > 0 and all(
        cell.bounding_box()["x"] + cell.bounding_box()["width"] <= 360 for cell in cells.all()
    )


def test_a_figure_is_copied_as_a_picture(open_page: OpenPage) -> None:
    page = open_page("figures/roofline/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy image").click()
    expect(page.locator(".fg-copied")).to_contain_text("Copied the picture of the figure “A single reader")
    kinds = page.evaluate("navigator.clipboard.read().then(items => items.flatMap(item => item.types))")
    assert "image/png" in kinds
    plain = open_page("figures/roofline/", java_script_enabled=False)
    assert (
        not plain.get_by_role("button", name="Copy image").is_visible()
        and plain.locator(".fg-title a[download]").first.is_visible()
    )


def test_the_index_of_figures_has_two_columns_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("figures/", **PHONE)
    assert (
        page.locator(".fg-library__grid").first.evaluate(
            "grid => getComputedStyle(grid).gridTemplateColumns.split(' ').length"
        )
        == 2
    )


def test_the_data_pages_lead_to_each_other(open_page: OpenPage) -> None:
    page = open_page("data/")
    for name in ("Models", "Companies", "Prices", "Hardware"):
        page.locator(".fg-siblings").get_by_role("link", name=name).click()
        assert page.locator(".fg-siblings [aria-current=page]").inner_text() == name


@pytest.mark.parametrize(
    ("path", "picture"),
    [("data/prices/", 0.9), ("data/models/", 0.0), ("data/companies/", 0.0), ("data/hardware/", 0.0)],
)
def test_rows_come_early_and_the_words_on_them_and_the_filters_unfold(
    open_page: OpenPage, path: str, picture: float
) -> None:
    """`picture` is the height, in screens, of the picture with which the page opens."""
    for width, height, screens in ((390, 844, 1.5 + picture), (1440, 900, 1.0 + picture)):
        page = open_page(path, width, height)
        assert (
            page.locator("[data-filter] tr[data-search]:visible").first.bounding_box()["y"] < height * screens
        )
        assert not page.locator(".fg-howto .fg-list__caption").first.is_visible()
        page.locator(".fg-howto summary").first.click()
        assert page.locator(".fg-howto .fg-list__caption").first.is_visible()
    phone = open_page(path, **PHONE)
    controls = phone.locator(".fg-filter").first.locator(".fg-segmented, select, .fg-check")
    assert not any(control.is_visible() for control in controls.all())
    button = phone.get_by_role("button", name="Filter", exact=True).first
    button.click()
    assert button.get_attribute("aria-expanded") == "true" and all(
        control.is_visible() for control in controls.all()
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [("data/prices/", "oss-120b"), ("data/companies/", "groq"), ("data/models/", "chinchilla")],
)
def test_on_a_phone_the_first_row_for_a_word_is_in_view(open_page: OpenPage, path: str, words: str) -> None:
    page = open_page(path, 390, 560)
    field = page.get_by_role("searchbox").first
    field.press_sequentially(words)
    expect(page.locator("[data-filter] tr[data-search]:visible").first).to_be_in_viewport(ratio=0.9)
    expect(field).to_be_in_viewport()


def test_a_shared_filter_is_unfolded_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("data/models/?access=open", **PHONE)
    expect(page.locator(".fg-segmented")).to_be_visible()


def test_a_model_whose_size_nobody_gives_says_so_in_its_line(open_page: OpenPage) -> None:
    page = open_page("data/models/", 360, 844)
    silent = page.locator(".fg-models tr[data-search]").evaluate_all(
        """rows => rows.filter((row) => !/\\d|not (disclosed|checked)/.test(
      [...row.querySelectorAll(".fg-models__parameters, .fg-models__nothing")].filter((cell) =>
        cell.checkVisibility()).map((cell) => cell.innerText).join(" "))).map((row) => row.id)"""
    )
    assert silent == []


def test_why_a_value_is_not_checked_is_behind_one_line(open_page: OpenPage) -> None:
    page = open_page("data/models/", 1440)
    reasons = page.locator(".fg-models__why").first
    assert not reasons.locator(".fg-models__unit").first.is_visible()
    reasons.locator("summary").click()
    assert reasons.locator(".fg-models__unit").first.is_visible()


def test_a_linked_row_stands_under_its_own_group_s_heading_alone(open_page: OpenPage) -> None:
    page = open_page("data/companies/#cursor", 1440, 900)
    expect(page.locator("#cursor")).to_be_in_viewport()
    until(
        page,
        """() => {
      const row = document.getElementById("cursor");
      const own = row.parentElement.querySelector(".fg-rows__group th").getBoundingClientRect();
      const before = row.parentElement.previousElementSibling.querySelector(".fg-rows__group th")
        .getBoundingClientRect();
      return before.top >= own.top - 2 || before.bottom <= own.top;
        // the heading of the group before is not cut in half above it
    }""",
    )


def test_a_filter_leaves_the_warning_and_counts_its_own_rows_by_the_reader_s_day(open_page: OpenPage) -> None:
    past = """() => [...document.querySelectorAll('[data-filter=prices] tr:not([hidden]) .fg-age')]
      .filter((age) => age.textContent.endsWith('may have changed')).length"""
    page = open_page("data/prices/", **PHONE, day=date(2027, 4, 1))
    warning = page.locator("[data-warns=prices]")
    everything = page.evaluate(past)
    expect(warning).to_have_text(re.compile(f"^{everything} of {everything} prices below may have changed"))
    page.get_by_role("searchbox").first.fill("groq")
    expect(page.locator(".fg-howto").first).to_be_hidden()
    few = page.evaluate(past)
    assert 0 < few < everything
    expect(warning).to_be_visible()
    expect(warning).to_have_text(re.compile(f"^{few} of {few} prices"))
    page = open_page("data/prices/", **PHONE, day=date(2026, 7, 4))
    expect(page.locator("[data-warns=prices]")).to_be_hidden()
    assert page.evaluate(past) == 0


def test_prices_are_filtered_by_age_and_a_closed_row_on_a_phone_has_its_date(open_page: OpenPage) -> None:
    page = open_page("data/prices/?age=May+have+changed", **PHONE, day=date(2026, 11, 30))
    rows = page.locator("[data-filter=prices] tr[data-search]:not([hidden])")
    assert 0 < rows.count() < page.locator("[data-filter=prices] tr[data-search]").count()
    for row in rows.all():
        date_and_age = row.locator(".fg-data__date").inner_text()
        assert re.search(r"\d{4}\s*\d+ days old, may have changed$", date_and_age), date_and_age
        assert " – " not in date_and_age
    rows.first.locator("summary").click()
    expect(rows.first.locator(".fg-data__seen")).to_be_hidden()
    expect(rows.first.locator("time")).to_be_visible()


def test_segments_stay_in_one_row_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("data/prices/?role=reseller", 360, 844)
    tops = page.locator(".fg-segmented label").evaluate_all(
        "labels => [...new Set(labels.map((label) => Math.round(label.getBoundingClientRect().top)))]"
    )
    assert len(tops) == 1


def test_links_to_parts_have_equal_gaps(new_tab: NewTab, address: str) -> None:
    page = new_tab(360, 844, has_touch=True, is_mobile=True)
    for path in ("about/references/", "data/claims/investing/"):
        page.goto(address + path)
        gaps = page.locator(".fg-jump").first.evaluate("""row => {
          const boxes = [...row.children].map((link) => { const words = document.createRange();
            words.selectNodeContents(link); return words.getBoundingClientRect(); });
          return boxes.slice(1).map((box, at) => [box, boxes[at]]).filter(([box, before]) =>
            Math.abs(box.top - before.top) < 2).map(([box, before]) => Math.round(box.left - before.right));
        }""")
        assert gaps and max(gaps) - min(gaps) <= 1, gaps


@pytest.mark.parametrize("path", ["data/companies/", "data/prices/", "data/hardware/"])
def test_the_names_of_a_table_s_columns_stand_on_one_line_and_so_do_the_lines_below_them(
    open_page: OpenPage, path: str
) -> None:
    for heads in open_page(path, 1440).evaluate(HEADS):
        assert len({head[0] for head in heads}) == 1, heads
        assert len({head[1] for head in heads if len(head) > 1}) == 1, heads


def test_at_a_desk_the_filter_of_prices_and_its_downloads_are_one_line(open_page: OpenPage) -> None:
    boxes = open_page("data/prices/", 1440).locator(".fg-filter").first.locator(":is(input, .fg-action)")
    places = [box.bounding_box() for box in boxes.all() if box.is_visible()]
    middles = [box["y"] + box["height"] / 2 for box in places if box]
    assert len(middles) > 4 and max(middles) - min(middles) < 6
