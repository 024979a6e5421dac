"""The documentation is complete, and its examples build."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fieldguide.book import KINDS
from fieldguide.commands.load import load_index
from fieldguide.commands.schemas import DRAWN, FOLDER, KEYS, schema_files
from fieldguide.lists.fill import LISTS
from fieldguide.page.box import BOXES
from fieldguide.page.syntax import BLOCKS
from fieldguide.records.yaml_source import load_yaml
from tests.built import STEPS
from tests.conftest import MODEL, Project
from tests.guide import ROOT, tree

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STYLE = (ROOT / "STYLE.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```.*?^```$", flags=re.M | re.S)
MODULES = sorted((ROOT / "fieldguide").rglob("*.py"))
ROOMS = (
    "text",
    "records",
    "refresh",
    "book",
    "labs",
    "drawing",
    "page",
    "lists",
    "outputs",
    "checks",
    "commands",
)
"""The folders of fieldguide/ in the order in which they may import each other."""
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WRITTEN = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "STYLE.md",
    *sorted((ROOT / "decisions").glob("*.md")),
]
PARTS = [
    "docs",
    "data",
    "fieldguide",
    "overrides",
    "tests",
    "decisions",
    "audit",
    "experiments",
    ".github",
    ".ci",
]
TEXT = {".py", ".md", ".yml", ".html", ".css", ".mjs", ".js", ".json", ".toml", ".txt", ".svg", ".sh", ""}


def problem_calls(module: ast.Module) -> Iterator[tuple[ast.Call, int]]:
    """Each place where the code words a problem, with how many arguments come before its cure."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            cure = {"problem": 1, "Problem": 3, "NoField": 1}.get(name)
            if cure is not None:
                yield node, cure


@pytest.mark.whole
def test_every_problem_comes_with_its_cure() -> None:
    calls = [(path, call, cure) for path in MODULES for call, cure in problem_calls(tree(path))]
    assert len(calls) > 60
    without = [
        f"{path.relative_to(ROOT).as_posix()}:{call.lineno}"
        for path, call, cure in calls
        if not any(isinstance(argument, ast.Starred) for argument in call.args)
        and (
            len(call.args) <= cure
            or (isinstance(call.args[cure], ast.Constant) and not str(call.args[cure].value).strip())
        )
    ]
    assert without == []


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = [
        target for target in re.findall(r"^([a-z-]+):", makefile, flags=re.M) if not target.startswith(".")
    ]
    assert len(targets) > 15
    assert [
        target
        for target in targets
        if not re.search(rf"^{target}:.*(## \w|\$\(VENV\))", makefile, flags=re.M)
    ] == []


def test_every_make_command_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in [*WRITTEN, *WORKFLOWS]:
        for target in re.findall(
            r"(?:^|`|run: )make (?:--silent )?([a-z][a-z-]+)", path.read_text(encoding="utf-8"), flags=re.M
        ):
            assert re.search(rf"^{target}:", makefile, flags=re.M), f"{path.name}: make {target}"


def test_the_schemas_and_the_tables_of_keys_are_those_of_the_models() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert committed == schema_files(), "run `make schemas` and commit the files"


@pytest.mark.whole
def test_every_record_fits_its_schema() -> None:
    for kind in KINDS:
        validator = Draft202012Validator(
            json.loads((FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8"))
        )
        for path in (ROOT / "data" / kind).rglob("*.yml"):
            assert [
                error.message
                for error in validator.iter_errors(load_yaml(path.read_text(encoding="utf-8"))[0])
            ] == [], path.name


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "bar"}, "'bar' is not one of"),
        ({"kind": "bars", "data": {"grops": []}}, "'grops' was unexpected"),
        ({"renderer": "families", "data": {"fill": "ink"}}, "'fill' was unexpected"),
        ({"kind": "xy", "hook": "roofline", "inputs": {"chips": []}}, "'chips' was unexpected"),
    ],
)
def test_the_schema_of_figures_knows_what_each_kind_renderer_and_hook_takes(
    wrong: dict[str, Any], says: str
) -> None:
    validator = Draft202012Validator(json.loads((FOLDER / "figures.schema.json").read_text(encoding="utf-8")))
    errors = [error.message for error in validator.iter_errors(wrong) if error.validator != "required"]
    assert len(errors) == 1 and says in errors[0]


def test_editors_find_the_schema_of_every_record() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert [schema for schema in settings if not (ROOT / schema).exists()] == []
    found = {path for pattern in settings.values() for path in ROOT.glob(pattern)}
    assert {path for path in (ROOT / "data").rglob("*.yml") if path.name != "redirects.yml"} - found == set()


def test_every_box_block_and_list_is_described() -> None:
    assert [kind for kind in BOXES if f"`{kind}`" not in GUIDE and f"`!!! {kind} " not in GUIDE] == []
    assert [name for name in BLOCKS if not re.search(rf"`/// {name}\b", GUIDE)] == []
    keys = (FOLDER / KEYS).read_text(encoding="utf-8")
    assert [name for name in LISTS if f"`{name}`" not in keys] == []
    assert [
        name for key, models in DRAWN.items() for name in models if f"### {key}: {name}\n" not in keys
    ] == []


def test_the_guide_for_contributors_is_read_at_one_sitting() -> None:
    assert len(GUIDE.split()) <= 1500


def test_the_recipes_name_every_command_and_the_python_that_is_needed() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "requires-python"
    ].removeprefix(">=")
    assert [text for text in (README, GUIDE) if f"Python {needed} or newer" not in text] == []
    assert re.findall(r"(?<!\.venv/bin/)\b(?:python|pip) (?:-m|install)", GUIDE) == []
    recipes = {
        title: (
            FENCE.sub("", GUIDE).partition(f"### {title}\n")[2].partition("\n## ")[0].partition("\n### ")[0]
        )
        for title in ("A page", "A figure")
    }
    assert [
        title for title, recipe in recipes.items() if "`make links`" not in recipe
    ] == []  # else what is new is missing in data/links.txt
    assert ".venv/bin/python -m tests.references " in recipes["A figure"]


def test_the_style_rules_are_numbered_without_a_gap() -> None:
    numbers = [int(number) for number in re.findall(r"^- \*\*S(\d+)\*\*", STYLE, flags=re.M)]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {int(number) for number in re.findall(r"\bS(\d+)\b", STYLE + GUIDE)}
    assert cited <= set(numbers)


def test_the_examples_of_the_recipes_are_valid(project: Project) -> None:
    examples = dict(re.findall(r"^```(?:yaml|markdown) (\S+/\S+)\n(.*?)^```$", GUIDE, flags=re.M | re.S))
    assert {path.rsplit("/", 1)[0] for path in examples} == {"docs/foundations", "data/figures"}
    project.write("data/models/chinchilla.yml", MODEL)
    for path, text in examples.items():
        project.write(path, text)
    assert project.problems() == []
    for path in examples:
        if path.startswith("data/figures/"):
            figure = Path(path).stem
            project.page(f"/// figure | {figure}\nIt draws.\n///")
            assert "<svg" in load_index(project.root).pages["foundations/tokens.md"].html


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_links_between_the_project_s_own_documents_resolve(path: Path) -> None:
    text = re.sub(r"``.+?``|`[^`\n]+`", "", FENCE.sub("", path.read_text(encoding="utf-8")))
    anchors = {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, flags=re.M)
    }
    for target in re.findall(r"\[[^\]]*\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif not target.startswith("http"):
            assert (path.parent / target).exists(), target
    assert "![](" not in text, "a picture has alternative text"


def test_the_paths_that_the_readme_names_exist() -> None:
    house = README.split("## The house")[1].split("```")[1].strip().splitlines()
    named = [line.split()[0] for line in house] + re.findall(
        r"`((?:docs|data|fieldguide|overrides|tests)/[\w./-]+)`", README
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


# ---- the house


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_a_module_that_is_named_exists(path: Path) -> None:
    text, house = path.read_text(encoding="utf-8"), ROOT / "fieldguide"
    named = re.findall(rf"`(?:fieldguide/|(?=(?:{'|'.join(ROOMS)})/))([\w./-]*)`", text)
    assert [name for name in named if not (house / name).exists()] == []
    held = re.findall(rf"`(\w+)` in `(?:fieldguide/)?((?:{'|'.join(ROOMS)})/[\w/]+\.py)`", text)
    assert [
        (name, module)
        for name, module in held
        if not re.search(
            rf"^(?:def |class )?{name}\b", (house / module).read_text(encoding="utf-8"), flags=re.M
        )
    ] == []


def test_every_folder_of_the_build_is_a_room_that_says_what_lives_there_and_what_does_not() -> None:
    house = ROOT / "fieldguide"
    assert {path.parent.name for path in house.glob("*/__init__.py")} == set(ROOMS)
    for room in ROOMS:
        says = ast.get_docstring(tree(house / room / "__init__.py"))
        assert says, room
        lives, _, does_not = says.partition("\n\n")
        assert lives.endswith(".") and does_not.endswith("."), room


def test_the_rooms_stand_in_the_order_that_is_checked_and_written() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    order = [name for layer in reversed(layers) for name in layer.split(" | ")]
    assert [name for name in order if name in ROOMS] == list(ROOMS)
    assert set(order) == {
        path.stem
        for path in (ROOT / "fieldguide").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or path.name in ROOMS
    }
    rule = re.search(r"\*\*S22\*\* One direction: ([^.]+)\.", STYLE)
    assert rule is not None and [name for name in re.findall(r"\w+", rule[1]) if name in order] == [
        name for name in order if name in rule[1]
    ]


def test_every_module_says_what_it_is() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in MODULES if not ast.get_docstring(tree(path))] == []


@pytest.mark.whole
def test_only_the_tests_of_the_built_site_ask_for_it() -> None:
    """A run builds what its tests ask for by the names in STEPS, whoever else has given a fixture such a
    name.
    """
    found = []
    for path in (ROOT / "tests").rglob("*.py"):
        file = path.relative_to(ROOT)
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and file != Path("tests/conftest.py"):
                marks = " ".join(map(ast.unparse, node.decorator_list))
                gives = "fixture" in marks and node.name in STEPS
                asks = ("fixture" in marks or node.name.startswith("test_")) and not {*STEPS}.isdisjoint(
                    argument.arg for argument in node.args.args
                )
                if gives or (asks and file.parts[1] not in ("website", "browser") and "whole" not in marks):
                    found.append(f"{file.as_posix()}: {node.name}")
    assert found == []


@pytest.mark.whole
def test_the_quick_loop_needs_nothing_of_the_browser_s() -> None:
    files = [
        path
        for path in (ROOT / "tests").rglob("*.py")
        if path.relative_to(ROOT).parts[1] not in ("website", "browser")
    ]
    taken = [
        f"{path.relative_to(ROOT).as_posix()}: {node.module}"
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and re.match(r"tests\.(?:website|browser)\b", node.module or "")
    ]
    assert taken == []


HEAVY = {"PIL", "ebooklib", "fontTools", "playwright", "pptx", "pypdf", "resvg_py", "uharfbuzz"}
"""Libraries that take long to load or that only some commands need: they may be imported where they are
used.
"""


def test_only_heavy_libraries_are_imported_inside_a_function_or_for_types_alone() -> None:
    found = []
    for path in MODULES:
        for function in ast.walk(tree(path)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or (
                isinstance(function, ast.If) and ast.unparse(function.test).endswith("TYPE_CHECKING")
            ):
                for node in ast.walk(function):
                    names = (
                        [alias.name for alias in node.names]
                        if isinstance(node, ast.Import)
                        else [node.module or ""]
                        if isinstance(node, ast.ImportFrom)
                        else []
                    )
                    found += [
                        f"{path.relative_to(ROOT).as_posix()}: {name}"
                        for name in names
                        if name.split(".")[0] not in HEAVY
                    ]
    assert found == []


def test_an_installed_package_holds_every_file_that_its_modules_read() -> None:
    house = ROOT / "fieldguide"
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]["fieldguide"]
    packed = {path for pattern in patterns for path in house.glob(pattern)}
    assert {
        path
        for path in house.rglob("*")
        if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts
    } - packed == set()
    assert [pattern for pattern in patterns if not list(house.glob(pattern))] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    pattern = re.compile(
        r"(?<![\w.:/~-])(?:/(?:work|root|home|Users|tmp|private|mnt)/[\w.-]+|[A-Z]:\\\\?Users)"
    )
    files = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    files += [
        path
        for part in PARTS
        for path in (ROOT / part).rglob("*")
        if path.is_file() and not {"__pycache__", "node_modules"} & set(path.parts)
    ]
    found = []
    for path in files:
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []
