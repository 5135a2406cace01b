"""What is due by day, and waiving one instalment."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import Export, active_filters, clear_url, in_words, more_url, without
from hamafza.core.refusals import show_refusal
from hamafza.giving.commands.instalments import waive_instalment
from hamafza.giving.exports.pledges import instalments_sheet
from hamafza.giving.forms.pledge import StepForm
from hamafza.giving.forms.pledge_filters import DueFilterForm
from hamafza.giving.models import Instalment
from hamafza.giving.pledge_words import quantity_in_words, thing_of
from hamafza.giving.queries.due import due_counts, due_in
from hamafza.giving.views.pledge_rows import number_of, rows_by_day
from hamafza.needs.exports.sheet import Kind, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.lists import count_capped

PAGE_SIZE = 50
UNPROCESSABLE = 422


@require_safe
def instalment_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_GIVING)
    form = DueFilterForm(request.GET, counties=actor.counties_with(Permission.SEE_GIVING))
    on = clock.today()
    found = due_in(county, form.filters(), on=on)
    count, capped = count_capped(found)
    shown = list(found.filter(_behind(request.GET.get("after", "")))[: PAGE_SIZE + 1])
    part = shown[:PAGE_SIZE]
    last = part[-1] if part else None
    context = {
        "county": county,
        "county_name": county_name(county),
        "today": on,
        "rows": rows_by_day(
            part,
            receives=actor.may(Permission.RECEIVE_GIFTS, county),
            keeps=actor.may(Permission.KEEP_BENEFACTORS, county),
        ),
        "count": count,
        "capped": capped,
        "due": due_counts(county, on=on),
        "due_url": f"{reverse('giving:instalment-list')}?county={county}",
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, f"{last.due_on}_{last.pk}") if last and len(shown) > PAGE_SIZE else "",
        "exports": _exports(request) if actor.may(Permission.KEEP_BENEFACTORS, county) else [],
    }
    return render(request, "giving/instalment_list.html", context)


@require_safe
def instalment_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, Permission.KEEP_BENEFACTORS)
    form = DueFilterForm(request.GET, counties=actor.counties_with(Permission.KEEP_BENEFACTORS))
    found = due_in(county, form.filters(), on=clock.today())
    filtered = in_words(active_filters(form, request))
    sheet = instalments_sheet(found, county=county_name(county), filtered=filtered, by=actor.name)
    content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


@require_http_methods(["GET", "HEAD", "POST"])
def instalment_waive(request: HttpRequest, pk: UUID) -> HttpResponse:
    instalment = load(request, Instalment, pk, may=Permission.KEEP_BENEFACTORS)
    pledge = instalment.pledge
    form = StepForm(request.POST or None, asks=("reason",))
    if request.method == "POST" and form.is_valid():
        try:
            waive_instalment(instalment, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The instalment is waived; nothing more is expected of it."))
            return redirect("giving:pledge-record", pk=pledge.pk)
    context = {
        "form": form,
        "number": number_of(pledge),
        "giver": pledge.benefactor,
        "heading": _("Waive the instalment of %(day)s") % {"day": wording.weekday_date(instalment.due_on)},
        "text": _("%(promise)s were promised for this day. Waived, they are neither late nor missed.")
        % {"promise": quantity_in_words(thing_of(pledge), instalment.expected)},
        "verb": _("Waive"),
        "cancel_url": reverse("giving:pledge-record", args=[pledge.pk]),
    }
    return render(request, "giving/pledge_step.html", context, status=UNPROCESSABLE if form.errors else None)


def _behind(place: str) -> Q:
    """Rows behind a place in the list; a place nobody made gives the whole list."""
    day, _line, pk = place.partition("_")
    try:
        last, known = date.fromisoformat(day), UUID(pk)
    except ValueError:
        return Q()
    return Q(due_on__gte=last) & (Q(due_on__gt=last) | Q(pk__gt=known))


def _exports(request: HttpRequest) -> list[Export]:
    query = without(request.GET, [])
    return [
        Export(_("Excel"), f"{reverse('giving:instalment-list-export', args=['xlsx'])}{query}"),
        Export(_("CSV"), f"{reverse('giving:instalment-list-export', args=['csv'])}{query}", "file-type-csv"),
    ]
