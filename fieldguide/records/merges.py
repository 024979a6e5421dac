"""The merges of the guide's own tokenizer, and the notice of the dictionary they were counted on: of
`experiments/` all that the site reads.
"""

from __future__ import annotations

from pathlib import Path

from fieldguide.records.yaml_source import read_text
from fieldguide.text.bytepair import MergesError, Tokenizer, read_merges
from fieldguide.text.problems import Problem

LAB = "tokenizer"
PATH = "experiments/results/merges.txt"
NOTICE = "experiments/WORDNET-LICENSE"


def load_merges(root: Path) -> tuple[Tokenizer | None, list[Problem]]:
    """(tokenizer, problems); None in place of the tokenizer where there are no merges, a line of them is
    broken, or their notice is missing.
    """
    if not (root / PATH).is_file():
        return None, []
    if not (root / NOTICE).is_file():
        return None, [
            Problem(
                PATH,
                1,
                "the merges are published with their notice, which is missing",
                f"put WordNet's license at {NOTICE}",
            )
        ]
    text, problems = read_text(root / PATH, root)
    if problems:
        return None, problems
    try:
        return Tokenizer(tuple(read_merges(text))), []
    except MergesError as error:
        return None, [Problem(PATH, error.line, error.fault, "write the file again: make experiments")]
