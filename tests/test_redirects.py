"""Redirects: what is wrong with one, the page at an old address, and old anchors in Chromium."""

from __future__ import annotations

import pytest

from fieldguide.outputs.redirects import redirect_files, render_redirect
from fieldguide.records.redirect import path_between
from tests.conftest import Project

HOME = "http://127.0.0.1:8000/"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "foundations/pieces/: foundations/tokens/\nfoundations/tokens/#why:"
            " foundations/tokens/#why-they-count\nfoundations/pieces/#a:"
            " about/references/#hoffmann2022\n./#old: ./\n",
            [],
        ),
        (
            "# why\nfoundations/tokens/: about/references/\n",
            [
                "2: a redirect from `foundations/tokens/`, which is still there — delete the line, or take"
                " away what stands at that address"
            ],
        ),
        (
            "foundations/tokens/#why-they-count: about/references/\n",
            ["1: a redirect from `foundations/tokens/#why-they-count`, which is still there"],
        ),
        (
            "old/: foundations/token/\n",
            [
                "1: the redirect from `old/` leads to `foundations/token/`, which does not exist — did you"
                " mean `foundations/tokens/`"
            ],
        ),
        (
            "old/: foundations/tokens/#nowhere\n",
            ["1: the redirect from `old/` leads to `foundations/tokens/#nowhere`, which does not exist"],
        ),
        (
            "older/: old/\nold/: foundations/tokens/\n",
            [
                "1: the redirect from `older/` leads to `old/`, which has moved itself — write `older/:"
                " foundations/tokens/`"
            ],
        ),
        (
            "a/: b/\nb/: a/\n",
            [
                "1: the redirect from `a/` runs in a circle — it goes a/ → b/ → a/; name an address that"
                " exists",
                "2: the redirect from `b/` runs in a circle",
            ],
        ),
        *(
            (f'"{address}": foundations/tokens/\n', [f"1: `{address}` is not a site path"])
            for address in ("/old/", "https://example.org/", "old", "old/#a#b", "old/#", "3")
        ),
    ],
)
def test_a_redirect_goes_from_what_is_gone_to_what_is_there(
    project: Project, text: str, problems: list[str]
) -> None:
    project.page("## Why they count\n\nThey cost.")
    project.write("data/redirects.yml", text)
    found = [problem for problem in project.problems() if problem.startswith("data/redirects.yml")]
    assert len(found) == len(problems)
    for problem, begins in zip(found, problems, strict=True):
        assert problem.startswith(f"data/redirects.yml:{begins}")


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("stack/", "stack/#a", "#a"),
        ("./", "./#a", "#a"),
        ("./", "stack/", "stack/"),
        ("stack/chips/", "./", "../../"),
        ("go/x/", "data/claims/#a.b", "../../data/claims/#a.b"),
        ("stack/", "./#a", "../#a"),
    ],
)
def test_links_between_site_paths_are_relative(here: str, there: str, link: str) -> None:
    assert path_between(here, there) == link


def test_the_page_at_an_old_address_leads_on_without_javascript() -> None:
    text = render_redirect("old/name/", "foundations/what-is/#why", HOME)
    assert '<meta http-equiv="refresh" content="0; url=../../foundations/what-is/#why">' in text
    assert f'<link rel="canonical" href="{HOME}foundations/what-is/">' in text
    assert '<meta name="robots" content="noindex">' in text
    assert "<script" not in text


def test_an_anchor_cannot_end_the_script_of_its_page() -> None:
    assert "</script><b>" not in render_redirect("old/", "new/", HOME, {"</script><b>": "#a"})


def test_each_old_page_and_each_short_link_is_a_file(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(
        "data/redirects.yml", "old/: foundations/tokens/\nfoundations/tokens/#a: foundations/tokens/\n"
    )
    index = project.index()
    monkeypatch.setattr(index, "short_links", lambda: {"stack-map": "figures/stack-map/"})
    files = dict(redirect_files(index))
    assert set(files) == {"go/stack-map/index.html", "old/index.html"}
    assert 'url=../../figures/stack-map/"' in files["go/stack-map/index.html"]().decode()


def test_a_page_with_moved_anchors_loads_the_script_and_others_do_not(project: Project) -> None:
    assert "forward.mjs" not in project.html("Text.")
    project.write("data/redirects.yml", "foundations/tokens/#why: about/references/#hoffmann2022\n")
    assert (
        'data-moved="{&quot;why&quot;: &quot;../../about/references/#hoffmann2022&quot;}"'
        ' src="../../assets/js/forward.mjs"' in project.html("Text.")
    )
