"""Transfers between counties, seen from both sides; what a province allows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, admit
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import Fact
from hamafza.core.refusals import show_refusal
from hamafza.core.scope import counties
from hamafza.core.session import Scope, narrow_to
from hamafza.ledger.choices import TransferState
from hamafza.ledger.commands.transfers import (
    allow_transfers,
    approve_transfer,
    execute_transfer,
    read_consent,
    refuse_transfer,
    request_transfer,
)
from hamafza.ledger.forms.books import ReasonForm
from hamafza.ledger.forms.transfers import AllowanceForm, TransferForm
from hamafza.ledger.models import CountyTransfer
from hamafza.ledger.queries.transfers import (
    allowances_of,
    fund_name,
    province_of,
    sisters_of,
    transfer_touching,
    transfers_touching,
)
from hamafza.ledger.rules import provinces_led_by
from hamafza.ledger.views.parts import parts_of
from hamafza.ledger.views.rows import TRANSFER_TONES, transfer_rows
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.registry.forms.parts import WHOLE_MASK

#: Transfers are rare: more than this stand in no list.
MOST = 200
UNPROCESSABLE = 422
WAITING = (TransferState.REQUESTED, TransferState.APPROVED_ONCE)
REFUSABLE = (*WAITING, TransferState.APPROVED)


@require_safe
def transfer_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_LEDGER)
    with counties(sisters_of([county])):
        rows = transfer_rows(list(transfers_touching([county])[:MOST]))
    allowances = list(allowances_of([province_of(county)])[:10])
    today = clock.today()
    context = {
        "county": county,
        "county_name": county_name(county),
        "tabs": parts_of(county, "transfer-list"),
        "rows": rows,
        "count": len(rows),
        "allowances": allowances,
        "allowed": any(one.valid_from <= today <= one.valid_to for one in allowances),
        "may_request": actor.may(Permission.REQUEST_TRANSFER, county),
        "may_allow": province_of(county) in provinces_led_by(actor),
    }
    return render(request, "ledger/transfer_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def transfer_request(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.REQUEST_TRANSFER)
    form = TransferForm(request.POST or None, county=county, initial={"consent_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            transfer = request_transfer(said["fund"], wish=form.wish(), by=actor, key=said["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The request waits for two approvals."))
            return redirect("ledger:transfer-record", pk=transfer.pk)
    context = {"form": form, "county": county, "county_name": county_name(county), "cancel_url": _list_url(county)}
    return render(request, "ledger/transfer_request.html", context, status=UNPROCESSABLE if form.errors else None)


@require_safe
def transfer_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _record(request, _load(request, pk, Permission.SEE_LEDGER))


@require_POST
def transfer_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    transfer = _load(request, pk, Permission.APPROVE_TRANSFER)
    try:
        approve_transfer(transfer, by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Your approval is written down."))
    return redirect("ledger:transfer-record", pk=pk)


@require_POST
def transfer_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    transfer = _load(request, pk, Permission.APPROVE_TRANSFER)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _record(request, transfer, form=form)
    try:
        refuse_transfer(transfer, reason=form.cleaned_data["reason"], by=actor_of(request))
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _record(request, transfer, form=form)
    messages.success(request, _("The request is refused."))
    return redirect("ledger:transfer-record", pk=pk)


@require_POST
def transfer_execute(request: HttpRequest, pk: UUID) -> HttpResponse:
    transfer = _load(request, pk, Permission.PAY)
    if not actor_of(request).may(Permission.PAY, transfer.county_id):
        raise Http404
    try:
        execute_transfer(transfer, by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The transfer is booked in both counties and published."))
    return redirect("ledger:transfer-record", pk=pk)


@require_POST
def transfer_consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    transfer = _load(request, pk, Permission.APPROVE_TRANSFER)
    if not actor_of(request).may(Permission.APPROVE_TRANSFER, transfer.county_id):
        raise Http404
    value = read_consent(transfer, reason=request.POST.get("reason", ""), by=actor_of(request))
    template = "patterns/_revealed.html" if request.headers.get("HX-Request") else "registry/revealed.html"
    back_url = reverse("ledger:transfer-record", args=[pk])
    context = {"id": "consent", "value": value, "label": _("Consent of the giver"), "back_url": back_url}
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def allowance_create(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.ALLOW_TRANSFER)
    form = AllowanceForm(request.POST or None, provinces=provinces_led_by(actor))
    if request.method == "POST" and form.is_valid():
        try:
            allow_transfers(by=actor, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Counties of the province may ask for transfers now."))
            return redirect("ledger:transfer-list")
    context = {"form": form, "cancel_url": reverse("ledger:transfer-list")}
    return render(request, "ledger/allowance_create.html", context, status=UNPROCESSABLE if form.errors else None)


def _load(request: HttpRequest, pk: UUID, permission: Permission) -> CountyTransfer:
    """The transfer when the actor holds the permission on one of its sides; opens both counties; else 404."""
    actor = admit(request, permission)
    mine = actor.counties_with(permission)
    narrow_to(Scope(sisters_of(mine)))
    transfer = transfer_touching(pk, mine)
    if transfer is None:
        raise Http404
    narrow_to(Scope(frozenset({transfer.county_id, transfer.to_county_id})))
    return transfer


def _record(request: HttpRequest, transfer: CountyTransfer, *, form: ReasonForm | None = None) -> HttpResponse:
    actor, state = actor_of(request), TransferState(transfer.state)
    decides = any(actor.may(Permission.APPROVE_TRANSFER, side) for side in (transfer.county_id, transfer.to_county_id))
    earlier = {transfer.requested_by_id, transfer.first_by_id, transfer.second_by_id}
    context: dict[str, Any] = {
        "transfer": transfer,
        "state": state.label,
        "tone": TRANSFER_TONES[state],
        "facts": _facts(transfer, actor),
        "entries": _entries(transfer, actor),
        "may_approve": state in WAITING and decides and actor.user_id not in earlier,
        "refuse_form": (form or ReasonForm()) if state in REFUSABLE and decides else None,
        "may_execute": state == TransferState.APPROVED
        and actor.may(Permission.PAY, transfer.county_id)
        and actor.user_id not in earlier,
    }
    return render(request, "ledger/transfer_record.html", context, status=UNPROCESSABLE if form else None)


def _facts(transfer: CountyTransfer, actor: Actor) -> list[Fact]:
    people = [
        (_("Asked for by"), transfer.requested_by),
        (_("First approval"), transfer.first_by),
        (_("Second approval"), transfer.second_by),
        (_("Refused by"), transfer.refused_by),
    ]
    found = [
        Fact(_("From the fund"), transfer.from_fund.name),
        Fact(_("To the fund"), fund_name(transfer.to_fund)),
        Fact(_("Reason"), transfer.reason),
        Fact(_("Date of the consent"), wording.long_date(transfer.consent_on)),
        *(Fact(label, who.full_name) for label, who in people if who),
    ]
    if actor.may(Permission.APPROVE_TRANSFER, transfer.county_id):
        url = reverse("ledger:transfer-consent", args=[transfer.pk])
        found.append(Fact(_("Consent of the giver"), WHOLE_MASK, id="consent", masked_url=url))
    if transfer.refusal:
        found.append(Fact(_("Why not"), transfer.refusal))
    return [*found, Fact(_("Legal basis"), transfer.allowance.basis)]


def _entries(transfer: CountyTransfer, actor: Actor) -> list[tuple[str, str]]:
    """The two entries: of each county its name, and the address for those who see its books."""
    sides = ((transfer.county, transfer.entry_out), (transfer.to_county, transfer.entry_in))
    return [
        (
            county.name,
            reverse("ledger:entry-record", args=[entry]) if actor.may(Permission.SEE_LEDGER, county.code) else "",
        )
        for county, entry in sides
        if entry is not None
    ]


def _list_url(county: str) -> str:
    return f"{reverse('ledger:transfer-list')}?{urlencode({'county': county})}"
