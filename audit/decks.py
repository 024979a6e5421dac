"""Each deck of a built site, opened by LibreOffice: it must give a page a slide, with the slide's own words
on it.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pptx import Presentation
from pypdf import PdfReader

OFFICES = ("soffice", "libreoffice")
MISSING = (
    "LibreOffice is not installed, so no deck was opened: `apt-get install libreoffice-impress`, or its own"
    " installer, then run this again."
)


def find_office() -> str | None:
    return next((path for name in OFFICES if (path := shutil.which(name))), None)


def convert(office: str, deck: Path) -> bytes:
    """The deck as LibreOffice prints it. Exits with what it says when it prints nothing."""
    with tempfile.TemporaryDirectory() as name:
        profile = (  # so that a window that is open does not get the order
            f"-env:UserInstallation=file://{name}/profile"
        )
        result = subprocess.run(
            [office, profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(deck)],
            capture_output=True,
            text=True,
            check=False,
        )
        printed = Path(name) / f"{deck.stem}.pdf"
        if not printed.exists():
            sys.exit(f"LibreOffice could not open {deck}:\n{result.stdout}{result.stderr}")
        return printed.read_bytes()


def slide_texts(deck: bytes) -> list[list[str]]:
    """The texts of each slide, as the file holds them."""
    slides = Presentation(io.BytesIO(deck)).slides
    return [
        [
            paragraph.text
            for shape in slide.shapes
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            if paragraph.text
        ]
        for slide in slides
    ]


def compare(name: str, slides: Sequence[Sequence[str]], pages: Sequence[str]) -> list[str]:
    """What is missing from the print, a line each."""
    if len(slides) != len(pages):
        return [f"{name}: {len(slides)} slides give {len(pages)} pages"]
    lost = [
        (at, text)
        for at, (texts, page) in enumerate(zip(slides, pages, strict=True), 1)
        for text in texts
        if _letters(text) not in _letters(page)
    ]
    return [f"{name}, slide {at}: “{text}” is not on its page" for at, text in lost]


def _letters(text: str) -> str:
    """Without spaces and hyphens, which a line break adds or takes."""
    return re.sub(r"[\s\u00ad-]", "", text)


def report(site: Path) -> int:
    """Print what each deck comes to; 1 when words or pages are lost."""
    decks = sorted((site / "figures" / "decks").glob("*.pptx"))
    office = find_office()
    if office is None:
        print(MISSING)
        return 0
    lost = []
    for deck in decks:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(convert(office, deck))).pages]
        found = compare(deck.name, slide_texts(deck.read_bytes()), pages)
        print(
            "\n".join(found)
            or f"{deck.name}: {len(pages)} slides opened, every word on its page, "
            f"{deck.stat().st_size / 1e6:.1f} MB"
        )
        lost += found
    return 1 if lost else 0
