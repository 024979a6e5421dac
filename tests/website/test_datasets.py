"""Data sets as they are published."""

from __future__ import annotations

import json
from pathlib import Path

from fieldguide.records.dataset import DATASETS
from tests.built import BASE


def test_the_schemas_are_published_where_the_data_say(site: Path) -> None:
    for name in DATASETS:
        data = json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))
        assert data["$schema"] == f"{BASE}data/{name}.schema.json"
        assert (site / "data" / f"{name}.schema.json").is_file()
