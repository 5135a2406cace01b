"""Minutes in their phases: a draft, remarks, the final text, names under it, corrections; what is closed stays out."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.queries.actors import actor_for
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.councils.choices import MeetingState, MinutesPhase, NoteKind, Presence, Visibility
from hamafza.councils.commands.minutes import (
    as_text,
    correct,
    draft_minutes,
    finish_minutes,
    publish,
    remark,
    send_for_review,
    sign,
)
from hamafza.councils.commands.resolutions import communicate
from hamafza.councils.commands.session import note, open_session, record_presence, write_outcome
from hamafza.councils.models import Meeting
from hamafza.councils.queries.minutes import minutes_of, told_outside
from hamafza.councils.tests.factories import Chamber
from hamafza.notices.models import Notice

TODAY = date(2026, 11, 22)


def test_minutes_go_through_their_phases(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    phases = [draft_minutes(meeting, by=chamber.by).phase]
    phases.append(send_for_review(meeting, until=TODAY + timedelta(days=7), by=chamber.by).phase)
    phases.append(draft_minutes(meeting, by=chamber.by).phase)
    phases.append(send_for_review(meeting, until=TODAY, by=chamber.by).phase)
    final = chamber.final_of_review(meeting)
    assert [*phases, final.phase] == ["draft", "review", "draft", "review", "final"]
    assert final.version == 5
    assert publish(chamber.signed(final), by=chamber.by).state == MeetingState.PUBLISHED


def test_minutes_are_not_final_before_anybody_could_read_them(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    draft_minutes(meeting, by=chamber.by)
    with pytest.raises(Refusal) as refused:
        finish_minutes(meeting, by=chamber.by)
    assert refused.value.code == "no_such_step"


def test_who_was_there_reads_and_remarks_and_nobody_else(chamber: Chamber) -> None:
    review = chamber.reviewed(chamber.over(chamber.in_session()))
    assert Notice.objects.get(code="councils.review").user_id == chamber.member.pk
    assert remark(review, text="نامم اشتباه است", by=actor_for(chamber.member)).text == "نامم اشتباه است"
    with pytest.raises(PermissionDenied):
        remark(review, text="من هم", by=chamber.table.officer)


def test_remark_after_the_review_refused(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    review = chamber.reviewed(meeting)
    chamber.final_of_review(meeting)
    with pytest.raises(Refusal) as refused:
        remark(review, text="دیر", by=actor_for(chamber.member))
    assert refused.value.code == "no_such_step"


def code_of_finish(meeting: Meeting, chamber: Chamber) -> str:
    with pytest.raises(Refusal) as refused:
        finish_minutes(meeting, by=chamber.by)
    return refused.value.code


def test_minutes_are_final_when_the_day_is_over_or_all_have_written(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    review = chamber.reviewed(meeting)
    assert code_of_finish(meeting, chamber) == "in_review"
    with clock.telling(TODAY + timedelta(days=7)):
        assert code_of_finish(meeting, chamber) == "in_review"
    remark(review, text="درست است", by=actor_for(chamber.member))
    assert finish_minutes(meeting, by=chamber.by).phase == MinutesPhase.FINAL


def test_remark_on_the_draft_before_does_not_end_the_wait(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    remark(chamber.reviewed(meeting), text="نامم اشتباه است", by=actor_for(chamber.member))
    chamber.reviewed(meeting)
    assert code_of_finish(meeting, chamber) == "in_review"


def test_remark_after_its_day_refused(chamber: Chamber) -> None:
    review = chamber.reviewed(chamber.over(chamber.in_session()))
    with clock.telling(TODAY + timedelta(days=8)), pytest.raises(Refusal) as refused:
        remark(review, text="دیر", by=actor_for(chamber.member))
    assert refused.value.code == "review_over"


def test_final_text_is_the_one_that_was_read(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    resolution = chamber.adopted(meeting)
    review = chamber.reviewed(chamber.over(meeting))
    chamber.owed(resolution)
    communicate(resolution, by=chamber.by)
    final = chamber.final_of_review(meeting)
    assert (final.text, final.hash) == (review.text, review.hash)


def test_what_is_noted_while_they_read_leads_back_to_a_draft(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    chamber.reviewed(meeting)
    note(meeting, NoteKind.STRENGTH, text="همکاری خیریه‌ها", by=chamber.by)
    with clock.telling(TODAY + timedelta(days=8)):
        assert code_of_finish(meeting, chamber) == "changed"
    assert json.loads(chamber.final(meeting).text)["notes"][0]["text"] == "همکاری خیریه‌ها"


@pytest.mark.parametrize(("left_out", "code"), [(0, "unsigned"), (1, "unsigned")])
def test_minutes_without_chair_or_secretary_are_not_published(chamber: Chamber, left_out: int, code: str) -> None:
    meeting = chamber.over(chamber.in_session())
    final = chamber.final(meeting)
    rows = list(meeting.attendances.filter(votes=True).order_by("seat__position"))
    for place, row in enumerate(rows):
        if place != left_out:
            sign(final, row, by=chamber.by)
    with pytest.raises(Refusal) as refused:
        publish(meeting, by=chamber.by)
    assert refused.value.code == code
    sign(final, rows[left_out], by=chamber.by)
    assert publish(meeting, by=chamber.by).state == MeetingState.PUBLISHED


def test_who_was_not_there_is_not_waited_for_to_sign(chamber: Chamber) -> None:
    meeting = chamber.invited()
    chamber.come(meeting, 6)
    record_presence(meeting.attendances.get(seat=chamber.seats[0]), Presence.EXCUSED, by=chamber.by)
    final = chamber.final(chamber.over(open_session(meeting, by=chamber.by)))
    with pytest.raises(Refusal):
        publish(meeting, by=chamber.by)
    sign(final, meeting.attendances.get(seat=chamber.seats[1]), by=chamber.by)
    assert publish(meeting, by=chamber.by).state == MeetingState.PUBLISHED


def test_draft_is_mended_after_remarks_and_says_so(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    item = chamber.item(meeting)
    chamber.over(meeting)
    chamber.reviewed(meeting)
    draft_minutes(meeting, by=chamber.by)
    write_outcome(item, outcome="با اصلاح پذیرفته شد", is_done=True, by=chamber.by)
    send_for_review(meeting, until=TODAY, by=chamber.by)
    assert json.loads(chamber.final_of_review(meeting).text)["items"][0]["outcome"] == "با اصلاح پذیرفته شد"


def test_final_minutes_are_signed_once_by_who_was_there(chamber: Chamber) -> None:
    meeting = chamber.in_session(here=4)
    final = chamber.final(chamber.over(meeting))
    here, absent = meeting.attendances.get(seat=chamber.seats[2]), meeting.attendances.get(seat=chamber.seats[5])
    signature = sign(final, here, by=actor_for(chamber.member))
    assert (signature.name, signature.post) == ("رضا نوری", "رئیس ادارهٔ کار")
    codes = []
    for row in (here, absent):
        with pytest.raises(Refusal) as refused:
            sign(final, row, by=chamber.by)
        codes.append(refused.value.code)
    assert codes == ["signed", "not_there"]
    with pytest.raises(PermissionDenied):
        sign(final, meeting.attendances.get(seat=chamber.seats[0]), by=actor_for(chamber.member))


def test_corrections_stand_beside_final_minutes(chamber: Chamber) -> None:
    meeting = chamber.over(chamber.in_session())
    review = chamber.reviewed(meeting)
    with pytest.raises(Refusal):
        correct(review, text="x", by=chamber.by)
    final = chamber.final_of_review(meeting)
    numbers = [correct(final, text=text, by=chamber.by).number for text in ("نخست", "دوم")]
    assert numbers == [1, 2]
    final.refresh_from_db()
    assert "نخست" not in final.text


def test_final_text_is_what_was_recorded_and_its_hash_says_so(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    resolution = chamber.adopted(meeting)
    chamber.owed(resolution)
    final = chamber.final(chamber.over(meeting))
    said = json.loads(final.text)
    [item] = said["items"]
    [resolved] = item["resolutions"]
    assert (resolved["number"], resolved["commitments"][0]["owner"]) == ("1405/1", chamber.table.agency.name_fa)
    assert (said["quorum_needed"], said["quorum_met"]) == (4, True)
    assert final.text == as_text(minutes_of(meeting))
    assert len(final.hash) == 64
    assert final.phase == MinutesPhase.FINAL


def test_agenda_of_minutes_tells_how_far_earlier_resolutions_are(chamber: Chamber) -> None:
    earlier = chamber.in_session()
    chamber.owed(chamber.adopted(earlier, title="مصوبهٔ پیشین"))
    chamber.over(earlier)
    meeting = chamber.in_session()
    chamber.adopted(meeting, title="مصوبهٔ امروز", is_declaratory=True)
    first, *_rest = minutes_of(meeting)["items"]
    assert first["follow_up"] == [{"number": "1405/1", "title": "مصوبهٔ پیشین", "percent": 0, "visibility": "internal"}]


def test_closed_items_stay_out_of_what_is_told(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    secret = chamber.item(meeting, "پروندهٔ محرمانه", visibility=Visibility.CLOSED)
    chamber.adopted(meeting, item=secret, title="مصوبهٔ محرمانه")
    chamber.adopted(meeting, title="مصوبهٔ آشکار")
    said = json.loads(chamber.final(chamber.over(meeting)).text)
    told = json.dumps(told_outside(said), ensure_ascii=False)
    assert "مصوبهٔ محرمانه" in json.dumps(said, ensure_ascii=False)
    assert "محرمانه" not in told
    assert "مصوبهٔ آشکار" in told
    assert told_outside(said)["closed_left_out"] == 1
