"""Labs: what their records may say, which defaults and choices they take from other records, and what stands
on the page without scripts.
"""

from __future__ import annotations

import json
import random
import re
from itertools import groupby
from typing import Any

import pytest

from fieldguide.book.numbers import field
from fieldguide.labs import choices, data
from fieldguide.labs.calculator import LINES as LINES_OF
from fieldguide.outputs.files import output_file
from tests.conftest import CHIP, COMPANY, MODEL, PRICE, Project, page
from tests.guide import ROOT, guide_book
from tests.labs import drawn_values
from tests.labs import lab as calculator

LAB = """
name: What does reading cost?
version: 1
groups:
  - name: The text
    inputs:
      - {id: tokens, label: Tokens, unit: tokens, default: reading.tokens, low: 0, high: 1e15, from: 1, to: 1e13, scale: log, short: true}
      - {id: way, label: Way, choose: {fast: at once, slow: overnight}, default: fast}
      - {id: model, label: Model, pick: prices, only: token, sets: {price: input, cached: cached}, default: acme-one}
      - {id: price, label: Price, unit: $ per million, low: 0, high: 100, from: 0.01, to: 10, scale: log}
      - {id: cached, label: Cached, unit: $ per million, default: 0.5, low: 0, high: 100, from: 0.01, to: 10, scale: log}
presets:
  - {id: small, name: A page, note: "one", values: {tokens: 500}, disclosed: {cost: reading.size}}
tries:
  - {title: A book, text: More of it., values: {tokens: 100000}}
  - {title: Overnight, text: Later., values: {way: slow}}
  - {title: Dear, text: At more., values: {price: 10}}
"""  # noqa: E501


MODEL_JS = """import { fixed } from '../../assets/js/lab/words.mjs';
export const work = (v) => ({ cost: v.tokens * v.price / 1e6 });
export const sentence = ({ cost }) => `Reading costs $${fixed(cost, 0)}.`;
export const charts = () => [];
"""
SUM_JS = "export const formats = {};\nexport const more = () => ({});\n"
LINES = """lines:
  - {name: reading, how: tokens × price, value: cost, unit: USD, text: "{cost:money}"}
"""


@pytest.fixture
def lab(project: Project) -> Project:
    """The little project with a lab of its own, on its own page."""
    (project.root / "overrides/assets/js").symlink_to(ROOT / "overrides/assets/js")
    for path, text in {
        "companies/acme": COMPANY,
        "hardware/x1": CHIP,
        "models/chinchilla": MODEL,
        "prices/acme-one": PRICE,
        "labs/reading-cost": LAB + LINES,
    }.items():
        project.write(f"data/{path}.yml", text)
    project.write("docs/labs/reading-cost/view.mjs", "export const mount = () => () => {};")
    project.write("docs/labs/reading-cost/model.mjs", MODEL_JS)
    project.write("docs/labs/reading-cost/sum.mjs", SUM_JS)
    project.write(
        "docs/labs/reading-cost.md",
        page("Reading", "The answer.\n\n/// lab | reading-cost\nBy hand.\n///", "lab"),
    )
    project.bend("mkdocs.yml", "  - About:", "  - Labs: [labs/reading-cost.md]\n  - About:")
    return project


def by_id(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The inputs of lab.json."""
    return {item["id"]: item for group in made["groups"] for item in group["inputs"]}


def _bend(project: Project, old: str, new: str) -> list[str]:
    assert old in LAB
    project.write("data/labs/reading-cost.yml", LAB.replace(old, new) + LINES)
    return [problem for problem in project.problems() if "reading-cost" in problem]


def test_defaults_and_choices_are_those_of_the_records(lab: Project) -> None:
    assert not [problem for problem in lab.problems() if "labs/" in problem]
    make = output_file(lab.index(), "labs/reading-cost/lab.json")
    assert make is not None
    made = json.loads(make())
    inputs = by_id(made)
    assert inputs["tokens"]["default"] == 1.4e12 and inputs["tokens"]["origin"] == "reading.tokens"
    assert (
        inputs["price"]["default"] == 1 and "origin" not in inputs["price"]
    )  # of the price that holds now, picked, whose row says where it is from
    assert inputs["cached"]["default"] == 0.5 and "origin" not in inputs["cached"]  # its own number wins
    assert inputs["model"]["rows"] == [
        {
            "id": "acme-one",
            "name": "One",
            "note": "Acme",
            "values": {"price": 1, "cached": 0.075},
            "origins": {"price": "acme-one.input", "cached": "acme-one.cached"},
            "group": "Acme",
            "more": "$1 in, $5 out",
        }
    ]
    assert inputs["way"]["options"] == [
        {"id": "fast", "name": "at once"},
        {"id": "slow", "name": "overnight"},
    ]
    assert made["presets"][0]["disclosed"] == {"cost": {"value": 70e9, "origin": "reading.size"}}
    origin = made["origins"]["reading.tokens"]
    assert (
        origin["href"] == "go/reading.tokens/" and origin["as_of"] == "2022-03-29" and "until" not in origin
    )
    assert (made["origins"]["acme-one.input"]["since"], made["origins"]["acme-one.input"]["until"]) == (
        "2026-09-01",
        "2026-10-31",
    )


RENTAL = """
provider: Acme
role: cloud
sells: gpu-hours
accelerator: x1
terms: on demand
periods:
  - {from: 2026-07-02, as_of: 2026-09-01, hour: 3, source: hoffmann2022, where: p. 2, seen: 2026-11-24}
"""
CHOICES = """      - {id: run, label: Run, pick: models, only: trained, sets: {size: active or parameters}, default: chinchilla}
      - {id: size, label: Size, low: 0, high: 1e15, from: 1, to: 1e13}
      - {id: machine, label: Machine, pick: prices, only: rental, sets: {hour: hour, peak: accelerator.bf16}, default: acme-x1}
      - {id: hour, label: Rent, low: 0, high: 100, from: 1, to: 10}
      - {id: peak, label: Peak, low: 0, high: 1e6, from: 1, to: 1e4}
presets:"""  # noqa: E501


def test_a_record_that_is_picked_gives_the_first_field_that_it_has_and_those_of_what_it_names(
    lab: Project,
) -> None:
    mixture = (
        MODEL.replace("name: Chinchilla", "name: Mixture")
        .replace("active: {status: not-applicable}", "active: {value: 7e9}")
        .replace("chinchilla.parameters", "mixture.active")
        .replace("chinchilla.tokens", "mixture.tokens")
    )
    secret = (
        MODEL.replace("name: Chinchilla", "name: Secret")
        .replace("parameters: {value: 70e9}", "parameters: {value: 70e9, kind: estimate}")
        .replace("chinchilla.", "secret.")
    )
    for path, text in {
        "models/mixture": mixture,
        "models/secret": secret,
        "prices/acme-x1": RENTAL,
        "labs/reading-cost": LAB.replace("presets:", CHOICES) + LINES,
    }.items():
        lab.write(f"data/{path}.yml", text)
    assert not [problem for problem in lab.problems() if "labs/" in problem]
    book = lab.index().book
    inputs = by_id(data.lab_data(book, book.labs["reading-cost"]))
    assert {row["id"]: row["origins"]["size"] for row in inputs["run"]["rows"]} == {
        "chinchilla": "chinchilla.parameters",
        "mixture": "mixture.active",
    }  # none with an estimate
    assert inputs["machine"]["rows"][0]["origins"] == {"hour": "acme-x1.hour", "peak": "x1.bf16"}
    assert (inputs["size"]["default"], inputs["hour"]["default"], inputs["peak"]["default"]) == (70e9, 3, 989)


def test_tables_hold_the_numbers_of_records_with_their_sources(lab: Project) -> None:
    lab.write(
        "data/labs/reading-cost.yml",
        LAB + LINES + "tables: {fit: {size: reading.size, range: [reading.size, reading.tokens]}}\n",
    )
    book = lab.index().book
    made = data.lab_data(book, book.labs["reading-cost"])
    assert made["tables"] == {"fit": {"size": 70e9, "range": [70e9, 1.4e12]}}
    assert made["origins"]["reading.size"]["source"] and made["origins"]["reading.size"]["kind"] == (
        field(book, "reading.size").kind or ""
    )
    assert not [problem for problem in lab.problems() if "labs/" in problem]
    lab.write(
        "data/labs/reading-cost.yml",
        LAB + LINES + "tables: {fit: {range: [reading.sizes, reading.tokens]}}\n",
    )
    assert any(
        "there is no number `reading.sizes`" in problem and "data/labs/reading-cost.yml:" in problem
        for problem in lab.problems()
    )


ROWS = """      - {id: shape, label: Shape, default: small, rows: [{id: small, name: Small, values: {size: reading.size, parts: 1}}, {id: large, name: Large, note: of eight, values: {size: chinchilla.parameters, parts: 8}}]}
      - {id: size, label: Size, low: 0, high: 1e15, from: 1, to: 1e13}
      - {id: parts, label: Parts, low: 1, high: 10, from: 1, to: 8}
      - {id: machine, label: Machine, pick: machines, needs: [accelerator.bandwidth or bandwidth], sets: {hour: hour, peak: accelerator.bf16 or bf16}, default: acme-x1}
      - {id: hour, label: Rent, low: 0, high: 100, from: 1, to: 10}
      - {id: peak, label: Peak, low: 0, high: 1e6, from: 1, to: 1e4}
presets:"""  # noqa: E501


def test_rows_of_a_lab_gather_numbers_of_several_records_and_machines_are_rentals_and_what_nobody_lets(
    lab: Project,
) -> None:
    for path, text in {
        "prices/acme-x1": RENTAL,
        "hardware/x1": CHIP + "bandwidth: {value: 3}\n",
        "hardware/x2": CHIP.replace("name: X1", "name: X2") + "bandwidth: {value: 2}\n",
        "hardware/x3": CHIP.replace("name: X1", "name: X3"),
        "labs/reading-cost": LAB.replace("presets:", ROWS) + LINES,
    }.items():
        lab.write(f"data/{path}.yml", text)
    assert not [problem for problem in lab.problems() if "labs/" in problem]
    book = lab.index().book
    inputs = by_id(data.lab_data(book, book.labs["reading-cost"]))
    assert inputs["shape"]["sets"] == ["size", "parts"]
    assert inputs["shape"]["rows"][1] == {
        "id": "large",
        "name": "Large",
        "note": "of eight",
        "values": {"size": 70e9, "parts": 8},
        "origins": {"size": "chinchilla.parameters"},
    }
    assert (inputs["size"]["default"], inputs["parts"]["default"]) == (70e9, 1)
    assert {row["id"]: sorted(row["values"]) for row in inputs["machine"]["rows"]} == {
        "acme-x1": ["hour", "peak"],
        "x2": ["peak"],
    }  # of x3 the bandwidth is not known


def test_a_default_changes_with_its_record(lab: Project) -> None:
    lab.write("data/prices/acme-one.yml", PRICE.replace("input: 1, output: 5", "input: 3, output: 5"))
    assert "Reading costs $4,200,000." in lab.page_html("labs/reading-cost.md")


def test_without_scripts_the_default_case_stands_with_its_sum_and_where_its_inputs_are_from(
    lab: Project,
) -> None:
    html = lab.page_html("labs/reading-cost.md")
    assert '<p class="fg-lab__answer">Reading costs $1,400,000.</p>' in html
    assert "tokens × price" in html and "By hand." in html
    assert 'data-note="note-reading.tokens"' in html  # a checked number, with its popover
    assert "illustrative" in html and "at once" in html


OLDER = "version: 2\nolder: {1: {say: It was less., values: {tokens: 5}}}"


def test_what_addresses_of_an_older_version_meant_is_in_the_data(lab: Project) -> None:
    assert _bend(lab, "version: 1", OLDER) == []
    book = lab.index().book
    made = data.lab_data(book, book.labs["reading-cost"])
    assert made["older"] == {"1": {"say": "It was less.", "values": {"tokens": 5}}}


def test_in_a_chapter_a_lab_stands_short_and_leads_to_the_whole(lab: Project) -> None:
    html = lab.html("/// lab | reading-cost\n///")
    assert '<x-lab name="reading-cost" short="">' in html
    assert "Reading costs $1,400,000." in html and "Open the full calculator" in html
    assert "tokens × price" not in html


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("default: reading.tokens", "default: reading.token", "there is no number `reading.token`"),
        ("default: 0.5", "default: 500", "takes numbers from 0 to 100, not 500"),
        ("default: fast", "default: never", "none of the choices"),
        ("default: acme-one", "default: acme-two", "`model` offers no `acme-two`"),
        ("only: token", "only: tokens", "unknown `only: tokens`"),
        ("id: way", "id: tokens", "stands twice"),
        ("label: ", "first: true, label: ", "only one input can be `first`"),
        ("sets: {price: input, cached: cached}", "sets: {prize: input}", "there is no input `prize`"),
        ("sets: {price: input, cached: cached}", "sets: {cached: cached}", "`price` has no default"),
        ("values: {way: slow}", "values: {way: never}", "`way` offers no `never`"),
        ("values: {tokens: 500}", "values: {tokens: -1}", "takes numbers from 0 to 1e+15, not -1"),
        (
            "disclosed: {cost: reading.size}",
            "disclosed: {cost: reading.sizes}",
            "there is no number `reading.sizes`",
        ),
        (
            "label: Price, unit: $ per million, low: 0, high: 100, from: 0.01, to: 10",
            "label: Price, unit: $ per million, low: 0, high: 0.5, from: 0.01, to: 0.4",
            "`model` offers `acme-one`, which fills `price` with 1; it takes 0 to 0.5",
        ),
        ("from: 1, to: 1e13, scale: log", "from: 0, to: 1e13, scale: log", "a log scale begins above 0"),
        ("  - {title: Dear, text: At more., values: {price: 10}}\n", "", "at least 3"),
        ("choose: {fast:", "idle: {tokes: 1}, choose: {fast:", "there is no input `tokes`"),
        (
            "from: 1, to: 1e13, scale: log",
            "idle: {way: never}, from: 1, to: 1e13, scale: log",
            "`way` offers no `never`",
        ),
        ("sets: {price: input", "needs: [batch], sets: {price: input", "`model` offers no `acme-one`"),
        ("values: {tokens: 500}", "values: {tokens: reading.token}", "there is no number `reading.token`"),
        (
            "presets:",
            ROWS.replace("size: reading.size, parts: 1", "size: reading.sizes, parts: 1"),
            "there is no number `reading.sizes`",
        ),
        ("presets:", ROWS.replace("parts: 8", "part: 8"), "there is no input `part`"),
        ("version: 1\n", "version: 1\noverview: 2\n", "there is no chart 2"),
        (
            "version: 1\n",
            "version: 1\ntables_of: {reading-cost: [runs]}\n",
            "the lab `reading-cost` has no table `runs`",
        ),
        ("only: token,", "only: token, picks: {way: {acme-two: slow}},", "there is no record `acme-two`"),
        ("only: token,", "only: token, picks: {way: {acme-one: never}},", "`way` offers no `never`"),
        ("only: token,", "only: token, picks: {ways: {acme-one: slow}},", "there is no input `ways`"),
        ("label: Price, unit", "label: Price, follows: costs, unit", "there is no input `costs`"),
        ("label: Price, unit", "label: Price, follows: tokens, unit", "every number that `tokens` takes"),
        ("label: Price, unit", "label: Price, follows: way, unit", "both must be numbers"),
        ("version: 1", OLDER.replace("1: {", "2: {"), "`older` holds versions before `version: 2`"),
        ("version: 1", OLDER.replace("tokens: 5", "token: 5"), "there is no input `token`"),
        ("version: 1", OLDER.replace("tokens: 5", "tokens: -1"), "takes numbers from 0 to 1e+15, not -1"),
    ],
)
def test_a_lab_that_does_not_hold_together_is_named_with_its_line(
    lab: Project, old: str, new: str, message: str
) -> None:
    lab.write("data/prices/acme-x1.yml", RENTAL)
    problems = _bend(lab, old, new)
    assert any(message in problem and "data/labs/reading-cost.yml:" in problem for problem in problems), (
        problems
    )


@pytest.mark.parametrize(
    ("module", "script", "problem"),
    [
        ("view", None, "data/labs/reading-cost.yml:1: the lab has no view — write docs/labs/reading-cost/"),
        ("model", None, "model.mjs:1: there is no module `labs/reading-cost/model.mjs` — write it"),
        ("sum", "export const formats = {};", "sum.mjs:1: the lab `reading-cost` needs `more`, which"),
        (
            "model",
            "\nexport const work = (v) => v.a.b;",
            "model.mjs:2: the lab `reading-cost` stops: ",
        ),
        ("model", "export const work = () => ({ cost: 0 / 0 });", "cost is NaN, which JSON cannot hold"),
        ("model", "export const work = () => ({ cost: 1 });", "needs `sentence`, which the module does not"),
    ],
)
def test_a_lab_needs_its_modules(lab: Project, module: str, script: str | None, problem: str) -> None:
    path = lab.root / f"docs/labs/reading-cost/{module}.mjs"
    path.unlink() if script is None else path.write_text(script)
    assert any(problem in found for found in lab.problems()), lab.problems()
    assert "By hand." in lab.page_html("labs/reading-cost.md")


def test_of_several_fields_the_first_that_a_record_has_fills_a_number(lab: Project) -> None:
    assert (
        _bend(lab, "sets: {price: input, cached: cached}", "sets: {price: batch or input, cached: cached}")
        == []
    )
    record = lab.index().book.labs["reading-cost"]
    assert choices.rows(lab.index().book, record.inputs["model"])[0]["origins"] == {
        "price": "acme-one.input",
        "cached": "acme-one.cached",
    }


SETS = """      - {id: run, label: Run, rows: [{id: one, name: One, picks: {machine: acme-x1}, values: {size: 1}}, {id: two, name: Two, values: {size: 2}}], default: one}
      - {id: size, label: Size, low: 0, high: 1e15, from: 1, to: 1e13}
      - {id: whole, label: Whole, follows: size, default: 1, low: 0, high: 1e15, from: 1, to: 1e13}
      - {id: machine, label: Machine, pick: prices, only: rental, picks: {way: {x1: slow}}, sets: {hour: hour}, default: acme-x1}
      - {id: hour, label: Rent, low: 0, high: 100, from: 1, to: 10}
presets:
  - {id: second, name: Second, note: "two", values: {run: two}}"""  # noqa: E501


def test_a_row_brings_choices_and_says_what_it_lacks_and_a_number_follows_another(lab: Project) -> None:
    lab.write("data/prices/acme-x1.yml", RENTAL)
    assert _bend(lab, "presets:", SETS) == []
    book = lab.index().book
    record = book.labs["reading-cost"]
    inputs = by_id(data.lab_data(book, record))
    one, two = inputs["run"]["rows"]
    assert one["values"] == {"size": 1, "hour": 3, "machine": "acme-x1"} and "lacks" not in one
    assert two["values"] == {"size": 2} and two["lacks"] == ["hour", "machine"]
    assert inputs["run"]["sets"] == ["size", "hour", "machine"] and inputs["whole"]["follows"] == "size"
    assert inputs["machine"]["rows"][0]["values"] == {"hour": 3, "way": "slow"}
    second = data.preset_values(book, record, record.presets[0])
    assert {name: second[name] for name in ("size", "whole", "hour")} == {"size": 2, "whole": 2, "hour": 3}


def test_a_case_may_set_a_number_of_a_record(lab: Project) -> None:
    assert _bend(lab, "values: {tokens: 500}", "values: {tokens: reading.tokens, model: acme-one}") == []
    book = lab.index().book
    preset = book.labs["reading-cost"].presets[0]
    assert data.lab_data(book, book.labs["reading-cost"])["presets"][0]["values"] == {
        "tokens": 1.4e12,
        "model": "acme-one",
    }
    assert data.preset_values(book, book.labs["reading-cost"], preset)["price"] == 1


def test_an_input_says_where_it_has_no_effect(lab: Project) -> None:
    assert (
        _bend(
            lab,
            "from: 1, to: 1e13, scale: log",
            "idle: {way: slow, cached: [0, 1]}, from: 1, to: 1e13, scale: log",
        )
        == []
    )
    book = lab.index().book
    first, second = data.lab_data(book, book.labs["reading-cost"])["groups"][0]["inputs"][:2]
    assert first["idle"] == [
        ["way", "slow", "Not used while “Way” is “overnight”."],
        ["cached", 0, "Not used while “Cached” is 0."],
        ["cached", 1, "Not used while “Cached” is 1."],
    ]
    assert "idle" not in second


def test_records_of_a_list_stand_in_groups_as_readers_look_for_them() -> None:
    book = guide_book()

    def groups(slug: str, name: str) -> list[tuple[str, list[dict[str, Any]]]]:
        found = choices.rows(book, book.labs[slug].inputs[name])
        return [(key, list(some)) for key, some in groupby(found, key=lambda row: str(row.get("group", "")))]

    for slug, record in book.labs.items():
        for item in record.inputs.values():
            if isinstance(item.pick, str):
                names = [name for name, _ in groups(slug, item.id)]
                assert all(names) and len(names) == len(set(names)), (slug, item.id)
    models = dict(groups("training-cost", "model"))
    sizes = [row["values"]["parameters"] for row in models["Meta AI"]]
    assert sizes == sorted(sizes, reverse=True) and models["Meta AI"][0]["more"].startswith(
        "405B parameters, "
    )
    prices = groups("unit-economics", "model")
    assert [name for name, _ in prices][:2] == ["Alibaba", "Anthropic"] and prices[-1][0].endswith(
        ", from other sellers"
    )
    newest = [book.prices[row["id"]].newest.from_ for row in dict(prices)["OpenAI"]]
    assert newest == sorted(newest, reverse=True)
    rents = [row["values"]["rent"] for row in dict(groups("serving-cost", "offer"))["H100 SXM"]]
    assert rents == sorted(rents)


FEW = {("one-request", "experts")}
"""What counts only for a model of whose parameters a token uses some."""


SAYS = f"[r, {LINES_OF}, model.sentence(r, v, lab), model.readings(r, v, lab), model.charts(r, v, lab)]"


def _says(slug: str, values: dict[str, Any], expression: str) -> Any:
    """The value of an expression of a lab; None where the inputs do not go together."""
    return calculator(slug).run(f"model.problems(v, lab).length ? null : {expression}", values)


def _moved(item: dict[str, Any], values: dict[str, Any]) -> list[dict[str, Any]]:
    """Other settings of an input: its ends and a place between, or its choices and some of its records with
    what they fill.
    """
    if item["kind"] == "number":
        found = [item["from"], item["to"], values[item["id"]] * 1.3 + 0.5]
        return [{item["id"]: round(value) if item["whole"] else value} for value in found]
    some = item.get("options") or item["rows"][:: max(1, len(item["rows"]) // 5)]
    return [row.get("values", {}) | {item["id"]: row["id"]} for row in some]


@pytest.mark.whole
@pytest.mark.parametrize("slug", sorted(guide_book().labs))
def test_an_input_that_is_dimmed_changes_no_number_and_every_other_changes_something(slug: str) -> None:
    book = guide_book()
    record, first = book.labs[slug], dict(calculator(slug).values)
    inputs = [item for group in calculator(slug).data["groups"] for item in group["inputs"]]
    states = [
        first,
        *(data.preset_values(book, record, one) for one in record.presets),
        *({**first, item["id"]: one["id"]} for item in inputs for one in item.get("options", ())),
    ]
    for item in inputs:
        for name, value, _ in item.get("idle", ()):
            for state in ({**one, name: value} for one in states):
                before = _says(slug, state, "r")
                assert all(_says(slug, {**state, **given}, "r") == before for given in _moved(item, state)), (
                    item["id"],
                    name,
                    value,
                )
        for state in states:
            if (slug, item["id"]) not in FEW and not any(
                state[name] == value for name, value, _ in item.get("idle", ())
            ):
                assert any(
                    _says(slug, {**state, **given}, part) != _says(slug, state, part)
                    for part in ("r", SAYS)  # where a number changes, no chart need be drawn
                    for given in _moved(item, state)
                ), item["id"]


def test_a_lab_needs_lines(lab: Project) -> None:
    lab.bend("data/labs/reading-cost.yml", LINES, "")
    assert any(
        "the sum of the lab has no lines — write them under `lines:`" in text for text in lab.problems()
    )


def test_a_link_to_a_state_of_a_lab_names_its_inputs_and_its_version(lab: Project) -> None:
    def faults(fragment: str) -> list[str]:
        lab.page(f"See [it](../labs/reading-cost.md#{fragment}).")
        return [problem for problem in lab.problems() if "broken anchor" in problem]

    record = lab.index().book.labs["reading-cost"]
    assert (
        record.fragment({"tokens": 1.4e12, "price": 0.5, "way": "slow"})
        == "v1&tokens=1400000000000&price=0.5&way=slow"
    )
    assert record.fragment({"price": 1 / 3, "tokens": 2.5e22}) == "v1&price=0.333333333333&tokens=2.5e22"
    assert faults("v1&tokens=5") == []
    for broken in ("v1", "v2&tokens=5", "v1&token=5", "tokens=5"):
        assert len(faults(broken)) == 1, broken


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            '{name: reading, how: "{tokns:count} tokens", value: cost, unit: USD, text: "{cost:money}"}',
            "`how`: the arithmetic returns no `tokns`",
        ),
        (
            '{name: reading, how: "{in.tokens:cuont} tokens", value: cost, unit: USD, text: "{cost:money}"}',
            "`how`: there is no format `cuont`",
        ),
        (
            '{name: reading, how: "{in.tokens:digits} tokens", value: cost, unit: USD, text: "{cost:money}"}',
            "`how`: the format `digits` takes a number, as in `digits 3`",
        ),
        (
            (
                '{name: reading, how: "{in.tokens:count 3} tokens", value: cost, unit: USD, text:'
                ' "{cost:money}"}'
            ),
            "`how`: the format `count` takes no number",
        ),
        (
            '{name: reading, how: "{in.tokens:count tokens", value: cost, unit: USD, text: "{cost:money}"}',
            "has a brace that is no place",
        ),
        (
            (
                '{name: reading, how: [{when: in.tokens or, say: "{cost:money}"}], value: cost, unit: USD,'
                ' text: "{cost:money}"}'
            ),
            "`in.tokens or` is no condition",
        ),
        (
            '{name: reading, how: given, when: not zero, value: cost, unit: USD, text: "{cost:money}"}',
            "`when`: the arithmetic returns no `zero`",
        ),
        (
            (
                '{name: reading, how: [{when: in.way is slow, say: "{hidden:money}"}], value: cost, unit:'
                ' USD, text: "{cost:money}"}'
            ),
            "`how`: the arithmetic returns no `hidden`",
        ),
        (
            '{name: reading, how: given, value: price, unit: USD, text: "{cost:money}"}',
            "the line uses `price`, which the arithmetic does not return",
        ),
        (
            '{name: reading, how: given, each: sellers, value: cost, unit: USD, text: "{cost:money}"}',
            "the line uses `sellers`, which the arithmetic does not return",
        ),
        (
            '{name: reading, step: first, how: given, value: cost, unit: USD, text: "{cost:money}"}',
            "the line has a step, but the lab has no steps",
        ),
        (
            "heads:\n  - {name: what is left, place: 0, whole: cots, inputs: [tokens]}",
            "refers to `cots` or to a part that the arithmetic does not return — did you mean `cost`?",
        ),
        (
            "heads:\n  - {name: what is left, place: 0, whole: cost, inputs: [tokens]}",
            "refers to `cost` or to a part that the arithmetic does not return",
        ),
    ],
)
def test_a_template_that_is_amiss_is_named_with_its_line(lab: Project, line: str, said: str) -> None:
    more = f"{line}\n{LINES}" if line.startswith("heads:") else f"lines:\n  - {line}\n"
    _templates(lab, more, said)


def _templates(lab: Project, record: str, said: str) -> None:
    """The second line of what a record has more is the one that is amiss."""
    lab.write("data/labs/reading-cost.yml", f"{LAB}{record}")
    found = [problem for problem in lab.problems() if "labs/reading-cost.yml" in problem]
    assert (
        len(found) == 1
        and said in found[0]
        and found[0].startswith(f"data/labs/reading-cost.yml:{LAB.count(chr(10)) + 2}: ")
    ), found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            '{name: reading, step: frist, how: given, value: cost, unit: USD, text: "{cost:money}"}',
            "there is no step `frist` — did you mean `first`?",
        ),
        (
            '{name: reading, how: given, value: cost, unit: USD, text: "{cost:money}"}',
            "the line has no step — there are first, last",
        ),
        (
            (
                "{name: reading, step: first, how: given, rests: [in.tokns], value: cost, unit: USD, text:"
                ' "{cost:money}"}'
            ),
            "`rests`: the arithmetic returns no `in.tokns`",
        ),
        (
            (
                '{name: reading, step: first, how: "{in.tokns:count}", value: cost, unit: USD, text:'
                ' "{cost:money}"}'
            ),
            "`how`: the arithmetic returns no `in.tokns`",
        ),
    ],
)
def test_a_line_of_a_lab_with_steps_that_is_amiss_is_named_with_its_line(
    lab: Project, line: str, said: str
) -> None:
    for name, script in (("steps", "export const STEPS = ['first', 'last'];"), ("marks", "")):
        lab.write(f"docs/labs/reading-cost/{name}.mjs", script)
    _templates(lab, f"lines:\n  - {line}\n", said)


SENTENCES = {
    "one-request": r"Your sentence (is|makes up) .*[.]",
    "scaling-laws": (
        r"A model with [\d,.]+(×10)?[⁰¹²³⁴⁵⁶⁷⁸⁹]*( (m|b|tr)illion)? parameters trained on .+ tokens has a"
        r" predicted loss of [\d,.]+[.]( The best split .*[.])? With ten times the compute, the best model"
        r" would reach [\d,.]+( \([\d,.]+ to [\d,.]+\))?, for about \$.* in rent[.] [A-Z].*[.]"
    ),
    "serving-cost": (
        r"(Stay on (the|an) API: .*|(Rent|Buy) machines: .*|Change to a cheaper API: .*"
        r"|Too close to call: .*|(Choose|Enter) .*|.* accepts at most .*|On .*, .*)[.]"
    ),
    "training-cost": r"The run costs about \$.* at \$.* per GPU-hour.*[.] It takes .* on .* GPUs?[.].*",
    "unit-economics": (
        r"(Charge .+ per .+ for a margin of [\d.]+%; .*|(At today’s \$|Your prices ).*; no price leaves a"
        r" margin of .*|There is no revenue,? .*)[.]"
    ),
}
ODD = re.compile(
    r"−\$0(?![.\d])|NaN|[Ii]nfinity|undefined|null|  |\bone (users|accelerators|machines|prices)\b"
    r"|(?<![.,\d×])[01] (users|machines|years|bytes|GPUs|tonnes|parameters)\b"
)


@pytest.mark.whole
@pytest.mark.parametrize("slug", SENTENCES)
def test_a_lab_answers_in_english_for_anything_that_is_put_in(slug: str) -> None:
    """What the engine cannot hand over, such as no number, is an error by itself."""
    one, record, draw = calculator(slug), guide_book().labs[slug], random.Random(slug)
    for _ in range(300):
        values = drawn_values(one, record.inputs, draw)
        if draw.random() < 0.7:  # the rest as it is at first, so that most of them go together
            values = {**one.values, **{name: values[name] for name in draw.sample(sorted(values), 5)}}
        said = _says(slug, values, SAYS)
        if said is None:
            continue
        _, lines, sentence, readings, _ = said
        words = [sentence, *(" ".join((item["text"], item["name"])) for item in readings)]
        words += [" ".join((line["name"], line["how"], line["text"])) for line in lines]
        assert re.fullmatch(SENTENCES[slug], sentence), (values, sentence)
        assert not [text for text in words if ODD.search(text)], values
