"""Organisations: added and corrected."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import Organization
from hamafza.core.errors import Refusal
from hamafza.core.persian import key, normalize

NATIONAL_ID_LENGTH = 11


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """What is said of an organisation; ``place`` is a code, ``national_org_id`` has 11 digits or is empty."""

    kind: str
    name_fa: str
    place: str
    name_en: str = ""
    national_org_id: str = ""
    active: bool = True


def add_organization(facts: OrganizationFacts, *, by: Actor) -> Organization:
    """Add an organisation at its place."""
    require(by, Permission.MANAGE_ORGANIZATIONS, place=None)
    with transaction.atomic():
        _check(facts)
        return _write(Organization(), facts)


def edit_organization(organization: Organization, facts: OrganizationFacts, *, by: Actor) -> Organization:
    """Correct what is said of an organisation; one that works no more is made inactive, never deleted."""
    require(by, Permission.MANAGE_ORGANIZATIONS, place=None)
    with transaction.atomic():
        locked = Organization.objects.select_for_update().get(pk=organization.pk)
        _check(facts, but=locked)
        return _write(locked, facts)


def _write(organization: Organization, facts: OrganizationFacts) -> Organization:
    organization.kind, organization.place_id = facts.kind, facts.place
    organization.name_fa, organization.name_en = normalize(facts.name_fa), normalize(facts.name_en)
    organization.national_org_id, organization.active = facts.national_org_id, facts.active
    organization.save()
    return organization


def _check(facts: OrganizationFacts, *, but: Organization | None = None) -> None:
    if not normalize(facts.name_fa):
        raise Refusal(_("Write the name."), code="no_name", field="name_fa")
    number = facts.national_org_id
    if number and not (number.isascii() and number.isdigit() and len(number) == NATIONAL_ID_LENGTH):
        raise Refusal(
            _("The national identifier of an organisation has 11 digits."), code="bad_id", field="national_org_id"
        )
    same = Organization.objects.filter(place_id=facts.place, name_key=key(facts.name_fa))
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Refusal(
            _("There is already an organisation of this name at this place."), code="name_taken", field="name_fa"
        )
