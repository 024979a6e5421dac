"""The small texts of figures and closing lists."""

import pytest

from fieldguide.page.figure import short_definition


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
def test_a_definition_under_a_figure_does_not_repeat_its_term(term: str, definition: str, short: str) -> None:
    assert short_definition(term, definition) == short
