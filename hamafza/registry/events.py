"""What the registry tells those above it."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside the transaction of every command that changes what priorities, lists or boards rest on, with
#: ``county: str`` (official code) and ``household_ids: list[UUID]``.
households_changed = Signal()
