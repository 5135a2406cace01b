"""A council that is changed: by one at a time, with meetings that keep the rules of their invitation; and its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import client_of
from hamafza.core import clock
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.councils.choices import QuorumRule, ResolutionState as R, VotingRule
from hamafza.councils.commands.council import edit_council
from hamafza.councils.commands.meetings import cancel_meeting, invite
from hamafza.councils.commands.seats import CouncilDetails, found_council
from hamafza.councils.commands.session import open_session, vote
from hamafza.councils.models import Council, Meeting
from hamafza.councils.quorum import Votes
from hamafza.councils.tests.factories import Chamber
from hamafza.councils.tests.test_council_pages import url
from hamafza.councils.words import council_standing


@pytest.fixture
def secretary(chamber: Chamber) -> Client:
    return client_of(chamber.by)


def edited(chamber: Chamber, *, active: bool = True, **changes: Any) -> Council:
    council = Council.objects.get(pk=chamber.council.pk)
    said = {name: getattr(council, name) for name in CouncilDetails.__slots__} | changes
    return edit_council(council, CouncilDetails(**said), active=active, version=council.version, by=chamber.by)


def code_of(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    return refused.value.code


def sent(chamber: Chamber, **changes: str) -> dict[str, str]:
    council = Council.objects.get(pk=chamber.council.pk)
    return {
        "name": council.name, "kind": council.kind, "secretariat": str(council.secretariat_id), "quorum_rule": "half",
        "voting_rule": "present", "visibility": "internal", "active": "on", "version": str(council.version),
    } | changes  # fmt: skip


def test_invited_meeting_keeps_its_rules_and_the_next_has_the_new_ones(chamber: Chamber) -> None:
    before, after = chamber.invited(), chamber.planned(7)
    edited(chamber, quorum_rule=QuorumRule.FIXED, quorum_number=6, voting_rule=VotingRule.TWO_THIRDS)
    invite(after, by=chamber.by)
    rules = [Meeting.objects.values_list("quorum_needed", "voting_rule").get(pk=one.pk) for one in (before, after)]
    assert rules == [(4, "present"), (6, "two_thirds")]
    chamber.come(before, 6)
    meeting = open_session(before, by=chamber.by)
    resolution = vote(chamber.proposed(meeting), Votes(4, 2), by=chamber.by)
    assert resolution.state == R.ADOPTED
    assert vote(chamber.proposed(meeting), Votes(3, 2), by=chamber.by).state == R.ADOPTED


def test_voting_rule_of_an_invited_meeting_refused_by_the_database(chamber: Chamber) -> None:
    meeting = chamber.invited()
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(voting_rule=VotingRule.OF_ALL)


def test_old_version_changes_nothing(chamber: Chamber) -> None:
    said = CouncilDetails(name="شورای دیگر", secretariat=chamber.table.secretariat)
    with pytest.raises(StaleVersion):
        edit_council(chamber.council, said, active=True, version=7, by=chamber.by)
    assert Council.objects.get().name == chamber.council.name


def test_council_ends_when_nothing_is_ahead_and_plans_no_more(chamber: Chamber) -> None:
    meeting = chamber.planned(3)
    assert code_of(edited, chamber, active=False) == "meeting_ahead"
    cancel_meeting(meeting, reason="پایان دوره", by=chamber.by)
    assert edited(chamber, active=False).active is False
    assert code_of(chamber.planned, 5) == "ended"
    assert edited(chamber, active=True).active is True
    assert chamber.planned(5).pk


def test_council_belongs_to_none_of_its_own(chamber: Chamber) -> None:
    said = CouncilDetails(name="کارگروه", secretariat=chamber.table.secretariat, parent=chamber.council)
    committee = found_council(chamber.council.place_id, said, by=chamber.by)
    assert code_of(edited, chamber, parent=committee) == "own"
    assert code_of(edited, chamber, name="کارگروه") == "known"
    day = clock.today()
    assert code_of(edited, chamber, term_from=day, term_to=day - timedelta(days=1)) == "bad_date"


@pytest.mark.parametrize(("left", "tone"), [(61, None), (60, "orange"), (1, "orange"), (0, "orange"), (-1, "red")])
def test_end_of_the_term_is_said_from_sixty_days_on(
    chamber: Chamber, move_to: MoveTo, left: int, tone: str | None
) -> None:
    council = edited(chamber, term_to=clock.today() + timedelta(days=left))
    said = council_standing(council, on=clock.today())
    assert (said.tone if said else None) == tone


def test_keeper_edits_the_council_on_its_page(chamber: Chamber, secretary: Client) -> None:
    page = url("council-edit", chamber.council.pk)
    assert chamber.council.name in secretary.get(page).content.decode()
    answer = secretary.post(page, sent(chamber, name="شورای نو", term_to="۱۴۰۵/۱۰/۱"))
    assert answer.headers["Location"] == url("council-record", chamber.council.pk)
    shown = secretary.get(url("council-record", chamber.council.pk))
    assert "شورای نو" in shown.content.decode()
    assert shown.context["standing"].tone == "orange"
    assert secretary.post(page, sent(chamber, name="")).status_code == 422
    assert client_of(chamber.table.governor).get(page).status_code == 404


def test_second_of_two_who_edit_sees_what_stands_there(chamber: Chamber, secretary: Client) -> None:
    page, late = url("council-edit", chamber.council.pk), sent(chamber, name="نام دوم")
    secretary.post(page, sent(chamber, name="نام نخست"))
    answer = secretary.post(page, late)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "نام نخست" in text
    assert "نام دوم" in text
    again = late | {"version": str(answer.context["form"]["version"].value())}
    assert secretary.post(page, again).status_code == 302
    assert Council.objects.get(pk=chamber.council.pk).name == "نام دوم"


def test_ended_council_is_listed_under_its_filter(chamber: Chamber, secretary: Client) -> None:
    secretary.post(url("council-edit", chamber.council.pk), sent(chamber, active=""))
    name, page = chamber.council.name, url("council-list")
    assert name not in secretary.get(page).content.decode()
    assert "state=ended" in secretary.get(page).content.decode()
    assert name in secretary.get(f"{page}?state=ended").content.decode()
    record = secretary.get(url("council-record", chamber.council.pk)).content.decode()
    assert url("meeting-create", chamber.council.pk) not in record
