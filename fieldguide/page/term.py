"""The names of terms and their mentions in running text; `mention.py` adds the links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fieldguide.records.term import Term, name_key
from fieldguide.text.names import is_acronym

NO_TERMS = {
    "summary",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "code",
    "pre",
    "figure",
    "figcaption",
    "th",
    "fieldset",
    "svg",
    "math",
    "nav",
    "script",
    "style",
    "button",
    "label",
}
"""Elements in which no term is linked, and whose numbers do not count as running text."""
NO_TERM_CLASSES = {
    "fg-kicker",
    "fg-margin__term",
    "fg-box__title",
    "fg-next",
    "fg-disagree__who",
    "fg-disagree__figure",
    "fg-cite-block",
    "fg-lab__default",
    "fg-step__number",
    "fg-step__picture",
}


class Matcher:
    """Finds term names in running text: whole words, longest first, a plural s allowed, acronyms by case."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self.by_name: dict[str, str] = {}
        for slug, term in terms.items():
            for name in term.names:
                self.by_name[name_key(name)] = slug
        self.within: dict[tuple[str | None, str], str] = {
            (term.page.meta.layer, name_key(name)): slug
            for slug, term in terms.items()
            for name in term.page.meta.aka_within
        }
        """{(layer, name): slug} for names whose meaning depends on the layer: where the subject is a
        blockchain, “token” is no piece of text.
        """
        self.manual = {slug for slug, term in terms.items() if not term.links_itself}
        names = sorted(
            {name for term in terms.values() for name in (*term.names, *term.page.meta.aka_within)},
            key=len,
            reverse=True,
        )
        spelled = [re.escape(name).replace(r"\ ", r"[\s\u00a0]+") for name in names]
        self.pattern = (
            re.compile(rf"(?<![\w-])({'|'.join(spelled)})(s|es)?(?![\w-])", re.IGNORECASE)
            if spelled
            else None
        )

    def find(
        self, text: str, layer: str | None = None, *, manual: bool = False
    ) -> Iterator[tuple[int, int, str]]:
        """(start, end, slug) for each mention on a page of `layer`, in order and without overlaps. Terms
        marked manual are skipped unless `manual` is true.
        """
        if self.pattern is None:
            return
        for match in self.pattern.finditer(text):
            name = re.sub(r"\s+", " ", match[1])
            slug = self._meant(name, layer) if is_acronym(name) else None
            slug = slug if slug is not None else self._meant(name.casefold(), layer)
            if slug and (manual or slug not in self.manual):
                yield match.start(), match.end(), slug

    def _meant(self, key: str, layer: str | None) -> str | None:
        return self.within.get((layer, key)) or self.by_name.get(key)
