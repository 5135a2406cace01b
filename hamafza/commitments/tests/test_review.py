"""The day on which somebody wanted to look at a commitment: in the list, and told once to whoever asked."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from hamafza.commitments.commands.decide import verify
from hamafza.commitments.commands.give import write_commitment
from hamafza.commitments.commands.review import remind_reviews
from hamafza.commitments.models import Commitment
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import Table, client_of
from hamafza.notices.models import Notice
from hamafza.places.tests.factories import COUNTY

FIRST = date(2026, 11, 22)
DAY = FIRST + timedelta(days=10)


def in_list(table: Table) -> set[object]:
    page = client_of(table.secretary).get(reverse("commitments:commitment-list"), {"state": "review"})
    return {row.pk for row in page.context["rows"]}


def test_list_shows_what_is_to_be_looked_at(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    held = table.given(review_on=DAY)
    table.given(review_on=DAY + timedelta(days=1))
    table.given()
    done = table.claimed(review_on=DAY)
    verify(done, adequate=True, note="", by=table.governor)
    assert in_list(table) == set()
    move_to(DAY)
    assert in_list(table) == {held.pk}


def test_whoever_asked_is_told_on_the_day_once(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    held = table.given(review_on=DAY)
    write_commitment(COUNTY, table.order(review_on=DAY), by=table.secretary)
    assert remind_reviews(COUNTY, on=DAY - timedelta(days=1)) == 0
    assert [remind_reviews(COUNTY, on=DAY + timedelta(days=number)) for number in (0, 0, 3)] == [1, 0, 0]
    told = Notice.objects.filter(code="commitments.review")
    assert {one.user_id for one in told} == {table.secretary.user_id, table.governor.user_id}
    assert {one.url for one in told} == {f"/commitments/{held.pk}/"}
    assert Commitment.objects.get(pk=held.pk).version == held.version
