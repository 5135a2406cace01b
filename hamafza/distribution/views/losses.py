"""Goods reported as spoilt or lost: what waits, and the word of somebody else."""

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
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.distribution.choices import LossState
from hamafza.distribution.commands.losses import confirm_loss, refuse_loss
from hamafza.distribution.forms.stock import LossForm
from hamafza.distribution.models import Loss
from hamafza.distribution.queries.losses import losses_to_confirm
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

MOST_SHOWN = 200
WRONG = 422


@require_safe
def loss_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.CONFIRM_COUNT)
    rows = [
        {"loss": one, "url": reverse("distribution:loss-decide", args=[one.pk])}
        for one in losses_to_confirm(county)[:MOST_SHOWN]
    ]
    context = {"county": county, "county_name": county_name(county), "rows": rows, "count": len(rows)}
    return render(request, "distribution/loss_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def loss_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    loss = load(request, Loss, pk, may=Permission.CONFIRM_COUNT)
    form = LossForm(request.POST or None)
    back = f"{reverse('distribution:loss-list')}?county={loss.county_id}"
    if request.method == "POST" and form.is_valid():
        try:
            if "refuse" in request.POST:
                refuse_loss(loss, reason=form.cleaned_data["reason"], by=actor_of(request))
            else:
                confirm_loss(loss, by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Your word is on record."))
            return redirect(back)
    context = {
        "loss": loss,
        "lot": loss.lot,
        "form": form if loss.state == LossState.ASKED else None,
        "value": loss.quantity * loss.lot.unit_value_rial,
        "cancel_url": back,
    }
    return render(request, "distribution/loss_decide.html", context, status=WRONG if form.errors else None)
