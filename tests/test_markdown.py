"""The author-facing syntax: one YAML file a behavior in tests/markdown/, `body` in and `html` out, to the
letter.

`python -m tests.test_markdown` rewrites the expected output for review in the diff.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import markdown
import pytest
import yaml

from fieldguide.page.syntax import Syntax
from tests.conftest import Project

CASES = sorted(Path(__file__).with_name("markdown").glob("*.yml"))
FIXED = re.compile(r'^<header class="fg-title".*?</header>\n?', re.S)


class _Block(str):
    """Text that YAML writes as a literal block."""


yaml.SafeDumper.add_representer(
    _Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")
)


def rendered(project: Project, case: dict) -> str:
    for path, text in case.get("files", {}).items():
        project.write(path, text)
    html = FIXED.sub("", project.html(case["body"]))
    html = re.sub(
        r"<p>Read<span class=\"fg-cited\"> <a [^>]*>[^<]*</a></span>\."
        r"<span class=\"fg-nowrap\">\u2060<a [^>]*></a></span></p>\n",
        "",
        html,
    )  # the citation that the test page opens with
    if not case.get("neighbors"):
        html = re.sub(r'\n?<nav aria-label="Previous and next page".*?</nav>', "", html, flags=re.S)
    if not case.get("notes"):
        html = re.sub(r'\n?<section aria-label="Notes on this page".*', "", html, flags=re.S)
    return html.strip() + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_syntax(project: Project, path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert rendered(project, case) == case["html"]


def test_quotes_become_curly_beside_texts_that_hold_none() -> None:
    body = (
        'It\'s "so" *"here"* and there... -- <b>no</b> "<i>end</i>"\n\n- one\n- the \'90s\n\n| "a" | b'
        " |\n|---|---|\n| c | it's |\n"
    )
    ours, theirs = (
        markdown.markdown(body, extensions=["tables", "smarty", *more])
        for more in ([Syntax(lambda *_: None, lambda _: None)], [])
    )
    assert ours == theirs and all(
        mark in ours
        for mark in ("It&rsquo;s", "&ldquo;so&rdquo;", "&rsquo;90s", "&ldquo;a&rdquo;", "&ndash;", "&hellip;")
    )


def _literal(value: object) -> object:
    if isinstance(value, dict):
        return {key: _literal(item) for key, item in value.items()}
    return _Block(value) if isinstance(value, str) and "\n" in value else value


def rewrite() -> None:
    for path in CASES:
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            case["html"] = rendered(Project(Path(folder)), case)
        blocks = {key: _literal(value) for key, value in case.items()}
        path.write_text(
            yaml.safe_dump(blocks, allow_unicode=True, sort_keys=False, width=10000), encoding="utf-8"
        )
        print(path, file=sys.stderr)


if __name__ == "__main__":
    rewrite()
