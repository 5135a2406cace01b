"""UUIDv7."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from hamafza.core import ids
from hamafza.core.ids import uuid7


def test_ids_rise_and_are_of_version_7() -> None:
    made = [uuid7() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(made_id.version, made_id.variant) for made_id in made} == {(7, "specified in RFC 4122")}


def test_id_holds_the_moment_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    # Another test may have lived in the future, and ids never go back.
    monkeypatch.setattr(ids, "_last", 0)
    before = time.time_ns() // 1_000_000
    assert 0 <= (uuid7().int >> 80) - before < 1_000


def test_ids_of_many_threads_differ() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: uuid7(), range(5_000)))
    assert len(set(made)) == 5_000


def test_ids_rise_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = uuid7()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000_000)
    assert uuid7() > before
