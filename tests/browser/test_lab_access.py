"""What axe finds in the guide's labs, in each state that a reader brings them into: one page a lab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.access import faults
from tests.browser.labpage import add_calculator, make_site
from tests.browser.tabs import NewTab
from tests.serving import serve

CALCULATORS = ("scaling-laws", "serving-cost", "training-cost", "unit-economics")
ONLY = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def labs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The calculators on the page that the labs' elements are tested on."""
    folder = tmp_path_factory.mktemp("access")
    make_site(folder)
    for slug in CALCULATORS:
        add_calculator(folder, slug)
    with serve(folder) as address:
        yield address


@pytest.mark.parametrize("slug", CALCULATORS)
def test_no_state_of_a_calculator_has_faults_of_access(new_tab: NewTab, labs: str, slug: str) -> None:
    page = new_tab(
        360, 740, has_touch=True, is_mobile=True, permissions=["clipboard-read", "clipboard-write"]
    )
    page.set_default_timeout(8000)
    page.goto(f"{labs}labs/{slug}/")
    page.locator(".fg-labs__drawing").first.wait_for()
    assert faults(page, runOnly=ONLY) == []
    page.get_by_role("button", name="Try it").first.click()
    expect(page.get_by_role("button", name="Undo")).to_be_in_viewport()
    page.get_by_role("button", name="Save as scenario A").click()
    expect(page.get_by_role("radio", name="B", exact=True)).to_be_focused()
    for group in page.locator(".fg-labs__group > summary, .fg-labs__sum > summary").all():
        group.click()
    field = page.locator(".fg-labs__field--number input[type=text]").first
    field.fill("x")
    field.blur()
    expect(field).to_have_attribute("aria-invalid", "true")
    page.locator(".fg-labs__combo input").first.click()
    expect(page.locator(".fg-labs__list [role=option]").first).to_be_visible()
    expect(page.locator(".fg-labs__kind").first).to_be_visible()
    assert faults(page, ".fg-labs", runOnly=ONLY) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset").click()
    page.evaluate("void (window.print = () => {})")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".fg-labs__status")).to_contain_text("Link copied, with all your numbers.")
    page.get_by_role("button", name="Print (1 page)").click()
    expect(page.locator(".fg-labs__paper")).to_have_count(1)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    assert faults(page, ".fg-labs", runOnly=ONLY) == []


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
