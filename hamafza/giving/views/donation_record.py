"""A gift's page: what it is, where it lies, its receipt, what waits to be done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core import wording
from hamafza.core.parts import Fact, Tab
from hamafza.giving.choices import (
    Attribution,
    Channel,
    DedicationKind,
    DonationState,
    GiftKind,
    Intention,
    PaymentState,
    RefundState,
)
from hamafza.giving.codes import shown_code
from hamafza.giving.forms.bank import SettleForm
from hamafza.giving.forms.donation import ReasonForm
from hamafza.giving.models import Donation, DonationLine, Payment, Receipt, Refund
from hamafza.giving.printed import trace_address
from hamafza.giving.queries.closed_wishes import closure_in_words, is_in_suspense
from hamafza.giving.queries.donations import entries_of, lines_of, payment_of
from hamafza.giving.queries.receipts import receipts_of, verification_code
from hamafza.giving.queries.refunds import refunds_of
from hamafza.giving.queries.remaining import remaining_of
from hamafza.giving.views.donation_rows import (
    PAYMENT_TONES,
    REFUND_TONES,
    TONES,
    giver_of,
    number_of,
    purpose_of,
    what_of,
)
from hamafza.ledger.choices import EntryKind, SurplusRule

UNPROCESSABLE = 422


@require_safe
def donation_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    return record_page(request, load(request, Donation, pk, may=Permission.SEE_GIVING))


@require_safe
def donation_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    donation = load(request, Donation, pk, may=Permission.SEE_GIVING)
    context = {**head_of(donation, tab="history"), "lines": history_of(donation)}
    return render(request, "giving/donation_history.html", context)


def record_page(request: HttpRequest, donation: Donation, **bound: forms.Form) -> HttpResponse:
    """The page; ``bound`` are forms of it that were wrong: ``reject_form``, ``reverse_form``, ``settle_form``."""
    actor, lines = actor_of(request), lines_of(donation)
    remaining = remaining_of(lines)
    receipts = list(receipts_of(donation))
    refunds = list(refunds_of(donation))
    payment = payment_of(donation)
    waits = bool(donation.wish_closed) and is_in_suspense(lines)
    context = {
        **head_of(donation, tab="record"),
        "facts": _facts(donation),
        "lines": [_line(donation, line, left=remaining[line.pk]) for line in lines],
        "receipts": [_receipt(one) for one in receipts],
        "refunds": [_refund(one) for one in refunds],
        "entries": [
            _entry(one) for one in entries_of([row.pk for row in (*lines, *refunds, *([payment] if payment else []))])
        ],
        "trace": shown_code(donation.trace_code),
        "trace_url": trace_address(donation.trace_code),
        "payment": _payment(payment) if payment else None,
        "next": _next(donation, waits=waits),
        "closure": closure_in_words(donation, waits=waits),
        "waits_for_word": waits,
        **_may(donation, lines, actor, left=sum(remaining[one.pk] for one in lines if one.kind == GiftKind.MONEY)),
        "reject_form": ReasonForm(prefix="reject"),
        "reverse_form": ReasonForm(prefix="reverse"),
        "settle_form": SettleForm(initial={"fee": payment.fee if payment else 0}),
        **bound,
    }
    return render(request, "giving/donation_record.html", context, status=UNPROCESSABLE if bound else None)


def head_of(donation: Donation, *, tab: str) -> dict[str, Any]:
    """What the head of each page of a gift shows."""
    pages = (("record", _("Gift"), "gift"), ("history", _("History"), "history"))
    return {
        "donation": donation,
        "number": number_of(donation),
        "giver": giver_of(donation),
        "state": DonationState(donation.state).label,
        "tone": TONES[donation.state],
        "tabs": [
            Tab(label, reverse(f"giving:donation-{name}", args=[donation.pk]), current=name == tab, icon=icon)
            for name, label, icon in pages
        ],
    }


def _may(donation: Donation, lines: list[DonationLine], actor: Actor, *, left: int) -> dict[str, bool]:
    """Which steps the page offers; the commands decide again."""

    def may(permission: Permission) -> bool:
        return actor.may(permission, donation.county_id)

    is_pending, is_in = donation.state == DonationState.PENDING, donation.state == DonationState.CONFIRMED
    is_suspended = is_in_suspense(lines)
    needs_word = bool(donation.wish_closed) and is_suspended and any(line.kind != GiftKind.MONEY for line in lines)
    is_gateway = donation.channel == Channel.GATEWAY
    return {
        "may_confirm": is_pending
        and may(Permission.CONFIRM_GIFTS)
        and donation.received_by_id != actor.user_id
        and not is_gateway
        and not needs_word,
        "may_reject": is_pending and may(Permission.CONFIRM_GIFTS),
        "may_identify": is_suspended and (is_pending or is_in) and may(Permission.CONFIRM_GIFTS),
        "may_refund": is_in and left > 0 and may(Permission.REQUEST_SPENDING),
        "may_reverse": is_in and donation.channel != Channel.DIRECT and not is_gateway and may(Permission.KEEP_LEDGER),
        "has_goods": any(line.kind == GiftKind.GOODS for line in lines),
        "may_void": is_in and may(Permission.CONFIRM_GIFTS),
        "may_settle": may(Permission.CONFIRM_GIFTS),
    }


def _next(donation: Donation, *, waits: bool) -> str:
    if waits and donation.state in (DonationState.PENDING, DonationState.CONFIRMED):
        if donation.surplus_rule == SurplusRule.RETURN:
            return _("Next: it is paid back to the giver; or the giver says that something else is wanted.")
        return _("Next: somebody asks the giver what is wanted now and writes it down.")
    if donation.state == DonationState.PENDING:
        if donation.channel == Channel.GATEWAY:
            return _("Next: the gateway says whether it was paid.")
        return _("Next: somebody else than who received it confirms it; then it is booked and the receipt issued.")
    return donation.state_reason


def _facts(donation: Donation) -> list[Fact]:
    kind = DedicationKind(donation.dedication)
    dedication = f"{kind.label} {donation.dedicated_to}" if kind != DedicationKind.NONE else ""
    facts = [
        Fact(_("Benefactor"), giver_of(donation)),
        Fact(_("To the public"), Attribution(donation.attribution).label),
        Fact(_("Received on"), wording.weekday_date(donation.received_on)),
        Fact(_("How"), Channel(donation.channel).label),
        Fact(_("Reference of the payment"), wording.code(donation.reference)),
        Fact(_("Purpose"), purpose_of(donation)),
        Fact(_("For one need"), _("yes") if donation.for_need_id else ""),
        Fact(_("Intention"), Intention(donation.intention).label),
        Fact(_("To be used until"), wording.long_date(donation.use_by) if donation.use_by else ""),
        Fact(_("If something is left"), SurplusRule(donation.surplus_rule).label),
        Fact(_("Dedication"), dedication),
        Fact(_("In the giver's own words"), donation.own_words),
        Fact(_("Received by"), donation.received_by or ""),
        Fact(_("Confirmed by"), donation.confirmed_by or ""),
    ]
    return [fact for fact in facts if fact.value]


def _line(donation: Donation, line: DonationLine, *, left: int) -> dict[str, Any]:
    is_in = donation.state == DonationState.CONFIRMED
    return {
        "what": what_of(line),
        "amount": line.amount,
        "valuation": line.valuation,
        "fund": line.fund.name,
        "left": left if is_in and line.kind == GiftKind.MONEY else None,
        "due_on": line.instalment.due_on if line.instalment else None,
        "pledge_url": reverse("giving:pledge-record", args=[line.instalment.pledge_id]) if line.instalment else "",
    }


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "number": f"{receipt.jalali_year}/{receipt.number}",
        "issued_at": receipt.issued_at,
        "url": reverse("giving:receipt-pdf", args=[receipt.pk]),
        "void_url": reverse("giving:receipt-void", args=[receipt.pk]),
        "code": verification_code(receipt),
        "void_reason": receipt.void_reason,
        "is_void": receipt.voided_at is not None,
    }


def _refund(refund: Refund) -> dict[str, Any]:
    return {
        "amount": refund.amount,
        "reason": refund.reason,
        "state": RefundState(refund.state).label,
        "tone": REFUND_TONES[refund.state],
        "at": refund.at,
    }


def _entry(entry: Any) -> dict[str, Any]:
    return {
        "number": entry.number,
        "on": entry.on,
        "kind": EntryKind(entry.kind).label,
        "description": entry.description,
    }


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "pk": payment.pk,
        "state": PaymentState(payment.state).label,
        "tone": PAYMENT_TONES[payment.state],
        "reference": payment.reference,
        "fee": payment.fee,
        "settled_at": payment.settled_at,
        "waits": payment.state == PaymentState.INITIATED,
        "settles": payment.state == PaymentState.CAPTURED and payment.settled_at is None,
    }
