"""Lines and points, on records of the tests' own."""

import re
from pathlib import Path
from typing import Any

import pytest

from fieldguide.drawing.figure import check_figure, draw
from fieldguide.drawing.kinds import merged
from fieldguide.drawing.labels import box_of, free, overlap
from tests.drawing.fixtures import book, figure
from tests.figures.reading import check_drawing, texts

MARKS = {"otherwise": "estimate", "names": {"disclosed": "given by the company", "estimate": "press account"}}


def records(tmp_path: Path, **more: Any):
    return book(
        tmp_path,
        **{
            "early": {"value": 10e9, "as_of": "2025-12", "kind": "disclosed"},
            "late": {"value": 40e9, "as_of": "2026-06-30", "qualifier": "more than"},
            "low": {"value": 20e9, "as_of": "2026-01"},
            "high": {"value": 25e9, "as_of": "2026-05", "low": 20e9, "high": 30e9},
            "released": {"value": "2026-03-01", "unit": "date"},
            "years": {"value": [2026.1, 2026.4], "unit": "years"},
            **more,
        },
    )


def panel(**more: Any) -> dict[str, Any]:
    """Two companies by date."""
    return {
        "x": {
            "low": "2025-12",
            "high": "2026-09",
            "ticks": ["2025-12", "2026-03", "2026-06", "2026-09"],
            "strokes": True,
            "format": ["month", "month.2"],
            "name": "date",
        },
        "y": {"high": 50e9, "ticks": [0, 20e9, 40e9], "format": "$.3gB", "zero": "0", "name": "USD a year"},
        "label": "{value:$.3gB}{value.plus}",
        "series": [
            {
                "id": "rising",
                "name": "Rising",
                "layer": "model",
                "points": [
                    {"value": "sales.early", "side": "below"},
                    {"id": "end", "value": "sales.late", "side": "left"},
                ],
            },
            {
                "id": "flat",
                "name": "Flat",
                "note": "by another rule",
                "strong": False,
                "dash": "6 3",
                "points": [{"value": "sales.low"}, {"value": "sales.high"}],
            },
        ],
        **more,
    }


def chart(*panels: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "panels": list(panels) or [panel()],
        "marks": MARKS,
        "metrics": {"right": [150, 90], "inset": 22},
        "table": {
            "columns": {
                "Who": "{series}",
                "Date": "{date}",
                "Sales": "{value.qualifier}{value:$g billion}",
                "Basis": "{basis}",
            }
        },
        **more,
    }


def test_a_chart_is_legible_in_both_widths_and_takes_dates_and_values_from_records(tmp_path: Path) -> None:
    made = records(tmp_path)
    drawing = draw(figure(made, "xy", chart(panel(names=["end", "end"]))), made)
    check_drawing(drawing)
    for svg in (drawing.wide.svg, drawing.narrow.svg):
        assert (
            ">$10B<" in svg and ">$40B+<" in svg and ">press account<" in svg and ">by another rule<" in svg
        )
    assert ">Mar 2026<" in drawing.wide.svg and ">Mar ’26<" in drawing.narrow.svg
    assert drawing.table.rows[:2] == [
        ["Rising", "Dec 2025", "{{fact:sales.early|$10 billion}}", "given by the company"],
        ["Rising", "30 Jun 2026", "more than {{fact:sales.late|$40 billion}}", "press account"],
    ]


def test_every_option_once_is_legible(tmp_path: Path) -> None:
    made = records(tmp_path)
    options = panel(
        title="The plot",
        note="and its note",
        names=["key", "key"],
        regions=[{"x": ["start", "2026-02"], "value": [20e9, "sales.high.high"]}],
        rules=[
            {"at": "sales.low", "text": "a line", "x": "end", "anchor": "end", "dy": -5},
            {
                "at": "sales.released",
                "across": False,
                "upto": 45e9,
                "text": "a date",
                "value": "start",
                "dx": 6,
                "dy": -8,
            },
        ],
        said=[
            {
                "text": "The highest\nIt leads here",
                "to": "highest",
                "dx": [-150, -90],
                "dy": -16,
                "x": "end",
                "width": 100,
            },
            {
                "text": ["wrapped where it is long", ""],
                "x": "middle",
                "value": "middle",
                "dy": 40,
                "width": 90,
            },
        ],
    )
    options["series"] += [
        {"id": "curve", "curve": [(2026, 1e9), (2026.5, 3e9)], "thick": 1},
        {
            "id": "free",
            "join": False,
            "points": [
                {"name": "Free", "value": "sales.high", "side": "free", "label": "{name}"},
                {"value": "sales.low", "x": "sales.released", "side": "hidden"},
            ],
        },
        {"id": "range", "points": [{"x": "sales.years", "value": 46e9, "side": "none"}]},
    ]
    second = panel(
        x={"low": 1, "high": 100, "log": True},
        y={"low": 1, "high": 1000, "log": True, "format": "decade"},
        series=[
            {
                "points": [
                    {
                        "id": "far",
                        "name": "Far away",
                        "x": 10,
                        "value": {"ratio": [100, 5]},
                        "label": "{name}",
                        "note": "a second line",
                        "dy": -60,
                    }
                ]
            },
        ],
        metrics={"top": [500, 560], "floor": [700, 720], "title": [470, 530]},
    )
    data = chart(
        options,
        second,
        listing={
            "head": "A list",
            "items": [{"name": "One", "value": "3 times"}, {"name": "Two", "note": "noted"}],
        },
        point="The head. The rest.",
        note="A note.",
    )
    data["table"] |= {"after": [["last", "", "", ""]], "by_date": True}
    data["metrics"] |= {
        "top": [110, 130],
        "floor": [330, 360],
        "title": 14,
        "key_x": [300, 180],
        "key_y": 30,
        "foot": [60, 60],
        "halo": 2,
        "label": 11,
    }
    drawing = draw(figure(made, "xy", data), made)
    for said in (
        "The highest",
        "a line",
        "a date",
        "Free",
        "a second line",
        "A list",
        "3 times",
        "noted",
        "The head.",
        "The rest.",
        "A note.",
    ):
        assert said in [text for text, *_ in texts(drawing.wide.svg)], said
    assert drawing.table.rows[-1][0] == "last"
    assert [row[1] for row in drawing.table.rows[:-1]] == [
        "",
        "",
        "Dec 2025",
        "Jan 2026",
        "1 Mar 2026",
        "May 2026",
        "May 2026",
        "30 Jun 2026",
    ]


def test_words_on_a_shaded_part_have_no_halo_and_a_mark_may_have_a_size_of_its_own(tmp_path: Path) -> None:
    made = records(tmp_path)
    one = panel(
        regions=[{"x": ["start", "2026-02"]}],
        said=[
            {"text": "shaded", "x": "start", "value": 30e9, "dx": 4},
            {"text": "open", "x": "2026-07", "value": 30e9},
        ],
    )
    one["series"][1]["points"][0]["radius"] = 7
    drawing = draw(figure(made, "xy", chart(one)), made)
    said = {words: tag for tag, words in re.findall(r"<text([^>]*)>([^<]*)</text>", drawing.wide.svg)}
    assert "stroke-width" not in said["shaded"] and "stroke-width" in said["open"]
    assert drawing.wide.svg.count('r="7"') == 1 == drawing.narrow.svg.count('r="7"')


def test_the_key_leaves_out_marks_that_no_value_has(tmp_path: Path) -> None:
    made = records(tmp_path)
    drawing = draw(
        figure(
            made, "xy", chart() | {"marks": {**MARKS, "names": {**MARKS["names"], "derived": "worked out"}}}
        ),
        made,
    )
    assert (
        ">press account<" in drawing.wide.svg
        and ">given by the company<" in drawing.wide.svg
        and "worked out" not in drawing.wide.svg
    )


def test_a_claim_can_say_where_a_value_comes_from(tmp_path: Path) -> None:
    made = records(tmp_path)
    one = panel()
    one["series"][0]["points"][0] |= {"id": "guess", "basis": "estimate"}
    found = figure(
        made,
        "xy",
        chart(one),
        asserts=[
            {"count": "guess-estimate", "equals": 1},
            {"count": "guess-disclosed", "equals": 1, "says": "that it is the maker’s word"},
        ],
    )
    (problem,) = check_figure(found, made)
    assert "that it is the maker’s word; the records give 0, not 1" in problem.message


def test_series_can_be_the_rows_of_the_table(tmp_path: Path) -> None:
    made = records(tmp_path)
    data = chart() | {"table": {"each": "series", "columns": {"Who": "{series}", "Rule": "{series_note}"}}}
    drawing = draw(figure(made, "xy", data), made)
    assert drawing.table.rows == [["Rising", ""], ["Flat", "by another rule"]]
    lines = [mark for mark in drawing.wide.root.iterfind(".//g[@data-row]") if mark[0].tag == "path"]
    assert {mark.attrib["data-row"]: mark[0].attrib["stroke"] for mark in lines} == {
        "0": "var(--fg-model)",
        "1": "var(--fg-ink-2)",
    }


def test_a_title_that_the_records_contradict_is_refused_with_its_line(tmp_path: Path) -> None:
    made = records(tmp_path)
    found = figure(
        made,
        "xy",
        chart(),
        asserts=[
            {"order": ["last(@rising.value)", "max(@flat.value)"]},
            {"before": ["last(@flat.x)", "@end.x"]},
            {"order": ["@flat.value", "@rising.value"], "says": "more"},
        ],
    )
    (problem,) = check_figure(found, made)
    assert problem.line and "the title claims more" in problem.message


@pytest.mark.parametrize(
    ("change", "says", "cure"),
    [
        ({"panels": [panel(colour="red")]}, "unknown key `colour`", "known keys"),
        (
            {"panels": [panel(series=[{"points": [{"x": 1, "value": "sales.nothing"}]}])]},
            "there is no field `sales.nothing`",
            "sales",
        ),
        (
            {"panels": [panel(series=[{"points": [{"value": 3}]}])]},
            "no `x`, and its value no date",
            "correct",
        ),
        ({"panels": []}, "panels", "panels"),
        (
            {"panels": [panel(x={"low": 3, "high": 3})]},
            "`panels.0.x`: `high`, 3, is not above `low`, 3",
            "fieldguide/drawing/kinds/xy_data.py",
        ),
        (
            {"panels": [panel(series=[{"points": [{"name": "Far", "x": 1e9, "value": 3}]}])]},
            "“Far”, 1e+09, lies outside the scale",
            "`x.high`",
        ),
        (
            {"panels": [panel(series=[{"points": [{"id": "low", "x": "sales.released", "value": -1e9}]}])]},
            "“low”, -1e+09, lies outside the scale",
            "`y.high`",
        ),
    ],
)
def test_bad_data_is_one_problem_with_a_line_and_a_cure(
    tmp_path: Path, change: dict[str, Any], says: str, cure: str
) -> None:
    made = records(tmp_path)
    (problem,) = check_figure(figure(made, "xy", chart() | change), made)
    assert problem.line and says in str(problem) and cure in str(problem)


def test_what_a_hook_works_out_is_joined_to_what_the_record_says_of_the_same() -> None:
    own = {"x": {"low": 1}, "series": [{"id": "a", "name": "A"}, {"id": "mine"}], "rows": [1]}
    worked = {"x": {"high": 9}, "series": [{"id": "b", "curve": [2]}, {"id": "a", "curve": [1]}], "rows": [2]}
    assert merged(own, worked) == {
        "x": {"low": 1, "high": 9},
        "series": [{"id": "b", "curve": [2]}, {"id": "a", "name": "A", "curve": [1]}, {"id": "mine"}],
        "rows": [2],
    }


def test_a_label_goes_where_it_touches_nothing_and_away_where_nothing_is_free() -> None:
    taken = [box_of("Taken", 110, 104.6, 13.5, 400, "start")]
    x, y, anchor, far = free("Label", 100, 100, 13.5, 400, taken, 0, 300) or (0, 0, "start", True)
    assert anchor == "end" and not far and not overlap(box_of("Label", x, y, 13.5, 400, anchor), taken[0])
    assert free("Label", 100, 100, 13.5, 400, [(0, 0, 300, 300)], 0, 300) is None


def test_a_line_of_steps_keeps_each_value_and_is_dashed_where_it_is_not_known(tmp_path: Path) -> None:
    made = records(tmp_path)
    stepped = panel()
    stepped["series"] = [
        {
            "id": "price",
            "name": "Price",
            "steps": True,
            "points": [
                {"x": "2026-01", "value": 40e9, "until": "2026-02"},
                {"x": "2026-06", "value": 20e9},
                {"x": "2026-07", "value": 20e9, "until": "2026-08"},
            ],
        }
    ]
    drawing = draw(figure(made, "xy", chart(stepped)), made)
    for shapes in (drawing.wide, drawing.narrow):
        lines = {
            number: [line.attrib for line in shapes.root.findall(f".//g[@data-row='{number}']/line")]
            for number in range(3)
        }
        known, dashed = lines[0]
        assert known["y1"] == known["y2"] == dashed["y1"]
        assert known["x2"] == dashed["x1"]
        assert "stroke-dasharray" in dashed
        assert "stroke-dasharray" not in known
        assert lines[1][0]["x1"] == dashed["x2"]
        assert len(lines[1]) == len(lines[2]) == 1


def test_a_mark_has_the_number_of_its_row_whatever_the_order_of_the_table(tmp_path: Path) -> None:
    made = records(tmp_path)
    table = {**chart()["table"], "by_date": True}
    drawing = draw(figure(made, "xy", chart(table=table)), made)
    dates = [row[1] for row in drawing.table.rows]
    assert dates == ["Dec 2025", "Jan 2026", "May 2026", "30 Jun 2026"]
    for shapes in (drawing.wide, drawing.narrow):
        places = {
            int(mark.attrib["data-row"]): float(next(mark.iter("circle")).attrib["cx"])
            for mark in shapes.root.iterfind(".//g[@data-row]")
        }
        assert sorted(places) == [0, 1, 2, 3]
        assert [places[row] for row in sorted(places)] == sorted(places.values())


def beside(**more: Any) -> dict[str, Any]:
    """A chart whose second line has no rows of its own."""
    rising, flat = panel()["series"]
    rising["points"][0] |= {"id": "start"}
    points = [{"value": "sales.low", "row": "start"}, {"value": "sales.high", "row": "end"}]
    return chart(panel(series=[rising, {**flat, "tabled": False, "points": points, **more}]))


def test_a_mark_may_show_the_row_of_another_and_be_seen_only_then(tmp_path: Path) -> None:
    made = records(tmp_path)
    drawing = draw(figure(made, "xy", beside(marks="pointed")), made)
    assert len(drawing.table.rows) == 2
    for shapes in (drawing.wide, drawing.narrow):
        rows: dict[str, list[str]] = {"0": [], "1": []}
        for mark in shapes.root.iterfind(".//g[@data-row]"):
            rows[mark.attrib["data-row"]].append(mark[-1].get("fill", ""))
        assert all(len(fills) == 2 and fills.count("none") == 1 for fills in rows.values()), rows


def test_a_row_that_the_table_does_not_have_is_a_problem(tmp_path: Path) -> None:
    made = records(tmp_path)
    data = beside()
    data["panels"][0]["series"][1]["points"][0]["row"] = "begin"
    (problem,) = check_figure(figure(made, "xy", data), made)
    assert "no row of `begin`; it has start, end" in problem.message
