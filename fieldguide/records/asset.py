"""Files below docs/ that are no pages: the site serves them as they are, so only kinds that cannot act are
taken, and drawings that hold nothing but shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from fieldguide.records.yaml_source import read_text
from fieldguide.text.problems import Problem

SUFFIXES = (".md", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".csv", ".json", ".txt", ".pdf")
LABS = "labs"
"""The folder of docs/ that holds scripts."""
SHAPES = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
    ]
)
"""What a drawing may hold: no script, no style sheet, no link, no page and no picture of elsewhere."""


def check_assets(docs: Path, root: Path) -> list[Problem]:
    """The problems of files below docs/: kinds of file that the site does not serve, and drawings that hold
    more than shapes.
    """
    return [problem for path in sorted(docs.rglob("*")) for problem in _check(path, docs, root)]


def check_no_links(folder: Path, root: Path) -> list[Problem]:
    """A problem for each symbolic link below a folder: what it leads to may lie outside the project or hold
    the link itself, and builders differ in what they make of it.
    """
    return [
        Problem(
            path.relative_to(root).as_posix(),
            1,
            "a link in place of a file or folder",
            "remove it, and copy here what it leads to",
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink()
    ]


def _check(path: Path, docs: Path, root: Path) -> Iterator[Problem]:
    name, kind = path.relative_to(root).as_posix(), path.suffix.lower()
    if path.is_symlink() or not path.is_file():
        return
    if kind == ".svg":
        text, problems = read_text(path, root)
        yield from problems or _check_drawing(name, text)
    elif kind not in SUFFIXES and not (kind == ".mjs" and path.relative_to(docs).parts[0] == LABS):
        yield Problem(
            name,
            1,
            f"the site takes no files such as `{path.name}`",
            f"besides pages it takes {', '.join(SUFFIXES[1:])}, and scripts of labs below docs/{LABS}/",
        )


def _check_drawing(name: str, text: str) -> Iterator[Problem]:
    def problem(message: str, mark: str) -> Problem:
        return Problem(
            name,
            text.count("\n", 0, max(text.find(mark), 0)) + 1,
            message,
            "export plain shapes, with presentation attributes in place of styles",
        )

    declared = re.search(r"<!(DOCTYPE|ENTITY)|<\?xml-", text)
    if declared:  # before it is parsed: what it declares may grow without end
        yield problem(f"a drawing with `{declared[0]}`", declared[0])
        return
    try:
        drawing = ET.fromstring(text)
    except ET.ParseError as error:
        yield Problem(name, error.position[0], f"a drawing that is no XML: {error}", "export it anew")
        return
    for element in drawing.iter():
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if tag and tag not in SHAPES:
            yield problem(f"a drawing with `<{tag}>`", f"<{tag}")
        for key, value in element.items():
            plain, address = key.rpartition("}")[2], re.sub(r"url\(\s*['\"]?#[^)]*\)", "", value)
            if (
                plain.startswith("on")
                or plain == "style"
                or (plain == "href" and not value.startswith("#"))
                or "url(" in address.lower()
                or re.match(r"\s*javascript:", value, flags=re.I)
            ):
                yield problem(f'a drawing with `{plain}="{value[:60]}"`', value[:60])
