"""The sheet that the page on diligence prints: its tables with room to write, and nothing else."""

from __future__ import annotations

import re

from fieldguide.records.yaml_source import load_yaml
from tests.guide import ROOT

QUESTIONS = ("diligence-seed", "diligence-series-a")
METRICS = "diligence-metrics"
MODULE = ROOT / "overrides" / "assets" / "js" / "sheet.mjs"


def test_the_module_reads_columns_that_the_tables_have() -> None:
    kept = {
        name: set(
            re.findall(
                r"'([^']+)'", re.search(rf"const {name} = \[(.*?)\]", MODULE.read_text(encoding="utf-8"))[1]
            )
        )
        for name in ("KEPT", "DEFINED")
    }
    heads = {
        slug: set(
            load_yaml((ROOT / f"data/figures/{slug}.yml").read_text(encoding="utf-8"))[0]["data"][
                "columns"
            ].values()
        )
        for slug in (*QUESTIONS, METRICS)
    }
    assert all(kept["KEPT"] <= heads[slug] for slug in QUESTIONS)
    assert kept["DEFINED"] <= heads[METRICS]


def test_the_module_loads_only_where_a_sheet_is(project) -> None:
    assert "sheet.mjs" in project.html('A sheet.\n{: data-sheet="one" }')
    assert "sheet.mjs" not in project.html("No sheet.")
