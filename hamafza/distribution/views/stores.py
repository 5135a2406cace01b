"""The stores of a county."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.distribution.commands.warehouses import keep_warehouse
from hamafza.distribution.forms.stock import StoreForm
from hamafza.distribution.models import Warehouse
from hamafza.distribution.queries.stock_lists import stores_of
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

WRONG = 422


@require_safe
def store_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_STOCK)
    stores = list(stores_of(county, with_old=True))
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": stores,
        "count": len(stores),
        "may_keep": actor.may(Permission.KEEP_STOCK, county),
    }
    return render(request, "distribution/store_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def store_create(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.KEEP_STOCK)
    return _form(request, county, None)


@require_http_methods(["GET", "HEAD", "POST"])
def store_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    store = load(request, Warehouse, pk, may=Permission.KEEP_STOCK)
    return _form(request, store.county_id, store)


def _form(request: HttpRequest, county: str, store: Warehouse | None) -> HttpResponse:
    form = StoreForm(request.POST or None, store=store)
    back = f"{reverse('distribution:store-list')}?county={county}"
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_warehouse(county, details=form.details(), by=actor_of(request), warehouse=store)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The store “%(name)s” is saved.") % {"name": kept.name})
            return redirect(back)
    context = {"form": form, "store": store, "county": county, "cancel_url": back}
    return render(request, "distribution/store_form.html", context, status=WRONG if form.errors else None)
