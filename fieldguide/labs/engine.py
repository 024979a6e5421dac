"""Runs the page's own JavaScript modules during a build, in an embedded engine (QuickJS).

The engine loads no files, so this module links the modules: each becomes a function in one script, called
once after its imports. A module is named by its address in the site, such as `labs/tokenizer/model.mjs`.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import quickjs

from fieldguide.text.problems import Problem

FOLDERS = ("docs", "overrides")
"""Folders that contain the site's modules."""
TIME_LIMIT = 5
"""CPU seconds that one call may take."""
MEMORY = 512 * 2**20
STACK = 2**20
CONTEXTS = 16
"""The most contexts that a thread keeps."""
PAD = 1000
"""Empty lines before the linked modules, so that the line of an error tells whether it is in a module or in
an expression.
"""
_NAMES = r"\{([^}]*)\}"
_IMPORT = re.compile(rf"^import (?:\* as (\w+)|(\w+)|{_NAMES}) from (['\"])(.+?)\4;", re.M)
_DECLARED = re.compile(r"^export (?=(?:(?:async )?function|const|class) (\w+))", re.M)
_LISTED = re.compile(rf"^export {_NAMES};", re.M)
_UNKNOWN = re.compile(r"^(?:import|export)\b(?! *\().*", re.M)
_PLACE = re.compile(r"<input>:(\d+)(?::\d+)?")
_FILE = re.compile(r"([\w./-]+\.mjs):(\d+)")
CURES = {
    "interrupted": "look for a loop that does not end",
    "out of memory": "look for a list that does not stop growing",
    "call stack": "look for a function that calls itself without end",
    "JSON cannot hold": "give numbers, words, lists and objects of them",
}
"""{part of an error message: its cure}."""


class ScriptError(ValueError):
    """A module that cannot be linked or run, or a result that is not JSON. `problem` has the file, the line
    and the cure.
    """

    def __init__(self, path: str, line: int, message: str, hint: str) -> None:
        self.problem = Problem(path, line, message, hint)
        super().__init__(str(self.problem))


@dataclass
class _Program:
    """Linked modules: `text` is a script that sets `$` to {address: exports of that module}."""

    root: Path
    parts: list[str] = field(default_factory=list)
    starts: list[tuple[int, str]] = field(default_factory=list)
    """(line of the script where a file begins, name of the file), in order."""
    exports: dict[str, Sequence[str]] = field(default_factory=dict)
    """{address: names that the module exports}, for linked modules."""
    files: dict[str, str] = field(default_factory=dict)
    """{address: file below the root}."""

    @property
    def text(self) -> str:
        return "\n" * (PAD - 1) + "globalThis.$ = {};\n" + "".join(self.parts)

    def add(self, address: str, importer: tuple[str, int], waiting: tuple[str, ...] = ()) -> None:
        """Link a module after its imports. `importer` is the (file, line) that asks for it; `waiting` are the
        modules that are being linked. Raises ScriptError.
        """
        if address in self.exports:
            return
        if address in waiting:
            raise ScriptError(
                *importer, f"`{address}` imports itself through this module", "break the circle of imports"
            )
        path = next((path for folder in FOLDERS if (path := self.root / folder / address).is_file()), None)
        if path is None:
            raise ScriptError(
                *importer, f"there is no module `{address}`", f"write it below {' or '.join(FOLDERS)}/"
            )
        name = path.relative_to(self.root).as_posix()
        self.files[address] = name
        text = path.read_text(encoding="utf-8")
        for match in _IMPORT.finditer(text):
            line = _line(text, match.start())
            target = _resolved(address, match[5])
            self.add(target, (name, line), (*waiting, address))
            for imported, _ in _pairs(match[3] or (f"default as {match[2]}" if match[2] else "")):
                if imported not in self.exports[target]:
                    raise ScriptError(
                        name,
                        line,
                        f"`{target}` exports no `{imported}`",
                        f"it exports {', '.join(self.exports[target]) or 'nothing'}",
                    )
        body, exported = _as_function(name, address, text)
        self.exports[address] = list(exported)
        self.starts.append((PAD + 1 + sum(part.count("\n") for part in self.parts), name))
        outward = ", ".join(f"{json.dumps(key)}: {value}" for key, value in exported.items())
        self.parts.append(
            f"$[{json.dumps(address)}] = (() => {{ 'use strict'; {body}\nreturn {{ {outward} }}; }})();\n"
        )

    def located(self, message: str) -> str:
        """An error message of JavaScript, with files and lines of the modules in place of the script's own
        lines.
        """
        return _PLACE.sub(lambda match: self._place(int(match[1])), message)

    def _place(self, line: int) -> str:
        begins, name = next(
            ((begins, name) for begins, name in reversed(self.starts) if begins <= line), (0, "the build")
        )
        return f"{name}:{line - begins + 1}"


def _line(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1


def _resolved(address: str, target: str) -> str:
    """The address that an import of `target` in the module `address` refers to."""
    parts: list[str] = []
    for part in (PurePosixPath(address).parent / target).parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _pairs(names: str) -> list[tuple[str, str]]:
    """(name before `as`, name after it) for each name in braces; both are the same without `as`."""
    pairs = [part.split(" as ") for part in re.sub(r"\s+", " ", names).strip(" ,").split(",") if part.strip()]
    return [(pair[0].strip(), pair[-1].strip()) for pair in pairs]


def _as_function(name: str, address: str, text: str) -> tuple[str, dict[str, str]]:
    """(body of the function that a module becomes, {exported name: name inside the module}). The body keeps
    the module's lines.
    """

    def constants(match: re.Match[str]) -> str:
        source = f"$[{json.dumps(_resolved(address, match[5]))}]"
        names = ", ".join(f"{before}: {after}" for before, after in _pairs(match[3] or ""))
        value = f"{match[2]} = {source}.default" if match[2] else f"{match[1] or f'{{ {names} }}'} = {source}"
        return f"const {value};" + "\n" * match[0].count("\n")

    exported = {match[1]: match[1] for match in _DECLARED.finditer(text)}
    for match in _LISTED.finditer(text):
        exported |= {after: before for before, after in _pairs(match[1])}
    body = _DECLARED.sub("", _LISTED.sub("", _IMPORT.sub(constants, text)))
    if unknown := _UNKNOWN.search(body):
        raise ScriptError(
            name,
            _line(body, unknown.start()),
            f"the build cannot link `{unknown[0].strip()[:60]}`",
            "write `import { a } from './b.mjs';`, or `export` before const, function or class",
        )
    return body, exported


CHECKED = """(key, value) => {
  if (['function', 'symbol'].includes(typeof value) || Number.isNaN(value) || Math.abs(value) === Infinity) {
    throw new TypeError(`${key || 'the result'} is ${String(value).slice(0, 40)}, which JSON cannot hold`);
  }
  return value;
}"""
"""A replacer for JSON.stringify that throws for values which JSON would silently drop."""
_local = threading.local()


class Script:
    """Modules of the page under names that expressions can use, together with constant values."""

    def __init__(
        self, root: Path, modules: Mapping[str, str], user: str = "the build", **values: Any
    ) -> None:
        """`modules` is {name: address of the module}; `values` are JSON values, which are read once. `user`
        names who needs the modules, for error messages. Raises ScriptError.
        """
        self._modules, self._user, self._program = dict(modules), user, _Program(root)
        for address in modules.values():
            self._program.add(address, (f"{FOLDERS[0]}/{address}", 1))
        self._key = (
            self._program.text,
            tuple(self._modules.items()),
            tuple((name, json.dumps(value, allow_nan=False)) for name, value in values.items()),
        )

    def run(self, expression: str, **values: Any) -> Any:
        """The value of a JavaScript expression, which may use the modules and all values by name. The value
        is passed as JSON. Raises ScriptError.
        """
        for name, wanted in re.findall(rf"(?<![.\w])({'|'.join(self._modules)})\.(\w+)", expression):
            if wanted not in self._program.exports[self._modules[name]]:
                raise ScriptError(
                    self._program.files[self._modules[name]],
                    1,
                    f"{self._user} needs `{wanted}`, which the module does not export",
                    "export it",
                )
        code = f"(({', '.join(values)}) => JSON.stringify({expression}, {CHECKED}))"
        try:
            context = _context(*self._key)
            function = context.eval(code)
            text = function(
                *(context.parse_json(json.dumps(value, allow_nan=False)) for value in values.values())
            )
        except (quickjs.JSException, quickjs.StackOverflow) as error:
            _local.contexts.pop(self._key, None)
            raise self._fault(str(error)) from error
        if not isinstance(text, str):
            raise self._fault(f"TypeError: `{expression}` is nothing that JSON can hold")
        return json.loads(text)

    def _fault(self, message: str) -> ScriptError:
        """The error for a JavaScript message, with the file and line where it occurred."""
        first, *trace = self._program.located(message).strip().splitlines()
        place = next((match for line in trace if (match := _FILE.search(line))), None)
        path, line = (
            (place[1], int(place[2]))
            if place
            else (self._program.files[next(iter(self._modules.values()))], 1)
        )
        cure = next((cure for words, cure in CURES.items() if words in first), "correct the module")
        return ScriptError(path, line, f"{self._user} stops: {first}", cure)


def _context(
    text: str, modules: tuple[tuple[str, str], ...], values: tuple[tuple[str, str], ...]
) -> quickjs.Context:
    """A QuickJS context in which the modules and values are defined. Contexts belong to one thread, so each
    thread caches its own.
    """
    contexts: dict[object, quickjs.Context] = _local.__dict__.setdefault("contexts", {})
    key = (text, modules, values)
    if key not in contexts:
        if len(contexts) >= CONTEXTS:
            del contexts[next(iter(contexts))]
        context = quickjs.Context()
        context.set_time_limit(TIME_LIMIT)
        context.set_memory_limit(MEMORY)
        context.set_max_stack_size(STACK)
        context.eval(text)
        for name, address in modules:
            context.eval(f"globalThis.{name} = $[{json.dumps(address)}]")
        for name, value in values:
            context.set(name, context.parse_json(value))
        contexts[key] = context
    return contexts[key]
