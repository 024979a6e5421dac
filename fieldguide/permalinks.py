"""Permanent links: the control that copies one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from fieldguide.tree import E

if TYPE_CHECKING:
    from fieldguide.markdown import Builder


def copy_link(builder: Builder, target: str, what: str, words: str = "") -> ET.Element:
    """A link to `target`, a docs-root path with or without #anchor, which copy.mjs turns into “copy this address”.

    `what` names the thing for a screen reader and for the message after copying: "the heading “Who pays”".
    `words` stand beside the icon; without them the control is the icon alone.
    """
    address = builder.book.address(target)
    control = E("a", {"class": "fg-copy" + (" fg-action" if words else ""), "href": builder.href(target), "data-copy": address, "data-copied": what}, words)
    if not words:
        control.set("aria-label", f"Link to {what}")
    return control
