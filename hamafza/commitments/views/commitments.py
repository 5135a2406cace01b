"""Commitments of a place: the list, a new one, and one with its whole way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.accounts.models import Organization
from hamafza.commitments.admission import admit_body, admit_place, load_commitment
from hamafza.commitments.commands.give import assign, write_commitment
from hamafza.commitments.forms import FilterForm, OrderForm
from hamafza.commitments.queries.commitments import commitments_in, of_body, owed_by
from hamafza.commitments.views.record import record_page
from hamafza.commitments.views.rows import commitment_row
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.parts import active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.places.models import Place

PAGE = 50
COUNTED = 10_000
WRONG = 422


@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    actor, place = admit_place(request, Permission.SEE_COMMITMENTS)
    form = FilterForm(request.GET, place=place)
    found = commitments_in(place, form.filters(), on=clock.today())
    start = _start(request)
    shown = list(found[start : start + PAGE + 1])
    count = found.order_by()[: COUNTED + 1].count()
    context = {
        "place": place,
        "place_name": Place.objects.get(code=place).title,
        "rows": [commitment_row(one) for one in shown[:PAGE]],
        "count": min(count, COUNTED),
        "capped": count > COUNTED,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, start + PAGE) if len(shown) > PAGE else "",
        "may_issue": actor.may(Permission.ISSUE_COMMITMENTS, place),
    }
    return render(request, "commitments/commitment_list.html", context)


@require_safe
def commitment_mine(request: HttpRequest) -> HttpResponse:
    """My desk: what is asked of my body, and what it helps with."""
    _actor, body = admit_body(request)
    owed = list(owed_by(body)[: PAGE + 1])
    helps = of_body(body).exclude(owner=body).exclude(state__in=["closed", "cancelled"]).order_by("due_on", "id")
    context = {
        "body": Organization.objects.get(pk=body),
        "rows": [commitment_row(one) for one in owed[:PAGE]],
        "count": len(owed),
        "helps": [commitment_row(one) for one in helps[:PAGE]],
    }
    return render(request, "commitments/commitment_mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_create(request: HttpRequest) -> HttpResponse:
    actor, place = admit_place(request, Permission.ISSUE_COMMITMENTS)
    if actor.organization is None:
        raise Http404
    form = OrderForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        issuer = Organization.objects.get(pk=actor.organization)
        try:
            made = write_commitment(place, form.order(issuer=issuer), by=actor, key=form.cleaned_data["key"])
            if "assign" in request.POST and made.number is None:
                assign(made, by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The commitment is written down."))
            return redirect("commitments:commitment-record", pk=made.pk)
    context: dict[str, Any] = {
        "form": form,
        "place": place,
        "place_name": Place.objects.get(code=place).title,
        "cancel_url": f"{reverse('commitments:commitment-list')}?place={place}",
    }
    return render(request, "commitments/commitment_form.html", context, status=WRONG if form.errors else None)


@require_safe
def commitment_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    return record_page(request, load_commitment(request, pk), actor=actor_of(request))


def _start(request: HttpRequest) -> int:
    after = request.GET.get("after", "")
    return int(after) if after.isdecimal() and len(after) < 7 else 0
