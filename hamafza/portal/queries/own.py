"""What a benefactor may see: her own promises, gifts, receipts, offers and holds, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from hamafza.accounts.actor import Actor
from hamafza.giving.choices import GiftKind, ReceiptKind, ReservationState
from hamafza.giving.models import (
    Benefactor,
    Capacity,
    Donation,
    DonationLine,
    Instalment,
    Pledge,
    PledgeVersion,
    Receipt,
    Reservation,
)
from hamafza.giving.queries.benefactors import benefactor_of
from hamafza.giving.queries.instalments import OPEN_STATES, with_states
from hamafza.giving.queries.pledges import pledges_of
from hamafza.trace.choices import Stage
from hamafza.trace.queries.stages import stages_of

NEXT, GIFTS, HOLDS = 6, 30, 20
#: She or the office still has to do something with them.
OPEN_HOLDS = (ReservationState.HELD, ReservationState.ACCEPTED, ReservationState.DELIVERED)


@dataclass(frozen=True, slots=True)
class OwnGift:
    """A gift with what was given, how far it has come (none: it waits, or was taken back) and its receipt."""

    donation: Donation
    lines: list[DonationLine]
    stage: Stage | None
    receipt: Receipt | None


def own_benefactor(actor: Actor, county: str) -> Benefactor | None:
    """The actor as a benefactor of an open county; none when the office has not linked her sign-in yet."""
    return benefactor_of(actor.user_id, county) if actor.user_id else None


def own_gifts(benefactor: Benefactor, *, after: UUID | None = None, limit: int = GIFTS) -> list[OwnGift]:
    """The newest first; four queries, however many."""
    valid = Receipt.objects.filter(kind=ReceiptKind.EACH, voided_at__isnull=True)
    rows = Donation.objects.filter(benefactor=benefactor).order_by("-pk")
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(
        rows.prefetch_related(
            Prefetch("lines", DonationLine.objects.select_related("item", "fund").order_by("pk")),
            Prefetch("receipts", valid),
        )[:limit]
    )
    stages = stages_of(found)
    return [
        OwnGift(gift, list(gift.lines.all()), stages.get(gift.pk), next(iter(gift.receipts.all()), None))
        for gift in found
    ]


def own_pledges(benefactor: Benefactor, *, on: date) -> list[Pledge]:
    """The latest first, each with its next day and its versions; two queries."""
    versions = PledgeVersion.objects.select_related("occasion").order_by("number")
    return list(pledges_of(benefactor, on=on).prefetch_related(Prefetch("versions", versions))[:HOLDS])


def next_instalments(benefactor: Benefactor, *, on: date) -> list[Instalment]:
    """Those of which something is still expected, by their day."""
    mine = Instalment.objects.filter(pledge__benefactor=benefactor, pledge__state="active", waived_at=None)
    states: Any = with_states(mine.select_related("pledge__item"), on=on)
    return list(states.filter(state__in=sorted(OPEN_STATES)).order_by("due_on", "id")[:NEXT])


def own_reservations(benefactor: Benefactor) -> list[Reservation]:
    """The needs she has taken up: all that are open, then the newest; by the card alone, never by whose need it is."""
    mine = Reservation.objects.filter(benefactor=benefactor).annotate(is_over=~Q(state__in=OPEN_HOLDS))
    newest_over = mine.filter(is_over=True).order_by("-pk").values("pk")[:HOLDS]
    shown = mine.filter(Q(is_over=False) | Q(pk__in=newest_over))
    return list(shown.select_related("card").order_by("is_over", "-pk"))


def own_capacities(benefactor: Benefactor) -> QuerySet[Capacity]:
    return Capacity.objects.filter(benefactor=benefactor).order_by("-pk")


def what_was_given(lines: list[DonationLine]) -> tuple[int, list[tuple[int, str]]]:
    """Rials of money, and goods as quantity and name."""
    rial = sum(line.amount for line in lines if line.kind == GiftKind.MONEY)
    return rial, [
        (line.quantity or 1, line.item.name if line.item else "") for line in lines if line.kind != GiftKind.MONEY
    ]
