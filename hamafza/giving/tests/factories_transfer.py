"""Transfers to another county, with the gifts whose givers agree."""

from __future__ import annotations

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.giving.models import DonationLine
from hamafza.ledger.commands.transfers import TransferWish, approve_transfer, execute_transfer, request_transfer
from hamafza.ledger.models import CountyTransfer, Fund
from hamafza.ledger.tests.factories import an_allowance
from hamafza.places.tests.factories import SISTER_COUNTY


def number_of(line: DonationLine) -> tuple[int, int]:
    """The number of a line's gift: Jalali year and place in it."""
    return line.donation.jalali_year, line.donation.number


def asked(fund: Fund, *gifts: tuple[int, int], amount: int, reason: str = "Flood") -> CountyTransfer:
    """A transfer that waits for its two approvers."""
    an_allowance()
    wish = TransferWish(SISTER_COUNTY, amount, reason, "Yes.", clock.today(), gifts)
    return request_transfer(fund, wish=wish, by=make_actor(Role.COUNTY_HEAD), key=uuid7())


def carried_out(transfer: CountyTransfer) -> CountyTransfer:
    """Approved by the province and by the county that takes, then paid."""
    approve_transfer(transfer, by=make_actor(Role.PROVINCE_DIRECTOR))
    approve_transfer(transfer, by=make_actor(Role.COUNTY_HEAD, SISTER_COUNTY))
    return execute_transfer(transfer, by=make_actor(Role.PAYER))
