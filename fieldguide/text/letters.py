"""Characters that nobody sees: they turn text round, hide in it or end it early."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# All of Unicode's controls but tab and line feed, formats (bidirectional, zero width, soft hyphen),
# separators of lines and paragraphs,
# surrogates and private use; fillers and selectors that are letters or marks by name and show nothing; and
# what is no character.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def hidden(text: str) -> Iterator[tuple[int, str]]:
    """(line from 1, code and name) of every character that cannot be seen, white space aside."""
    for match in HIDDEN.finditer(text):
        yield (
            text.count("\n", 0, match.start()) + 1,
            f"U+{ord(match[0]):04X} {unicodedata.name(match[0], 'without a name')}",
        )
