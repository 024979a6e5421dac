"""Lists of records: on a phone a row is one line that unfolds; groups can be reached; what comes first is
what is known.
"""

from __future__ import annotations

import re

import pytest

from fieldguide.book import load_book
from fieldguide.records.model import secondhand as model_secondhand
from fieldguide.records.price import secondhand
from tests.conftest import CHIP, COMPANY, MODEL, PRICE, SOURCE, TERM, Project, page

LISTED = "/// figure | {}\nSo.\n///"


def test_every_row_has_what_opens_it_and_every_group_a_link_above(project: Project) -> None:
    project.write("data/models/chinchilla.yml", MODEL)
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/prices/acme-one.yml", PRICE)
    project.write("data/hardware/x1.yml", CHIP)
    for name, opener in (
        ("models", "Chinchilla"),
        ("companies", "Acme"),
        ("prices", "One, Acme"),
        ("hardware", "X1"),
    ):
        html = project.html(LISTED.format(name))
        assert (
            len(re.findall(r"<tr [^>]*data-search", html))
            == html.count(f'<summary aria-label="More on {opener}"')
            == html.count('class="fg-unfold"')
            > 0
        ), name
        groups = re.findall(r'<tbody data-group="[^"]*" id="([^"]*)"', html)
        assert (
            groups
            and re.findall(
                r'href="#([^"]*)"', re.search(r'<nav [^>]*class="fg-jump".*?</nav>', html, flags=re.S)[0]
            )
            == groups
        ), name
        assert "fg-kept" in html and "unfold.mjs" in html, name


def test_of_a_year_the_models_with_a_number_come_first_and_not_checked_is_explained_before_them(
    project: Project,
) -> None:
    project.write("data/models/chinchilla.yml", MODEL)
    unknown = MODEL.replace("name: Chinchilla", "name: Later").replace("2022-03-29", "2022-12-01")
    project.write("data/models/later.yml", re.sub(r"(?m)^(parameters|tokens|compute):.*\n", "", unknown))
    html = project.html("/// figure | models\n“Not checked” means that nobody has looked.\n///")
    assert html.index("nobody has looked") < html.index('id="chinchilla"') < html.index('id="later"')


@pytest.mark.parametrize(
    ("source", "others"), [("kept", ["list"]), ("resold", ["reseller"]), ("own", []), ("hoffmann2022", [])]
)
def test_what_no_page_of_its_own_shows_says_from_where_it_is_known(
    project: Project, source: str, others: list[str]
) -> None:
    vendor = SOURCE.replace("kind: paper", "kind: vendor")
    project.write("data/sources/kept.yml", SOURCE.replace("kind: paper", "kind: data"))
    project.write("data/sources/resold.yml", vendor.replace("publisher: arXiv", "publisher: Reseller"))
    project.write("data/sources/own.yml", vendor.replace("publisher: arXiv", "publisher: Acme Cloud"))
    project.write("data/prices/acme-one.yml", PRICE.replace("source: hoffmann2022", f"source: {source}"))
    model = MODEL.replace("lab: DeepMind", "lab: Acme").replace("hoffmann2022", source)
    project.write("data/models/chinchilla.yml", model)
    book = load_book(project.root)
    price = book.prices["acme-one"]
    assert secondhand(price, price.newest, book.sources) == others
    assert model_secondhand(book.models["chinchilla"], book.sources) == others
    for name, rows in (("prices", 2), ("models", 1)):
        words = f"known from a {others[0]} only" if others else "known from"
        assert project.html(LISTED.format(name)).count(words) == (rows if others else 0), name


def test_earlier_prices_stand_on_the_page_and_one_switch_shows_them(project: Project) -> None:
    project.write("data/prices/acme-one.yml", PRICE)
    html = project.html(LISTED.format("prices"))
    assert re.search(r'<input data-unless="open" name="earlier" type="checkbox" value="yes"', html)
    assert re.search(r'<tr [^>]*data-open="" [^>]*id="acme-one-2026-01-01"', html)


def test_the_glossary_has_columns_in_each_letter_and_its_legend_narrows_it_to_a_layer(
    project: Project,
) -> None:
    project.write(
        "docs/glossary/heat.md",
        TERM.replace("Token", "Heat")
        .replace("aka: [subword]\n", "")
        .replace("token", "heat")
        .replace("layer: model", "layer: capital"),
    )
    html = project.html(LISTED.format("glossary-index"))
    assert html.count('<dl class="fg-glossary__columns">') == html.count('<h2 id="letter-') == 2
    assert re.findall(r'<input [^>]*name="layer"[^>]*value="([^"]*)"', html) == ["", "model", "capital"]
    assert re.findall(r'class="fg-glossary__entry" data-layer="([^"]*)"', html) == ["capital", "model"]
    assert html.index("</form>") < html.index("fg-glossary__letters"), (
        "the letters lead on without scripts, and the form does not"
    )


def test_a_source_stands_whole_on_the_page_of_its_letter_and_its_old_address_leads_there(
    project: Project,
) -> None:
    project.write(
        "data/sources/electric.yml",
        SOURCE.replace("Jordan Hoffmann, Sebastian Borgeaud, et al.", "Élan Électrique"),
    )
    project.write(
        "data/sources/numbered.yml",
        SOURCE.replace("Jordan Hoffmann, Sebastian Borgeaud, et al.", "600me Institute"),
    )
    book = load_book(project.root)
    assert {key: book.reference(key) for key in ("hoffmann2022", "electric", "numbered", "nobody")} == {
        "hoffmann2022": "about/references/g-j.md#hoffmann2022",
        "electric": "about/references/d-f.md#electric",
        "numbered": "about/references/a.md#numbered",
        "nobody": "about/references.md#nobody",
    }
    assert [problem for problem in project.problems() if "reference" in problem] == []
    index = project.page_html("about/references.md")
    assert re.search(
        r'<li class="fg-reference" data-search="" id="hoffmann2022"><a href="g-j/#hoffmann2022">Hoffmann et'
        r" al. 2022</a> Training Compute-Optimal",
        index,
    )
    assert "data-forward" in index and "forward.mjs" in index
    letter = project.page_html("about/references/g-j.md")
    assert (
        'id="hoffmann2022"' in letter
        and "Interested party (vendor)" in letter
        and "https://arxiv.org/abs/2203.15556" in letter
    )
    assert "about/references/#hoffmann2022" in project.index().published(), (
        "the address that is kept for good is the index's"
    )
    assert "about/references/g-j/#hoffmann2022" not in project.index().published()


def test_the_overview_says_of_each_data_set_what_it_is_how_large_of_when_and_where_to_take_it(
    project: Project,
) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/prices/acme-one.yml", PRICE)
    nav = (
        (project.root / "mkdocs.yml")
        .read_text(encoding="utf-8")
        .replace("  - About:", "  - Data: [data/index.md, data/companies.md, data/prices.md]\n  - About:")
    )
    project.write("mkdocs.yml", nav)
    project.write(
        "docs/data/index.md",
        page("Data", "All of it.\n\n/// figure | data-sets\nA row is a record.\n///", "reference"),
    )
    project.write(
        "docs/data/companies.md", page("Companies", "Cards.\n\n/// figure | companies\nSo.\n///", "reference")
    )
    project.write(
        "docs/data/prices.md", page("Prices", "Rows.\n\n/// figure | prices\nSo.\n///", "reference")
    )
    html = project.page_html("data/index.md")
    assert "2 rows of 21 columns. Newest reading 24 Nov 2026." in html and "1 row of 15 columns" in html
    assert {
        f'download="" href="{name}.{kind}"'
        for name in ("companies", "prices")
        for kind in ("csv", "json", "schema.json")
    } <= set(re.findall(r'download="" href="[^"]*"', html))
    assert "hardware" not in html, "a set without a page is not announced"
    links = re.findall(
        r'<li><a (?:aria-current="([^"]*)" )?href="([^"]*)">([^<]*)</a></li>',
        project.page_html("data/prices.md").partition("fg-siblings")[2].partition("</ul>")[0],
    )
    assert links == [("", "../", "Overview"), ("", "../companies/", "Companies"), ("page", "./", "Prices")]
    assert "fg-siblings" not in project.page_html("about/references.md")
