"""The moat stress test's tables, as they are written for readers without scripts: the worksheet reads
them.
"""

from __future__ import annotations

import re

from tests.guide import ROOT


def _tables() -> list[list[list[str]]]:
    """The tables of the page's fallback, as they are written."""
    text = (ROOT / "docs" / "investing" / "moat-stress-test.md").read_text(encoding="utf-8")
    block = text.split("/// lab | moat-stress-test\n")[1].split("\n///\n")[0]
    found = re.findall(r"(?:^\|.*\n?)+", block, flags=re.M)
    return [
        [[cell.strip() for cell in row.strip("|").split(" | ")] for row in table.splitlines()[2:]]
        for table in found
    ]


def test_the_page_has_seven_kinds_eight_questions_and_a_source_in_every_row_of_evidence() -> None:
    kinds, questions, evidence = _tables()
    assert len(kinds) == 8 and kinds[0][0].strip("| ") == "Any company"
    assert len(questions) == 8
    assert all(len(row) == 6 and all(row) for row in questions)
    names, labels = {row[0].strip("| ") for row in kinds[1:]}, {row[0].strip("| ") for row in questions}
    for row in evidence:
        question, of, side, text = (cell.strip("| ") for cell in row)
        assert question in labels
        assert of == "all" or set(of.split(", ")) <= names
        assert side in ("for", "against")
        assert "[@" in text or "](fact:" in text, text
    assert {row[0].strip("| ") for row in evidence} == labels
