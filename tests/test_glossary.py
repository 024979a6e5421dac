"""Terms match whole words, longest first, with a plural s, acronyms by case."""

from fieldguide.page.term import Matcher
from fieldguide.records.page import FrontMatter, Page
from fieldguide.records.term import load_terms, neighbors
from fieldguide.text.names import plain
from tests.conftest import TERM, Project


def terms(**names: list[str]):
    pages = []
    for title, aka in names.items():
        meta = FrontMatter(title=title.replace("_", " "), type="term", reviewed="2026-11-24", aka=aka)
        pages.append(Page(f"glossary/{title.lower()}.md", "p", meta, f"# {title}\n\nA definition.\n"))
    loaded, problems = load_terms(pages)
    assert problems == []
    return loaded


def found(text: str, **names: list[str]) -> list[str]:
    return [text[a:b] for a, b, _ in Matcher(terms(**names)).find(text)]


def test_whole_words_and_plurals_only() -> None:
    assert found("Tokens, token; tokenize, subtoken, token-like", Token=[]) == ["Tokens", "token"]


def test_the_longest_name_wins() -> None:
    assert found(
        "A large language model is a language model.", Large_language_model=[], Language_model=[]
    ) == ["large language model", "language model"]


def test_acronyms_match_by_case() -> None:
    assert found("An API, APIs, but no api.", API=[]) == ["API", "APIs"]


def test_an_alias_finds_its_term() -> None:
    assert [slug for *_, slug in Matcher(terms(Parameter=["weight"])).find("Its weights")] == ["parameter"]


def test_neighbors_are_alphabetical_and_end_with_the_list() -> None:
    loaded = terms(Beta=[], Alpha=[], Gamma=[])
    before, after, around = neighbors(loaded, "beta")
    assert before is not None and before.title == "Alpha"
    assert after is not None and after.title == "Gamma"
    assert [term.title for term in around] == ["Alpha", "Beta", "Gamma"]
    assert neighbors(loaded, "alpha")[0] is None


def test_a_definition_is_plain_text_with_typographic_quotes() -> None:
    assert plain("It's a *model's* \"weight\", see [Token](token.md)") == "It’s a model’s “weight”, see Token"


def test_a_term_that_does_not_link_itself_still_leads_to_the_page_whose_heading_names_it(
    project: Project,
) -> None:
    project.write(
        "docs/glossary/heat.md",
        TERM.replace("Token", "Heat")
        .replace("aka: [subword]\n", "status: manual\n")
        .replace("token", "heat"),
    )
    project.page("Text.\n\n## Heat flattens the odds\n\nHeat in the text.")
    assert project.problems() == []
    index = project.index()
    assert [page.src for page in index.pages_naming("heat")] == ["foundations/tokens.md"]
    assert "glossary/heat/#where-the-guide-uses-it" in index.published()
    assert "glossary/heat" not in project.html("Text.\n\n## Heat flattens the odds\n\nHeat in the text.")


COIN = (
    TERM.replace("Token", "Crypto token")
    .replace("layer: model", "layer: crypto")
    .replace("aka: [subword]", "aka_within: [token]")
    .replace("[Crypto token](token.md)", "[Crypto token](coin.md)")
)


def test_on_pages_of_one_layer_a_name_can_mean_what_that_layer_means_by_it(project: Project) -> None:
    project.write("docs/glossary/coin.md", COIN)
    text = "An answer.\n\nTokens are sold for money."
    assert project.problems() == []
    assert 'href="../../glossary/token/"' in project.html(text)
    project.page(text, extra="layer: crypto\n")
    assert project.problems() == []
    html = project.page_html("foundations/tokens.md")
    assert ">Tokens</a>" in html and 'data-note="note-coin"' in html and 'data-note="note-token"' not in html


def test_a_meaning_of_one_layer_is_one_terms(project: Project) -> None:
    project.write("docs/glossary/coin.md", COIN)
    project.write("docs/glossary/chip.md", COIN.replace("Crypto token", "Chip").replace("coin.md", "chip.md"))
    assert any(
        "the name “token” belongs to docs/glossary/chip.md already" in problem
        for problem in project.problems()
    )
    project.write(
        "docs/glossary/chip.md",
        COIN.replace("Crypto token", "Chip").replace("coin.md", "chip.md").replace("layer: crypto\n", ""),
    )
    assert any("`aka_within` is for terms that have a `layer`" in problem for problem in project.problems())
