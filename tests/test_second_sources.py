"""A value may name further sources that give it too, and a source the one that it copies."""

from tests.conftest import FACT, SOURCE, Project

SECOND = "also: [{source: other2023, where: table 9, seen: 2026-11-25}]"


def with_second(project: Project, second: str = SECOND, other: str = "") -> list[str]:
    project.write(
        "data/sources/other2023.yml",
        SOURCE.replace("2203.15556", "2301.00001").replace("2022-03-29", "2023-01-01") + other,
    )
    project.write("data/facts/reading.yml", FACT.replace("unit: tokens}", f"unit: tokens, {second}}}"))
    return project.problems()


def test_a_second_source_stands_in_the_note_with_its_place_and_counts_for_what_is_computed(
    project: Project,
) -> None:
    assert with_second(project) == []
    index = project.index()
    assert index.book.facts["reading"].fields["tokens"].sources == ["hoffmann2022", "other2023"]
    assert index.book.facts["reading"].fields["budget"].sources == ["hoffmann2022", "other2023"]
    assert (
        "Hoffmann et al. 2022, table 3; Hoffmann et al. 2023, table 9"
        in index.pages["foundations/tokens.md"].html
    )


def test_an_unknown_second_source_is_named(project: Project) -> None:
    found = "\n".join(with_second(project, SECOND.replace("other2023", "othr2023")))
    assert "data/facts/reading.yml:8: unknown source `othr2023` — did you mean `other2023`?" in found


def test_one_source_is_not_its_own_second(project: Project) -> None:
    found = "\n".join(with_second(project, SECOND.replace("other2023", "hoffmann2022")))
    assert "`tokens` names `hoffmann2022` twice" in found


def test_a_copy_names_a_source_that_is_there_and_not_itself(project: Project) -> None:
    assert any(
        "data/sources/other2023.yml:11: unknown source `hofmann2022` — did you mean `hoffmann2022`?"
        in problem
        for problem in with_second(project, other="copy_of: hofmann2022\n")
    )
    assert any(
        "`other2023` is a copy of itself" in problem
        for problem in with_second(project, other="copy_of: other2023\n")
    )
    assert with_second(project, other="copy_of: hoffmann2022\n") == []
