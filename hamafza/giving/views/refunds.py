"""The queue of refunds: approved by one, paid by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.giving.choices import RefundState
from hamafza.giving.commands.refunds import approve_refund, pay_refund, refuse_refund
from hamafza.giving.models import Refund
from hamafza.giving.queries.refunds import OPEN, refunds_in
from hamafza.giving.rights import REFUND_READERS
from hamafza.giving.rules import permission_among
from hamafza.giving.views.donation_rows import REFUND_TONES, giver_of, number_of
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

AT_MOST = 200


@require_safe
def refund_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, permission_among(actor_of(request), REFUND_READERS))
    page = list(refunds_in(county)[:AT_MOST])
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [_row(refund, actor) for refund in page],
        "count": sum(refund.state in OPEN for refund in page),
    }
    return render(request, "giving/refund_list.html", context)


@require_POST
def refund_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    refund = load(request, Refund, pk, may=Permission.APPROVE_SPENDING)
    approve_refund(refund, by=actor_of(request))
    messages.success(request, _("The refund is approved. Next: the payer pays it."))
    return _back(refund)


@require_POST
def refund_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    refund = load(request, Refund, pk, may=Permission.APPROVE_SPENDING)
    refuse_refund(refund, reason=request.POST.get("reason", ""), by=actor_of(request))
    messages.success(request, _("The refund is refused; this part of the gift is free again."))
    return _back(refund)


@require_POST
def refund_pay(request: HttpRequest, pk: UUID) -> HttpResponse:
    refund = load(request, Refund, pk, may=Permission.PAY)
    pay_refund(refund, reference=request.POST.get("reference", ""), by=actor_of(request))
    messages.success(request, _("The refund is booked as paid; the receipt of the gift is renewed."))
    return _back(refund)


def _row(refund: Refund, actor: Actor) -> dict[str, Any]:
    gift, waits = refund.line.donation, refund.state
    earlier = {refund.requested_by_id, refund.approved_by_id}
    may_approve = actor.may(Permission.APPROVE_SPENDING, refund.county_id)
    return {
        "pk": refund.pk,
        "url": reverse("giving:donation-record", args=[gift.pk]) if actor.may(Permission.SEE_GIVING) else "",
        "number": number_of(gift),
        "giver": giver_of(gift),
        "amount": refund.amount,
        "reason": refund.reason,
        "state": RefundState(refund.state).label,
        "tone": REFUND_TONES[refund.state],
        "at": refund.at,
        "by": refund.requested_by,
        "end": refund.state_reason or refund.reference,
        "may_approve": waits == RefundState.REQUESTED and may_approve and actor.user_id not in earlier,
        "may_refuse": waits in OPEN and may_approve,
        "may_pay": waits == RefundState.APPROVED
        and actor.may(Permission.PAY, refund.county_id)
        and actor.user_id not in earlier,
    }


def _back(refund: Refund) -> HttpResponse:
    return redirect(f"{reverse('giving:refund-list')}?county={refund.county_id}")
