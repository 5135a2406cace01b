"""Adding and ending target groups, disabilities and causes of hardship."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.registry.choices import Cause, DisabilitySeverity, DisabilityType, TargetGroup
from hamafza.registry.commands.record_circumstance import (
    join_group,
    leave_group,
    record_cause,
    record_disability,
    withdraw_cause,
)
from hamafza.registry.forms.circumstance import CauseForm, DisabilityForm, MembershipEndForm, MembershipForm
from hamafza.registry.models import HardshipCause, Household, Person, TargetGroupMembership
from hamafza.registry.views.household_form import UNPROCESSABLE


def membership_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.EDIT_CLIENTS)
    form = MembershipForm(request.POST or None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            join_group(
                person,
                group=TargetGroup(typed["group"]),
                valid_from=typed["valid_from"],
                basis=typed["basis"],
                by=actor_of(request),
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, "registry:person-record", pk)
    return _page(request, form, heading=_("Add a target group"), person=person, pretitle=person.full_name)


def membership_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    membership = load(request, TargetGroupMembership, pk, may=Permission.EDIT_CLIENTS)
    person = membership.person
    form = MembershipEndForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            leave_group(membership, valid_to=form.cleaned_data["valid_to"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, "registry:person-record", person.pk)
    return _page(request, form, heading=_("End the membership"), person=person, pretitle=person.full_name)


def disability_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.EDIT_CLIENTS)
    form = DisabilityForm(request.POST or None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            record_disability(
                person,
                type=DisabilityType(typed["type"]),
                severity=DisabilitySeverity(typed["severity"]) if typed["severity"] else None,
                decision_number=typed["decision_number"],
                decided_on=typed["decided_on"],
                review_on=typed["review_on"],
                note=typed["note"],
                by=actor_of(request),
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, "registry:person-record", pk)
    return _page(request, form, heading=_("Record a disability"), person=person, pretitle=person.full_name)


def person_cause_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = load(request, Person, pk, may=Permission.EDIT_CLIENTS)
    form = CauseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            record_cause(
                person.household,
                cause=Cause(form.cleaned_data["cause"]),
                person=person,
                note=form.cleaned_data["note"],
                by=actor_of(request),
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, "registry:person-record", pk)
    return _page(request, form, heading=_("Add a cause of hardship"), person=person, pretitle=person.full_name)


def household_cause_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    household = load(request, Household, pk, may=Permission.EDIT_CLIENTS)
    form = CauseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            record_cause(
                household,
                cause=Cause(form.cleaned_data["cause"]),
                note=form.cleaned_data["note"],
                by=actor_of(request),
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, "registry:household-record", pk)
    return _page(request, form, heading=_("Add a cause of hardship"), household=household)


@require_POST
def cause_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    cause = load(request, HardshipCause, pk, may=Permission.EDIT_CLIENTS)
    withdraw_cause(cause, by=actor_of(request))
    if cause.person_id:
        return _done(request, "registry:person-record", cause.person_id)
    return _done(request, "registry:household-record", cause.household_id)


def _done(request: HttpRequest, url_name: str, pk: UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(url_name, pk)


def _page(
    request: HttpRequest,
    form: forms.Form,
    *,
    heading: str,
    person: Person | None = None,
    household: Household | None = None,
    pretitle: str = "",
) -> HttpResponse:
    record = person or household
    assert record is not None  # noqa: S101 - every page here is of one of the two
    back = reverse(f"registry:{record._meta.model_name}-record", args=[record.pk])
    context = {"form": form, "heading": heading, "pretitle": pretitle, "household": household, "cancel_url": back}
    return render(request, "registry/circumstance_form.html", context, status=UNPROCESSABLE if form.errors else 200)
