"""The gifts of a benefactor in a Jalali year, for her statement."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Max, Min, Sum

from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.giving.choices import DonationState, GiftKind, RefundState
from hamafza.giving.models import Benefactor, Donation, DonationLine, Refund


def gifts_of_year(benefactor: Benefactor, year: int) -> list[tuple[Donation, int, int]]:
    """Confirmed gifts received in the year, with their money and the value of their goods, less what was paid back."""
    first, last = from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1) - timedelta(days=1)
    gifts = list(
        Donation.objects.filter(
            benefactor=benefactor, state=DonationState.CONFIRMED, received_on__range=(first, last)
        ).order_by("received_on", "number")
    )
    money, value = _sums(gifts, is_money=True), _sums(gifts, is_money=False)
    back = _paid_back(gifts)
    rows = [(gift, money.get(gift.pk, 0) - back.get(gift.pk, 0), value.get(gift.pk, 0)) for gift in gifts]
    return [row for row in rows if row[1] or row[2]]


def years_with_gifts(benefactor: Benefactor) -> list[int]:
    """Jalali years from her first confirmed gift to her last, the newest first."""
    gifts = Donation.objects.filter(benefactor=benefactor, state=DonationState.CONFIRMED)
    span = gifts.aggregate(first=Min("received_on"), last=Max("received_on"))
    if span["first"] is None:
        return []
    return list(range(to_jalali(span["last"]).year, to_jalali(span["first"]).year - 1, -1))


def _sums(gifts: list[Donation], *, is_money: bool) -> dict[UUID, int]:
    lines = DonationLine.objects.filter(donation__in=gifts).order_by()
    lines = lines.filter(kind=GiftKind.MONEY) if is_money else lines.exclude(kind=GiftKind.MONEY)
    return dict(lines.values("donation").annotate(total=Sum("amount")).values_list("donation", "total"))


def _paid_back(gifts: list[Donation]) -> dict[UUID, int]:
    rows = Refund.objects.filter(line__donation__in=gifts, state=RefundState.PAID).order_by()
    return dict(rows.values("line__donation").annotate(total=Sum("amount")).values_list("line__donation", "total"))
