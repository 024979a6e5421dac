"""`make audit`, which needs Java and Node: every page of a built site by the Nu HTML Checker, its decks in
LibreOffice where that is installed, then what pages cost by Lighthouse.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from audit import checker, cost, decks

HERE = Path(__file__).resolve().parent
TOOLS = {"java": "a Java runtime, 11 or newer", "node": "Node.js, 18.20 or newer", "npm": "npm"}


def install() -> None:
    """Fetch what package-lock.json names. Exits when a tool is missing."""
    missing = [what for tool, what in TOOLS.items() if not shutil.which(tool)]
    if missing:
        sys.exit(
            f"make audit needs {' and '.join(missing)}, and this machine has none; check and test do without."
        )
    installed = HERE / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=HERE,
            check=True,
            stdout=sys.stderr,
        )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument(
        "--pages", nargs="+", default=list(cost.PAGES), help="addresses below the site; / is home"
    )
    parser.add_argument("--runs", type=int, default=3, help="visits to each page; 0 asks the checker alone")
    options = parser.parse_args(arguments)
    pages = [f"{page.strip('/')}/".removeprefix("/") for page in options.pages]
    lost = [f"{page}index.html" for page in ["", *pages] if not (options.site / page / "index.html").exists()]
    if lost:
        sys.exit(
            f"{options.site} holds no {lost[0]}: `make build` makes a site, `make audit SITE=folder` takes"
            " another."
        )
    opened = decks.report(options.site)
    install()
    status = max(checker.report(options.site), opened)
    if options.runs > 0:
        cost.report(HERE.parent, options.site.resolve(), pages, options.runs)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
