"""The documentation is complete, and its examples build."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldguide.blocks import KINDS
from fieldguide.companies import Company, Event, Moat, Product
from fieldguide.facts import Fact, Field
from fieldguide.figures import Figure
from fieldguide.hardware import Accelerator, Rate
from fieldguide.lists import LISTS
from fieldguide.markdown import BLOCKS
from fieldguide.models import Model
from fieldguide.pages import FrontMatter
from fieldguide.prices import Period, Price
from fieldguide.sources import Source
from tests.conftest import ROOT, Project

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```.*?^```$", flags=re.M | re.S)
RECIPES = dict(re.findall(r"^### (.+?)\n(.*?)(?=^##)", FENCE.sub("", GUIDE).split("\n## Recipes\n")[1].split("## Style rules")[0] + "##", flags=re.M | re.S))
"""Each recipe's text without its examples."""
MODULES = sorted((ROOT / "fieldguide").rglob("*.py"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WRITTEN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "decisions").glob("*.md"))]
PARTS = ["docs", "data", "fieldguide", "overrides", "tests", "decisions", "audit", ".github", ".ci"]
TEXT = {".py", ".md", ".yml", ".html", ".css", ".mjs", ".js", ".json", ".toml", ".txt", ".svg", ".sh", ""}


def as_template(node: ast.expr) -> str | None:
    """A string or f-string as documented: "unknown key `…`"; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None


def message_nodes(tree: ast.Module) -> Iterator[ast.expr]:
    """Where the code words a problem: problem(…), Problem(…), YamlError(…), validators, and the few functions that return one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = {"problem": 0, "Problem": 2, "YamlError": 1}.get(name)
            if place is not None and len(node.args) > place:
                yield node.args[place]
        elif isinstance(node, ast.FunctionDef):
            decorators = {getattr(getattr(item, "func", item), "id", "") for item in node.decorator_list}
            if decorators & {"model_validator", "field_validator"} or node.name == "_check_date":
                raised = [item.exc for item in ast.walk(node) if isinstance(item, ast.Raise)]
                yield from (item.args[0] for item in raised if isinstance(item, ast.Call))
            if node.name == "find_field":
                yield from (item.elts[0] for item in ast.walk(node) if isinstance(item, ast.Tuple) and len(item.elts) == 2)
            if node.name == "mismatch":
                returned = [item.value for item in ast.walk(node) if isinstance(item, ast.Return)]
                yield from (part for item in returned for part in ((item.body, item.orelse) if isinstance(item, ast.IfExp) else (item,)) if part)


def code_messages() -> dict[str, str]:
    """Every message template and the file that words it."""
    found = {}
    for path in MODULES:
        for node in message_nodes(ast.parse(path.read_text(encoding="utf-8"))):
            text = as_template(node)
            if text is not None and re.search(r"[^\W\d_]|…`: …", text):
                found[text.strip()] = path.relative_to(ROOT).as_posix()
    return found


def documented_messages() -> set[str]:
    section = GUIDE.split("\n## Messages\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ``(.+?)`` \| (.+) \| (.+) \|$", section, flags=re.M)
    assert all(meaning.strip() and cure.strip() for _, meaning, cure in rows)
    return {message.strip() for message, _, _ in rows}


def test_every_message_of_the_code_has_its_row() -> None:
    known = documented_messages()
    assert {text: path for text, path in code_messages().items() if text not in known} == {}


def test_every_row_is_a_message_of_the_code() -> None:
    assert documented_messages() - set(code_messages()) == set()


def test_every_make_target_is_described() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    assert len(targets) > 8
    assert [target for target in targets if f"`make {target}" not in GUIDE] == []


def test_every_make_command_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in [*WRITTEN, *WORKFLOWS]:
        for target in re.findall(r"(?:^|`|run: )make (?:--silent )?([a-z][a-z-]+)", path.read_text(encoding="utf-8"), flags=re.M):
            assert re.search(rf"^{target}:", makefile, flags=re.M), f"{path.name}: make {target}"


@pytest.mark.parametrize("model", [FrontMatter, Source, Fact, Field, Model, Company, Event, Moat, Product, Price, Period, Accelerator, Rate, Figure], ids=lambda model: model.__name__)
def test_every_key_is_described(model: type) -> None:
    assert [key for name, info in model.model_fields.items() if f"`{(key := info.alias or name)}`" not in GUIDE] == []


def test_every_box_block_and_list_is_described() -> None:
    assert [kind for kind in KINDS if f"`!!! {kind} " not in GUIDE] == []
    assert [name for name in BLOCKS if not re.search(rf"`/// {name}\b", GUIDE)] == []
    assert [name for name in LISTS if f"`{name}`" not in GUIDE] == []


def test_the_style_rules_are_numbered_without_a_gap() -> None:
    numbers = [int(number) for number in re.findall(r"^- \*\*S(\d+)\*\*", GUIDE, flags=re.M)]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {int(number) for number in re.findall(r"\bS(\d+)\b", GUIDE)}
    assert cited <= set(numbers)


def test_the_examples_of_the_recipes_are_valid(project: Project) -> None:
    examples = re.findall(r"^```(?:yaml|markdown) (\S+/\S+)\n(.*?)^```$", GUIDE, flags=re.M | re.S)
    kinds = {path.rsplit("/", 1)[0] for path, _ in examples}
    assert {"data/sources", "data/facts", "data/models", "data/companies", "data/prices", "data/hardware", "data/figures", "data", "docs/glossary", "docs/foundations"} <= kinds
    for path, text in examples:
        project.write(path, text)
    assert project.problems() == []


def test_a_recipe_has_at_most_eight_lines_of_text() -> None:
    lines = {name: [line for line in text.splitlines() if line.strip() and not line.startswith("|")] for name, text in RECIPES.items()}
    assert len(lines) > 12
    assert {name: len(found) for name, found in lines.items() if len(found) > 8} == {}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_links_between_the_project_s_own_documents_resolve(path: Path) -> None:
    text = re.sub(r"``.+?``|`[^`\n]+`", "", FENCE.sub("", path.read_text(encoding="utf-8")))
    anchors = {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, flags=re.M)}
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif not target.startswith("http"):
            assert (path.parent / target).exists(), target


def test_the_readme_shows_a_picture_with_alternative_text() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)
    assert [path for _, path in pictures] == [".github/home.png"]
    assert all(40 <= len(text) <= 250 for text, _ in pictures)
    assert (ROOT / ".github" / "home.png").read_bytes().startswith(b"\x89PNG")


def test_the_readme_is_short_and_its_paths_exist() -> None:
    assert len(README.splitlines()) < 80
    house = README.split("## The house")[1].split("```")[1].strip().splitlines()
    assert len(house) <= 12
    named = [line.split()[0] for line in house] + re.findall(r"`((?:docs|data|fieldguide|overrides|tests)/[\w./-]+)`", README)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    pattern = re.compile(r"(?<![\w.:/~-])(?:/(?:work|root|home|Users|tmp|private|mnt)/[\w.-]+|[A-Z]:\\\\?Users)")
    files = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    files += [path for part in PARTS for path in (ROOT / part).rglob("*") if path.is_file() and not {"__pycache__", "node_modules"} & set(path.parts)]
    found = []
    for path in files:
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []
