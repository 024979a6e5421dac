"""The tokens of an agent's loop."""

from pathlib import Path

from fieldguide.book import Book
from fieldguide.drawing.hooks.arithmetic import AgentLoop

LOOP = AgentLoop(first=2000, growth=1000, calls=40, marks=[20, 40], limit=16000, kept=4000)


def test_each_mark_has_what_was_read_in_all_and_what_of_it_had_been_sent_before(tmp_path: Path) -> None:
    compacted, sent, new = LOOP.compute(Book(tmp_path))["panels"][0]["series"]
    assert [
        (point["x"], point["value"], point["values"]["total"], point["values"]["before"])
        for point in sent["points"]
    ] == [(20, 21_000, 230_000, 209_000), (40, 41_000, 860_000, 819_000)]
    assert [point["values"]["compacted"] for point in sent["points"]] == [165_000, 379_000]
    assert sum(tokens for _, tokens in sent["curve"]) == 860_000 and [
        tokens for _, tokens in new["curve"][:3]
    ] == [2000, 1000, 1000]
    assert len(compacted["curve"]) == 40


def test_compaction_cuts_the_context_before_it_passes_the_limit(tmp_path: Path) -> None:
    found = LOOP.compute(Book(tmp_path))
    contexts = [tokens for _, tokens in found["panels"][0]["series"][0]["curve"]]
    assert max(contexts) == LOOP.limit and min(contexts[1:]) == 3000 and LOOP.kept in contexts
    assert sum(contexts) == found["values"]["saved"] == 379_000
