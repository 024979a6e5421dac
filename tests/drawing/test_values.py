"""Values of records, looked up and written."""

import pytest

from fieldguide.book.numbers import number
from fieldguide.drawing import values
from tests.figures.published import published


def test_a_number_is_found_in_facts_and_models() -> None:
    book = published("llama-run")
    assert number(book, "h100-sxm.memory") == 80
    assert number(book, "llama-31-405b.parameters") == 405e9
    assert values.date(book, "llama-31-405b.released") == "2024-07-23"


@pytest.mark.parametrize("reference", ["nobody.field", "h100.nothing", "public-text-stock.used-up"])
def test_what_is_no_number_is_refused_by_name(reference: str) -> None:
    with pytest.raises(KeyError, match=reference):
        number(published("llama-run"), reference)


def test_numbers_are_written_as_the_guide_writes_them() -> None:
    assert values.words(15.6e12) == "15.6 trillion"
    assert values.words(2.7e9) == "2.7 billion"
    assert values.words(16384, 5) == "16,384"
    assert values.plain(2.664e6) == "2.664M"
    assert values.power(3.7908e25) == "3.79×10²⁵"
    assert values.checked("a.b", "7") == "{{fact:a.b|7}}"
