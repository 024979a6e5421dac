"""Records: strict keys, remembered lines, readable errors."""

import pytest

from fieldguide.records.reading import YamlError, load_yaml


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
