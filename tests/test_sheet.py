"""The sheet that the page on diligence prints: its tables with room to write, and nothing else."""

from __future__ import annotations

import re

from fieldguide.drawing.pictures import diligence_metrics, diligence_sheet
from tests.guide import ROOT

MODULE = ROOT / "overrides" / "assets" / "js" / "sheet.mjs"


def test_the_module_reads_columns_that_the_tables_have() -> None:
    kept = {name: set(re.findall(r"'([^']+)'", re.search(rf"const {name} = \[(.*?)\]", MODULE.read_text(encoding="utf-8"))[1])) for name in ("KEPT", "DEFINED")}
    assert kept["KEPT"] <= set(diligence_sheet.COLUMNS)
    assert kept["DEFINED"] <= set(diligence_metrics.COLUMNS)


def test_the_module_loads_only_where_a_sheet_is(project) -> None:
    assert "sheet.mjs" in project.html('A sheet.\n{: data-sheet="one" }')
    assert "sheet.mjs" not in project.html("No sheet.")
