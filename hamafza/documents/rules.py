"""What may be attached."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

MIB = 1024 * 1024
#: The largest file taken.
MOST_BYTES = 10 * MIB
#: The most papers one record has.
MOST_PAPERS = 100
#: A Word or Excel file that unpacks to more, or holds more parts, is a bomb.
MOST_UNPACKED, MOST_PARTS = 200 * MIB, 5_000


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: how it is served, how its name ends, and how it begins."""

    mime: str
    endings: tuple[str, ...]
    signature: bytes
    #: For packed office files: the part that tells what it is.
    part: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = (
    FileKind("application/pdf", ("pdf",), b"%PDF-"),
    FileKind("image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff"),
    FileKind("image/png", ("png",), b"\x89PNG\r\n\x1a\n"),
    FileKind(f"{_OFFICE}.wordprocessingml.document", ("docx",), b"PK\x03\x04", "word/document.xml"),
    FileKind(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), b"PK\x03\x04", "xl/workbook.xml"),
)
#: For the file picker.
ACCEPT = ",".join(f".{ending}" for kind in KINDS for ending in kind.endings)


def kind_of(file: BinaryIO, *, name: str) -> FileKind | None:
    """What the file is by its content, when its name says the same; None when it is nothing we take.

    Office files with macros, and packed files that would unpack beyond all measure, are not taken.
    """
    ending = PurePath(name).suffix.lower().lstrip(".")
    file.seek(0)
    head = file.read(16)
    for kind in KINDS:
        fits = head.startswith(kind.signature) and ending in kind.endings
        if fits and (not kind.part or _is_plain_office_file(file, part=kind.part)):
            return kind
    return None


def ending_of(mime: str) -> str:
    """How the name of a file of this kind ends."""
    return next((kind.endings[0] for kind in KINDS if kind.mime == mime), "bin")


def _is_plain_office_file(file: BinaryIO, *, part: str) -> bool:
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    names = {entry.filename for entry in parts}
    if len(parts) > MOST_PARTS or sum(entry.file_size for entry in parts) > MOST_UNPACKED:
        return False
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return not macros and {"[Content_Types].xml", part} <= names
