"""The short definition of a term."""

import pytest

from fieldguide.records.page import FrontMatter, Page
from fieldguide.records.term import Term


@pytest.mark.parametrize(
    ("term", "definition", "short"),
    [
        ("Token", "A token is a piece of text. It is billed.", "a piece of text."),
        ("Open weights", "Open weights are parameters to download.", "parameters to download."),
        ("Systemic risk", "Systemic risk is, in European law, a risk.", "in European law, a risk."),
        ("Reseller", "A reseller sells access to models.", "sells access to models."),
        ("On-premises", "On-premises means run in one's own building.", "run in one's own building."),
        ("Lock-in", "To leave costs money.", "To leave costs money."),
    ],
)
def test_a_definition_after_its_term_does_not_repeat_it(term: str, definition: str, short: str) -> None:
    meta = FrontMatter(title=term, type="term", reviewed="2026-11-24")
    assert Term("x", Page("glossary/x.md", "x", meta, ""), definition).short_definition == short
