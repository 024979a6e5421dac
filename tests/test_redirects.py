"""Redirects: what is wrong with one, the page at an old address, and old anchors in Chromium."""

from __future__ import annotations

import pytest

from fieldguide.outputs.redirects import redirect_files, render_redirect
from fieldguide.records.redirect import path_between
from tests.conftest import Project

HOME = "http://127.0.0.1:8000/"


def about_redirects(project: Project, text: str) -> list[str]:
    project.write("data/redirects.yml", text)
    return [problem for problem in project.problems() if problem.startswith("data/redirects.yml")]


def test_a_page_an_anchor_and_a_page_that_is_gone_may_be_redirected(project: Project) -> None:
    project.page("## Why they count\n\nThey cost.")
    assert (
        about_redirects(
            project,
            "foundations/pieces/: foundations/tokens/\nfoundations/tokens/#why:"
            " foundations/tokens/#why-they-count\nfoundations/pieces/#a:"
            " about/references/#hoffmann2022\n./#old: ./\n",
        )
        == []
    )


def test_a_redirect_from_what_is_still_there_is_a_problem(project: Project) -> None:
    assert about_redirects(project, "# why\nfoundations/tokens/: about/references/\n") == [
        "data/redirects.yml:2: a redirect from `foundations/tokens/`, which is still there — delete the line,"
        " or take away what stands at that address"
    ]
    project.page("## Why they count\n\nThey cost.")
    [problem] = about_redirects(project, "foundations/tokens/#why-they-count: about/references/\n")
    assert "a redirect from `foundations/tokens/#why-they-count`, which is still there" in problem


def test_a_redirect_to_what_is_not_there_names_what_is(project: Project) -> None:
    [problem] = about_redirects(project, "old/: foundations/token/\n")
    assert problem.startswith(
        "data/redirects.yml:1: the redirect from `old/` leads to `foundations/token/`, which is not there —"
        " did you mean `foundations/tokens/`"
    )
    [problem] = about_redirects(project, "old/: foundations/tokens/#nowhere\n")
    assert "leads to `foundations/tokens/#nowhere`, which is not there" in problem


def test_a_redirect_through_another_names_the_end(project: Project) -> None:
    [problem] = about_redirects(project, "older/: old/\nold/: foundations/tokens/\n")
    assert (
        problem
        == "data/redirects.yml:1: the redirect from `older/` leads to `old/`, which has moved itself — write"
        " `older/: foundations/tokens/`"
    )


def test_redirects_in_a_circle_show_the_way(project: Project) -> None:
    found = about_redirects(project, "a/: b/\nb/: a/\n")
    assert (
        found[0]
        == "data/redirects.yml:1: the redirect from `a/` runs in a circle — it goes a/ → b/ → a/; name the"
        " address that is there"
    )
    assert len(found) == 2


@pytest.mark.parametrize("address", ["/old/", "https://example.org/", "old", "old/#a#b", "old/#", "3"])
def test_an_address_that_is_no_site_path_is_a_problem(project: Project, address: str) -> None:
    assert (
        f"`{address}` is not a site path"
        in about_redirects(project, f'"{address}": foundations/tokens/\n')[0]
    )


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
