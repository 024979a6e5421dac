"""Token prices beside public lists: what is read from a list, what is refused, and what is written."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from fieldguide.__main__ import main
from fieldguide.book import load_book
from fieldguide.commands import refresh as command
from fieldguide.commands.refresh import download, refresh
from fieldguide.records.price import ListName
from fieldguide.records.shelf import ShelfLife
from fieldguide.refresh import genai_prices, litellm, models_dev, openrouter
from fieldguide.refresh.lists import KNOWN, read_lists
from fieldguide.refresh.price_list import Entry, ListFault
from tests.conftest import MODEL, SOURCE, Project

DAY = "2026-11-30"
GENAI, LITELLM = "genai_prices-0.2.3-py3-none-any.whl", "litellm-1.110.2-py3-none-any.whl"
LIST = SOURCE.replace(
    "kind: paper\nstake: vendor\nstake_note: describes its own model", "kind: data\nlags: true"
)
PRICE = """# one offer
model: {model}
provider: {provider}
role: maker
sells: tokens
listed: {{{listed}}}
periods:
  - from: 2026-01-01
    as_of: 2026-07-02
    input: 2
    output: 8 # as the page has it
    source: hoffmann2022
    where: p. 1
    seen: 2026-11-24
{more}"""


def wheel(folder: Path, name: str, member: str, content: str, **changes: Any) -> Path:
    """A wheel with one list in it; `version` and `members` replace what its metadata say and what it
    holds.
    """
    package, version = name.split("-")[:2]
    path = folder / name
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        stated = changes.get("version", version)
        archive.writestr(f"{package}-{version}.dist-info/METADATA", f"Name: x\nVersion: {stated}\n")
        for inside, text in changes.get("members", {member: content}).items():
            archive.writestr(inside, text)
    return path


def genai_wheel(folder: Path, models: str, **changes: Any) -> Path:
    source = (
        "'''Prices'''\nimport datetime\nfrom decimal import Decimal\nfrom .types import *\n"
        f"providers: list[Provider] = [Provider(id='acme', models=[{models}])]\n"
    )
    return wheel(folder, GENAI, genai_prices.MEMBER, changes.pop("source", source), **changes)


def model(id: str, input: object = 2, output: object = 8, more: str = "") -> str:
    prices = f"ModelPrice(input_mtok=Decimal('{input}'), output_mtok=Decimal('{output}'))"
    return f"ModelInfo(id='{id}', prices={prices}{more})"


def litellm_wheel(folder: Path, rows: dict[str, Any] | str, **changes: Any) -> Path:
    content = rows if isinstance(rows, str) else json.dumps(rows)
    return wheel(folder, LITELLM, litellm.MEMBER, content, **changes)


def row(input: object = 2e-06, output: object = 8e-06, **more: object) -> dict[str, Any]:
    keys = {"litellm_provider": "acme", "mode": "chat", "source": "https://acme.example/pricing"}
    return keys | {"input_cost_per_token": input, "output_cost_per_token": output} | more


def price(slug: str, listed: str = "", more: str = "", provider: str = "Acme") -> str:
    ids = listed or f"genai-prices: acme/{slug}, litellm: {slug}"
    return PRICE.format(model=slug.title(), provider=provider, listed=ids, more=more)


@pytest.fixture
def offers(project: Project) -> Project:
    """A project with three prices that both lists may carry, and the records of both lists."""
    for key in ("genai-prices-package", "litellm-package"):
        text = LIST.replace("2203.15556", key).replace("title: ", 'title: "The list, version 0.1" # ')
        project.write(f"data/sources/{key}.yml", text)
    for slug in ("one", "two", "three"):
        project.write(f"data/prices/{slug}.yml", price(slug))
    return project


def copies(project: Project, models: str | None = None, rows: dict[str, Any] | None = None) -> Path:
    """A folder of copies in which all is the same, but for the models and rows that are given."""
    folder = project.root / "copies"
    given = models or ""
    usual = [model(slug) for slug in ("one", "two", "three") if f"id='{slug}'" not in given]
    genai_wheel(folder, ", ".join([*usual, *filter(None, [given])]))
    whole = {slug: row() for slug in ("one", "two", "three")} | (rows or {})
    litellm_wheel(folder, {id: item for id, item in whole.items() if item})
    return folder


def run(project: Project, folder: Path, day: str = DAY, *, write: bool = True) -> str:
    return refresh(project.root, folder, day, write=write)


def record(project: Project, slug: str = "one") -> str:
    return (project.root / f"data/prices/{slug}.yml").read_text(encoding="utf-8")


def state(table: str, slug: str = "one") -> str:
    """The row of a record in the table."""
    return next(line for line in table.splitlines() if f"`{slug}`" in line)


# ---- what the readers take


def read_genai(folder: Path, models: str) -> Entry:
    return genai_prices.read(genai_wheel(folder, models)).entries["acme/one"]


def test_a_price_of_genai_prices_is_the_one_that_holds_on_the_day(tmp_path: Path) -> None:
    dated = "ConditionalPrice(constraint=StartDateConstraint(start_date=datetime.date({})), prices={})"
    usual = "ModelPrice(input_mtok={}, output_mtok=Decimal('8'), cache_read_mtok=Decimal('0.2'))"
    tiered = "TieredPrices(base=Decimal('{}'), tiers=[Tier(start=272000, price=Decimal('{}'))])"
    long = f"ModelPrice(input_mtok={tiered.format(3, 6)}, output_mtok={tiered.format(9, 18)})"
    batch = (
        "PriceVariant(when={'processing': 'batch'}, prices="
        + model("x", "1.5", "4.5").partition("prices=")[2]
    )
    entry = read_genai(
        tmp_path,
        "ModelInfo(id='one', prices=[ConditionalPrice(prices="
        + usual.format("Decimal('2')")
        + f"), {dated.format('2026, 11, 3', long)}, {dated.format('2026, 12, 1', usual.format(5))}],"
        + f" price_variants=[{batch}])",
    )
    assert [step.since for step in entry.steps] == ["", "2026-11-03", "2026-12-01"]
    today, before, announced = entry.on(DAY).prices, entry.on("2026-11-02").prices, entry.after(DAY)
    assert (today.input, today.output, today.batch) == (3, 9, 50)
    assert today.tiers == "Above 272,000 tokens of input: 6 and 18"
    assert (before.input, before.cached) == (2, Decimal("0.2"))
    assert announced is not None and announced.prices.input == 5


def test_a_price_that_depends_on_the_hour_is_the_lower_one(tmp_path: Path) -> None:
    hours = "start_time=datetime.time(1, 0, tzinfo=datetime.UTC), end_time=datetime.time(4, 30)"
    peak = (
        f"ConditionalPrice(constraint=TimeOfDateConstraint({hours}),"
        " prices=ModelPrice(input_mtok=4, output_mtok=16))"
    )
    usual = "ConditionalPrice(prices=ModelPrice(input_mtok=2, output_mtok=8))"
    by_genai = read_genai(tmp_path, f"ModelInfo(id='one', prices=[{usual}, {peak}])").on(DAY).prices
    cheap = {"input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06}
    path = litellm_wheel(tmp_path, {"one": row(4e-06, 16e-06, off_peak_pricing=cheap)})
    by_litellm = litellm.read(path).entries["one"].on(DAY).prices
    assert by_genai == by_litellm
    assert (by_genai.input, by_genai.tiers) == (2, "At other hours: 4 and 16")


def test_an_entry_of_litellm_is_read_per_million_with_its_tiers_and_weakness(tmp_path: Path) -> None:
    prices = litellm.read(
        litellm_wheel(
            tmp_path,
            {
                "one": row(
                    1.5e-07,
                    6e-07,
                    cache_read_input_token_cost=2.8e-09,
                    input_cost_per_token_batches=7.5e-08,
                    output_cost_per_token_batches=3e-07,
                    input_cost_per_token_above_200k_tokens=3e-07,
                    output_cost_per_token_above_200k_tokens=9e-07,
                ),
                "two": row(source=""),
                "three": row(deprecation_date="2026-10-23"),
                "sounds": row(mode="audio_speech"),
                "pointer": {"alias_of": "one"},
            },
        )
    )
    first = prices.entries["one"].on(DAY).prices
    assert (first.input, first.output, first.cached, first.batch) == (
        Decimal("0.15"),
        Decimal("0.6"),
        Decimal("0.0028"),
        50,
    )
    assert first.tiers == "Above 200,000 tokens of input: 0.3 and 0.9"
    assert prices.entries["two"].weak and not prices.entries["one"].weak
    assert not prices.entries["three"].sold("2026-10-23") and prices.entries["three"].sold("2026-10-22")
    assert set(prices.entries) == {"one", "two", "three"}
    assert prices.where("one") == f"version 1.110.2, one, sha256 {prices.sha256[:12]}"


def test_saved_json_is_read_too(tmp_path: Path) -> None:
    cost = {"input": 2, "output": 8, "cache_read": 0.2, "context_over_200k": {"input": 4, "output": 16}}
    saved = tmp_path / "models-dev-2026-09-30.json"
    saved.write_text(json.dumps({"acme": {"models": {"one": {"cost": cost}, "free": {}}}}))
    one = models_dev.read(saved).entries["acme/one"].on(DAY).prices
    assert (one.input, one.cached, one.tiers) == (
        2,
        Decimal("0.2"),
        "Above 200,000 tokens of input: 4 and 16",
    )
    named = {"input": 3, "output": 9, "tier": {"type": "context", "size": 272000}}
    rows = {"new": {"cost": cost | {"tiers": [named]}}, "old": {"cost": cost, "status": "deprecated"}}
    saved.write_text(json.dumps({"acme": {"models": rows}}))
    found = models_dev.read(saved).entries
    assert found["acme/new"].on(DAY).prices.tiers == "Above 272,000 tokens of input: 3 and 9"
    assert found["acme/new"].sold(DAY) and not found["acme/old"].sold(DAY)
    routed = {"id": "auto", "pricing": {"prompt": "-1", "completion": "-1"}}
    priced = {"id": "acme/one", "pricing": {"prompt": "0.000002", "completion": "0.000008"}}
    saved = tmp_path / "openrouter-2026-11-29.json"
    priced["pricing"]["overrides"] = [{"min_prompt_tokens": 200000, "prompt": "0.000004"}]
    priced["expiration_date"] = "2026-11-01"
    lasting = {"id": "acme/two", "pricing": {"prompt": "0", "completion": "0"}, "expiration_date": None}
    saved.write_text(json.dumps({"data": [priced, routed, lasting]}))
    answer = openrouter.read(saved).entries
    assert list(answer) == ["acme/one", "acme/two"] and answer["acme/one"].on(DAY).prices.output == 8
    assert answer["acme/one"].on(DAY).prices.tiers == "Above 200,000 tokens of input: 4 and 8"
    assert not answer["acme/one"].sold(DAY) and answer["acme/two"].sold(DAY)
    assert [(source.name, source.day) for source in read_lists(tmp_path)] == [
        ("models-dev", "2026-09-30"),
        ("openrouter", "2026-11-29"),
    ]


def test_a_record_can_name_every_list_that_is_known() -> None:
    assert tuple(KNOWN) == get_args(ListName)


# ---- what is refused

Break = Callable[[Path], object]
BOMB = "{" + " " * 13_000_000 + "}"
FAULTS: dict[str, tuple[Break, str]] = {
    "no folder": (lambda folder: [path.unlink() for path in folder.iterdir()], "holds no copy of a list"),
    "two copies": (
        lambda folder: (folder / "litellm-1.1-py3-none-any.whl").write_bytes(b""),
        "2 copies of litellm",
    ),
    "no archive": (lambda folder: (folder / LITELLM).write_bytes(b"no"), "not a whole zip archive"),
    "truncated": (
        lambda folder: (folder / GENAI).write_bytes((folder / GENAI).read_bytes()[:-40]),
        "not a whole zip archive",
    ),
    "another version": (lambda folder: litellm_wheel(folder, {"one": row()}, version="9"), "version 1.110.2"),
    "no list inside": (lambda folder: litellm_wheel(folder, "", members={"x": ""}), "does not hold it"),
    "a path trick": (
        lambda folder: litellm_wheel(folder, "", members={f"../../{litellm.MEMBER}": "{}"}),
        "does not hold it",
    ),
    "a bomb": (lambda folder: litellm_wheel(folder, BOMB), "13,000,002 bytes are more than 12,000,000"),
    "empty": (lambda folder: litellm_wheel(folder, {}), "it holds no price"),
    "half of JSON": (lambda folder: litellm_wheel(folder, '{"one": {"mode"'), "not JSON that can be read"),
    "a list": (lambda folder: litellm_wheel(folder, "[]"), "it is not a mapping"),
    "NaN": (lambda folder: litellm_wheel(folder, '{"one": {"x": NaN}}'), "`NaN` is not a number of JSON"),
    "a key twice": (lambda folder: litellm_wheel(folder, '{"one": 1, "one": 2}'), "`one` stands twice"),
    "deep": (lambda folder: litellm_wheel(folder, '{"a":' + "[" * 10**5), "not JSON that can be read"),
    "a number as text": (lambda folder: litellm_wheel(folder, {"one": row("2e-6")}), "it holds no price"),
    "code": (
        lambda folder: genai_wheel(folder, "", source="import os\nos.remove('x')\nproviders = []\n"),
        "`os.remove('x')` is more than data",
    ),
    "a computed value": (
        lambda folder: genai_wheel(folder, "ModelInfo(id='one', prices=open('x'))"),
        "`open('x')` is more than data",
    ),
    "a comprehension": (
        lambda folder: genai_wheel(folder, "*[ModelInfo(id='one') for _ in 'ab']"),
        "is more than data",
    ),
    "no Decimal": (
        lambda folder: genai_wheel(folder, model("one", "two")),
        "`Decimal('two')` is not a value",
    ),
    "no Python": (lambda folder: genai_wheel(folder, "", source="providers = [\n"), "not Python that can"),
    "no assignment": (lambda folder: genai_wheel(folder, "", source="other = []\n"), "assigns `providers` 0"),
    "a saved file without a day": (
        lambda folder: (folder / "models-dev-api.json").write_text("{}"),
        "its name does not end with a day — call it models-dev-api-2026-01-31.json",
    ),
    "a saved file of another kind": (
        lambda folder: (folder / "models-dev-2026-11-29.json").write_text('{"acme": []}'),
        "`acme` has no mapping of models",
    ),
    "a price of nobody": (
        lambda folder: genai_wheel(folder, ", ".join(map(model, ("four", "five", "six")))),
        "it lacks 3 of the 3 ids",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_list_at_fault_writes_nothing_and_says_what_is_wrong(
    offers: Project, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copies(offers, model("one", 1, 4), {"one": row(1e-06, 4e-06)})
    spoil, message = FAULTS[fault]
    spoil(folder)
    before = record(offers)
    arguments = ["--root", str(offers.root), "refresh", "--from", str(folder), "--day", DAY, "--write"]
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert message in said.err and " — " in said.err and said.out == ""
    assert record(offers) == before


@pytest.mark.parametrize(
    "number", [-1e-06, 1e9, True, None, "free"], ids=["negative", "absurd", "a truth", "nothing", "text"]
)
def test_an_entry_without_a_usable_price_stops_the_run_where_a_record_names_it(
    offers: Project, number: object
) -> None:
    many = {f"other-{at}": row() for at in range(40)}
    assert "1 unreadable" in run(offers, copies(offers, None, many | {"four": row(number)}), write=False)
    with pytest.raises(ListFault, match=r"`one` cannot be read"):
        run(offers, copies(offers, None, many | {"one": row(number)}))


def test_text_of_a_list_reaches_neither_a_record_nor_the_table_as_markup(offers: Project) -> None:
    price_of = "prices=ModelPrice(input_mtok=1, output_mtok=8)"
    day = "StartDateConstraint(start_date='2026-10-01\\n    input: 9')"
    trick = f"ModelInfo(id='one', prices=[ConditionalPrice(constraint={day}, {price_of})])"
    many = ", ".join(model(f"other-{at}") for at in range(40))
    with pytest.raises(ListFault, match=r"`acme/one` cannot be read: .* is not a day"):
        run(offers, copies(offers, f"{trick}, {many}"))
    offers.write("data/prices/acme-1.yml", price("acme-1"))
    models = ", ".join([model("acme-1"), model("acme-<b>@all|`x", 3)])
    assert "| new | Acme, `acme-ballx` |" in run(
        offers, copies(offers, models, {"acme-1": row()}), write=False
    )


def test_a_download_that_fails_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def failing(arguments: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(arguments)
        return subprocess.CompletedProcess(arguments, 1, "", "ERROR: no answer\n")

    monkeypatch.setattr(command.subprocess, "run", failing)
    with pytest.raises(ListFault, match="pip download: ERROR: no answer — try again later"):
        download(tmp_path)
    assert asked[0][-2:] == ["genai-prices", "litellm"]
    assert {"download", "--no-deps", "--only-binary", ":all:"} <= set(asked[0])


# ---- what is compared and written


def test_the_same_price_is_confirmed_and_a_second_run_changes_nothing(offers: Project) -> None:
    folder = copies(offers)
    before = record(offers)
    table = run(offers, folder)
    assert state(table).startswith("| same |") and "Files written: 5." in table
    after = record(offers)
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "    as_of: 2026-11-30",
        next(
            line for line in after.splitlines() if line.startswith("    also: [{source: genai-prices-package")
        ),
    ]
    period = load_book(offers.root).prices["one"].newest
    assert [second.source for second in period.also] == ["genai-prices-package", "litellm-package"]
    assert (period.source, period.seen, period.also[0].seen) == ("hoffmann2022", "2026-11-24", DAY)
    own = load_book(offers.root).sources["litellm-package"]
    assert (own.title, own.date, own.seen) == ("The list, version 1.110.2", DAY, DAY)
    assert "Files written: 0." in run(offers, folder)
    assert record(offers) == after
    run(offers, folder, "2026-12-07")
    assert record(offers) == after.replace(DAY, "2026-12-07")


def test_a_page_quotes_the_new_day_of_a_confirmed_price(offers: Project) -> None:
    offers.write("data/prices/two.yml", price("two").replace("input: 2", "input: 3"))
    days = {
        "[2 Jul 2026](fact:one.date)": "[30 Nov 2026](fact:one.date)",
        "[July 2026](fact:one.date)": "",
        "[2 Jul 2026](fact:two.date)": "",
        "[2 Jul 2026](fact:one.since)": "",
    }
    offers.write("docs/foundations/quotes.md", "\n".join(days))
    assert "changed" in state(run(offers, copies(offers)), "two")
    quoted = (offers.root / "docs/foundations/quotes.md").read_text(encoding="utf-8").splitlines()
    assert quoted == [new or old for old, new in days.items()]


def test_what_already_has_other_sources_keeps_them(offers: Project) -> None:
    offers.write(
        "data/prices/one.yml",
        price(
            "one",
            more="    also: [{source: besiroglu2024, where: p. 2, seen: 2026-11-24}]\n    note: Ours.\n",
        ),
    )
    offers.write("data/sources/besiroglu2024.yml", SOURCE.replace("2203.15556", "2404.10102"))
    run(offers, copies(offers))
    assert record(offers).endswith("seen: 2026-11-30}]\n    note: Ours.\n")
    assert "[{source: besiroglu2024, where: p. 2, seen: 2026-11-24}, {source: genai-" in record(offers)


def test_a_changed_price_closes_the_old_period_and_opens_the_new_one(offers: Project) -> None:
    offers.write(
        "data/prices/one.yml", price("one", more='    note: "Host: answers itself. It once cost 3."\n')
    )
    folder = copies(
        offers,
        "ModelInfo(id='one', prices=[ConditionalPrice(prices=ModelPrice(input_mtok=2, output_mtok=8)),"
        " ConditionalPrice(constraint=StartDateConstraint(start_date=datetime.date(2026, 10, 1)),"
        " prices=ModelPrice(input_mtok=3, output_mtok=8)),"
        " ConditionalPrice(constraint=StartDateConstraint(start_date=datetime.date(2026, 11, 3)),"
        " prices=ModelPrice(input_mtok=Decimal('1.5'), output_mtok=6))])",
        {"one": row(1.5e-06, 6e-06, cache_read_input_token_cost=1.5e-07)},
    )
    before = record(offers)
    table = run(offers, folder)
    assert state(table).startswith("| changed | `one`: Acme, One | 2 / 8, 2026-07-02 | 1.5 / 6 / 0.15 |")
    old, between, new = load_book(offers.root).prices["one"].periods
    assert (old.until, old.as_of, old.input) == ("2026-10-01", "2026-07-02", 2)
    assert (between.from_, between.until, between.as_of, between.input) == (
        "2026-10-01",
        "2026-11-03",
        "2026-11-02",
        3,
    )
    assert (new.from_, new.until, new.as_of, new.input, new.output, new.cached) == (
        "2026-11-03",
        None,
        DAY,
        1.5,
        6,
        0.15,
    )
    assert new.source == "genai-prices-package" and new.where.startswith("version 0.2.3, acme/one, sha256 ")
    assert [second.source for second in new.also] == ["litellm-package"]
    assert new.note == "Host: answers itself."
    kept = before.replace("    as_of", "    until: 2026-10-01\n    as_of")
    assert record(offers).startswith(kept), "comments, order and style stay"
    assert "Files written: 0." in run(offers, folder)


def test_a_changed_price_is_in_its_history_and_its_day_in_the_changelog(offers: Project) -> None:
    folder = copies(offers, model("one", 1), {"one": row(1e-06)})
    run(offers, folder)
    book = load_book(offers.root)
    (was,) = book.prices["one"].own_fields()["input"].was
    assert (was.value, was.day, was.why) == (2, DAY, "Acme changed its price by 30 Nov 2026.")
    changelog = (offers.root / "docs/about/changelog.md").read_text(encoding="utf-8")
    assert changelog.count("## ") == 2 and "## 30 Nov 2026\n\n## 25 Nov 2026" in changelog
    assert not [problem for problem in offers.problems() if "changelog" in problem]
    offers.bend("docs/about/changelog.md", "## 30 Nov", "## 1 Dec 2026\n\n## 30 Nov")
    offers.write("data/prices/two.yml", price("two", "litellm: two"))
    run(offers, copies(offers, None, {"two": row(1e-06)}))
    changelog = (offers.root / "docs/about/changelog.md").read_text(encoding="utf-8")
    assert changelog.count("## ") == 3, "a day that is there gets no second heading"


def test_a_change_without_a_day_begins_on_the_day_of_the_run(offers: Project) -> None:
    offers.write("data/prices/one.yml", price("one", "litellm: one"))
    run(offers, copies(offers, None, {"one": row(1e-06)}))
    old, new = load_book(offers.root).prices["one"].periods
    assert (old.until, new.from_, new.source, new.also) == (DAY, DAY, "litellm-package", [])


SAVED = "2026-09-30"


def saved(offers: Project, input: float, slug: str = "one", day: str = SAVED) -> Path:
    """A folder with nothing but a saved copy of models.dev that has one price."""
    text = LIST.replace("2203.15556", "models-dev-api").replace(
        "title: ", 'title: "It, copy of 2026-01-01" # '
    )
    offers.write("data/sources/models-dev-api.yml", text)
    offers.write(f"data/prices/{slug}.yml", price(slug, f"models-dev: acme/{slug}"))
    folder = offers.root / f"saved-{day}"
    folder.mkdir(exist_ok=True)
    rows = {slug: {"cost": {"input": input, "output": 8}}}
    (folder / f"models-dev-{day}.json").write_text(json.dumps({"acme": {"models": rows}}))
    return folder


def test_a_saved_copy_speaks_for_its_own_day(offers: Project) -> None:
    folder = saved(offers, 2)
    assert state(run(offers, folder)).startswith("| same |")
    period, source = load_book(offers.root).prices["one"].newest, load_book(offers.root).sources
    assert (period.as_of, period.also[0].seen) == (SAVED, DAY)
    assert period.also[0].where.startswith("copy of 2026-09-30, acme/one, sha256 ")
    own = source["models-dev-api"]
    assert (own.title, own.date, own.seen) == ("It, copy of 2026-09-30", SAVED, DAY)
    after = record(offers)
    assert "Files written: 0." in run(offers, folder, "2026-12-07"), "the same copy shows nothing new"
    assert record(offers) == after
    older = saved(offers, 3, day="2026-06-01")
    offers.write("data/prices/one.yml", after)
    table = run(offers, older)
    assert "| on none of these lists |" in table
    assert "the copy of models-dev is older than the record" in state(table)


def test_a_change_in_a_saved_copy_begins_on_its_day(offers: Project) -> None:
    run(offers, saved(offers, 1))
    old, new = load_book(offers.root).prices["one"].periods
    assert (old.until, new.from_, new.as_of, new.source) == (SAVED, SAVED, SAVED, "models-dev-api")


def dated(id: str, *steps: tuple[str, int]) -> str:
    """A model whose input price changes on some days, "" for the first."""
    parts = []
    for day, input in steps:
        since = f"datetime.date({day.replace('-0', '-').replace('-', ', ')})" if day else ""
        constraint = f"constraint=StartDateConstraint(start_date={since}), " if day else ""
        parts.append(f"ConditionalPrice({constraint}prices=ModelPrice(input_mtok={input}, output_mtok=8))")
    return f"ModelInfo(id='{id}', prices=[{', '.join(parts)}])"


CHEAP = {"one": row(1e-06)}
PERSON: dict[str, tuple[str | None, dict[str, Any], str, str]] = {
    "lists disagree": (model("one", 1), {}, "", "| for a person: lists disagree |"),
    "a weak list disagrees": (
        None,
        {"one": row(1e-06, source="")},
        "",
        "input 2 (genai-prices), 1 (litellm)",
    ),
    "more than five times": (
        model("one", "0.39"),
        {"one": row(3.9e-07)},
        "",
        "input would move more than 5 times",
    ),
    "free": (model("one", 0), {"one": row(0)}, "", "input would move more than 5 times"),
    "only a weak list": (None, {"one": row(1e-06, source="")}, "litellm: one", "only a weak list has it"),
    "dropped by one list": (None, {"one": None}, "", "litellm no longer has it"),
    "retired by one list": (
        None,
        {"one": row(deprecation_date="2026-11-01")},
        "",
        "litellm has it as retired since 2026-11-01",
    ),
    "changed before it was seen": (
        dated("one", ("", 2), ("2026-06-01", 1)),
        CHEAP,
        "",
        "genai-prices has its price from 2026-06-01, and the record saw another on 2026-07-02",
    ),
    "another price between": (
        dated("one", ("", 2), ("2026-09-01", 1), ("2026-10-01", 2)),
        {},
        "",
        "genai-prices has another price in between, from 2026-09-01",
    ),
}


@pytest.mark.parametrize("case", PERSON)
def test_what_is_not_plain_is_left_to_a_person(offers: Project, case: str) -> None:
    models, rows, listed, reason = PERSON[case]
    offers.write("data/prices/one.yml", price("one", listed))
    before = record(offers)
    table = run(offers, copies(offers, models, rows))
    assert reason in state(table) and state(table).startswith("| for a person")
    assert record(offers) == before and record(offers, "two") != before, "the others are confirmed"


def test_a_value_that_no_list_gives_is_left_to_a_person(offers: Project) -> None:
    offers.write("data/prices/one.yml", price("one").replace("    output", "    cached: 0.5\n    output"))
    assert "no list gives cached" in state(run(offers, copies(offers)))


def test_five_times_itself_is_written(offers: Project) -> None:
    table = run(offers, copies(offers, model("one", 10), {"one": row(10e-06)}))
    assert state(table).startswith("| changed |")


def test_what_no_list_has_is_gone_and_what_has_no_id_is_on_no_list(offers: Project) -> None:
    offers.write(
        "data/prices/four.yml",
        price("four").replace("listed: {genai-prices: acme/four, litellm: four}\n", ""),
    )
    table = run(offers, copies(offers, model("one", more=", deprecated=True"), {"one": None}))
    assert state(table).startswith("| gone |")
    assert "genai-prices has it as retired; litellm no longer has it" in state(table)
    assert state(table, "four").startswith("| on none of these lists |")
    assert "as_of: 2026-07-02" in record(offers) and "as_of: 2026-07-02" in record(offers, "four")


def test_a_period_that_has_ended_is_left_alone(offers: Project) -> None:
    offers.write("data/prices/one.yml", price("one").replace("    as_of", "    until: 2026-08-01\n    as_of"))
    assert "`one`" not in run(offers, copies(offers))


def test_new_models_of_makers_on_record_are_named_newest_first(offers: Project) -> None:
    for slug in ("acme-1", "acme-2"):
        offers.write(f"data/prices/{slug}.yml", price(slug))
    new = ("acme-5.5", "acme-6", "acme-6-2026-11-01", "acme-6-audio", "acme-1-latest", "other-7")
    models = ", ".join(model(id, at) for at, id in enumerate(("acme-1", "acme-2", *new), 2))
    rows = {"acme-1": row(2e-06), "acme-2": row(3e-06), "acme-4": row(1e-06), "acme-3": row(1e-06, source="")}
    table = run(offers, copies(offers, models, rows), write=False)
    rows_of_new = [line.split(" | ")[1:4] for line in table.splitlines() if line.startswith("| new |")]
    assert rows_of_new == [
        ["Acme, `acme-6`", "", "5 / 8"],
        ["Acme, `acme-5.5`", "", "4 / 8"],
        ["Acme, `acme-4`", "", "1 / 8"],
    ]


def test_nothing_is_written_unless_asked(offers: Project) -> None:
    before = record(offers)
    assert "Nothing was written; `WRITE=1` writes" in run(offers, copies(offers), write=False)
    assert record(offers) == before


@pytest.mark.parametrize("place", ["in braces", "not last"])
def test_a_record_that_cannot_be_edited_stops_the_run(offers: Project, place: str) -> None:
    head, _, period = price("one").partition("  - ")
    keys = ", ".join(line.partition(" #")[0].strip() for line in period.strip().splitlines())
    written = {"in braces": f"{head}  - {{{keys}}}\n", "not last": f"{price('one')}holds_until: 2027-01-01\n"}
    offers.write("data/prices/one.yml", written[place])
    folder, before = copies(offers), record(offers, "two")
    with pytest.raises(ValueError, match=r"data/prices/one.yml:\d+: the newest period cannot be edited — "):
        run(offers, folder)
    assert record(offers, "two") == before


def test_a_list_without_a_record_stops_the_run(offers: Project) -> None:
    (offers.root / "data/sources/litellm-package.yml").unlink()
    folder, before = copies(offers), record(offers)
    with pytest.raises(ValueError, match="litellm has no record `litellm-package` — write it"):
        run(offers, folder)
    assert record(offers) == before


def test_edits_that_would_break_a_record_are_not_written(offers: Project) -> None:
    offers.write(
        "data/prices/uno.yml",
        price("uno", "litellm: one")
        .replace("Uno", "One")
        .replace("2026-01-01", "2026-08-01")
        .replace("2026-07-02", "2026-08-01"),
    )
    folder, before = copies(offers), record(offers, "two")
    with pytest.raises(ValueError, match="the edits would break the records"):
        run(offers, folder)
    assert record(offers, "two") == before


def test_the_shelf_life_of_a_price_begins_anew_where_a_list_confirms_it(offers: Project) -> None:
    offers.page("It costs [$2](fact:one.input) per million tokens.")
    run(offers, copies(offers))
    (claim,) = offers.index().claims
    assert claim.life == ShelfLife("2026-11-30", "2027-01-29", "price")


# ---- a seller's own page

PAGE = """<html><script>var table = "<table>";</script><p>Prices per 1M tokens</p>
<table><tr><th>Plan</th><th>Seats</th></tr><tr><td>Team</td><td>5</td></tr></table>
<table><thead><tr><th>Model</th><th>Input</th><th>Cached input</th><th>Output</th></tr></thead>
<tr><td>Acme <b>One</b></td><td>$2.00</td><td>–</td><td>$8.00 / 1M tokens</td></tr>
<tr><td>Acme Two</td><td>$3</td><td>$0.30</td><td>$9</td></tr>
<tr><td>Acme Art</td><td>$0.04 per picture</td><td></td><td>$1</td></tr></table></html>"""
PAGE_FILE = "page-hoffmann2022-2026-11-20.html"


def page_folder(project: Project, html: str = PAGE, name: str = PAGE_FILE) -> Path:
    """A folder with a saved page, and the record of one price that it has."""
    project.write("data/prices/one.yml", price("one", "page: hoffmann2022/Acme One"))
    folder = project.root / "pages"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(html, encoding="utf-8")
    return folder


def test_a_sellers_page_is_read_by_the_headings_of_its_tables(offers: Project) -> None:
    folder = page_folder(offers)
    (found,) = read_lists(folder)
    charged = {id: entry.on(DAY).prices for id, entry in found.entries.items()}
    assert list(charged) == ["hoffmann2022/Acme One", "hoffmann2022/Acme Two"]
    assert (charged["hoffmann2022/Acme One"].output, charged["hoffmann2022/Acme One"].cached) == (8, None)
    assert charged["hoffmann2022/Acme Two"].cached == Decimal("0.3")
    assert "is not a price in dollars" in found.unreadable["hoffmann2022/Acme Art"]
    (folder / "page-besiroglu2024-2026-11-21.html").write_text(PAGE, encoding="utf-8")
    assert state(run(offers, folder)).startswith("| same |"), "a second page is another list"
    period = load_book(offers.root).prices["one"].newest
    assert period.as_of == "2026-11-20" and period.where.startswith(
        "copy of 2026-11-20, hoffmann2022/Acme One"
    )
    assert "Files written: 0." in run(offers, folder)


PAGE_FAULTS: dict[str, tuple[str, str]] = {
    "empty": ("", "no table has a model, an input and an output price (none fits)"),
    "truncated": (PAGE[:-40], "it breaks off inside a table"),
    "no table": ("<p>Acme One: $2 per 1M tokens</p>", "no table has a model"),
    "another unit": (PAGE.replace("1M", "1K"), "it does not say that its prices are per million tokens"),
    "another currency": (PAGE.replace("$", "€"), "is not a price in dollars"),
    "merged cells": (PAGE.replace("<td>$2.00", "<td rowspan='2'>$2.00"), "table 2 has merged cells"),
    "too large": ("<p>" + " " * 12_000_001, "bytes are more than the 12,000,000"),
    "absurd": (PAGE.replace("$2.00", "$99999").replace("$3", "$99999"), "is not between 0 and 10,000"),
}


@pytest.mark.parametrize("fault", PAGE_FAULTS)
def test_a_page_at_fault_writes_nothing_and_says_what_is_wrong(offers: Project, fault: str) -> None:
    html, message = PAGE_FAULTS[fault]
    folder = page_folder(offers, html)
    before = record(offers)
    with pytest.raises(ListFault, match=re.escape(message)) as caught:
        run(offers, folder)
    assert " — " in str(caught.value) and record(offers) == before


def test_a_page_with_two_prices_for_one_model_stops_the_run(offers: Project) -> None:
    batch = PAGE[PAGE.rindex("<table>") :].replace("$2.00", "$1.00")
    with pytest.raises(ListFault, match="`hoffmann2022/Acme One` cannot be read: it stands twice"):
        run(offers, page_folder(offers, PAGE + batch))
    with pytest.raises(ListFault, match=r"holds no source and day — call it page-SOURCE-2026-01-31.html"):
        run(offers, page_folder(offers, name="page-acme.html"))


# ---- models


def test_values_of_models_are_compared_and_never_written(offers: Project) -> None:
    folder = saved(offers, 2)
    facts = {"limit": {"context": 2048}, "release_date": "2022-03-29", "open_weights": False}
    rows = {"one": {"cost": {"input": 2, "output": 8}} | facts}
    path = folder / f"models-dev-{SAVED}.json"
    offers.write("data/models/chinchilla.yml", MODEL.replace("access: not released", "access: API"))
    model_of = price("one", "models-dev: acme/one").replace("provider:", "record: chinchilla\nprovider:")
    offers.write("data/prices/one.yml", model_of)
    before = (offers.root / "data/models/chinchilla.yml").read_text(encoding="utf-8")

    def rows_of_models() -> list[list[str]]:
        path.write_text(json.dumps({"acme": {"models": rows}}), encoding="utf-8")
        table = run(offers, folder)
        return [line.split(" | ")[:4] for line in table.splitlines() if line.startswith("| model: ")]

    assert rows_of_models() == [
        ["| model: not in the record", "`chinchilla`: Chinchilla, context", "", "2048"]
    ]
    rows["one"] |= {"release_date": "2022-04", "status": "deprecated", "limit": {"context": "many"}}
    assert rows_of_models() == [
        ["| model: another value", "`chinchilla`: Chinchilla, released", "2022-03-29", "2022-04"],
        ["| model: retired", "`chinchilla`: Chinchilla, access", "no open weights", "retired"],
    ]
    assert (offers.root / "data/models/chinchilla.yml").read_text(encoding="utf-8") == before


def test_lists_that_differ_about_a_model_are_named(offers: Project) -> None:
    folder = copies(offers, model("one", more=", context_window=4096"))
    saved(offers, 2)
    rows = {"one": {"cost": {"input": 2, "output": 8}, "limit": {"context": 2048}}}
    (folder / f"models-dev-{SAVED}.json").write_text(json.dumps({"acme": {"models": rows}}), encoding="utf-8")
    offers.write("data/models/chinchilla.yml", MODEL)
    ids = "genai-prices: acme/one, models-dev: acme/one"
    offers.write(
        "data/prices/one.yml", price("one", ids).replace("provider:", "record: chinchilla\nprovider:")
    )
    table = run(offers, folder, write=False)
    assert "| model: lists disagree | `chinchilla`: Chinchilla, context |  | 4096 / 2048 |" in table
