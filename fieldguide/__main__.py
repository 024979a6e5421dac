"""Command line: `python -m fieldguide COMMAND`; `--help` lists the commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.exceptions import ConfigurationError

from fieldguide.commands import (
    bench,
    build,
    check,
    copy,
    critical,
    find,
    fonts,
    new,
    pdf,
    record_links,
    refresh,
    schemas,
    serve,
    source_links,
    stale,
    vendor,
    withdraw,
    word_count,
)
from fieldguide.commands.load import load_index
from fieldguide.outputs.finish.site import finish_site
from fieldguide.text.problems import counted

ROOT = Path(__file__).resolve().parent.parent
ASKED = (ConfigurationError, FileExistsError, FileNotFoundError, ValueError)
"""Errors that commands raise for a wrong request or a fault in mkdocs.yml."""


def iso_date(text: str) -> str:
    """The argument as an ISO date. Raises ArgumentTypeError with the format and an example."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"`{text}` is not a day; write YYYY-MM-DD, for example 2027-01-01"
        ) from error


def project_folder(text: str) -> Path:
    """The argument as a path. Raises ArgumentTypeError if the folder contains no project."""
    if not Path(text, "mkdocs.yml").is_file():
        raise argparse.ArgumentTypeError(f"there is no mkdocs.yml in `{text}`; name the project's folder")
    return Path(text)


@dataclass(frozen=True)
class Argument:
    """An argument of a command, as argparse defines it."""

    names: tuple[str, ...]
    settings: dict[str, object]


def argument(*names: str, **settings: object) -> Argument:
    return Argument(names, settings)


@dataclass(frozen=True)
class Command:
    """A command: its name, its purpose in words, the function that runs it and returns an exit status or
    lines to print, its arguments, and the errors that it raises for a wrong request.
    """

    name: str
    purpose: str
    run: Callable[[argparse.Namespace], int | str | Iterable[str] | None]
    arguments: tuple[Argument, ...] = ()
    faults: tuple[type[Exception], ...] = (ConfigurationError,)


def run_find(options: argparse.Namespace) -> int:
    lines, was_found = find.find(options.root, options.name)
    print("\n".join(lines))
    return 0 if was_found else 1


def run_record_links(options: argparse.Namespace) -> list[str]:
    added = record_links.record_addresses(options.root)
    return [*added, f"{counted(len(added), 'address')} added to data/links.txt"]


def run_new(options: argparse.Namespace) -> str:
    kind = options.command.removeprefix("new-")
    return str(new.write_skeleton(kind, options.name, options.root, options.topic))


NAME = argument("name", help="the slug, or a title to make one from")
DAY = {"type": iso_date, "required": True, "metavar": "YYYY-MM-DD"}
COMMANDS = (
    Command(
        "check",
        "report every problem; exit 1 if there is one",
        lambda options: check.report(options.root, numbers=options.numbers, weak=options.weak),
        (
            argument(
                "--numbers", action="store_true", help="also list the numbers in prose that no record checks"
            ),
            argument(
                "--weak",
                action="store_true",
                help="also list the prominent values without a primary source or two independent ones",
            ),
        ),
    ),
    Command(
        "build",
        "build the site strictly; if that fails, the old site is kept",
        lambda options: build.build(options.root, options.site),
        (argument("site", type=Path, nargs="?", default=Path("site"), help="the folder to build into"),),
        ASKED,
    ),
    Command(
        "find",
        "find the files of a record, term, page or figure, and the places that name it",
        run_find,
        (argument("name", help="an id, a part of one, or words of a title"),),
    ),
    Command(
        "schemas",
        "write the JSON schemas of the records and the tables of their keys, into fieldguide/records/schemas",
        lambda options: schemas.write_schemas(),
    ),
    Command(
        "bench",
        "compare builds with a stock build, and time how long edits take to show",
        lambda options: bench.report(options.root),
    ),
    Command(
        "serve",
        "serve the guide on this machine and reload pages when files change",
        lambda options: serve.serve(options.root, options.port),
        (argument("--port", type=int, default=serve.DEFAULT, help=f"the port, {serve.DEFAULT} by default"),),
        (ConfigurationError, OSError),
    ),
    Command(
        "stale",
        "list the claims due for review before a day, as Markdown",
        lambda options: stale.render_due(load_index(options.root), options.before, options.fit).splitlines(),
        (
            argument("--before", **DAY, help="the day"),
            argument(
                "--fit",
                type=int,
                metavar="CHARACTERS",
                help="keep the list shorter than this and say how many claims are left out",
            ),
        ),
    ),
    Command(
        "refresh",
        "compare the token prices with public lists and print a table; exit 1 if a list is faulty",
        lambda options: refresh.refresh(
            options.root, options.folder, options.day, write=options.write
        ).splitlines(),
        (
            argument(
                "--from",
                type=Path,
                dest="folder",
                metavar="FOLDER",
                help="read the copies in this folder (wheels of the packages, saved JSON) instead of"
                " downloading the newest wheels",
            ),
            argument(
                "--write", action="store_true", help="edit the records whose prices are the same or changed"
            ),
            argument(
                "--day",
                type=iso_date,
                default=date.today().isoformat(),
                metavar="YYYY-MM-DD",
                help="the day on which the lists are read; today by default",
            ),
        ),
        ASKED,
    ),
    Command(
        "withdraw",
        "withdraw claims: their addresses remain and say when, why and the last value",
        lambda options: withdraw.withdraw(options.root, options.names, options.why, options.day),
        (
            argument("names", nargs="+", metavar="record.field", help="the claims"),
            argument("--why", required=True, help="the reason that readers see, in one sentence"),
            argument("--day", **DAY, help="the day on which they are withdrawn"),
        ),
        ASKED,
    ),
    Command(
        "words",
        "count the visible words of each chapter and the checked numbers in its running text",
        lambda options: word_count.render_counts(load_index(options.root)).splitlines(),
    ),
    Command(
        "links",
        "request the address of every source and report problems; exit 0",
        lambda options: source_links.report(options.root, strict=options.strict),
        (argument("--strict", action="store_true", help="exit 1 if an address is gone or does not answer"),),
    ),
    Command(
        "record-links",
        "add every published address to data/links.txt; none is ever removed",
        run_record_links,
    ),
    *(
        Command(
            f"new-{kind}",
            f"write a skeleton for a {kind}",
            run_new,
            (
                NAME,
                argument(
                    "--topic", default="", help="for a source or a fact, the folder of its topic below data/"
                ),
            ),
            ASKED,
        )
        for kind in new.SKELETONS
    ),
    Command(
        "new-figure",
        "write a new figure with the example data of a kind of drawing",
        lambda options: str(new.write_figure(options.name, options.root, options.kind)),
        (
            NAME,
            argument("--kind", required=True, help="a kind of fieldguide/drawing/kinds/: bars, rows, xy …"),
        ),
        ASKED,
    ),
    Command(
        "fonts",
        "reduce the fonts again, for pages into overrides/assets/fonts and for pictures into"
        " fieldguide/outputs/static_fonts, and measure the characters of figures",
        lambda options: fonts.write_all(options.root),
        faults=(ModuleNotFoundError,),
    ),
    Command(
        "vendor",
        "download the only third-party script from npm into overrides/assets/js/vendor; its version and"
        " hash are in fieldguide/commands/vendor.py",
        lambda options: vendor.write_vendor(options.root),
        faults=ASKED,
    ),
    Command(
        "copy",
        "copy the project with its generated files, for a builder without MkDocs's hooks",
        lambda options: copy.write_copy(options.root, options.target),
        (argument("target", type=Path),),
        ASKED,
    ),
    Command(
        "finish",
        "finish a site made by another builder, as MkDocs builds do by themselves: reduced style sheets,"
        " first-screen styles, policies",
        lambda options: finish_site(options.site),
        (argument("site", type=Path),),
        ASKED,
    ),
    Command(
        "critical",
        "find the CSS rules for the first screen of each kind of page with Chromium, and write the lists"
        " that builds read",
        lambda options: critical.write_lists(options.root),
    ),
    Command(
        "pdf",
        "make the PDFs of a built site in its folder pdf/: each section, each reading path, the whole guide,"
        " the decks; and EPUBs of guide and paths in epub/",
        lambda options: pdf.write_pdfs(options.site, options.root, options.names),
        (
            argument("site", type=Path, help="the folder of the built site"),
            argument("names", nargs="*", help="only these: sections, paths, decks or guide"),
        ),
        ASKED,
    ),
)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The options, with the name of the command as `command`."""
    parser = argparse.ArgumentParser(
        prog="python -m fieldguide",
        description=(
            "Serve, check and build the guide, find and start records, list what is due, and what else `make`"
            " asks for."
        ),
    )
    parser.add_argument("--root", type=project_folder, default=ROOT, help="the project's folder")
    subparsers = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        options = subparsers.add_parser(command.name, help=command.purpose)
        for each in command.arguments:
            options.add_argument(*each.names, **each.settings)  # type: ignore[arg-type]  # as argparse says
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status. For a wrong request, print one line to stderr and
    return 1.
    """
    options = parse(arguments)
    command = next(command for command in COMMANDS if command.name == options.command)
    try:
        result = command.run(options)
    except command.faults as error:
        print(error, file=sys.stderr)
        return 1
    if isinstance(result, int):
        return result
    for line in [result] if isinstance(result, str) else result or ():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
