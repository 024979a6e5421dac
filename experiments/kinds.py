"""Forty common nouns on which a definition machine is judged: does what it says of a noun name the right
kind of thing? The nouns follow from WordNet's own counts alone. Standard library only.

README.md says how an answer is judged.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from experiments.corpus import CURE, CorpusError, Synset

COUNTS = "cntlist.rev"
COUNTS_SHA256 = "a198580b8f705fa02797bba8b13e5cbe4a9f9f40cb1697e774c7fc6a5865b035"
"""WordNet's file of how often each sense was tagged in texts that people read through."""
NOUNS = Path(__file__).with_name("nouns.csv")
CONCRETE = {
    5: "animal",
    6: "artifact",
    8: "body",
    13: "food",
    14: "group",
    15: "location",
    17: "object",
    18: "person",
    20: "plant",
    27: "substance",
}
"""WordNet's numbers of its files of nouns, a kind of thing each: three nouns are taken of each of these."""
ABSTRACT = {
    4: "act",
    7: "attribute",
    9: "cognition",
    10: "communication",
    11: "event",
    12: "feeling",
    19: "phenomenon",
    21: "possession",
    26: "state",
    28: "time",
}
"""One noun is taken of each of these."""


@dataclass(frozen=True)
class Noun:
    word: str
    kind: str
    """That of its first sense, as WordNet files it."""
    count: int
    """How often its first sense was tagged."""


def choose_nouns(counts: Iterable[str]) -> list[Noun]:
    """The nouns by the lines of WordNet's counts, `sense_key sense_number count`: of each kind those whose
    first sense was tagged most, where it makes up at least half of all that was tagged of the noun; words of
    three lowercase letters or more, equals in the order of the alphabet.
    """
    first: dict[str, tuple[int, int]] = {}
    whole: Counter[str] = Counter()
    for line in counts:
        key, sense, count = line.split()
        word, _, place = key.partition("%")
        part, file, *_ = place.split(":")
        if part == "1" and re.fullmatch(r"[a-z]{3,}", word):
            whole[word] += int(count)
            if sense == "1":
                first[word] = (int(file), int(count))
    found: list[Noun] = []
    for kinds, most in ((CONCRETE, 3), (ABSTRACT, 1)):
        for number, kind in kinds.items():
            here = [
                Noun(word, kind, tagged)
                for word, (its, tagged) in first.items()
                if its == number and 2 * tagged >= whole[word]
            ]
            found += sorted(here, key=lambda noun: (-noun.count, noun.word))[:most]
    return found


def load_counts(folder: Path) -> list[str]:
    """The lines of WordNet's counts. Raises CorpusError when they are missing or those of another WordNet."""
    path = folder / COUNTS
    if not path.exists():
        raise CorpusError(f"{path}: not there — {CURE}")
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != COUNTS_SHA256:
        raise CorpusError(f"{path}: is not the file that the nouns were chosen by — {CURE}")
    return raw.decode("ascii").splitlines()


def write_nouns(nouns: Iterable[Noun]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["noun", "kind", "tagged"])
    writer.writerows([noun.word, noun.kind, noun.count] for noun in nouns)
    return target.getvalue()


def load_nouns(path: Path = NOUNS) -> list[Noun]:
    with path.open(encoding="utf-8", newline="") as source:
        return [Noun(row["noun"], row["kind"], int(row["tagged"])) for row in csv.DictReader(source)]


def definitions_of(synsets: Iterable[Synset], nouns: Iterable[Noun]) -> frozenset[str]:
    """The definitions, in lowercase, of every sense of the nouns, as nouns and as other parts of speech."""
    words = {noun.word for noun in nouns}
    return frozenset(
        synset.definition.lower() for synset in synsets if words & {word.lower() for word in synset.words}
    )
