"""What a fund is spent on: the list, the form, the page of one, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import Fact, Tab, active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.core.templatetags.hamafza import rial
from hamafza.giving.choices import AllocationState
from hamafza.giving.commands.allocations import (
    approve_allocation,
    cancel_allocation,
    propose_allocation,
    release_allocation,
)
from hamafza.giving.forms.spending import AllocationFilterForm, AllocationForm, WhyForm
from hamafza.giving.models import Allocation, Disbursement, GiftUse
from hamafza.giving.queries.allocations import allocations_of, disbursements_of_allocation, left_of, need_in
from hamafza.giving.queries.uses import covered_by_gifts, uses_of
from hamafza.giving.rules import permission_among
from hamafza.giving.spending_rights import SPENDING_READERS
from hamafza.giving.views.spending_exports import exports_of
from hamafza.giving.views.spending_rows import (
    ALLOCATION_TONES,
    allocation_row,
    domain_label,
    page_after,
    payment_row,
)
from hamafza.needs.models import Need
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.lists import count_capped

WRONG = 422


@require_safe
def allocation_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, permission_among(actor_of(request), SPENDING_READERS))
    form = AllocationFilterForm(request.GET)
    found = allocations_of(county, state=form.cleaned_data["state"] if form.is_valid() else "")
    count, capped = count_capped(found)
    page, place = page_after(found, request.GET.get("after", ""))
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [allocation_row(one) for one in page],
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, place) if place else "",
        "exports": exports_of(request, "allocation-list"),
        "may_propose": actor.may(Permission.REQUEST_SPENDING, county),
    }
    return render(request, "giving/allocation_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def allocation_create(request: HttpRequest) -> HttpResponse:
    """``need`` in the address: for that need; else for a purpose."""
    actor, county = admit_county(request, Permission.REQUEST_SPENDING)
    need = _named_need(request, county)
    form = AllocationForm(request.POST or None, county=county, need=need, initial=_initial(need))
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_allocation(
                form.chosen_fund(), need=need, by=actor, key=form.cleaned_data["key"], **form.asked()
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is proposed. Next: the head of the office approves it."))
            return redirect("giving:allocation-record", pk=made.pk)
    context = {
        "form": form,
        "need": need,
        "sees_clients": actor.may(Permission.SEE_CLIENTS, county),
        "domain": domain_label(need.domain) if need else "",
        "county": county,
        "county_name": county_name(county),
        "cancel_url": f"{reverse('giving:allocation-list')}?{urlencode({'county': county})}",
    }
    return render(request, "giving/allocation_create.html", context, status=WRONG if form.errors else None)


@require_safe
def allocation_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    allocation = load(request, Allocation, pk, may=permission_among(actor_of(request), SPENDING_READERS))
    actor = actor_of(request)
    county, state = allocation.county_id, allocation.state
    covered = covered_by_gifts(allocation)
    due = allocation.amount - allocation.released_rial
    approves = actor.may(Permission.APPROVE_SPENDING, county)
    context = {
        **head_of(allocation, tab="record"),
        "facts": _facts(allocation),
        "payments": [payment_row(one, actor) for one in disbursements_of_allocation(allocation)],
        "uses": [_use(use) for use in uses_of(allocation)],
        "not_of_gifts": due - covered if covered < due and state in _DECIDED else 0,
        "left": left_of(allocation) if state in _DECIDED else None,
        "next": _next_step(allocation),
        "need_url": _need_url(allocation.need) if actor.may(Permission.SEE_CLIENTS, county) else "",
        "may_approve": approves and state == AllocationState.PROPOSED and allocation.requested_by_id != actor.user_id,
        "may_cancel": state == AllocationState.PROPOSED
        and (approves or actor.may(Permission.REQUEST_SPENDING, county)),
        "may_release": approves and state == AllocationState.APPROVED,
        "may_ask": state == AllocationState.APPROVED
        and actor.may(Permission.REQUEST_SPENDING, county)
        and left_of(allocation) > 0,
    }
    return render(request, "giving/allocation_record.html", context)


@require_safe
def allocation_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    allocation = load(request, Allocation, pk, may=permission_among(actor_of(request), SPENDING_READERS))
    payments = list(disbursements_of_allocation(allocation).values_list("pk", flat=True))
    lines = history_of(allocation, related=[(Disbursement, payments)])
    return render(request, "giving/allocation_history.html", {**head_of(allocation, tab="history"), "lines": lines})


@require_POST
def allocation_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    allocation = load(request, Allocation, pk, may=Permission.APPROVE_SPENDING)
    approve_allocation(allocation, by=actor_of(request))
    messages.success(request, _("It is approved: the money is committed. Next: ask for the payment."))
    return redirect("giving:allocation-record", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def allocation_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    mine = permission_among(actor_of(request), (Permission.APPROVE_SPENDING, Permission.REQUEST_SPENDING))
    allocation = load(request, Allocation, pk, may=mine)
    form = WhyForm(request.POST or None)
    return step_page(
        request,
        form,
        act=lambda: cancel_allocation(allocation, reason=form.cleaned_data["reason"], by=actor_of(request)),
        back=reverse("giving:allocation-record", args=[pk]),
        words={
            "heading": _("Drop the proposal"),
            "what": allocation.what,
            "verb": _("Drop it"),
            "text": _("Nothing is committed yet; the money stays free."),
            "done": _("The proposal is dropped."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def allocation_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    allocation = load(request, Allocation, pk, may=Permission.APPROVE_SPENDING)
    form = WhyForm(request.POST or None)
    return step_page(
        request,
        form,
        act=lambda: release_allocation(allocation, reason=form.cleaned_data["reason"], by=actor_of(request)),
        back=reverse("giving:allocation-record", args=[pk]),
        words={
            "heading": _("Give back to the fund"),
            "what": allocation.what,
            "verb": _("Give back"),
            "text": _("What is not spent is free again in its fund, and so are the units of the need."),
            "done": _("What was not spent is back in the fund."),
        },
    )


def step_page(
    request: HttpRequest, form: forms.Form, *, act: Callable[[], object], back: str, words: dict[str, str]
) -> HttpResponse:
    """A step that needs a word: ask for it, take the step, go back to the record."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, words["done"])
            return redirect(back)
    context = {"form": form, "cancel_url": back, **words}
    return render(request, "giving/spending_step.html", context, status=WRONG if form.errors else None)


def head_of(allocation: Allocation, *, tab: str) -> dict[str, Any]:
    """What the head of each page of an allocation shows."""
    pages = (("record", _("Allocation"), "wallet"), ("history", _("History"), "history"))
    return {
        "allocation": allocation,
        "fund_name": allocation.fund.name,
        "state": AllocationState(allocation.state).label,
        "tone": ALLOCATION_TONES[allocation.state],
        "tabs": [
            Tab(label, reverse(f"giving:allocation-{name}", args=[allocation.pk]), current=name == tab, icon=icon)
            for name, label, icon in pages
        ],
    }


_DECIDED = frozenset({AllocationState.APPROVED, AllocationState.SPENT, AllocationState.RELEASED})


def _facts(allocation: Allocation) -> list[Fact]:
    facts = [
        Fact(_("Fund"), allocation.fund.name),
        Fact(_("Purpose"), domain_label(allocation.purpose)),
        Fact(_("Amount"), rial(allocation.amount)),
    ]
    if allocation.need_id:
        facts.append(Fact(_("Units of the need"), wording.number(allocation.units)))
    facts += [
        Fact(_("Asked for by"), f"{allocation.requested_by or ''}"),
        Fact(_("Approved by"), f"{allocation.approved_by or ''}"),
        Fact(
            _("Approved on"),
            wording.long_date(wording.day_of(allocation.approved_at)) if allocation.approved_at else "",
        ),
    ]
    if allocation.released_rial:
        facts.append(Fact(_("Given back to the fund"), rial(allocation.released_rial)))
    more = (
        (_("Reason of the surplus"), allocation.surplus_reason),
        (_("Reason of giving again"), allocation.again_reason),
    )
    facts += [Fact(label, text) for label, text in (*more, (_("Reason"), allocation.reason)) if text]
    return facts


def _use(use: GiftUse) -> dict[str, Any]:
    gift = use.line.donation
    return {"number": f"{gift.jalali_year}/{gift.number}", "amount": use.amount, "on": gift.received_on, "at": use.at}


def _next_step(allocation: Allocation) -> str:
    if allocation.state == AllocationState.PROPOSED:
        return _("Next: the head of the office approves it.")
    if allocation.state == AllocationState.APPROVED:
        return _("Next: the payment is asked for, approved and paid by three pairs of hands.")
    return ""


def _need_url(need: Need | None) -> str:
    return reverse("needs:need-record", args=[need.pk]) if need else ""


def _initial(need: Need | None) -> dict[str, Any]:
    if need is None:
        return {}
    return {"what": need.item or domain_label(need.domain), "amount": need.estimated_rial}


def _named_need(request: HttpRequest, county: str) -> Need | None:
    if "need" not in request.GET:
        return None
    try:
        need = need_in(county, UUID(request.GET["need"]))
    except (ValueError, ValidationError) as nonsense:
        raise Http404 from nonsense
    if need is None:
        raise Http404
    return need
