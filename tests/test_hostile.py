"""Input that would do harm, by mistake or on purpose: it is refused with its place and its cure, at once and without a traceback."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from fieldguide.commands.check import find_problems
from fieldguide.records.reading import YamlError, load_yaml
from fieldguide.text.letters import hidden
from tests.conftest import FACT, SOURCE, Project, page
from tests.guide import ROOT

TOKENS = "docs/foundations/tokens.md"
BARE = "data/facts/bare.yml"
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True))
HEAD = "---\ntitle: Tokens\ndescription: A page of the tests about tokens, long enough to pass the schema.\ntype: concept\nreviewed: 2026-11-24\n"

RECORDS: dict[str, tuple[str, str | bytes, list[str]]] = {
    # name: (file to write; what it holds; what the message must hold)
    "a title that is no number": (BARE, FACT.replace("What Chinchilla read", ".nan"), [f"{BARE}:2: `title` is not a finite number"]),
    "front matter without end": (TOKENS, page("Tokens", "The answer.").replace("title: Tokens", "title: .inf"), [f"{TOKENS}:2: `title` is not a finite number"]),
    "a redirect to nowhere in numbers": ("data/redirects.yml", "# lost\nold/: .nan\n", ["data/redirects.yml:2: `old/` is not a finite number"]),
    "a number of four hundred digits": (BARE, FACT.replace("1.4e12", "9" * 400), [f"{BARE}:8: `fields.tokens.value` is not a finite number"]),
    "a number of five thousand digits": (BARE, FACT.replace("1.4e12", "9" * 5000), [f"{BARE}:8: malformed YAML: Exceeds the limit"]),
    "aliases that grow": (BARE, LAUGHS, [f"{BARE}:1: malformed YAML: `&a`: a value is written where it stands, without anchors and aliases"]),
    "an alias of itself": (BARE, "title: x\nfields: &f {a: *f}\n", [f"{BARE}:2: malformed YAML: `&f`"]),
    "an alias of nothing": (BARE, "title: *t\n", [f"{BARE}:1: malformed YAML: `*t`"]),
    "an alias in front matter": (TOKENS, f"{HEAD}aka: &a [*a]\n---\n\n# Tokens\n\nThe answer.\n", [f"{TOKENS}:6: malformed YAML: `&a`"]),
    "an alias in the redirects": ("data/redirects.yml", "old/: &n foundations/tokens/\nolder/: *n\n", ["data/redirects.yml:1: malformed YAML: `&n`"]),
    "a tag": (BARE, "title: !!python/object/apply:os.system [ls]\n", [f"{BARE}:1: malformed YAML: the tag `tag:yaml.org,2002:python/object/apply:os.system`"]),
    "a second document": (BARE, f"{FACT}---\ntitle: x\n", [f"{BARE}:11: malformed YAML: a second document"]),
    "a key that is a list": (BARE, "? [a]\n: b\n", [f"{BARE}:1: malformed YAML: a key that is no word"]),
    "lists in lists": (BARE, f"title: {'[' * 30}{']' * 30}\n", [f"{BARE}:1: malformed YAML: nested more than 24 levels deep"]),
    "lists in lists without end": (BARE, f"title: {'[' * 20_000}{']' * 20_000}\n", [f"{BARE}:1: malformed YAML: "]),
    "lists in lists, by indentation": (BARE, f"title:\n  {'- ' * 20_000}x\n", [f"{BARE}:2: malformed YAML: "]),
    "text turned round": (BARE, FACT.replace("What", "Wh\u202eat"), [f"{BARE}:2: a hidden character, U+202E RIGHT-TO-LEFT OVERRIDE — delete it"]),
    "text turned round in YAML's own words": (BARE, FACT.replace("What Chinchilla read", '"What \\u202e"'), [f"{BARE}:2: `title` has a hidden character, U+202E RIGHT-TO-LEFT OVERRIDE"]),
    "a key that nobody sees": (BARE, FACT + '  "a\\0b": {value: 1, unit: tokens}\n', [f"{BARE}:11: a key with a hidden character"]),
    "a space of no width on a page": (TOKENS, page("Tokens", "The ans\u200bwer."), [f"{TOKENS}:10: a hidden character, U+200B ZERO WIDTH SPACE"]),
    "a control character on a page": (TOKENS, page("Tokens", "The ans\x1bwer."), [f"{TOKENS}:10: a hidden character, U+001B"]),
    "a mark before the front matter": (TOKENS, "\ufeff" + page("Tokens", "The answer."), [f"{TOKENS}:1: a hidden character, U+FEFF"]),
    "a record that is not UTF-8": (BARE, FACT.replace("What", "Whät").encode("latin-1"), [f"{BARE}:2: the file is not UTF-8 — save it as UTF-8"]),
    "a page that is not UTF-8": (TOKENS, page("Tokens", "The änswer.").encode("latin-1"), [f"{TOKENS}:10: the file is not UTF-8 — save it as UTF-8"]),
    "redirects that are not UTF-8": ("data/redirects.yml", b"\xff: x/\n", ["data/redirects.yml:1: the file is not UTF-8"]),
    "redirects that are a list": ("data/redirects.yml", "- a/\n", ["data/redirects.yml:1: the redirects are not a mapping"]),
    "a ledger that is not UTF-8": ("data/links.txt", b"foundations/\n\xff\n", ["data/links.txt:2: the file is not UTF-8"]),
    "a changelog that is not UTF-8": ("docs/about/changelog.md", page("Changelog", "D\xe4ted.", "about").encode("latin-1"), ["docs/about/changelog.md:10: the file is not UTF-8"]),
    "a record with the name of a folder": (f"{BARE}/x.txt", "", [f"{BARE}:1: this is not a file"]),
    "a page with the name of a folder": ("docs/foundations/x.md/y.txt", "", ["docs/foundations/x.md:1: this is not a file"]),
    "a record whose name is no id": ("data/facts/a b.yml", FACT, ["data/facts/a b.yml:1: the file name `a b` is not kebab-case"]),
    "a page whose name is no address": ('docs/foundations/a"b.md', page("Other", "The answer."), ["`foundations/a\"b.md` is not kebab-case"]),
    "a field that climbs": (BARE, FACT.replace("  size:", "  ../../x:").replace("reading.size", "reading.size"), [f"{BARE}:9: `fields.../../x", "should match pattern"]),
    "a redirect that climbs": ("data/redirects.yml", "../old/: foundations/tokens/\n", ["data/redirects.yml:1: `../old/` is not a site path"]),
    "a redirect that climbs on the way": ("data/redirects.yml", "a/../../old/: foundations/tokens/\n", ["data/redirects.yml:1: `a/../../old/` is not a site path"]),
    "a redirect of another system": ("data/redirects.yml", "'a\\..\\b/': foundations/tokens/\n", ["is not a site path"]),
    "a redirect to a script": ("data/redirects.yml", "old/: javascript:alert(1)//\n", ["data/redirects.yml:1: `javascript:alert(1)//` is not a site path"]),
    "a source at no web address": ("data/sources/hoffmann2022.yml", SOURCE.replace("https://arxiv.org/abs/2203.15556", "javascript:alert(1)"), ["data/sources/hoffmann2022.yml:6: `url`: "]),
    "a source in a file": ("data/sources/hoffmann2022.yml", SOURCE.replace("https://arxiv.org/abs/2203.15556", "file:///etc/passwd"), ["data/sources/hoffmann2022.yml:6: `url`: "]),
}


def write(project: Project, path: str, data: str | bytes) -> None:
    target = project.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data if isinstance(data, bytes) else data.encode())


@pytest.mark.parametrize("name", RECORDS)
def test_a_hostile_file_is_named_with_its_place_and_its_cure(project: Project, name: str) -> None:
    path, data, wanted = RECORDS[name]
    write(project, path, data)
    start = time.monotonic()
    found = "\n".join(project.problems())
    assert time.monotonic() - start < 20  # it does not hang
    for part in wanted:
        assert part in found


def test_a_strict_build_names_what_is_not_utf8(project: Project) -> None:
    write(project, "docs/about/changelog.md", page("Changelog", "D\xe4ted.\n\n## 25 Nov 2026\n\nFirst.", "about").encode("latin-1"))
    project.write("mkdocs.yml", (project.root / "mkdocs.yml").read_text(encoding="utf-8") + f"hooks: [{ROOT / 'fieldguide' / 'hooks.py'}]\n")
    result = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=project.root, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "docs/about/changelog.md:10: the file is not UTF-8" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_link_that_leads_nowhere_is_no_record(project: Project) -> None:
    (project.root / BARE).symlink_to(project.root / "nowhere.yml")
    assert [str(problem) for problem in find_problems(project.index())] == [f"{BARE}:1: this is not a file — only files have names that end so: rename or remove it"]


def test_a_list_may_not_refer_to_itself() -> None:
    with pytest.raises(YamlError) as caught:
        load_yaml("a: 1\nb: &b\n  - *b\n")
    assert caught.value.line == 2


def test_white_space_and_combining_marks_are_seen() -> None:
    assert list(hidden("a\tb\nc d\u202fe\u0948 — “½” 日本語 ×10²⁵ ✓")) == []
    assert list(hidden("a\nb\u2066c")) == [(2, "U+2066 LEFT-TO-RIGHT ISOLATE")]


def test_every_file_of_the_guide_can_be_seen() -> None:
    files = [path for folder in ("docs", "data") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    assert len(files) > 1000
    assert [path.name for path in files if next(hidden(path.read_text(encoding="utf-8")), None)] == []
