"""What the database itself refuses of councils, on both: asked past all commands, in plain SQL."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from hamafza.accounts.queries.actors import actor_for
from hamafza.commitments.choices import Source
from hamafza.commitments.commands.answer import accept, report
from hamafza.commitments.commands.decide import verify
from hamafza.commitments.commands.give import write_commitment
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Report
from hamafza.core import clock
from hamafza.core.guards import drop_guards, faulty_guards, install_guards
from hamafza.councils.choices import NoteKind, Presence
from hamafza.councils.commands.minutes import correct, draft_minutes, publish, remark, sign
from hamafza.councils.commands.resolutions import communicate, confirm
from hamafza.councils.commands.seats import add_seat
from hamafza.councils.commands.session import adjourn, note
from hamafza.councils.guards import COUNCILS, Refused
from hamafza.councils.models import AgendaItem, Attendance, Meeting, Minutes, Remark, Resolution, Signature
from hamafza.councils.tests.factories import Chamber, a_chamber

MEETING = "UPDATE councils_meeting SET {} WHERE id = %s"
RESOLUTION = "UPDATE councils_resolution SET {} WHERE id = %s"
COMMITMENT = "UPDATE commitments_commitment SET {} WHERE id = %s"


def run(sql: str, *values: Any) -> None:
    keys = [value.hex if isinstance(value, UUID) and connection.vendor == "sqlite" else value for value in values]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, keys)


def refused(sql: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as said:
        run(sql, *values)
    return str(said.value).splitlines()[0]


def owed_under(chamber: Chamber) -> tuple[Resolution, Commitment]:
    resolution = chamber.adopted(chamber.in_session())
    [owed] = chamber.owed(resolution)
    return communicate(resolution, by=chamber.by), owed


def test_session_without_quorum_is_opened_by_nobody(chamber: Chamber) -> None:
    meeting = chamber.invited()
    chamber.come(meeting, 3)
    assert Refused.COUNTED in refused(MEETING.format("state = 'in_session', quorum_met = TRUE"), meeting.pk)
    assert Refused.COUNTED in refused(MEETING.format("state = 'in_session'"), meeting.pk)
    assert Refused.COUNTED in refused(MEETING.format("quorum_met = TRUE"), meeting.pk)


def test_quorum_is_not_lowered_after_the_invitation(chamber: Chamber) -> None:
    meeting = chamber.invited()
    assert Refused.RULE in refused(MEETING.format("quorum_needed = 1"), meeting.pk)
    assert Refused.RULE in refused(MEETING.format("voting_seats = 2"), meeting.pk)


@pytest.mark.parametrize(("seats", "needed"), [(6, 3), (3, 2), (6, 5)])
def test_invitation_takes_seats_and_quorum_from_the_council(chamber: Chamber, seats: int, needed: int) -> None:
    meeting = chamber.planned()
    said = f"state = 'invited', voting_seats = {seats}, quorum_needed = {needed}, number = 1, jalali_year = 1405"
    assert Refused.RULE in refused(MEETING.format(f"{said}, invited_at = CURRENT_TIMESTAMP"), meeting.pk)


def test_guest_gets_no_vote(chamber: Chamber) -> None:
    guest = chamber.invited().attendances.get(votes=False)
    assert Refused.VOTES in refused("UPDATE councils_attendance SET votes = TRUE WHERE id = %s", guest.pk)


def test_quorum_on_record_stays(chamber: Chamber) -> None:
    assert Refused.COUNTED in refused(MEETING.format("quorum_met = FALSE"), chamber.in_session().pk)


def test_quorum_that_left_adopts_nothing(chamber: Chamber) -> None:
    meeting = chamber.in_session(here=4)
    proposed = chamber.proposed(meeting)
    adopt = RESOLUTION.format("state = 'adopted', number = 1, jalali_year = 1405, by_consensus = TRUE")
    leave = "UPDATE councils_attendance SET presence = 'excused' WHERE meeting_id = %s AND seat_id = %s"
    run(leave, meeting.pk, chamber.seats[0].pk)
    assert Refused.QUORUM in refused(adopt, proposed.pk)
    run(leave.replace("excused", "late"), meeting.pk, chamber.seats[0].pk)
    run(adopt, proposed.pk)


def test_more_votes_than_are_there_are_not_counted(chamber: Chamber) -> None:
    proposed = chamber.proposed(chamber.in_session(here=4))
    said = "jalali_year = 1405, number = 1, in_favour = 4, abstained = 1"
    assert Refused.CAST in refused(RESOLUTION.format(f"state = 'adopted', {said}"), proposed.pk)
    assert Refused.CAST in refused(RESOLUTION.format("state = 'rejected', against = 5"), proposed.pk)


def test_nobody_is_there_for_an_empty_seat(chamber: Chamber) -> None:
    row = chamber.invited().attendances.filter(votes=True)[0]
    here = "UPDATE councils_attendance SET holding_id = NULL, presence = 'present' WHERE id = %s"
    assert Refused.NOBODY in refused(here, row.pk)
    run(here.replace("'present'", "'deputy', deputy = 'نسرین'"), row.pk)


def test_deputy_on_record_is_of_her_seat_and_comes_once(chamber: Chamber) -> None:
    meeting = chamber.invited()
    first, second = meeting.attendances.filter(votes=True).order_by("seat__position")[:2]
    came = "UPDATE councils_attendance SET presence = 'deputy', deputy = 'نسرین'{} WHERE id = %s"
    assert Refused.DEPUTY in refused(came.format(", deputy_holding_id = holding_id"), first.pk)
    run(came.format(""), first.pk)
    with pytest.raises(DatabaseError):
        run(came.format(""), second.pk)


def test_who_was_there_is_not_rewritten_after_the_session(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    row = meeting.attendances.all()[0]
    assert Refused.PRESENCE in refused("UPDATE councils_attendance SET presence = 'absent' WHERE id = %s", row.pk)
    assert Refused.PRESENCE in refused("DELETE FROM councils_attendance WHERE id = %s", row.pk)


def test_nobody_makes_a_quorum_whose_seat_was_not_invited(chamber: Chamber) -> None:
    session, invited = chamber.in_session(here=4), chamber.invited(3)
    late = add_seat(chamber.council, title="کرسی تازه", since=clock.today(), by=chamber.by)
    elsewhere = a_chamber(chamber.table, name="شورای دیگر").seats[0]
    for meeting, seat in ((session, late), (invited, elsewhere)):
        made = Attendance(
            place_id=meeting.place_id, meeting=meeting, seat=seat, votes=True, presence="deputy", deputy="x"
        )
        with pytest.raises(DatabaseError, match="when it is invited"), transaction.atomic():
            made.save(force_insert=True)


def test_nothing_is_proposed_or_adopted_without_a_session(chamber: Chamber) -> None:
    meeting = chamber.in_session(here=3)
    made = Resolution(
        place_id=meeting.place_id, council=chamber.council, meeting=meeting, item=chamber.item(), title="x", text="y"
    )
    with pytest.raises(DatabaseError, match="step is not possible"), transaction.atomic():
        made.save(force_insert=True)
    made.state, made.number, made.jalali_year = "adopted", 1, 1405
    with pytest.raises(DatabaseError, match="step is not possible"), transaction.atomic():
        made.save(force_insert=True)


def test_what_was_put_off_is_not_adopted_later(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    proposed = chamber.proposed(meeting)
    run(RESOLUTION.format("state = 'deferred'"), proposed.pk)
    adjourn(meeting, by=chamber.by)
    assert Refused.STEP in refused(RESOLUTION.format("state = 'adopted', number = 1, jalali_year = 1405"), proposed.pk)


def test_proposal_is_not_moved_to_a_meeting_with_a_quorum(chamber: Chamber) -> None:
    first, second = chamber.in_session(), chamber.in_session()
    proposed = chamber.proposed(first)
    assert Refused.HOME in refused(RESOLUTION.format("meeting_id = %s"), second.pk, proposed.pk)


@pytest.mark.parametrize("state", ["confirmed", "lapsed", "superseded"])
def test_resolution_with_an_open_commitment_is_not_closed(chamber: Chamber, state: str) -> None:
    resolution, owed = owed_under(chamber)
    assert Refused.OWED in refused(RESOLUTION.format(f"state = '{state}'"), resolution.pk)
    report(accept(owed, by=chamber.table.officer), Report(text="شد", is_claim=True), by=chamber.table.officer)
    assert Refused.OWED in refused(RESOLUTION.format(f"state = '{state}'"), resolution.pk)


def test_commitment_is_not_taken_from_under_its_resolution(chamber: Chamber) -> None:
    resolution, owed = owed_under(chamber)
    other = chamber.adopted(resolution.meeting)
    away = COMMITMENT.format("source_type = 'manual', source_id = NULL")
    assert Refused.STAYS in refused(away, owed.pk)
    assert Refused.STAYS in refused(COMMITMENT.format("source_id = %s"), other.pk, owed.pk)
    assert Refused.STAYS in refused(COMMITMENT.format("state = 'cancelled'"), owed.pk)
    with pytest.raises(DatabaseError):
        run("DELETE FROM commitments_commitment WHERE id = %s", owed.pk)


def test_nothing_new_is_owed_under_a_closed_resolution(chamber: Chamber) -> None:
    resolution, owed = owed_under(chamber)
    report(accept(owed, by=chamber.table.officer), Report(text="شد", is_claim=True), by=chamber.table.officer)
    verify(owed, adequate=True, note="", by=chamber.table.governor)
    confirm(resolution, by=chamber.by)
    assert Refused.CLOSED in refused(COMMITMENT.format("state = 'in_progress'"), owed.pk)
    manual = chamber.table.given()
    onto = COMMITMENT.format("source_type = 'resolution', source_id = %s")
    assert Refused.CLOSED in refused(onto, resolution.pk, manual.pk)


@pytest.mark.parametrize("is_declaratory", [False, True], ids=["proposed", "declaration"])
def test_nothing_is_owed_under_what_was_not_adopted_or_declares_alone(chamber: Chamber, is_declaratory: bool) -> None:
    meeting = chamber.in_session()
    make = chamber.adopted if is_declaratory else chamber.proposed
    resolution = make(meeting, is_declaratory=is_declaratory)
    onto = COMMITMENT.format("source_type = 'resolution', source_id = %s")
    assert Refused.CLOSED in refused(onto, resolution.pk, chamber.table.given().pk)
    order = chamber.table.order(source_type=Source.RESOLUTION, source_id=resolution.pk)
    with pytest.raises(DatabaseError, match="nothing new is owed"):
        write_commitment(resolution.place_id, order, by=chamber.by)


def test_resolution_nobody_owes_or_did_anything_under_is_not_communicated_or_confirmed(chamber: Chamber) -> None:
    resolution = chamber.adopted(chamber.in_session())
    assert Refused.NOBODY_OWES in refused(RESOLUTION.format("state = 'communicated'"), resolution.pk)
    [owed] = chamber.owed(resolution)
    communicate(resolution, by=chamber.by)
    run(COMMITMENT.format("state = 'cancelled', state_reason = 'بودجه نیست'"), owed.pk)
    assert Refused.NOT_DONE in refused(RESOLUTION.format("state = 'confirmed'"), resolution.pk)


def test_numbers_follow_each_other_and_never_change(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    first, second = chamber.adopted(meeting), chamber.proposed(meeting)
    assert Refused.NUMBER in refused(RESOLUTION.format("number = 7"), first.pk)
    skipped = RESOLUTION.format("state = 'adopted', number = 3, jalali_year = 1405")
    assert Refused.NUMBER in refused(skipped, second.pk)
    assert Refused.NUMBER in refused(MEETING.format("number = 2"), meeting.pk)
    said = "state = 'invited', voting_seats = 6, quorum_needed = 4, number = 3, jalali_year = 1405"
    planned = chamber.planned(1)
    assert Refused.NUMBER in refused(MEETING.format(f"{said}, invited_at = CURRENT_TIMESTAMP"), planned.pk)
    assert Refused.KEPT in refused("DELETE FROM councils_resolution WHERE id = %s", first.pk)
    with pytest.raises(DatabaseError):
        run("DELETE FROM councils_meeting WHERE id = %s", meeting.pk)


def a_final_meeting(chamber: Chamber) -> tuple[Meeting, Minutes]:
    meeting = chamber.in_session()
    chamber.owed(chamber.adopted(meeting))
    note(meeting, NoteKind.STRENGTH, text="همکاری خیریه‌ها", by=chamber.by)
    final = chamber.final(chamber.over(meeting))
    return meeting, final


@pytest.mark.parametrize(
    "change",
    [
        "councils_meeting SET venue = 'جای دیگر'",
        "councils_meeting SET ends_at = '23:00'",
        "councils_agendaitem SET outcome = 'چیز دیگر'",
        "councils_agendaitem SET meeting_id = NULL",
        "councils_attendance SET presence = 'absent'",
        "councils_resolution SET text = 'متن دیگر'",
        "councils_resolution SET in_favour = 6",
        "councils_resolution SET review_on = '2027-01-01'",
        "councils_councilnote SET text = 'چیز دیگر'",
    ],
)
def test_what_final_minutes_say_is_not_rewritten(chamber: Chamber, change: str) -> None:
    a_final_meeting(chamber)
    assert Refused.FROZEN in refused(f"UPDATE {change}")


@pytest.mark.parametrize("kept", ["minutes", "signature", "corrigendum", "remark"])
def test_minutes_and_what_stands_under_them_stay(chamber: Chamber, kept: str) -> None:
    meeting = chamber.in_session()
    review = chamber.reviewed(chamber.over(meeting))
    remark(review, text="نامم", by=actor_for(chamber.member))
    final = chamber.final_of_review(meeting)
    sign(final, meeting.attendances.get(seat=chamber.seats[0]), by=chamber.by)
    correct(final, text="درست آن", by=chamber.by)
    column = "hash" if kept == "minutes" else "at"
    value = "'x'" if kept == "minutes" else "CURRENT_TIMESTAMP"
    assert Refused.KEPT in refused(f"UPDATE councils_{kept} SET {column} = {value}")
    assert Refused.KEPT in refused(f"DELETE FROM councils_{kept}")


def test_published_minutes_are_as_final_as_final_ones(chamber: Chamber) -> None:
    meeting, final = a_final_meeting(chamber)
    publish(chamber.signed(final), by=chamber.by)
    assert Refused.FROZEN in refused("UPDATE councils_agendaitem SET title = 'x'")
    assert Refused.STEP in refused(MEETING.format("state = 'in_session'"), meeting.pk)


def test_nothing_is_added_to_a_meeting_whose_minutes_are_final(chamber: Chamber) -> None:
    meeting, final = a_final_meeting(chamber)
    item = AgendaItem(place_id=meeting.place_id, council=chamber.council, meeting=meeting, title="دیر")
    again = Minutes(place_id=meeting.place_id, meeting=meeting, phase="draft", version=9, text="{}", hash="x")
    late = Remark(place_id=meeting.place_id, minutes=final, text="دیر", by_id=chamber.member.pk)
    for made, said in ((item, "never rewritten"), (again, "never rewritten"), (late, "this phase")):
        with pytest.raises(DatabaseError, match=said), transaction.atomic():
            made.save(force_insert=True)
    waiting = chamber.item()
    onto = "UPDATE councils_agendaitem SET meeting_id = %s WHERE id = %s"
    assert Refused.FROZEN in refused(onto, meeting.pk, waiting.pk)


def test_meeting_has_no_final_minutes_without_their_text(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    chamber.reviewed(meeting)
    assert Refused.PHASE in refused(MEETING.format("state = 'minutes_final'"), meeting.pk)


def test_minutes_are_published_only_when_chair_and_secretary_signed(chamber: Chamber) -> None:
    meeting, final = a_final_meeting(chamber)
    publishing = MEETING.format("state = 'published'")
    assert Refused.UNSIGNED in refused(publishing, meeting.pk)
    for seat in (chamber.seats[3], chamber.seats[0]):
        sign(final, meeting.attendances.get(seat=seat), by=chamber.by)
        assert Refused.UNSIGNED in refused(publishing, meeting.pk)
    sign(final, meeting.attendances.get(seat=chamber.seats[1]), by=chamber.by)
    run(publishing, meeting.pk)


def test_final_text_is_the_one_that_was_read_last(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    review = chamber.reviewed(meeting)
    other = Minutes(place_id=meeting.place_id, meeting=meeting, phase="final", version=3, text="{}", hash="x")
    same = Minutes(
        place_id=meeting.place_id, meeting=meeting, phase="final", version=4, text=review.text, hash=review.hash
    )
    with pytest.raises(DatabaseError, match="this phase"), transaction.atomic():
        other.save(force_insert=True)
    draft_minutes(meeting, by=chamber.by)
    with pytest.raises(DatabaseError, match="this phase"), transaction.atomic():
        same.save(force_insert=True)


@pytest.mark.parametrize(
    "change", ["text = 'متن دیگر'", "in_favour = 6", "is_declaratory = TRUE", "visibility = 'public'", "item_id = NULL"]
)
def test_what_was_voted_on_is_not_rewritten(chamber: Chamber, change: str) -> None:
    resolution = chamber.adopted(chamber.in_session())
    assert Refused.DECIDED in refused(RESOLUTION.format(change), resolution.pk)


def test_who_was_not_there_does_not_sign(chamber: Chamber) -> None:
    meeting = chamber.in_session(here=4)
    final = chamber.final(chamber.over(meeting))
    absent = meeting.attendances.filter(presence=Presence.ABSENT)[0]
    made = Signature(place_id=meeting.place_id, minutes=final, attendance=absent, name="x")
    with pytest.raises(DatabaseError, match="signed by those"), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's own")
def test_minutes_are_not_replaced(chamber: Chamber) -> None:
    chamber.reviewed(chamber.over(chamber.in_session()))
    assert "not replaced" in refused("INSERT OR REPLACE INTO councils_minutes SELECT * FROM councils_minutes")


def test_guards_stand_and_come_back(places: None) -> None:
    assert faulty_guards(connection, COUNCILS) == []
    drop_guards(connection, COUNCILS)
    assert len(faulty_guards(connection, COUNCILS)) == len(COUNCILS.of(connection))
    install_guards(connection, COUNCILS)
    assert faulty_guards(connection, COUNCILS) == []
