"""What search reads of a page: less markup, the same words."""

import pytest
from material.plugins.search.plugin import Parser

from fieldguide.lists.fill import fill
from fieldguide.outputs.search import searched
from tests.guide import guide


def sections(html: str) -> list[tuple[str | None, str, str]]:
    """(id, title, text) of each section that the theme's search makes of a page."""
    parser = Parser()
    parser.feed(html)
    parser.close()
    return [(section.id, "".join(section.title), "".join(section.text)) for section in parser.data if not section.is_excluded()]


@pytest.mark.parametrize(("html", "left"), [
    ('<h1 id="a">A</h1><section data-search-exclude=""><p>Notes <b>of</b> it</p></section><p>After</p>', '<h1 id="a">A</h1><section data-search-exclude=""></section><p>After</p>'),
    ('<p>One</p><section data-search-exclude=""><section><p>Two</p></section><p>Three</p></section>', None),
    ('<div data-search-exclude=""><h2 id="b">B</h2><table><tr><td>Two</td></tr></table></div><p>Three</p>', '<div data-search-exclude=""><h2 id="b">B</h2></div><p>Three</p>'),
    ('<p>One</p><svg><g><path d="M0 0"/><text>Two</text><line x1="0"></line></g></svg>', '<p>One</p><svg><g><text>Two</text></g></svg>'),
], ids=["passed over", "ended early", "with a heading", "shapes"])  # fmt: skip
def test_markup_is_left_out_where_search_would_drop_it(html: str, left: str | None) -> None:
    assert searched(html) == (html if left is None else left)
    assert sections(searched(html)) == sections(html)


@pytest.mark.whole
def test_search_finds_the_same_words_on_every_page() -> None:
    index = guide()
    before = after = 0
    for src in index.pages:
        html = fill(index, src)
        assert sections(searched(html)) == sections(html), src
        before, after = before + html.count("<"), after + searched(html).count("<")
    assert after < 0.5 * before, "most of the markup is left out"
