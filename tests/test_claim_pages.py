"""The page of each claim and its badge: what stands there, what is hostile, how large it may be."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fieldguide.commands.copy import write_copy
from fieldguide.outputs.claims.badges import ROOM, Badge, render_badge
from fieldguide.outputs.claims.pages import SITEMAP, claim_files
from fieldguide.outputs.color_tokens import read_tokens
from fieldguide.outputs.finish.policy import with_policy
from fieldguide.outputs.outlines import GRID
from fieldguide.records.short_links import short_link
from fieldguide.text.names import curly
from tests.conftest import PRICE, Project
from tests.guide import ROOT, guide

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"


def made(project: Project) -> dict[str, str]:
    """The files of the claims of a project, by path."""
    return {path: make().decode() for path, make in claim_files(project.index())}


def words(html: str) -> str:
    """The text of a page's main part on one line."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_a_project_without_a_ledger_has_no_pages_of_claims(project: Project) -> None:
    assert made(project) == {}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "Chinchilla read [1.4T](fact:reading.tokens) tokens [@hoffmann2022, table 3].",
            "Chinchilla read 1.4T tokens.",
        ),
        (  # the first sentence says whose number it is only together with the one before it
            "It read [1.4T](fact:reading.tokens) tokens in all.\n"
            "In 2022, Chinchilla read [1.4T](fact:reading.tokens) tokens.",
            "In 2022, Chinchilla read 1.4T tokens.",
        ),
        ("The model read [1.4T](fact:reading.tokens) tokens in all.", None),
        (
            "| what | how many |\n| --- | --- |\n"
            "| Text that Chinchilla read. | [1.4T](fact:reading.tokens) tokens. |",
            None,
        ),
    ],
)
def test_a_claim_s_page_quotes_a_sentence_that_is_understood_by_itself(
    ledger: Project, text: str, quoted: str | None
) -> None:
    ledger.page(f"The answer.\n\n{text}\n\nIt took [5.88×10²³ FLOP](fact:reading.budget).")
    html = made(ledger)["go/reading.tokens/index.html"]
    assert re.findall(r'<p class="fg-said">“(.*?)”</p>', html) == [quoted] * (quoted is not None)


def test_a_claim_has_a_page_with_all_that_a_checker_needs(ledger: Project) -> None:
    html = made(ledger)["go/reading.tokens/index.html"]
    text = words(html)
    for part in (
        "Claims Disclosed 1.4T tokens What Chinchilla read: tokens",
        "Hoffmann et al. 2022 . Paper, arXiv, 29 Mar 2022 . Training Compute-Optimal Large Language Models .",
        "Place table 3",
        "As of 29 Mar 2022",
        "Read 24 Nov 2026 Kind Disclosed: the source states this value.",
        "Hoffmann et al. 2022 (vendor): describes its own model",
    ):
        assert part in text, part
    for part in (
        '<a href="https://arxiv.org/abs/2203.15556">',
        'href="../../about/references/#hoffmann2022"',
        '<link rel="canonical" href="http://127.0.0.1:8000/go/reading.tokens/">',
        'href="../../data/claims/foundations/#record-reading"',
        '<a class="fg-brand" href="../../" aria-label="',
        '<a class="fg-header__button fg-find fg-search-open" href="../../search/">',
        '<a class="fg-tabs__link" href="../../foundations/tokens/">Foundations</a>',
    ):
        assert part in html, part
    assert "noindex" not in html and html.count("<h1>") == 1
    assert re.search(
        r'<meta name="description" content="1\.4T tokens: What Chinchilla read: tokens\. Disclosed, as of 29'
        r" Mar 2022, by Hoffmann et al\. 2022\.",
        html,
    )


def test_founders_find_the_publisher_in_the_header_where_its_page_is_set(ledger: Project) -> None:
    config = (ledger.root / "mkdocs.yml").read_text(encoding="utf-8")
    assert "Pitch to StarX" not in made(ledger)["go/reading.tokens/index.html"]
    for given, address in (("a/pitch/", "../../a/pitch/"), ("https://a.org/", "https://a.org/")):
        ledger.write("mkdocs.yml", f"{config}\nextra:\n  pitch_url: {given}\n")
        html = made(ledger)["go/reading.tokens/index.html"]
        assert f'<a class="fg-header__pitch" href="{address}">Pitch to StarX</a>' in html


def test_a_claim_says_in_words_what_it_is_and_a_note_starts_with_a_capital(ledger: Project) -> None:
    more = "kind: estimate, qualifier: more than, note: counted by hand"
    ledger.bend("data/facts/reading.yml", "unit: tokens}", f"unit: tokens, {more}}}")
    assert words(made(ledger)["go/reading.tokens/index.html"]).startswith(
        "Claims An estimate more than 1.4T tokens What Chinchilla read: tokens"
    )
    assert "<dd>Counted by hand</dd>" in made(ledger)["go/reading.tokens/index.html"]


def test_the_page_of_a_claim_has_the_ring_that_it_has_in_the_text_and_says_why(ledger: Project) -> None:
    ledger.bend("data/sources/hoffmann2022.yml", "kind: paper", "kind: press")
    pages = made(ledger)
    for claim, mark, why in (
        (
            "reading.tokens",
            "From a single press report",
            (
                "the source states this value. It comes from a single press report, which is why it has a"
                " ring in the text."
            ),
        ),
        (
            "reading.budget",
            "Derived, from an estimate or a single press report",
            (
                "calculated from other values. They rest on an estimate or on a single press report, which is"
                " why it has a ring in the text."
            ),
        ),
    ):
        html = pages[f"go/{claim}/index.html"]
        assert f'<span class="fg-mark fg-mark--estimate"></span>{mark}</p>' in html and why in words(html)
    assert 'data-mark="ring"' in ledger.page_html("foundations/tokens.md")


def test_a_fact_of_one_field_whose_title_asks_for_it_goes_without_the_field_s_name(ledger: Project) -> None:
    fact = (
        "title: {}\nsource: hoffmann2022\nwhere: p. 1\nas_of: 2026-10-01\nseen: 2026-11-24\nfields:\n "
        " released: {{value: 2022-11-30, unit: date}}\n"
    )
    ledger.write("data/facts/chat.yml", fact.format("When ChatGPT was released"))
    ledger.write("data/facts/other.yml", fact.format("A day in November"))
    ledger.page(
        "It came on [30 Nov 2022](fact:chat.released), that is on [30 Nov 2022](fact:other.released)."
    )
    files = made(ledger)
    assert "30 Nov 2022 When ChatGPT was released Source" in words(files["go/chat.released/index.html"])
    assert "30 Nov 2022 A day in November: released Source" in words(files["go/other.released/index.html"])
    assert '<p class="fg-note__body">When ChatGPT was released</p>' in ledger.page_html(
        "foundations/tokens.md"
    )
    assert '/go/chat.released/">When ChatGPT was released</a>' in ledger.page_html(
        "data/claims/foundations.md"
    )


def test_a_computed_claim_names_formula_and_inputs_and_a_claim_what_is_computed_from_it(
    ledger: Project,
) -> None:
    files = made(ledger)
    html = files["go/reading.budget/index.html"]
    assert (
        "Derived: calculated from other values." in html
        and "How it is computed" in html
        and "Place" not in html
    )
    assert "Training FLOP of: size 70B parameters tokens 1.4T tokens" in words(html)
    assert (
        '<a href="../reading.tokens/">tokens</a>' in html and 'href="../reading.size/"' not in html
    )  # no page states it, so it has no page
    assert (
        '<a href="../reading.budget/">What Chinchilla read: budget</a> <b>5.88×10²³ FLOP</b>'
        in files["go/reading.tokens/index.html"]
    )


def test_a_computed_claim_says_that_its_day_is_that_of_its_oldest_input(ledger: Project) -> None:
    computed = "go/reading.budget/index.html"
    assert "As of 29 Mar 2022 Read" in words(made(ledger)[computed])
    ledger.bend("data/facts/reading.yml", "size: {value", "size: {as_of: 2021-12-08, value")
    assert "As of 8 Dec 2021, the day of its oldest input" in words(made(ledger)[computed])


def test_a_claim_says_under_which_heading_each_page_states_it_first(ledger: Project) -> None:
    ledger.page(
        "It read [1.4T](fact:reading.tokens) tokens.\n\n## What it took\n\nThat took [5.88×10²³"
        " FLOP](fact:reading.budget) for [1.4T](fact:reading.tokens)."
    )
    files = made(ledger)
    assert (
        '<a href="../../foundations/tokens/#what-it-took">Tokens: What it took</a>'
        in files["go/reading.budget/index.html"]
    )
    assert '<a href="../../foundations/tokens/">Tokens</a>' in files["go/reading.tokens/index.html"]


def test_a_list_price_shows_its_other_periods(ledger: Project) -> None:
    ledger.write("data/prices/acme-one.yml", PRICE)
    ledger.page(
        "It costs [$1](fact:acme-one.input), after [$2](fact:acme-one.input-2026-01-01) and"
        " [$8](fact:acme-one.output-2026-01-01)."
    )
    files = made(ledger)
    assert (
        "Earlier and later prices from 2 Jul 2026 $1 per million tokens from 1 Jan 2026 to 2 Jul 2026 $2 per"
        " million tokens" in words(files["go/acme-one.input/index.html"])
    )
    assert (
        '<a href="../acme-one.input-2026-01-01/">from 1 Jan 2026 to 2 Jul 2026</a>'
        in files["go/acme-one.input/index.html"]
    )
    assert (
        "acme-one.output/" not in files["go/acme-one.output-2026-01-01/index.html"]
    )  # the newest output is on no page


def test_a_copy_that_was_read_is_linked(ledger: Project) -> None:
    ledger.bend(
        "data/facts/reading.yml", "where: table 3", "where: table 3\nvia: https://example.org/copy?a=1&b=2"
    )
    page = made(ledger)["go/reading.tokens/index.html"]
    assert 'in <a href="https://example.org/copy?a=1&amp;b=2">a copy</a>' in page


HOSTILE = """</title><script>alert(1)</script>"'&"""


def test_hostile_words_of_a_record_stay_words(ledger: Project) -> None:
    quoted = HOSTILE.replace("'", "''")
    for old, new in (
        ("title: What Chinchilla read", f"title: '{quoted}'"),
        ("where: table 3", f"where: '{quoted}'"),
        ("unit: tokens}", f"unit: tokens, note: '{quoted}'}}"),
    ):
        ledger.bend("data/facts/reading.yml", old, new)
    files = made(ledger)
    html, badge = files["go/reading.tokens/index.html"], files["go/reading.tokens/badge.svg"]
    assert (
        html.count("<script") == 5 and "<script>alert" not in html and words(html).count(curly(HOSTILE)) >= 3
    )
    assert "<script" not in badge and (ET.fromstring(badge).findtext(f"{SVG}title") or "").endswith(
        f"{curly(HOSTILE)}: tokens"
    )
    assert with_policy(html).count("sha256-") == 1  # the one script of ours


@pytest.mark.parametrize("name", ["../../out", "a.b/c", "x y", "<b>", "UP"])
def test_a_field_whose_name_would_leave_its_folder_is_no_field(ledger: Project, name: str) -> None:
    more = f'  "{name}": {{value: 1, unit: tokens}}\n  tokens: {{'
    ledger.bend("data/facts/reading.yml", "  tokens: {", more)
    assert any(
        problem.startswith("data/facts/reading.yml") and "should match pattern" in problem
        for problem in ledger.problems()
    )


def test_the_sitemap_of_claims_has_the_day_on_which_each_was_read(ledger: Project) -> None:
    assert (
        "<url><loc>http://127.0.0.1:8000/go/reading.budget/</loc><lastmod>2026-11-24</lastmod></url>"
        in made(ledger)[SITEMAP]
    )


def test_a_copy_of_the_project_has_the_pages_badges_and_sections(ledger: Project, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    write_copy(ledger.root, target)
    files = made(ledger)
    assert {
        path for path in files if (target / "docs" / path).read_text(encoding="utf-8") == files[path]
    } == set(files)
    assert (
        (target / "docs/data/claims/foundations.md")
        .read_text(encoding="utf-8")
        .startswith("---\ntitle: 'Claims: Foundations'\n")
    )


# ---- badges

COLORS = read_tokens(ROOT / "overrides/assets/css/tokens.css")["light"]


def badge(
    value: str = "1.4T tokens", what: str = "What Chinchilla read: tokens", layer: str | None = "model"
) -> ET.Element:
    return ET.fromstring(
        render_badge(
            Badge(value, what, "2022-03-29", "151 days old, may have changed", layer, "The Guide"), COLORS
        )
    )


def lines(root: ET.Element) -> list[tuple[str, float, float]]:
    """(letters without spaces, size, width) of each line of a badge, from its outlines. A width lacks that of
    the last letter.
    """
    found = []
    for group in root.iter(f"{SVG}g"):
        letters = [
            (use.get(XLINK + "href") or "", float(use.get("x") or 0)) for use in group.iter(f"{SVG}use")
        ]
        scale = float((group.get("transform") or "").rpartition("scale(")[2].split()[0])
        words = "".join(chr(int(name.rpartition("-")[2], 16)) for name, _ in letters)
        found.append((words, scale * GRID, scale * max(x for _, x in letters)))
    return found


def test_a_badge_says_value_what_dates_and_guide_in_our_letters_and_names_itself() -> None:
    root = badge()
    assert [words for words, _, _ in lines(root)] == [
        "1.4Ttokens",
        "WhatChinchillaread:tokens",
        "Asof29Mar2022·151daysold,mayhavechanged",
        "TheGuide",
    ]
    assert min(size for _, size, _ in lines(root)) == pytest.approx(12)
    assert not list(root.iter(f"{SVG}text")) and b"font-family" not in ET.tostring(root)
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (
        "1.4T tokens: What Chinchilla read: tokens",
        "As of 29 Mar 2022 · 151 days old, may have changed. The Guide",
    )
    assert root.get("role") == "img" and root.get("aria-labelledby") == "title description"


def test_a_badge_stands_whose_letters_our_faces_lack() -> None:
    root = badge("漢 1", "字: tokens")
    assert [words for words, _, _ in lines(root)][:2] == ["?1", "?:tokens"]
    assert root.findtext(f"{SVG}title") == "漢 1: 字: tokens"


def test_the_band_has_the_color_of_the_layer_and_nothing_else_has_a_color_of_judgment() -> None:
    bands = {
        layer: badge(layer=layer).findall(f"{SVG}path")[1].get("fill")
        for layer in ("model", "application", None)
    }
    assert bands == {"model": COLORS["model"], "application": COLORS["app"], None: COLORS["ink"]}
    used = {element.get(name) for element in badge(layer=None).iter() for name in ("fill", "stroke")} - {None}
    assert used <= {COLORS[name] for name in ("paper", "ink", "ink-2", "muted", "rule-strong")}
    assert badge().findall(f"{SVG}path")[0].get("stroke") == COLORS["rule-strong"], (
        "its outline stands on a light page and on a dark one"
    )


@pytest.mark.parametrize("value", ["1", "Apache 2.0 code; non-commercial weights on request", "W" * 200])
@pytest.mark.parametrize(
    "what",
    [
        "Short",
        (
            "One instruction in English, Hindi and Python, cut by the o200k_base tokenizer: Hindi to English"
            " before"
        ),
        "word " * 90,
        "w" * 300,
    ],
)
def test_no_line_of_a_badge_is_wider_than_its_room(value: str, what: str) -> None:
    found = lines(badge(value, what))
    assert len(found) in (4, 5)
    assert all(width <= ROOM for _, _, width in found)


# ---- the guide's own


@pytest.mark.whole
def test_every_input_that_is_a_claim_is_linked_and_every_claim_stands_in_each_of_its_sections() -> None:
    index = guide()
    files, known = dict(claim_files(index)), {claim.id for claim in index.claims}
    for claim in index.claims:
        html = files[f"{short_link(claim.id)}index.html"]().decode()
        assert {
            reference
            for reference in claim.field.inputs.values()
            if reference in known and f'href="../{reference}/"' not in html
        } == set(), claim.id
        assert html.count("#record-") == len({page.section or page.src for page in claim.pages}), claim.id
