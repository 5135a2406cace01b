"""What funds have: on each account, and free to decide on."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.ledger.choices import FREE_ACCOUNTS, Account
from hamafza.ledger.models import Fund, FundBalance, JournalLine


def balances_of(funds: Iterable[UUID]) -> dict[UUID, dict[Account, int]]:
    """By fund and account, in rial: a debit is positive. One query."""
    found: dict[UUID, dict[Account, int]] = {fund: {} for fund in funds}
    for fund, account, amount in FundBalance.objects.filter(fund__in=list(found)).values_list(
        "fund_id", "account", "amount"
    ):
        found[fund][Account(account)] = amount
    return found


def free_of(fund: Fund) -> int:
    """Rial that may still be decided on: money in hand less what is committed (F4)."""
    total = FundBalance.objects.filter(fund=fund, account__in=FREE_ACCOUNTS).aggregate(total=Sum("amount"))["total"]
    return int(total or 0)


def refuse_uncommitted(lines: Iterable[JournalLine]) -> None:
    """Refuse kindly what the database would refuse: to pay or release more than was committed."""
    given_back: dict[UUID, int] = {}
    for line in lines:
        if line.account == Account.COMMITTED:
            given_back[line.fund_id] = given_back.get(line.fund_id, 0) + line.amount
    more = {fund: amount for fund, amount in given_back.items() if amount > 0}
    balances = balances_of(more) if more else {}
    if any(balances[fund].get(Account.COMMITTED, 0) + amount > 0 for fund, amount in more.items()):
        raise Refusal(
            _("More would be paid or released than was committed. Reload the page and see what is committed."),
            code="not_committed",
            field="amount",
        )


def refuse_beyond(fund: Fund, amount: int) -> None:
    """Refuse to take more out of a fund than is free in it."""
    free = free_of(fund)
    if amount > free:
        raise Refusal(
            _("The fund “%(fund)s” has only %(free)s rials free. Choose another fund or a smaller amount.")
            % {"fund": fund.name, "free": wording.number(free)},
            code="overdrawn",
            field="amount",
        )


def refuse_overdraft(lines: Iterable[JournalLine]) -> None:
    """Refuse kindly what the database would refuse: a fund from which more is taken than is free."""
    taken: dict[UUID, int] = {}
    for line in lines:
        if line.account in FREE_ACCOUNTS:
            taken[line.fund_id] = taken.get(line.fund_id, 0) + line.amount
    for fund in Fund.objects.filter(pk__in=[pk for pk, amount in taken.items() if amount < 0]):
        refuse_beyond(fund, -taken[fund.pk])
