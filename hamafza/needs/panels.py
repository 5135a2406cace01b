"""Needs on the registry's pages of a household and of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.needs.choices import Domain
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.queries.aid import aid_of
from hamafza.needs.queries.needs import assessments_of, needs_of_household, needs_of_person
from hamafza.needs.views.rows import need_row
from hamafza.registry.choices import HouseholdState
from hamafza.registry.models import Household, Person

AT_MOST = 50
ASSESSMENTS = 3


def household_panel(request: HttpRequest, household: Household) -> Mapping[str, Any]:
    """All needs of the household and its persons, and its latest assessments."""
    return {
        "rows": _rows(list(needs_of_household(household)[:AT_MOST]), with_names=True),
        "assessments": assessments_of(household)[:ASSESSMENTS],
        "may_edit": _may_add(request, household),
        "create_url": reverse("needs:need-create", args=[household.pk]),
        "assess_url": reverse("needs:assessment-create", args=[household.pk]),
    }


def person_panel(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """The person's own needs and those of her household."""
    return {
        "rows": _rows(list(needs_of_person(person)[:AT_MOST]), with_names=False),
        "may_edit": person.left_on is None and _may_add(request, person.household),
        "create_url": f"{reverse('needs:need-create', args=[person.household_id])}?person={person.pk}",
        "assess_url": reverse("needs:assessment-create", args=[person.household_id]),
    }


def aid_panel(request: HttpRequest, household: Household) -> Mapping[str, Any]:
    """What the household received from whichever body, the latest first. One query."""
    return {
        "rows": [_aid(record) for record in aid_of(household)[:AT_MOST]],
        "may_edit": _may_add(request, household),
        "create_url": reverse("needs:aid-create", args=[household.pk]),
    }


def _aid(record: AidRecord) -> dict[str, Any]:
    return {
        "on": record.on,
        "what": record.item or Domain(record.domain).label,
        "quantity": record.quantity,
        "unit": record.unit,
        "value": record.value_rial,
        "giver": str(record.giver) if record.giver else "",
        "taken_back": record.taken_back_at is not None,
        "again": record.override_reason,
    }


def _may_add(request: HttpRequest, household: Household) -> bool:
    """Nothing is added to a file that is closed."""
    is_open = household.state != HouseholdState.LEFT
    return is_open and actor_of(request).may(Permission.EDIT_NEEDS, household.county_id)


def _rows(needs: list[Need], *, with_names: bool) -> list[dict[str, Any]]:
    on = timezone.localdate()
    return [
        {**asdict(need_row(need, on=on)), "who": need.person.full_name if with_names and need.person else ""}
        for need in needs
    ]
