"""Converts TeX in a page to MathML."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

from fieldguide.page.context import Context
from fieldguide.text.tree import parents, parse, replace, with_class

LONGEST_TEX = 1_000
"""Characters of a formula. The converter recurses into braces without a limit of its own."""
TIGHT = "margin-left:-0.16666667em;"
r"""The style in which math-core writes `\!`."""


def render_math(context: Context, root: ET.Element) -> None:
    up = parents(root)
    for element in with_class(root, "arithmatex"):
        block = element.tag == "div"
        tex = (element.text or "").strip()
        tex = tex.removeprefix("\\[").removesuffix("\\]").removeprefix("\\(").removesuffix("\\)").strip()
        tex = tex.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        if len(tex) > LONGEST_TEX:
            context.problem(
                f"TeX of {len(tex):,} characters; a formula has at most {LONGEST_TEX:,}: `{tex[:60]}`",
                "write it as several formulas",
                tex[:30],
            )
            continue
        try:
            math = parse(LatexToMathML(fancy_error=False).convert_with_local_state(tex, displaystyle=block))
        except (LatexError, ET.ParseError) as error:
            context.problem(f"bad TeX `{tex[:60]}`: {error}", "correct the formula", tex[:30])
            continue
        for part in math.iter():
            style = part.attrib.pop("style", "")
            if style == TIGHT:
                part.set("class", "fg-tight")
            elif style:
                context.problem(
                    f"TeX that needs a style: `{tex[:60]}`",
                    "write it without colors and columns: the guide's policy allows no styles in elements",
                    tex[:30],
                )
        if block:
            math.set("display", "block")
            math.set("tabindex", "0")  # wide formulas scroll on narrow pages, by keyboard too
            math.set("class", "fg-math")
        replace(up[element], element, math)
