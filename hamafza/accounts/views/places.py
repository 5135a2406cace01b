"""Places, for the administrator. The pages stand here because `places` lies below and knows no actor."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.commands.keep_places import add_place, end_place, rename_place
from hamafza.accounts.forms.places import EndForm, PlaceFilter, PlaceForm, RenameForm
from hamafza.accounts.guard import admit
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.places.choices import PlaceKind
from hamafza.places.commands.keep_places import NewPlace
from hamafza.places.models import COUNTRY_CODE, Place
from hamafza.places.queries.places import (
    names_of,
    place_with_way,
    places_below,
    places_named,
    populations_of,
    way_to,
)
from hamafza.places.rules import CHILD_KIND, CODE_LENGTH

UNPROCESSABLE, PAGE = 422, 50


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """The places below one (`?parent=`, else the country), or all that fit a search (`?q=`)."""
    admit(request, Permission.MANAGE_PLACES)
    form = PlaceFilter(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    parent = _place(request.GET.get("parent") or COUNTRY_CODE)
    found = places_named(text) if text else places_below(parent.code)
    rows = list(found.filter(code__gt=request.GET.get("after", ""))[: PAGE + 1])
    more = ""
    if len(rows) > PAGE:
        rows.pop()
        more = more_url(request.GET, rows[-1].code)
    context = {
        "rows": rows,
        "count": found.count(),
        "more_url": more,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "parent": parent,
        "way": way_to(parent),
        "child_kind": _kind_below(parent),
    }
    return render(request, "accounts/place_list.html", context)


@require_safe
def place_record(request: HttpRequest, code: str) -> HttpResponse:
    admit(request, Permission.MANAGE_PLACES)
    place = _place(code)
    context = {
        "place": place,
        "way": way_to(place),
        "names": names_of(place),
        "populations": populations_of(place),
        "child_kind": _kind_below(place),
        "inside_count": places_below(code).count(),
    }
    return render(request, "accounts/place_record.html", context)


@require_http_methods(["GET", "POST"])
def place_create(request: HttpRequest, parent: str) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_PLACES)
    above = _place(parent)
    kind = CHILD_KIND.get(above.kind)
    if kind is None:
        raise Http404
    form = PlaceForm(request.POST or None)
    form.fields["code"].help_text = _code_help(kind, above)
    if request.method == "POST" and form.is_valid():
        try:
            place = add_place(NewPlace(kind=kind, parent=parent, **form.cleaned_data), by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(place)s is added.") % {"place": place.title})
            return redirect("accounts:place-record", code=place.code)
    context = {"form": form, "parent": above, "kind": kind.label}
    return _answer(request, "accounts/place_form.html", context)


@require_http_methods(["GET", "POST"])
def place_rename(request: HttpRequest, code: str) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_PLACES)
    place = _place(code)
    form = RenameForm(request.POST or None, initial={"name_fa": place.name_fa, "name_en": place.name_en})
    if request.method == "POST" and form.is_valid():
        try:
            rename_place(code, **form.cleaned_data, by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The new name is in force; the former one is kept with its dates."))
            return redirect("accounts:place-record", code=code)
    return _answer(request, "accounts/place_rename.html", {"form": form, "place": place})


@require_http_methods(["GET", "POST"])
def place_end(request: HttpRequest, code: str) -> HttpResponse:
    actor = admit(request, Permission.MANAGE_PLACES)
    place = _place(code)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_place(code, **form.cleaned_data, by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(place)s ends on that day.") % {"place": place.title})
            return redirect("accounts:place-record", code=code)
    context = {"form": form, "place": place, "inside_count": places_below(code).count()}
    return _answer(request, "accounts/place_end.html", context)


def _place(code: str) -> Place:
    place = place_with_way(code)
    if place is None:
        raise Http404
    return place


def _kind_below(place: Place) -> PlaceKind | None:
    """What can be added below a place; nothing below one that has ended."""
    return CHILD_KIND.get(place.kind) if place.valid_to is None else None


def _code_help(kind: PlaceKind, above: Place) -> str:
    if kind == PlaceKind.PROVINCE:
        return _("The official code of the Statistical Centre: %(digits)s digits.") % {
            "digits": wording.number(CODE_LENGTH[kind])
        }
    return _("The official code of the Statistical Centre: %(digits)s digits that begin with %(prefix)s.") % {
        "digits": wording.number(CODE_LENGTH[kind]),
        "prefix": wording.digits(above.code),
    }


def _answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    bound = request.method == "POST"
    return render(request, template, context, status=UNPROCESSABLE if bound else 200)
