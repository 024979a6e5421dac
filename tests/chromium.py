"""The browser of the tests: Debian's headless Chromium, which makes a tab in half the time, else an installed
Chromium, else Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from fieldguide.commands.pdf import find_browser

HEADLESS = "chromium-headless-shell"
LAYOUT = "--font-render-hinting=none"
"""Letters stand where they do in a window; without it, headless Chromium rounds their widths to pixels."""


def find() -> str | None:
    """The path of an installed browser, or None where Playwright is to use its own."""
    return shutil.which(HEADLESS) or find_browser()


def install() -> None:
    """Make sure that a browser is there. Raises CalledProcessError when none can be had."""
    if shutil.which(HEADLESS):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        for package in (HEADLESS, "chromium"):  # the first is in Debian alone
            command = ["apt-get", "install", "-y", "-qq", package]
            if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0:
                return
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    install()
    print(f"browser: {find() or 'Playwright’s Chromium'}")
