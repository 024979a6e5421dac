"""The short addresses below `go/`: of a figure, wherever it moves, and of a claim's page and badge."""

from __future__ import annotations


def short_link(name: str) -> str:
    """The short site path that leads to the figure `name`, wherever that moves, and at which the page of the
    claim `name` stands.
    """
    return f"go/{name}/"


def short_name(address: str) -> str:
    """The figure or claim whose short link `address` is, "" where it is no short link."""
    name = address.removeprefix("go/").removesuffix("/")
    return name if address == short_link(name) else ""


def badge_file(claim: str) -> str:
    """The path below docs/ of a claim's badge."""
    return f"{short_link(claim)}badge.svg"


def feed_file(claim: str) -> str:
    """The path below docs/ of a claim's feed."""
    return f"{short_link(claim)}feed.xml"
