"""Money that crosses a border: allowed, asked for with consent, approved by two, carried out as two linked entries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.ledger.choices import Account, Restriction, TransferState
from hamafza.ledger.commands.post import reverse_entry
from hamafza.ledger.commands.transfers import (
    TransferWish,
    allow_transfers,
    approve_transfer,
    execute_transfer,
    refuse_transfer,
    request_transfer,
)
from hamafza.ledger.events import transfer_done
from hamafza.ledger.models import CountyTransfer, Fund, JournalEntry, JournalLine
from hamafza.ledger.queries.funds import free_of
from hamafza.ledger.tests.factories import SYSTEM, a_fund
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, FAR_PROVINCE, PROVINCE, SISTER_COUNTY

pytestmark = pytest.mark.usefixtures("without_gifts")


@pytest.fixture
def people(places: dict[str, Place]) -> dict[str, Actor]:
    return {
        "head": make_actor(Role.COUNTY_HEAD),
        "deputy": make_actor(Role.COUNTY_HEAD),
        "receiver": make_actor(Role.COUNTY_HEAD, SISTER_COUNTY),
        "director": make_actor(Role.PROVINCE_DIRECTOR),
        "payer": make_actor(Role.PAYER),
    }


@pytest.fixture
def allowed(people: dict[str, Actor], places: dict[str, Place]) -> None:
    today = clock.today()
    allow_transfers(places[PROVINCE], valid_from=today, valid_to=today, basis="Council 31", by=people["director"])


def wish(**other: Any) -> TransferWish:
    asked = {
        "to_county": SISTER_COUNTY,
        "amount": 300,
        "reason": "Flood",
        "consent": "Yes.",
        "consent_on": clock.today(),
    }
    return TransferWish(**{**asked, **other})


def ask(fund: Fund, by: Actor, **other: Any) -> CountyTransfer:
    with counties([COUNTY]):
        return request_transfer(fund, wish=wish(**other), by=by, key=uuid4())


def asked_code(fund: Fund, by: Actor, **other: Any) -> str:
    with pytest.raises(Refusal) as said:
        ask(fund, by, **other)
    return said.value.code


def code_of(act: Any, transfer: CountyTransfer, **words: Any) -> str:
    with pytest.raises(Refusal) as said:
        act(transfer, **words)
    return said.value.code


def test_transfer_goes_from_request_to_two_linked_entries(people: dict[str, Actor], allowed: None) -> None:
    told: list[CountyTransfer] = []
    tell = lambda transfer, **_: told.append(transfer)  # noqa: E731
    transfer_done.connect(tell)
    fund = a_fund(rial=1000, restriction=Restriction.PURPOSE, purpose="livelihood")
    transfer = ask(fund, people["head"])
    approve_transfer(transfer, by=people["receiver"])
    approve_transfer(transfer, by=people["deputy"])
    done = execute_transfer(transfer, by=people["payer"])
    transfer_done.disconnect(tell)
    with counties([COUNTY, SISTER_COUNTY]):
        there = Fund.objects.get(pk=done.to_fund)
        clearing = dict(JournalLine.objects.filter(account=Account.CLEARING).values_list("county", "amount"))
        assert (free_of(fund), free_of(there), there.purpose) == (700, 300, "livelihood")
        assert clearing == {COUNTY: 300, SISTER_COUNTY: -300}
        assert not JournalEntry.objects.filter(description__contains="Flood").exists()
        assert {done.entry_out, done.entry_in} == set(
            JournalEntry.objects.filter(transfer=done.pk).values_list("pk", flat=True)
        )
    assert (done.state, told) == (TransferState.DONE, [done])
    assert code_of(execute_transfer, done, by=people["payer"]) == "no_such_step"


def test_transfer_is_off_unless_the_province_allows_it(people: dict[str, Actor]) -> None:
    assert asked_code(a_fund(rial=1000), people["head"]) == "not_allowed"


def test_transfer_to_another_province_refused(people: dict[str, Actor], allowed: None) -> None:
    assert asked_code(a_fund(rial=1000), people["head"], to_county=FAR_COUNTY) == "not_allowed"
    assert asked_code(a_fund(rial=1000), people["head"], to_county=COUNTY) == "not_allowed"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"consent": " "}, "consent_missing"),
        ({"amount": 1001}, "overdrawn"),
        ({"amount": 0}, "nothing_moved"),
    ],
)
def test_request_without_consent_or_beyond_what_is_free_refused(
    people: dict[str, Actor], allowed: None, other: dict[str, Any], code: str
) -> None:
    assert asked_code(a_fund(rial=1000), people["head"], **other) == code


def test_request_with_a_consent_of_tomorrow_refused(people: dict[str, Actor], allowed: None) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    assert asked_code(a_fund(rial=1000), people["head"], consent_on=tomorrow) == "consent_missing"


@pytest.mark.parametrize("restriction", [Restriction.GOVERNMENT, Restriction.SUSPENSE])
def test_money_of_the_state_or_of_nobody_stays(
    people: dict[str, Actor], allowed: None, restriction: Restriction
) -> None:
    assert asked_code(a_fund(rial=1000, restriction=restriction), people["head"]) == "stays_in_county"


def test_request_by_another_duty_refused(people: dict[str, Actor], allowed: None) -> None:
    with pytest.raises(PermissionDenied):
        ask(a_fund(rial=1000), people["payer"])


def test_nobody_approves_what_she_asked_for_or_twice(people: dict[str, Actor], allowed: None) -> None:
    transfer = ask(a_fund(rial=1000), people["head"])
    assert code_of(approve_transfer, transfer, by=people["head"]) == "same_hands"
    approve_transfer(transfer, by=people["director"])
    assert code_of(approve_transfer, transfer, by=people["director"]) == "same_hands"
    with pytest.raises(PermissionDenied):
        approve_transfer(transfer, by=make_actor(Role.COUNTY_HEAD, FAR_COUNTY))


def test_two_approvers_of_the_giving_county_alone_refused(people: dict[str, Actor], allowed: None) -> None:
    transfer = ask(a_fund(rial=1000), people["head"])
    approve_transfer(transfer, by=people["deputy"])
    assert code_of(approve_transfer, transfer, by=make_actor(Role.COUNTY_HEAD)) == "one_sided"
    assert approve_transfer(transfer, by=people["receiver"]).state == TransferState.APPROVED


def test_carry_out_before_two_approved_by_an_approver_or_after_the_allowance_refused(
    people: dict[str, Actor], allowed: None
) -> None:
    transfer = ask(a_fund(rial=1000), people["head"])
    assert code_of(execute_transfer, transfer, by=people["payer"]) == "no_such_step"
    approve_transfer(transfer, by=people["director"])
    approve_transfer(transfer, by=people["receiver"])
    both = Actor("both", user_id=people["receiver"].user_id, duties=people["payer"].duties)
    assert code_of(execute_transfer, transfer, by=both) == "same_hands"
    transfer.allowance.valid_from = transfer.allowance.valid_to = clock.today() - timedelta(days=1)
    transfer.allowance.save()
    assert code_of(execute_transfer, transfer, by=people["payer"]) == "not_allowed"


def test_carry_out_when_the_money_is_gone_leaves_nothing_behind(people: dict[str, Actor], allowed: None) -> None:
    fund = a_fund(rial=500)
    first, second = ask(fund, people["head"]), ask(fund, people["head"])
    approve_transfer(first, by=people["director"])
    approve_transfer(first, by=people["receiver"])
    approve_transfer(second, by=people["director"])
    approve_transfer(second, by=people["receiver"])
    execute_transfer(first, by=people["payer"])
    assert code_of(execute_transfer, second, by=people["payer"]) == "overdrawn"
    with counties([COUNTY, SISTER_COUNTY]):
        assert JournalEntry.objects.filter(transfer=second.pk).count() == 0


def test_refuse_transfer_needs_a_reason_and_ends_it(people: dict[str, Actor], allowed: None) -> None:
    transfer = ask(a_fund(rial=1000), people["head"])
    assert code_of(refuse_transfer, transfer, reason=" ", by=people["receiver"]) == "reason_missing"
    refuse_transfer(transfer, reason="We have enough", by=people["receiver"])
    assert code_of(approve_transfer, transfer, by=people["director"]) == "no_such_step"


def test_refuse_transfer_that_two_approved_ends_it_and_one_that_is_done_does_not(
    people: dict[str, Actor], allowed: None
) -> None:
    transfer = ask(a_fund(rial=1000), people["head"])
    approve_transfer(transfer, by=people["director"])
    approve_transfer(transfer, by=people["receiver"])
    assert refuse_transfer(transfer, reason="Not needed", by=people["receiver"]).state == TransferState.REFUSED
    assert code_of(execute_transfer, transfer, by=people["payer"]) == "no_such_step"


@pytest.mark.parametrize("reason", ["با ۰۹۱۲۳۴۵۶۷۸۹ تماس بگیرید", "کد ملی 0012345678", "خیابان مطهری"])
def test_reason_with_personal_data_refused(people: dict[str, Actor], allowed: None, reason: str) -> None:
    assert asked_code(a_fund(rial=1000), people["head"], reason=reason) == "personal_data"


def test_entry_of_a_transfer_is_not_reversed(people: dict[str, Actor], allowed: None) -> None:
    transfer = ask(a_fund(rial=1000), people["head"])
    approve_transfer(transfer, by=people["director"])
    approve_transfer(transfer, by=people["receiver"])
    done = execute_transfer(transfer, by=people["payer"])
    with counties([COUNTY]):
        entry = JournalEntry.objects.get(pk=done.entry_out)
        assert code_of(reverse_entry, entry, on=clock.today(), reason="x", by=SYSTEM) == "transfer_not_reversed"  # type: ignore[arg-type]


def test_allowance_by_another_province_or_without_basis_refused(
    people: dict[str, Actor], places: dict[str, Place]
) -> None:
    today = clock.today()
    with pytest.raises(PermissionDenied):
        allow_transfers(places[FAR_PROVINCE], valid_from=today, valid_to=today, basis="x", by=people["director"])
    with pytest.raises(Refusal):
        allow_transfers(places[PROVINCE], valid_from=today, valid_to=today, basis=" ", by=people["director"])
    with pytest.raises(Refusal):
        allow_transfers(
            places[PROVINCE], valid_from=today, valid_to=today - timedelta(days=1), basis="x", by=people["director"]
        )
