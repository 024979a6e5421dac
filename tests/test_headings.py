"""Numbers in headings and in figures' titles are links to records or held by what the page shows, and unsure
ones are hedged.
"""

import pytest

from fieldguide.checks.headings import statements
from tests.conftest import FACT, SOURCE, Project
from tests.guide import guide, guide_book

TOKENS = "docs/foundations/tokens.md"
BARS = """title: {title}
context: {context}
alt: One bar of what was read and one of what there is, the first by far the longer of the two.
kind: bars
as_of: 2026-11-24
sources: [hoffmann2022]
data:
  x: {{high: 2.0e+12, ticks: [0, 1.0e+12], format: g}}
  label: "{{value:g}}"
  table:
    columns: {{Who: "{{name}}", Read: "{{value:g}}"}}
  groups:
    - rows:
        - {{id: first, name: The first, value: 1.4e+12}}
        - {{id: second, name: The second, value: 70.0e+9}}
asserts:
  - {{order: ["@first.value", "@second.value"], says: {says}}}
"""


def figure(
    project: Project, title: str, context: str = "Illustrative tokens", says: str = "that the first is longer"
) -> str:
    project.write("data/figures/two-bars.yml", BARS.format(title=title, context=context, says=says))
    project.page(
        "It read [1.4T](fact:reading.tokens) tokens [@hoffmann2022].\n\n/// figure | two-bars\nThe first is"
        " longer.\n///"
    )
    return "\n".join(project.problems())


def heading(project: Project, words: str, section: str) -> str:
    project.page(f"It read much [@hoffmann2022].\n\n## {words}\n\n{section}")
    return "\n".join(project.problems())


def test_a_linked_number_keeps_the_words_the_id_and_the_place_in_the_contents_of_its_heading(
    project: Project,
) -> None:
    project.page("It read much [@hoffmann2022].\n\n## It read [1.4T](fact:reading.tokens) tokens\n\nText.")
    assert project.problems() == []
    rendered = project.index().pages["foundations/tokens.md"]
    assert rendered.toc[0]["children"][0]["id"] == "it-read-14t-tokens"
    assert rendered.toc[0]["children"][0]["name"] == "It read 1.4T tokens"
    assert 'class="fg-number"' in rendered.html.split('id="it-read-14t-tokens"')[1].split("</h2>")[0]


def test_a_heading_is_compared_with_its_record(project: Project) -> None:
    assert "the record says 1.4T tokens, the page says “1.5T”" in heading(
        project, "It read [1.5T](fact:reading.tokens) tokens", "Text."
    )


@pytest.mark.parametrize(
    ("words", "section", "says"),
    [
        (
            "It read 1.4 trillion tokens",
            "Namely [1.4T](fact:reading.tokens).",
            "states 1.4 trillion, which its page links — write `[1.4 trillion](fact:reading.tokens)`",
        ),
        (
            "Seventy billion numbers",
            "It has [70B](fact:reading.size).",
            "states Seventy billion, which its page links — write `[Seventy billion](fact:reading.size)`",
        ),
        (
            "It costs $5",
            "Text.",
            (
                "states $5, which its page does not — write `[$5](fact:record.field)`, or show the number on"
                " the page"
            ),
        ),
    ],
)
def test_a_number_in_a_heading_is_a_link(project: Project, words: str, section: str, says: str) -> None:
    assert f"{TOKENS}:16: the heading “{words}” {says}" in heading(project, words, section)


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("Three steps", "One, two, three."),
        ("What changed in 2023", "Much."),
        ("Since 24 Nov 2026", "Much."),
        ("A 70B model fits", "It does."),
        ("A seat of $30", "An illustrative $30."),
        ("Twenty of them", "Illustrative."),
    ],
)
def test_counts_dates_sizes_and_what_the_page_works_out_need_no_link(
    project: Project, words: str, section: str
) -> None:
    assert heading(project, words, section) == ""


def test_a_title_links_its_number_where_it_stands_over_the_drawing_and_has_words_elsewhere(
    project: Project,
) -> None:
    assert (
        figure(project, '"It read [1.4T](fact:reading.tokens) tokens"', says="that it read 1.4T tokens") == ""
    )
    record = project.index().book.figures["two-bars"]
    assert record.title == "It read 1.4T tokens"
    html = project.index().pages["foundations/tokens.md"].html
    title = html.split('class="fg-figure__title"')[1].split("</p>")[0]
    assert "fg-number" in title and "{{" not in title
    assert "{{fact" not in html


def test_a_wrong_number_in_a_title_is_found(project: Project) -> None:
    assert "the record says 1.4T tokens, the page says “1.5T”" in figure(
        project, '"It read [1.5T](fact:reading.tokens) tokens"'
    )


def test_a_number_in_a_title_is_a_link_or_asserted(project: Project) -> None:
    found = figure(project, "It read 1.4T tokens")
    assert (
        "data/figures/two-bars.yml:1: the figure’s title “It read 1.4T tokens” states 1.4T, which is neither"
        " in a link nor in an assertion — write `[1.4T](fact:record.field)`" in found
    )
    assert figure(project, "It read 1.4T tokens", says="that it read 1.4T tokens") == ""
    assert figure(project, "It read 1.4T tokens", context="An illustrative 1.4T tokens") == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("{value: 1.4e12, unit: tokens, kind: estimate}", "is an estimate, or rests on one"),
        ("{value: 1.4e12, unit: tokens, source: paper2026, where: p. 1}", "has only the press behind it"),
    ],
)
def test_an_unsure_number_in_a_heading_is_hedged(project: Project, change: str, why: str) -> None:
    project.write(
        "data/sources/paper2026.yml", SOURCE.replace("kind: paper", "kind: press").replace("2203.15556", "2")
    )
    project.write("data/facts/reading.yml", FACT.replace("{value: 1.4e12, unit: tokens}", change))
    said = heading(project, "It read [1.4T](fact:reading.tokens) tokens", "Text [@paper2026].")
    assert (
        f"{TOKENS}:16: the heading “It read 1.4T tokens” rests on `reading.tokens`, which {why}, and does not"
        " say so — add one of: about, " in said
    )
    assert (
        heading(project, "It read an estimated [1.4T](fact:reading.tokens) tokens", "Text [@paper2026].")
        == ""
    )


def test_an_answer_is_hedged_too(project: Project) -> None:
    project.write(
        "data/facts/reading.yml",
        FACT.replace("{value: 1.4e12, unit: tokens}", "{value: 1.4e12, unit: tokens, kind: estimate}"),
    )
    project.write(
        TOKENS,
        (project.root / TOKENS)
        .read_text(encoding="utf-8")
        .replace("The answer.", "It read [1.4T](fact:reading.tokens) tokens. So much."),
    )
    assert "the answer “It read 1.4T tokens.” rests on `reading.tokens`, which is an estimate" in "\n".join(
        project.problems()
    )


@pytest.mark.whole
def test_the_guide_links_numbers_in_its_headings_and_titles() -> None:
    linked = [statement for statement in statements(guide_book()) if "](fact:" in statement.text]
    assert {statement.kind for statement in linked} == {"heading", "figure’s title"}
    plain = [heading["name"] for page in guide().pages.values() for heading in page.toc]
    assert not [name for name in plain if "fact:" in name or "<" in name]
