"""From which amount separate hands are needed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import admit
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.ledger.choices import Movement
from hamafza.ledger.commands.hands import thresholds_in_force
from hamafza.ledger.commands.thresholds import set_threshold
from hamafza.ledger.forms.transfers import ThresholdForm
from hamafza.ledger.queries.lists import thresholds_around
from hamafza.ledger.rules import provinces_led_by
from hamafza.ledger.views.parts import parts_of
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

UNPROCESSABLE = 422


@require_safe
def threshold_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_LEDGER)
    rows = [(one, Movement(one.movement).label) for one in thresholds_around(county)]
    context = {
        "county": county,
        "county_name": county_name(county),
        "in_force": [(movement.label, rial) for movement, rial in thresholds_in_force(county).items()],
        "tabs": parts_of(county, "threshold-list"),
        "rows": rows,
        "count": len(rows),
        "may_set": bool(provinces_led_by(actor)),
    }
    return render(request, "ledger/threshold_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def threshold_create(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.ALLOW_TRANSFER)
    form = ThresholdForm(request.POST or None, provinces=provinces_led_by(actor))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            set_threshold(
                said["place"],
                movement=Movement(said["movement"]),
                rial=said["rial"],
                decided_by=said["decided_by"],
                valid_from=said["valid_from"],
                by=actor,
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The threshold is set."))
            return redirect("ledger:threshold-list")
    context = {"form": form, "cancel_url": reverse("ledger:threshold-list")}
    return render(request, "ledger/threshold_create.html", context, status=UNPROCESSABLE if form.errors else None)
