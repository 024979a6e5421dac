"""The page of search results: its form, and the list that search-page.mjs fills."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import GLOSSARY, Context
from fieldguide.text.tree import E


def render_search(context: Context, element: ET.Element) -> None:
    """The form, a status line and an empty list, hidden until the script has their sheet; without scripts the
    ways to every page.
    """
    caption = empty_block(element, "div", {"class": "fg-search-page"})
    contents = E("a", {"href": context.href("index.md")}, "contents on the front page")
    terms = (
        [E("a", {"href": context.href(GLOSSARY)}, "glossary"), ", every chapter in the "]
        if context.has_page(GLOSSARY)
        else []
    )
    ways = E(
        "p",
        {},
        "Search needs JavaScript. Without it, ",
        *(["you can find every term in the ", *terms] if terms else ["you can find every chapter in the "]),
        contents,
        ".",
    )
    field = E(
        "input",
        {
            "type": "search",
            "name": "q",
            "class": "fg-search__input",
            "maxlength": "300",
            "autocomplete": "off",
            "autocapitalize": "off",
            "spellcheck": "false",
        },
    )
    form = E(
        "form",
        {"class": "fg-search-page__form", "role": "search"},
        E("label", {}, E("span", {}, "Search the guide"), field),
        E("button", {"class": "fg-button", "type": "submit"}, "Search"),
    )
    parts = E(
        "div",
        {"class": "fg-search-page__parts", "hidden": "hidden"},
        form,
        E("p", {"class": "fg-search__count", "role": "status"}),
        E("ol", {"class": "fg-results", "aria-label": "Results"}),
    )
    element.extend([E("noscript", {}, ways), parts, caption])
