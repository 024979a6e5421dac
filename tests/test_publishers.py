"""Which press counts, and how many copies it takes."""

from __future__ import annotations

from fieldguide.page.evidence_words import source_line
from tests.conftest import SOURCE, Project
from tests.guide import ROOT, guide_book

PRESS = SOURCE.replace("kind: paper", "kind: press")
LIST = "newsrooms: {Reuters: news agency}\nexperts: {arXiv: stands for an expert here}\n"


def source(project: Project, text: str) -> None:
    """The project's only source, in the topic `training`."""
    (project.root / "data/sources/hoffmann2022.yml").unlink(missing_ok=True)
    project.write("data/sources/training/hoffmann2022.yml", text)


def faults(project: Project, text: str, listed: str = LIST) -> list[str]:
    source(project, text)
    project.write("data/publishers.yml", listed)
    return [
        problem
        for problem in project.problems()
        if "publishers.yml" in problem or "sources/training" in problem
    ]


def test_a_press_source_whose_publisher_is_not_listed_is_refused_with_its_line_and_a_cure(
    project: Project,
) -> None:
    (found,) = faults(project, PRESS.replace("publisher: arXiv", "publisher: Content Farm"))
    assert (
        found.startswith(
            "data/sources/training/hoffmann2022.yml:4: `Content Farm` is not among the press that counts"
        )
        and "withdraw what stands on it" in found
    )


def test_a_misspelled_publisher_is_told_the_nearest(project: Project) -> None:
    (found,) = faults(project, PRESS.replace("publisher: arXiv", "publisher: Reuter"))
    assert "did you mean `Reuters`?" in found


def test_other_kinds_and_listed_press_pass(project: Project) -> None:
    assert faults(project, SOURCE.replace("publisher: arXiv", "publisher: Content Farm")) == []
    assert faults(project, PRESS) == []


def test_press_that_was_read_in_copies_needs_two_of_them(project: Project) -> None:
    (found,) = faults(project, PRESS + "via: https://example.com/one\n")
    assert "it was read in one copy only" in found and "via: [first, second]" in found
    assert faults(project, PRESS + "via: [https://example.com/one, https://example.org/two]\n") == []
    assert any(
        "one copy is named twice" in problem
        for problem in faults(project, PRESS + "via: [https://example.com/one, https://example.com/one/]\n")
    )
    assert faults(project, SOURCE + "via: https://example.com/one\n") == []


def test_a_project_without_the_list_refuses_no_press(project: Project) -> None:
    source(project, PRESS.replace("publisher: arXiv", "publisher: Content Farm"))
    assert [problem for problem in project.problems() if "press" in problem] == []


def test_a_reader_sees_that_a_source_was_read_in_copies(project: Project) -> None:
    source(project, PRESS + "via: [https://example.com/one, https://example.org/two]\n")
    (found,) = project.index().book.sources.values()
    assert source_line(found).endswith("Read 24 Nov 2026 in two copies.")
    html = project.page_html("about/references/g-j.md")
    assert (
        'href="https://example.com/one">Copy 1</a>' in html
        and 'href="https://example.org/two">Copy 2</a>' in html
    )


def test_the_guide_s_list_says_of_each_publisher_why_it_counts() -> None:
    publishers = guide_book().publishers
    assert publishers is not None and len(publishers.known) > 50
    assert all(len(why) > 10 for why in publishers.known.values())
    assert "data/publishers.yml" in (ROOT / "STYLE.md").read_text(encoding="utf-8")
