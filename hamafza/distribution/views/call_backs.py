"""Deliveries drawn by lot: another office asks the households whether they have received their package (S9)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.commands.record_read import record_read
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.distribution.commands.reconcile import record_call_back
from hamafza.distribution.forms.delivery import CallBackForm
from hamafza.distribution.models import Delivery
from hamafza.distribution.queries.phones import phone_of
from hamafza.distribution.queries.rounds import to_call_back
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.lists import count_capped

WRONG = 422
PAGE_SIZE = 100


@require_safe
def call_back_list(request: HttpRequest) -> HttpResponse:
    """What is still to be asked; it names nobody."""
    _actor, county = admit_county(request, Permission.AUDIT_DELIVERIES)
    waiting = to_call_back(county)
    count, capped = count_capped(waiting)
    rows = [(delivery, reverse("distribution:call-back", args=[delivery.pk])) for delivery in waiting[:PAGE_SIZE]]
    context = {"rows": rows, "count": count, "capped": capped, "county_name": county_name(county)}
    return render(request, "distribution/call_back_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name and phone of one household, shown to ask it one question; the showing is recorded."""
    delivery = load(request, Delivery, pk, may=Permission.AUDIT_DELIVERIES)
    open_one = delivery.audit_drawn and delivery.audited_at is None
    form = CallBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_call_back(delivery, said_yes=form.cleaned_data["said"] == "yes", by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The answer is on record."))
            return redirect(f"{reverse('distribution:call-back-list')}?county={delivery.county_id}")
    household = delivery.entry.household
    if open_one:
        record_read(household, fields=["name", "mobile"])
    context = {
        "delivery": delivery,
        "round": delivery.entry.round,
        "household": household if open_one else None,
        "phone": phone_of(household) if open_one else "",
        "form": form if open_one else None,
        "cancel_url": f"{reverse('distribution:call-back-list')}?county={delivery.county_id}",
    }
    return render(request, "distribution/call_back.html", context, status=WRONG if form.errors else None)
