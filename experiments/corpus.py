"""WordNet's glosses as lines `word (pos): definition`, split by definition, with slurs left out. Standard
library only.

A definition that was held out is read under no other word: all words of its synset, and all synsets with the
same definition, fall on one side.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FILES = {
    "data.adj": "c89120dfc1f046ddff4a631bf9b7e9fa1a36b5e86565a23bf82dbe14f30b88a7",
    "data.adv": "444a63bf3955080ab7524f5079cfc07ff9bc682cb98bdb1db73b0fb9829f1139",
    "data.noun": "fea17d2f9656611334eac790e5d69e47645fa180c4aa481fb4cd9b3520754ca2",
    "data.verb": "adcf43e35b581e8036d8b5a52d63d9cd3d3b4870b2720d3c03c799df44777bc2",
}
"""The dictionary of WordNet 3.0 as Debian's `wordnet-base` lays it down, and the SHA-256 of each file."""
WORDNET = Path("/usr/share/wordnet")
CURE = (
    "install Debian's `wordnet-base` (WordNet 3.0), or name the folder that holds its data files: --wordnet"
    " FOLDER"
)
PARTS = {"noun": "n", "verb": "v", "adj": "adj", "adv": "adv"}
LONGEST = 200
"""Bytes of a line; longer ones, a sixtieth of all, are left out, so that nearly every line fits a model's
context whole.
"""
SPLIT = {"held-out": 3, "tuning": 3}
"""Hundredths of all definitions; the rest is trained on. Learning rates were chosen on `tuning`; `held-out`
is only measured.
"""

USAGE = {"ethnic slur", "disparagement", "obscenity"}
"""The first words of the synsets by which WordNet marks how a word is used: those it points to are left
out.
"""
MARKS = re.compile(
    r"\bslurs?\b|\bpejorative|\bderogat|\(disparaging\)|\(sometimes offensive\)|\(offensive"
    r" [^)]*slang\)|\boffensive language\)"
    r"|\b(?:offensive|disparaging|insulting|contemptuous|abusive|vulgar|obscene|taboo)\s+(?:\w+\s+)?(?:terms?|names?|words?|expressions?|slang|references?|epithets?)\b"
)
"""The same said in the words of a gloss."""
WORDS = Path(__file__).with_name("left_out.txt")
SENSE = re.compile(r"\((?:a|p|ip)\)$")
"""Where an adjective may stand: a mark of WordNet behind the word."""


class CorpusError(ValueError):
    """The dictionary is missing or is not the one that the results were made from."""


@dataclass(frozen=True)
class Synset:
    key: str
    part: str
    words: tuple[str, ...]
    gloss: str
    usage: tuple[str, ...]
    """The synsets that WordNet names as this one's usage."""

    @property
    def definition(self) -> str:
        """The gloss before its first example sentence."""
        return self.gloss.split('; "')[0].strip().rstrip(";").strip()

    @property
    def sentences(self) -> list[str]:
        """The example sentences that follow the definition."""
        return re.findall(r'"([^"]+)"', self.gloss.removeprefix(self.definition))


@dataclass(frozen=True)
class Line:
    word: str
    part: str
    definition: str

    def __str__(self) -> str:
        return f"{self.word} ({self.part}): {self.definition}"


@dataclass(frozen=True)
class Corpus:
    parts: dict[str, list[str]]
    """training, tuning, held-out: lines of text."""
    counts: dict[str, int]

    def sha256(self) -> str:
        return hashlib.sha256(
            "\n".join(line for part in sorted(self.parts) for line in self.parts[part]).encode()
        ).hexdigest()


def read_synset(line: str, part: str) -> Synset:
    """One line of a data file; its format is in WordNet's own wndb(5)."""
    head, gloss = line.split(" | ", 1)
    fields = head.split()
    count = int(fields[3], 16)
    words = tuple(SENSE.sub("", fields[4 + 2 * place]).replace("_", " ") for place in range(count))
    first = 5 + 2 * count
    pointers = [fields[first + 4 * place : first + 4 * place + 3] for place in range(int(fields[first - 1]))]
    usage = tuple(part + offset for symbol, offset, part in pointers if symbol == ";u")
    return Synset(fields[2].replace("s", "a") + fields[0], part, words, gloss.strip(), usage)


def load_synsets(folder: Path) -> list[Synset]:
    found = []
    for part, short in PARTS.items():
        path = folder / f"data.{part}"
        if not path.exists():
            raise CorpusError(f"{path}: not there — {CURE}")
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != FILES[path.name]:
            raise CorpusError(f"{path}: is not the file that the results were made from — {CURE}")
        found += [
            read_synset(line, short)
            for line in raw.decode("latin-1").splitlines()
            if not line.startswith("  ")
        ]
    return found


def word_hash(word: str) -> str:
    return hashlib.sha256(word.lower().encode()).hexdigest()[:16]


def load_left_out(path: Path = WORDS) -> frozenset[str]:
    return frozenset(
        line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")
    )


def names_left_out(text: str, hashes: frozenset[str]) -> bool:
    """Whether a word of the text, or its singular, is on the list."""
    words = {part for word in re.findall(r"[a-z-]+", text.lower()) for part in [word, *word.split("-")]}
    return any(word_hash(form) in hashes for word in words for form in (word, word.removesuffix("s")))


def marked(synsets: Iterable[Synset]) -> set[str]:
    """The keys of the synsets that WordNet itself marks as slurs, disparagement or obscenity, by a pointer or
    in the gloss.
    """
    synsets = list(synsets)
    usages = {synset.key for synset in synsets if synset.words[0] in USAGE and synset.part == "n"}
    return {
        synset.key for synset in synsets if usages & set(synset.usage) or MARKS.search(synset.gloss.lower())
    }


def side(definition: str) -> str:
    """Which part a definition falls into, by its hash: for ever the same, whatever else is in the corpus."""
    place = int(hashlib.sha256(definition.lower().encode()).hexdigest()[:8], 16) % 100
    for name, share in SPLIT.items():
        if place < share:
            return name
        place -= share
    return "training"


def kept_lines(synsets: list[Synset], hashes: frozenset[str], counts: Counter[str]) -> Iterator[Line]:
    """Every word of every synset that is kept, each line once."""
    slurs = marked(synsets)
    seen: set[Line] = set()
    for synset in synsets:
        counts["synsets"] += 1
        if synset.key in slurs:
            counts["synsets left out: marked by WordNet"] += 1
            continue
        if names_left_out(" ".join((*synset.words, synset.gloss)), hashes):
            counts["synsets left out: a word of the list"] += 1
            continue
        for word in synset.words:
            line = Line(word, synset.part, synset.definition)
            if not str(line).isascii() or len(str(line)) > LONGEST:
                counts["lines left out: longer than 200 bytes or not ASCII"] += 1
            elif line not in seen:
                seen.add(line)
                yield line


def kept_sentences(synsets: list[Synset], hashes: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(definition, sentence) for every example sentence of a synset that is kept, each once."""
    slurs, seen = marked(synsets), set()
    for synset in synsets:
        if synset.key in slurs or names_left_out(" ".join((*synset.words, synset.gloss)), hashes):
            continue
        for sentence in synset.sentences:
            if sentence.isascii() and len(sentence) <= LONGEST and sentence not in seen:
                seen.add(sentence)
                yield synset.definition, sentence


def make_corpus(synsets: list[Synset], hashes: frozenset[str]) -> Corpus:
    """Training keeps a line for every word of a synset; the other parts keep one a definition, so that none
    counts twice.
    """
    counts: Counter[str] = Counter()
    parts: dict[str, list[str]] = {"training": [], **{name: [] for name in SPLIT}}
    measured: set[str] = set()
    for line in kept_lines(synsets, hashes, counts):
        name, key = side(line.definition), line.definition.lower()
        if name != "training" and key in measured:
            counts["lines left out: another word of a definition that is measured"] += 1
            continue
        measured.add(key)
        parts[name].append(str(line))
    for name, lines in parts.items():
        counts[f"lines: {name}"] = len(lines)
        counts[f"bytes: {name}"] = sum(len(line) + 1 for line in lines)
    return Corpus(parts, dict(counts))


def load_corpus(folder: Path = WORDNET) -> Corpus:
    return make_corpus(load_synsets(folder), load_left_out())
