"""The guide's own training runs: read with clear errors, filled into records, drawn, listed and given
away.
"""

from __future__ import annotations

import csv
import io
import json
import math
import statistics
from dataclasses import replace
from itertools import pairwise

import pytest

from fieldguide.book import load_book
from fieldguide.commands.load import load_index
from fieldguide.commands.source_links import ask_all
from fieldguide.drawing.hooks.runs import (
    OwnBacktests,
    OwnFitChoices,
    OwnForecast,
    OwnIsoflop,
    OwnLargestRuns,
    OwnScalingLaw,
)
from fieldguide.lists.runs import near, repeated, state
from fieldguide.outputs.files import output_file, output_files
from fieldguide.records.fact import Fact
from fieldguide.records.formulas.scaling import fitted_loss
from fieldguide.records.runs import (
    FIT,
    LATER,
    RUNS,
    Forecast,
    HeldOut,
    Interval,
    Seeds,
    Valleys,
    load_runs,
    measurements,
)
from fieldguide.records.source import Source
from tests.conftest import Project
from tests.figures.published import change, published
from tests.guide import ROOT, guide, guide_book

MEASURED = """
title: Our own fit
source: hoffmann2022
where: fit.json
fields:
  alpha: {measured: law.size_exponent, unit: exponent}
  runs: {measured: runs.count, unit: runs}
"""


def committed(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture
def runs(project: Project) -> Project:
    """The little project with the committed runs, and a fact that was measured in them."""
    project.write(RUNS, committed(RUNS))
    project.write(FIT, committed(FIT))
    project.write("data/facts/own-fit.yml", MEASURED)
    return project


# ---- reading


def test_a_project_without_runs_has_none_and_no_problem(project: Project) -> None:
    assert load_runs(project.root) == (None, [])
    assert project.problems() == []


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        (
            RUNS,
            (",20480,", ",many,"),
            f"{RUNS}:2: invalid literal for int() with base 10: 'many' — take the row out",
        ),
        (RUNS, ("run,budget", "name,budget"), f"{RUNS}:1: columns are"),
        (
            RUNS,
            (",20480,", ",20481,"),
            (
                f"{RUNS}:2: c3e11-w16 does not have a positive loss and 6 × parameters × tokens FLOP — take"
                " the row out"
            ),
        ),
        (RUNS, ("c3e11-w24,", "c3e11-w16,"), f"{RUNS}:3: c3e11-w16 stands twice — take one of its rows out"),
        (
            FIT,
            ('"size_exponent": {', '"sise_exponent": {'),
            f"{FIT}:1: `law.size_exponent`: Field required — run `python -m experiments fit`",
        ),
        (FIT, ("{", ""), f"{FIT}:1: `the file`: Invalid JSON"),
        (FIT, ('"runs": ', '"runs": 1'), f"{FIT}:1: it was fitted to 1"),
    ],
)
def test_a_wrong_file_is_named_with_its_line_and_what_to_run(
    runs: Project, path: str, change: tuple[str, str], said: str
) -> None:
    assert change[0] in committed(path)
    runs.write(path, committed(path).replace(*change, 1))
    found = runs.problems()
    assert [problem for problem in found if problem.startswith(said)], found


def test_runs_without_a_fit_say_what_to_run_and_stop_nothing(runs: Project) -> None:
    (runs.root / FIT).unlink()
    runs.page("The power is [0.5](fact:own-fit.alpha).")
    found = runs.problems()
    assert (
        f"{FIT}:1: the table of runs is there, and what was fitted to it is not — run `python -m experiments"
        " fit`" in found
    )
    assert any(
        problem.startswith("data/facts/own-fit.yml:") and "python -m experiments fit" in problem
        for problem in found
    )
    assert any("`own-fit.alpha`: the record says nothing" in problem for problem in found)


# ---- records


def test_a_measured_field_has_value_interval_and_the_day_of_the_newest_run(runs: Project) -> None:
    fit = json.loads(committed(FIT))
    book = load_book(runs.root)
    assert book.problems == []
    field = book.facts["own-fit"].fields["alpha"]
    assert {"value": field.value, "low": field.low, "high": field.high} == fit["law"]["size_exponent"]
    assert (
        field.as_of
        == field.seen
        == max(row["finished"] for row in csv.DictReader(io.StringIO(committed(RUNS))))
    )
    assert field.sources == ["hoffmann2022"]
    assert f"[{field.value:.2f}](fact:own-fit.alpha)" and 'class="fg-number"' in runs.html(
        f"It is [{field.value:.2f}](fact:own-fit.alpha)."
    )


def test_a_measured_field_is_compared_like_any_other(runs: Project) -> None:
    runs.page("The power is [7.5](fact:own-fit.alpha).")
    assert any(
        "`own-fit.alpha`: the record says" in problem and "the page says “7.5”" in problem
        for problem in runs.problems()
    )


def test_a_name_that_was_not_measured_is_named(runs: Project) -> None:
    runs.write("data/facts/own-fit.yml", MEASURED.replace("law.size_exponent", "law.sise_exponent"))
    assert any(
        "data/facts/own-fit.yml:" in problem
        and "`alpha` is called `law.sise_exponent`, which was not measured — did you mean `law.size_exponent`"
        in problem
        for problem in runs.problems()
    )


def test_the_facts_of_the_fit_are_what_its_file_says() -> None:
    book, fit = guide_book(), json.loads(committed(FIT))
    fields = book.facts["own-fit"].fields
    for name, key in (
        ("alpha", "size_exponent"),
        ("beta", "data_exponent"),
        ("size-share", "size_share"),
        ("floor", "floor"),
        ("a", "size_factor"),
        ("b", "data_factor"),
        ("tokens-per-parameter", "tokens_per_parameter"),
    ):
        assert {"value": fields[name].value, "low": fields[name].low, "high": fields[name].high} == fit[
            "law"
        ][key], name
    assert fields["size-share"].value == pytest.approx(
        fields["beta"].value / (fields["alpha"].value + fields["beta"].value), rel=1e-4
    )
    assert fields["runs"].value == fit["runs"] and fields["planned"].value == fit["runs"] + len(
        fit["to_come"]
    )
    assert fields["miss"].value == pytest.approx(100 * fit["miss"]["relative_deviation"])
    assert fields["alpha-without-table"].value == fit["without_the_table"]["size_exponent"]
    missing = [name for name, field in fields.items() if field.value is None]
    assert all(fields[name].measured in LATER for name in missing)


def test_the_fit_belongs_to_the_rows() -> None:
    runs = guide_book().runs
    assert runs is not None
    misses = [runs.miss(row) / 100 for row in runs.rows]
    assert statistics.pstdev(misses) == pytest.approx(runs.fit.miss.relative_deviation, rel=0.02)
    worst = next(row for row in runs.rows if row.run == runs.fit.miss.of)
    assert worst.loss / fitted_loss(worst.parameters, worst.tokens, *runs.law) - 1 == pytest.approx(
        runs.fit.miss.largest, rel=0.02
    )
    assert max(map(abs, misses)) == pytest.approx(abs(runs.miss(worst)) / 100)


def replaced(forecast: Forecast, measured: float | None, miss: float | None) -> Forecast:
    """The forecast as if its run had ended so, or not yet."""
    return forecast.model_copy(update={"measured": measured, "miss": miss})


def test_what_later_runs_tell_is_measured_once_they_are_there() -> None:
    runs = guide_book().runs
    assert runs is not None
    first = replaced(runs.fit.forecast[0], None, None)
    early = replace(
        runs,
        fit=runs.fit.model_copy(
            update={
                "seeds": [],
                "held_out": None,
                "forecast": [],
                "isoflop": runs.fit.isoflop.model_copy(update={"growth": None}),
            }
        ),
    )
    assert not set(LATER) & set(measurements(early))
    whole = replace(
        runs,
        fit=runs.fit.model_copy(
            update={
                "seeds": [
                    Seeds(runs=["a", "b"], relative_deviation=0.002),
                    Seeds(runs=["c", "d"], relative_deviation=0.001),
                ],
                "held_out": HeldOut(run="a", lines=9, loss=4.0, standard_error=0.02),
                "isoflop": Valleys(valleys=[], growth=Interval(value=0.5, low=0.4, high=0.6)),
                "forecast": [
                    replaced(first, measured=2.46, miss=0.025),
                    replaced(first, measured=2.425, miss=-0.03),
                ],
            }
        ),
    )
    assert measurements(whole)["seeds.percent"].value == pytest.approx(0.2)
    assert measurements(whole)["seeds.least-percent"].value == pytest.approx(0.1)
    assert measurements(whole)["held-out.percent"].value == pytest.approx(0.5)
    assert measurements(whole)["isoflop.growth"].low == 0.4
    assert measurements(whole)["forecast.percent"].value == pytest.approx(3)
    partly = replace(whole, fit=whole.fit.model_copy(update={"forecast": [*whole.fit.forecast, first]}))
    assert "forecast.percent" not in measurements(partly), "a run is to come"


def test_the_largest_runs_stand_beside_what_was_foretold_of_them() -> None:
    book = published()
    assert book.runs is not None
    first, second, *_ = book.runs.fit.forecast
    fit = book.runs.fit.model_copy(
        update={
            "forecast": [
                replaced(first, measured=None, miss=None),
                replaced(second, measured=2.5, miss=-0.0123),
            ]
        }
    )
    book = replace(book, runs=replace(book.runs, fit=fit))
    awaited, ended = (row["cells"] for row in OwnLargestRuns().compute(book)["rows"])
    assert (awaited["measured"], awaited["miss"]) == ("to come", "to come")
    assert (ended["measured"], ended["miss"]) == ("2.500", "−1.2%")
    assert awaited["foretold"] == f"{first.foretold:.3f}"


def test_the_forecasts_of_the_largest_runs_are_those_of_the_decision() -> None:
    runs = guide_book().runs
    assert runs is not None
    (decision,) = (ROOT / "decisions").glob("0020-*.md")
    text = decision.read_text(encoding="utf-8")
    assert len(runs.fit.forecast) == 3
    for one in runs.fit.forecast:
        assert (
            f"| {one.parameters:,} | {one.tokens / 1e6:.1f}M | {one.foretold:.5f} |"
            f" {one.low:.5f} to {one.high:.5f} |" in text
        )


# ---- a source that is the guide itself

OWN = """
title: Runs of our own
authors: [StarX Capital]
publisher: StarX Capital
date: 2026-11-28
url: foundations/tokens.md
kind: data
stake: vendor
stake_note: measured it itself
seen: 2026-11-28
"""


def test_a_source_that_is_a_page_of_the_guide_has_its_address(project: Project) -> None:
    project.write("data/sources/own.yml", OWN)
    project.page("We measured it [@own].")
    assert project.problems() == []
    book = load_book(project.root)
    assert book.sources["own"].url == book.address("foundations/tokens.md")
    assert book.sources["own"].standing == "primary"
    project.write("data/sources/own.yml", OWN.replace("tokens.md", "none.md"))
    assert any(
        "there is no page `foundations/none.md` — write it" in problem for problem in project.problems()
    )


def test_the_weekly_look_at_addresses_leaves_out_the_guide_s_own_pages() -> None:
    own = Source.model_validate(
        {
            "title": "x",
            "authors": ["x"],
            "publisher": "x",
            "date": "2026",
            "url": "data/x.md",
            "kind": "data",
            "seen": "2026-11-28",
        }
    )
    assert ask_all([own], lambda *_, **__: pytest.fail("asked")) == []


# ---- figures


def test_each_line_of_the_figure_is_a_size_and_the_frontier_the_lowest_run_of_each_budget() -> None:
    book = guide_book()
    assert book.runs is not None
    (panel,) = OwnScalingLaw(high=1e15, tall=(509, 424)).compute(book)["panels"]
    front = next(series for series in panel["series"] if series["id"] == "frontier")["points"]
    for point in front:
        run = next(row for row in book.runs.rows if point["id"] == f"best-{row.run}")
        assert run.loss == min(
            row.loss for row in book.runs.rows if row.budget == run.budget and row.seed == 0
        )
    lines = [series for series in panel["series"] if series["id"].startswith("size-")]
    assert sum(len(line["points"]) for line in lines) == sum(row.seed == 0 for row in book.runs.rows)
    budgets = {row.run: row.budget for row in book.runs.rows}
    ends = [line["points"][-1] for line in lines]
    for budget in {budgets[end["id"]] for end in ends}:
        group = [end for end in ends if budgets[end["id"]] == budget]
        for at, tall in enumerate((509, 424)):
            here = sorted((-tall * math.log(end["value"]) + end["dy"][at], end["value"]) for end in group)
            assert all(below - above >= 16 for (above, _), (below, _) in pairwise(here)), (
                "names of one budget stand a line apart"
            )
            assert [loss for _, loss in here] == sorted((loss for _, loss in here), reverse=True), (
                "in the order of their ends"
            )
        assert len({"leads" in end for end in group}) == 1, "all take a line to their ends, or none"
    within, beyond = (
        next(series for series in panel["series"] if series["id"] == f"law-{part}")["curve"]
        for part in ("within", "beyond")
    )
    assert within[-1] == pytest.approx(beyond[0]) and beyond[-1][0] == pytest.approx(1e15)


def test_the_minima_are_the_lowest_points_of_their_curves() -> None:
    book = guide_book()
    assert book.runs is not None
    (panel,) = OwnIsoflop().compute(book)["panels"]
    series = {one["id"]: one for one in panel["series"]}
    for point in series["minima"]["points"]:
        valley = next(valley for valley in book.runs.fit.isoflop.valleys if valley.parameters == point["x"])
        curve = series[f"valley-{valley.budget:.0e}".replace("+", "")]["curve"]
        assert point["value"] <= min(value for _, value in curve) < point["value"] * 1.001
        assert curve[0][0] < point["x"] < curve[-1][0]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.35, "**As expected.**"),
        (0.25, "**As expected.**"),
        (0.51, "**Higher.**"),
        (0.2, "**Lower.**"),
        (None, "**To come.**"),
    ],
)
def test_a_value_is_held_against_the_range_that_was_expected(value: float | None, said: str) -> None:
    book = published()
    change(book, "own-fit.alpha", value=value)
    hook = OwnForecast.model_validate(
        {"rows": [{"id": "alpha", "expected": "own-forecast.alpha", "found": "own-fit.alpha"}]}
    )
    (row,) = hook.compute(book)["rows"]
    assert row["cells"]["verdict"] == said
    assert row["cells"]["expected"] == {"text": "{{fact:own-forecast.alpha|0.35}}", "note": "0.25 to 0.50"}


@pytest.mark.parametrize(
    ("low", "high", "span", "held"),
    [
        (0.503784, 0.643406, "**As expected.**", "**Not as expected.**"),
        (0.49, 0.52, "**Lower.**", "**As expected.**"),
    ],
)
def test_the_interval_itself_was_foretold_and_is_shown_with_the_digits_that_decide(
    low: float, high: float, span: str, held: str
) -> None:
    book = published()
    change(book, "own-fit.size-share", low=low, high=high)
    change(book, "own-fit.share-span", value=high - low)
    hook = OwnForecast.model_validate(
        {
            "rows": [
                {
                    "id": "span",
                    "expected": "own-forecast.share-span",
                    "found": "own-fit.share-span",
                    "format": ".3f",
                },
                {
                    "id": "held",
                    "expected": "own-forecast.share-held",
                    "found": "own-fit.size-share",
                    "format": ".3f",
                    "holds": True,
                },
            ]
        }
    )
    first, second = (row["cells"] for row in hook.compute(book)["rows"])
    assert (
        first["expected"] == {"text": "at least {{fact:own-forecast.share-span|0.1}}"}
        and first["verdict"] == span
    )
    assert second == {
        "expected": "it holds {{fact:own-forecast.share-held|0.5}}",
        "found": {"text": f"{low:.3f} to {high:.3f}", "note": ""},
        "verdict": held,
    }
    (decision,) = (ROOT / "decisions").glob("0020-*.md")
    assert "we expect that of β/(α+β) to span at least 0.1, and that it holds 0.5" in decision.read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("low", "verdict"), [(0.49, "**Depends on the runs.**"), (0.51, "**Not as expected.**")]
)
def test_an_answer_that_turns_with_the_runs_is_open_and_both_are_said(low: float, verdict: str) -> None:
    book = published()
    change(book, "own-fit.size-share", low=0.53, high=0.63)
    change(book, "own-fit.size-share-without-repeats", low=low, high=0.63)
    hook = OwnForecast.model_validate(
        {
            "rows": [
                {
                    "id": "held",
                    "expected": "own-forecast.share-held",
                    "found": "own-fit.size-share",
                    "holds": True,
                    "others": {"without repeats": "own-fit.size-share-without-repeats"},
                }
            ]
        }
    )
    (row,) = hook.compute(book)["rows"]
    assert row["cells"]["verdict"] == verdict
    assert row["cells"]["found"] == {"text": "0.53 to 0.63", "note": f"{low:.2f} to 0.63 without repeats"}


def test_each_backtest_shows_its_fit_and_how_far_the_next_budget_lies_from_it() -> None:
    book = published()
    assert book.runs is not None
    rows = OwnBacktests().compute(book)["rows"]
    assert len(rows) == len(book.runs.fit.backtests) >= 3
    one = book.runs.fit.backtests[0]
    here = [row for row in book.runs.rows if row.budget <= one.up_to]
    assert rows[0]["name"] == "up to 10¹² FLOP" and rows[0]["note"] == f"{len(here)} runs"
    assert rows[0]["cells"]["share"] == {
        "text": f"{one.size_share.value:.2f}",
        "note": f"{one.size_share.low:.2f} to {one.size_share.high:.2f}",
    }
    assert rows[0]["cells"]["miss"]["text"] == f"{100 * one.mean:+.1f}%".replace("-", "−")
    for one in book.runs.fit.backtests:
        assert one.next == min(row.budget for row in book.runs.rows if row.budget > one.up_to)


def test_each_way_to_fit_shows_what_it_gives_with_its_interval() -> None:
    book = published()
    change(book, "own-fit.floor-by-squares", value=1.5, low=1.25, high=1.75)
    hook = OwnFitChoices.model_validate(
        {"rows": [{"id": "squares", "share": "own-fit.size-share", "floor": "own-fit.floor-by-squares"}]}
    )
    (row,) = hook.compute(book)["rows"]
    assert row["cells"]["floor"] == {
        "text": "{{fact:own-fit.floor-by-squares|1.50}}",
        "note": "1.25 to 1.75",
    }


@pytest.mark.whole
def test_the_words_on_misses_and_on_repetition_are_those_of_the_rows() -> None:
    runs = guide_book().runs
    assert runs is not None
    worst = next(row for row in runs.rows if row.run == runs.fit.miss.of)
    assert f"The run farthest from the law, with {worst.parameters:,} parameters" in near(
        runs
    ) and f"{runs.miss(worst):+.1f}%".replace("-", "−") in near(runs)
    long = [row for row in runs.rows if row.epochs > 3]
    assert repeated(runs).startswith(
        f"Of the {len(long)} runs that read each line more than 3 times,"
        f" {sum(runs.miss(row) > 0 for row in long)} lie"
    )
    assert (
        near(runs) in guide().pages["data/scaling-runs.md"].html
        and repeated(runs) in guide().pages["data/scaling-runs.md"].html
    )


def test_what_the_page_says_of_every_row_holds_for_every_row() -> None:
    runs = guide_book().runs
    assert runs is not None
    assert all(row.definition_loss > row.loss for row in runs.rows)
    assert all(row.flop / row.budget == pytest.approx(0.96, abs=0.005) for row in runs.rows)
    floor = runs.fit.law.floor
    assert abs(runs.fit.definitions_alone["floor"] - floor.value) < floor.high - floor.low


def test_the_forecast_is_that_of_the_decision() -> None:
    (decision,) = (ROOT / "decisions").glob("0020-*.md")
    text, forecast = decision.read_text(encoding="utf-8"), guide_book().facts["own-forecast"]
    assert isinstance(forecast, Fact)
    for name, row in (
        ("alpha", "| α, size | 0.35 | 0.25 to 0.50 |"),
        ("beta", "| β, data | 0.40 | 0.28 to 0.60 |"),
        ("size-share", "β/(α+β) | 0.53 | 0.43 to 0.63 |"),
        ("tokens-per-parameter", "| 30 | 10 to 100 |"),
        ("floor", "| 1.7 | 0.8 to 2.2 |"),
        ("seeds", "| 0.3% | 0.1% to 1% |"),
    ):
        assert row in text
        field = forecast.fields[name]
        numbers = [
            float(part.strip(" %"))
            for part in row.split("|")[-3:-1][0].split("to") + row.split("|")[-2].split("to")
        ]
        assert [field.value, field.low, field.high] == numbers, name


# ---- list and downloads


@pytest.mark.whole
def test_the_page_says_from_the_file_how_many_of_the_planned_runs_it_shows() -> None:
    runs = guide_book().runs
    assert runs is not None
    partly = replace(
        runs,
        rows=runs.rows[:8],
        fit=runs.fit.model_copy(update={"to_come": ["c3e13-w32", "c1e14-w64", "c1e14-w96"]}),
    )
    assert (
        state(partly)
        == "8 of 11 planned runs are in the table below, and 1 with a budget of 3×10¹³ FLOP and 2 with a"
        " budget of 10¹⁴ FLOP are still to come."
    )
    assert (
        state(replace(runs, fit=runs.fit.model_copy(update={"to_come": []})))
        == f"All {len(runs.rows)} planned runs are here."
    )
    html = guide().pages["data/scaling-runs.md"].html
    assert state(runs) in html
    assert [row.run for row in runs.rows if f'id="{row.run}"' not in html] == []


@pytest.mark.whole
def test_the_rows_can_be_taken_away_as_they_were_measured() -> None:
    make = output_file(guide(), "data/scaling-runs.csv")
    assert make is not None
    given = list(csv.DictReader(io.StringIO(make().decode(), newline="")))
    rows = list(csv.DictReader(io.StringIO(committed(RUNS))))
    assert [row["id"] for row in given] == [row["run"] for row in rows]
    for one, other in zip(given, rows, strict=True):
        assert {key: float(one[key]) for key in ("parameters", "tokens", "loss", "flop", "seconds")} == {
            key: float(other[key]) for key in ("parameters", "tokens", "loss", "flop", "seconds")
        }
        assert one["sources"] == "own-runs"


@pytest.mark.whole
def test_script_fit_and_notice_stand_beside_the_table(runs: Project) -> None:
    for name, path in (
        ("fit.json", FIT),
        ("grid.py", "experiments/grid.py"),
        ("fit.py", "experiments/fit.py"),
        ("wordnet-license.txt", "experiments/WORDNET-LICENSE"),
    ):
        make = output_file(guide(), f"data/scaling-runs/{name}")
        assert make is not None and make() == (ROOT / path).read_bytes(), name
    (runs.root / FIT).unlink()
    assert not any(path.startswith("data/scaling-runs") for path in output_files(load_index(runs.root)))


def test_the_section_on_our_own_law_is_short_and_leads_to_the_rows() -> None:
    text = (
        committed("docs/training/scaling-laws.md")
        .split("## A law of our own, from small runs\n")[1]
        .split("\n## ")[0]
    )
    assert len(text.split()) <= 120 and "(../data/scaling-runs.md)" in text and "fact:own-fit." in text
