"""Funds of a county: the list, a fund's page with its history, and moves to another fund."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import Fact, Tab, Text, active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.ledger.choices import Account, Restriction, SurplusRule
from hamafza.ledger.commands.moves import move_between_funds
from hamafza.ledger.forms.books import FundFilterForm, MoveForm, ReasonForm
from hamafza.ledger.models import Fund
from hamafza.ledger.queries.funds import balances_of
from hamafza.ledger.queries.lists import count_capped, funds_in, newest_entries, sums_by_fund, sums_of, waiting_moves
from hamafza.ledger.views.parts import parts_of
from hamafza.ledger.views.rows import entry_rows, fund_rows
from hamafza.needs.choices import Domain
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.registry.choices import TargetGroup
from hamafza.registry.queries.keyset import cursor_of, rows_after

PAGE = 50
UNPROCESSABLE = 422


@require_safe
def fund_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.SEE_LEDGER)
    form = FundFilterForm(request.GET)
    found = funds_in(county, form.filters())
    count, capped = count_capped(found)
    shown = list(rows_after(found, field="name", falling=False, cursor=request.GET.get("after", ""))[: PAGE + 1])
    page = shown[:PAGE]
    context = {
        "county": county,
        "county_name": county_name(county),
        "tabs": parts_of(county, "fund-list"),
        "rows": fund_rows(page),
        "count": count,
        "capped": capped,
        "sums": sums_of(found),
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, cursor_of(page[-1].name, page[-1].pk)) if len(shown) > PAGE else "",
    }
    return render(request, "ledger/fund_list.html", context)


@require_safe
def fund_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    fund = load(request, Fund, pk, may=Permission.SEE_LEDGER)
    balances = balances_of([fund.pk])[fund.pk]
    context = {
        **_head(fund, tab="record"),
        "sums": sums_by_fund([fund.pk])[fund.pk],
        "facts": _facts(fund),
        "balances": [_balance(account, balances[account]) for account in sorted(balances)],
        "entries": entry_rows(newest_entries(fund)),
        "journal_url": f"{reverse('ledger:entry-list')}?{urlencode({'county': fund.county_id, 'fund': fund.pk})}",
        "moves": [(move, ReasonForm(auto_id=f"id_{move.pk}_%s")) for move in waiting_moves(fund)],
        "may_decide": actor_of(request).may(Permission.APPROVE_SPENDING, fund.county_id),
        "user": actor_of(request).user_id,
        "may_move": actor_of(request).may(Permission.KEEP_LEDGER, fund.county_id),
    }
    return render(request, "ledger/fund_record.html", context)


@require_safe
def fund_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    fund = load(request, Fund, pk, may=Permission.SEE_LEDGER)
    return render(request, "ledger/fund_history.html", {**_head(fund, tab="history"), "lines": history_of(fund)})


@require_http_methods(["GET", "HEAD", "POST"])
def fund_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    fund = load(request, Fund, pk, may=Permission.KEEP_LEDGER)
    form = MoveForm(request.POST or None, source=fund)
    if request.method == "POST" and form.is_valid():
        try:
            move = move_between_funds(fund, by=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            if move.entry is None:
                messages.success(request, _("The transfer between the two funds waits for a second person."))
                return redirect("ledger:fund-record", pk=fund.pk)
            messages.success(request, _("The transfer between the two funds is booked."))
            return redirect("ledger:entry-record", pk=move.entry)
    context: dict[str, Any] = {
        "form": form,
        "fund": fund,
        "free": sums_by_fund([fund.pk])[fund.pk].free,
        "cancel_url": reverse("ledger:fund-record", args=[fund.pk]),
    }
    return render(request, "ledger/fund_move.html", context, status=UNPROCESSABLE if form.errors else None)


def _head(fund: Fund, *, tab: str) -> dict[str, Any]:
    return {
        "fund": fund,
        "county_name": county_name(fund.county_id),
        "restriction": Restriction(fund.restriction).label,
        "tabs": [
            Tab(_("Fund"), reverse("ledger:fund-record", args=[fund.pk]), tab == "record", icon="wallet"),
            Tab(_("History"), reverse("ledger:fund-history", args=[fund.pk]), tab == "history", icon="history"),
        ],
    }


def _balance(account: Account, amount: int) -> tuple[str, Text, int, str]:
    """Code and name of the account, the amount, and on which side it stands, as accountants say it."""
    side = _("Debit") if amount > 0 else _("Credit") if amount < 0 else ""
    return account.value, account.label, abs(amount), side


def _facts(fund: Fund) -> list[Fact]:
    found = [Fact(_("Restriction"), Restriction(fund.restriction).label)]
    if fund.purpose:
        found.append(Fact(_("Purpose"), Domain(fund.purpose).label))
    if fund.target_group:
        found.append(Fact(_("Target group"), TargetGroup(fund.target_group).label))
    if fund.use_by:
        found.append(Fact(_("To be used until"), wording.long_date(fund.use_by)))
    return [*found, Fact(_("Surplus"), SurplusRule(fund.surplus_rule).label)]
