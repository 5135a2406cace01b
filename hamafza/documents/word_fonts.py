"""The fonts of a Word file, inside it: an office's machine has not got them, and another one would join letters otherwise.

Word keeps an embedded font with its first 32 bytes mixed with a key (ECMA-376, part 4, 2.8.1).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml

from hamafza.documents.pdf import font_folder

FACE = "Vazirmatn"
#: Draws every digit as a Persian one: for page numbers, which Word counts in Latin digits.
FACE_OF_COUNTED = "Vazirmatn FD"
_FILES = (
    (FACE, "embedRegular", "Regular"),
    (FACE, "embedBold", "Bold"),
    (FACE_OF_COUNTED, "embedRegular", "FD-Regular"),
)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TABLE, _FONT = f"{_R}/fontTable", f"{_R}/font"
_MIME = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_MIXED = 32


def embed_fonts(document: Any) -> None:
    """Put the fonts of papers into a document of python-docx."""
    table: Any = document.part.part_related_by(_TABLE)
    fonts = parse_xml(table.blob)
    for number, (face, kind, cut) in enumerate(_FILES, start=1):
        key = uuid5(NAMESPACE_URL, f"vazirmatn:{cut}")
        content = mixed((Path(font_folder()) / f"Vazirmatn-{cut}.ttf").read_bytes(), key)
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), _MIME, content, document.part.package)
        place = OxmlElement(f"w:{kind}")
        place.set(qn("r:id"), table.relate_to(part, _FONT))
        place.set(qn("w:fontKey"), f"{{{str(key).upper()}}}")
        _font(fonts, face).append(place)
    table._blob = serialize_part_xml(fonts)
    document.settings.element.insert(1, OxmlElement("w:embedTrueTypeFonts"))


def mixed(font: bytes, key: UUID) -> bytes:
    """The font with its head mixed with the key; mixed again it is itself."""
    turned = key.bytes[::-1]
    head = bytes(byte ^ turned[place % len(turned)] for place, byte in enumerate(font[:_MIXED]))
    return head + font[_MIXED:]


def _font(fonts: Any, face: str) -> Any:
    found = next((font for font in fonts if font.get(qn("w:name")) == face), None)
    if found is None:
        found = OxmlElement("w:font")
        found.set(qn("w:name"), face)
        fonts.append(found)
    return found
