"""Kits: their recipes, and packing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.distribution.commands.stock import add_kit_version, pack_kits
from hamafza.distribution.forms.stock import PackForm, RecipeForm
from hamafza.distribution.models import Warehouse
from hamafza.distribution.queries.kits import current_version, packable
from hamafza.distribution.queries.stock_lists import stores_of, versions_of
from hamafza.giving.models import Item
from hamafza.giving.queries.items import items_of
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

WRONG = 422


@require_safe
def kit_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_STOCK)
    kits = list(items_of(county, kits=True).prefetch_related("versions__lines__item"))
    rows = [{"kit": kit, "version": max(kit.versions.all(), key=lambda one: one.number, default=None)} for kit in kits]
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": rows,
        "count": len(rows),
        "may_keep": actor.may(Permission.KEEP_STOCK, county),
    }
    return render(request, "distribution/kit_list.html", context)


@require_safe
def kit_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    kit = _kit(load(request, Item, pk, may=Permission.SEE_STOCK))
    context = {
        "kit": kit,
        "county_name": county_name(kit.county_id),
        "versions": list(versions_of(kit)),
        "may_keep": actor_of(request).may(Permission.KEEP_STOCK, kit.county_id),
    }
    return render(request, "distribution/kit_record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def kit_recipe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new recipe, begun from the last one."""
    kit = _kit(load(request, Item, pk, may=Permission.KEEP_STOCK))
    last = current_version(kit)
    before = {line.item_id: line.quantity for line in last.lines.all()} if last else {}
    form = RecipeForm(request.POST or None, items=list(items_of(kit.county_id, kits=False)), before=before)
    if request.method == "POST" and form.is_valid():
        try:
            add_kit_version(kit, recipe=form.recipe(), note=form.cleaned_data["note"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("From now on kits are packed by this version."))
            return redirect("distribution:kit-record", pk=kit.pk)
    context = {
        "form": form,
        "kit": kit,
        "last": last,
        "cancel_url": reverse("distribution:kit-record", args=[kit.pk]),
    }
    return render(request, "distribution/kit_recipe.html", context, status=WRONG if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def kit_pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many can be packed of what lies in a store, what is short, and packing them."""
    kit = _kit(load(request, Item, pk, may=Permission.KEEP_STOCK))
    version = current_version(kit)
    stores = list(stores_of(kit.county_id))
    store = _chosen(stores, request.GET.get("store") or request.POST.get("store"))
    form = PackForm(request.POST or None)
    if request.method == "POST" and version and store and form.is_valid():
        said = form.cleaned_data
        try:
            lots = pack_kits(
                kit.county_id,
                kit_version=version,
                count=said["count"],
                warehouse=store,
                by=actor_of(request),
                key=said["key"],
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(count)s kits are packed.") % {"count": wording.number(said["count"])})
            return redirect("distribution:lot-record", pk=lots[0].pk)
    context = {
        "form": form,
        "kit": kit,
        "version": version,
        "stores": stores,
        "store": store,
        "packable": packable(version, store, on=clock.today()) if version and store else None,
        "cancel_url": reverse("distribution:kit-record", args=[kit.pk]),
    }
    return render(request, "distribution/kit_pack.html", context, status=WRONG if form.errors else None)


def _kit(item: Item) -> Item:
    if not item.is_kit:
        raise Http404
    return item


def _chosen(stores: list[Warehouse], asked: str | None) -> Warehouse | None:
    """The store that was asked for, else the first."""
    return next((store for store in stores if str(store.pk) == asked), stores[0] if stores else None)
