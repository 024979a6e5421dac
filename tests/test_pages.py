"""Front matter and running text."""

import re

from fieldguide.book import load_book
from fieldguide.commands.copy import write_copy
from fieldguide.records.page import (
    WORD,
    WORDS_A_MINUTE,
    FrontMatter,
    Page,
    page_url,
    readable_text,
    running_text,
    split_front_matter,
)
from fieldguide.records.site import load_mkdocs_yml
from tests.conftest import Project, page
from tests.guide import ROOT, guide_book

BODY = """# Title

Two words here.

/// figure | map
Not counted.
///

!!! worked "Box"
    Not counted either.

| a | b |
| - | - |

After it, [a link](page.md) counts [@key].
"""


def test_running_text_leaves_out_figures_boxes_tables_and_headings() -> None:
    assert running_text(BODY).split() == [
        "Two",
        "words",
        "here.",
        "After",
        "it,",
        "[a",
        "link]",
        "counts",
        ".",
    ]


def test_front_matter_is_split_and_lines_are_counted() -> None:
    head, body, offset = split_front_matter("---\ntitle: A\n---\n\n# A\n")
    assert (head, body, offset) == ("title: A\n", "\n# A\n", 3)


def test_the_argument_in_ten_minutes_takes_ten_at_most_with_three_drawings_and_one_way_on_in_each_part() -> (
    None
):
    found = guide_book().pages["ten-minutes.md"]
    assert len(WORD.findall(readable_text(found.body))) <= 10 * WORDS_A_MINUTE
    parts = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", found.body, flags=re.M | re.S))
    assert found.body.count("/// figure | ") == 3
    assert [title for title, text in parts.items() if text.count("\nRead more: [") != 1] == [
        "Test yourself",
        "Read next",
    ]


SECTIONS = ("foundations", "training", "stack", "business", "investing")


def newcomers_way() -> list[str]:
    """The eight pages that home sends a newcomer to, as paths below docs/."""
    return re.findall(
        r"\(([\w/-]+\.md)\)",
        guide_book().pages["index.md"].body.split("### New to this\n")[1].split("\n[Start")[0],
    )


def test_the_newcomer_s_eight_pages_have_a_quiz_and_other_chapters_one_question_at_most() -> None:
    pages, way = guide_book().pages, newcomers_way()
    assert len(way) == 8
    asked = {
        src: found.body.count("/// quiz\n")
        for src, found in pages.items()
        if src in way or found.section in SECTIONS
    }
    assert {src: count for src, count in asked.items() if not 2 <= count <= 3 and src in way} == {}
    assert {src: count for src, count in asked.items() if count > 1 and src not in way} == {}


def test_what_would_change_our_mind_stands_only_on_pages_that_argue() -> None:
    found = [
        src for src, one in guide_book().pages.items() if "\n## What would change our mind\n" in one.body
    ]
    assert len(found) <= 12


def test_the_footer_says_what_pages_are_called() -> None:
    book, config = guide_book(), load_mkdocs_yml(ROOT)[0]
    called = {
        page_url(entry.src): {
            book.pages[entry.src].meta.title,
            entry.section if entry.src.endswith("/index.md") else "",
        }
        for entry in book.nav
    }
    links = [link for group in config["extra"]["footer"] for link in group["links"] if not link.get("pdf")]
    assert [(link["title"], link["url"]) for link in links if link["title"] not in called[link["url"]]] == []
    assert config["extra"]["pitch_url"] == page_url("investing/pitch.md")


def test_a_line_is_found_again() -> None:
    page = Page(
        "a.md",
        "docs/a.md",
        FrontMatter(title="A", type="about", description="x" * 60, reviewed="2026"),
        "\n# A\n\none\ntwo one\n",
        3,
    )
    assert page.line_of("one") == 7
    assert page.line_of("one", 1) == 8
    assert page.minutes == 1


def test_a_draft_is_in_no_copy_for_another_builder(project: Project) -> None:
    text = page("Later", "The answer, later.").replace(
        "reviewed: 2026-11-24\n", "reviewed: 2026-11-24\nstatus: draft\n"
    )
    project.write("docs/foundations/later.md", text)
    book = load_book(project.root)
    assert book.pages["foundations/later.md"].meta.status == "draft"
    write_copy(project.root, project.root / "copy")
    assert (project.root / "copy/docs/foundations/tokens.md").exists()
    assert not (project.root / "copy/docs/foundations/later.md").exists()
