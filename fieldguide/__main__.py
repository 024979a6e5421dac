"""Command line: `python -m fieldguide check | stale | links | record-links | new-term | new-source | new-fact | fonts | copy | pdf`."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from fieldguide.commands.new import KINDS, write_skeleton

ROOT = Path(__file__).resolve().parent.parent


def iso_date(text: str) -> str:
    """A day as argparse takes it. Raises ArgumentTypeError, which names the form and an example."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"`{text}` is not a day; write YYYY-MM-DD, for example 2027-01-01") from error


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m fieldguide", description="Check the guide, start a record, list what is due, record addresses, print PDFs, or copy the project for another builder.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="report every problem at once; exit 1 when there is one")
    check.add_argument("--numbers", action="store_true", help="also list the numbers in prose that no record checks")
    stale = commands.add_parser("stale", help="list the claims due for review before a date, as Markdown; exit 0")
    stale.add_argument("--before", type=iso_date, required=True, metavar="YYYY-MM-DD", help="list what is to be read again before this day")
    stale.add_argument("--fit", type=int, metavar="CHARACTERS", help="stop short of this length and say how many claims are left out")
    links = commands.add_parser("links", help="ask every source's address; a report, exit 0")
    links.add_argument("--strict", action="store_true", help="exit 1 when an address is gone or gave no answer")
    commands.add_parser("record-links", help="add every published address to data/links.txt; never takes one out")
    for kind in KINDS:
        new = commands.add_parser(f"new-{kind}", help=f"write a skeleton for a {kind}")
        new.add_argument("name", help="the slug, or a title to make one from")
    commands.add_parser("fonts", help="subset the fonts again: for the page into overrides/assets/fonts, for pictures into fieldguide/static_fonts")
    copy = commands.add_parser("copy", help="write a copy with the generated files in it, for a builder without MkDocs's hooks")
    copy.add_argument("target", type=Path)
    pdf = commands.add_parser("pdf", help="make the PDFs of a built site: each section and the whole guide, into its folder pdf/")
    pdf.add_argument("site", type=Path, help="the folder of the built site")
    pdf.add_argument("names", nargs="*", help="only these: sections, or guide")
    options = parser.parse_args(arguments)
    if options.command == "check":
        from fieldguide.commands.check import report

        return report(options.root, numbers=options.numbers)
    if options.command == "stale":
        from fieldguide.book import load_book
        from fieldguide.commands.stale import report as due

        print(due(load_book(options.root), options.before, options.fit), end="")
        return 0
    if options.command == "links":
        from fieldguide.commands import links as external

        return external.report(options.root, strict=options.strict)
    if options.command == "record-links":
        from fieldguide.commands.ledger import record

        added = record(options.root)
        print("\n".join([*added, f"{len(added)} address{'' if len(added) == 1 else 'es'} added to data/links.txt"]))
        return 0
    if options.command == "copy":
        from fieldguide.book import load_book
        from fieldguide.commands.copy import write_copy

        write_copy(load_book(options.root), options.target)
        return 0
    if options.command == "pdf":
        from fieldguide.commands.pdf import write_pdfs

        try:
            write_pdfs(options.site, options.root, options.names)
        except (FileNotFoundError, ValueError) as error:
            print(error, file=sys.stderr)
            return 1
        return 0
    if options.command == "fonts":
        from fieldguide.commands.fonts import build_fonts, build_static_fonts

        build_fonts(options.root / "overrides" / "assets" / "fonts")
        build_static_fonts()
        return 0
    try:
        print(write_skeleton(options.command.removeprefix("new-"), options.name, options.root))
    except (FileExistsError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
