"""One row of every kind that giving and working together seal a text in, for `test_sealed_at_rest.py`; imported once Django stands."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hamafza.accounts.choices import OrganizationKind
from hamafza.accounts.models import Organization, User
from hamafza.councils.models import Council, Seat, SeatHolding
from hamafza.distribution.choices import Proof
from hamafza.distribution.models import Delivery, RoundEntry
from hamafza.distribution.tests.factories import a_lot, a_round, an_item
from hamafza.giving.choices import Channel
from hamafza.giving.models import BankLine, BankStatement, Benefactor, Donation, Receipt
from hamafza.giving.tests.factories_pledge import a_pledge, weekly
from hamafza.ledger.tests.factories import a_fund, a_transfer
from hamafza.needs.models import Need
from hamafza.notices.choices import MessageChannel
from hamafza.notices.models import Message
from hamafza.registry.models import Consent, Person
from hamafza.trace.choices import LetterKind
from hamafza.trace.models import Letter


def rows_of_giving(number: int, person: Person, need: Need, *, sentinel: str) -> list[Any]:
    """Written straight into the tables; ``number`` keeps them apart. What is never changed holds ``sentinel`` already."""
    today, county = timezone.localdate(), person.county_id
    year: dict[str, Any] = {"county_id": county, "jalali_year": 1390, "number": number + 1}
    benefactor = Benefactor.objects.create(county_id=county, name=f"خیر {number}")
    donation = Donation.objects.create(
        benefactor=benefactor, channel=Channel.CASH, trace_code=f"SEALED{number}", **year
    )
    statement = BankStatement.objects.create(county_id=county, account="IR1", file_hash=f"{number:064}", file_name="x")
    return [
        benefactor,
        a_pledge(benefactor, schedule=weekly(today)),
        donation,
        BankLine.objects.create(
            county_id=county, statement=statement, account="IR1", on=today, amount=1, mark=f"mark {number}"
        ),
        Receipt.objects.create(donation=donation, printed_hash="0", **year),
        Letter.objects.create(kind=LetterKind.THANKS, benefactor=benefactor, since=today, until=today, **year),
        a_transfer(a_fund(county), consent=sentinel),
        Consent.objects.create(county_id=county, household=person.household, person=person, purpose="meet_giver"),
        Message.objects.create(county_id=county, channel=MessageChannel.SMS, code="distribution.code"),
        _delivery(number, need),
    ]


def rows_of_councils(number: int, county: str) -> list[Any]:
    """Who signs in, and who holds a seat without doing so."""
    office = Organization.objects.create(kind=OrganizationKind.AGENCY, name_fa=f"فرمانداری {number}", place_id=county)
    council = Council.objects.create(place_id=county, name=f"شورا {number}", secretariat=office)
    seat = Seat.objects.create(place_id=county, council=council, title="فرماندار", since=timezone.localdate())
    holding = SeatHolding.objects.create(place_id=county, seat=seat, name=f"عضو {number}", since=timezone.localdate())
    return [User.objects.create_user(f"sealed{number}"), holding]


def _delivery(number: int, need: Need) -> Delivery:
    item = an_item(county=need.county_id)
    entry = RoundEntry.objects.create(
        county_id=need.county_id, round=a_round(item, county=need.county_id), household=need.household, need=need,
        item=item, period="1405-08", rank=1, token=f"T{number}",
    )  # fmt: skip
    lot = a_lot(item, county=need.county_id)
    return Delivery.objects.create(county_id=need.county_id, entry=entry, lot=lot, quantity=1, proof=Proof.WITNESSES)
