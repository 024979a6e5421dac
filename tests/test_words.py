"""The counter of visible words: what a reader sees of a chapter, and the numbers of its running text."""

from __future__ import annotations

from fieldguide.checks.repetition import chapters, repeated_values
from fieldguide.commands.word_count import count, render_counts
from tests.conftest import MODEL, Project, page

BARE = "An answer."


def words(project: Project, body: str) -> tuple[int, int]:
    """What `body` adds to an empty page: words, and checked numbers in running text."""
    counts = []
    for text in (BARE, f"{BARE}\n\n{body}"):
        project.page(text)
        index = project.index()
        one = count(index, index.book.pages["foundations/tokens.md"])
        counts.append((one.words, one.numbers))
    return counts[1][0] - counts[0][0], counts[1][1] - counts[0][1]


def test_text_boxes_folds_tables_and_quizzes_count(project: Project) -> None:
    assert words(project, "One two three.") == (3, 0)
    assert words(project, '!!! fold "Two words"\n    One two.') == (4, 0)
    assert words(project, "| a | b |\n| --- | --- |\n| one two | three |") == (5, 0)
    assert words(project, "/// quiz\nWhy so?\n\n- [x] One: because.\n- [ ] Two: because.\n///")[0] >= 6


def test_the_name_of_a_source_does_not_count_and_a_checked_number_does(project: Project) -> None:
    project.write("data/models/chinchilla.yml", MODEL)
    assert words(project, "It has [70B](fact:chinchilla.parameters) parameters [@hoffmann2022].") == (4, 1)
    assert words(project, "| size |\n| --- |\n| [70B](fact:chinchilla.parameters) |") == (2, 0)


def test_the_table_has_a_line_a_chapter_and_their_sum(project: Project) -> None:
    project.page("An answer.")
    index = project.index()
    table = render_counts(index)
    assert [page.src for page in chapters(index.book)] == ["foundations/tokens.md"]
    assert "| foundations/tokens.md | " in table and table.splitlines()[-1].startswith("| all 1 | ")


def test_a_value_on_more_than_three_chapter_pages_is_listed_with_them(ledger: Project) -> None:
    stated = "It read [1.4T](fact:reading.tokens) tokens [@hoffmann2022]."
    sources = ["foundations/tokens.md"]
    config = (ledger.root / "mkdocs.yml").read_text(encoding="utf-8")
    for name in ("one", "two", "three"):
        assert repeated_values(ledger.index()) == {}
        sources.append(f"foundations/{name}.md")
        ledger.write(f"docs/{sources[-1]}", page(name.title(), f"An answer.\n\n{stated}"))
        ledger.write("mkdocs.yml", config.replace("[foundations/tokens.md]", f"[{', '.join(sources)}]"))
    repeated = repeated_values(ledger.index())
    assert {value: [item.src for item in pages] for value, pages in repeated.items()} == {
        "reading.tokens": sources
    }
