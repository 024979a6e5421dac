"""Records: strict keys, remembered lines, readable errors."""

import re

import pytest
from pydantic import ValidationError

from fieldguide.book import load_book
from fieldguide.records.base import load_record
from fieldguide.records.fact import Fact
from fieldguide.records.source import Source
from fieldguide.records.yaml_source import YamlError, load_yaml
from tests.conftest import Project


def test_reads_numbers_dates_and_lines() -> None:
    data, lines = load_yaml("a: 70e9\nb: 70_000\nday: 2026-11-24\nlist:\n  - x\n  - {c: 5.76e23}\n")
    assert data == {"a": 70e9, "b": 70000, "day": "2026-11-24", "list": ["x", {"c": 5.76e23}]}
    assert lines[("list", 1, "c")] == 6


def test_a_repeated_key_is_an_error_with_its_line() -> None:
    with pytest.raises(YamlError, match="stands twice") as caught:
        load_yaml("a: 1\nb: 2\na: 3\n")
    assert caught.value.line == 3


def test_malformed_yaml_says_where() -> None:
    with pytest.raises(YamlError) as caught:
        load_yaml("a: 1\nb: [1, 2\nc: 3\n")
    assert caught.value.line >= 2


def test_words_for_readers_have_typographic_quotes_and_addresses_stay_as_written(project: Project) -> None:
    path = project.root / "data/sources/hoffmann2022.yml"
    text = path.read_text(encoding="utf-8")
    text = re.sub("^title: .*$", """title: '"It''s cheap": AI''s Economics'""", text, flags=re.M)
    text = re.sub("^url: .*$", "url: https://example.org/?q='it'", text, flags=re.M)
    path.write_text(text, encoding="utf-8")
    source, problems = load_record(Source, path, project.root)
    assert source is not None and problems == []
    assert (source.title, source.url) == ("“It’s cheap”: AI’s Economics", "https://example.org/?q='it'")


def test_what_was_loaded_stays_as_it_is_written_while_a_book_works_out_its_fields(project: Project) -> None:
    path = project.root / "data/facts/reading.yml"
    first, worked_out = load_book(project.root), load_book(project.root)
    written, _ = load_record(Fact, path, project.root)
    assert (
        written is not None
        and written.fields["budget"].value is None
        and written.fields["size"].source is None
    )
    assert worked_out.facts["reading"].fields["budget"].value == 6 * 70e9 * 1.4e12
    assert first.facts == worked_out.facts and first.quantities["reading"] is first.facts["reading"]
    with pytest.raises(ValidationError, match="frozen"):
        written.fields["size"].value = 1
