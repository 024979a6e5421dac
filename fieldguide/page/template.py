"""HTML from Jinja templates, which are beside the modules that use them."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from fieldguide.page.evidence_words import source_line
from fieldguide.records.field import show_qualified
from fieldguide.text.dates import show_date


def render_template(name: str, **values: object) -> str:
    """The HTML of the template `name`, a path below fieldguide/, with `values`. Texts are escaped; Markup and
    elements are not. An indented line of a template continues the line before it, so that templates can be
    formatted for readers.
    """
    return _ENVIRONMENT.get_template(name).render(values)


def _read(name: str) -> str:
    text = (Path(__file__).parents[1] / name).read_text(encoding="utf-8")
    return re.sub(r"\n +", "", text)


def _escaped(value: Any) -> Markup:
    """The value, escaped as everywhere else in the guide: Jinja would use other entities for
    quotation marks.
    """
    if isinstance(value, ET.Element):
        return Markup(ET.tostring(value, encoding="unicode"))
    return value if isinstance(value, Markup) else Markup(escape(str(value)))


_ENVIRONMENT = Environment(
    loader=FunctionLoader(_read),
    autoescape=True,
    finalize=_escaped,
    trim_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
)
_ENVIRONMENT.filters |= {"day": show_date, "value": show_qualified, "source_line": source_line}
