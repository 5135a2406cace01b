"""The catalogue of items."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.parts import active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.giving.commands.items import keep_item
from hamafza.giving.forms.item import ItemFilterForm, ItemForm
from hamafza.giving.models import Item
from hamafza.giving.queries.items import items_of
from hamafza.giving.rules import ITEM_KEEPERS, ITEM_READERS, permission_among
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.registry.queries.keyset import cursor_of, rows_after

PAGE = 100
WRONG = 422


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, permission_among(actor_of(request), ITEM_READERS))
    form = ItemFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    kits = {"kit": True, "item": False}.get(asked.get("kind", ""))
    found = items_of(county, kits=kits, with_old=asked.get("state") == "all")
    if asked.get("domain"):
        found = found.filter(domain=asked["domain"])
    shown = list(rows_after(found, field="name_key", falling=False, cursor=request.GET.get("after", ""))[: PAGE + 1])
    page = shown[:PAGE]
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": page,
        "count": found.order_by().count(),
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, cursor_of(page[-1].name_key, page[-1].pk)) if len(shown) > PAGE else "",
        "may_keep": any(actor.may(one, county) for one in ITEM_KEEPERS),
    }
    return render(request, "giving/item_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item_create(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, permission_among(actor_of(request), ITEM_KEEPERS))
    return _form(request, county, None)


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = load(request, Item, pk, may=permission_among(actor_of(request), ITEM_KEEPERS))
    return _form(request, item.county_id, item)


def _form(request: HttpRequest, county: str, item: Item | None) -> HttpResponse:
    form = ItemForm(request.POST or None, item=item)
    back = f"{reverse('giving:item-list')}?county={county}"
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_item(county, details=form.details(), by=actor_of(request), item=item)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(name)s” is in the catalogue.") % {"name": kept.name})
            return redirect(back)
    context = {"form": form, "item": item, "county": county, "cancel_url": back}
    return render(request, "giving/item_form.html", context, status=WRONG if form.errors else None)
