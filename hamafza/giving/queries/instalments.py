"""Instalments with their state, derived from dates and confirmed gifts for a whole set at once (P2, P3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from hamafza.giving.choices import DonationState, GiftKind, InstalmentState
from hamafza.giving.models import DonationLine, Instalment, Pledge
from hamafza.giving.pledge_flow import LIVE_STATES

S = InstalmentState
#: Something of these is still expected.
OPEN_STATES = frozenset({S.SCHEDULED, S.DUE, S.LATE, S.PARTLY, S.MISSED})


def with_states(instalments: QuerySet[Instalment], *, on: date) -> QuerySet[Any]:
    """Each with ``fulfilled`` (in what its pledge is counted in) and its ``state`` on a day, in the same query.

    Partly kept: something came, whether its day is over or not. Late: its day is over, within the days of grace.
    """
    return instalments.annotate(
        fulfilled=Coalesce(Subquery(_given()), 0, output_field=BigIntegerField()),
    ).annotate(
        state=Case(
            When(waived_at__isnull=False, then=Value(S.WAIVED)),
            When(fulfilled__gte=F("expected"), then=Value(S.KEPT)),
            When(fulfilled__gt=0, then=Value(S.PARTLY)),
            When(due_on__gt=on, then=Value(S.SCHEDULED)),
            When(due_on=on, then=Value(S.DUE)),
            When(grace_until__gte=on, then=Value(S.LATE)),
            default=Value(S.MISSED),
            output_field=CharField(),
        )
    )


def instalments_of(pledge: Pledge, *, on: date) -> QuerySet[Any]:
    """All instalments of a pledge by their day, with state and what was given."""
    return with_states(pledge.instalments.all(), on=on).order_by("due_on", "sequence")


def due_instalments(county: str, on: date) -> QuerySet[Any]:
    """What is due or late on a day in a county (which must be open): not kept, not waived, of pledges that stand."""
    return open_instalments(county, on=on).filter(due_on__lte=on)


def open_instalments(county: str, *, on: date) -> QuerySet[Any]:
    """Every instalment of a county of which something is still expected, by its day, with what a row shows."""
    found = Instalment.objects.filter(county_id=county, pledge__state__in=sorted(LIVE_STATES), waived_at=None)
    with_all = found.select_related("pledge__benefactor", "pledge__item", "version__occasion")
    return with_states(with_all, on=on).filter(fulfilled__lt=F("expected")).order_by("due_on", "id")


def touched(instalments: QuerySet[Instalment]) -> set[object]:
    """Ids of those that some gift, in whatever state, was entered for: they are never changed or removed (P1)."""
    lines = DonationLine.objects.filter(instalment__in=instalments.order_by().values("pk"))
    return set(lines.order_by().values_list("instalment_id", flat=True))


def _given() -> QuerySet[Any, Any]:
    """Confirmed gifts of the kind that was promised: rial of money, units of goods, times of a service."""
    fits = Q(kind=OuterRef("pledge__kind")) & (~Q(kind=GiftKind.GOODS) | Q(item=OuterRef("pledge__item")))
    lines = DonationLine.objects.filter(fits, instalment=OuterRef("pk"), donation__state=DonationState.CONFIRMED)
    counted = Case(
        When(kind=GiftKind.MONEY, then=F("amount")), default=Coalesce(F("quantity"), 1), output_field=BigIntegerField()
    )
    return lines.order_by().values("instalment").annotate(total=Sum(counted)).values("total")
