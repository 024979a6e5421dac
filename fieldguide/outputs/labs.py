"""The data that a lab's script reads: labs/<slug>/lab.json, with defaults, choices, their sources
and dates.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator

from fieldguide.book import Book
from fieldguide.index import Index
from fieldguide.labs.data import lab_data
from fieldguide.outputs.exports import Make
from fieldguide.records import definer, merges, sentences
from fieldguide.records.dataset import DATASETS
from fieldguide.records.lab import FOLDER
from fieldguide.records.page import page_url
from fieldguide.records.short_links import short_link


def lab_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes it) for each lab's JSON, the merges of the tokenizer's lab with
    their notice, the packed definition machine with its stored texts, and the sentences of the lab on one
    request.
    """
    for slug in index.book.labs:
        yield f"{FOLDER}/{slug}/lab.json", functools.partial(lab_json, index, slug)
    if merges.LAB in index.book.views and index.book.tokenizer is not None:
        for name, path in (("merges.txt", merges.PATH), ("wordnet-license.txt", merges.NOTICE)):
            yield f"{FOLDER}/{merges.LAB}/{name}", (index.book.root / path).read_bytes
    machine = index.book.definer
    if definer.LAB in index.book.views and machine is not None:
        yield f"{FOLDER}/{definer.LAB}/model.bin", (index.book.root / definer.MODEL).read_bytes
        yield f"{FOLDER}/{definer.LAB}/model.json", (index.book.root / definer.SHEET).read_bytes
        yield f"{FOLDER}/{definer.LAB}/inside.json", (index.book.root / definer.INSIDE).read_bytes
        yield f"{FOLDER}/{definer.LAB}/stored.json", lambda: _json(definer.stored(machine))
    if sentences.LAB in index.book.views and index.book.sentences:
        yield f"{FOLDER}/{sentences.LAB}/sentences.json", functools.partial(sentences_json, index.book)


def sentences_json(book: Book) -> bytes:
    """What our own model stored for the sentences of the lab on one request, as JSON for that lab."""
    return _json([sentence.model_dump() for sentence in book.sentences])


def lab_json(index: Index, slug: str) -> bytes:
    """The lab's data as JSON. A number that no page cites links to its row in the table of its data set."""
    claims = {claim.id for claim in (*index.claims, *index.resting)}
    kinds = {record.slug: kind for kind, record in index.book.records()}

    def href(reference: str) -> str:
        if reference in claims:
            return short_link(reference)
        record = reference.partition(".")[0]
        kind = kinds.get(record, "facts")
        return f"{page_url(DATASETS[kind].page)}#{record}" if kind in DATASETS else ""

    return _json(lab_data(index.book, index.book.labs[slug], href))


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
