"""Input that would do harm, by mistake or on purpose: it is refused with its place and its cure, at once and
without a traceback.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import turbohtml

from fieldguide.__main__ import main
from fieldguide.checks.problems import find_problems
from fieldguide.commands.copy import write_copy
from fieldguide.lists.fill import fill_page
from fieldguide.outputs.files import output_files
from fieldguide.records.page import MARKS, MOST_MARKS
from fieldguide.records.yaml_source import YamlError, load_yaml
from fieldguide.text.letters import hidden
from fieldguide.text.paths import below, check_target
from tests.conftest import COMPANY, FACT, SOURCE, TERM, Project, page
from tests.guide import ROOT

TOKENS = "docs/foundations/tokens.md"
BARE = "data/facts/bare.yml"
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HEAD = (
    "---\ntitle: Tokens\ndescription: A page of the tests about tokens, long enough to pass the"
    " schema.\ntype: concept\nreviewed: 2026-11-24\n"
)

RECORDS: dict[str, tuple[str, str | bytes, list[str]]] = {
    # name: (file to write; what it holds; what the message must hold)
    "a title that is no number": (
        BARE,
        FACT.replace("What Chinchilla read", ".nan"),
        [f"{BARE}:2: `title` is not a finite number"],
    ),
    "front matter without end": (
        TOKENS,
        page("Tokens", "The answer.").replace("title: Tokens", "title: .inf"),
        [f"{TOKENS}:2: `title` is not a finite number"],
    ),
    "a redirect to nowhere in numbers": (
        "data/redirects.yml",
        "# lost\nold/: .nan\n",
        ["data/redirects.yml:2: `old/` is not a finite number"],
    ),
    "a number of four hundred digits": (
        BARE,
        FACT.replace("1.4e12", "9" * 400),
        [f"{BARE}:8: `fields.tokens.value` is not a finite number"],
    ),
    "a number of five thousand digits": (
        BARE,
        FACT.replace("1.4e12", "9" * 5000),
        [f"{BARE}:8: malformed YAML: Exceeds the limit"],
    ),
    "aliases that grow": (
        BARE,
        LAUGHS,
        [f"{BARE}:1: malformed YAML: `&a`: a value is written where it stands, without anchors and aliases"],
    ),
    "an alias of itself": (BARE, "title: x\nfields: &f {a: *f}\n", [f"{BARE}:2: malformed YAML: `&f`"]),
    "an alias of nothing": (BARE, "title: *t\n", [f"{BARE}:1: malformed YAML: `*t`"]),
    "an alias in front matter": (
        TOKENS,
        f"{HEAD}aka: &a [*a]\n---\n\n# Tokens\n\nThe answer.\n",
        [f"{TOKENS}:6: malformed YAML: `&a`"],
    ),
    "an alias in the redirects": (
        "data/redirects.yml",
        "old/: &n foundations/tokens/\nolder/: *n\n",
        ["data/redirects.yml:1: malformed YAML: `&n`"],
    ),
    "a tag": (
        BARE,
        "title: !!python/object/apply:os.system [ls]\n",
        [f"{BARE}:1: malformed YAML: the tag `tag:yaml.org,2002:python/object/apply:os.system`"],
    ),
    "a second document": (BARE, f"{FACT}---\ntitle: x\n", [f"{BARE}:11: malformed YAML: a second document"]),
    "a key that is a list": (BARE, "? [a]\n: b\n", [f"{BARE}:1: malformed YAML: a key that is no word"]),
    "lists in lists": (
        BARE,
        f"title: {'[' * 30}{']' * 30}\n",
        [f"{BARE}:1: malformed YAML: nested more than 24 levels deep"],
    ),
    "lists in lists without end": (
        BARE,
        f"title: {'[' * 20_000}{']' * 20_000}\n",
        [f"{BARE}:1: malformed YAML: "],
    ),
    "lists in lists, by indentation": (
        BARE,
        f"title:\n  {'- ' * 20_000}x\n",
        [f"{BARE}:2: malformed YAML: "],
    ),
    "text turned round": (
        BARE,
        FACT.replace("What", "Wh\u202eat"),
        [f"{BARE}:2: a hidden character, U+202E RIGHT-TO-LEFT OVERRIDE — delete it"],
    ),
    "text turned round in YAML's own words": (
        BARE,
        FACT.replace("What Chinchilla read", '"What \\u202e"'),
        [f"{BARE}:2: `title` has a hidden character, U+202E RIGHT-TO-LEFT OVERRIDE"],
    ),
    "a key that nobody sees": (
        BARE,
        FACT + '  "a\\0b": {value: 1, unit: tokens}\n',
        [f"{BARE}:11: a key with a hidden character"],
    ),
    "a space of no width on a page": (
        TOKENS,
        page("Tokens", "The ans\u200bwer."),
        [f"{TOKENS}:10: a hidden character, U+200B ZERO WIDTH SPACE"],
    ),
    "a control character on a page": (
        TOKENS,
        page("Tokens", "The ans\x1bwer."),
        [f"{TOKENS}:10: a hidden character, U+001B"],
    ),
    "a mark before the front matter": (
        TOKENS,
        "\ufeff" + page("Tokens", "The answer."),
        [f"{TOKENS}:1: a hidden character, U+FEFF"],
    ),
    "a record that is not UTF-8": (
        BARE,
        FACT.replace("What", "Whät").encode("latin-1"),
        [f"{BARE}:2: the file is not UTF-8 — save it as UTF-8"],
    ),
    "a page that is not UTF-8": (
        TOKENS,
        page("Tokens", "The änswer.").encode("latin-1"),
        [f"{TOKENS}:10: the file is not UTF-8 — save it as UTF-8"],
    ),
    "redirects that are not UTF-8": (
        "data/redirects.yml",
        b"\xff: x/\n",
        ["data/redirects.yml:1: the file is not UTF-8"],
    ),
    "redirects that are a list": (
        "data/redirects.yml",
        "- a/\n",
        ["data/redirects.yml:1: the redirects are not a mapping"],
    ),
    "a register that is not UTF-8": (
        "data/links.txt",
        b"foundations/\n\xff\n",
        ["data/links.txt:2: the file is not UTF-8"],
    ),
    "a changelog that is not UTF-8": (
        "docs/about/changelog.md",
        page("Changelog", "D\xe4ted.", "about").encode("latin-1"),
        ["docs/about/changelog.md:10: the file is not UTF-8"],
    ),
    "a record with the name of a folder": (f"{BARE}/x.txt", "", [f"{BARE}:1: this is not a file"]),
    "a page with the name of a folder": (
        "docs/foundations/x.md/y.txt",
        "",
        ["docs/foundations/x.md:1: this is not a file"],
    ),
    "a record whose name is no id": (
        "data/facts/a b.yml",
        FACT,
        ["data/facts/a b.yml:1: the file name `a b` is not kebab-case"],
    ),
    "a page whose name is no address": (
        'docs/foundations/a"b.md',
        page("Other", "The answer."),
        ['`foundations/a"b.md` is not kebab-case'],
    ),
    "a field that climbs": (
        BARE,
        FACT.replace("  size:", "  ../../x:").replace("reading.size", "reading.size"),
        [f"{BARE}:9: `fields.../../x", "should match pattern"],
    ),
    "a redirect that climbs": (
        "data/redirects.yml",
        "../old/: foundations/tokens/\n",
        ["data/redirects.yml:1: `../old/` is not a site path"],
    ),
    "a redirect that climbs on the way": (
        "data/redirects.yml",
        "a/../../old/: foundations/tokens/\n",
        ["data/redirects.yml:1: `a/../../old/` is not a site path"],
    ),
    "a redirect of another system": (
        "data/redirects.yml",
        "'a\\..\\b/': foundations/tokens/\n",
        ["is not a site path"],
    ),
    "a redirect to a script": (
        "data/redirects.yml",
        "old/: javascript:alert(1)//\n",
        ["data/redirects.yml:1: `javascript:alert(1)//` is not a site path"],
    ),
    "a source at no web address": (
        "data/sources/hoffmann2022.yml",
        SOURCE.replace("https://arxiv.org/abs/2203.15556", "javascript:alert(1)"),
        ["data/sources/hoffmann2022.yml:6: `url`: "],
    ),
    "a source in a file": (
        "data/sources/hoffmann2022.yml",
        SOURCE.replace("https://arxiv.org/abs/2203.15556", "file:///etc/passwd"),
        ["data/sources/hoffmann2022.yml:6: `url`: "],
    ),
    "a source whose host stands behind another": (
        "data/sources/hoffmann2022.yml",
        SOURCE.replace("https://arxiv.org/", "https://arxiv.org@evil.example/"),
        [
            "data/sources/hoffmann2022.yml:6: `url`: the address hides its host `evil.example` behind an `@`",
            "write https:// and the host",
        ],
    ),
    "a source at a host that looks like another": (
        "data/sources/hoffmann2022.yml",
        SOURCE.replace("arxiv.org", "\u0430rxiv.org"),
        ["data/sources/hoffmann2022.yml:6: `url`: the address has a host with the letter `\u0430` (U+0430)"],
    ),
    "a copy at a host behind another": (
        "data/sources/hoffmann2022.yml",
        SOURCE + "via: https://arxiv.org:443@evil.example/\n",
        ["data/sources/hoffmann2022.yml:11: `via`: the address hides its host `evil.example`"],
    ),
    "a copy that is a script": (
        BARE,
        FACT.replace("seen:", "via: javascript:alert(1)\nseen:"),
        [f"{BARE}:6: `via`: `javascript:alert(1)` is not a web address"],
    ),
    "a copy of one value that is a script": (
        BARE,
        FACT.replace("unit: tokens}", "unit: tokens, via: 'data:text/html,x'}"),
        [f"{BARE}:8: `fields.tokens.via`: `data:text/html,x` is not a web address"],
    ),
    "a copy of a second source that is a script": (
        BARE,
        FACT.replace(
            "unit: tokens}",
            "unit: tokens, also: [{source: a, where: b, seen: 2026-11-24, via: 'javascript:a'}]}",
        ),
        [f"{BARE}:8: `fields.tokens.also.0.via`: `javascript:a` is not a web address"],
    ),
    "a number of base eight": (
        BARE,
        FACT.replace("70e9", "0700"),
        [f"{BARE}:9: malformed YAML: `0700` is read as another number", "write it in decimal digits"],
    ),
    "a number of base sixty": (
        BARE,
        FACT.replace("70e9", "1:30"),
        [f"{BARE}:9: malformed YAML: `1:30` is read as another number"],
    ),
    "a broken number of base sixty": (
        BARE,
        FACT.replace("70e9", "1:30.5"),
        [f"{BARE}:9: malformed YAML: `1:30.5`"],
    ),
    "a number of base sixteen": (BARE, FACT.replace("70e9", "0x1F"), [f"{BARE}:9: malformed YAML: `0x1F`"]),
    "a number of base two": (BARE, FACT.replace("70e9", "-0b11"), [f"{BARE}:9: malformed YAML: `-0b11`"]),
    "a number of base eight in front matter": (
        TOKENS,
        page("Tokens", "The answer.").replace("title: Tokens", "title: 0700"),
        [f"{TOKENS}:2: malformed YAML: `0700`"],
    ),
    "a day at the end of the calendar": (
        BARE,
        FACT.replace("seen: 2026-11-24", "seen: 9999-12-31"),
        [
            f"{BARE}:6: `seen`: `9999-12-31` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY, of the years",
        ],
    ),
    "a day at its beginning": (
        BARE,
        FACT.replace("seen: 2026-11-24", "seen: 0001-01-01"),
        [f"{BARE}:6: `seen`: `0001-01-01` is not a date"],
    ),
    "a review at the end of the calendar": (
        TOKENS,
        page("Tokens", "The answer.").replace("2026-11-24", "9999-12-31"),
        [f"{TOKENS}:5: `reviewed`: `9999-12-31` is not a date"],
    ),
    "a change at the end of the calendar": (
        "docs/about/changelog.md",
        page("Changelog", "Dated.\n\n## 31 Dec 9999\n\nFirst.", "about"),
        ["no calendar has the day `31 Dec 9999`"],
    ),
    "a file that the build would replace": (
        "docs/robots.txt",
        "User-agent: *\n",
        ["docs/robots.txt:1: the build makes a file of this name, which takes its place — rename it"],
    ),
}
for mark in "[`$":
    RECORDS[f"ten thousand of {mark}"] = (
        TOKENS,
        page("Tokens", f"The answer.\n\n{mark * 10_000}"),
        [f"{TOKENS}:12: more than 1,000 of the mark `{mark}`", "split the page"],
    )


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


@pytest.mark.whole
def test_a_strict_build_names_what_is_not_utf8(project: Project) -> None:
    write(
        project,
        "docs/about/changelog.md",
        page("Changelog", "D\xe4ted.\n\n## 25 Nov 2026\n\nFirst.", "about").encode("latin-1"),
    )
    project.write(
        "mkdocs.yml",
        (project.root / "mkdocs.yml").read_text(encoding="utf-8")
        + f"hooks: [{ROOT / 'fieldguide' / 'mkdocs_hooks.py'}]\n",
    )
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "docs/about/changelog.md:10: the file is not UTF-8" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_link_that_leads_nowhere_is_no_record(project: Project) -> None:
    (project.root / BARE).symlink_to(project.root / "nowhere.yml")
    assert [str(problem) for problem in find_problems(project.index())] == [
        f"{BARE}:1: a link in place of a file or folder — remove it, and copy here what it leads to",
        f"{BARE}:1: this is not a file — only files have names that end so: rename or remove it",
    ]


def test_every_page_has_room_for_more_marks() -> None:
    """The most of one mark in a page of ours is far from the limit."""
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")]
    assert max(text.count(mark) for text in pages for mark in MARKS) < MOST_MARKS / 2


def test_text_that_begins_like_a_number_of_another_base_is_text_between_quotes() -> None:
    assert load_yaml("a: '1:30'\nb: \"0700\"\nc: 2026-11-24\nd: 08:15 UTC\ne: 0\nf: 0.7\ng: -7\nh: 1_000\n")[
        0
    ] == {
        "a": "1:30",
        "b": "0700",
        "c": "2026-11-24",
        "d": "08:15 UTC",
        "e": 0,
        "f": 0.7,
        "g": -7,
        "h": 1000,
    }


CHAIN = (
    "title: A link of a chain\nseen: 2026-11-24\n"
    "fields: {{a: {{computed: ratio, inputs: {{numerator: {}, denominator: {}}}, unit: x}}}}\n"
)


@pytest.mark.parametrize("last", ["reading.size", "c0.a"])
def test_a_chain_of_computed_values_has_an_end(project: Project, last: str) -> None:
    """One that is too long, and one that bites its tail: each is named, and nothing follows it round."""
    for number in range(600):
        below = f"c{number + 1}.a" if number < 599 else last
        project.write(f"data/facts/c{number}.yml", CHAIN.format(below, below))
    project.page("It is [1](fact:c0.a).")
    found = project.problems()
    assert (
        "data/facts/c100.yml:3: `a` stands 100 steps down a chain of computed values — give a value of the"
        " chain with its source; it begins c0.a → c1.a → c2.a" in found
    )
    assert 1 < len([text for text in found if "steps down a chain" in text]) < 8


def test_a_circle_of_computed_values_is_named_once(project: Project) -> None:
    project.write("data/facts/a.yml", CHAIN.format("b.a", "b.a"))
    project.write("data/facts/b.yml", CHAIN.format("a.a", "a.a"))
    project.page("It is [1](fact:a.a), or [2](fact:b.a).")
    found = [text for text in project.problems() if "is computed" in text]
    assert found == ["data/facts/a.yml:3: `a` is computed from itself — a.a → b.a → a.a"]


def test_a_list_may_not_refer_to_itself() -> None:
    with pytest.raises(YamlError) as caught:
        load_yaml("a: 1\nb: &b\n  - *b\n")
    assert caught.value.line == 2


def test_white_space_and_combining_marks_are_seen() -> None:
    assert list(hidden("a\tb\nc d\u202fe\u0948 — “½” 日本語 ×10²⁵ ✓")) == []
    assert list(hidden("a\nb\u2066c")) == [(2, "U+2066 LEFT-TO-RIGHT ISOLATE")]


def test_every_file_of_the_guide_can_be_seen() -> None:
    files = [
        path for folder in ("docs", "data") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()
    ]
    assert len(files) > 1000
    assert [path.name for path in files if next(hidden(path.read_text(encoding="utf-8")), None)] == []


# ---- pages

MARKDOWN: dict[str, tuple[str, list[str]]] = {
    # name: (body of the page; what the message must hold)
    "a script": (
        "<script>alert(1)</script>",
        [f"{TOKENS}:14: HTML that pages do not allow: `<script>`", "write it in Markdown"],
    ),
    "a script in a line": (
        "A word <script>alert(1)</script> here.",
        [f"{TOKENS}:14: HTML that pages do not allow: `<script>`"],
    ),
    "a script in capitals": (
        "A line.\n\n<SCRIPT SRC=x></SCRIPT>",
        [f"{TOKENS}:16: HTML that pages do not allow: `<script>`"],
    ),
    "a script in a list": (
        "- one\n- <script>alert(1)</script>",
        [f"{TOKENS}:15: HTML that pages do not allow: `<script>`"],
    ),
    "a script in a cell": (
        "| a | b |\n| --- | --- |\n| c | <script>alert(1)</script> |",
        [f"{TOKENS}:16: HTML that pages do not allow: `<script>`"],
    ),
    "a script in a figure": (
        "/// figure | references\n<script>alert(1)</script>\n///",
        [f"{TOKENS}:15: HTML that pages do not allow: `<script>`"],
    ),
    "a script in a box": (
        '!!! margin ""\n    <script>alert(1)</script>',
        [f"{TOKENS}:15: HTML that pages do not allow: `<script>`"],
    ),
    "a script in a quiz": (
        "/// quiz\nWhy?\n\n- [x] One: <script>alert(1)</script>.\n- [ ] Two: because.\n///",
        [f"{TOKENS}:17: HTML that pages do not allow: `<script>`"],
    ),
    "a script in a heading": (
        "## Why <script>alert(1)</script>",
        ["HTML that pages do not allow: `<script>`"],
    ),
    "a script that is not closed": ("<script src=//example.org/x", []),
    "a script that ends a comment early": ("<!--> <script>alert(1)</script> -->", []),
    "a script that ends a comment with a mark": ("<!-- --!> <script>alert(1)</script> -->", []),
    "a style sheet": ("<style>body {display: none}</style>", ["HTML that pages do not allow: `<style>`"]),
    "a frame": ('<iframe src="https://example.org/"></iframe>', ["HTML that pages do not allow: `<iframe>`"]),
    "a frame of words": (
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        ["HTML that pages do not allow: `<iframe>`"],
    ),
    "an object": ("<object data=x></object>", ["HTML that pages do not allow: `<object>`"]),
    "an embedded file": ("<embed src=x>", ["HTML that pages do not allow: `<embed>`"]),
    "another base": ('<base href="https://example.org/">', ["HTML that pages do not allow: `<base>`"]),
    "a refresh": (
        '<meta http-equiv="refresh" content="0; url=https://example.org/">',
        ["HTML that pages do not allow: `<meta>`"],
    ),
    "a form": (
        '<form action="https://example.org/"><input name=a></form>',
        ["HTML that pages do not allow: `<form>`"],
    ),
    "a drawing": ("<svg onload=alert(1)></svg>", ["HTML that pages do not allow: `<svg>`"]),
    "a formula with a handler": (
        "<math><mtext onclick=alert(1)>x</mtext></math>",
        ["HTML that pages do not allow: `<math>`"],
    ),
    "an image with a handler": ("<img src=x onerror=alert(1)>", ["HTML that pages do not allow: `<img>`"]),
    "a link with a handler": (
        '<a href="#x" onclick="alert(1)">x</a>',
        ["HTML that pages do not allow: `<a>`"],
    ),
    "an element of our own": (
        '<x-lab name="../../evil"></x-lab>',
        ["HTML that pages do not allow: `<x-lab>`"],
    ),
    "a closed page": ("</main></body>", ["HTML that pages do not allow: `<main>`"]),
    "a processing instruction": ("<?php echo 1 ?>", ["HTML that pages do not allow: `<?php>`"]),
    "a declaration": ("<!DOCTYPE html>", ["HTML that pages do not allow: `<!DOCTYPE>`"]),
    "a small tag with a handler": (
        "H<sub onclick=alert(1)>2</sub>O",
        [f"{TOKENS}:14: `<sub>` with attributes", "write `<sub>` alone"],
    ),
    "a handler in braces": (
        "A paragraph.\n{: onclick=alert(1) }",
        [
            f'{TOKENS}:15: an attribute that pages do not allow on `p`: `onclick="alert(1)"`',
            "`p` takes class, data-sheet, data-sheet-back, id",
        ],
    ),
    "a handler in braces on a heading": (
        "## Why {: onmouseover=alert(1) }",
        ['an attribute that pages do not allow on `h2`: `onmouseover="alert(1)"`'],
    ),
    "a handler in braces on a link": (
        '[x](#y){: onclick="alert(1)" }',
        ['an attribute that pages do not allow on `a`: `onclick="alert(1)"`'],
    ),
    "a handler in braces on an image": (
        "![A token](x.png){: onerror=alert(1) }",
        ['an attribute that pages do not allow on `img`: `onerror="alert(1)"`'],
    ),
    "a word in braces": (
        "A paragraph.\n{onclick}",
        [f'{TOKENS}:15: an attribute that pages do not allow on `p`: `onclick=""`'],
    ),
    "a word in braces on a heading": (
        "## Why {x}",
        [f'{TOKENS}:14: an attribute that pages do not allow on `h2`: `x=""`'],
    ),
    "an address of nothing in braces": ("[x](y.md){: href }", []),
    "a class of nothing in braces": ("A paragraph.\n{: class }", []),
    "an id of nothing in braces": ("## Why\n{: id }", []),
    "a style in braces": (
        'A paragraph.\n{: style="position: fixed" }',
        ['an attribute that pages do not allow on `p`: `style="position: fixed"`'],
    ),
    "another target in braces": (
        "[x](https://example.org){: target=_top }",
        ['an attribute that pages do not allow on `a`: `target="_top"`'],
    ),
    "another address in braces": (
        "[x](https://example.org){: href=javascript:alert(1) }",
        ['a link with a scheme that pages do not take: `href="javascript:alert(1)"`'],
    ),
    "a class that ends its attribute": (
        "A paragraph.\n{: class='x\" onclick=alert(1)' }",
        ["a class that is no word"],
    ),
    "a column aligned by hand": (
        "| a | b |\n| --- | ---: |\n| c | 1 |",
        [f"{TOKENS}:15: a column that is aligned by hand", "write `---`"],
    ),
    "a link to a script": (
        "[x](javascript:alert(1))",
        [
            f'{TOKENS}:14: a link with a scheme that pages do not take: `href="javascript:alert(1)"`',
            "link a page, a file, or an address with https, http, mailto",
        ],
    ),
    "a link to a script in capitals": (
        "[x](JaVaScRiPt:alert(1))",
        ["a link with a scheme that pages do not take"],
    ),
    "a link to a script in entities": (
        "[x](&#106;avascript&#58;alert(1))",
        ['a link with a scheme that pages do not take: `href="javascript:alert(1)"`'],
    ),
    "a link to a script in named entities": (
        "[x](javascript&colon;alert(1))",
        ["a link with a scheme that pages do not take"],
    ),
    "a link to a script over a tab": (
        "[x](<java\tscript:alert(1)>)",
        ["a link with a scheme that pages do not take"],
    ),
    "a link to a script over a break": (
        "[x](java&NewLine;script:alert(1))",
        ["a link with a scheme that pages do not take"],
    ),
    "a link to a script after spaces": (
        "[x](&#32;&#1;javascript:alert(1))",
        ["a link with a scheme that pages do not take"],
    ),
    "a link to a script by reference": (
        "[x][y]\n\n[y]: javascript:alert(1)",
        [f"{TOKENS}:16: a link with a scheme that pages do not take"],
    ),
    "a link to a script in angles": (
        "<javascript:alert(1)>",
        ["HTML that pages do not allow: `<javascript:alert(1)>`"],
    ),
    "a link to data": (
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        ["a link with a scheme that pages do not take"],
    ),
    "a link to a file": ("[x](file:///etc/passwd)", ["a link with a scheme that pages do not take"]),
    "a link to a program": ("[x](vbscript:msgbox)", ["a link with a scheme that pages do not take"]),
    "an image from elsewhere": (
        "![A token](https://example.org/x.png)",
        [
            f'{TOKENS}:14: an image from elsewhere: `src="https://example.org/x.png"`',
            "put the file beside the page",
        ],
    ),
    "an image from another host": ("![A token](//example.org/x.png)", ["an image from elsewhere"]),
    "an image from another host, turned": (
        "![A token](\\\\\\\\example.org/x.png)",
        ["an image from elsewhere"],
    ),
    "an image of data": ("![A token](data:image/svg+xml,%3Csvg/%3E)", ["an image from elsewhere"]),
    "an image by reference": (
        "![A token][t]\n\n[t]: https://example.org/x.png",
        [f"{TOKENS}:16: an image from elsewhere"],
    ),
    "text turned round by an entity": (
        "It is &#x202E;said.",
        [f"{TOKENS}:14: a hidden character, U+202E RIGHT-TO-LEFT OVERRIDE: `&#x202E;`"],
    ),
    "a link to a host behind another": (
        "[x](https://arxiv.org@evil.example/)",
        [
            f"{TOKENS}:14: a link whose address misleads: the address hides its host `evil.example`",
            "write https:// and the host",
        ],
    ),
    "a link to a host behind another, in angles": (
        "<https://arxiv.org@evil.example/>",
        [f"{TOKENS}:14: a link whose address misleads"],
    ),
    "a link to a host that looks like another": (
        "[x](https://\u0430rxiv.org/)",
        [f"{TOKENS}:14: a link whose address misleads: the address has a host with the letter `\u0430`"],
    ),
    "a link to a host that looks like another, in entities": (
        "[x](//&#x430;rxiv.org/)",
        [f"{TOKENS}:14: a link whose address misleads"],
    ),
    "an id of the frame": (
        "## Why {: #fg-drawer }",
        [f"{TOKENS}:14: an id that begins with `fg-`, as those of the site's frame do", "choose another id"],
    ),
    "an id of the frame in words": (
        "## Fg drawer",
        ["a heading whose id would be `fg-drawer`, as one of the site's frame"],
    ),
    "an id that stands twice": (
        "## Why {: #same }\n\nA.\n\n## How {: #same }\n\nB.",
        [f"{TOKENS}:18: the id `same` stands twice in the page", "give one of the two another id"],
    ),
    "an id that a part of the page has": (
        "## Why {: #note-hoffmann2022 }",
        ["the id `note-hoffmann2022` stands twice in the page"],
    ),
    "TeX of six thousand braces": (
        f"So ${'{' * 990}x{'}' * 990}$.\n\nAnd $${'a' * 1200}$$",
        [
            f"{TOKENS}:14: TeX of 1,981 characters; a formula has at most 1,000: `",
            "write it as several formulas",
        ],
    ),
    "lists in lists": (
        "\n".join("    " * depth + "- x" for depth in range(300)),
        [f"{TOKENS}:7: the page is nested too deeply"],
    ),
}


def alive(made: str) -> list[str]:
    """What a browser would run, fetch or obey in a page, our own scripts aside."""
    found = []
    for element in turbohtml.parse(made, positions=False).iter_elements():
        tag, attributes = element.tag, {name: element.attr(name) or "" for name in element.attrs}
        if tag in ("style", "iframe", "object", "embed", "base", "meta", "frame", "x-lab", "mtext") or (
            tag == "script"
            and not re.match(r"(\.\./)*assets/js/", attributes.get("src", ""))
            and attributes.get("type") != "application/ld+json"
        ):
            found.append(tag)
        found += [
            f"{tag} {name}={value}"
            for name, value in attributes.items()
            if name.startswith("on") or name in ("style", "srcdoc", "target", "action")
        ]
        found += [
            value
            for name, value in attributes.items()
            if name in ("href", "src")
            and re.match(r"(?!https?:|mailto:)[a-z]+:", re.sub(r"[\x00-\x20]", "", value), flags=re.I)
        ]
        found += [
            attributes["src"]
            for _ in "x"
            if tag == "img" and re.match(r"[a-z]+:|[/\\]{2}", attributes.get("src", ""), flags=re.I)
        ]
    return found


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_that_is_on_no_list_is_named_and_taken_out(project: Project, name: str) -> None:
    body, wanted = MARKDOWN[name]
    project.page(body)
    found = "\n".join(project.problems())
    for part in wanted:
        assert part in found
    assert alive(project.page_html("foundations/tokens.md")) == []


def test_what_is_on_the_lists_stays(project: Project) -> None:
    body = (
        "H<sub>2</sub>O, m<sup>2</sup>, <kbd>Ctrl</kbd>, a<br>b, 1 &lt; 2 &amp;"
        " `<script>alert(1)</script>`.\n\n<!-- nobody reads this"
        ' -->\n\n```html\n<script>alert(1)</script>\n```\n\nA paragraph.\n{: #there .fg-wide data-sheet="x"'
        " }\n\n[x](https://example.org/?a=1&b=2) <https://example.org> [m](mailto:a@example.org) [p](#there)"
    )
    html = project.html(body)
    assert project.problems() == []
    for part in (
        "H<sub>2</sub>O",
        "m<sup>2</sup>",
        "<kbd>Ctrl</kbd>",
        "a<br>b",
        "1 &lt; 2 &amp; ",
        "<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>",
        '<p class="fg-wide" data-sheet="x" id="there">',
        'href="https://example.org/?a=1&amp;b=2"',
    ):
        assert part in html
    assert "nobody reads this" not in html


def test_texts_of_records_stay_text(project: Project) -> None:
    """What a record says becomes HTML in tables, notes, captions, titles and data for machines: nowhere does
    it act.
    """
    bad = "\"'></title></script><script>alert(1)</script><img src=x onerror=alert(1)>"
    project.write(
        "data/sources/hoffmann2022.yml",
        SOURCE.replace("title: Training", f"title: |-\n  {bad} Training")
        .replace("publisher: arXiv", f"publisher: |-\n  {bad}")
        .replace("its own model", bad.replace("'", "")),
    )
    project.write(
        "data/facts/reading.yml",
        FACT.replace("What Chinchilla read", f"|-\n  {bad}"[:80])
        .replace("where: table 3", f"where: |-\n  {bad}")
        .replace("unit: tokens}", "unit: tokens, note: '<b onclick=a>n</b>'}"),
    )
    project.write(
        "data/companies/acme.yml",
        COMPANY.replace("name: Acme", f"name: |-\n  Acme {bad}"[:200]).replace(
            "sold it & more", "'<script>alert(1)</script>'"
        ),
    )
    project.write(
        "docs/data/companies.md", page("Companies", "All.\n\n/// figure | companies\nEach.\n///", "reference")
    )
    project.write(
        "data/figures/shape.yml",
        f"title: |-\n  A claim {bad}"[:90]
        + f"\ncontext: |-\n  {bad}\nalt: |-\n  {bad}\nkind: bars\nas_of: 2026-11-24\nsources:"
        " [hoffmann2022]\ndata:\n  x: {high: 50, ticks: [0, 50], format: g%}\n  label: '{value:g%}'\n "
        " table: {columns: {'<i onclick=a>': '{name}', Share: '{value:g%}'}}\n  groups: [{rows:"
        " [{id: first, name: '<script>x', value: 42}]}]\n",
    )
    project.page("/// figure | shape\nReading.\n///")
    index = project.index()
    for src in index.pages:
        assert alive(fill_page(index, src)) == [], src
    assert any("alert(1)" in page.html for page in index.pages.values())


DRAWINGS = {
    # what a drawing holds: what is said of it
    "<script>alert(1)</script>": ":1: a drawing with `<script>`",
    "<g>\n<foreignObject><p/></foreignObject></g>": ":2: a drawing with `<foreignObject>`",
    "<style>@import 'https://example.org'</style>": ":1: a drawing with `<style>`",
    "<a href='#x'/>": "a drawing with `<a>`",
    "<image href='https://example.org/x.png'/>": "a drawing with `<image>`",
    "<animate attributeName='href'/>": "a drawing with `<animate>`",
    "<path onload='alert(1)'/>": 'a drawing with `onload="alert(1)"`',
    "<use href='https://example.org/x.svg#y'/>": 'a drawing with `href="https://example.org/x.svg#y"`',
    "<path fill='url(https://example.org/x)'/>": 'a drawing with `fill="url(https://example.org/x)"`',
    "<path style='fill: red'/>": 'a drawing with `style="fill: red"`',
    "<path>": "a drawing that is no XML",
}


@pytest.mark.parametrize("content", DRAWINGS)
def test_a_drawing_that_could_act_is_refused(project: Project, content: str) -> None:
    project.write("docs/foundations/x.svg", f'<svg xmlns="http://www.w3.org/2000/svg">{content}</svg>')
    [problem, *_] = [text for text in project.problems() if text.startswith("docs/foundations/x.svg")]
    assert DRAWINGS[content] in problem


def test_a_drawing_of_shapes_is_taken_and_one_that_declares_is_not(project: Project) -> None:
    project.write(
        "docs/foundations/x.svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><clipPath id="c"><path d="M0'
        ' 0h1"/></clipPath></defs><g clip-path="url(#c)"><use href="#c"/><text x="1">a</text></g></svg>',
    )
    assert project.problems() == []
    project.write(
        "docs/foundations/x.svg",
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]>\n<svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
    )
    assert "docs/foundations/x.svg:1: a drawing with `<!DOCTYPE`" in "\n".join(project.problems())


@pytest.mark.parametrize(
    "path",
    [
        "docs/foundations/x.html",
        "docs/x.htm",
        "docs/x.xhtml",
        "docs/x.js",
        "docs/foundations/x.mjs",
        "docs/x.xml",
        "docs/x.swf",
        "docs/x",
    ],
)
def test_a_file_that_could_act_is_refused(project: Project, path: str) -> None:
    project.write(path, "<script>alert(1)</script>")
    assert f"{path}:1: the site takes no files such as `{path.rpartition('/')[2]}`" in "\n".join(
        project.problems()
    )


@pytest.mark.parametrize(
    ("place", "to"),
    [
        ("docs/etc", "/etc"),
        ("docs/loop", "."),
        ("docs/foundations/other.md", "tokens.md"),
        ("data/facts/loop", ".."),
        ("data/facts/other.yml", "reading.yml"),
        ("data/facts/zero.yml", "/dev/zero"),
    ],
)
def test_a_link_in_place_of_a_file_or_folder_is_refused(project: Project, place: str, to: str) -> None:
    (project.root / place).symlink_to(to)
    wanted = f"{place}:1: a link in place of a file or folder — remove it, and copy here what it leads to"
    assert wanted in project.problems()


# ---- writing


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/./b", "a\\..\\b", "..", "C:/x", "a/ .. /b", "a\0b"],
)
def test_nothing_is_written_outside_its_target(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="is no path below"):
        below(tmp_path, path)


def test_what_stands_below_is_found(tmp_path: Path) -> None:
    assert below(tmp_path, "go/gpt-4o.price/index.html") == tmp_path / "go" / "gpt-4o.price" / "index.html"


def test_a_copy_stays_in_its_target(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a redirect or a field is called: `check` refuses the record, and the copy has nothing of
    it.
    """
    project.write("data/redirects.yml", "../../../old/: foundations/tokens/\n")
    project.write(BARE, FACT.replace("  size:", "  ../../../size:").replace("reading.size", "reading.size"))
    outside = tmp_path_factory.mktemp("outside")
    write_copy(project.root, outside / "a" / "copy")
    assert sorted(path.name for path in outside.rglob("*") if "copy" not in path.parts) == ["a"]
    index = project.index()
    index.book.redirects = {
        "../../../old/": "foundations/tokens/"
    }  # and where a check were ever missed, the writer refuses
    with pytest.raises(ValueError, match="is no path below"):
        output_files(index)


@pytest.mark.parametrize("command", ["copy", "build"])
@pytest.mark.parametrize(
    "target",
    [
        ".",
        "..",
        "docs",
        "data/site",
        "overrides",
        "mkdocs.yml",
        "experiments",
        "experiments/results",
        ".git",
        ".github/new",
        ".ci",
        ".vscode",
        ".venv",
        "sites",
        "notes",
        "site.txt",
    ],
)
def test_no_target_replaces_what_people_write(
    project: Project, command: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (
        "experiments/results/run.json",
        ".git/HEAD",
        ".github/workflows/test.yml",
        ".ci/test.sh",
        ".vscode/settings.json",
        ".venv/pyvenv.cfg",
        "sites/list.md",
        "notes/mine.md",
        "site.txt",
    ):
        project.write(name, "written")
    before = sorted(project.root.rglob("*"))
    assert main(["--root", str(project.root), command, str(project.root / target)]) == 1
    assert "would be replaced whole: name a folder of its own" in capsys.readouterr().err
    assert sorted(project.root.rglob("*")) == before


@pytest.mark.parametrize(
    "target", ["site", "site/source", "site-zensical", "site-zensical/source", "new", "new/copy"]
)
def test_what_was_generated_may_be_replaced(project: Project, target: str) -> None:
    project.write("site/index.html", "old")
    project.write("site-zensical/source/mkdocs.yml", "old")
    check_target(project.root, project.root / target)


# ---- one cause, many consequences


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/sources/hoffmann2022.yml", SOURCE + "bad: [\n"),
        ("data/sources/hoffmann2022.yml", SOURCE.replace("publisher", "publsher")),
        ("data/facts/reading.yml", FACT.replace("fields:", "fields: [")),
        ("docs/glossary/token.md", "no front matter"),
    ],
)
def test_what_follows_from_one_bad_file_is_counted(project: Project, path: str, text: str) -> None:
    project.write(
        "data/facts/next.yml",
        FACT.replace("reading.size", "reading.budget").replace("reading.tokens", "next.tokens"),
    )
    project.write(
        "data/facts/last.yml",
        FACT.replace("reading.size", "next.budget").replace("reading.tokens", "last.tokens"),
    )
    project.page(
        "It read [1.4T](fact:reading.tokens) tokens and took [4.15×10⁴⁹ FLOP](fact:last.budget): see [the"
        " token](../glossary/token.md) and [nothing](nothing.md)."
    )
    project.write(path, text)
    problems = project.problems()
    assert [problem for problem in problems if not problem.startswith(f"{path}:")] == []
    [count] = [problem for problem in problems if "more may follow from this" in problem]
    assert re.fullmatch(
        rf"{path}:1: \d+ problems? more may follow from this — fix it, then check again", count
    )


def test_what_does_not_follow_is_listed_beside_the_cause(project: Project) -> None:
    project.write("data/facts/bare.yml", "title: [")
    project.page("Claim [@nobody1999], [5](fact:bare.x).")
    found = "\n".join(project.problems())
    assert (
        "unknown citation `nobody1999`" in found
        and "malformed YAML" in found
        and "fact `bare.x`" not in found
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/redirects.yml", "gone/: foundations/tokens/\n/old: foundations/tokens/\n"),
        ("data/spelling.yml", "wrds: [FLOP]\n"),
        ("data/synonyms.yml", "typd: {}\n"),
        ("data/synonyms.yml", "typed: {no such word: [x]}\n"),
    ],
)
def test_a_file_on_which_no_page_rests_hides_nothing(project: Project, path: str, text: str) -> None:
    project.write("data/links.txt", "./\ngone/\n")
    project.write("data/redirects.yml", "gone/: foundations/tokens/\n")
    project.page("See [more](tokenz.md).")
    before = project.problems()
    assert len(before) == 1 and "broken link `tokenz.md`" in before[0]
    project.write(path, text)
    after = project.problems()
    assert set(before) < set(after)
    assert all(
        problem.startswith(f"{path}:") and "more may follow" not in problem
        for problem in set(after) - set(before)
    )


def test_a_line_without_an_end_is_named_by_its_beginning(project: Project) -> None:
    project.write("data/links.txt", "./\n" + "gone/" * 200_000 + "\n")
    (found,) = project.problems()
    assert found.startswith("data/links.txt:2: the published address `gone/gone/") and len(found) < 600


def test_two_bad_files_are_both_named(project: Project) -> None:
    project.write("data/facts/bare.yml", "title: [")
    project.write("data/sources/hoffmann2022.yml", "title: [")
    found = "\n".join(project.problems())
    assert found.count("malformed YAML") == 2 and re.search(
        r"\d+ problems more may follow from this and 1 other file that cannot be used", found
    )


@pytest.mark.parametrize(
    "body",
    [
        "[x][y]\n\n[y]: https://example.org/a\n\n*[ABC]: Another\n\n/// note | Open\nIt is not closed.",
        MARKDOWN["lists in lists"][0],
    ],
)
def test_nothing_of_a_page_is_left_in_those_after_it(project: Project, body: str) -> None:
    """All pages of a guide go through one reader, which must not remember."""
    project.write("docs/glossary/token.md", TERM.replace("model reads.", "model reads: [x][y], ABC."))
    project.page("Nothing.")
    before = project.index().pages["glossary/token.md"].html
    project.page(body)
    order = list(project.index().pages)
    assert order.index("foundations/tokens.md") + 1 == order.index("glossary/token.md")
    assert project.index().pages["glossary/token.md"].html == before


# ---- addresses in mkdocs.yml


@pytest.mark.parametrize("key", ["pitch_url", "publisher_url", "disclosures_url", "url"])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://example.org/",
        "//evil.example/",
        "https://starx.capital@evil.example/",
        "https://st\u0430rx.capital/",
        "../../etc/",
        "",
    ],
)
def test_where_every_page_leads_is_a_page_or_shows_its_host(project: Project, key: str, address: str) -> None:
    one = f'  {key}: "{address}"\n' if key != "url" else f'  footer: [{{links: [{{url: "{address}"}}]}}]\n'
    text = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    project.write("mkdocs.yml", f"{text}extra:\n  name: Test\n  pages: [investing/pitch/]\n{one}")
    [problem] = project.problems()
    line = text.count("\n") + 4 if address else 1
    named = "footer" if key == "url" else key
    assert problem.startswith(f"mkdocs.yml:{line}: `{named}` is `{address}`, and every page would lead there")
    for good in ("investing/pitch/", "https://starx.capital/", "about/disclosures/#risk"):
        project.write("mkdocs.yml", f"{text}extra:\n{one}".replace(f'"{address}"', good))
        assert project.problems() == []
