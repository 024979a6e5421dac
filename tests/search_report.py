"""`make search-report`: what the search finds for every question of the tests, in Chromium and without
building the site.

`python -m tests.search_report "what is rag"` asks that, and prints what is found.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from fieldguide.outputs.search import numbers_json, search_json
from tests.chromium import find
from tests.guide import ROOT, guide
from tests.questions import ANSWERS, FIRST, questions, shares
from tests.serving import serve


def answers(asked: Sequence[str]) -> list[dict[str, Any]]:
    """What the engine finds for each question."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "overrides" / "assets" / "js", folder / "assets" / "js")
        for data, make in (("search", search_json), ("numbers", numbers_json)):
            (folder / "assets" / f"{data}.json").write_text(make(guide()), encoding="utf-8")
        (folder / "index.html").write_text("<!doctype html><title>Search</title>", encoding="utf-8")
        with serve(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(address)
            results: list[dict[str, Any]] = page.evaluate(ANSWERS, [address, list(asked)])
            browser.close()
    return results


def report() -> None:
    asked = questions()
    places = []
    for question, found in zip(asked, answers([question.ask for question in asked]), strict=True):
        addresses = [result["address"] for result in found["results"]]
        place = question.place(addresses)
        places.append((question, place))
        shown = "" if 0 < place <= FIRST else "   found " + ", ".join(addresses[:FIRST])
        print(f"{place or '–':>3}  {question.ask}{shown}")
    for part, good, whole in shares(places):
        print(f"{part}: the right page is among the first {FIRST} for {good} of {whole} ({good / whole:.0%})")


def explain(question: str) -> None:
    found = answers([question])[0]
    for typed, meant in found["corrected"]:
        print(f"showing results for “{meant}” instead of “{typed}”")
    for at, result in enumerate(found["results"][:10], 1):
        section = (
            f" → {''.join(text for text, _ in result['section']['title'])}" if result.get("section") else ""
        )
        print(
            f"{at:>3}  {result['kind']}: {''.join(text for text, _ in result['title'])},"
            f" {result['address']}{section}"
        )


if __name__ == "__main__":
    explain(" ".join(sys.argv[1:])) if sys.argv[1:] else report()
