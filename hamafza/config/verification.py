"""What ``hamafza verify`` checks: every app that promises something is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Sum

from hamafza.audit.queries.integrity import verify_audit
from hamafza.core.db import check_database
from hamafza.core.scope import everywhere
from hamafza.desk.models import Snapshot
from hamafza.desk.queries.snapshots import tampered_with
from hamafza.distribution.choices import EntryState
from hamafza.distribution.models import Round, RoundEntry
from hamafza.distribution.queries.integrity import book_faults, stock_checked, stock_faults
from hamafza.distribution.queries.integrity_rounds import checked_of_rounds, faults_of_rounds
from hamafza.giving.models import Allocation, NeedCard
from hamafza.giving.queries.integrity import gift_faults, gifts_checked
from hamafza.giving.queries.integrity_use import counted, spending_faults
from hamafza.intake.queries.half_rows import half_rows
from hamafza.ledger.queries.integrity import prove as prove_ledger
from hamafza.needs.models import Need
from hamafza.registry.models import Person
from hamafza.registry.queries.sealed import sealed_faults
from hamafza.reports.commands.verify import verify_summaries
from hamafza.reports.models import NeedSummary


@dataclass(frozen=True, slots=True)
class Check:
    """One promise: how many things were looked at, and what is wrong with them."""

    name: str
    checked: int
    faults: list[str]
    #: How many of what, where a check looks at several kinds of things.
    looked_at: dict[str, int] = field(default_factory=dict)


def verify() -> list[Check]:
    """Every check, in the order in which a fault would mislead the next one."""
    checks: tuple[Callable[[], Check], ...] = (
        _database,
        _audit,
        _registry,
        _sealed,
        _summaries,
        _ledger,
        _rounds,
        _stock,
        _gifts,
        _spending,
        _desk,
    )
    return [check() for check in checks]


def _desk() -> Check:
    with everywhere(reason="verify the reports of desks"):
        return Check("desk", Snapshot.objects.count(), list(tampered_with()))


def _database() -> Check:
    return Check("database", 1, check_database())


def _audit() -> Check:
    report = verify_audit()
    return Check(
        "audit", report.changes + report.reads, [f"{finding.code}: {finding.about}" for finding in report.findings]
    )


def _registry() -> Check:
    """Persons, their households and claims, county by county."""
    with everywhere(reason="verify the registry"):
        checked = Person.objects.count()
        held = sorted(set(Person.objects.values_list("county_id", flat=True).distinct()))
    return Check("registry", checked, [f"{county}: {fault}" for county in held for fault in half_rows(county)])


def _sealed() -> Check:
    """Sealed texts of persons and households, and the indexes by which they are found."""
    with everywhere(reason="verify sealed texts"):
        return Check("sealed", Person.objects.count(), list(sealed_faults()))


def _summaries() -> Check:
    """Kept numbers beside the live ones; counties that wait for their refresh are left out."""
    with everywhere(reason="verify the summaries"):
        checked = NeedSummary.objects.count()
    return Check("summaries", checked, [str(finding) for finding in verify_summaries()])


def _ledger() -> Check:
    """Every posted entry and line: sums, ring-fence, chain, balances, clearing, closed months (F1-F4, F10-F12)."""
    proof = prove_ledger()
    return Check("ledger", proof.looked_at["lines"], proof.faults, proof.looked_at)


def _rounds() -> Check:
    """Places on lists and deliveries beside stock, books and records of aid, county by county."""
    with everywhere(reason="verify the rounds"):
        held = sorted(set(Round.objects.order_by().values_list("county_id", flat=True).distinct()))
        checked = sum(checked_of_rounds(county) for county in held)
        faults = [f"{county}: {fault}" for county in held for fault in faults_of_rounds(county)]
    return Check("rounds", checked, faults)


def _stock() -> Check:
    """Balances beside their movements and the books, lots beside their gifts, kits beside what went into them."""
    with everywhere(reason="verify the stock"):
        return Check("stock", stock_checked(), [*stock_faults(), *book_faults()])


def _gifts() -> Check:
    """Each gift, fund and receipt beside the books: what came in is used, paid back or still there (F5-F7, F9, F12)."""
    with everywhere(reason="verify the gifts"):
        return Check("gifts", gifts_checked(), list(gift_faults()))


def _spending() -> Check:
    """Gifts used, allocations spent, units of needs held by whoever holds them (F4, F9, T1, T2, N1, N4)."""
    with everywhere(reason="verify the spending"):
        held = {
            county
            for model in (Allocation, NeedCard, Need)
            for county in model.objects.order_by().values_list("county_id", flat=True).distinct()
        }
        checked = sum(counted(county) for county in held)
        faults = [
            f"{county}: {fault}"
            for county in sorted(held)
            for fault in spending_faults(county, held_elsewhere=_held_by_rounds(county))
        ]
    return Check("spending", checked, faults)


def _held_by_rounds(county: str) -> dict[UUID, int]:
    """Units of needs that places on lists hold and that are not delivered yet."""
    waiting = RoundEntry.objects.filter(county_id=county, state__in=[EntryState.LISTED, EntryState.ABSENT], units__gt=0)
    return dict(waiting.order_by().values("need").annotate(held=Sum("units")).values_list("need", "held"))
