"""Targeted lists: page, print and file, all from one query."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load, require
from hamafza.audit.commands.record_read import record_reads
from hamafza.core.parts import Export, SavedView, active_filters, clear_url, in_words, more_url, without
from hamafza.needs.commands.lists import delete_list, rename_list, save_list
from hamafza.needs.exports.needs import Reading, sheet_of
from hamafza.needs.exports.sheet import Kind, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.forms.filters import NeedFilterForm
from hamafza.needs.forms.numbers import NumbersForm
from hamafza.needs.models import Need, SavedList
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.filters import DEFAULT_SORT, NeedFilters
from hamafza.needs.queries.lists import after, count_capped, needs_in, owner_of, place_of, with_numbers
from hamafza.needs.queries.needs import saved_lists
from hamafza.needs.rules import is_special_reading, sees_no_names
from hamafza.needs.views.rows import need_row

PAGE_SIZE = 50
PRINT_CAP = 2000
OK, UNPROCESSABLE = 200, 422


@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    if sees_no_names(actor_of(request)):
        return redirect("needs:need-list-anonymous")
    actor, county = admit_county(request, Permission.SEE_CLIENTS)
    form = _form(request, actor, county)
    filters, on = form.filters(), timezone.localdate()
    needs = needs_in(county, filters, on=on)
    count, capped = count_capped(needs)
    shown = list(after(needs, filters, request.GET.get("after", ""))[: PAGE_SIZE + 1])
    page = shown[:PAGE_SIZE]
    _log_special(page, filters)
    kept = list(saved_lists(_user(actor), county))
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [need_row(need, on=on) for need in page],
        "count": count,
        "capped": capped,
        "sort": filters.sort or DEFAULT_SORT,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, place_of(page[-1], filters)) if len(shown) > PAGE_SIZE else "",
        "saved_views": _saved_views(kept, county, filters),
        "own_lists": kept,
        "exports": _exports(request) if actor.may(Permission.EXPORT_LISTS, county) else [],
        "numbers_url": _numbers_url(request, actor, county),
        "print_url": f"{reverse('needs:need-list-print')}{without(request.GET, [])}",
        "query": request.GET.urlencode(),
    }
    return render(request, "needs/need_list.html", context)


@require_safe
def need_list_print(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.EXPORT_LISTS)
    form = _form(request, actor, county)
    filters, on = form.filters(), timezone.localdate()
    needs = needs_in(county, filters, on=on)
    count, capped = count_capped(needs)
    page = list(needs[:PRINT_CAP])
    record_reads([owner_of(need) or need.household for need in page], fields=_read_fields(filters))
    context = {
        "county_name": county_name(county),
        "rows": [need_row(need, on=on) for need in page],
        "count": count,
        "capped": capped,
        "left": max(0, count - len(page)),
        "filtered": _sentence(form, request),
        "by": actor.name,
        "now": timezone.now(),
        "date": on,
        "back_url": f"{reverse('needs:need-list')}{without(request.GET, [])}",
    }
    return render(request, "needs/need_list_print.html", context)


@require_safe
def need_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, Permission.EXPORT_LISTS)
    form = _form(request, actor, county)
    filters = form.filters()
    reading = Reading(_read_fields(filters))
    return _download(needs_in(county, filters), _sentence(form, request), county, actor, reading, cast("Kind", kind))


def need_list_numbers(request: HttpRequest) -> HttpResponse:
    """The list as a file with identity numbers and mobiles: asked for with a reason, kept beside each row read."""
    actor, county = admit_county(request, Permission.EXPORT_LISTS)
    require(actor, Permission.REVEAL_IDENTITY, place=county)
    listed = _form(request, actor, county)
    filters, filtered = listed.filters(), _sentence(listed, request)
    form = NumbersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = [*_read_fields(filters), "identity_number", "mobile"]
        reading = Reading(fields, reason=form.cleaned_data["reason"])
        needs = with_numbers(needs_in(county, filters))
        return _download(needs, filtered, county, actor, reading, form.cleaned_data["kind"])
    count, capped = count_capped(needs_in(county, filters))
    context = {
        "form": form,
        "filtered": filtered,
        "count": count,
        "capped": capped,
        "cancel_url": f"{reverse('needs:need-list')}{without(request.GET, [])}",
    }
    return render(request, "needs/need_list_numbers.html", context, status=UNPROCESSABLE if form.errors else OK)


def _download(
    needs: QuerySet[Need], filtered: str, county: str, actor: Actor, reading: Reading, kind: Kind
) -> HttpResponse:
    """The file, and the record of reading each of its rows, or neither."""
    with transaction.atomic():
        sheet = sheet_of(needs, county=county_name(county), filtered=filtered, by=actor.name, reading=reading)
        content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=kind)


@require_POST
def list_save(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_CLIENTS)
    # "Undo" after a removal has all of it in its address.
    asked = request.POST if "name" in request.POST else request.GET
    filters = _form(request, actor, county, data=asked).filters()
    saved = save_list(county, name=asked.get("name", ""), filters=filters, by=actor)
    messages.success(request, _("The list is saved as “%(name)s”.") % {"name": saved.name})
    return redirect(_list_url(county, filters))


@require_POST
def list_rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    saved = load(request, SavedList, pk, may=Permission.SEE_CLIENTS)
    rename_list(saved, name=request.POST.get("name", ""), by=actor_of(request))
    messages.success(request, _("The list is now called “%(name)s”.") % {"name": saved.name})
    return redirect(_list_url(saved.county_id, NeedFilters.from_json(saved.filters)))


@require_POST
def list_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    saved = load(request, SavedList, pk, may=Permission.SEE_CLIENTS)
    delete_list(saved, by=actor_of(request))
    again = urlencode({**saved.filters, "county": saved.county_id, "name": saved.name})
    undo = f"undo:{reverse('needs:list-save')}?{again}"
    messages.success(request, _("The saved list “%(name)s” is removed.") % {"name": saved.name}, extra_tags=undo)
    return redirect(_list_url(saved.county_id, NeedFilters()))


def _form(request: HttpRequest, actor: Actor, county: str, *, data: Any = None) -> NeedFilterForm:
    asked = (request.GET if data is None else data).copy()
    asked["county"] = county
    return NeedFilterForm(asked, county=county, counties=actor.counties_with(Permission.SEE_CLIENTS))


def _sentence(form: NeedFilterForm, request: HttpRequest) -> str:
    return in_words(active_filters(form, request))


def _saved_views(kept: list[SavedList], county: str, filters: NeedFilters) -> list[SavedView]:
    now = filters.as_json()
    return [
        SavedView(one.name, _list_url(county, NeedFilters.from_json(one.filters)), one.filters == now) for one in kept
    ]


def _exports(request: HttpRequest) -> list[Export]:
    query = without(request.GET, [])
    return [
        Export(_("Excel"), f"{reverse('needs:need-list-export', args=['xlsx'])}{query}"),
        Export(_("CSV"), f"{reverse('needs:need-list-export', args=['csv'])}{query}", "file-type-csv"),
    ]


def _numbers_url(request: HttpRequest, actor: Actor, county: str) -> str:
    """Where the list is asked for with numbers; empty for those who may not."""
    may = actor.may(Permission.EXPORT_LISTS, county) and actor.may(Permission.REVEAL_IDENTITY, county)
    return f"{reverse('needs:need-list-numbers')}{without(request.GET, [])}" if may else ""


def _list_url(county: str, filters: NeedFilters) -> str:
    return f"{reverse('needs:need-list')}?{urlencode({**filters.as_json(), 'county': county})}"


def _log_special(page: list[Need], filters: NeedFilters) -> None:
    if page and is_special_reading(filters.group):
        record_reads([owner_of(need) or need.household for need in page], fields=["target_group"])


def _read_fields(filters: NeedFilters) -> list[str]:
    return ["list_export", "target_group"] if is_special_reading(filters.group) else ["list_export"]


def _user(actor: Actor) -> UUID:
    # A page is shown to somebody who signed in; the system has no lists.
    return actor.user_id or UUID(int=0)
