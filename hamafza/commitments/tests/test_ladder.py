"""The ladder of a place: seen by who follows up, changed by who keeps its council, and never out of order."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn, make_actor
from hamafza.commitments.choices import Rung
from hamafza.commitments.commands.climb import escalate
from hamafza.commitments.commands.ladder import drop_ladder, set_ladder
from hamafza.commitments.ladder import COUNTRY_LADDER, LEVELS, Step
from hamafza.commitments.models import LadderStep
from hamafza.commitments.queries.ladders import ladder_at, ladder_of
from hamafza.commitments.tests.factories import Table, client_of, days
from hamafza.core.errors import Refusal
from hamafza.places.models import COUNTRY_CODE
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, PROVINCE

RECORD, EDIT, DROP = (reverse(f"commitments:ladder-{name}") for name in ("record", "edit", "drop"))
OWN = {"owner": "۲", "secretary": "", "governor": "۵", "province": ""}


@pytest.fixture
def secretary(table: Table) -> Client:
    return client_of(table.secretary)


def rung(to: Rung, days: int) -> Step:
    return Step(LEVELS[to], days, to)


def test_levels_of_the_countrys_ladder_are_those_of_its_rungs() -> None:
    assert {step.to: step.level for step in COUNTRY_LADDER} == LEVELS


def test_ladder_of_the_country_a_province_and_a_county(table: Table) -> None:
    assert (ladder_at(COUNTY).steps, ladder_at(COUNTY).of) == (list(COUNTRY_LADDER), None)
    LadderStep.objects.create(place_id=COUNTRY_CODE, level=1, days=9, to=Rung.OWNER)
    assert ladder_of(COUNTY) == [rung(Rung.OWNER, 9)]
    LadderStep.objects.create(place_id=PROVINCE, level=3, days=3, to=Rung.GOVERNOR)
    assert ladder_of(COUNTY) == [rung(Rung.GOVERNOR, 3)]
    assert ladder_of(FAR_COUNTY) == [rung(Rung.OWNER, 9)]


def test_changed_and_dropped_by_form(secretary: Client) -> None:
    assert secretary.post(EDIT, OWN).status_code == 302
    assert ladder_of(COUNTY) == [rung(Rung.OWNER, 2), rung(Rung.GOVERNOR, 5)]
    page = secretary.get(RECORD)
    assert (page.context["is_own"], [days for _who, days in page.context["steps"]]) == (True, [2, 5])
    secretary.post(EDIT, OWN | {"owner": "", "secretary": "4"})
    assert ladder_of(COUNTY) == [rung(Rung.SECRETARY, 4), rung(Rung.GOVERNOR, 5)]
    assert secretary.post(DROP, {"place": COUNTY}).status_code == 302
    assert ladder_of(COUNTY) == list(COUNTRY_LADDER)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (OWN | {"owner": "5"}, "governor"), (OWN | {"owner": "9"}, "governor"), (OWN | {"owner": "0"}, "owner"),
        (OWN | {"governor": "400"}, "governor"), (OWN | {"owner": "", "governor": ""}, "__all__"),
    ],
    ids=["same day", "falls", "no day", "too late", "empty"],
)  # fmt: skip
def test_ladder_out_of_order_refused_and_what_was_typed_stays(
    secretary: Client, said: dict[str, Any], field: str
) -> None:
    answer = secretary.post(EDIT, said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert ladder_of(COUNTY) == list(COUNTRY_LADDER)


@pytest.mark.parametrize(
    "steps",
    [
        [Step(1, 5, Rung.SECRETARY)],
        [rung(Rung.GOVERNOR, 2), rung(Rung.OWNER, 5)],
        [rung(Rung.OWNER, 2), rung(Rung.OWNER, 5)],
        [Step(9, 5, "moon")],
    ],
    ids=["level of another", "falls", "twice", "unknown"],
)
def test_levels_that_do_not_rise_refused_by_the_command(table: Table, steps: list[Step]) -> None:
    with pytest.raises(Refusal) as said:
        set_ladder(COUNTY, steps, by=table.secretary)
    assert said.value.code == "bad_level"


@pytest.mark.parametrize("role", [Role.GOVERNOR_OFFICE, Role.COUNTY_HEAD])
def test_others_see_it_and_do_not_change_it(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    assert [client.get(RECORD).status_code, client.get(EDIT).status_code] == [200, 404]
    assert [client.post(EDIT, OWN).status_code, client.post(DROP).status_code] == [404, 404]
    with pytest.raises(PermissionDenied):
        set_ladder(COUNTY, [rung(Rung.OWNER, 2)], by=make_actor(role))
    with pytest.raises(PermissionDenied):
        drop_ladder(COUNTY, by=make_actor(role))


@pytest.mark.parametrize("place", [PROVINCE, FAR_COUNTY, COUNTRY_CODE])
def test_ladder_of_another_place_is_not_changed(secretary: Client, place: str) -> None:
    assert secretary.get(EDIT, {"place": place}).status_code == 404
    assert secretary.post(EDIT, OWN | {"place": place}).status_code == 404
    assert secretary.post(DROP, {"place": place}).status_code == 404
    assert not LadderStep.objects.exists()


@pytest.mark.parametrize("address", [DROP])
def test_nothing_is_dropped_by_opening_its_address(secretary: Client, address: str) -> None:
    assert secretary.get(address).status_code == 405


def test_ladder_changed_while_something_is_late_tells_what_was_not_told(table: Table) -> None:
    held = table.taken(due_on=days(0))
    escalate(COUNTY, on=days(2))
    set_ladder(COUNTY, [rung(Rung.SECRETARY, 1), rung(Rung.GOVERNOR, 2)], by=table.secretary)
    assert [escalate(COUNTY, on=days(2)) for _ in range(2)] == [2, 0]
    told = held.escalations.order_by("level").values_list("to", flat=True)
    assert list(told) == [Rung.OWNER, Rung.SECRETARY, Rung.GOVERNOR]
