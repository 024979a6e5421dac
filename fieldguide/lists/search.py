"""The page of search results: its form, and the list that search-page.mjs fills."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.lists.html import empty_block
from fieldguide.page.context import GLOSSARY, Context
from fieldguide.text.tree import E


def render_search(here: Context, element: ET.Element) -> None:
    """The form, a status line and an empty list; without scripts the caption and the ways to every page."""
    caption = empty_block(element, "div", {"class": "fg-search-page"})
    field = E("input", {"type": "search", "name": "q", "class": "fg-search__input", "maxlength": "300", "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"})
    element.append(here.sheet("search"))
    element.append(E("form", {"class": "fg-search-page__form", "role": "search"}, E("label", {}, E("span", {}, "A question, a term, a company, a model"), field), E("button", {"class": "fg-button", "type": "submit"}, "Search")))
    element.append(E("p", {"class": "fg-search__count", "role": "status"}))
    element.append(E("ol", {"class": "fg-results", "aria-label": "Results"}))
    contents = E("a", {"href": here.href("index.md")}, "contents on the front page")
    terms = [E("a", {"href": here.href(GLOSSARY)}, "glossary"), ", every chapter in the "] if here.has_page(GLOSSARY) else []
    element.append(E("noscript", {}, E("p", {}, "The search needs JavaScript. Without it, ", *(["every term stands in the ", *terms] if terms else ["every chapter stands in the "]), contents, ".")))
    element.append(caption)
