"""The markup of a finished page: removes what the theme leaves behind and nothing uses, removes white space,
and orders the head.
"""

from __future__ import annotations

import re

from fieldguide.text.dates import keep_dates_whole

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
"""{what only the theme's script would use: its markup}."""
SCREEN = 900
"""Characters of text that fill the first screen of a phone."""
_HOOKS = re.compile(r' data-md-(?:component|scrollfix|state)(?:="[^"]*")?')
_KEPT = re.compile(r"<(pre|textarea|script|style)\b.*?</\1>", re.S)
_MODULE = re.compile(r'(<script\b[^>]*\bsrc="[^"]+\.mjs")')
_UNSEEN = re.compile(r"<details>.*?</details>|<[^>]+>|\s+", re.S)
"""Markup that shows no text on the first screen: a chapter's folded contents, tags, white space."""
_WORDS = re.compile(
    r"<(pre|textarea|script|style|title|code|option)\b.*?</\1>|"
    r'<[^>"]*(?:"[^"]*"[^>"]*)*>|[^<]+',
    re.S,
)
"""What a page holds: elements whose text is copied, sent or never laid out in lines, tags, and text."""
_POWER = re.compile(r"(?<=[\w)])(?=<sup>−)")
_FIGURE_TITLE = re.compile(r'<p class="fg-figure__title">.*?</p>', re.S)
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"[^>]*>\s*')


def is_themed(html: str) -> bool:
    """Whether the theme made the page. Frames and redirects are complete pages of our own."""
    return 'class="md-container"' in html


def clean(html: str) -> str:
    """The page without what only the theme's script would use, and without the white space of templates.
    Raises ValueError if one of these parts is missing.
    """
    if is_themed(html):
        for words, pattern in LEFT_OVER.items():
            html, count = re.subn(pattern, "", html)
            if count != 1:
                raise ValueError(
                    f"{words} occurs {count} times instead of once: the theme has changed; correct"
                    " fieldguide/outputs/finish/markup.py"
                )
        html = _HOOKS.sub("", html)
    return (
        "".join(part if index % 2 else _flush(part) for index, part in enumerate(_split(html))).strip() + "\n"
    )


def keep_whole(html: str) -> str:
    """The page with dates that no line divides, exponents that begin with a minus beside their base, and
    “GPU-hours” whole in figures' titles. It changes only what is laid out in lines: no attribute, no data and
    nothing that is copied as code.
    """
    html = _POWER.sub("\N{WORD JOINER}", html)
    html = _FIGURE_TITLE.sub(lambda title: title[0].replace("GPU-hour", "GPU-\N{WORD JOINER}hour"), html)
    return _WORDS.sub(lambda part: part[0] if part[0].startswith("<") else keep_dates_whole(part[0]), html)


def _flush(text: str) -> str:
    """The text without white space around its line breaks, and with one line break in place of several."""
    first, *lines = text.split("\n")
    if not lines:
        return text
    last = lines.pop().lstrip()
    return "\n".join([first.rstrip(), *filter(None, map(str.strip, lines)), last])


def _split(html: str) -> list[str]:
    """The page in parts; white space matters in those with an odd index."""
    parts, end = [], 0
    for match in _KEPT.finditer(html):
        parts += [html[end : match.start()], match[0]]
        end = match.end()
    return [*parts, html[end:]]


def sheets_of(html: str) -> tuple[str, ...]:
    """The addresses of the page's style sheets, as it writes them. Empty for a page that has a sheet with
    `data-whole`, which is not finished.
    """
    return tuple(_SHEET.findall(html))


def page_kind(html: str) -> str:
    """The kind of page, which selects its list of first-screen rules: its type, or a kind of its own for a
    figure's page and for a frame.
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
    """The page without its sheets, as (what may be in the first screen, the rest). The rest begins at a
    heading of the article that a phone does not show at first, or where the article's text ends; sheet and
    scripts belong there. Raises ValueError if there is no such place.
    """
    html = _MODULE.sub(r'\1 fetchpriority="low"', _SHEET.sub("", html))
    start, end = html.find("<article"), html.find("</article>")
    if start < 0:
        start, end = html.find("<main"), html.find("</main>")
    places = (match.start() for match in re.finditer("<h2", html) if start < match.start() < end)
    place = next((place for place in places if len(_UNSEEN.sub("", html[start:place])) > SCREEN), end)
    if place < 0:
        raise ValueError(
            "the page has neither an article nor a main part: so the end of its first screen is unknown"
        )
    return html[:place], html[place:]


def with_styles(first: str, rest: str, critical: str, sheet: str) -> str:
    """The two parts as a page with the first screen's rules in its head and the whole sheet between them. The
    part above is painted without waiting for the sheet; the part below is never shown without it.
    """
    return (
        first.replace("</head>", f"<style>{critical}</style>\n</head>", 1)
        + f'<link rel="stylesheet" href="{sheet}" fetchpriority="low">\n'
        + rest
    )
