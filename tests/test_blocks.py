"""The small texts of figures and closing lists."""

from fieldguide.page.figure import short_definition


def test_a_definition_under_a_figure_does_not_repeat_its_term() -> None:
    assert short_definition("Token", "A token is a piece of text. It is billed.") == "a piece of text."
    assert (
        short_definition("Open weights", "Open weights are parameters to download.")
        == "parameters to download."
    )
    assert (
        short_definition("Systemic risk", "Systemic risk is, in European law, a risk of some models.")
        == "in European law, a risk of some models."
    )
    assert short_definition("Reseller", "A reseller sells access to models.") == "sells access to models."
    assert (
        short_definition("On-premises", "On-premises means run in one's own building.")
        == "run in one's own building."
    )
    assert short_definition("Lock-in", "To leave costs money.") == "To leave costs money."
