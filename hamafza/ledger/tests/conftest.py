"""Fixtures of the ledger's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hamafza.core.tests.on_disk import on_disk
from hamafza.ledger.events import transfer_asked

__all__ = ["on_disk"]


@pytest.fixture
def without_gifts() -> Iterator[None]:
    """Nobody keeps gifts: transfers as the books alone see them."""
    heard = transfer_asked.receivers
    transfer_asked.receivers = []
    transfer_asked.sender_receivers_cache.clear()
    yield
    transfer_asked.receivers = heard
    transfer_asked.sender_receivers_cache.clear()
