"""Pages of gifts: each works for who may, is not found for others and elsewhere, and reads no row twice."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import SignedIn, make_actor
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.choices import Channel, DonationState, RefundState
from hamafza.giving.commands.appropriations import Share, record_appropriation
from hamafza.giving.commands.refunds import request_refund
from hamafza.giving.models import Appropriation, BankLine, Donation, Receipt, Refund
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, a_donation, a_giver, money
from hamafza.giving.tests.factories_item import an_item
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

LISTS = ["donation-list", "donation-pending", "refund-list", "share-list"]
STATEMENT = "تاریخ,شرح,مبلغ واریز,شماره پیگیری\n1405/08/20,انتقال مریم,5000000,987654\n"


@pytest.fixture
def officer(signed_in: SignedIn) -> Client:
    return signed_in(Role.GIVING_OFFICER)


@pytest.fixture
def accountant(signed_in: SignedIn) -> Client:
    return signed_in(Role.ACCOUNTANT)


def actor_behind(client: Client) -> Actor:
    return actor_for(client.user)


def url(name: str, *args: object) -> str:
    return reverse(f"giving:{name}", args=args)


def filled(**changed: Any) -> dict[str, Any]:
    """The form at the counter as a browser sends it."""
    return {
        "key": str(uuid7()), "channel": "cash", "amount": "۱٬۰۰۰٬۰۰۰", "received_on": "1405/06/01", "intention": "vow",
        "surplus_rule": "same_purpose", "dedication": "none", "giver": "", **changed,
    }  # fmt: skip


def sheet(text: str = STATEMENT) -> BytesIO:
    file = BytesIO(text.encode())
    file.name = "گردش.csv"
    return file


def a_refund(state: str = RefundState.REQUESTED) -> Refund:
    line = a_confirmed().lines.get()
    refund = request_refund(line, amount=5, reason="x", by=make_actor(Role.ACCOUNTANT), key=uuid7())
    Refund.objects.filter(pk=refund.pk).update(state=state)
    return refund


@pytest.mark.parametrize("name", LISTS)
def test_list_shows_own_county_alone(accountant: Client, name: str) -> None:
    own, far = a_donation(reference="1111"), a_donation(county=FAR_COUNTY)
    page = accountant.get(url(name))
    assert page.status_code == 200
    assert str(far.pk) not in page.content.decode()
    assert accountant.get(url(name), {"county": FAR_COUNTY}).status_code == 404
    assert own.pk


@pytest.mark.parametrize("name", [*LISTS, "donation-receive", "line-list", "statement-import", "share-record"])
@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.GOVERNOR_OFFICE, Role.BENEFACTOR, Role.DELIVERER])
def test_page_for_who_has_nothing_to_do_with_gifts_is_not_found(signed_in: SignedIn, role: Role, name: str) -> None:
    assert signed_in(role).get(url(name)).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_list_of_one_and_of_three_asks_the_same_queries(accountant: Client, name: str) -> None:
    a_refund()
    a_donation(benefactor=a_giver())
    accountant.get(url(name))
    with CaptureQueriesContext(connection) as one:
        accountant.get(url(name))
    a_refund()
    a_refund(RefundState.APPROVED)
    a_donation(benefactor=a_giver("علی"))
    a_donation(benefactor=a_giver("حسین"))
    with CaptureQueriesContext(connection) as three:
        accountant.get(url(name))
    assert len(one) == len(three)


def test_list_filters_and_sums_leave_out_what_is_gone(accountant: Client) -> None:
    a_confirmed(money(7 * MILLION), wish={"purpose": "housing"})
    gone = a_confirmed(money(3 * MILLION), wish={"purpose": "housing"})
    Donation.objects.filter(pk=gone.pk).update(state=DonationState.REVERSED)
    a_donation(money(2 * MILLION), wish={"purpose": "job"})
    page = accountant.get(url("donation-list"), {"purpose": "housing"})
    assert (page.context["sums"].money, page.context["sums"].waiting) == (7 * MILLION, 0)
    assert page.context["count"] == 2
    assert accountant.get(url("donation-list"), {"state": "pending"}).context["count"] == 1
    assert accountant.get(url("donation-list"), {"since": "1405/01/01", "until": "1404/01/01"}).context["count"] == 0


@pytest.mark.parametrize("place", ["x", "WyJ4IiwgIjAiXQ", "W10"])
def test_list_from_a_place_nobody_made_begins_anew(accountant: Client, place: str) -> None:
    a_donation()
    assert len(accountant.get(url("donation-list"), {"after": place}).context["rows"]) == 1


def test_text_file_holds_no_name_that_a_spreadsheet_would_reckon_with(accountant: Client) -> None:
    a_donation(benefactor=a_giver("=مریم"))
    assert b"\n=" not in accountant.get(url("donation-list-export", "csv")).content


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_is_attached_for_who_keeps_the_books_and_not_found_for_the_head(
    accountant: Client, head: Client, kind: str
) -> None:
    a_donation(benefactor=a_giver("مریم"))
    answer = accountant.get(url("donation-list-export", kind))
    assert answer["Content-Disposition"].startswith("attachment")
    assert head.get(url("donation-list-export", kind)).status_code == 404


def test_receive_gift_in_the_browser_writes_it_down_once(officer: Client) -> None:
    giver, said = a_giver("مریم کاظمی‌نژاد"), filled(giver="مريم كاظمي نژاد", purpose="livelihood")
    first, again = officer.post(url("donation-receive"), said), officer.post(url("donation-receive"), said)
    gift = Donation.objects.get()
    assert first["Location"] == again["Location"] == url("donation-record", gift.pk)
    assert (gift.benefactor, gift.lines.get().amount, gift.intention) == (giver, MILLION, "vow")


def test_receive_goods_in_the_browser(officer: Client) -> None:
    rice = an_item("برنج", unit_value_rial=5)
    said = filled(channel="in_kind", amount="", item0=str(rice.pk), quantity0="۱۲", valuation1="")
    assert officer.post(url("donation-receive"), said).status_code == 302
    line = Donation.objects.get().lines.get()
    assert (line.item, line.quantity, line.amount) == (rice, 12, 60)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "صد"}, "amount"),
        ({"giver": "ناشناخته"}, "giver"),
        ({"dedication": "in_memory"}, "dedicated_to"),
        ({"received_on": "1450/01/01"}, "received_on"),
        ({"quantity0": "3"}, "quantity0"),
    ],
)
def test_receive_gift_that_is_wrong_says_where_and_keeps_what_was_typed(
    officer: Client, changed: dict[str, str], field: str
) -> None:
    page = officer.post(url("donation-receive"), filled(**changed))
    assert (page.status_code, Donation.objects.count()) == (422, 0)
    assert field in page.context["form"].errors


def test_receive_gift_of_several_givers_asks_which_one(officer: Client) -> None:
    first, second = a_giver("مریم کاظمی"), a_giver("مریم کاظمی‌نژاد")
    page = officer.post(url("donation-receive"), filled(giver="مریم کاظمی"))
    assert "chosen" in page.context["form"].errors
    officer.post(url("donation-receive"), filled(giver="مریم کاظمی", chosen=str(second.pk)))
    assert Donation.objects.get().benefactor == second != first


@pytest.mark.parametrize("query", ["benefactor=x", "instalment=01890000-0000-7000-8000-000000000000"])
def test_receive_gift_of_nobody_on_file_is_not_found(officer: Client, query: str) -> None:
    assert officer.get(f"{url('donation-receive')}?{query}").status_code == 404


def test_record_offers_confirmation_to_others_alone(officer: Client, accountant: Client) -> None:
    gift = a_donation(by=actor_behind(officer), benefactor=a_giver())
    assert not officer.get(url("donation-record", gift.pk)).context["may_confirm"]
    assert accountant.get(url("donation-record", gift.pk)).context["may_confirm"]
    assert accountant.post(url("donation-confirm", gift.pk)).status_code == 302
    page = accountant.get(url("donation-record", gift.pk))
    assert page.context["receipts"][0]["code"] in page.content.decode().replace("\u200c", "")
    assert accountant.get(url("donation-history", gift.pk)).status_code == 200


def test_record_of_another_county_is_not_found(accountant: Client) -> None:
    far = a_confirmed(county=FAR_COUNTY)
    with counties([FAR_COUNTY]):
        receipt = Receipt.objects.get()
    assert accountant.get(url("donation-record", far.pk)).status_code == 404
    assert accountant.post(url("donation-confirm", far.pk)).status_code == 404
    assert accountant.get(url("receipt-pdf", receipt.pk)).status_code == 404


@pytest.mark.parametrize("name", ["donation-confirm", "donation-reject", "donation-reverse"])
def test_step_by_get_is_refused(accountant: Client, name: str) -> None:
    assert accountant.get(url(name, a_donation().pk)).status_code == 405


def test_reject_and_reverse_without_a_reason_say_so(accountant: Client) -> None:
    assert accountant.post(url("donation-reject", a_donation().pk)).status_code == 422
    assert accountant.post(url("donation-reverse", a_confirmed().pk)).status_code == 422


def test_reject_and_reverse_in_the_browser(accountant: Client) -> None:
    waiting, booked = a_donation(), a_confirmed()
    accountant.post(url("donation-reject", waiting.pk), {"reject-reason": "نرسید"})
    accountant.post(url("donation-reverse", booked.pk), {"reverse-reason": "چک برگشت خورد"})
    assert {one.state for one in Donation.objects.all()} == {"rejected", "reversed"}


def test_receipt_is_a_download_that_nobody_keeps_and_is_issued_anew(accountant: Client) -> None:
    receipt = a_confirmed().receipts.get()
    answer = accountant.get(url("receipt-pdf", receipt.pk))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert answer.content.startswith(b"%PDF-")
    assert accountant.post(url("receipt-void", receipt.pk), {"reason": "نام اشتباه"}).status_code == 302
    assert sorted(Receipt.objects.values_list("number", "void_reason")) == [(1, "نام اشتباه"), (2, "")]
    assert accountant.post(url("receipt-void", Receipt.objects.get(number=2).pk)).status_code == 409


def test_statement_of_the_year_is_a_download(accountant: Client) -> None:
    giver = a_giver()
    gift = a_confirmed(benefactor=giver)
    page = accountant.get(url("benefactor-tab", giver.pk, "gifts"))
    assert gift.trace_code not in page.content.decode()
    year = page.context["panel"]["years"][0][0]
    assert accountant.post(url("annual-statement", giver.pk, year)).content.startswith(b"%PDF-")


def test_identify_in_the_browser_moves_it_out_of_suspense(accountant: Client) -> None:
    gift = a_confirmed(channel=Channel.BANK_TRANSFER, unidentified=True)
    giver = a_giver()
    assert accountant.get(url("donation-identify", gift.pk)).status_code == 200
    said = {"giver": giver.name, "intention": "general", "surplus_rule": "same_purpose", "dedication": "none"}
    assert accountant.post(url("donation-identify", gift.pk), said).status_code == 302
    assert accountant.post(url("donation-identify", gift.pk), said).status_code == 422
    gift.refresh_from_db()
    assert (gift.benefactor, gift.receipts.count()) == (giver, 1)


def test_bank_lines_in_the_browser_from_the_file_to_the_gift(accountant: Client, officer: Client) -> None:
    gift = a_donation(money(5 * MILLION), channel=Channel.BANK_TRANSFER, reference="987654")
    said = {"account": "IR 12", "file": sheet()}
    assert accountant.post(url("statement-import"), said).status_code == 302
    page = accountant.get(url("line-list"))
    assert page.context["rows"][0]["gifts"][0][0] == gift.pk
    line = BankLine.objects.get()
    assert officer.post(url("line-match", line.pk), {"donation": gift.pk}).status_code == 404
    assert accountant.post(url("line-match", line.pk), {"donation": "x"}).status_code == 409
    assert accountant.post(url("line-match", line.pk), {"donation": gift.pk}).status_code == 302
    assert Donation.objects.get().state == DonationState.CONFIRMED
    assert accountant.get(url("line-list"), {"show": "matched"}).context["count"] == 1


def test_bank_line_becomes_a_gift_or_is_set_aside_and_taken_up_again(officer: Client) -> None:
    officer.post(url("statement-import"), {"account": "1", "file": sheet()})
    line = BankLine.objects.get()
    assert officer.post(url("line-aside", line.pk)).status_code == 409
    officer.post(url("line-aside", line.pk), {"reason": "سود"})
    assert officer.get(url("line-list"), {"show": "aside"}).context["count"] == 1
    officer.post(url("line-aside", line.pk))
    said = filled(unidentified="on")
    assert officer.get(url("line-gift", line.pk)).status_code == 200
    first, again = officer.post(url("line-gift", line.pk), said), officer.post(url("line-gift", line.pk), said)
    assert first["Location"] == again["Location"]
    assert Donation.objects.get().bank_line == line


def test_statement_with_rows_that_cannot_be_read_tells_them(officer: Client) -> None:
    bad = STATEMENT + "1405/99/01,x,5,1\n"
    page = officer.post(url("statement-import"), {"account": "1", "file": sheet(bad)})
    assert (page.status_code, [row for row, _why in page.context["faults"]]) == (200, [3])
    wrong = officer.post(url("statement-import"), {"account": "1", "file": sheet("سلام")})
    assert (wrong.status_code, "file" in wrong.context["form"].errors) == (422, True)


def test_refund_in_the_browser_goes_through_three_hands(accountant: Client, head: Client, signed_in: SignedIn) -> None:
    gift, payer = a_confirmed(), signed_in(Role.PAYER)
    said = {"key": str(uuid7()), "amount": "400,000", "reason": "خیر پشیمان شد"}
    assert accountant.get(url("refund-request", gift.pk)).status_code == 200
    assert accountant.post(url("refund-request", gift.pk), {**said, "amount": "9,000,000"}).status_code == 422
    assert accountant.post(url("refund-request", gift.pk), said).status_code == 302
    refund = Refund.objects.get()
    assert accountant.post(url("refund-approve", refund.pk)).status_code == 404
    assert payer.post(url("refund-pay", refund.pk)).status_code == 409
    assert head.post(url("refund-approve", refund.pk)).status_code == 302
    assert payer.get(url("refund-list")).context["rows"][0]["may_pay"]
    assert payer.post(url("refund-pay", refund.pk), {"reference": "12"}).status_code == 302
    refund.refresh_from_db()
    assert (refund.state, refund.reference) == (RefundState.PAID, "12")


def test_refund_refused_in_the_browser(head: Client) -> None:
    refund = a_refund()
    assert head.post(url("refund-refuse", refund.pk)).status_code == 409
    assert head.post(url("refund-refuse", refund.pk), {"reason": "هزینه شده"}).status_code == 302


def test_government_share_in_the_browser(accountant: Client, officer: Client) -> None:
    said = {
        "key": str(uuid7()),
        "number": "140",
        "on": "1405/06/01",
        "amount": "900",
        "source_name": "ردیف ۱",
        "purpose": "",
    }
    assert officer.get(url("share-record")).status_code == 404
    assert accountant.post(url("share-record"), said).status_code == 302
    assert accountant.post(url("share-record"), {**said, "key": str(uuid7())}).status_code == 422
    text = "شماره ابلاغ,مبلغ,مصرف\n141,5,livelihood\n142,5,کهکشان\n"
    page = accountant.post(url("share-import"), {"file": sheet(text)})
    assert (page.status_code, len(page.context["faults"]), Appropriation.objects.count()) == (200, 1, 2)
    assert officer.get(url("share-list")).context["received"] == 905


def test_share_taken_back_in_the_browser(accountant: Client, head: Client) -> None:
    share = record_appropriation(
        COUNTY, share=Share(number="7", amount=900, source_name="x"), by=make_actor(Role.ACCOUNTANT), key=uuid7()
    )
    assert accountant.get(url("share-reverse", share.pk)).status_code == 404
    assert head.get(url("share-reverse", share.pk)).status_code == 200
    assert head.post(url("share-reverse", share.pk), {"reason": ""}).status_code == 422
    assert head.post(url("share-reverse", share.pk), {"reason": "یک صفر بیشتر"}).status_code == 302
    page = head.get(url("share-list"))
    assert (page.context["received"], "یک صفر بیشتر" in page.content.decode()) == (0, True)
