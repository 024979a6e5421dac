"""Reference pictures of the drawings in the page, wide and narrow, and a comparison with drawings kept before
a change.

    python -m tests.drawings [SLUG…]              write the references again, of those figures or of all
    python -m tests.drawings dump FOLDER          keep every drawing and data table as they are now
    python -m tests.drawings compare [SLUG…]      say for each figure how it differs from what was kept
                    [--base FOLDER] [--show FOLDER]

The base is `drawing-base` in the system's temporary folder unless --base names another. With --show each
changed drawing is
written as a picture, before at the left and after at the right.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

import resvg_py
from PIL import Image, ImageChops

from fieldguide.drawing.drawn import Shapes
from fieldguide.outputs.outlines import document, flatten
from fieldguide.outputs.tokens import read_tokens
from fieldguide.text.tree import parse
from tests.guide import ROOT, book_for_references, drawn

FOLDER = Path(__file__).parent / "references" / "drawings"
BASE = Path(tempfile.gettempdir()) / "drawing-base"
WIDTHS = {"wide": 480, "narrow": 246}
"""Px of a reference: enough to see that a word or a mark moved by a unit or two."""
COLORS = 24
CHANGED = 40
"""A pixel has changed when a channel differs by more."""


def drawings(slug: str) -> dict[str, str]:
    """What a figure is made of, by the end of its file: -wide.svg, -medium.svg, -narrow.svg, -slide.svg and
    .table.json, or .html.
    """
    drawing = drawn(slug)
    if drawing.html is not None:
        return {".html": drawing.html}
    svgs = {
        "-wide.svg": drawing.wide,
        "-medium.svg": drawing.medium,
        "-narrow.svg": drawing.narrow,
        "-slide.svg": drawing.slide,
    }
    found = {end: shapes.svg for end, shapes in svgs.items() if shapes}
    if drawing.table is not None:
        found[".table.json"] = json.dumps(asdict(drawing.table), ensure_ascii=False, indent=1)
    return found


@cache
def _light() -> dict[str, str]:
    return read_tokens(ROOT / "overrides" / "assets" / "css" / "tokens.css")["light"]


def picture(svg: str, width: int | None = None) -> Image.Image:
    """A drawing on the paper of the light scheme, at one px a unit or `width` px across."""
    root = parse(svg)
    across, tall = (float(value) for value in root.get("viewBox", "").split()[2:])
    content = flatten(Shapes(across, tall, root), _light())
    paper = f'<rect width="{across:g}" height="{tall:g}" fill="{_light()["paper"]}"/>'
    text = document(round(across), round(tall), "", "", paper + content)
    width = width or round(across)
    drawn = resvg_py.svg_to_bytes(
        svg_string=text, width=width, height=round(width * tall / across), skip_system_fonts=True
    )
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def small(svg: str, kind: str) -> Image.Image:
    """A drawing as its reference shows it."""
    return picture(svg, WIDTHS[kind]).quantize(
        COLORS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )


def reference(slug: str, kind: str) -> Path:
    return FOLDER / f"{slug}-{kind}.png"


def difference(before: Image.Image, after: Image.Image) -> tuple[float, float]:
    """(share of pixels that changed, mean difference of all), each from 0; pictures of two sizes are laid on
    paper of the larger.
    """
    size = max(before.width, after.width), max(before.height, after.height)
    if before.size != after.size:
        before, after = (_laid(image, size) for image in (before, after))
    channels = ImageChops.difference(before.convert("RGB"), after.convert("RGB")).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    counts = most.histogram()
    total = size[0] * size[1]
    return (
        sum(counts[CHANGED + 1 :]) / total,
        sum(value * count for value, count in enumerate(counts)) / total,
    )


def _laid(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    sheet = Image.new("RGB", size, _light()["paper"])
    sheet.paste(image)
    return sheet


def words(content: str) -> list[str]:
    """The texts of a drawing or table, sorted."""
    return sorted(
        re.sub(r"<[^>]+>", "", text)
        for text in re.findall(r"<(?:text|td|th)\b[^>]*>(.*?)</(?:text|td|th)>", content, flags=re.S)
    )


def _less(these: list[str], those: list[str]) -> list[str]:
    left = list(those)
    return [text for text in these if text not in left or left.remove(text)]  # type: ignore[func-returns-value]  # remove() gives None, which is false


def compare(end: str, before: str, after: str, show: Path | None) -> str:
    """How two versions of one file of a figure differ, in words."""
    if before == after:
        return "identical"
    gone, new = _less(words(before), words(after)), _less(words(after), words(before))
    said = [f"gone: {gone}" if gone else "", f"new: {new}" if new else ""]
    if end.endswith(".svg"):
        a, b = picture(before), picture(after)
        share, _ = difference(a, b)
        if show is not None and share:
            show.parent.mkdir(parents=True, exist_ok=True)
            both = _laid(a, (a.width + b.width + 16, max(a.height, b.height)))
            both.paste(b, (a.width + 16, 0))
            both.save(show)
        size = "" if a.size == b.size else f" {a.width}×{a.height} → {b.width}×{b.height}"
        said.insert(0, "same pixels" if not share and a.size == b.size else f"{share:.2%} of pixels{size}")
    elif end == ".table.json":
        said = [str(line) for line in _changed_lines(before, after)]
    return "; ".join(part for part in said if part) or "differs in markup alone"


def _changed_lines(before: str, after: str) -> Iterator[str]:
    old, new = before.splitlines(), after.splitlines()
    yield from (f"- {line.strip()}" for line in old if line not in new)
    yield from (f"+ {line.strip()}" for line in new if line not in old)


def compare_all(slugs: list[str], base: Path, show: Path | None) -> int:
    """Print a line a file that differs, and count what does not."""
    book, same = book_for_references(), 0
    for slug in slugs or book.figures:
        kept = {
            path.name.removeprefix(slug): path
            for path in base.glob(f"{slug}*")
            if re.fullmatch(
                r"(-(wide|medium|narrow|slide)\.svg|\.table\.json|\.html)", path.name.removeprefix(slug)
            )
        }
        try:
            now = drawings(slug)
        except (ValueError, KeyError) as error:
            print(f"{slug}: cannot be drawn: {error}")
            continue
        said = {
            end: (
                compare(
                    end,
                    path.read_text(encoding="utf-8"),
                    now[end],
                    show / f"{slug}{end}.png" if show else None,
                )
                if end in now
                else "gone"
            )
            for end, path in kept.items()
        }
        said |= {end: "new" for end in now if end not in kept}
        changed = {end: text for end, text in said.items() if text != "identical"}
        same += not changed
        for end, text in sorted(changed.items()):
            print(f"{slug}{end}: {text}")
        if slugs and not changed:
            print(f"{slug}: identical")
    print(f"{same} identical")
    return 0


def dump(folder: Path) -> int:
    """Keep every drawing and table below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    book = book_for_references()
    for slug in book.figures:
        for end, content in drawings(slug).items():
            (folder / f"{slug}{end}").write_text(content, encoding="utf-8")
    return 0


def write(slugs: list[str]) -> int:
    """Write the references of `slugs`, or of all figures; then also delete those of figures that are gone."""
    book = book_for_references()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if unknown := [slug for slug in slugs if slug not in book.figures]:
        print(f"no such figure: {', '.join(unknown)}", file=sys.stderr)
        return 1
    written = set()
    for slug in slugs or book.figures:
        made = drawings(slug)
        for kind in WIDTHS:
            if svg := made.get(f"-{kind}.svg"):
                small(svg, kind).save(reference(slug, kind), optimize=True)
                written.add(reference(slug, kind))
    for path in set() if slugs else set(FOLDER.glob("*.png")) - written:
        path.unlink()
    return 0


def main(arguments: list[str]) -> int:
    options: dict[str, Path] = {}
    for name in ("--base", "--show"):
        if name in arguments:
            at = arguments.index(name)
            options[name] = Path(arguments[at + 1])
            arguments = arguments[:at] + arguments[at + 2 :]
    if arguments[:1] == ["dump"]:
        return dump(Path(arguments[1]))
    if arguments[:1] == ["compare"]:
        return compare_all(arguments[1:], options.get("--base", BASE), options.get("--show"))
    return write(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
