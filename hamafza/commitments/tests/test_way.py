"""The whole way of a commitment by form: whose hands, once each, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hamafza.commitments.choices import ChangeState, CommitmentState as S
from hamafza.commitments.commands.answer import accept, ask_for_date
from hamafza.commitments.commands.give import write_commitment
from hamafza.commitments.models import Commitment
from hamafza.commitments.tests.factories import Table, client_of, days
from hamafza.core.ids import uuid7
from hamafza.core.jalali import format_date
from hamafza.documents.models import Attachment

CREATE = reverse("commitments:commitment-create")
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def filled(table: Table, **changes: Any) -> dict[str, Any]:
    """The form of an order."""
    return {
        "key": str(uuid7()), "title": "ده فرصت شغلی برای مددجویان", "owner": str(table.agency.pk),
        "due_on": format_date(days(30)), "priority": "normal", "confidentiality": "internal", **changes,
    }  # fmt: skip


@pytest.fixture
def secretary(table: Table) -> Client:
    return client_of(table.secretary)


@pytest.fixture
def governor(table: Table) -> Client:
    return client_of(table.governor)


@pytest.fixture
def officer(table: Table) -> Client:
    return client_of(table.officer)


def press(client: Client, name: str, held: Commitment, **said: Any) -> int:
    """Send a step; what is answered. The commitment is read anew."""
    answer = client.post(reverse(f"commitments:commitment-{name}", args=[held.pk]), said)
    held.refresh_from_db()
    return answer.status_code


def tell(client: Client, held: Commitment, **said: Any) -> int:
    """Send a report."""
    return press(client, "report", held, **{"key": str(uuid7()), **said})


def test_from_a_draft_to_closed_and_open_again(
    table: Table, secretary: Client, officer: Client, governor: Client
) -> None:
    assert secretary.post(CREATE, filled(table, quantity="۱۰", unit="نفر")).status_code == 302
    held = Commitment.objects.get()
    assert (held.state, held.number, held.issuer) == (S.DRAFT, None, table.secretariat)
    press(secretary, "assign", held)
    assert (held.state, held.number) == (S.ASSIGNED, 1)
    press(officer, "accept", held)
    assert held.state == S.ACCEPTED
    tell(officer, held, done_quantity="۴", text="چهار نفر")
    assert (held.state, held.percent, held.done_quantity) == (S.IN_PROGRESS, 40, 4)
    tell(officer, held, done_quantity="۴", obstacle="permit", obstacle_text="پروانه نیامده است")
    assert held.state == S.BLOCKED
    evidence = SimpleUploadedFile("عکس.png", PNG, content_type="image/png")
    tell(officer, held, done_quantity="10", text="هر ده نفر", is_claim="on", file=evidence)
    assert (held.state, held.percent) == (S.CLAIMED, 100)
    assert Attachment.objects.get().source_id == held.claim_id
    assert press(governor, "verify", held, **{"verify-said": "no"}) == 422
    press(governor, "verify", held, **{"verify-said": "no", "verify-note": "فهرست نام‌ها نیست"})
    assert (held.state, held.state_reason) == (S.IN_PROGRESS, "فهرست نام‌ها نیست")
    tell(officer, held, text="فهرست پیوست شد", is_claim="on")
    press(governor, "verify", held, **{"verify-said": "yes"})
    assert held.state == S.VERIFIED
    press(secretary, "close", held)
    assert held.state == S.CLOSED
    assert press(secretary, "reopen", held, **{"reopen-reason": ""}) == 422
    press(secretary, "reopen", held, **{"reopen-reason": "سه نفر بیکار شدند"})
    assert (held.state, held.done_on) == (S.IN_PROGRESS, None)


def test_written_and_handed_out_with_one_press(table: Table, secretary: Client) -> None:
    secretary.post(CREATE, filled(table, assign="yes", helper_1=str(table.silent.pk), share_1="معرفی داوطلب"))
    held = Commitment.objects.get()
    assert held.state == S.ASSIGNED
    assert [(one.organization, one.share) for one in held.supporters.all()] == [(table.silent, "معرفی داوطلب")]


def test_order_sent_twice_is_written_once_and_handed_out_once(table: Table, secretary: Client) -> None:
    said = filled(table, assign="yes")
    answers = {secretary.post(CREATE, said)["Location"] for _ in range(2)}
    held = Commitment.objects.get()
    assert answers == {reverse("commitments:commitment-record", args=[held.pk])}
    assert held.number == 1


def test_report_sent_twice_is_told_once(table: Table, officer: Client) -> None:
    held, key = table.taken(), str(uuid7())
    evidence = [SimpleUploadedFile("عکس.png", PNG, content_type="image/png") for _ in range(2)]
    assert [tell(officer, held, key=key, share="25", file=one) for one in evidence] == [302, 302]
    assert (held.updates.count(), Attachment.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"), ({"owner": ""}, "owner"), ({"due_on": "1400/01/01"}, "due_on"),
        ({"quantity": "5"}, "unit"), ({"share_1": "سهم بی‌نام"}, "helper_1"),
        ({"confidentiality": "secret"}, "confidentiality"),
    ],
    ids=["no title", "no owner", "past", "no unit", "share of nobody", "no such choice"],
)  # fmt: skip
def test_order_that_is_wrong_writes_nothing_and_loses_no_word(
    table: Table, secretary: Client, changes: dict[str, str], field: str
) -> None:
    answer = secretary.post(CREATE, filled(table, description="به تفصیل گفته شده", **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "به تفصیل گفته شده" in answer.content.decode()
    assert not Commitment.objects.exists()


def test_owner_that_helps_itself_refused_beside_its_name(table: Table, secretary: Client) -> None:
    answer = secretary.post(CREATE, filled(table, helper_1=str(table.agency.pk)))
    assert "helper_1" in answer.context["form"].errors


def test_draft_is_changed_with_its_first_date_and_what_is_handed_out_is_not(table: Table, secretary: Client) -> None:
    held = write_commitment(table.county, table.order(), by=table.secretary)
    page = secretary.get(reverse("commitments:commitment-edit", args=[held.pk]))
    assert held.title in page.content.decode()
    changed = filled(table, title="پانزده فرصت شغلی", due_on=format_date(days(40)), helper_1=str(table.silent.pk))
    press(secretary, "edit", held, **changed)
    assert (held.title, held.due_on, held.original_due_on) == ("پانزده فرصت شغلی", days(40), days(40))
    assert held.supporters.get().organization == table.silent
    press(secretary, "edit", held, assign="yes", **changed)
    assert (held.state, held.supporters.count()) == (S.ASSIGNED, 1)
    press(secretary, "edit", held, **filled(table, title="چیز دیگر", due_on=format_date(days(90))))
    assert (held.title, held.due_on, held.original_due_on) == ("پانزده فرصت شغلی", days(40), days(40))


@pytest.mark.parametrize("name", ["edit", "assign", "cancel", "close"])
def test_owner_changes_no_order(table: Table, officer: Client, name: str) -> None:
    held = table.given()
    assert press(officer, name, held, **filled(table)) == 404
    assert held.state == S.ASSIGNED


def test_returned_with_a_reason_and_answered(table: Table, secretary: Client, officer: Client) -> None:
    held = table.given()
    assert press(officer, "return", held, **{"return-reason": " "}) == 422
    press(officer, "return", held, **{"return-reason": "در اختیار ما نیست"})
    assert (held.state, held.state_reason) == (S.RETURNED, "در اختیار ما نیست")
    assert (
        "در اختیار ما نیست" in secretary.get(reverse("commitments:commitment-record", args=[held.pk])).content.decode()
    )
    press(secretary, "answer", held, **{"answer-reason": "بر پایه آیین‌نامه بر عهده شماست"})
    assert held.state == S.ASSIGNED


def test_another_date_asked_for_refused_and_approved(table: Table, secretary: Client, officer: Client) -> None:
    held = table.taken()
    first = held.due_on
    assert press(officer, "date", held, **{"date-new": format_date(first), "date-reason": "x"}) == 422
    for answer, state in (("no", ChangeState.REFUSED), ("yes", ChangeState.APPROVED)):
        press(officer, "date", held, **{"date-new": format_date(days(44)), "date-reason": "دیرکرد اعتبار"})
        assert press(officer, "decide-date", held, **{"decide-said": "yes"}) == 404
        press(secretary, "decide-date", held, **{"decide-said": answer, "decide-note": "بررسی شد"})
        assert held.date_changes.order_by("-id")[0].state == state
    assert (held.due_on, held.original_due_on) == (days(44), first)


def test_refusal_of_a_date_without_a_word_keeps_the_form_open(table: Table, secretary: Client) -> None:
    held = table.taken()
    ask_for_date(held, new=days(44), reason="دیرکرد", by=table.officer)
    assert press(secretary, "decide-date", held, **{"decide-said": "no"}) == 422
    assert held.date_changes.get().state == ChangeState.ASKED


def test_given_to_another_body_and_cancelled(table: Table, secretary: Client, officer: Client) -> None:
    held = table.taken()
    press(secretary, "move", held, **{"move-owner": str(table.silent.pk), "move-reason": "ادغام دو اداره"})
    assert (held.state, held.owner) == (S.ASSIGNED, table.silent)
    assert press(officer, "accept", held) == 404
    assert press(secretary, "cancel", held, **{"cancel-reason": ""}) == 422
    press(secretary, "cancel", held, **{"cancel-reason": "طرح حذف شد"})
    assert held.state == S.CANCELLED


def test_secretary_writes_for_a_body_without_users_and_another_verifies(
    table: Table, secretary: Client, governor: Client
) -> None:
    held = table.given(owner=table.silent)
    press(secretary, "accept", held)
    tell(secretary, held, text="تلفنی گفتند انجام شد", is_claim="on")
    assert (held.state, held.claim and held.claim.for_owner) == (S.CLAIMED, True)
    assert press(secretary, "verify", held, **{"verify-said": "yes"}) == 422
    assert held.state == S.CLAIMED
    press(governor, "verify", held, **{"verify-said": "yes"})
    assert held.state == S.VERIFIED


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        ({"share": "25"}, 25),
        ({"percent": "۳۷"}, 37),
        ({"share": "50", "percent": "55"}, 55),
        ({"text": "در راه است"}, 0),
    ],
)
def test_report_by_one_press_or_a_number(table: Table, officer: Client, said: dict[str, str], percent: int) -> None:
    held = table.taken()
    assert tell(officer, held, **said) == 302
    assert (held.state, held.percent) == (S.IN_PROGRESS, percent)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "text"), ({"percent": "120"}, "percent"), ({"is_claim": "on"}, "text"),
        ({"obstacle_text": "بی‌نوع"}, "obstacle"), ({"obstacle": "moon"}, "obstacle"),
        ({"text": "x", "file": SimpleUploadedFile("bad.exe", b"MZ\x00\x01")}, "file"),
    ],
    ids=["nothing", "too much", "no words", "obstacle without kind", "no such kind", "no such file"],
)  # fmt: skip
def test_report_that_is_wrong_is_not_written(table: Table, officer: Client, said: dict[str, Any], field: str) -> None:
    held = table.taken()
    answer = officer.post(reverse("commitments:commitment-report", args=[held.pk]), {"key": str(uuid7()), **said})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (held.updates.count(), Attachment.objects.count()) == (0, 0)


def test_urgent_one_is_done_only_with_a_picture(table: Table, officer: Client) -> None:
    held = table.taken(priority="urgent")
    assert tell(officer, held, text="انجام شد", is_claim="on") == 422
    picture = SimpleUploadedFile("عکس.png", PNG, content_type="image/png")
    assert tell(officer, held, text="انجام شد", is_claim="on", file=picture) == 302


def test_report_of_what_nobody_has_taken_on_leads_back(table: Table, officer: Client) -> None:
    held = table.given()
    assert officer.get(reverse("commitments:commitment-report", args=[held.pk])).status_code == 302
    assert tell(officer, held, share="25") == 422
    accept(held, by=table.officer)
    assert officer.get(reverse("commitments:commitment-report", args=[held.pk])).status_code == 200


def offered(client: Client, held: Commitment) -> set[str]:
    """The steps that the page of the record offers."""
    context = client.get(reverse("commitments:commitment-record", args=[held.pk])).context
    steps = (
        "may_accept",
        "may_report",
        "may_assign",
        "may_close",
        "verify_form",
        "decide_form",
        "move_form",
        "cancel_form",
    )
    return {name for name in steps if context.get(name)}


def test_page_offers_each_what_she_may_do(table: Table, secretary: Client, officer: Client, governor: Client) -> None:
    held = table.given()
    assert offered(officer, held) == {"may_accept"}
    assert offered(secretary, held) == {"move_form", "cancel_form"}
    accept(held, by=table.officer)
    assert offered(officer, held) == {"may_report"}
    tell(officer, held, text="انجام شد", is_claim="on")
    assert offered(officer, held) == set()
    assert offered(governor, held) == {"verify_form"}
    silent = accept(table.given(owner=table.silent), by=table.secretary)
    tell(secretary, silent, text="انجام شد", is_claim="on")
    assert offered(secretary, silent) == set()
