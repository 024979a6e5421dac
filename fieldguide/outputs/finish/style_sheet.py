"""A style sheet as a list of rules, which can be read, reduced to what pages use, and written."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import tinycss2

NESTING = ("media", "supports", "container")
"""At-rules that contain rules."""
OWN = ("font-face", "keyframes", "page")
"""At-rules that contain no rules."""


@dataclass(frozen=True)
class Rule:
    """One rule of a sheet. `around` are the at-rules that contain it; `selectors` are its selectors, or the
    head of an at-rule such as "@font-face"; `body` is the text between the braces.
    """

    around: tuple[str, ...]
    selectors: tuple[str, ...]
    body: str

    @property
    def is_at_rule(self) -> bool:
        """Whether it is an at-rule, which styles nothing by itself."""
        return self.selectors[0].startswith("@")

    def name(self, selector: str) -> str:
        """The name under which the lists of first-screen rules hold one of its selectors. It stays the same
        as long as the sheet's name and the selector do.
        """
        return " ".join((*self.around, selector))

    def names(self) -> list[str]:
        """The name of each selector."""
        return [self.name(selector) for selector in self.selectors]


def read_rules(css: str) -> list[Rule]:
    """The rules of a sheet, in order. Raises ValueError for text that is not a rule, and for unknown
    at-rules.
    """
    return list(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), ()))


def _rules(nodes: Iterable[tinycss2.ast.Node], around: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield Rule(around, tuple(_selectors(node.prelude)), _tidy(tinycss2.serialize(node.content)))
        elif node.type == "at-rule" and node.lower_at_keyword in OWN and node.content is not None:
            yield Rule(
                around,
                (f"@{node.lower_at_keyword} {_tidy(tinycss2.serialize(node.prelude))}".strip(),),
                _tidy(tinycss2.serialize(node.content)),
            )
        elif node.type == "at-rule" and node.lower_at_keyword in NESTING and node.content is not None:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(
                inner, (*around, f"@{node.lower_at_keyword} {_tidy(tinycss2.serialize(node.prelude))}")
            )
        elif not (node.type == "at-rule" and node.lower_at_keyword == "charset"):
            words = node.message if node.type == "error" else tinycss2.serialize([node])[:80]
            raise ValueError(
                f"line {node.source_line} of the joined sheet: {words}: add"
                " it to fieldguide/outputs/finish/style_sheet.py"
            )


def _selectors(prelude: Sequence[tinycss2.ast.Node]) -> Iterator[str]:
    """The selectors of a list, split at its top-level commas."""
    part: list[tinycss2.ast.Node] = []
    for token in prelude:
        if token == ",":
            yield _tidy(tinycss2.serialize(part))
            part = []
        else:
            part.append(token)
    yield _tidy(tinycss2.serialize(part))


def _tidy(text: str) -> str:
    """The text on one line, without the comments that the serializer inserts when it is not sure."""
    return re.sub(r"\s+", " ", text.replace("/**/", "")).strip().removesuffix(";")


def write_rules(rules: Iterable[Rule]) -> str:
    """The rules as a sheet; neighboring rules in the same at-rules share them."""
    parts = []
    for around, group in groupby(rules, key=lambda rule: rule.around):
        text = "".join(f"{','.join(rule.selectors)}{{{_tight(rule.body)}}}" for rule in group)
        for head in reversed(around):
            text = f"{head}{{{text}}}"
        parts.append(text)
    return "".join(parts)


_WHOLE = re.compile(r"(\"[^\"]*\"|'[^']*'|url\([^)]*\))")
"""Text that must not change."""


@functools.cache
def _tight(body: str) -> str:
    """Declarations without the space after a colon or a comma."""
    return "".join(
        part if index % 2 else re.sub(r"([:,]) ", r"\1", part)
        for index, part in enumerate(_WHOLE.split(body))
    )


# ---- what a rule needs in order to style anything

_ARGUMENTS = re.compile(r":[\w-]+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
"""A pseudo-class with arguments. Its arguments are alternatives, or must not be present."""
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)\s*(?:=\s*[\"']?([\w-]+)[\"']?\s*)?[^\]]*\]")
_PSEUDO = re.compile(r"(?<!\\)::?[\w-]+")
_NAME = re.compile(r"[.#]?-?[A-Za-z_](?:\\.|[\w-])*")


UsedNames = frozenset[str]
"""The names that pages and scripts use, as a selector writes them: ".class", "#id", "tag", "[attribute]" and
"[attribute=value]".
"""


@functools.cache
def needs(selector: str) -> UsedNames:
    """The names that a selector needs in order to match anything."""
    plain = _ARGUMENTS.sub("", selector)
    attributes = [f"[{name}={value}]" if value else f"[{name}]" for name, value in _ATTRIBUTE.findall(plain)]
    names = _NAME.findall(_PSEUDO.sub("", _ATTRIBUTE.sub("", plain)))
    return frozenset([*attributes, *(name.replace("\\", "") for name in names)])


def needed_by(rules: Iterable[Rule]) -> UsedNames:
    """The names that any selector of the rules needs."""
    return UsedNames().union(
        *(needs(selector) for rule in rules if not rule.is_at_rule for selector in rule.selectors)
    )


def used_rules(rules: Iterable[Rule], names: UsedNames) -> list[Rule]:
    """The rules that can style something on pages that use only `names`, each reduced to the selectors that
    can.
    """
    return keep_selectors(rules, lambda rule, selector: rule.is_at_rule or needs(selector) <= names)


def keep_selectors(rules: Iterable[Rule], wanted: Callable[[Rule, str], bool]) -> list[Rule]:
    """The rules, reduced to the selectors for which `wanted(rule, selector)` is true; rules without any are
    dropped.
    """
    pairs = [
        (rule, tuple(selector for selector in rule.selectors if wanted(rule, selector))) for rule in rules
    ]
    return [replace(rule, selectors=selectors) for rule, selectors in pairs if selectors]


# ---- what is set and never read

_SET = re.compile(r"(?:^|;)\s*(--[\w-]+)\s*:")
_READ = re.compile(r"var\(\s*(--[\w-]+)")


def without_unread(rules: Sequence[Rule], also_read: Iterable[str] = ()) -> list[Rule]:
    """The rules without variables that nothing reads (neither the rules nor `also_read`), without keyframes
    that no animation plays, and without rules that this leaves empty.
    """
    also, now = frozenset(also_read), list(rules)
    while True:
        read, unplayed = also.union(*(_read_in(rule.body) for rule in now)), _unplayed(now)
        fewer = [
            rule if (body := _drop(rule.body, read)) == rule.body else replace(rule, body=body)
            for rule in now
            if rule.selectors[0] not in unplayed
        ]
        fewer = [rule for rule in fewer if rule.body]
        if fewer == now:
            return now
        now = fewer


@functools.cache
def _read_in(body: str) -> frozenset[str]:
    """The variables that a body reads."""
    return frozenset(_READ.findall(body))


@functools.cache
def _set_in(body: str) -> frozenset[str]:
    """The variables that a body sets."""
    return frozenset(_SET.findall(body))


@functools.cache
def _declared(body: str) -> tuple[tuple[str, str], ...]:
    """(variable that it sets or "", text) of each declaration of a body."""
    items = tinycss2.parse_blocks_contents(body, skip_comments=True, skip_whitespace=True)
    return tuple(
        (
            item.name if item.type == "declaration" and item.name.startswith("--") else "",
            _tidy(tinycss2.serialize([item])),
        )
        for item in items
    )


def _drop(body: str, read: frozenset[str]) -> str:
    return (
        body
        if _set_in(body) <= read
        else ";".join(text for name, text in _declared(body) if not name or name in read)
    )


@functools.cache
def _played_in(body: str) -> str:
    """The parts of a body that name animations."""
    return " ".join(re.findall(r"animation(?:-name)?\s*:[^;]*", body))


def _unplayed(rules: Sequence[Rule]) -> set[str]:
    played = " ".join(_played_in(rule.body) for rule in rules)
    heads = {rule.selectors[0] for rule in rules if rule.selectors[0].startswith("@keyframes")}
    return {
        head for head in heads if not re.search(rf"(?<![\w-]){re.escape(head.split()[1])}(?![\w-])", played)
    }
