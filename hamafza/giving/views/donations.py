"""Gifts: the list, the queue of those that wait, and the form at the counter."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.parts import Export, active_filters, clear_url, in_words, more_url, without
from hamafza.core.refusals import show_refusal
from hamafza.giving.choices import Channel, GiftKind
from hamafza.giving.commands.donations import receive_donation
from hamafza.giving.exports.donations import donation_sheet
from hamafza.giving.forms.donation import DonationFilterForm, ReceiveForm, initial_wish
from hamafza.giving.models import Benefactor, Donation, Instalment
from hamafza.giving.queries.closed_wishes import pledge_closure
from hamafza.giving.queries.donations import (
    count_capped,
    donations_in,
    page_of_donations,
    pending_donations,
    sums_of,
    with_amounts,
)
from hamafza.giving.queries.gifts_on_file import benefactor_in, instalment_in, open_instalments_of
from hamafza.giving.rights import BOOKKEEPERS
from hamafza.giving.rules import permission_among
from hamafza.giving.views.donation_rows import donation_row, number_of
from hamafza.needs.exports.sheet import Kind, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.registry.queries.keyset import cursor_of

PAGE = 50
QUEUE = 200
UNPROCESSABLE = 422


@require_safe
def donation_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_GIVING)
    form = DonationFilterForm(request.GET)
    found = donations_in(county, form.filters())
    count, capped = count_capped(found)
    shown = page_of_donations(found, after=request.GET.get("after", ""), size=PAGE)
    page = shown[:PAGE]
    place = cursor_of(page[-1].received_on.isoformat(), page[-1].pk) if len(shown) > PAGE else ""
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [donation_row(gift) for gift in page],
        "count": count,
        "capped": capped,
        "sums": sums_of(found),
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, place) if place else "",
        "may_receive": actor.may(Permission.RECEIVE_GIFTS, county),
        "exports": _exports(request) if any(actor.may(one, county) for one in BOOKKEEPERS) else [],
    }
    return render(request, "giving/donation_list.html", context)


@require_safe
def donation_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    asker = permission_among(actor_of(request), BOOKKEEPERS)
    actor, county = admit_county(request, asker)
    form = DonationFilterForm(request.GET)
    found = with_amounts(donations_in(county, form.filters())).order_by("received_on", "id")
    with transaction.atomic():  # the file, and the record of reading each of its rows, or neither
        filtered = in_words(active_filters(form, request))
        sheet = donation_sheet(found, county=county_name(county), filtered=filtered, by=actor.name)
        content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


@require_safe
def donation_pending(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_GIVING)
    waiting = pending_donations(county)
    page = list(waiting[:QUEUE])
    may_confirm = actor.may(Permission.CONFIRM_GIFTS, county)
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [
            (donation_row(gift), gift, may_confirm and gift.received_by_id != actor.user_id and not _is_online(gift))
            for gift in page
        ],
        "count": waiting.count() if len(page) == QUEUE else len(page),
    }
    return render(request, "giving/donation_pending.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def donation_receive(request: HttpRequest) -> HttpResponse:
    """``benefactor`` and ``instalment`` in the address say whose it is."""
    actor, county = admit_county(request, Permission.RECEIVE_GIFTS)
    giver, instalment = _named(request, county)
    form = ReceiveForm(
        request.POST or None,
        county=county,
        known=giver,
        sees_clients=actor.may(Permission.SEE_CLIENTS, county),
        instalments=open_instalments_of(giver, on=clock.today()) if giver else None,
        initial=_initial(instalment),
    )
    if request.method == "POST" and form.is_valid():
        try:
            gift = receive_donation(county, gift=form.gift(), by=actor, key=form.cleaned_data["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(
                request,
                _("Gift %(number)s is written down. Next: the accountant confirms it and the receipt is issued.")
                % {"number": number_of(gift)},
            )
            return redirect("giving:donation-record", pk=gift.pk)
    context = {
        "form": form,
        "giver": giver,
        "instalment": instalment,
        "closure": pledge_closure(instalment.pledge, on=clock.today()) if instalment else "",
        "county": county,
        "county_name": county_name(county),
        "register_url": f"{reverse('giving:benefactor-create')}?{urlencode({'county': county})}",
        "cancel_url": _back(giver, county),
    }
    return render(request, "giving/donation_receive.html", context, status=UNPROCESSABLE if form.errors else None)


def _is_online(gift: Donation) -> bool:
    """Whether the gateway confirms it, and nobody else."""
    return gift.channel == Channel.GATEWAY


def _named(request: HttpRequest, county: str) -> tuple[Benefactor | None, Instalment | None]:
    """From the address; what is not in this county is not found."""
    try:
        instalment = instalment_in(county, UUID(request.GET["instalment"])) if "instalment" in request.GET else None
        giver = benefactor_in(county, UUID(request.GET["benefactor"])) if "benefactor" in request.GET else None
    except (ValueError, ValidationError) as nonsense:
        raise Http404 from nonsense
    if ("instalment" in request.GET and instalment is None) or ("benefactor" in request.GET and giver is None):
        raise Http404
    return (instalment.pledge.benefactor if instalment else giver), instalment


def _initial(instalment: Any) -> dict[str, Any]:
    """The wish of the pledge and what is still missing, as it stands first."""
    if instalment is None:
        return {}
    pledge = instalment.pledge
    missing = max(0, instalment.expected - instalment.fulfilled)
    first: dict[str, Any] = {**initial_wish(pledge), "instalment": instalment.pk}
    if pledge.kind == GiftKind.MONEY:
        return {**first, "amount": missing}
    return {**first, "channel": "in_kind", "item0": pledge.item_id, "quantity0": missing}


def _exports(request: HttpRequest) -> list[Export]:
    query = without(request.GET, [])
    return [
        Export(_("Excel"), f"{reverse('giving:donation-list-export', args=['xlsx'])}{query}"),
        Export(_("CSV"), f"{reverse('giving:donation-list-export', args=['csv'])}{query}", "file-type-csv"),
    ]


def _back(giver: Benefactor | None, county: str) -> str:
    if giver is not None:
        return reverse("giving:benefactor-tab", args=[giver.pk, "gifts"])
    return f"{reverse('giving:donation-list')}?{urlencode({'county': county})}"
