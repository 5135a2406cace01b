"""Masked facts, and their answer when a reason is given."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.parts import Fact
from hamafza.registry.commands.reveal import reveal_field, reveal_special_class
from hamafza.registry.forms.parts import WHOLE_MASK
from hamafza.registry.models import Household, Person
from hamafza.registry.rules import REVEALABLE, SPECIAL_CLASS


def masked_fact(record: Household | Person, field: str, *, shown_end: bool = True) -> Fact:
    """A sealed field as its mask with "show"; nothing but a word when it is not on file."""
    value: str = getattr(record, field)
    kind = record._meta.model_name or ""
    label = record._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # a concrete field
    if not value:
        return Fact(label, "")
    url = reverse(f"registry:{kind}-reveal", args=[record.pk, field])
    return Fact(label, value if shown_end else WHOLE_MASK, id=field.replace("_", "-"), masked_url=url)


@require_POST
def household_reveal(request: HttpRequest, pk: UUID, field: str) -> HttpResponse:
    return _revealed(request, load(request, Household, pk, may=_permission("household", field)), field)


@require_POST
def person_reveal(request: HttpRequest, pk: UUID, field: str) -> HttpResponse:
    return _revealed(request, load(request, Person, pk, may=_permission("person", field)), field)


@require_POST
def person_special(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=SPECIAL_CLASS)
    special = reveal_special_class(person, reason=request.POST.get("reason", ""), by=actor_of(request))
    template = "registry/_special_class.html" if request.headers.get("HX-Request") else "registry/special_class.html"
    may_edit = actor_of(request).may(Permission.EDIT_CLIENTS, person.county_id)
    return render(request, template, {"special": special, "person": person, "may_edit": may_edit})


def _permission(kind: str, field: str) -> Permission:
    if field not in REVEALABLE[kind]:
        raise Http404
    return REVEALABLE[kind][field]


def _revealed(request: HttpRequest, record: Household | Person, field: str) -> HttpResponse:
    value = reveal_field(record, field=field, reason=request.POST.get("reason", ""), by=actor_of(request))
    label = record._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # a concrete field
    template = "patterns/_revealed.html" if request.headers.get("HX-Request") else "registry/revealed.html"
    back = reverse(f"registry:{record._meta.model_name}-record", args=[record.pk])
    return render(request, template, {"id": field.replace("_", "-"), "value": value, "label": label, "back_url": back})
