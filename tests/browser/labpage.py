"""A small site of labs, made from the elements as they stand: what their tests look at without building the
guide.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import material

from fieldguide.commands.load import markdown_config
from fieldguide.index import render_page
from fieldguide.labs.data import lab_data
from fieldguide.lists.fill import LISTS
from fieldguide.outputs.labs import sentences_json
from fieldguide.outputs.style import sheet_apart, style_sheet
from fieldguide.page.context import Context
from fieldguide.page.term import Matcher
from fieldguide.records import definer, merges
from tests.guide import ROOT, guide_book

LAB = Path(__file__).with_name("lab")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'self'"
)
PAGE = """<!doctype html>
<html lang="en" class="js"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>A lab</title><link rel="icon" href="data:,"><link rel="stylesheet" href="{up}theme.css"><link rel="stylesheet" href="{up}assets/fg.css"></head>
<body><main class="md-main"><div class="md-main__inner md-grid"><div class="md-content" data-fg-type="{kind}"><p class="fg-printhead">The guide</p><article class="md-content__inner md-typeset">
<header class="fg-title fg-title--wide"><h1>A lab</h1><p class="fg-lead">It shows the elements that labs share.</p></header>
{before}<section class="fg-lab"><x-lab name="demo"{short}><div class="fg-lab__default"><p class="fg-lab__answer">The default case.</p><table><thead><tr><th>line</th><th>value</th></tr></thead><tbody><tr><td>left</td><td>$1</td></tr></tbody></table></div></x-lab></section>
<h2 id="how">How it is computed</h2><p>By hand.</p></article></div></div></main>
<script type="module" src="{up}assets/js/age.mjs"></script><script type="module" src="{up}assets/js/lab.mjs"></script></body></html>"""  # noqa: E501


def make_site(folder: Path) -> None:
    """labs/demo/ is the lab's page, chapter.html one that shows it short, far.html one that shows it far
    down.
    """
    theme = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
    css = ROOT / "overrides" / "assets" / "css"
    (folder / "assets").mkdir(parents=True)
    shutil.copytree(LAB, folder / "labs" / "demo")
    (folder / "assets" / "js").symlink_to(ROOT / "overrides" / "assets" / "js")
    (folder / "assets" / "fonts").symlink_to(ROOT / "overrides" / "assets" / "fonts")
    shutil.copyfile(next(theme.glob("main.*.css")), folder / "theme.css")
    (folder / "assets" / "fg.css").write_text(style_sheet(css), encoding="utf-8")
    (folder / "assets" / "labs.css").write_text(sheet_apart(css, "labs"), encoding="utf-8")
    filler = "<p>A paragraph of the chapter.</p>\n" * 120
    for path, kind, short, before in (
        ("labs/demo/index.html", "lab", "", ""),
        ("chapter.html", "concept", " short", ""),
        ("far.html", "concept", " short", filler),
        ("deep.html", "lab", "", filler),
    ):
        up = "../" * path.count("/")
        (folder / path).write_text(
            PAGE.format(policy=POLICY, up=up, kind=kind, short=short, before=before), encoding="utf-8"
        )


def shell(slug: str = "demo") -> str:
    """The page of a lab in the folder labs/…/."""
    return PAGE.format(policy=POLICY, up="../../", kind="lab", short="", before="").replace(
        'name="demo"', f'name="{slug}"'
    )


def add_calculator(folder: Path, slug: str) -> None:
    """labs/<slug>/ with its scripts and data, on the page above: its default case is another's."""
    lab = folder / "labs" / slug
    shutil.copytree(ROOT / "docs" / "labs" / slug, lab)
    (lab / "lab.json").write_bytes(data_files(slug)["lab.json"])
    (lab / "index.html").write_text(shell(slug), encoding="utf-8")


def data_files(slug: str) -> dict[str, bytes]:
    """What the scripts of a lab fetch from its folder, by name."""
    book = guide_book()
    if slug == "tokenizer":
        return {"merges.txt": (ROOT / merges.PATH).read_bytes()}
    if slug == "next-token":
        assert book.definer is not None
        return {
            "model.bin": (ROOT / definer.MODEL).read_bytes(),
            "model.json": (ROOT / definer.SHEET).read_bytes(),
            "inside.json": (ROOT / definer.INSIDE).read_bytes(),
            "stored.json": json.dumps(definer.stored(book.definer)).encode(),
        }
    data = json.dumps(lab_data(book, book.labs[slug])).encode()
    return {"lab.json": data} | ({"sentences.json": sentences_json(book)} if slug == "one-request" else {})


def add_page(folder: Path, slug: str) -> Path:
    """labs/<slug>/ with its scripts, data, style sheet and page as the guide renders it, in the frame of the
    page above; returns that folder.
    """
    lab, book = folder / "labs" / slug, guide_book()
    shutil.copytree(ROOT / "docs" / "labs" / slug, lab)
    (folder / "assets" / f"{slug}.css").write_text(
        sheet_apart(ROOT / "overrides" / "assets" / "css", slug), encoding="utf-8"
    )
    for name, content in data_files(slug).items():
        (lab / name).write_bytes(content)
    here = Context(book, book.pages[f"labs/{slug}.md"], Matcher(book.terms), LISTS)
    html = render_page(here, markdown_config(ROOT)).html
    assert here.problems == []
    (lab / "index.html").write_text(
        re.sub(r'<header class="fg-title.*?(?=</article>)', lambda _: html, shell(slug), flags=re.S),
        encoding="utf-8",
    )
    return lab
