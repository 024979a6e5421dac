"""The rules of the first screen of each kind of page, selected by the committed lists beside this module.
`make critical` renews the lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from fieldguide.outputs.finish.style_sheet import Rule, keep_selectors

FOLDER = Path(__file__).parent / "critical"


def read_list(kind: str) -> frozenset[str]:
    """The names of the rules for a kind of page. Raises ValueError for a kind that has no list."""
    file = FOLDER / f"{kind}.txt"
    if not file.exists():
        raise ValueError(
            f"pages of the kind `{kind}` have no list of first-screen rules: run `make critical`"
        )
    return frozenset(file.read_text(encoding="utf-8").splitlines())


def write_list(kind: str, names: Iterable[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{kind}.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def critical_rules(rules: Sequence[Rule], names: frozenset[str], known: frozenset[str]) -> list[Rule]:
    """The rules of a reduced sheet that a list names, and its fonts. `known` are the names in the sheets
    before they were reduced. Raises ValueError for a listed name that is not among them, since an outdated
    list would leave the first screen without styles.
    """
    unknown = names - known
    if unknown:
        raise ValueError(
            "first-screen rules that are in no sheet:"
            f" {', '.join(sorted(unknown)[:5])}{' …' if len(unknown) > 5 else ''}: run `make critical`"
        )
    return keep_selectors(rules, lambda rule, selector: _is_first_face(rule) or rule.name(selector) in names)


def _is_first_face(rule: Rule) -> bool:
    """Whether the rule is a font that any page may need at once. Fonts with letters that few pages use come
    with the sheet.
    """
    return rule.selectors == ("@font-face",) and "unicode-range" not in rule.body
