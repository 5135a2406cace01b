"""What benefactors can do: written by the office or by themselves, read before it is used."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import give, make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.giving.choices import CapacityKind, CapacityState, Moderation
from hamafza.giving.commands.capacities import (
    CapacityDetails,
    approve_capacity,
    block_capacity,
    edit_capacity,
    offer_capacity,
    set_capacity_state,
)
from hamafza.giving.models import Capacity
from hamafza.giving.queries.capacities import (
    EXPIRED,
    CapacityFilters,
    capacities_in,
    capacities_to_read,
    is_matchable,
)
from hamafza.giving.tests.factories_benefactor import a_benefactor, a_capacity, a_giver, a_match
from hamafza.places.models import Place
from hamafza.places.tests.factories import FAR_COUNTY

pytestmark = pytest.mark.django_db

LESSONS = CapacityDetails(CapacityKind.SKILL, "تدريس رياضي", when="پنجشنبه‌ها")


@pytest.fixture
def officer(county: Place) -> Actor:
    return make_actor(Role.GIVING_OFFICER)


@pytest.mark.parametrize("kind", CapacityKind.values)
def test_offer_capacity_by_the_office_stands_at_once(county: Place, officer: Actor, kind: str) -> None:
    kept = offer_capacity(a_benefactor(), details=CapacityDetails(kind, "هرچه باشد"), by=officer)
    assert (kept.kind, kept.moderation, kept.own_entry) == (kind, Moderation.APPROVED, False)


def test_offer_capacity_by_herself_waits_to_be_read(county: Place) -> None:
    benefactor, user = a_giver()
    kept = offer_capacity(benefactor, details=LESSONS, by=actor_for(user))
    assert (kept.description, kept.moderation, kept.own_entry) == ("تدریس ریاضی", Moderation.NEW, True)
    assert list(capacities_to_read(county.pk)) == [kept]
    assert not is_matchable(kept)


def test_offer_capacity_for_another_benefactor_is_refused(county: Place) -> None:
    _own, user = a_giver()
    with pytest.raises(PermissionDenied):
        offer_capacity(a_benefactor(), details=LESSONS, by=actor_for(user))


def test_edit_capacity_by_herself_is_read_again(county: Place, officer: Actor) -> None:
    benefactor, user = a_giver()
    kept = a_capacity(benefactor)
    kept = edit_capacity(kept, details=LESSONS, by=officer, version=1)
    assert kept.moderation == Moderation.APPROVED
    kept = edit_capacity(kept, details=LESSONS, by=actor_for(user), version=kept.version)
    assert kept.moderation == Moderation.NEW


def test_edit_capacity_of_an_older_version_is_refused(county: Place, officer: Actor) -> None:
    kept = a_capacity()
    with pytest.raises(StaleVersion):
        edit_capacity(kept, details=LESSONS, by=officer, version=kept.version + 1)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (CapacityDetails("crown", "تاج"), "no_kind"),
        (CapacityDetails(CapacityKind.SKILL, " "), "no_description"),
        (CapacityDetails(CapacityKind.SKILL, "تدریس", domain="moon"), "no_domain"),
        (CapacityDetails(CapacityKind.JOB_OFFER, "خیاط", quantity=0), "no_quantity"),
    ],
)
def test_offer_capacity_with_a_wrong_field_is_refused(
    county: Place, officer: Actor, said: CapacityDetails, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        offer_capacity(a_benefactor(), details=said, by=officer)
    assert refused.value.code == code


def test_offer_capacity_that_is_over_already_is_refused(county: Place, officer: Actor) -> None:
    over = CapacityDetails(CapacityKind.SKILL, "تدریس", valid_to=clock.today() - timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        offer_capacity(a_benefactor(), details=over, by=officer)
    assert refused.value.code == "past"


def test_approve_and_block_capacity_by_the_office(county: Place, officer: Actor) -> None:
    kept = a_capacity(moderation=Moderation.NEW)
    assert approve_capacity(kept, by=officer).moderation == Moderation.APPROVED
    blocked = block_capacity(kept, reason="نشانی ندارد", by=officer)
    assert (blocked.moderation, blocked.moderation_reason) == (Moderation.BLOCKED, "نشانی ندارد")


def test_block_capacity_without_a_reason_is_refused(county: Place, officer: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        block_capacity(a_capacity(), reason="", by=officer)
    assert refused.value.code == "no_reason"


def test_approve_capacity_of_ones_own_is_refused(county: Place) -> None:
    benefactor, user = a_giver()
    give(user, Role.GIVING_OFFICER, county.pk)
    with pytest.raises(Refusal) as refused:
        approve_capacity(a_capacity(benefactor, moderation=Moderation.NEW), by=actor_for(user))
    assert refused.value.code == "own_offer"


def test_approve_capacity_by_the_giver_alone_is_refused(county: Place) -> None:
    benefactor, user = a_giver()
    with pytest.raises(PermissionDenied):
        approve_capacity(a_capacity(benefactor, moderation=Moderation.NEW), by=actor_for(user))


def test_withdraw_capacity_by_herself_and_offer_it_again(county: Place) -> None:
    benefactor, user = a_giver()
    kept = a_capacity(benefactor)
    assert set_capacity_state(kept, state=CapacityState.WITHDRAWN, by=actor_for(user)).state == CapacityState.WITHDRAWN
    assert set_capacity_state(kept, state=CapacityState.AVAILABLE, by=actor_for(user)).state == CapacityState.AVAILABLE


def test_withdraw_capacity_with_a_match_is_refused(county: Place, officer: Actor) -> None:
    match = a_match()
    with pytest.raises(Refusal) as refused:
        set_capacity_state(match.capacity, state=CapacityState.WITHDRAWN, by=officer)
    assert refused.value.code == "matched"


def test_capacities_in_leaves_out_withdrawn_and_expired_ones(county: Place) -> None:
    usable = a_capacity()
    a_capacity(state=CapacityState.WITHDRAWN)
    over = a_capacity(valid_to=clock.today() - timedelta(days=1))
    a_capacity(a_benefactor(county=FAR_COUNTY))
    assert list(capacities_in(county.pk, CapacityFilters())) == [usable]
    assert list(capacities_in(county.pk, CapacityFilters(state=EXPIRED))) == [over]
    assert Capacity.objects.count() == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"moderation": Moderation.BLOCKED},
        {"state": CapacityState.OCCUPIED},
        {"kind": CapacityKind.MONEY},
        {"valid_to": date(2026, 1, 1)},
    ],
)
def test_capacity_that_may_not_be_used_is_not_matchable(county: Place, fields: dict[str, Any]) -> None:
    assert not is_matchable(a_capacity(**fields))
