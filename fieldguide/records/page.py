"""Pages: a Markdown file's front matter, its text, the line of each part, and the minutes that it takes to
read.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field as Key
from pydantic import ValidationError, model_validator

from fieldguide.records.base import SLUG, Date, Prose, Strict, explain
from fieldguide.records.yaml_source import Location, YamlError, faults, load_yaml, read_text
from fieldguide.text.inline_marks import CITATION
from fieldguide.text.names import LayerName
from fieldguide.text.problems import Problem

PageType = Literal["landing", "concept", "guide", "lab", "reference", "about", "term"]
CHAPTERS: tuple[PageType, ...] = ("concept", "guide", "lab")
"""The types of pages that are read from end to end: articles with an author, a day and minutes."""

WORDS_A_MINUTE = 200
"""How fast a reader of the guide is taken to read."""
WORD = re.compile(r"[\w’'–-]*\w")


MARKS = "[]()!`$*_<>&\\"
"""Characters with which Markdown begins or ends something, for which it then looks through the rest."""
MOST_MARKS = 1_000
"""How often each of them may stand in a page, several times as often as in any of ours."""


class FrontMatter(Strict):
    """What stands between the `---` lines. Keys are written in this order."""

    title: str = Key(max_length=60, examples=["Tokens"])
    description: Prose | None = Key(None, min_length=50, max_length=160)
    type: PageType = Key(examples=["concept"])
    layer: LayerName | None = None
    reviewed: Date = Key(examples=["2026-11-24"])
    aka: list[str] = []
    aka_within: list[str] = Key(
        [], description="Names that mean this term on pages of its own layer, whatever they mean elsewhere."
    )
    status: Literal["draft", "manual"] | None = None

    @model_validator(mode="after")
    def _fits_its_type(self) -> FrontMatter:
        term = self.type == "term"
        if term and self.description is not None:
            raise ValueError("a term has no `description`: its definition serves")
        if not term and self.description is None:
            raise ValueError("missing key `description`: one sentence of 50–160 characters")
        if self.aka and not term:
            raise ValueError("`aka` is for terms")
        if self.aka_within and not (term and self.layer):
            raise ValueError("`aka_within` is for terms that have a `layer`")
        if self.status == "manual" and not term:
            raise ValueError("`status: manual` is for terms")
        return self


@dataclass(frozen=True)
class Page:
    """One Markdown file below docs/. `src` is its path there; `offset` the lines before the body."""

    src: str
    path: str
    meta: FrontMatter
    body: str
    offset: int = 0
    lines: dict[Location, int] = field(default_factory=dict)
    made: bool = False
    """Made from a record: no file below docs/ holds it."""

    @property
    def text(self) -> str:
        """The whole file, as a builder reads it: front matter and body."""
        head = yaml.safe_dump(
            self.meta.model_dump(exclude_defaults=True), sort_keys=False, allow_unicode=True, width=1000
        )
        head = re.sub(
            r"^(reviewed: )'([\d-]{10})'$", r"\1\2", head, flags=re.M
        )  # a date, as in a written page
        return f"---\n{head}---\n\n{self.body}"

    @property
    def section(self) -> str:
        """The folder below docs/ in which the page stands, "" for one beside the folders."""
        return self.src.split("/", 1)[0] if "/" in self.src else ""

    @property
    def first_paragraph(self) -> str:
        """What follows the heading, as Markdown: a chapter's answer, a term's definition; "" where another
        heading follows.
        """
        match = re.search(r"^# .+\n+((?:[^\n#].*\n?)+)", self.body, flags=re.M)
        return match[1] if match else ""

    def line_of(self, text: str, occurrence: int = 0) -> int:
        """The line of an occurrence of `text` in the body (0 is the first), or of its last where there are
        fewer; the body's first line where there is none.
        """
        position = -1
        for _ in range(occurrence + 1):
            next_position = self.body.find(text, position + 1)
            if next_position < 0:
                break
            position = next_position
        return self.offset + 1 + self.body.count("\n", 0, max(position, 0))

    def first_of(self, *texts: str) -> str:
        """The first of `texts` that the body contains, "" where it contains none."""
        return next((text for text in texts if text and text in self.body), "")

    def problem(self, message: str, hint: str, text: str = "", occurrence: int = 0) -> Problem:
        """A problem at the line of an occurrence of `text` (0 is the first), or at the first line of the
        body where no `text` is given; `hint` is the cure.
        """
        return Problem(self.path, self.line_of(text, occurrence) if text else self.offset + 1, message, hint)

    @property
    def minutes(self) -> int:
        """Minutes to read the text, boxes and tables without the quiz, at least one."""
        return max(1, round(len(WORD.findall(readable_text(self.body))) / WORDS_A_MINUTE))

    @property
    def words(self) -> int:
        """The number of words of running text: no tables, boxes, blocks (figure, lab, quiz), headings or link
        targets.
        """
        return len(WORD.findall(running_text(self.body)))


def page_url(src: str) -> str:
    """The address of a page below the site: "foundations/what-is/" for foundations/what-is.md."""
    stem = src.removesuffix(".md")
    stem = stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else f"{stem}/"
    return stem


def link_target(src: str, href: str) -> str:
    """The path below docs/ to which a relative link on the page `src` leads; "/stack/index.md" counts from
    docs/.
    """
    path = posixpath.join("/", posixpath.dirname(src), href.partition("#")[0])
    return posixpath.normpath(path).lstrip("/")


@functools.lru_cache(maxsize=50_000)  # the pages of a folder link to much the same pages
def link_between(src: str, target: str) -> str:
    """A link from the page `src` to the docs-root path `target` (may carry #anchor), relative, as an author
    would write it.
    """
    path, _, anchor = target.lstrip("/").partition("#")
    relative = "" if path == src and anchor else posixpath.relpath(path, posixpath.dirname(src) or ".")
    return relative + (f"#{anchor}" if anchor else "")


def card_path(src: str) -> str:
    """The card of a page, below docs/: assets/cards/foundations-what-is.png, assets/cards/home.png for the
    front page.
    """
    return f"assets/cards/{page_url(src).strip('/').replace('/', '-') or 'home'}.png"


def running_text(body: str) -> str:
    """The prose of a Markdown body: what `readable_text` leaves, without boxes, tables and headings."""
    text = re.sub(r"^!!!.*\n(?:(?: {4}.*)?\n)*", "", readable_text(body), flags=re.M)
    return re.sub(r"^(\||#|```).*$", "", text, flags=re.M)


def readable_text(body: str) -> str:
    """A Markdown body without comments, blocks (figure, lab, quiz), link targets and citations."""
    text = re.sub(r"<!--.*?-->", "", body, flags=re.S)
    text = re.sub(r"^///.*?^///[ \t]*$", "", text, flags=re.S | re.M)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return CITATION.sub("", text)


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """(YAML between the first two `---` lines, the rest, the number of lines before the rest)."""
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*\n", text, flags=re.S | re.M)
    if not match:
        return None, text, 0
    return match[1], text[match.end() :], text.count("\n", 0, match.end())


def load_page(path: Path, docs: Path, root: Path) -> tuple[Page | None, list[Problem]]:
    """(page, problems); None in place of the page where its front matter is unusable. A text that was read
    before gives the same page again.
    """
    text, problems = read_text(path, root)
    if problems:
        return None, problems
    return _parse(path.relative_to(docs).as_posix(), path.relative_to(root).as_posix(), text)


@functools.lru_cache(maxsize=5_000)
def _parse(src: str, shown: str, text: str) -> tuple[Page | None, list[Problem]]:
    head, body, offset = split_front_matter(text)
    if head is None:
        hint = (
            "start the file with `---`, the keys title, description, type, reviewed, and `---`; nothing may"
            " stand before it"
        )
        return None, [Problem(shown, 1, "missing front matter", hint)]
    try:
        data, lines = load_yaml(head)
    except YamlError as error:
        return None, [Problem(shown, error.line + 1, f"malformed YAML: {error}", "correct the front matter")]
    if not isinstance(data, dict):
        return None, [Problem(shown, 1, "the front matter is not a mapping", "write `key: value` lines")]
    problems = faults(data, lines, shown, offset=1)
    if problems:
        return None, problems
    try:
        meta = FrontMatter.model_validate(data)
    except ValidationError as error:
        return None, explain(error, FrontMatter, shown, lines, offset=1)
    page = Page(src, shown, meta, body, offset, lines)
    if crowds := list(_crowds(page)):
        return None, crowds
    if not re.fullmatch(rf"({SLUG}/)*{SLUG}\.md", page.src):  # its address is named after it
        return None, [
            Problem(
                shown,
                1,
                f"`{page.src}` is not kebab-case",
                "rename file and folders: lower-case letters, digits, single hyphens",
            )
        ]
    return page, [*check_page(page, list(data))]


def _crowds(page: Page) -> Iterator[Problem]:
    """A problem for each mark of Markdown that stands in a page more than MOST_MARKS times."""
    for mark in MARKS:
        if page.body.count(mark) > MOST_MARKS:
            yield page.problem(
                f"more than {MOST_MARKS:,} of the mark `{mark}`, and the time to read a page grows with the"
                " square of them",
                "split the page, or take out what came in by mistake",
                mark,
                MOST_MARKS,
            )


def check_page(page: Page, keys: list[str]) -> Iterator[Problem]:
    """The problems of a page: front matter keys out of order, not exactly one `# ` heading, a heading unlike
    the title. `keys` are the keys of the front matter in the order in which they are written.
    """

    wanted = [key for key in FrontMatter.model_fields if key in keys]
    if keys != wanted:
        yield Problem(
            page.path,
            2,
            f"front matter keys out of order: {', '.join(keys)}",
            f"write them as {', '.join(wanted)}",
        )
    headings = re.findall(r"^# (.+)$", re.sub(r"^```.*?^```", "", page.body, flags=re.S | re.M), flags=re.M)
    if len(headings) != 1:
        yield page.problem(
            f"the page has {len(headings)} `# ` headings", "write exactly one, equal to the title"
        )
    elif page.meta.type != "landing" and headings[0].strip() != page.meta.title:
        yield page.problem(
            f"the heading “{headings[0].strip()}” differs from the title “{page.meta.title}”",
            "make them equal",
            f"# {headings[0]}",
        )
