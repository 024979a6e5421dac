"""Pictures of every page type for review: `make screenshots [ARGS="--pages foundations/limits/ --site
site"]`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.chromium import LAYOUT, find
from tests.guide import ROOT
from tests.serving import serve

PAGES = [
    "",
    "ten-minutes/",
    "foundations/",
    "foundations/what-is/",
    "foundations/history/",
    "foundations/families/",
    "stack/",
    "glossary/",
    "glossary/token/",
    "data/models/",
    "about/how-we-check/",
    "about/references/",
    "404.html",
]
WIDTHS = (360, 768, 1440)


def shoot(site: Path, out: Path, pages: list[str], widths: list[int], schemes: list[str]) -> None:
    """Write <page>-<width>-<scheme>.png for every combination, whole pages."""
    out.mkdir(parents=True, exist_ok=True)
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", LAYOUT])
        for scheme in schemes:
            for width in widths:
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
                )
                page = context.new_page()
                for path in pages:
                    page.goto(address + path, wait_until="load")
                    page.evaluate("document.fonts.ready")
                    name = path.strip("/").replace("/", "_").removesuffix(".html") or "home"
                    page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=True)
                context.close()
        browser.close()


def shoot_readme(site: Path, picture: Path) -> None:
    """The first screen of the home page, for the README."""
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", LAYOUT])
        page = browser.new_page(viewport={"width": 1440, "height": 1280}, color_scheme="light")
        page.goto(address)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=picture)
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a built site; default: build one for this")
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots")
    parser.add_argument("--pages", nargs="*", default=PAGES)
    parser.add_argument("--widths", nargs="*", type=int, default=list(WIDTHS))
    parser.add_argument("--schemes", nargs="*", default=["light", "dark"])
    options = parser.parse_args()
    site = options.site
    if site is None:
        site = ROOT / "site"
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=ROOT, check=True)
    shoot(site, options.out, options.pages, options.widths, options.schemes)
    if options.pages == PAGES:
        shoot_readme(site, ROOT / ".github" / "home.png")
    print(f"pictures in {options.out}")


if __name__ == "__main__":
    main()
