"""What rows and records of gifts show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.parts import Tone
from hamafza.giving.choices import Channel, DonationState, GiftKind, Intention, PaymentState, RefundState
from hamafza.giving.models import Donation, DonationLine
from hamafza.needs.choices import Domain
from hamafza.registry.choices import TargetGroup

TONES: dict[str, Tone] = {
    DonationState.PENDING: "orange",
    DonationState.CONFIRMED: "green",
    DonationState.REJECTED: "grey",
    DonationState.REVERSED: "grey",
}
REFUND_TONES: dict[str, Tone] = {
    RefundState.REQUESTED: "orange",
    RefundState.APPROVED: "blue",
    RefundState.PAID: "green",
    RefundState.REFUSED: "grey",
}
PAYMENT_TONES: dict[str, Tone] = {
    PaymentState.INITIATED: "orange",
    PaymentState.CAPTURED: "green",
    PaymentState.FAILED: "grey",
}
ICONS = {
    Channel.CASH: "wallet",
    Channel.CARD_READER: "device-mobile",
    Channel.CHEQUE: "file-text",
    Channel.BANK_TRANSFER: "building-bank",
    Channel.GATEWAY: "world",
    Channel.IN_KIND: "package",
    Channel.DIRECT: "heart-handshake",
}


@dataclass(frozen=True)
class DonationRow:
    """A gift in words; amounts in rial."""

    pk: UUID
    url: str
    number: str
    giver: str
    received_on: date
    channel: str
    icon: str
    purpose: str
    intention: str
    money: int
    value: int
    state: str
    tone: Tone
    is_gone: bool
    #: What it was promised for is over (P5).
    is_diverted: bool


def donation_row(gift: Donation) -> DonationRow:
    """From a gift of `queries.donations.with_amounts`."""
    counted: Any = gift
    return DonationRow(
        pk=gift.pk,
        url=reverse("giving:donation-record", args=[gift.pk]),
        number=number_of(gift),
        giver=giver_of(gift),
        received_on=gift.received_on,
        channel=str(Channel(gift.channel).label),
        icon=ICONS[Channel(gift.channel)],
        purpose=purpose_of(gift),
        intention=str(Intention(gift.intention).label),
        money=counted.money,
        value=counted.value,
        state=str(DonationState(gift.state).label),
        tone=TONES[gift.state],
        is_gone=gift.state in (DonationState.REJECTED, DonationState.REVERSED),
        is_diverted=bool(gift.wish_closed),
    )


def number_of(gift: Donation) -> str:
    """As it is said on paper: 1405/12."""
    return f"{gift.jalali_year}/{gift.number}"


def giver_of(gift: Donation) -> str:
    """As the office knows her."""
    return gift.benefactor.name if gift.benefactor else _("Unnamed giver")


def purpose_of(gift: Donation) -> str:
    """The purpose and the target group."""
    parts = [str(Domain(gift.purpose).label) if gift.purpose else _("Whatever the county needs")]
    if gift.target_group:
        parts.append(str(TargetGroup(gift.target_group).label))
    return ("، " if wording.is_persian() else ", ").join(parts)


def what_of(line: DonationLine) -> str:
    """What a line is, in words."""
    if line.kind == GiftKind.MONEY:
        return _("Money")
    name = line.item.name if line.item else _("Service")
    unit = f" {line.item.unit}" if line.item else ""
    return f"{name}، {wording.number(line.quantity)}{unit}" if line.quantity else name
