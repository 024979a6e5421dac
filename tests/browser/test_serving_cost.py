"""What serving costs: a model that a reader brings, and what the page says beside the fields."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.labpage import add_calculator, make_site
from tests.browser.tabs import NewTab
from tests.serving import serve
from tests.test_serving_cost_case import CONFIGS

ADDRESS = "labs/serving-cost/"


@pytest.fixture(scope="module")
def lab_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("serving")
    make_site(folder)
    add_calculator(folder, "serving-cost")
    with serve(folder) as address:
        yield address


def opened(new_tab: NewTab, lab_site: str, width: int = 390) -> Page:
    """The lab's page with the place for a config.json open."""
    tab = new_tab(width)
    tab.goto(f"{lab_site}{ADDRESS}")
    tab.get_by_text("Bring your own model").click()
    expect(tab.get_by_label("The model’s config.json")).to_be_focused()
    return tab


def test_a_pasted_config_is_the_model_and_goes_nowhere(new_tab: NewTab, lab_site: str) -> None:
    tab = opened(new_tab, lab_site)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.get_by_label("The model’s config.json").fill(json.dumps(CONFIGS["llama-3-8b-shape.published"]))
    tab.get_by_role("button", name="Use this model").click()
    expect(tab.locator(".fg-labs__paste [role=status]")).to_contain_text("8.03 billion parameters")
    expect(tab.locator(".fg-labs__answer")).to_contain_text("Enter your model’s own price to see")
    tab.locator(".fg-labs__details > summary").click()
    expect(tab.locator(".fg-labs__details")).to_contain_text("A machine is one H100 SXM chip")
    expect(tab.locator(".fg-labs__details")).to_contain_text("a model of 8.03 billion parameters")
    assert not [url for url in asked if not url.endswith((".mjs", ".json", ".css"))]


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", '{"hidden_size": "<b>"}', "{" * 5000])
def test_a_file_that_is_no_config_changes_nothing_and_says_why(
    new_tab: NewTab, lab_site: str, text: str
) -> None:
    tab = opened(new_tab, lab_site)
    before = tab.locator(".fg-labs__answer").inner_text()
    tab.on("dialog", lambda dialog: pytest.fail(dialog.message))
    tab.get_by_label("The model’s config.json").fill(text)
    tab.get_by_role("button", name="Use this model").click()
    expect(tab.locator(".fg-labs__paste [role=status]")).to_contain_text(
        ("This is", "This config.json")[text[1] == '"']
    )
    assert tab.locator(".fg-labs__answer").inner_text() == before
    assert not tab.locator(".fg-labs__paste :is(img, b)").count()


def test_words_are_shown_as_tokens_and_the_size_of_the_machine_beside_its_choice(
    new_tab: NewTab, lab_site: str
) -> None:
    tab = new_tab(1280)
    tab.goto(f"{lab_site}{ADDRESS}")
    field = tab.locator("[data-input=words_in]")
    expect(field).to_contain_text("about 5,000 tokens")
    field.locator("input[type=text]").fill("750")
    expect(field).to_contain_text("about 1,000 tokens")


def test_an_old_link_keeps_tokens_a_month_and_the_machine(new_tab: NewTab, lab_site: str) -> None:
    tab = new_tab(390)
    tab.goto(f"{lab_site}{ADDRESS}#v1&volume=20000000000&prompt=2000&answer=300&chips=4&spares=0&people=0")
    expect(tab.locator(".fg-labs__came")).to_contain_text("earlier version")
    tab.locator(".fg-labs__details > summary").click()
    expect(tab.locator(".fg-labs__details")).to_contain_text("20 billion tokens a month")
    expect(tab.locator(".fg-labs__details")).to_contain_text("A machine is four H100 SXM chips")
