"""The government's share: the notices, their sums by purpose, typed or imported."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.giving.commands.appropriations import (
    ImportedShares,
    import_appropriations,
    record_appropriation,
    reverse_appropriation,
)
from hamafza.giving.forms.bank import ShareForm, SheetForm
from hamafza.giving.forms.donation import ReasonForm
from hamafza.giving.models import Appropriation
from hamafza.giving.queries.appropriations import appropriations_in, sums_by_purpose
from hamafza.intake.plain_file import in_memory
from hamafza.needs.choices import Domain
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

PAGE = 50
UNPROCESSABLE = 422


@require_safe
def share_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_LEDGER)
    found = appropriations_in(county)
    count = found.order_by().count()
    text = request.GET.get("from", "0")
    start = min(int(text), count) if text.isascii() and text.isdigit() and len(text) < 8 else 0
    sums = sums_by_purpose(county)
    more = {"county": county, "from": start + PAGE} if start + PAGE < count else {}
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [(one, _purpose(one.purpose)) for one in found[start : start + PAGE]],
        "count": count,
        "sums": [(_purpose(one.purpose), one) for one in sums],
        "received": sum(one.received for one in sums),
        "free": sum(one.free for one in sums),
        "may_keep": actor.may(Permission.KEEP_LEDGER, county),
        "may_reverse": actor.may(Permission.APPROVE_SPENDING, county),
        "more_url": f"?{urlencode(more)}" if more else "",
    }
    return render(request, "giving/share_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def share_record(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.KEEP_LEDGER)
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_appropriation(county, share=form.share(), by=actor, key=form.cleaned_data["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The notice is booked in the county's fund for this purpose."))
            return redirect(_list_url(county))
    context = {"form": form, "county_name": county_name(county), "cancel_url": _list_url(county)}
    return render(request, "giving/share_record.html", context, status=UNPROCESSABLE if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def share_import(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.KEEP_LEDGER)
    form = SheetForm(request.POST or None, request.FILES or None)
    result: ImportedShares | None = None
    if request.method == "POST" and form.is_valid():
        try:
            with in_memory(form.cleaned_data["file"].chunks()) as path:
                result = import_appropriations(county, path=path, by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            _say(request, result)
            if not result.faults:
                return redirect(_list_url(county))
    context: dict[str, Any] = {
        "form": form,
        "county_name": county_name(county),
        "faults": result.faults[:50] if result else [],
        "purposes": list(Domain.labels),
        "cancel_url": _list_url(county),
    }
    return render(request, "giving/share_import.html", context, status=UNPROCESSABLE if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def share_reverse(request: HttpRequest, pk: UUID) -> HttpResponse:
    share = load(request, Appropriation, pk, may=Permission.APPROVE_SPENDING)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reverse_appropriation(share, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The notice is taken back and mirrored in the books."))
            return redirect(_list_url(share.county_id))
    context = {
        "form": form,
        "share": share,
        "county_name": county_name(share.county_id),
        "cancel_url": _list_url(share.county_id),
    }
    return render(request, "giving/share_reverse.html", context, status=UNPROCESSABLE if form.errors else None)


def _say(request: HttpRequest, result: ImportedShares) -> None:
    sentence = ngettext("%(count)s notice is booked.", "%(count)s notices are booked.", result.added)
    messages.success(request, sentence % {"count": wording.number(result.added)})
    if result.known:
        sentence = ngettext("%(count)s notice was known.", "%(count)s notices were known.", result.known)
        messages.info(request, sentence % {"count": wording.number(result.known)})


def _purpose(purpose: str) -> str:
    return str(Domain(purpose).label) if purpose else _("Whatever the county needs")


def _list_url(county: str) -> str:
    return f"{reverse('giving:share-list')}?{urlencode({'county': county})}"
