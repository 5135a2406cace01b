"""Fixtures of the ledger's tests."""

from hamafza.core.tests.on_disk import on_disk

__all__ = ["on_disk"]
