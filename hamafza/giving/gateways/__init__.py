"""Payment gateways (درگاه پرداخت) behind one small interface.

A gateway is a module in this folder with a class that has these two methods; `gateway()` chooses the one in use. A real one
is added by writing its class, naming it in `GATEWAYS` and setting it here; nothing else in the house knows which it is.

    begin     the address to which the giver is sent to pay
    verify    asked after the call-back, or later when an answer was lost: what has become of it, as the gateway says

What a call-back's address claims is never believed: only `verify` is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from django.conf import settings

from hamafza.giving.models import Payment


class Answer(Enum):
    """What a gateway says of a payment."""

    PAID = "paid"
    DECLINED = "declined"
    #: Not answered yet, or the gateway could not be reached: asked again later.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``amount`` and ``fee`` in rial; ``reference`` is the gateway's own number of the payment."""

    answer: Answer
    reference: str = ""
    amount: int = 0
    fee: int = 0


class Gateway(Protocol):
    """What a gateway can do."""

    name: str

    def begin(self, payment: Payment, *, return_url: str) -> str:
        """The address to send the giver to; she comes back to ``return_url``."""
        ...

    def verify(self, payment: Payment) -> Outcome:
        """What has become of it. Never raises: what cannot be reached is `Answer.UNKNOWN`."""
        ...


def gateway() -> Gateway | None:
    """The gateway in use: the offline test gateway while ``HAMAFZA_DEBUG`` is set, else none."""
    from hamafza.giving.gateways.test import TestGateway

    return TestGateway() if settings.DEBUG else None
