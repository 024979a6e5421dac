"""What was published and taken back: its addresses answer with the day, the reason and the last value."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from fieldguide.commands.withdraw import withdraw
from fieldguide.outputs.files import output_files
from fieldguide.outputs.withdrawn import withdrawn_files
from fieldguide.records.figure import embed_file
from tests.conftest import FACT, Project

TAKEN = """
claims:
  reading.gone: {what: Price of <Argon>, was: about $2 billion, day: 2026-11-30, why: Its only source was a digest & nobody else says so.}
figures:
  old-chart: {what: Argon grew, day: 2026-11-30, why: Its numbers could not be carried.}
"""  # noqa: E501


def made(project: Project) -> dict[str, str]:
    return {path: make().decode() for path, make in withdrawn_files(project.index())}


def test_a_withdrawn_claim_s_page_and_badge_say_when_and_why_and_the_last_value(ledger: Project) -> None:
    ledger.write("data/withdrawn.yml", TAKEN)
    assert ledger.problems() == []
    files = made(ledger)
    page, badge = files["go/reading.gone/index.html"], files["go/reading.gone/badge.svg"]
    for part in (
        "Withdrawn on 30 Nov 2026",
        "Price of &lt;Argon&gt;",
        "a digest &amp; nobody",
        "about $2 billion",
        '<meta name="robots" content="noindex">',
    ):
        assert part in page, part
    assert (
        "Withdrawn on 30 Nov 2026" in badge
        and "about $2 billion" in badge
        and ET.fromstring(badge) is not None
    )
    assert {"go/reading.gone/", "go/old-chart/"} <= ledger.index().published().addresses


def test_a_withdrawn_figure_keeps_its_short_link_and_its_frame(ledger: Project) -> None:
    ledger.write("data/withdrawn.yml", TAKEN)
    files = made(ledger)
    for path in ("go/old-chart/index.html", embed_file("old-chart")):
        assert (
            "Argon grew" in files[path]
            and "Withdrawn on 30 Nov 2026" in files[path]
            and "could not be carried" in files[path]
        )
    assert set(files) <= set(output_files(ledger.index()))


def test_the_ledger_lists_what_was_withdrawn(ledger: Project) -> None:
    ledger.write("data/withdrawn.yml", TAKEN)
    html = ledger.page_html("data/claims.md")
    assert (
        "<summary>2 numbers and figures withdrawn, each with the day and the reason at its address</summary>"
        in html
    )
    assert 'href="../../go/reading.gone/">Price of &lt;Argon&gt;</a> <b>about $2 billion</b>' in html


def test_what_is_withdrawn_and_still_on_record_is_a_problem(ledger: Project) -> None:
    ledger.write("data/withdrawn.yml", TAKEN.replace("reading.gone", "reading.size"))
    (found,) = [problem for problem in ledger.problems() if "withdrawn.yml" in problem]
    assert found.startswith("data/withdrawn.yml:3: `reading.size` is withdrawn and still on record")


def test_the_command_writes_the_entry_and_takes_the_field_out(ledger: Project) -> None:
    ledger.write("data/links.txt", "go/reading.spare/\n")
    ledger.write(
        "data/facts/reading.yml",
        FACT + "  spare:\n    value: 5\n    unit: tokens\n  never: {value: 6, unit: tokens}\n",
    )
    lines = withdraw(ledger.root, ["reading.spare", "reading.never"], "It was a guess.", "2026-11-30")
    assert lines == ["reading.spare is withdrawn", "reading.never was never published and is deleted"]
    text = (ledger.root / "data/facts/reading.yml").read_text(encoding="utf-8")
    assert "spare" not in text and "never" not in text and "budget" in text
    withdrawals = ledger.index().book.withdrawals
    assert withdrawals is not None and list(withdrawals.claims) == ["reading.spare"]
    taken = withdrawals.claims["reading.spare"]
    assert (taken.was, taken.day, taken.why) == ("5 tokens", "2026-11-30", "It was a guess.")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("reading.tokens", "stated in docs/foundations/tokens.md"),
        ("reading.size", "`reading.budget` is computed from `reading.size`"),
        ("reading.sise", "has no field `sise`"),
        ("nothing", "names no field of a record"),
    ],
)
def test_the_command_refuses_what_is_in_use_and_changes_nothing(
    ledger: Project, name: str, message: str
) -> None:
    before = (ledger.root / "data/facts/reading.yml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        withdraw(ledger.root, [name], "It was a guess.", "2026-11-30")
    assert (ledger.root / "data/facts/reading.yml").read_text(encoding="utf-8") == before and not (
        ledger.root / "data/withdrawn.yml"
    ).exists()


def test_a_field_that_shares_its_line_is_left_alone_with_a_cure(ledger: Project) -> None:
    ledger.write(
        "data/facts/other.yml",
        FACT.replace("reading.", "other.")
        .replace(
            "\nfields:\n  tokens: {value: 1.4e12, unit: tokens}\n  size: {value: 70e9, unit: parameters}\n",
            "\nfields: {tokens: {value: 1.4e12, unit: tokens}, size: {value: 70e9, unit: parameters}}\n",
        )
        .partition("  budget")[0],
    )
    with pytest.raises(ValueError, match="shares its line with others"):
        withdraw(ledger.root, ["other.tokens"], "It was a guess.", "2026-11-30")
