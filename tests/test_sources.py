"""How a source is named, and what its popover says."""

import pytest

from fieldguide.records.source import default_label
from fieldguide.text.dates import show_date


@pytest.mark.parametrize(
    ("authors", "label"),
    [
        (["Jordan Hoffmann", "et al."], "Hoffmann et al."),
        (["Rishi Bommasani", "Percy Liang"], "Bommasani and Liang"),
        (["A B", "C D", "E F"], "B et al."),
        (["OpenAI"], "OpenAI"),
        (["Mistral AI"], "Mistral AI"),
        (["European Parliament and Council"], "European Parliament and Council"),
        (["Jared Kaplan"], "Kaplan"),
    ],
)
def test_default_label(authors: list[str], label: str) -> None:
    assert default_label(authors, "arXiv") == label


def test_dates_are_shown_at_their_precision() -> None:
    assert [show_date(date) for date in ("2022-03-09", "2022-03", "2022")] == [
        "9 Mar 2022",
        "Mar 2022",
        "2022",
    ]
