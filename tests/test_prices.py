"""Prices: periods become fields, dates do not overlap, and each period is a row."""

import csv
import io
import re

import pytest

from fieldguide.book import load_book
from fieldguide.outputs.downloads.rows import price_rows
from fieldguide.outputs.downloads.write import write_csv
from fieldguide.text.formats import show_price
from tests.conftest import MODEL, PRICE, SOURCE, Project, page


def test_the_newest_period_has_the_plain_names_and_an_older_one_its_first_day(project: Project) -> None:
    project.write("data/prices/acme-one.yml", PRICE)
    book = load_book(project.root)
    assert book.problems == []
    fields = book.prices["acme-one"].own_fields()
    assert (fields["input"].value, fields["input"].unit, fields["input"].as_of) == (
        1,
        "USD per million tokens",
        "2026-09-01",
    )
    assert fields["input-2026-01-01"].value == 2
    assert fields["date"].value == "2026-09-01" and "cached-2026-01-01" not in fields


def test_a_price_is_a_checked_number_and_feeds_formulas(project: Project) -> None:
    project.write("data/prices/acme-one.yml", PRICE)
    project.write(
        "data/facts/premium.yml",
        "title: Premium\nfields:\n  times: {computed: ratio, inputs: {numerator: acme-one.output,"
        " denominator: acme-one.input}, unit: times}\n",
    )
    assert 'class="fg-number"' in project.html(
        "It costs [$0.075](fact:acme-one.cached) and [5 times](fact:premium.times)."
    )
    project.page("It costs [$1.10](fact:acme-one.input) per million tokens.")
    assert any(
        "the record says $1 per million tokens, the page says “$1.10”" in problem
        for problem in project.problems()
    )


def test_two_records_of_one_seller_for_one_model_may_not_overlap(project: Project) -> None:
    project.write("data/prices/acme-one.yml", PRICE)
    project.write("data/prices/acme-uno.yml", PRICE)
    assert any(
        "its dates overlap those of data/prices/acme-one.yml" in problem for problem in project.problems()
    )


def test_a_price_does_not_begin_after_a_copy_that_shows_it(project: Project) -> None:
    also = ", seen: 2026-11-24, also: [{source: hoffmann2022, where: copy of DAY, seen: 2026-11-24}]}\n"
    copied = PRICE.removesuffix(", seen: 2026-11-24}\n") + also
    for day in ("2026-07-02", "2026-09-01"):
        project.write("data/prices/acme-one.yml", copied.replace("DAY", day))
        assert not any("is in a copy of" in problem for problem in project.problems())
    project.write("data/prices/acme-one.yml", copied.replace("DAY", "2026-07-01"))
    assert (
        "data/prices/acme-one.yml:8: the price from 2026-07-02 is in a copy of 2026-07-01, which its `also`"
        " names — begin it by then, `from: 2026-07-01`, with the copy in `from_source` and `from_where`, and"
        " end the period before it; or take the copy out of `also`"
    ) in project.problems()


def test_a_maker_may_not_sell_a_newer_model_than_its_family_has_on_record(project: Project) -> None:
    newer = PRICE.replace("model: One", "model: Chinchilla 2")
    project.write("data/models/chinchilla.yml", MODEL)
    project.write("data/prices/acme-one.yml", newer)
    assert [problem for problem in project.problems() if "newest model record" in problem] == [
        (
            "data/prices/acme-one.yml:5: `Chinchilla 2` is priced since 2026-01-01, after the newest model"
            " record of its family, Chinchilla — write its model record, and name it in `record`"
        ),
    ]
    for silent in (
        newer.replace("maker", "reseller"),
        newer.replace("Chinchilla", "Gopher"),
        newer.replace("Chinchilla 2", "Chinchillas"),
        newer + "record: chinchilla\n",
        newer.replace("from: 2026-01-01", "from: 2022-03"),
    ):
        project.write("data/prices/acme-one.yml", silent)
        assert not any("newest model record" in problem for problem in project.problems())


def test_a_model_on_record_counts_from_its_first_price(project: Project) -> None:
    project.write("data/models/chinchilla.yml", MODEL)
    project.write(
        "data/prices/acme-one.yml", PRICE.replace("model: One", "model: Chinchilla\nrecord: chinchilla")
    )
    project.write("data/prices/acme-two.yml", PRICE.replace("model: One", "model: Chinchilla mini"))
    assert project.problems() == []


def test_every_period_is_a_row_of_the_page_and_of_the_download(project: Project) -> None:
    project.write("data/prices/acme-one.yml", PRICE)
    html = project.html("/// figure | prices\nDated.\n///")
    assert 'id="acme-one"' in html and 'id="acme-one-2026-01-01"' in html
    assert "changed 2 Jul 2026" in html and "not stated" in html
    lines = list(csv.DictReader(io.StringIO(write_csv(price_rows(project.index())))))
    assert [(line["from"], line["input_usd_per_million"], line["newest"]) for line in lines] == [
        ("2026-07-02", "1", "True"),
        ("2026-01-01", "2", "False"),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [("notice", "no longer sold since 1 Oct 2026"), ("list", "no longer listed by 1 Oct")],
)
def test_a_price_that_has_ended_says_since_when_and_by_whom(
    project: Project, source: str, words: str
) -> None:
    lagging = SOURCE.replace("kind: paper", "kind: data") + "lags: true\n"
    project.write("data/sources/list.yml", lagging.replace("arxiv.org/abs/2203.15556", "example.org/list"))
    project.write("data/sources/notice.yml", SOURCE.replace("arxiv.org/abs/2203.15556", "example.org/notice"))
    end = f"until: 2026-10-01, until_source: {source}, until_where: row 1, as_of: 2026-09-01"
    project.write("data/prices/acme-one.yml", PRICE.replace("as_of: 2026-09-01", end))
    assert words in project.html("/// figure | prices\nDated.\n///")
    assert load_book(project.root).prices["acme-one"].newest.sources == ["hoffmann2022", source]
    project.write("data/prices/acme-one.yml", PRICE.replace("as_of: 2026-09-01", end.partition(", ")[2]))
    assert any("`until_where` go together" in str(fault) for fault in load_book(project.root).problems)


def test_every_open_price_says_how_old_it_is_and_a_line_counts_those_that_may_have_changed(
    project: Project,
) -> None:
    project.write("docs/about/changelog.md", page("Changelog", "## 30 Nov 2026\n\nNew.", "about"))
    for name, period in (
        ("one", "as_of: 2026-09-01"),
        ("two", "as_of: 2026-10-20"),
        ("three", "as_of: 2026-11-28"),
        ("ended", "until: 2026-11-01, as_of: 2026-09-01"),
    ):
        project.write(
            f"data/prices/acme-{name}.yml",
            PRICE.replace("model: One", f"model: {name.title()}").replace("as_of: 2026-09-01", period),
        )
    html = project.html("/// figure | prices\nDated.\n///")
    ages = {
        row: re.findall(r'<span class="fg-age[^>]*data-since="(.*?)" data-until="(.*?)">(.*?)</span>', cells)
        for row, cells in re.findall(r'<tr [^>]*id="([^"]+)">(.*?)</tr>', html, flags=re.S)
    }
    assert ages == {
        "acme-one": [("2026-09-01", "2026-10-31", "90 days old, may have changed")],
        "acme-two": [("2026-10-20", "2026-12-19", "41 days old")],
        "acme-three": [("2026-11-28", "2027-01-27", "")],
        "acme-ended": [],
        **{f"acme-{name}-2026-01-01": [] for name in ("one", "two", "three", "ended")},
    }
    assert (
        '<p class="fg-freshness" data-warns="prices"><b>1</b> of <span>3</span> prices below may have'
        " changed: they were last seen 60 days ago or more.</p>" in html
    )
    for name in ("one", "ended"):
        (project.root / f"data/prices/acme-{name}.yml").unlink()
    assert 'data-warns="prices" hidden="hidden"' in project.html("/// figure | prices\nDated.\n///")


def test_prices_are_written_as_price_lists_write_them() -> None:
    assert [show_price(value) for value in (8, 0.6, 0.075, 12.5)] == ["8.00", "0.60", "0.075", "12.50"]


def test_a_change_known_from_a_list_that_lags_is_dated_by(project: Project) -> None:
    lagging = SOURCE.replace("kind: paper", "kind: data") + "lags: true\n"
    project.write("data/sources/list.yml", lagging.replace("arxiv.org/abs/2203.15556", "example.org/list"))
    project.write(
        "data/prices/acme-one.yml",
        PRICE.replace("from: 2026-07-02,", "from: 2026-07-02, from_source: list, from_where: row 1,"),
    )
    html = project.html("/// figure | prices\nDated.\n///")
    assert "changed by 2 Jul 2026" in html
    book = load_book(project.root)
    assert book.prices["acme-one"].own_fields()["since"].source == "list"
    assert [(row["until_by"], row["sources"]) for row in price_rows(project.index())] == [
        (False, ["hoffmann2022", "list"]),
        (True, ["hoffmann2022"]),
    ]


def test_a_row_leads_to_the_history_of_a_price_that_changed(project: Project) -> None:
    project.write("data/prices/acme-one.yml", PRICE)
    project.write("docs/data/prices.md", page("Prices", "/// figure | prices\nDated.\n///", kind="reference"))
    assert 'href="one/">price history</a>' in project.page_html("data/prices.md")
    html = project.page_html("data/prices/one.md")
    assert (
        "On 1 Sep 2026, Acme charged $1 per million tokens read and $5 per million written. With three read"
        " for each one written, that comes to $2 per million."
    ) in " ".join(html.split())
    assert 'id="one-history"' in html
    assert "One went from $3.50 to $2" in html
    assert html.count('data-row="1"') == 4, "a line and a mark in each drawing"
    assert re.search(r'<details class="fg-fold fg-figure__data" open="open">', html)
    assert "<td>1\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2026</td>" in html
    assert "js/values.mjs" in html


@pytest.mark.parametrize(
    ("others", "words"),
    [
        (
            {"Bolt": (0.5, 5), "Cove": (3, 5)},
            "The cheapest of 3 sellers on 1 Sep 2026 was Bolt, at a price of $0.50 per million tokens read"
            " and $5 per million written. With three read for each one written, that comes to $1.63 per"
            " million.",
        ),
        (
            {"Bolt": (0.5, 5), "Cove": (0.5, 5)},
            "The cheapest of 3 sellers on 1 Sep 2026 were Bolt and Cove, at a price of $0.50 per million",
        ),
        (
            {"Bolt": (0.5, 5), "Cove": (1, 3.5)},
            "were Bolt and Cove, at a price of $1.63 per million tokens, with three read for each one",
        ),
        (
            {"Bolt": (1.5, 1.5)},
            "was Bolt, at a price of $1.50 per million tokens, read or written.",
        ),
        ({"Bolt": (1, 5), "Cove": (1, 5)}, "On 1 Sep 2026, all 3 sellers had the same price: $1 per million"),
        (
            dict.fromkeys("BCDE", (0.5, 5)),
            "On 1 Sep 2026, 4 of 5 sellers had the lowest price: $0.50 per million",
        ),
    ],
)
def test_a_page_of_prices_says_first_who_is_cheapest_and_its_table_begins_there(
    project: Project, others: dict[str, tuple[float, float]], words: str
) -> None:
    project.write("data/prices/acme-one.yml", PRICE)
    for name, (read, written) in others.items():
        # they had the first price of Acme as well
        text = PRICE.replace("Acme", name).replace("maker", "host")
        text = text.replace("input: 1, output: 5", f"input: {read}, output: {written}")
        project.write(f"data/prices/{name.lower()}-one.yml", text)
    project.write("docs/data/prices.md", page("Prices", "/// figure | prices\nDated.\n///", kind="reference"))
    html = " ".join(project.page_html("data/prices/one.md").split())
    assert words in html
    rows = re.findall(r'<tr> *<th scope="row">(\w+)</th> *<td>\$([\d.]+)</td>', html)
    values = [float(value) for _, value in rows]
    half = len(values) // 2
    assert len(rows) == 2 * (1 + len(others))
    assert values[:half] == sorted(values[:half]) and {*values[half:]} == {3.5}


@pytest.mark.parametrize(
    ("name", "whole"), [("gpt-oss-120b", True), ("DeepSeek-V4-Pro", False), ("One", False)]
)
def test_a_short_name_with_hyphens_stays_on_one_line_of_a_title(
    project: Project, name: str, whole: bool
) -> None:
    project.write("docs/data/prices.md", page(f"Prices of {name}", "Dated.", kind="reference"))
    html = project.page_html("data/prices.md")
    assert (f'Prices of <span class="fg-nowrap">{name}</span></h1>' in html) == whole
    assert whole or f"Prices of {name}</h1>" in html


def test_only_a_page_made_for_a_model_shows_its_history(project: Project) -> None:
    project.page("/// figure | price-history\nWords.\n///")
    assert any("is not that of a model's prices" in problem for problem in project.problems())
