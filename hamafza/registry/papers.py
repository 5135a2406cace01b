"""Who may read and add the papers of a household and of a person (`documents.owners` asks)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import load
from hamafza.documents.owners import Owner, Record
from hamafza.registry.models import Household, Person


def see_person(request: HttpRequest, pk: UUID) -> Record:
    return _person(load(request, Person, pk, may=Permission.SEE_CLIENTS))


def edit_person(request: HttpRequest, pk: UUID) -> Record:
    return _person(load(request, Person, pk, may=Permission.EDIT_CLIENTS))


def see_household(request: HttpRequest, pk: UUID) -> Record:
    return _household(load(request, Household, pk, may=Permission.SEE_CLIENTS))


def edit_household(request: HttpRequest, pk: UUID) -> Record:
    return _household(load(request, Household, pk, may=Permission.EDIT_CLIENTS))


def _person(person: Person) -> Record:
    url = reverse("registry:person-documents", args=[person.pk])
    return Record(county=person.county_id, title=person.full_name, url=url)


def _household(household: Household) -> Record:
    name = household.head.full_name if household.head else household.file_number or _("Household")
    url = reverse("registry:household-documents", args=[household.pk])
    return Record(county=household.county_id, title=name, url=url)


OWNERS = (Owner("person", see=see_person, edit=edit_person), Owner("household", see=see_household, edit=edit_household))
