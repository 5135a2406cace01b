"""What giving tells those above it."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside the transaction that confirms a gift, with ``county: str`` (official code) and ``donation: Donation``.
donation_confirmed = Signal()

#: Sent inside the transaction that reverses a gift, with ``lines: list[DonationLine]`` of goods, ``reason: str`` and
#: ``by: Actor``, before funds and books are locked: who keeps the goods gives them out to the giver, or refuses.
goods_going_back = Signal()

#: Sent inside the transaction that undoes a payment that was made, with ``payment: Disbursement``, before anything is
#: written. Whoever has built on the payment refuses by raising a `Refusal`.
payment_returning = Signal()
