"""What ``hamafza verify`` checks: every app that promises something is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hamafza.audit.queries.integrity import verify_audit
from hamafza.core.db import check_database
from hamafza.core.scope import everywhere
from hamafza.distribution.models import Round
from hamafza.distribution.queries.integrity_rounds import checked_of_rounds, faults_of_rounds
from hamafza.distribution.queries.integrity import stock_checked, stock_faults
from hamafza.intake.queries.half_rows import half_rows
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


def verify() -> list[Check]:
    """Every check, in the order in which a fault would mislead the next one."""
    checks: tuple[Callable[[], Check], ...] = (_database, _audit, _registry, _sealed, _summaries, _rounds, _stock)
    return [check() for check in checks]


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


def _rounds() -> Check:
    """Places on lists and deliveries beside stock, books and records of aid, county by county."""
    with everywhere(reason="verify the rounds"):
        held = sorted(set(Round.objects.order_by().values_list("county_id", flat=True).distinct()))
        checked = sum(checked_of_rounds(county) for county in held)
        faults = [f"{county}: {fault}" for county in held for fault in faults_of_rounds(county)]
    return Check("rounds", checked, faults)


def _stock() -> Check:
    """Balances beside their movements, lots beside their gifts, kits beside what went into them."""
    with everywhere(reason="verify the stock"):
        return Check("stock", stock_checked(), list(stock_faults()))
