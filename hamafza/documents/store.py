"""Sealed files on disk, under ``HAMAFZA_HOME/files``.

A file is a row of pieces of `PIECE` bytes, each sealed by itself (`core.crypto`) and bound to the file's key, its
number and whether it is the last, so pieces cannot be swapped, moved to another file or cut off at the end. Writing
and reading hold one piece in memory, however large the file is. A file is complete or not there: it is written beside
its place, brought to the disk, then renamed.
"""

from __future__ import annotations

import io
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from hamafza.core.crypto import SealBroken, seal, unseal

#: Plain bytes in a piece.
PIECE = 256 * 1024
#: What sealing adds to a piece: format, key number, nonce, tag.
SEAL = 30
#: First bytes of each file.
MAGIC = b"HMFZ1\n"
_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38}")


class Readable(Protocol):
    """A file or an upload."""

    def read(self, size: int = ..., /) -> bytes: ...


def store(data: bytes | Readable) -> str:
    """Seal and keep the bytes or the stream; answers the file key, under which `open_sealed` finds them."""
    key = _new_key()
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(".part")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(MAGIC)
            for number, (piece, last) in enumerate(_with_last(_pieces(data))):
                file.write(seal(piece, binding=_binding(key, number=number, last=last)))
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return key


def open_sealed(key: str) -> BinaryIO:
    """The plain bytes as a stream that can be read and sought in; `SealBroken` when the file was tampered with."""
    return io.BufferedReader(SealedReader(key), buffer_size=PIECE)


def read_sealed(key: str) -> Iterator[bytes]:
    """The plain bytes piece by piece, for a download."""
    with SealedReader(key) as reader:
        for number in range(reader.count):
            yield reader.piece(number)


def remove(key: str) -> None:
    """Take the file away; quiet when it is gone already."""
    _path(key).unlink(missing_ok=True)


class SealedReader(io.RawIOBase):
    """Opens one piece at a time."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._file = _path(key).open("rb")
        body = os.fstat(self._file.fileno()).st_size - len(MAGIC)
        if self._file.read(len(MAGIC)) != MAGIC or body < SEAL:
            self._file.close()
            raise SealBroken("not a sealed file")
        self.count = -(-body // (PIECE + SEAL))
        self.size = body - self.count * SEAL
        self._position = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def piece(self, number: int) -> bytes:
        """The plain bytes of one piece."""
        if self._held[0] != number:
            self._file.seek(len(MAGIC) + number * (PIECE + SEAL))
            sealed = self._file.read(PIECE + SEAL)
            binding = _binding(self._key, number=number, last=number == self.count - 1)
            self._held = (number, unseal(sealed, binding=binding))
        return self._held[1]

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # the stubs' buffer type is private
        if self._position >= self.size:
            return 0
        number, offset = divmod(self._position, PIECE)
        part = self.piece(number)[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)

    def close(self) -> None:
        self._file.close()
        super().close()


def _new_key() -> str:
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name[2:]}"


def _path(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise ValueError("no file key")
    return Path(settings.MEDIA_ROOT) / key


def _binding(key: str, *, number: int, last: bool) -> str:
    return f"file:{key}:{number}:{'last' if last else 'more'}"


def _pieces(data: bytes | Readable) -> Iterator[bytes]:
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    while piece := _read_full(stream):
        yield piece


def _read_full(stream: Readable) -> bytes:
    """`PIECE` bytes, fewer only at the end: a stream may give less than asked for."""
    parts: list[bytes] = []
    wanted = PIECE
    while wanted and (part := stream.read(wanted)):
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece with whether it is the last; an empty file is one empty piece."""
    held: bytes | None = None
    for piece in pieces:
        if held is not None:
            yield held, False
        held = piece
    yield held or b"", True


def _sync_folder(folder: Path) -> None:
    """The rename itself must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
