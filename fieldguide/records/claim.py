"""The pages of the ledger of claims: an overview that people write, and one made for each section whose pages
state checked numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from fieldguide.records.figure import BLOCK
from fieldguide.records.page import FrontMatter, Page

LEDGER = "data/claims.md"
"""The overview, below docs/."""
FOLDER = LEDGER.removesuffix(".md")
BEFORE = "Claims: "
"""What stands before a section's title in that of its page."""


def section_key(src: str) -> str:
    """The name of the section that a page counts to: its folder; a page beside the folders is a section of
    its own.
    """
    folder, below, _ = src.partition("/")
    return folder if below else src.removesuffix(".md").replace("index", "home")


def section_src(key: str) -> str:
    """The path below docs/ of a section's page."""
    return f"{FOLDER}/{key}.md"


def key_of(src: str) -> str:
    """The section whose claims a page lists, "" for any other page."""
    return src.removeprefix(f"{FOLDER}/").removesuffix(".md") if src.startswith(f"{FOLDER}/") else ""


def section_name(page: Page) -> str:
    """The title of the section whose claims a made page lists."""
    return page.meta.title.removeprefix(BEFORE)


def ledger_pages(
    pages: Iterable[Page], drawn: Mapping[str, object], title_of: Callable[[str], str], overview: Page
) -> dict[str, Page]:
    """A page for each section that states checked numbers, by its path below docs/.

    `pages` come in the order of the table of contents; `drawn` has for a block `/// figure | slug` that pages
    name what it shows.
    """
    stating = {slug for slug, shown in drawn.items() if "fact:" in str(shown)}
    titles: dict[str, str] = {}
    for page in pages:
        if page.meta.status != "draft" and (
            "fact:" in page.body or not stating.isdisjoint(BLOCK.findall(page.body))
        ):
            titles.setdefault(section_key(page.src), title_of(page.src) or page.meta.title)
    return {section_src(key): _page(key, title, overview) for key, title in titles.items()}


def _page(key: str, title: str, overview: Page) -> Page:
    answer = (
        f"Every checked number that {title} states, with its value, its date, its sources and the day by"
        " which it is read again."
    )
    meta = FrontMatter.model_construct(
        title=f"{BEFORE}{title}", description=answer, type="reference", reviewed=overview.meta.reviewed
    )
    body = (
        f"# {BEFORE}{title}\n\n{answer}\n\n/// figure | claims\nA record unfolds into its claims, and each"
        " claim opens a page of its own. [All claims](../claims.md) searches every section at once.\n///\n"
    )
    return Page(section_src(key), overview.path, meta, body, made=True)
