"""What `experiments/` commits, and its parts that need no PyTorch; the others are tested by `make
experiments-test`.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from experiments import corpus
from experiments.bytepair import (
    END,
    FIRST_MERGE,
    MergesError,
    Tokenizer,
    load_tokenizer,
    read_merges,
    well_formed,
    write_merges,
)
from experiments.corpus import (
    Corpus,
    CorpusError,
    Synset,
    kept_sentences,
    load_left_out,
    load_synsets,
    make_corpus,
    marked,
    names_left_out,
    read_synset,
    side,
    word_hash,
)
from experiments.grid import BUDGETS, CONTEXT, LAST, REPEATS, ROWS, all_runs, rate_at
from experiments.kinds import (
    ABSTRACT,
    CONCRETE,
    COUNTS,
    NOUNS,
    Noun,
    choose_nouns,
    definitions_of,
    load_counts,
    load_nouns,
    write_nouns,
)
from experiments.manifest import MANIFEST, PACKAGES, files_of
from experiments.packing import NOTHING, Encoded, batches, encode_line, lay_row, pack
from experiments.reading import encode_small, small_ids
from experiments.strings import random_strings
from experiments.table import (
    CASTS,
    RESULTS,
    RunsError,
    TrainingRun,
    add_row,
    load_rows,
    read_rows,
    write_rows,
)
from tests.guide import ROOT

NOUN = (
    "00001740 03 n 02 entity 0 sea_horse 1 002 ~ 00001930 n 0000 ;u 06717170 n 0000 | that which is; has an"
    ' edge; "an example"  '
)


def synset(word: str, definition: str, *more: str, usage: tuple[str, ...] = (), key: str = "") -> Synset:
    return Synset(key or f"n{word_hash(word + definition)}", "n", (word, *more), definition, usage)


def held_out(start: str = "thing") -> str:
    """A definition that falls on the held-out side."""
    return next(
        text
        for text in (f"{start} number {place}" for place in itertools.count())
        if side(text) == "held-out"
    )


# ---- the nouns that a machine is judged on


COUNTED = """dog%1:05:00:: 1 42
dog%1:18:01:: 2 2
hen%1:05:02:: 1 42
bird%1:05:00:: 1 29
cow%1:05:01:: 1 20
wing%1:05:00:: 1 90
wing%1:06:01:: 2 100
Ox%1:05:00:: 1 900
sea_cow%1:05:00:: 1 900
dog%2:38:00:: 1 900
fear%1:12:00:: 1 73
joy%1:12:00:: 1 73""".splitlines()


def test_the_nouns_are_those_whose_first_sense_was_tagged_most() -> None:
    assert [noun.word for noun in choose_nouns(COUNTED)] == ["dog", "hen", "bird", "fear"]
    assert choose_nouns(COUNTED)[0] == Noun("dog", "animal", 42)


def test_there_are_forty_nouns_of_twenty_kinds(tmp_path: Path) -> None:
    nouns = load_nouns()
    assert len({noun.word for noun in nouns}) == len(nouns) == 40
    assert Counter(noun.kind for noun in nouns) == {
        **dict.fromkeys(CONCRETE.values(), 3),
        **dict.fromkeys(ABSTRACT.values(), 1),
    }
    assert NOUNS.read_text(encoding="utf-8") == write_nouns(nouns)
    with pytest.raises(CorpusError, match="not there"):
        load_counts(tmp_path)
    (tmp_path / COUNTS).write_text("dog%1:05:00:: 1 42")
    with pytest.raises(CorpusError, match="is not the file that the nouns were chosen by"):
        load_counts(tmp_path)


def test_every_sense_of_a_noun_is_known_by_its_definition() -> None:
    synsets = [synset("Dog", "a Pet"), synset("cat", "a pet too"), synset("tail", "to follow", "dog")]
    assert definitions_of(synsets, [Noun("dog", "animal", 1)]) == {"a pet", "to follow"}


# ---- the corpus


def test_example_sentences_follow_the_definition() -> None:
    line = synset("dog", 'a "good" pet; "the dog barked"; "my dog"- Twain')
    assert (line.definition, line.sentences) == ('a "good" pet', ["the dog barked", "my dog"])
    kept = [synset("dog", 'a pet; "my dog"; "my dog"'), synset("cat", 'a pet; "my dog"')]
    assert list(kept_sentences(kept, frozenset())) == [("a pet", "my dog")]
    assert list(kept_sentences(kept, frozenset({word_hash("pet")}))) == []


def test_a_line_of_the_dictionary_is_read() -> None:
    found = read_synset(NOUN, "n")
    assert (found.key, found.words, found.usage) == ("n00001740", ("entity", "sea horse"), ("n06717170",))
    assert found.definition == "that which is; has an edge"


def test_where_an_adjective_may_stand_is_no_part_of_the_word() -> None:
    assert read_synset("00001740 00 s 02 galore(ip) 0 able(p) 0 000 | so", "adj").words == ("galore", "able")
    assert read_synset("00001740 00 s 01 galore(ip) 0 000 | so", "adj").key == "a00001740"


def test_a_held_out_definition_is_read_under_no_other_word() -> None:
    text = held_out()
    made = make_corpus(
        [
            synset("one", text, "two"),
            synset("three", text),
            synset("four", text.capitalize()),
            synset("five", "seen in training, surely"),
        ],
        frozenset(),
    )
    assert made.parts["held-out"] == [f"one (n): {text}"]
    assert not any(text.lower() in line.lower() for line in made.parts["training"] + made.parts["tuning"])


def test_the_side_of_a_definition_hangs_on_nothing_else() -> None:
    sides = Counter(side(f"definition {place}") for place in range(20_000))
    assert sides == Counter(side(f"DEFINITION {place}") for place in range(20_000))
    assert sides["held-out"] / 20_000 == pytest.approx(0.03, abs=0.006)
    assert sides["tuning"] / 20_000 == pytest.approx(0.03, abs=0.006)


def test_training_has_a_line_for_every_word() -> None:
    made = make_corpus([synset("car", "a machine with wheels", "auto", "car")], frozenset())
    assert made.parts["training"] == ["car (n): a machine with wheels", "auto (n): a machine with wheels"]


def test_what_wordnet_marks_is_left_out() -> None:
    label = synset("ethnic slur", "a way of naming", key="n1")
    by_pointer, by_words = synset("x", "a person", usage=("n1",)), synset("y", "offensive term for a person")
    kept = [
        synset("slurry", "a mixture, sometimes offensive to the nose"),
        synset("z", "an offensive player"),
    ]
    assert marked([label, by_pointer, by_words, *kept]) == {by_pointer.key, by_words.key}


def test_a_listed_word_is_found_in_word_gloss_and_plural() -> None:
    listed = frozenset({word_hash("blorp")})
    for text in ("Blorp", "two blorps", "a blorp-like thing"):
        assert names_left_out(text, listed)
    assert not names_left_out("blorpy", listed)
    made = make_corpus(
        [synset("x", "like a blorp"), synset("blorp", "a thing"), synset("y", "plain")], listed
    )
    assert [line for lines in made.parts.values() for line in lines] == ["y (n): plain"]
    assert made.counts["synsets left out: a word of the list"] == 2


def test_the_list_of_words_holds_hashes_alone() -> None:
    listed = load_left_out()
    assert len(listed) > 80
    assert all(re.fullmatch(r"[0-9a-f]{16}", line) for line in listed)


def test_a_line_that_is_too_long_is_counted_and_left_out() -> None:
    made = make_corpus([synset("x", "long " * 60), synset("café", "a place")], frozenset())
    assert sum(map(len, made.parts.values())) == 0
    assert made.counts["lines left out: longer than 200 bytes or not ASCII"] == 2


def test_a_missing_or_other_dictionary_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"data\.noun: not there — install Debian's `wordnet-base`"):
        load_synsets(tmp_path)
    (tmp_path / "data.noun").write_text("other")
    with pytest.raises(CorpusError, match=r"data\.noun: is not the file .* — install"):
        load_synsets(tmp_path)


def test_the_license_of_wordnet_is_kept() -> None:
    notice = (ROOT / "experiments" / "WORDNET-LICENSE").read_text(encoding="utf-8")
    assert "WordNet 3.0 Copyright 2006 by Princeton University" in notice
    assert "the same appear on ALL copies" in re.sub(r"\s+", " ", notice)


# ---- the tokenizer


def test_the_committed_merges_are_read_and_written_alike() -> None:
    tokenizer = load_tokenizer()
    assert tokenizer.size == 2048
    assert read_merges(write_merges(list(tokenizer.merges))) == list(tokenizer.merges)
    assert len(set(tokenizer.content)) == tokenizer.size


def test_every_string_is_read_back() -> None:
    tokenizer = load_tokenizer()
    for text in random_strings(2000):
        assert tokenizer.decode(tokenizer.encode(text)) == well_formed(text)


def test_half_a_surrogate_pair_reads_as_the_replacement() -> None:
    assert well_formed("a\ud83d b\ude00 \ud83d\ude00") == "a\ufffd b\ufffd \U0001f600"


def test_merges_go_in_the_order_in_which_they_were_learned() -> None:
    tokenizer = Tokenizer(((ord("b"), ord("c")), (ord("a"), ord("b")), (ord("a"), FIRST_MERGE)))
    assert tokenizer.encode("abc") == [FIRST_MERGE + 2]
    assert tokenizer.encode("ab abc") == [FIRST_MERGE + 1, ord(" "), FIRST_MERGE + 2]
    assert tokenizer.first(2).encode("abc") == [ord("a"), FIRST_MERGE]


def test_no_merge_crosses_words_or_joins_digits() -> None:
    tokenizer = load_tokenizer()
    for content in tokenizer.content:
        assert b" " not in content[1:]
        assert not re.search(rb"[0-9].", content)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1 x", "is not two ids"),
        ("1 2 3", "is not two ids"),
        ("256 65", "not made yet"),
        ("258 65", "not made yet"),
    ],
)
def test_a_broken_line_of_merges_is_named(line: str, fault: str) -> None:
    with pytest.raises(MergesError, match=rf"merges, line 3: .*{fault}.* — write the file again"):
        read_merges(f"# heading\n65 66\n{line}\n")


def test_the_random_strings_are_the_same_and_of_every_kind() -> None:
    strings = list(random_strings(1000))
    assert strings == list(random_strings(1000)) != list(random_strings(1000, seed=1))
    everything = "".join(strings)
    for first, last in ((0x20, 0x7E), (0x4E00, 0x9FFF), (0x1F300, 0x1FAFF), (0xD800, 0xDFFF), (0x900, 0x97F)):
        assert any(first <= ord(character) <= last for character in everything)


# ---- rows


def test_lines_lie_whole_in_rows_that_are_nearly_full() -> None:
    source = random.Random(1)
    lengths = [source.randint(3, 70) for _ in range(5000)]
    rows = pack(lengths, CONTEXT)
    assert sorted(place for row in rows for place in row) == list(range(5000))
    assert all(sum(lengths[place] for place in row) <= CONTEXT for row in rows)
    assert sum(lengths) / len(rows) / CONTEXT > 0.93


def test_a_row_says_the_next_token_of_its_own_line() -> None:
    lines = [Encoded((END, 5, 6, END), 1), Encoded((END, 7, END), 1)]
    reads, says, line_of, defines = lay_row(lines, 8)
    assert reads[:5] == [END, 5, 6, END, 7]
    assert says == [5, 6, END, 7, END, *[NOTHING] * 3]
    assert line_of == [0, 0, 0, 1, 1, 2, 2, 2]
    assert defines == [False, True, True, False, True, False, False, False]


def test_the_definition_begins_behind_the_part_of_speech() -> None:
    tokenizer = load_tokenizer()
    line = encode_line("sea horse (n): (zoology) a fish", tokenizer, CONTEXT)
    assert tokenizer.decode(list(line.ids[1 : line.head + 1])) == "sea horse (n):"
    assert tokenizer.decode(list(line.ids[line.head + 1 : -1])) == " (zoology) a fish"
    assert len(encode_line("x (n): " + "a b " * 90, tokenizer, 20)) == 20


def test_an_interrupted_run_reads_the_batches_it_had_not_read() -> None:
    lines = [Encoded((END, *range(place % 7 + 2), END), 1) for place in range(300)]
    whole = list(itertools.islice(batches(lines, 24, 4, seed=3), 60))
    assert list(itertools.islice(batches(lines, 24, 4, seed=3, start=37), 23)) == whole[37:]
    assert list(itertools.islice(batches(lines, 24, 4, seed=4), 60)) != whole


def test_the_small_vocabulary_has_no_byte_that_no_line_has() -> None:
    lines = ["act (n): a deed", "add (v): to join, as one"]
    made = Corpus({"training": lines, "held-out": []}, {})
    tokenizer = load_tokenizer()
    ids = small_ids(made, 40)
    assert len(ids) == len(set(ids)) == 40
    assert [token for token in ids if token < END] == sorted(
        {byte for line in lines for byte in line.encode()}
    )
    text = encode_small(made, tokenizer, 40)
    for line, encoded in zip(lines, text.parts["training"], strict=True):
        assert tokenizer.decode([ids[token] for token in encoded.ids]) == line
    assert text.tokens("training") == sum(len(line) for line in text.parts["training"])


# ---- the grid and the table of runs


def test_the_grid_is_as_large_as_was_promised() -> None:
    runs = all_runs()
    assert len({run.name for run in runs}) == len(runs) >= 24
    sizes = [run.shape.parameters for run in runs]
    assert min(sizes) < 25_000 < 1_400_000 < max(sizes) < 1_600_000
    assert len(BUDGETS) >= 5 and all(budget in BUDGETS for budget, _, _ in REPEATS)
    for run in runs:
        assert 6 * run.shape.parameters * run.steps * ROWS * CONTEXT == pytest.approx(run.budget, rel=0.01)
        assert run.shape.width % (2 * run.shape.heads) == 0


def test_the_rate_climbs_then_falls_to_the_end_of_the_run() -> None:
    rates = [rate_at(step, 400, 0.01) for step in range(400)]
    assert max(rates) == rates[20] == pytest.approx(0.01)
    assert rates[:20] == sorted(rates[:20]) and rates[20:] == sorted(rates[20:], reverse=True)
    assert rates[-1] == pytest.approx(0.01 * LAST, rel=0.01)


def a_row(name: str = "c3e11-w16") -> TrainingRun:
    return TrainingRun(
        name,
        3e11,
        16,
        4,
        1,
        512,
        20480,
        2_441_406,
        0.37,
        1589,
        0.02,
        0,
        6.0 * 20480 * 2_441_406,
        3.9,
        3.7,
        2.4,
        3.8,
        30.5,
        "2026-11-28",
    )


def test_a_table_of_runs_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "results" / "runs.csv"
    order = [run.name for run in all_runs()]
    add_row(a_row(order[4]), order, path)
    add_row(a_row(order[1]), order, path)
    assert [row.run for row in load_rows(path)] == [order[1], order[4]]
    assert load_rows(path)[0] == a_row(order[1])
    assert load_rows(tmp_path / "none.csv") == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("20480", "x"), "line 2: invalid literal"),
        (("2441406", "2441506"), "line 2: c3e11-w16 does not have .* 6 × parameters × tokens"),
        ((",3.9,", ",-3.9,"), "line 2: c3e11-w16 does not have a positive loss"),
        (("run,budget", "name,budget"), "line 1: columns are"),
    ],
)
def test_a_broken_table_of_runs_is_named(change: tuple[str, str], fault: str) -> None:
    text = write_rows([a_row()])
    assert change[0] in text
    with pytest.raises(RunsError, match=rf"runs, {fault}.* — "):
        read_rows(text.replace(*change, 1))
    with pytest.raises(RunsError, match="stands twice — take"):
        read_rows(write_rows([a_row(), a_row()]))


def test_every_committed_run_is_one_of_the_grid() -> None:
    planned = {run.name: run for run in all_runs()}
    for row in load_rows():
        run = planned[row.run]
        assert (row.width, row.parameters, row.steps, row.seed) == (
            run.shape.width,
            run.shape.parameters,
            run.steps,
            run.seed,
        )
        assert row.peak_rate == pytest.approx(run.learning_rate, abs=1e-6)
        assert row.flop == pytest.approx(row.budget, rel=0.08)
        assert all(1 < loss < 6.3 for loss in (row.loss, row.definition_loss, row.bits_per_byte))
        assert list(CASTS) == list(vars(row))


def test_the_manifest_tells_what_the_results_were_made_from() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    assert list(manifest) == [
        "dictionary",
        "corpus",
        "versions",
        "hardware",
        "threads",
        "scaling",
        "definer",
        "files",
    ]
    assert manifest["dictionary"] == corpus.FILES
    assert re.fullmatch(r"[0-9a-f]{64}", manifest["corpus"]["sha256"])
    assert manifest["corpus"]["counts"]["synsets"] == 117_659
    pinned = (ROOT / "experiments" / "requirements.lock").read_text(encoding="utf-8")
    assert [name for name in PACKAGES if f"\n{name}=={manifest['versions'][name]}\n" not in pinned] == []
    assert re.fullmatch(r"\d+ cores of a shared \S+ server.*", manifest["hardware"])
    assert manifest["files"] == files_of(RESULTS), (
        "run `python -m experiments manifest` and commit it with the results"
    )
    rows = load_rows()
    assert manifest["scaling"] == {
        "runs": len(rows),
        "flop": pytest.approx(sum(row.flop for row in rows)),
        "seconds": round(sum(row.seconds for row in rows)),
    }


def test_what_needs_pytorch_stays_out_of_the_site() -> None:
    for room in ("fieldguide", "tests", "audit"):
        for path in (ROOT / room).rglob("*.py"):
            assert not re.search(
                r"^\s*(?:import|from) (?:torch|tokenizers|numpy|scipy)\b",
                path.read_text(encoding="utf-8"),
                flags=re.M,
            ), path
