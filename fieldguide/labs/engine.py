"""The page's own JavaScript modules, run at build by an embedded engine (QuickJS).

The engine loads no files, so the modules are linked here: each becomes a function in one script, evaluated
once, after those that it imports.
A module is named by its address in the site, such as `labs/tokenizer/model.mjs`.
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
"""Where the files of the site's addresses stand."""
SECONDS = 5
"""CPU time that one call may take."""
MEMORY = 512 * 2**20
STACK = 2**20
CONTEXTS = 16
"""Contexts that a thread keeps."""
PAD = 1000
"""Empty lines before the linked modules, so that an error's line tells a module from an expression."""
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
"""What a fault says → how it is mended."""


class ScriptError(ValueError):
    """A module that cannot be linked or run, or a result that is not JSON; `problem` has the file, the line
    and the cure.
    """

    def __init__(self, path: str, line: int, message: str, hint: str) -> None:
        self.problem = Problem(path, line, message, hint)
        super().__init__(str(self.problem))


@dataclass
class _Program:
    """Linked modules: `text` is one script, after which `$` holds the exports of each by its address."""

    root: Path
    parts: list[str] = field(default_factory=list)
    starts: list[tuple[int, str]] = field(default_factory=list)
    """The line in the script at which each file begins."""
    exports: dict[str, Sequence[str]] = field(default_factory=dict)
    """Address → the names that the module exports, once it is linked."""
    files: dict[str, str] = field(default_factory=dict)
    """Address → the file below the root."""

    @property
    def text(self) -> str:
        return "\n" * (PAD - 1) + "globalThis.$ = {};\n" + "".join(self.parts)

    def add(self, address: str, importer: tuple[str, int], waiting: tuple[str, ...] = ()) -> None:
        """Link a module behind those that it imports. `importer` is the file and line that ask for it."""
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
        """What JavaScript said, with files and lines in place of the script's own."""
        return _PLACE.sub(lambda match: self._place(int(match[1])), message)

    def _place(self, line: int) -> str:
        begins, name = next(
            ((begins, name) for begins, name in reversed(self.starts) if begins <= line), (0, "the build")
        )
        return f"{name}:{line - begins + 1}"


def _line(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1


def _resolved(address: str, target: str) -> str:
    """The address of what a module imports as `target`."""
    parts: list[str] = []
    for part in (PurePosixPath(address).parent / target).parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _pairs(names: str) -> list[tuple[str, str]]:
    """(before, after `as`) of each name in braces."""
    pairs = [part.split(" as ") for part in re.sub(r"\s+", " ", names).strip(" ,").split(",") if part.strip()]
    return [(pair[0].strip(), pair[-1].strip()) for pair in pairs]


def _as_function(name: str, address: str, text: str) -> tuple[str, dict[str, str]]:
    """The body of the function that a module becomes, line by line as it was, and its exports: the name
    outside → the name inside.
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
"""Lets what JSON would lose in silence be an error."""
_local = threading.local()


class Script:
    """Modules of the page, each under a name for expressions, and values that stand beside them."""

    def __init__(
        self, root: Path, modules: Mapping[str, str], user: str = "the build", **values: Any
    ) -> None:
        """`modules` gives each name the address of its module, `values` each name what JSON can hold, which
        is read once; `user` is whom a fault is reported for. Raises ScriptError.
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
        """The value of a JavaScript expression, which may name the modules and all values; it comes through
        JSON, so it holds no functions. Raises ScriptError.
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
        """What JavaScript said, at the place in a module where it said it."""
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
    """A context in which the modules are evaluated and the values stand; a context belongs to one thread, so
    every thread keeps its own.
    """
    contexts: dict[object, quickjs.Context] = _local.__dict__.setdefault("contexts", {})
    key = (text, modules, values)
    if key not in contexts:
        if len(contexts) >= CONTEXTS:
            del contexts[next(iter(contexts))]
        context = quickjs.Context()
        context.set_time_limit(SECONDS)
        context.set_memory_limit(MEMORY)
        context.set_max_stack_size(STACK)
        context.eval(text)
        for name, address in modules:
            context.eval(f"globalThis.{name} = $[{json.dumps(address)}]")
        for name, value in values:
            context.set(name, context.parse_json(value))
        contexts[key] = context
    return contexts[key]
