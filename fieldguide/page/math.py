"""Math: TeX in the page becomes MathML."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

from fieldguide.page.context import Context
from fieldguide.text.tree import parents, parse, replace, with_class


def render_math(here: Context, root: ET.Element) -> None:
    up = parents(root)
    for element in with_class(root, "arithmatex"):
        block = element.tag == "div"
        tex = (element.text or "").strip()
        tex = tex.removeprefix("\\[").removesuffix("\\]").removeprefix("\\(").removesuffix("\\)").strip()
        tex = tex.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        try:
            math = parse(LatexToMathML(fancy_error=False).convert_with_local_state(tex, displaystyle=block))
        except (LatexError, ET.ParseError) as error:
            here.problem(f"bad TeX `{tex[:60]}`: {error}", "mend the formula", tex[:30])
            continue
        if block:
            math.set("display", "block")
            math.set("class", "fg-math")
        replace(up[element], element, math)
