"""Written consents on a household's page: recorded with their paper, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.documents.commands.attach import attach_file
from hamafza.documents.owners import Record
from hamafza.registry.choices import ConsentPurpose
from hamafza.registry.commands.consents import record_consent, withdraw_consent
from hamafza.registry.forms.consent import ConsentForm
from hamafza.registry.models import Consent, Household
from hamafza.registry.queries.consents import consents_of, who_may_consent
from hamafza.registry.views.household_form import UNPROCESSABLE

MOST = 20


def consents_panel(request: HttpRequest, household: Household) -> Mapping[str, Any]:
    """The latest consents of a household. One query."""
    return {
        "rows": list(consents_of(household)[:MOST]),
        "may_edit": actor_of(request).may(Permission.EDIT_CLIENTS, household.county_id),
        "create_url": reverse("registry:consent-create", args=[household.pk]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def consent_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    household = load(request, Household, pk, may=Permission.EDIT_CLIENTS)
    form = ConsentForm(request.POST or None, request.FILES or None, persons=who_may_consent(household))
    back = reverse("registry:household-record", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, household, form)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The consent is recorded. It can be withdrawn on any day."))
            return redirect(back)
    context = {"form": form, "household": household, "heading": _("Record a written consent"), "cancel_url": back}
    return render(request, "registry/circumstance_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def consent_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    consent = load(request, Consent, pk, may=Permission.EDIT_CLIENTS)
    withdraw_consent(consent, by=actor_of(request))
    messages.success(request, _("The consent is withdrawn; nothing more is done on the strength of it."))
    return redirect("registry:household-record", pk=consent.household_id)


@transaction.atomic
def _record(request: HttpRequest, household: Household, form: ConsentForm) -> None:
    """The consent with its paper, or neither."""
    actor, paper = actor_of(request), form.cleaned_data["paper"]
    consent = record_consent(household, person=form.cleaned_data["person"], details=form.details(), by=actor)
    if paper:
        attach_file(
            Record(county=household.county_id, title="", url=""),
            paper.file,
            name=paper.name,
            title=_("Consent: %(purpose)s") % {"purpose": ConsentPurpose(consent.purpose).label},
            source_type="household",
            source_id=household.pk,
            by=actor,
        )
