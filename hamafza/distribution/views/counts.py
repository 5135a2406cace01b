"""Counts of a store: opened, entered, confirmed by somebody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.parts import more_url
from hamafza.core.refusals import show_refusal
from hamafza.distribution.choices import CountState
from hamafza.distribution.commands.counts import Found, confirm_count, enter_count, give_up_count, start_count
from hamafza.distribution.forms.count import CountForm, StrayForm
from hamafza.distribution.models import StockCount, Warehouse
from hamafza.distribution.queries.stock import lot_by_code
from hamafza.distribution.queries.stock_lists import counts_of, lines_of, stores_of
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.registry.queries.keyset import cursor_of, rows_after

PAGE = 50
WRONG = 422


@require_safe
def count_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_STOCK)
    found = counts_of(county)
    shown = list(rows_after(found, field="pk", falling=True, cursor=request.GET.get("after", ""))[: PAGE + 1])
    page = shown[:PAGE]
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [{"count": one, "url": reverse("distribution:count-record", args=[one.pk])} for one in page],
        "count": found.count(),
        "more_url": more_url(request.GET, cursor_of("", page[-1].pk)) if len(shown) > PAGE else "",
        "stores": list(stores_of(county)) if actor.may(Permission.KEEP_STOCK, county) else [],
    }
    return render(request, "distribution/count_list.html", context)


@require_POST
def count_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    store = load(request, Warehouse, pk, may=Permission.KEEP_STOCK)
    count = start_count(store, by=actor_of(request))
    return redirect("distribution:count-record", pk=count.pk)


@require_safe
def count_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    count = load(request, StockCount, pk, may=Permission.SEE_STOCK)
    return _record(request, count)


@require_POST
def count_enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    count = load(request, StockCount, pk, may=Permission.KEEP_STOCK)
    form = CountForm(request.POST, lines=list(lines_of(count)))
    if form.is_valid():
        try:
            enter_count(count, found=form.found(), by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("What was found is saved."))
            return redirect("distribution:count-record", pk=count.pk)
    return _record(request, count, form=form)


@require_POST
def count_stray(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A lot that the books do not have in this store."""
    count = load(request, StockCount, pk, may=Permission.KEEP_STOCK)
    form = StrayForm(request.POST, auto_id="stray_%s")
    if form.is_valid():
        lot = lot_by_code(count.county_id, form.cleaned_data["code"])
        if lot is None:
            form.add_error("code", _("No lot of this county has this code. Read the label again."))
        else:
            found = Found(lot, form.cleaned_data["counted"], form.cleaned_data["reason"])
            try:
                enter_count(count, found=[found], by=actor_of(request))
            except Refusal as refusal:
                show_refusal(form, refusal)
            else:
                return redirect("distribution:count-record", pk=count.pk)
    return _record(request, count, stray=form)


@require_POST
def count_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    count = load(request, StockCount, pk, may=Permission.CONFIRM_COUNT)
    confirm_count(count, by=actor_of(request))
    messages.success(request, _("The count is confirmed; what differed is booked."))
    return redirect("distribution:count-record", pk=count.pk)


@require_POST
def count_give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    count = load(request, StockCount, pk, may=Permission.KEEP_STOCK)
    county = count.county_id
    give_up_count(count, by=actor_of(request))
    messages.success(request, _("The count is given up; nothing was booked."))
    return redirect(f"{reverse('distribution:count-list')}?county={county}")


def _record(
    request: HttpRequest, count: StockCount, *, form: CountForm | None = None, stray: StrayForm | None = None
) -> HttpResponse:
    actor, lines = actor_of(request), list(lines_of(count))
    is_open = count.state != CountState.FINALIZED
    done = sum(line.counted is not None for line in lines)
    may_enter = is_open and actor.may(Permission.KEEP_STOCK, count.county_id)
    sheet = form or CountForm(lines=lines)
    context: dict[str, Any] = {
        "count": count,
        "county_name": county_name(count.county_id),
        "is_open": is_open,
        "lines": [{"line": line, "difference": _difference(line)} for line in lines],
        "form": sheet if may_enter else None,
        "rows": sheet.rows() if may_enter else [],
        "stray_form": (stray or StrayForm(auto_id="stray_%s")) if may_enter else None,
        "done": done,
        "size": len(lines),
        "is_whole": bool(lines) and done == len(lines),
        "may_confirm": is_open
        and actor.may(Permission.CONFIRM_COUNT, count.county_id)
        and actor.user_id != count.counted_by_id,
    }
    wrong = (form and form.errors) or (stray and stray.errors)
    return render(request, "distribution/count_record.html", context, status=WRONG if wrong else None)


def _difference(line: Any) -> int | None:
    return None if line.counted is None else line.counted - line.book
