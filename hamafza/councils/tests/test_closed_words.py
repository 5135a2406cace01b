"""Notes and corrections of closed matters are told no further than the matter; whatever is sent twice is written once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from hamafza.commitments.tests.factories import client_of
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.councils.choices import NoteKind, Visibility
from hamafza.councils.commands.minutes import correct, publish
from hamafza.councils.commands.session import note
from hamafza.councils.models import AgendaItem, Corrigendum, CouncilNote, Seat
from hamafza.councils.queries.minutes import minutes_of, told_outside
from hamafza.councils.tests.factories import Chamber
from hamafza.councils.tests.test_council_pages import url
from hamafza.councils.views.papers import _minutes as paper_of

SECRET = "رازدانه"


@pytest.fixture
def secretary(chamber: Chamber) -> Client:
    return client_of(chamber.by)


@pytest.mark.parametrize("asked", [None, Visibility.PUBLIC])
def test_note_on_a_closed_matter_is_closed_whatever_was_asked(chamber: Chamber, asked: Visibility | None) -> None:
    meeting = chamber.in_session()
    secret = chamber.item(meeting, visibility=Visibility.CLOSED)
    made = note(meeting, NoteKind.OBSTACLE, text=SECRET, item=secret, visibility=asked, by=chamber.by)
    assert (made.item, made.visibility) == (secret, Visibility.CLOSED)


def test_note_is_known_as_its_council_unless_said(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    plain = note(meeting, NoteKind.STRENGTH, text="همکاری", by=chamber.by)
    closed = note(meeting, NoteKind.STRENGTH, text=SECRET, visibility=Visibility.CLOSED, by=chamber.by)
    assert (plain.visibility, closed.visibility) == ("internal", "closed")


def test_note_on_a_matter_of_another_meeting_refused(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    with pytest.raises(Refusal) as refused:
        note(meeting, NoteKind.STRENGTH, text="همکاری", item=chamber.item(), by=chamber.by)
    assert refused.value.code == "no_meeting"


def test_closed_words_leave_through_no_door(chamber: Chamber) -> None:
    meeting = chamber.in_session()
    secret = chamber.item(meeting, visibility=Visibility.CLOSED)
    note(meeting, NoteKind.OBSTACLE, text=f"{SECRET} یک", item=secret, by=chamber.by)
    note(meeting, NoteKind.OBSTACLE, text=f"{SECRET} دو", visibility=Visibility.CLOSED, by=chamber.by)
    note(meeting, NoteKind.OBSTACLE, text="زمین نیست", by=chamber.by)
    assert [one["text"] for one in told_outside(minutes_of(meeting))["notes"]] == ["زمین نیست"]
    final = chamber.final(chamber.over(meeting))
    correct(final, text=f"{SECRET} سه", visibility=Visibility.CLOSED, by=chamber.by)
    correct(final, text="نام درست: رضا", by=chamber.by)
    publish(chamber.signed(final), by=chamber.by)
    paper = str(paper_of(meeting, final).as_data())
    assert SECRET not in paper
    assert "نام درست" in paper
    page = url("minutes", meeting.pk)
    looks_on = client_of(chamber.table.governor).get(page).content.decode()
    assert SECRET not in looks_on
    assert "نام درست" in looks_on
    assert SECRET in client_of(chamber.by).get(page).content.decode()


@pytest.mark.parametrize("model", [CouncilNote, Corrigendum])
def test_unknown_visibility_refused_by_the_database(
    chamber: Chamber, model: type[CouncilNote] | type[Corrigendum]
) -> None:
    meeting = chamber.in_session()
    made: CouncilNote | Corrigendum = note(meeting, NoteKind.STRENGTH, text="همکاری", by=chamber.by)
    if model is Corrigendum:
        made = correct(chamber.final(chamber.over(meeting)), text="نام", by=chamber.by)
    made.pk, made.visibility, made._state.adding = uuid7(), "all", True
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_note_form_offers_the_matters_and_closes_with_them(chamber: Chamber, secretary: Client) -> None:
    meeting = chamber.in_session()
    secret = chamber.item(meeting, "مسکن", visibility=Visibility.CLOSED)
    form = secretary.get(url("session", meeting.pk)).context["note_form"]
    assert str(secret.pk) in {str(value) for value, _label in form.fields["item"].choices}
    said = {"key": str(uuid7()), "kind": "strength", "text": SECRET, "item": str(secret.pk), "visibility": "internal"}
    for _ in range(2):
        assert secretary.post(url("session-note", meeting.pk), said).status_code == 302
    assert CouncilNote.objects.get().visibility == Visibility.CLOSED


def test_matter_sent_twice_is_written_once(chamber: Chamber, secretary: Client) -> None:
    meeting = chamber.in_session()
    for name, pk in (("item-create", chamber.council.pk), ("agenda-add", meeting.pk)):
        said = {"key": str(uuid7()), "title": "مسکن", "kind": "report", "visibility": "internal"}
        assert [secretary.post(url(name, pk), said).status_code for _ in range(2)] == [302, 302]
    assert AgendaItem.objects.filter(title="مسکن").count() == 2
    assert meeting.items.filter(title="مسکن").count() == 1


def test_seat_remark_and_correction_sent_twice_are_written_once(chamber: Chamber, secretary: Client) -> None:
    seat = {"key": str(uuid7()), "title": "نمایندهٔ بانک‌ها", "office": "member", "since": "۱۴۰۵/۱/۱"}
    for _ in range(2):
        secretary.post(url("seat-create", chamber.council.pk), seat)
    assert Seat.objects.filter(title="نمایندهٔ بانک‌ها").count() == 1
    meeting = chamber.over(chamber.in_session())
    review = chamber.reviewed(meeting)
    for _ in range(2):
        secretary.post(url("minutes-remark", meeting.pk), {"key": str(seat["key"]), "text": "نامم"})
    assert review.remarks.count() == 1
    final = chamber.final_of_review(meeting)
    for _ in range(2):
        secretary.post(url("minutes-correct", meeting.pk), {"key": str(seat["key"]), "text": "نام درست"})
    assert final.corrigenda.count() == 1
