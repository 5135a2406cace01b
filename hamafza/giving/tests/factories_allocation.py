"""Allocations for tests, out of funds with gifts in them. A factory opens the county it writes to."""

from __future__ import annotations

from typing import Any

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.choices import PayMethod
from hamafza.giving.commands.allocations import approve_allocation, propose_allocation
from hamafza.giving.commands.disbursements import PaymentAsked, approve_payment, pay, request_payment
from hamafza.giving.models import Allocation, Disbursement
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, money
from hamafza.ledger.models import Fund
from hamafza.needs.models import Need
from hamafza.places.tests.factories import COUNTY


def a_fund(amount: int = 10 * MILLION, *, county: str = COUNTY, **wish: Any) -> Fund:
    """The fund of a confirmed gift of money."""
    with counties([county]):
        line = a_confirmed(money(amount), county=county, wish=wish).lines.get()
        return Fund.objects.get(pk=line.fund_id)


def a_proposal(
    fund: Fund | None = None, *, amount: int = MILLION, need: Need | None = None, by: Actor | None = None, **said: Any
) -> Allocation:
    """Asked for by a social worker."""
    fund = fund or a_fund()
    with counties([fund.county_id]):
        return propose_allocation(
            fund,
            amount=amount,
            need=need,
            by=by or make_actor(Role.SOCIAL_WORKER, fund.county_id),
            key=uuid7(),
            **{"what": "خرید یخچال", **said},
        )


def an_approved(fund: Fund | None = None, **said: Any) -> Allocation:
    """Approved by the head of the office."""
    proposal = a_proposal(fund, **said)
    with counties([proposal.county_id]):
        return approve_allocation(proposal, by=make_actor(Role.COUNTY_HEAD, proposal.county_id))


def a_request(allocation: Allocation | None = None, *, amount: int = 0, **said: Any) -> Disbursement:
    """A payment asked for by the accountant: all that is left, unless told otherwise."""
    allocation = allocation or an_approved()
    asked = PaymentAsked(amount=amount or allocation.amount, **{"method": PayMethod.SELLER, "payee": "فروشگاه", **said})
    with counties([allocation.county_id]):
        return request_payment(
            allocation, asked=asked, by=make_actor(Role.ACCOUNTANT, allocation.county_id), key=uuid7()
        )


def a_payment(allocation: Allocation | None = None, **said: Any) -> Disbursement:
    """Paid by the payer."""
    request = a_request(allocation, **said)
    with counties([request.county_id]):
        approved = approve_payment(request, by=make_actor(Role.COUNTY_HEAD, request.county_id))
        return pay(approved, reference="۱۲۳۴۵", by=make_actor(Role.PAYER, request.county_id))
