"""What the ledger tells those above it."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside the transaction that carries it out, with ``transfer: CountyTransfer`` (state done, both entries named).
transfer_done = Signal()
