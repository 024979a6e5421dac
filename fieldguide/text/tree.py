"""Small helpers for the element tree that Python-Markdown builds."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

from markdown.util import AtomicString


def E(tag: str, attributes: dict[str, str] | None = None, *children: ET.Element | str | None) -> ET.Element:
    """An element with its children in order; text is final (no Markdown is read in it)."""
    element = ET.Element(tag, attributes or {})
    for child in children:
        if child is None:
            continue
        if isinstance(child, str):
            if len(element):
                element[-1].tail = AtomicString((element[-1].tail or "") + child)
            else:
                element.text = AtomicString((element.text or "") + child)
        else:
            element.append(child)
    return element


def spaced(*elements: ET.Element | None) -> list[ET.Element | str]:
    """The elements that are there, with a space between any two."""
    parts = [part for element in elements if element is not None for part in (" ", element)]
    return parts[1:]


def heading_index(root: ET.Element, *words: str) -> int | None:
    """Where among the children of `root` the first second-level heading with one of these texts stands."""
    return next(
        (index for index, child in enumerate(root) if child.tag == "h2" and text_of(child).strip() in words),
        None,
    )


def parse(markup: str) -> ET.Element:
    """Well-formed HTML, SVG or MathML of our own making as one element, without namespaces.

    Raises xml.etree.ElementTree.ParseError.
    """
    markup = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", markup)
    root = ET.fromstring(
        re.sub(r"&(?!(?:amp|lt|gt|quot|apos|#\w+);)\w+;", lambda entity: html.unescape(entity[0]), markup)
    )
    for element in root.iter():
        element.text = AtomicString(element.text) if element.text else element.text
        element.tail = AtomicString(element.tail) if element.tail else element.tail
    return root


def serialize(element: ET.Element) -> str:
    """The element as XML, without a declaration."""
    return ET.tostring(element, encoding="unicode").replace(" />", "/>")


def text_of(element: ET.Element) -> str:
    """All text inside, without marks."""
    return "".join(element.itertext())


def move_children(source: ET.Element, target: ET.Element) -> None:
    """Move text and children of `source` to the end of `target`."""
    if source.text:
        if len(target):
            target[-1].tail = (target[-1].tail or "") + source.text
        else:
            target.text = (target.text or "") + source.text
    for child in list(source):
        source.remove(child)
        target.append(child)
    source.text = None


def parents(root: ET.Element) -> dict[ET.Element, ET.Element]:
    """Each element below `root` → the one that it stands in, which ElementTree does not say."""
    return {child: parent for parent in root.iter() for child in parent}


def has_class(element: ET.Element, name: str) -> bool:
    """Whether an element's `class` names `name`."""
    names = element.get("class", "")
    return name in names and name in names.split()


def with_class(root: ET.Element, name: str) -> list[ET.Element]:
    """The elements with that class, `root` included; what is no element (a comment) has no class."""
    return [element for element in root.iter() if isinstance(element.tag, str) and has_class(element, name)]


def replace(parent: ET.Element, old: ET.Element, new: ET.Element) -> None:
    """Put `new` where `old` stood, keeping the text that followed."""
    new.tail, old.tail = old.tail, None
    parent[list(parent).index(old)] = new
