"""A new person in a household, and changing a person's facts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.refusals import show_refusal
from hamafza.registry.choices import Relation
from hamafza.registry.commands.edit_person import edit_person
from hamafza.registry.commands.register_person import register_person
from hamafza.registry.forms.person import PERSON_NAMES, PersonCreateForm, PersonEditForm
from hamafza.registry.models import Household, Person
from hamafza.registry.queries.on_file import OnFile
from hamafza.registry.rules import may_reveal
from hamafza.registry.views.conflict import chosen, conflict_page, is_undecided
from hamafza.registry.views.household_form import UNPROCESSABLE
from hamafza.registry.views.on_file import asks_whether_another, on_file_of


def person_create(request: HttpRequest, household_pk: UUID) -> HttpResponse:
    household = load(request, Household, household_pk, may=Permission.EDIT_CLIENTS)
    relation = Relation.CHILD if household.head_id else Relation.HEAD
    form = PersonCreateForm(request.POST or None, initial={"relation": relation})
    fits = form.is_valid()
    found = on_file_of(form, counties=[household.county_id]) if form.is_bound else OnFile()
    if fits and not asks_whether_another(form, found):
        new = form.new_person()
        try:
            person = register_person(
                household,
                fields=new.fields,
                groups=new.groups,
                disabilities=new.disabilities,
                causes=new.causes,
                by=actor_of(request),
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is registered.") % {"name": person.full_name})
            return redirect("registry:person-record", person.pk)
    back = reverse("registry:household-record", args=[household_pk])
    context = {"form": form, "found": found, "household": household, "cancel_url": back}
    return render(request, "registry/person_create.html", context, status=UNPROCESSABLE if form.errors else 200)


def person_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.EDIT_CLIENTS)
    actor = actor_of(request)
    back = reverse("registry:person-record", args=[pk])
    shows_masks = may_reveal(actor, kind="person", field="identity_number", county=person.county_id)
    form = PersonEditForm(request.POST or None, person=person, shows_masks=shows_masks)
    fits = form.is_valid()
    found = on_file_of(form, counties=[person.county_id], apart_from=person.pk) if form.is_bound else OnFile()
    if fits:
        changes = form.changes()
        try:
            if is_undecided(request, changes):
                return conflict_page(request, form, person, names=PERSON_NAMES, back_url=back)
            edit_person(person, fields=chosen(request, changes), version=form.cleaned_data["version"], by=actor)
        except StaleVersion:
            return conflict_page(request, form, person, names=PERSON_NAMES, back_url=back)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": person.full_name})
            return redirect(back)
    context = {"form": form, "found": found, "person": person, "cancel_url": back}
    return render(request, "registry/person_edit.html", context, status=UNPROCESSABLE if form.errors else 200)
