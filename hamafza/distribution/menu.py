"""What distribution puts into the shell. One function for each noun."""

from __future__ import annotations


def register_all() -> None:
    """Called once, when the app is ready."""
    _stock()
    _rounds()


def _stock() -> None:
    """Goods, stores, kits, counts."""


def _rounds() -> None:
    """Rounds and deliveries."""
