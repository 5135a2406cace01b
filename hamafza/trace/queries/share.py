"""The government's share beside the people's, for one purpose in one county and one Jalali year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Sum

from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.ledger.choices import Account, Restriction
from hamafza.ledger.models import JournalLine
from hamafza.ledger.queries.books import last_entry

RECEIVED = (Account.GIFTS, Account.GIFTS_IN_KIND, Account.GOVERNMENT)
SPENT = (Account.AID_MONEY, Account.AID_GOODS)
AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class StateShare:
    """Rials received and spent in a year: by the state, and by the people beside it. ``purpose`` empty: for all."""

    year: int
    purpose: str
    received: int
    spent: int
    people_received: int
    people_spent: int

    @property
    def exists(self) -> bool:
        return bool(self.received or self.spent)


def state_share(county: str, *, purpose: str, on: date) -> StateShare:
    """From the books of the county (which must be open); what was reversed is not counted.

    The sums are kept until the next entry is posted: the key holds the hash of the last one.
    """
    last = last_entry(county)
    year = to_jalali(on).year
    key = f"trace-share:{county}:{purpose}:{year}:{last.pk if last else ''}"
    found: StateShare | None = cache.get(key)
    if found is None:
        found = _summed(county, purpose=purpose, year=year)
        cache.set(key, found, AN_HOUR)
    return found


def year_span(year: int) -> tuple[date, date]:
    """The first and the last day of a Jalali year."""
    return from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1) - timedelta(days=1)


def _summed(county: str, *, purpose: str, year: int) -> StateShare:
    since, until = year_span(year)
    lines = JournalLine.objects.filter(
        county_id=county,
        account__in=[*RECEIVED, *SPENT],
        entry__posted_at__isnull=False,
        entry__on__gte=since,
        entry__on__lte=until,
    )
    if purpose:
        lines = lines.filter(fund__purpose=purpose)
    sums = {"state_in": 0, "state_out": 0, "people_in": 0, "people_out": 0}
    rows = lines.order_by().values_list("fund__restriction", "account").annotate(total=Sum("amount"))
    for restriction, account, total in rows:
        side = "state" if restriction == Restriction.GOVERNMENT or account == Account.GOVERNMENT else "people"
        sums[f"{side}_{'in' if account in RECEIVED else 'out'}"] += -total if account in RECEIVED else total
    return StateShare(
        year=year,
        purpose=purpose,
        received=sums["state_in"],
        spent=sums["state_out"],
        people_received=sums["people_in"],
        people_spent=sums["people_out"],
    )
