"""What the ledger tells those above it."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside the transaction that books it, with ``source: Fund``, ``target: Fund``, ``amount`` (rial) and ``entry: UUID``:
#: whoever keeps the gifts lets them go with the money, or refuses what is promised back to a giver.
money_moved = Signal()

#: Sent inside the transaction that takes such a move back, with ``entry: UUID`` and ``reversal: UUID`` of its mirror image.
move_undone = Signal()

#: Sent inside the transaction that asks for it, with ``transfer: CountyTransfer`` and ``gifts``, the Jalali year and number
#: of each gift whose giver agrees: whoever keeps the gifts binds them, or refuses what goes beyond them.
transfer_asked = Signal()

#: Sent inside the transaction that carries it out, with ``transfer: CountyTransfer`` (state done, both entries named).
transfer_done = Signal()
