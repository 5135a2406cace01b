"""Papers as Word files, from right to left, of the same blocks as the PDF (`documents.paper`).

Word keeps direction in four places: of the section, the paragraph (``bidi``), the run (``rtl``) and the table
(``bidiVisual``); letters of the right-to-left scripts take their size and face from the ``cs`` variants. All are set here.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from hamafza.documents.paper import (
    Bullets,
    Facts,
    Heading,
    Paper,
    Table,
    Text,
    in_persian_digits,
    is_short,
    lines_of,
    signature_rows,
)
from hamafza.documents.word_fonts import FACE, FACE_OF_COUNTED, embed_fonts

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ACCENT, SOFT = RGBColor(0x0B, 0x72, 0x85), RGBColor(0x5C, 0x66, 0x70)
LINE_MM = 170
LABEL_SHARE = 22
#: Word wants the children of a property in the order of its schema: each of ours stands before these.
_BEFORE = {
    "w:pPr/w:bidi": (
        "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
        "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl",
        "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
    ),
    "w:sectPr/w:bidi": ("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"),
    "w:tblPr/w:bidiVisual": (
        "w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd",
        "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription",
    ),
    "w:rPr/w:szCs": (
        "w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em",
        "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath",
    ),
    "w:rPr/w:lang": ("w:eastAsianLayout", "w:specVanish", "w:oMath"),
    "w:trPr/w:tblHeader": (),
    "w:trPr/w:cantSplit": (),
}  # fmt: skip


def make_word(paper: Paper) -> bytes:
    """The file; the same paper gives the same text."""
    document = Document()
    _names(document, paper)
    embed_fonts(document)
    _page(document, paper)
    _says(document.add_paragraph(), paper.title, size=15, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, after=8)
    for block in paper.blocks:
        _block(document, block)
    if paper.signatures:
        _signatures(document, paper.signatures)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _names(document: Any, paper: Paper) -> None:
    """What a file manager shows; nothing of the maker's."""
    about = document.core_properties
    about.title, about.author, about.comments, about.language = paper.title, paper.organisation, "", "fa-IR"


def _block(document: Any, block: object) -> None:
    match block:
        case Heading(text):
            heading = _says(document.add_paragraph(), text, size=12, bold=True, before=12, after=5)
            heading.paragraph_format.keep_with_next = True
        case Text(text, soft):
            _says(document.add_paragraph(), text, size=9.5 if soft else 10.5, colour=SOFT if soft else None)
        case Facts(rows):
            said = [row for row in rows if row[1]]
            if said:
                _table(document, [], said, [LABEL_SHARE, 100 - LABEL_SHARE], whole=is_short(said))
        case Table(head, rows, widths):
            _table(document, head, rows, widths)
        case Bullets(items):
            for item in items:
                _says(document.add_paragraph(style="List Bullet"), item)


def _page(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(30), Mm(22)
    _put(section._sectPr, "w:bidi")
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(10.5)
    _letterhead(section.header, paper)
    _foot(section.footer, paper)


def _letterhead(header: Any, paper: Paper) -> None:
    entries = [
        (label, value)
        for label, value in (("شماره:", paper.number), ("تاریخ:", paper.date), ("پیوست:", paper.attachment))
        if value
    ]
    table = header.add_table(1, 2, Mm(LINE_MM))
    _from_right(table, [65, 35])
    name, facts = table.rows[0].cells
    _says(name.paragraphs[0], paper.organisation, size=12.5, bold=True, colour=ACCENT)
    if paper.unit:
        _says(name.add_paragraph(), paper.unit, size=9, colour=SOFT)
    for place, (label, value) in enumerate(entries):
        line = facts.paragraphs[0] if place == 0 else facts.add_paragraph()
        _says(line, f"{label} {value}", size=9.5)
    header.paragraphs[0]._p.getparent().remove(header.paragraphs[0]._p)
    _says(header.add_paragraph(), "", size=4)


def _foot(footer: Any, paper: Paper) -> None:
    line = footer.paragraphs[0]
    _right_to_left(line)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if paper.foot:
        _run(line, f"{paper.foot} — ", size=8.5, colour=SOFT)
    _run(line, "صفحه ", size=8.5, colour=SOFT)
    _field(line, "PAGE")
    _run(line, " از ", size=8.5, colour=SOFT)
    _field(line, "NUMPAGES")


def _table(
    document: Any, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, whole: bool = False
) -> None:
    """``whole``: kept on one page."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    if head:
        cells = table.add_row().cells
        for cell, text in zip(cells, head, strict=True):
            _says(cell.paragraphs[0], text, bold=True, after=0)
        _put(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for row in rows:
        added = table.add_row()
        for place, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
            _says(cell.paragraphs[0], text, after=0, colour=SOFT if not head and place == 0 else None)
        _put(added._tr.get_or_add_trPr(), "w:cantSplit")
    for row in table.rows[:-1] if whole else ():
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    _from_right(table, widths)
    _says(document.add_paragraph(), "", size=4, after=0)


def _signatures(document: Any, places: Sequence[tuple[str, str]]) -> None:
    """A row is not torn apart."""
    for some in signature_rows(places):
        table = document.add_table(rows=1, cols=len(some))
        _from_right(table, [100 // len(some)] * len(some))
        _put(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, (post, name) in zip(table.rows[0].cells, some, strict=True):
            _says(cell.paragraphs[0], post, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, before=24)
            _says(cell.add_paragraph(), name, align=WD_ALIGN_PARAGRAPH.CENTER, after=36)
            _says(cell.add_paragraph(), "....................", colour=SOFT, align=WD_ALIGN_PARAGRAPH.CENTER)


def _from_right(table: Any, widths: Sequence[int]) -> None:
    """The first column stands at the right; widths are shares."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _put(table._tbl.tblPr, "w:bidiVisual")
    total = sum(widths)
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Mm(LINE_MM * share / total)
        for cell in column.cells:
            cell.width = Mm(LINE_MM * share / total)


def _says(
    paragraph: Any,
    text: str,
    *,
    size: float = 10.5,
    bold: bool = False,
    colour: RGBColor | None = None,
    align: Any = None,
    before: float = 0,
    after: float = 4,
) -> Any:
    """The paragraph with its text, from right to left."""
    _right_to_left(paragraph)
    # In a paragraph from right to left "left" is where it begins.
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if align is None else align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    for place, line in enumerate(lines_of(text)):
        run = _run(paragraph, line, size=size, bold=bold, colour=colour)
        if place:
            run._r.insert(1, OxmlElement("w:br"))
    return paragraph


def _run(
    paragraph: Any, text: str, *, size: float, bold: bool = False, colour: RGBColor | None = None, face: str = FACE
) -> Any:
    run = paragraph.add_run(in_persian_digits(text))
    run.font.name, run.font.size, run.font.bold, run.font.rtl, run.font.cs_bold = face, Pt(size), bold, True, bold
    if colour is not None:
        run.font.color.rgb = colour
    properties = run._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:cs"), face)
    _put(properties, "w:szCs", val=str(round(size * 2)))
    _put(properties, "w:lang", bidi="fa-IR")
    return run


def _field(paragraph: Any, name: str) -> None:
    """A number that Word works out itself."""
    for kind, text in (("begin", ""), ("", f" {name} "), ("separate", ""), ("shown", "۱"), ("end", "")):
        run = _run(paragraph, text if kind == "shown" else "", size=8.5, colour=SOFT, face=FACE_OF_COUNTED)
        if kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _right_to_left(paragraph: Any) -> None:
    _put(paragraph._p.get_or_add_pPr(), "w:bidi")


def _put(holder: Any, name: str, **values: str) -> None:
    """A property that is not there yet, in its place."""
    if holder.find(qn(name)) is not None:
        return
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    parent = holder.tag.rpartition("}")[2]
    holder.insert_element_before(element, *_BEFORE[f"w:{parent}/{name}"])
