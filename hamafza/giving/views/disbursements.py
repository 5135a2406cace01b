"""Payments out of allocations: what waits for whom, and each step."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.parts import active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.giving.choices import DisbursementState, PayMethod
from hamafza.giving.commands.disbursements import (
    PaymentAsked,
    approve_payment,
    confirm_payment,
    pay,
    request_payment,
    return_payment,
)
from hamafza.giving.forms.spending import PaymentFilterForm, PaymentForm, ReferenceForm, WhyForm
from hamafza.giving.models import Allocation, Disbursement
from hamafza.giving.queries.allocations import disbursements_of, left_of, payments_waiting
from hamafza.giving.rules import permission_among
from hamafza.giving.spending_rights import SPENDING_READERS
from hamafza.giving.views.allocations import step_page
from hamafza.giving.views.spending_exports import exports_of
from hamafza.giving.views.spending_rows import page_after, payment_row
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.lists import count_capped

WRONG = 422
#: The state of payments that wait for each duty.
WAITS_FOR = (
    (Permission.PAY, DisbursementState.APPROVED),
    (Permission.APPROVE_SPENDING, DisbursementState.REQUESTED),
    (Permission.CONFIRM_DIRECT, DisbursementState.PAID),
)


@require_safe
def payment_queue(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, permission_among(actor_of(request), SPENDING_READERS))
    mine = next((state for permission, state in WAITS_FOR if actor.may(permission, county)), None)
    form = PaymentFilterForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    waits = mine is not None and not request.GET.get("all") and not state
    found = (
        payments_waiting(county, state=mine, not_by=actor.user_id)
        if waits and mine
        else disbursements_of(county, state=state)
    )
    count, capped = count_capped(found)
    page, place = page_after(found, request.GET.get("after", ""))
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [payment_row(one, actor) for one in page],
        "count": count,
        "capped": capped,
        "waits": waits,
        "has_queue": mine is not None,
        "exports": [] if waits else exports_of(request, "payment-list"),
        "filter_form": None if waits else form,
        "filters": [] if waits else active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, place) if place else "",
    }
    return render(request, "giving/payment_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def payment_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    allocation = load(request, Allocation, pk, may=Permission.REQUEST_SPENDING)
    form = PaymentForm(
        request.POST or None,
        with_units=allocation.need_id is not None,
        initial={"amount": left_of(allocation), "method": PayMethod.SELLER},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = PaymentAsked(
            amount=said["amount"], method=PayMethod(said["method"]), payee=said["payee"], units=said.get("units")
        )
        try:
            request_payment(allocation, asked=asked, by=actor_of(request), key=said["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The payment is asked for. Next: the head of the office approves it."))
            return redirect("giving:allocation-record", pk=pk)
    back = reverse("giving:allocation-record", args=[pk])
    context = {"form": form, "allocation": allocation, "left": left_of(allocation), "cancel_url": back}
    return render(request, "giving/payment_request.html", context, status=WRONG if form.errors else None)


@require_POST
def payment_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    payment = load(request, Disbursement, pk, may=Permission.APPROVE_SPENDING)
    approve_payment(payment, by=actor_of(request))
    messages.success(request, _("The payment is approved. Next: the payer pays it."))
    return redirect("giving:allocation-record", pk=payment.allocation_id)


@require_http_methods(["GET", "HEAD", "POST"])
def payment_pay(request: HttpRequest, pk: UUID) -> HttpResponse:
    payment = load(request, Disbursement, pk, may=Permission.PAY)
    form = ReferenceForm(request.POST or None)
    return step_page(
        request,
        form,
        act=lambda: pay(payment, reference=form.cleaned_data["reference"], by=actor_of(request)),
        back=_record(payment),
        words={
            "heading": _("Record the payment"),
            "what": f"{payment.allocation.what} · {payment.payee or PayMethod(payment.method).label}",
            "verb": _("It is paid"),
            "text": _(
                "Pay first, then write the reference here. It goes into the books and into the household's file."
            ),
            "done": _("It is paid and booked. Next: the social worker asks the household."),
        },
    )


@require_POST
def payment_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    payment = load(request, Disbursement, pk, may=Permission.CONFIRM_DIRECT)
    confirm_payment(payment, by=actor_of(request))
    messages.success(request, _("The household has confirmed it."))
    return redirect(_record(payment))


@require_http_methods(["GET", "HEAD", "POST"])
def payment_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    mine = permission_among(actor_of(request), (Permission.PAY, Permission.APPROVE_SPENDING))
    payment = load(request, Disbursement, pk, may=mine)
    form = WhyForm(request.POST or None)
    return step_page(
        request,
        form,
        act=lambda: return_payment(payment, reason=form.cleaned_data["reason"], by=actor_of(request)),
        back=_record(payment),
        words={
            "heading": _("It is not paid, or came back"),
            "what": payment.allocation.what,
            "verb": _("Record it as returned"),
            "text": _(
                "The allocation stands again; a payment that was booked is reversed, and the need is open again."
            ),
            "done": _("It is recorded as returned."),
        },
    )


def _record(payment: Disbursement) -> str:
    return reverse("giving:allocation-record", args=[payment.allocation_id])
