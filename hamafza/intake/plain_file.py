"""A workbook opened in memory alone: nothing unsealed reaches the disk (S-A7)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hamafza.documents import store


@contextmanager
def plain_file(file_key: str) -> Iterator[Path]:
    """A path under which the sealed file can be read while the block lasts."""
    with in_memory(store.read_sealed(file_key)) as path:
        yield path


@contextmanager
def in_memory(pieces: Iterable[bytes]) -> Iterator[Path]:
    """A path under which these bytes can be read while the block lasts; they live in memory (Linux memfd)."""
    handle = os.memfd_create("workbook", os.MFD_CLOEXEC)
    try:
        with open(handle, "wb", closefd=False) as memory:
            memory.writelines(pieces)
        yield Path(f"/proc/{os.getpid()}/fd/{handle}")
    finally:
        os.close(handle)
