"""The published records as the renderers see them, with computed fields worked out."""

from types import SimpleNamespace

from fieldguide.facts import Fact, compute_fields
from fieldguide.figures import Figure
from fieldguide.models import Model
from fieldguide.records import load_folder, load_record
from tests.figures.reading import ROOT


def published(slug: str) -> SimpleNamespace:
    """The figure's own record with every published fact and model; changing them changes nothing on disk."""
    figure, problems = load_record(Figure, ROOT / f"data/figures/{slug}.yml", ROOT)
    assert figure is not None and not problems, problems
    facts, problems = load_folder(Fact, ROOT / "data/facts", ROOT)
    models, more = load_folder(Model, ROOT / "data/models", ROOT)
    assert not problems + more, problems + more
    records = {**facts, **models}
    for record in records.values():
        record.inherit()
    problems = compute_fields(records)
    assert not problems, problems
    return SimpleNamespace(figures={slug: figure}, facts=facts, models=models)


def change(book: SimpleNamespace, reference: str, value: object) -> None:
    """Give a field of the book another value."""
    slug, _, name = reference.partition(".")
    record = book.facts.get(slug) or book.models[slug]
    record.set_field(name, record.own_fields()[name].model_copy(update={"value": value}))
