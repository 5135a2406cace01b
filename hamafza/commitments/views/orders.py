"""Hand out a commitment: written down, kept as a draft and changed, or handed to its owner at once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.commitments.admission import admit_place
from hamafza.commitments.choices import CommitmentState
from hamafza.commitments.commands.give import assign, change_draft, write_commitment
from hamafza.commitments.forms import OrderForm, written
from hamafza.commitments.models import Commitment
from hamafza.commitments.queries.owners import body
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.places.queries.places import place_title

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_create(request: HttpRequest) -> HttpResponse:
    actor, place = admit_place(request, Permission.ISSUE_COMMITMENTS)
    if actor.organization is None:
        raise Http404
    form = OrderForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        issuer = body(actor.organization)
        try:
            made = write_commitment(place, form.order(issuer=issuer), by=actor, key=form.cleaned_data["key"])
            return _kept(request, made)
        except Refusal as refusal:
            show_refusal(form, refusal)
    return _page(request, form, place=place, cancel_url=f"{reverse('commitments:commitment-list')}?place={place}")


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    draft = load(request, Commitment, pk, may=Permission.ISSUE_COMMITMENTS)
    if draft.state != CommitmentState.DRAFT:
        messages.info(request, _("It is handed out already. Its date and its owner change by their own steps."))
        return redirect("commitments:commitment-record", pk=pk)
    form = OrderForm(request.POST or None, place=draft.place_id, initial=written(draft))
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, change_draft(draft, form.order(issuer=draft.issuer), by=actor_of(request)))
        except Refusal as refusal:
            show_refusal(form, refusal)
    cancel_url = reverse("commitments:commitment-record", args=[pk])
    return _page(request, form, place=draft.place_id, cancel_url=cancel_url, draft=draft)


def _kept(request: HttpRequest, made: Commitment) -> HttpResponse:
    """Handed to its owner too when that button was pressed."""
    if "assign" in request.POST and made.state == CommitmentState.DRAFT:
        assign(made, by=actor_of(request))
        messages.success(request, _("It is handed to its owner."))
    else:
        messages.success(request, _("The commitment is written down."))
    return redirect("commitments:commitment-record", pk=made.pk)


def _page(
    request: HttpRequest, form: OrderForm, *, place: str, cancel_url: str, draft: Commitment | None = None
) -> HttpResponse:
    name = place_title(place)
    context = {"form": form, "place": place, "place_name": name, "cancel_url": cancel_url, "draft": draft}
    return render(request, "commitments/commitment_form.html", context, status=WRONG if form.errors else None)
