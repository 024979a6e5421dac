"""Recorded addresses, opened in the browser."""

from __future__ import annotations

import re

from fieldguide.book import Book
from fieldguide.checks.addresses import PATH
from fieldguide.records.redirect import load_register
from tests.browser.tabs import OpenPage
from tests.guide import ROOT

REGISTER = load_register(ROOT / PATH)


def test_a_figure_s_short_link_arrives_under_a_sub_path_without_javascript(
    open_page: OpenPage, address: str, book: Book
) -> None:
    figure = next(iter(book.homes))
    page = open_page(f"go/{figure}/", java_script_enabled=False)
    page.wait_for_url(f"{address}figures/{figure}/")


def test_a_recorded_scenario_opens_to_what_it_says(open_page: OpenPage) -> None:
    """Of the moat stress test: kind and marks in the address are the ones that are chosen."""
    [scenario] = [line for line in REGISTER if "#test&" in line]
    kind, letters = re.search(r"#test&kind=([\w-]+)&answers=([hpg-]+)$", scenario).groups()
    page = open_page(scenario)
    page.locator(".fg-stress").wait_for()
    chosen = page.evaluate(
        "[...document.querySelectorAll('.fg-stress input[type=radio]:checked')].map(input =>"
        " input.value).filter(Boolean)"
    )
    names = {"h": "holds", "p": "part", "g": "goes"}
    assert chosen == [kind, *(names[letter] for letter in letters if letter in names)]
