"""Receipts: genuine or forged, voided and not removed, printed again the same, numbered without gap by many at once."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.jalali import to_jalali
from hamafza.core.scope import counties
from hamafza.giving.choices import Attribution, Channel, ReceiptKind
from hamafza.giving.codes import ALPHABET, tidy_code
from hamafza.giving.commands.donations import confirm_donation, receive_donation, reverse_donation
from hamafza.giving.commands.receipts import issue_annual, issue_receipt, void_receipt
from hamafza.giving.models import Receipt
from hamafza.giving.queries.receipts import check_receipt, receipt_pdf, verification_code
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, a_donation, a_gift, a_giver, goods, money
from hamafza.giving.tests.factories_item import an_item
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, make_places


def this_year() -> int:
    return to_jalali(clock.today()).year


def printed(receipt: Receipt) -> str:
    return str(receipt.printed)


@pytest.mark.django_db
@pytest.mark.usefixtures("county")
class TestOne:
    def test_receipt_of_gift_is_genuine_and_says_no_name(self) -> None:
        receipt = a_confirmed(benefactor=a_giver("مریم کاظمی‌نژاد")).receipts.get()
        found = check_receipt(verification_code(receipt))
        assert found is not None
        assert (found.number, found.total, found.is_void, found.county) == (
            f"{this_year()}/1",
            MILLION,
            False,
            "پاکدشت",
        )
        assert "کاظمی" not in str(found)

    def test_check_needs_no_open_county(self) -> None:
        code = verification_code(a_confirmed().receipts.get())
        with counties([FAR_COUNTY]):
            assert check_receipt(code.lower().replace("-", " ")) is not None

    @pytest.mark.parametrize("code", ["", "2313", "x" * 40, "2313-1405-1-AAAA-AAAA-AAAA", "9999-1405-1-AAAA-AAAA-AAAA"])
    def test_check_of_what_was_never_issued_finds_nothing(self, code: str) -> None:
        a_confirmed()
        assert check_receipt(code) is None

    def test_check_of_a_receipt_whose_text_was_altered_finds_nothing(self) -> None:
        receipt = a_confirmed().receipts.get()
        code = verification_code(receipt)
        receipt.printed = printed(receipt).replace("1٬000٬000", "9٬000٬000")
        receipt.save()
        assert check_receipt(code) is None
        # A forger who mends the hash too has no key for the code on the paper.
        from hamafza.giving.printed import hash_of

        receipt.printed_hash = hash_of(receipt.printed)
        receipt.save()
        assert check_receipt(code) is None

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(place=st.integers(0, 11), sign=st.sampled_from(ALPHABET))
    def test_forged_code_is_refused(self, place: int, sign: str) -> None:
        receipt = Receipt.objects.first() or a_confirmed().receipts.get()
        tidy = tidy_code(verification_code(receipt))
        mac = list(tidy[-12:])
        is_same, mac[place] = mac[place] == sign, sign
        assert (check_receipt(tidy[:-12] + "".join(mac)) is not None) == is_same

    def test_void_receipt_keeps_its_number_and_says_so(self) -> None:
        donation = a_confirmed()
        first, accountant = donation.receipts.get(), make_actor(Role.ACCOUNTANT)
        void_receipt(first, reason="نام اشتباه", by=accountant)
        second = issue_receipt(donation, by=accountant)
        found = check_receipt(verification_code(first))
        assert found is not None
        assert (found.is_void, first.number, second.number) == (True, 1, 2)

    def test_void_receipt_without_a_reason_is_refused(self) -> None:
        with pytest.raises(Refusal):
            void_receipt(a_confirmed().receipts.get(), reason="", by=make_actor(Role.ACCOUNTANT))

    def test_two_valid_receipts_of_a_gift_are_refused_by_the_database(self) -> None:
        receipt = a_confirmed().receipts.get()
        receipt.pk, receipt.number = uuid7(), 99
        with pytest.raises(IntegrityError), transaction.atomic():
            receipt.save(force_insert=True)

    def test_print_again_is_the_same_after_everything_has_changed(self) -> None:
        giver = a_giver("نام پیشین")
        receipt = a_confirmed(benefactor=giver).receipts.get()
        first = receipt_pdf(receipt)
        giver.name = "نام تازه"
        giver.save()
        receipt.refresh_from_db()
        assert receipt_pdf(receipt) == first
        assert first.startswith(b"%PDF-")

    @pytest.mark.parametrize(
        ("attribution", "shown"),
        [(Attribution.NAME, "کاظمی"), (Attribution.NICKNAME, "همسایه"), (Attribution.ANONYMOUS, "")],
    )
    def test_receipt_names_the_giver_as_she_wants(self, attribution: Attribution, shown: str) -> None:
        giver = a_giver("مریم کاظمی", nickname="یک همسایه", attribution=attribution)
        text = printed(a_confirmed(benefactor=giver).receipts.get())
        assert ("کاظمی" in text) == (shown == "کاظمی")
        assert shown in text

    def test_receipt_says_amount_in_figures_and_words_in_both_units(self) -> None:
        said = json.loads(printed(a_confirmed(money(12_500_000)).receipts.get()))["amounts"]
        assert said == [
            "12٬500٬000 ریال",
            "دوازده میلیون و پانصد هزار ریال",
            "1٬250٬000 تومان",
            "یک میلیون و دویست و پنجاه هزار تومان",
        ]

    def test_receipt_of_goods_says_quantity_value_and_its_basis(self) -> None:
        donation = a_confirmed(goods(an_item("برنج", unit="کیسه"), 3), channel=Channel.IN_KIND)
        said = json.loads(printed(donation.receipts.get()))
        assert said["goods"][0][:3] == ["برنج", "3 کیسه", "3٬000٬000"]
        assert (said["total"], said["amounts"]) == (0, [])

    def test_annual_statement_sums_the_year_and_is_the_same_until_something_changes(self) -> None:
        giver, accountant = a_giver(), make_actor(Role.ACCOUNTANT)
        a_confirmed(money(2 * MILLION), benefactor=giver)
        a_confirmed(goods(an_item(), 3), benefactor=giver, channel=Channel.IN_KIND)
        a_donation(money(50 * MILLION), benefactor=giver)
        first = issue_annual(giver, year=this_year(), by=accountant)
        said = json.loads(printed(first))
        assert (said["total"], said["value"], len(said["rows"])) == (2 * MILLION, 3 * MILLION, 2)
        assert issue_annual(giver, year=this_year(), by=accountant) == first
        a_confirmed(benefactor=giver)
        second = issue_annual(giver, year=this_year(), by=accountant)
        assert (second.number, second.kind) == (5, ReceiptKind.ANNUAL)
        first.refresh_from_db()
        assert (first.voided_at is None, first.void_reason != "") == (False, True)
        assert receipt_pdf(second).startswith(b"%PDF-")

    def test_annual_statement_is_void_once_a_gift_of_it_is_gone(self) -> None:
        giver, accountant = a_giver(), make_actor(Role.ACCOUNTANT)
        a_confirmed(benefactor=giver)
        gone = a_confirmed(benefactor=giver)
        statement = issue_annual(giver, year=this_year(), by=accountant)
        reverse_donation(gone, reason="چک برگشت خورد", by=accountant)
        statement.refresh_from_db()
        assert statement.voided_at is not None

    def test_second_standing_statement_of_a_year_is_refused_by_the_database(self) -> None:
        giver = a_giver()
        a_confirmed(benefactor=giver)
        first = issue_annual(giver, year=this_year(), by=make_actor(Role.ACCOUNTANT))
        first.pk, first.number, first._state.adding = uuid7(), 99, True
        with pytest.raises(IntegrityError), transaction.atomic():
            first.save(force_insert=True)

    def test_annual_statement_of_a_year_without_gifts_is_refused(self) -> None:
        with pytest.raises(Refusal):
            issue_annual(a_giver(), year=this_year() - 1, by=make_actor(Role.ACCOUNTANT))


@pytest.mark.usefixtures("on_disk")
def test_many_at_once_get_numbers_without_gap_or_double() -> None:
    make_places()
    accountant, officer = make_actor(Role.ACCOUNTANT), make_actor(Role.GIVING_OFFICER)
    with counties([COUNTY]):
        waiting = [receive_donation(COUNTY, gift=a_gift(), by=officer, key=uuid7()) for _place in range(12)]
    faults: list[Exception] = []

    def confirm(place: int) -> None:
        try:
            with counties([COUNTY]):
                # Each gift is confirmed by two threads: the double click of two accountants.
                confirm_donation(waiting[place % 12], by=accountant)
        except Exception as fault:  # noqa: BLE001 - a thread's fault is told by the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(place,)) for place in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with counties([COUNTY]):
        assert faults == []
        assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 13))


@pytest.mark.django_db(transaction=True)
def test_number_of_a_receipt_that_failed_is_given_to_the_next() -> None:
    make_places()
    with counties([COUNTY]):
        donation = a_donation()
        with pytest.raises(RuntimeError), transaction.atomic():
            confirm_donation(donation, by=make_actor(Role.ACCOUNTANT))
            raise RuntimeError
        assert a_confirmed().receipts.get().number == 1
