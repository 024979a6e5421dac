"""The sentences of one request: their file, their place in the site, and the steps that the build makes of a
page's headings.
"""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.commands.load import markdown_config
from fieldguide.index import render_page
from fieldguide.lists.fill import LISTS
from fieldguide.outputs.labs import sentences_json
from fieldguide.page.context import Context
from fieldguide.page.lab_one_request import GIVES, STEPS, anchor, following, mean, shown
from fieldguide.page.term import Matcher
from fieldguide.records.field import FieldMatch
from fieldguide.records.sentences import PATH, load_sentences
from fieldguide.text.dates import show_date
from fieldguide.text.numbers import show_number
from fieldguide.text.problems import Problem
from tests.guide import ROOT, guide_book
from tests.labs import request

SENTENCE: dict[str, Any] = {
    "text": "ab",
    "ids": [256, 97, 98],
    "tokens": ["", "a", "b"],
    "bars": [[32, " ", 0.5], [97, "a", 0.25]],
    "attention": [[[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]]],
    "rows": [[0.0, 1.5], [-4.5, 0.1], [0.2, 0.3]],
}


def written(root: Path, data: Any) -> Path:
    (root / PATH).parent.mkdir(parents=True, exist_ok=True)
    (root / PATH).write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return root


def rendered(book: Book, text: str | None = None) -> Context:
    page = book.pages["labs/one-request.md"]
    here = Context(
        book, page if text is None else dataclasses.replace(page, body=text), Matcher(book.terms), LISTS
    )
    render_page(here, markdown_config(ROOT))
    return here


@pytest.fixture(scope="module")
def html() -> str:
    """The lab's page as it is rendered, without the frame of the site."""
    book = guide_book()
    context = Context(book, book.pages["labs/one-request.md"], Matcher(book.terms), LISTS)
    return render_page(context, markdown_config(ROOT)).html


def test_sentences_are_read_and_counted_without_the_mark_before_them(tmp_path: Path) -> None:
    found, problems = load_sentences(written(tmp_path, [SENTENCE]))
    assert problems == [] and found[0].count == 2 and found[0].bars[0] == (32, " ", 0.5)
    assert load_sentences(tmp_path / "nowhere") == ([], [])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("[{", "Invalid JSON"),
        ([{**SENTENCE, "rows": [[0.0]]}], "speak of different places"),
        ([{**SENTENCE, "ids": [97, 98, 99]}], "the first place is 256"),
        ([{**SENTENCE, "bars": []}], "speak of different places"),
        ([{**SENTENCE, "more": 1}], "Extra inputs"),
        ([{**SENTENCE, "rows": [[None, 1.0], [0.0, 0.0], [0.0, 0.0]]}], "valid number"),
    ],
)
def test_a_file_that_does_not_hold_together_is_named_with_its_cure(
    tmp_path: Path, data: Any, said: str
) -> None:
    found, problems = load_sentences(written(tmp_path, data))
    assert found == [] and len(problems) == 1
    assert problems[0].path == PATH and said in problems[0].message and "make experiments" in problems[0].hint


def test_the_page_s_script_reads_what_the_build_shows() -> None:
    sentences = json.loads(sentences_json(guide_book()))
    assert [one["text"] for one in sentences] == [one.text for one in guide_book().sentences]
    assert len(sentences) == 3 and all(one["ids"][0] == 256 for one in sentences)


def names_shown(tree: list[Any]) -> set[str]:
    """The results whose names or numbers a picture shows."""
    _, attributes, *children = tree
    inner = [names_shown(child) for child in children if not isinstance(child, str)]
    return {attributes["data-gives"]} if "data-gives" in attributes else set().union(*inner)


def test_each_number_of_a_picture_is_one_of_the_sum() -> None:
    from_lab, given = request().steps(), {line["gives"] for line in request().lines()}
    assert [name for name in STEPS if name in from_lab] == request().step_names()
    assert set(STEPS) - set(from_lab) == {"model"}
    assert {name for pair in GIVES.values() for name in pair if name} <= given
    for name, step in from_lab.items():
        shown_here = set().union(*map(names_shown, step["picture"]))
        assert shown_here <= given and (shown_here or name == "tokens"), name


def test_a_rail_leads_to_each_step_which_keeps_its_anchor(html: str) -> None:
    rail = re.search(r'<nav[^>]*class="fg-rail".*?</nav>', html, flags=re.S)
    assert rail is not None
    assert re.findall(r'href="#([^"]+)"', rail[0]) == [anchor(slug) for slug in STEPS]
    assert re.findall(r'<section[^>]*class="fg-step"[^>]*id="([^"]+)"', html) == [
        f"step-{nth}" for nth in range(1, 9)
    ]


def test_a_step_keeps_its_sum_and_all_but_its_first_paragraph_in_a_fold(html: str) -> None:
    steps = re.split(r'<section[^>]*class="fg-step"', html)[1:]
    for slug, step in zip(STEPS, steps, strict=True):
        seen, _, fold = step.partition('<details class="fg-fold fg-step__fold">')
        assert seen.count("<p>") == 1 and "fg-step__lines" not in seen, slug
        assert ("fg-step__lines" in fold) == (slug != "model") and "fg-step__more" in fold, slug


def test_a_page_without_its_eight_headings_or_without_sentences_is_named() -> None:
    book = guide_book()
    of_records = {
        problem.message for problem in rendered(book).problems
    }  # what a record says otherwise than the page is no matter of this test

    def found(book: Book, text: str | None = None) -> list[Problem]:
        return [problem for problem in rendered(book, text).problems if problem.message not in of_records]

    text = book.pages["labs/one-request.md"].body.replace("## Other requests share the machine\n", "")
    assert ["does not have 8 headings" in problem.message for problem in found(book, text)] == [True]
    other = book.pages["labs/one-request.md"].body.replace(
        "## The model reads at once", "## The model reads slowly"
    )
    assert [
        "its example says “The model reads at once" in problem.message for problem in found(book, other)
    ] == [True]
    empty = found(dataclasses.replace(book, sentences=[]))
    assert len(empty) == 1 and "has no sentences" in empty[0].message and PATH in empty[0].hint


def test_the_map_is_lit_step_by_step_and_whole_at_the_end(html: str) -> None:
    maps = re.findall(r'<svg[^>]*class="fg-way".*?</svg>', html, flags=re.S)
    lit = [re.findall(r'<g data-layer="(\w+)" data-lit="">.*?<text[^>]*>([^<]+)', one) for one in maps]
    model, machine = (
        ("model", "Models"),
        [
            ("infrastructure", "Infrastructure"),
            ("infrastructure", "machines"),
        ],
    )
    assert lit[:5] == [[model], [model], machine, machine, machine]
    assert (
        lit[5:7]
        == [
            [("infrastructure", "Infrastructure"), ("infrastructure", "host")],
            [("application", "Applications")],
        ]
        and len(lit[7]) == 7
    )
    assert len({re.sub(r' data-lit=""', "", one) for one in maps}) == 1 and len(maps) == len(STEPS)


def test_estimates_carry_a_ring_where_they_head_a_step_and_in_the_table_of_inputs(html: str) -> None:
    assert (
        '<b data-gives="month_rented" data-mark="ring">' in html
        and '<span data-gives="month_rented" data-mark="ring">Rent with idle time</span>' in html
    )
    values = request().values
    use, other, price = (
        f"{show_number(values['utilization'])}%",
        f"{show_number(values['other'])}%",
        f"${show_number(values['input_price'])}",
    )
    assert all(f'<span data-mark="ring">{words}</span>' in html for words in (use, other))
    assert f">{price}<" in html and f'<span data-mark="ring">{price}</span>' not in html


def test_every_input_of_the_example_stands_below_the_steps_with_its_source_and_date(html: str) -> None:
    fold = re.search(r'<details class="fg-folded">.*?</details>', html, flags=re.S)
    assert (
        fold is not None
        and 'aria-label="Inputs of the example, with their sources and dates"' in fold[0]
        and 'aria-label=": table' not in html
    )
    rows = re.findall(r"<tr>.*?</tr>", fold[0], flags=re.S)
    numbers = [item for item in guide_book().labs["one-request"].inputs.values() if item.kind != "pick"]
    assert len(rows) == 1 + len(numbers)
    seat, reached = (
        next(row for row in rows if label in row) for label in ("Seat price", "Prefill efficiency")
    )
    found = guide_book().find("m365-copilot-price.seat")
    assert (
        isinstance(found, FieldMatch)
        and f"as of {show_date(str(found.field.as_of))}" in seat
        and "as of 2026" in reached
        and "2024" not in reached
    )
    assert (
        html.index("fg-step__onward")
        < html.index('<details class="fg-folded">')
        < html.rindex("What the page assumes and leaves out")
    )


def test_tokens_show_their_space_and_heads_are_averaged() -> None:
    assert (shown(" the"), shown(""), shown("a b"), following("")) == ("␣the", "start", "a␣b", "end")
    assert mean([[0.5, 0.25], [0.1, 0.75]]) == [0.3, 0.5]
