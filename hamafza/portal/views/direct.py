"""Take up a need by its card, hand it over, give it up: the benefactor herself."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.giving.choices import GivingMode
from hamafza.giving.commands.reservations import deliver, release, reserve_card
from hamafza.giving.models import Reservation
from hamafza.giving.queries.cards import card_by_code, public_card
from hamafza.needs.place import admit_county
from hamafza.portal.forms.own import ReserveForm
from hamafza.portal.queries.own import own_benefactor

WRONG, LONGEST = 422, 20


@require_http_methods(["GET", "HEAD", "POST"])
def card_reserve(request: HttpRequest) -> HttpResponse:
    """The card stands in the address as ``card``; one that is gone leads back to those that are there."""
    actor, county = admit_county(request, Permission.GIVE)
    shown = public_card(county, request.GET.get("card", "")[:LONGEST])
    card = card_by_code(county, shown.code) if shown else None
    benefactor = own_benefactor(actor, county)
    if shown is None or card is None or benefactor is None:
        messages.info(request, _("This card does not stand any more. Choose another need."))
        return redirect(f"{reverse('portal:card-list')}?{urlencode({'county': county})}")
    form = ReserveForm(request.POST or None, modes=shown.modes)
    if request.method == "POST" and form.is_valid():
        try:
            reserve_card(
                card,
                benefactor=benefactor,
                units=1 if card.is_group else None,
                mode=GivingMode(form.cleaned_data["mode"]),
                by=actor,
                key=form.cleaned_data["key"],
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is held for you. The social worker gets in touch; then you meet the need."))
            return redirect(f"{reverse('portal:mine')}?county={county}")
    context = {"form": form, "card": shown, "cancel_url": reverse("portal:card", args=[county, shown.code])}
    return render(request, "portal/card_reserve.html", context, status=WRONG if form.errors else None)


@require_POST
def reservation_deliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    deliver(_own(request, pk), by=actor_of(request))
    messages.success(request, _("Thank you. The social worker sees that the family has it, and confirms."))
    return redirect("portal:mine")


@require_POST
def reservation_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    release(_own(request, pk), reason="", by=actor_of(request))
    messages.success(request, _("You have given it up; somebody else may take it up now."))
    return redirect("portal:mine")


def _own(request: HttpRequest, pk: UUID) -> Reservation:
    found = load(request, Reservation, pk, may=Permission.GIVE)
    if found.benefactor.user_id != actor_of(request).user_id:
        raise Http404
    return found
