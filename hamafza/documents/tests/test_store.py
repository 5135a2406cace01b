"""The sealed store: whole, unreadable, tamper-evident, and small in memory."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given, settings as tries, strategies as st

from hamafza.core.crypto import SealBroken
from hamafza.documents.store import MAGIC, PIECE, SEAL, open_sealed, read_sealed, remove, store


class Zeros:
    """A stream of many bytes that is itself small, and gives less than asked for."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1, /) -> bytes:
        given = min(size, self.left, 100_000)
        self.left -= given
        return bytes(given)


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[Path]:
    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path
    yield tmp_path
    settings.MEDIA_ROOT = before


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_store_any_size_gives_the_same_bytes_back(size: int) -> None:
    data = (b"madadkar" * (size // 8 + 1))[:size]
    key = store(data)
    assert open_sealed(key).read() == b"".join(read_sealed(key)) == data


def test_store_keeps_nothing_readable_and_no_part_behind(files: Path) -> None:
    key = store(b"0099603081" * 1000)
    assert b"0099603081" not in (files / key).read_bytes()
    assert [path.suffix for path in files.rglob("*") if path.is_file()] == [""]


def test_store_broken_stream_leaves_nothing(files: Path) -> None:
    class Breaks:
        def read(self, size: int = -1, /) -> bytes:
            raise OSError

    with pytest.raises(OSError):
        store(Breaks())
    assert [path for path in files.rglob("*") if path.is_file()] == []


@tries(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.integers(0, 2 * PIECE + 500), st.integers(0, 5000)), min_size=1, max_size=8))
def test_open_sealed_seeks_as_a_plain_file_does(places: list[tuple[int, int]]) -> None:
    data = bytes(range(256)) * (2 * PIECE // 256 + 1)
    sealed, plain = open_sealed(store(data)), io.BytesIO(data)
    assert [(sealed.seek(at), sealed.read(size)) for at, size in places] == [
        (plain.seek(at), plain.read(size)) for at, size in places
    ]


def changed(path: Path, how: str, *, other: Path) -> bytes:
    data = path.read_bytes()
    head, first, second = len(MAGIC), data[len(MAGIC) :][: PIECE + SEAL], data[len(MAGIC) + PIECE + SEAL :]
    return {
        "flipped": data[:100] + bytes([data[100] ^ 1]) + data[101:],
        "cut at a piece": data[: head + PIECE + SEAL],
        "swapped": data[:head] + second[: PIECE + SEAL] + first + second[PIECE + SEAL :],
        "of another file": other.read_bytes(),
        "emptied": b"",
        "without its head": data[1:],
    }[how]


@pytest.mark.parametrize(
    "how", ["flipped", "cut at a piece", "swapped", "of another file", "emptied", "without its head"]
)
def test_read_a_tampered_file_is_refused(files: Path, how: str) -> None:
    key, other = store(b"a" * (3 * PIECE)), store(b"b" * (3 * PIECE))
    (files / key).write_bytes(changed(files / key, how, other=files / other))
    with pytest.raises(SealBroken):
        list(read_sealed(key))


@pytest.mark.parametrize("key", ["../../etc/passwd", "ab/..", "", "/etc/passwd"])
def test_open_a_name_that_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="no file key"):
        open_sealed(key)


def test_remove_twice_is_quiet(files: Path) -> None:
    key = store(b"x")
    remove(key)
    remove(key)
    assert not (files / key).exists()


def test_store_a_large_stream_keeps_memory_low() -> None:
    tracemalloc.start()
    key = store(Zeros(64 * 1024 * 1024))
    read = sum(len(piece) for piece in read_sealed(key))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == 64 * 1024 * 1024
    assert peak < 8 * 1024 * 1024
