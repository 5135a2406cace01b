"""Gifts of a county: lists with their sums, and what a record shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from hamafza.giving.choices import Channel, DonationState, GiftKind, RefundState
from hamafza.giving.models import Benefactor, Donation, DonationLine, Payment, Refund
from hamafza.ledger.models import JournalEntry
from hamafza.registry.queries.keyset import rows_after

COUNT_CAP = 10_000
#: Above this many gifts a sum covers the newest only, and the page says so; reports have the whole.
STANDING = (DonationState.PENDING, DonationState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class DonationFilters:
    """Days are both included; an empty text means any."""

    since: date | None = None
    until: date | None = None
    channel: str = ""
    state: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of a list, in rial: money and the estimated value of goods that are in the books, and what still waits.

    Rejected and reversed gifts and what was paid back do not count (F12).
    """

    money: int
    value: int
    waiting: int


def donations_in(county: str, filters: DonationFilters) -> QuerySet[Donation]:
    """Gifts of a county (which must be open) that fit, unsorted."""
    found = Donation.objects.filter(county_id=county)
    if filters.since:
        found = found.filter(received_on__gte=filters.since)
    if filters.until:
        found = found.filter(received_on__lte=filters.until)
    asked = {"channel": filters.channel, "state": filters.state, "purpose": filters.purpose}
    return found.filter(**{name: value for name, value in asked.items() if value})


def with_amounts(found: QuerySet[Donation]) -> QuerySet[Donation]:
    """Each with its giver, ``money`` and ``value`` of goods and services (rial), in the same query."""
    return found.select_related("benefactor").annotate(
        money=_total(DonationLine.objects.filter(kind=GiftKind.MONEY)),
        value=_total(DonationLine.objects.exclude(kind=GiftKind.MONEY)),
    )


def page_of_donations(found: QuerySet[Donation], *, after: str, size: int) -> list[Donation]:
    """The newest first, from a place on; one more than ``size`` when there are more."""
    shown = with_amounts(found)
    try:
        return list(rows_after(shown, field="received_on", falling=True, cursor=after)[: size + 1])
    except ValidationError:  # a place nobody made
        return list(rows_after(shown, field="received_on", falling=True, cursor="")[: size + 1])


def count_capped(found: QuerySet[Donation]) -> tuple[int, bool]:
    """How many there are, and whether there are more than the cap."""
    count = found.order_by()[: COUNT_CAP + 1].count()
    return min(count, COUNT_CAP), count > COUNT_CAP


def sums_of(found: QuerySet[Donation]) -> Sums:
    """Three queries, however many gifts."""
    lines = DonationLine.objects.filter(donation__in=found.order_by().values("pk")).order_by()
    rows = lines.values_list("donation__state", "kind").annotate(total=Sum("amount"))
    totals = {(state, kind == GiftKind.MONEY): 0 for state in DonationState.values for kind in GiftKind.values}
    for state, kind, total in rows:
        totals[state, kind == GiftKind.MONEY] += total
    back = Refund.objects.filter(line__donation__in=found.order_by().values("pk"), state=RefundState.PAID)
    confirmed = DonationState.CONFIRMED
    return Sums(
        money=totals[confirmed, True] - int(back.aggregate(total=Sum("amount"))["total"] or 0),
        value=totals[confirmed, False],
        waiting=totals[DonationState.PENDING, True] + totals[DonationState.PENDING, False],
    )


def pending_donations(county: str) -> QuerySet[Donation]:
    """What waits for confirmation, the oldest first."""
    waiting = Donation.objects.filter(county_id=county, state=DonationState.PENDING)
    return with_amounts(waiting).select_related("benefactor", "received_by", "payment").order_by("received_on", "id")


def donations_of(benefactor: Benefactor) -> QuerySet[Donation]:
    """All gifts of a benefactor, the newest first."""
    return with_amounts(Donation.objects.filter(benefactor=benefactor)).order_by("-received_on", "-id")


def lines_of(donation: Donation) -> list[DonationLine]:
    """The lines of a gift with what their page shows."""
    return list(donation.lines.select_related("item", "fund", "instalment__pledge").order_by("pk"))


def entries_of(keys: list[UUID]) -> list[JournalEntry]:
    """Entries of the books that these rows are the source of, the oldest first."""
    return list(JournalEntry.objects.filter(source_id__in=keys, posted_at__isnull=False).order_by("number"))


def _total(lines: QuerySet[DonationLine]) -> Coalesce:
    mine = lines.filter(donation=OuterRef("pk")).order_by().values("donation")
    return Coalesce(Subquery(mine.annotate(total=Sum("amount")).values("total")), 0, output_field=BigIntegerField())


def payment_of(donation: Donation) -> Payment | None:
    """The payment at the gateway that a gift came by."""
    return Payment.objects.filter(donation=donation).first() if donation.channel == Channel.GATEWAY else None
