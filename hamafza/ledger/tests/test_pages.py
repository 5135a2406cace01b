"""The pages of the ledger: who sees what, steps by form, other counties are not there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn
from hamafza.core import clock
from hamafza.core.scope import counties
from hamafza.ledger import postings
from hamafza.ledger.choices import EntryKind, MoveState, PeriodState, Restriction, TransferState
from hamafza.ledger.commands.moves import move_between_funds
from hamafza.ledger.commands.periods import period_of
from hamafza.ledger.models import (
    CountyTransfer,
    FiscalPeriod,
    Fund,
    FundMove,
    JournalEntry,
    Threshold,
    TransferAllowance,
)
from hamafza.ledger.queries.funds import free_of
from hamafza.ledger.tests.factories import SYSTEM, a_fund, a_transfer, an_allowance, posted, put_in
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, PROVINCE, SISTER_COUNTY

READERS = [Role.COUNTY_HEAD, Role.ACCOUNTANT, Role.PAYER, Role.GIVING_OFFICER, Role.AUDITOR, Role.PROVINCE_DIRECTOR]
LISTS = ["fund-list", "entry-list", "period-list", "transfer-list", "threshold-list"]


@pytest.fixture
def accountant(signed_in: SignedIn) -> Client:
    return signed_in(Role.ACCOUNTANT)


def url(name: str, *args: Any, **query: Any) -> str:
    return reverse(f"ledger:{name}", args=args, query=query or None)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_lists_open_for_a_reader_empty_and_full(accountant: Client, name: str) -> None:
    text_of(accountant, url(name))
    a_transfer(a_fund(rial=1000))
    text_of(accountant, url(name))


@pytest.mark.parametrize("role", READERS)
def test_every_reader_sees_fund_and_entry(signed_in: SignedIn, role: Role) -> None:
    fund = a_fund()
    entry = put_in(fund, 1000)
    client = signed_in(role)
    assert fund.name in text_of(client, url("fund-record", fund.pk))
    text_of(client, url("fund-history", fund.pk))
    assert entry.hash in text_of(client, url("entry-record", entry.pk))


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.STOREKEEPER, Role.BENEFACTOR])
@pytest.mark.parametrize("name", LISTS)
def test_others_find_no_books(signed_in: SignedIn, role: Role, name: str) -> None:
    assert signed_in(role).get(url(name)).status_code == 404


def test_books_of_another_county_are_not_there(accountant: Client) -> None:
    fund = a_fund(SISTER_COUNTY)
    entry = put_in(fund, 5)
    addresses = [url("fund-record", fund.pk), url("entry-record", entry.pk), url("fund-list", county=SISTER_COUNTY)]
    assert [accountant.get(address).status_code for address in addresses] == [404, 404, 404]


def test_list_of_funds_is_filtered_and_summed(accountant: Client) -> None:
    a_fund(rial=1000, restriction=Restriction.PURPOSE, purpose="job")
    a_fund(rial=500, restriction=Restriction.PURPOSE, purpose="housing")
    response = accountant.get(url("fund-list", purpose="job"))
    assert (len(response.context["rows"]), response.context["sums"].free) == (1, 1000)
    assert accountant.get(url("fund-list")).context["sums"].free == 1500


def test_journal_is_filtered_by_kind_fund_and_date(accountant: Client) -> None:
    fund, other = a_fund(rial=1000), a_fund(rial=10)
    posted(COUNTY, postings.committed(fund.pk, 5), kind=EntryKind.ALLOCATION)

    def numbers(**query: Any) -> list[int]:
        return [row.number for row in accountant.get(url("entry-list", **query)).context["rows"]]

    assert numbers() == [3, 2, 1]
    assert numbers(kind="allocation") == [3]
    assert numbers(fund=other.pk) == [2]
    assert numbers(until="1390/01/01") == []


def test_journal_goes_on_behind_its_page(accountant: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamafza.ledger.views.journal.PAGE", 2)
    fund = a_fund(rial=1)
    put_in(fund, 2)
    put_in(fund, 3)
    first = accountant.get(url("entry-list"))
    assert [row.number for row in first.context["rows"]] == [3, 2]
    rest = accountant.get(url("entry-list") + first.context["more_url"])
    assert [row.number for row in rest.context["rows"]] == [1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_journal_leaves_as_a_file(accountant: Client, kind: str) -> None:
    put_in(a_fund(), 1000)
    response = accountant.get(url("entry-list-export", kind))
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f'.{kind}"')


@pytest.mark.parametrize("name", ["fund-list", "entry-list"])
def test_lists_ask_as_much_for_three_rows_as_for_one(
    accountant: Client, name: str, django_assert_max_num_queries: Any
) -> None:
    a_fund(rial=5)
    accountant.get(url(name))
    with django_assert_max_num_queries(14) as one:
        accountant.get(url(name))
    a_fund(rial=5)
    a_fund(rial=5)
    with django_assert_max_num_queries(len(one.captured_queries)):
        accountant.get(url(name))


# --- steps ---


JOB: dict[str, Any] = {"restriction": Restriction.PURPOSE, "purpose": "job"}


def free_fund(rial: int) -> Fund:
    return a_fund(rial=rial, restriction=Restriction.UNRESTRICTED)


def test_move_by_form_twice_waits_once_and_is_booked_by_the_head(accountant: Client, signed_in: SignedIn) -> None:
    fund, target = free_fund(100), a_fund(**JOB)
    form = {"key": uuid4(), "target": target.pk, "amount": "۶۰", "reason": "برای اشتغال"}
    first = accountant.post(url("fund-move", fund.pk), form)
    second = accountant.post(url("fund-move", fund.pk), form)
    assert (first.status_code, first.url, second.url) == (302, url("fund-record", fund.pk), first.url)
    move = waiting(fund)
    assert "برای اشتغال" in text_of(accountant, url("fund-record", fund.pk))
    assert accountant.post(url("move-approve", move.pk)).status_code == 404
    head = signed_in(Role.COUNTY_HEAD)
    assert url("move-approve", move.pk) in text_of(head, url("fund-record", fund.pk))
    assert head.get(url("move-approve", move.pk)).status_code == 405
    assert head.post(url("move-approve", move.pk)).url == url("fund-record", fund.pk)
    with counties([COUNTY]):
        assert free_of(target) == 60


def waiting(fund: Fund) -> FundMove:
    with counties([COUNTY]):
        return FundMove.objects.get(source=fund)


def test_move_is_refused_by_form_with_a_reason(accountant: Client, signed_in: SignedIn) -> None:
    fund = free_fund(100)
    form = {"key": uuid4(), "target": a_fund(**JOB).pk, "amount": "60", "reason": "x"}
    accountant.post(url("fund-move", fund.pk), form)
    head, move = signed_in(Role.COUNTY_HEAD), waiting(fund)
    head.post(url("move-refuse", move.pk), {"reason": ""})
    assert waiting(fund).state == MoveState.REQUESTED
    head.post(url("move-refuse", move.pk), {"reason": "Not now"})
    assert waiting(fund).state == MoveState.REFUSED


def test_move_beyond_what_is_free_is_said_in_the_form(accountant: Client) -> None:
    form = {"key": uuid4(), "target": a_fund(**JOB).pk, "amount": "101", "reason": "x"}
    response = accountant.post(url("fund-move", free_fund(100).pk), form)
    assert response.status_code == 422
    assert response.context["form"].errors["amount"]


def test_reverse_by_form_what_the_ledger_booked_and_nothing_else(accountant: Client) -> None:
    fund, target = free_fund(100), a_fund(**JOB)
    with counties([COUNTY]):
        move_between_funds(fund, target, amount=60, reason="x", by=SYSTEM, key=uuid4())
        gift, move = JournalEntry.objects.order_by("number")
    assert accountant.post(url("entry-reverse", move.pk), {"reason": ""}).status_code == 422
    assert accountant.post(url("entry-reverse", gift.pk), {"reason": "x"}).status_code == 422
    assert accountant.post(url("entry-reverse", move.pk), {"reason": "Wrong fund"}).status_code == 302
    with counties([COUNTY]):
        assert (free_of(fund), free_of(target)) == (100, 0)


def test_reverse_by_get_or_by_another_duty_refused(accountant: Client, signed_in: SignedIn) -> None:
    entry = put_in(a_fund(), 100)
    assert accountant.get(url("entry-reverse", entry.pk)).status_code == 405
    assert signed_in(Role.PAYER).post(url("entry-reverse", entry.pk), {"reason": "x"}).status_code == 404


def test_month_is_closed_and_reopened_by_form(accountant: Client, signed_in: SignedIn) -> None:
    with counties([COUNTY]):
        month = period_of(COUNTY, on=clock.today() - timedelta(days=40)).pk
    accountant.post(url("period-step", month, "begin"))
    accountant.post(url("period-step", month, "close"))
    assert state_of(month) == PeriodState.CLOSED
    assert accountant.get(url("period-reopen", month)).status_code == 404
    director = signed_in(Role.PROVINCE_DIRECTOR)
    text_of(director, url("period-list", county=COUNTY))
    assert director.post(url("period-reopen", month), {"reason": ""}).status_code == 422
    assert director.post(url("period-reopen", month), {"reason": "A late bank line"}).status_code == 302
    assert state_of(month) == PeriodState.OPEN
    assert accountant.post(url("period-step", month, "burn")).status_code == 404


def state_of(month: Any) -> str:
    with counties([COUNTY]):
        return FiscalPeriod.objects.get(pk=month).state


@pytest.mark.usefixtures("without_gifts")
def test_transfer_goes_from_form_to_books_by_four_people(signed_in: SignedIn, places: dict[str, Place]) -> None:
    an_allowance()
    fund = a_fund(rial=1000)
    head = signed_in(Role.COUNTY_HEAD)
    form = {
        "key": uuid4(), "fund": fund.pk, "to_county": SISTER_COUNTY, "amount": "300", "reason": "Flood", "gifts": "۱۴۰۵/۱۲، 1405/13",
        "consent": "رضایت دارم", "consent_on": "1404/01/01",
    }  # fmt: skip
    made = head.post(url("transfer-request"), form)
    assert made.status_code == 302
    with counties([COUNTY]):
        pk = CountyTransfer.objects.get().pk
    assert "رضایت دارم" not in text_of(head, url("transfer-record", pk))
    assert "رضایت دارم" in head.post(url("transfer-consent", pk), {"reason": "To approve"}).content.decode()
    receiver = signed_in(Role.COUNTY_HEAD, SISTER_COUNTY)
    assert len(receiver.get(url("transfer-list")).context["rows"]) == 1
    assert receiver.post(url("transfer-consent", pk), {"reason": "To approve"}).status_code == 404
    receiver.post(url("transfer-approve", pk))
    signed_in(Role.PROVINCE_DIRECTOR).post(url("transfer-approve", pk))
    signed_in(Role.PAYER).post(url("transfer-execute", pk))
    with counties([COUNTY]):
        assert CountyTransfer.objects.get().state == TransferState.DONE
    text_of(receiver, url("transfer-record", pk))


def test_transfer_of_others_is_not_there_and_not_carried_out_from_the_other_side(signed_in: SignedIn) -> None:
    transfer = a_transfer(a_fund(rial=500), approved=True)
    assert signed_in(Role.COUNTY_HEAD, FAR_COUNTY).get(url("transfer-record", transfer.pk)).status_code == 404
    assert signed_in(Role.PAYER, SISTER_COUNTY).post(url("transfer-execute", transfer.pk)).status_code == 404


def test_transfer_is_refused_by_form_with_a_reason(signed_in: SignedIn) -> None:
    transfer = a_transfer(a_fund(rial=500))
    receiver = signed_in(Role.COUNTY_HEAD, SISTER_COUNTY)
    assert receiver.post(url("transfer-refuse", transfer.pk), {"reason": ""}).status_code == 422
    assert receiver.post(url("transfer-refuse", transfer.pk), {"reason": "Enough"}).status_code == 302
    assert "Enough" in text_of(receiver, url("transfer-record", transfer.pk))


def test_province_allows_and_sets_thresholds_by_form(signed_in: SignedIn) -> None:
    director = signed_in(Role.PROVINCE_DIRECTOR)
    text_of(director, url("allowance-create"))
    text_of(director, url("threshold-create"))
    allow = {"province": PROVINCE, "valid_from": "1405/01/01", "valid_to": "1499/01/01", "basis": "Council 31"}
    assert director.post(url("allowance-create"), allow).status_code == 302
    limit = {
        "place": COUNTY,
        "movement": "refund",
        "rial": "5000000",
        "decided_by": "Letter 7",
        "valid_from": "1499/01/01",
    }
    assert director.post(url("threshold-create"), limit).status_code == 302
    assert director.post(url("threshold-create"), limit).status_code == 422
    assert (TransferAllowance.objects.count(), Threshold.objects.count()) == (1, 1)
    assert "Letter 7" in text_of(director, url("threshold-list", county=COUNTY))
    assert signed_in(Role.COUNTY_HEAD).get(url("threshold-create")).status_code == 404
