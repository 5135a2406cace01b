"""What the database itself refuses of commitments, on both: asked past all commands, in plain SQL."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from hamafza.commitments.choices import CommitmentState as S
from hamafza.commitments.commands.answer import ask_for_date, report
from hamafza.commitments.commands.decide import decide_date, verify
from hamafza.commitments.guards import COMMITMENTS, Refused
from hamafza.commitments.models import Commitment, DueDateChange, ProgressUpdate, Verification
from hamafza.commitments.order import Report
from hamafza.commitments.tests.factories import Table, days
from hamafza.core.guards import drop_guards, faulty_guards, install_guards

ROW = "UPDATE commitments_commitment SET {} WHERE id = %s"


def run(sql: str, *values: Any) -> None:
    keys = [value.hex if isinstance(value, UUID) and connection.vendor == "sqlite" else value for value in values]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, keys)


def refused(sql: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as said:
        run(sql, *values)
    return str(said.value).splitlines()[0]


def test_first_date_is_never_lost(table: Table) -> None:
    held = table.given()
    assert Refused.FIRST_DATE in refused(ROW.format("original_due_on = %s"), days(60), held.pk)
    both = refused(ROW.format("original_due_on = %s, due_on = %s"), days(60), days(60), held.pk)
    assert both in {Refused.FIRST_DATE, Refused.DATE}


def test_date_moves_only_as_it_was_approved(table: Table) -> None:
    held = table.taken()
    assert Refused.DATE in refused(ROW.format("due_on = %s"), days(60), held.pk)
    change = ask_for_date(held, new=days(60), reason="دیرکرد", by=table.officer)
    assert Refused.DATE in refused(ROW.format("due_on = %s"), days(60), held.pk)
    decide_date(change, approved=True, answer="", by=table.secretary)
    back = ask_for_date(held, new=days(30), reason="زودتر", by=table.officer)
    decide_date(back, approved=True, answer="", by=table.secretary)
    # An approval serves once, not for ever.
    assert Refused.DATE in refused(ROW.format("due_on = %s"), days(60), held.pk)


def test_change_of_date_is_decided_once_and_as_it_was_asked_for(table: Table) -> None:
    change = ask_for_date(table.taken(), new=days(60), reason="دیرکرد", by=table.officer)
    row = "UPDATE commitments_duedatechange SET {} WHERE id = %s"
    assert Refused.DECIDED in refused(row.format("new_due_on = %s"), days(90), change.pk)
    decide_date(change, approved=False, answer="نه", by=table.secretary)
    assert Refused.DECIDED in refused(row.format("state = 'approved'"), change.pk)
    assert Refused.KEPT in refused("DELETE FROM commitments_duedatechange WHERE id = %s", change.pk)


def test_change_of_date_that_was_never_asked_for_refused(table: Table) -> None:
    held = table.taken()
    made = DueDateChange(
        place_id=held.place_id, commitment=held, old_due_on=held.due_on, new_due_on=days(60), reason="x",
        state="approved", decided_at=held.assigned_at,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="decided once"), transaction.atomic():
        made.save(force_insert=True)


def test_owner_changes_only_by_a_reassignment(table: Table) -> None:
    assert Refused.OWNER in refused(ROW.format("owner_id = %s"), table.silent.pk, table.taken().pk)


@pytest.mark.parametrize("state", [S.CLOSED, S.VERIFIED, S.CLAIMED, S.DRAFT])
def test_step_past_the_flow_refused(table: Table, state: S) -> None:
    with pytest.raises(DatabaseError):
        run(ROW.format("state = %s"), str(state), table.given().pk)


def test_done_without_a_report_refused(table: Table) -> None:
    held = table.taken()
    told = report(held, Report(percent=50), by=table.officer)
    assert Refused.CLAIM in refused(ROW.format("state = 'claimed', claim_id = %s"), told.pk, held.pk)


def test_verified_without_anybodys_word_refused(table: Table) -> None:
    held = table.claimed()
    assert Refused.VERIFIED in refused(ROW.format("state = 'verified'"), held.pk)
    verify(held, adequate=False, note="ناقص", by=table.governor)
    assert Refused.CLAIM in refused(ROW.format("state = 'claimed'"), held.pk)


def test_own_work_is_verified_by_nobody_past_the_commands_either(table: Table) -> None:
    held = table.claimed()
    with pytest.raises(DatabaseError, match="own work"), transaction.atomic():
        Verification(
            place_id=held.place_id, commitment=held, claim=held.claim, by_id=table.officer.user_id, adequate=True
        ).save(force_insert=True)


def test_commitment_in_no_such_state_is_not_born(table: Table) -> None:
    held = table.given()
    made = Commitment(
        place_id=held.place_id, title="x", issuer=held.issuer, owner=held.owner, due_on=days(9), original_due_on=days(9),
        state=S.ACCEPTED, number=99, jalali_year=1405, assigned_at=held.assigned_at,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="begins as"), transaction.atomic():
        made.save(force_insert=True)


def test_what_happened_is_never_rewritten(table: Table) -> None:
    held = table.claimed()
    verify(held, adequate=True, note="", by=table.governor)
    for name in ("progressupdate", "verification"):
        assert Refused.KEPT in refused(f"UPDATE commitments_{name} SET at = CURRENT_TIMESTAMP")
        assert Refused.KEPT in refused(f"DELETE FROM commitments_{name}")


def test_place_and_number_never_change_and_only_drafts_go(table: Table) -> None:
    held = table.given()
    assert Refused.PLACE in refused(ROW.format("number = 77"), held.pk)
    assert Refused.REMOVED in refused("DELETE FROM commitments_commitment WHERE id = %s", held.pk)


def test_day_on_which_it_was_done_is_that_of_the_report(table: Table) -> None:
    held = table.claimed()
    assert Refused.DONE_ON in refused(ROW.format("done_on = %s"), days(0), held.pk)
    done = verify(held, adequate=True, note="", by=table.governor)
    assert done.done_on == days(0)
    assert Refused.DONE_ON in refused(ROW.format("done_on = %s"), days(-20), held.pk)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's own")
def test_row_on_file_is_not_replaced(table: Table) -> None:
    told = report(table.taken(), Report(percent=50), by=table.officer)
    again = ProgressUpdate.objects.get(pk=told.pk)
    columns = [field.column for field in ProgressUpdate._meta.concrete_fields]
    picked = ", ".join("99" if column == "percent" else f'"{column}"' for column in columns)
    sql = f"INSERT OR REPLACE INTO commitments_progressupdate SELECT {picked} FROM commitments_progressupdate"
    assert "not replaced" in refused(sql)
    again.refresh_from_db()
    assert again.percent == 50


def test_guards_stand_and_come_back(places: None) -> None:
    assert faulty_guards(connection, COMMITMENTS) == []
    drop_guards(connection, COMMITMENTS)
    assert len(faulty_guards(connection, COMMITMENTS)) == len(COMMITMENTS.of(connection))
    install_guards(connection, COMMITMENTS)
    assert faulty_guards(connection, COMMITMENTS) == []


def test_unknown_key_of_nothing_is_refused_too(table: Table) -> None:
    held = table.claimed()
    wrong = Verification(
        place_id=held.place_id, commitment=table.taken(), claim=held.claim, by_id=table.governor.user_id, adequate=True,
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        wrong.save(force_insert=True)
