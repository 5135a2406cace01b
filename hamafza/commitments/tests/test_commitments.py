"""The way of a commitment by its commands: whose hands, in which order, and what is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.commitments.choices import ChangeState, CommitmentState as S, Obstacle, Priority
from hamafza.commitments.commands.answer import accept, ask_for_date, give_back, report
from hamafza.commitments.commands.decide import close, decide_date, open_again, verify
from hamafza.commitments.commands.give import assign, assign_again, cancel, reassign, write_commitment
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Report, Supports
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import Table, days
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.notices.models import Notice
from hamafza.places.tests.factories import PROVINCE, SISTER_COUNTY


@contextmanager
def refusal(code: str) -> Iterator[None]:
    """Refused, and for this reason."""
    with pytest.raises(Refusal) as said:
        yield
    assert said.value.code == code


DONE = Report(text="ده نفر به کار گمارده شدند", is_claim=True)


def test_from_order_to_closed_with_everybodys_own_hand(table: Table) -> None:
    held = table.given(quantity=10, unit="نفر")
    assert (held.state, held.number, held.original_due_on) == (S.ASSIGNED, 1, held.due_on)
    held = accept(held, by=table.officer)
    report(held, Report(done_quantity=4, text="چهار نفر"), by=table.officer)
    held.refresh_from_db()
    assert (held.state, held.percent) == (S.IN_PROGRESS, 40)
    report(held, DONE, by=table.officer)
    held = verify(held, adequate=True, note="", by=table.governor)
    held = close(held, by=table.secretary)
    assert (held.state, held.percent) == (S.CLOSED, 100)


def test_numbers_of_a_place_have_no_gap(table: Table) -> None:
    assert [table.given().number for _ in range(3)] == [1, 2, 3]


def test_owner_is_told_and_where_to_go(table: Table) -> None:
    held = table.given()
    told = Notice.objects.filter(code="commitments.assigned")
    assert {notice.user_id for notice in told} == {table.officer.user_id, table.colleague.user_id}
    assert {notice.url for notice in told} == {f"/commitments/{held.pk}/"}


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.SOCIAL_WORKER, Role.AUDITOR, Role.COUNTY_HEAD])
def test_order_by_who_may_not_give_any_refused(table: Table, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        write_commitment(table.county, table.order(), by=make_actor(role))


def test_officer_of_another_body_neither_accepts_nor_reports(table: Table) -> None:
    held, stranger = table.given(), make_actor(Role.AGENCY_OFFICER)
    with pytest.raises(PermissionDenied):
        accept(held, by=stranger)
    with pytest.raises(PermissionDenied):
        report(table.taken(), DONE, by=stranger)


def test_secretary_does_not_speak_for_a_body_that_has_users(table: Table) -> None:
    with pytest.raises(PermissionDenied):
        accept(table.given(), by=table.secretary)


def test_secretary_writes_for_a_body_without_users_and_does_not_verify_it(table: Table) -> None:
    held = accept(table.given(owner=table.silent), by=table.secretary)
    told = report(held, DONE, by=table.secretary)
    assert told.for_owner
    with refusal("same_hands"):
        verify(held, adequate=True, note="", by=table.secretary)
    assert verify(held, adequate=True, note="", by=table.governor).state == S.VERIFIED


def test_what_is_returned_must_be_answered(table: Table) -> None:
    held = give_back(table.given(), reason="در اختیار ما نیست", by=table.officer)
    with refusal("no_such_step"):
        accept(held, by=table.officer)
    with refusal("no_reason"):
        assign_again(held, answer=" ", by=table.secretary)
    held = assign_again(held, answer="بر پایه آیین‌نامه بر عهده شماست", by=table.secretary)
    assert accept(held, by=table.officer).state == S.ACCEPTED


def test_given_to_another_body_begins_anew_there_while_the_clock_runs_on(table: Table) -> None:
    held = table.taken()
    moved = reassign(held, owner=table.silent, reason="ادغام دو اداره", by=table.secretary)
    assert (moved.state, moved.owner, moved.due_on) == (S.ASSIGNED, table.silent, held.due_on)
    assert moved.reassignments.get().from_owner == table.agency
    with pytest.raises(PermissionDenied):
        accept(moved, by=table.officer)


def test_blocked_with_an_obstacle_and_free_again_without_one(table: Table) -> None:
    held = table.taken()
    report(held, Report(percent=20, obstacle=Obstacle.PERMIT, obstacle_text="پروانه نیامده"), by=table.officer)
    held.refresh_from_db()
    assert held.state == S.BLOCKED
    report(held, Report(percent=30, text="پروانه آمد"), by=table.officer)
    held.refresh_from_db()
    assert (held.state, held.percent) == (S.IN_PROGRESS, 30)


def test_done_needs_words_and_what_is_urgent_needs_evidence(table: Table) -> None:
    with refusal("no_text"):
        report(table.taken(), Report(is_claim=True), by=table.officer)
    with refusal("no_evidence"):
        report(table.taken(priority=Priority.HIGH), DONE, by=table.officer)


def test_nobody_verifies_what_she_reported(table: Table) -> None:
    held = table.claimed()
    with pytest.raises(PermissionDenied):
        verify(held, adequate=True, note="", by=table.officer)


def test_not_adequate_goes_on_and_is_reported_anew(table: Table) -> None:
    held = verify(table.claimed(), adequate=False, note="فهرست نام‌ها نیست", by=table.governor)
    assert (held.state, held.state_reason) == (S.IN_PROGRESS, "فهرست نام‌ها نیست")
    report(held, DONE, by=table.officer)
    assert verify(held, adequate=True, note="", by=table.governor).state == S.VERIFIED


def test_closing_before_verifying_refused(table: Table) -> None:
    with refusal("no_such_step"):
        close(table.claimed(), by=table.secretary)


def test_opened_again_keeps_its_date_and_is_verified_anew(table: Table) -> None:
    held = close(verify(table.claimed(), adequate=True, note="", by=table.governor), by=table.secretary)
    held = open_again(held, reason="سه نفر بیکار شدند", by=table.secretary)
    assert (held.state, held.done_on) == (S.IN_PROGRESS, None)
    report(held, DONE, by=table.officer)
    assert verify(held, adequate=True, note="", by=table.governor).state == S.VERIFIED


def test_date_moves_by_the_issuers_word_and_the_first_one_stays(table: Table) -> None:
    held = table.taken()
    first = held.due_on
    change = ask_for_date(held, new=first + timedelta(days=10), reason="دیرکرد اعتبار", by=table.officer)
    held.refresh_from_db()
    assert held.due_on == first
    decide_date(change, approved=True, answer="", by=table.secretary)
    held.refresh_from_db()
    assert (held.due_on, held.original_due_on) == (first + timedelta(days=10), first)


def test_date_refused_stays(table: Table) -> None:
    held = table.taken()
    change = ask_for_date(held, new=held.due_on + timedelta(days=10), reason="دیرکرد", by=table.officer)
    with refusal("no_reason"):
        decide_date(change, approved=False, answer="", by=table.secretary)
    decided = decide_date(change, approved=False, answer="اعتبار رسیده است", by=table.secretary)
    held.refresh_from_db()
    assert (decided.state, held.due_on) == (ChangeState.REFUSED, held.original_due_on)


def test_secretary_who_asked_for_a_silent_body_does_not_decide_on_its_date(table: Table) -> None:
    held = accept(table.given(owner=table.silent), by=table.secretary)
    change = ask_for_date(held, new=days(90), reason="تلفنی خواستند", by=table.secretary)
    with refusal("same_hands"):
        decide_date(change, approved=True, answer="", by=table.secretary)
    decide_date(change, approved=True, answer="", by=table.governor)


def test_two_dates_are_not_asked_for_at_once(table: Table) -> None:
    held = table.taken()
    ask_for_date(held, new=days(40), reason="دیرکرد", by=table.officer)
    with refusal("asked_already"):
        ask_for_date(held, new=days(50), reason="دیرکرد", by=table.officer)


def test_cancelled_with_a_reason_by_who_asked_alone(table: Table) -> None:
    held = table.taken()
    with pytest.raises(PermissionDenied):
        cancel(held, reason="نمی‌شود", by=table.officer)
    with refusal("no_reason"):
        cancel(held, reason="", by=table.secretary)
    assert cancel(held, reason="طرح حذف شد", by=table.secretary).state == S.CANCELLED


def test_form_sent_again_makes_no_second_one(table: Table) -> None:
    key, order = uuid7(), table.order()
    first = write_commitment(table.county, order, by=table.secretary, key=key)
    assert write_commitment(table.county, order, by=table.secretary, key=key) == first
    held, once = table.taken(), uuid7()
    told = report(held, Report(percent=10), by=table.officer, key=once)
    assert report(held, Report(percent=10), by=table.officer, key=once) == told
    assert held.updates.count() == 1


def test_owner_that_is_to_help_itself_refused(table: Table) -> None:
    with refusal("twice"):
        write_commitment(table.county, table.order(supporters=(Supports(table.agency),)), by=table.secretary)


def test_day_that_is_over_refused_when_ordered_and_when_handed_out(table: Table, move_to: MoveTo) -> None:
    move_to(date(2026, 11, 22))
    with refusal("past"):
        write_commitment(table.county, table.order(due_on=date(2026, 11, 21)), by=table.secretary)
    draft = write_commitment(table.county, table.order(due_on=date(2026, 11, 23)), by=table.secretary)
    move_to(date(2026, 11, 24))
    with refusal("past"):
        assign(draft, by=table.secretary)


def test_row_of_a_place_is_no_row_of_another_nor_of_the_place_above(table: Table) -> None:
    held = table.given()
    for other in (SISTER_COUNTY, PROVINCE):
        with counties([other]):
            assert not Commitment.objects.filter(pk=held.pk).exists()
