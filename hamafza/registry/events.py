"""What the registry tells those above it."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside the transaction of every command that changes what priorities, lists or boards rest on, with
#: ``county: str`` (official code) and ``household_ids: list[UUID]``; none when all are new and nobody lives there yet.
households_changed = Signal()

#: Sent inside the transaction after `households_changed`, when a person or a whole file that had left is back, with
#: ``county: str`` and ``household_ids: list[UUID]``: what was closed because of the leaving may stand again.
files_returned = Signal()

#: Sent inside the transaction in which a household takes a consent back, with ``consent: Consent``.
consent_withdrawn = Signal()

#: Sent inside the transaction when a person goes to another household of the county, with ``person_id``,
#: ``from_household_id``, ``to_household_id`` (UUID) and ``county: str``: what hangs on both may follow.
person_moved = Signal()
