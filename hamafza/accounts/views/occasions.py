"""Occasions of the year, for the administrator: reckoned days, and the official ones as they are announced."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.commands.keep_occasions import enter_date, take_date_back
from hamafza.accounts.forms.occasions import OccasionDateForm
from hamafza.accounts.guard import admit
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.places.models.occasion import Occasion
from hamafza.places.queries.occasions import (
    jalali_year_of,
    occasion_named,
    occasions_of_year,
    time_in_year,
)

UNPROCESSABLE = 422
#: Years whose lunar days can be reckoned.
YEARS = range(1380, 1450)


@require_safe
def occasion_list(request: HttpRequest) -> HttpResponse:
    admit(request, Permission.MANAGE_PLACES)
    year = _year(request)
    context = {
        "rows": occasions_of_year(year),
        "year": year,
        "before": year - 1 if year - 1 in YEARS else None,
        "following": year + 1 if year + 1 in YEARS else None,
    }
    return render(request, "accounts/occasion_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_date(request: HttpRequest, code: str) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_PLACES)
    occasion, year = _occasion(code), _year(request)
    time = time_in_year(occasion, year)
    initial = {"starts_on": time.span.starts_on, "ends_on": time.span.ends_on} if time else {}
    form = OccasionDateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            entered = enter_date(occasion, **form.cleaned_data, by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The official date is entered and stands in the place of the reckoned one."))
            return redirect(_list_url(entered.jalali_year))
    context = {"form": form, "occasion": occasion, "year": year, "cancel_url": _list_url(year)}
    return render(request, "accounts/occasion_date.html", context, status=UNPROCESSABLE if form.errors else None)


@require_POST
def occasion_date_take_back(request: HttpRequest, code: str) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_PLACES)
    occasion, entered = _occasion(code), request.POST.get("entered", "")
    if take_date_back(occasion, starts_on=_day(entered), by=actor):
        messages.success(request, _("The reckoned date holds again."))
    return redirect(_list_url(_year(request)))


def _year(request: HttpRequest) -> int:
    """The Jalali year that was asked for, or the present one."""
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdigit() and int(asked) in YEARS:
        return int(asked)
    return jalali_year_of(clock.today())


def _occasion(code: str) -> Occasion:
    found = occasion_named(code)
    if found is None:
        raise Http404
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _list_url(year: int) -> str:
    return f"{reverse('accounts:occasion-list')}?year={year}"
