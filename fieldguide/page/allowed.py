"""The tags, attributes and schemes of addresses that a page's Markdown may produce; nothing else reaches the
site.

The check walks the tree that Markdown made of the page, so no syntax gets around it, and the pieces that
Markdown keeps as written: HTML, entities, code. Anything else is reported and removed, so a preview is as
safe as the published site.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from markdown.util import AMP_SUBSTITUTE, ETX, STX

from fieldguide.page.context import Context
from fieldguide.page.syntax import Written
from fieldguide.text.addresses import CURE, host_fault
from fieldguide.text.letters import hidden
from fieldguide.text.problems import closest

TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "figure",
        "fieldset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "input",
        "kbd",
        "label",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "wbr",
    ]
)
"""Tags that Markdown makes, including those of our own blocks."""
WRITTEN = ("br", "kbd", "sub", "sup", "wbr")
"""Tags that may be written as HTML in Markdown, without attributes."""
EVERYWHERE = frozenset(("class", "id"))
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "input": {"type", "name", "checked"},
    "label": {"for"},
    "p": {"data-sheet", "data-sheet-back"},
    "figure": {"data-figure", "data-live"},
    "section": {"data-lab"},
    "fieldset": {"data-quiz"},
    "span": {"data-cite"},
}
"""{tag: its attributes}, besides those allowed everywhere."""
SCHEMES = ("https", "http", "mailto", "fact")
"""Schemes of links; images are always files of the guide."""
PLAIN = re.compile(r"[\w .:/-]*")
"""A class or an id, which can contain nothing that ends an attribute."""
RESERVED = "fg-"
"""How the ids of the frame around a page begin, which scripts look up."""
JOINER = "U+2060"
"""The word joiner, which may be written as an entity so that its author sees it."""
ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
_TAG = re.compile(r"</?([^\s<>/]+)([^<>]*)")
"""A tag as written: its name, and the rest of its text."""
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", flags=re.S)


def check_allowed(context: Context, root: ET.Element, written: Written) -> None:
    """Report and remove everything that is not on the lists. `written` are the pieces that Markdown keeps as
    written and inserts at the end.
    """
    _check_tree(context, root)
    for index, kept_html in enumerate(written):
        if isinstance(kept_html, str):
            written[index] = _written(context, kept_html)
        else:
            _check_tree(context, kept_html)


def _check_tree(context: Context, root: ET.Element) -> None:
    for element in root.iter():
        if element.tag not in TAGS:
            _refuse_tag(context, str(element.tag))
            element.tag = "span"
        for name, raw in list(element.items()):
            value = raw or ""  # `{word}` in a page is an attribute without a value
            element.set(name, value)
            fault = _fault(element.tag, name, value)
            if fault:
                context.problem(
                    f'{fault[0]}: `{name}="{_plain(value)[:60]}"`',
                    fault[1],
                    context.page.first_of(
                        _plain(value),
                        value,
                        f" {name}=",
                        f"{{{name}",
                        f"{{: {name}",
                        "---:",
                        ":---",
                        "-:",
                        ":-",
                    ),
                )
                element.attrib.pop(name)


def check_ids(context: Context, root: ET.Element) -> None:
    """Report ids that stand twice in a finished page, where a link finds only the first of them, and headings
    whose words make an id of the site's frame.
    """
    seen: set[str] = set()
    for element in root.iter():
        uid = element.get("id", "")
        if uid and uid in seen:
            context.problem(
                f"the id `{uid}` stands twice in the page",
                "give one of the two another id, `{: #other-id }`",
                context.page.first_of(f"#{uid}", uid),
                1,
            )
        if re.fullmatch("h[1-6]", str(element.tag)) and uid.startswith(RESERVED):
            context.problem(
                f"a heading whose id would be `{uid}`, as one of the site's frame",
                "reword it, or give it an id, `{: #other-id }`",
            )
        seen.add(uid)


def scheme(address: str) -> str:
    """The scheme of an address as a browser reads it, "" for a relative address."""
    match = re.match(r"([a-z][a-z\d+.-]*):", re.sub(r"[\x00-\x20]", "", _plain(address)).lower())
    return match[1] if match else ""


def _plain(value: str) -> str:
    """An attribute's value as a browser reads it: Markdown leaves entities in place and marks characters
    after a backslash.
    """
    return html.unescape(ESCAPED.sub(lambda mark: chr(int(mark[1])), value.replace(AMP_SUBSTITUTE, "&")))


def _fault(tag: str, name: str, value: str) -> tuple[str, str] | None:
    """(fault, cure) for an attribute, None if it is allowed."""
    if name not in EVERYWHERE and name not in ATTRIBUTES.get(tag, ()):
        if name == "style" and tag in ("td", "th"):
            return (
                "a column that is aligned by hand",
                "write `---` under its head: the guide's tables align themselves",
            )
        return f"an attribute that pages do not allow on `{tag}`", "leave it out; " + _known(tag)
    if name == "href" and scheme(value) not in ("", *SCHEMES):
        return (
            "a link with a scheme that pages do not take",
            f"link a page, a file, or an address with {', '.join(SCHEMES[:3])}",
        )
    if name == "href" and (hidden_host := host_fault(_plain(value))):
        return f"a link whose address misleads: {hidden_host}", CURE
    if name == "src" and (scheme(value) or re.match(r"[/\\]{2}", _plain(value).strip())):
        return "an image from elsewhere", "put the file beside the page and name its path"
    if name in EVERYWHERE and not PLAIN.fullmatch(value):
        return f"{'an' if name == 'id' else 'a'} {name} that is no word", "use letters, digits and hyphens"
    if name == "id" and value.startswith(RESERVED):
        return f"an id that begins with `{RESERVED}`, as those of the site's frame do", "choose another id"
    return None


def _known(tag: str) -> str:
    return f"`{tag}` takes {', '.join(sorted(EVERYWHERE | ATTRIBUTES.get(tag, set())))}"


def _refuse_tag(context: Context, tag: str, near: str = "") -> None:
    hint = (
        closest(tag, WRITTEN)
        or f"write it in Markdown, or as text between backticks; of HTML pages take {', '.join(WRITTEN)},"
        " without attributes"
    )
    context.problem(
        f"HTML that pages do not allow: `<{tag}>`",
        hint,
        context.page.first_of(near, f"<{tag}", f"</{tag}", f"<{tag.upper()}"),
    )


# ---- what Markdown keeps as it is written


def _written(context: Context, text: str) -> str:
    """The HTML for a piece that Markdown keeps as written: an entity, a tag of WRITTEN or highlighted code
    stays, a comment is dropped, anything else is shown as text.
    """
    text = COMMENT.sub("", text)
    if "<" not in text:
        for _, char in hidden(html.unescape(text)):
            if not char.startswith(JOINER):
                context.problem(
                    f"a hidden character, {char}: `{text}`", "delete it, or write what can be seen", text
                )
                return ""
        return text
    if _is_code(text):
        return text
    left = re.sub(rf"</?(?:{'|'.join(WRITTEN)}) ?/?>", "", text, flags=re.I)
    if "<" not in left:
        return text
    first_line = left.strip().split("\n")[0]
    tags = [(name.lower() if name.isalpha() else name, rest.strip(" /")) for name, rest in _TAG.findall(left)]
    for tag in dict.fromkeys(name for name, _ in tags):
        if tag in WRITTEN and any(name == tag and attributes for name, attributes in tags):
            near = context.page.first_of(first_line)
            context.problem(f"`<{tag}>` with attributes", f"write `<{tag}>` alone", near)
        else:
            _refuse_tag(context, tag, first_line)
    return html.escape(text)


def _is_code(text: str) -> bool:
    """Whether it is the highlighter's output for code: well-formed boxes and spans with classes."""
    try:
        box = ET.fromstring(text.strip())
    except ET.ParseError:
        return False
    return (
        all(
            element.tag in ("div", "pre", "code", "span") and _only_class(element.attrib.items())
            for element in box.iter()
        )
        and box.find(".//code") is not None
    )


def _only_class(attributes: Iterable[tuple[str, str]]) -> bool:
    return all(name in EVERYWHERE and PLAIN.fullmatch(value) for name, value in attributes)
