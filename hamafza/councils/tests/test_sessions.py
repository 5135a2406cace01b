"""Who sits, how a meeting is called, when it can adopt, and what the next agenda opens with."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from hamafza.commitments.tests.conftest import MoveTo
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.councils.choices import ItemKind, MeetingState, NoteKind, Presence, ResolutionState, SeatOffice
from hamafza.councils.commands.agenda import add_item, put_back, take_up
from hamafza.councils.commands.meetings import Appointment, cancel_meeting, invite, plan_meeting, plan_series
from hamafza.councils.commands.seats import Holder, add_seat, end_seat, sit_down
from hamafza.councils.commands.session import adjourn, defer, note, open_session, propose, record_presence, vote
from hamafza.councils.models import AgendaItem, Meeting, Resolution
from hamafza.councils.queries.seats import sittings_on
from hamafza.councils.quorum import Votes
from hamafza.councils.tests.factories import Chamber
from hamafza.notices.models import Notice

TODAY = date(2026, 11, 22)


def code_of(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return refusal.value.code


def test_seat_is_held_by_the_one_of_the_day(chamber: Chamber) -> None:
    seat, since = chamber.seats[0], TODAY - timedelta(days=10)
    sit_down(seat, Holder("ناهید تازه‌کار", since), by=chamber.by)
    names = {day: sittings_on(chamber.council, day)[0].holding for day in (since - timedelta(days=1), since)}
    assert [one.name for one in names.values() if one] == ["مهدی کاظمی", "ناهید تازه‌کار"]


def test_attendance_names_who_holds_the_seat_on_the_day_of_the_meeting(chamber: Chamber) -> None:
    sit_down(chamber.seats[0], Holder("ناهید تازه‌کار", TODAY + timedelta(days=5)), by=chamber.by)
    soon, later = chamber.invited(1), chamber.invited(6)
    first = [meeting.attendances.get(seat=chamber.seats[0]).holding for meeting in (soon, later)]
    assert [one.name for one in first if one] == ["مهدی کاظمی", "ناهید تازه‌کار"]


def test_seat_that_ended_is_not_invited(chamber: Chamber) -> None:
    end_seat(chamber.seats[3], last_day=TODAY, by=chamber.by)
    meeting = chamber.invited(1)
    assert (meeting.voting_seats, meeting.quorum_needed, meeting.attendances.count()) == (5, 3, 6)


def test_second_chair_refused(chamber: Chamber) -> None:
    with pytest.raises(Refusal) as refused:
        add_seat(chamber.council, title="رئیس دیگر", office=SeatOffice.CHAIR, since=TODAY, by=chamber.by)
    assert code_of(refused) == "one_alone"


def test_earlier_holder_than_the_present_refused(chamber: Chamber) -> None:
    with pytest.raises(Refusal) as refused:
        sit_down(chamber.seats[0], Holder("دیگری", TODAY - timedelta(days=500)), by=chamber.by)
    assert code_of(refused) == "held"


def test_invitation_numbers_counts_and_tells(chamber: Chamber) -> None:
    meeting = chamber.invited(3)
    assert (meeting.jalali_year, meeting.number) == (1405, 1)
    assert (meeting.voting_seats, meeting.quorum_needed) == (6, 4)
    told = Notice.objects.get(code="councils.invited")
    assert (told.user_id, told.url) == (chamber.member.pk, f"/councils/meetings/{meeting.pk}/")


def test_numbers_have_no_gap_in_council_and_year(chamber: Chamber, move_to: MoveTo) -> None:
    cancel_meeting(chamber.planned(1), reason="تعطیل", by=chamber.by)
    first, second = chamber.invited(2), chamber.invited(1)
    cancel_meeting(first, reason="تعطیل", by=chamber.by)
    third = chamber.invited(3)
    move_to(date(2027, 4, 1))
    next_year = chamber.invited(1)
    numbers = [(one.jalali_year, one.number) for one in (first, second, third, next_year)]
    assert numbers == [(1405, 1), (1405, 2), (1405, 3), (1406, 1)]


def test_meeting_in_the_past_or_backwards_refused(chamber: Chamber) -> None:
    yesterday = Appointment(TODAY - timedelta(days=1), time(10), "سالن")
    backwards = Appointment(TODAY, time(10), "سالن", ends_at=time(9))
    codes = []
    for said in (yesterday, backwards, Appointment(TODAY, time(10), " ")):
        with pytest.raises(Refusal) as refused:
            plan_meeting(chamber.council, said, by=chamber.by)
        codes.append(code_of(refused))
    assert codes == ["past", "bad_times", "no_venue"]


def test_series_stands_weeks_apart(chamber: Chamber) -> None:
    first = Appointment(TODAY + timedelta(days=1), time(9), "سالن")
    made = plan_series(chamber.council, first, every_weeks=2, times=3, by=chamber.by)
    assert [(one.on - first.on).days for one in made] == [0, 14, 28]
    with pytest.raises(Refusal) as refused:
        plan_series(chamber.council, first, every_weeks=0, times=3, by=chamber.by)
    assert code_of(refused) == "bad_series"


def test_meeting_without_quorum_cannot_adopt(chamber: Chamber) -> None:
    meeting = chamber.in_session(here=3)
    assert (meeting.state, meeting.quorum_met) == (MeetingState.NO_QUORUM, False)
    with pytest.raises(Refusal) as refused:
        propose(chamber.item(), title="x", text="y", by=chamber.by)
    assert code_of(refused) == "no_meeting"
    assert not Resolution.objects.exists()


def test_proposal_of_a_meeting_that_lost_its_session_is_not_voted_on(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    proposed = chamber.proposed(meeting)
    defer(proposed, reason="بررسی بیشتر", by=chamber.by)
    adjourn(meeting, by=chamber.by)
    with pytest.raises(Refusal) as refused:
        vote(proposed, Votes(by_consensus=True), by=chamber.by)
    assert code_of(refused) == "no_quorum"


def test_quorum_that_left_adopts_nothing(chamber: Chamber) -> None:
    meeting = chamber.in_session(here=4)
    proposed = chamber.proposed(meeting)
    row = meeting.attendances.get(seat=chamber.seats[0])
    record_presence(row, Presence.EXCUSED, by=chamber.by)
    for votes in (Votes(3, 0, 0), Votes(by_consensus=True)):
        with pytest.raises(Refusal) as refused:
            vote(proposed, votes, by=chamber.by)
        assert code_of(refused) == "no_quorum"
    record_presence(row, Presence.LATE, by=chamber.by)
    assert vote(proposed, Votes(by_consensus=True), by=chamber.by).state == ResolutionState.ADOPTED


def test_nobody_is_there_for_an_empty_seat_but_a_named_deputy(chamber: Chamber) -> None:
    add_seat(chamber.council, title="کرسی تازه", since=TODAY, by=chamber.by)
    row = chamber.invited().attendances.get(holding=None)
    for presence in (Presence.PRESENT, Presence.LATE):
        with pytest.raises(Refusal) as refused:
            record_presence(row, presence, by=chamber.by)
        assert code_of(refused) == "nobody_holds"
    assert record_presence(row, Presence.DEPUTY, deputy="نسرین", by=chamber.by).deputy == "نسرین"


def test_presence_stays_once_the_session_has_ended(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    with pytest.raises(Refusal) as refused:
        record_presence(meeting.attendances.all()[0], Presence.ABSENT, by=chamber.by)
    assert code_of(refused) == "no_such_step"


def test_guest_does_not_make_a_quorum(chamber: Chamber) -> None:
    meeting = chamber.invited()
    chamber.come(meeting, 3)
    record_presence(meeting.attendances.get(votes=False), Presence.PRESENT, by=chamber.by)
    assert open_session(meeting, by=chamber.by).state == MeetingState.NO_QUORUM


def test_deputy_and_who_came_late_make_a_quorum(chamber: Chamber) -> None:
    meeting = chamber.invited()
    chamber.come(meeting, 2)
    rows = list(meeting.attendances.filter(votes=True).order_by("seat__position")[2:4])
    record_presence(rows[0], Presence.DEPUTY, deputy="نسرین قائم‌مقام", by=chamber.by)
    record_presence(rows[1], Presence.LATE, came_at=time(10, 20), by=chamber.by)
    assert open_session(meeting, by=chamber.by).state == MeetingState.IN_SESSION


def test_session_opens_on_its_day(chamber: Chamber) -> None:
    meeting = chamber.invited(1)
    chamber.come(meeting, 6)
    with pytest.raises(Refusal) as refused:
        open_session(meeting, by=chamber.by)
    assert code_of(refused) == "too_early"


def test_matters_of_a_meeting_without_quorum_wait_again(chamber: Chamber) -> None:
    meeting = chamber.invited()
    item = chamber.item(meeting)
    chamber.come(meeting, 1)
    open_session(meeting, by=chamber.by)
    item.refresh_from_db()
    assert item.meeting is None
    assert take_up(item, chamber.planned(7), by=chamber.by).position == 1


def test_adopted_has_a_number_and_rejected_has_none(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    rejected = vote(chamber.proposed(meeting), Votes(2, 3, 1), by=chamber.by)
    adopted = [chamber.adopted(meeting) for _ in range(2)]
    assert (rejected.state, rejected.number) == (ResolutionState.REJECTED, None)
    assert [(one.jalali_year, one.number) for one in adopted] == [(1405, 1), (1405, 2)]


def test_more_votes_than_members_refused(chamber: Chamber) -> None:
    meeting = chamber.in_session(here=4)
    proposed = chamber.proposed(meeting)
    for votes in (Votes(5, 0, 0), Votes()):
        with pytest.raises(Refusal) as refused:
            vote(proposed, votes, by=chamber.by)
        assert code_of(refused) == "miscounted"


def test_session_with_an_open_vote_does_not_end(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    chamber.proposed(meeting)
    with pytest.raises(Refusal) as refused:
        adjourn(meeting, by=chamber.by)
    assert code_of(refused) == "vote_open"


def test_next_agenda_opens_with_what_is_not_closed_then_with_what_was_left(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    left = chamber.item(meeting, "مسکن معلولان")
    resolution = chamber.adopted(meeting)
    chamber.owed(resolution)
    adjourn(meeting, by=chamber.by)
    chamber.item(title="پیشنهاد تازه")
    after = chamber.planned(7)
    opened = list(after.items.order_by("position"))
    assert [one.kind for one in opened] == [ItemKind.FOLLOW_UP, ItemKind.DECISION, ItemKind.DECISION]
    assert [one.carried_from for one in opened] == [None, left, resolution.item]


def test_meeting_planned_long_ago_opens_with_what_came_since(chamber: Chamber, move_to: MoveTo) -> None:
    meeting, later = chamber.in_session(), chamber.planned(14)
    own = chamber.item(later, "گزارش")
    left = chamber.item(meeting, "مسکن معلولان")
    chamber.owed(chamber.adopted(meeting, item=chamber.item(meeting)))
    meeting.items.exclude(pk=left.pk).update(is_done=True)
    adjourn(meeting, by=chamber.by)
    assert list(later.items.all()) == [own]
    invite(later, by=chamber.by)
    titles = list(later.items.order_by("position").values_list("kind", "carried_from"))
    assert titles == [(ItemKind.FOLLOW_UP, None), (ItemKind.DECISION, left.pk), (ItemKind.DECISION, None)]


def test_matter_is_carried_once(chamber: Chamber, move_to: MoveTo) -> None:
    meeting = chamber.in_session()
    chamber.item(meeting)
    adjourn(meeting, by=chamber.by)
    first, second = chamber.planned(7), chamber.planned(14)
    invite(first, by=chamber.by)
    invite(second, by=chamber.by)
    assert (first.items.count(), second.items.count()) == (1, 0)


def test_carried_matter_of_a_meeting_that_did_not_take_place_comes_back(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    left = chamber.item(meeting, "مسکن معلولان")
    adjourn(meeting, by=chamber.by)
    cancel_meeting(chamber.planned(3), reason="تعطیل", by=chamber.by)
    without = chamber.invited()
    assert without.items.get().carried_from == left
    chamber.come(without, 1)
    open_session(without, by=chamber.by)
    chamber.item(title="پیشنهاد تازه")
    after = chamber.planned(7)
    assert [one.carried_from for one in after.items.all()] == [left]
    put_back(after.items.get(), by=chamber.by)
    assert invite(after, by=chamber.by).items.get().carried_from == left


def test_follow_up_stays_on_the_agenda_and_others_go_back(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    chamber.owed(chamber.adopted(meeting))
    chamber.over(meeting)
    after = chamber.planned(7)
    with pytest.raises(Refusal) as refused:
        put_back(after.items.get(kind=ItemKind.FOLLOW_UP), by=chamber.by)
    assert code_of(refused) == "follow_up_stays"
    assert put_back(chamber.item(after), by=chamber.by).meeting is None


def test_nothing_is_put_on_the_agenda_of_a_meeting_that_is_over(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    with pytest.raises(Refusal) as refused:
        add_item(chamber.council, title="x", meeting=meeting, by=chamber.by)
    assert code_of(refused) == "no_such_step"
    assert not AgendaItem.objects.exists()


def test_strength_and_obstacle_are_noted_until_the_minutes_are_final(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    note(meeting, NoteKind.STRENGTH, text="همکاری خیریه‌ها", by=chamber.by)
    chamber.final(chamber.over(meeting))
    with pytest.raises(Refusal) as refused:
        note(meeting, NoteKind.STRENGTH, text="دیر", by=chamber.by)
    assert code_of(refused) == "no_such_step"
    assert meeting.notes.count() == 1


def test_note_bears_the_moment_at_which_it_was_written(chamber: Chamber) -> None:
    meeting, day = chamber.in_session(), clock.today() + timedelta(days=9)
    with clock.telling(day):
        row = note(meeting, NoteKind.STRENGTH, text="همکاری خیریه‌ها", by=chamber.by)
    assert wording.day_of(row.at) == day


def test_form_sent_twice_plans_once(chamber: Chamber) -> None:
    said = Appointment(clock.today(), time(10), "سالن")
    key = chamber.council.pk
    assert plan_meeting(chamber.council, said, by=chamber.by, key=key) == plan_meeting(
        chamber.council, said, by=chamber.by, key=key
    )
    assert Meeting.objects.count() == 1


def test_whoever_was_not_seen_stayed_away(chamber: Chamber) -> None:
    meeting = chamber.in_session(here=4)
    adjourn(meeting, by=chamber.by)
    assert meeting.attendances.get(votes=False).presence == Presence.ABSENT
