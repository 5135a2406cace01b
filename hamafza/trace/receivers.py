"""What trace does when a gift is confirmed, and when money has crossed a county's border."""

from __future__ import annotations

from django.dispatch import receiver

from hamafza.giving.events import donation_confirmed
from hamafza.giving.models import Donation
from hamafza.ledger.events import transfer_done
from hamafza.ledger.models import CountyTransfer
from hamafza.trace.commands.codes import publish_transfer, write_code


@receiver(donation_confirmed, dispatch_uid="trace.code")
def let_be_found(*, donation: Donation, **_: object) -> None:
    """In the transaction of the confirmation: a receipt never holds a code that leads nowhere."""
    write_code(donation)


@receiver(transfer_done, dispatch_uid="trace.transfer")
def publish(*, transfer: CountyTransfer, **_: object) -> None:
    """In the transaction that carries it out: no transfer is done that does not stand in public (F3)."""
    publish_transfer(transfer)
