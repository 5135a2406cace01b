"""The steps of a round: approved, packed, sent out, closed, reported, given up."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.parts import more_url
from hamafza.core.refusals import show_refusal
from hamafza.distribution.choices import EntryState
from hamafza.distribution.commands import reconcile, rounds
from hamafza.distribution.forms.round import ApproveForm, CancelForm, PackForm, ReconcileForm, ReportForm
from hamafza.distribution.models import Round
from hamafza.distribution.queries.round_figures import delivered_units
from hamafza.distribution.queries.rounds import entries_of
from hamafza.distribution.views.rounds import entry_row, head_of, log_special, record_context, rule_shown

WRONG = 422
PAGE_SIZE = 200


@require_http_methods(["GET", "HEAD", "POST"])
def round_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list with its reasons, a page after the other, and the word that freezes it."""
    found = load(request, Round, pk, may=Permission.APPROVE_ROUNDS)
    actor, form = actor_of(request), ApproveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        again = form.cleaned_data["again_reason"]
        if _done(form, lambda: rounds.approve_round(found, by=actor, again_reason=again)):
            messages.success(request, _("The list is approved and frozen; the goods are reserved. Next: packing."))
            return redirect("distribution:round-record", pk=found.pk)
        found.refresh_from_db()
    whole, after = entries_of(found).exclude(state=EntryState.RELEASED), request.GET.get("after", "")
    shown = list(whole.filter(rank__gt=int(after) if after.isdecimal() else 0)[: PAGE_SIZE + 1])
    entries = shown[:PAGE_SIZE]
    log_special(found, entries)
    context = {
        **head_of(found, actor, tab="entries"),
        "form": form,
        "rule": rule_shown(found),
        "listed_count": whole.exclude(state=EntryState.STANDBY).count(),
        "more_url": more_url(request.GET, entries[-1].rank) if len(shown) > PAGE_SIZE else "",
        "listed": [entry_row(entry) for entry in entries if entry.state != EntryState.STANDBY],
        "standby": [entry_row(entry) for entry in entries if entry.state == EntryState.STANDBY],
        "cancel_url": reverse("distribution:round-record", args=[found.pk]),
    }
    return render(request, "distribution/round_approve.html", context, status=WRONG if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def round_pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Round, pk, may=Permission.KEEP_STOCK)
    initial = {"packages": found.packed // found.per_household or found.planned}
    form = PackForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        packages = form.cleaned_data["packages"]
        if _done(form, lambda: rounds.pack_round(found, packages=packages, by=actor_of(request))):
            messages.success(request, _("The packages are counted. Next: send them out."))
            return redirect("distribution:round-record", pk=found.pk)
    context = {**_form_context(found), "form": form}
    return render(request, "distribution/round_pack.html", context, status=WRONG if form.errors else None)


@require_POST
def round_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Round, pk, may=Permission.KEEP_STOCK)
    rounds.send_out(found, by=actor_of(request))
    messages.success(request, _("The packages are on their way. Deliverers see the list now."))
    return redirect("distribution:round-record", pk=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def round_reconcile(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Round, pk, may=Permission.CONFIRM_COUNT)
    form = ReconcileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def close() -> object:
            return reconcile.reconcile_round(
                found, wasted=said["wasted"], came_back=said["came_back"], by=actor_of(request)
            )

        if _done(form, close):
            messages.success(request, _("The round is closed. Some households are called back by another office."))
            return redirect("distribution:round-record", pk=found.pk)
    delivered = delivered_units(found)
    context = {**_form_context(found), "form": form, "delivered": delivered, "left": found.packed - delivered}
    return render(request, "distribution/round_reconcile.html", context, status=WRONG if form.errors else None)


@require_POST
def round_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Round, pk, may=Permission.APPROVE_ROUNDS)
    form = ReportForm(request.POST, auto_id="report_%s")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(form, lambda: reconcile.report_round(found, by=actor_of(request), reason=reason)):
            messages.success(request, _("The report is signed."))
            return redirect("distribution:round-record", pk=found.pk)
    context = record_context(request, found, report_form=form)
    return render(request, "distribution/round_record.html", context, status=WRONG)


@require_POST
def round_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whoever draws up rounds may give up a plan, whoever approves also an approved one; the command decides."""
    approves = actor_of(request).may(Permission.APPROVE_ROUNDS)
    found = load(request, Round, pk, may=Permission.APPROVE_ROUNDS if approves else Permission.PLAN_ROUNDS)
    form = CancelForm(request.POST, auto_id="cancel_%s")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(form, lambda: rounds.cancel_round(found, reason=reason, by=actor_of(request))):
            messages.success(request, _("The round is given up; its goods and places are free again."))
            return redirect("distribution:round-record", pk=found.pk)
    context = record_context(request, found, cancel_form=form)
    return render(request, "distribution/round_record.html", context, status=WRONG)


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Whether the command did it; else its refusal stands in the form."""
    try:
        act()
    except Refusal as refusal:
        form.is_valid()
        show_refusal(form, refusal)
        return False
    return True


def _form_context(of: Round) -> dict[str, object]:
    return {"round": of, "cancel_url": reverse("distribution:round-record", args=[of.pk])}
