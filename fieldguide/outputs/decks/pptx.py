"""A deck as a PowerPoint file: native title and text, the figure as a picture, and notes with the words to
say. The same slides always give the same bytes.

python-pptx is imported only when a deck is written, since a build that finds its decks in the cache does not
need it.
The fonts are Times New Roman and Arial, which office programs have, or fonts with the same widths: ours are
not embedded.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from fieldguide.outputs.decks.layout import CLAIM, DeckSlide
from fieldguide.outputs.ornaments import STAR, STAR_LINE, neatline
from fieldguide.outputs.outlines import width_of
from fieldguide.outputs.slides.arrangement import HEIGHT, STAR_ROOM, WIDTH, TextBox
from fieldguide.outputs.slides.png import picture_png

FACES = {"majorFont": "Times New Roman", "minorFont": "Arial"}
"""Fonts of the theme: of titles, and of all other text."""
COLORS = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "ink-2",
    "lt2": "sunk",
    "accent1": "accent",
    "accent2": "model",
    "accent3": "app",
    "accent4": "infra",
    "accent5": "capital",
    "accent6": "crypto",
    "hlink": "accent",
    "folHlink": "accent-hover",
}
"""{color of the PowerPoint theme: our token}."""
PX = 6350
"""EMU in a pixel; 1920 pixels are 13⅓ inches."""
SHARPER = 1.5
"""Pixels of a picture for each pixel of the slide, for screens finer than 1920 px."""
FIRST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive, so that the bytes do not change from day to day."""
INK, INK_2 = "TEXT_1", "TEXT_2"
"""Names of the theme's colors of text."""
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


class StyledRun(NamedTuple):
    """Words in one style. `color` is the name of a theme color, or "" for that of the placeholder or link."""

    words: str
    color: str = ""
    bold: bool = False
    address: str = ""


def write_pptx(
    title: str, about: str, author: str, day: str, pages: Sequence[DeckSlide], tokens: Mapping[str, str]
) -> bytes:
    """The PowerPoint file. `day` is the ISO date in its properties."""
    from pptx import Presentation
    from pptx.util import Emu

    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(WIDTH * PX), Emu(HEIGHT * PX)
    layout = _prepare(presentation, tokens)
    for page in pages:
        _slide(presentation.slides.add_slide(layout), page)
    made = datetime.fromisoformat(f"{day}T00:00:00")
    properties = presentation.core_properties
    (
        properties.title,
        properties.subject,
        properties.author,
        properties.last_modified_by,
        properties.keywords,
    ) = (title, about, author, author, "")
    properties.created = properties.modified = properties.last_printed = made
    properties.revision, properties.language = 1, "en-US"
    out = io.BytesIO()
    presentation.save(out)
    return repack(out.getvalue())


def repack(data: bytes, first: str = "[Content_Types].xml") -> bytes:
    """The same archive with the file `first` in front, the others by name, and FIRST as the date of all.
    Pictures and the type of an EPUB are not compressed.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in sorted(old.namelist(), key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, FIRST)
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith((".png", "mimetype")) else zipfile.ZIP_DEFLATED
            )
            entry.create_system = 3  # the same on every system
            new.writestr(entry, old.read(name))
    return out.getvalue()


# ---- what all slides share


def _prepare(presentation: Any, tokens: Mapping[str, str]) -> Any:
    """The one layout that remains in the presentation, after its master has our colors, fonts and frame."""
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.opc.constants import RELATIONSHIP_TYPE

    clocks = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE)
    package, master = presentation.part.package, presentation.slide_master
    layout = presentation.slide_layouts[1]
    for other in [item for item in presentation.slide_layouts if item is not layout]:
        presentation.slide_layouts.remove(other)
    for part, kinds in (
        (package, (RELATIONSHIP_TYPE.THUMBNAIL,)),
        (presentation.part, (RELATIONSHIP_TYPE.PRINTER_SETTINGS,)),
    ):
        for rel_id in [key for key, relation in part._rels.items() if relation.reltype in kinds]:
            part._rels.pop(rel_id)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _theme(theme.blob.decode(), tokens).encode()
    for holder in (master, layout):
        for shape in [item for item in holder.placeholders if item.placeholder_format.type in clocks]:
            shape._element.getparent().remove(shape._element)
    layout._element.cSld.set("name", "Figure")
    layout._element.set("type", "titleOnly")
    title, body = master.placeholders
    _place(title, 92, 70, 1736, 134)
    _place(body, 92, 214, 1736, 32)
    for style, size, color, extra in (("titleStyle", 56, "tx1", ""), ("bodyStyle", 26, "tx2", "<a:buNone/>")):
        level = master._element.find(f".//{{{PRESENTATION}}}{style}/{{{DRAWING}}}lvl1pPr")
        face = "+mj-lt" if style == "titleStyle" else "+mn-lt"
        new = _xml(
            f'<a:lvl1pPr xmlns:a="{DRAWING}" marL="0" indent="0" algn="l" rtl="0" eaLnBrk="1" latinLnBrk="0"'
            f' hangingPunct="1"><a:spcBef><a:spcPts val="0"/></a:spcBef>{extra or "<a:buNone/>"}<a:defRPr'
            f' sz="{size * 50}" kern="1200"><a:solidFill><a:schemeClr val="{color}"/></a:solidFill><a:latin'
            f' typeface="{face}"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl1pPr>'
        )
        level.getparent().replace(level, new)
    _frame(master)
    return layout


def _theme(xml: str, tokens: Mapping[str, str]) -> str:
    for name, token in COLORS.items():
        xml = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{tokens[token].lstrip("#")}"/></a:{name}>',
            xml,
        )
    for font, face in FACES.items():
        xml = re.sub(rf'(<a:{font}><a:latin typeface=")[^"]*', rf"\g<1>{face}", xml)
    return (
        xml.replace('name="Office Theme"', 'name="Field guide"')
        .replace('clrScheme name="Office"', 'clrScheme name="Field guide"')
        .replace('fontScheme name="Office"', 'fontScheme name="Field guide"')
    )


def _frame(master: Any) -> None:
    """Add the frame of a map sheet behind everything else."""
    _, _, outer, inner, band = neatline(WIDTH, HEIGHT).root
    fill = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:ln><a:noFill/></a:ln>'
    shapes = [_shape(12, "Frame 3", 0, 0, WIDTH, HEIGHT, _path(band.get("d", ""), WIDTH, HEIGHT) + fill)]
    for uid, rect in enumerate((outer, inner), 10):
        x, y, width, height, line = (
            float(rect.get(name, 0)) for name in ("x", "y", "width", "height", "stroke-width")
        )
        inside = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>' + _line(line, "tx1")
        shapes.append(_shape(uid, f"Frame {uid - 9}", x, y, width, height, inside))
    tree = master.shapes._spTree
    for index, shape in enumerate(_elements("".join(shapes))):
        tree.insert(2 + index, shape)


def _path(d: str, width: float, height: float, fill: str = "") -> str:
    """An SVG path of straight lines as PowerPoint geometry, in tenths of a unit."""
    pen = RecordingPen()
    parse_path(d, pen)
    tags = {"moveTo": "moveTo", "lineTo": "lnTo", "closePath": "close"}
    drawn = ""
    for step, points in pen.value:
        if step in tags:
            inside = "".join(f'<a:pt x="{round(10 * x)}" y="{round(10 * y)}"/>' for x, y in points)
            drawn += f"<a:{tags[step]}>{inside}</a:{tags[step]}>"
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{10 * width:g}" h="{10 * height:g}"{fill}>{drawn}</a:path></a:pathLst></a:custGeom>'
    )


# ---- one slide


def _slide(slide: Any, page: DeckSlide) -> None:
    layout = page.layout
    for shape, text in ((slide.shapes.title, layout.title), (slide.placeholders[1], layout.context)):
        _fill(shape, text, [StyledRun(text.words)])
    left, top, width, height = page.picture
    png = picture_png(page.svg, round(width * SHARPER), round(height * SHARPER))
    picture = slide.shapes.add_picture(io.BytesIO(png), _emu(left), _emu(top), _emu(width), _emu(height))
    picture.name = "Figure"
    picture._element.nvPicPr.cNvPr.set("descr", page.alt)
    picture.click_action.hyperlink.address = page.link
    x, y, width = layout.rule
    line = '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>' + _line(1, "tx2")
    _decorate(slide, "Rule", x, y, width, 0, line)
    source = layout.source.words.removeprefix(page.opinion)
    number = [StyledRun(page.number, INK_2)]
    if page.claim:
        number += [StyledRun("\n" if layout.beside else " · ", INK_2), StyledRun(CLAIM, address=page.claim)]
    publisher, right = layout.publisher, not layout.beside
    name_width = width_of(publisher.words, publisher.size, weight=600) * 1.15
    star_x = publisher.x + publisher.width - name_width - STAR_ROOM if right else publisher.x
    _star(slide, star_x, publisher.y)
    if not right:
        publisher = replace(publisher, x=publisher.x + STAR_ROOM, width=publisher.width - STAR_ROOM)
    opinion = [StyledRun(page.opinion, INK, bold=True)] if page.opinion else []
    for name, text, runs, end in (
        ("Source", layout.source, [*opinion, StyledRun(source, INK_2)], False),
        ("Number", layout.remarks, number, False),
        ("Publisher", publisher, [StyledRun(publisher.words, INK, bold=True)], right),
        (
            "Address of the figure",
            layout.address,
            [StyledRun(layout.address.words, address=page.link)],
            right,
        ),
    ):
        shape = slide.shapes.add_textbox(0, 0, 0, 0)
        shape.name = name
        _fill(shape, text, runs, end)
    slide.notes_slide.notes_text_frame.text = "\n".join(page.notes)


def _fill(shape: Any, text: TextBox, runs: Sequence[StyledRun], end: bool = False) -> None:
    """Put the runs into a shape at the text's place, flush right if `end`. A run that is a line break begins
    a paragraph.
    """
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.enum.text import PP_ALIGN

    _place(shape, text.x, text.y, text.width, text.height)
    paragraph = shape.text_frame.paragraphs[0]
    if end:
        paragraph.alignment = PP_ALIGN.RIGHT
    for words, color, bold, address in runs:
        if words == "\n":
            paragraph = shape.text_frame.add_paragraph()
            continue
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = words, _emu(text.size), bold or None
        if color:
            run.font.color.theme_color = getattr(MSO_THEME_COLOR, color)
        if address:
            run.hyperlink.address = address


def _place(shape: Any, x: float, y: float, width: float, height: float) -> None:
    """Position a text. It has no margins, so that it lines up with the picture's edge, and never shrinks."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    shape.left, shape.top, shape.width, shape.height = (_emu(px) for px in (x, y, width, height))
    frame = shape.text_frame
    frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = 0
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP


def _star(slide: Any, x: float, y: float) -> None:
    """The publisher's mark, 30 px."""
    path = _path(STAR, 18, 18, ' fill="none"') + "<a:noFill/>"
    _decorate(slide, "Mark", x, y, 30, 30, path + _line(STAR_LINE * 30 / 18, "tx1"))


def _decorate(slide: Any, name: str, x: float, y: float, width: float, height: float, inside: str) -> None:
    """Add a decorative shape, which screen readers skip."""
    tree = slide.shapes._spTree
    tree.extend(_elements(_shape(len(tree) + 1, name, x, y, width, height, inside)))


def _shape(uid: int, name: str, x: float, y: float, width: float, height: float, inside: str) -> str:
    place = (
        f'<a:xfrm><a:off x="{_emu(x)}" y="{_emu(y)}"/><a:ext cx="{_emu(width)}"'
        f' cy="{_emu(height)}"/></a:xfrm>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{uid}" name="{name}">{DECORATIVE}</p:cNvPr><p:cNvSpPr/><p:nvPr'
        f' userDrawn="1"/></p:nvSpPr><p:spPr>{place}{inside}</p:spPr></p:sp>'
    )


def _line(width: float, color: str) -> str:
    return f'<a:ln w="{_emu(width)}"><a:solidFill><a:schemeClr val="{color}"/></a:solidFill></a:ln>'


def _emu(px: float) -> int:
    return round(px * PX)


def _elements(shapes: str) -> list[Any]:
    return list(_xml(f'<p:g xmlns:p="{PRESENTATION}" xmlns:a="{DRAWING}">{shapes}</p:g>'))


def _xml(text: str) -> Any:
    from pptx.oxml import parse_xml

    return parse_xml(text)
