"""How far many gifts have come at once: the furthest stage that a part of each has reached. One query for a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.models import Delivery, Lot, LotSource, RoundLot
from hamafza.giving.choices import Channel, DisbursementState, DonationState
from hamafza.giving.models import Disbursement, Donation, DonationLine, GiftUse
from hamafza.trace.choices import Stage
from hamafza.trace.queries.goods import CONFIRMED_STATES, PACKED_STATES
from hamafza.trace.queries.money import PAID_STATES

_LINE = OuterRef("pk")
#: The same, from a query within a query.
_OUTER_LINE = OuterRef(OuterRef("pk"))
_PACKED = sorted(PACKED_STATES)


def stages_of(donations: Iterable[Donation]) -> dict[UUID, Stage]:
    """By gift: its furthest stage; gifts that wait for confirmation or were taken back are absent."""
    gifts = {gift.pk: gift for gift in donations if gift.state == DonationState.CONFIRMED}
    order = list(Stage)
    furthest = {pk: Stage.CONFIRMED if gift.channel == Channel.DIRECT else Stage.RECEIVED for pk, gift in gifts.items()}
    lines = DonationLine.objects.filter(donation__in=list(gifts)).annotate(
        is_allocated=_allocated(), is_prepared=_prepared(), is_delivered=_delivered(), is_confirmed=_confirmed()
    )
    for gift, *reached in lines.values_list(
        "donation_id", "is_allocated", "is_prepared", "is_delivered", "is_confirmed"
    ):
        stage = max([0, *(place for place, yes in enumerate(reached, start=1) if yes)])
        furthest[gift] = max(furthest[gift], order[stage], key=order.index)
    return furthest


def _used(line: OuterRef) -> QuerySet[GiftUse, Any]:
    """Allocations to which a line has given and from which not all of it was given back."""
    net = GiftUse.objects.filter(line=line).order_by().values("allocation").annotate(net=Sum("amount"))
    return net.filter(net__gt=0).values("allocation")


def _allocated() -> Q:
    return (
        Q(Exists(_used(_LINE)))
        | Q(Exists(LotSource.objects.filter(source_lot__donation_line=_LINE)))
        | Q(Exists(RoundLot.objects.filter(lot__donation_line=_LINE).exclude(round__state=RoundState.CANCELLED)))
    )


def _prepared() -> Q:
    return (
        Q(Exists(Disbursement.objects.filter(allocation__in=_used(_OUTER_LINE), state__in=PAID_STATES)))
        | Q(Exists(Lot.objects.filter(purchase__in=_used(_OUTER_LINE))))
        | Q(Exists(LotSource.objects.filter(source_lot__donation_line=_LINE)))
        | Q(Exists(RoundLot.objects.filter(lot__donation_line=_LINE, round__state__in=_PACKED)))
    )


def _delivered() -> Q:
    paid = Disbursement.objects.filter(
        allocation__in=_used(_OUTER_LINE), state__in=PAID_STATES, allocation__lots__isnull=True
    )
    return Q(Exists(paid)) | _handed_out()


def _confirmed() -> Q:
    paid = Disbursement.objects.filter(allocation__in=_used(_OUTER_LINE), state=DisbursementState.CONFIRMED)
    return Q(Exists(paid)) | _handed_out(entry__round__state__in=sorted(CONFIRMED_STATES))


def _handed_out(**conditions: object) -> Q:
    """As it came, or bought with it; or packed into a kit."""
    done = Delivery.objects.filter(entry__state=EntryState.DELIVERED, **conditions)
    return (
        Q(Exists(done.filter(lot__donation_line=_LINE)))
        | Q(Exists(done.filter(lot__purchase__in=_used(_OUTER_LINE))))
        | Q(Exists(done.filter(lot__sources__source_lot__donation_line=_LINE)))
        | Q(Exists(done.filter(lot__sources__source_lot__purchase__in=_used(_OUTER_LINE))))
    )
