"""What is done with a gift: confirmed, rejected, reversed, identified, paid back; its receipts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load, require
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.documents.pdf import pdf_download
from hamafza.giving.choices import GiftKind, ReceiptKind
from hamafza.giving.commands.donations import confirm_donation, reject_donation, reverse_donation
from hamafza.giving.commands.identify import identify_donation, place_as_told
from hamafza.giving.commands.receipts import issue_annual, issue_receipt, void_receipt
from hamafza.giving.commands.refunds import request_refund
from hamafza.giving.forms.donation import IdentifyForm, ReasonForm, RefundForm
from hamafza.giving.models import Benefactor, Donation, Receipt
from hamafza.giving.queries.closed_wishes import closure_in_words, waits_for_word
from hamafza.giving.queries.donations import lines_of
from hamafza.giving.queries.receipts import receipt_pdf
from hamafza.giving.queries.remaining import remaining_of
from hamafza.giving.views.donation_record import head_of, record_page
from hamafza.giving.views.donation_rows import what_of

UNPROCESSABLE = 422


@require_POST
def donation_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    donation = load(request, Donation, pk, may=Permission.CONFIRM_GIFTS)
    confirm_donation(donation, by=actor_of(request))
    messages.success(request, _("The gift is confirmed and booked. Its receipt is ready."))
    if request.POST.get("queue"):
        return redirect(f"{reverse('giving:donation-pending')}?county={donation.county_id}")
    return redirect("giving:donation-record", pk=pk)


@require_POST
def donation_reject(request: HttpRequest, pk: UUID) -> HttpResponse:
    donation = load(request, Donation, pk, may=Permission.CONFIRM_GIFTS)
    form = ReasonForm(request.POST, prefix="reject")
    if form.is_valid():
        try:
            reject_donation(donation, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The gift is rejected; nothing was booked."))
            return redirect("giving:donation-record", pk=pk)
    return record_page(request, donation, reject_form=form)


@require_POST
def donation_reverse(request: HttpRequest, pk: UUID) -> HttpResponse:
    donation = load(request, Donation, pk, may=Permission.KEEP_LEDGER)
    form = ReasonForm(request.POST, prefix="reverse")
    if form.is_valid():
        try:
            reverse_donation(donation, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The gift is reversed in the books and its receipt is void."))
            return redirect("giving:donation-record", pk=pk)
    return record_page(request, donation, reverse_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def donation_identify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of an instalment whose purpose was over, the giver is known: what she says is written down."""
    donation = load(request, Donation, pk, may=Permission.CONFIRM_GIFTS)
    known = donation.benefactor if donation.wish_closed else None
    form = IdentifyForm(request.POST or None, county=donation.county_id, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            if known is not None:
                place_as_told(donation, wish=form.wish(), by=actor_of(request))
            else:
                identify_donation(donation, benefactor=form.benefactor, wish=form.wish(), by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The gift is identified and lies in the fund its giver meant."))
            return redirect("giving:donation-record", pk=pk)
    context = {
        **head_of(donation, tab="record"),
        "form": form,
        "known": known,
        "closure": closure_in_words(donation, waits=waits_for_word(donation)),
        "cancel_url": reverse("giving:donation-record", args=[pk]),
    }
    return render(request, "giving/donation_identify.html", context, status=UNPROCESSABLE if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def refund_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of the gift's line of money that has most left."""
    donation = load(request, Donation, pk, may=Permission.REQUEST_SPENDING)
    require(actor_of(request), Permission.SEE_GIVING, place=donation.county_id)
    lines = [line for line in lines_of(donation) if line.kind == GiftKind.MONEY]
    if not lines:
        raise Http404
    remaining = remaining_of(lines)
    line = max(lines, key=lambda one: remaining[one.pk])
    form = RefundForm(request.POST or None, initial={"amount": remaining[line.pk]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            request_refund(line, amount=said["amount"], reason=said["reason"], by=actor_of(request), key=said["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The refund is asked for. Next: the head of the office approves it."))
            return redirect("giving:donation-record", pk=pk)
    context = {
        **head_of(donation, tab="record"),
        "form": form,
        "what": what_of(line),
        "left": remaining[line.pk],
        "cancel_url": reverse("giving:donation-record", args=[pk]),
    }
    return render(request, "giving/refund_request.html", context, status=UNPROCESSABLE if form.errors else None)


@require_safe
def receipt_download(request: HttpRequest, pk: UUID) -> HttpResponse:
    receipt = load(request, Receipt, pk, may=Permission.SEE_GIVING)
    return _download(receipt)


@require_POST
def receipt_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Void it and issue the next one at once: a gift in the books always has one that stands."""
    receipt = load(request, Receipt, pk, may=Permission.CONFIRM_GIFTS)
    donation = receipt.donation
    if donation is None or receipt.kind != ReceiptKind.EACH:
        raise Http404
    void_receipt(receipt, reason=request.POST.get("reason", "").strip(), by=actor_of(request))
    issue_receipt(donation, by=actor_of(request))
    messages.success(request, _("The receipt is void; a new one is issued in its place."))
    return redirect("giving:donation-record", pk=donation.pk)


@require_POST
def annual_statement(request: HttpRequest, pk: UUID, year: int) -> HttpResponse:
    benefactor = load(request, Benefactor, pk, may=Permission.CONFIRM_GIFTS)
    return _download(issue_annual(benefactor, year=year, by=actor_of(request)))


def _download(receipt: Receipt) -> HttpResponse:
    name = "receipt" if receipt.kind == ReceiptKind.EACH else "statement"
    return pdf_download(receipt_pdf(receipt), name=f"{name}-{receipt.jalali_year}-{receipt.number}")
