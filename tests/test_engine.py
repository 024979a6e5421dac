"""The engine that runs the page's own modules at build: what it links, and what it says of a fault."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from fieldguide.labs import engine
from fieldguide.labs.engine import Script, ScriptError

MAIN = "labs/one/model.mjs"
SHARED = """export const twice = (x) => 2 * x;
export async function later() {}
export class Pair {}
const inside = 3;
export { inside as three, twice as default };
"""


def script(root: Path, text: str, shared: str = SHARED) -> Script:
    for path, content in ((f"docs/{MAIN}", text), ("overrides/assets/js/shared.mjs", shared)):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    return Script(root, {"model": MAIN}, "the lab `one`", lab={"rows": [1, 2]})


def test_modules_are_linked_with_what_they_import(tmp_path: Path) -> None:
    one = script(
        tmp_path,
        """import { later, three as
  few } from '../../assets/js/shared.mjs'; // a name of ours
import * as shared from "../../assets/js/shared.mjs";
import double from '../../assets/js/shared.mjs';
let calls = 0;
export function work(v, lab) {
  return { a: shared.twice(v.a), few, b: double(lab.rows[1]), later: typeof later, word: 'é\\u2028' };
}
export const count = () => calls += 1;
""",
    )
    assert one.run("model.work(v, lab)", v={"a": 1.5}) == {
        "a": 3,
        "few": 3,
        "b": 4,
        "later": "function",
        "word": "é\u2028",
    }
    assert [one.run("model.count()"), one.run("model.count()")] == [1, 2]  # evaluated once
    other: list[int] = []
    thread = threading.Thread(target=lambda: other.append(one.run("model.count()")))
    thread.start()
    thread.join()
    assert other == [1]  # and once in each thread, which has a context of its own


@pytest.mark.parametrize(
    ("text", "expression", "fault"),
    [
        (
            "\nexport const work = (v) =>\n  v.a.b;",
            "work({})",
            "cannot read property 'b' of undefined — correct the",
        ),
        (
            "\nexport const work = (v) =>\n  v.a.b;",
            "work({})",
            f"docs/{MAIN}:3: the lab `one` stops: TypeError: ",
        ),
        (
            "import { twice } from '../../assets/js/shared.mjs';\nexport const work = () => twice(1n);",
            "work()",
            "overrides/assets/js/shared.mjs:1: the lab `one` stops: TypeError: ",
        ),
        ("export const work = 1;\nconst a = ;", "work", f"docs/{MAIN}:2: the lab `one` stops: SyntaxError: "),
        ("export function work() { for (;;); }", "work()", "interrupted — look for a loop that does not end"),
        (
            "export function work() { const a = []; for (;;) a.push('x'.repeat(1e6) + a.length); }",
            "work()",
            "out of memory — look for a list",
        ),
        (
            "export const work = () => work();",
            "work()",
            "call stack size exceeded — look for a function that calls itself",
        ),
        (
            "export const work = () => ({ a: [0 / 0] });",
            "work()",
            "0 is NaN, which JSON cannot hold — give numbers, words",
        ),
        (
            "export const work = () => {};",
            "work()",
            f"docs/{MAIN}:1: the lab `one` stops: TypeError: `model.work()` is nothing that JSON can hold — ",
        ),
        (
            "export const work = 1;",
            "sentence()",
            f"{MAIN}:1: the lab `one` needs `sentence`, which the module does not export — export it",
        ),
        (
            "\nimport { four } from '../../assets/js/shared.mjs';",
            "work",
            f"docs/{MAIN}:2: `assets/js/shared.mjs` exports no `four` — it exports twice, "
            f"later, Pair, three, default",
        ),
        (
            "import { a } from './gone.mjs';",
            "work",
            f"docs/{MAIN}:1: there is no module `labs/one/gone.mjs` — write it",
        ),
        (
            "\n\nexport let work = 1;",
            "work",
            f"docs/{MAIN}:3: the build cannot link `export let work = 1;` — write ",
        ),
        (
            "import { a } from './model.mjs';",
            "work",
            f"docs/{MAIN}:1: `{MAIN}` imports itself through this module — ",
        ),
    ],
)
def test_a_fault_says_where_what_and_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expression: str, fault: str
) -> None:
    monkeypatch.setattr(engine, "TIME_LIMIT", 0.2)
    monkeypatch.setattr(engine, "MEMORY", 2**26)
    with pytest.raises(ScriptError) as error:
        script(tmp_path, text).run(f"model.{expression}")
    assert fault in str(error.value) and str(error.value.problem) == str(error.value)


def test_a_script_runs_on_after_a_fault(tmp_path: Path) -> None:
    one = script(tmp_path, "export const work = (v) => v.a.b;")
    with pytest.raises(ScriptError):
        one.run("model.work({})")
    assert one.run("model.work(v)", v={"a": {"b": 2}}) == 2
