"""A small project that every unit test can bend, the guide's own book, and the built site that the tests of
`website/` and `browser/` share.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from fieldguide.book import Book, load_book
from fieldguide.checks.problems import find_problems
from fieldguide.commands.load import index_of, markdown_config
from fieldguide.index import Extensions, Index
from fieldguide.lists.fill import fill_page
from tests import built, workers
from tests.guide import ROOT, guide_book

gc.set_threshold(100_000, 20, 100)
"""A worker holds the records of the guide to its end: to look for circles among them again and again is a
tenth of the unit tests' time.
"""

MKDOCS = """
site_name: Test
theme: {name: material, custom_dir: OVERRIDES, font: false}
nav:
  - Home: index.md
  - Foundations: [foundations/tokens.md]
  - About: [about/references.md, about/disclosures.md, about/changelog.md]
not_in_nav: |
  /glossary/*
  /about/references/*
markdown_extensions: [admonition, attr_list, tables, {toc: {}}, {pymdownx.arithmatex: {generic: true}}, pymdownx.superfences, fieldguide.markdown]
"""  # noqa: E501

SOURCE = """
title: Training Compute-Optimal Large Language Models
authors: [Jordan Hoffmann, Sebastian Borgeaud, et al.]
publisher: arXiv
date: 2022-03-29
url: https://arxiv.org/abs/2203.15556
kind: paper
stake: vendor
stake_note: describes its own model
seen: 2026-11-24
"""

FACT = """
title: What Chinchilla read
source: hoffmann2022
where: table 3
as_of: 2022-03-29
seen: 2026-11-24
fields:
  tokens: {value: 1.4e12, unit: tokens}
  size: {value: 70e9, unit: parameters}
  budget: {computed: training_flop, inputs: {parameters: reading.size, tokens: reading.tokens}, unit: FLOP}
"""

MODEL = """
name: Chinchilla
lab: DeepMind
country: United Kingdom
family: Chinchilla
modality: text
access: not released
domain: language
source: hoffmann2022
where: abstract
seen: 2026-11-24
released: {value: 2022-03-29}
parameters: {value: 70e9}
tokens: {value: 1.4e12}
compute: {computed: training_flop, inputs: {parameters: chinchilla.parameters, tokens: chinchilla.tokens}, kind: derived}
active: {status: not-applicable}
context: {status: not-disclosed}
"""  # noqa: E501

COMPANY = """
name: Acme
layer: model
what: tokens of its own model
unit: million tokens
cost: accelerators
buys: [chips, power]
supplies: [developers]
moat: {claim: It was first., counter: Others follow.}
sources: [hoffmann2022]
events:
  - {date: 2026-05-14, what: "raised [70B](fact:reading.size) of something", source: hoffmann2022, where: p. 1}
  - {date: 2026-06-01, what: sold it & more, source: hoffmann2022, where: p. 2}
checked: 2026-11-25
"""  # noqa: E501

PRICE = """
provider: Acme
role: maker
sells: tokens
model: One
periods:
  - {from: 2026-01-01, until: 2026-07-02, as_of: 2026-06-30, input: 2, output: 8, source: hoffmann2022, where: p. 1, seen: 2026-11-24}
  - {from: 2026-07-02, as_of: 2026-09-01, input: 1, output: 5, cached: 0.075, source: hoffmann2022, where: p. 2, seen: 2026-11-24}
"""  # noqa: E501

CHIP = """
name: X1
vendor: acme
year: 2025
scope: chip
memory_type: HBM3
source: hoffmann2022
where: p. 3
as_of: 2026-01-01
bf16: {value: 989, sparsity: dense}
memory: {value: 80}
power: {status: not-disclosed}
seen: 2026-11-24
"""


def page(title: str, body: str, kind: str = "concept", extra: str = "") -> str:
    description = (
        ""
        if kind == "term"
        else f"description: A page of the tests about {title.lower()}, long enough to pass the schema.\n"
    )
    return (
        f"---\ntitle: {title}\n{description}type: {kind}\n{extra}reviewed: 2026-11-24\n---\n\n#"
        f" {title}\n\n{body}\n"
    )


TERM = (
    "---\ntitle: Token\ntype: term\nlayer: model\nreviewed: 2026-11-24\naka: [subword]\n---\n\n# Token\n\nA"
    " token is a piece of text that a model reads.\n\n## See also\n\n- [Token](token.md)\n"
)


_extensions: dict[bytes, Extensions] = {}
"""Text of a mkdocs.yml → the extensions that it names."""


def extensions(root: Path, config: bytes) -> Extensions:
    """The Markdown extensions of the project at `root`: read once for all projects that have the same
    mkdocs.yml, because MkDocs looks through every theme each time.
    """
    if config not in _extensions:
        _extensions[config] = markdown_config(root)
    return _extensions[config]


class Project:
    """A valid little project in a folder; `write` bends it, `problems` reports on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._index: tuple[object, Index] | None = None
        """What the files said, and the index that followed."""
        self.write("mkdocs.yml", MKDOCS.replace("OVERRIDES", str(ROOT / "overrides")))
        self.write("data/sources/hoffmann2022.yml", SOURCE)
        self.write("data/facts/reading.yml", FACT)
        self.write("data/spelling.yml", "words: [FLOP]\n")
        self.write("docs/index.md", page("Home", "Hello, reader.", "about"))
        self.write(
            "docs/foundations/tokens.md",
            page(
                "Tokens", "The answer.\n\nIt read [1.4T](fact:reading.tokens) tokens [@hoffmann2022, sec. 3]."
            ),
        )
        self.write(
            "docs/about/references.md",
            page(
                "References",
                "All sources.\n\n/// figure | references\nEach with its pages.\n///",
                "reference",
            ),
        )
        self.write("docs/about/disclosures.md", page("Disclosures", "Opinion is marked.", "about"))
        self.write(
            "docs/about/changelog.md", page("Changelog", "Dated.\n\n## 25 Nov 2026\n\nFirst.", "about")
        )
        self.write("docs/glossary/token.md", TERM)
        css = self.root / "overrides" / "assets"
        css.mkdir(parents=True)
        (css / "css").symlink_to(ROOT / "overrides" / "assets" / "css")
        (css.parent / ".icons").symlink_to(ROOT / "overrides" / ".icons")

    def write(self, path: str, text: str) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def bend(self, path: str, old: str, new: str) -> None:
        """Write `new` for `old`, which must be there, in a file of the project."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, path
        self.write(path, text.replace(old, new))

    def page(self, body: str, **options: str) -> None:
        """Replace the body of the test page."""
        self.write(
            "docs/foundations/tokens.md",
            page("Tokens", f"The answer.\n\nRead [@hoffmann2022].\n\n{body}", **options),
        )

    def index(self) -> Index:
        """The project as its files say now; the same index for as long as they say the same."""
        files = {path: path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}
        now = files, set(self.root.rglob("*")), os.environ.get("SITE_URL")
        if self._index is None or self._index[0] != now:
            self._index = (
                now,
                index_of(load_book(self.root), extensions(self.root, files[self.root / "mkdocs.yml"])),
            )
        return self._index[1]

    def problems(self) -> list[str]:
        return [str(problem) for problem in find_problems(self.index())]

    def html(self, body: str) -> str:
        """The test page's HTML for `body`, whole."""
        self.page(body)
        return self.page_html("foundations/tokens.md")

    def page_html(self, src: str) -> str:
        """A page's HTML as the site gives it: its places are filled."""
        return fill_page(self.index(), src)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def ledger(project: Project) -> Project:
    """The little project with a ledger of claims and a page that states a given and a computed number."""
    project.write(
        "docs/data/claims.md",
        page("Claims", "All claims.\n\n/// figure | claims\nEach with its source.\n///", "reference"),
    )
    project.bend("mkdocs.yml", "  - About:", "  - Data: [data/claims.md]\n  - About:")
    project.page(
        "It read [1.4T](fact:reading.tokens) tokens, which took [5.88×10²³ FLOP](fact:reading.budget)."
    )
    return project


@pytest.fixture(scope="session")
def book() -> Book:
    """The guide itself, loaded once: a test that changes it loads its own."""
    return guide_book()


@pytest.fixture(scope="session")
def site(pytestconfig: pytest.Config) -> Path:
    """The guide's built site, strict and for BASE, so that it also proves the sub-path. The first test that
    asks waits until it is made.
    """
    return built.wait(workers.shared_folder(pytestconfig), "site")


@pytest.fixture(scope="session")
def zensical(pytestconfig: pytest.Config) -> Path:
    """The same site as Zensical makes it."""
    return built.wait(workers.shared_folder(pytestconfig), "zensical")


# ---- hooks: tests/workers.py says why


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=workers.rank)


def pytest_collection_finish(session: pytest.Session) -> None:
    wanted = {
        name for item in session.items for name in getattr(item, "fixturenames", ()) if name in built.STEPS
    } - ({"site"} if built.GIVEN else set())
    if wanted and not session.config.option.collectonly:
        built.start(workers.shared_folder(session.config), wanted)


def pytest_sessionfinish(session: pytest.Session) -> None:
    gc.freeze()  # what is held to the end need not be looked through when the process ends
    if not hasattr(session.config, "workerinput"):
        built.stop(workers.shared_folder(session.config))


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    return workers.scheduling(config, log)
