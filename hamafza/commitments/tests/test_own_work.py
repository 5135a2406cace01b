"""Nobody verifies her own work and no first date is lost: by form, by command and by raw SQL."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.models import Duty, User
from hamafza.accounts.queries.actors import actor_for
from hamafza.commitments.choices import CommitmentState as S
from hamafza.commitments.commands.answer import ask_for_date, report
from hamafza.commitments.commands.decide import decide_date, open_again, verify
from hamafza.commitments.commands.give import change_draft, reassign, write_commitment
from hamafza.commitments.guards import Refused
from hamafza.commitments.models import ProgressUpdate, Verification
from hamafza.commitments.order import Report
from hamafza.commitments.tests.factories import Table, client_of, days
from hamafza.commitments.tests.test_guards import ROW, refused, run
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.jalali import format_date

DONE = Report(text="انجام شد", is_claim=True)


@pytest.fixture
def two_duties(table: Table) -> Table:
    """The officer who reports may verify too: only that it is her own work stands against it."""
    user = User.objects.get(pk=table.officer.user_id)
    Duty.objects.create(user=user, role=Role.COUNTY_HEAD, place_id=table.county, valid_from="2020-03-20")
    return replace(table, officer=actor_for(user))


def test_own_work_by_form(two_duties: Table) -> None:
    held, client = two_duties.claimed(), client_of(two_duties.officer)
    page = client.get(reverse("commitments:commitment-record", args=[held.pk]))
    assert page.context["verify_form"] is None
    answer = client.post(reverse("commitments:commitment-verify", args=[held.pk]), {"verify-said": "yes"})
    held.refresh_from_db()
    assert (answer.status_code, held.state) == (422, S.CLAIMED)


def test_own_work_by_command(two_duties: Table) -> None:
    held = two_duties.claimed()
    with pytest.raises(Refusal) as said:
        verify(held, adequate=True, note="", by=two_duties.officer)
    assert said.value.code == "same_hands"
    assert verify(held, adequate=True, note="", by=two_duties.governor).state == S.VERIFIED


def test_own_work_by_raw_sql(table: Table) -> None:
    held = table.claimed()
    with pytest.raises(DatabaseError, match="own work"), transaction.atomic():
        Verification(
            place_id=held.place_id, commitment=held, claim=held.claim, by_id=table.officer.user_id, adequate=True
        ).save(force_insert=True)
    assert Refused.VERIFIED in refused(ROW.format("state = 'verified'"), held.pk)
    assert Refused.KEPT in refused(
        "UPDATE commitments_progressupdate SET by_id = %s WHERE id = %s", table.governor.user_id, held.claim_id
    )
    verify(held, adequate=False, note="ناقص", by=table.governor)
    assert Refused.KEPT in refused("UPDATE commitments_verification SET adequate = %s", True)


def test_claim_of_nobody_is_written_and_verified_by_nobody(table: Table) -> None:
    held = table.taken()
    with pytest.raises(DatabaseError, match="reported by somebody"), transaction.atomic():
        ProgressUpdate(place_id=held.place_id, commitment=held, on=clock.today(), percent=100, is_claim=True).save(
            force_insert=True
        )


def test_work_that_was_verified_once_does_not_vouch_for_what_is_claimed_later(table: Table) -> None:
    held = verify(table.claimed(), adequate=True, note="", by=table.governor)
    first = held.claim_id
    held = open_again(held, reason="نماند", by=table.secretary)
    report(held, DONE, by=table.officer)
    assert Refused.VERIFIED in refused(ROW.format("state = 'verified', claim_id = %s"), first, held.pk)
    with pytest.raises(DatabaseError):
        run(ROW.format("claim_id = %s"), first, held.pk)
    with pytest.raises(DatabaseError):
        run(ROW.format("state = 'closed'"), held.pk)


def test_first_date_by_form(table: Table) -> None:
    held = table.taken()
    first = held.due_on
    secretary = client_of(table.secretary)
    said = {
        "key": str(uuid7()), "title": held.title, "owner": str(table.agency.pk), "due_on": format_date(days(90)),
        "original_due_on": days(90).isoformat(), "priority": "normal", "confidentiality": "internal",
    }  # fmt: skip
    secretary.post(reverse("commitments:commitment-edit", args=[held.pk]), said)
    held.refresh_from_db()
    assert (held.due_on, held.original_due_on) == (first, first)


def test_first_date_by_command(table: Table) -> None:
    held = table.taken()
    first = held.due_on
    with pytest.raises(Refusal) as said:
        change_draft(held, table.order(due_on=days(90)), by=table.secretary)
    assert said.value.code == "no_such_step"
    change = ask_for_date(held, new=days(90), reason="دیرکرد", by=table.officer)
    decide_date(change, approved=True, answer="", by=table.secretary)
    held = reassign(held, owner=table.silent, reason="ادغام", by=table.secretary)
    assert (held.due_on, held.original_due_on) == (days(90), first)


def test_own_date_is_approved_by_nobody_in_any_way(two_duties: Table) -> None:
    held = two_duties.taken()
    change = ask_for_date(held, new=days(90), reason="دیرکرد", by=two_duties.officer)
    row = "UPDATE commitments_duedatechange SET state = 'approved', decided_at = %s, decided_by_id = %s WHERE id = %s"
    assert Refused.NOBODYS in refused(row, clock.now(), two_duties.officer.user_id, change.pk)
    assert Refused.NOBODYS in refused(row, clock.now(), None, change.pk)
    asked_by = "UPDATE commitments_duedatechange SET asked_by_id = %s WHERE id = %s"
    assert Refused.DECIDED in refused(asked_by, two_duties.governor.user_id, change.pk)
    assert Refused.DECIDED in refused(asked_by, None, change.pk)


def test_first_date_by_raw_sql(table: Table) -> None:
    draft = write_commitment(table.county, table.order(), by=table.secretary)
    assert Refused.FIRST_DATE in refused(ROW.format("original_due_on = %s"), days(60), draft.pk)
    held = table.taken()
    for sets in ("original_due_on = %s", "due_on = %s"):
        with pytest.raises(DatabaseError):
            run(ROW.format(sets), days(60), held.pk)
    with pytest.raises(DatabaseError):
        run(ROW.format("state = 'draft', original_due_on = %s, due_on = %s"), days(60), days(60), held.pk)
    assert Refused.REMOVED in refused("DELETE FROM commitments_commitment WHERE id = %s", held.pk)
    change = ask_for_date(held, new=days(90), reason="دیرکرد", by=table.officer)
    assert Refused.KEPT in refused("DELETE FROM commitments_duedatechange WHERE id = %s", change.pk)


def test_number_is_not_given_again_over_another_row(table: Table) -> None:
    held = table.given()
    twin = write_commitment(table.county, table.order(), by=table.secretary)
    twin.pk, twin.key, twin.state = uuid7(), None, S.ASSIGNED
    twin.number, twin.jalali_year, twin.assigned_at = held.number, held.jalali_year, held.assigned_at
    with pytest.raises(DatabaseError, match="given already"), transaction.atomic():
        twin.save(force_insert=True)
