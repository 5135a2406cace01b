"""Telling those above that families have changed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from hamafza.registry.events import households_changed


def announce(county: str, household_ids: Iterable[UUID]) -> None:
    """Send `households_changed`; call it inside the transaction, after the last write."""
    households_changed.send(sender=None, county=county, household_ids=list(dict.fromkeys(household_ids)))
