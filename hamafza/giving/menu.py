"""What giving puts into the shell, and the panels on a benefactor's page. One function for each noun."""

from __future__ import annotations


def register_all() -> None:
    """Called once, when the app is ready."""
    _benefactors()
    _pledges()
    _donations()
    _spending()


def _benefactors() -> None:
    """Benefactors, capacities, matches, items."""


def _pledges() -> None:
    """Promises and instalments."""


def _donations() -> None:
    """Gifts, statements, receipts, refunds, the government's share."""


def _spending() -> None:
    """Allocations, payments, need cards, direct giving."""
