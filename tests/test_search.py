"""What the search reads, its synonyms, and the script that it does not write itself."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tarfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from fieldguide.book import Book
from fieldguide.commands import vendor
from fieldguide.outputs.search import (
    RESULT_KINDS,
    _counts,
    check_synonyms,
    numbers_json,
    opensearch_xml,
    passage_files,
    search_json,
)
from fieldguide.outputs.style import sheet_apart
from fieldguide.records.short_links import short_link
from tests.conftest import Project, page
from tests.guide import ROOT, guide
from tests.questions import Question, number_questions, questions, shares

MOST = 355_000
"""Bytes, as gzip −6 makes them, of everything that the search fetches before it answers."""
PASSAGES = 5_100
"""Bytes, as gzip −6 makes them, of a page's passages, of which a question fetches a few."""
JS = ROOT / "overrides" / "assets" / "js"
RESULTS = (
    "docs/search.md",
    page("Search", "What is found.\n\n/// figure | search\nNothing is sent.\n///", "reference"),
)


@pytest.fixture
def small(project: Project) -> Project:
    """The small project with a page of results."""
    project.write(*RESULTS)
    project.bend("mkdocs.yml", "about/changelog.md]", "about/changelog.md, search.md]")
    return project


def documents(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(search_json(project.index()))
    return found


def test_a_page_is_a_document_with_its_words_and_without_the_guide_s_own_syntax(small: Project) -> None:
    small.page(
        "Tokens repeat, “repeat”, (repeat) [1.4T](fact:reading.tokens) times.\n\n## Look-up tables\n\nA"
        " **table** of GPT-4's, priced $5.6M [@hoffmann2022, table 3].\n\n## Test yourself\n\n/// quiz\nWhat?"
        "\n\n- [ ] This.\n- [x] That.\n///\n\nAfterwards, read on.\n\n## Read next\n\n-"
        " [Token](../glossary/token.md): the definition."
    )
    data = documents(small)
    found = next(item for item in data["pages"] if item["address"] == "foundations/tokens/")
    assert (found["title"], RESULT_KINDS[found["kind"]], found["headings"]) == (
        "Tokens",
        "Chapter",
        ["Look-up tables"],
    )
    words = set(data["words"].split(" "))
    assert {"repeat", "1.4t", "afterwards", "definition", "gpt-4's", "5.6m"} <= words
    assert not words & {"hoffmann2022", "https", "fact", "quiz"}


def test_the_words_of_a_section_are_written_in_letters_by_how_often_they_occur() -> None:
    order = {f"word{number}": number for number in range(100)}
    assert _counts(Counter({"word3": 1, "word56": 1, "word90": 1, "word12": 2}), order) == "D1Ah;M"
    assert _counts(Counter({"word0": 9}), order) == ";;;A" and _counts(Counter(), order) == ""


def test_the_answer_is_a_chapter_s_first_sentence_and_a_term_s_definition(small: Project) -> None:
    answers = {item["address"]: item["answer"] for item in documents(small)["pages"]}
    assert answers["foundations/tokens/"] == "The answer."
    assert answers["glossary/token/"] == "A token is a piece of text that a model reads."
    assert answers["about/disclosures/"].startswith("A page of the tests about disclosures")


@pytest.mark.whole
def test_pages_and_rows_about_crypto_say_so() -> None:
    data = json.loads(search_json(guide()))
    pages = {item["address"] for item in data["pages"] if item.get("crypto")}
    rows = {title for _, _, title, _, _, _, *crypto in data["rows"] if crypto}
    assert {"investing/token-economics/", "glossary/staking/"} <= pages and "training/tokens/" not in pages
    assert "Bittensor" in rows and "NVIDIA" not in rows


@pytest.mark.whole
def test_the_ways_into_the_guide_are_those_of_the_front_page() -> None:
    ways = json.loads(search_json(guide()))["ways"]
    assert [name for _, name in ways] == ["New to this", "Building", "Investing"]
    assert {f"./#{anchor}" for anchor, _ in ways} <= guide().published().addresses


@pytest.mark.whole
def test_sources_the_ledger_and_the_page_of_results_are_no_documents() -> None:
    found = {item["address"] for item in json.loads(search_json(guide()))["pages"]}
    published = {
        address
        for address in guide().published().addresses
        if "#" not in address and not address.startswith("go/")
    }
    left_out = {
        "search/",
        *(address for address in published if address.startswith(("data/claims/", "about/references/"))),
    }
    assert not found & left_out and len(left_out) > 16
    assert {address or "./" for address in found} | left_out == published


@pytest.mark.whole
def test_every_row_and_every_heading_leads_to_a_place_of_its_page() -> None:
    index = guide()
    data = json.loads(search_json(index))
    pages, now = data["pages"], index.published()
    wanted = [f"{pages[at]['address']}#{anchor}" for at, anchor, *_ in data["rows"]]
    assert len(wanted) == sum(
        len(records)
        for records in (index.book.companies, index.book.models, index.book.hardware, index.book.prices)
    )
    for item in pages:
        for heading in item["headings"]:
            if isinstance(heading, int):
                anchor = pages[heading]["address"].split("/")[-2]
            else:
                anchor = (
                    heading[0]
                    if isinstance(heading, list)
                    else re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading.lower()))
                )
            wanted.append(f"{item['address'] or './'}#{anchor}")
    assert [address for address in wanted if address not in now] == []


def test_passages_are_the_paragraphs_of_each_section_as_plain_text(small: Project) -> None:
    small.page(
        "Tokens repeat [1.4T](fact:reading.tokens) times [@hoffmann2022, table 3].\n\n## Look-up\n\n!!! note"
        ' ""\n    In a **box**.\n\n- One item.\n- Another,\n  on two lines.\n\n| a | b |\n| --- | --- |\n| 1'
        " | 2 |\n\n## Test yourself\n\n/// quiz\nWhat?\n\n- [ ] This.\n- [x] That.\n///"
    )
    files = dict(passage_files(small.index()))
    assert json.loads(files["assets/passages/foundations/tokens/index.json"]()) == {
        "": ["The answer.", "Read.", "Tokens repeat 1.4T times."],
        "look-up": ["In a box.", "One item.", "Another, on two lines."],
    }
    assert "assets/passages/glossary/token/index.json" not in files


def test_a_formula_in_a_passage_is_plain_characters_or_left_out(small: Project) -> None:
    small.page(
        "It costs $5 or $6.\n\nTraining takes $C \\approx 6ND$ and $\\alpha \\times k$"
        " of $\\frac{a}{b}$, or $7 in all."
    )
    files = dict(passage_files(small.index()))
    [paragraphs] = json.loads(files["assets/passages/foundations/tokens/index.json"]()).values()
    assert paragraphs[-2:] == ["It costs $5 or $6.", "Training takes C ≈ 6ND and α × k of …, or $7 in all."]


@pytest.mark.whole
def test_every_passage_is_found_by_its_section_and_stays_small() -> None:
    documents = {item["address"]: item for item in json.loads(search_json(guide()))["pages"]}
    for name, make in passage_files(guide()):
        address = name.removeprefix("assets/passages/").removesuffix("index.json")
        anchors = {f"{address or './'}#{anchor}" for anchor in json.loads(make()) if anchor}
        assert address in documents and anchors <= guide().published().addresses, name
        assert len(gzip.compress(make(), 6)) <= PASSAGES, name


@pytest.mark.whole
def test_what_the_search_fetches_stays_small() -> None:
    files = [
        search_json(guide()).encode(),
        numbers_json(guide()).encode(),
        sheet_apart(ROOT / "overrides" / "assets" / "css", "search").encode(),
        *(path.read_bytes() for path in [*JS.glob("search*.mjs"), *JS.glob("vendor/*.mjs")]),
    ]
    assert sum(len(gzip.compress(file, 6)) for file in files) <= MOST


def test_a_number_has_its_title_value_source_and_day_and_the_words_that_its_title_lacks(
    small: Project,
) -> None:
    row = ["reading.tokens", "What Chinchilla read: tokens", "1.4T tokens"]
    assert json.loads(numbers_json(small.index())) == [[*row, "Hoffmann et al. 2022, as of 29 Mar 2022"]]
    fact = "data/facts/reading.yml"
    small.bend(fact, "tokens: {", "tokens: {title: Length of its text in tokens, ")
    assert json.loads(numbers_json(small.index()))[0][1:] == [
        "Length of its text in tokens",
        "1.4T tokens",
        "Hoffmann et al. 2022, as of 29 Mar 2022",
        "what chinchilla read",
    ]


@pytest.mark.whole
def test_every_number_leads_to_its_page_and_every_question_names_numbers_that_are_there() -> None:
    found = {short_link(name) for name, *_ in json.loads(numbers_json(guide()))}
    assert len(found) > 1_500 and found <= guide().published().addresses
    for name in ("numbers", "second_numbers"):
        told, rest = number_questions(name)
        assert len(told) == 60 and len(rest) == 30
        assert {address for question in told for address in question.right} <= found


def test_a_browser_can_add_the_guide_to_its_search_engines(book: Book) -> None:
    root = ET.fromstring(opensearch_xml(book))
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert (
        root.tag == f"{space}OpenSearchDescription"
        and 0 < len(root.findtext(f"{space}ShortName") or "") <= 16
    )
    url = root.find(f"{space}Url")
    assert url is not None and url.attrib == {
        "type": "text/html",
        "template": f"{book.site_url}search/?q={{searchTerms}}",
    }


# ---- synonyms


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "typed:\n  token: [subwords, subwords]\n",
            ["data/synonyms.yml:", "`subwords` stands twice under `token`"],
        ),
        ("typed:\n  token: [Token]\n", ["`Token` stands twice under `token`"]),
        ("typed:\n  token: []\n", ["`token` has no other words"]),
        ("typed:\n  token: [one two three four five six]\n", ["has 6 words; write 1 to 5"]),
        ("typd:\n  token: [subword]\n", ["data/synonyms.yml:1: unknown key `typd`", "did you mean `typed`?"]),
        (
            "typed:\n  token: [piece]\n  wordpiece: [bit]\n",
            [
                "data/synonyms.yml:3: no page says `wordpiece`",
                "write the guide's words before the colon",
            ],
        ),
        (
            "typed:\n  token: [piece]\nasked:\n  foundations/gone.md: [why]\n",
            [
                "data/synonyms.yml:4: questions are asked of `foundations/gone.md`, which is no page",
                "write the path of a page below docs/",
            ],
        ),
    ],
)
def test_bad_synonyms_are_named_with_their_line_and_cure(
    project: Project, text: str, wanted: list[str]
) -> None:
    project.write("data/synonyms.yml", text)
    found = "\n".join(project.problems())
    for part in wanted:
        assert part in found


def test_synonyms_and_questions_reach_the_search(small: Project) -> None:
    small.write(
        "data/synonyms.yml",
        "typed:\n  token: [piece of text]\nasked:\n  foundations/tokens.md: [why pay per token]\n",
    )
    data = documents(small)
    assert data["synonyms"] == {"token": ["piece of text"]}
    asked = {item["address"]: item["asked"] for item in data["pages"] if "asked" in item}
    assert asked == {"foundations/tokens/": ["why pay per token"]}
    assert small.problems() == [] and check_synonyms(small.index()) == []


# ---- questions


@pytest.mark.whole
def test_every_question_names_pages_that_are_there() -> None:
    pages = {item["address"] for item in json.loads(search_json(guide()))["pages"]}
    assert {
        (question.ask, right) for question in questions() for right in question.right if right not in pages
    } == set()
    asked = [(question.part, question.ask) for question in questions()]
    assert len(set(asked)) == len(asked)


def test_a_row_counts_as_its_page() -> None:
    question = Question("listed", "groq", ("data/companies/",))
    assert question.place(["stack/", "data/companies/#groq"]) == 2
    assert question.place(["stack/"]) == 0
    assert list(shares([(question, 2), (question, 4), (question, 0)])) == [("listed", 1, 3)]


# ---- the script from elsewhere


def test_the_vendored_script_is_the_one_of_its_version() -> None:
    file = JS / "vendor" / f"{vendor.PACKAGE}-{vendor.VERSION}.mjs"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == vendor.SHA256
    assert {path.name for path in file.parent.iterdir()} == set(vendor.MEMBERS.values())
    assert f"./vendor/{file.name}" in (JS / "search-index.mjs").read_text(encoding="utf-8")


def packed(folder: Path, files: dict[str, bytes]) -> Path:
    archive = folder / "package.tgz"
    with tarfile.open(archive, "w:gz") as package:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            package.addfile(member, BytesIO(data))
    return archive


def test_another_script_or_a_package_without_one_is_refused(tmp_path: Path) -> None:
    other = packed(tmp_path, dict.fromkeys(vendor.MEMBERS, b"export default 1"))
    with pytest.raises(ValueError, match=f"has the hash .* instead of {vendor.SHA256}"):
        vendor.unpack(other, tmp_path / "vendor")
    with pytest.raises(ValueError, match=r"holds no package/dist/es/index\.js: find out where"):
        vendor.unpack(packed(tmp_path, {"package/readme": b""}), tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()
