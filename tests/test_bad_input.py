"""Every kind of bad input stops the build with a message that says where, what and how to mend it.

Each case bends the valid project of conftest in one way; the project itself has no problem.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.__main__ import main
from fieldguide.commands import fonts, serve
from fieldguide.commands.new import write_figure
from tests.conftest import CHIP, COMPANY, FACT, MODEL, PRICE, SOURCE, TERM, Project, page
from tests.guide import ROOT

FIGURE = (
    "title: A claim\ncontext: What is drawn\nalt: {alt}\nrenderer: stack-map\nas_of: 2026-11-24\nsources:"
    " [{source}]\n"
)
TABLE = (
    FIGURE.format(
        alt="A table of the tests, with one row and one column besides the name.", source="hoffmann2022"
    ).replace("renderer: stack-map", "kind: table")
    + """data:
  name: Tests
  head: Case
  columns: {why: Why}
  rows:
    - name: One
      cells:
        {why: Because}
"""
)
LONG = "It shows one thing and says what follows from it, in words."
TOKENS = "docs/foundations/tokens.md"

CASES: dict[str, tuple[str, str, list[str]]] = {
    # name: (file to write, or "body" for the page's body; text; what the message must hold)
    "unknown citation": (
        "body",
        "Claim [@hofmann2022].",
        [f"{TOKENS}:14: unknown citation `hofmann2022`", "did you mean `hoffmann2022`?"],
    ),
    "unknown citation, far from any": (
        "body",
        "Claim [@xyzzy1999].",
        ["unknown citation `xyzzy1999` — run `make new-source NAME=xyzzy1999 TOPIC=…`"],
    ),
    "unknown source, far from any": (
        "data/facts/bare.yml",
        FACT.replace("hoffmann2022", "xyzzy1999"),
        ["unknown source `xyzzy1999` — run `make new-source NAME=xyzzy1999 TOPIC=…`"],
    ),
    "unknown fact record": (
        "body",
        "It read [1.4T](fact:readings.tokens).",
        ["unknown fact `readings.tokens`", "did you mean `reading`?"],
    ),
    "unknown fact, far from any": (
        "body",
        "[5](fact:xyzzy.count).",
        ["unknown fact `xyzzy.count`", "write data/facts/xyzzy.yml", "value: …, unit: …"],
    ),
    "unknown fact field": (
        "body",
        "[1.4T](fact:reading.token).",
        ["`reading` has no field `token`", "did you mean `tokens`?"],
    ),
    "a fact without its field": (
        "body",
        "It read [1.4T](fact:reading).",
        [
            f"{TOKENS}:14: `reading` names no field of a record — write `record.field`, for example"
            " `reading.tokens`"
        ],
    ),
    "a fact with a full stop and no field": (
        "body",
        "It read [1.4T](fact:reading.) tokens.",
        ["`reading.` names no field of a record — write `record.field`, for example `reading.tokens`"],
    ),
    "a fact without anything": (
        "body",
        "It read [1.4T](fact:).",
        ["`` names no field of a record — write `record.field`, for example `chinchilla.parameters`"],
    ),
    "an input without its field": (
        "data/facts/bare.yml",
        FACT.replace("reading.size", "reading"),
        ["data/facts/bare.yml:10: `reading` names no field of a record — write `record.field`"],
    ),
    "a number that differs": (
        "body",
        "It read [1.5T](fact:reading.tokens).",
        ["the record says 1.4T tokens, the page says “1.5T”", "correct the page"],
    ),
    "a number in another unit": (
        "body",
        "It read [1.4T words](fact:reading.tokens).",
        ["the record's unit is tokens"],
    ),
    "unknown term in a figure": (
        "data/figures/shape.yml",
        FIGURE.format(alt=LONG, source="hoffmann2022") + "terms: [tokn]\n",
        ["unknown term `tokn`", "did you mean `token`?"],
    ),
    "unknown figure": (
        "body",
        "/// figure | mapp\nReading.\n///",
        ["unknown figure `mapp`", "run `make new-figure NAME=mapp KIND=bars`"],
    ),
    "unknown lab": (
        "body",
        "/// lab | tokenizr\nA table.\n///",
        ["unknown lab `tokenizr`", "docs/labs/tokenizr/model.mjs"],
    ),
    "empty lab": ("body", "/// lab | tokenizr\n\n///", ["has an empty fallback"]),
    "a fact without source": (
        "data/facts/bare.yml",
        FACT.replace("source: hoffmann2022\n", ""),
        ["data/facts/bare.yml:7: `tokens` has no source", "add `source: hoffmann2022`"],
    ),
    "a fact without unit": (
        "data/facts/bare.yml",
        FACT.replace(", unit: tokens", ""),
        ["`tokens` has no unit", "add `unit: parameters`"],
    ),
    "a fact without date": (
        "data/facts/bare.yml",
        FACT.replace("as_of: 2022-03-29\n", ""),
        ["`tokens` has no date (`as_of`)"],
    ),
    "an unknown source": (
        "data/facts/bare.yml",
        FACT.replace("hoffmann2022", "hofman2022"),
        ["unknown source `hofman2022`", "did you mean `hoffmann2022`?"],
    ),
    "an unknown formula": (
        "data/facts/bare.yml",
        FACT.replace("training_flop", "training_flops"),
        ["unknown formula `training_flops`", "did you mean `training_flop` or"],
    ),
    "a field computed from itself": (
        "data/facts/bare.yml",
        FACT.replace("reading.size", "bare.budget"),
        ["`budget` is computed from itself"],
    ),
    "a duplicate id": (
        "data/facts/hoffmann2022.yml",
        FACT,
        ["the id `hoffmann2022` belongs to data/sources/hoffmann2022.yml already"],
    ),
    "a duplicate alias": (
        "docs/glossary/piece.md",
        TERM.replace("Token", "Piece").replace("A token", "A piece"),
        ["the name “subword” belongs to docs/glossary/"],
    ),
    "a duplicate title": (
        "docs/foundations/again.md",
        page("Tokens", "The answer."),
        ["the title “Tokens” is taken by"],
    ),
    "an unknown key": (
        "data/sources/hoffmann2022.yml",
        SOURCE.replace("publisher", "publsher"),
        [
            "data/sources/hoffmann2022.yml:4: unknown key `publsher`",
            "did you mean `publisher`?",
            "missing key `publisher`",
        ],
    ),
    "an unknown front-matter key": (
        TOKENS,
        page("Tokens", "The answer.", extra="layr: model\n"),
        [f"{TOKENS}:5: unknown key `layr`", "did you mean `layer`?"],
    ),
    "a missing front-matter key": (
        TOKENS,
        page("Tokens", "The answer.").replace("reviewed: 2026-11-24\n", ""),
        ["missing key `reviewed`", "2026-11-24"],
    ),
    "no front matter": (
        TOKENS,
        "<!-- a comment -->\n" + page("Tokens", "The answer."),
        [f"{TOKENS}:1: missing front matter"],
    ),
    "front matter out of order": (
        TOKENS,
        (
            "---\ntype: concept\ntitle: Tokens\ndescription: A page of the tests about tokens, long enough to"
            " pass the schema.\nreviewed: 2026-11-24\n---\n\n# Tokens\n\nThe answer.\n"
        ),
        ["front matter keys out of order"],
    ),
    "a heading that is not the title": (
        TOKENS,
        page("Tokens", "The answer.").replace("# Tokens", "# Pieces"),
        ["the heading “Pieces” differs from the title “Tokens”"],
    ),
    "a long definition": (
        "docs/glossary/token.md",
        TERM.replace("a piece of text", "word " * 41),
        ["the definition has", "cut it to 40"],
    ),
    "a quiz without a right answer": (
        "body",
        "/// quiz\nWhy?\n\n- [ ] One: because.\n- [ ] Two: because.\n///",
        ["a quiz without a right answer: “Why?”", "mark one option with `[x]`"],
    ),
    "an option without its explanation": (
        "body",
        "/// quiz\nWhy?\n\n- [x] One: because.\n- [ ] Two\n///",
        ["a quiz option without its explanation: “Two”", "write `option: explanation`"],
    ),
    "a figure without alt text": (
        "data/figures/shape.yml",
        FIGURE.replace("alt: {alt}\n", "").format(source="hoffmann2022"),
        ["missing key `alt`", "for example `alt: Three layers"],
    ),
    "a figure without source": (
        "data/figures/shape.yml",
        FIGURE.replace("sources: [{source}]\n", "").format(alt=LONG),
        ["missing key `sources`"],
    ),
    "an unknown renderer": (
        "data/figures/shape.yml",
        FIGURE.format(alt=LONG, source="hoffmann2022").replace("stack-map", "stack-mop"),
        ["unknown renderer `stack-mop`", "did you mean `stack-map`"],
    ),
    "a table of more rows than can be drawn": (
        "data/figures/long.yml",
        TABLE + "    - {name: Another, cells: {why: Because}}\n" * 500,
        ["data/figures/long.yml:7: `data`: a figure draws at most 500 items of a list, and this one has 501"],
    ),
    "a table with a cell too many": (
        "data/figures/shape.yml",
        TABLE.replace("why: Because", "why: Because, wy: So"),
        [
            "data/figures/shape.yml:14: `rows.0.cells.wy`: “One” has a cell `wy`, and there is no such"
            " column; did you mean `why`?"
        ],
    ),
    "a table that cites nobody": (
        "data/figures/shape.yml",
        TABLE.replace("Because", '"{{cite:hofmann2022}}"'),
        [
            "data/figures/shape.yml:7: the figure cannot be drawn: “One” cites `hofmann2022`",
            "did you mean `hoffmann2022`?",
        ],
    ),
    "a figure in an unknown layer": (
        "data/figures/shape.yml",
        FIGURE.format(alt=LONG, source="hoffmann2022") + "layer: modle\n",
        ["data/figures/shape.yml:7: `layer`: Input should be", "model"],
    ),
    "bad TeX": (
        "body",
        "The loss is $\\frobnicate{x}$.",
        ["bad TeX `\\frobnicate{x}`", "correct the formula"],
    ),
    "a value that is no number": (
        "data/facts/bare.yml",
        FACT.replace("1.4e12", ".nan"),
        [
            "data/facts/bare.yml:8: `fields.tokens.value` is not a finite number",
            "write the number that the source states; where it states none, leave the key out",
        ],
    ),
    "a value without end": (
        "data/facts/bare.yml",
        FACT.replace("1.4e12", ".inf"),
        ["data/facts/bare.yml:8: `fields.tokens.value` is not a finite number"],
    ),
    "a value without end below zero": (
        "data/facts/bare.yml",
        FACT.replace("1.4e12", "-.inf"),
        ["data/facts/bare.yml:8: `fields.tokens.value` is not a finite number"],
    ),
    "a value beyond what a number holds": (
        "data/facts/bare.yml",
        FACT.replace("1.4e12", "1e999"),
        ["data/facts/bare.yml:8: `fields.tokens.value` is not a finite number"],
    ),
    "a range that is no range": (
        "data/facts/bare.yml",
        FACT.replace("1.4e12", "[1, .nan]"),
        ["data/facts/bare.yml:8: `fields.tokens.value.1` is not a finite number"],
    ),
    "a range without end": (
        "data/facts/bare.yml",
        FACT.replace("1.4e12", "[-.inf, 2]"),
        ["data/facts/bare.yml:8: `fields.tokens.value.0` is not a finite number"],
    ),
    "a low that is no number": (
        "data/facts/bare.yml",
        FACT.replace("unit: tokens}", "unit: tokens, low: .nan}"),
        ["data/facts/bare.yml:8: `fields.tokens.low` is not a finite number"],
    ),
    "a high without end": (
        "data/facts/bare.yml",
        FACT.replace("unit: tokens}", "unit: tokens, high: .inf}"),
        ["data/facts/bare.yml:8: `fields.tokens.high` is not a finite number"],
    ),
    "a high without end, in words": (
        "data/facts/bare.yml",
        FACT.replace("unit: tokens}", "unit: tokens, high: Infinity}"),
        ["data/facts/bare.yml:8: `fields.tokens.high` is not a finite number"],
    ),
    "a price that is no number": (
        "data/prices/acme-one.yml",
        PRICE.replace("output: 5", "output: .nan"),
        ["data/prices/acme-one.yml:8: `periods.1.output` is not a finite number"],
    ),
    "a price without end": (
        "data/prices/acme-one.yml",
        PRICE.replace("cached: 0.075", "cached: .inf"),
        ["data/prices/acme-one.yml:8: `periods.1.cached` is not a finite number"],
    ),
    "a price without end, in words": (
        "data/prices/acme-one.yml",
        PRICE.replace("output: 5", "output: nan"),
        ["data/prices/acme-one.yml:8: `periods.1.output` is not a finite number"],
    ),
    "a rate that is no number": (
        "data/hardware/x1.yml",
        CHIP.replace("sparsity: dense", "low: -.inf, sparsity: dense"),
        ["data/hardware/x1.yml:10: `bf16.low` is not a finite number"],
    ),
    "a figure's number without end": (
        "data/figures/shape.yml",
        FIGURE.format(alt=LONG, source="hoffmann2022") + "data: {rows: [{at: .inf}]}\n",
        ["data/figures/shape.yml:7: `data.rows.0.at` is not a finite number"],
    ),
    "a computed value beyond what a number holds": (
        "data/facts/bare.yml",
        FACT.replace("1.4e12", "1e300").replace("reading.tokens", "bare.tokens"),
        ["`budget` cannot be computed: the result is not a finite number", "check its inputs"],
    ),
    "a day that no calendar has": (
        "data/facts/bare.yml",
        FACT.replace("as_of: 2022-03-29", "as_of: 2026-02-30"),
        [
            "data/facts/bare.yml:5: `as_of`: no calendar has the day `2026-02-30`",
            "fieldguide/records/schemas/KEYS.md says what it holds",
        ],
    ),
    "a day seen that no calendar has": (
        "data/sources/hoffmann2022.yml",
        SOURCE.replace("2026-11-24", "2026-11-31"),
        ["data/sources/hoffmann2022.yml:10: `seen`: no calendar has the day `2026-11-31`"],
    ),
    "an end of a shelf life that no calendar has": (
        "data/facts/bare.yml",
        FACT.replace("unit: tokens}", "unit: tokens, holds_until: 2027-02-29}"),
        ["data/facts/bare.yml:8: `fields.tokens.holds_until`: no calendar has the day `2027-02-29`"],
    ),
    "a page reviewed on a day that no calendar has": (
        TOKENS,
        page("Tokens", "The answer.").replace("2026-11-24", "2026-09-31"),
        [f"{TOKENS}:5: `reviewed`: no calendar has the day `2026-09-31`"],
    ),
    "a price from a day that no calendar has": (
        "data/prices/acme-one.yml",
        PRICE.replace("from: 2026-01-01", "from: 2026-00-01"),
        ["data/prices/acme-one.yml:7: `periods.0.from`: `2026-00-01` is not a date; write YYYY-MM-DD"],
    ),
    "a date in words": (
        "data/facts/bare.yml",
        FACT.replace("unit: tokens", "unit: date"),
        ["data/facts/bare.yml:8: `fields.tokens`: `1400000000000.0` is not a date"],
    ),
    "a release in words": (
        "data/models/chinchilla.yml",
        MODEL.replace("2022-03-29", "spring"),
        [
            "data/models/chinchilla.yml:12: `released`: `spring` is not a date; write YYYY-MM-DD, YYYY-MM or"
            " YYYY"
        ],
    ),
    "a release on a day that no calendar has": (
        "data/models/chinchilla.yml",
        MODEL.replace("2022-03-29", "2022-02-29"),
        ["data/models/chinchilla.yml:12: `released`: no calendar has the day `2022-02-29`"],
    ),
    "a release that is a number": (
        "data/models/chinchilla.yml",
        MODEL.replace("2022-03-29", "2022.5"),
        ["data/models/chinchilla.yml:12: `released`: `2022.5` is not a date"],
    ),
    "a release without date": (
        "data/models/chinchilla.yml",
        MODEL.replace("value: 2022-03-29", "status: not-applicable"),
        ["data/models/chinchilla.yml:12: `released`: a release has a `value`, its date"],
    ),
    "a model without parameters": (
        "data/models/chinchilla.yml",
        MODEL.replace("70e9", "0"),
        ["data/models/chinchilla.yml:13: `parameters`: `0` is not a number above 0"],
    ),
    "a model that read less than nothing": (
        "data/models/chinchilla.yml",
        MODEL.replace("1.4e12", "[-1, 2]"),
        ["data/models/chinchilla.yml:14: `tokens`: `-1` is not a number above 0"],
    ),
    "a model with a bound of nothing": (
        "data/models/chinchilla.yml",
        MODEL.replace("value: 1.4e12", "value: 1.4e12, low: 0"),
        ["data/models/chinchilla.yml:14: `tokens`: `0.0` is not a number above 0"],
    ),
    "a number in words": (
        "data/models/chinchilla.yml",
        MODEL.replace("1.4e12", "many"),
        ["data/models/chinchilla.yml:14: `tokens`: `many` is not a number above 0"],
    ),
    "an accelerator without rate": (
        "data/hardware/x1.yml",
        CHIP.replace("989", "0"),
        ["data/hardware/x1.yml:10: `bf16`: `0` is not a number above 0"],
    ),
    "an accelerator without memory": (
        "data/hardware/x1.yml",
        CHIP.replace("80", "-80"),
        ["data/hardware/x1.yml:11: `memory`: `-80` is not a number above 0"],
    ),
    "a price below zero": (
        "data/prices/acme-one.yml",
        PRICE.replace("output: 5", "output: -0.15"),
        ["data/prices/acme-one.yml:8: `periods.1.output`: Input should be greater than or equal to 0"],
    ),
    "a changelog without a date": (
        "docs/about/changelog.md",
        page("Changelog", "Dated.\n\n## 25 November 2026\n\nFirst.", "about"),
        ["docs/about/changelog.md:7: the changelog has no dated heading", "## 25 Nov 2026"],
    ),
    "a change on a day that no calendar has": (
        "docs/about/changelog.md",
        page("Changelog", "Dated.\n\n## 25 Nov 2026\n\nNew.\n\n## 31 Feb 2026\n\nFirst.", "about"),
        ["docs/about/changelog.md:16: no calendar has the day `31 Feb 2026`"],
    ),
    "malformed YAML": (
        "data/facts/bare.yml",
        "title: [open\nsource: x\n",
        ["data/facts/bare.yml:", "malformed YAML"],
    ),
    "a broken link": (
        "body",
        "See [more](tokenz.md).",
        ["broken link `tokenz.md`", "did you mean `foundations/tokens.md`"],
    ),
    "a broken anchor": ("body", "See [more](tokens.md#nowhere).", ["broken anchor `tokens.md#nowhere`"]),
    "a broken anchor of the page itself": (
        "body",
        "## Why\n\nSee [why](#wy).",
        [f"{TOKENS}:16: broken anchor `#wy`", "did you mean `why`?"],
    ),
    "a broken anchor of another page": (
        "body",
        "See [more](../about/references.md#hofmann2022).",
        [f"{TOKENS}:14: broken anchor `../about/references.md#hofmann2022`", "did you mean `hoffmann2022`?"],
    ),
    "a link to a folder above the documents": (
        "body",
        "See [more](../../data/facts/reading.yml).",
        [f"{TOKENS}:14: broken link `../../data/facts/reading.yml`"],
    ),
    "a link without the ending of its file": (
        "body",
        "See [more](../about/references).",
        [f"{TOKENS}:14: broken link `../about/references`", "did you mean `about/references.md`"],
    ),
    "a link to an address in place of a file": (
        "body",
        "See [more](../about/references/).",
        [f"{TOKENS}:14: broken link `../about/references/`", "did you mean `about/references.md`"],
    ),
    "a link to the folder itself": ("body", "See [more](.).", [f"{TOKENS}:14: broken link `.`"]),
    "a link to a file that is not there": (
        "body",
        "Take [the data](../data/modles.csv).",
        [f"{TOKENS}:14: broken link `../data/modles.csv`"],
    ),
    "an image that is not there": (
        "body",
        "![A picture of a token](token.png)",
        [f"{TOKENS}:14: broken link `token.png`"],
    ),
    "an absolute link": ("body", "See [more](/tokens).", [f"{TOKENS}:14: broken link `/tokens`"]),
    "an absolute image": (
        "body",
        "![A picture of a token](/etc/hostname)",
        [f"{TOKENS}:14: absolute link `/etc/hostname`", "write it relative to the page"],
    ),
    "a page outside the nav": (
        "docs/foundations/lost.md",
        page("Lost", "The answer."),
        ["docs/foundations/lost.md", "the page is not in the nav"],
    ),
    "an image without alt text": (
        "body",
        "![](picture.png)",
        ["an image without alt text: picture.png", "write `![what it shows](path)`"],
    ),
    "a column without a heading": (
        "body",
        "| | value |\n| --- | --- |\n| a | b |",
        ["a table column without a heading"],
    ),
    "an unknown block": (
        "body",
        "/// figur | map\nReading.\n///",
        ["a block that is not recognized: `/// figur | map`", "did you mean `figure`?"],
    ),
    "a figure without its slug": (
        "body",
        "/// figure\nReading.\n///",
        ["a block that is not recognized: `/// figure` — `| slug` is missing: write `/// figure | slug`"],
    ),
    "a lab with a line and no slug": (
        "body",
        "/// lab |\nA table.\n///",
        ["`| slug` is missing: write `/// lab | slug`"],
    ),
    "a figure without its line": (
        "body",
        "/// figure references\nReading.\n///",
        ["`| slug` is missing: write `/// figure | references`"],
    ),
    "a quiz with a slug": (
        "body",
        "/// quiz | one\nWhy?\n///",
        ["a block that is not recognized: `/// quiz | one` — blocks are figure, lab, live, quiz"],
    ),
    "a margin note of an unknown term": (
        "body",
        '!!! margin "tokn"\n    Text.',
        ["a margin note defines a term, and `tokn` is none", "`token`"],
    ),
    "a figure in a margin note": (
        "body",
        '!!! margin ""\n    /// figure | references\n    All.\n    ///',
        ["a figure in a margin note", "a table of two columns"],
    ),
    "an unknown box": ("body", '!!! warning "Careful"\n    Text.', ["unknown box `!!! warning`"]),
    "a disagreement without a decision": (
        "body",
        '!!! disagree "Who?"\n    | A | B |\n    | --- | --- |\n    | 1 | 2 |\n    | why | why |',
        ["a `disagree` box without “**We use** …”"],
    ),
    "a source that nobody cites": (
        "data/sources/other2020.yml",
        SOURCE,
        ["the source `other2020` is used nowhere"],
    ),
    "a source that stands twice": (
        "data/sources/twin2022.yml",
        SOURCE,
        ["the source `twin2022` has the address of `hoffmann2022`"],
    ),
    "a company in an unknown layer": (
        "data/companies/acme.yml",
        COMPANY.replace("layer: model", "layer: modle"),
        ["data/companies/acme.yml:3: `layer`: unknown layer `modle`", "did you mean `model`?"],
    ),
    "an event without a source": (
        "data/companies/acme.yml",
        COMPANY.replace("source: hoffmann2022, where: p. 1", "where: p. 1"),
        ["data/companies/acme.yml:12: the event of 2026-05-14 has no source", "add `source: "],
    ),
    "an event without its place": (
        "data/companies/acme.yml",
        COMPANY.replace(", where: p. 1", ""),
        ["the event of 2026-05-14 has no where"],
    ),
    "events out of order": (
        "data/companies/acme.yml",
        COMPANY.replace("2026-05-14", "2027-01-01"),
        ["the events are not in the order of their dates"],
    ),
    "a company with an unknown source": (
        "data/companies/acme.yml",
        COMPANY.replace("sources: [hoffmann2022]", "sources: [hofmann2022]"),
        ["unknown source `hofmann2022`"],
    ),
    "prices whose dates overlap": (
        "data/prices/acme-one.yml",
        PRICE.replace("from: 2026-07-02", "from: 2026-03-01"),
        [
            (
                "data/prices/acme-one.yml:8: the price from 2026-03-01 overlaps the one from 2026-01-01,"
                " which holds until 2026-07-02"
            ),
            "`until` is the first day of the later",
        ],
    ),
    "a price that ends before it begins": (
        "data/prices/acme-one.yml",
        PRICE.replace("as_of: 2026-09-01", "as_of: 2026-06-01"),
        ["the period from 2026-07-02 ends before it begins"],
    ),
    "a price of nothing": (
        "data/prices/acme-one.yml",
        PRICE.replace("model: One\n", ""),
        ["a price of tokens needs `model`"],
    ),
    "a period without a price": (
        "data/prices/acme-one.yml",
        PRICE.replace("input: 1, output: 5, ", ""),
        ["the period from 2026-07-02 states no input or output"],
    ),
    "a rental with a model": (
        "data/prices/acme-one.yml",
        PRICE.replace("sells: tokens", "sells: gpu-hours\naccelerator: x1\nterms: spot"),
        ["a price of gpu-hours has no `model`"],
    ),
    "a price of an unknown company": (
        "data/prices/acme-one.yml",
        PRICE + "company: nobody\n",
        ["unknown company `nobody`"],
    ),
    "a sparse rate": (
        "data/hardware/x1.yml",
        CHIP.replace("sparsity: dense", "sparsity: sparse"),
        [
            "data/hardware/x1.yml:10: `bf16` is marked sparse where the dense rate is asked",
            "record the vendor's dense figure",
        ],
    ),
    "a rate that does not say": (
        "data/hardware/x1.yml",
        CHIP.replace(", sparsity: dense", ""),
        ["`bf16` does not say whether it is dense"],
    ),
    "an accelerator of an unknown company": (
        "data/hardware/x1.yml",
        CHIP,
        ["unknown company `acme`", "write data/companies/acme.yml"],
    ),
    "a redirect that is no path": (
        "data/redirects.yml",
        "/old: new/\n",
        ["data/redirects.yml:1: `/old` is not a site path"],
    ),
}


def test_the_project_itself_has_no_problem(project: Project) -> None:
    assert project.problems() == []


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_named_with_its_place_and_its_cure(project: Project, name: str) -> None:
    path, text, wanted = CASES[name]
    if path == "body":
        project.page(text)
    else:
        project.write(path, text)
    found = "\n".join(project.problems())
    for part in wanted:
        assert part in found
    assert [path for path in re.findall(r"fieldguide/[\w./-]*\w", found) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("label:", "lable:", "unknown key `lable` — did you mean `table` or `label`"),
        (
            "value: 42",
            "value: reading.sise",
            "there is no field `reading.sise` — did you mean `reading.size`",
        ),
        ("high: 50", "high: 0", "`x`: `high`, 0, is not above `low`, 0"),
        (
            "value: 42",
            "value: 60",
            "“The first”, 60, lies outside the scale from 0 to 50, `x.low` to `x.high`",
        ),
        ("value: 42", "value: {ratio: [1, 0]}", "it divides by 0"),
        ("{value:g%}", "{valu:g%}", "names {valu}"),
    ],
)
def test_a_figure_that_cannot_be_drawn_is_reported_once_where_it_is_written(
    project: Project, old: str, new: str, wanted: str
) -> None:
    path = write_figure("two-margins", project.root, "bars")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    project.page("/// figure | two-margins\nIt draws.\n///")
    [found] = [text for text in project.problems() if not re.search("more may follow|skeleton's text", text)]
    assert found.startswith("data/figures/two-margins.yml:") and "pydantic" not in found
    assert wanted in found


def test_words_that_leave_their_drawing_are_reported_where_it_stands(project: Project) -> None:
    path = write_figure("two-margins", project.root, "bars")
    path.write_text(
        path.read_text(encoding="utf-8").replace("The first", "The first " * 20), encoding="utf-8"
    )
    project.page("/// figure | two-margins\nIt draws.\n///")
    [found] = [text for text in project.problems() if "skeleton's text" not in text]
    assert (
        found.startswith(f"{TOKENS}:14: the figure `two-margins` cannot be drawn: “The first")
        and "Shorten the words" in found
        and "paragraph()" not in found
    )


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2022-03-29", "2022-03-29"),
        ("2022-03", "2022-03"),
        ("2022", "2022"),
        ('"2022"', "2022"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_release_is_a_day_a_month_or_a_year(project: Project, given: str, wanted: str) -> None:
    project.write("data/models/chinchilla.yml", MODEL.replace("2022-03-29", given))
    assert project.problems() == []
    assert project.index().book.models["chinchilla"].released.value == wanted


def test_a_changelog_that_is_not_there_is_reported(project: Project) -> None:
    (project.root / "docs/about/changelog.md").unlink()
    assert "docs/about/changelog.md:1: there is no changelog, which gives the site its date" in "\n".join(
        project.problems()
    )


@pytest.mark.parametrize(
    "command", [["check"], ["stale", "--before", "2027-01-01"], ["serve"], ["record-links"], ["copy", "site"]]
)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site_name: [Test\nnav: x\n", "mkdocs.yml:2: malformed YAML: "),
        ("- x\n", "mkdocs.yml:1: the settings are not a mapping"),
        ("site_name: 2026-13-45\n", "mkdocs.yml:1: malformed YAML: month must be in 1..12"),
        ("site_name: T\u202eest\n", "mkdocs.yml:1: a hidden character"),
    ],
)
def test_settings_that_cannot_be_read_are_one_line(
    project: Project, capsys: pytest.CaptureFixture[str], command: list[str], text: str, said: str
) -> None:
    project.write("mkdocs.yml", text)
    assert main(["--root", str(project.root), *command]) == 1
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("site_url: 'https://[x'\n", "mkdocs.yml:1: Invalid IPv6 URL — correct `site_url`"),
        ("nav: [{Home: {a: b}}]\n", "the nav names `{'a': 'b'}`, which is not there"),
    ],
)
def test_settings_that_mkdocs_cannot_take_are_named(
    project: Project, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    text = re.sub(
        r"^nav:\n(  .*\n)+", "", (project.root / "mkdocs.yml").read_text(encoding="utf-8"), flags=re.M
    )
    project.write("mkdocs.yml", text + line)
    assert main(["--root", str(project.root), "check"]) == 1
    assert said in "".join(capsys.readouterr())


def test_a_folder_without_a_project_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--root", str(tmp_path), "check"])
    assert "there is no mkdocs.yml in" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_before_anything_is_read(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "Site", lambda root: pytest.fail("it is read already"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["--root", str(project.root), "serve", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"port {port} is not available: ") and "make serve PORT=" in said


def test_fonts_say_what_is_to_be_installed_before_they_write_anything(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "find_spec", lambda package: None if package == "uharfbuzz" else object())
    before = sorted(project.root.rglob("*"))
    assert main(["--root", str(project.root), "fonts"]) == 1
    assert (
        "uharfbuzz is needed to cut the fonts: run `.venv/bin/pip install -e '.[fonts]'`"
        in capsys.readouterr().err
    )
    assert sorted(project.root.rglob("*")) == before


def test_the_menu_says_what_the_page_is_called(project: Project) -> None:
    text = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    project.write(
        "mkdocs.yml", text.replace("[foundations/tokens.md]", "\n    - Pieces: foundations/tokens.md")
    )
    assert project.problems() == [
        "mkdocs.yml:7: the menu calls docs/foundations/tokens.md “Pieces”, and its title is “Tokens” — make"
        " them equal, so that readers arrive at the words they clicked"
    ]
    project.write(
        "mkdocs.yml",
        text.replace(
            "[foundations/tokens.md]", "\n    - foundations/index.md\n    - Tokens: foundations/tokens.md"
        ),
    )
    project.write("docs/foundations/index.md", page("The ground", "The overview."))
    assert project.problems() == [
        "mkdocs.yml:7: the section “Foundations” opens with “The ground” — name the section by words of that"
        " title"
    ]
    project.write("docs/foundations/index.md", page("The foundations", "The overview."))
    assert project.problems() == []


def test_a_page_may_cite_what_lacks_an_input(project: Project) -> None:
    project.write("data/facts/bare.yml", FACT.replace("reading.size", "reading.sise"))
    project.page("It took [5.88×10²³ FLOP](fact:bare.budget).")
    found = "\n".join(project.problems())
    assert "`reading` has no field `sise` — did you mean `size`?" in found
    assert f"{TOKENS}:14: `bare.budget`: the record says nothing" in found


def test_a_link_to_a_draft_is_named_unless_a_draft_has_it(project: Project) -> None:
    for name in ("later", "last"):
        project.write(
            f"docs/foundations/{name}.md",
            page(name.capitalize(), "Some day: [later](later.md).").replace(
                "reviewed: 2026-11-24\n", "reviewed: 2026-11-24\nstatus: draft\n"
            ),
        )
    assert project.problems() == []
    project.page("See [more](later.md#some-day).")
    [problem] = project.problems()
    assert (
        f"{TOKENS}:14: link to a draft `later.md#some-day` — publish the draft, or take the link out"
        in problem
    )


def test_links_that_lead_somewhere_are_no_problem(project: Project) -> None:
    project.write("docs/foundations/token.png", "")
    project.page(
        "## Why\n\n![A picture of a token](token.png)\n\n[a](#why) [b](../index.md)"
        " [c](/about/references.md#hoffmann2022) [d](../data/models.csv) [e](https://example.org/x#y)"
        " <a@example.org> [f](mailto:a@example.org) [g](//example.org/x)"
        " [h](../about/references.md?sort=name#hoffmann2022)"
    )
    assert project.problems() == []
    html = project.page_html("foundations/tokens.md")
    found = re.findall(r'<(?:a|img)(?: alt="A picture of a token")? (?:href|src)="([^"]*)"', html)
    assert found[:6] == [
        "../token.png",
        "#why",
        "../../",
        "../../about/references/#hoffmann2022",
        "../../data/models.csv",
        "https://example.org/x#y",
    ]


@pytest.mark.parametrize(
    ("address", "publish", "wanted"),
    [
        ("http://127.0.0.1:8000/", "", ""),
        (
            "http://127.0.0.1:8000/",
            "true",
            "this build is to be published, and `site_url` is `http://127.0.0.1:8000/`",
        ),
        ("https://example.org/guide/", "true", ""),
    ],
)
def test_an_address_that_nobody_reaches_stops_what_is_published(
    project: Project, monkeypatch: pytest.MonkeyPatch, address: str, publish: str, wanted: str
) -> None:
    project.write(
        "mkdocs.yml", (project.root / "mkdocs.yml").read_text(encoding="utf-8") + f"site_url: {address}\n"
    )
    monkeypatch.setenv("FIELDGUIDE_PUBLISH", publish)
    found = "\n".join(project.problems())
    assert (wanted in found and "set SITE_URL" in found) if wanted else found == ""


def test_all_problems_are_reported_at_once_and_exit_status_is_one(project: Project) -> None:
    project.page("Claim [@nobody1999] and [2T](fact:reading.tokens).")
    project.write("data/facts/bare.yml", FACT.replace("source: hoffmann2022\n", ""))
    command = [sys.executable, "-m", "fieldguide", "--root", str(project.root), "check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    for part in ("nobody1999", "the page says “2T”", "`size` has no source"):
        assert part in result.stdout
    assert all(
        " — " in line
        for line in result.stdout.splitlines()
        if line.startswith(("docs/", "data/")) and "without a record" not in line
    )


@pytest.mark.whole
def test_a_strict_site_build_stops_on_the_same_problem(project: Project) -> None:
    project.page("Claim [@nobody1999].")
    project.write(
        "mkdocs.yml",
        (project.root / "mkdocs.yml").read_text(encoding="utf-8")
        + f"hooks: [{ROOT / 'fieldguide' / 'mkdocs_hooks.py'}]\n",
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    result = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "unknown citation `nobody1999`" in result.stderr


def test_a_worked_example_of_four_columns_is_refused_because_its_heads_are_hidden(project: Project) -> None:
    project.page(
        '!!! worked "A sum"\n    | quantity | how | value |\n    | --- | --- | --- |\n    | one | 1 + 1 |'
        " 2 |\n"
    )
    assert project.problems() == []
    project.page(
        '!!! worked "Two sums"\n    | quantity | how | first | second |\n    | --- | --- | --- | --- |\n    |'
        " one | 1 + 1 | 2 | 3 |\n"
    )
    (found,) = project.problems()
    assert found.startswith("docs/foundations/tokens.md:14: a worked example’s table has three columns")
