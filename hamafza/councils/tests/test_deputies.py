"""Who comes instead: invited with the holder, named once, and the one who reads, remarks and signs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_worker
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.councils.choices import Presence
from hamafza.councils.commands.minutes import finish_minutes, remark, sign
from hamafza.councils.commands.seats import Holder, sit_down, stand_up
from hamafza.councils.commands.session import open_session, record_presence
from hamafza.councils.models import Attendance, Meeting, SeatHolding
from hamafza.councils.tests.factories import Chamber
from hamafza.councils.tests.test_council_pages import client_of
from hamafza.notices.models import Message, Notice


@pytest.fixture
def deputy(chamber: Chamber) -> SeatHolding:
    """Of the seat of the member who signs in."""
    user = make_worker(Role.AGENCY_OFFICER, chamber.table.county, organization=chamber.table.agency)
    since = clock.today() - timedelta(days=30)
    return sit_down(chamber.seats[2], Holder("نسرین قائم‌مقام", since, user=user, is_deputy=True), by=chamber.by)


def user_of(holding: SeatHolding) -> User:
    assert holding.user is not None
    return holding.user


def came_instead(chamber: Chamber, deputy: SeatHolding) -> tuple[Meeting, Attendance]:
    """A session to which the deputy came."""
    meeting = chamber.invited()
    chamber.come(meeting, 6)
    row = meeting.attendances.get(seat=deputy.seat)
    row = record_presence(row, Presence.DEPUTY, deputy_holding=deputy, by=chamber.by)
    return open_session(meeting, by=chamber.by), row


def status_of(user: User, name: str, meeting: Meeting) -> int:
    return client_of(user.pk).get(reverse(f"councils:{name}", args=[meeting.pk])).status_code


def test_deputy_is_invited_with_the_holder_and_opens_the_meeting(chamber: Chamber, deputy: SeatHolding) -> None:
    meeting = chamber.invited(3)
    told = set(Notice.objects.filter(code="councils.invited").values_list("user", flat=True))
    assert told == {chamber.member.pk, user_of(deputy).pk}
    assert [status_of(one, "meeting-record", meeting) for one in (chamber.member, user_of(deputy))] == [200, 200]


def test_deputy_of_a_later_day_and_a_new_holder_are_told_once_each(chamber: Chamber) -> None:
    near, far = chamber.invited(2), chamber.invited(9)
    begins = clock.today() + timedelta(days=5)
    for number, is_deputy in (("09121112233", True), ("09354445566", False)):
        said = Holder(f"کسی {number}", begins, mobile=number, is_deputy=is_deputy)
        sit_down(chamber.seats[3], said, by=chamber.by)
    assert sorted(one.address for one in Message.objects.all()) == ["09121112233", "09354445566"]
    assert near.attendances.get(seat=chamber.seats[3]).holding != far.attendances.get(seat=chamber.seats[3]).holding


def test_whoever_sat_there_has_the_meeting_afterwards(chamber: Chamber, deputy: SeatHolding) -> None:
    meeting, row = came_instead(chamber, deputy)
    assert (row.deputy, row.attendee) == ("نسرین قائم‌مقام", deputy)
    assert [status_of(one, "meeting-record", meeting) for one in (chamber.member, user_of(deputy))] == [404, 200]
    other = chamber.in_session()
    assert [status_of(one, "meeting-record", other) for one in (chamber.member, user_of(deputy))] == [200, 404]


def test_deputy_reads_remarks_and_signs_and_the_holder_does_not(chamber: Chamber, deputy: SeatHolding) -> None:
    meeting, row = came_instead(chamber, deputy)
    review = chamber.reviewed(chamber.over(meeting))
    assert Notice.objects.get(code="councils.review").user == deputy.user
    holder, hers = actor_for(chamber.member), actor_for(user_of(deputy))
    with pytest.raises(PermissionDenied):
        remark(review, text="من نبودم", by=holder)
    remark(review, text="درست است", by=hers)
    final = finish_minutes(meeting, by=chamber.by)
    assert [status_of(one, "minutes", meeting) for one in (chamber.member, user_of(deputy))] == [404, 200]
    with pytest.raises(PermissionDenied):
        sign(final, row, by=holder)
    assert sign(final, row, by=hers).name == "نسرین قائم‌مقام"


def test_name_alone_signs_on_paper(chamber: Chamber) -> None:
    meeting = chamber.invited()
    chamber.come(meeting, 6)
    row = meeting.attendances.get(seat=chamber.seats[2])
    record_presence(row, Presence.DEPUTY, deputy="  نسرین   قائم‌مقام ", by=chamber.by)
    final = chamber.final(chamber.over(open_session(meeting, by=chamber.by)))
    with pytest.raises(PermissionDenied):
        sign(final, row, by=actor_for(chamber.member))
    assert sign(final, row, by=chamber.by).name == "نسرین قائم‌مقام"


def test_deputy_comes_for_one_seat(chamber: Chamber, deputy: SeatHolding) -> None:
    meeting = chamber.invited()
    first, second = meeting.attendances.get(seat=deputy.seat), meeting.attendances.get(seat=chamber.seats[4])
    record_presence(first, Presence.DEPUTY, deputy_holding=deputy, by=chamber.by)
    codes = []
    for said in ({"deputy": deputy.name}, {"deputy_holding": deputy}):
        with pytest.raises(Refusal) as refused:
            record_presence(second, Presence.DEPUTY, **said, by=chamber.by)
        codes.append(refused.value.code)
    assert codes == ["deputy_twice", "not_deputy"]
    back = record_presence(first, Presence.PRESENT, by=chamber.by)
    assert (back.deputy, back.deputy_holding) == ("", None)


def test_deputy_who_stands_up_before_the_day_is_not_there(chamber: Chamber, deputy: SeatHolding) -> None:
    meeting = chamber.invited(3)
    row = meeting.attendances.get(seat=deputy.seat)
    record_presence(row, Presence.DEPUTY, deputy_holding=deputy, by=chamber.by)
    stand_up(deputy, last_day=clock.today(), by=chamber.by)
    row.refresh_from_db()
    assert (row.presence, row.deputy, row.deputy_holding) == (Presence.INVITED, "", None)


def test_deputy_on_record_is_one_tap(chamber: Chamber, deputy: SeatHolding) -> None:
    meeting, secretary = chamber.invited(), client_of(chamber.by.user_id)
    row = meeting.attendances.get(seat=deputy.seat)
    assert deputy.name in secretary.get(reverse("councils:session", args=[meeting.pk])).content.decode()
    tap = reverse("councils:session-presence", args=[row.pk])
    secretary.post(tap, {"presence": "deputy", "deputy_holding": chamber.seats[0].pk})
    assert meeting.attendances.filter(presence=Presence.DEPUTY).count() == 0
    secretary.post(tap, {"presence": "deputy", "deputy_holding": deputy.pk})
    assert meeting.attendances.get(presence=Presence.DEPUTY).deputy_holding == deputy
