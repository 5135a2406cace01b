"""Gifts against the books (F5-F7, F9, F12): per line of a gift and per fund, in portions, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Max, Q, QuerySet, Sum

from hamafza.core.guards import faulty_guards
from hamafza.giving.choices import AllocationState, Channel, DonationState, GiftKind, PaymentState, RefundState
from hamafza.giving.models import (
    Allocation,
    Appropriation,
    BankLine,
    Disbursement,
    Donation,
    DonationLine,
    GiftUse,
    Payment,
    Receipt,
    Refund,
)
from hamafza.giving.queries.receipts import is_genuine
from hamafza.giving.triggers import GIVING
from hamafza.ledger.choices import FREE_ACCOUNTS, Account, Restriction
from hamafza.ledger.models import Fund, FundBalance, JournalLine

AT_ONCE = 1_000
_INCOME = (Account.GIFTS, Account.GIFTS_IN_KIND)
_STANDING = (AllocationState.APPROVED, AllocationState.SPENT)
#: Part of an allocation may be spent before the rest is given back.
_COUNTED = (*_STANDING, AllocationState.RELEASED)


def gift_faults() -> Iterator[str]:
    """What is wrong with gifts of the open counties, as ``code: id``; nothing when all is well."""
    yield from (f"guard {name} does not stand" for name in faulty_guards(connection, GIVING))
    lines = DonationLine.objects.select_related("donation").order_by("pk").iterator(chunk_size=AT_ONCE)
    while part := list(islice(lines, AT_ONCE)):
        yield from _line_faults(part)
    funds = Fund.objects.order_by("pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(funds, AT_ONCE)):
        yield from _fund_faults(some)
    yield from _ring_fence_faults()
    yield from _state_faults()
    yield from _receipt_faults()


def gifts_checked() -> int:
    """How many rows `gift_faults` looks at."""
    return DonationLine.objects.count() + Fund.objects.count() + Receipt.objects.count()


def _line_faults(part: Sequence[DonationLine]) -> Iterator[str]:
    """What was given is in the books, and nothing is used or paid back twice (F9, T1)."""
    keys = [line.pk for line in part]
    booked = _booked("donationline", keys)
    used, back = _sum(GiftUse, keys), _sum(Refund, keys, state=RefundState.PAID)
    for line in part:
        is_in = line.donation.state == DonationState.CONFIRMED and line.kind != GiftKind.SERVICE
        expected = line.amount if is_in else 0
        if booked.get(line.pk, 0) != expected:
            yield f"line_not_as_booked: {line.pk}"
        if used.get(line.pk, 0) < 0 or used.get(line.pk, 0) + back.get(line.pk, 0) > expected:
            yield f"line_used_beyond: {line.pk}"


def _booked(source: str, keys: Iterable[UUID]) -> dict[UUID, int]:
    """Income booked for these sources, over all funds: a move between funds and a reversal sum to what stands."""
    rows = JournalLine.objects.filter(
        entry__source_type=source, entry__source_id__in=list(keys), entry__posted_at__isnull=False, account__in=_INCOME
    ).order_by()
    return {pk: -total for pk, total in rows.values_list("entry__source_id").annotate(total=Sum("amount"))}


def _sum(model: type[GiftUse] | type[Refund], keys: Iterable[UUID], **conditions: object) -> dict[UUID, int]:
    rows = model.objects.filter(line__in=list(keys), **conditions).order_by()
    return dict(rows.values_list("line").annotate(total=Sum("amount")))


def _fund_faults(part: Sequence[Fund]) -> Iterator[str]:
    """Received = used + paid back + what is left, fund by fund; nothing is taken that is not there (F4, F9).

    Moves between funds and counties come and go beside the gifts, but for a gift that was identified: it counts where
    it lies now.
    """
    keys = [fund.pk for fund in part]
    balances, identified, used = _balances(keys), _identified(keys), _used(keys)
    given = _by_fund(
        DonationLine.objects.filter(fund__in=keys, kind=GiftKind.MONEY, donation__state=DonationState.CONFIRMED)
    )
    shares = _by_fund(Appropriation.objects.filter(fund__in=keys, reversed_at__isnull=True))
    back = _by_fund(Refund.objects.filter(line__fund__in=keys, state=RefundState.PAID), name="line__fund")
    for fund in part:
        held, moved_in = balances.get(fund.pk, {}), identified.get(fund.pk, 0)
        income = given.get(fund.pk, 0) + shares.get(fund.pk, 0) - back.get(fund.pk, 0)
        free = sum(held.get(account, 0) for account in FREE_ACCOUNTS)
        if free < 0:
            yield f"fund_overdrawn: {fund.pk}"
        if -held.get(Account.GIFTS, 0) - held.get(Account.GOVERNMENT, 0) + moved_in != income:
            yield f"fund_income_not_as_booked: {fund.pk}"
        moved = -held.get(Account.BETWEEN_FUNDS, 0) - held.get(Account.CLEARING, 0) - moved_in
        if income + moved - used.get(fund.pk, 0) - held.get(Account.FEES, 0) != free:
            yield f"fund_does_not_add_up: {fund.pk}"


def _identified(keys: list[UUID]) -> dict[UUID, int]:
    """What identified gifts brought into each fund; below zero: what they took out of suspense."""
    rows = JournalLine.objects.filter(
        fund__in=keys,
        account=Account.BETWEEN_FUNDS,
        entry__source_type="donationline",
        entry__posted_at__isnull=False,
    ).order_by()
    return {fund: -total for fund, total in rows.values_list("fund").annotate(total=Sum("amount"))}


def _used(keys: list[UUID]) -> dict[UUID, int]:
    """What is decided on and not given back, by the decisions themselves."""
    decided = Allocation.objects.filter(fund__in=keys, state__in=_COUNTED).order_by()
    return dict(decided.values_list("fund").annotate(total=Sum(F("amount") - F("released_rial"))))


def _balances(keys: list[UUID]) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = {}
    for fund, account, amount in FundBalance.objects.filter(fund__in=keys).values_list("fund", "account", "amount"):
        found.setdefault(fund, {})[account] = amount
    return found


def _by_fund(rows: QuerySet[Any], *, name: str = "fund") -> dict[UUID, int]:
    return dict(rows.order_by().values_list(name).annotate(total=Sum("amount")))


def _ring_fence_faults() -> Iterator[str]:
    """What is given in a county is spent there (F3)."""
    strays = Allocation.objects.filter(
        ~Q(fund__county=F("county")) | Q(need__isnull=False) & ~Q(need__county=F("county"))
    )
    yield from (f"allocation_over_the_border: {pk}" for pk in strays.values_list("pk", flat=True))
    paid = Disbursement.objects.exclude(allocation__county=F("county"))
    yield from (f"payment_over_the_border: {pk}" for pk in paid.values_list("pk", flat=True))
    used = GiftUse.objects.filter(~Q(line__county=F("county")) | ~Q(allocation__county=F("county")))
    yield from (f"use_over_the_border: {pk}" for pk in used.values_list("pk", flat=True))


def _state_faults() -> Iterator[str]:
    """Purposes, payments and bank lines that contradict their gift (F5, F6)."""
    strayed = Allocation.objects.filter(state__in=_STANDING, surplus_reason="", need__isnull=False).exclude(
        fund__purpose=""
    )
    for pk in strayed.exclude(fund__purpose=F("need__domain")).values_list("pk", flat=True):
        yield f"purpose_not_the_funds: {pk}"
    suspended = Allocation.objects.filter(state__in=_STANDING, fund__restriction=Restriction.SUSPENSE)
    for pk in suspended.values_list("pk", flat=True):
        yield f"suspense_spent: {pk}"
    captured = Payment.objects.filter(state=PaymentState.CAPTURED)
    for pk in captured.exclude(donation__state=DonationState.CONFIRMED).values_list("pk", flat=True):
        yield f"payment_without_gift: {pk}"
    online = Donation.objects.filter(channel=Channel.GATEWAY, state=DonationState.CONFIRMED)
    for pk in online.exclude(payment__state=PaymentState.CAPTURED).values_list("pk", flat=True):
        yield f"gift_without_payment: {pk}"
    lines = BankLine.objects.filter(donation__isnull=False)
    totals = lines.annotate(given=Sum("donation__lines__amount", filter=Q(donation__lines__kind=GiftKind.MONEY)))
    for pk in totals.exclude(given=F("amount")).values_list("pk", flat=True):
        yield f"bank_line_of_another_amount: {pk}"


def _receipt_faults() -> Iterator[str]:
    """Numbers without gap, texts as they were printed, one standing receipt for each gift that stands (F7, F12)."""
    series = Receipt.objects.order_by().values("county", "jalali_year").annotate(last=Max("number"), count=Count("pk"))
    for row in series.filter(~Q(last=F("count"))):
        yield f"receipt_numbers_have_gaps: {row['county']} {row['jalali_year']}"
    for receipt in Receipt.objects.order_by("pk").iterator(chunk_size=AT_ONCE):
        if not is_genuine(receipt):
            yield f"receipt_text_altered: {receipt.pk}"
    gone = Receipt.objects.filter(
        voided_at__isnull=True, donation__state__in=[DonationState.REVERSED, DonationState.REJECTED]
    )
    for pk in gone.values_list("pk", flat=True):
        yield f"receipt_of_a_gift_that_is_gone: {pk}"
    numbers = (
        Donation.objects.order_by().values("county", "jalali_year").annotate(last=Max("number"), count=Count("pk"))
    )
    for row in numbers.filter(~Q(last=F("count"))):
        yield f"gift_numbers_have_gaps: {row['county']} {row['jalali_year']}"
