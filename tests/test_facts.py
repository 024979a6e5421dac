"""Fields inherit their record's origin; computed ones inherit sources and the oldest date."""

from fieldguide.book import load_book
from tests.conftest import FACT, SOURCE, Project


def test_a_computed_field_has_value_sources_and_the_oldest_date(project: Project) -> None:
    project.write("data/sources/other2020.yml", SOURCE)
    project.write(
        "data/facts/mixed.yml",
        FACT.replace("reading.size", "mixed.size").replace("{value: 70e9, unit: parameters}", "{value: 10, unit: parameters, source: other2020, where: p. 1, as_of: 2020-01-01}"),
    )
    field = load_book(project.root).facts["mixed"].fields["budget"]
    assert field.value == 6 * 10 * 1.4e12
    assert field.sources == ["other2020", "hoffmann2022"]
    assert field.as_of == "2020-01-01"
    assert field.kind == "derived"


def test_a_field_of_another_source_does_not_inherit_place_and_copy(project: Project) -> None:
    project.write("data/sources/other2020.yml", SOURCE)
    project.write("data/facts/mixed.yml", FACT.replace("{value: 70e9, unit: parameters}", "{value: 10, unit: parameters, source: other2020}"))
    book = load_book(project.root)
    assert any("`size` has no where" in str(problem) for problem in book.problems)
