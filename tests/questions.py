"""The questions of search.yml and the two hundreds, and where the right page stands among the results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from fieldguide.records.short_links import short_link
from tests.guide import ROOT

FIRST = 3
"""Results among which the right page should be."""
LEAST = 0.95
"""The share of the questions of each part for which it must be there."""


ANSWERS = """async ([root, asked, options = {}]) => {
  const [{ makeEngine }, ...data] = await Promise.all([import(`${root}assets/js/search-engine.mjs`),
    ...["search", "numbers"].map((name) =>
      fetch(`${root}assets/${name}.json`).then((answer) => answer.json()))]);
  const engine = makeEngine(...data);
  return asked.map((question) => engine.search(question, options));
}"""
"""[the site's address, questions, options of the search] → what the engine finds for each, asked in a page of
that site.
"""
ADDRESSES = f"""async (given) => (await ({ANSWERS})(given)).map(({{ results }}) =>
  results.map(({{ address }}) => address))"""
"""The same → the addresses of the results alone, which are soon handed over."""


@dataclass(frozen=True)
class Question:
    """What is asked, and the addresses of the pages that answer it."""

    part: str
    ask: str
    right: tuple[str, ...]

    def place(self, addresses: Sequence[str]) -> int:
        """The place of the first right page among the addresses of the results, from 1; 0 where none is
        right. A row counts as its page.
        """
        pages = [address.partition("#")[0] for address in addresses]
        return next((place for place, page in enumerate(pages, 1) if page in self.right), 0)


def questions() -> list[Question]:
    """All of them, in the order of the files."""
    return [
        Question(part, item["ask"], tuple(item["right"]))
        for name in ("search.yml", "search_hundred.yml", "search_second_hundred.yml")
        for part, items in yaml.safe_load((ROOT / "tests" / name).read_text(encoding="utf-8")).items()
        for item in items
    ]


def number_questions(name: str) -> tuple[list[Question], list[Question]]:
    """Those of `tests/search_<name>.yml` that ask for a number, with the addresses of the numbers that
    answer, and those that do not.
    """
    parts = yaml.safe_load((ROOT / "tests" / f"search_{name}.yml").read_text(encoding="utf-8"))
    asked = [
        Question(part, item["ask"], tuple(short_link(claim) for claim in item.get("right", ())))
        for part, items in parts.items()
        for item in items
    ]
    return [question for question in asked if question.right], [
        question for question in asked if not question.right
    ]


def shares(places: Sequence[tuple[Question, int]]) -> Iterator[tuple[str, int, int]]:
    """(part, questions whose right page is among the first, all questions) of each part."""
    for part in dict.fromkeys(question.part for question, _ in places):
        own = [place for question, place in places if question.part == part]
        yield part, sum(0 < place <= FIRST for place in own), len(own)
