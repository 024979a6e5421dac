"""The benchmark: what it measures is never a test, that it measures the guide is."""

from __future__ import annotations

import re

import pytest

from fieldguide.commands import bench
from tests.conftest import Project, page
from tests.guide import ROOT


def test_builds_are_set_beside_a_stock_build_and_edits_are_timed(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("docs/foundations/tokens.md", page("Tokens", "The answer.\n\n## More\n\nText."))
    edit = ("page", "docs/foundations/tokens.md", "\n## ", bench.SENTENCE, "/foundations/tokens/")
    monkeypatch.setattr(bench, "EDITS", (edit,))
    monkeypatch.setattr(bench, "cpu_of_build", lambda folder: 2.0 if folder.name == "stock" else 5.0)
    assert bench.report(project.root) == 0
    assert re.sub(r"\d+\.\d s$", "# s", capsys.readouterr().out, flags=re.M).splitlines() == [
        f"a stock build of {len(project.index().pages)} plain pages: 2.0 s of CPU",
        "a cold build of the guide: 5.0 s of CPU, 2.5 × stock",
        "a warm build of the guide: 5.0 s of CPU, 2.5 × stock",
        "the first page shows after # s",
        "an edited page shows after # s",
    ]


def test_what_the_bench_edits_is_there() -> None:
    assert [path for _, path, old, *_ in bench.EDITS if old not in (ROOT / path).read_text("utf-8")] == []
