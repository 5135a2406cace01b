"""A need's page and its forms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core import wording
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.parts import Entry, Fact, Tab
from hamafza.core.refusals import show_refusal
from hamafza.needs.choices import STANDING_STATES, Domain, NeedState, Severity, Source
from hamafza.needs.commands.need import (
    MAY_EDIT,
    approve_need,
    close_need,
    edit_need,
    may_step,
    record_delivery,
    state_need,
)
from hamafza.needs.commands.reveal import reveal_note
from hamafza.needs.flow import APPROVAL_STATES
from hamafza.needs.forms.conflict import differences
from hamafza.needs.forms.need import CloseForm, DeliveryForm, NeedForm, initial_of
from hamafza.needs.models import Need
from hamafza.needs.priority import score_on
from hamafza.needs.queries.needs import present_persons, steps_of
from hamafza.needs.words import TONES, parts_shown, reason_shown, waiting_shown
from hamafza.registry.models import Household

WRONG, CONFLICT = 422, 409


@require_safe
def need_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    need = load(request, Need, pk, may=Permission.SEE_CLIENTS)
    return _record(request, need)


@require_safe
def need_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    need = load(request, Need, pk, may=Permission.SEE_CLIENTS)
    context = {**_head(need, tab="history"), "lines": history_of(need)}
    return render(request, "needs/need_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def need_create(request: HttpRequest, household: UUID) -> HttpResponse:
    home = load(request, Household, household, may=Permission.EDIT_NEEDS)
    actor, persons = actor_of(request), present_persons(home.pk)
    may_open = actor.may(Permission.APPROVE_NEEDS, home.county_id)
    initial = {
        "since": timezone.localdate(),
        "person": request.GET.get("person") or home.head_id,
        "domain": request.GET.get("domain"),
    }
    form = NeedForm(request.POST or None, persons=persons, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            need = state_need(
                home,
                domain=form.cleaned_data["domain"],
                person=form.cleaned_data["person"],
                details=form.details(),
                by=actor,
                open_now=may_open and "draft" not in request.POST,
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _created(need))
            return redirect("needs:need-record", pk=need.pk)
    context = {"form": form, "household": home, "may_open": may_open, "cancel_url": _household_url(home)}
    return render(request, "needs/need_create.html", context, status=WRONG if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def need_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    need = load(request, Need, pk, may=Permission.EDIT_NEEDS)
    form = NeedForm(
        request.POST or None,
        persons=present_persons(need.household_id),
        initial=initial_of(need),
        stored_note=bool(need.__dict__.get("note")),
        fixed=True,
    )
    context: dict[str, Any] = {"form": form, "need": need, "cancel_url": reverse("needs:need-record", args=[need.pk])}
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            kept = "" if form.cleaned_data["note"] else need.note
            edit_need(
                need,
                details=form.details(kept_note=kept),
                by=actor_of(request),
                version=form.cleaned_data["version"] or 0,
            )
        except StaleVersion as stale:
            form = _again(request, need)
            form.add_error(None, stale.message)
            context |= {"form": form, "differences": differences(form, initial_of(need))}
            status = CONFLICT
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The need is saved, with its new score."))
            return redirect("needs:need-record", pk=need.pk)
    return render(request, "needs/need_edit.html", context, status=status or (WRONG if form.errors else None))


@require_POST
def need_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    need = load(request, Need, pk, may=Permission.APPROVE_NEEDS)
    approve_need(need, by=actor_of(request))
    messages.success(request, _("The need is approved and open. It stands in the lists now."))
    return redirect("needs:need-record", pk=need.pk)


@require_POST
def need_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    need = load(request, Need, pk, may=Permission.EDIT_NEEDS)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _record(request, need, close_form=form)
    close_need(need, reason=form.cleaned_data["reason"], by=actor_of(request))
    messages.success(request, _("The need is closed."))
    return redirect("needs:need-record", pk=need.pk)


@require_POST
def need_deliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    need = load(request, Need, pk, may=Permission.EDIT_NEEDS)
    form = DeliveryForm(request.POST)
    if form.is_valid():
        try:
            record_delivery(need, by=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The delivery is recorded."))
            return redirect("needs:need-record", pk=need.pk)
    return _record(request, need, delivery_form=form)


@require_POST
def need_reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    need = load(request, Need, pk, may=Permission.REVEAL_IDENTITY)
    note = reveal_note(need, reason=request.POST.get("reason", ""), by=actor_of(request))
    if request.headers.get("HX-Request"):
        return render(request, "needs/_note_shown.html", {"id": "need-note", "value": note})
    return _record(request, need, note=note)


def _record(
    request: HttpRequest,
    need: Need,
    *,
    close_form: CloseForm | None = None,
    delivery_form: DeliveryForm | None = None,
    note: str = "",
) -> HttpResponse:
    actor, on = actor_of(request), timezone.localdate()
    may_edit = actor.may(Permission.EDIT_NEEDS, need.county_id)
    context = {
        **_head(need, tab="record"),
        "next": _next_step(need, actor),
        "facts": _facts(need),
        "has_note": bool(need.__dict__.get("note")),
        "note": note,
        "parts": parts_shown(need.score_parts),
        "waiting": waiting_shown(need.since, on),
        "score": score_on(need.score_base, need.since, on),
        "today": on,
        "entries": _entries(need),
        "may_approve": need.state in APPROVAL_STATES and actor.may(Permission.APPROVE_NEEDS, need.county_id),
        "may_edit": may_edit and need.state in MAY_EDIT,
        "may_reveal": actor.may(Permission.REVEAL_IDENTITY, need.county_id),
        "close_form": (close_form or CloseForm(auto_id="close_%s"))
        if may_edit and may_step(need, NeedState.CLOSED)
        else None,
        "delivery_form": (delivery_form or DeliveryForm(auto_id="delivery_%s"))
        if may_edit and need.state in STANDING_STATES
        else None,
        "may_assess": may_edit,
    }
    wrong = (close_form and close_form.errors) or (delivery_form and delivery_form.errors)
    return render(request, "needs/need_record.html", context, status=WRONG if wrong else None)


def _head(need: Need, *, tab: str) -> dict[str, Any]:
    """What the head of each page of a need shows."""
    pages = (("record", _("Need"), "target-arrow"), ("history", _("History"), "history"))
    return {
        "need": need,
        "owner": need.person or need.household.head,
        "household": need.household,
        "domain": Domain(need.domain).label,
        "state": NeedState(need.state).label,
        "tone": TONES[need.state],
        "severity": Severity(need.severity).label,
        "tabs": [
            Tab(label, reverse(f"needs:need-{name}", args=[need.pk]), current=name == tab, icon=icon)
            for name, label, icon in pages
        ],
    }


def _next_step(need: Need, actor: Actor) -> str:
    if need.state in APPROVAL_STATES:
        return _("Next: the head of the office approves it.")
    if need.state == NeedState.EXPIRED:
        return _("Next: assess the household anew.")
    if need.state in STANDING_STATES and need.valid_to:
        return _("Somebody is waiting. To be assessed anew by %(day)s.") % {"day": wording.long_date(need.valid_to)}
    return ""


def _facts(need: Need) -> list[Fact]:
    def number(value: int | None) -> str:
        return "" if value is None else wording.number(value)

    unit = f" {need.unit}" if need.unit else ""
    return [
        Fact(_("What is needed"), need.item),
        Fact(_("Quantity required"), number(need.required) + unit),
        Fact(_("Promised"), number(need.reserved)),
        Fact(_("Delivered"), number(need.delivered)),
        Fact(
            _("Estimated cost"),
            _("%(amount)s rials") % {"amount": number(need.estimated_rial)} if need.estimated_rial is not None else "",
        ),
        Fact(_("Needed since"), wording.long_date(need.since)),
        Fact(_("Valid until"), wording.long_date(need.valid_to) if need.valid_to else ""),
        Fact(_("Source"), Source(need.source).label),
        Fact(_("District"), need.district.name if need.district else ""),
        Fact(_("Income decile"), number(need.decile)),
    ]


def _entries(need: Need) -> list[Entry]:
    stated = Entry(
        _("The need was stated (%(source)s).") % {"source": Source(need.source).label},
        need.created_at,
        str(need.created_by or _("the system")),
        "plus",
    )
    return [
        *(
            Entry(
                _sentence(step.before, step.after, step.reason), step.at, str(step.by or _("the system")), "arrow-left"
            )
            for step in steps_of(need)
        ),
        stated,
    ]


def _sentence(before: str, after: str, reason: str) -> str:
    change = {"before": NeedState(before).label, "after": NeedState(after).label}
    if not reason:
        return _("From “%(before)s” to “%(after)s”.") % change
    return _("From “%(before)s” to “%(after)s”: %(reason)s") % {**change, "reason": reason_shown(reason)}


def _again(request: HttpRequest, need: Need) -> NeedForm:
    """What was typed, with the version as it is now: saving again then overwrites knowingly."""
    typed = request.POST.copy()
    typed["version"] = str(need.version)
    form = NeedForm(
        typed,
        persons=present_persons(need.household_id),
        initial=initial_of(need),
        stored_note=bool(need.__dict__.get("note")),
        fixed=True,
    )
    form.is_valid()
    return form


def _created(need: Need) -> str:
    if need.state == NeedState.OPEN:
        return _("The need is open and stands in the lists.")
    return _("The need is written down. Next: the head of the office approves it.")


def _household_url(household: Household) -> str:
    return reverse("registry:household-record", args=[household.pk])
