"""What needs tell those above them."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside the transaction of every command that changes needs, with ``county: str`` (official code).
needs_changed = Signal()
