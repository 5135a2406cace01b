"""A sealed workbook, opened in memory alone: nothing unsealed reaches the disk (S-A7)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hamafza.documents import store


@contextmanager
def plain_file(file_key: str) -> Iterator[Path]:
    """A path under which the opened file can be read while the block lasts; its bytes live in memory (Linux memfd)."""
    handle = os.memfd_create("workbook", os.MFD_CLOEXEC)
    try:
        with open(handle, "wb", closefd=False) as memory:  # noqa: PTH123 - an open descriptor, not a path
            for piece in store.read_sealed(file_key):
                memory.write(piece)
        yield Path(f"/proc/{os.getpid()}/fd/{handle}")
    finally:
        os.close(handle)
