"""Web addresses as a careful reader reads them: the host that is seen is the host that is asked."""

from __future__ import annotations

from urllib.parse import urlsplit

CURE = "write https:// and the host as the address bar shows it once the page is open"
"""What to write in place of an address whose host is hidden."""


def host_fault(address: str) -> str:
    """What hides the host of a web address from its readers, in words; "" where nothing does."""
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return "the address has a host that cannot be read"
    if "@" in host:
        return f"the address hides its host `{host.rpartition('@')[2]}` behind an `@`"
    if not host.isascii():
        odd = next(char for char in host if not char.isascii())
        return f"the address has a host with the letter `{odd}` (U+{ord(odd):04X}), which looks like another"
    return ""


def check_web(address: str) -> str:
    """The address unchanged. Raises ValueError unless it begins with https:// or http:// and shows its
    host.
    """
    if not address.startswith(("https://", "http://")) or not urlsplit(address).netloc:
        raise ValueError(f"`{address}` is not a web address; write https:// and the rest of it")
    if fault := host_fault(address):
        raise ValueError(f"{fault}; {CURE}")
    return address
