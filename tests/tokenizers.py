"""The counts by published tokenizers that stand beside ours, read from their record."""

from __future__ import annotations

from tests.guide import guide_book

TOKENIZERS = ("o200k", "llama-3", "qwen-3", "deepseek-v3", "gemma-3")
EXAMPLES = {
    "An instruction": "instruction",
    "A definition": "definition",
    "German": "german",
    "Hindi": "hindi",
    "Chinese": "chinese",
    "Python": "python",
    "JSON": "json",
    "Emoji": "emoji",
    "A number": "number",
}
"""{example of the lab: its name in the record}."""
KINDS = {
    "Latin letters": ("latin", ("instruction", "german", "python", "json")),
    "Chinese": ("chinese", ("chinese",)),
    "other scripts": ("other", ("hindi",)),
    "emoji": ("emoji", ("emoji",)),
    "digits": ("digits", ("number",)),
}
"""{kind of text: (its name in the record, the examples that its rates come from)}. The definition is left
out, because our tokenizer learned from definitions alone.
"""


def counted(name: str) -> int:
    """A count of the record, in tokens."""
    value = guide_book().facts["tokenizer-counts"].fields[name].value
    assert isinstance(value, int)
    return value


def rates_of_kinds() -> dict[str, list[float]]:
    """{kind of text: [least, most]}, tokens of a published tokenizer per token of ours, worked out
    anew from the counts.
    """
    rates = {}
    for kind, (_, examples) in KINDS.items():
        found = [
            counted(f"{one}-{example}") / counted(f"ours-{example}")
            for one in TOKENIZERS
            for example in examples
        ]
        rates[kind] = [min(found), max(found)]
    return rates
