"""A gateway for trials, without any network: its page asks whether to approve or decline. Only with ``HAMAFZA_DEBUG``.

It keeps its own books in files under ``HAMAFZA_HOME/tmp``, as a bank keeps its own: our database learns of an answer only by
asking.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from hamafza.giving.gateways import Answer, Outcome
from hamafza.giving.models import Payment

#: One in a hundred stays with the gateway, as real ones do.
FEE_PART = 100


class TestGateway:
    """Approves or declines as the one who tries it says."""

    __test__ = False
    name = "test"

    def begin(self, payment: Payment, *, return_url: str) -> str:
        asked = urlencode({"amount": payment.amount, "back": return_url})
        return f"{reverse('giving:gateway-test', args=[payment.token])}?{asked}"

    def verify(self, payment: Payment) -> Outcome:
        try:
            said = json.loads(_book(payment.token).read_text("utf-8"))
        except FileNotFoundError:
            return Outcome(Answer.UNKNOWN)
        if not said["paid"]:
            return Outcome(Answer.DECLINED)
        amount = int(said["amount"])
        return Outcome(Answer.PAID, reference=said["reference"], amount=amount, fee=amount // FEE_PART)


def decide(token: str, *, amount: int, paid: bool) -> None:
    """What the trial's page decided; a decision that stands is not changed."""
    book = _book(token)
    if not book.exists():
        book.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        book.write_text(json.dumps({"paid": paid, "amount": amount, "reference": secrets.token_hex(6)}), "utf-8")


def _book(token: str) -> Path:
    if not token.replace("-", "").replace("_", "").isalnum():
        raise ValueError("no token")
    return Path(settings.HAMAFZA_HOME) / "tmp" / "test-gateway" / f"{token}.json"
