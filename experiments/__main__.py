"""python -m experiments COMMAND: see README.md."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from pathlib import Path

from experiments.bytepair import MERGES, load_tokenizer, write_merges
from experiments.corpus import (
    WORDNET,
    CorpusError,
    load_corpus,
    load_left_out,
    load_synsets,
    names_left_out,
)
from experiments.kinds import NOUNS, choose_nouns, load_counts, write_nouns
from experiments.strings import random_strings
from experiments.table import RunsError

WORK = Path(".cache/experiments")
"""Checkpoints of runs that have not ended; ignored by git."""


def threads(count: int) -> None:
    import torch

    torch.set_num_threads(count)
    torch.use_deterministic_algorithms(True)


def do_corpus(options: argparse.Namespace) -> None:
    corpus = load_corpus(options.wordnet)
    for name, count in corpus.counts.items():
        print(f"{count:>11,}  {name}")
    print(f"sha256 {corpus.sha256()}")


def do_tokenizer(options: argparse.Namespace) -> None:
    from experiments.train_tokenizer import learn_merges

    merges = learn_merges(load_corpus(options.wordnet).parts["training"])
    MERGES.write_text(write_merges(merges), encoding="utf-8")
    print(f"{len(merges)} merges in {MERGES.name}")


def do_pilot(options: argparse.Namespace) -> None:
    from experiments.scaling import read_small, run_pilot

    threads(options.threads)
    if not run_pilot(read_small(load_corpus(options.wordnet), load_tokenizer())):
        sys.exit(3)


def do_scaling(options: argparse.Namespace) -> None:
    from experiments.scaling import read_small, run_grid

    threads(options.threads)
    if not run_grid(read_small(load_corpus(options.wordnet), load_tokenizer()), WORK, options.until):
        sys.exit(3)


def do_held_out(options: argparse.Namespace) -> None:
    from experiments.held_out import measure_again
    from experiments.scaling import read_small

    threads(options.threads)
    if not measure_again(read_small(load_corpus(options.wordnet), load_tokenizer()), WORK):
        sys.exit(3)


def do_speed(options: argparse.Namespace) -> None:
    from experiments.speed import SpeedError, compare

    threads(1)
    try:
        print(compare())
    except SpeedError as error:
        sys.exit(str(error))


def do_fit(options: argparse.Namespace) -> None:
    from experiments.report import ReportError, write_report

    try:
        found = write_report()
    except ReportError as error:
        sys.exit(str(error))
    for name, value in found["law"].items():
        print(f"{name:>22} {value['value']:.4g} ({value['low']:.4g} to {value['high']:.4g})")


def do_definer(options: argparse.Namespace) -> None:
    from experiments.definer import export_definer, train_definer
    from experiments.reading import encode_corpus

    threads(options.threads)
    tokenizer = load_tokenizer()
    text = encode_corpus(load_corpus(options.wordnet), tokenizer)
    if not train_definer(text, tokenizer, WORK):
        sys.exit(3)
    export_definer(text, tokenizer, WORK)


def do_larger(options: argparse.Namespace) -> None:
    from experiments.larger import encode_larger, larger_corpus, larger_tokenizer, train_larger

    threads(options.threads)
    corpus = larger_corpus(load_synsets(options.wordnet), load_left_out())
    if not train_larger(encode_larger(corpus, larger_tokenizer(corpus)), WORK):
        sys.exit(3)


def do_name_kinds(options: argparse.Namespace) -> None:
    from experiments.answers import all_answers, respondents, write_sheet

    threads(options.threads)
    answers = all_answers(respondents())
    write_sheet(answers, options.file)
    for number, answer in enumerate(answers, 1):
        print(f"{number:>3}  {answer.noun}: {answer.text}")


def do_score_kinds(options: argparse.Namespace) -> None:
    from experiments.answers import SheetError, write_scores

    threads(options.threads)
    try:
        found = write_scores(options.file)
    except SheetError as error:
        sys.exit(str(error))
    for one in found:
        print(f"{one['machine']}: {one['right']} of {one['nouns']}")


def do_nouns(options: argparse.Namespace) -> None:
    nouns = choose_nouns(load_counts(options.wordnet))
    NOUNS.write_text(write_nouns(nouns), encoding="utf-8")
    print(f"{len(nouns)} nouns in {NOUNS.name}")


def do_manifest(options: argparse.Namespace) -> None:
    from experiments.manifest import write_manifest

    write_manifest(load_corpus(options.wordnet), options.threads)


def do_all(options: argparse.Namespace) -> None:
    """Everything, in order; what is there is not made again."""
    options.until = math.inf
    for do in (do_tokenizer, do_pilot, do_scaling, do_held_out, do_fit, do_definer, do_manifest):
        do(options)


def do_strings(options: argparse.Namespace) -> None:
    """A line a string: the string as JSON, which writes lone surrogates as escapes, and its ids."""
    tokenizer = load_tokenizer()
    lines = [
        json.dumps([text, tokenizer.encode(text)]) for text in random_strings(options.count, options.seed)
    ]
    options.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines):,} strings in {options.file}")


def do_is_left_out(options: argparse.Namespace) -> None:
    print("left out" if names_left_out(options.word, load_left_out()) else "not on the list")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m experiments",
        description="Train the guide's own models; README.md beside this file tells in which order.",
    )
    parser.add_argument("--wordnet", type=Path, default=WORDNET, help="folder of WordNet 3.0's data files")
    parser.add_argument(
        "--threads",
        type=int,
        default=int(os.environ.get("THREADS", "1")),
        help="of PyTorch; results are the same to the last digit only for the same number",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, do, text in (
        ("corpus", do_corpus, "count what the corpus holds"),
        ("tokenizer", do_tokenizer, "learn the merges"),
        ("pilot", do_pilot, "the short runs that chose the learning rate"),
        ("scaling", do_scaling, "the runs of the scaling law that have no row yet"),
        ("held-out", do_held_out, "make one run again, and measure how sure its held-out loss is"),
        ("fit", do_fit, "fit the law to the runs that have a row"),
        ("definer", do_definer, "train the definition machine and write its files"),
        ("larger", do_larger, "train the larger definition machine, or go on with it, and write its files"),
        ("name-kinds", do_name_kinds, "write what each machine says of the nouns on a sheet, to be judged"),
        ("score-kinds", do_score_kinds, "write the machines' scores by the filled sheet"),
        ("nouns", do_nouns, "choose the nouns that a definition machine is judged on"),
        ("manifest", do_manifest, "write what the results were made from and with"),
        ("all", do_all, "all of these, in order"),
        ("speed", do_speed, "how fast the page writes, as a ratio to PyTorch on one thread"),
        ("strings", do_strings, "write random strings and their ids, to compare a tokenizer with"),
        ("is-left-out", do_is_left_out, "whether a word is on the list of those left out"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(do=do)
        if name == "scaling":
            command.add_argument("--until", type=float, default=math.inf, help="largest budget in FLOP")
        if name in {"strings", "name-kinds", "score-kinds"}:
            command.add_argument("file", type=Path)
        if name == "strings":
            command.add_argument("--count", type=int, default=10_000)
            command.add_argument("--seed", type=int, default=17)
        if name == "is-left-out":
            command.add_argument("word")
    options = parser.parse_args()
    try:
        options.do(options)
    except (CorpusError, RunsError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
