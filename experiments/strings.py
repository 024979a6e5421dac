"""Random strings on which two tokenizers are compared: words, code, signs, other scripts, emoji, lone
surrogates. The same for one seed, on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

RANGES = {
    "ASCII": [(0x20, 0x7E)],
    "controls": [(0x00, 0x1F), (0x7F, 0xA0)],
    "Latin": [(0xA1, 0x24F)],
    "Greek and Cyrillic": [(0x370, 0x3FF), (0x400, 0x4FF)],
    "Arabic and Devanagari": [(0x600, 0x6FF), (0x900, 0x97F)],
    "CJK": [(0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)],
    "emoji": [(0x1F300, 0x1FAFF), (0x2600, 0x27BF), (0x1F1E6, 0x1F1FF), (0x200D, 0x200D), (0xFE0F, 0xFE0F)],
    "anything": [(0x00, 0xD7FF), (0xE000, 0x10FFFF)],
    "lone surrogates": [(0xD800, 0xDFFF), (0x20, 0x7E)],
}
TEXT = (
    "the of a or and to in used for with small large person plant genus state act that is being made having"
    " water tree family language unhappiness photosynthesis def return None self print import const function"
    ' => {} [] () != == && || ++ -- // /* */ <div class="x"> 0x1F 3.1415 1999 2026-11-28 http:// a@b.c \t \n'
    " \r\n   '' \"\""
)
WORDS = TEXT.split(" ")


def random_string(source: random.Random) -> str:
    if source.random() < 0.4:
        return "".join(
            source.choice(WORDS) + source.choice(["", " ", " ", "  ", "\n"])
            for _ in range(source.randint(0, 20))
        )
    kinds = source.sample(sorted(RANGES), source.randint(1, 3))
    spans = [span for kind in kinds for span in RANGES[kind]]
    return "".join(chr(source.randint(*source.choice(spans))) for _ in range(source.randint(0, 40)))


def random_strings(count: int = 10_000, seed: int = 17) -> Iterator[str]:
    source = random.Random(seed)
    for _ in range(count):
        yield random_string(source)
