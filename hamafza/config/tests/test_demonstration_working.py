"""The demonstration county works together: every stage is there to be seen, and told twice it happens once."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone

from hamafza.accounts.commands.demo import make_demo_users
from hamafza.commitments.commands.division_fields import load_fields
from hamafza.commitments.models import Commitment, EscalationStep, FieldPart, SupportField
from hamafza.config.demonstration_working import work_together
from hamafza.core import clock
from hamafza.core.scope import counties
from hamafza.core.session import acting_as
from hamafza.councils.models import AgendaItem, Meeting, Resolution
from hamafza.places.tests.factories import COUNTY, make_places


@pytest.fixture
def told(db: None) -> None:
    make_places()
    load_fields()
    make_demo_users(COUNTY)
    tell()


def tell() -> None:
    with acting_as("system:demonstration"), counties([COUNTY]):
        work_together(COUNTY)


def test_one_meeting_is_over_and_one_is_to_come(told: None) -> None:
    with counties([COUNTY]):
        assert Counter(Meeting.objects.values_list("state", flat=True)) == {"minutes_final": 1, "invited": 1}
        opens = AgendaItem.objects.filter(meeting__state="invited").order_by("position").first()
        assert opens is not None
        assert opens.kind == "follow_up"


def test_six_resolutions_give_nine_commitments_of_every_stage(told: None) -> None:
    with counties([COUNTY]):
        assert Resolution.objects.filter(state="communicated").count() == 6
        assert Counter(Commitment.objects.values_list("state", flat=True)) == {
            "verified": 1, "returned": 1, "blocked": 2, "in_progress": 3, "accepted": 1, "assigned": 1,
        }  # fmt: skip
        late = Commitment.objects.filter(
            due_on__lt=clock.today(), state__in=["returned", "blocked", "in_progress", "accepted"]
        )
        assert late.count() == 4
        assert EscalationStep.objects.filter(to="governor").exists()


def test_work_is_divided_with_a_field_that_two_own_and_some_that_nobody_does(told: None) -> None:
    with counties([COUNTY]):
        owners = Counter(FieldPart.objects.filter(part="owner").values_list("field", flat=True))
    assert sorted(owners.values())[-2:] == [1, 2]
    assert 0 < len(owners) < SupportField.objects.filter(active=True).count()


def test_told_twice_it_happens_once(told: None) -> None:
    with counties([COUNTY]):
        before = Commitment.objects.count()
    tell()
    with counties([COUNTY]):
        assert Commitment.objects.count() == before


def test_a_day_told_is_left_again() -> None:
    today = clock.today()
    with clock.telling(date(2026, 1, 1)):
        assert clock.today() == date(2026, 1, 1) == timezone.localdate(clock.now())
    assert clock.today() == today
