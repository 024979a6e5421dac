"""Reduces the fonts to the characters that the guide uses, and measures those used in figures.

The unmodified fonts come from packages on PyPI (SIL Open Font License). The resulting WOFF2 files are
committed, so a build of the site needs neither this module nor the packages.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from fieldguide.book import load_book
from fieldguide.drawing.measure import WIDTHS
from fieldguide.drawing.pictures import token_cuts
from fieldguide.outputs.fonts import STATIC

BASIC_LATIN = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0"
LATIN_1 = "".join(map(chr, range(0xA1, 0x100)))
QUOTES_AND_DASHES = "‘’“”–—…·‑"
TITLE_RARE = "\"#'*<>@[\\]^_`{|}~"
"""Signs of Basic Latin that titles do not have today. They are in the file of the accents."""
TITLE_ACCENTS = "ÅÉÖÜàáâäåçèéêëíïñóôöøúüß×"
TEXT_COMMON = "×−÷±≈≤≥√←→©·•°¼½¾€²³¹⁰⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂αβÄáäçćèéêíñńóöü"
"""Characters that many pages have, besides letters and quotes. The other characters of the text font are in a
file that a page loads only if it has one of them.
"""
TEXT_EXTRA = (
    "ĀāĆćČčĐđĒēĞğĪīİıŁłŃńŌōŒœŘřŚśŞşŠšŪūŹźŻżŽž"
    "‹›„†‡•‰€™−×÷±≈≠≤≥∞√∑∂⁄ℓ"
    "←↑→↓↔↗"
    "⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉"
    "αβγδεηθλμπστφωΔΣΩ"
    "✓✕"
)
CODE_EXTRA = "←→↑↓×−≤≥≠…·’“”–—│├└─"
MATH_LATIN = "".join(chr(point) for point in range(0x1D434, 0x1D468)) + "ℎ"
MATH_GREEK = "".join(chr(point) for point in range(0x1D6FC, 0x1D716)) + "αβγδεζηθικλμνξπρσςτυφχψωΓΔΘΛΞΠΣΦΨΩϵ"
MATH_COMMON = (
    "0123456789 \u00a0.,:;()[]+-−×÷·=≈<>≤≥/|∣‖∝∼∑√←→⊤\u2061\u2062\u2063\u2064"
    + "".join(map(chr, [*range(0x41, 0x5B), *range(0x61, 0x7B)]))
    + MATH_LATIN
    + "αβγδεθλμπρστφω𝛼𝛽𝛾𝛿𝜀𝜃𝜆𝜇𝜋𝜌𝜎𝜏𝜑𝜔ℒ𝔼ℓ"
)
"""Characters of most formulas. Their file has no special shapes for small letters above and below the line,
which would double it; signs that need such shapes, for example the prime, are in the other file.
"""
MATH_SIGNS = "+−±×÷·⋅∗∘=≠≈≡≤≥≪≫<>∝∼→←↔⇒∈∉⊂⊆∪∩∀∃∂∇∞∑∏∫√|‖∣()[]{}⟨⟩⌊⌋⌈⌉…⋯′″^~ˆ¯˙⃗⏟⏞\u2061\u2062\u2063\u2064"


@dataclass(frozen=True)
class Face:
    """One font file to make: its source, and the characters and axis ranges that it keeps."""

    file: str
    package: str
    source: str
    characters: str
    axes: dict[str, tuple[float, float] | float] = field(default_factory=dict)
    features: tuple[str, ...] = ("kern", "liga", "mark", "mkmk", "ccmp", "locl")
    kerning: dict[str, float] = field(default_factory=dict)
    """The axes whose kerning it has at every size and weight; empty for kerning that varies with them."""


FACES = (
    Face(
        "newsreader.woff2",
        "fontpkg_newsreader",
        "files/Newsreader[opsz,wght].ttf",
        "".join(sorted(set(BASIC_LATIN + QUOTES_AND_DASHES) - set(TITLE_RARE))),
        {"opsz": (18, 72), "wght": (400, 560)},
        kerning={"opsz": 36, "wght": 420},  # varying, it is a quarter of the file
    ),
    Face(
        "newsreader-more.woff2",
        "fontpkg_newsreader",
        "files/Newsreader[opsz,wght].ttf",
        TITLE_RARE + TITLE_ACCENTS,
        {"opsz": (18, 72), "wght": (400, 560)},
    ),
    Face(
        "source-sans-3.woff2",
        "fontpkg_source_sans_3",
        "files/SourceSans3[wght].ttf",
        BASIC_LATIN + QUOTES_AND_DASHES + TEXT_COMMON,
        {"wght": (400, 600)},
    ),
    Face(
        "source-sans-3-more.woff2",
        "fontpkg_source_sans_3",
        "files/SourceSans3[wght].ttf",
        "".join(sorted(set(LATIN_1 + TEXT_EXTRA) - set(TEXT_COMMON + QUOTES_AND_DASHES))),
        {"wght": (400, 600)},
    ),
    Face(
        "source-sans-3-italic.woff2",
        "fontpkg_source_sans_3",
        "files/SourceSans3-Italic[wght].ttf",
        BASIC_LATIN + QUOTES_AND_DASHES,
        {"wght": 400},
    ),
    Face(
        "jetbrains-mono.woff2",
        "fontpkg_jetbrains_mono",
        "files/JetBrainsMono[wght].ttf",
        BASIC_LATIN + CODE_EXTRA,
        {"wght": (400, 600)},
        features=("kern", "mark", "ccmp"),
    ),
    Face(
        "stix-two-math.woff2",
        "ziamath",
        "fonts/STIXTwoMath-Regular.ttf",
        MATH_COMMON,
        features=("kern", "mark", "ccmp"),
    ),
    Face(
        "stix-two-math-more.woff2",
        "ziamath",
        "fonts/STIXTwoMath-Regular.ttf",
        "".join(sorted(set(BASIC_LATIN + MATH_LATIN + MATH_GREEK + MATH_SIGNS) - set(MATH_COMMON))),
        features=("kern", "ssty", "dtls", "flac", "mark", "ccmp"),
    ),
)


_NEWSREADER = (
    "fontpkg_newsreader",
    "files/Newsreader[opsz,wght].ttf",
    BASIC_LATIN + QUOTES_AND_DASHES + TITLE_ACCENTS,
)
_SOURCE_SANS = (
    "fontpkg_source_sans_3",
    "files/SourceSans3[wght].ttf",
    BASIC_LATIN + LATIN_1 + QUOTES_AND_DASHES + TEXT_EXTRA,
)
STATIC_FACES = (
    *(
        Face(f"newsreader-{weight}.ttf", *_NEWSREADER, {"opsz": size, "wght": weight})
        for weight, size in ((400, 36), (440, 72), (490, 24), (560, 24))
    ),
    *(Face(f"source-sans-3-{weight}.ttf", *_SOURCE_SANS, {"wght": weight}) for weight in (400, 600)),
)


MEASURED: dict[str, tuple[tuple[str, str, str], dict[str, float], tuple[int, int]]] = {
    "text": (_SOURCE_SANS, {}, (400, 600)),
    "display": (_NEWSREADER, {"opsz": 18}, (400, 560)),
}
"""{font of a figure: (its file, the axes at which it is measured, its two weights)}. The display font is
widest at optical size 18, so no text is longer than measured.
"""
MEASURED_CHARACTERS = (
    "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x17F)]))
    + "–—‘’“”…•†‰€₿→←↑↓↔⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉αβγδεηθκλμπρσφχψωΔΣΩ−∕≈≠≤≥∞√∂✓"
)


LICENSES = {
    "newsreader": "fontpkg_newsreader",
    "source-sans-3": "fontpkg_source_sans_3",
    "jetbrains-mono": "fontpkg_jetbrains_mono",
}
"""{family: package whose LICENSE file is copied beside its fonts}."""

RENAMED = {"Source Sans 3": "Fieldguide Sans", "SourceSans3": "FieldguideSans"}
"""{reserved name: name of our subset}. Adobe reserves “Source” for its own fonts, and a subset is not one
(SIL Open Font License, clause 3); the other families reserve no name.
"""
LEGAL_NAMES = (0, 13, 14)
"""The ids of names that a subset keeps as they are: copyright, license and its address."""

DEVANAGARI = "fontpkg_noto_sans_devanagari"
"""The package with the font of the Devanagari outlines."""
STIX_COPYRIGHT = "Copyright 2001-2020 The STIX Fonts Project Authors (https://github.com/stipub/stixfonts)"


def check_installed() -> None:
    """Raises ModuleNotFoundError, before anything is written, if a package needed for cutting or measuring is
    missing.
    """
    needed = [
        "brotli",
        "fontTools",
        "uharfbuzz",
        DEVANAGARI,
        *dict.fromkeys([face.package for face in (*FACES, *STATIC_FACES)]),
    ]
    if missing := [package for package in needed if find_spec(package) is None]:
        raise ModuleNotFoundError(
            f"{missing[0]} is needed to cut the fonts: run `.venv/bin/pip install -e '.[fonts]'`"
        )


def write_all(root: Path) -> None:
    """Write all fonts, widths and outlines. Raises ModuleNotFoundError as `check_installed` does."""
    check_installed()
    build_fonts(root / "overrides" / "assets" / "fonts")
    build_static_fonts()
    write_widths()
    write_outlines(root)


def build_fonts(target: Path) -> None:
    """Write every font of FACES as WOFF2 into `target`, with the license files of the families."""
    target.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        data = _cut(_package_folder(face.package) / face.source, face)
        (target / face.file).write_bytes(data)
        print(f"{face.file}: {len(data) / 1024:.0f} KB")
    for family, package in LICENSES.items():
        shutil.copyfile(_package_folder(package) / "LICENSE", target / f"{family}-OFL.txt")
    # The package of STIX Two Math contains no license. The text is the same for every family after the
    # first line.
    text = (_package_folder(LICENSES["newsreader"]) / "LICENSE").read_text(encoding="utf-8")
    (target / "stix-two-math-OFL.txt").write_text(STIX_COPYRIGHT + text[text.index("\n") :], encoding="utf-8")


def build_static_fonts(target: Path = STATIC) -> None:
    """Write every font of STATIC_FACES as TTF into `target`, with the license files of their families."""
    target.mkdir(parents=True, exist_ok=True)
    for face in STATIC_FACES:
        data = _cut(_package_folder(face.package) / face.source, face, flavor=None)
        (target / face.file).write_bytes(data)
        print(f"{face.file}: {len(data) / 1024:.0f} KB")
    for family in ("newsreader", "source-sans-3"):
        shutil.copyfile(_package_folder(LICENSES[family]) / "LICENSE", target / f"{family}-OFL.txt")


def write_widths(target: Path = WIDTHS) -> None:
    """Write the advance widths of the faces of MEASURED, in thousandths of the size, by face, weight and
    character.
    """
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    table: dict[str, dict[str, dict[str, int]]] = {}
    for name, ((package, source, _), axes, weights) in MEASURED.items():
        for weight in weights:
            font = instantiateVariableFont(
                TTFont(_package_folder(package) / source), {**axes, "wght": weight}
            )
            glyphs, metrics, scale = font.getBestCmap(), font["hmtx"], 1000 / font["head"].unitsPerEm
            known = [character for character in MEASURED_CHARACTERS if ord(character) in glyphs]
            table.setdefault(name, {})[str(weight)] = {
                character: round(metrics[glyphs[ord(character)]][0] * scale) for character in known
            }
    target.write_text(json.dumps(table, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def write_outlines(root: Path, target: Path = token_cuts.OUTLINES) -> None:
    """Write the outlines of those pieces in the figure token-cuts whose script our fonts lack, shaped by
    HarfBuzz.
    """
    import uharfbuzz as hb

    book = load_book(root)
    rows = token_cuts.TokenCutsData.model_validate(book.figures[token_cuts.SLUG].data).rows
    pieces = sorted(
        {
            piece.strip()
            for row in rows
            for piece in token_cuts.cut(row, book).pieces
            if token_cuts.foreign(piece)
        }
    )
    source = next((_package_folder(DEVANAGARI) / "files").glob("*.ttf"))
    face = hb.Face(hb.Blob.from_file_path(str(source)))
    outlines = {piece: _outline(hb.Font(face), piece, 1000 / face.upem) for piece in pieces}
    target.write_text(json.dumps(outlines, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _outline(font: Any, piece: str, scale: float) -> token_cuts.Outline:
    """The width and outline of a shaped piece, its glyphs in order."""
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(piece)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    parts: list[str] = []
    pen = 0.0
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        _trace(font, info.codepoint, (pen + place.x_offset, place.y_offset), scale, parts)
        pen += place.x_advance
    return {"width": round(pen * scale), "d": "".join(parts)}


def _trace(font: Any, glyph: int, moved: tuple[float, float], scale: float, parts: list[str]) -> None:
    """Add a glyph's outline to `parts` as SVG path data, moved and scaled."""
    import uharfbuzz as hb

    def point(*values: float) -> str:
        return " ".join(f"{round((value + moved[index % 2]) * scale)}" for index, value in enumerate(values))

    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, _: parts.append(f"M{point(x, y)}"))
    functions.set_line_to_func(lambda x, y, _: parts.append(f"L{point(x, y)}"))
    functions.set_quadratic_to_func(lambda a, b, x, y, _: parts.append(f"Q{point(a, b, x, y)}"))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, _: parts.append(f"C{point(a, b, c, d, x, y)}"))
    functions.set_close_path_func(lambda _: parts.append("Z"))
    font.draw_glyph(glyph, functions, None)


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None  # see `check_installed`
    return Path(spec.origin).parent


def _cut(source: Path, face: Face, flavor: str | None = "woff2") -> bytes:
    """The font file, reduced. The subset is made, saved and reloaded before the axes are limited; in the
    other order, fontTools keeps outdated variation data.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options()
    options.layout_features = list(face.features)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.hinting = False
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=face.characters)
    subsetter.subset(font)
    buffer = BytesIO()
    font.save(buffer)
    buffer.seek(0)
    font = TTFont(buffer, recalcTimestamp=False)
    if face.axes:
        font = instantiateVariableFont(font, face.axes)
    if face.kerning:
        buffer.seek(0)
        fixed = instantiateVariableFont(TTFont(buffer, recalcTimestamp=False), face.kerning)
        for table in ("GPOS", "GDEF"):  # the second has the variations of the first
            font[table] = fixed[table]
    _rename(font)
    font.flavor = flavor
    result = BytesIO()
    font.save(result)
    return result.getvalue()


def _rename(font: Any) -> None:
    """Give a cut font of a family with a reserved name our own name, but for its copyright and license."""
    for record in font["name"].names:
        if record.nameID in LEGAL_NAMES:
            continue
        text = record.toUnicode()
        for reserved, own in RENAMED.items():
            text = text.replace(reserved, own)
        record.string = text
