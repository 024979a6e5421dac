"""Three hosts side by side."""

import pytest

from tests.figures.published import published
from tests.figures.reading import cells, drawn

SLUG = "three-providers"


def test_one_column_a_company_and_one_row_an_aspect() -> None:
    rows = cells(drawn(SLUG, published(SLUG)).html)
    assert rows[0] == ["What", "Groq", "Together AI", "Cerebras"]
    assert [row[0] for row in rows[1:]] == ["Sells today", "Machines", "List price", "Speed of one stream", "Who uses or pays it", "Revenue", "Latest events", "The case for it", "The case against"]


def test_cells_are_drawn_from_records() -> None:
    book = published(SLUG)
    book.companies["groq"] = book.companies["groq"].model_copy(update={"what": "sand and copper"})
    rows = {row[0]: row for row in cells(drawn(SLUG, book).html)}
    assert rows["Sells today"][1].startswith("Sand and copper")
    assert rows["List price"][1].startswith("{{fact:groq-gpt-oss-120b.input|$") and rows["Speed of one stream"][3].startswith("{{fact:gpt-oss-120b-speed.cerebras|1,706}}")


def test_a_speed_that_was_not_found_is_said() -> None:
    rows = {row[0]: row for row in cells(drawn(SLUG, published(SLUG)).html)}
    assert rows["Speed of one stream"][2].startswith("Not found")


def test_every_event_shown_has_its_source() -> None:
    rows = {row[0]: row for row in cells(drawn(SLUG, published(SLUG)).html)}
    assert all("{{cite:" in content for content in rows["Latest events"][1:])


def test_a_title_that_the_records_contradict_is_refused() -> None:
    book = published(SLUG)
    book.companies["together-ai"] = book.companies["together-ai"].model_copy(update={"unit": book.companies["groq"].unit})
    with pytest.raises(ValueError, match="one unit of sale"):
        drawn(SLUG, book)
