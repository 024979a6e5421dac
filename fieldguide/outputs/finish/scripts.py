"""Our modules as readers fetch them: without comments and needless white space, with the modules that every
lab loads in one file. Nothing is renamed: each call makes sure that the tokens stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fieldguide.text.paths import naming

FRAME = Path("assets", "js", "lab", "frame.mjs")
"""The module that every lab loads. Those it imports from its own folder are packed into the same file."""
ELSEWHERE = "vendor"
"""The folder of third-party modules, which keep their text, since their hash is checked."""
_IMPORT = re.compile(r"^import (?:\{([^}]*)\} from )?'\./([\w-]+)\.mjs';.*\n", re.M)
_SHARED = re.compile(r"assets/js/lab/([\w-]+)\.mjs'")
"""A module of the labs' folder that a lab without the frame imports. What it imports must be such a module
too, since it would be a second copy of what comes in the frame's file.
"""
_NAMED = re.compile(r"^(?:export )?(?:async )?(?:const|let|function|class) (\S\w*)", re.M)

_TOKEN = re.compile(
    r"""(?P<gap>(?:\s+|//[^\n]*|/\*.*?\*/)+)|(?P<word>[\w$#]+)|(?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?P<sign>[^\s\w$#'"`\\@])""",
    re.S,
)
_PATTERN = re.compile(r"/(?:[^\\/\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_CHUNK = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)", re.S)
_BEFORE_PATTERN = frozenset("([{,;=:?!&|<>+-*%^~") | {
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "void",
    "delete",
    "await",
    "yield",
    "throw",
    "do",
    "else",
}
_AFTER = frozenset("{([,;:?=&|<>*%^~!.")
"""After these, a line break does not end a statement."""
_BEFORE = frozenset(")]},;:?.=&|*<>%^")
"""Nor does it before these."""
_WORD = re.compile(r"[\w$#]")


def finish_scripts(site: Path) -> None:
    """Replace every module of ours in the folder `site` by the version that readers fetch. Raises ValueError,
    with the file, for code that could be read in two ways.
    """
    frame = site / FRAME
    if frame.exists():
        parts = _parts(frame, [])
        frame.write_text(_joined(parts), encoding="utf-8")
        names = "|".join(part.stem for part in parts)
        labs = {
            view.parent: FRAME.as_posix() in view.read_text(encoding="utf-8")
            for view in (site / "labs").glob("*/view.mjs")
        }
        apart = {
            frame.with_stem(name)
            for folder, framed in labs.items()
            if not framed
            for file in folder.glob("*.mjs")
            for name in _SHARED.findall(file.read_text(encoding="utf-8"))
        }
        for file in sorted(apart):
            if copies := sorted(set(_imported(file)) & (set(parts) - apart)):
                raise ValueError(
                    f"{file.name}: a lab without the frame loads it, and it imports {copies[0].name}, which"
                    f" comes in one file with {FRAME.name}: write what that lab needs in a module of its own"
                )
        for folder in [frame.parent, *(folder for folder, framed in labs.items() if framed)]:
            for file in set(folder.glob("*.mjs")) - set(parts) - apart:
                text = file.read_text(encoding="utf-8")
                file.write_text(
                    re.sub(
                        rf"(from '(?:\.|\.\./\.\./assets/js/lab)/)(?:{names})(\.mjs';)",
                        rf"\1{frame.stem}\2",
                        text,
                    ),
                    encoding="utf-8",
                )
    for file in [*(site / "assets" / "js").rglob("*.mjs"), *(site / "labs").rglob("*.mjs")]:
        if ELSEWHERE not in file.parts:
            with naming(file, site):
                file.write_text(stripped(file.read_text(encoding="utf-8")), encoding="utf-8")


def _parts(module: Path, earlier: list[Path]) -> list[Path]:
    """A module, preceded by the modules of its folder that it imports, each after its own imports."""
    for other in _imported(module):
        if other not in earlier:
            earlier = _parts(other, earlier)
    return [*earlier, module]


def _imported(module: Path) -> list[Path]:
    """The modules of its folder that a module imports."""
    return [module.with_stem(name) for _, name in _IMPORT.findall(module.read_text(encoding="utf-8"))]


def _joined(parts: list[Path]) -> str:
    """Modules as one. Raises ValueError if two of them declare the same name, or if one is not written like
    the others.
    """
    of: dict[str, Path] = {}
    text = ""
    for part in parts:
        own = _IMPORT.sub("", part.read_text(encoding="utf-8"))
        if re.search(r"^import\b|^export (?:default|\{|\*)", own, re.M) or any(
            " as " in names for names, _ in _IMPORT.findall(part.read_text(encoding="utf-8"))
        ):
            raise ValueError(
                f"{part.name}: what comes in one file with {FRAME.name} imports names as they are from beside"
                " it, and exports what it declares"
            )
        for name in _NAMED.findall(own):
            if not name.isidentifier() or of.setdefault(name, part) != part:
                raise ValueError(
                    f"{part.name}: `{name}` is a name in {of.get(name, part).name} too, and both come in one"
                    f" file with {FRAME.name}: rename one"
                )
        text += own
    return text


def stripped(script: str) -> str:
    """A module without comments and spare white space. Raises ValueError, with the line, for code that could
    be read in two ways or is not JavaScript.
    """
    out: list[str] = []
    gap = ""
    for kind, text in tokens(script, spaced=True):
        if kind == "gap":
            gap = text
            continue
        if gap and out:
            out.append(_between(out[-1][-1], text[0], gap))
        out.append(text)
        gap = ""
    made = "".join(out) + "\n"
    if [token for token in tokens(made) if token[0] != "gap"] != [
        token for token in tokens(script) if token[0] != "gap"
    ]:
        raise ValueError(
            "the script would not stay the same without its white space: look at"
            " fieldguide/outputs/finish/scripts.py"
        )
    return made


def _between(before: str, after: str, gap: str) -> str:
    """The white space that must stay between two tokens, of which one ends and the other begins with these
    texts.
    """
    if "\n" in gap and before not in _AFTER and after not in _BEFORE:
        return "\n"
    apart = (
        (_WORD.match(before) and _WORD.match(after))
        or (before == after and before in "+-/")
        or (before.isdigit() and after == ".")
    )
    return " " if apart else ""


def tokens(script: str, spaced: bool = False) -> Iterator[tuple[str, str]]:
    """(kind, text) of every token and of the gaps between them. Kinds are gap, word, text and sign; the parts
    of a template literal around its expressions are text. `spaced` requires the space that we write after a
    division that follows a parenthesis, since without it a regular expression could begin there.
    """
    position, before = 0, "("
    open_: list[str] = []
    while position < len(script):
        match = (
            _CHUNK.match(script, position + 1)
            if script[position] == "`" or (script[position] == "}" and open_ and open_[-1] == "${")
            else _TOKEN.match(script, position)
        )
        if match is None:
            raise _fault(script, position, "this is not a token")
        kind, text = match.lastgroup or "text", script[position : match.end()]
        if kind == "text" and text[0] in "`}":
            if text[0] == "}":
                open_.pop()
            if text.endswith("${"):
                open_.append("${")
        elif text == "/" and kind == "sign":
            kind, text = _slash(script, position, before, spaced)
        elif kind == "sign" and text in "{}":
            if text == "{":
                open_.append("{")
            elif not open_ or open_.pop() != "{":
                raise _fault(script, position, "nothing that this closes is open")
        yield kind, text
        if kind != "gap":
            before = text if kind != "text" else "(" if text.endswith("${") else "value"
        position += len(text)
    if open_:
        raise _fault(script, position - 1, f"`{open_[-1]}` is not closed")


def _slash(script: str, position: int, before: str, spaced: bool) -> tuple[str, str]:
    """A division sign, or the regular expression that begins here, as (kind, text)."""
    if before in _BEFORE_PATTERN:
        pattern = _PATTERN.match(script, position)
        if pattern is None:
            raise _fault(script, position, "this pattern does not end")
        return "text", pattern[0]
    if before == "}" or (before == ")" and spaced and script[position + 1] != " "):
        raise _fault(
            script,
            position,
            "this may be a division or a pattern: write spaces about the one, parentheses about the other",
        )
    return "sign", "/"


def _fault(script: str, position: int, words: str) -> ValueError:
    near = script[position : position + 20].splitlines()[0]
    return ValueError(f"line {script.count(chr(10), 0, position) + 1}, `{near}`: {words}")
