"""Strengths and obstacles of a period, and the sentences that compare it with the one before."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.utils import translation

from hamafza.commitments.tests.conftest import MoveTo
from hamafza.core import clock
from hamafza.councils.choices import NoteKind
from hamafza.councils.models import Meeting
from hamafza.desk.periods import period_of
from hamafza.desk.queries.words import SHOWN, said_in
from hamafza.desk.tests.factories import a_note
from hamafza.desk.words import change_words, done_words
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY


def told_in(key: str) -> list[str]:
    return [one.text for one in said_in([COUNTY], period_of(key)).said]


def test_note_belongs_to_the_period_of_its_meeting_whenever_it_is_written(county: Place, move_to: MoveTo) -> None:
    note = a_note("همکاری خوب خیریه‌ها")
    Meeting.objects.filter(pk=note.meeting_id).update(on=date(2026, 11, 21), starts_at=time(9))
    assert clock.today() == date(2026, 11, 22)
    assert told_in("1405-08") == ["همکاری خوب خیریه‌ها"]
    assert told_in("1405-09") == []


def test_many_words_of_one_kind_crowd_out_none_of_another_and_are_counted(county: Place) -> None:
    a_note("زمین نیست", kind=NoteKind.OBSTACLE)
    for number in range(SHOWN + 3):
        a_note(f"همکاری خوب {number}")
    words = said_in([COUNTY], period_of("1405"))
    assert [one.text for one in words.said if one.kind == NoteKind.OBSTACLE] == ["زمین نیست"]
    assert (len(words.said), words.unsaid) == (SHOWN + 1, ((NoteKind.STRENGTH, 3),))


@pytest.mark.parametrize(
    ("now", "runs", "words"),
    [
        (5, True, "۲ بیش از دوره پیش تا همین روز"),
        (3, True, "به اندازه دوره پیش تا همین روز"),
        (1, True, "۲ کمتر از دوره پیش تا همین روز"),
        (5, False, "۲ بیش از دوره پیش"),
        (3, False, "به اندازه دوره پیش"),
    ],
)
def test_running_period_says_that_it_is_compared_up_to_the_same_day(now: int, runs: bool, words: str) -> None:
    with translation.override("fa"):
        assert change_words(now, 3, runs=runs) == words
        assert ("تا همین روز" in done_words(now, 3, runs=runs)) is runs
