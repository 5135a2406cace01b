"""Resolutions whose day of review has come, and lists that go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hamafza.commitments.tests.factories import client_of
from hamafza.core import clock
from hamafza.councils.choices import ItemKind
from hamafza.councils.commands.resolutions import communicate, confirm
from hamafza.councils.models import Resolution
from hamafza.councils.queries.minutes import minutes_of
from hamafza.councils.queries.resolutions import followed_up
from hamafza.councils.tests.factories import Chamber
from hamafza.councils.tests.test_council_pages import url


@pytest.fixture
def secretary(chamber: Chamber) -> Client:
    return client_of(chamber.by)


def confirmed(chamber: Chamber, *, after: int) -> Resolution:
    """Nothing is owed under it; it is to be looked at after so many days."""
    meeting = chamber.in_session()
    review_on = clock.today() + timedelta(days=after)
    made = chamber.adopted(meeting, is_declaratory=True, review_on=review_on, title="آیین‌نامه")
    chamber.over(meeting)
    communicate(made, by=chamber.by)
    return confirm(made, by=chamber.by)


def listed(client: Client, chamber: Chamber) -> list[str]:
    answer = client.get(f"{url('resolution-list', chamber.council.pk)}?state=review")
    return [row.title for row in answer.context["rows"]]


def test_resolution_due_for_review_opens_the_next_agenda_until_it_is_dealt_with(
    chamber: Chamber, secretary: Client, move_to: Any
) -> None:
    made = confirmed(chamber, after=10)
    assert not chamber.planned(5).items.exists()
    assert listed(secretary, chamber) == []
    move_to(clock.today() + timedelta(days=12))
    assert listed(secretary, chamber) == ["آیین‌نامه"]
    meeting = chamber.in_session()
    assert list(followed_up(meeting)) == [made]
    assert meeting.items.get().kind == ItemKind.FOLLOW_UP
    assert "سررسید بازبینی" in secretary.get(url("session", meeting.pk)).content.decode()
    chamber.over(meeting)
    told = minutes_of(meeting)["items"][0]["follow_up"]
    assert [(one["title"], one["for_review"]) for one in told] == [("آیین‌نامه", True)]
    assert listed(secretary, chamber) == []
    assert not followed_up(chamber.planned(3)).exists()


def test_lists_say_how_many_more_there_are(
    chamber: Chamber, secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hamafza.councils.views import councils, meetings

    monkeypatch.setattr(meetings, "BACKLOG_SHOWN", 1)
    monkeypatch.setattr(meetings, "FOLLOWED_SHOWN", 1)
    monkeypatch.setattr(councils, "PAGE", 2)
    held = chamber.in_session()
    for title in ("یک", "دو", "سه"):
        chamber.item(title=title)
        chamber.adopted(held, title=title)
    chamber.over(held)
    page = secretary.get(url("meeting-record", chamber.planned(3).pk))
    assert (page.context["backlog_more"], page.context["unclosed_more"]) == (2, 2)
    assert "state=unclosed" in page.content.decode()
    first = secretary.get(url("item-list", chamber.council.pk))
    rest = secretary.get(url("item-list", chamber.council.pk) + first.context["more_url"])
    assert [one.title for shown in (first, rest) for one in shown.context["rows"]] == ["یک", "دو", "سه"]
