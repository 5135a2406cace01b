"""Write down what another body gave a household."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.accounts.queries.bodies import other_bodies_of
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.needs.commands.other_aid import record_other_aid
from hamafza.needs.forms.other_aid import OtherAidForm
from hamafza.needs.queries.needs import standing_needs_of
from hamafza.registry.models import Household

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def aid_create(request: HttpRequest, household: UUID) -> HttpResponse:
    home = load(request, Household, household, may=Permission.EDIT_NEEDS)
    record_url = reverse("registry:household-record", args=[home.pk])
    form = OtherAidForm(
        request.POST or None,
        bodies=other_bodies_of(home.county_id),
        needs=standing_needs_of(home),
        initial={"need": request.GET.get("need")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_other_aid(home, given=form.given(), by=actor_of(request), key=form.cleaned_data["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is on record with the household's aid."))
            return redirect(record_url)
    context = {"form": form, "household": home, "cancel_url": record_url}
    return render(request, "needs/aid_create.html", context, status=WRONG if form.errors else None)
