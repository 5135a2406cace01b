"""Lists of funds and of entries, with what their rows show; a page costs the same number of queries, however long."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from hamafza.ledger.choices import FREE_ACCOUNTS, Account, MoveState
from hamafza.ledger.models import FiscalPeriod, Fund, FundBalance, FundMove, JournalEntry, JournalLine, Threshold
from hamafza.places.models import Place

COUNT_CAP = 10_000
#: What a fund has been spent on.
SPENT = (Account.AID_MONEY, Account.AID_GOODS, Account.LOGISTICS, Account.FEES)
RECEIVED = (Account.GIFTS, Account.GOVERNMENT, Account.GIFTS_IN_KIND)


@dataclass(frozen=True, slots=True)
class FundFilters:
    """What the list of funds is filtered by; empty means all."""

    restriction: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class EntryFilters:
    """What the journal is filtered by; empty means all."""

    kind: str = ""
    fund: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """In rial: what may still be decided on, what is promised to households, what is spent, goods in stock, all income."""

    free: int = 0
    committed: int = 0
    spent: int = 0
    stock: int = 0
    received: int = 0


def waiting_moves(fund: Fund) -> QuerySet[FundMove]:
    """Moves out of a fund that wait for a second pair of hands, the oldest first."""
    return FundMove.objects.filter(source=fund, state=MoveState.REQUESTED).select_related("target").order_by("at", "pk")


def funds_in(county: str, filters: FundFilters) -> QuerySet[Fund]:
    """Funds of a county by name."""
    found = Fund.objects.filter(county_id=county)
    if filters.restriction:
        found = found.filter(restriction=filters.restriction)
    if filters.purpose:
        found = found.filter(Q(purpose=filters.purpose) | Q(need__domain=filters.purpose))
    return found.order_by("name", "pk")


def sums_of(funds: QuerySet[Fund]) -> Sums:
    """All of them together, in one query."""
    return _sums(FundBalance.objects.filter(fund__in=funds.order_by().values("pk")).values_list("account", "amount"))


def sums_by_fund(funds: Collection[UUID]) -> dict[UUID, Sums]:
    """Each of a page, in one query."""
    rows: dict[UUID, list[tuple[str, int]]] = {fund: [] for fund in funds}
    for fund, account, amount in FundBalance.objects.filter(fund__in=list(funds)).values_list(
        "fund_id", "account", "amount"
    ):
        rows[fund].append((account, amount))
    return {fund: _sums(of) for fund, of in rows.items()}


def _sums(rows: Iterable[tuple[str, int]]) -> Sums:
    on: dict[str, int] = {}
    for account, amount in rows:
        on[account] = on.get(account, 0) + amount
    return Sums(
        free=sum(on.get(account, 0) for account in FREE_ACCOUNTS),
        committed=-on.get(Account.COMMITTED, 0),
        spent=sum(on.get(account, 0) for account in SPENT),
        stock=on.get(Account.STOCK, 0),
        received=-sum(on.get(account, 0) for account in RECEIVED),
    )


def entries_in(county: str, filters: EntryFilters) -> QuerySet[JournalEntry]:
    """Posted entries of a county, the newest first."""
    found = JournalEntry.objects.filter(county_id=county, posted_at__isnull=False)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.fund:
        found = found.filter(Exists(JournalLine.objects.filter(entry=OuterRef("pk"), fund=filters.fund)))
    if filters.since:
        found = found.filter(on__gte=filters.since)
    if filters.until:
        found = found.filter(on__lte=filters.until)
    return found.order_by("-number")


def with_amounts(entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """The same entries with the sum of their debits as ``amount``."""
    return entries.annotate(amount=Coalesce(Sum("lines__amount", filter=Q(lines__amount__gt=0)), 0))


def lines_of(entry: JournalEntry) -> list[JournalLine]:
    """The lines in their order, with fund and counterparty."""
    return list(entry.lines.select_related("fund", "counterparty").order_by("position"))


def newest_entries(fund: Fund, *, limit: int = 20) -> list[JournalEntry]:
    """The newest entries that touch a fund."""
    return list(with_amounts(entries_in(fund.county_id, EntryFilters(fund=fund.pk)))[:limit])


def reversal_of(entry: JournalEntry) -> JournalEntry | None:
    """The entry that undid this one."""
    return JournalEntry.objects.filter(reversal_of=entry).first()


def entry_before(entry: JournalEntry) -> JournalEntry | None:
    """The one this entry points back to."""
    return JournalEntry.objects.filter(county_id=entry.county_id, number=(entry.number or 0) - 1).first()


def count_capped(rows: QuerySet[Fund] | QuerySet[JournalEntry]) -> tuple[int, bool]:
    """How many there are, and whether there are more than anybody counts."""
    found = rows.order_by()[: COUNT_CAP + 1].count()
    return min(found, COUNT_CAP), found > COUNT_CAP


def periods_of(county: str) -> QuerySet[FiscalPeriod]:
    """Months of the books, the newest first."""
    found = FiscalPeriod.objects.filter(county_id=county).select_related("closed_by", "reopened_by")
    return found.order_by("-starts_on")


def entries_by_period(county: str) -> dict[UUID, int]:
    """How many posted entries are dated in each month."""
    dated = JournalEntry.objects.filter(
        county_id=county,
        posted_at__isnull=False,
        on__gte=OuterRef("starts_on"),
        on__lte=OuterRef("ends_on"),
    )
    counted = dated.order_by().annotate(all=Func("pk", function="COUNT")).values("all")
    rows = FiscalPeriod.objects.filter(county_id=county).annotate(
        entries=Subquery(counted, output_field=IntegerField())
    )
    return dict(rows.values_list("pk", "entries"))


def open_funds(county: str) -> QuerySet[Fund]:
    """Funds that may be chosen in a form."""
    return Fund.objects.filter(county_id=county, state="open").select_related("need").order_by("name", "pk")


def thresholds_around(county: str) -> QuerySet[Threshold]:
    """Thresholds of a county and of what lies above it, the newest first."""
    province = Place.objects.filter(code=county).values("parent_id")
    near = Q(place_id=county) | Q(place__in=province) | Q(place__parent__isnull=True)
    return Threshold.objects.filter(near).select_related("place").order_by("movement", "-valid_from", "place_id")
