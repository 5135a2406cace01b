"""The government's share: typed or imported, each notice once, in a fund and on an account of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.giving.commands.appropriations import (
    Share,
    import_appropriations,
    record_appropriation,
    reverse_appropriation,
)
from hamafza.giving.models import Appropriation
from hamafza.giving.queries.appropriations import sums_by_purpose
from hamafza.giving.queries.integrity import gift_faults
from hamafza.giving.tests.factories_allocation import an_approved
from hamafza.giving.tests.factories_donation import MILLION
from hamafza.ledger.choices import Account, Restriction
from hamafza.ledger.models import FundBalance
from hamafza.needs.choices import Domain
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def a_share(**fields: Any) -> Share:
    return Share(**{"number": "140/1405", "amount": 900 * MILLION, "source_name": "ردیف ۱۳۱", **fields})


def refused(code: str) -> Any:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def recorded(**fields: Any) -> Appropriation:
    return record_appropriation(COUNTY, share=a_share(**fields), by=make_actor(Role.ACCOUNTANT), key=uuid7())


def a_sheet(folder: Path, *rows: str) -> Path:
    path = folder / "share.csv"
    head = "شماره ابلاغ,تاریخ ابلاغ,مبلغ (میلیون ریال),محل مصرف,دستگاه"
    path.write_text("\n".join(["سهم دولت", head, *rows, "جمع کل,,900,,"]), "utf-8")
    return path


def test_record_share_books_it_in_a_government_fund_of_its_purpose() -> None:
    share = recorded(purpose=Domain.HOUSING)
    assert (share.fund.restriction, share.fund.purpose) == (Restriction.GOVERNMENT, "housing")
    balances = dict(FundBalance.objects.filter(fund=share.fund).values_list("account", "amount"))
    assert balances == {Account.BANK: 900 * MILLION, Account.GOVERNMENT: -900 * MILLION}


def test_record_share_twice_is_refused_and_with_one_key_is_one() -> None:
    recorded()
    with pytest.raises(Refusal):
        recorded()
    accountant, key = make_actor(Role.ACCOUNTANT), uuid7()
    first = record_appropriation(COUNTY, share=a_share(number="2"), by=accountant, key=key)
    assert record_appropriation(COUNTY, share=a_share(number="2"), by=accountant, key=key) == first


@pytest.mark.parametrize("fields", [{"number": " "}, {"amount": 0}])
def test_record_share_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        recorded(**fields)


def test_record_share_of_tomorrow_is_refused() -> None:
    with pytest.raises(Refusal):
        recorded(on=clock.today() + timedelta(days=1))


def test_share_taken_back_is_mirrored_and_its_number_is_free_again() -> None:
    share, head = recorded(), make_actor(Role.COUNTY_HEAD)
    done = reverse_appropriation(share, reason="یک صفر بیشتر", by=head)
    assert (done.reversed_by_id, done.reverse_reason) == (head.user_id, "یک صفر بیشتر")
    assert set(FundBalance.objects.filter(fund=share.fund).values_list("amount", flat=True)) == {0}
    assert (list(gift_faults()), sums_by_purpose(COUNTY)) == ([], [])
    recorded(amount=90 * MILLION)
    assert (list(gift_faults()), [one.received for one in sums_by_purpose(COUNTY)]) == ([], [90 * MILLION])


def test_share_is_taken_back_once_with_a_reason_and_by_somebody_else() -> None:
    share, head = recorded(), make_actor(Role.COUNTY_HEAD)
    with refused("no_reason"):
        reverse_appropriation(share, reason=" ", by=head)
    with refused("same_hands"):
        reverse_appropriation(share, reason="x", by=replace(head, user_id=share.by_id))
    with pytest.raises(PermissionDenied):
        reverse_appropriation(share, reason="x", by=make_actor(Role.ACCOUNTANT))
    reverse_appropriation(share, reason="x", by=head)
    with refused("taken_back"):
        reverse_appropriation(share, reason="x", by=head)


def test_share_of_which_something_is_decided_on_is_not_taken_back() -> None:
    share = recorded()
    an_approved(share.fund, amount=1)
    with refused("used"):
        reverse_appropriation(share, reason="x", by=make_actor(Role.COUNTY_HEAD))


def test_import_brings_no_notice_back_that_was_taken_back(tmp_path: Path) -> None:
    path, accountant = a_sheet(tmp_path, "13,1405/02/05,400,,"), make_actor(Role.ACCOUNTANT)
    import_appropriations(COUNTY, path=path, by=accountant)
    reverse_appropriation(Appropriation.objects.get(), reason="x", by=make_actor(Role.COUNTY_HEAD))
    assert import_appropriations(COUNTY, path=path, by=accountant).added == 0


@pytest.mark.parametrize("role", [Role.GIVING_OFFICER, Role.COUNTY_HEAD, Role.PAYER])
def test_record_share_without_the_right_is_refused(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        record_appropriation(COUNTY, share=a_share(), by=make_actor(role), key=uuid7())


def test_import_takes_good_rows_tells_the_others_and_adds_nothing_again(tmp_path: Path) -> None:
    path = a_sheet(
        tmp_path,
        "۱۲/ب,۱۴۰۵/۰۲/۰۱,۵۰۰,livelihood,سازمان برنامه",
        "13,1405/02/05,400,,",
        ",1405/02/05,7,,",
        "14,1405/02/05,1,کهکشان,",
        "15,1405/20/05,1,,",
    )
    accountant = make_actor(Role.ACCOUNTANT)
    first = import_appropriations(COUNTY, path=path, by=accountant)
    again = import_appropriations(COUNTY, path=path, by=accountant)
    assert (first.added, first.known, [row for row, _why in first.faults]) == (2, 0, [5, 6, 7])
    assert (again.added, again.known) == (0, 2)
    assert set(Appropriation.objects.values_list("amount", "purpose")) == {
        (500 * MILLION, "livelihood"),
        (400 * MILLION, ""),
    }
