"""The guide's own tokenizer, and its lab as the build makes it: counts and cuts in the page, merges and
notice as files.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fieldguide.book import load_book
from fieldguide.commands.copy import write_copy
from fieldguide.outputs.files import output_file
from fieldguide.records.field import FieldMatch
from fieldguide.records.merges import NOTICE, PATH
from fieldguide.text.bytepair import read_merges
from tests.conftest import Project, page
from tests.guide import ROOT, guide_book
from tests.tokenizers import EXAMPLES, KINDS, TOKENIZERS, counted, rates_of_kinds

TABLE = (
    "| example | text | why |\n| --- | --- | --- |\n| one | `ab abc` | frequent |\n| two | `ü < &` | rare |"
)
MERGES = "# heading\n97 98\n257 99\n"


@pytest.fixture
def lab(project: Project) -> Project:
    """The little project with a tokenizer of two merges."""
    project.write(PATH, MERGES)
    project.write(NOTICE, "A notice.\n")
    project.write("docs/labs/tokenizer/view.mjs", "export const mount = () => () => {};")
    project.write(
        "docs/labs/tokenizer.md", page("Cuts", f"The answer.\n\n/// lab | tokenizer\n{TABLE}\n///", "lab")
    )
    project.bend("mkdocs.yml", "  - About:", "  - Labs: [labs/tokenizer.md]\n  - About:")
    return project


def faults(project: Project) -> list[str]:
    return [problem for problem in project.problems() if "tokenizer" in problem or "merges" in problem]


def cells(html: str) -> list[list[str]]:
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", row, flags=re.S)]
        for row in re.findall(r"<tr>(.*?)</tr>", html, flags=re.S)
    ]


def test_each_text_is_counted_and_the_first_is_cut(lab: Project) -> None:
    assert faults(lab) == []
    assert cells(lab.page_html("labs/tokenizer.md")) == [
        ["example", "text", "tokens here", "characters", "bytes", "why"],
        ["one", "ab abc", "3", "6", "6", "frequent"],
        ["two", "ü &lt; &amp;", "6", "5", "6", "rare"],
        ["token", "id", "bytes"],
        ["ab", "257", "61 62"],
        ["·", "32", "20"],
        ["abc", "258", "61 62 63"],
    ]


def test_a_part_of_a_letter_is_shown_as_its_byte(lab: Project) -> None:
    lab.write(
        "docs/labs/tokenizer.md",
        page("Cuts", f"The answer.\n\n/// lab | tokenizer\n{TABLE.replace('ab abc', 'ü&lt;')}\n///", "lab"),
    )
    assert cells(lab.page_html("labs/tokenizer.md"))[4:6] == [["C3", "195", "C3"], ["BC", "188", "BC"]]


def test_the_merges_and_their_notice_are_files_of_the_site_and_of_a_copy(
    lab: Project, tmp_path: Path
) -> None:
    for name, text in (("merges.txt", MERGES), ("wordnet-license.txt", "A notice.\n")):
        make = output_file(lab.index(), f"labs/tokenizer/{name}")
        assert make is not None and make() == text.encode()
    target = tmp_path / "copy"
    write_copy(lab.root, target)
    assert (
        (target / "docs/labs/tokenizer/merges.txt").read_text(encoding="utf-8")
        == (target / PATH).read_text(encoding="utf-8")
        == MERGES
    )
    assert load_book(target).tokenizer == load_book(lab.root).tokenizer, (
        "a builder that runs no hooks cuts the page's text as well"
    )


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        (
            PATH,
            "# heading\n97 98\n97 x\n",
            f"{PATH}:3: '97 x' is not two ids — write the file again: make experiments",
        ),
        (PATH, "97 98\n300 1\n", f"{PATH}:2: joins 300 and 1, of which one is not made yet — "),
        (PATH, None, "the lab `tokenizer` has no merges — write experiments/results/merges.txt"),
        (NOTICE, None, f"{PATH}:1: the merges are published with their notice, which is missing — "),
        (
            "docs/labs/tokenizer.md",
            page("Cuts", "The answer.\n\n/// lab | tokenizer\nNo table.\n///", "lab"),
            "has no table of texts — write a table with a column `text`",
        ),
    ],
)
def test_what_the_lab_lacks_is_named(lab: Project, path: str, text: str | None, message: str) -> None:
    if text is None:
        (lab.root / path).unlink()
    else:
        lab.write(path, text)
    assert any(message in problem for problem in faults(lab)), faults(lab)


def test_the_guide_has_the_committed_merges_and_no_second_copy() -> None:
    tokenizer = guide_book().tokenizer
    assert tokenizer is not None and tokenizer.size == 2048
    assert tokenizer.merges == tuple(read_merges((ROOT / PATH).read_text(encoding="utf-8")))
    assert not list((ROOT / "docs").rglob("merges.txt"))


def test_the_number_of_merges_that_the_page_expects_is_that_of_the_file() -> None:
    tokenizer = guide_book().tokenizer
    assert tokenizer is not None
    assert f"export const MERGES = {len(tokenizer.merges)};" in (
        ROOT / "docs/labs/tokenizer/model.mjs"
    ).read_text(encoding="utf-8")


# ---- the counts of others


def body(head: str) -> list[list[str]]:
    """The cells of the lab's table that has a column `head`, as written, without marks."""
    source = (ROOT / "docs/labs/tokenizer.md").read_text(encoding="utf-8")
    lines = source.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", line) for line in lines]
    return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in plain]


def test_each_example_is_counted_by_each_tokenizer_and_by_ours() -> None:
    tokenizer, fields = guide_book().tokenizer, guide_book().facts["tokenizer-counts"].fields
    assert tokenizer is not None
    texts = {name: text for name, text, *_ in body("text")}
    assert list(texts) == list(EXAMPLES)
    for example, name in EXAMPLES.items():
        assert fields[f"{name}-text"].value == texts[example]
        assert counted(f"ours-{name}") == len(tokenizer.encode(texts[example]))
        for one in TOKENIZERS:
            assert 0 < counted(f"{one}-{name}") <= len(texts[example].encode())
    assert body("o200k") == [
        [example, *(str(counted(f"{one}-{name}")) for one in ("ours", *TOKENIZERS))]
        for example, name in EXAMPLES.items()
    ]


def test_the_rates_of_the_estimate_are_the_lowest_and_highest_of_their_examples() -> None:
    book, rates = guide_book(), rates_of_kinds()
    for kind, (name, _) in KINDS.items():
        for end, rate in zip(("low", "high"), rates[kind], strict=True):
            match = book.find(f"tokenizer-counts.{name}-{end}")
            assert isinstance(match, FieldMatch) and match.field.value == pytest.approx(rate)
    assert [[kind, float(low), float(high)] for kind, low, high in body("at least")] == [
        [kind, pytest.approx(low, abs=0.005), pytest.approx(high, abs=0.005)]
        for kind, (low, high) in rates.items()
    ]
