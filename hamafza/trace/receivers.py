"""What trace does when a gift is confirmed."""

from __future__ import annotations

from django.dispatch import receiver

from hamafza.giving.events import donation_confirmed
from hamafza.giving.models import Donation
from hamafza.trace.commands.codes import write_code


@receiver(donation_confirmed, dispatch_uid="trace.code")
def let_be_found(*, donation: Donation, **_: object) -> None:
    """In the transaction of the confirmation: a receipt never holds a code that leads nowhere."""
    write_code(donation)
