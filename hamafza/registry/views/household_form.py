"""Opening a file with its first person, and changing a household's facts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, admit, load
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.refusals import show_refusal
from hamafza.places.queries.places import counties
from hamafza.registry.commands.edit_household import edit_household
from hamafza.registry.commands.register_household import register_household
from hamafza.registry.forms.household import HOUSEHOLD_NAMES, HouseholdEditForm
from hamafza.registry.forms.person import HouseholdCreateForm
from hamafza.registry.models import Household
from hamafza.registry.queries.on_file import OnFile
from hamafza.registry.rules import may_reveal
from hamafza.registry.views.conflict import chosen, conflict_page, is_undecided
from hamafza.registry.views.on_file import asks_whether_another, on_file_of

UNPROCESSABLE = 422


def household_create(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.EDIT_CLIENTS)
    places = counties().in_bulk(actor.counties_with(Permission.EDIT_CLIENTS))
    form = HouseholdCreateForm(request.POST or None, counties=[(code, place.name) for code, place in places.items()])
    fits = form.is_valid()
    found = on_file_of(form, counties=places) if form.is_bound else OnFile()
    if fits and not asks_whether_another(form, found):
        try:
            household = register_household(
                places[form.cleaned_data["county"]],
                fields=form.household_fields(),
                persons=[form.new_person()],
                by=actor,
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The file is open. Next: the other members, and what the family needs."))
            return redirect("registry:household-record", household.pk)
    context = {"form": form, "found": found, "cancel_url": reverse("registry:household-list")}
    return render(request, "registry/household_create.html", context, status=UNPROCESSABLE if form.errors else 200)


def household_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    household = load(request, Household, pk, may=Permission.EDIT_CLIENTS)
    actor = actor_of(request)
    back = reverse("registry:household-record", args=[pk])
    shows_masks = may_reveal(actor, kind="household", field="address", county=household.county_id)
    form = HouseholdEditForm(request.POST or None, household=household, shows_masks=shows_masks)
    if form.is_bound and form.is_valid():
        changes = form.changes()
        try:
            if is_undecided(request, changes):
                return conflict_page(request, form, household, names=HOUSEHOLD_NAMES, back_url=back)
            edit_household(household, fields=chosen(request, changes), version=form.cleaned_data["version"], by=actor)
        except StaleVersion:
            return conflict_page(request, form, household, names=HOUSEHOLD_NAMES, back_url=back)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The household is saved."))
            return redirect(back)
    context = {"form": form, "household": household, "cancel_url": back}
    return render(request, "registry/household_edit.html", context, status=UNPROCESSABLE if form.errors else 200)
