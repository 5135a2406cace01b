"""Allocations, payments, cards and holds as rows, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.core.parts import Tone
from hamafza.giving.choices import (
    AllocationState,
    CardState,
    DisbursementState,
    GivingMode,
    PayMethod,
    ReservationState,
)
from hamafza.giving.models import Allocation, Disbursement, NeedCard, Reservation
from hamafza.giving.payment_hands import hands_before
from hamafza.needs.choices import Domain

ALLOCATION_TONES: dict[str, Tone] = {
    AllocationState.PROPOSED: "orange",
    AllocationState.APPROVED: "blue",
    AllocationState.SPENT: "green",
    AllocationState.RELEASED: "grey",
    AllocationState.CANCELLED: "grey",
}
PAYMENT_TONES: dict[str, Tone] = {
    DisbursementState.REQUESTED: "orange",
    DisbursementState.APPROVED: "blue",
    DisbursementState.PAID: "teal",
    DisbursementState.CONFIRMED: "green",
    DisbursementState.RETURNED: "grey",
}
CARD_TONES: dict[str, Tone] = {
    CardState.DRAFT: "orange",
    CardState.REVIEWED: "blue",
    CardState.PUBLISHED: "green",
    CardState.WITHDRAWN: "grey",
}
HOLD_TONES: dict[str, Tone] = {
    ReservationState.HELD: "orange",
    ReservationState.ACCEPTED: "blue",
    ReservationState.DELIVERED: "teal",
    ReservationState.CONFIRMED: "green",
    ReservationState.RELEASED: "grey",
    ReservationState.EXPIRED: "grey",
}
PAGE = 50
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class AllocationRow:
    pk: UUID
    url: str
    what: str
    purpose: str
    fund: str
    amount: int
    state: str
    tone: Tone
    by: str
    at: datetime


@dataclass(frozen=True)
class PaymentRow:
    pk: UUID
    url: str
    what: str
    payee: str
    method: str
    fund: str
    amount: int
    state: str
    tone: Tone
    #: The step that waits for the asker: ``approve``, ``pay``, ``confirm``, or nothing.
    step: str
    may_return: bool


@dataclass(frozen=True)
class CardRow:
    pk: UUID
    url: str
    code: str
    title: str
    domain: str
    item: str
    is_group: bool
    state: str
    tone: Tone
    holds: int
    writer: str


@dataclass(frozen=True)
class HoldRow:
    pk: UUID
    url: str
    title: str
    giver: str
    units: int
    mode: str
    state: str
    tone: Tone
    held_until: datetime | None


def allocation_row(allocation: Allocation) -> AllocationRow:
    return AllocationRow(
        pk=allocation.pk,
        url=reverse("giving:allocation-record", args=[allocation.pk]),
        what=allocation.what,
        purpose=domain_label(allocation.purpose),
        fund=allocation.fund.name,
        amount=allocation.amount,
        state=str(AllocationState(allocation.state).label),
        tone=ALLOCATION_TONES[allocation.state],
        by=str(allocation.requested_by or _("the system")),
        at=allocation.requested_at,
    )


def payment_row(payment: Disbursement, actor: Actor) -> PaymentRow:
    allocation = payment.allocation
    return PaymentRow(
        pk=payment.pk,
        url=reverse("giving:allocation-record", args=[allocation.pk]),
        what=allocation.what,
        payee=payment.payee,
        method=str(PayMethod(payment.method).label),
        fund=allocation.fund.name,
        amount=payment.amount,
        state=str(DisbursementState(payment.state).label),
        tone=PAYMENT_TONES[payment.state],
        step=step_of(payment, actor),
        may_return=may_return(payment, actor),
    )


def step_of(payment: Disbursement, actor: Actor) -> str:
    """What the actor may do next with a payment; nothing when she had a hand in it already."""
    steps = {
        DisbursementState.REQUESTED: ("approve", Permission.APPROVE_SPENDING),
        DisbursementState.APPROVED: ("pay", Permission.PAY),
        DisbursementState.PAID: ("confirm", Permission.CONFIRM_DIRECT),
    }
    step, permission = steps.get(DisbursementState(payment.state), ("", Permission.PAY))
    return step if actor.may(permission, payment.county_id) and actor.user_id not in hands_before(payment) else ""


def may_return(payment: Disbursement, actor: Actor) -> bool:
    """Whether the actor may say that it is not paid, or came back."""
    waits = payment.state in {DisbursementState.REQUESTED, DisbursementState.APPROVED}
    is_paid = payment.state in {DisbursementState.PAID, DisbursementState.CONFIRMED}
    permission = Permission.APPROVE_SPENDING if waits else Permission.PAY
    return (waits or is_paid) and actor.may(permission, payment.county_id)


def card_row(card: NeedCard) -> CardRow:
    return CardRow(
        pk=card.pk,
        url=reverse("giving:card-record", args=[card.pk]),
        code=card.code,
        title=card.title,
        domain=domain_label(card.domain),
        item=card.item,
        is_group=card.is_group,
        state=str(CardState(card.state).label),
        tone=CARD_TONES[card.state],
        holds=getattr(card, "holds", 0),
        writer=str(card.written_by or _("the system")),
    )


def hold_row(held: Reservation) -> HoldRow:
    return HoldRow(
        pk=held.pk,
        url=reverse("giving:reservation-record", args=[held.pk]),
        title=held.card.title,
        giver=held.benefactor.name,
        units=held.units,
        mode=str(GivingMode(held.mode).label),
        state=str(ReservationState(held.state).label),
        tone=HOLD_TONES[held.state],
        held_until=held.held_until if held.state in {ReservationState.HELD, ReservationState.ACCEPTED} else None,
    )


def domain_label(domain: str) -> str:
    return str(Domain(domain).label) if domain else _("Whatever the county needs")


def page_after(rows: QuerySet[M], after: str) -> tuple[list[M], UUID | None]:
    """A page of rows in falling order of their keys, and the place from which the next one goes on."""
    try:
        place = UUID(after) if after else None
    except ValueError:  # an address nobody made
        place = None
    shown = list((rows.filter(pk__lt=place) if place else rows)[: PAGE + 1])
    page = shown[:PAGE]
    return page, UUID(str(page[-1].pk)) if len(shown) > PAGE else None
