"""Optimistic locking at the door of a command."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hamafza.core.errors import StaleVersion
from hamafza.core.versioned import Versioned


def refuse_stale(record: Versioned, *, version: int) -> None:
    """Raise `StaleVersion` when the locked ``record`` is not the version that was read."""
    if record.version != version:
        raise StaleVersion(_("Somebody else has changed this record since you opened it."), code="stale")
