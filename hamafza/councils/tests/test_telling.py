"""Who is invited is told: by a notice, by a message to her mobile; and again when the meeting moves or is called off."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.accounts.tests.factories import SignedIn
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.councils.choices import Presence
from hamafza.councils.commands.meetings import Appointment, cancel_meeting, move_meeting
from hamafza.councils.commands.seats import Holder, end_seat, sit_down, stand_up
from hamafza.councils.commands.session import open_session, record_presence
from hamafza.councils.models import Meeting, SeatHolding
from hamafza.councils.queries.councils import users_of
from hamafza.councils.tests.factories import Chamber
from hamafza.councils.tests.test_council_pages import client_of
from hamafza.notices.models import Message, Notice
from hamafza.places.tests.factories import COUNTY, SHARIFABAD

TODAY = date(2026, 11, 22)
OF_MEMBER, OF_GUEST = "09121112233", "09354445566"


def reachable(chamber: Chamber) -> None:
    """The member who signs in and one holder who does not have a mobile each; the others have none."""
    chamber.member.mobile = OF_MEMBER
    chamber.member.save()
    sit_down(chamber.seats[1], Holder("نادر رستگار", clock.today() - timedelta(days=3), mobile=OF_GUEST), by=chamber.by)


def sent() -> list[tuple[str, str]]:
    return sorted((one.code, one.address) for one in Message.objects.all())


def moved(days: int, *, venue: str = "سالن دوم") -> Appointment:
    return Appointment(clock.today() + timedelta(days=days), time(9), venue)


def test_invitation_goes_to_who_signs_in_and_to_who_has_a_mobile(chamber: Chamber) -> None:
    reachable(chamber)
    chamber.invited(5)
    assert sent() == [("councils.invited", OF_MEMBER), ("councils.invited", OF_GUEST)]
    assert [one.user_id for one in Notice.objects.filter(code="councils.invited")] == [chamber.member.pk]


def test_who_is_invited_is_told_of_the_new_day_and_of_the_end(chamber: Chamber) -> None:
    reachable(chamber)
    held = chamber.invited(5)
    before = (held.number, held.voting_seats, held.quorum_needed)
    held = move_meeting(held, moved(7), by=chamber.by)
    assert (held.on, held.venue) == (clock.today() + timedelta(days=7), "سالن دوم")
    assert (held.number, held.voting_seats, held.quorum_needed) == before
    cancel_meeting(held, reason="تعطیلی", by=chamber.by)
    assert sent() == sorted(
        (code, to)
        for code in ("councils.invited", "councils.moved", "councils.called_off")
        for to in (OF_MEMBER, OF_GUEST)
    )
    assert Notice.objects.filter(user=chamber.member, code__startswith="councils.").count() == 3


def test_nobody_is_told_of_a_meeting_to_which_nobody_is_invited(chamber: Chamber) -> None:
    reachable(chamber)
    held = move_meeting(chamber.planned(5), moved(6), by=chamber.by)
    cancel_meeting(held, reason="تعطیلی", by=chamber.by)
    assert not sent()
    assert not Notice.objects.filter(code__startswith="councils.").exists()


def test_invited_meeting_is_not_moved_to_a_day_of_other_seats(chamber: Chamber) -> None:
    held = chamber.invited(5)
    end_seat(chamber.seats[0], last_day=clock.today() + timedelta(days=8), by=chamber.by)
    with pytest.raises(Refusal) as refused:
        move_meeting(held, moved(9), by=chamber.by)
    assert refused.value.code == "other_seats"
    assert Meeting.objects.get(pk=held.pk).on == held.on


def test_moved_meeting_is_of_who_sits_there_on_the_new_day(chamber: Chamber) -> None:
    held = chamber.invited(5)
    before = (held.number, held.voting_seats, held.quorum_needed)
    new = Holder("ناهید تازه‌کار", clock.today() + timedelta(days=8), mobile=OF_GUEST)
    holding = sit_down(chamber.seats[0], new, by=chamber.by)
    assert held.attendances.exclude(holding=holding).count() == 7
    held = move_meeting(held, moved(9), by=chamber.by)
    assert held.attendances.get(seat=chamber.seats[0]).holding == holding
    assert (held.number, held.voting_seats, held.quorum_needed) == before
    assert sent() == [("councils.moved", OF_GUEST)]


def test_who_sits_down_after_the_invitation_is_invited_and_the_one_before_is_not(chamber: Chamber) -> None:
    held, past = chamber.invited(5), chamber.invited(0)
    record_presence(held.attendances.get(seat=chamber.seats[2]), Presence.CONFIRMED, by=chamber.by)
    new = Holder("ناهید تازه‌کار", clock.today() + timedelta(days=1), mobile=OF_GUEST)
    holding = sit_down(chamber.seats[2], new, by=chamber.by)
    row = held.attendances.get(seat=chamber.seats[2])
    assert (row.holding, row.presence) == (holding, Presence.INVITED)
    assert sent() == [("councils.invited", OF_GUEST)]
    member = client_of(chamber.member.pk)
    shown = [member.get(reverse("councils:meeting-record", args=[one.pk])).status_code for one in (held, past)]
    assert shown == [404, 200]


def test_session_opens_with_who_holds_the_seats_that_day(chamber: Chamber) -> None:
    held = chamber.invited(0)
    chamber.come(held, 6)
    SeatHolding.objects.filter(seat=chamber.seats[0]).update(until=clock.today() - timedelta(days=1))
    opened = open_session(held, by=chamber.by)
    row = opened.attendances.get(seat=chamber.seats[0])
    assert (row.holding, row.presence, opened.quorum_met) == (None, Presence.INVITED, True)


def test_whoever_stands_up_or_whose_seat_ends_loses_the_meeting(chamber: Chamber) -> None:
    held = chamber.invited(5)
    first = held.attendances.get(seat=chamber.seats[0]).holding
    assert first is not None
    stand_up(first, last_day=clock.today() + timedelta(days=2), by=chamber.by)
    end_seat(chamber.seats[1], last_day=clock.today() + timedelta(days=2), by=chamber.by)
    empty = held.attendances.filter(holding=None).order_by("seat__position")
    assert [row.seat for row in empty] == list(chamber.seats[:2])
    held.refresh_from_db()
    assert (held.voting_seats, held.quorum_needed) == (6, 4)


def test_last_day_after_the_next_one_sat_down_refused(chamber: Chamber) -> None:
    first = chamber.seats[0].holdings.get()
    sit_down(chamber.seats[0], Holder("ناهید تازه‌کار", clock.today()), by=chamber.by)
    with pytest.raises(Refusal) as refused:
        stand_up(first, last_day=clock.today(), by=chamber.by)
    assert refused.value.code == "held"


def test_number_stays_in_its_year(chamber: Chamber, move_to: MoveTo) -> None:
    move_to(date(2027, 3, 15))
    held = chamber.invited(1)
    with pytest.raises(Refusal) as refused:
        move_meeting(held, moved(20), by=chamber.by)
    assert refused.value.code == "other_seats"


@pytest.mark.parametrize(("days", "venue", "code"), [(-1, "سالن", "past"), (3, " ", "no_venue")])
def test_day_that_is_over_and_no_place_refused(chamber: Chamber, days: int, venue: str, code: str) -> None:
    held = chamber.invited(5)
    with pytest.raises(Refusal) as refused:
        move_meeting(held, moved(days, venue=venue), by=chamber.by)
    assert refused.value.code == code


def test_meeting_that_has_begun_is_not_moved(chamber: Chamber) -> None:
    held = chamber.in_session()
    with pytest.raises(Refusal) as refused:
        move_meeting(held, moved(3), by=chamber.by)
    assert refused.value.code == "no_such_step"


def test_secretary_moves_it_by_its_page(chamber: Chamber) -> None:
    held, secretary = chamber.invited(5), client_of(chamber.by.user_id)
    address = reverse("councils:meeting-move", args=[held.pk])
    said = {"on": "۱۴۰۵/۰۹/۱۰", "starts_at": "۹:۳۰", "ends_at": "", "venue": "سالن دوم", "subject": "مسکن"}
    assert secretary.post(address, {**said, "on": "دیروز"}).status_code == 422
    assert secretary.post(address, said).status_code == 302
    held.refresh_from_db()
    assert (held.on, held.starts_at, held.ends_at, held.subject) == (date(2026, 12, 1), time(9, 30), None, "مسکن")


def test_district_governor_takes_a_seat_and_opens_her_meeting(chamber: Chamber, signed_in: SignedIn) -> None:
    client = signed_in(Role.DISTRICT_GOVERNOR, SHARIFABAD)
    governor = User.objects.get(pk=client.user.pk)
    assert governor in users_of(COUNTY)
    elsewhere = chamber.invited(2)
    sit_down(chamber.seats[3], Holder("بخشدار", clock.today() + timedelta(days=3), user=governor), by=chamber.by)
    hers = chamber.invited(3)
    shown = [client.get(reverse("councils:meeting-record", args=[one.pk])).status_code for one in (hers, elsewhere)]
    assert shown == [200, 404]
