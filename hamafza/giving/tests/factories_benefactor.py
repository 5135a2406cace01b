"""Benefactors, capacities and matches for tests. A factory opens the county it writes to."""

from __future__ import annotations

from itertools import count
from typing import Any

from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.accounts.tests.factories import give, make_user
from hamafza.core.scope import counties
from hamafza.giving.choices import CapacityKind, Moderation
from hamafza.giving.models import Benefactor, Capacity, CapacityMatch
from hamafza.needs.models import Need
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.tests.factories import a_county

_numbers = count(1)


def a_benefactor(name: str = "", *, county: Place | str = COUNTY, **fields: Any) -> Benefactor:
    """An active person without a sign-in."""
    place = county if isinstance(county, Place) else a_county(county)
    with counties([place.pk]):
        benefactor = Benefactor(county=place, name=name or f"نیکوکار شماره {next(_numbers)}", **fields)
        benefactor.save(force_insert=True)
    return benefactor


def a_giver(benefactor: Benefactor | None = None) -> tuple[Benefactor, User]:
    """A benefactor with a user of her own, who holds the duty of a benefactor."""
    benefactor = benefactor or a_benefactor()
    user = make_user(full_name=benefactor.name)
    give(user, Role.BENEFACTOR, benefactor.county_id)
    with counties([benefactor.county_id]):
        benefactor.user = user
        benefactor.save()
    return benefactor, user


def a_capacity(benefactor: Benefactor | None = None, **fields: Any) -> Capacity:
    """An approved skill."""
    benefactor = benefactor or a_benefactor()
    with counties([benefactor.county_id]):
        capacity = Capacity(
            county_id=benefactor.county_id,
            benefactor=benefactor,
            **{
                "kind": CapacityKind.SKILL,
                "description": "تدریس ریاضی",
                "moderation": Moderation.APPROVED,
                **fields,
            },
        )
        capacity.save(force_insert=True)
    return capacity


def a_job_offer(**fields: Any) -> Capacity:
    """An approved offer of one job."""
    return a_capacity(**{"kind": CapacityKind.JOB_OFFER, "description": "خیاط", "quantity": 1, **fields})


def a_match(capacity: Capacity | None = None, need: Need | None = None, **fields: Any) -> CapacityMatch:
    """A candidate who is proposed."""
    capacity, need = capacity or a_capacity(), need or a_need()
    with counties([capacity.county_id]):
        return CapacityMatch.objects.create(county_id=capacity.county_id, capacity=capacity, need=need, **fields)
