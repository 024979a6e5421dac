"""A finished page's markup: what the theme leaves and nothing needs is taken out, white space, and the order
of the head.
"""

from __future__ import annotations

import re

LEFT_OVER = {
    "the theme's switch of the drawer": r'<input class="md-toggle" data-md-toggle="drawer"[^>]*>\s*',
    "the theme's switch of search": r'<input class="md-toggle" data-md-toggle="search"[^>]*>\s*',
    "the theme's veil": r'<label class="md-overlay" for="__drawer"[^>]*></label>\s*',
    "the theme's place for announcements": r'<div data-md-component="announce">\s*</div>\s*',
    "the theme's dialog": (
        r'<div class="md-dialog" data-md-component="dialog"[^>]*>\s*<div class="md-dialog__inner'
        r' md-typeset"></div>\s*</div>\s*'
    ),
}
"""What only the theme's script would use → how it reads."""
SCREEN = 900
"""Letters of text that fill the first screen of a phone."""
_HOOKS = re.compile(r' data-md-(?:component|scrollfix|state)(?:="[^"]*")?')
_KEPT = re.compile(r"<(pre|textarea|script|style)\b.*?</\1>", re.S)
_MODULE = re.compile(r'(<script\b[^>]*\bsrc="[^"]+\.mjs")')
_UNSEEN = re.compile(r"<details>.*?</details>|<[^>]+>|\s+", re.S)
"""What is no letter on the screen: the contents of a chapter, which are folded, tags, white space."""
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"[^>]*>\s*')


def is_themed(html: str) -> bool:
    """Whether the theme made the page: frames and redirects are whole pages of ours."""
    return 'class="md-container"' in html


def clean(html: str) -> str:
    """The page without what only the theme's script would use, and without the white space of templates.
    Raises ValueError for a part that is not there.
    """
    if is_themed(html):
        for words, pattern in LEFT_OVER.items():
            html, count = re.subn(pattern, "", html)
            if count != 1:
                raise ValueError(
                    f"{words} is there {count} times and should be once: the theme has changed; look at"
                    " fieldguide/outputs/finish/markup.py"
                )
        html = _HOOKS.sub("", html)
    return (
        "".join(part if index % 2 else _flush(part) for index, part in enumerate(_split(html))).strip() + "\n"
    )


def _flush(text: str) -> str:
    """The text without white space about its line breaks, and with one where there are several."""
    first, *lines = text.split("\n")
    if not lines:
        return text
    last = lines.pop().lstrip()
    return "\n".join([first.rstrip(), *filter(None, map(str.strip, lines)), last])


def _split(html: str) -> list[str]:
    """The page in parts, at odd places those whose white space means something."""
    parts, end = [], 0
    for match in _KEPT.finditer(html):
        parts += [html[end : match.start()], match[0]]
        end = match.end()
    return [*parts, html[end:]]


def sheets_of(html: str) -> tuple[str, ...]:
    """The addresses of the page's style sheets, as it writes them; one with `data-whole` is left as it is,
    and so is its page.
    """
    return tuple(_SHEET.findall(html))


def page_kind(html: str) -> str:
    """Which list of first-screen rules is the page's: its type; for a figure's own page, and for a page that
    others frame, their own.
    """
    if 'class="fg-framed"' in html:
        return "frame"
    if "fg-title--figure" in html:
        return "figure"
    match = re.search(r'data-fg-type="(\w+)"', html)
    if match is None:
        raise ValueError("the page has no data-fg-type: overrides/main.html sets it")
    return match[1]


def split_first(html: str) -> tuple[str, str]:
    """The page, without its sheets, in two: what may be in the first screen, and the rest, which begins at a
    heading of the article that a phone does not show at first, or where its text ends.

    Sheet and scripts are to come after what the first screen needs. Raises ValueError where there is no such
    place.
    """
    html = _MODULE.sub(r'\1 fetchpriority="low"', _SHEET.sub("", html))
    start, end = html.find("<article"), html.find("</article>")
    if start < 0:
        start, end = html.find("<main"), html.find("</main>")
    places = (match.start() for match in re.finditer("<h2", html) if start < match.start() < end)
    place = next((place for place in places if len(_UNSEEN.sub("", html[start:place])) > SCREEN), end)
    if place < 0:
        raise ValueError("the page has neither an article nor a main part: where does its first screen end?")
    return html[:place], html[place:]


def with_styles(first: str, rest: str, critical: str, sheet: str) -> str:
    """The two parts as a page with the rules of its first screen in its head, and between them the whole
    sheet: what stands above is painted without waiting for it, what stands below is never seen without.
    """
    return (
        first.replace("</head>", f"<style>{critical}</style>\n</head>", 1)
        + f'<link rel="stylesheet" href="{sheet}" fetchpriority="low">\n'
        + rest
    )
