"""The Content-Security-Policy of a page: it allows only what the page uses, and inline code only by
its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.S)
_STYLE = re.compile(r"<style>(.*?)</style>", re.S)
_DATA = re.compile(r'type="application/(?:ld\+)?json"')
_PERHAPS = re.compile(r"\s(?:on[a-z]+|style)=")
"""Text that may be a banned attribute, or may only mention one."""
_BANNED = re.compile(r"<[a-z][^>]*?\s(?:on[a-z]+|style)=", re.S)


def with_policy(html: str) -> str:
    """The page with its policy as the first element of its head. Raises ValueError for styles and handlers in
    attributes, which a policy cannot allow, and for a page without a head.
    """
    banned = _BANNED.search(_SCRIPT.sub("", html)) if _PERHAPS.search(html) else None
    if banned:
        raise ValueError(f"an attribute that the policy forbids: {banned[0][:200]}")
    html, count = re.subn(
        r"<head>\s*",
        f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy_of(html)}">\n',
        html,
        count=1,
    )
    if not count:
        raise ValueError("the page has no head")
    return html


def policy_of(html: str) -> str:
    """A policy that allows exactly what the page uses."""
    scripts = _SCRIPT.findall(html)
    inline = [
        text for attributes, text in scripts if "src=" not in attributes and not _DATA.search(attributes)
    ]
    loads = any("src=" in attributes for attributes, _ in scripts)
    styles, sheet = _STYLE.findall(html), 'rel="stylesheet"' in html
    parts = {
        "default-src": ["'none'"],
        "script-src": ["'self'"] * loads + [_hash(text) for text in inline],
        "style-src": ["'self'"] * (sheet or loads) + [_hash(text) for text in styles],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"] * (bool(styles) or sheet),
        "connect-src": ["'self'"] * loads,
        "worker-src": ["'self'"] * loads,
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    return "; ".join(" ".join([name, *values]) for name, values in parts.items() if values)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
