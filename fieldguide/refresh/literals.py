"""Python source that only builds data, read without running it."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from fieldguide.refresh.price_list import ListFault

PLAIN = (ast.Expr, ast.Import, ast.ImportFrom)
"""Statements that may stand beside assignments: a docstring and imports, which are not followed."""
TYPES = {"Decimal", "datetime.date", "datetime.time"}


@dataclass(frozen=True)
class Built:
    """A call such as `ModelPrice(input_mtok=Decimal('8'))`: the name, and its keywords as data."""

    name: str
    keys: Mapping[str, Any]


def read_assignment(content: bytes, name: str, place: str) -> Any:
    """The data that a module assigns to `name`: numbers, text, lists, mappings, Decimal, ISO dates, and a
    Built for each other call with keywords. Raises ListFault for a module that holds anything else.
    """
    try:
        body = ast.parse(content).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ListFault(place, f"it is not Python that can be read: {error}") from error
    values = []
    for statement in body:
        if isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Constant):
            raise _foreign(statement, place)
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                values.append(statement.value)
        elif not isinstance(statement, PLAIN):
            raise _foreign(statement, place)
    if len(values) != 1 or values[0] is None:
        raise ListFault(place, f"it assigns `{name}` {len(values)} times, where once is due")
    try:
        return _value(values[0], place)
    except RecursionError as error:
        raise ListFault(place, "it is nested too deeply") from error


def _value(node: ast.expr, place: str) -> Any:
    match node:
        case ast.Constant():
            return node.value
        case ast.List() | ast.Tuple():
            return [_value(item, place) for item in node.elts]
        case ast.Dict() if None not in node.keys:
            return {_value(key, place): _value(node_value, place) for key, node_value in _pairs(node)}
        case ast.Attribute(value=ast.Name(id="datetime"), attr="UTC"):
            return "UTC"
        case ast.Call():
            return _call(node, place)
    raise _foreign(node, place)


def _pairs(node: ast.Dict) -> list[tuple[ast.expr, ast.expr]]:
    return [(key, value) for key, value in zip(node.keys, node.values, strict=True) if key is not None]


def _call(node: ast.Call, place: str) -> Any:
    name = ast.unparse(node.func)
    if name in TYPES:
        values = [_value(item, place) for item in node.args]
        try:
            if name == "Decimal" and len(values) == 1 and isinstance(values[0], str | int):
                return Decimal(values[0])
            if name == "datetime.date":
                return datetime.date(*values).isoformat()
            if name == "datetime.time":
                return datetime.time(*values).isoformat("minutes")
        except (InvalidOperation, TypeError, ValueError):
            pass
        raise ListFault(f"{place}:{node.lineno}", f"`{ast.unparse(node)[:80]}` is not a value")
    if not isinstance(node.func, ast.Name) or node.args or any(item.arg is None for item in node.keywords):
        raise _foreign(node, place)
    return Built(name, {item.arg: _value(item.value, place) for item in node.keywords if item.arg})


def _foreign(node: ast.expr | ast.stmt, place: str) -> ListFault:
    return ListFault(
        f"{place}:{node.lineno}",
        f"`{ast.unparse(node)[:80]}` is more than data",
        "read what changed in the package before anything of it is used",
    )
