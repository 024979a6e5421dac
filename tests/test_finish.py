"""The last step: sheets cut down, first-screen styles, policies. On small sites of the tests' own."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from fieldguide.commands.critical import unlike
from fieldguide.outputs.finish.critical_rules import critical_rules
from fieldguide.outputs.finish.markup import clean, keep_whole, page_kind, split_first
from fieldguide.outputs.finish.policy import policy_of, with_policy
from fieldguide.outputs.finish.scripts import finish_scripts, stripped
from fieldguide.outputs.finish.site import finish_site, used_names
from fieldguide.outputs.finish.style_sheet import needs, read_rules, used_rules, without_unread, write_rules

THEMED = """<!doctype html>
<html lang="en" class="no-js">
  <head>
    <meta charset="utf-8">
    <link rel="stylesheet" href="{up}assets/stylesheets/main.min.css">
    <link rel="stylesheet" href="{up}assets/fg.css">
    <script>page()</script>
  </head>
  <body>
    <input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
    <input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">
    <label class="md-overlay" for="__drawer"></label>
    <div data-md-component="announce">

    </div>
    <div class="md-container" data-md-component="container">
      <article class="md-typeset" data-fg-type="concept"><h1>Title</h1>
<pre>  two
    lines</pre>
        <p>word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word </p>
        <h2>Part</h2>
      </article>
    </div>
    <div class="md-dialog" data-md-component="dialog">
      <div class="md-dialog__inner md-typeset"></div>
    </div>
    <script type="module" src="{up}assets/js/shell.mjs"></script>
  </body>
</html>
"""  # noqa: E501
FRAME = (
    '<!doctype html>\n<html lang="en" class="fg-framed"><head><link rel="stylesheet"'
    ' href="../assets/fg.css"></head><body><main><h1>Figure</h1></main></body></html>\n'
)
MOVED = (
    "<!doctype html><html><head><meta"
    ' charset="utf-8"><script>location="../"</script></head><body></body></html>\n'
)
THEME = (
    '@charset "UTF-8";.md-typeset h1{color:red}.md-search{color:blue}[dir=rtl]'
    " .md-typeset{color:green}@keyframes turn{to{rotate:1turn}}"
)
OURS = (
    '@font-face{font-family:"A";src:url("fonts/a.woff2")}:root{--fg-a:1px;--fg-b:2px;--fg-drawn:red}h1,h2{margin:var(--fg-a)}.fg-made{top:0}@media'
    " print{h1{margin:0}}.fg-framed h1{margin:1px}"
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A page at the root, one below it, one that answers anywhere, a frame and a redirect."""
    files = {
        "index.html": THEMED.format(up=""),
        "a/b/index.html": THEMED.format(up="../../"),
        "404.html": THEMED.format(up="/guide/"),
        "embed/index.html": FRAME,
        "old/index.html": MOVED,
        "assets/stylesheets/main.min.css": THEME,
        "assets/fg.css": OURS,
        "assets/js/shell.mjs": "box.className = 'fg-made';",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def lists(kind: str) -> frozenset[str]:
    return frozenset({"h1"} if kind == "concept" else ())


def test_a_finished_site_has_one_sheet_for_each_kind_of_head_and_none_of_what_it_was_made_from(
    small: Path,
) -> None:
    finish_site(small, lists)
    sheets = {
        path.name.partition(".")[0]: path.read_text(encoding="utf-8")
        for path in (small / "assets").glob("*.css")
    }
    assert set(sheets) == {"read", "frame"}
    assert (
        sheets["read"] == ".md-typeset"
        ' h1{color:red}@font-face{font-family:"A";src:url(fonts/a.woff2)}:root{--fg-a:1px}h1,h2'
        "{margin:var(--fg-a)}.fg-made{top:0}@media"
        " print{h1{margin:0}}"
    )
    assert ".fg-framed h1" in sheets["frame"] and "fg-made" not in sheets["frame"]
    assert not (small / "assets" / "stylesheets").exists() and not (small / "assets" / "fg.css").exists()


def test_a_word_of_a_script_may_be_a_tag_and_a_class_only_if_it_begins_as_our_classes_do() -> None:
    names = used_names([], "make('mark', { class: 'fg-made' }, note)", frozenset())
    assert {"mark", "note", ".fg-made"} <= names
    assert {".mark", ".note"}.isdisjoint(names)


def test_a_class_that_a_script_makes_from_a_template_is_kept_by_its_beginning() -> None:
    needed = frozenset({".fg-made__line", ".fg-made__head", ".fg-other__line", ".md-made"})
    names = used_names([], "node.className = `fg-made__${name}`; other = `wide-${name}`;", needed)
    assert {name for name in names if name in needed} == {".fg-made__line", ".fg-made__head"}


def test_what_only_a_sheet_that_a_script_fetches_reads_is_kept(small: Path) -> None:
    (small / "assets" / "js" / "shell.mjs").write_text(
        "box.className = 'fg-made'; fetchSheet('../late.css');", encoding="utf-8"
    )
    (small / "assets" / "late.css").write_text(".fg-late{color:var(--fg-drawn)}", encoding="utf-8")
    finish_site(small, lists)
    kept = next((small / "assets").glob("read.*.css")).read_text(encoding="utf-8")
    assert ":root{--fg-a:1px;--fg-drawn:red}" in kept
    assert (small / "assets" / "late.css").read_text(encoding="utf-8") == ".fg-late{color:var(--fg-drawn)}"


def test_no_line_of_a_finished_page_divides_a_date_a_power_or_gpu_hours_in_a_figure_s_title() -> None:
    text = (
        '<title>On 22 Aug 2026</title><p class="fg-figure__title">40 GPU-{join}hours by'
        ' <time title="3 May 2026, a > b">22{space}Aug{space}2026</time></p><p>In July 2026, on'
        " 2{space}July 2026 or May{space}2026, 12 Mayors had 3 GPU-hours and (1 + i){join}<sup>−n</sup>,"
        " N<sup>2</sup>.</p><pre>22 Aug 2026</pre><code>22 Aug 2026</code><script>'22 Aug 2026'</script>"
    )
    written = text.format(join="", space=" ")
    assert keep_whole(written) == text.format(join="\N{WORD JOINER}", space="\N{NO-BREAK SPACE}")


def test_a_finished_page_is_styled_from_its_head_and_loads_the_rest_before_its_first_part(
    small: Path,
) -> None:
    finish_site(small, lists)
    html = (small / "a" / "b" / "index.html").read_text(encoding="utf-8")
    head, body = html.split("</head>")
    assert (
        '<style>@font-face{font-family:"A";src:url(../../assets/fonts/a.woff2)}h1{margin:var(--fg-a)}</style>'
        in head
    )
    assert "stylesheet" not in head
    assert re.search(
        r'</p>\s<link rel="stylesheet" href="\.\./\.\./assets/read\.\w{10}\.css" fetchpriority="low">\n<h2>',
        body,
    )
    assert "__drawer" not in html and "data-md-" not in html and "md-dialog" not in html
    assert "<pre>  two\n    lines</pre>" in html and "\n  <" not in html
    assert 'href="/guide/assets/read.' in (small / "404.html").read_text(encoding="utf-8")


def test_every_head_begins_with_a_policy_of_what_its_page_uses(small: Path) -> None:
    finish_site(small, lists)
    policies = {}
    for path in small.rglob("*.html"):
        found = re.search(
            r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">',
            path.read_text(encoding="utf-8"),
        )
        assert found, path
        policies[path.parent.name] = dict(part.split(" ", 1) for part in found[1].split("; "))
    for policy in policies.values():
        assert (
            policy["default-src"] == "'none'"
            and policy["base-uri"] == "'none'"
            and "unsafe" not in str(policy)
        )
    script = base64.b64encode(hashlib.sha256(b"page()").digest()).decode()
    assert (
        policies["b"]["script-src"] == f"'self' 'sha256-{script}'" and policies["b"]["worker-src"] == "'self'"
    )
    assert (
        "script-src" not in policies["embed"]
        and "'self'" not in policies["old"]["script-src"]
        and "style-src" not in policies["old"]
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'id="__drawer" autocomplete="off">',
            '><input class="md-toggle" data-md-toggle="drawer">',
            "the theme's switch of the drawer occurs 2 times",
        ),
        ('<label class="md-overlay" for="__drawer"></label>', "", "the theme's veil occurs 0 times"),
        ("<h1>", '<h1 style="color:red">', "an attribute that the policy forbids: <h1 style="),
        ("<h1>", '<h1 onclick="run()">', "an attribute that the policy forbids: <h1 onclick="),
        ('data-fg-type="concept"', "", "no data-fg-type"),
        ("assets/fg.css", "assets/other.css", "asks for .*assets/other.css, which is not in the site"),
    ],
)
def test_what_is_not_recognized_stops_the_work_and_names_the_page(
    small: Path, old: str, new: str, fault: str
) -> None:
    page = small / "a" / "b" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=f"a/b/index.html.*{fault}"):
        finish_site(small, lists)


def test_a_list_that_is_out_of_date_says_so() -> None:
    with pytest.raises(ValueError, match="in no sheet: h9: run `make critical`"):
        critical_rules(read_rules("h1{top:0}"), frozenset({"h1", "h9"}), frozenset({"h1"}))
    assert critical_rules(
        read_rules("h1{top:0}"), frozenset({"h1", "h9"}), frozenset({"h1", "h9"})
    ) == read_rules("h1{top:0}")  # a small site has no use for h9


def test_pages_whose_classes_all_stand_on_earlier_ones_are_not_examined(tmp_path: Path) -> None:
    pages = {"a": '<p class="one two">', "b": "<p class=one>", "c": "<p class='two three'>", "d": "<p>"}
    for name, html in pages.items():
        (tmp_path / name).write_text(html, encoding="utf-8")
    assert [file.name for file in unlike(sorted(tmp_path.iterdir()))] == ["a", "c"]


def test_a_sheet_is_read_and_written_and_what_it_does_not_know_is_refused() -> None:
    css = "a,b:is(c,d)>e{top:0;left:0}@media print{a{top:1px}@page{margin:0}}@media print{b{top:0}}"
    assert write_rules(read_rules(f"/* why */ {css}")) == css.replace(
        "@page{margin:0}}@media print{b", "@page{margin:0}b"
    )
    with pytest.raises(ValueError, match="line 2 of the joined sheet: @import url"):
        read_rules('a{top:0}\n@import url("other.css");')


def test_a_rule_needs_what_its_selector_names_outside_of_alternatives_and_negations() -> None:
    assert needs('.a:not(.b) > #c[dir="rtl"] span::before') == {".a", "#c", "span", "[dir=rtl]"}
    assert needs(r".x:is(.y, .z:has(p))[data-w] .q\:r") == {".x", ".q:r", "[data-w]"}
    rules = read_rules(".a p,.b p{top:0}.b{top:0}p[hidden]{top:0}.a:not(.b){top:0}")
    assert write_rules(used_rules(rules, frozenset({".a", "p"}))) == ".a p{top:0}.a:not(.b){top:0}"


def test_variables_that_nothing_reads_go_and_those_that_only_they_read() -> None:
    rules = read_rules(
        ":root{--a:var(--b);--b:1;--c:2;--d:3}p{top:var(--c)}@keyframes x{to{top:0}}@keyframes"
        " y{to{top:0}}p{animation:y 1s}"
    )
    assert (
        write_rules(without_unread(rules, {"--d"}))
        == ":root{--c:2;--d:3}p{top:var(--c)}@keyframes y{to{top:0}}p{animation:y 1s}"
    )


def test_kinds_tell_frames_and_figures_from_types() -> None:
    assert [
        page_kind(html)
        for html in (
            '<html class="fg-framed">',
            '<div data-fg-type="reference"><header class="fg-title fg-title--figure">',
            '<div data-fg-type="term">',
        )
    ] == ["frame", "figure", "term"]
    with pytest.raises(ValueError, match="neither an article nor a main part"):
        split_first("<head></head><body></body>")
    assert clean(FRAME) == FRAME
    assert "connect-src" not in policy_of(FRAME)
    with pytest.raises(ValueError, match="no head"):
        with_policy("<p>")


SCRIPT = r"""// What it does.
import { say } from './copy.mjs';

/** Says it. */
const at = 'https://example.org'; // goes
let done = /[/*"'\\/] \/\//.test(at) ? (at.length + 1) / 2 : `a  ${ say ? `b  -  ${ at }  // stays` : {}  } }  c`
export { at };
class Box { async #look() { return 1 .toFixed(2) + +done - -1; } }
"""  # noqa: E501
STRIPPED = r"""import{say}from'./copy.mjs';const at='https://example.org';let done=/[/*"'\\/] \/\//.test(at)?(at.length+1)/2:`a  ${say?`b  -  ${at}  // stays`:{}} }  c`
export{at};class Box{async #look(){return 1 .toFixed(2)+ +done- -1;}}
"""  # noqa: E501


def test_scripts_lose_comments_and_spare_white_space_and_nothing_else() -> None:
    assert stripped(SCRIPT) == STRIPPED
    assert stripped("a\n++b\nreturn\n") == "a\n++b\nreturn\n", "a line that ends a statement stays one"


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("if (a) {}\n/b/.test(c)", "line 2, `/b/.test(c)`: this may be a division or a pattern"),
        ("if (a) /b/.test(c)", "line 1, `/b/.test(c)`: this may be a division or a pattern"),
        ("a = /b", "this pattern does not end"),
        ("a = {", "`{` is not closed"),
        ("a}", "nothing that this closes is open"),
        ("a = 'b\n'", "this is not a token"),
        ("`a ${b", "`${` is not closed"),
    ],
)
def test_a_script_that_may_be_read_in_two_ways_is_refused_with_its_line(script: str, fault: str) -> None:
    with pytest.raises(ValueError, match=re.escape(fault)):
        stripped(script)


def test_what_every_lab_loads_is_one_file_and_no_name_in_it_means_two_things(tmp_path: Path) -> None:
    files = {
        "assets/js/lab/frame.mjs": (
            "import { one } from './base.mjs';\nimport { two } from './more.mjs';\nexport const frame = () =>"
            " one + two;\n"
        ),
        "assets/js/lab/base.mjs": "export const one = 1;\n",
        "assets/js/lab/more.mjs": "import { one } from './base.mjs';\nexport const two = one + 1;\n",
        "assets/js/lab/late.mjs": "import { one } from './base.mjs';\nexport const late = one;\n",
        "assets/js/vendor/theirs.mjs": "// theirs\n",
        "labs/a/view.mjs": "import { frame } from '../../assets/js/lab/frame.mjs';\n",
        "labs/a/model.mjs": "import { one } from '../../assets/js/lab/base.mjs';\n",
        "assets/js/lab/both.mjs": "import { one } from './base.mjs';\nexport const both = one;\n",
        "labs/b/view.mjs": (
            "import { one } from '../../assets/js/lab/base.mjs';\nimport { both } from"
            " '../../assets/js/lab/both.mjs';\n"
        ),
    }

    def written(**changed: str) -> dict[str, str]:
        for path, text in (files | changed).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        finish_scripts(tmp_path)
        return {path: (tmp_path / path).read_text(encoding="utf-8") for path in files}

    found = written()
    assert (
        found["assets/js/lab/frame.mjs"]
        == "export const one=1;export const two=one+1;export const frame=()=>one+two;\n"
    )
    assert found["assets/js/lab/late.mjs"] == "import{one}from'./frame.mjs';export const late=one;\n"
    assert found["labs/a/model.mjs"] == "import{one}from'../../assets/js/lab/frame.mjs';\n"
    assert (
        found["labs/b/view.mjs"]
        == "import{one}from'../../assets/js/lab/base.mjs';import{both}from'../../assets/js/lab/both.mjs';\n"
    ), "no lab of the frame's"
    assert found["assets/js/lab/both.mjs"] == "import{one}from'./base.mjs';export const both=one;\n", (
        "it brings no frame to that lab"
    )
    assert found["assets/js/vendor/theirs.mjs"] == "// theirs\n"
    with pytest.raises(ValueError, match=r"`two` is a name in base\.mjs too"):
        written(**{"assets/js/lab/base.mjs": "export const one = 1;\nconst two = 1;\n"})
    with pytest.raises(ValueError, match=r"more\.mjs: what comes in one file"):
        written(**{"assets/js/lab/more.mjs": "import { one as two } from './base.mjs';\n"})
    with pytest.raises(
        ValueError, match=r"both\.mjs: a lab without the frame loads it, and it imports more\.mjs"
    ):
        written(**{"assets/js/lab/both.mjs": "import { two } from './more.mjs';\nexport const both = two;\n"})


def test_declarations_are_written_without_spaces_that_mean_nothing() -> None:
    rules = read_rules(
        'a::before { content: ": , x"; font: 1px A, B; background: url("data:a, b") } @media print { b {'
        " color: red } }"
    )
    assert (
        write_rules(rules)
        == 'a::before{content:": , x"; font:1px A,B; background:url("data:a, b")}@media print{b{color:red}}'
    )
