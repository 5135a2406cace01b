"""A person moves to another household, leaves, returns, or becomes head."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.registry.choices import PersonLeft, Relation
from hamafza.registry.commands.fields import HouseholdFields
from hamafza.registry.commands.leave_household import leave_household, return_to_household
from hamafza.registry.commands.move_person import move_person, move_person_to_new_household
from hamafza.registry.commands.set_head import set_head
from hamafza.registry.forms.household import ReasonForm
from hamafza.registry.forms.person import MoveForm, PersonLeaveForm
from hamafza.registry.models import Person
from hamafza.registry.queries.households import household_by_file_number
from hamafza.registry.views.household_form import UNPROCESSABLE


def person_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.EDIT_CLIENTS)
    form = MoveForm(request.POST or None, initial={"relation": Relation.OTHER})
    if form.is_bound and form.is_valid():
        try:
            moved = _move(person, form, by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s has moved to another household.") % {"name": person.full_name})
            return redirect("registry:household-record", moved.household_id)
    return _step_page(request, person, form, heading=_("Move to another household"), verb=_("Move"))


def person_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.EDIT_CLIENTS)
    form = PersonLeaveForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            leave_household(
                person, why=PersonLeft(typed["why"]), on=typed["on"], reason=typed["reason"], by=actor_of(request)
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s has left the household.") % {"name": person.full_name})
            return redirect("registry:household-record", person.household_id)
    return _step_page(request, person, form, heading=_("Has died or left"), verb=_("Record it"))


def person_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.EDIT_CLIENTS)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            return_to_household(person, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is in the household again.") % {"name": person.full_name})
            return redirect("registry:person-record", pk)
    return _step_page(request, person, form, heading=_("Return to the household"), verb=_("Return"))


def person_head(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.EDIT_CLIENTS)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            household = set_head(person, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is head of the household.") % {"name": person.full_name})
            return redirect("registry:household-record", household.pk)
    return _step_page(request, person, form, heading=_("Make head of household"), verb=_("Make head"))


def _move(person: Person, form: MoveForm, *, by: Actor) -> Person:
    typed = form.cleaned_data
    if typed["to"] == MoveForm.TO_NEW:
        fields: HouseholdFields = {"file_number": typed["file_number"], "district": person.household.district}
        return move_person_to_new_household(person, fields=fields, reason=typed["reason"], by=by)
    household = household_by_file_number(person.county_id, typed["file_number"])
    if household is None:
        raise Refusal(_("No household of this county has this file number."), field="file_number")
    relation = Relation(typed["relation"] or Relation.OTHER)
    return move_person(person, to=household, relation=relation, reason=typed["reason"], by=by)


def _step_page(
    request: HttpRequest,
    person: Person,
    form: MoveForm | PersonLeaveForm | ReasonForm,
    *,
    heading: str,
    verb: str,
) -> HttpResponse:
    back = reverse("registry:person-record", args=[person.pk])
    context = {"form": form, "person": person, "heading": heading, "verb": verb, "cancel_url": back}
    return render(request, "registry/person_step.html", context, status=UNPROCESSABLE if form.errors else 200)
