"""Giving through the gateway: the form, the way back, the test gateway's own page, and the office's steps."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.core.scope import counties
from hamafza.giving.choices import Channel, GiftKind, Intention, PaymentState
from hamafza.giving.codes import shown_code
from hamafza.giving.commands.payments import answer_payment, begin_payment, settle_payment
from hamafza.giving.forms.bank import OnlineForm, SettleForm
from hamafza.giving.gateways import gateway
from hamafza.giving.gateways.test import decide
from hamafza.giving.gift import Gift, GiftLine, Wish
from hamafza.giving.models import Payment
from hamafza.giving.queries.benefactors import benefactor_of
from hamafza.giving.queries.payments import payment_by_token
from hamafza.giving.views.donation_record import record_page
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def payment_begin(request: HttpRequest) -> HttpResponse:
    """A signed-in benefactor gives in her own name."""
    actor, county = admit_county(request, Permission.GIVE)
    giver = benefactor_of(actor.user_id, county) if actor.user_id else None
    if giver is None:
        raise Refusal(
            _("Your sign-in does not belong to a benefactor of this county. Ask the office to set it right."),
            code="no_benefactor",
        )
    form = OnlineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        gift = Gift(
            channel=Channel.GATEWAY,
            lines=[GiftLine(kind=GiftKind.MONEY, amount=said["amount"])],
            benefactor=giver,
            wish=Wish(intention=Intention(said["intention"]), purpose=said["purpose"]),
        )
        try:
            payment = begin_payment(county, gift=gift, by=actor, key=said["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            used = gateway()
            back = request.build_absolute_uri(reverse("giving:payment-return", args=[county, payment.token]))
            return redirect(used.begin(payment, return_url=back) if used else back)
    context = {"form": form, "county_name": county_name(county), "is_open": gateway() is not None}
    return render(request, "giving/payment_begin.html", context, status=UNPROCESSABLE if form.errors else None)


@login_not_required
@require_safe
def payment_return(request: HttpRequest, county: str, token: str) -> HttpResponse:
    """Where the gateway sends the giver back to, signed in or not; what the address claims is not believed.

    The token is the only key, and nothing of anybody is shown: amount, state, and the trace code to follow it.
    """
    with counties([county]):
        payment = payment_by_token(county, token)
        if payment is None:
            raise Http404
        payment = answer_payment(payment)
        context = {
            "paid": payment.state == PaymentState.CAPTURED,
            "failed": payment.state == PaymentState.FAILED,
            "amount": payment.amount,
            "code": shown_code(payment.donation.trace_code),
            "again_url": reverse("giving:payment-return", args=[county, token]),
        }
        return render(request, "giving/payment_return.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def gateway_test(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the test gateway: approve or decline. There is none unless ``HAMAFZA_DEBUG`` is set."""
    if request.method == "POST" and not settings.DEBUG:
        raise Refusal(_("The test gateway is for trials only."), code="no_gateway")
    amount, back = request.GET.get("amount", ""), request.GET.get("back", "")
    if not settings.DEBUG or not amount.isascii() or not amount.isdigit() or len(amount) > 17:
        raise Http404
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        raise Http404
    if request.method == "POST":
        decide(token, amount=int(amount), paid="approve" in request.POST)
        return redirect(back)
    return render(request, "giving/gateway_test.html", {"amount": int(amount)})


@require_POST
def payment_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    payment = load(request, Payment, pk, may=Permission.CONFIRM_GIFTS)
    answered = answer_payment(payment)
    if answered.state == PaymentState.INITIATED:
        messages.info(request, _("The gateway has no answer yet. Ask again later."))
    return redirect("giving:donation-record", pk=payment.donation_id)


@require_POST
def payment_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    payment = load(request, Payment, pk, may=Permission.CONFIRM_GIFTS)
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            settle_payment(payment, fee=form.cleaned_data["fee"] or 0, by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The payment has reached the bank, less the fee."))
            return redirect("giving:donation-record", pk=payment.donation_id)
    return record_page(request, payment.donation, settle_form=form)
