"""Command line: `python -m fieldguide COMMAND`; `--help` lists the commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
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
    links,
    new,
    pdf,
    register,
    schemas,
    serve,
    stale,
    vendor,
    withdraw,
    words,
)
from fieldguide.commands.load import load_index
from fieldguide.outputs.finish.site import finish_site
from fieldguide.text.problems import counted

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[[argparse.Namespace], int]
"""A command: it returns the exit status."""
ASKED = (FileExistsError, FileNotFoundError, ValueError)
"""What most commands raise for a fault in what was asked for."""


def iso_date(text: str) -> str:
    """A day as argparse takes it. Raises ArgumentTypeError, which names the form and an example."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"`{text}` is not a day; write YYYY-MM-DD, for example 2027-01-01"
        ) from error


def project_folder(text: str) -> Path:
    """The project's folder as argparse takes it. Raises ArgumentTypeError for one that holds no project."""
    if not Path(text, "mkdocs.yml").is_file():
        raise argparse.ArgumentTypeError(f"there is no mkdocs.yml in `{text}`; name the project's folder")
    return Path(text)


def explained(work: Callable[[], int | None], faults: tuple[type[Exception], ...] = ASKED) -> int:
    """Do it; a fault in what was asked for is one line on stderr and exit status 1. `faults` are what it
    raises then.
    """
    try:
        return work() or 0
    except faults as error:
        print(error, file=sys.stderr)
        return 1


def run_check(options: argparse.Namespace) -> int:
    return check.report(options.root, numbers=options.numbers, weak=options.weak)


def run_build(options: argparse.Namespace) -> int:
    return explained(lambda: build.build(options.root, options.site))


def run_serve(options: argparse.Namespace) -> int:
    return explained(lambda: serve.serve(options.root, options.port), (OSError,))


def run_bench(options: argparse.Namespace) -> int:
    return bench.report(options.root)


def run_find(options: argparse.Namespace) -> int:
    lines, found = find.find(options.root, options.name)
    print("\n".join(lines))
    return 0 if found else 1


def run_schemas(options: argparse.Namespace) -> int:
    print("\n".join(schemas.write_schemas()))
    return 0


def run_stale(options: argparse.Namespace) -> int:
    print(stale.render_due(load_index(options.root), options.before, options.fit), end="")
    return 0


def run_words(options: argparse.Namespace) -> int:
    print(words.render_counts(load_index(options.root)), end="")
    return 0


def run_withdraw(options: argparse.Namespace) -> int:
    return explained(
        lambda: print("\n".join(withdraw.withdraw(options.root, options.names, options.why, options.day)))
    )


def run_links(options: argparse.Namespace) -> int:
    return links.report(options.root, strict=options.strict)


def run_record_links(options: argparse.Namespace) -> int:
    added = register.record_addresses(options.root)
    print("\n".join([*added, f"{counted(len(added), 'address')} added to data/links.txt"]))
    return 0


def run_copy(options: argparse.Namespace) -> int:
    return explained(lambda: copy.write_copy(options.root, options.target))


def run_finish(options: argparse.Namespace) -> int:
    return explained(lambda: finish_site(options.site))


def run_critical(options: argparse.Namespace) -> int:
    print("\n".join(critical.write_lists(options.root)))
    return 0


def run_pdf(options: argparse.Namespace) -> int:
    return explained(lambda: pdf.write_pdfs(options.site, options.root, options.names))


def run_fonts(options: argparse.Namespace) -> int:
    return explained(lambda: fonts.write_all(options.root), (ModuleNotFoundError,))


def run_vendor(options: argparse.Namespace) -> int:
    return explained(lambda: print("\n".join(vendor.write_vendor(options.root))))


def run_new(options: argparse.Namespace) -> int:
    return explained(
        lambda: print(
            new.write_skeleton(
                options.command.removeprefix("new-"), options.name, options.root, options.topic
            )
        )
    )


def run_new_figure(options: argparse.Namespace) -> int:
    return explained(lambda: print(new.write_figure(options.name, options.root, options.kind)))


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The options, with `run`, the command's function."""
    parser = argparse.ArgumentParser(
        prog="python -m fieldguide",
        description=(
            "Serve, check and build the guide, find and start records, list what is due, and what else `make`"
            " asks for."
        ),
    )
    parser.add_argument("--root", type=project_folder, default=ROOT, help="the project's folder")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run: Run, purpose: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=purpose)
        added.set_defaults(run=run)
        return added

    options = command("check", run_check, "report every problem at once; exit 1 when there is one")
    options.add_argument(
        "--numbers", action="store_true", help="also list the numbers in prose that no record checks"
    )
    options.add_argument(
        "--weak",
        action="store_true",
        help="also list the values that stand out and have neither a primary source nor two independent ones",
    )
    options = command(
        "build", run_build, "build the site strictly; unless it succeeds, the former one stays as it was"
    )
    options.add_argument("site", type=Path, nargs="?", default=Path("site"), help="the folder to build into")
    options = command("find", run_find, "where a record, term, page or figure is, and what names it")
    options.add_argument("name", help="an id, a part of one, or words of a title")
    command(
        "schemas",
        run_schemas,
        "write the JSON schemas of the records and the tables of their keys, into fieldguide/records/schemas",
    )
    command("bench", run_bench, "how long builds and the loop of an author take")
    options = command("serve", run_serve, "serve the guide on this machine; what changes shows by itself")
    options.add_argument("--port", type=int, default=serve.DEFAULT, help=f"{serve.DEFAULT} unless given")
    options = command("stale", run_stale, "list the claims due for review before a date, as Markdown; exit 0")
    options.add_argument(
        "--before",
        type=iso_date,
        required=True,
        metavar="YYYY-MM-DD",
        help="list what is to be read again before this day",
    )
    options.add_argument(
        "--fit",
        type=int,
        metavar="CHARACTERS",
        help="stop short of this length and say how many claims are left out",
    )
    options = command(
        "withdraw",
        run_withdraw,
        "take claims back: their addresses stay and say when, why and the last value",
    )
    options.add_argument("names", nargs="+", metavar="record.field", help="the claims")
    options.add_argument("--why", required=True, help="the reason, as readers see it: one sentence")
    options.add_argument(
        "--day",
        type=iso_date,
        required=True,
        metavar="YYYY-MM-DD",
        help="the day on which they are withdrawn",
    )
    command(
        "words",
        run_words,
        "count the visible words of each chapter and the checked numbers in its running text",
    )
    options = command("links", run_links, "ask every source's address; a report, exit 0")
    options.add_argument(
        "--strict", action="store_true", help="exit 1 when an address is gone or gave no answer"
    )
    command(
        "record-links", run_record_links, "add every published address to data/links.txt; never takes one out"
    )
    for kind in new.SKELETONS:
        options = command(f"new-{kind}", run_new, f"write a skeleton for a {kind}")
        options.add_argument("name", help="the slug, or a title to make one from")
        options.add_argument(
            "--topic", default="", help="the folder of its topic below data/, for a source or a fact"
        )
    options = command("new-figure", run_new_figure, "write the example of a kind of drawing as a figure")
    options.add_argument("name", help="the slug, or a title to make one from")
    options.add_argument(
        "--kind", required=True, help="bars, rows, xy …: a kind of fieldguide/drawing/kinds/"
    )
    command(
        "fonts",
        run_fonts,
        "subset the fonts again: for the page into overrides/assets/fonts, for pictures into"
        " fieldguide/outputs/static_fonts; and measure the letters of figures",
    )
    command(
        "vendor",
        run_vendor,
        "fetch the one third-party script again, by npm, into overrides/assets/js/vendor; its version and"
        " hash stand in fieldguide/commands/vendor.py",
    )
    options = command(
        "copy", run_copy, "write a copy with the generated files in it, for a builder without MkDocs's hooks"
    )
    options.add_argument("target", type=Path)
    options = command(
        "finish",
        run_finish,
        "finish a site that another builder has made, as a build by MkDocs does by itself: one reduced sheet,"
        " first-screen styles, policies",
    )
    options.add_argument("site", type=Path)
    command(
        "critical",
        run_critical,
        "ask Chromium which rules style the first screen of each kind of page, and write the lists that"
        " builds read",
    )
    options = command(
        "pdf",
        run_pdf,
        "make the PDFs of a built site: each section and the whole guide, into its folder pdf/",
    )
    options.add_argument("site", type=Path, help="the folder of the built site")
    options.add_argument("names", nargs="*", help="only these: sections, or guide")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    return explained(lambda: int(options.run(options)), (ConfigurationError,))  # most read mkdocs.yml


if __name__ == "__main__":
    sys.exit(main())
