"""The labs' arithmetic and words: what the page works out is what the build's Python works out, for anything
that a reader may put in.
"""

from __future__ import annotations

import json
import math
import random
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from fieldguide.book.labs import defaults, lab_data
from fieldguide.records.cases import case, lines_of
from fieldguide.records.cases._lines import sum_of
from fieldguide.text import spoken
from tests.browser.tabs import NewTab
from tests.guide import ROOT, guide_book
from tests.labs import CASES, close, drawn_values
from tests.serving import serve
from tests.test_lab_lines import FILLED, FORMATS, LINE, SCOPE

LABS = sorted(guide_book().labs)
NUMBERS = 5000
WORDS = ("problems", "sentence", "readings", "lines", "charts")
RUN = """async ([path, given]) => {
  const model = await import(path);
  const { linesOf } = await import('/assets/js/lab/sum.mjs');
  const lines = await linesOf(model, new URL(path, location));
  const {lab, cases, words} = JSON.parse(given);
  const wrong = (value) => typeof value === 'number' ? !Number.isFinite(value) : value !== null &&
    typeof value === 'object' ? Object.values(value).some(wrong) : value === undefined;
  return JSON.stringify(cases.map(([values, result]) => {
    const own = model.work(values, lab);
    const said = Object.fromEntries(words.map((name) => [name, name === 'problems' ? model.problems(values,
      lab) : name === 'lines' ? lines(result, values, lab) : model[name](result, values, lab)]));
    return { result: own, wrong: wrong(own) || wrong(said), said };
  }));
}"""
"""As text both ways: Playwright takes long to hand over what is nested."""
SPOKEN = """async ([folder, numbers]) => {
  const [words, { duration }] = [await import(`${folder}words.mjs`), await import(`${folder}duration.mjs`)];
  return numbers.map((value) => [words.fixed(value % 1e15, 0), words.fixed(value % 1e15, 2),
    words.digits(value, 3), words.money(value), words.percent(value % 1e15), words.count(value),
    value ? words.power(value) : '', words.some(value, 'GPU', 'GPUs'), duration(Math.abs(value))]);
}"""
ENDS = (
    0,
    1,
    2,
    10,
    11,
    0.5,
    2.5,
    0.05,
    0.0995,
    9.95,
    99.5,
    99.94,
    99.95,
    100,
    999.5,
    999.995,
    1000,
    999_999.4,
    999_999.6,
    1e6,
    999.5e6,
    9.995e14,
    1e15,
    9.995e15,
    1e21,
    3.8e25,
    1e-9,
    1 / 3,
    24,
    47.9,
    48,
    17520,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts as the site holds them."""
    folder = tmp_path_factory.mktemp("labs")
    (folder / "index.html").write_text("<!doctype html><title>Labs</title>", encoding="utf-8")
    (folder / "labs").symlink_to(ROOT / "docs" / "labs")
    (folder / "assets").symlink_to(ROOT / "overrides" / "assets")
    return folder


def _run(
    page: Page, slug: str, lab: dict[str, Any], cases: list[tuple[dict[str, Any], dict[str, Any]]]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        page.evaluate(
            RUN, [f"/labs/{slug}/model.mjs", json.dumps({"lab": lab, "cases": cases, "words": WORDS})]
        )
    )
    return found


@pytest.mark.parametrize("slug", LABS)
def test_page_and_build_work_out_the_same_for_anything_that_is_put_in(
    new_tab: NewTab, folder: Path, slug: str
) -> None:
    record, arithmetic = guide_book().labs[slug], case(slug)
    lab = json.loads(json.dumps(lab_data(guide_book(), record)))
    ids = {
        item["id"]: [one["id"] for one in item.get("options") or item.get("rows")]
        for group in lab["groups"]
        for item in group["inputs"]
        if item["kind"] != "number"
    }
    draw = random.Random(slug)
    values = [
        defaults(guide_book(), record)[0],
        *(drawn_values(record.inputs, ids, draw) for _ in range(CASES)),
    ]
    cases = [(one, arithmetic.work(one, lab)) for one in values]
    with serve(folder) as address:
        page = new_tab()
        page.goto(address)
        answers = _run(page, slug, lab, cases)
    for (given, result), answer in zip(cases, answers, strict=True):
        assert not answer["wrong"], (given, answer)
        assert close(json.loads(json.dumps(result)), answer["result"]), (given, result, answer["result"])
        said = {
            name: (
                arithmetic.problems(given, lab)
                if name == "problems"
                else (
                    lines_of(arithmetic, result, given, lab)
                    if name == "lines"
                    else getattr(arithmetic, name)(result, given, lab)
                )
            )
            for name in WORDS
        }
        for name in WORDS:
            assert close(json.loads(json.dumps(said[name])), answer["said"][name]), (
                name,
                given,
                said[name],
                answer["said"][name],
            )
        sentence = str(said["sentence"])
        assert re.fullmatch(r"[A-Z$0-9−].*[.]", sentence) and not re.search(
            r"−\$0(?![.\d])|\bNaN\b|Infinity|undefined|None|  | 1 [a-z]+s\b", sentence
        ), sentence


def test_numbers_are_said_alike_in_page_and_build(new_tab: NewTab, folder: Path) -> None:
    draw = random.Random(16)
    numbers = [sign * value for value in ENDS for sign in (1, -1)] + [
        draw.choice((-1, 1)) * 10 ** draw.uniform(-9, 30) for _ in range(NUMBERS)
    ]
    with serve(folder) as address:
        page = new_tab()
        page.goto(address)
        said = page.evaluate(SPOKEN, ["/assets/js/lab/", numbers])
    for value, words in zip(numbers, said, strict=True):
        near = math.fmod(value, 1e15)
        expected = [
            spoken.fixed(near, 0),
            spoken.fixed(near, 2),
            spoken.digits(value, 3),
            spoken.money(value),
            spoken.percent(near),
            spoken.count(value),
            spoken.power(value) if value else "",
            spoken.some(value, "GPU", "GPUs"),
            spoken.duration(abs(value)),
        ]
        assert words == expected, value


FILL = """async ([scope, line, given]) => {
  const { sumOf } = await import('/assets/js/lab/sum.mjs');
  return given.map((changed) => sumOf([{ ...line, ...changed }], scope, {}));
}"""


def test_templates_are_filled_in_the_page_as_at_build(new_tab: NewTab, folder: Path) -> None:
    with serve(folder) as address:
        page = new_tab()
        page.goto(address)
        found = page.evaluate(FILL, [SCOPE, LINE, [changed for changed, _ in FILLED]])
    assert found == [sum_of([LINE | changed], SCOPE, FORMATS) for changed, _ in FILLED]
