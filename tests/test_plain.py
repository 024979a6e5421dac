"""Plain Markdown: nothing of the guide's own syntax is left, and nothing that it says is lost."""

from __future__ import annotations

import re

import pytest

from fieldguide.outputs.plain import plain_markdown, plain_text
from tests.conftest import Project
from tests.guide import guide

SRC = "foundations/tokens.md"
OWN = re.compile(r"^///|^!!!|\]\(fact:|\[@|\{\{|^\{:", flags=re.M)
"""The guide's own syntax."""


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```|`[^`\n]+`", "", text, flags=re.M | re.S)


BASE = "http://127.0.0.1:8000/"
CODE = "Write `[70B](fact:a.b)`.\n\n```markdown\n/// quiz\nWhy? [@key]\n///\n```"
PLAIN = {
    # what it is about: (the guide's syntax, plain Markdown)
    "numbers and citations become words and links": (
        r"It read [1.4T](fact:reading.tokens) and cost [\$2](fact:reading.size) [@hoffmann2022, sec. 3;"
        r" @starx].",
        "It read 1.4T and cost $2 ([Hoffmann et al. 2022, sec. 3](https://arxiv.org/abs/2203.15556);"
        " StarX’s view, opinion).",
    ),
    "links are absolute, and foreign ones stay": (
        "[a](../glossary/token.md#see-also) [b](#here) [c](https://example.org/x) [d](index.md)"
        " [e](mailto:a@b.c)",
        f"[a]({BASE}glossary/token/#see-also) [b]({BASE}foundations/tokens/#here) [c](https://example.org/x)"
        f" [d]({BASE}foundations/) [e](mailto:a@b.c)",
    ),
    "characters that only hold a line together are left out": (
        "INTELLECT&#8209;1 and a/&#8288;b",
        "INTELLECT-1 and a/b",
    ),
    "code stays as it is written": (CODE, CODE),
    "a box becomes a quotation with its kind": (
        'Before.\n\n!!! worked "A sum"\n    | a | b |\n    | --- | --- |\n    | 1 | 2 |\n\n    It is'
        ' 2.\n\nAfter.\n\n!!! margin ""\n    A note.\n',
        "Before.\n\n> **Worked example. A sum**\n>\n> | a | b |\n> | --- | --- |\n> | 1 | 2 |\n>\n> It is"
        " 2.\n\nAfter.\n\n> A note.",
    ),
    "a margin note with a term's name begins with its definition": (
        'Before.\n\n!!! margin "token"\n\nAfter.\n\n!!! margin "token"\n    It is billed.\n',
        "Before.\n\n> A token is a piece of text that a model reads.\n\nAfter.\n\n"
        "> A token is a piece of text that a model reads.\n>\n> It is billed.",
    ),
    "a quiz keeps its answers": (
        "/// quiz\nWhat?\n\n- [ ] This: no.\n- [x] That: yes.\n///\n",
        "**Question.** What?\n\n- Wrong. This: no.\n- Right. That: yes.",
    ),
}


@pytest.mark.parametrize("name", PLAIN)
def test_the_guide_s_syntax_becomes_plain_markdown(project: Project, name: str) -> None:
    text, wanted = PLAIN[name]
    assert plain_text(project.index(), text, SRC) == f"{wanted}\n"


@pytest.mark.whole
def test_a_figure_becomes_its_claim_its_reading_and_its_data() -> None:
    book = guide().book
    text = plain_markdown(guide(), book.pages["foundations/what-is.md"])
    figure = book.figures["what-counts"]
    assert f"**Table. {figure.title}.**" in text
    assert "| System | Broad data? |" in text
    assert "| AlexNet (image classifier, 2012) | **No:** 1.2 million photos, for one contest |" in text
    assert "As of 25 Nov 2026." in text


@pytest.mark.whole
def test_no_page_leaks_the_guide_s_own_syntax() -> None:
    for page in guide().book.pages.values():
        text = without_code(plain_markdown(guide(), page))
        assert OWN.findall(text) == [], page.src
        assert "\ue000" not in text, page.src
        assert [
            link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"https?:|mailto:", link)
        ] == [], page.src


@pytest.mark.whole
def test_every_row_of_a_table_has_the_cells_of_its_head() -> None:
    uneven = set()
    for page in guide().book.pages.values():
        for block in re.findall(r"(?:^\|.*\|$\n?)+", plain_markdown(guide(), page), flags=re.M):
            if len({len(re.findall(r"(?<!\\)\|", line)) for line in block.strip().splitlines()}) > 1:
                uneven.add(page.src)
    assert uneven == set()
