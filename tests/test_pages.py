"""Front matter and running text."""

from fieldguide.pages import FrontMatter, Page, running_text, split_front_matter

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
    assert running_text(BODY).split() == ["Two", "words", "here.", "After", "it,", "[a", "link]", "counts", "."]


def test_front_matter_is_split_and_lines_are_counted() -> None:
    head, body, offset = split_front_matter("---\ntitle: A\n---\n\n# A\n")
    assert (head, body, offset) == ("title: A\n", "\n# A\n", 3)


def test_a_line_is_found_again() -> None:
    page = Page("a.md", "docs/a.md", FrontMatter(title="A", type="about", description="x" * 60, reviewed="2026"), "\n# A\n\none\ntwo one\n", 3)
    assert page.line_of("one") == 7
    assert page.line_of("one", 1) == 8
    assert page.minutes == 1
