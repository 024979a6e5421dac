"""Every page of a built site, read by the Nu HTML Checker; what it reports and we keep is in known.txt."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
CHECKER = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
SHOWN = 5
"""Pages named for each message."""


def check(site: Path) -> list[dict[str, str]]:
    """The checker's errors and warnings about all HTML files below a folder, as it words them in JSON."""
    command = [
        "java",
        "-Xss2m",
        "-jar",
        str(CHECKER),
        "--skip-non-html",
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        str(site),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode or not result.stdout:
        sys.exit(f"the checker failed:\n{result.stderr}")
    return [
        message
        for message in json.loads(result.stdout)["messages"]
        if message["type"] != "info" or message.get("subType") == "warning"
    ]


def known(text: str) -> list[re.Pattern[str]]:
    return [re.compile(line) for line in text.splitlines() if line and not line.startswith("#")]


def sort_out(
    messages: Iterable[dict[str, str]], patterns: list[re.Pattern[str]]
) -> tuple[dict[str, list[str]], int, list[str]]:
    """({new message: pages with lines}, number of messages that are known, patterns that match nothing)."""
    new: dict[str, list[str]] = defaultdict(list)
    matched: set[re.Pattern[str]] = set()
    count = 0
    for message in messages:
        fitting = [pattern for pattern in patterns if pattern.fullmatch(message["message"])]
        matched.update(fitting)
        if fitting:
            count += 1
        else:
            new[message["message"]].append(
                f"{unquote(urlsplit(message.get('url', '')).path)}:{message.get('lastLine', 1)}"
            )
    return new, count, [pattern.pattern for pattern in patterns if pattern not in matched]


def report(site: Path) -> int:
    """Print what is new; 1 when something is, or when what is known is known no more."""
    new, count, unused = sort_out(
        check(site.resolve()), known((HERE / "known.txt").read_text(encoding="utf-8"))
    )
    for text, pages in new.items():
        print(f"{text}\n  {len(pages)} ×: {', '.join(pages[:SHOWN])}{' …' if len(pages) > SHOWN else ''}")
    for pattern in unused:
        print(f"audit/known.txt: nothing is reported that matches “{pattern}”; take it out")
    print(f"{len(new)} messages that are not known, {count} times one that is")
    return 1 if new or unused else 0
