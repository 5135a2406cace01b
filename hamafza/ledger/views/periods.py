"""Months of the books: closed in two steps, reopened by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.ledger.choices import PeriodState
from hamafza.ledger.commands.periods import begin_closing, close_month, reopen_month, stop_closing
from hamafza.ledger.forms.books import ReasonForm
from hamafza.ledger.models import FiscalPeriod
from hamafza.ledger.queries.lists import entries_by_period, periods_of
from hamafza.ledger.views.parts import parts_of
from hamafza.ledger.views.rows import PERIOD_TONES
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

UNPROCESSABLE = 422
#: Steps without a form, and what is said when they are done.
STEPS: dict[str, tuple[Callable[..., FiscalPeriod], Any]] = {
    "begin": (
        begin_closing,
        gettext_lazy("From now on only reversals are dated in this month. Look it through, then close it."),
    ),
    "stop": (stop_closing, gettext_lazy("The month takes entries again.")),
    "close": (close_month, gettext_lazy("The month is closed.")),
}


@require_safe
def period_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_LEDGER)
    counted = entries_by_period(county)
    periods = list(periods_of(county))
    context = {
        "county": county,
        "county_name": county_name(county),
        "tabs": parts_of(county, "period-list"),
        "rows": [_row(period, counted[period.pk], actor) for period in periods],
        "count": len(periods),
    }
    return render(request, "ledger/period_list.html", context)


@require_POST
def period_step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    period = load(request, FiscalPeriod, pk, may=Permission.KEEP_LEDGER)
    if step not in STEPS:
        raise Http404
    act, said = STEPS[step]
    try:
        act(period, by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(_list_url(period.county_id))


@require_http_methods(["GET", "HEAD", "POST"])
def period_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    period = load(request, FiscalPeriod, pk, may=Permission.REOPEN_LEDGER)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_month(period, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The month is open again."))
            return redirect(_list_url(period.county_id))
    context = {
        "form": form,
        "period": period,
        "county_name": county_name(period.county_id),
        "cancel_url": _list_url(period.county_id),
    }
    return render(request, "ledger/period_reopen.html", context, status=UNPROCESSABLE if form.errors else None)


def _row(period: FiscalPeriod, entries: int, actor: Actor) -> dict[str, Any]:
    keeps = actor.may(Permission.KEEP_LEDGER, period.county_id)
    return {
        "period": period,
        "entries": entries,
        "state": PeriodState(period.state).label,
        "tone": PERIOD_TONES[period.state],
        "may_begin": keeps and period.state == PeriodState.OPEN and period.ends_on < clock.today(),
        "may_close": keeps and period.state == PeriodState.CLOSING,
        "may_reopen": period.state == PeriodState.CLOSED
        and actor.may(Permission.REOPEN_LEDGER, period.county_id)
        and period.closed_by_id != actor.user_id,
    }


def _list_url(county: str) -> str:
    return f"{reverse('ledger:period-list')}?{urlencode({'county': county})}"
