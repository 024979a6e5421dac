"""The one style sheet, and the date that stands in the footer."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from fieldguide.commands.fonts import FACES, LEGAL_NAMES
from fieldguide.outputs.finish.style_sheet import read_rules
from fieldguide.outputs.fonts import STATIC
from fieldguide.outputs.style import minify, style_sheet, with_scheme
from fieldguide.text.dates import epoch, newest_change
from tests.guide import ROOT


def test_the_footer_date_is_the_newest_change() -> None:
    assert newest_change("# Changelog\n\n## 25 Nov 2026\n\n## 1 Jan 2026\n") == "25 Nov 2026"
    assert epoch("1 Jan 1970") == 0
    with pytest.raises(ValueError, match="changelog"):
        newest_change("# Changelog\n")


def test_minify_keeps_what_css_needs() -> None:
    assert minify("/* why */\na {\n  width: calc(1px + 2px);\n}\n") == "a{width: calc(1px + 2px)}\n"


def test_no_color_literal_stands_outside_the_tokens() -> None:
    for path in (ROOT / "overrides" / "assets" / "css").glob("*.css"):
        if path.stem != "tokens":
            text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(encoding="utf-8"), flags=re.S)
            found = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|\b(?:rgb|hsl|oklch)a?\(", text)
            assert found == [], path.name
            assert "!important" not in text, path.name


def test_each_class_is_styled_by_one_sheet() -> None:
    """Two that take the same name for two things would style each other's: all sheets but that of a claim's
    page, and what only paper sees, may meet on a page.
    """
    sheets: dict[str, set[str]] = {}
    for path in (ROOT / "overrides" / "assets" / "css").glob("*.css"):
        if path.stem not in ("claim", "print"):
            for rule in read_rules(path.read_text(encoding="utf-8")):
                for found in filter(
                    None,
                    (
                        re.fullmatch(r"(?:\.md-typeset )?\.(fg-[\w-]+)", selector)
                        for selector in rule.selectors
                    ),
                ):
                    sheets.setdefault(found[1], set()).add(path.name)
    del sheets["fg-search-page"]  # the first sheet keeps the room that the late one fills
    assert {name: names for name, names in sheets.items() if len(names) > 1} == {}


def test_dark_holds_on_a_screen_for_who_chose_it_or_whose_system_is_dark() -> None:
    tokens = (ROOT / "overrides" / "assets" / "css" / "tokens.css").read_text(encoding="utf-8")
    both = minify(with_scheme(tokens))
    assert "@media screen{[data-scheme=dark]{color-scheme: dark" in both
    assert (
        "@media screen and (prefers-color-scheme: dark){:root:not([data-scheme]){color-scheme: dark" in both
    )
    assert both.count("--fg-paper: #181510") == 2
    with pytest.raises(ValueError, match="dark"):
        with_scheme(":root { color: red; }")


def test_the_sheet_holds_every_file_and_a_lost_one_is_named(tmp_path: Path) -> None:
    assert "--fg-paper" in style_sheet(ROOT / "overrides" / "assets" / "css")
    (tmp_path / "stray.css").write_text("a{}", encoding="utf-8")
    with pytest.raises(ValueError, match="stray"):
        style_sheet(tmp_path)


def test_the_rarer_letters_of_a_face_are_asked_for_by_their_range() -> None:
    css = (ROOT / "overrides" / "assets" / "css" / "fonts.css").read_text(encoding="utf-8")
    for face in FACES:
        if face.file.endswith("-more.woff2"):
            found = re.search(rf'fonts/{face.file}".*?unicode-range: ([^;]+);', css)
            assert found, face.file
            spans = [part.removeprefix("U+").partition("-") for part in found[1].split(", ")]
            assert {
                chr(point)
                for first, _, last in spans
                for point in range(int(first, 16), int(last or first, 16) + 1)
            } == set(face.characters)


def test_a_subset_of_a_font_does_not_bear_a_name_that_its_maker_reserves() -> None:
    for path in STATIC.glob("*.ttf"):
        names = TTFont(path)["name"].names
        assert not any("Source" in record.toUnicode() for record in names if record.nameID not in LEGAL_NAMES)
    sheets = ROOT / "overrides" / "assets" / "css"
    for sheet in (*sheets.glob("*.css"), *(ROOT / "fieldguide" / "commands").glob("*.css")):
        families = re.findall(r'@font-face \{ font-family: "([^"]+)"', sheet.read_text(encoding="utf-8"))
        assert not any(family.startswith("Source") for family in families), sheet.name
