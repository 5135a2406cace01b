"""What giving tells those above it."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside the transaction that confirms a gift, with ``county: str`` (official code) and ``donation: Donation``.
donation_confirmed = Signal()
