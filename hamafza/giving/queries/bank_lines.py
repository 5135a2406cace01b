"""Bank lines of a county, and which gift or instalment each may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet, Sum

from hamafza.giving.choices import Channel, DonationState, GiftKind
from hamafza.giving.models import BankLine, BankStatement, Donation, DonationLine, Instalment
from hamafza.giving.queries.instalments import open_instalments

#: Banks book a payment on a later day, offices write it down late.
DAYS_APART = 10
INSTALMENT_DAYS = 20
MOST = 4
_BY_BANK = (Channel.BANK_TRANSFER, Channel.CARD_READER, Channel.CHEQUE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a line may be: gifts that wait, the likeliest first, and instalments of the same amount."""

    donations: Sequence[Donation] = field(default_factory=list)
    instalments: Sequence[Instalment] = field(default_factory=list)


def waiting_lines(county: str) -> QuerySet[BankLine]:
    """Lines that are neither a gift nor set aside, the oldest first."""
    found = BankLine.objects.filter(county_id=county, donation=None, set_aside_reason="")
    return found.order_by("on", "id")


def aside_lines(county: str) -> QuerySet[BankLine]:
    """Lines that were set aside, with their reason."""
    return BankLine.objects.filter(county_id=county, donation=None).exclude(set_aside_reason="").order_by("-on", "-id")


def matched_lines(county: str) -> QuerySet[BankLine]:
    """Lines that belong to a gift."""
    found = BankLine.objects.filter(county_id=county, donation__isnull=False)
    return found.select_related("donation__benefactor").order_by("-on", "-id")


def statements_in(county: str) -> QuerySet[BankStatement]:
    """Imported statements, the newest first."""
    return BankStatement.objects.filter(county_id=county).select_related("by").order_by("-at", "-id")


def suggestions_for(lines: Sequence[BankLine]) -> dict[UUID, Suggestion]:
    """For each line of one county, by amount, then reference, then nearness of the day. Three queries in all."""
    if not lines:
        return {}
    county, amounts = lines[0].county_id, {line.amount for line in lines}
    gifts = _waiting_gifts(county, amounts)
    promised = list(
        open_instalments(county, on=max(line.on for line in lines)).filter(
            pledge__kind=GiftKind.MONEY,
            expected__in=amounts,
            due_on__gte=min(line.on for line in lines) - timedelta(days=INSTALMENT_DAYS),
            due_on__lte=max(line.on for line in lines) + timedelta(days=INSTALMENT_DAYS),
        )
    )
    return {line.pk: _suggestion(line, gifts.get(line.amount, []), promised) for line in lines}


def _waiting_gifts(county: str, amounts: set[int]) -> dict[int, list[Donation]]:
    """Gifts that wait for a bank line, by their amount."""
    totals = (
        DonationLine.objects.filter(
            county_id=county,
            kind=GiftKind.MONEY,
            donation__state=DonationState.PENDING,
            donation__channel__in=_BY_BANK,
            donation__bank_line=None,
        )
        .order_by()
        .values_list("donation")
        .annotate(total=Sum("amount"))
        .filter(total__in=amounts)
    )
    by_key = dict(totals)
    found: dict[int, list[Donation]] = {}
    for gift in Donation.objects.filter(pk__in=list(by_key)).select_related("benefactor"):
        found.setdefault(by_key[gift.pk], []).append(gift)
    return found


def _suggestion(line: BankLine, gifts: list[Donation], promised: list[Instalment]) -> Suggestion:
    near = [gift for gift in gifts if abs((gift.received_on - line.on).days) <= DAYS_APART or _same(gift, line)]
    near.sort(key=lambda gift: (not _same(gift, line), abs((gift.received_on - line.on).days), gift.number))
    due = [
        one for one in promised if one.expected == line.amount and abs((one.due_on - line.on).days) <= INSTALMENT_DAYS
    ]
    due.sort(key=lambda one: abs((one.due_on - line.on).days))
    return Suggestion(near[:MOST], due[:MOST])


def _same(gift: Donation, line: BankLine) -> bool:
    return bool(line.reference) and gift.reference == line.reference


def donation_in(county: str, pk: str) -> Donation | None:
    """A gift of a county by the key that a form sent."""
    try:
        return Donation.objects.filter(county_id=county, pk=UUID(pk)).first()
    except ValueError:
        return None
