"""Pages of councils by their people: the secretary keeps, the governor's office looks on, others are not let in."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.accounts.tests.factories import SignedIn
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.councils.choices import MeetingState, ResolutionState as R, Visibility
from hamafza.councils.commands.seats import Holder, add_seat, sit_down
from hamafza.councils.models import Council, Meeting, Resolution
from hamafza.councils.tests.factories import Chamber, a_chamber
from hamafza.places.tests.factories import SISTER_COUNTY


def client_of(user: object) -> Client:
    """Signed in; her first request writes no sign of life."""
    client = Client()
    client.force_login(User.objects.get(pk=user), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["seen"] = int(time.time())
    session.save()
    return client


@pytest.fixture
def secretary(chamber: Chamber) -> Client:
    return client_of(chamber.by.user_id)


@pytest.fixture
def governor(chamber: Chamber) -> Client:
    return client_of(chamber.table.governor.user_id)


@pytest.fixture
def member(chamber: Chamber) -> Client:
    return client_of(chamber.member.pk)


def url(name: str, *args: Any) -> str:
    return reverse(f"councils:{name}", args=args)


def test_lists_and_record_show_the_council(chamber: Chamber, governor: Client) -> None:
    chamber.planned(3, subject="مسکن")
    answer = governor.get(url("council-list"))
    assert chamber.council.name in answer.content.decode()
    shown = governor.get(url("council-record", chamber.council.pk)).content.decode()
    assert all(seat.title in shown for seat in chamber.seats)
    assert "مسکن" in governor.get(url("meeting-list", chamber.council.pk)).content.decode()
    assert governor.get(url("resolution-list", chamber.council.pk)).status_code == 200


def test_council_is_founded_with_seats_and_holders(chamber: Chamber, secretary: Client) -> None:
    said = {
        "name": "مجمع خیرین", "kind": "assembly", "secretariat": chamber.table.secretariat.pk, "quorum_rule": "half",
        "voting_rule": "present", "visibility": "internal",
    }  # fmt: skip
    answer = secretary.post(url("council-create"), said)
    made = Council.objects.get(name="مجمع خیرین")
    assert answer.headers["Location"] == url("council-record", made.pk)
    assert secretary.post(url("council-create"), said).status_code == 422
    secretary.post(
        url("seat-create", made.pk), {"title": "رئیس مجمع", "office": "chair", "votes": "on", "since": "۱۴۰۵/۱/۱"}
    )
    seat = made.seats.get()
    secretary.post(url("seat-hold", seat.pk), {"name": "مریم صالحی", "since": "۱۴۰۵/۲/۱"})
    assert seat.holdings.get().name == "مریم صالحی"
    secretary.post(url("seat-end", seat.pk), {"last_day": "۱۴۰۶/۱/۱"})
    seat.refresh_from_db()
    assert seat.until is not None


def test_holder_and_deputy_stand_up_by_the_page_of_the_seat(chamber: Chamber, secretary: Client) -> None:
    seat = chamber.seats[0]
    sit_down(seat, Holder("نسرین قائم‌مقام", clock.today(), is_deputy=True), by=chamber.by)
    shown = secretary.get(url("seat-hold", seat.pk)).content.decode()
    for holding in seat.holdings.all():
        end = url("holding-end", holding.pk)
        assert end in shown
        assert secretary.post(end, {"last_day": "۱۳۹۰/۱/۱"}).status_code == 422
        assert secretary.post(end, {"last_day": "۱۴۰۶/۱/۱"}).headers["Location"] == url("seat-hold", seat.pk)
    assert not seat.holdings.filter(until=None).exists()


def test_series_is_planned_by_one_form_sent_twice(chamber: Chamber, secretary: Client) -> None:
    said = {
        "key": str(uuid7()), "on": "۱۴۰۵/۹/۱۰", "starts_at": "۱۰:۳۰", "ends_at": "12", "venue": "سالن", "times": "۳",
        "every_weeks": "۲",
    }  # fmt: skip
    for _ in range(2):
        assert secretary.post(url("meeting-create", chamber.council.pk), said).status_code == 302
    days = sorted(Meeting.objects.values_list("on", flat=True))
    assert [(day - days[0]).days for day in days] == [0, 14, 28]
    wrong = secretary.post(url("meeting-create", chamber.council.pk), {**said, "starts_at": "ده"})
    assert wrong.status_code == 422


def test_agenda_is_made_from_the_backlog(chamber: Chamber, secretary: Client) -> None:
    meeting, item = chamber.planned(3), chamber.item(title="گزارش مسکن")
    page = url("meeting-record", meeting.pk)
    assert "گزارش مسکن" in secretary.get(page).content.decode()
    secretary.post(url("agenda-take", item.pk), {"meeting": meeting.pk})
    assert list(meeting.items.all()) == [item]
    secretary.post(url("agenda-put-back", item.pk))
    assert not meeting.items.exists()
    secretary.post(url("agenda-add", meeting.pk), {"title": "تازه", "kind": "report", "visibility": "internal"})
    assert meeting.items.get().title == "تازه"
    wrong = secretary.post(url("agenda-add", meeting.pk), {"title": "", "kind": "report", "visibility": "internal"})
    assert wrong.status_code == 422


def test_whole_meeting_by_its_pages(chamber: Chamber, secretary: Client) -> None:
    meeting = chamber.planned()
    item = chamber.item(meeting, "اشتغال")
    secretary.post(url("meeting-invite", meeting.pk))
    session = url("session", meeting.pk)
    assert secretary.get(session).status_code == 200
    rows = list(meeting.attendances.order_by("seat__position"))
    for row in rows[:3]:
        secretary.post(url("session-presence", row.pk), {"presence": "present"})
    wrong = secretary.post(url("session-presence", rows[3].pk), {"presence": "deputy", "deputy": ""})
    assert wrong.status_code == 422
    secretary.post(url("session-presence", rows[3].pk), {"presence": "deputy", "deputy": "نسرین قائم‌مقام"})
    secretary.post(url("session-open", meeting.pk))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.quorum_met) == (MeetingState.IN_SESSION, True)
    said = {"key": str(uuid7()), "title": "صد شغل", "text": "صد شغل فراهم شود."}
    for _ in range(2):
        secretary.post(url("resolution-propose", item.pk), said)
    resolution = Resolution.objects.get()
    assert secretary.get(session).status_code == 200
    both = secretary.post(url("resolution-vote", resolution.pk), {"by_consensus": "on", "in_favour": "۳"})
    assert both.status_code == 422
    secretary.post(url("resolution-vote", resolution.pk), {"in_favour": "۳", "against": "۱"})
    resolution.refresh_from_db()
    assert (resolution.state, resolution.in_favour) == (R.ADOPTED, 3)
    secretary.post(url("item-outcome", item.pk), {"outcome": "گفت‌وگو شد", "is_done": "on"})
    secretary.post(url("session-note", meeting.pk), {"kind": "obstacle", "text": "زمین نیست", "obstacle": "site"})
    secretary.post(url("session-end", meeting.pk), {"ends_at": "۱۱:۴۵"})
    meeting.refresh_from_db()
    assert (meeting.state, f"{meeting.ends_at:%H:%M}") == (MeetingState.ADJOURNED, "11:45")
    assert meeting.notes.get().obstacle == "site"


def test_empty_seat_offers_no_tap_for_being_there(chamber: Chamber, secretary: Client) -> None:
    add_seat(chamber.council, title="کرسی تازه", since=clock.today(), by=chamber.by)
    meeting = chamber.invited()
    shown = secretary.get(url("session", meeting.pk)).content.decode()
    assert (shown.count('value="present"'), shown.count('value="absent"')) == (7, 8)


def test_matter_is_deferred_with_a_reason(chamber: Chamber, secretary: Client) -> None:
    meeting = chamber.in_session()
    proposed = chamber.proposed(meeting)
    assert secretary.post(url("resolution-defer", proposed.pk), {"reason": ""}).status_code == 422
    secretary.post(url("resolution-defer", proposed.pk), {"reason": "بررسی بیشتر"})
    proposed.refresh_from_db()
    assert proposed.state == R.DEFERRED


def owed_rows(chamber: Chamber, **rows: dict[str, str]) -> dict[str, str]:
    said = {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "0", "key": str(uuid7())}
    for place, row in rows.items():
        said |= {f"form-{place.removeprefix('row')}-{name}": value for name, value in row.items()}
    return said


def test_commitments_are_made_in_one_click_and_once(chamber: Chamber, secretary: Client) -> None:
    resolution = chamber.adopted(chamber.in_session())
    page = url("resolution-commitments", resolution.pk)
    first = {"owner": str(chamber.table.agency.pk), "title": "شغل", "due_on": "۱۴۰۵/۱۲/۱", "weight": "۶۰"}
    second = {"owner": str(chamber.table.silent.pk), "title": "وام", "due_on": "۱۴۰۵/۱۲/۱", "weight": "۳۰"}
    wrong = owed_rows(chamber, row0=first, row2=second)
    assert secretary.get(page).status_code == 200
    answer = secretary.post(page, wrong)
    assert answer.status_code == 422
    assert "وام" in answer.content.decode()
    right = owed_rows(chamber, row0=first, row2={**second, "weight": "۴۰", "quantity": "۲۰", "unit": "فقره"})
    for _ in range(2):
        assert secretary.post(page, right).status_code == 302
    from hamafza.councils.queries.resolutions import commitments_of

    made = [(one.owner, one.weight, one.quantity) for one in commitments_of(resolution)]
    assert made == [(chamber.table.agency, 60, None), (chamber.table.silent, 40, 20)]


def test_no_rows_at_all_refused(chamber: Chamber, secretary: Client) -> None:
    resolution = chamber.adopted(chamber.in_session())
    assert secretary.post(url("resolution-commitments", resolution.pk), owed_rows(chamber)).status_code == 422


def test_resolution_goes_its_way_and_not_while_owed(chamber: Chamber, secretary: Client, governor: Client) -> None:
    resolution = chamber.adopted(chamber.in_session())
    chamber.owed(resolution)
    assert secretary.get(url("resolution-record", resolution.pk)).status_code == 200
    assert governor.get(url("resolution-record", resolution.pk)).status_code == 200
    secretary.post(url("resolution-communicate", resolution.pk))
    secretary.post(url("resolution-confirm", resolution.pk))
    assert secretary.post(url("resolution-lapse", resolution.pk), {"reason": "x"}).status_code == 422
    resolution.refresh_from_db()
    assert resolution.state == R.COMMUNICATED


def test_minutes_by_their_pages(chamber: Chamber, secretary: Client, governor: Client, member: Client) -> None:
    meeting = chamber.in_session()
    secret = chamber.item(meeting, "رازدانهٔ نخست", visibility=Visibility.CLOSED)
    chamber.adopted(meeting, item=secret, title="رازدانهٔ دوم")
    chamber.adopted(meeting)
    chamber.over(meeting)
    page = url("minutes", meeting.pk)
    assert [one.get(page).status_code for one in (secretary, member, governor)] == [200, 404, 404]
    secretary.post(url("minutes-draft", meeting.pk))
    assert [one.get(page).status_code for one in (secretary, member, governor)] == [200, 404, 404]
    secretary.post(url("minutes-review", meeting.pk), {"until": "۱۴۰۵/۹/۱۰"})
    assert [one.get(page).status_code for one in (secretary, member, governor)] == [200, 200, 404]
    assert member.post(url("minutes-remark", meeting.pk), {"text": ""}).status_code == 422
    member.post(url("minutes-remark", meeting.pk), {"text": "نامم را درست کنید"})
    assert "نامم را درست کنید" in secretary.get(page).content.decode()
    secretary.post(url("minutes-final", meeting.pk))
    own = meeting.attendances.get(holding__user=chamber.member)
    member.post(url("minutes-sign", meeting.pk), {"seat": own.pk})
    other = meeting.attendances.get(seat=chamber.seats[0])
    assert member.post(url("minutes-sign", meeting.pk), {"seat": other.pk}).status_code == 404
    secretary.post(url("minutes-sign", meeting.pk), {"seat": other.pk})
    secretary.post(url("minutes-publish", meeting.pk))
    assert governor.get(page).status_code == 404
    secretary.post(url("minutes-sign", meeting.pk), {"seat": meeting.attendances.get(seat=chamber.seats[1]).pk})
    secretary.post(url("minutes-correct", meeting.pk), {"text": "نام درست: رضا"})
    assert governor.get(page).status_code == 404
    secretary.post(url("minutes-publish", meeting.pk))
    published = governor.get(page).content.decode()
    assert "رازدانه" not in published
    assert "نام درست" in published
    assert "رازدانهٔ نخست" in member.get(page).content.decode()
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PUBLISHED
    final = meeting.minutes_written.get(phase="final")
    assert final.signatures.count() == 3


def test_closed_matter_is_not_told_to_who_looks_on(chamber: Chamber, governor: Client) -> None:
    meeting = chamber.in_session()
    secret = chamber.item(meeting, "رازدانهٔ نخست", visibility=Visibility.CLOSED)
    resolution = chamber.adopted(meeting, item=secret, title="رازدانهٔ دوم")
    pages = [url("meeting-record", meeting.pk), url("council-record", chamber.council.pk)]
    pages.append(url("resolution-list", chamber.council.pk))
    assert ["رازدانه" in governor.get(page).content.decode() for page in pages] == [False, False, False]
    assert governor.get(url("resolution-record", resolution.pk)).status_code == 404


def test_who_has_a_seat_sees_her_invitation_and_nobody_else_does(chamber: Chamber, member: Client) -> None:
    meeting = chamber.invited(3)
    officer = client_of(chamber.table.officer.user_id)
    pages = [url("meeting-record", meeting.pk), *(url("invitation", meeting.pk, kind) for kind in ("pdf", "ics"))]
    assert [member.get(page).status_code for page in pages] == [200, 200, 200]
    assert [officer.get(page).status_code for page in pages] == [404, 404, 404]
    assert member.get(url("council-list")).status_code == 404
    assert member.get(url("session", meeting.pk)).status_code == 404


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.AGENCY_OFFICER, Role.AUDITOR])
def test_role_without_councils_gets_404(chamber: Chamber, signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    meeting = chamber.invited(1)
    named = [("council-list", []), ("council-record", [chamber.council.pk]), ("meeting-record", [meeting.pk])]
    assert {client.get(url(name, *args)).status_code for name, args in named} == {404}


def test_governor_looks_and_changes_nothing(chamber: Chamber, governor: Client) -> None:
    meeting = chamber.planned(1)
    assert governor.get(url("meeting-record", meeting.pk)).status_code == 200
    posts = [url("meeting-invite", meeting.pk), url("meeting-cancel", meeting.pk), url("agenda-add", meeting.pk)]
    assert {governor.post(page, {"reason": "x"}).status_code for page in posts} == {404}
    assert governor.get(url("council-create")).status_code == 404


def test_secretary_of_another_county_gets_404(chamber: Chamber, signed_in: SignedIn) -> None:
    client = signed_in(Role.COUNCIL_SECRETARY, SISTER_COUNTY)
    meeting = chamber.in_session()
    resolution = chamber.adopted(meeting)
    asked = [
        url("council-record", chamber.council.pk), url("meeting-record", meeting.pk), url("session", meeting.pk),
        url("minutes", meeting.pk), url("resolution-record", resolution.pk), url("seat-hold", chamber.seats[0].pk),
    ]  # fmt: skip
    assert {client.get(page).status_code for page in asked} == {404}


@pytest.mark.parametrize(
    "name", ["meeting-invite", "session-open", "session-end", "minutes-draft", "minutes-final", "minutes-publish"]
)
def test_get_on_an_action_refused(chamber: Chamber, secretary: Client, name: str) -> None:
    assert secretary.get(url(name, chamber.planned(1).pk)).status_code == 405


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(page).status_code == 200
    return len(caught)


def test_pages_ask_as_often_at_three_rows_as_at_one(chamber: Chamber, secretary: Client) -> None:
    meeting = chamber.in_session()
    chamber.owed(chamber.adopted(meeting))
    pages = [
        url("council-list"), url("council-record", chamber.council.pk), url("meeting-list", chamber.council.pk),
        url("resolution-list", chamber.council.pk), url("meeting-record", meeting.pk), url("session", meeting.pk),
    ]  # fmt: skip
    secretary.get(pages[0])
    before = [queries(secretary, page) for page in pages]
    a_chamber(chamber.table, name="شورای دیگر")
    for _ in range(2):
        chamber.owed(chamber.adopted(meeting), chamber.table.agency, chamber.table.silent)
        chamber.planned(9)
        chamber.item()
    # The backlog and the first meeting to come cost one look each, however many there are.
    assert [after - one for after, one in zip([queries(secretary, page) for page in pages], before, strict=True)] <= [
        1
    ] * 6
    assert max(before[0], before[2], before[3]) <= 15


def test_calendar_and_papers_leave_closed_matters_out(chamber: Chamber, secretary: Client) -> None:
    meeting = chamber.planned(2)
    chamber.item(meeting, "آشکار")
    chamber.item(meeting, "رازدانه", visibility=Visibility.CLOSED)
    assert secretary.get(url("invitation", meeting.pk, "ics")).status_code == 404
    secretary.post(url("meeting-invite", meeting.pk))
    calendar = secretary.get(url("invitation", meeting.pk, "ics"))
    text = calendar.content.decode().replace("\r\n ", "")
    assert "آشکار" in text
    assert "رازدانه" not in text
    assert calendar.headers["Content-Type"].startswith("text/calendar")
    word = secretary.get(url("invitation", meeting.pk, "docx"))
    assert word.content[:2] == b"PK"
